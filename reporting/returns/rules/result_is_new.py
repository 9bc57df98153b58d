"""An account of this year is not last year's, word for word.

| case | 任务编号 | 上年完成情况 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 全年会商三次，形成会议纪要三份。 | 全年会商四次以上，形成会议纪要四份。 |
| fails | 1 | 全年会商四次以上，形成会议纪要四份。 | 全年会商四次以上，形成会议纪要四份。 |
"""

from reporting.language.prose import bare_text
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    return rows.says("result") & rows.where(view.past is not None for view in rows.views)


def _check(view: RowView) -> Breaches:
    if view.past is not None and bare_text(view.texts["result"]) == bare_text(view.past.result):
        yield view.breach("result")


RULE = confirm(
    "完成情况与上一年度填报的逐字相同。",
    "请核对是不是误贴了上一年度的内容；今年情况确实相同的，请说明。",
    row=_check,
    where=_where,
)
