"""What a careful colleague notices in a plan before it goes out: one small function for each rule.

Runs after ``plan import`` and on every reading of plan.xlsx. It changes nothing and never merges names.
``values["field"]`` of a finding names the column it speaks of, so that the workbook can mark the cell.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from reporting.findings import Finding, Kind, Severity
from reporting.model import Deadline, Goal, Measure, Place, Plan, Target, Task, Unit, UnitKind

TITLE_MISSING = Kind(
    "title_missing",
    Severity.CONFIRM,
    "没有写明方案名称。",
    "请在工作表“说明”的“方案名称”一行填写，年终材料要用到。",
)
NO_TASKS = Kind(
    "no_tasks",
    Severity.ERROR,
    "方案中没有一项任务。",
    "请在工作表“任务”中逐行填写任务。",
)
CONTENT_MISSING = Kind(
    "content_missing",
    Severity.ERROR,
    "任务“{number}”没有工作内容。",
    "请填写工作内容；不是任务的行请整行删除。",
)
TASK_NUMBER_MISSING = Kind(
    "task_number_missing",
    Severity.ERROR,
    "有一项任务没有编号：“{content}”。",
    "请填写任务编号，编号不得与其他任务相同。",
)
TASK_NUMBER_DUPLICATE = Kind(
    "task_number_duplicate",
    Severity.ERROR,
    "任务编号“{number}”出现了{times}次。",
    "请改成不同的编号；同一任务重复的，删除多余的行。",
)
LEAD_MISSING = Kind(
    "lead_missing",
    Severity.ERROR,
    "任务{number}没有牵头单位。",
    "请在“牵头单位”一栏填写；有几个单位的，排在第一位的负责汇总。",
)
LEAD_OPEN = Kind(
    "lead_open",
    Severity.CONFIRM,
    "任务{number}的牵头单位只有泛指的“{found}”，没有单位会收到这项任务的填报表。",
    "请写明具体的牵头单位。",
)
UNIT_IN_BOTH_ROLES = Kind(
    "unit_in_both_roles",
    Severity.CONFIRM,
    "任务{number}中，“{found}”既是牵头单位又是配合单位。",
    "请只保留一处。",
)
UNIT_REPEATED = Kind(
    "unit_repeated",
    Severity.NOTE,
    "任务{number}的{role}单位中，“{found}”写了两次。",
    "请删除多余的一处。",
)
UNIT_NOT_LISTED = Kind(
    "unit_not_listed",
    Severity.NOTE,
    "工作表“单位”中没有“{found}”（见任务{tasks}），按一个普通单位处理。",
    "如果是成组单位、泛指或者别名，请在工作表“单位”中写明；写错的请改正名称。",
)
UNIT_WITHOUT_TASKS = Kind(
    "unit_without_tasks",
    Severity.NOTE,
    "“{found}”没有任何任务，不会收到填报表。",
    "请核对任务中的单位名称；确无任务的，不必处理。",
)
UNIT_OPEN = Kind(
    "unit_open",
    Severity.NOTE,
    "“{found}”是泛指（见任务{tasks}），不下发填报表。",
    "需要填报的，请在任务中写明具体单位。",
)
UNIT_DUPLICATE = Kind(
    "unit_duplicate",
    Severity.ERROR,
    "工作表“单位”中，“{found}”出现了{times}次。",
    "请合并为一行。",
)
NAMES_ALIKE = Kind(
    "names_alike",
    Severity.NOTE,
    "单位名称“{found}”与“{expected}”非常相近，现按两个单位处理。",
    "如果是同一单位，请统一名称，或者把其中一个写成另一个的别名。",
)
ALIAS_SHARED = Kind(
    "alias_shared",
    Severity.CONFIRM,
    "“{found}”同时是{owners}的名称或别名，程序无法判断指哪一个。",
    "请只保留一处，或者写明别名使用的起止年份。",
)
GROUP_WITHOUT_MEMBERS = Kind(
    "group_without_members",
    Severity.CONFIRM,
    "成组单位“{found}”没有列出成员，将作为一个整体下发一份填报表。",
    "需要各成员分别填报的，请在“成员”一栏一行一个列出。",
)
MEMBERS_OF_SINGLE_UNIT = Kind(
    "members_of_single_unit",
    Severity.CONFIRM,
    "“{found}”的类型是“{expected}”，却列出了成员；成员不会收到填报表。",
    "需要各成员分别填报的，请把类型改为“成组单位”；否则清空成员。",
)
MEMBER_EMPTY = Kind(
    "member_empty",
    Severity.NOTE,
    "成组单位“{found}”的成员中有一个空名称。",
    "请补上名称或者删除空行。",
)
MEMBER_DUPLICATE = Kind(
    "member_duplicate",
    Severity.NOTE,
    "成组单位“{unit}”的成员“{found}”写了{times}次。",
    "请删除多余的一处。",
)
MEMBER_OF_ITSELF = Kind(
    "member_of_itself",
    Severity.ERROR,
    "成组单位“{found}”把自己列成了成员。",
    "请从“成员”一栏删除这个名称。",
)
DEADLINE_BEFORE_YEAR = Kind(
    "deadline_before_year",
    Severity.CONFIRM,
    "任务{number}的截止日期{found}早于方案年度{expected}年。",
    "请核对截止日期；确已到期的，不必处理。",
)
DEADLINE_WITHOUT_DATE = Kind(
    "deadline_without_date",
    Severity.NOTE,
    "任务{number}的完成时限“{found}”没有对应的截止日期，不能判断是否逾期。",
    "请在“截止日期”一栏填写，例如 2026-06-30。",
)
TARGET_NUMBER_MISSING = Kind(
    "target_number_missing",
    Severity.ERROR,
    "任务{number}的量化指标“{found}”没有指标编号。",
    "请填写指标编号，例如“{number}-1”。",
)
TARGET_NUMBER_DUPLICATE = Kind(
    "target_number_duplicate",
    Severity.ERROR,
    "指标编号“{found}”出现了{times}次。",
    "请改成不同的编号。",
)
TARGET_WITHOUT_TASK = Kind(
    "target_without_task",
    Severity.ERROR,
    "指标“{target}”的任务编号“{found}”在工作表“任务”中找不到。",
    "请改成已有的任务编号；总体目标的指标写“总体目标”加编号。",
)
TARGET_WITHOUT_VALUE = Kind(
    "target_without_value",
    Severity.ERROR,
    "指标“{target}”没有目标值。",
    "请在“目标值”一栏填写数字；没有目标值的，整行删除。",
)
TARGET_WITHOUT_UNIT = Kind(
    "target_without_unit",
    Severity.NOTE,
    "指标“{target}”没有计量单位。",
    "请在“计量单位”一栏填写，例如 件、家、%。",
)
GOAL_NUMBER_DUPLICATE = Kind(
    "goal_number_duplicate",
    Severity.ERROR,
    "总体目标的编号“{found}”出现了{times}次。",
    "请改成不同的编号。",
)

KINDS = tuple(value for value in list(globals().values()) if isinstance(value, Kind))
"""Every kind of finding of this module, for the catalogue of rules."""

Rule = Callable[[Plan], Iterable[Finding]]
_Thing = TypeVar("_Thing")


def check_plan(plan: Plan, year: int | None = None) -> tuple[Finding, ...]:
    """Look at a plan as a careful colleague would; ``year`` counts before the year of the plan."""
    dated = plan if year is None else replace(plan, year=year)
    return tuple(finding for rule in RULES for finding in rule(dated))


# ---- the plan and its tasks ------------------------------------------------------------------


def plan_has_title(plan: Plan) -> Iterator[Finding]:
    """The year-end documents print the title."""
    if not plan.title.strip():
        yield Finding(TITLE_MISSING)


def plan_has_tasks(plan: Plan) -> Iterator[Finding]:
    """A plan without a single row has not been read, or is the wrong file."""
    if not _rows(plan):
        yield Finding(NO_TASKS)


def tasks_have_content(plan: Plan) -> Iterator[Finding]:
    """A row without prose cannot be reported on."""
    for row in _rows(plan):
        if not row.content.strip():
            yield _about(CONTENT_MISSING, row, field="content")


def tasks_have_numbers(plan: Plan) -> Iterator[Finding]:
    """A return finds its task by number; a row without content has already been named."""
    for row in _rows(plan):
        if row.content.strip() and not row.number.strip():
            yield _about(TASK_NUMBER_MISSING, row, field="number", content=_short(row.content))


def task_numbers_are_unique(plan: Plan) -> Iterator[Finding]:
    """Every row after the first with the same number is named."""
    counts = Counter(row.number for row in _rows(plan))
    for row in _repeated(_rows(plan), lambda row: row.number):
        times = str(counts[row.number])
        yield _about(TASK_NUMBER_DUPLICATE, row, field="number", times=times, found=row.number)


def tasks_have_leads(plan: Plan) -> Iterator[Finding]:
    """Somebody must answer for every task; a row without content has already been named."""
    for row in _rows(plan):
        if row.content.strip() and not (isinstance(row, Task) and row.lead):
            yield _about(LEAD_MISSING, row, field="lead")


def leads_are_definite(plan: Plan) -> Iterator[Finding]:
    """A task led by 各有关单位 alone goes to nobody."""
    nobody = _open_names(plan)
    for task in plan.tasks:
        if task.lead and nobody.issuperset(task.lead):
            yield _about(LEAD_OPEN, task, field="lead", found="、".join(task.lead))


def units_have_one_role(plan: Plan) -> Iterator[Finding]:
    """A unit that leads a task does not support it too."""
    for task in plan.tasks:
        for name in _distinct(task.lead):
            if name in task.support:
                yield _about(UNIT_IN_BOTH_ROLES, task, unit=name, field="support", found=name)


def units_stand_once(plan: Plan) -> Iterator[Finding]:
    """A name typed twice in one cell is a slip."""
    for task in plan.tasks:
        for field, role, names in (("lead", "牵头", task.lead), ("support", "配合", task.support)):
            for name in _distinct(_repeated(names, str)):
                yield _about(UNIT_REPEATED, task, unit=name, field=field, role=role, found=name)


def deadlines_suit_year(plan: Plan) -> Iterator[Finding]:
    """A last day before the year of the plan is nearly always last year's text."""
    for task, deadline in _deadlines(plan):
        if plan.year is not None and deadline.date is not None and deadline.date.year < plan.year:
            found = deadline.date.isoformat()
            yield _about(DEADLINE_BEFORE_YEAR, task, field="deadline", found=found, expected=str(plan.year))


