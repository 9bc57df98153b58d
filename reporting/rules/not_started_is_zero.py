"""A task reported not started has no progress.

| case | 完成状态 | 完成进度(%) |
| --- | --- | --- |
| passes | 未启动 | 0 |
| fails | 未启动 | 30 |
"""

from collections.abc import Callable, Iterable

from reporting.findings import Kind, Severity
from reporting.form import Form
from reporting.rules import Breach, LiveCheck, RowView, Rule, live_any, live_number


def _check(view: RowView) -> Iterable[Breach]:
    progress = view.progress
    if view.status is None or progress is None:
        return
    if view.status.progress == "none" and progress > 0:
        yield view.breach("progress", status=view.status.name, expected="0")


def _live(form: Form, ref: Callable[[str], str]) -> Iterable[LiveCheck]:
    names = [status.name for status in form.status if status.progress == "none"]
    cell = ref("progress")
    yield f"IF({live_number(cell)},AND({live_any(ref('status'), names)},{cell}>0),FALSE)", "未启动的进度应为0"


RULE = Rule(
    kind=Kind(
        "not_started_is_zero",
        Severity.ERROR,
        "完成状态为“{status}”，但完成进度填的是 {found}。",
        "尚未启动的，请将完成进度改为 0；已经启动的，请改正完成状态。",
    ),
    row=_check,
    live=_live,
)
