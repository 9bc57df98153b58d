"""The fields of a plan's records by the office's own words, and which records of two plans are the same.

What ``plan diff`` tells and what a second import merges both go by these lists. Two records of two plans are
paired by what they say first, so that a task keeps its identity when it is only numbered otherwise.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from reporting.language.characters import even_width, one_line
from reporting.language.likeness import likeness, pair_nearest, pairs_in
from reporting.model import Alias, Contact, Deadline, Goal, Measure, Plan, Target, Task, Unit
from reporting.plan.book import sheets
from reporting.plan.words import COMPARATOR_WORDS, DEADLINE_WORDS, goal_text

_Thing = TypeVar("_Thing", Task, Target, Goal, Unit)


@dataclass(frozen=True, slots=True)
class PlanField:
    """One field of a record: its attribute, the heading of its column, and the column as findings call it."""

    name: str
    heading: str
    column: str = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    """What people read for values that are codes."""
    is_list: bool = False
    """Whether it holds names, of which some may come and others go."""


NUMBER = PlanField("number", "编号", "number")


def _plain(sheet: str, column: str = "") -> tuple[PlanField, ...]:
    """The columns of plain words; a finding on one is told at its own, or at ``column``."""
    return tuple(PlanField(each.key, each.heading, column or each.key) for each in sheets.PLAIN[sheet])


TASK_FIELDS = (
    NUMBER,
    PlanField("path", "类别", "category"),
    PlanField("content", "工作内容", "content"),
    PlanField("lead", "牵头单位", "lead", is_list=True),
    PlanField("support", "配合单位", "support", is_list=True),
    PlanField("deadline", "完成时限", "deadline"),
    *_plain(sheets.TASKS),
)
TARGET_FIELDS = (
    NUMBER,
    PlanField("name", "指标名称", "target"),
    PlanField("op", "比较", "target", COMPARATOR_WORDS),
    PlanField("value", "目标值", "target"),
    PlanField("unit", "计量单位", "target"),
    *_plain(sheets.TARGETS, "target"),
)
GOAL_FIELDS = (NUMBER, PlanField("content", "内容"))
UNIT_FIELDS = (
    PlanField("kind", "类型", "kind"),
    PlanField("members", "成员", "members", is_list=True),
    PlanField("aliases", "别名", "aliases", is_list=True),
    PlanField("contact", "联系人", "contact"),
    *_plain(sheets.UNITS),
)
PLAN_FIELDS = (
    PlanField("title", "方案名称"),
    PlanField("issuer", "印发机关"),
    PlanField("document_number", "文号"),
    PlanField("year", "年度"),
)

# ---- values ------------------------------------------------------------------------------------------


def evened(value: object) -> Hashable:
    """A field made comparable: width, blanks and line breaks do not count, nor does blank against missing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return tuple(evened(each) for each in value)
    if isinstance(value, Target):
        words = (value.number, value.name, value.unit, value.words, value.reporter)
        return (*map(even_width, words), value.op, value.value)
    if isinstance(value, Deadline):
        return (even_width(value.text), value.kind, value.date)
    if isinstance(value, Alias):
        return (even_width(value.name), value.since, value.until)
    if isinstance(value, Contact):
        return (even_width(value.name), even_width(value.phone), even_width(value.email))
    if isinstance(value, str) and not isinstance(value, Enum):
        return even_width(value)
    return value if isinstance(value, Hashable) else repr(value)


def worded(value: object) -> str:
    """A field as people read it."""
    if isinstance(value, tuple):
        return "、".join(worded(each) for each in value)
    if isinstance(value, Target):
        return target_in_words(value)
    if isinstance(value, Deadline):
        day = f" {value.date.isoformat()}" if value.date else ""
        return f"{value.text}（{DEADLINE_WORDS[value.kind]}{day}）"
    if isinstance(value, Alias):
        years = f"({value.since or ''}-{value.until or ''})" if value.since or value.until else ""
        return f"{value.name}{years}"
    if isinstance(value, Contact):
        return " ".join(each for each in (value.name, value.phone, value.email) if each)
    if isinstance(value, float):
        return f"{value:g}"
    return one_line(str(value)) if value is not None else ""


def target_in_words(target: Target) -> str:
    """A target on one line: 试点学校 ≥6 所; 公园 3 个（临江区政府填报）."""
    whose = f"（{target.reporter}填报）" if target.reporter else ""
    return " ".join(each for each in (target.name, goal_text(target), target.unit) if each) + whose


