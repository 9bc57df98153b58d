"""What stands at the end: list of annexes, signature, date, note, annexes, imprint (7.3.4 to 7.4)."""

import re
from collections.abc import Iterator

from reporting.documents.standard import ByEye, Clause, Fault, Remark, eyes, where
from reporting.documents.standard.document import Paragraph
from reporting.documents.standard.fonts import font_faults, look, look_faults
from reporting.documents.standard.parts import Official
from reporting.language.characters import printed_width
from reporting.language.dates import date_fault

_WIDTH = 28.0
"""Characters of 3号 in a line."""
_NOTE = re.compile(
    r"(?P<head>附件(?P<own>\d{0,2})(?P<mark>[：:．.、]?))?(?:(?P<number>\d{1,2})(?P<dot>[.．、]))?(?P<name>.*)",
    re.DOTALL,
)
"""A line of the list of annexes: 附件：1.名称, and 2.名称 below it."""
_AFTER = "。；，、;,."
"""Marks that should not stand behind the name of an annex."""
_LABEL = re.compile(r"附件\d{0,2}")
_LABELLED = re.compile(r"附\s*件\s*(\d{0,2})")
_APART = ("另发", "另附", "另行", "另册", "单独", "电子")
"""Words in the name of an annex that does not stand in the document itself."""
_THICK, _THIN = (0.9, 1.3), (0.6, 0.85)
"""Points of the lines of the imprint: 0.35 mm is 1 point, 0.25 mm 0.75 (7.4.1)."""
_PRINTED = re.compile(r"(?P<office>.*?\S)?[\s\u3000]*(?P<date>\S+?)印发")

_SEEN = ByEye("版记应在公文末页，最后一条线与版心下边缘重合，请看打印效果。")
_NO_IMPRINT = ByEye("文末没有版记；正式印发的，请补上版记（抄送机关、印发机关和印发日期），置于末页版心底部。")


def _noted(official: Official) -> Iterator[tuple[Paragraph, re.Match[str] | None]]:
    """The lines of the list of annexes, told apart as far as they are written as such."""
    for each in official.annex_notes:
        found = _NOTE.match(each.text)
        yield each, found if found and (found["head"] or found["number"]) else None


def annex_listed(official: Official) -> list[tuple[str, str]]:
    """The annexes as the list of them has it: number (empty for a single one) and name."""
    found = (note for _, note in _noted(official) if note)
    return [(note["number"] or note["own"] or "", note["name"].strip().rstrip(_AFTER)) for note in found]


def _notes(official: Official) -> Iterator[Remark]:
    remedy = "请写成“附件：1.名称”，从第二项起写“2.名称”，名称后不加标点"
    for position, (each, note) in enumerate(_noted(official), 1):
        if note and note["head"] and (note["own"] or note["mark"] != "："):
            yield Fault(where(each), "附件说明没有写作“附件：”", remedy)
        if note and note["dot"] not in (None, "."):
            yield Fault(where(each), f"附件序号后面的“{note['dot']}”应为“.”", remedy)
        if each.text[-1] in _AFTER:
            yield Fault(where(each), f"附件名称后面有“{each.text[-1]}”", remedy)
        number = (note["number"] if note else None) or ""
        if number and int(number) != position:
            yield Fault(where(each), f"附件序号是 {number}，应为 {position}", "请按顺序编号")
    listed = annex_listed(official)
    if len(official.annex_notes) == 1 and listed and listed[0][0]:
        yield Fault(where(official.annex_notes[0]), "只有一个附件，不编序号", "请写成“附件：名称”")


def _notes_place(official: Official) -> Iterator[Remark]:
    for position, each in enumerate(official.annex_notes):
        begins = each.left + each.first
        if position == 0 and abs(begins - 2) > 0.3:
            yield Fault(where(each), f"附件说明左空 {begins:.1f} 字，应为二字", "请设左起二字编排")
        if position and abs(begins - 5) > 0.3:
            yield Fault(where(each), "附件序号没有与上一项对齐", "请使各项序号对齐（左空五字）")
        yield from look_faults(each, "仿宋", 16)


def _notes_gap(official: Official) -> Iterator[Remark]:
    if not official.annex_notes:
        return
    first = official.annex_notes[0]
    paragraphs = official.document.paragraphs
    at = next(at for at, each in enumerate(paragraphs) if each is first)
    empty = at > 0 and not paragraphs[at - 1].text
    if not empty and first.before < 14:
        yield Fault(where(first), "附件说明与正文之间没有空一行", "请在附件说明之前空一行")


