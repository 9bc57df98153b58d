"""What stands beside the answers of one return, looked up where an answer is missed.

Used by the rules: who is told that a cell is empty is told where the words stand.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from reporting.files.sheets.looks import COMMENT, STRUCK, TEXT_BOX
from reporting.language.characters import one_line
from reporting.model import OtherContent, Place, Row, split_address

_NOT_BESIDE = frozenset((COMMENT, STRUCK))
_NUMBERED = re.compile(r"\s{0,8}(?:任务)?\s{0,3}(\d{1,4}(?:[-—.]\d{1,3})?)\s{0,3}[、.．:：)）](?=\s{0,8}[^\d\s])")
"""26、开展培训两期: how a line begins that tells of a task by its number."""
_MOST_LINES = 500
_LONGEST = 30
"""So many characters are told of a text that stands elsewhere."""


class BesideAnswers:
    """The pieces of one return by the sheet and the row in which they stand, and the accounts of its tasks."""

    def __init__(self, pieces: Iterable[OtherContent] = (), rows: Sequence[Row] = ()) -> None:
        """Take the pieces, each cell by itself, and the rows of 任务填报."""
        self._pieces = tuple(pieces)
        self._rows = rows

    @cached_property
    def _by_row(self) -> dict[tuple[str, int], list[tuple[int, OtherContent]]]:
        found: dict[tuple[str, int], list[tuple[int, OtherContent]]] = {}
        for each in self._pieces:
            if each.cell and not each.file:
                row, column = split_address(each.cell.partition(":")[0])
                found.setdefault((each.sheet, row), []).append((column, each))
        return found

    def struck_at(self, place: Place) -> str:
        """What was struck out in a cell."""
        return next(
            (each.text for column, each in self._at(place) if each.what == STRUCK and column == place.column), ""
        )

    def points_at(self, place: Place, *, in_words: bool) -> str:
        """Where words stand that may be the answer missed in a cell, as a clause; empty where there are none.

        A comment of the cell or a text box over it; for an answer ``in_words`` also a cell beside the table.
        """
        here = [each for column, each in self._at(place) if column == place.column and each.what != STRUCK]
        beside = [each for column, each in self._at(place) if column != place.column and each.what not in _NOT_BESIDE]
        for each in (*here, *(beside if in_words else ())):
            kind = {COMMENT: "的批注", TEXT_BOX: "的文本框"}.get(each.what, "")
            return f"{each.cell} {kind}里写有“{_short(each.text)}”"
        return ""

    def points_at_number(self, number: str) -> str:
        """Where a line begins with the number of a task whose own row says nothing: 26、… in J7."""
        for cell, line in self._numbered.get(number, ()):
            return f"{cell} 里写有“{_short(line)}”"
        return ""

    @cached_property
    def _numbered(self) -> dict[str, list[tuple[str, str]]]:
        """By number the lines that begin with it, each with its cell, outside of the row of that number."""
        texts = [
            (row.number, row.cells["result"].place.cell, row.raw("result")) for row in self._rows if row.raw("result")
        ]
        texts += [("", each.cell or each.where, each.text) for each in self._pieces]
        found: dict[str, list[tuple[str, str]]] = {}
        for own, cell, text in texts:
            for line in text.split("\n")[:_MOST_LINES]:
                match = _NUMBERED.match(line)
                if match and match[1] != own:
                    found.setdefault(match[1], []).append((cell, line))
        return found

    def _at(self, place: Place) -> list[tuple[int, OtherContent]]:
        return self._by_row.get((place.part, place.row), [])


def _short(text: str) -> str:
    line = one_line(text)
    return f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line


NOTHING_BESIDE = BesideAnswers()
