"""The running text: fonts, indents, levels of headings (GB/T 9704-2012, 5.2.2 and 7.3.3)."""

import re
from collections.abc import Iterator

from reporting.documents.standard import Clause, Fault, Remark, where
from reporting.documents.standard.document import Paragraph
from reporting.documents.standard.fonts import font_faults, is_font, size_faults
from reporting.documents.standard.parts import LEVELS, Official, heading_level
from reporting.language.dates import run_in_heading
from reporting.language.numerals import heading_value

_MISWRITTEN = (
    (re.compile(r"[一二三四五六七八九十]{1,3}\s*[.．,，]"), "一级标题的序号应写作“一、”"),
    (re.compile(r"\([一二三四五六七八九十]{1,3}\)"), "二级标题的序号应使用全角括号“（一）”"),
    (re.compile(r"（[一二三四五六七八九十\d]{1,3}）[、，.．]"), "“（一）”“（1）”后面不再用标点"),
    (re.compile(r"\d{1,2}、"), "三级标题的序号应写作“1.”"),
    (re.compile(r"\d{1,2}[)）]"), "四级标题的序号应写作“（1）”"),
    (re.compile(r"\(\d{1,2}\)"), "四级标题的序号应使用全角括号“（1）”"),
)

_EMBEDDED = Fault("全文", "文件里嵌入了字体", "方正等字体不得随意分发，请在“选项—保存”中取消“将字体嵌入文件”")


def is_body_heading(paragraph: Paragraph) -> bool:
    """Whether a numbered paragraph is a heading of the first two levels that fills a line of its own."""
    level = heading_level(paragraph.text)
    if level not in (1, 2) or len(paragraph.text) > 60:
        return False
    if not paragraph.text.endswith(("。", "；")):
        return True
    font = "黑体" if level == 1 else "楷体"
    hanzi = [run for run in paragraph.runs if run.has_hanzi]
    styled = paragraph.heading or all(is_font(run.east_asian, font) for run in hanzi)
    return styled and "。" not in paragraph.text[:-1]


def _body_font(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        runs = each.runs
        if run_in_heading(each.text):
            # the heading in front may be 楷体, and is looked at by its own clause
            runs = tuple(run for run in runs if not is_font(run.east_asian, "楷体"))
        if not is_body_heading(each):
            yield from font_faults(each, "仿宋", runs=runs)


def _indents(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        if abs(each.left + each.first - 2) > 0.3 or each.left > 0.3:
            found = f"首行缩进 {each.left + each.first:.1f} 字" if each.left < 0.3 else "整段缩进"
            yield Fault(where(each), f"{found}，应每个自然段左空二字、回行顶格", "请设首行缩进 2 字符，左缩进 0")
        elif each.raw[:1] in (" ", "\u3000", "\t"):
            yield Fault(where(each), "用空格代替首行缩进", "请删去段首空格，设首行缩进 2 字符")


def _first_level(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        if heading_level(each.text) == 1 and is_body_heading(each):
            yield from font_faults(each, "黑体")


def _second_level(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        if heading_level(each.text) == 2 and is_body_heading(each):
            yield from font_faults(each, "楷体")
        elif heading_level(each.text) == 2 and run_in_heading(each.text):
            hanzi = tuple(run for run in each.runs if run.has_hanzi)
            yield from font_faults(each, "楷体", runs=hanzi[:1])


def _order(official: Official) -> Iterator[Remark]:
    """Numbers follow each other, and （一） stands under 一、.

    Of the lower levels only a list that begins with 1 is counted: an office numbers tasks as its plan does.
    """
    last = [0, 0, 0, 0]
    seen = {heading_level(each.text) for each in official.body}
    for each in official.body:
        level = heading_level(each.text)
        if not level or (level == 1 and not is_body_heading(each)):
            continue
        found = LEVELS[level - 1].match(each.text)
        number = heading_value(found[1]) if level < 3 and found else int(found[1]) if found else 0
        expected = last[level - 1] + 1
        if level == 2 and 1 in seen and not last[0]:
            yield Fault(where(each), "“（一）”排在第一个“一、”之前", "结构层次依次用“一、”“（一）”“1.”“（1）”")
        counted = level < 3 or (last[level - 1] and number != 1)
        if counted and number != expected and not (level > 2 and last[level - 1] == -1):
            shown = found[0] if found else ""
            yield Fault(where(each), f"序号“{shown}”与上文不连续", "请按顺序重新编号")
        begins_elsewhere = level > 2 and number != 1 and (not last[level - 1] or last[level - 1] == -1)
        last[level - 1] = -1 if begins_elsewhere else number
        last[level:] = [0] * (4 - level)


def _numbers(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        for form, says in _MISWRITTEN:
            found = form.match(each.text)
            if found:
                yield Fault(where(each), f"序号写作“{found[0]}”，{says}", "请按“一、”“（一）”“1.”“（1）”改正")
                break


def _stops(official: Official) -> Iterator[Remark]:
    for each in official.prose:
        if is_body_heading(each) and each.text[-1] in "。；，、：":
            yield Fault(where(each), f"标题行末尾有“{each.text[-1]}”", "独立成行的标题末尾不用标点，请删去")


def _colour(official: Official) -> Iterator[Remark]:
    """Black but for the red name of the office at the top."""
    above = {id(each) for each in official.top}
    for each in official.document.everything:
        coloured = [run for run in each.runs if run.text.strip() and run.colour not in ("", "000000")]
        if coloured and id(each) not in above:
            yield Fault(where(each), "文字不是黑色", "请把字体颜色设为黑色")


def _themes(official: Official) -> Iterator[Remark]:
    for each in official.document.everything:
        if any(run.themed and run.text.strip() for run in each.runs):
            yield Fault(
                where(each),
                "字体跟随主题（如“正文 中文标题”），换一台电脑或用 WPS 打开会变成别的字体",
                "请全选后重新指定中文字体和西文字体",
            )


def _quotes(official: Official) -> Iterator[Remark]:
    """“ ” — … in a Latin font are half as wide and look foreign."""
    for each in official.prose:
        for run in each.runs:
            latin = run.marks and run.marks == run.latin and run.marks != run.east_asian
            found = next((mark for mark in run.text if mark in "“”—…"), None)
            if latin and found and not run.themed:
                yield Fault(where(each), f"“{found}”用了西文字体 {run.marks}", "请选中这些标点，改为中文字体")
                break


CLAUSES = (
    Clause("5.2.2", "文字颜色", _colour),
    Clause("5.2.2", "主题字体", _themes),
    Clause("5.2.2", "字体嵌入", lambda official: (_EMBEDDED,) if official.document.embedded_fonts else ()),
    Clause("5.2.2", "引号和破折号的字体", _quotes),
    Clause("7.3.3", "正文字体", _body_font),
    Clause("7.3.3", "正文字号", lambda official: (fault for each in official.prose for fault in size_faults(each, 16))),
    Clause("7.3.3", "首行缩进", _indents),
    Clause("7.3.3", "一级标题字体", _first_level),
    Clause("7.3.3", "二级标题字体", _second_level),
    Clause("7.3.3", "结构层次", _order),
    Clause("7.3.3", "层次序号写法", _numbers),
    Clause("7.3.3", "标题行末标点", _stops),
)
