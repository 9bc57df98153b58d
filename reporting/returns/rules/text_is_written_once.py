"""Two tasks have two accounts.

| case | 任务编号 | 完成情况 |
| --- | --- | --- |
| passes | 1 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
| passes | 2 | 全年培训四期，覆盖教师三百人，协调解决师资不足等问题十二个，均已办结。 |
| fails | 1 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
| fails | 2 | 全年会商四次，形成会议纪要四份，协调解决跨部门事项十二件，均已办结。 |
"""

from reporting.language.prose import bare_text
from reporting.model import Row
from reporting.returns.rules import Breaches, ReturnView, confirm

_LEAST = 25
"""Short sentences may be alike by chance."""


def _check(view: ReturnView) -> Breaches:
    first: dict[str, Row] = {}
    for row in view.sent.rows:
        words = bare_text(row.raw("result"))
        if row.assignment is None or len(words) < _LEAST or row.cells["result"].joined:
            continue  # cells that were joined are asked about once
        earlier = first.setdefault(words, row)
        if earlier.assignment is not None and earlier.assignment.task.number != row.assignment.task.number:
            yield view.breach(row, "result", other=earlier.assignment.task.number)


RULE = confirm(
    "{heading}与任务“{other}”的逐字相同。", "请核对是不是贴错了行；两项任务确实一并完成的，请说明。", whole=_check
)
