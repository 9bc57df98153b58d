"""Everything a return holds beside what its unit was asked for, once its rows are known (其他内容).

Runs when the rows were joined to the plan: what stands in rows that nobody asked for, in rows that come twice,
and in cells of the plan that were written over, is added to what the reading left over. Kept for the office and
for the unit; told in one line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from reporting.files.sheets.looks import COMMENT, STRUCK
from reporting.language.characters import one_line, same_words
from reporting.language.values import task_number
from reporting.model import Cell, OtherContent, Place, Return, Row, split_address
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form
from reporting.plan.words import target_texts, task_texts
from reporting.returns.reading.left_over import AS_TYPED, CELL, MORE
from reporting.returns.rules import Earlier
from reporting.returns.workbook.own_words import is_form_label

KEPT = Kind(
    "other_content_is_kept",
    Severity.NOTE,
    "除所填各栏以外，还有 {count} 处内容：{places}。没有作为填报内容登记，已收入“其他内容”。",
    "请阅看；属于某项任务的，请该单位写在该行的“备注”栏。",
)
STRUCK_OUT = Kind(
    "struck_text_is_left_out",
    Severity.NOTE,
    "{cell} 单元格中划去的“{found}”（加了删除线）没有登记。",
    "请核对；没有划去之意的，请取消删除线后重新报送。",
)
FORMER = "已调出任务的填报"
"""What stands in the row of a task that went to another unit since, of which ``form_is_current`` tells."""
_SHOWN, _SHOWN_TEXT = 3, 30
"""So many pieces are told with their first words."""
_TOLD_BY_ROW = frozenset(
    (
        *("remark_is_in_its_column", "nothing_is_added", "task_is_known", "task_is_single"),
        *("answers_stand_in_their_rows", "locked_is_unchanged", "total_is_left_out"),
    )
)
_TOLD_BY_COLUMN = frozenset(("column_is_of_the_form", "heading_is_single"))
_TOLD_BY_CELL = frozenset(
    ("sheet_is_within_bounds", "unit_is_right", "year_is_right", "heading_is_unchanged", "number_is_as_issued")
)
_TOLD_BY_SHEET = frozenset(("table_is_single",))
"""Codes of findings that tell by themselves what stands in a row, a column, a cell or on another sheet."""
_TELLING = _TOLD_BY_ROW | _TOLD_BY_COLUMN | _TOLD_BY_CELL | _TOLD_BY_SHEET


def all_others(
    sent: Return, form: Form, year: int, names: Sequence[str], earlier: Earlier | None
) -> tuple[OtherContent, ...]:
    """All that stands beside the answers of a return whose rows are joined, each cell by itself.

    ``names`` are those of its unit; ``earlier`` is what an older workbook asked for, of which the unit changed nothing.
    """
    found = dict.fromkeys(sent.others)
    found.update(dict.fromkeys(_of_block(sent, year, names)))
    for rows in (sent.rows, sent.target_rows):
        found.update(dict.fromkeys(each for each in _of_rows(rows, earlier) if not is_form_label(form, each.text)))
    sheets = dict.fromkeys((sent.task_sheet.part, sent.target_sheet.part, *(each.sheet for each in found)))
    order = {sheet: at for at, sheet in enumerate(sheets)}
    return tuple(sorted(found, key=lambda each: (each.file, order[each.sheet], split_address(_first(each)))))


def _first(piece: OtherContent) -> str:
    """The first cell of a piece."""
    return piece.cell.partition(":")[0]


def leftover_rows(rows: Iterable[Row], file: str = "") -> Iterator[OtherContent]:
    """The texts of rows that are nobody's answer, each as one piece."""
    for row in rows:
        pieces = [_piece(cell) for cell in row.cells.values() if cell.raw]
        for each in by_row(pieces):
            yield replace(each, file=file)


_SEALED = re.compile(r"[（(][^（()）]{0,6}章[)）]|年度?$")
"""市教育局（盖章）, 2026年度: what people add to the name and to the year."""


def _of_block(sent: Return, year: int, names: Sequence[str]) -> Iterator[OtherContent]:
    """The unit and the year where the block above the table says something else than we know."""
    for key, known in (("unit", (sent.unit, *names)), ("year", (str(year),))):
        cell = sent.header.get(key)
        if cell is not None and cell.raw and not any(same_words(_SEALED.sub("", cell.raw), name) for name in known):
            yield _piece(cell)


