"""What stands at the head of a document: number, title, addressee (GB/T 9704-2012, 7.2, 7.3.1 and 7.3.2)."""

import re
from collections.abc import Iterator
from itertools import accumulate

from reporting.documents.standard import ByEye, Clause, Fault, Remark, eyes, where
from reporting.documents.standard.document import PAGE_FIELD
from reporting.documents.standard.fonts import font_faults, look, look_faults
from reporting.documents.standard.parts import Official, number_of
from reporting.language.dates import number_fault

_COPY_NUMBER = re.compile(r"\d{4,8}")
_MARKING = re.compile(r"[绝机秘]\s*密|特\s*急|加\s*急|紧\s*急|平\s*急|特\s*提")
_SIGNER = re.compile(r"签发人\s*[：:]")
_NO_TITLE = Fault("全文", "没有找到标题", "请在正文之前写明标题，2号小标宋，居中")
_TITLE_MARKS = re.compile(r"[，。；：！？,;:!?…]")


def _copy_number(official: Official) -> Iterator[Remark]:
    for each in official.top:
        if not _COPY_NUMBER.fullmatch(each.text):
            continue
        if len(each.text) != 6:
            yield Fault(where(each), "份号不是 6 位数字", "请写成 6 位阿拉伯数字，如 000001")
        if each.align in ("center", "right") or each.left > 0.3 or each.first > 0.3:
            yield Fault(where(each), "份号没有顶格", "请设为左对齐、不缩进")


def _markings(official: Official) -> Iterator[Remark]:
    for each in official.top:
        if _MARKING.match(each.text):
            yield from look_faults(each, "黑体", 16)
            if each.align in ("center", "right") or each.left > 0.3 or each.first > 0.3:
                yield Fault(where(each), "密级和紧急程度没有顶格", "请设为左对齐、不缩进")


def _number(official: Official) -> Iterator[Remark]:
    number = official.number
    if number is None:
        yield ByEye("文中没有发文字号；正式印发的，请在发文机关标志下空二行处编排，如“×办〔2026〕3号”。")
        return
    wrong = number_fault(number_of(number))
    if wrong:
        yield Fault(where(number), f"发文字号{wrong}", "请写成“机关代字〔四位年份〕序号号”，如“×办〔2026〕3号”")
    if not _SIGNER.search(number.text):
        yield from look_faults(number, "仿宋", 16)


def _number_place(official: Official) -> Iterator[Remark]:
    number = official.number
    if number is None or official.is_letter:
        return
    upward = any(_SIGNER.search(each.text) for each in (*official.top, number))
    if upward and not 0.6 <= number.left + max(number.first, 0) <= 1.4:
        yield Fault(where(number), "上行文的发文字号没有居左空一字", "请设为左对齐，左缩进一字")
    if not upward and number.align != "center":
        yield Fault(where(number), "发文字号没有居中", "请设为居中")


def _signer(official: Official) -> Iterator[Remark]:
    """The name of who signed stands in 楷体, one character from the right."""
    for each in (*official.top, *((official.number,) if official.number else ())):
        label = _SIGNER.search(each.raw)
        if label is None:
            continue
        ends = accumulate(len(run.text) for run in each.runs)
        name = tuple(run for run, end in zip(each.runs, ends, strict=True) if end > label.end())
        yield from font_faults(each, "楷体", runs=name)
        if each.align == "right" and not 0.6 <= each.right <= 1.4:
            yield Fault(where(each), "签发人没有居右空一字", "请设右缩进一字")


def _title_place(official: Official) -> Iterator[Remark]:
    for each in official.title:
        if each.align != "center":
            yield Fault(where(each), "标题没有居中", "请设为居中")
        elif each.left > 0.3 or each.right > 0.3 or abs(each.first) > 0.3:
            yield Fault(where(each), "标题带有缩进，不在版心正中", "请把标题的缩进设为 0")


def _title_shape(official: Official) -> Iterator[Remark]:
    lines = [line for each in official.title for line in each.text.split("\n")]
    if len(lines) > 1 or any(len(line) > 20 for line in lines):
        yield ByEye(f"标题分{max(len(lines), 2)}行，回行是否词意完整、排列成梯形或者菱形，请看打印效果。")
    for line in lines[1:]:
        if line and line[0] in "的、，》”）":
            yield Fault(f"“{line[:20]}”", f"标题回行以“{line[0]}”开头，词意不完整", "请换一处分行")


def _title_marks(official: Official) -> Iterator[Remark]:
    found = _TITLE_MARKS.search(official.title_text)
    if found:
        yield Fault(
            where(official.title[0]), f"标题里有标点“{found[0]}”", "标题除书名号、引号、括号、顿号外不用标点，请删去"
        )


def _addressee(official: Official) -> Iterator[Remark]:
    each = official.addressee
    if each is None:
        yield ByEye("标题下没有主送机关；公告、公示等普发性文件可以没有，其他文件请补上。")
        return
    if each.align not in ("left", "both") or each.left >= 0.3 or abs(each.first) >= 0.3:
        yield Fault(where(each), "主送机关没有顶格", "请设为左对齐，缩进为 0")
    if not each.text.endswith("："):
        yield Fault(where(each), "主送机关后面不是全角冒号", "请改为“：”")


def _letter(official: Official) -> Iterator[Remark]:
    """The letter format: no page number on the first page."""
    for first in official.document.sections[:1] if official.is_letter else ():
        feet = first.footers.get("first" if first.first_differs else "default", ())
        if any(PAGE_FIELD in each.raw for each in feet):
            yield Fault("第1节", "函的首页印有页码", "请设“首页不同”，首页页脚留空")


CLAUSES = (
    Clause("7.2.1", "份号", _copy_number),
    Clause("7.2.2", "密级和紧急程度", _markings),
    Clause(
        "7.2.4",
        "发文机关标志",
        eyes(
            "发文机关标志（红色小标宋，上边缘至版心上边缘 35 毫米）和其下 4 毫米的红色分隔线通常预先印好，"
            "请核对套印位置。",
            when=lambda official: not official.is_letter,
        ),
    ),
    Clause("7.2.5", "发文字号", _number),
    Clause("7.2.5", "发文字号位置", _number_place),
    Clause("7.2.6", "签发人", _signer),
    Clause("7.3.1", "标题", lambda official: () if official.title else (_NO_TITLE,)),
    Clause("7.3.1", "标题字体字号", look(lambda official: official.title, "小标宋", 22)),
    Clause("7.3.1", "标题位置", _title_place),
    Clause("7.3.1", "标题回行", _title_shape),
    Clause("7.3.1", "标题标点", _title_marks),
    Clause("7.3.2", "主送机关", _addressee),
    Clause("7.3.2", "主送机关字体字号", look(lambda official: (official.addressee,), "仿宋", 16)),
    Clause("10.1", "函的首页不显示页码", _letter),
    Clause(
        "10.1",
        "信函格式",
        eyes(
            "函用信函格式印发的，请核对：发文机关标志上边缘至上页边 30 毫米，上下各一条 170 毫米的红色双线，"
            "发文字号在第一条双线下居右顶格。",
            when=lambda official: official.is_letter,
        ),
    ),
)
