"""What the office changed in the verified results, laid over what the inspection group brought back.

The book keeps both as they came, in their order; what is in force follows from them. A cell counts as said
anew only where it says otherwise than the workbook showed when it went out, so that a workbook brought back
twice, or one that lay about for a week, takes nothing back that somebody else has said since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporting.model.review import Amendment, Review, TargetReview, TaskReview

ReviewEntry = Review | tuple[Amendment, ...]
"""What came back: the whole of an inspection workbook, or what was changed in the consolidated one."""

NOT_INSPECTED = Review(share=0, seed=0)
"""Before an inspection group brought anything back: nothing was drawn."""

_JUDGED = ("status", "progress", "opinion")
"""What both the group and the office may say of a task."""


def review_in_force(entries: Iterable[ReviewEntry]) -> Review | None:
    """What holds after everything that came back, in its order; None when nothing did."""
    current: Review | None = None
    inspected: Review | None = None
    for entry in entries:
        if isinstance(entry, Review):
            current = entry if current is None else _take_newer(inspected or NOT_INSPECTED, entry, current)
            inspected = entry
        else:
            current = amend(current or NOT_INSPECTED, entry)
    return current


def amend(review: Review, amendments: Sequence[Amendment]) -> Review:
    """The review with these words of the office in it."""
    tasks = {(each.number, each.unit): each for each in review.tasks}
    targets = {(each.number, each.unit): each for each in review.targets}
    for each in amendments:
        key = each.number, each.unit
        if each.field == "status":
            tasks[key] = replace(_task(tasks, key), status=each.text)
        elif each.field == "opinion":
            tasks[key] = replace(_task(tasks, key), opinion=each.text)
        elif each.field == "progress":
            tasks[key] = replace(_task(tasks, key), progress=each.figure)
        elif each.field == "remark":
            if key in targets:
                targets[key] = replace(targets[key], remark=each.text)
        elif each.figure is None:
            targets.pop(key, None)
        else:
            known = targets.get(key, TargetReview(*key, each.figure))
            targets[key] = replace(known, value=each.figure)
    return replace(review, tasks=tuple(tasks.values()), targets=tuple(targets.values()))


def _task(tasks: dict[tuple[str, str], TaskReview], key: tuple[str, str]) -> TaskReview:
    return tasks.get(key) or TaskReview(*key)


def _take_newer(before: Review, newer: Review, current: Review) -> Review:
    """A newer inspection workbook: what it says otherwise than the one before goes before what stands."""
    said = {(each.number, each.unit): each for each in before.tasks}
    standing = {(each.number, each.unit): each for each in current.tasks}
    tasks = []
    for each in newer.tasks:
        key = each.number, each.unit
        base, kept = _task(said, key), _task(standing, key)
        same = [name for name in _JUDGED if getattr(each, name) == getattr(base, name)]
        tasks.append(replace(each, **{name: getattr(kept, name) for name in same}))
    told = {(each.number, each.unit) for each in newer.tasks}
    tasks += [each for each in current.tasks if (each.number, each.unit) not in told]
    return replace(newer, tasks=tuple(tasks), targets=_newer_targets(before, newer, current))


def _newer_targets(before: Review, newer: Review, current: Review) -> tuple[TargetReview, ...]:
    said, told, standing = (
        {(each.number, each.unit): each for each in review.targets} for review in (before, newer, current)
    )
    keys = dict.fromkeys([*told, *standing])
    found = [(standing if told.get(key) == said.get(key) else told).get(key) for key in keys]
    return tuple(each for each in found if each is not None)
