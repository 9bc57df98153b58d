"""Tables that lost their lines: cells aligned with blanks, one cell a line, bars without an edge.

Runs before a notation is chosen and writes such tables as rows with tabs between the cells, so that they are
read like any other. A table is believed only when its headings name both the task and its units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from reporting.model import Line
from reporting.notations import COLUMNS, LOOSE_HEADINGS, Field, field_of, heading_words
from reporting.reading.deadlines import is_deadline
from reporting.reading.text import BREAK

UNITS = (Field.LEAD, Field.DUTY, Field.SUPPORT)

GAPS = re.compile(r" {2,200}|[\u3000\xa0]{1,200} {0,200}|\t")
"""What parts the cells of a row aligned with blanks; one blank may stand inside a cell."""

BARS = re.compile(r"\s{0,9}[|｜]\s{0,9}")
"""A | B | C |: cells parted by bars, without one in front."""

SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章部．.]|[(（][一二三四五六七八九十]{1,3}[)）]).{1,38}$"
)
"""A line between the rows of a table that heads those below: 二、民生保障（3项）."""

PROSE = re.compile(r"[，。；！？,;.]")
"""Marks that no heading of a column has."""

NUMBER = re.compile(r"[(（]?(\d{1,3})[)）.．、]?$")


def even_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document, with tables that lost their lines written with tabs."""
    return _with_sections(_from_cells(_from_blanks(_from_bars(lines))))


def heading_fields(cells: Sequence[str]) -> list[Field | None] | None:
    """What the columns under these headings hold; None when this is no heading of a table of tasks."""
    if not 2 <= len(cells) <= 12 or any(len(cell) > 30 for cell in cells):
        return None
    fields = [_field(cell) for cell in cells]
    known = sum(field is not None for field in fields)
    whole = Field.CONTENT in fields and any(field in UNITS for field in fields)
    return fields if whole and known * 3 >= len(cells) * 2 else None


def _field(cell: str) -> Field | None:
    words = heading_words(cell)
    if not words or len(words) > 16 or PROSE.search(words):
        return None
    exact = field_of(words, COLUMNS)
    return exact or next((found for pattern, found in LOOSE_HEADINGS if pattern.search(words)), None)


def _written(line: Line, cells: Sequence[str]) -> Line:
    return replace(line, text="\t".join(cells))


# Bars without an edge


def _from_bars(lines: Sequence[Line]) -> list[Line]:
    """Rows such as 工作任务 | 责任部门 |, from the first that is a heading."""
    done: list[Line] = []
    width = 0
    for line in lines:
        text = line.text.strip()
        bars = (
            text.count("|") + text.count("｜") if not text.startswith(("|", "+")) and "\t" not in text else 0
        )
        cells = BARS.split(text) if 0 < bars < 40 else []
        if cells and not cells[-1]:
            cells = cells[:-1]
        if not width and len(cells) > 2 and heading_fields(cells):
            width = len(cells)
        if not cells or not width:
            width = width if not text else 0
            done.append(line)
        else:
            done.append(_written(line, _moved_right(cells, width)))
    return done


def _moved_right(cells: Sequence[str], width: int) -> list[str]:
    """Where a cell that spans rows was left out the row is too short, or ends empty: its cells move right."""
    kept = list(cells)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return [*[""] * (width - len(kept)), *kept] if len(kept) < width else kept


# Cells aligned with blanks


def _from_blanks(lines: Sequence[Line]) -> list[Line]:
    done: list[Line] = []
    index = 0
    while index < len(lines):
        cells = _placed(lines[index].text)
        names = [cell for _, cell in cells]
        if "\t" in lines[index].text.strip() or len(names) < 3 or heading_fields(names) is None:
            done.append(lines[index])
            index += 1
            continue
        starts = [start for start, _ in cells]
        done.append(_written(lines[index], names))
        index += 1
        first = len(done)
        while index < len(lines):
            row = _placed(lines[index].text)
            if len(row) == 1 and SECTION.match(row[0][1]):
                done.append(replace(lines[index], text=row[0][1] + "\t\t"))
                index += 1
                continue
            if not row:
                index += 1
                continue
            if len(row) < 2 and not (row and row[0][0] >= starts[1] and len(done) > first):
                break
            texts = [""] * len(starts)
            for start, cell in row:
                column = min(range(len(starts)), key=lambda number: abs(starts[number] - start))
                texts[column] = f"{texts[column]} {cell}".strip()
            goes_on = not texts[0] and (not texts[1] or len(row) < len(starts) - 1)
            if len(done) > first and goes_on and done[-1].text.count("\t") + 1 == len(starts):
                above = done[-1].text.split("\t")
                joined = [one + (BREAK + two if two else "") for one, two in zip(above, texts, strict=False)]
                done[-1] = _written(done[-1], joined)
            else:
                done.append(_written(lines[index], texts))
            index += 1
    return done


