"""The second reading of a document laid beside the first: what differs, as findings with what this one read."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from reporting.language.characters import one_line
from reporting.model import Line, Place, Plan, Task
from reporting.model.findings import Finding
from reporting.plan.book.sheets import join_proposed_units
from reporting.plan.reading.draft import DOUBLE_NUMBER, SHARED_UNITS, UNASSIGNED, UNCLEAR_UNIT
from reporting.plan.second_reading import kinds
from reporting.plan.second_reading.compare import (
    Difference,
    TaskWords,
    compare_words,
    covers,
    names_with_added_level,
    plain,
    says_first_leads,
    words_of_tasks,
)
from reporting.plan.second_reading.gaps import headed_unlike_neighbours, number_gaps
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.lines_left import doubted_lines
from reporting.plan.second_reading.names import OfficeNames
from reporting.plan.second_reading.phrases import PhraseCutter
from reporting.plan.second_reading.resemblance import Resemblance, resembling_names
from reporting.plan.second_reading.siblings import (
    Read,
    lines_that_begin_with_offices,
    lines_with_subjects,
    measures_under_units,
    rows_within_tasks,
)
from reporting.plan.second_reading.slot_finder import SlotFinder
from reporting.plan.second_reading.slots import Duty, NameSlot, Shape
from reporting.plan.second_reading.task_words import SHOWN, oddities
from reporting.plan.second_reading.words import DEED, LEVEL, NO_WORK, PROSE

MOST_TOLD = 40
"""So many lines that were left out are told one by one."""


def doubts_of_reading(
    lines: Sequence[Line], plan: Plan, left_out: Sequence[Line], first: Sequence[Finding] = ()
) -> list[Finding]:
    """What is unsure of a plan: the findings of the first reading, and where a second one differs from it.

    ``left_out`` are the lines that the first reading made nothing of. Of ``first`` that stays out which the
    second reading settles: a name that looks odd, but is one of a list of names; units of the heading, where it has
    them from the heading too; paragraphs without units that say how the plan came to be, and are no work.
    """
    told = {each.place for each in first}
    cutter = PhraseCutter(OfficeNames())
    slots = SlotFinder(cutter).find(lines)
    places = [*(each.place for each in plan.goals), *(each.place for each in plan.unassigned)]
    words, free, outside = words_of_tasks(lines, plan.tasks, [*places, *(line.place for line in left_out)], slots)
    words.sort(key=lambda each: each.line)
    first_leads = says_first_leads(lines)
    differences: list[Difference] = []
    used: set[int] = set()
    of_heading: set[Place] = set()
    before = _nearest_slots(words)
    behind = _nearest_slots(words[::-1])[::-1]
    for each, slots_before, slots_behind in zip(words, before, behind, strict=True):
        above = [*_above(each, free), *(slot for slot in slots_before if slot.shape is Shape.COLUMN)]
        beside = [slots_behind, slots_before]
        source = _inherited(each, above, beside, plan.tasks) if not each.slots else ()
        used |= {id(slot) for slot in source}
        if any(source == [slot] for slot in above):
            of_heading |= {plan.tasks[index].place for index in each.tasks}
        if not source:
            differences.append(compare_words(each, plan.tasks, above, first_leads=first_leads))
    read = Read(plan.tasks, {name for task in plan.tasks for name in (*task.lead, *task.support)}, told)
    listed = {name for slot in slots for name in _names_listed(slot)}
    return [
        *(each for each in _first_of_runs(first, plan.tasks) if not _is_settled(each, listed, of_heading)),
        *_of_differences(differences, plan.tasks, told),
        *_of_names(
            resembling_names(plan.tasks, [plan.title, plan.issuer or ""]),
            plan.tasks,
            {name for each in differences for name in each.only_first},
        ),
        *_of_added_levels(words, plan.tasks),
        *_of_headings(plan.tasks),
        *_of_words(lines, words, plan.tasks, cutter),
        *_few(
            _once(
                doubted_lines(lines, [slot for slot in free if id(slot) not in used], words, told),
                lines_with_subjects(lines, outside, words, cutter, read),
                lines_that_begin_with_offices(lines, words, cutter, read),
                rows_within_tasks(lines, words, read),
                measures_under_units(plan.unassigned, cutter),
            )
        ),
        *_few(_of_numbers(lines, plan.tasks, told)),
    ]


def _first_of_runs(findings: Sequence[Finding], tasks: Sequence[Task]) -> Iterator[Finding]:
    """The findings, of tasks in a row whose numbers begin anew only the first: 1a, 2a, 3a are one chapter."""
    at = {task.place: index for index, task in enumerate(tasks)}
    renumbered = {at[each.place] for each in findings if each.kind is DOUBLE_NUMBER and each.place in at}
    for each in findings:
        if each.kind is not DOUBLE_NUMBER or at.get(each.place, 0) - 1 not in renumbered:
            yield each


def _is_settled(finding: Finding, listed: Collection[str], of_heading: Collection[Place]) -> bool:
    """Whether this reading settles what was unsure about the first."""
    if finding.kind is UNCLEAR_UNIT:
        return plain(finding.values["found"]) in listed
    if finding.kind is UNASSIGNED:
        return NO_WORK.match(even(finding.values.get("content", ""))) is not None
    return finding.kind is SHARED_UNITS and finding.place in of_heading


def _names_listed(slot: NameSlot) -> Iterator[str]:
    """The names of a slot that says who does what, and the words that stand between them as names do."""
    if slot.said and slot.names:
        yield from (name for name, _ in slot.names if not LEVEL.match(name))
        yield from (words for words in slot.listed if not PROSE.search(words) and not DEED.search(words))


def _once(*findings: Iterator[Finding]) -> Iterator[Finding]:
    """Of several findings at one line the first."""
    seen: set[Place] = set()
    for each in chain(*findings):
        if each.place not in seen:
            seen.add(each.place)
            yield each


def _few(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The first of many findings about lines, and one that counts the rest."""
    yield from islice(findings, MOST_TOLD)
    rest = list(findings)
    if rest:
        values = {"count": str(len(rest)), "found": rest[0].values.get("found", "")}
        yield Finding(kinds.LINES_NAME_UNITS, rest[0].place, values=values)


