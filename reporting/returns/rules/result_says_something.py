"""The lead's account names something that was done; what fits every task says nothing of this one.

| case | 角色 | 完成情况 |
| --- | --- | --- |
| passes | 牵头 | 按要求建立协调机制，会商四次，形成纪要。 |
| passes | 牵头 | 印发工作方案，积极推进各项工作落到实处。 |
| fails | 牵头 | 按要求有序推进各项工作，取得明显成效。 |
| fails | 牵头 | 高度重视，加强领导，认真组织，抓好落实。 |

What a supporter wrote no more of is told by ``text_is_long_enough``.
"""

from collections.abc import Iterable

from reporting.language.prose import is_empty_talk
from reporting.model import Role
from reporting.returns.columns import Mask
from reporting.returns.live import LiveCheck, LiveRow, live_any, live_empty, live_nothing, live_text
from reporting.returns.rules import Breaches, Rows, RowView, error


def _where(rows: Rows) -> Mask:
    return rows.lead & rows.typed("result", is_empty_talk)


def _check(view: RowView) -> Breaches:
    asked = view.status is None or "result" in view.status.needs
    if view.part == "task" and view.role is Role.LEAD and view.texts.get("result") and asked:
        yield view.breach("result")


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    if row.part != "task":
        return
    cell, field = row.ref("result"), row.form.task_fields["result"]
    exempt = [status.name for status in row.form.status if "result" not in status.needs]
    conditions = [f"{row.ref('role')}={live_text(Role.LEAD)}", f"NOT({live_nothing(field, cell)})", live_empty(cell)]
    if exempt:
        conditions.append(f"NOT({live_any(row.ref('status'), exempt)})")
    yield LiveCheck("result", f"AND({','.join(conditions)})", f"{field.heading}请写具体结果")


RULE = error(
    "{heading}“{found}”没有写出做了什么、有什么结果。",
    "请写明具体做了什么、结果怎样（数量、文件、时间）。",
    row=_check,
    where=_where,
    live=_live,
)
