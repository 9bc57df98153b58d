"""How the cells of the return workbook look and what is offered at them, column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reporting.files.xlsx.choices import Offer, add_offer
from reporting.files.xlsx.looks import DAY_FORMAT, TEXT_FORMAT, Style, highlight
from reporting.office.form import Form, FormField
from reporting.office.looks import ALARM_INK, GIVEN_HEADING, LINK_INK, OWN_INK, PAST_INK, QUIET_FILL, Looks
from reporting.returns.live import LivePart, LiveRow
from reporting.returns.workbook.layout import Extra, header_cells
from reporting.returns.workbook.live import live_checks, tells

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CENTRED = {"number", "role", "status", "progress", "self_score", "deadline"}
_CENTRED |= {"target", "goal", "measure", "value"}
# "@" makes Excel keep a leading zero or a 1/2 as typed. Figures stay General: "12件" is still accepted,
# 80% typed keeps its sign, and 0.## would show 80 as "80."
_FORMATS = {"date": DAY_FORMAT, "text": TEXT_FORMAT}


def sheet_styles(looks: Looks) -> Mapping[str, Style]:
    """The styles of what stands outside the two tables, by name."""
    body, note = looks.body, replace(looks.body, edge="")
    centre = replace(body, across="center")
    return {
        "title": looks.title,
        "section": looks.section,
        "label": looks.label,
        "prose": body,
        "strong": replace(body, bold=True, ink=ALARM_INK),
        "tasks.title": looks.title,
        "tasks.summary": replace(note, font=looks.look.heading_font, ink=ALARM_INK),
        "targets.title": looks.title,
        "targets.summary": replace(note, font=looks.look.heading_font),
        "problems.title": looks.title,
        "problems.note": note,
        "problems.centre": centre,
        "problems.text": body,
        "problems.link": replace(body, ink=LINK_INK),
        "problems.heading": replace(looks.heading, fill=ALARM_INK),
    }


def header_styles(form: Form, looks: Looks) -> Mapping[str, Style]:
    """The styles of the block above the table, by key and mark."""
    styles = {}
    for key in header_cells(form):
        field = form.header_fields[key]
        # text keeps a telephone number's leading zero
        kind = DAY_FORMAT if field.type == "date" else TEXT_FORMAT if field.filled else "General"
        plain = replace(looks.open if field.filled else looks.given, number_format=kind)
        styles[f"header.{key}:plain"] = plain
        styles[f"header.{key}:error"] = replace(plain, fill=form.look.error_fill)
        styles[f"header.{key}.label"] = looks.label
    return styles


def table_styles(
    part: LivePart, fields: Sequence[FormField], extras: Sequence[Extra], looks: Looks
) -> Mapping[str, Style]:
    """The styles of a table: of its headings by column, of its cells by key and mark."""
    styles = {}
    for column, field in enumerate(fields, 1):
        heading = looks.heading if field.filled else replace(looks.heading, fill=GIVEN_HEADING)
        styles[f"{part}.heading.{column}"] = heading
        plain = replace(
            looks.open if field.filled else looks.given,
            across="center" if field.key in _CENTRED or field.type == "date" else "left",
            # a text that is longer than its row is cut at the end, not at both ends
            down="top" if field.filled and field.type == "text" else "center",
            number_format=_FORMATS.get(field.type, "General") if field.filled else "General",
        )
        marks = {"plain": plain.fill, **looks.marks}
        styles |= {f"{part}.{field.key}:{mark}": replace(plain, fill=fill) for mark, fill in marks.items()}
    top = replace(looks.body, down="top")
    own = {
        "check": (OWN_INK, replace(looks.body, ink=OWN_INK, fill=QUIET_FILL)),
        "opinion": (ALARM_INK, replace(top, ink=ALARM_INK)),
        "answer": (looks.look.heading_fill, replace(looks.open, down="top", number_format=TEXT_FORMAT)),
        "past": (PAST_INK, replace(top, ink=PAST_INK, fill=QUIET_FILL)),
    }
    for column, extra in enumerate(extras, len(fields) + 1):
        fill, styles[f"{part}.{extra.style}"] = own[extra.style]
        styles[f"{part}.heading.{column}"] = replace(looks.heading, fill=fill)
    return styles


def add_drop_downs(sheet: "Worksheet", row: LiveRow, cells_of: Mapping[str, str]) -> None:
    """Lists, hints and bounds at the cells to fill in; ``cells_of`` by field key."""
    for field in row.fields:
        words, bounds = "", None
        if field.type == "status":
            words = "status_list"
        elif field.choices:
            words = row.list_name(field)
        elif field.type in ("percent", "number") and field.min is not None and field.max is not None:
            bounds = str(field.min), str(field.max)
        add_offer(sheet, Offer(field.heading, field.hint, words, bounds), [cells_of[field.key]])


def guard_cells(sheet: "Worksheet", areas: Iterable[str]) -> None:
    """Refuse typing into cells that come from the plan; sorting and pasting go past this and are checked."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="custom", formula1="FALSE", allow_blank=True)
    rule.errorStyle, rule.showErrorMessage = "stop", True
    rule.errorTitle, rule.error = (
        "方案内容",
        "这一格来自方案或由公式算出，请勿改动。请按“取消”，在白色、黄色格内填写。",
    )
    for cells in areas:
        rule.add(cells)
    sheet.add_data_validation(rule)


def mark_open_cells(sheet: "Worksheet", row: LiveRow, cells_of: Mapping[str, str], said: str) -> None:
    """Colour what is still missing or wrong as 填报检查 says it; ``cells_of`` by field key.

    ``said`` is what is said of the row; without it the conditions themselves tell.
    """
    look = row.form.look
    for check in live_checks(row):
        fill = look.missing_fill if check.missing else look.error_fill
        condition = tells(check.words, said) if said else check.condition
        highlight(sheet, cells_of[check.key], condition, fill=fill)
