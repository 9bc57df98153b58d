"""A task under way has made some progress.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 持续推进 | 10 |
| passes | 滞后 | 0 |
| fails | 持续推进 | 0 |
| fails | 基本完成 | 0 |
"""

from reporting.returns.rules import Breaches, RowView, confirm


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name)


RULE = confirm(
    "完成状态为“{status}”，完成进度填的是 0。",
    "请核对完成进度；尚未开展的，请将完成状态改为“未启动”并写明原因。",
    row=_check,
    where=lambda rows: rows.outcome("ongoing") & (rows.progress == 0),
)