def _nearest_slots(words: Sequence[TaskWords]) -> list[list[NameSlot]]:
    """For each task the slots of the nearest one before it that has any."""
    nearest: list[list[NameSlot]] = []
    last: list[NameSlot] = []
    for each in words:
        nearest.append(last)
        last = each.slots or last
    return nearest


def _above(here: TaskWords, free: Sequence[NameSlot]) -> Sequence[NameSlot]:
    """The two last slots over a task that belong to none: those of its headings."""
    end = bisect_right(free, here.line, key=lambda slot: slot.line)
    return free[max(0, end - 2) : end]


def _inherited(
    here: TaskWords, above: Sequence[NameSlot], beside: Sequence[list[NameSlot]], tasks: Sequence[Task]
) -> Sequence[NameSlot]:
    """The slots of a heading, or of the task below or above, that name the units of tasks that have no slot."""
    candidates = [*([slot] for slot in reversed(above)), *beside]
    group = [tasks[index] for index in here.tasks]
    return next((each for each in candidates if each and all(covers(each, task) for task in group)), [])


def _of_words(
    lines: Sequence[Line], words: Sequence[TaskWords], tasks: Sequence[Task], cutter: PhraseCutter
) -> Iterator[Finding]:
    for each in words:
        for task in (tasks[index] for index in each.tasks):
            for odd in oddities(task, each, lines, cutter):
                values = {
                    "task": task.number,
                    "found": odd.found,
                    "field": odd.field,
                    "reason": odd.reason,
                    "expected": odd.expected,
                }
                yield Finding(odd.kind, task.place, task=task.number, values=values)


