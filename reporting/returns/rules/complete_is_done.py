"""A task at 100 % is not reported behind, unfinished or nearly done.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 持续推进 | 100 |
| passes | 基本完成 | 95 |
| fails | 滞后 | 100 |
| fails | 基本完成 | 100 |
"""

from reporting.returns.live import live_progress
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name)


RULE = error(
    "完成进度填的是 100，但完成状态为“{status}”。",
    "已经完成的，请将完成状态改为“已完成”；尚未完成的，请改正完成进度。",
    row=_check,
    where=lambda rows: rows.asks("part") & (rows.progress == 100),
    live=lambda row: live_progress(row, "part", "{figure}=100", "进度100与完成状态矛盾"),
)
