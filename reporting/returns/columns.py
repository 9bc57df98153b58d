"""The rows of one sheet of all returns of a run as columns, typed once and looked at all together.

Made after the returns were joined and evened out. The position of a row is its index in every column, and
leads back to its cell. A text is judged once however many rows hold it, and a row of which a rule has nothing
to say is not visited at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import and_
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from reporting.language.characters import even_width, is_hollow
from reporting.language.values import is_failed
from reporting.model import Row, Unread
from reporting.office.form import Form, FormField
from reporting.returns.live import LivePart

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

Mask: TypeAlias = "npt.NDArray[np.bool_]"
Numbers: TypeAlias = "npt.NDArray[np.float64]"
Texts: TypeAlias = "npt.NDArray[np.object_]"
Series: TypeAlias = "pd.Series[Any]"
Holding: TypeAlias = "pd.Series[bool]"
"""Of each cell of a series, whether something holds."""
Facet = Literal["unread", "weight", "number", "day", "text", "said"]
"""What of a column is looked at; each is of one type whatever was typed:

``unread``    whether something was typed that cannot be understood
``weight``    how sure a cell was understood: ``Meaning.weight``
``number``    the figure, NaN where there is none
``day``       the day as the number that Python gives it, NaN where there is none
``text``      what was typed, "" where a formula failed
``said``      what the unit wrote in its own words and that says something, else ""
"""
_BLANKS: Mapping[Facet, bool | None] = {"unread": False, "number": None, "day": None}
DTYPES: Mapping[Facet, str] = {"unread": "bool", "number": "float64", "day": "float64"}
_Answer = TypeVar("_Answer")


def once(judge: Callable[[str], _Answer], texts: Iterable[str]) -> list[_Answer]:
    """What is judged of each text, each distinct one being judged once."""
    known: dict[str, _Answer] = {}
    for text in (listed := list(texts)):
        if text not in known:
            known[text] = judge(text)
    return [known[text] for text in listed]


def positions(mask: Mask) -> list[int]:
    """Where a mask is true."""
    return [int(each) for each in mask.nonzero()[0]]


def each_text(texts: Series, holds: Callable[[str], bool]) -> Holding:
    """Whether something holds of each text of a column; of a blank everything does."""
    import pandas as pd

    holding = once(lambda text: not text or bool(holds(text)), texts)
    return pd.Series(holding, index=texts.index, dtype=bool)


def has_percent_sign(raw: str) -> bool:
    """Whether a figure says itself that it is a percentage: 0.8%, 百分之零点八."""
    return "%" in even_width(raw) or "百分之" in raw


def is_own_words(text: str) -> bool:
    """Whether a text says something that a unit wrote: not 无 or a dash, and no formula that failed."""
    return bool(text) and not is_hollow(text) and not is_failed(text)


def is_nothing(raw: str, field: FormField) -> bool:
    """Whether what was typed says nothing: a blank, or in a text a word such as 无 or a dash."""
    return is_hollow(raw) if field.type == "text" else not raw


def has_words(raw: str) -> bool:
    """Whether more was typed than the digits of one figure."""
    return any(not sign.isdigit() and sign not in ".,-" for sign in raw)


class CellColumns:
    """The rows of one sheet of all returns of a run, or the blocks above their tables."""

    of_value: Sequence[Facet] = ("unread",)
    """What there is to look at in 完成值, a number of whatever size."""

    def __init__(self, part: LivePart, form: Form, rows: Sequence[Row], owners: Sequence[int]) -> None:
        """Take the rows, each with the position of its return; columns are made when they are looked at."""
        self.part = part
        self.form = form
        self.rows = rows
        self.owners = owners
        fields: Sequence[FormField] = getattr(form, part)
        self.fields = {field.key: field for field in fields if field.filled}
        """The columns that a unit fills in, by key."""
        self._made: dict[tuple[str, str], Texts] = {}

    def facets(self, key: str) -> Sequence[Facet]:
        """What there is to look at in a column."""
        field, header = self.fields[key], self.part == "header"
        if self.part == "target" and key == "value":
            return (*self.of_value, "weight")
        if field.is_figure:
            return ("unread", "weight", "number")
        if field.type == "date":
            return ("unread", "weight", "day")
        if field.type == "status":
            return ("unread", "weight")
        return ("text", "weight") if field.choices or header else ("text", "said", "weight")

    def look(self, key: str, facet: Facet) -> Any:
        """A column under one facet; blank throughout where there is nothing to look at."""
        import numpy as np

        if (key, facet) not in self._made:
            there = key in self.fields and facet in self.facets(key)
            blank = _BLANKS.get(facet, "")
            made: Iterable[object] = self._facet(key, facet) if there else [blank] * len(self.rows)
            self._made[key, facet] = np.array(list(made), dtype=DTYPES.get(facet, "object"))
        return self._made[key, facet]

    def _facet(self, key: str, facet: Facet) -> Iterable[object]:
        raws = self.raw(key)
        if facet == "text":
            return ("" if failed else raw for raw, failed in zip(raws, once(is_failed, raws), strict=True))
        if facet == "said":
            return (raw if own else "" for raw, own in zip(raws, once(is_own_words, raws), strict=True))
        if facet == "weight":
            cells = (row.cells.get(key) for row in self.rows)
            return (cell.weight if cell else "" for cell in cells)
        values = [row.value(key) for row in self.rows]
        if facet == "unread":
            return (value is Unread.UNREADABLE for value in values)
        if facet == "day":
            return (value.toordinal() if isinstance(value, date) else None for value in values)
        return (value if _is_number(value) else None for value in values)

    def raw(self, key: str) -> list[str]:
        """A column as typed."""
        return [row.raw(key) for row in self.rows]

    def number(self, key: str) -> Numbers:
        """The figures of a column, NaN where there is none."""
        numbers: Numbers = self.look(key, "number")
        return numbers

    def day(self, key: str) -> Numbers:
        """The days of a column as numbers, NaN where there is none."""
        days: Numbers = self.look(key, "day")
        return days

    def says(self, key: str, what: Callable[[str], object] = bool) -> Mask:
        """The rows whose unit wrote something of its own in a column, and of which this is true."""
        return self.where(once(lambda text: text and what(text), self.look(key, "said")))

    def typed(self, key: str, what: Callable[[str], object]) -> Mask:
        """The rows in which something was typed in a column of which this is true."""
        return self.where(once(lambda text: text and what(text), self.raw(key)))

    def nothing(self, key: str) -> Mask:
        """The rows in which a cell that is there says nothing: blank, or a text such as 无 or a dash."""
        field = self.fields[key]
        silent = once(lambda raw: is_nothing(raw, field), self.raw(key))
        there = (key in row.cells for row in self.rows)
        return self.where(map(and_, silent, there))

    def where(self, holds: Iterable[object]) -> Mask:
        """The rows of which something is true, told row by row."""
        import numpy as np

        return np.array([bool(each) for each in holds], dtype=bool)

    def any_of(self, masks: Iterable[Mask]) -> Mask:
        """The rows of which one of these is true."""
        import numpy as np

        found = np.zeros(len(self.rows), dtype=bool)
        for mask in masks:
            found |= mask
        return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