def _of_added_levels(words: Sequence[TaskWords], tasks: Sequence[Task]) -> Iterator[Finding]:
    """Names with a level that the text has neither there nor anywhere; many of them are how the plan is written."""
    added = [(tasks[index], name) for each in words for index, name in names_with_added_level(each, tasks)]
    whole = {plain(name) for each in words for slot in each.slots for name, _ in slot.names}
    doubted = [(task, name) for task, name in added if plain(name) not in whole]
    for task, name in doubted if len(doubted) <= max(3, len(tasks) // 10) else ():
        field = "lead" if name in task.lead else "support"
        values = {"task": task.number, "found": name, "expected": name[1:], "reason": name[0], "field": field}
        yield Finding(kinds.LEVEL_ADDED, task.place, task=task.number, values=values)


def _of_headings(tasks: Sequence[Task]) -> Iterator[Finding]:
    for task in (tasks[index] for index in headed_unlike_neighbours(tasks)):
        found = one_line(task.path[-1])[:SHOWN]
        values = {"task": task.number, "found": found, "field": "path", "reason": "它的编号就是任务的编号"}
        yield Finding(kinds.HEADING_ODD, task.place, task=task.number, values=values)


def _of_numbers(lines: Sequence[Line], tasks: Sequence[Task], told: Collection[Place]) -> Iterator[Finding]:
    for gap in number_gaps(lines, tasks):
        values = {"before": gap.before, "after": gap.after, "field": "number"}
        if gap.task >= 0:
            task = tasks[gap.task]
            if task.place in told:
                continue
            values |= {"task": task.number, "expected": gap.number}
            yield Finding(kinds.NUMBER_LOST, task.place, task=task.number, values=values)
        elif lines[gap.line].place not in told:
            yield Finding(kinds.LINE_NUMBERED, lines[gap.line].place, values={**values, "found": gap.number})


def _of_differences(
    differences: Sequence[Difference], tasks: Sequence[Task], told: Collection[Place]
) -> Iterator[Finding]:
    unseen = sum(each.unseen for each in differences)
    for each in differences:
        task = tasks[each.tasks[0]]
        if each.no_slot and (2 * unseen > len(differences) or task.place in told):
            continue
        found = "；".join(_in_words(each))
        if found:
            values = {"task": task.number, "found": found, "field": _field(each, task), "how": ""}
            if each.proposal:
                proposal = join_proposed_units(*each.proposal)
                values |= {"proposal": proposal, "expected": one_line(proposal), "how": kinds.HOW_TO_ADOPT}
            yield Finding(kinds.READ_DIFFERENTLY, task.place, task=task.number, values=values)


def _in_words(difference: Difference) -> Iterator[str]:
    if difference.no_slot:
        yield "此处没有找到写明单位的文字"
        return
    if difference.only_second:
        yield f"原文的{_quoted(difference.only_second)}没有列为单位"
    if difference.only_first:
        yield f"所列的{_quoted(difference.only_first)}在原文中不是单独的单位"
    for part in (Duty.LEAD, Duty.SUPPORT):
        names = [name for name, role in difference.roles if role is part]
        if names:
            yield f"{_quoted(names)}似为{'牵头' if part is Duty.LEAD else '配合'}单位"
    if difference.rest:
        yield f"{_quoted(difference.rest)}未能识别"


def _quoted(words: Sequence[str]) -> str:
    shown = "、".join(f"“{' '.join(each.split())[:30]}”" for each in words[:4])
    return shown + ("等" if len(words) > 4 else "")


def _field(difference: Difference, task: Task) -> str:
    return "support" if any(name in task.support for name in difference.only_first) else "lead"


def _of_names(resembling: Sequence[Resemblance], tasks: Sequence[Task], told: Collection[str]) -> Iterator[Finding]:
    """What names may be; of one that the text has otherwise (``told``) only whose it may be."""
    for each in resembling:
        values = {"found": each.name, "expected": each.means, "reason": each.reason}
        kind = kinds.NAME_RESEMBLES if each.means else kinds.NAME_STRANGE
        if each.means:
            yield Finding(kinds.SAME_UNIT, unit=each.name, values={**values, "field": "proposal"})
        elif plain(each.name) in told:
            continue
        for task in (tasks[index] for index in each.tasks):
            field = "lead" if each.name in task.lead else "support"
            told = {**values, "task": task.number, "field": field}
            yield Finding(kind, task.place, task=task.number, values=told)
