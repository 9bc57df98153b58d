"""An account of what was done is not the wording of the task itself.

| case | 任务编号 | 方案工作内容 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 建立部门协调机制，每季度会商一次以上。 | 已建立协调机制，全年会商四次，形成纪要四份。 |
| fails | 1 | 建立部门协调机制，每季度会商一次以上。 | 建立部门协调机制，每季度会商一次以上。 |
"""

from collections.abc import Iterable

from reporting.language.characters import same_words
from reporting.model.findings import Kind, Severity
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    result = view.texts.get("result")
    if result and view.row.assignment and same_words(result, view.row.assignment.task.content):
        yield view.breach("result")


RULE = Rule(
    kind=Kind(
        "result_is_told",
        Severity.CONFIRM,
        "完成情况与工作内容完全相同，看不出完成了什么。",
        "请写明实际做了什么、结果怎样。",
    ),
    row=_check,
)
