"""What units reported a year ago on what is this year a task or a target of theirs.

A unit is known by all its names. A task is last year's when it says the same, or nearly the same and no
other task of the unit does (numbers are given anew each year); a target when it has the same name and
unit of measure in such a task. What is not certainly the same is left out: a wrong last year's figure is
worse than none.
"""

from collections.abc import Iterable, Mapping, Sequence

from reporting.language.characters import even_width, same_words
from reporting.language.likeness import likeness, pairs_in
from reporting.language.units import UnitIndex
from reporting.language.values import format_number, task_number
from reporting.model import Answered, AnsweredRow, Plan, Target, Task, Unit
from reporting.plan.share_out import Recipient
from reporting.plan.words import goal_text
from reporting.returns.rules import LastYear, Past

_NEARLY = 0.8
"""From this likeness on two tasks say nearly the same."""


def recall(
    before: Plan, accepted: Mapping[str, Answered], recipients: Iterable[Recipient], units: Sequence[Unit], year: int
) -> LastYear:
    """Find what was reported under the plan of the year before, by today's unit and number.

    ``accepted`` has what each unit answered in its accepted return of that year, ``units`` today's names.
    """
    reported: dict[str, list[Answered]] = {}
    today = UnitIndex(units)
    for name, answered in accepted.items():
        known = today.find(name)
        reported.setdefault(known.name if known else name, []).append(answered)
    found: dict[str, dict[str, Past]] = {}
    for recipient in recipients:
        told = reported.get(recipient.unit, [])
        if len(told) == 1:  # of two units that were merged since, neither spoke for the whole
            past = _past_of(recipient, before, told[0], year)
            if past:
                found[recipient.unit] = past
    return found


def _past_of(recipient: Recipient, before: Plan, answered: Answered, year: int) -> dict[str, Past]:
    rows = {task_number(row.number): row for row in answered.rows}
    target_rows = {task_number(row.number): row for row in answered.targets}
    own = [task for task in before.tasks if task_number(task.number) in rows]
    pasts: dict[str, Past] = {}
    for assignment in recipient.assignments:
        earlier = _same_task(assignment.task, own, year)
        if earlier is None:
            continue
        told = _past_task(rows[task_number(earlier.number)])
        if told is not None:
            pasts[assignment.task.number] = told
        for target in assignment.task.targets:
            aim = _same_target(target, earlier)
            if aim is not None and target in recipient.targets:
                pasts[target.number] = _past_target(aim, target_rows.get(task_number(aim.number)))
    return pasts


def _same_task(task: Task, before: Sequence[Task], year: int) -> Task | None:
    words = even_width(task.content)
    same = [each for each in before if words in (even_width(each.content), _this_year(each.content, year))]
    if len(same) != 1:
        same = same or [each for each in before if _nearness(words, each, year) >= _NEARLY]
        if len(same) > 1:
            same = [each for each in same if task_number(each.number) == task_number(task.number)]
    return same[0] if len(same) == 1 else None


def _nearness(words: str, before: Task, year: int) -> float:
    return likeness(pairs_in(_this_year(before.content, year)), pairs_in(words))


def _this_year(text: str, year: int) -> str:
    """A text of last year as it would read this year: 2025年底前 becomes 2026年底前."""
    return even_width(text).replace(str(year - 1), str(year))


def _same_target(target: Target, earlier: Task) -> Target | None:
    same = [
        each for each in earlier.targets if same_words(each.name, target.name) and same_words(each.unit, target.unit)
    ]
    return same[0] if len(same) == 1 else None


def _past_task(row: AnsweredRow) -> Past | None:
    result, progress = row.raw("result"), row.value("progress")
    state = str(row.value("status") or "")
    state += f"，进度 {format_number(progress)}%" if isinstance(progress, int | float) else ""
    account = "。".join(part for part in (state, result) if part)
    return Past(result=result, account=account) if account else None


def _past_target(aim: Target, row: AnsweredRow | None) -> Past:
    number = row.figure("value") if row else None
    value = f"{format_number(number)}{aim.unit}" if number is not None else row.raw("value") if row else ""
    return Past(figure=number, goal=f"{goal_text(aim)}{aim.unit}", value=value)
