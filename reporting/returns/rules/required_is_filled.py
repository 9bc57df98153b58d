"""What every unit must fill in is filled in.

| case | 完成状态 | 完成进度(%) | 完成情况 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 印发办法并组织实施。 |
| fails | 已完成 | 100 | |
| fails | | 60 | 已完成调研，正在起草实施办法，征求意见。 |
"""

from collections.abc import Iterable

from reporting.model import Role
from reporting.office.form import Form
from reporting.returns.columns import Mask
from reporting.returns.live import LiveCheck, LiveRow, live_any, live_nothing, live_text
from reporting.returns.rules import Breaches, Rows, RowView, error, says_why_nothing


def _where(rows: Rows) -> Mask:
    return rows.any_of(rows.nothing(key) for key, field in rows.fields.items() if field.required != "no")


def _check(view: RowView) -> Breaches:
    if view.part == "task":
        statuses = view.may_be or (view.status,)
        asked = (field for field in view.form.task if field.is_required(view.role))
        needed = [each for each in asked if all(view.form.must_fill(each, view.role, status) for status in statuses)]
    else:
        void = any(status.outcome == "void" for status in (view.task_status, *view.may_be) if status)
        needed = [] if void else [field for field in view.form.target if field.is_required(view.role)]
    for field in needed:
        if field.filled and view.says_nothing(field.key):
            yield view.breach(field.key, **says_why_nothing(view, field.key))


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part == "header":
        return
    for field in row.fields:
        if field.required == "no":
            continue
        conditions = [live_nothing(field, row.ref(field.key))]
        if row.part == "target":
            conditions.append(f"NOT({row.dropped})")
        else:
            if field.required == "lead":
                conditions.append(f"{row.ref('role')}={live_text(Role.LEAD)}")
            exempt = [name for name in row.form.statuses if _exempts(row.form, field.key, name)]
            if exempt:
                conditions.append(f"NOT({live_any(row.ref('status'), exempt)})")
        yield LiveCheck(field.key, f"AND({','.join(conditions)})", f"缺{field.heading}", missing=True)


def _exempts(form: Form, key: str, status: str) -> bool:
    field = form.task_fields[key]
    return not form.must_fill(field, Role.LEAD, form.statuses[status])


RULE = error("没有填写{heading}{more}。", "请补填{heading}{how}。", row=_check, where=_where, live=_live)
