"""The account of a plan document, and why a task reads as it does, as lines of plain Chinese."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reporting.model import Plan, Task, UnitKind
from reporting.model.findings import Finding
from reporting.plan.reading.account import Account, Fate, LeftOut
from reporting.shell.telling.sentences import Sentences, first_match

MOST_NAMED = 12
"""How many places of one kind the account names."""

_RULES: Sentences = (
    (re.compile(r"units: (.*)"), "列出的单位，没有写明分工：{0}"),
    (re.compile(r"lead: (.*)"), "写明牵头：{0}"),
    (re.compile(r"duty: (.*)"), "写明责任（负责）：{0}"),
    (re.compile(r"support: (.*)"), "写明配合：{0}"),
    (re.compile(r"column deadline: (.*)"), "时限一栏：{0}"),
    (re.compile(r"column (.*?): lead (.*)"), "“{0}”一栏，记为牵头单位：{1}"),
    (re.compile(r"column (.*?): duty (.*)"), "“{0}”一栏，记为责任单位：{1}"),
    (re.compile(r"column (.*?): support (.*)"), "“{0}”一栏，记为配合单位：{1}"),
    (re.compile(r"deadline: (.*)"), "写明时限：{0}"),
    (re.compile(r"units of the heading above"), "本条没有写单位，用上级标题的单位"),
    (re.compile(r"units before the task"), "单位写在任务前面，作牵头单位"),
    (re.compile(r"units as subject of the sentence"), "单位是句子的主语，按句中“牵头”“配合”等词"),
    (re.compile(r"units of the point below"), "本条以分号结束，没有写单位，用下一条的单位"),
)
"""The notes that reading makes, and how they are told."""

_OPS = {">=": "不少于", ">": "多于", "=": "", "<=": "不超过", "<": "少于", "growth>=": "增长不少于"}


def account_lines(plan: Plan, account: Account, findings: Sequence[Finding]) -> Iterator[str]:
    """The account: what was read, what was left out, what is unsure, and that it adds up."""
    led = sum(bool(task.lead) for task in plan.tasks)
    missing = len(plan.tasks) - led
    yield f"任务        {len(plan.tasks)} 项" + (f"，其中 {missing} 项没有牵头单位" if missing else "")
    kinds = Counter(unit.kind for unit in plan.units)
    groups, open_units = kinds[UnitKind.GROUP], kinds[UnitKind.OPEN]
    others = [
        f"{count} 个{words}" for count, words in ((groups, "代表几个单位"), (open_units, "没有指明是哪些单位")) if count
    ]
    yield f"单位        {len(plan.units)} 个" + (f"，其中 {'，'.join(others)}" if others else "")
    of_goals = sum(len(goal.targets) for goal in plan.goals)
    open_targets = f"，指标 {of_goals} 个，没有写明由谁报送" if of_goals else ""
    goals = f"；另有总体目标 {len(plan.goals)} 条{open_targets}" if plan.goals else ""
    yield f"量化指标    {len(plan.targets)} 个{goals}"
    if plan.unassigned:
        yield f"待分工      {len(plan.unassigned)} 条措施没有写明单位，列在任务之后"
    doubtful = list(dict.fromkeys(each.task for each in findings if each.task))
    if doubtful:
        yield f"没有把握    {len(doubtful)} 项：任务 {_listed(doubtful)}，在 plan.xlsx 中涂色并带批注"
    counts = account.counts
    parts = "，".join(f"{fate} {counts[fate]} 行" for fate in Fate if counts.get(fate))
    yield f"全文        {account.total} 行：{parts}"
    yield from (f"  {line}" for line in left_out_lines(account.left_out))


def left_out_lines(entries: Sequence[LeftOut]) -> Iterator[str]:
    """What was left out, by reason, with its places."""
    by_reason: dict[str, list[LeftOut]] = {}
    for entry in entries:
        by_reason.setdefault(entry.reason, []).append(entry)
    for reason, found in by_reason.items():
        count = sum(entry.count for entry in found)
        where = _listed([_range(entry) for entry in found])
        yield f"没有采用  {reason} {count} 行（{where}）"


def _range(entry: LeftOut) -> str:
    if entry.first == entry.last:
        return entry.first.words
    if entry.first.part == entry.last.part and not entry.first.part:
        return f"第{entry.first.row}—{entry.last.row}行"
    return f"{entry.first.words}至{entry.last.words}"


def _listed(words: Sequence[str]) -> str:
    more = f"等 {len(words)} 处" if len(words) > MOST_NAMED else ""
    return "、".join(words[:MOST_NAMED]) + more


def explain_lines(task: Task, rules: Sequence[str]) -> Iterator[str]:
    """Why a task reads as it does: where it stands, which words were read as what, and what came of them."""
    more = "…" if len(task.content) > 40 else ""
    yield f"任务 {task.number}（{task.place.words}）{task.content[:40]}{more}"
    if task.path:
        yield f"    标题：{' / '.join(task.path)}"
    for rule in dict.fromkeys(rules):
        yield f"    依据：{first_match(_RULES, rule) or rule}"
    if not rules:
        yield "    依据：没有读到写明单位或时限的文字"
    yield f"    牵头单位：{'、'.join(task.lead) or '没有'}"
    if task.support:
        yield f"    配合单位：{'、'.join(task.support)}"
    if task.deadline:
        day = f"（{task.deadline.date:%Y-%m-%d}）" if task.deadline.date else ""
        yield f"    完成时限：{task.deadline.text}{day}"
    for target in task.targets:
        yield f"    量化指标：{target.name} {_OPS.get(target.op, target.op)}{target.value:g}{target.unit}"


def find_task(plan: Plan, wanted: str) -> list[Task]:
    """The tasks meant by a number: as it stands in plan.xlsx, else as it ends."""
    exact = [task for task in plan.tasks if task.number == wanted]
    return exact or [task for task in plan.tasks if task.number.endswith(wanted)]
