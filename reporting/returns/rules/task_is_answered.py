"""Every task and every target that was asked for is in the return and not left wholly blank.

| case | 任务编号 | 完成状态 | 完成进度(%) | 完成情况 |
| --- | --- | --- | --- | --- |
| passes | 1 | 已完成 | 100 | 已建立机制，按季度会商，形成纪要四份。 |
| passes | 2 | 持续推进 | 60 | 开展两次培训。 |
| fails | 1 | 已完成 | 100 | 已建立机制，按季度会商，形成纪要四份。 |
| fails | 2 | | | |
"""

from reporting.model import Place, Row
from reporting.returns.rules import Breach, Breaches, ReturnView, error, has_targets, has_tasks, is_filled

_UNRELATED = "；确与本单位无关的，完成状态选“不适用”并写明原因"


def _check(view: ReturnView) -> Breaches:
    rows = {row.assignment.task.number: row for row in view.sent.rows if row.assignment is not None}
    for assignment in view.assignments.values() if has_tasks(view.sent) else ():
        number = assignment.task.number
        row = rows.get(number)
        if row is None:
            yield Breach(
                _sheet(view.sent.task_sheet),
                {
                    "what": f"任务“{number}”",
                    "missing": "表中没有这一行",
                    "how": f"{_pointed(view, number)}{_UNRELATED}",
                },
                number,
            )
        elif not any(is_filled(row, field.key) for field in view.form.task if field.filled):
            place = row.cells["status"].place if "status" in row.cells else row.place
            yield Breach(
                place,
                {
                    "what": f"任务“{number}”",
                    "missing": "这一行没有填写任何内容",
                    "how": f"{_pointed(view, number, row)}{_UNRELATED}",
                },
                number,
            )
    reported = {row.target.number for row in view.sent.target_rows if row.target is not None}
    for target in view.targets.values() if has_targets(view.sent) else ():
        number = target.number
        if number not in reported:
            place = _sheet(view.sent.target_sheet if view.sent.target_sheet.part else view.sent.task_sheet)
            yield Breach(
                place, {"what": f"指标“{number}”（{target.name}）", "missing": "表中没有这一行", "how": ""}, number
            )


def _pointed(view: ReturnView, number: str, row: Row | None = None) -> str:
    """Where words stand that may be the answer, as a half-sentence: in a comment of the row, in another row."""
    cells = row.cells.values() if row is not None else ()
    notes = (view.beside.points_at(cell.place, in_words=False) for cell in cells)
    found = next(filter(None, notes), "") or view.beside.points_at_number(number)
    return f"；{found}，是这一项内容的，请填进这一行" if found else ""


def _sheet(place: Place) -> Place:
    return Place(place.file, place.part)


RULE = error("{what}没有填报：{missing}。", "请在随附的订正表中补填这一行{how}。", whole=_check)
