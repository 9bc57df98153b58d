"""Tables that lost their lines: cells aligned with blanks, one cell a line, bars without an edge.

Runs before a notation is chosen and writes such tables as rows with tabs between the cells, so that they are
read like any other. A table is believed only when its headings name both the task and its units.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from reporting.model import Line, Place
from reporting.plan.notations import Field
from reporting.plan.notations.headings import Heading, heads_tasks, read_heading
from reporting.plan.reading.cards import heads_card
from reporting.plan.reading.centred import from_centred
from reporting.plan.reading.flattened import NUMBER, SECTION, FlatRow, Piece, fits, goes_on, is_named, kind_of, lay_out
from reporting.plan.reading.matrix import heads_matrix
from reporting.plan.reading.pages import is_marked_page_number
from reporting.plan.reading.stacked import from_cells
from reporting.plan.reading.text import BREAK

GAPS = re.compile(r" {2,200}|[\u3000\xa0]{1,200} {0,200}|\t")
"""What parts the cells of a row aligned with blanks; one blank may stand inside a cell."""

BARS = re.compile(r"\s{0,9}[|｜]\s{0,9}")
"""A | B | C |: cells parted by bars, without one in front."""


def even_tables(lines: Sequence[Line]) -> tuple[list[Line], frozenset[Place]]:
    """The lines of a document, with tables that lost their lines written with tabs.

    Also where rows stand whose units may lead or support, since nothing tells which column each was in.
    """
    unsure: dict[Place, bool] = {}
    written = from_centred(_from_blanks(_from_tabs(_from_bars(lines))))
    rows = from_cells(_from_words(written, unsure), unsure)
    return _with_sections(rows), frozenset(place for place, doubted in unsure.items() if doubted)


def _written(line: Line, cells: Sequence[str]) -> Line:
    return replace(line, text="\t".join(cells))


# Bars without an edge


def _from_bars(lines: Sequence[Line]) -> list[Line]:
    """Rows such as 工作任务 | 责任部门 |, from the first that is a heading."""
    done: list[Line] = []
    headings: list[Heading] = []
    for line in lines:
        text = line.text.strip()
        bars = text.count("|") + text.count("｜") if not text.startswith(("|", "+")) and "\t" not in text else 0
        cells = BARS.split(text) if 0 < bars < 40 else []
        if cells and not cells[-1]:
            cells = cells[:-1]
        if not headings and len(cells) > 2 and (heads_tasks(cells) or heads_matrix(cells)):
            headings = [read_heading(cell) for cell in cells]
        if headings and text and not text.strip("|｜ "):
            continue
        if not headings and heads_card(cells):
            done.append(_written(line, cells))
            continue
        if not cells or not headings:
            headings = headings if not text or SECTION.match(text) else []
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
        if len(cells) > 2 and heads_tasks(cells):
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
        if "\t" in lines[index].text.strip() or len(names) < 3 or not heads_tasks(names):
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
                if not _has_rows(lines[index + 1 : index + 4]):
                    break
                done.append(replace(lines[index], text=row[0][1] + "\t\t"))
                index += 1
                continue
            if not row or is_marked_page_number(lines[index].text):
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


def _has_rows(lines: Sequence[Line]) -> bool:
    """Whether cells follow below a line that heads some rows; if not, it heads the text below the table."""
    filled = [line for line in lines if line.text.strip()]
    return bool(filled) and len(_placed(filled[0].text)) > 1


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


# Cells parted by one blank


def _from_words(lines: Sequence[Line], unsure: dict[Place, bool]) -> list[Line]:
    """Rows whose cells one blank parts, under headings parted so; what the words say tells their columns."""
    done: list[Line] = []
    headings: list[Heading] = []
    pieces: list[str] = []
    split = [_words(line) for line in lines]
    for index, line in enumerate(lines):
        words = split[index]
        if _heads_words(words, split[index + 1 : index + 4]):
            headings, pieces = [read_heading(word) for word in words], []
            done.append(_written(line, words))
        elif headings and (row := _row_of_words(words, headings)):
            pieces = words
            unsure[line.place] = row.unsure
            done.append(_written(line, row.cells))
        elif not headings or not words or SECTION.match(line.text.strip()):
            headings = headings if len(words) < 2 else []
            done.append(line)
        elif pieces and not any(is_named(word) for word in pieces):
            pieces = [*pieces, *words]
            row = lay_out(pieces, headings, in_one_row=True)[0][0]
            unsure[done[-1].place] = row.unsure
            done[-1] = _written(done[-1], row.cells or pieces)
        else:
            headings = []
            done.append(line)
    return done


def _words(line: Line) -> list[str]:
    words: list[str] = []
    for word in line.text.split() if len(line.text) < 2000 and "\t" not in line.text else []:
        if words and len(word) == 1 and goes_on(word, words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _heads_words(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether words head a table: they begin with 序号, or a row that fits them follows."""
    if len(words) < 3 or not heads_tasks(words):
        return False
    headings = [read_heading(word) for word in words]
    return headings[0].field is Field.NUMBER or any(_row_of_words(row, headings) for row in below)


def _row_of_words(words: Sequence[str], headings: Sequence[Heading]) -> FlatRow | None:
    """The row that begins here: at its number, which its category may stand before.

    Without numbers only words that fit the headings, units under those of units, are a row.
    """
    fields = [heading.field for heading in headings]
    numbered = Field.NUMBER in fields
    if numbered:
        begins = any(NUMBER.match(word) for word in words[: fields.index(Field.NUMBER) + 1])
    else:
        begins = len(words) > 2 and any(kind_of(word) is Piece.UNITS for word in words)
    if not begins:
        return None
    rows, cost = lay_out(words, headings, in_one_row=True)
    if numbered:
        return rows[0] if rows[0].cells else FlatRow(0, tuple(words))
    return rows[0] if cost < 0 and fits(rows[0].cells, headings) else None


# Section lines between rows


def _names_in(line: Line) -> list[str]:
    """The headings in a row that has nothing else."""
    cells = [cell.strip() for cell in line.text.split("\t")]
    return cells if len(cells) > 2 and heads_tasks(cells) else []


def _with_sections(lines: Sequence[Line]) -> list[Line]:
    """A short heading between rows with tabs becomes a row itself, so that the table stays whole.

    One above a row with other headings is the name of another table.
    """
    filled = [line for line in lines if line.text.strip()]
    wide = [line.text.count("\t") > 1 for line in filled]
    done: list[Line] = []
    names: list[str] = []
    for index, line in enumerate(filled):
        names = _names_in(line) or names
        above = next((wide[number] for number in range(index - 1, max(-1, index - 3), -1) if wide[number]), False)
        below = any(wide[index + 1 : index + 3])
        other = any(_names_in(each) not in ([], names) for each in filled[index + 1 : index + 3])
        heads = "\t" not in line.text and SECTION.match(line.text.strip()) is not None and not (names and other)
        if above and below and not wide[index] and heads:
            done.append(replace(line, text=line.text.strip() + "\t\t"))
        else:
            done.append(line)
    return done if done and any(wide) else list(lines)
