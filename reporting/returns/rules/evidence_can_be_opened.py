"""What proves a task is not a place on the writer's own computer.

| case | 佐证材料 |
| --- | --- |
| passes | 《培训工作总结》（市教发〔2026〕12号） |
| fails | D:\\2026年\\培训总结.docx |
"""

from collections.abc import Iterable

from reporting.language.prose import own_disk_in
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    if view.part == "task":
        yield view.breach("evidence")


RULE = Rule(
    kind=Kind(
        "evidence_can_be_opened",
        Severity.NOTE,
        "佐证材料“{found}”是填报人电脑中的位置，别人打不开。",
        "请写文件名称和文号，并将文件随表报送。",
    ),
    row=_check,
    where=lambda rows: rows.says("evidence", own_disk_in),
)
