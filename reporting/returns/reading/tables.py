"""The two tables of a return, wherever they stand, their rows, and the block above them.

A row is known by its task number. Nothing is understood here: ``Cell.value`` is what the sheet holds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.files.sheets.grid import Sheet
from reporting.files.sheets.tables import Table, find_tables, read_cell
from reporting.language.headings import other_words, plain_heading
from reporting.language.values import as_text, task_number
from reporting.model import Cell, Row
from reporting.office.form import TARGET_SHEET, TASK_SHEET, Form

_WORDING = ("content", "name")
"""What a row is about. One without a number that says it is something that the unit added."""


@dataclass(frozen=True, slots=True)
class ReturnTables:
    """The tables of a return, wherever they stand; ``others`` were found as well and are not read."""

    tasks: Table | None
    targets: Table | None
    others: tuple[Table, ...] = ()


def find_standing(file: str, sheets: Sequence[Sheet], form: Form) -> ReturnTables:
    """Find 任务填报 and 量化指标: mostly on sheets of their own, now and then pasted onto one.

    Of two tables of targets the one is read that has figures.
    """
    found = find_tables(file, sheets, (form.task_headings, form.target_headings))
    tasks = next(iter(found[TASK_SHEET]), None)
    together = [each for each in found[TARGET_SHEET] if tasks is not None and each.sheet is tasks.sheet]
    apart = [each for each in found[TARGET_SHEET] if tasks is None or each.sheet is not tasks.sheet]
    ordered = [*together, *apart] if not (apart and _says_anything(apart[0])) else [*apart, *together]
    targets = next(iter(ordered), None)
    read_from = [each.sheet for each in (tasks, targets) if each is not None]
    drafts = (each for each in found[TASK_SHEET][1:] if all(each.sheet is not sheet for sheet in read_from))
    return ReturnTables(tasks, targets, (*ordered[1:], *drafts))


def _says_anything(table: Table) -> bool:
    filled = table.known.filled
    return any(cells[key].raw for _, cells in table.rows() for key in cells if key in filled)


def read_rows(table: Table) -> list[Row]:
    """The rows of a table; one with nothing but words of the plan, without a number, is none.

    Rows over which the number was joined are one row: what was written in them is joined line by line.
    """
    telling = {*table.known.filled, *_WORDING}
    rows: list[Row] = []
    for at, cells in table.rows():
        number = cells[table.key].raw
        if not number and not any(cells[each].raw for each in cells if each in telling):
            continue
        row = Row(task_number(number), cells, table.place(at))
        whole = _continued(rows[-1], row, table) if rows else None
        if whole is None:
            rows.append(row)
        else:
            rows[-1] = whole
    return rows


def _continued(above: Row, row: Row, table: Table) -> Row | None:
    """The row above with what stands in one that has its number by joining; None for a row of its own."""
    if not row.cells[table.key].joined or row.number != above.number:
        return None
    cells = dict(above.cells)
    for key, cell in row.cells.items():
        first = cells[key]
        if cell.joined or not cell.raw or cell.raw == first.raw:
            continue
        if key not in table.known.filled:
            return None
        raw = f"{first.raw}\n{cell.raw}" if first.raw else cell.raw
        value = raw if first.raw else cell.value
        cells[key] = replace(first if first.raw else cell, raw=raw, value=value)
    return replace(above, cells=cells)


# ---- the block above the table ---------------------------------------------------------------------------


def read_header(table: Table, around: Iterable[Sheet], form: Form) -> dict[str, Cell]:
    """The block above the table: each label's value stands to its right, or after a colon in the same cell.

    ``around`` are sheets that may hold the block when the table stands alone: the rest of a Word document.
    """
    fields = form.header_fields.items()
    others = {words: key for key, field in fields for words in other_words(field.heading)}
    labels = others | {plain_heading(field.heading): key for key, field in fields}
    header = read_labels(table.file, table.sheet, range(table.head), labels)
    for sheet in around:
        header = without_gaps(header, read_labels(table.file, sheet, range(len(sheet.rows)), labels))
    return header


def without_gaps(header: Mapping[str, Cell], other: Mapping[str, Cell]) -> dict[str, Cell]:
    """A block whose blank or missing cells are those of another."""
    return {**header, **other, **{key: cell for key, cell in header.items() if cell.raw}}


def read_labels(file: str, sheet: Sheet, rows: Iterable[int], labels: Mapping[str, str]) -> dict[str, Cell]:
    """The cells that labels, plain as headings, lead to, by what each label stands for."""
    # 填报人：林晓　联系电话：62340011 in one cell, as people type it
    spaced = [r"[ \u3000\t]{0,5}".join(re.escape(sign) for sign in label) for label in labels]
    inline = re.compile(rf"({'|'.join(sorted(spaced, key=len, reverse=True))})[ \u3000\t]{{0,5}}[:：]")
    found: dict[str, Cell] = {}
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if not isinstance(value, str) or len(value) > 500:
                continue
            key = labels.get(plain_heading(value)) if len(value) < 60 else None
            if key is not None:
                found.setdefault(key, _beside(file, sheet, row, column, labels))
                continue
            pieces = inline.split(value)
            for label, words in zip(pieces[1::2], pieces[2::2], strict=True):
                cell = read_cell(file, sheet, row, column, as_text)
                raw = as_text(words).strip(" \u3000\t，,；;")
                found.setdefault(labels[plain_heading(label)], replace(cell, raw=raw, value=raw or None))
    return found


def _beside(file: str, sheet: Sheet, row: int, column: int, labels: Mapping[str, str]) -> Cell:
    for right in range(column + 1, min(column + 4, len(sheet.rows[row]))):
        cell = read_cell(file, sheet, row, right, as_text)
        if plain_heading(cell.raw) in labels:
            break
        if cell.raw:
            return cell
    # the next label, where the cells between were deleted, is no answer
    return replace(read_cell(file, sheet, row, column + 1, as_text), raw="", value=None)
