"""The return workbook before anybody's content is in it, built once per run with openpyxl.

``build_base`` lays out every sheet with all its styles and set-up; ``workbooks`` then stamps each unit's
content into the parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reporting.files.package import split_package
from reporting.language.characters import HOLLOW
from reporting.model import column_letters
from reporting.office.form import Form
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
    WORDS,
    Variant,
    heading_row,
    meta_count,
    task_columns,
)
from reporting.returns.workbook.live import TASK_NUMBERS, TASK_STATUSES
from reporting.returns.workbook.looks import Styles, lay_out_heading, set_up_page, style_of
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

    book = Workbook()
    _set_default_font(book, form)
    instructions = book.active
    assert instructions is not None
    instructions.title = INSTRUCTIONS
    sheets = {INSTRUCTIONS: instructions}
    if variant.correction:
        sheets[PROBLEMS] = book.create_sheet(PROBLEMS)
    for name in (TASKS, *([TARGETS] if variant.targets else []), WORDS, META):
        sheets[name] = book.create_sheet(name)
    dress = Styles(form)
    styles: dict[str, int] = {}
    _lay_out_words(book, sheets[WORDS], form, dress)
    _lay_out_instructions(sheets[INSTRUCTIONS], form, dress, styles)
    lay_out_tasks(sheets[TASKS], form, dress, styles, variant)
    if variant.targets:
        lay_out_targets(sheets[TARGETS], form, dress, styles, variant)
    if variant.correction:
        _lay_out_problems(sheets[PROBLEMS], dress, styles)
    _name_cells(book, form)
    sheets[META].sheet_state = "veryHidden"
    sheets[META]["A1"] = "meta"
    book.active = 0 if not variant.correction else 1
    book.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    book.save(buffer)
    parts = split_package(buffer.getvalue())
    sheet_parts = {name: f"xl/worksheets/sheet{index}.xml" for index, name in enumerate(sheets, 1)}
    return Base(parts, sheet_parts, styles)


def _set_default_font(book: Workbook, form: Form) -> None:
    """Column widths count in digits of the default font; make it one that Chinese systems have."""
    from openpyxl.styles import Font

    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no public way
    normal.font = Font(name="宋体", size=form.look.body_size)


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


def _lay_out_words(book: Workbook, sheet: Worksheet, form: Form, dress: Styles) -> None:
    """字典: one column a list; drop-downs point here, since a literal list over 255 characters corrupts.

    Hidden, so that it is neither in the way nor printed.
    """
    from openpyxl.workbook.defined_name import DefinedName

    look = form.look
    for column, (name, (heading, words)) in enumerate(_lists(form).items(), 1):
        letter = column_letters(column)
        head = sheet.cell(1, column, heading)
        dress.apply(head, fill=look.heading_fill, ink=look.heading_ink, font=look.heading_font)
        for row, word in enumerate(words, 2):
            dress.apply(sheet.cell(row, column, word))
        sheet.column_dimensions[letter].width = 20
        target = f"{WORDS}!${letter}$2:${letter}${len(words) + 1}"
        book.defined_names[name] = DefinedName(name, attr_text=target)
    sheet.protection.sheet = True
    sheet.sheet_state = "hidden"


def _lay_out_instructions(sheet: Worksheet, form: Form, dress: Styles, styles: dict[str, int]) -> None:
    look = form.look
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 3
    sheet.column_dimensions["B"].width = 20
    sheet.column_dimensions["C"].width = 92
    dress.apply(
        sheet["B1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["B2"], boxed=False, font=look.heading_font, size=look.heading_size + 1)
    dress.apply(sheet["B3"], fill=look.locked_fill, font=look.heading_font, across="center")
    dress.apply(sheet["C3"])
    dress.apply(sheet["C4"], bold=True, ink="C00000")
    styles |= {
        "title": style_of(sheet["B1"]),
        "section": style_of(sheet["B2"]),
        "label": style_of(sheet["B3"]),
        "prose": style_of(sheet["C3"]),
        "strong": style_of(sheet["C4"]),
    }
    sheet.merge_cells("B1:C1")
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "portrait"
    set_up_page(sheet, "")


def _lay_out_problems(sheet: Worksheet, dress: Styles, styles: dict[str, int]) -> None:
    look = dress.look
    head = HEADING_ROW_PROBLEMS
    end = column_letters(len(PROBLEM_COLUMNS))
    dress.apply(
        sheet["A1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["A2"], boxed=False)
    dress.apply(sheet["A4"], across="center")
    dress.apply(sheet["B4"])
    dress.apply(sheet["C4"], ink="0563C1")
    styles |= {
        "problems.title": style_of(sheet["A1"]),
        "problems.note": style_of(sheet["A2"]),
        "problems.centre": style_of(sheet["A4"]),
        "problems.text": style_of(sheet["B4"]),
        "problems.link": style_of(sheet["C4"]),
    }
    for column, (heading, width) in enumerate(PROBLEM_COLUMNS, 1):
        cell = sheet.cell(head, column)
        lay_out_heading(cell, heading, "C00000", dress)
        styles["problems.heading"] = style_of(cell)
        sheet.column_dimensions[column_letters(column)].width = width
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{end}{LAST_PROBLEM}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    set_up_page(sheet, "")
