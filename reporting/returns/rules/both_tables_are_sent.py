"""A unit with targets sends both tables, 任务填报 and 量化指标.

| case | 文件中的表 |
| --- | --- |
| passes | 任务填报、量化指标 |
| fails | 任务填报 |
"""

from reporting.model import Place
from reporting.returns.rules import Breach, Breaches, ReturnView, error, has_targets, has_tasks

_TASKS, _TARGETS = "任务填报", "量化指标"


def _check(view: ReturnView) -> Breaches:
    owners = {target.task for target in view.targets.values()}
    if not has_tasks(view.sent):
        yield _breach(view, _TASKS, f"{len(view.assignments)} 项任务", "")
    elif view.targets and not has_targets(view.sent):
        yield _breach(view, _TARGETS, f"{len(view.targets)} 个指标", owners.pop() if len(owners) == 1 else "")


def _breach(view: ReturnView, sheet: str, count: str, task: str) -> Breach:
    text = view.sent.file.lower().endswith((".csv", ".txt"))
    values = {
        "sheet": sheet,
        "count": count,
        "more": "（.csv 文件只存得下一张工作表）" if text else "",
        "how": f"；也可以把“{_TASKS}”“{_TARGETS}”各存为一个 .csv 文件，一起报送" if text else "",
    }
    there = view.sent.task_sheet if has_tasks(view.sent) else view.sent.target_sheet
    return Breach(Place(view.sent.file, there.part), values, task)


RULE = error(
    "文件里没有“{sheet}”表{more}，{count}没有填报。",
    "请在随附的订正表中补填“{sheet}”表，保存为 .xlsx 文件报送{how}。",
    whole=_check,
)
