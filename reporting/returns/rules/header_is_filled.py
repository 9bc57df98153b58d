"""The block above the table names who filled it in, whom to call and who checked it.

| case | 填报人 | 联系电话 | 审核人 |
| --- | --- | --- | --- |
| passes | 林晓 | 62340011 | 周正 |
| fails | | 62340011 | 周正 |
"""

from collections.abc import Iterable

from reporting.model import Role
from reporting.returns.live import LiveCheck, LiveRow, live_blank
from reporting.returns.rules import Breach, Breaches, ReturnView, error, has_tasks


def _check(view: ReturnView) -> Breaches:
    for field in view.form.header if has_tasks(view.sent) else ():
        cell = view.sent.header.get(field.key)
        if field.filled and field.is_required(Role.LEAD) and (cell is None or not cell.raw):
            yield Breach(cell.place if cell else view.sent.task_sheet, {"heading": field.heading})


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part != "header":
        return
    for field in row.fields:
        if field.is_required(Role.LEAD):
            yield LiveCheck(field.key, live_blank(row.ref(field.key)), f"缺{field.heading}", missing=True)


RULE = error("表头的{heading}没有填写。", "请在表头“{heading}”右侧的格内填写。", whole=_check, live=_live)
