"""What is written below the table is a remark and counts for no task.

| case | 任务编号 | 完成状态 | 完成进度(%) | 完成情况 | 存在问题及原因 | 下一步计划 | 佐证材料 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 持续推进 | 60 | 已建立机制并按季度会商，形成纪要四份。 | 无 | 无 | 纪要 |
| fails | 1 | 持续推进 | 60 | 已建立机制并按季度会商，形成纪要四份。 | 无 | 无 | 纪要 |
| fails | 2 | 持续推进 | 60 | 已建立机制并按季度会商，形成纪要四份。 | 无 | 无 | 纪要 |
| fails | | | | 注：以上数据截至11月30日。 | | | |
"""

from reporting.returns.below_table import remarks_below
from reporting.returns.rules import Breach, Breaches, ReturnView, note


def _check(view: ReturnView) -> Breaches:
    tables = ((view.sent.rows, view.form.task_fields), (view.sent.target_rows, view.form.target_fields))
    for rows, fields in tables:
        for row in remarks_below(rows, fields):
            cells = [cell for cell in row.cells.values() if cell.raw]
            found = "；".join(cell.raw[:100] for cell in cells)
            yield Breach(cells[0].place, {"row": str(row.place.row), "found": found})


RULE = note(
    "表格下方第 {row} 行写有“{found}”，没有作为填报内容读取。",
    "原件已经保存；属于某项任务的，请写在该行的“备注”栏。",
    whole=_check,
)
