"""The rules as spreadsheet conditions: what 填报检查 tells a department while it fills in its workbook.

A rule gives its condition for one row of cells, and the workbook is made of these conditions alone, so that
what it calls 可报送 is what ``collect`` accepts. A condition may be stricter than its rule where a formula
cannot understand as much (约12件); it is never laxer. Functions are those of Excel 2010, which WPS and
LibreOffice share.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reporting.files.characters import writable
from reporting.office.form import Form, FormField, ProgressRule

LivePart = Literal["header", "task", "target"]

PLAIN_NUMBER = "plain_number"
"""The name of a cell with a number that has no format."""
_BLANKS = ("\u3000", "\u00a0", "\u200b", "\ufeff")
"""Blanks that TRIM and CLEAN leave: full width, of web pages, and the two without width."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One row of cells to fill in, the block above the table being one too; ``ref`` tells a field's cell.

    ``dropped`` is, for a target, the condition that the unit dropped the task it belongs to.
    """

    form: Form
    part: LivePart
    ref: Callable[[str], str]
    dropped: str = "FALSE"

    @property
    def fields(self) -> Sequence[FormField]:
        """The fields of the row that the department fills in."""
        fields: Sequence[FormField] = getattr(self.form, self.part)
        return [field for field in fields if field.filled]

    def list_name(self, field: FormField) -> str:
        """The name under which the choices of a field stand in the workbook."""
        return field.list_name if self.part == "task" else f"{self.part}_{field.list_name}"


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """A spreadsheet condition that is true when the cell of a field is wrong, and the words to show then."""

    key: str
    condition: str
    words: str
    missing: bool = False
    """Whether something is still to be filled in, rather than wrong."""


LiveRule = Callable[[LiveRow], Iterable[LiveCheck]]


def live_progress(row: LiveRow, asked: ProgressRule, wrong: str, words: str) -> Iterable[LiveCheck]:
    """That 完成进度 is ``wrong`` in a status that asks for this progress: {figure}<100 of 已完成."""
    if row.part != "task":
        return
    names = [status.name for status in row.form.status if status.progress == asked]
    cell = row.ref("progress")
    condition = wrong.format(cell=cell, figure=live_figure(row.form.task_fields["progress"], cell))
    both = f"AND({live_any(row.ref('status'), names)},{condition})"
    yield LiveCheck("progress", f"IF({live_number(cell)},{both},FALSE)", words)


def live_bare(cell: str) -> str:
    """The text of a cell without blanks, line breaks and invisible signs around it."""
    bare = cell
    for sign in _BLANKS:
        bare = f'SUBSTITUTE({bare},"{sign}","")'
    return f"TRIM(CLEAN({bare}))"


def live_blank(cell: str) -> str:
    """The condition "nothing but blanks stands in this cell"."""
    return f"LEN({live_bare(cell)})=0"


def live_nothing(field: FormField, cell: str) -> str:
    """The condition "nothing, or a word that says nothing, stands in this cell"."""
    if field.type != "text":
        return live_blank(cell)
    words = f'SUBSTITUTE({live_bare(cell)},"。","")'
    return f"OR(LEN({words})=0,SUMPRODUCT(--(hollow_list={words}))>0)"


def live_empty(cell: str) -> str:
    """The condition "hardly a letter is left of this cell without the words that fit every task"."""
    bare = live_bare(cell)
    return f'LEN({bare})-SUMPRODUCT(LEN({bare})-LEN(SUBSTITUTE({bare},empty_list,"")))<=1'


def live_number(cell: str) -> str:
    """The condition "a number stands in this cell"."""
    return f"AND(ISNUMBER({cell}),NOT(ISLOGICAL({cell})))"  # to LibreOffice TRUE is a number


def live_no_number(cell: str) -> str:
    """The condition "something stands in this cell that is no number", a date being none (3-5 typed in)."""
    return f"AND(NOT({live_blank(cell)}),OR(NOT({live_number(cell)}),{live_date(cell)}))"


def live_date(cell: str) -> str:
    """The condition "this cell shows its number as a date".

    Excel and WPS tell by D, or by G what has no format; to LibreOffice G is what it has no letter for.
    """
    shown = f'CELL("format",{cell})'
    return f'OR(LEFT({shown})="D",AND({shown}="G",CELL("format",{PLAIN_NUMBER})<>"G"))'


def live_figure(field: FormField, cell: str) -> str:
    """The number in a cell; of a percentage the one before the sign, since 80 % typed is stored as 0.8."""
    if field.type != "percent":
        return cell
    return f"({cell}*IF({live_percent(cell)},100,1))"


def live_percent(cell: str) -> str:
    """The condition "this cell shows its number as a percentage"."""
    return f'LEFT(CELL("format",{cell}))="P"'


def live_text(words: str) -> str:
    """A text as it stands in a formula; what looks like _x0041_ in two pieces, or Excel reads an A."""
    return '"' + _ESCAPE_LIKE.sub('_"&"', writable(words).replace('"', '""')) + '"'


def live_any(cell: str, words: Iterable[str]) -> str:
    """The condition "one of these words stands in this cell"."""
    choices = ",".join(f"TRIM({cell})={live_text(word)}" for word in words)
    return f"OR({choices})" if choices else "FALSE"


def live_unlisted(cell: str, words: str) -> str:
    """The condition "something stands in this cell that is not in this list".

    SUMPRODUCT compares; COUNTIF and MATCH would take a typed * for any text.
    """
    return f"AND(NOT({live_blank(cell)}),SUMPRODUCT(--({words}=TRIM({cell})))=0)"


# ---- what is understood of a cell, for conditions that are about its meaning -----------------------------


def live_meant(cell: str) -> str:
    """The status of the list that a listed word in a cell means; any other word as it stands."""
    bare = f'SUBSTITUTE(SUBSTITUTE({live_bare(cell)}," ",""),"。","")'
    return f"IFERROR(LOOKUP(2,1/(status_words={bare}),status_meant),{bare})"


def live_even(cell: str) -> str:
    """The text of a cell without blanks, its percent signs in one width."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({live_bare(cell)}," ",""),"％","%"),"﹪","%")'