def _signed(official: Official) -> Iterator[Remark]:
    if official.date is None:
        yield Fault("全文", "没有找到成文日期", "请在正文之后另起一行写明，如 2026年12月1日")
    elif not official.issuers:
        yield Fault(where(official.date), "成文日期之上没有发文机关署名", "请在成文日期之上写明发文机关")


def _date_numerals(official: Official) -> Iterator[Remark]:
    date = official.date
    if date is not None and (wrong := date_fault(date.text)):
        yield Fault(where(date), f"成文日期{wrong}", "请用阿拉伯数字将年、月、日标全，如 2026年1月8日")


def _edges(paragraph: Paragraph) -> tuple[float, float]:
    """How many characters are free left and right of a line."""
    own = printed_width(paragraph.text)
    lead = paragraph.raw[: len(paragraph.raw) - len(paragraph.raw.lstrip())]
    free = _WIDTH - paragraph.left - paragraph.right - own
    if paragraph.align == "right":
        return _WIDTH - paragraph.right - own, paragraph.right
    if paragraph.align == "center":
        return paragraph.left + free / 2, paragraph.right + free / 2
    start = paragraph.left + paragraph.first + printed_width(lead.replace("\t", "")) * 2
    stops = [stop for stop in paragraph.tabs if stop > 0]
    for _ in range(lead.count("\t")):
        start = next((stop for stop in stops if stop > start + 0.01), start + 2)
    return start, _WIDTH - start - own


def _signature_place(official: Official) -> Iterator[Remark]:
    """With a seal the date ends four characters from the right, the name centred over it; without, two."""
    date = official.date
    if date is None or not official.issuers or date_fault(date.text):
        return  # how wide a date written otherwise is says nothing
    if len(official.issuers) > 1:
        yield ByEye("联合行文的署名和印章位置请人工核对：署名按顺序排列，印章居中下压署名和成文日期，排列整齐。")
        return
    issuer = official.issuers[0]
    (name_left, name_right), (date_left, date_right) = _edges(issuer), _edges(date)
    name_middle, date_middle = (name_left - name_right) / 2, (date_left - date_right) / 2
    centred = abs(name_middle - date_middle) <= 1
    sealed = centred and abs(date_right - 4) <= 0.75
    # a name so long that it reaches the edge takes the date with it
    long_name = centred and printed_width(issuer.text) > 15 and date_right >= 3.5
    shifted = abs(name_right - 2) <= 1 and abs(date_left - name_left - 2) <= 1
    long_date = abs(date_right - 2) <= 1 and name_right >= 1.5
    if not (sealed or long_name or shifted or long_date):
        yield Fault(
            where(date),
            f"署名右空 {name_right:.1f} 字、成文日期右空 {date_right:.1f} 字，位置不合规定",
            "加盖印章的，成文日期右空四字、署名在其上居中；不加盖印章的，署名右空二字、日期首字比署名首字右移二字",
        )


def _note(official: Official) -> Iterator[Remark]:
    for each in official.notes:
        if not (each.text.startswith("（") and each.text.endswith("）")):
            yield Fault(where(each), "附注没有用全角圆括号", "请用“（）”括入")
        if abs(each.left + each.first - 2) > 0.3:
            yield Fault(where(each), "附注没有左空二字", "请设首行缩进 2 字符")
        yield from look_faults(each, "仿宋", 16)


def _annex_pages(official: Official) -> Iterator[Remark]:
    for annex in official.annexes:
        if not annex.label.new_page:
            yield Fault(where(annex.label), "附件没有另面编排", "请在附件之前分页")


def _annex_labels(official: Official) -> Iterator[Remark]:
    for annex in official.annexes:
        label = annex.label
        if not _LABEL.fullmatch(label.text):
            yield Fault(where(label), "附件标识后有多余的空格或标点", "请写成“附件”或“附件1”")
        if label.align in ("center", "right") or label.left > 0.3 or abs(label.first) > 0.3:
            yield Fault(where(label), "附件标识没有顶格", "请设为左对齐，缩进为 0")
        yield from look_faults(label, "黑体", 16)


def _annex_titles(official: Official) -> Iterator[Remark]:
    for annex in official.annexes:
        if not annex.title:
            yield Fault(where(annex.label), "附件没有标题", "请在附件标识下空一行居中编排标题")
        for each in annex.title:
            if each.align != "center":
                yield Fault(where(each), "附件标题没有居中", "请在第三行居中编排")
            yield from font_faults(each, "小标宋")


