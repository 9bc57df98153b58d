"""What was done, what is wrong and what comes next are three different things.

| case | 完成状态 | 完成情况 | 存在问题及原因 | 下一步计划 |
| --- | --- | --- | --- | --- |
| passes | 滞后 | 完成选址和可行性研究，其他工作尚未开始。 | 经费未落实。 | 明年3月底前落实经费。 |
| fails | 滞后 | 完成选址和可行性研究，其他工作尚未开始。 | 明年3月底前落实经费。 | 明年3月底前落实经费。 |
"""

from itertools import combinations

from reporting.language.prose import bare_text
from reporting.returns.columns import Mask
from reporting.returns.rules import Breaches, Rows, RowView, confirm

_COLUMNS = ("result", "problem", "next_step")


def _where(rows: Rows) -> Mask:
    texts = [rows.words(key) for key in _COLUMNS]
    alike = ((one == other) & (one != "") for one, other in combinations(texts, 2))
    return rows.any_of(alike if rows.is_tasks else ())


def _check(view: RowView) -> Breaches:
    seen: dict[str, str] = {}
    for key in _COLUMNS:
        words = bare_text(view.texts.get(key, ""))
        if words and words in seen:
            yield view.breach(key, other=view.fields[seen[words]].heading)
        seen.setdefault(words, key)


RULE = confirm(
    "{heading}与{other}的内容相同。", "请分别填写，{heading}一栏写这一栏要求的内容。", row=_check, where=_where
)