def live_words(even: str, suffix: str) -> str:
    """A text without a suffix, an expression: 80% is 80, 12件 is 12."""
    return f"IF(RIGHT({even},LEN({suffix}))={suffix},LEFT({even},LEN({even})-LEN({suffix})),{even})"


def live_value(field: FormField, cell: str, words: str) -> str:
    """The number that a cell holds, typed as a number or as a text; ? where it holds something else.

    ``words`` is its text as ``live_words`` has it.
    """
    date = live_date(cell)
    typed = live_figure(field, cell)
    if field.type == "number":
        date = f"OR({date},{live_percent(cell)})"
    number = f'IF({live_number(cell)},IF({date},"?",{typed}),IF({_is_plain(words)},VALUE({words}),"?"))'
    return f'IF(ISLOGICAL({cell}),"?",IF({live_blank(cell)},"",{number}))'


def _is_plain(words: str) -> str:
    """The condition "these are digits with at most one point among them"."""
    signs = '{"0","1","2","3","4","5","6","7","8","9","."}'
    return (
        f'AND(LEN({words})>0,LEN({words})-LEN(SUBSTITUTE({words},".",""))<2,{words}<>".",'
        f'LEN({words})=SUMPRODUCT(LEN({words})-LEN(SUBSTITUTE({words},{signs},""))))'
    )


def live_day(cell: str, words: str) -> str:
    """The day that a cell holds as its number, typed as a date or as a text; ? where it holds something else."""
    even = words
    for sign in ("年", "月", ".", "/"):
        even = f'SUBSTITUTE({even},"{sign}","-")'
    even = f'SUBSTITUTE(SUBSTITUTE({even},"日",""),"号","")'
    day = f'IF(LEN({words})>7,IFERROR(DATEVALUE({even}),"?"),"?")'
    return f'IF({live_blank(cell)},"",IF({live_number(cell)},{cell},{day}))'