def _of_rows(rows: Sequence[Row], earlier: Earlier | None) -> Iterator[OtherContent]:
    answered: dict[str, Row] = {}
    for row in rows:
        number, texts = _asked(row)
        if not number:
            yield from _of_nobody(row, earlier)
            continue
        first = answered.setdefault(number, row)
        older = _asked_before(row, earlier)
        for key, cell in row.cells.items():
            if not cell.raw or cell.joined:
                continue
            if key in ("number", "target") and (
                task_number(cell.raw) == task_number(number) or not _has_words(cell.raw)
            ):
                continue  # a number that a program made a date of, or that was counted anew, says nothing
            # of a task answered twice the first row counts, and the second is kept where it says something else
            known = [texts[key], older.get(key, "")] if key in texts else [] if first is not row else [cell.raw]
            if not any(
                same_words(cell.raw, each) for each in (*known, *([first.raw(key)] if first is not row else []))
            ):
                yield _piece(cell)


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, text))


def _of_nobody(row: Row, earlier: Earlier | None) -> Iterator[OtherContent]:
    """What stands in a row that nobody asked for; of a task that was taken from the unit since, what it filled in."""
    number = task_number(row.number)
    task = earlier.assignments.get(number) if earlier else None
    target = earlier.targets.get(number) if earlier else None
    texts = task_texts(task) if task else target_texts(target) if target else {}
    for key, cell in row.cells.items():
        if cell.raw and key not in texts:
            yield replace(_piece(cell), what=FORMER) if texts else _piece(cell)


def _asked(row: Row) -> tuple[str, Mapping[str, str]]:
    """The number under which the plan has a row, and what it says in its columns."""
    if row.assignment is not None:
        return row.assignment.task.number, task_texts(row.assignment)
    return (row.target.number, target_texts(row.target)) if row.target is not None else ("", {})


def _asked_before(row: Row, earlier: Earlier | None) -> Mapping[str, str]:
    """What an older workbook of ours said in the columns of the plan."""
    if earlier is None:
        return {}
    task, target = earlier.assignments.get(task_number(row.number)), earlier.targets.get(task_number(row.number))
    if row.assignment is not None:
        return task_texts(task) if task else {}
    return target_texts(target) if target else {}


def _piece(cell: Cell) -> OtherContent:
    return OtherContent(CELL, cell.place.part, cell.place.cell, cell.raw)


def by_row(pieces: Iterable[OtherContent]) -> tuple[OtherContent, ...]:
    """The pieces with the cells of one row of a sheet as one: a table that somebody added is read by rows."""
    found: list[OtherContent] = []
    for _, group in groupby(pieces, key=_row_of):
        cells = list(group)
        if len(cells) == 1:
            found += cells
        else:
            area = f"{cells[0].cell}:{cells[-1].cell}"
            found.append(replace(cells[0], cell=area, text="；".join(each.text for each in cells)))
    return tuple(found)


def _row_of(piece: OtherContent) -> tuple[object, ...]:
    if piece.what not in (CELL, FORMER) or not piece.cell or ":" in piece.cell:
        return (piece,)
    return piece.what, piece.file, piece.sheet, split_address(piece.cell)[0]


def tell_others(sent: Return, findings: Iterable[Finding]) -> Iterator[Finding]:
    """What was struck out, cell by cell, and in one line all else that no other finding of the return tells."""
    for each in sent.others:
        if each.what == STRUCK:
            values = {"cell": each.where, "found": each.text[:100]}
            yield Finding(STRUCK_OUT, _place(sent, each), sent.unit, values=values)
    told = [each for each in findings if each.kind.code in _TELLING]
    untold = (each for each in sent.others if each.what not in (STRUCK, AS_TYPED, FORMER))
    rest = [each for each in untold if not any(_is_told(each, by) for by in told)]
    if rest:
        places = "，".join(_shown(each) for each in rest[:_SHOWN])
        values = {
            "count": str(len(rest)),
            "places": f"{places}等" if len(rest) > _SHOWN else places,
            "found": "；".join(one_line(each.text)[:100] for each in rest[:_SHOWN]),
        }
        yield Finding(KEPT, _place(sent, rest[0]), sent.unit, values=values)


def _shown(piece: OtherContent) -> str:
    text = one_line(piece.text)
    cut = f"{text[:_SHOWN_TEXT]}…" if len(text) > _SHOWN_TEXT else text
    if piece.what == MORE:
        return text
    kind = "" if piece.what == CELL else f"的{piece.what}"
    return f"{piece.where}{kind}“{cut}”"


def _place(sent: Return, piece: OtherContent) -> Place:
    row, column = split_address(_first(piece))
    return Place(piece.file or sent.file, piece.sheet, row, column)


def _is_told(piece: OtherContent, finding: Finding) -> bool:
    """Whether a finding tells of a piece already."""
    place, code = finding.place, finding.kind.code
    if piece.what == COMMENT or place.part != piece.sheet or piece.file:
        return False
    row, column = split_address(_first(piece))
    if code in _TOLD_BY_ROW:
        return row == place.row
    if code in _TOLD_BY_COLUMN:
        return column == place.column
    return code in _TOLD_BY_SHEET or (code in _TOLD_BY_CELL and (row, column) == (place.row, place.column))
