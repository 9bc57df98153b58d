"""What proves a task is not a place on the writer's own computer.

| case | 佐证材料 |
| --- | --- |
| passes | 《培训工作总结》（市教发〔2026〕12号） |
| fails | D:\\2026年\\培训总结.docx |
"""

from reporting.language.prose import own_disk_in
from reporting.returns.rules import Breaches, RowView, note


def _check(view: RowView) -> Breaches:
    if view.part == "task":
        yield view.breach("evidence")


RULE = note(
    "佐证材料“{found}”是填报人电脑中的位置，别人打不开。",
    "请写文件名称和文号，并将文件随表报送。",
    row=_check,
    where=lambda rows: rows.says("evidence", own_disk_in),
)
