"""Tables in a document: drawn with box characters, or with a tab or a bar between the cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reporting.language.units import is_firm, rank_of
from reporting.model import Line, Place
from reporting.plan.reading.pages import PAGE_LINE, is_marked_page_number
from reporting.plan.reading.text import BREAK, tidy

LIGHT = str.maketrans(
    "━═┃║┏┌╔╒╓┓╗╕╖┗╚╘╙┛╝╛╜┣╠╞╟┠┝┫╣╡╢┨┥┳╦╤╥┯┰┻╩╧╨┷┸╋╬╪╫┿╂", "──││┌┌┌┌┌┐┐┐┐└└└└┘┘┘┘├├├├├├┤┤┤┤┤┤┬┬┬┬┬┬┴┴┴┴┴┴┼┼┼┼┼┼"
)
"""Heavy and double strokes of drawn tables as light ones."""

UP = frozenset("└┘┴├┤┼│")
DOWN = frozenset("┌┐┬├┤┼│")
STROKES = UP | DOWN


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: the text of each column ("" where a cell is empty) and where the row stands."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of the document; cells that span rows are repeated in each of them."""

    rows: tuple[TableRow, ...]
    drawn: bool = False
    damaged: tuple[Place, ...] = field(default=())

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return self.rows[0].place if self.rows else Place()


def cut_blocks(lines: Sequence[Line]) -> list[Line | PlanTable]:
    """Separate tables from running text; running text stays line by line."""
    blocks: list[Line | PlanTable] = []
    index = 0
    while index < len(lines):
        end = _drawn_end(lines, index)
        if end > index:
            blocks.extend(read_drawn(lines[index:end]))
            index = end
            continue
        end = _tabbed_end(lines, index)
        if end > index + 1:
            blocks.append(read_tabbed(lines[index:end]))
        else:
            end = index + 1
            blocks.append(lines[index])
        index = end
    return blocks


# Drawn tables


def _light(text: str) -> str:
    """One line of a drawn table with light strokes; +--+ and | are strokes when the line begins with one."""
    text = tidy(text).translate(LIGHT)
    if text.startswith("+="):
        text = text.replace("=", "-")
    if text.startswith("+-") or (text.startswith("|") and text.endswith(("|", "+")) and not text.startswith("|-")):
        return text.replace("+", "┼").replace("|", "│").replace("-", "─") if "+-" in text else text.replace("|", "│")
    return text


def _is_drawn(text: str) -> bool:
    light = text.translate(LIGHT).strip()
    return bool(light) and light[0] in STROKES


def _drawn_end(lines: Sequence[Line], start: int) -> int:
    """The first line after a drawn table that begins at ``start``; ``start`` itself when none does."""
    if not (_is_drawn(lines[start].text) or _is_plus_table(lines, start)):
        return start
    plus = not _is_drawn(lines[start].text)
    end = index = start
    while index < len(lines):
        text = lines[index].text.strip()
        if _is_drawn(text) or (plus and text.startswith(("+-", "+=", "|"))):
            end = index + 1
        elif text and not PAGE_LINE.match(text):
            break
        index += 1
    return end


def _is_plus_table(lines: Sequence[Line], start: int) -> bool:
    """+----+----+ over | a | b |: a table drawn with ASCII characters."""
    text = lines[start].text.strip()
    return text.startswith("+-") and text.count("+") > 1


class _Drawing:
    """A drawn table while it is being read: which columns are open, and the text in them so far."""

    def __init__(self) -> None:
        self.edges: list[int] = []
        self.columns = 0
        self.open: dict[int, list[str]] = {}
        self.cells: dict[int, list[tuple[int, int, str]]] = {}
        self.began: dict[int, int] = {}
        self.places: list[Place] = []
        self.damaged: list[Place] = []
        self.filled = False

    def rule(self, text: str, place: Place) -> None:
        """Take in a rule: close the columns it cuts, keep open those it leaves, follow joined columns."""
        junctions = [(index, char) for index, char in enumerate(text) if char in STROKES]
        if self.columns == 0:
            self.columns = len(junctions) - 1
            self.edges = list(range(len(junctions)))
            return
        named = self._name(junctions, place)
        band = len(self.places) - 1
        for ((left, _), (right, _)), ((here, _), (there, _)) in zip(pairwise(named), pairwise(junctions), strict=True):
            segment = text[here + 1 : there]
            if "─" in segment:
                self._close(range(left, right), band)
            else:
                self._write(left, segment)
        self.edges = [edge for edge, char in named if char in DOWN]
        self.filled = False

    def _name(self, junctions: list[tuple[int, str]], place: Place) -> list[tuple[int, str]]:
        """Give each junction the number of its column edge: edges above are known, new ones between."""
        above = iter(self.edges)
        named: list[tuple[int, str]] = []
        expected = sum(char in UP for _, char in junctions)
        if expected != len(self.edges):
            self.damaged.append(place)
            return [(min(number, self.columns), char) for number, (_, char) in enumerate(junctions)]
        last = -1
        for _, char in junctions:
            last = next(above) if char in UP else min(last + 1, self.columns)
            named.append((last, char))
        return named

    def _close(self, columns: range, band: int) -> None:
        for column in columns:
            text = BREAK.join(self.open.pop(column, []))
            self.cells.setdefault(column, []).append((self.began.get(column, 0), band, text))
            self.began[column] = band + 1

    def _write(self, column: int, text: str) -> None:
        if tidy(text):
            self.open.setdefault(column, []).append(tidy(text))

    def text(self, fields: list[str], place: Place) -> None:
        """Take in a line of text: field k belongs to the columns between edges k and k+1."""
        if not self.filled:
            self.places.append(place)
            self.filled = True
        expected = len(self.edges) - 1
        if len(fields) != expected:
            self.damaged.append(place)
            fields = [*fields[: expected - 1], "".join(fields[expected - 1 :])] if expected > 0 else []
        for edge, words in zip(self.edges, fields, strict=False):
            self._write(edge, words)

    def table(self) -> PlanTable:
        """The rows of the finished table."""
        self._close(range(self.columns), len(self.places) - 1)
        grid = [[""] * self.columns for _ in self.places]
        for column, cells in self.cells.items():
            for first, last, text in cells:
                for band in range(first, min(last, len(grid) - 1) + 1):
                    if column < self.columns:
                        grid[band][column] = text
        rows = tuple(TableRow(tuple(row), place) for row, place in zip(grid, self.places, strict=True))
        return PlanTable(rows, drawn=True, damaged=tuple(self.damaged))


