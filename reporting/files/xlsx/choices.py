"""What is offered and said at cells that are filled in: lists to choose from, hints, bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting.files.characters import writable
from reporting.files.xlsx.looks import Style, Styles
from reporting.files.xlsx.xml import escaped, put_text
from reporting.model import column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook

LISTS = "字典"
"""The sheet of the lists that columns choose from: a list in the rule itself over 255 characters corrupts."""
_TITLE, _PROMPT, _ERROR = 30, 250, 220
"""The most characters of a heading and of texts in the small windows of Excel."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is told where a cell is filled in, and what may stand there: ``words`` names a list."""

    heading: str
    hint: str = ""
    words: str = ""
    bounds: tuple[str, str] | None = None


def add_offer(sheet: Any, offer: Offer, areas: Iterable[str]) -> None:
    """Tell and offer it at these cells; it warns rather than blocks, so that pasting works."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(allow_blank=True)
    if offer.words:
        rule = DataValidation(type="list", formula1=offer.words, allow_blank=True)
    elif offer.bounds:
        low, high = offer.bounds
        rule = DataValidation(type="decimal", operator="between", formula1=low, formula2=high, allow_blank=True)
    title = _told(offer.heading, _TITLE)
    if rule.type:
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.errorTitle, rule.error = title, _told(f"{offer.heading}：{offer.hint}", _ERROR)
    if offer.hint:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, title, _told(offer.hint, _PROMPT)
    if rule.type or offer.hint:
        for cells in areas:
            rule.add(cells)
        sheet.add_data_validation(rule)


def _told(text: str, most: int) -> str:
    return escaped(writable(text)[:most])


def add_lists(
    book: Workbook, styles: Styles, lists: Mapping[str, tuple[str, Sequence[str]]], looks: tuple[Style, Style]
) -> None:
    """The sheet of the lists, a column each under the name of its range, with a heading and its words.

    Hidden, so that it is neither in the way nor printed; ``looks`` are those of the headings and the words.
    """
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.create_sheet(LISTS)
    for column, (name, (heading, words)) in enumerate(lists.items(), 1):
        letter = column_letters(column)
        for row, word in enumerate((heading, *words), 1):
            cell = sheet.cell(row, column)
            put_text(cell, word)
            styles.dress(cell, looks[row > 1])
        sheet.column_dimensions[letter].width = 20
        book.defined_names[name] = DefinedName(name, attr_text=f"{LISTS}!${letter}$2:${letter}${len(words) + 1}")
    sheet.protection.sheet = True
    sheet.sheet_state = "hidden"