def deadlines_have_dates(plan: Plan) -> Iterator[Finding]:
    """Without a day nobody can say that a task is late."""
    for task, deadline in _deadlines(plan):
        if deadline.date is None and deadline.kind in ("date", "date+ongoing"):
            yield _about(DEADLINE_WITHOUT_DATE, task, field="deadline", found=deadline.text)


# ---- targets and goals -----------------------------------------------------------------------


def targets_have_numbers(plan: Plan) -> Iterator[Finding]:
    """A figure that comes back finds its target by number."""
    for owner, target in _targets(plan):
        if not target.number.strip():
            yield _of_target(TARGET_NUMBER_MISSING, owner, target, found=target.name or target.words)


def target_numbers_are_unique(plan: Plan) -> Iterator[Finding]:
    """Every target after the first with the same number is named."""
    pairs = _targets(plan)
    counts = Counter(target.number for _, target in pairs)
    for owner, target in _repeated(pairs, lambda pair: pair[1].number):
        times = str(counts[target.number])
        yield _of_target(TARGET_NUMBER_DUPLICATE, owner, target, found=target.number, times=times)


def targets_belong_to_tasks(plan: Plan) -> Iterator[Finding]:
    """A target that names another task than the one it stands in points nowhere certain."""
    known = {task.number for task in plan.tasks}
    for task in plan.tasks:
        for target in task.targets:
            if target.task not in known:
                yield _of_target(TARGET_WITHOUT_TASK, task, target, found=target.task)


