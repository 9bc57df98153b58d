"""A task reported done stands at 100 %.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已完成 | 100 |
| passes | 滞后 | 80 |
| fails | 已完成 | 80 |
"""

from collections.abc import Iterable

from reporting.returns.live import LiveCheck, LiveRow, live_any, live_figure, live_number
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name, expected="100")


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part != "task":
        return
    names = [status.name for status in row.form.status if status.progress == "full"]
    cell = row.ref("progress")
    figure = live_figure(row.form.task_fields["progress"], cell)
    wrong = f"AND({live_any(row.ref('status'), names)},{figure}<100)"
    yield LiveCheck("progress", f"IF({live_number(cell)},{wrong},FALSE)", "已完成的进度应为100")


RULE = error(
    "完成状态为“{status}”，但完成进度填的是 {found}。",
    "已经完成的，请将完成进度改为 100；尚未完成的，请改正完成状态。",
    row=_check,
    where=lambda rows: rows.asks("full") & (rows.progress < 100),
    live=_live,
)
