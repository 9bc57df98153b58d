"""No row says what a task of the unit's own would be and leaves open what was done.

| case | 任务编号 | 工作内容 | 完成状态 | 完成进度(%) | 完成情况 | 存在问题及原因 | 下一步计划 | 佐证材料 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 | 持续推进 | 60 | 已建立机制并按季度会商。 | 无 | 无 | 纪要 |
| fails | | 组织大学生知识产权竞赛。 | | | | | | |
"""

from collections.abc import Iterator, Sequence

from reporting.model import Row
from reporting.office.form import FormField
from reporting.returns.below_table import is_remark, is_signature, is_total
from reporting.returns.rules import Breach, Breaches, ReturnView, note


def _check(view: ReturnView) -> Breaches:
    yield from _breaches(view.sent.rows, view.form.task, "content")
    yield from _breaches(view.sent.target_rows, view.form.target, "name")


def _breaches(rows: Sequence[Row], fields: Sequence[FormField], key: str) -> Iterator[Breach]:
    for row in rows:
        words = row.raw(key)
        filled = any(row.raw(field.key) for field in fields if field.filled)
        if (
            row.assignment
            or row.target
            or filled
            or is_total(row)
            or not words
            or is_remark(words)
            or is_signature([words])
        ):
            continue
        values = {
            "row": str(row.place.row),
            "heading": next(field.heading for field in fields if field.key == key),
            "found": words,
        }
        yield Breach(row.cells[key].place, values, row.number)


RULE = note(
    "第 {row} 行的{heading}“{found}”不在下发给本单位的表中，这一行也没有填报内容，请核对是否新增。",
    "新增的事项请写在有关任务的“完成情况”或“备注”栏，不要另加行；不是填报内容的，请删去这一行。",
    whole=_check,
)
