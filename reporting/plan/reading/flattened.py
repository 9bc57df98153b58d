"""A table copied cell by cell: which column each piece of it belongs to.

Copying a table loses its lines and its empty cells, and parts a cell with several units into several pieces.
What a piece says tells its column: a number, a deadline, names of units, a sentence. The cheapest way to lay
all pieces out in rows, from left to right, is found in one pass.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf

from reporting.language import units as unit_names
from reporting.plan.notations import Field
from reporting.plan.notations.headings import UNITS, Heading, main_column
from reporting.plan.reading.deadlines import is_deadline
from reporting.plan.reading.predicates import ROLE
from reporting.plan.reading.text import BREAK, END

NUMBER = re.compile(r"[(（]?(?:\d{1,3}|\d{1,2}[.-]\d{1,2})[)）.．、]?$")
"""The number of a row."""

POINT = re.compile(r"\d{1,3}[.．、](?!\d)")
"""What begins a task that has its number in its text."""

SECTION = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、章部．.]|[(（][一二三四五六七八九十]{1,3}[)）]).{1,38}$")
"""A piece between two rows that heads those below: 二、民生保障（3项）."""


NAME = re.compile(r"[\u4e00-\u9fff](?: {0,4}[\u4e00-\u9fff]){1,2}")
"""What may be somebody's name: 俞 悦. Short words look alike."""

LONG_NAME = 12
NO_NAME = re.compile(r"[\d“”\"]")
"""What no long name has: …覆盖所有学校，建好“少年宫”30所 ends like one."""

NOTHING = re.compile(r"[/／\-—–]{1,4}|无")
"""What stands in a cell that is left empty."""


class Piece(Enum):
    """What a piece of a table is, as far as it tells alone."""

    NUMBER = "number"
    UNITS = "units"
    LIKE_UNITS = "like units"
    DEADLINE = "deadline"
    NOTHING = "nothing"
    NAME = "name"
    WORDS = "words"
    SENTENCE = "sentence"


NAMED = {Piece.UNITS, Piece.LIKE_UNITS}

COSTS: Mapping[Field, Mapping[Piece, float]] = {
    Field.NUMBER: {Piece.NUMBER: -4},
    Field.CATEGORY_NUMBER: {Piece.NUMBER: -1, Piece.WORDS: 0, Piece.NAME: 0},
    Field.CATEGORY: {Piece.WORDS: -1, Piece.NAME: -1, Piece.SENTENCE: 1, Piece.LIKE_UNITS: 1, Piece.NOTHING: 1},
    Field.CONTENT: {
        Piece.SENTENCE: -3,
        Piece.WORDS: -2,
        Piece.NAME: 0,
        Piece.LIKE_UNITS: 0.5,
        Piece.UNITS: 4,
        Piece.DEADLINE: 3,
    },
    Field.TARGET: {
        Piece.SENTENCE: -1,
        Piece.WORDS: -1,
        Piece.NAME: 1,
        Piece.LIKE_UNITS: 1,
        Piece.DEADLINE: 1,
        Piece.NOTHING: 0,
        Piece.NUMBER: -0.5,
    },
    Field.DEADLINE: {Piece.DEADLINE: -4, Piece.NOTHING: -1, Piece.WORDS: 1, Piece.NAME: 2, Piece.SENTENCE: 3},
    Field.OTHER: {
        Piece.NAME: -1,
        Piece.WORDS: -0.5,
        Piece.UNITS: 2,
        Piece.SENTENCE: 0,
        Piece.NOTHING: -0.5,
        Piece.LIKE_UNITS: 1,
        Piece.DEADLINE: 1,
        Piece.NUMBER: 0,
    },
    Field.SECTION: {
        Piece.UNITS: -3,
        Piece.LIKE_UNITS: -3,
        Piece.WORDS: -2,
        Piece.NAME: -1,
        Piece.NOTHING: -1,
        Piece.SENTENCE: 4,
    },
    Field.DUTY: {
        Piece.UNITS: -4,
        Piece.LIKE_UNITS: -2,
        Piece.NOTHING: -1,
        Piece.WORDS: 1,
        Piece.NAME: 1,
        Piece.SENTENCE: 6,
    },
}
"""What it costs that a piece of some kind stands in a column; what is not said costs ``AMISS``."""

