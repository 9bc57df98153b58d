"""The return workbook before anybody's content is in it, built once per run with openpyxl.

``build_base`` lays out every sheet with all its styles and set-up; ``workbooks`` then stamps each unit's
content into the parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reporting.files.package import PackedPart, pack_part
from reporting.files.xlsx.book import save_parts
from reporting.files.xlsx.choices import add_lists
from reporting.files.xlsx.looks import Styles, highlight
from reporting.files.xlsx.page import Paper, protect, set_up_page, set_up_table, set_widths
from reporting.language.characters import HOLLOW
from reporting.language.prose import EMPTY_WORDS
from reporting.model import column_letters
from reporting.office.form import Form
from reporting.office.looks import Looks
from reporting.returns.live import PLAIN_NUMBER, LivePart, LiveRow
from reporting.returns.workbook.layout import (
    HEADING_ROW_OTHERS,
    HEADING_ROW_PROBLEMS,
    INSTRUCTIONS,
    LAST_OTHER,
    LAST_PROBLEM,
    META,
    OTHERS,
    OTHERS_COLUMNS,
    PROBLEM_COLUMNS,
    PROBLEMS,
    TARGETS,
    TASKS,
    FormTable,
    Variant,
    check_column,
    extra_columns,
    header_cells,
    meta_count,
    target_table,
    task_table,
)
from reporting.returns.workbook.live import (
    FIRST_TARGET,
    LAST_TARGET,
    READY,
    READY_BOOK,
    TARGETS_SAID,
    TASK_NUMBERS,
    TASK_STATUSES,
    Helpers,
    header_formula,
    header_row,
    target_helpers,
    target_row,
    task_helpers,
    task_row,
)
from reporting.returns.workbook.looks import (
    add_drop_downs,
    guard_cells,
    header_styles,
    mark_open_cells,
    sheet_styles,
    table_styles,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FOOT = "填报单位（盖章）：　　　　　　　　审核人（签字）："
_READY_INK = "375623"


@dataclass(frozen=True, slots=True)
class Base:
    """The base package of one variant: its parts, also deflated, its sheets, its styles, its formulas."""

    variant: Variant
    parts: dict[str, bytes]
    packed: dict[str, PackedPart]
    sheet_parts: dict[str, str]
    styles: dict[str, int]
    """The style numbers of cells by role."""
    task_helpers: Helpers
    target_helpers: Helpers
    header_formula: str
    listed: tuple[str, ...]
    """The words of 字典."""


@lru_cache(maxsize=8)  # one form has few variants, and this takes longer than stamping thirty workbooks
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
    if variant.others:
        sheets[OTHERS] = book.create_sheet(OTHERS)
    styles = Styles(book, form.look.body_size)
    add_lists(book, styles, _lists(form), (looks.heading, looks.body))
    sheets[META] = book.create_sheet(META)
    _lay_out_instructions(sheets[INSTRUCTIONS])
    _lay_out_table(sheets[TASKS], form, task_table(form), variant)
    if variant.targets:
        _lay_out_table(sheets[TARGETS], form, target_table(form), variant)
    if variant.correction:
        _lay_out_list(sheets[PROBLEMS], PROBLEM_COLUMNS, HEADING_ROW_PROBLEMS, LAST_PROBLEM)
    if variant.others:
        _lay_out_list(sheets[OTHERS], OTHERS_COLUMNS, HEADING_ROW_OTHERS, LAST_OTHER)
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
    parts = save_parts(book)
    packed = {name: pack_part(name, data, 9) for name, data in parts.items()}
    formulas = task_helpers(form), target_helpers(form), header_formula(form)
    return Base(variant, parts, packed, sheet_parts, numbers, *formulas, listed_words(form))


def _name_cells(book: "Workbook", form: Form) -> None:
    """Names for cells that colours depend on, which may not name another sheet."""
    from openpyxl.workbook.defined_name import DefinedName

    tasks = task_table(form)
    for name, key in ((TASK_NUMBERS, tasks.number), (TASK_STATUSES, "status")):
        column = tasks.columns[key]
        cells = f"{TASKS}!${column}${tasks.first}:${column}${tasks.last}"
        book.defined_names[name] = DefinedName(name, attr_text=cells)
    said = f"'{META}'!$D${FIRST_TARGET}:$D${LAST_TARGET}"
    book.defined_names[TARGETS_SAID] = DefinedName(TARGETS_SAID, attr_text=said)
    book.defined_names[PLAIN_NUMBER] = DefinedName(PLAIN_NUMBER, attr_text=meta_count("open_tasks"))


def listed_words(form: Form) -> tuple[str, ...]:
    """The words of 字典, its headings among them."""
    return tuple(word for heading, words in _lists(form).values() for word in (heading, *words))


def _lists(form: Form) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Heading and words of each list by its name."""
    lists: dict[str, tuple[str, tuple[str, ...]]] = {"status_list": ("完成状态", tuple(form.statuses))}
    parts: tuple[LivePart, ...] = ("task", "target", "header")
    for part in parts:
        row = LiveRow(form, part, lambda _: "")
        lists |= {row.list_name(field): (field.heading, field.choices) for field in row.fields if field.choices}
    lists["hollow_list"] = ("必填栏中视为没有填写", tuple(sorted(HOLLOW)))
    words = form.status_words
    lists["status_words"] = ("完成状态的写法", tuple(words))
    lists["status_meant"] = ("按此登记", tuple(words.values()))
    lists["empty_list"] = ("完成情况只有这些词的，视为没有写出结果", EMPTY_WORDS)
    return lists


