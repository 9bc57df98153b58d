"""What comes next for a task that is behind has a time.

| case | 完成状态 | 下一步计划 |
| --- | --- | --- |
| passes | 滞后 | 明年3月底前完成。 |
| passes | 滞后 | 春节前落实经费。 |
| fails | 滞后 | 增派专班人员，倒排工期。 |
"""

from reporting.language.prose import is_empty_talk, says_when
from reporting.returns.rules import Breaches, RowView, note


def _check(view: RowView) -> Breaches:
    yield view.breach("next_step", status=view.status_name)


RULE = note(
    "完成状态为“{status}”，下一步计划没有写时间。",
    "能确定的，请写明拟完成的时间。",
    row=_check,
    where=lambda rows: (
        rows.outcome("behind") & rows.says("next_step", lambda text: not (says_when(text) or is_empty_talk(text)))
    ),
)
