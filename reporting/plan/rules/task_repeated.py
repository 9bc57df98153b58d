"""No task stands in the plan twice.

| case | 任务编号 | 工作内容 | at |
| --- | --- | --- | --- |
| passes | 1 | 开展市场联合检查，每季度一次。 |  |
|  | 2 | 开展市场联合检查，每半年一次。 |  |
| passes | 1 | 加强宣传。 |  |
|  | 2 | 加强宣传。 |  |
| fails | 1 | 开展市场联合检查，每季度一次。 |  |
|  | 2 | 开展市场联合检查, 每季度一次。 | 任务 C3 |
"""

from reporting.language.characters import even_width
from reporting.plan.rules import PlanView, Slips, confirm, in_row

SHORT = 10
"""A content as short as 加强宣传。 may well stand under two headings."""


def _check(view: PlanView) -> Slips:
    first: dict[str, str] = {}
    for row in view.rows:
        words = even_width(row.content)
        if len(words) >= SHORT and words in first and first[words] != row.number:
            yield in_row(row, "content", found=row.number, expected=first[words])
        first.setdefault(words, row.number)


RULE = confirm("任务{number}与任务{expected}的工作内容完全相同。", "请核对；重复的，请删除多余的一行。", _check)
