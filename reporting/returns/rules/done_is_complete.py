"""A task reported done stands at 100 %.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 已完成 | 100 |
| passes | 滞后 | 80 |
| fails | 已完成 | 80 |
"""

from reporting.returns.live import live_progress
from reporting.returns.rules import Breaches, RowView, error


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name, expected="100")


RULE = error(
    "完成状态为“{status}”，但完成进度填的是 {found}。",
    "已经完成的，请将完成进度改为 100；尚未完成的，请改正完成状态。",
    row=_check,
    where=lambda rows: rows.asks("full") & (rows.progress < 100),
    live=lambda row: live_progress(row, "full", "{figure}<100", "已完成的进度应为100"),
)
