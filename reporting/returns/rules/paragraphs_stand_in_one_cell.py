"""The paragraphs of one account stand in one cell, not one below the other in the rows of other tasks.

| case | 任务编号 | 方案工作内容 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 建立专利转化对接机制。 | 一、建立对接机制，会商四次。二、促成签约十二项。 |
| passes | 2 | 开展教师版权培训不少于四期。 | 教师版权培训举办五期，参训教师三百二十人。 |
| fails | 1 | 建立专利转化对接机制。 | 一、专利转化对接机制已经建立，会商四次。 |
| fails | 2 | 开展教师版权培训不少于四期。 | 二、促成企业与高校签约十二项，金额九百万元。 |
"""

import re
from collections.abc import Sequence

from reporting.language.likeness import pairs_in
from reporting.language.numerals import read_numeral
from reporting.language.prose import bare_text
from reporting.model import Row
from reporting.returns.rules import Breaches, ReturnView, confirm
from reporting.returns.rules.text_is_in_its_row import own_pairs

_COLUMNS = ("result", "problem", "next_step")
_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?P<before>[(（]?|第)(?P<number>[{_HAN}]{{1,3}}|\d{{1,2}})(?P<after>[)）][、，,.．]?|[、.．](?!\d)|是[:：，,]?|[，,：:])"
)
"""一、 （一） 1. 1、 1） 一是 第一，: the first words of a paragraph that has a number."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_FITS = 2
"""With so many pairs of characters that only its own task has, a text is taken to stand in its row."""
_BROKEN = tuple("，,、：:（(“《和与及的在对将为以于")
"""What no sentence ends with."""
_LEAST = 8
"""Letters; what is shorter breaks off for want of anything to say."""


def _check(view: ReturnView) -> Breaches:
    rows = sorted((row for row in view.sent.rows if row.assignment is not None), key=lambda row: row.place.row)
    own = own_pairs(view)

    def fits(row: Row, key: str) -> bool:
        number = row.assignment.task.number if row.assignment else ""
        return len(pairs_in(bare_text(row.raw(key))) & own.get(number, frozenset())) >= _FITS

    for key in _COLUMNS:
        at = 0
        while at < len(rows):
            end = _end_of_block(rows, at, key)
            strangers = [row for row in rows[at + 1 : end] if not fits(row, key)]
            if end > at + 1 and 2 * len(strangers) >= end - at - 1:
                numbers = "、".join(row.number for row in rows[at + 1 : end])
                yield view.breach(rows[at], key, others=numbers, last=str(rows[end - 1].place.row))
            at = max(end, at + 1)


def _end_of_block(rows: Sequence[Row], at: int, key: str) -> int:
    """The row after those whose texts go on where the one before left off."""
    end = at + 1
    style, number = _mark_of(rows[at].raw(key))
    numbered = number == 1 and not _goes_on_itself(rows[at].raw(key), style)
    while end < len(rows):
        above, text = rows[end - 1], rows[end].raw(key)
        if not text or rows[end].cells[key].joined or rows[end].place.row != above.place.row + 1:
            break
        if numbered:
            goes_on = _mark_of(text) == (style, number + end - at)
        else:
            said = above.raw(key).rstrip()
            goes_on = said.endswith(_BROKEN) and len(bare_text(said)) >= _LEAST and not _mark_of(text)[1]
        if not goes_on:
            break
        end += 1
    return end


def _mark_of(text: str) -> tuple[str, int]:
    """How a text is numbered at its beginning, and the number; 0 without one."""
    text = text.lstrip()
    if text[:1] in _CIRCLED and text:
        return "①", _CIRCLED.index(text[0]) + 1
    match = _MARK.match(text)
    if match is None:
        return "", 0
    value = int(match["number"]) if match["number"].isdigit() else int(read_numeral(match["number"])[0] or 0)
    kind = "一" if match["number"][0] in _HAN else "1"
    return f"{match['before']}{kind}{match['after'][0]}", value


def _goes_on_itself(text: str, style: str) -> bool:
    """Whether the second paragraph stands in the same cell as the first."""
    lines = re.split(r"[\n。；;]", text)
    return any(_mark_of(line) == (style, 2) for line in lines[1:])


RULE = confirm(
    "{heading}像是一段话的开头，第 {last} 行以前各行（任务 {others}）写的像是它的后文，可能粘贴时分到了下面几行。",
    "请核对：同一项任务的内容写在一格里（单元格内换行用 Alt+Enter），下面各行写各自任务的内容；"
    "没有填错的，请在“说明”栏写明。",
    whole=_check,
)
