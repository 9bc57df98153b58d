"""An account is not the wording of another task of the same unit.

| case | 任务编号 | 方案工作内容 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 | 已建立机制并按季度会商，形成纪要四份。 |
| passes | 2 | 开展中小学教师培训，全年不少于四期。 | 已开展培训四期，覆盖中小学教师三百人。 |
| fails | 1 | 建立协调机制，每季度会商一次。 | 开展中小学教师培训，全年不少于四期。 |
| fails | 2 | 开展中小学教师培训，全年不少于四期。 | 已开展培训四期，覆盖中小学教师三百人。 |
"""

from reporting.language.prose import bare_text
from reporting.returns.rules import Breaches, ReturnView, confirm


def _check(view: ReturnView) -> Breaches:
    contents = {bare_text(each.task.content): each.task.number for each in view.assignments.values()}
    for row in view.sent.rows:
        words = bare_text(row.raw("result"))
        other = contents.get(words)
        if row.assignment is None or not words or other is None:
            continue
        same = bare_text(row.assignment.task.content) == words  # told by result_is_told
        if other != row.assignment.task.number and not same:
            yield view.breach(row, "result", other=other)


RULE = confirm(
    "{heading}写的是任务“{other}”的工作内容。", "请核对是不是贴错了行，并写明本项任务的完成情况。", whole=_check
)
