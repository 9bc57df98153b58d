"""What every unit must fill in is filled in.

| case | 完成状态 | 完成进度(%) | 完成情况 |
| --- | --- | --- | --- |
| passes | 已完成 | 100 | 印发办法并组织实施。 |
| fails | 已完成 | 100 | |
| fails | | 60 | 已完成调研，正在起草实施办法，征求意见。 |
"""

from collections.abc import Callable, Iterable

from reporting.findings import Kind, Severity
from reporting.form import Form
from reporting.rules import Breach, LiveCheck, RowView, Rule, live_any, live_nothing


def _check(view: RowView) -> Iterable[Breach]:
    if view.part == "task":
        needed = [field for field in view.form.task if view.form.must_fill(field, view.role, view.status)]
        needed = [field for field in needed if field.is_required(view.role)]
    else:
        void = view.task_status is not None and view.task_status.outcome == "void"
        needed = [] if void else [field for field in view.form.target if field.is_required(view.role)]
    for field in needed:
        if field.filled and view.says_nothing(field.key):
            yield view.breach(field.key)


def _live(form: Form, ref: Callable[[str], str]) -> Iterable[LiveCheck]:
    for field in form.task:
        if not field.filled or field.required == "no":
            continue
        conditions = [live_nothing(field, ref(field.key))]
        if field.required == "lead":
            conditions.append(f'{ref("role")}="牵头"')
        exempt = [name for name, status in form.statuses.items() if _exempts(form, field.key, name)]
        if exempt:
            conditions.append(f"NOT({live_any(ref('status'), exempt)})")
        yield f"AND({','.join(conditions)})", f"缺{field.heading}"


def _exempts(form: Form, key: str, status: str) -> bool:
    from reporting.model import Role

    field = form.task_fields[key]
    return not form.must_fill(field, Role.LEAD, form.statuses[status])


RULE = Rule(
    kind=Kind(
        "required_is_filled",
        Severity.ERROR,
        "没有填写{heading}。",
        "请补填{heading}。",
    ),
    row=_check,
    live=_live,
)
