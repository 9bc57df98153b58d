"""The return workbook before anybody's content is in it, built once per run with openpyxl.

``build_base`` lays out every sheet with all its styles and set-up; ``workbooks`` then stamps each unit's
content into the parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.files.xlsx.book import save_parts
from reporting.files.xlsx.choices import add_lists
from reporting.files.xlsx.looks import Styles
from reporting.files.xlsx.page import Paper, set_up_page, set_up_table, set_widths
from reporting.language.characters import HOLLOW
from reporting.model import column_letters
from reporting.office.form import Form
from reporting.office.looks import Looks
from reporting.returns.live import PLAIN_NUMBER, LivePart, LiveRow
from reporting.returns.workbook.layout import (
    HEADING_ROW_PROBLEMS,
    INSTRUCTIONS,
    LAST_PROBLEM,
    LAST_TASK,
    META,
    PROBLEM_COLUMNS,
    PROBLEMS,
    TARGETS,
    TASKS,
    Variant,
    extra_columns,
    heading_row,
    meta_count,
    task_columns,
)
from reporting.returns.workbook.live import TASK_NUMBERS, TASK_STATUSES
from reporting.returns.workbook.looks import header_styles, sheet_styles, table_styles
from reporting.returns.workbook.tables import lay_out_targets, lay_out_tasks

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Base:
    """The parts of the base package, and the style numbers of its cells by role."""

    parts: dict[str, bytes]
    sheet_parts: dict[str, str]
    styles: dict[str, int]


def build_base(form: Form, variant: Variant) -> Base:
    """Build the base workbook: for issuing, or with 校验意见 and 问题清单 for a correction."""
    from openpyxl import Workbook

    book, looks = Workbook(), Looks(form.look)
    book.remove(book.worksheets[0])
    sheets = {INSTRUCTIONS: book.create_sheet(INSTRUCTIONS)}
    if variant.correction:
        sheets[PROBLEMS] = book.create_sheet(PROBLEMS)
    for name in (TASKS, *([TARGETS] if variant.targets else [])):
        sheets[name] = book.create_sheet(name)
    styles = Styles(book, form.look.body_size)
    add_lists(book, styles, _lists(form), (looks.heading, looks.body))
    sheets[META] = book.create_sheet(META)
    _lay_out_instructions(sheets[INSTRUCTIONS])
    lay_out_tasks(sheets[TASKS], form, variant)
    if variant.targets:
        lay_out_targets(sheets[TARGETS], form, variant)
    if variant.correction:
        _lay_out_problems(sheets[PROBLEMS])
    _name_cells(book, form)
    sheets[META].sheet_state = "veryHidden"
    book.active = 0 if not variant.correction else 1
    book.calculation.fullCalcOnLoad = True
    dressed = {
        **sheet_styles(looks),
        **header_styles(form, looks),
        **table_styles("task", form.task, extra_columns(form, TASKS, variant), looks),
        **table_styles("target", form.target, extra_columns(form, TARGETS, variant), looks),
    }
    numbers = {name: styles.number(style) for name, style in dressed.items()}
    names = [sheet.title for sheet in book.worksheets]
    sheet_parts = {name: f"xl/worksheets/sheet{index}.xml" for index, name in enumerate(names, 1)}
    return Base(save_parts(book), sheet_parts, numbers)


def _name_cells(book: Workbook, form: Form) -> None:
    """Names for cells that colours depend on, which may not name another sheet."""
    from openpyxl.workbook.defined_name import DefinedName

    first, columns = heading_row(form) + 1, task_columns(form)
    for name, key in ((TASK_NUMBERS, "number"), (TASK_STATUSES, "status")):
        cells = f"{TASKS}!${columns[key]}${first}:${columns[key]}${LAST_TASK}"
        book.defined_names[name] = DefinedName(name, attr_text=cells)
    book.defined_names[PLAIN_NUMBER] = DefinedName(PLAIN_NUMBER, attr_text=meta_count("open_tasks"))


def _lists(form: Form) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Heading and words of each list by its name."""
    lists: dict[str, tuple[str, tuple[str, ...]]] = {"status_list": ("完成状态", tuple(form.statuses))}
    parts: tuple[LivePart, ...] = ("task", "target", "header")
    for part in parts:
        row = LiveRow(form, part, lambda _: "")
        lists |= {
            row.list_name(field): (field.heading, field.choices) for field in row.fields if field.choices
        }
    lists["hollow_list"] = ("必填栏中视为没有填写", tuple(sorted(HOLLOW)))
    return lists


def _lay_out_instructions(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    set_widths(sheet, (3, 20, 92))
    sheet.protection.sheet = True
    set_up_page(sheet, Paper("", landscape=False))


def _lay_out_problems(sheet: Worksheet) -> None:
    end = column_letters(len(PROBLEM_COLUMNS))
    set_widths(sheet, [width for _, width in PROBLEM_COLUMNS])
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    set_up_table(sheet, HEADING_ROW_PROBLEMS, LAST_PROBLEM, len(PROBLEM_COLUMNS), 0)
    set_up_page(sheet, Paper(""))
