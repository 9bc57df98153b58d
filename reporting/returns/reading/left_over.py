"""What a person put into a return beside its answers: every filled cell that was not read and is not ours.

Runs after the tables and the block above them were read. Counted from all that a file holds, not from places
where somebody thought of looking: other sheets, columns and lines beside the tables, drafts, comments, text
boxes, pictures, struck and deleted words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reporting.files.sheets.grid import Sheet
from reporting.files.sheets.looks import COMMENT, Beside
from reporting.files.sheets.tables import Table
from reporting.files.sheets.word import PARAGRAPHS
from reporting.files.xlsx.choices import LISTS
from reporting.language.headings import plain_heading
from reporting.language.values import as_text, is_picture
from reporting.model import PICTURE, Cell, OtherContent, Place, Row, column_letters
from reporting.returns.reading.tables import read_rows
from reporting.returns.workbook.layout import INSTRUCTIONS, META, OTHERS, OTHERS_COLUMNS, PROBLEMS, TARGETS, TASKS
from reporting.returns.workbook.own_words import OwnWords

CELL, PARAGRAPH, MORE, AS_TYPED = "单元格", "段落", "没有逐一列出的内容", "原填文字"
"""What stands on a sheet in no cell that was read; a paragraph of a Word file; how much more there is; what a
correction has in other words."""
_OF_META = 60
"""So many columns of _meta are ours: what the rows are, and what is understood of them."""
_MOST, _MOST_TEXT = 2_000, 500_000
"""So many pieces of one file are kept, with so many characters."""


@dataclass
class FileAccount:
    """All that was read of one file, to be taken from all that it holds."""

    own: OwnWords
    header: Mapping[str, Cell]
    tables: Sequence[tuple[Table, Sequence[Row]]]
    drafts: Sequence[Table]
    """Tables of ours that were found as well and are not read."""
    _read: set[tuple[str, int, int]] = field(default_factory=set)
    _is_word: bool = False

    def left_over(self, sheets: Sequence[Sheet], beside: Mapping[str, Sequence[Beside]]) -> tuple[OtherContent, ...]:
        """What is left, in the order of the file, within bounds."""
        self._is_word = any(sheet.name == PARAGRAPHS for sheet in sheets)
        for table, rows in self.tables:
            self._read.update(_at(cell.place) for row in rows for cell in row.cells.values())
            for key, column in table.columns.items():
                heading = table.heading(column)
                if key not in table.reworded or _is_alike(heading.raw, table.known.words[key]):
                    self._read.add(_at(heading.place))
        self._claim_block(sheets)
        for draft in self.drafts:
            self._claim_draft(draft)
        kept: dict[OtherContent, None] = {}
        size = more = 0
        for each in self._all(sheets, beside):
            if each in kept:
                continue
            if len(kept) >= _MOST or size + len(each.text) > _MOST_TEXT:
                more += 1
                continue
            size += len(each.text)
            kept[each] = None
        more += sum(sheet.more_strays for sheet in sheets)
        rest = (OtherContent(MORE, "", "", f"另有 {more} 处内容没有逐一列出，请查看原件。"),) if more else ()
        return (*kept, *rest)

    def _all(self, sheets: Sequence[Sheet], beside: Mapping[str, Sequence[Beside]]) -> Iterator[OtherContent]:
        for sheet in sheets:
            if sheet.name == OTHERS and (head := _heading_row(sheet)) is not None:
                yield from self._carried(sheet, head)
            else:
                yield from self._cells(sheet, range(len(sheet.rows)))
            for each in beside.get(sheet.name, ()):
                text = self.own.without_ours(each.text) if each.what == COMMENT else each.text
                if text.strip():
                    address = Place("", sheet.name, each.row, each.column).cell
                    yield OtherContent(each.what, sheet.name, address, text.strip())
            for stray in sheet.strays:
                yield OtherContent(CELL, sheet.name, Place("", "", stray.row, stray.column).cell, stray.text)

    def _cells(self, sheet: Sheet, rows: range, first: int = 0) -> Iterator[OtherContent]:
        if sheet.name == META:  # very hidden, and its first columns are ours
            first = _OF_META
        aside = list(self._columns_aside(sheet))
        may_be_ours = self._may_be_ours(sheet)
        what = PARAGRAPH if sheet.name == PARAGRAPHS else CELL
        for at in rows:
            line, number = sheet.rows[at], sheet.number(at)
            for column, value in enumerate(line):
                if column < first or value is None or value == "" or (sheet.name, number, column + 1) in self._read:
                    continue
                text = as_text(value)
                if not text or (may_be_ours and self.own.is_own(sheet.name, text, number, line)):
                    continue
                heading = next((words for top, own, words in aside if own == column and at >= top), "")
                if heading and (text.startswith("=") or self.own.is_remark(sheet.name, heading, text)):
                    continue
                kind = PICTURE if is_picture(text) else what
                yield OtherContent(kind, sheet.name, f"{column_letters(column + 1)}{number}", text)

    def _may_be_ours(self, sheet: Sheet) -> bool:
        """Whether a sheet can hold words of ours: one of our names, with a table of ours, or of a Word file."""
        tables = (*(table for table, _ in self.tables), *self.drafts)
        with_table = any(table.sheet is sheet for table in tables)
        return (
            with_table or self._is_word or sheet.name in (INSTRUCTIONS, PROBLEMS, OTHERS, LISTS, META, TASKS, TARGETS)
        )

    def _columns_aside(self, sheet: Sheet) -> Iterator[tuple[int, int, str]]:
        """Columns of ours that are not read: where each begins, its number, its heading."""
        for table in (*(table for table, _ in self.tables), *self.drafts):
            if table.sheet is sheet:
                for column, words in enumerate(sheet.rows[table.head]):
                    if isinstance(words, str) and table.known.is_ours(words):
                        yield table.top, column, words

    # ---- what was read ---------------------------------------------------------------------------

    def _claim_block(self, sheets: Sequence[Sheet]) -> None:
        """The cells of the block above the table; one that holds more than its labels and answers is left."""
        at: dict[tuple[str, int, int], list[str]] = {}
        for cell in self.header.values():
            at.setdefault(_at(cell.place), []).append(cell.raw)
        for place, raws in at.items():
            rest = _text_at(sheets, place)
            for raw in sorted(raws, key=len, reverse=True):
                rest = rest.replace(raw, " ", 1)
            if not any(map(str.isalnum, rest)) or self.own.is_label(rest):
                self._read.add(place)

    def _claim_draft(self, draft: Table) -> None:
        """The cells of another table of ours that say the same as the one that was read."""
        main = next((rows for table, rows in self.tables if table.known is draft.known), ())
        read = {row.number: row for row in main}
        planned = {(key, cell.raw) for row in main for key, cell in row.cells.items() if key not in draft.known.filled}
        for row in read_rows(draft):
            own = read.get(row.number)
            for key, cell in row.cells.items():
                if (key, cell.raw) in planned or (own is not None and own.raw(key) == cell.raw):
                    self._read.add(_at(cell.place))
        answers = {cell.raw for cell in self.header.values()}
        for at in range(draft.head):
            for column in range(len(draft.sheet.rows[at])):
                cell = draft.cell(at, column)
                if cell.raw in answers:
                    self._read.add(_at(cell.place))

    # ---- 其他内容 of the round before --------------------------------------------------------------

    def _carried(self, sheet: Sheet, head: int) -> Iterator[OtherContent]:
        """What a correction carried along, with the places of the return it was made of."""
        yield from self._cells(sheet, range(head))
        for at in range(head + 1, len(sheet.rows)):
            texts = [as_text(value) if value is not None else "" for value in sheet.rows[at]]
            texts += [""] * (len(OTHERS_COLUMNS) - len(texts))
            number, what, where, text = texts[: len(OTHERS_COLUMNS)]
            if number.isdigit() and what and text:
                part, _, cell = where.rpartition(" ")
                yield OtherContent(what, part or where, cell if part else "", text)
                yield from self._cells(sheet, range(at, at + 1), len(OTHERS_COLUMNS))
            else:
                yield from self._cells(sheet, range(at, at + 1))


def _heading_row(sheet: Sheet) -> int | None:
    """The row of the headings of 其他内容."""
    wanted = [plain_heading(heading) for heading, _ in OTHERS_COLUMNS]
    for at, line in enumerate(sheet.rows[:10]):
        if [plain_heading(each) for each in line[: len(wanted)] if isinstance(each, str)] == wanted:
            return at
    return None


def _is_alike(text: str, heading: str) -> bool:
    """Whether a heading that was rewritten has two characters of the old one: 存在的问题 for 存在问题及原因."""
    return any(heading[at : at + 2] in text for at in range(len(heading) - 1))


def _at(place: Place) -> tuple[str, int, int]:
    return place.part, place.row, place.column


def _text_at(sheets: Sequence[Sheet], at: tuple[str, int, int]) -> str:
    """What a cell shows, by its sheet, row and column."""
    name, row, column = at
    for sheet in sheets:
        if sheet.name == name and 0 < row <= len(sheet.rows) and sheet.number(row - 1) == row:
            line: Sequence[Any] = sheet.rows[row - 1]
            return as_text(line[column - 1]) if 0 < column <= len(line) and line[column - 1] is not None else ""
    return ""


def hidden_rows(sheets: Sequence[Sheet]) -> Sequence[Sequence[Any]]:
    """The rows of the hidden sheet of a workbook of ours; none of any other."""
    return next((sheet.rows for sheet in sheets if sheet.name == META), ())
