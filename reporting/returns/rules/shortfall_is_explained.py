"""A figure that misses its target comes with a word of explanation.

| case | 完成值 | 计量单位 | 说明 |
| --- | --- | --- | --- |
| passes | 12 | 件 | |
| passes | 8 | 件 | 两家企业推迟申报。 |
| fails | 8 | 件 | |
| fails | 8 | 件 | 无 |
"""

from collections.abc import Iterable

from reporting.model.findings import Kind, Severity
from reporting.plan.words import goal_text, is_reached
from reporting.returns.rules import Breach, RowView, Rule


def _check(view: RowView) -> Iterable[Breach]:
    target, value = view.row.target, view.figure
    if target is None or value is None or view.may_be_share:
        return
    if not is_reached(target, value) and "remark" not in view.texts:
        yield view.breach("value", expected=f"{goal_text(target)}{target.unit}")


RULE = Rule(
    kind=Kind(
        "shortfall_is_explained",
        Severity.CONFIRM,
        "完成值 {found} 没有达到目标值 {expected}，“说明”栏没有说明。",
        "请核对完成值；确未达到的，在“说明”栏写明原因。",
    ),
    row=_check,
)
