"""The cells of the consolidated workbook as XML, and how high a row must be to show its words.

openpyxl cannot give a formula the value it comes to, and a workbook must show its totals also where nothing
recalculates: in a preview, on a telephone, to another program. Whatever a unit or the plan wrote goes in as
text.
"""

from __future__ import annotations

from datetime import date, datetime
from xml.sax.saxutils import escape

from reporting.documents.consolidated.records import CellValue, Formula, Toned
from reporting.files.xlsx.xml import text_xml

_EPOCH = date(1899, 12, 30)


def cell_xml(ref: str, style: int, value: CellValue, formula: str) -> str:
    """A cell of its own type; a formula together with the value it comes to."""
    if isinstance(value, Toned):
        value = value.text
    if isinstance(value, Formula):
        value = value.value
    if formula and isinstance(value, str):
        return f'<c r="{ref}" s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    if value is None or isinstance(value, str):
        return text_xml(ref, style, value or "")
    if isinstance(value, datetime):
        value = value.date()
    number = (value - _EPOCH).days if isinstance(value, date) else value
    written = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c r="{ref}" s="{style}">{written}<v>{number!r}</v></c>'