def field_value(thing: object, which: PlanField) -> Any:
    """The value of a record's field."""
    return getattr(thing, which.name)


def words_of(thing: object, which: PlanField) -> str:
    """The value of a record's field as people read it."""
    value = field_value(thing, which)
    return which.words[value] if which.words else worded(value)


def rows_of(plan: Plan) -> tuple[Task, ...]:
    """The rows of sheet 任务: a measure that waits for a unit is a task without one."""
    return (*plan.tasks, *(_as_row(each) for each in plan.unassigned))


def _as_row(measure: Measure) -> Task:
    return Task(measure.number, measure.path, measure.content, (), (), place=measure.place)


ALIKE, MUCH_ALIKE = 0.4, 0.6
"""From when on two contents with one number, and two with different numbers, are one task reworded."""

# ---- pairing -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pairing(Generic[_Thing]):
    """How records of one sort are recognised: the name they go by, and what they say.

    ``alike`` says whether two that only share their name may be the same. What is left after that is paired
    by its ``words`` where they are much alike, and with ``any_name`` in the end by name alone.
    """

    name: Callable[[_Thing], Hashable]
    content: Callable[[_Thing], Hashable]
    alike: Callable[[_Thing, _Thing], bool]
    words: Callable[[_Thing], str] | None = None
    any_name: bool = False

    def pair(self, old: Sequence[_Thing], new: Sequence[_Thing]) -> dict[int, int]:
        """Which of the old is which of the new, by position: same name and words, same words, same name."""
        pairs: dict[int, int] = {}

        def match(key: Callable[[_Thing], Hashable], fits: Callable[[_Thing, _Thing], bool]) -> None:
            taken = set(pairs.values())
            waiting: dict[Hashable, list[int]] = {}
            for at, thing in enumerate(new):
                if at not in taken:
                    waiting.setdefault(key(thing), []).append(at)
            for at, thing in enumerate(old):
                found = waiting.get(key(thing))
                if at not in pairs and found and fits(thing, new[found[0]]):
                    pairs[at] = found.pop(0)

        match(lambda thing: (self.name(thing), self.content(thing)), _always)
        match(self.content, lambda one, _: bool(self.content(one)))
        match(self.name, self.alike)
        if self.words is not None:
            pairs |= self._nearest(old, new, pairs)
        if self.any_name:
            match(self.name, _always)
        return pairs

    def _nearest(self, old: Sequence[_Thing], new: Sequence[_Thing], pairs: Mapping[int, int]) -> dict[int, int]:
        """Those without a partner that are worded much alike: reworded and numbered otherwise at once."""
        words = self.words or str
        left, right = list(unpaired(len(old), pairs)), list(unpaired(len(new), pairs.values()))
        texts = [words(old[at]) for at in left], [words(new[at]) for at in right]
        return {left[at]: right[other] for at, other in pair_nearest(*texts, MUCH_ALIKE)}


def _always(_one: object, _other: object) -> bool:
    return True


def _resemble(one: Task, other: Task) -> bool:
    """Whether two contents share so much that one is likely the other reworded."""
    left, right = (pairs_in(_content(each)) for each in (one, other))
    return not left or not right or likeness(left, right) >= ALIKE  # one may be still to be written


def _content(task: Task) -> str:
    return even_width(task.content)


TASKS_BY_NUMBER: Pairing[Task] = Pairing(lambda task: evened(task.number), _content, _resemble, _content, any_name=True)
"""For telling what changed: what took the place of a task that is gone counts as that task rewritten."""
TASKS_IF_ALIKE: Pairing[Task] = Pairing(lambda task: evened(task.number), _content, _resemble, _content)
"""For merging: edits to one task must never land on another that only took over its number."""
TARGETS: Pairing[Target] = Pairing(
    lambda target: evened(target.number),
    lambda target: (evened(target.name), target.op, target.value, evened(target.unit)),
    _always,
)
GOALS: Pairing[Goal] = Pairing(lambda goal: evened(goal.number), lambda goal: evened(goal.content), _always)
UNITS: Pairing[Unit] = Pairing(lambda unit: evened(unit.name), lambda unit: evened(unit.name), _always)


def unpaired(count: int, taken: Iterable[int]) -> Iterator[int]:
    """The positions that found no partner."""
    known = set(taken)
    return (at for at in range(count) if at not in known)