def targets_have_values(plan: Plan) -> Iterator[Finding]:
    """A target is a number."""
    for owner, target in _targets(plan):
        if not math.isfinite(target.value):
            yield _of_target(TARGET_WITHOUT_VALUE, owner, target)


def targets_have_units(plan: Plan) -> Iterator[Finding]:
    """Ten of what?"""
    for owner, target in _targets(plan):
        if not target.unit.strip():
            yield _of_target(TARGET_WITHOUT_UNIT, owner, target)


def goal_numbers_are_unique(plan: Plan) -> Iterator[Finding]:
    """Targets find their overall goal by its number."""
    counts = Counter(goal.number for goal in plan.goals)
    for goal in _repeated(plan.goals, lambda goal: goal.number):
        values = {"found": goal.number, "times": str(counts[goal.number])}
        yield Finding(GOAL_NUMBER_DUPLICATE, goal.place, values=values)


# ---- units -----------------------------------------------------------------------------------


def units_are_listed_once(plan: Plan) -> Iterator[Finding]:
    """Two rows for one unit contradict each other sooner or later."""
    counts = Counter(unit.name for unit in plan.units)
    for unit in _repeated(plan.units, lambda unit: unit.name):
        yield _of_unit(UNIT_DUPLICATE, unit, times=str(counts[unit.name]))


