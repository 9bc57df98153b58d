"""How plan.xlsx looks, and the finished bytes."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reporting.files.package import repack
from reporting.files.xlsx.book import Properties, describe, put_part, save_parts
from reporting.files.xlsx.heights import row_height
from reporting.files.xlsx.looks import DAY_FORMAT, FORMULA_SIGNS, Style, Styles, solid
from reporting.files.xlsx.xml import put_text
from reporting.model.findings import Severity
from reporting.office.form import Look
from reporting.office.looks import Looks
from reporting.plan.book.cells import as_written
from reporting.plan.book.sheets import Column

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MADE_ON = date(2000, 1, 1)
"""No day at all, since the same plan is to give the same bytes."""
_QUIET = '<ignoredErrors><ignoredError sqref="A1:Z9999" numberStoredAsText="1"/></ignoredErrors>'
"""Numbers kept as text are meant so; without it they show green corners."""


INDENT = 2.0
"""The width that the indent of a text takes, in digits."""


class Paint:
    """Puts values into cells and dresses them."""

    def __init__(self, book: Workbook, look: Look) -> None:
        self.looks = Looks(look)
        self._styles = Styles(book, look.body_size)

    def body(self, cell: Any, column: Column, value: object, where: str) -> None:
        """A cell the coordinator may change: text stays text, whatever it looks like; numbers are numbers."""
        written = as_written(value, where)
        style = self._style(column)
        if isinstance(written, str):
            put_text(cell, written)
            style = replace(style, quoted=written.startswith(FORMULA_SIGNS))
        else:
            cell.value = written
            if isinstance(written, date):
                style = replace(style, number_format=DAY_FORMAT)
        self._styles.dress(cell, style)

    def row(self, sheet: Worksheet, row: int, pairs: Iterable[tuple[Column, object]]) -> None:
        """A row of a table, as high as its texts need."""
        texts = []
        for index, (column, value) in enumerate(pairs, 1):
            where = f"工作表“{sheet.title}”第{row}行的“{column.heading}”"
            self.body(sheet.cell(row, index), column, value, where)
            texts += [(value, column.width - INDENT)] if isinstance(value, str) else []
        sheet.row_dimensions[row].height = row_height(texts, self.looks.size, 22)

    def added(self, dimension: Any, column: Column) -> None:
        """A column as rows below the last one take it over."""
        self._styles.dress(dimension, replace(self._style(column), edge=""))

    def label(self, cell: Any, text: str) -> None:
        """The name of a line on 说明."""
        put_text(cell, text)
        self._styles.dress(cell, self.looks.label)

    def heading(self, cell: Any, text: str) -> None:
        """A cell of the dark row on top of a table."""
        put_text(cell, text)
        self._styles.dress(cell, self.looks.heading)

    def mark(self, cell: Any, severity: Severity) -> None:
        """A cell to look at."""
        cell._style = copy(cell._style)  # its own from here on: others of its style stay as they are
        cell.fill = solid(self.looks.marks[severity])

    def _style(self, column: Column) -> Style:
        across = "center" if column.centred else "left"
        indent = 0 if column.centred else 1
        kind = column.cell_format or "General"
        return replace(self.looks.body, across=across, indent=indent, number_format=kind)


def finish_book(book: Workbook, title: str) -> bytes:
    """The bytes of the file, with what openpyxl cannot write."""
    parts = save_parts(book)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            # a first height that grows when the coordinator types more, not one that is fixed
            sheet = put_part(content.decode(), "ignoredErrors", _QUIET)
            parts[name] = sheet.replace(' customHeight="1"', "").encode()
    return repack(parts | describe(parts, Properties(title, "duban", _MADE_ON)))
