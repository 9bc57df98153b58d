"""A return is not dated later than the day on which it came in.

| case | 填报日期 |
| --- | --- |
| passes | 2026-12-09 |
| fails | 2026-12-19 |
"""

from datetime import date

from reporting.returns.rules import Breaches, ReturnView, lies_ahead, note


def _check(view: ReturnView) -> Breaches:
    cell = view.sent.header.get("filled_on")
    if cell is None or not isinstance(cell.value, date):
        return
    if lies_ahead(cell.value, cell.raw, view.today):
        yield view.header_breach("filled_on", expected=f"不晚于 {view.today}")


RULE = note("表头的{heading}“{found}”晚于收件当天。", "请核对日期。", whole=_check)