def named_units_are_listed(plan: Plan) -> Iterator[Finding]:
    """A name that stands in a task only is one department, as far as anybody can tell."""
    known = _known_names(plan)
    for name, tasks in _tasks_by_name(plan).items():
        if name not in known:
            yield _of_name(UNIT_NOT_LISTED, name, tasks)


def open_names_get_nothing(plan: Plan) -> Iterator[Finding]:
    """各有关单位 is nobody in particular: said once for all its tasks."""
    names = _open_names(plan)
    for name, tasks in _tasks_by_name(plan).items():
        if name in names:
            yield _of_name(UNIT_OPEN, name, tasks)


def listed_units_have_tasks(plan: Plan) -> Iterator[Finding]:
    """A unit that no task names, by itself or through its group, is perhaps written otherwise there."""
    named = set(_tasks_by_name(plan))
    reached = {
        member
        for unit in plan.units
        if named & _names_of(unit)
        for member in (*unit.members, *_names_of(unit))
    }
    for unit in plan.units:
        if unit.kind is not UnitKind.OPEN and not reached & _names_of(unit):
            yield _of_unit(UNIT_WITHOUT_TASKS, unit)


def groups_have_members(plan: Plan) -> Iterator[Finding]:
    """A group that no task names needs no members."""
    named = set(_tasks_by_name(plan))
    for unit in plan.units:
        if unit.kind is UnitKind.GROUP and not unit.members and named & _names_of(unit):
            yield _of_unit(GROUP_WITHOUT_MEMBERS, unit, field="members")


def only_groups_have_members(plan: Plan) -> Iterator[Finding]:
    """Members beside the wrong kind would be overlooked."""
    for unit in plan.units:
        if unit.kind is not UnitKind.GROUP and unit.members:
            yield _of_unit(MEMBERS_OF_SINGLE_UNIT, unit, field="kind", expected=str(unit.kind))


