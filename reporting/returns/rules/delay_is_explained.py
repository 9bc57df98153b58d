"""A task that is behind, not started, not finished or dropped says why, and what comes next.

| case | 完成状态 | 完成进度(%) | 完成情况 | 存在问题及原因 | 下一步计划 |
| --- | --- | --- | --- | --- | --- |
| passes | 滞后 | 40 | 完成选址和可行性研究，其他工作尚未开始。 | 用地手续尚未办结。 | 明年3月底前完成。 |
| passes | 持续推进 | 80 | 每季度调度一次。 | | |
| fails | 滞后 | 40 | 完成选址和可行性研究，其他工作尚未开始。 | | 明年3月底前完成。 |
| fails | 未启动 | 0 | | 经费未落实。 | |
"""

from collections.abc import Iterable

from reporting.office.form import Form, FormField
from reporting.returns.columns import Mask
from reporting.returns.live import LiveCheck, LiveRow, live_any, live_nothing
from reporting.returns.rules import Breaches, Rows, RowView, error, says_why_nothing


def _only_by_status(form: Form) -> list[FormField]:
    return [
        field
        for field in form.task
        if field.required == "no" and any(field.key in status.needs for status in form.status)
    ]


def _where(rows: Rows) -> Mask:
    silent = (rows.needs(field.key) & rows.nothing(field.key) for field in _only_by_status(rows.form))
    return rows.any_of(silent if rows.is_tasks else ())


def _check(view: RowView) -> Breaches:
    assert view.status is not None
    for field in _only_by_status(view.form):
        if field.key in view.status.needs and view.says_nothing(field.key):
            yield view.breach(field.key, status=view.status.name, **says_why_nothing(view, field.key))


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part != "task":
        return
    for field in _only_by_status(row.form):
        asking = [status.name for status in row.form.status if field.key in status.needs]
        asked = live_any(row.ref("status"), asking)
        nothing = live_nothing(field, row.ref(field.key))
        yield LiveCheck(field.key, f"AND({asked},{nothing})", f"缺{field.heading}", missing=True)


RULE = error(
    "完成状态为“{status}”，但没有填写{heading}{more}。",
    "请补填{heading}{how}；如完成状态选错，请改正完成状态。",
    row=_check,
    where=_where,
    live=_live,
)
