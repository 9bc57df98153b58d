"""The two tables a department fills in, laid out with openpyxl before anybody's content is in them.

Each is laid out for one row that ends at a stand-in row, with its drop-downs, colours, protection and print
set-up; ``workbooks`` stamps the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.model import column_letters
from reporting.office.form import Form
from reporting.returns.workbook.layout import (
    HEADING_ROW_TARGETS,
    LAST_TARGET,
    LAST_TASK,
    TARGETS,
    TASKS,
    Variant,
    check_column,
    extra_columns,
    header_cells,
    heading_row,
    target_columns,
    task_columns,
)
from reporting.returns.workbook.live import READY, READY_BOOK, header_row, target_row, task_row
from reporting.returns.workbook.looks import (
    PAST_INK,
    Styles,
    add_drop_downs,
    guard_cells,
    highlight,
    lay_out_heading,
    lay_out_headings,
    mark_open_cells,
    protect,
    set_up_page,
    style_columns,
    style_of,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FOOTER = "填报单位（盖章）：　　　　　　　　审核人（签字）："
_EXTRA_FILLS = {"check": "7F6000", "opinion": "C00000", "past": PAST_INK}


def lay_out_tasks(
    sheet: Worksheet, form: Form, dress: Styles, styles: dict[str, int], variant: Variant
) -> None:
    """任务填报: the block above the table, and the table."""
    head, first, columns = heading_row(form), heading_row(form) + 1, task_columns(form)
    end = column_letters(len(form.task))
    # the prototypes come first: their rows are replaced by the stamped ones
    styles |= {f"task.{key}": n for key, n in style_columns(sheet, form.task, first, dress).items()}
    _lay_out_title(sheet, end, "tasks", dress, styles, summary_ink="C00000")
    _lay_out_block(sheet, form, dress, styles)
    lay_out_headings(sheet, form.task, head, dress)
    _lay_out_extras(sheet, TASKS, form, dress, styles, variant)
    add_drop_downs(
        sheet, "task", form, ((f, f"{columns[f.key]}{first}:{columns[f.key]}{LAST_TASK}") for f in form.task)
    )
    places = {key: f"{value}{row}" for key, (row, _, value) in header_cells(form).items()}
    add_drop_downs(sheet, "header", form, ((field, places[field.key]) for field in form.header))
    guarded = [columns[field.key] for field in form.task if not field.filled] + [check_column(form)]
    guard_cells(sheet, (f"{letter}{first}:{letter}{LAST_TASK}" for letter in guarded))
    mark_open_cells(
        sheet, task_row(form, str(first)), {k: f"{c}{first}:{c}{LAST_TASK}" for k, c in columns.items()}
    )
    mark_open_cells(sheet, header_row(form), places)
    _mark_ready(sheet, check_column(form), first)
    after_content = column_letters(list(columns).index("content") + 2)
    sheet.freeze_panes = f"{after_content}{first}"
    last = column_letters(len(form.task) + len(extra_columns(form, TASKS, variant)))
    sheet.auto_filter.ref = f"A{head}:{last}{LAST_TASK}"
    _set_up_print(sheet, head, f"A1:{end}{LAST_TASK}", variant)


def lay_out_targets(
    sheet: Worksheet, form: Form, dress: Styles, styles: dict[str, int], variant: Variant
) -> None:
    """量化指标: a title, a line that says what is still missing, and the table."""
    head, first, columns = HEADING_ROW_TARGETS, HEADING_ROW_TARGETS + 1, target_columns(form)
    end = column_letters(len(form.target))
    styles |= {f"target.{key}": n for key, n in style_columns(sheet, form.target, first, dress).items()}
    _lay_out_title(sheet, end, "targets", dress, styles, summary_ink="000000")
    lay_out_headings(sheet, form.target, head, dress)
    _lay_out_extras(sheet, TARGETS, form, dress, styles, variant)
    cells = {key: f"{letter}{first}:{letter}{LAST_TARGET}" for key, letter in columns.items()}
    add_drop_downs(sheet, "target", form, ((field, cells[field.key]) for field in form.target))
    guard_cells(sheet, (cells[field.key] for field in form.target if not field.filled))
    mark_open_cells(sheet, target_row(form, str(first)), cells)
    sheet.freeze_panes = f"{columns['name']}{first}"
    last = column_letters(len(form.target) + len(extra_columns(form, TARGETS, variant)))
    sheet.auto_filter.ref = f"A{head}:{last}{LAST_TARGET}"
    _set_up_print(sheet, head, f"A1:{end}{LAST_TARGET}", variant)


def _lay_out_title(
    sheet: Worksheet, end: str, name: str, dress: Styles, styles: dict[str, int], *, summary_ink: str
) -> None:
    look = dress.look
    dress.apply(
        sheet["A1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["A2"], boxed=False, font=look.heading_font, ink=summary_ink)
    styles[f"{name}.title"], styles[f"{name}.summary"] = style_of(sheet["A1"]), style_of(sheet["A2"])
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")


def _lay_out_block(sheet: Worksheet, form: Form, dress: Styles, styles: dict[str, int]) -> None:
    look = form.look
    for key, (row, label, value) in header_cells(form).items():
        field = form.header_fields[key]
        dress.apply(sheet[f"{label}{row}"], fill=look.locked_fill, font=look.heading_font, across="center")
        # text keeps a telephone number's leading zero
        kind = "yyyy-mm-dd" if field.type == "date" else "@" if field.filled else "General"
        plain = look.to_fill if field.filled else look.locked_fill
        # a cell each: openpyxl shares a cell's style array with its list of styles
        for mark, fill, letter in (("plain", plain, value), ("error", look.error_fill, "Z")):
            prototype = sheet[f"{letter}{row + 50}"]
            dress.apply(prototype, fill=fill, locked=not field.filled, number_format=kind)
            styles[f"header.{key}:{mark}"] = style_of(prototype)
        styles[f"header.{key}.label"] = style_of(sheet[f"{label}{row}"])
        if value == "H":
            sheet.merge_cells(f"H{row}:I{row}")


def _lay_out_extras(
    sheet: Worksheet, name: str, form: Form, dress: Styles, styles: dict[str, int], variant: Variant
) -> None:
    """The columns of ours to the right of the form's: their headings, and how their cells look."""
    part, fields, head = ("task", form.task, heading_row(form))
    if name == TARGETS:
        part, fields, head = ("target", form.target, HEADING_ROW_TARGETS)
    for offset, extra in enumerate(extra_columns(form, name, variant), len(fields) + 1):
        fill = _EXTRA_FILLS.get(extra.style, form.look.heading_fill)  # an answer is for the unit to fill in
        lay_out_heading(sheet.cell(head, offset), extra.heading, fill, dress)
        cell = sheet.cell(head + 1, offset)
        if extra.style == "check":
            dress.apply(cell, ink="7F6000", fill="F7F7F7")
        elif extra.style == "answer":
            dress.apply(cell, fill=form.look.to_fill, down="top", locked=False, number_format="@")
        elif extra.style == "past":
            dress.apply(cell, ink=PAST_INK, fill="F7F7F7", down="top")
        else:
            dress.apply(cell, ink="C00000", down="top")
        styles[f"{part}.{extra.style}"] = style_of(cell)
    for column in range(1, len(fields) + len(extra_columns(form, name, variant)) + 1):
        styles[f"{part}.heading.{column}"] = style_of(sheet.cell(head, column))


def _mark_ready(sheet: Worksheet, check: str, first: int) -> None:
    from openpyxl.styles import Font

    ready = Font(color="FF375623", bold=True)
    highlight(sheet, f"{check}{first}:{check}{LAST_TASK}", f'${check}{first}="{READY}"', font=ready)
    highlight(sheet, "A2", f'$A$2="{READY_BOOK}"', font=ready)


def _set_up_print(sheet: Worksheet, head: int, area: str, variant: Variant) -> None:
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = area
    sheet.page_setup.orientation = "landscape"
    set_up_page(sheet, _FOOTER)
    protect(sheet)
    if variant.correction:
        _add_comment_part(sheet)


def _add_comment_part(sheet: Worksheet) -> None:
    """One comment, so that the comment parts and their relations exist; stamping replaces their content."""
    from openpyxl.comments import Comment

    sheet["A1"].comment = Comment("x", "duban")
