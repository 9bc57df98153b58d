"""A date says its year; where it does not, that of the plan is meant, and said.

| case | 数据截止日期 |
| --- | --- |
| passes | 2026-11-30 |
| passes | 2026年11月底 |
| fails | 11月底 |
| fails | 全年 |
"""

import re
from datetime import date

from reporting.model import Cell
from reporting.returns.rules import Breach, Breaches, ReturnView, note

YEAR = re.compile(r"\d{4}|[〇零○Oo一二三四五六七八九]{4}")


def _check(view: ReturnView) -> Breaches:
    form, sent = view.form, view.sent
    for row in (*sent.rows, *sent.target_rows):
        fields = form.target_fields if row.target else form.task_fields
        for key, cell in row.cells.items():
            if key in fields and fields[key].type == "date" and _lacks_year(cell):
                yield Breach(cell.place, _values(fields[key].heading, cell), row.number)
    for key, each in form.header_fields.items():
        if each.type == "date" and key in sent.header and _lacks_year(sent.header[key]):
            yield Breach(sent.header[key].place, _values(each.heading, sent.header[key]))


def _lacks_year(cell: Cell) -> bool:
    return isinstance(cell.value, date) and YEAR.search(cell.raw) is None


def _values(heading: str, cell: Cell) -> dict[str, str]:
    return {"heading": heading, "found": cell.raw, "expected": str(cell.value)}


RULE = note("{heading}“{found}”没有写年份，按 {expected} 登记。", "有误的请改为完整的年、月、日。", whole=_check)
