"""Tables that lost their lines: cells aligned with blanks, one cell a line, bars without an edge.

Runs before a notation is chosen and writes such tables as rows with tabs between the cells, so that they are
read like any other. A table is believed only when its headings name both the task and its units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from reporting.model import Line
from reporting.notations import Field
from reporting.notations.headings import LONGEST, PROSE, Heading, read_heading
from reporting.reading.flattened import NUMBER, SECTION, fits, lay_out
from reporting.reading.text import BREAK

UNITS = (Field.LEAD, Field.DUTY, Field.SUPPORT)

GAPS = re.compile(r" {2,200}|[\u3000\xa0]{1,200} {0,200}|\t")
"""What parts the cells of a row aligned with blanks; one blank may stand inside a cell."""

BARS = re.compile(r"\s{0,9}[|｜]\s{0,9}")
"""A | B | C |: cells parted by bars, without one in front."""

TAILS = ("单位", "部门", "时限", "时间", "领导", "任务", "内容", "措施", "科室", "处室", "目标", "事项")
"""Ends of headings that may stand on a line of their own."""


def even_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document, with tables that lost their lines written with tabs."""
    return _with_sections(_from_cells(_from_blanks(_from_tabs(_from_bars(lines)))))


def heading_fields(cells: Sequence[str]) -> list[Field | None] | None:
    """What the columns under these headings hold; None when this is no heading of a table of tasks."""
    if not 2 <= len(cells) <= 12 or any(len(cell) > 30 for cell in cells):
        return None
    fields = [_field(cell) for cell in cells]
    known = sum(field is not None for field in fields)
    whole = Field.CONTENT in fields and any(field in UNITS for field in fields)
    return fields if whole and known * 3 >= len(cells) * 2 else None


def _field(cell: str) -> Field | None:
    return read_heading(cell).field


def _written(line: Line, cells: Sequence[str]) -> Line:
    return replace(line, text="\t".join(cells))


# Bars without an edge


def _from_bars(lines: Sequence[Line]) -> list[Line]:
    """Rows such as 工作任务 | 责任部门 |, from the first that is a heading."""
    done: list[Line] = []
    headings: list[Heading] = []
    for line in lines:
        text = line.text.strip()
        bars = (
            text.count("|") + text.count("｜") if not text.startswith(("|", "+")) and "\t" not in text else 0
        )
        cells = BARS.split(text) if 0 < bars < 40 else []
        if cells and not cells[-1]:
            cells = cells[:-1]
        if not headings and len(cells) > 2 and heading_fields(cells):
            headings = [read_heading(cell) for cell in cells]
        if not cells or not headings:
            headings = headings if not text else []
            done.append(line)
        else:
            done.append(_written(line, _filled_up(cells, headings)))
    return done


def _from_tabs(lines: Sequence[Line]) -> list[Line]:
    """Rows with tabs that have fewer cells than the heading row above them; one heading may span columns."""
    done: list[Line] = []
    headings: list[Heading] = []
    for line in lines:
        cells = line.text.split("\t")
        if len(cells) > 2 and heading_fields(cells):
            headings = []
            for cell in cells:
                headings.append(read_heading(cell) if cell.strip() or not headings else headings[-1])
        text = line.text.strip()
        headings = headings if len(cells) > 1 or not text or SECTION.match(text) else []
        short = headings and 2 < len(cells) < len(headings)
        done.append(_written(line, _filled_up(cells, headings)) if short else line)
    return done


def _filled_up(cells: Sequence[str], headings: Sequence[Heading]) -> list[str]:
    """Where a cell that spans rows was left out the row is too short, or ends empty: the words tell which."""
    kept = list(cells)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    if len(kept) == len(headings) or fits(kept, headings):
        return list(cells)
    rows, cost = lay_out(kept, headings, in_one_row=True)
    return list(rows[0].cells) if cost < inf and rows[0].cells else list(cells)


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
    """Headings one below the other, then the cells of the rows."""
    filled = [line for line in map(_bare_cell, lines) if line.text]
    start, after, names = _stacked_headings(filled)
    if not names:
        return list(lines)
    fields = [_field(name) for name in names]
    body = [line for line in filled[after:] if "\t" not in line.text]
    if len(body) < len(filled) - after:
        return list(lines)
    if Field.NUMBER not in fields and sum(NUMBER.match(line.text) is not None for line in body) > 1:
        at = fields.index(Field.CONTENT, 1) if Field.CONTENT in fields[1:] else 0
        fields.insert(at, Field.NUMBER)
        names.insert(at, "序号")
    body = _without_headings(body, names)
    rows, cost = lay_out([line.text for line in body], [read_heading(name) for name in names])
    if cost >= 0:
        return list(lines)
    done = [*filled[:start], _written(filled[start], names)]
    last = max(index for index, row in enumerate(rows) if row.cells)
    for index, row in enumerate(rows):
        line = body[row.first]
        if row.cells:
            done.append(_written(line, row.cells))
        elif index < last and SECTION.match(line.text):
            done.append(replace(line, text=line.text + "\t\t"))
        else:
            done.append(line)
    return done


def _without_headings(body: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """The cells without the headings that stand again on top of each page."""
    kept: list[Line] = []
    index = 0
    while index < len(body):
        again = [line.text for line in body[index : index + len(names)]] == list(names)
        if not again:
            kept.append(body[index])
        index += len(names) if again else 1
    return kept


def _bare_cell(line: Line) -> Line:
    """A line without the bar that parted its cell from the next."""
    return replace(line, text=line.text.strip(" \u3000\xa0|｜"))


def _stacked_headings(lines: Sequence[Line]) -> tuple[int, int, list[str]]:
    """Where headings stand one below the other, the line after them, and their words."""
    for start, line in enumerate(lines):
        first = _field(line.text[:40])
        if first is None or "\t" in line.text:
            continue
        end = _end_of_headings(lines, start, first)
        names = _whole_headings([line.text for line in lines[start:end]])
        if len(names) > 2 and heading_fields(names) and not _is_titled(names):
            return start, end, names
    return 0, 0, []


def _end_of_headings(lines: Sequence[Line], start: int, first: Field) -> int:
    """Headings after 序号 go on to the first number, known or not; others as far as they are known."""
    if first is Field.NUMBER:
        for end in range(start + 1, min(start + 20, len(lines))):
            if NUMBER.match(lines[end].text) or SECTION.match(lines[end].text):
                return end
            if len(lines[end].text) > LONGEST + 8 or PROSE.search(lines[end].text):
                break
    end = start
    while end < min(start + 20, len(lines)) and (
        _field(lines[end].text[:40]) is not None
        or _field("".join(line.text for line in lines[end : end + 2])) is not None
    ):
        end += 1
    return end


def _whole_headings(pieces: Sequence[str]) -> list[str]:
    """Headings broken over two lines are put together: 牵头 + 单位."""
    names: list[str] = []
    for piece in pieces:
        if (
            names
            and len(piece) < 5
            and _field(names[-1] + piece)
            and (_field(piece) is None or piece in TAILS)
        ):
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _is_titled(names: Sequence[str]) -> bool:
    """A title above the headings may end as a heading does: 重点任务, 序号, 工作内容."""
    fields = [_field(name) for name in names]
    return fields[0] is Field.CONTENT and fields[1] is Field.NUMBER and Field.CONTENT in fields[2:]


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