def read_drawn(lines: Sequence[Line]) -> list[PlanTable]:
    """Read tables drawn with box characters. Columns are counted, never measured: widths differ by page."""
    tables: list[PlanTable] = []
    drawing = _Drawing()
    for line in lines:
        text = _light(line.text)
        if not text or PAGE_LINE.match(text):
            continue
        if text[0] == "┌" and drawing.places:
            tables.append(drawing.table())
            drawing = _Drawing()
        if "─" in text and _is_rule(text):
            drawing.rule(text, line.place)
        elif drawing.columns:
            drawing.text(_fields(text), line.place)
        else:
            drawing.rule(re.sub(r"[^│]", " ", text), line.place)
            drawing.text(_fields(text), line.place)
    if drawing.places:
        tables.append(drawing.table())
    return [table for table in tables if table.rows]


def _is_rule(text: str) -> bool:
    """A rule has a run of strokes next to a junction: ├──┼ or │ │ ├──; a dash inside a cell is no rule."""
    return any(f"{char}─" in text or f"─{char}" in text for char in "├┼┤┌┐└┘┬┴")


def _fields(text: str) -> list[str]:
    fields = text.split("│")
    return fields[1:-1] if text.endswith("│") else fields[1:]


# Tables with a tab or a bar between cells


MARKDOWN_RULE = re.compile(r"\|?(?: {0,9}:?-{2,200}:? {0,9}\|?){1,60}$")
"""The line under the heading of a Markdown table: |---|:--:|."""


def _tabbed_cells(text: str) -> list[str]:
    text = text.strip(" \n\r")
    if text.startswith("|") and text.count("|") > 1:
        inner = text[1:-1] if text.endswith("|") else text[1:]
        return [cell.replace("<br>", BREAK).replace("<br/>", BREAK) for cell in inner.split("|")]
    if "\t" in text.lstrip("\t "):
        return text.split("\t")
    return []


def _tabbed_end(lines: Sequence[Line], start: int) -> int:
    if "\t" not in lines[start].text and "|" not in lines[start].text:
        return start
    end = index = start
    while index < len(lines) and (
        len(_tabbed_cells(lines[index].text)) > 1 or is_marked_page_number(lines[index].text)
    ):
        index += 1
        end = end if is_marked_page_number(lines[index - 1].text) else index
    return end


def read_tabbed(lines: Sequence[Line]) -> PlanTable:
    """Read rows whose cells are parted by tabs (from HTML, Word, Excel) or by bars (Markdown)."""
    rows: list[TableRow] = []
    for line in lines:
        if len(line.text) < 5000 and MARKDOWN_RULE.match(line.text.strip()) and "-" in line.text:
            continue
        if is_marked_page_number(line.text):
            continue
        cells = tuple(_trim(cell) for cell in _tabbed_cells(line.text))
        rows.append(TableRow(cells, line.place))
    return PlanTable(tuple(rows))


def _trim(cell: str) -> str:
    parts = (_between_units(part) for part in cell.split(BREAK))
    return BREAK.join(piece for piece in (tidy(part) for whole in parts for part in whole) if piece)


def _between_units(text: str) -> list[str]:
    """市税务局 市公安局 in a cell are two units, as if each stood on a line of its own."""
    pieces = text.split()
    apart = len(pieces) > 1 and all(rank_of(piece) and is_firm(piece) for piece in pieces)
    return pieces if apart else [text]
