"""Several files of one unit: new versions of one return, or parts of it that two offices filled in.

Parts are told by what they fill in. Two that have no task in common are one return, put together row by row;
where each says something the other does not and both speak of one task, the newer counts and is asked about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.language.characters import is_hollow, same_words
from reporting.ledger import PartFile
from reporting.model import Return, Row
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form, FormField
from reporting.returns.other_content import leftover_rows
from reporting.returns.reading.tables import without_gaps

PART_MERGED = Kind(
    "parts_are_merged", Severity.NOTE, "“{unit}”分几份报来，所填任务没有重复，已合并为一份：{files}。", "不需要处理。"
)
PARTS_DIFFER = Kind(
    "parts_agree",
    Severity.CONFIRM,
    "“{unit}”同时报来的“{file}”中，任务 {task} 的“{heading}”填的是“{found}”，与这一份不同，按较新的这一份登记。",
    "请核实以哪一份为准；有误的，更正后再报一份完整的。",
)
PART_LEFT = Kind(
    "parts_are_whole",
    Severity.CONFIRM,
    "“{unit}”同时报来的“{file}”填了任务 {found}，这一份没有填，没有采用。",
    "请把两份合成一份完整的再报。",
)


@dataclass(frozen=True, slots=True)
class Together:
    """What several returns of one unit make: the one that counts, and what is to be said about it."""

    sent: Return
    parts: tuple[PartFile, ...] = ()
    """The other files: those that became parts of it, or those that differ from it and are asked about."""
    findings: tuple[Finding, ...] = ()

    @property
    def merged(self) -> bool:
        """Whether others are a part of it."""
        return any(each.merged for each in self.parts)


def put_together(returns: Sequence[Return], form: Form, before: Return | None = None) -> Together:
    """Make one return of several of the same unit, the oldest first.

    Parts without a task in common are merged on the newest; otherwise the newest counts. It is asked about
    only where an older one fills in a task that it leaves blank: else it is a new version, as is usual. A
    workbook in which nothing is filled in stands for none of the others. ``before`` is what the unit sent
    earlier and had sent back: the rest of it, if it has no task in common with the new parts.
    """
    parts = [each for each in returns if filled_in(each, form)] or [returns[-1]]
    if before is not None and all(filled := [filled_in(each, form) for each in (before, *parts)]):
        parts = [before, *parts] if _are_apart(filled) else parts
    newest, olders = parts[-1], parts[:-1]
    if olders and _are_apart([filled_in(each, form) for each in parts]):
        merged = newest
        for older in reversed(olders):
            merged = _merge(merged, older, form)
        values = {"unit": newest.unit, "files": "、".join(each.file for each in parts)}
        told = Finding(PART_MERGED, newest.task_sheet, newest.unit, values=values)
        return Together(merged, _part_files(olders, merged=True), (told,))
    asked = [(older, found) for older in olders if (found := _asked(newest, older, form))]
    beside = _part_files((older for older, _ in asked), merged=False)
    return Together(newest, beside, tuple(each for _, found in asked for each in found))


def _part_files(files: Iterable[Return], *, merged: bool) -> tuple[PartFile, ...]:
    return tuple(PartFile(each.file, each.sha256, merged) for each in files)


def _are_apart(filled: Iterable[frozenset[str]]) -> bool:
    seen: set[str] = set()
    for numbers in filled:
        if seen & numbers:
            return False
        seen |= numbers
    return True


def filled_in(sent: Return, form: Form) -> frozenset[str]:
    """Numbers of the tasks and targets about which a return says anything."""
    return frozenset(
        row.number
        for rows, fields in ((sent.rows, form.task), (sent.target_rows, form.target))
        for row in rows
        if row.number and any(each.filled and not is_hollow(row.raw(each.key)) for each in fields)
    )


def _merge(base: Return, other: Return, form: Form) -> Return:
    filled = filled_in(other, form)
    # rows without a number are nobody's, and are not taken over with the answers
    left = (row for row in (*other.rows, *other.target_rows) if not row.number)
    beside = (*(replace(each, file=other.file) for each in other.others), *leftover_rows(left, other.file))
    return replace(
        base,
        header=without_gaps(base.header, other.header),
        rows=_take(base.rows, other.rows, filled),
        target_rows=_take(base.target_rows, other.target_rows, filled),
        task_sheet=base.task_sheet if base.columns else other.task_sheet,
        target_sheet=base.target_sheet if base.target_columns else other.target_sheet,
        columns=base.columns or other.columns,
        target_columns=base.target_columns or other.target_columns,
        others=(*base.others, *beside),
    )


def _take(base: Sequence[Row], other: Sequence[Row], filled: frozenset[str]) -> tuple[Row, ...]:
    """The rows of the base, those that the other fills in taken from it, wherever they stand there."""
    if not base:  # a table of its own, such as a .csv of each
        return tuple(other)
    theirs = {row.number: row for row in other if row.number in filled}
    known = {row.number for row in base}
    kept = (theirs.get(row.number, row) for row in base)
    return (*kept, *(row for number, row in theirs.items() if number not in known))


def _asked(newest: Return, older: Return, form: Form) -> list[Finding]:
    left = filled_in(older, form) - filled_in(newest, form)
    if not left:
        return []
    rows = (*older.rows, *older.target_rows)
    found = "、".join(dict.fromkeys(row.number for row in rows if row.number in left))
    values = {"unit": newest.unit, "file": older.file, "found": found}
    return [
        Finding(PART_LEFT, newest.task_sheet, newest.unit, values=values),
        *_differing(newest, older, older.rows, newest.rows, form.task),
        *_differing(newest, older, older.target_rows, newest.target_rows, form.target),
    ]


def _differing(
    newest: Return, older: Return, before: Sequence[Row], after: Sequence[Row], fields: Sequence[FormField]
) -> Iterator[Finding]:
    """Cells that both fill in and fill in differently."""
    twins = {row.number: row for row in before if row.number}
    both = ((row, twin, each) for row in after if (twin := twins.get(row.number)) for each in fields)
    for row, twin, each in both:
        mine, theirs = row.raw(each.key), twin.raw(each.key)
        if each.filled and not is_hollow(mine) and not is_hollow(theirs) and not same_words(mine, theirs):
            values = {
                "unit": newest.unit,
                "file": older.file,
                "task": row.number,
                "heading": each.heading,
                "found": theirs[:60],
            }
            yield Finding(PARTS_DIFFER, row.cells[each.key].place, newest.unit, row.number, values)
