"""No unit gives another unit's account as its own.

| case | 单位 | 任务编号 | 角色 | 完成情况 |
| --- | --- | --- | --- | --- |
| passes | 市教育局 | 1 | 牵头 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
| passes | 市司法局 | 1 | 配合 | 参加会商四次，提出法律意见十二件，协助修订制度三项，均已印发实施。 |
| fails | 市教育局 | 1 | 牵头 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
| fails | 市司法局 | 1 | 配合 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
"""

from reporting.language.prose import bare_text
from reporting.returns.rules import Breaches, UnitView, confirm

_LEAST = 25
"""Short sentences may be alike by chance."""


def _check(view: UnitView) -> Breaches:
    for row in view.rows:
        words = bare_text(row.texts.get("result", ""))
        if row.part != "task" or len(words) < _LEAST:
            continue
        claim = next((each for each in view.claims.saying(words) if each.unit != view.unit), None)
        if claim is not None:
            where = claim.where("result")
            yield row.breach("result", other=claim.unit, theirs_number=claim.number, where=where)


RULE = confirm(
    "{heading}与其他单位填报的逐字相同。",
    "请核对所填是不是本单位的工作；几家共同起草的，请说明。",
    office="相同的是{other}任务“{theirs_number}”{where}。",
    across=_check,
)
