"""How the cells of the consolidated workbook look, by what they are."""

from dataclasses import replace
from datetime import date

from openpyxl import Workbook

from reporting.documents.consolidated.records import CellValue, ColumnKind, Formula, ListColumn, Tone, Toned
from reporting.files.xlsx.looks import DAY_FORMAT, FORMULA_SIGNS, Style, Styles
from reporting.office.form import Look
from reporting.office.looks import GOOD_FILL, LINK_INK, OWN_INK, Looks

_FORMATS: dict[ColumnKind, str] = {
    ColumnKind.COUNT: "#,##0",
    ColumnKind.TALLY: '#,##0;-#,##0;"—"',
    ColumnKind.SHARE: "0.0%",
    ColumnKind.DATE: DAY_FORMAT,
    ColumnKind.HEADLINE: "#,##0",
    ColumnKind.HEADLINE_SHARE: "0.0%",
}


class Dress:
    """The style numbers of the workbook, by what a cell is.

    A part is ``title``, ``note``, ``section``, ``heading``, ``body``, ``empty`` or ``total``; ``heading to
    fill`` and ``body to fill`` are those of columns for the office to edit, ``going on`` a row below its own.
    """

    def __init__(self, workbook: Workbook, look: Look) -> None:
        self.looks = Looks(look, smaller=1)
        self.styles = Styles(workbook, look.body_size)
        self._numbers: dict[tuple[object, ...], int] = {}

    def line(self, part: str) -> int:
        """The style number of a title, note, section, heading or of the words for an empty table."""
        return self.styles.number(self._line(part))

    def _line(self, part: str) -> Style:
        looks = self.looks
        return {
            "title": looks.title,
            "note": looks.aside,
            "section": replace(looks.section, down="bottom"),
            "heading": looks.heading,
            "heading to fill": replace(looks.heading, fill=OWN_INK),
            "empty": replace(looks.body, across="center"),
        }[part]

    def cell(self, part: str, column: ListColumn, value: CellValue, smaller: float) -> int:
        """The style number of a value in a column, set ``smaller`` points smaller than others."""
        text = value.text if isinstance(value, Toned) else value.value if isinstance(value, Formula) else value
        if part == "going on":  # nothing is filled in there, only in the row above
            part = "body"
        elif column.hint and part == "body":
            part = "body to fill"
        tone, linked = (value.tone, bool(value.sheet)) if isinstance(value, Toned) else ("", False)
        quoted = isinstance(text, str) and text.startswith(FORMULA_SIGNS)
        shown = "General" if isinstance(text, str) or text is None else _number_format(column.kind, text)
        indented = column.kind is ColumnKind.TEXT and column.span > 1
        key = (part, column.kind, tone, linked, quoted, smaller, shown, indented)
        number = self._numbers.get(key)
        if number is None:
            style = replace(
                self._cell(part, column.kind, tone, smaller), quoted=quoted, number_format=shown, indent=int(indented)
            )
            if linked:
                style = replace(style, underlined=True, ink=LINK_INK)
            number = self._numbers[key] = self.styles.number(style)
        return number

    def _cell(self, part: str, kind: ColumnKind, tone: Tone, smaller: float) -> Style:
        looks, look = self.looks, self.looks.look
        if part == "total":
            return replace(looks.label, heavy_top=look.heading_fill)
        if kind is ColumnKind.CAPTION:
            return looks.label
        fills = {"good": GOOD_FILL, "bad": look.error_fill, "open": look.missing_fill, "": ""}
        fill = look.missing_fill if part == "body to fill" else fills[tone]
        if kind in (ColumnKind.HEADLINE, ColumnKind.HEADLINE_SHARE):
            large = replace(looks.label, size=20, ink=look.heading_fill)
            return replace(large, fill=fill)
        across = "left" if kind is ColumnKind.TEXT else "center"
        return replace(looks.body, size=looks.size - smaller, fill=fill, across=across)


def _number_format(kind: ColumnKind, value: float | date) -> str:
    if isinstance(value, date):
        return DAY_FORMAT
    if kind in (ColumnKind.FIGURE, ColumnKind.PROGRESS):
        shown = value if kind is ColumnKind.FIGURE else round(value * 100, 4)
        decimals = len(f"{shown:.4f}".rstrip("0").partition(".")[2])
        places = f".{'0' * decimals}" if decimals else ""
        return f"#,##0{places}" if kind is ColumnKind.FIGURE else f"0{places}%"
    return _FORMATS.get(kind, "General")
