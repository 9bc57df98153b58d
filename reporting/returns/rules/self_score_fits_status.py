"""A task that is behind is not given full marks by its own unit, nor a finished one none.

| case | 完成状态 | 完成进度(%) | 自评分 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 100 |
| passes | 滞后 | 60 | 75 |
| passes | 滞后 | 60 | |
| fails | 滞后 | 60 | 100 |
| fails | 已完成 | 100 | 0 |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    score = view.row.value("self_score") if view.part == "task" else None
    if not isinstance(score, int | float) or isinstance(score, bool) or view.status is None:
        return
    most = view.fields["self_score"].max
    full = view.status.outcome == "behind" and most is not None and score == most
    if full or (view.status.outcome == "done" and score == 0):
        yield view.breach("self_score", status=view.status.name)


RULE = Rule(
    kind=Kind(
        "self_score_fits_status",
        Severity.CONFIRM,
        "完成状态为“{status}”，自评分填的是 {found}。",
        "请核对自评分和完成状态；确如所填的，请说明。",
    ),
    row=_check,
)