AMISS = 5.0

MISFIT = 1.0
"""What costs more stands in the wrong column."""

EMPTY: Mapping[Field, float] = {
    Field.NUMBER: 4,
    Field.CONTENT: 3,
    Field.LEAD: 2,
    Field.DUTY: 2,
    Field.SUPPORT: 1,
    Field.DEADLINE: 1,
    Field.TARGET: 1,
}
"""What it costs that a column has nothing in a row."""

FEW = 0.4
"""What it costs for other columns, also for those of content beside the main one: they span rows."""

AGAIN: Mapping[Piece, float] = {
    Piece.UNITS: 3.5,
    Piece.LIKE_UNITS: 2,
    Piece.SENTENCE: 2.5,
    Piece.WORDS: 2.5,
    Piece.NAME: 2,
}
"""What it costs that one more piece stands in the same cell."""

SECOND_LEAD = 2.0
"""What it costs more where the lead has a column of its own before other units: it is most often alone."""

OUTSIDE = 1.0
"""What it costs that a piece belongs to no row."""

HEADS = -1.5
"""What it costs that a piece heads the rows below it: 一、教育."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row of a table laid out again; ``first`` is the piece it begins with. One without cells is no row."""

    first: int
    cells: tuple[str, ...]
    unsure: bool = False
    """Whether its units may be divided otherwise: one a line, below a column for leads and one for others."""


def kind_of(piece: str) -> Piece:
    """What a piece of a table is."""
    if NUMBER.match(piece):
        return Piece.NUMBER
    if NOTHING.fullmatch(piece):
        return Piece.NOTHING
    if is_deadline(piece):
        return Piece.DEADLINE
    names = unit_names.split_units(ROLE.sub("", piece.rstrip("。；;"))) if len(piece) < 400 else ()
    if names and all(unit_names.is_firm(name) and unit_names.rank_of(name) for name in names):
        return Piece.UNITS
    likely = [name for name in names if unit_names.looks_like_unit(name) or unit_names.is_area(name)]
    likely = [name for name in likely if not (len(name) > LONG_NAME and NO_NAME.search(name))]
    if END.search(piece[-4:]) and not piece.endswith(("；", ";")):
        likely = likely if len(likely) == len(names) > 1 else []
    if names and len(likely) * 4 >= len(names) * 3:
        return Piece.UNITS if len(names) > 1 or likely[0].startswith("各") else Piece.LIKE_UNITS
    if NAME.fullmatch(piece):
        return Piece.NAME
    return Piece.SENTENCE if len(piece) > 25 or POINT.match(piece) or END.search(piece[-4:]) else Piece.WORDS


CUT_END = re.compile(
    r"[\u4e00-\u9fff]|(?:人民)?政府|管委会|管理委员会|(?:街道)?办事处|委员会|中心|分公司|大队|支队|分局|指挥部|领导小组"
)
"""The end of a name alone in a line: the line before it was too narrow."""


LONGEST_STEM = 14
"""No name without its end is longer; what is longer is a sentence."""

GOVERNS = re.compile(r"(?:人民)?政府|管委会|管理委员会|(?:街道)?办事处")


def goes_on(piece: str, before: str) -> bool:
    """Whether a piece is only the end of the one before: 县茶产业发展 + 中心, 加强水资源保 + 护."""
    if CUT_END.fullmatch(piece) is None or piece == "无" or END.search(before[-2:]):
        return False
    last = re.split("[、，,；;\v ]", before)[-1]
    whole = unit_names.looks_like_unit(last) and not (GOVERNS.fullmatch(piece) and last[-1:] in "县市区乡镇道")
    short = len(piece) == 1 or 1 < len(last) <= LONGEST_STEM
    return (
        not whole
        and short
        and len(last) > 1
        and "\u4e00" <= last[-1] <= "\u9fff"
        and kind_of(before) is not Piece.DEADLINE
    )


