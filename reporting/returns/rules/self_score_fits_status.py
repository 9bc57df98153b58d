"""A task that is behind is not given full marks by its own unit, nor a finished one none.

| case | 完成状态 | 完成进度(%) | 自评分 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 100 |
| passes | 滞后 | 60 | 75 |
| passes | 滞后 | 60 | |
| fails | 滞后 | 60 | 100 |
| fails | 已完成 | 100 | 0 |
"""

from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    score, most = rows.number("self_score"), rows.form.task_fields["self_score"].max
    full = rows.outcome("behind") & (score == most)
    none = rows.outcome("done") & (score == 0)
    return rows.any_of((full, none))


def _check(view: RowView) -> Breaches:
    yield view.breach("self_score", status=view.status_name)


RULE = confirm(
    "完成状态为“{status}”，自评分填的是 {found}。",
    "请核对自评分和完成状态；确如所填的，请说明。",
    row=_check,
    where=_where,
)