def _lay_out_instructions(sheet: "Worksheet") -> None:
    sheet.sheet_view.showGridLines = False
    set_widths(sheet, (3, 20, 92))
    sheet.protection.sheet = True
    set_up_page(sheet, Paper("", landscape=False))


def _lay_out_table(sheet: "Worksheet", form: Form, table: FormTable, variant: Variant) -> None:
    """One of the two tables, for rows that end at a stand-in row, and the block above 任务填报."""
    cells = {key: f"{letter}{table.first}:{letter}{table.last}" for key, letter in table.columns.items()}
    guarded = [cells[field.key] for field in table.fields if not field.filled]
    if is_tasks := table.sheet == TASKS:
        block = {key: cell.ref for key, cell in header_cells(form).items()}
        rows = [(task_row(form, str(table.first)), cells), (header_row(form), block)]
        check = check_column(form)
        checks = f"{check}{table.first}:{check}{table.last}"
        guarded.append(checks)
    else:
        rows = [(target_row(form, str(table.first)), cells)]
    for row, places in rows:
        add_drop_downs(sheet, row, places)
    guard_cells(sheet, guarded)
    said = f"${check}{table.first}" if is_tasks else f"INDEX({TARGETS_SAID},ROW()-{table.head})"
    for row, places in rows:
        mark_open_cells(sheet, row, places, "" if row.part == "header" else said)
    if is_tasks:
        highlight(sheet, checks, f'${check}{table.first}="{READY}"', ink=_READY_INK)
        highlight(sheet, "A2", f'$A$2="{READY_BOOK}"', ink=_READY_INK)
    merges = [f"A1:{table.end}1", f"A2:{table.end}2"]
    if is_tasks:
        merges += [f"H{cell.row}:I{cell.row}" for cell in header_cells(form).values() if cell.value == "H"]
    for merge in merges:
        sheet.merge_cells(merge)
    last = len(table.fields) + len(extra_columns(form, table.sheet, variant))
    kept = list(table.columns).index("content") + 1 if is_tasks else list(table.columns).index("name")
    set_up_table(sheet, table.head, table.last, last, kept)
    sheet.print_area = f"A1:{table.end}{table.last}"
    set_up_page(sheet, Paper(_FOOT))
    protect(sheet, growing=True)
    if variant.correction:
        _add_comment_part(sheet)


def _add_comment_part(sheet: "Worksheet") -> None:
    """One comment, so that the comment parts and their relations exist; stamping replaces their content."""
    from openpyxl.comments import Comment

    sheet["A1"].comment = Comment("x", "duban")


def _lay_out_list(sheet: "Worksheet", columns: Sequence[tuple[str, float]], head: int, last: int) -> None:
    """A list below a title and a note: 问题清单, 其他内容."""
    end = column_letters(len(columns))
    set_widths(sheet, [width for _, width in columns])
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    set_up_table(sheet, head, last, len(columns), 0)
    set_up_page(sheet, Paper(""))
