"""A task that is dropped or does not concern the unit has no progress to report.

| case | 完成状态 | 完成进度(%) | 存在问题及原因 | 备注 |
| --- | --- | --- | --- | --- |
| passes | 不适用 | | 机构改革后由市司法局承担。 | |
| passes | 不适用 | 0 | 机构改革后由市司法局承担。 | |
| passes | 不适用 | 60 | 机构改革后由市司法局承担。 | 调整前已完成调研。 |
| fails | 不适用 | 60 | 机构改革后由市司法局承担。 | |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, Rows, RowView, Rule

if TYPE_CHECKING:
    from reporting.returns.columns import Mask


def _where(rows: Rows) -> Mask:
    begun = (rows.progress < 0) | (rows.progress > 0)
    return rows.outcome("void") & begun & ~rows.says("remark")


def _check(view: RowView) -> Iterable[Breach]:
    yield view.breach("progress", status=view.status_name)


RULE = Rule(
    kind=Kind(
        "dropped_is_without_progress",
        Severity.CONFIRM,
        "完成状态为“{status}”，完成进度填的是 {found}。",
        "请核对完成状态；调整前已有进展的，请在“备注”栏说明。",
    ),
    row=_check,
    where=_where,
)