def members_are_named_once(plan: Plan) -> Iterator[Finding]:
    """A member is one name, written once, and not the group itself."""
    for unit in plan.units:
        counts = Counter(unit.members)
        if any(not name.strip() for name in counts):
            yield _of_unit(MEMBER_EMPTY, unit, field="members")
        if unit.name in counts:
            yield _of_unit(MEMBER_OF_ITSELF, unit, field="members")
        for name, times in counts.items():
            if times > 1 and name.strip():
                values = {"unit": unit.name, "found": name, "times": str(times), "field": "members"}
                yield Finding(MEMBER_DUPLICATE, unit.place, unit=unit.name, values=values)


def aliases_have_one_owner(plan: Plan) -> Iterator[Finding]:
    """An alias that two units used at the same time cannot be told apart."""
    claims = [(alias.name, alias.since, alias.until, unit) for unit in plan.units for alias in unit.aliases]
    claims += [(unit.name, None, None, unit) for unit in plan.units]
    told: set[str] = set()
    for one, other in combinations(claims, 2):
        name, unit = one[0], one[3]
        if name == other[0] and unit.name != other[3].name and name not in told and _overlap(one, other):
            told.add(name)
            owners = f"“{unit.name}”和“{other[3].name}”"
            yield Finding(
                ALIAS_SHARED,
                unit.place,
                unit=unit.name,
                values={"found": name, "owners": owners, "field": "aliases"},
            )


def names_are_distinct(plan: Plan) -> Iterator[Finding]:
    """Two names one slip of the pen apart are perhaps one unit: said, never merged."""
    places = {unit.name: unit.place for unit in plan.units if unit.kind is not UnitKind.OPEN}
    tasks = _tasks_by_name(plan)
    known = _known_names(plan)
    names = _distinct([*places, *(name for name in tasks if name not in known)])
    for one, other in combinations(names, 2):
        if _one_slip_apart(one, other):
            place = places.get(other) or tasks[other][0].place
            values = {"found": other, "expected": one, "field": "name"}
            yield Finding(NAMES_ALIKE, place, unit=other, values=values)


RULES: tuple[Rule, ...] = (
    plan_has_title,
    plan_has_tasks,
    tasks_have_content,
    tasks_have_numbers,
    task_numbers_are_unique,
    tasks_have_leads,
    leads_are_definite,
    units_have_one_role,
    units_stand_once,
    deadlines_suit_year,
    deadlines_have_dates,
    targets_have_numbers,
    target_numbers_are_unique,
    targets_belong_to_tasks,
    targets_have_values,
    targets_have_units,
    goal_numbers_are_unique,
    units_are_listed_once,
    named_units_are_listed,
    open_names_get_nothing,
    listed_units_have_tasks,
    groups_have_members,
    only_groups_have_members,
    members_are_named_once,
    aliases_have_one_owner,
    names_are_distinct,
)


# ---- what the rules share --------------------------------------------------------------------


def _rows(plan: Plan) -> tuple[Task | Measure, ...]:
    """The rows of sheet 任务: tasks, and measures that wait for a unit."""
    return (*plan.tasks, *plan.unassigned)


def _deadlines(plan: Plan) -> Iterator[tuple[Task, Deadline]]:
    for task in plan.tasks:
        if task.deadline is not None:
            yield task, task.deadline


def _targets(plan: Plan) -> list[tuple[Task | Goal, Target]]:
    owners: tuple[Task | Goal, ...] = (*plan.tasks, *plan.goals)
    return [(owner, target) for owner in owners for target in owner.targets]


def _repeated(things: Iterable[_Thing], key: Callable[[_Thing], str]) -> Iterator[_Thing]:
    """Every thing whose key, unless blank, has been seen before."""
    seen: set[str] = set()
    for thing in things:
        if key(thing) and key(thing) in seen:
            yield thing
        seen.add(key(thing))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _tasks_by_name(plan: Plan) -> dict[str, list[Task]]:
    """Every name that stands in a task, in order of appearance, with its tasks."""
    tasks: dict[str, list[Task]] = {}
    for task in plan.tasks:
        for name in _distinct((*task.lead, *task.support)):
            tasks.setdefault(name, []).append(task)
    return tasks