def _placed(text: str) -> list[tuple[int, str]]:
    """The cells of a line with the column of the page each begins at; a Chinese character is two wide."""
    if len(text) > 400:
        return []
    placed: list[tuple[int, str]] = []
    last = 0
    for match in [*GAPS.finditer(text), None]:
        cell = text[last : match.start()] if match else text[last:]
        if cell.strip():
            placed.append((_width(text[:last]), cell.strip()))
        last = match.end() if match else last
    return placed


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


# One cell a line


def _from_cells(lines: Sequence[Line]) -> list[Line]:
    """Headings one below the other, then the cells of the rows; each row begins with a higher number."""
    filled = [_bare_cell(line) for line in lines]
    filled = [line for line in filled if line.text]
    start, fields = _stacked_headings(filled)
    if not fields:
        return list(lines)
    names = [line.text for line in filled[start : start + len(fields)]]
    body = filled[start + len(fields) :]
    if Field.NUMBER not in fields:
        at = fields.index(Field.CONTENT, 1) if Field.CONTENT in fields[1:] else 0
        fields.insert(at, Field.NUMBER)
        names.insert(at, "序号")
    at = fields.index(Field.NUMBER)
    marks = _counted(body, len(fields) - 1)
    if not marks:
        return list(lines)
    before = [line for line in body[: marks[0]] if not SECTION.match(line.text)]
    sections = [line for line in body[: marks[0]] if SECTION.match(line.text)]
    rows = [*filled[:start], _written(filled[start], names)]
    for mark, following in zip(marks, [*marks[1:], len(body)], strict=True):
        rows.extend(replace(line, text=line.text + "\t\t") for line in sections)
        cells = list(body[mark + 1 : following])
        own, rest, sections = _own_cells(cells, fields[at + 1 :], at if following < len(body) else 0)
        left = [line.text for line in before[-at:]] if at else []
        rows.append(_written(body[mark], [*[""] * (at - len(left)), *left, body[mark].text, *own]))
        before = rest
    return rows


def _bare_cell(line: Line) -> Line:
    """A line without the bar that parted its cell from the next."""
    return replace(line, text=line.text.strip(" \u3000\xa0|｜"))


def _stacked_headings(lines: Sequence[Line]) -> tuple[int, list[Field | None]]:
    for start in range(len(lines)):
        if _field(lines[start].text[:40]) is None or "\t" in lines[start].text:
            continue
        end = start
        while end < len(lines) and end - start < 12 and _field(lines[end].text[:40]) is not None:
            end += 1
        fields = heading_fields([line.text for line in lines[start:end]]) if end - start > 2 else None
        if fields:
            return start, fields
    return 0, []


def _counted(body: Sequence[Line], width: int) -> list[int]:
    """Where the numbers of the rows stand, each on a line of its own and higher than the one before."""
    marks: list[int] = []
    last = 0
    for index, line in enumerate(body):
        match = NUMBER.match(line.text)
        if match is None:
            continue
        number = int(match.group(1))
        complete = not marks or index - marks[-1] > width - 1
        if number == last + 1 or (number > last and complete):
            marks.append(index)
            last = number
    return marks


def _own_cells(
    cells: list[Line], fields: Sequence[Field | None], before_next: int
) -> tuple[list[str], list[Line], list[Line]]:
    """The cells of a row, those that stand before the number of the next, and headings between the two."""
    width = len(fields)
    sections: list[Line] = []
    while len(cells) > 1 and SECTION.match(cells[-1].text):
        sections.insert(0, cells.pop())
    rest: list[Line] = []
    if before_next and len(cells) >= width + before_next:
        cells, rest = cells[:-before_next], cells[-before_next:]
    kept = [line.text for line in cells]
    where = fields.index(Field.CONTENT) if Field.CONTENT in fields else 0
    while len(kept) > width:
        kept[where : where + 2] = [kept[where] + BREAK + kept[where + 1]]
    if len(kept) < width and fields[-1] is Field.DEADLINE and kept and is_deadline(kept[-1]):
        kept = [*kept[:-1], *[""] * (width - len(kept)), kept[-1]]
    return kept, rest, sections


# Section lines between rows


def _with_sections(lines: Sequence[Line]) -> list[Line]:
    """A short heading between rows with tabs becomes a row itself, so that the table stays whole."""
    filled = [line for line in lines if line.text.strip()]
    wide = [line.text.count("\t") > 1 for line in filled]
    done: list[Line] = []
    for index, line in enumerate(filled):
        above = next(
            (wide[number] for number in range(index - 1, max(-1, index - 3), -1) if wide[number]), False
        )
        below = any(wide[index + 1 : index + 3])
        if above and below and not wide[index] and "\t" not in line.text and SECTION.match(line.text.strip()):
            done.append(replace(line, text=line.text.strip() + "\t\t"))
        else:
            done.append(line)
    return done if done and any(wide) else list(lines)
