"""Lines of a return that are no rows of its table: totals, signatures and remarks below it.

Used by the rules about rows that nobody asked for. What is no row sends nothing back.
"""

import re
from collections.abc import Mapping, Sequence

from reporting.language.characters import even_width
from reporting.model import Row
from reporting.office.form import FormField

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "平均", "平均值"})
_SIGNATURE = re.compile(
    r"(?:单位|部门|科室|处室|主要|分管)?(?:负责人|领导|填[表报](?:人|单位|日期)|经办人|审核人|联系人|联系电话|日期|签[字名章]|盖章)"
    r"(?:\([^()]{1,12}\))?:"
)
"""单位负责人（签字）：, as a line for signatures below the table begins."""
_STAMP = re.compile(r"\(?(?:填报)?(?:单位|部门)?\(?(?:盖章|公章|印章|签章|签字|签名)\)?处?:?")
"""（盖章）, or 单位（公章） alone."""
_LONGEST = 25
"""No name, telephone number or date with its label is longer."""
_REMARK = re.compile(r"备?注[:：\d]|说明[:：]|填[表报]说明|以上|\d{4}年\d{1,2}月\d{1,2}日$")
"""How a remark below a table begins: 注：以上数据…"""
_MOST_CELLS = 2
"""A remark fills no more of the cells that are to be filled in."""


def is_total(row: Row) -> bool:
    """Whether a row only adds up the others."""
    return row.assignment is None and row.target is None and even_width(row.number).rstrip(":") in _TOTALS


def is_signature(texts: Sequence[str]) -> bool:
    """Whether the first text of a line is the label of a signature and none is an account of anything."""
    first = even_width(texts[0])
    return bool(_SIGNATURE.match(first) or _STAMP.fullmatch(first)) and all(len(text) <= _LONGEST for text in texts)


def is_remark(text: str) -> bool:
    """Whether a text is a remark by its first words."""
    return _REMARK.match(text) is not None


def remarks_below(rows: Sequence[Row], fields: Mapping[str, FormField]) -> list[Row]:
    """The rows below the table that hold a remark; any other text there may be the end of one of its rows."""
    last = max((row.place.row for row in rows if row.assignment or row.target), default=0)
    return [row for row in rows if last and row.place.row > last and _is_remark_row(row, fields)]


def _is_remark_row(row: Row, fields: Mapping[str, FormField]) -> bool:
    filled = [field for field in fields.values() if field.filled and row.raw(field.key)]
    texts = [row.raw(key) for key in fields if row.raw(key)]
    few = 0 < len(filled) <= _MOST_CELLS
    return few and not is_signature(texts) and any(is_remark(text) for text in texts)