def _names_of(unit: Unit) -> set[str]:
    return {unit.name, *(alias.name for alias in unit.aliases)}


def _known_names(plan: Plan) -> set[str]:
    """Names and aliases of sheet 单位, and the members of its groups."""
    return {name for unit in plan.units for name in (*_names_of(unit), *unit.members)}


def _open_names(plan: Plan) -> set[str]:
    return {name for unit in plan.units if unit.kind is UnitKind.OPEN for name in _names_of(unit)}


def _short(text: str, length: int = 24) -> str:
    """The beginning of a sentence, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length] + "…"


def _about(kind: Kind, row: Task | Measure, unit: str = "", **values: str) -> Finding:
    return Finding(kind, row.place, unit=unit, task=row.number, values={"number": row.number, **values})


def _of_target(kind: Kind, owner: Task | Goal, target: Target, **values: str) -> Finding:
    named = {"number": owner.number, "target": target.number or target.name, "field": "target", **values}
    task = owner.number if isinstance(owner, Task) else ""
    return Finding(kind, target.place if target.place != Place() else owner.place, task=task, values=named)


def _of_unit(kind: Kind, unit: Unit, **values: str) -> Finding:
    named = {"found": unit.name, "field": "name", **values}
    return Finding(kind, unit.place, unit=unit.name, values=named)


def _of_name(kind: Kind, name: str, tasks: list[Task]) -> Finding:
    """About a name in tasks: at the first of them, naming the others."""
    first = tasks[0]
    listed = "、".join(task.number for task in tasks[:8]) + ("等" if len(tasks) > 8 else "")
    field = "lead" if name in first.lead else "support"
    values = {"found": name, "tasks": listed, "field": field}
    return Finding(kind, first.place, unit=name, task=first.number, values=values)


def _overlap(
    one: tuple[str, int | None, int | None, Unit], other: tuple[str, int | None, int | None, Unit]
) -> bool:
    """Whether two claims to a name share a year; a missing year is open-ended."""
    begin = max(one[1] or 0, other[1] or 0)
    end = min(one[2] or 9999, other[2] or 9999)
    return begin <= end


# 江北区人民政府 and 江南区人民政府 differ in one character and are two districts.
_TERRITORY = re.compile(r"(区|县|市|镇|乡|街道|政府|管委会|办事处)$")
_SUBORDINATE = re.compile(r"[市区县省]")


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether two different names look like one, typed twice.

    市场监管局 and 市市场监管局 do; 市教育局 and 区教育局, 市民政局 and 市财政局 do not.
    """
    bare_one, bare_other = _bare(one), _bare(other)
    if bare_one == bare_other:
        return True
    short, long = sorted((bare_one, bare_other), key=len)
    if len(long) - len(short) == 1:
        return _one_more_character(short, long)
    return len(short) == len(long) and _one_exchange(short, long)


def _bare(name: str) -> str:
    """A name without its width, spaces, quotes and brackets, which people type as they like."""
    return re.sub(r"[\s“”\"'‘’〈〉<>《》()\[\]【】〔〕]", "", unicodedata.normalize("NFKC", name))


def _one_more_character(short: str, long: str) -> bool:
    """One character was left out: in front from three characters on, elsewhere from four.

    市委办 and 市委外办 are two offices, so are 江区政府 and 江北区政府 likely.
    """
    if len(short) >= 3 and long[1:] == short and _SUBORDINATE.match(long):
        return True
    return len(short) >= 4 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _one_exchange(one: str, other: str) -> bool:
    """Two neighbours are swapped, or one character of a long name of a department is another."""
    places = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) == 2 and places[1] == places[0] + 1 and len(one) >= 4:
        first, second = places
        return one[first] == other[second] and one[second] == other[first]
    return len(places) == 1 and places[0] > 0 and len(one) >= 6 and not _TERRITORY.search(one)