def _annexes_agree(official: Official) -> Iterator[Remark]:
    """Number and title of an annex are those of the list."""
    names = annex_listed(official)
    here = [
        (_LABELLED.match(annex.label.text), "".join(each.text for each in annex.title).replace("\n", ""))
        for annex in official.annexes
    ]
    found = {(match[1] if match else ""): title for match, title in here}
    told_apart = any(word in name for _, name in names for word in _APART)
    for number, name in names:
        label = f"附件{number}"
        if number not in found and (found or told_apart) and not any(word in name for word in _APART):
            yield Fault(
                f"“{name[:20]}”", f"附件说明列有{label}，文后没有“{label}”一页", f"请补上“{label}”或改正附件说明"
            )
        elif number in found and found[number] != name:
            yield Fault(f"“{name[:20]}”", f"{label}的标题“{found[number][:20]}”与附件说明不一致", "请改成一致")
    known = {number for number, _ in names}
    for annex in official.annexes:
        match = _LABELLED.match(annex.label.text)
        if match and match[1] not in known:
            yield Fault(where(annex.label), "正文之后没有列出这个附件", "请在附件说明中写明序号和名称")
    if names and not found and not told_apart:
        yield ByEye("附件不在本文件中，请核对附件的顺序号和标题与附件说明一致。")


def _rules(official: Official) -> list[float]:
    """The lines of the imprint from the top to the bottom, in points."""
    table = official.imprint_table
    if table is not None:
        above, between, below = table.rules
        return [above, *[between] * (len(table.rows) - 1), below]
    inside = [each for line in official.imprint for each in line.rules]
    return [each for each in inside if each]


def _imprint_lines(official: Official) -> Iterator[Remark]:
    if not official.imprint or official.is_letter:
        return
    lines = _rules(official)
    if not any(lines):
        yield Fault(where(official.imprint[0]), "版记没有分隔线", "请在首末要素上下和各要素之间加与版心等宽的线")
        return
    for position, thickness in enumerate(lines):
        outer = position in (0, len(lines) - 1)
        least, most = _THICK if outer else _THIN
        if not least <= thickness <= most:
            yield Fault(
                where(official.imprint[0]),
                f"版记第{position + 1}条分隔线粗 {thickness:g} 磅，应为 {'0.35' if outer else '0.25'} 毫米",
                "首条和末条用 1 磅，中间的用 0.75 磅",
            )


def _imprint_words(official: Official) -> Iterator[Remark]:
    for each in official.imprint:
        text = each.text
        if re.match(r"抄\s*送", text):
            if not text.startswith("抄送："):
                yield Fault(where(each), "抄送没有写作“抄送：”", "请改为“抄送：”")
            if not text.endswith("。"):
                yield Fault(where(each), "抄送机关最后没有句号", "请在最后一个抄送机关后加句号")
        printed = _PRINTED.fullmatch(text)
        if printed and official.is_letter:
            yield Fault(where(each), "信函格式的版记不写印发机关和印发日期", "请删去该行")
        elif printed:
            wrong = date_fault(printed["date"])
            if wrong:
                yield Fault(where(each), f"印发日期{wrong}", "请用阿拉伯数字将年、月、日标全，后加“印发”二字")


def _imprint_place(official: Official) -> Iterator[Remark]:
    for each in official.imprint:
        begins = each.left + each.first
        if not 0.6 <= begins <= 1.4:
            yield Fault(where(each), f"版记左空 {begins:.1f} 字，应为一字", "请设左右缩进各一字")


CLAUSES = (
    Clause("7.3.4", "附件说明", _notes),
    Clause("7.3.4", "附件说明位置", _notes_place),
    Clause("7.3.4", "附件说明与正文空一行", _notes_gap),
    Clause("7.3.5", "署名和日期位置", _signature_place),
    Clause(
        "7.3.5",
        "印章",
        eyes(
            "印章应端正、居中下压署名和成文日期，印章顶端距正文（或附件说明）一行之内，与正文同页，请核对。",
            when=lambda official: official.date,
        ),
    ),
    Clause("7.3.5", "署名和日期字体字号", look(lambda official: (*official.issuers, official.date), "仿宋", 16)),
    Clause("7.3.5", "署名和成文日期", _signed),
    Clause("7.3.5.4", "成文日期数字", _date_numerals),
    Clause("7.3.6", "附注", _note),
    Clause("7.3.7", "附件另面编排", _annex_pages),
    Clause("7.3.7", "附件标识", _annex_labels),
    Clause("7.3.7", "附件标题", _annex_titles),
    Clause("7.3.7", "附件与附件说明一致", _annexes_agree),
    Clause("7.4", "版记", lambda official: (_SEEN if official.imprint else _NO_IMPRINT,)),
    Clause("7.4.1", "版记分隔线", _imprint_lines),
    Clause("7.4.3", "抄送和印发", _imprint_words),
    Clause("7.4.3", "版记字体字号", look(lambda official: official.imprint, "仿宋", 14)),
    Clause("7.4.3", "版记左右空字", _imprint_place),
)