def is_named(piece: str) -> bool:
    """Whether a piece names units."""
    return kind_of(piece) in NAMED


def lay_out(
    pieces: Sequence[str], headings: Sequence[Heading], *, in_one_row: bool = False
) -> tuple[list[FlatRow], float]:
    """Lay pieces out in rows below these headings at the least cost; the cost tells how well they fit."""
    fields = [heading.field for heading in headings]
    width = len(fields)
    main = main_column(headings)
    empty = [
        EMPTY.get(field or Field.OTHER, FEW) if field is not Field.CONTENT or column == main else FEW
        for column, field in enumerate(fields)
    ]
    skipped = [sum(empty[:column]) for column in range(width + 1)]
    best = [inf] * width + [0.0]
    steps: list[list[tuple[int, bool]]] = []
    for piece in pieces:
        kind = kind_of(piece)
        ended, last = (inf, width) if in_one_row and steps else _end_row(best, skipped)
        now: list[float] = []
        step: list[tuple[int, bool]] = []
        for column, field in enumerate(fields):
            choices = [(ended + skipped[column], last, True)]
            if field is not Field.NUMBER:
                shared = field is Field.LEAD and any(other in UNITS for other in fields[column + 1 :])
                again = AGAIN.get(kind, AMISS) + (SECOND_LEAD if shared else 0)
                choices.append((best[column] + again, column, False))
            for left in range(column):
                choices.append((best[left] + skipped[column] - skipped[left + 1], left, False))
            cost, source, begins = min(choices)
            now.append(cost + (_cost(field, kind) if piece else empty[column]))
            step.append((source, begins))
        heads = SECTION.match(piece) is not None and kind in (Piece.WORDS, Piece.SENTENCE)
        now.append(ended + (HEADS if heads else OUTSIDE))
        step.append((last, True))
        steps.append(step)
        best = now
    cost, state = _end_row(best, skipped)
    places: list[tuple[int, bool]] = []
    for step in reversed(steps):
        source, begins = step[state]
        places.append((state, begins))
        state = source
    return _rows(pieces, places[::-1], fields), cost


def fits(cells: Sequence[str], headings: Sequence[Heading]) -> bool:
    """Whether cells may stand below these headings as they are: none is of a kind that belongs elsewhere."""
    pairs = zip(cells, headings, strict=False)
    return all(_cost(heading.field, kind_of(cell)) <= MISFIT for cell, heading in pairs if cell)


def _end_row(best: Sequence[float], skipped: Sequence[float]) -> tuple[float, int]:
    """What it costs to end the row here, and the state that does it cheapest."""
    width = len(best) - 1
    ends = [best[column] + skipped[width] - skipped[column + 1] for column in range(width)]
    return min((cost, state) for state, cost in enumerate([*ends, best[width]]))


def _rows(pieces: Sequence[str], places: Sequence[tuple[int, bool]], fields: Sequence[Field | None]) -> list[FlatRow]:
    width = len(fields)
    parted = Field.LEAD in fields and sum(field in UNITS for field in fields) > 1
    rows: list[tuple[int, list[str]]] = []
    named: list[int] = []
    for index, (piece, (column, begins)) in enumerate(zip(pieces, places, strict=True)):
        if column == width:
            rows.append((index, []))
            named.append(0)
            continue
        if begins:
            rows.append((index, [""] * width))
            named.append(0)
        cells = rows[-1][1]
        listed = bool(cells[column]) and {kind_of(pieces[index - 1]), kind_of(piece)} <= NAMED
        cells[column] += ("、" if listed else BREAK if cells[column] else "") + piece
        if fields[column] in UNITS and not (named[-1] and pieces[index - 1].endswith(("、", "，"))):
            named[-1] += 1
    return [
        FlatRow(first, tuple(cells), parted and count > 2) for (first, cells), count in zip(rows, named, strict=True)
    ]


def _cost(field: Field | None, kind: Piece) -> float:
    costs = COSTS[Field.DUTY] if field in UNITS else COSTS[field or Field.OTHER]
    return costs.get(kind, AMISS)
