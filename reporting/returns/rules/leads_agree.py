"""Units that lead a task together are told when one has it done and another behind.

| case | 单位 | 任务编号 | 角色 | 完成状态 | 完成进度(%) |
| --- | --- | --- | --- | --- | --- |
| passes | 市教育局 | 1 | 牵头 | 已完成 | 100 |
| passes | 市司法局 | 1 | 牵头 | 持续推进 | 60 |
| fails | 市教育局 | 1 | 牵头 | 滞后 | 60 |
| fails | 市司法局 | 1 | 牵头 | 已完成 | 100 |
"""

from collections.abc import Mapping

from reporting.model import Role
from reporting.office.form import Outcome
from reporting.returns.rules import Breaches, UnitView, note

_OPPOSITES: Mapping[Outcome, Outcome] = {"done": "behind", "behind": "done"}


def _check(view: UnitView) -> Breaches:
    for row in view.rows:
        opposite = _OPPOSITES.get(row.status.outcome) if row.status is not None else None
        fellows = view.fellow_leads(row) if row.part == "task" and opposite else ()
        if not fellows or opposite is None:
            continue
        claims = view.claims.having(row.number, Role.LEAD, opposite)
        claim = next((each for each in claims if each.unit in fellows), None)
        if claim is not None:
            yield row.breach("status", other=claim.unit, theirs=claim.texts["status"])


RULE = note(
    "完成状态填的是“{found}”，共同牵头的{other}填的是“{theirs}”，汇总时取其中较慢的。",
    "各自只填本单位承担部分的，不必修改。",
    across=_check,
)
