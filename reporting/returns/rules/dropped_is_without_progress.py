"""A task that is dropped or does not concern the unit has no progress to report.

| case | 完成状态 | 完成进度(%) | 存在问题及原因 | 备注 |
| --- | --- | --- | --- | --- |
| passes | 不适用 | | 机构改革后由市司法局承担。 | |
| passes | 不适用 | 0 | 机构改革后由市司法局承担。 | |
| passes | 不适用 | 60 | 机构改革后由市司法局承担。 | 调整前已完成调研。 |
| fails | 不适用 | 60 | 机构改革后由市司法局承担。 | |
"""

from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm


def _where(rows: Rows) -> Mask:
    begun = (rows.progress < 0) | (rows.progress > 0)
    return rows.outcome("void") & begun & ~rows.says("remark")


def _check(view: RowView) -> Breaches:
    yield view.breach("progress", status=view.status_name)


RULE = confirm(
    "完成状态为“{status}”，完成进度填的是 {found}。",
    "请核对完成状态；调整前已有进展的，请在“备注”栏说明。",
    row=_check,
    where=_where,
)
