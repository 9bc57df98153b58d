"""The return is for the year that is being collected.

| case | 填报年度 |
| --- | --- |
| passes | 2026 |
| passes | 2026年度 |
| fails | 2025 |
"""

from reporting.language.characters import even_width
from reporting.returns.rules import Breach, Breaches, ReturnView, error


def _check(view: ReturnView) -> Breaches:
    expected = str(view.year)
    cell = view.sent.header.get("year")
    if cell is not None and cell.raw:
        if even_width(cell.raw).removesuffix("度").removesuffix("年") != expected:
            yield Breach(cell.place, {"found": cell.raw, "expected": expected})
    elif view.sent.signature.year and view.sent.signature.year != expected:
        yield Breach(view.sent.task_sheet, {"found": view.sent.signature.year, "expected": expected})


RULE = error(
    "填报年度是“{found}”，本次收的是 {expected} 年度的填报表。",
    "请使用 {expected} 年度下发的填报表；仅年度写错的，订正表中已改为 {expected}，核对后直接报送即可。",
    whole=_check,
)
