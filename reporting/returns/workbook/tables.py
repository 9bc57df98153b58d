"""The two tables a department fills in, laid out with openpyxl before anybody's content is in them.

Each is laid out for rows that end at a stand-in row, with its drop-downs, colours, protection and print
set-up; ``stamp`` puts the rows in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.files.xlsx.looks import highlight
from reporting.files.xlsx.page import Paper, protect, set_up_page, set_up_table
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
from reporting.returns.workbook.looks import add_drop_downs, guard_cells, mark_open_cells

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FOOT = "填报单位（盖章）：　　　　　　　　审核人（签字）："
_READY_INK = "375623"


def lay_out_tasks(sheet: Worksheet, form: Form, variant: Variant) -> None:
    """任务填报: the block above the table, and the table."""
    head, first, columns = heading_row(form), heading_row(form) + 1, task_columns(form)
    end, check = column_letters(len(form.task)), check_column(form)
    cells = {key: f"{letter}{first}:{letter}{LAST_TASK}" for key, letter in columns.items()}
    add_drop_downs(sheet, "task", form, ((field, cells[field.key]) for field in form.task))
    places = {key: cell.ref for key, cell in header_cells(form).items()}
    add_drop_downs(sheet, "header", form, ((field, places[field.key]) for field in form.header))
    guarded = [cells[field.key] for field in form.task if not field.filled]
    guard_cells(sheet, [*guarded, f"{check}{first}:{check}{LAST_TASK}"])
    mark_open_cells(sheet, task_row(form, str(first)), cells)
    mark_open_cells(sheet, header_row(form), places)
    highlight(sheet, f"{check}{first}:{check}{LAST_TASK}", f'${check}{first}="{READY}"', ink=_READY_INK)
    highlight(sheet, "A2", f'$A$2="{READY_BOOK}"', ink=_READY_INK)
    for merge in (f"A1:{end}1", f"A2:{end}2"):
        sheet.merge_cells(merge)
    for cell in header_cells(form).values():
        if cell.value == "H":
            sheet.merge_cells(f"H{cell.row}:I{cell.row}")
    last = len(form.task) + len(extra_columns(form, TASKS, variant))
    set_up_table(sheet, head, LAST_TASK, last, list(columns).index("content") + 1)
    _set_up_paper(sheet, f"A1:{end}{LAST_TASK}", variant)


def lay_out_targets(sheet: Worksheet, form: Form, variant: Variant) -> None:
    """量化指标: a title, a line that says what is still missing, and the table."""
    head, first, columns = HEADING_ROW_TARGETS, HEADING_ROW_TARGETS + 1, target_columns(form)
    end = column_letters(len(form.target))
    cells = {key: f"{letter}{first}:{letter}{LAST_TARGET}" for key, letter in columns.items()}
    add_drop_downs(sheet, "target", form, ((field, cells[field.key]) for field in form.target))
    guard_cells(sheet, (cells[field.key] for field in form.target if not field.filled))
    mark_open_cells(sheet, target_row(form, str(first)), cells)
    for merge in (f"A1:{end}1", f"A2:{end}2"):
        sheet.merge_cells(merge)
    last = len(form.target) + len(extra_columns(form, TARGETS, variant))
    set_up_table(sheet, head, LAST_TARGET, last, list(columns).index("name"))
    _set_up_paper(sheet, f"A1:{end}{LAST_TARGET}", variant)


def _set_up_paper(sheet: Worksheet, area: str, variant: Variant) -> None:
    sheet.print_area = area
    set_up_page(sheet, Paper(_FOOT))
    protect(sheet, growing=True)
    if variant.correction:
        _add_comment_part(sheet)


def _add_comment_part(sheet: Worksheet) -> None:
    """One comment, so that the comment parts and their relations exist; stamping replaces their content."""
    from openpyxl.comments import Comment

    sheet["A1"].comment = Comment("x", "duban")
