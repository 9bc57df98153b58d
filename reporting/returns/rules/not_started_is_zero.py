"""A task reported not started has no progress.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 未启动 | 0 |
| fails | 未启动 | 30 |
"""

from reporting.returns.live import live_progress
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name, expected="0")


RULE = error(
    "完成状态为“{status}”，但完成进度填的是 {found}。",
    "尚未启动的，请将完成进度改为 0；已经启动的，请改正完成状态。",
    row=_check,
    where=lambda rows: rows.asks("none") & (rows.progress > 0),
    live=lambda row: live_progress(row, "none", "{cell}>0", "未启动的进度应为0"),
)
