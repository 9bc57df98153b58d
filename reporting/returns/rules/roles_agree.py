"""A task is not done for its lead while a supporting unit has it unfinished.

| case | 单位 | 任务编号 | 角色 | 完成状态 | 完成进度(%) |
| --- | --- | --- | --- | --- | --- |
| passes | 市教育局 | 1 | 牵头 | 已完成 | 100 |
| passes | 市司法局 | 1 | 配合 | 已完成 | 100 |
| passes | 市财政局 | 1 | 配合 | 持续推进 | 60 |
| fails | 市教育局 | 1 | 牵头 | 已完成 | 100 |
| fails | 市司法局 | 1 | 配合 | 未启动 | 0 |

A supporting unit may well have done its own part while the lead is behind.
"""

from collections.abc import Mapping

from reporting.model import Role
from reporting.office.form import Outcome
from reporting.returns.rules import Breaches, UnitView, confirm

_CONTRADICTS: Mapping[tuple[Role, Outcome], tuple[Role, Outcome]] = {
    (Role.LEAD, "done"): (Role.SUPPORT, "behind"),
    (Role.SUPPORT, "behind"): (Role.LEAD, "done"),
}


def _check(view: UnitView) -> Breaches:
    for row in view.rows:
        if row.part != "task" or row.status is None:
            continue
        other = _CONTRADICTS.get((row.role, row.status.outcome))
        claims = view.claims.having(row.number, *other) if other else ()
        claim = next((each for each in claims if each.unit != view.unit), None)
        if claim is not None:
            yield row.breach("status", other=claim.unit, role=claim.role, theirs=claim.texts["status"])


RULE = confirm(
    "完成状态填的是“{found}”，而{role}单位{other}填的是“{theirs}”。",
    "请与{other}核对这项任务是否全部完成；各自只填本单位承担部分的，请说明。",
    across=_check,
)
