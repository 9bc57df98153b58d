"""其他内容 of a correction: what the return held that has no cell in it, so that no word is lost on the way back.

Its own comments are laid at their cells again; what was typed otherwise than it stands in the correction (办结 for
已完成) stands here as it was typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporting.files.sheets.looks import COMMENT
from reporting.files.xlsx.book import Content
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.xml import sheet_row, text_cell
from reporting.language.characters import same_words
from reporting.model import Cell, OtherContent, column_letters, split_address
from reporting.office.form import FormField
from reporting.returns.reading.left_over import AS_TYPED
from reporting.returns.workbook.layout import HEADING_ROW_OTHERS, OTHERS, OTHERS_COLUMNS
from reporting.returns.workbook.marks import Correction, Marks
from reporting.returns.workbook.rows import tidied

_NOTE = (
    "以下是来件中除所填各栏以外的内容，原样保留在这里，位置是来件中的位置。属于某项任务的，请移到“任务填报”表该行的有关栏；"
    "不必报送的可以不动，不影响报送。"
)


def others_of(marks: Marks) -> tuple[OtherContent, ...]:
    """What has no cell in the correction."""
    correction = marks.correction
    if correction is None:
        return ()
    kept = (each for each in correction.sent.others if not _is_laid(each, correction))
    return tuple(dict.fromkeys((*kept, *_as_typed(marks, correction))))


def _is_laid(piece: OtherContent, correction: Correction) -> bool:
    """Whether a piece is a comment that is laid at its cell again, whole."""
    if piece.what != COMMENT or piece.file or not piece.cell:
        return False
    note = correction.comments.get((piece.sheet, *split_address(piece.cell)))
    return note is not None and note.text == piece.text


def _as_typed(marks: Marks, correction: Correction) -> Iterator[OtherContent]:
    """The cells whose value stands in the correction in other words."""
    sent, form = correction.sent, marks.form
    for rows, fields in ((sent.rows, form.task_fields), (sent.target_rows, form.target_fields)):
        for row in rows:
            if row.assignment is not None or row.target is not None:
                for key, cell in row.cells.items():
                    field = fields.get(key)
                    if field is not None and field.filled and _is_reworded(cell, field) and not marks.findings_at(cell):
                        yield OtherContent(AS_TYPED, cell.place.part, cell.place.cell, cell.raw)


def _is_reworded(cell: Cell, field: FormField) -> bool:
    _, text = tidied(cell, field)
    return bool(cell.raw) and not same_words(text, cell.raw) and not same_words(f"{text}%", cell.raw)


def others_content(pieces: Iterable[OtherContent], marks: Marks, style: Mapping[str, int]) -> Content:
    """The sheet: a title, a note, a line for each piece."""
    head = HEADING_ROW_OTHERS
    letters = [column_letters(n) for n in range(1, len(OTHERS_COLUMNS) + 1)]
    marks.own.setdefault(OTHERS, []).append(_NOTE)
    rows = [
        sheet_row(1, [text_cell("A1", style["problems.title"], OTHERS)], 30),
        sheet_row(2, [text_cell("A2", style["problems.note"], _NOTE)], 34),
        sheet_row(head, _cells(letters, head, [heading for heading, _ in OTHERS_COLUMNS], style), 26),
    ]
    for number, piece in enumerate(pieces, 1):
        texts = (str(number), piece.what, piece.where, piece.text)
        sized = [(text, width) for text, (_, width) in zip(texts, OTHERS_COLUMNS, strict=True)]
        height = row_height(sized, marks.form.look.body_size, 30)
        rows.append(sheet_row(head + number, _cells(letters, head + number, texts, style), height))
    return Content(rows)


def _cells(letters: Sequence[str], row: int, texts: Sequence[str], style: Mapping[str, int]) -> list[str]:
    look = "heading" if row == HEADING_ROW_OTHERS else "text"
    return [
        text_cell(f"{letter}{row}", style[f"problems.{look}"], text)
        for letter, text in zip(letters, texts, strict=True)
    ]
