"""A task at 100 % is not reported behind, unfinished or nearly done.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 持续推进 | 100 |
| passes | 基本完成 | 95 |
| fails | 滞后 | 100 |
| fails | 基本完成 | 100 |
"""

from collections.abc import Iterable

from reporting.returns.live import LiveCheck, LiveRow, live_any, live_figure, live_number
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name)


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part != "task":
        return
    names = [status.name for status in row.form.status if status.progress == "part"]
    cell = row.ref("progress")
    figure = live_figure(row.form.task_fields["progress"], cell)
    wrong = f"AND({live_any(row.ref('status'), names)},{figure}=100)"
    yield LiveCheck("progress", f"IF({live_number(cell)},{wrong},FALSE)", "进度100与完成状态矛盾")


RULE = error(
    "完成进度填的是 100，但完成状态为“{status}”。",
    "已经完成的，请将完成状态改为“已完成”；尚未完成的，请改正完成进度。",
    row=_check,
    where=lambda rows: rows.asks("part") & (rows.progress == 100),
    live=_live,
)
