"""The return workbook before anybody's content is in it, built once per run with openpyxl.

``build_base`` lays out every sheet with all its styles, drop-downs, conditional formats, protection and
print set-up for a table of one row that ends at a stand-in row; ``workbooks`` then stamps each unit's content
into the parts. Whatever an office may restyle comes from ``form.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reporting.characters import HOLLOW
from reporting.files.package import split_package
from reporting.form import CHECK_HEADING, OPINION_HEADING, Form, FormField
from reporting.model import column_letters
from reporting.rules import gather, live_blank, live_number, live_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

INSTRUCTIONS, TASKS, TARGETS, WORDS, META = "填报说明", "任务填报", "量化指标", "字典", "_meta"
PROBLEMS = "问题清单"

LAST_TASK, LAST_TARGET, LAST_PROBLEM = 99991, 99992, 99993
"""Stand for the last rows of the three tables in the base; replaced by the real ones when stamping."""

HEADING_ROW_TARGETS = 4
"""The row of the headings on 量化指标; the table begins below it."""

HEADER_SLOTS = (("B", "C"), ("E", "F"), ("G", "H"))
"""Where the block above the table puts its labels and the cells beside them, three to a row."""


def header_cells(form: Form) -> dict[str, tuple[int, str, str]]:
    """Row, label column and value column of each cell of the block above the table."""
    return {
        field.key: (3 + index // len(HEADER_SLOTS), *HEADER_SLOTS[index % len(HEADER_SLOTS)])
        for index, field in enumerate(form.header)
    }


def heading_row(form: Form) -> int:
    """The row of the headings on 任务填报; the table begins below it."""
    return 3 + (len(form.header) + len(HEADER_SLOTS) - 1) // len(HEADER_SLOTS) + 1


def task_columns(form: Form) -> dict[str, str]:
    """The column letters of 任务填报 by field key."""
    return {field.key: column_letters(index) for index, field in enumerate(form.task, 1)}


def check_column(form: Form) -> str:
    """The column letter of 填报检查."""
    return column_letters(len(form.task) + 1)


ROW = "§"
"""Stands for the row number in ``live_formula``."""


def live_formula(form: Form) -> str:
    """The formula of 填报检查, with ``ROW`` for the row: made of the rules' own live conditions."""
    columns = task_columns(form)
    checks = [
        check
        for rule in gather()
        if rule.live is not None
        for check in rule.live(form, lambda key: f"${columns[key]}{ROW}")
    ]
    texts = "&".join(f'IF({condition},{live_text(f"{words}；")},"")' for condition, words in checks)
    # every text ends with ；, so 可报送 stays only where there is none; naming each condition once keeps the
    # formula well below the 8,192 characters a cell may hold
    return f'SUBSTITUTE({texts}&"可报送","；可报送","；")'


def summary_formula(form: Form, with_targets: bool) -> str:
    """The formula above the table: what is still missing in the whole workbook."""
    first = heading_row(form) + 1
    checks = f"{check_column(form)}{first}:{check_column(form)}{LAST_TASK}"
    # whatever is not plainly ready, a failed formula and a row that was deleted among them
    ready = f'COUNTIF({checks},"{READY}")'
    open_tasks = f"({TASK_COUNT}-{ready})"
    blanks = [
        f"({live_blank(f'{value}{row}')})"
        for key, (row, _, value) in header_cells(form).items()
        if form.header_fields[key].required == "always" and form.header_fields[key].filled
    ]
    blanks += [
        f"({_no_date(f'{value}{row}')})"
        for key, (row, _, value) in header_cells(form).items()
        if form.header_fields[key].filled and form.header_fields[key].type == "date"
    ]
    open_header = "+".join(blanks) or "0"
    open_targets = f"SUMPRODUCT({_open_target(form, LAST_TARGET)})" if with_targets else "0"
    told_targets = f'&IF(({open_targets})>0,"还有 "&({open_targets})&" 个指标没有填好，见“{TARGETS}”表；","")'
    told_targets = told_targets if with_targets else ""
    return (
        f"IF({open_tasks}+{open_header}+{open_targets}=0,"
        f'"填报检查：各项均已填写，可以报送。",'
        f'"填报检查："'
        f'&IF({open_tasks}>0,"还有 "&({open_tasks})&" 项任务没有填好，见最右侧“{CHECK_HEADING}”列；","")'
        f'&IF(({open_header})>0,"还有 "&({open_header})&" 处表头没有填好，见上方黄色格；","")'
        f"{told_targets})"
    )


def _no_date(cell: str) -> str:
    """The condition "something stands in this cell that is no date"."""
    return f"AND(NOT({live_blank(cell)}),NOT({live_number(cell)}))"


def _open_target(form: Form, last: int) -> str:
    """The condition "this figure is missing" for the targets down to a row; 1 where it is, else 0.

    A target need not be reported when the unit dropped its task.
    """
    first, head = HEADING_ROW_TARGETS + 1, heading_row(form) + 1
    columns = {key: column_letters(index) for index, key in enumerate(form.target_fields, 1)}
    values, numbers = (
        f"{TARGETS}!${columns[key]}{first}:${columns[key]}{last}" for key in ("value", "number")
    )
    own = task_columns(form)
    tasks, statuses = (f"{TASKS}!${own[key]}${head}:${own[key]}${LAST_TASK}" for key in ("number", "status"))
    dropped = "+".join(
        f"COUNTIFS({tasks},{numbers},{statuses},{live_text(status.name)})"
        for status in form.status
        if status.outcome == "void"
    )
    # a figure must be a number; words around it may be understood, but only collect can tell
    return f"(NOT(ISNUMBER({values})))*(({dropped or '0'})=0)"


@dataclass(frozen=True, slots=True)
class Base:
    """The parts of the base package, and the style numbers of its cells by role."""

    parts: dict[str, bytes]
    sheet_parts: dict[str, str]
    styles: dict[str, int]


class _Styles:
    """The named cell styles of the return workbook, made from the look in ``form.toml``."""

    def __init__(self, form: Form) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        self.look = form.look
        self._alignment, self._font, self._fill, self._protection = Alignment, Font, PatternFill, Protection
        thin = Side(style="thin", color=form.look.border)
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def apply(
        self,
        cell: SheetCell | MergedCell,
        *,
        fill: str = "",
        ink: str = "000000",
        bold: bool = False,
        size: float | None = None,
        font: str = "",
        across: str = "left",
        down: str = "center",
        boxed: bool = True,
        locked: bool = True,
        number_format: str = "General",
    ) -> None:
        """Dress one cell."""
        look = self.look
        cell.font = self._font(
            name=font or look.body_font, size=size or look.body_size, bold=bold, color=f"FF{ink}"
        )
        if fill:
            cell.fill = self._fill("solid", start_color=f"FF{fill}")
        cell.alignment = self._alignment(horizontal=across, vertical=down, wrap_text=True)
        if boxed:
            cell.border = self._box
        cell.protection = self._protection(locked=locked)
        cell.number_format = number_format


_CENTRED = {"number", "role", "status", "progress", "self_score", "deadline"}
_CENTRED |= {"target", "goal", "measure", "value"}
READY = "可报送"
"""What 填报检查 says of a row in which nothing is missing or contradictory."""
TASK_COUNT = "§n"
"""Stands for the number of tasks that the unit was given."""

_FORMATS = {"date": "yyyy-mm-dd", "text": "@"}
_MARKS = ("plain", "error", "confirm", "note")


def _number_format(field: FormField) -> str:
    if not field.filled:
        return "General"
    # "@" makes Excel keep a leading zero or a 1/2 as typed. Figures stay General: "12件" is still accepted,
    # 80% typed keeps its sign, and 0.## would show 80 as "80."
    return _FORMATS.get(field.type, "General")


def build_base(form: Form, *, correction: bool, with_targets: bool) -> Base:
    """Build the base workbook: for issuing, or with 校验意见 and 问题清单 for a correction."""
    from openpyxl import Workbook

    book = Workbook()
    _set_default_font(book, form)
    instructions = book.active
    assert instructions is not None
    instructions.title = INSTRUCTIONS
    sheets = {INSTRUCTIONS: instructions}
    if correction:
        sheets[PROBLEMS] = book.create_sheet(PROBLEMS)
    for name in (TASKS, *([TARGETS] if with_targets else []), WORDS, META):
        sheets[name] = book.create_sheet(name)
    dress = _Styles(form)
    styles: dict[str, int] = {}
    _lay_out_words(book, sheets[WORDS], form, dress)
    _lay_out_instructions(sheets[INSTRUCTIONS], form, dress, styles)
    _lay_out_tasks(sheets[TASKS], form, dress, styles, correction)
    if with_targets:
        _lay_out_targets(sheets[TARGETS], form, dress, styles, correction)
    if correction:
        _lay_out_problems(sheets[PROBLEMS], dress, styles)
    sheets[META].sheet_state = "veryHidden"
    sheets[META]["A1"] = "meta"
    book.active = 0 if not correction else 1
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


def _style_of(cell: SheetCell | MergedCell) -> int:
    return int(cell.style_id)


def _lay_out_words(book: Workbook, sheet: Worksheet, form: Form, dress: _Styles) -> None:
    """字典: one column a list; drop-downs point here, since a literal list over 255 characters corrupts."""
    from openpyxl.workbook.defined_name import DefinedName

    lists: dict[str, tuple[str, tuple[str, ...]]] = {
        "status_list": ("完成状态", tuple(form.statuses)),
    }
    lists |= {field.list_name: (field.heading, field.choices) for field in form.task if field.choices}
    lists |= {
        f"target_{field.list_name}": (field.heading, field.choices) for field in form.target if field.choices
    }
    lists["hollow_list"] = ("必填栏中视为没有填写", tuple(sorted(HOLLOW)))
    for column, (name, (heading, words)) in enumerate(lists.items(), 1):
        letter = column_letters(column)
        head = sheet.cell(1, column, heading)
        dress.apply(head, fill=form.look.heading_fill, ink=form.look.heading_ink, font=form.look.heading_font)
        for row, word in enumerate(words, 2):
            dress.apply(sheet.cell(row, column, word))
        sheet.column_dimensions[letter].width = 20
        target = f"{WORDS}!${letter}$2:${letter}${len(words) + 1}"
        book.defined_names[name] = DefinedName(name, attr_text=target)
    sheet.protection.sheet = True


def _lay_out_instructions(sheet: Worksheet, form: Form, dress: _Styles, styles: dict[str, int]) -> None:
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
        "title": _style_of(sheet["B1"]),
        "section": _style_of(sheet["B2"]),
        "label": _style_of(sheet["B3"]),
        "prose": _style_of(sheet["C3"]),
        "strong": _style_of(sheet["C4"]),
    }
    sheet.merge_cells("B1:C1")
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "portrait"
    _set_up_page(sheet, "")


def _set_up_page(sheet: Worksheet, left_footer: str) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.65, 0.3, 0.3
    footer: Any = sheet.oddFooter
    footer.left.text = left_footer or None
    footer.right.text = "第 &P 页 共 &N 页"


def _protect(sheet: Worksheet) -> None:
    """Lightly: no password; sorting, filtering, sizes, formats and inserting rows stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatRows = protection.formatColumns = False
    protection.insertRows = protection.insertHyperlinks = False


def _style_columns(
    sheet: Worksheet, fields: tuple[FormField, ...], row: int, form: Form, dress: _Styles
) -> dict[str, int]:
    """Dress a prototype row in each of its marks and give back the style numbers as ``key:mark``."""
    look = form.look
    fills = {
        "plain": "",
        "error": look.error_fill,
        "confirm": look.confirm_fill,
        "note": "DDEBF7",
    }
    styles = {}
    for column, field in enumerate(fields, 1):
        for offset, mark in enumerate(_MARKS):
            cell = sheet.cell(row + offset, column)
            dress.apply(
                cell,
                fill=fills[mark] or (look.to_fill if field.filled else look.locked_fill),
                across="center" if field.key in _CENTRED or field.type == "date" else "left",
                # a text that is longer than its row is cut at the end, not at both ends
                down="top" if field.filled and field.type == "text" else "center",
                locked=not field.filled,
                number_format=_number_format(field),
            )
            styles[f"{field.key}:{mark}"] = _style_of(cell)
    return styles


def _lay_out_headings(
    sheet: Worksheet, fields: tuple[FormField, ...], row: int, form: Form, dress: _Styles
) -> None:
    look = form.look
    for column, field in enumerate(fields, 1):
        cell = sheet.cell(row, column, field.heading)
        dress.apply(
            cell,
            fill=look.heading_fill if field.filled else "595959",
            ink=look.heading_ink,
            font=look.heading_font,
            size=look.heading_size,
            across="center",
        )
        sheet.column_dimensions[column_letters(column)].width = field.width
    sheet.row_dimensions[row].height = 34


def _add_drop_downs(
    sheet: Worksheet, fields: tuple[FormField, ...], first: int, last: int, prefix: str = ""
) -> None:
    """Lists, hints and bounds that warn rather than block, so that pasting works."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, field in enumerate(fields, 1):
        if not field.filled:
            continue
        letter = column_letters(column)
        rule = DataValidation(allow_blank=True)
        if field.type == "status":
            rule = DataValidation(type="list", formula1="status_list", allow_blank=True)
        elif field.choices:
            rule = DataValidation(type="list", formula1=f"{prefix}{field.list_name}", allow_blank=True)
        elif field.type in ("percent", "number") and field.min is not None and field.max is not None:
            rule = DataValidation(
                type="decimal", operator="between", formula1=str(field.min), formula2=str(field.max)
            )
        if rule.type:
            rule.errorStyle = "warning"
            rule.showErrorMessage = True
            rule.errorTitle = field.heading[:30]
            rule.error = f"{field.heading}：{field.hint}"[:220]
        if field.hint:
            rule.showInputMessage = True
            rule.promptTitle = field.heading[:30]
            rule.prompt = field.hint[:250]
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(rule)


def _lay_out_tasks(
    sheet: Worksheet, form: Form, dress: _Styles, styles: dict[str, int], correction: bool
) -> None:
    look = form.look
    head, first = heading_row(form), heading_row(form) + 1
    check = check_column(form)
    last = column_letters(len(form.task) + (3 if correction else 1))
    # the prototypes come first: their rows are replaced by the stamped ones
    styles |= {f"task.{key}": n for key, n in _style_columns(sheet, form.task, first, form, dress).items()}
    dress.apply(sheet[f"{check}{first}"], ink="7F6000", fill="F7F7F7")
    styles["task.check"] = _style_of(sheet[f"{check}{first}"])
    opinion = sheet.cell(first, len(form.task) + 2)
    dress.apply(opinion, ink="C00000")
    styles["task.opinion"] = _style_of(opinion)
    answer = sheet.cell(first, len(form.task) + 3)
    dress.apply(answer, fill=look.to_fill, locked=False)
    styles["task.answer"] = _style_of(answer)

    dress.apply(
        sheet["A1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["A2"], boxed=False, font=look.heading_font, ink="C00000")
    styles["tasks.title"], styles["tasks.summary"] = _style_of(sheet["A1"]), _style_of(sheet["A2"])
    end = column_letters(len(form.task))
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    for key, (row, label, value) in header_cells(form).items():
        field = form.header_fields[key]
        sheet[f"{label}{row}"] = field.heading
        dress.apply(sheet[f"{label}{row}"], fill=look.locked_fill, font=look.heading_font, across="center")
        # text keeps a telephone number's leading zero
        kind = "yyyy-mm-dd" if field.type == "date" else "@" if field.filled else "General"
        plain = look.to_fill if field.filled else look.locked_fill
        # a cell each: openpyxl shares a cell's style array with its list of styles
        for mark, fill, letter in (("plain", plain, value), ("error", look.error_fill, "Z")):
            prototype = sheet[f"{letter}{row + 50}"]
            dress.apply(prototype, fill=fill, locked=not field.filled, number_format=kind)
            styles[f"header.{key}:{mark}"] = _style_of(prototype)
        styles[f"header.{key}.label"] = _style_of(sheet[f"{label}{row}"])
        if value == "H":
            sheet.merge_cells(f"H{row}:I{row}")
    _lay_out_headings(sheet, form.task, head, form, dress)
    extras = [(CHECK_HEADING, 22.0)]
    if correction:
        extras += [(OPINION_HEADING, 40.0), (form.answer.heading, form.answer.width)]
    for offset, (heading, width) in enumerate(extras, len(form.task) + 1):
        cell = sheet.cell(head, offset, heading)
        dress.apply(
            cell,
            fill="7F6000" if heading == CHECK_HEADING else "C00000",
            ink=look.heading_ink,
            font=look.heading_font,
            size=look.heading_size,
            across="center",
        )
        sheet.column_dimensions[column_letters(offset)].width = width
    for column in range(1, len(form.task) + len(extras) + 1):
        styles[f"task.heading.{column}"] = _style_of(sheet.cell(head, column))
    _add_drop_downs(sheet, form.task, first, LAST_TASK)
    _add_header_hints(sheet, form)
    _mark_missing(sheet, form, first)
    sheet.freeze_panes = f"D{first}"
    sheet.auto_filter.ref = f"A{head}:{last}{LAST_TASK}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{end}{LAST_TASK}"
    sheet.page_setup.orientation = "landscape"
    _set_up_page(sheet, "填报单位（盖章）：　　　　　　　　审核人（签字）：")
    _protect(sheet)
    if correction:
        _add_comment_part(sheet)


def _add_header_hints(sheet: Worksheet, form: Form) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for key, (row, _, value) in header_cells(form).items():
        field = form.header_fields[key]
        if field.filled and field.hint:
            rule = DataValidation(allow_blank=True, showInputMessage=True)
            rule.promptTitle, rule.prompt = field.heading[:30], field.hint[:250]
            rule.add(f"{value}{row}")
            sheet.add_data_validation(rule)


def _highlight(sheet: Worksheet, cells: str, condition: str, **look: Any) -> None:
    from openpyxl.formatting.rule import FormulaRule

    sheet.conditional_formatting.add(cells, FormulaRule(formula=[condition], **look))  # type: ignore[no-untyped-call]


def _mark_missing(sheet: Worksheet, form: Form, first: int) -> None:
    """Colour what is still missing, by the same conditions as the 填报检查 column."""
    from openpyxl.styles import Font, PatternFill

    missing = PatternFill(bgColor=form.look.missing_fill, fill_type="solid")
    wrong = PatternFill(bgColor=form.look.error_fill, fill_type="solid")
    columns = task_columns(form)
    for rule in gather():
        for field in form.task:
            if rule.live is None or not field.filled:
                continue
            checks = [
                condition
                for condition, words in rule.live(form, lambda key: f"${columns[key]}{first}")
                if field.heading in words
            ]
            fill = (
                missing
                if rule.row is not None and rule.kind.code.endswith(("filled", "explained"))
                else wrong
            )
            letter = columns[field.key]
            for condition in checks:
                _highlight(sheet, f"{letter}{first}:{letter}{LAST_TASK}", condition, fill=fill)
    for key, (row, _, value) in header_cells(form).items():
        field = form.header_fields[key]
        if field.filled and field.required == "always":
            _highlight(sheet, f"{value}{row}", live_blank(f"${value}${row}"), fill=missing)
    check = check_column(form)
    ready = Font(color="FF375623", bold=True)
    _highlight(sheet, f"{check}{first}:{check}{LAST_TASK}", f'${check}{first}="可报送"', font=ready)


def _lay_out_targets(
    sheet: Worksheet, form: Form, dress: _Styles, styles: dict[str, int], correction: bool
) -> None:
    look = form.look
    head, first = HEADING_ROW_TARGETS, HEADING_ROW_TARGETS + 1
    end = column_letters(len(form.target))
    styles |= {
        f"target.{key}": n for key, n in _style_columns(sheet, form.target, first, form, dress).items()
    }
    opinion = sheet.cell(first, len(form.target) + 1)
    dress.apply(opinion, ink="C00000")
    styles["target.opinion"] = _style_of(opinion)
    dress.apply(
        sheet["A1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["A2"], boxed=False)
    styles["targets.title"], styles["targets.note"] = _style_of(sheet["A1"]), _style_of(sheet["A2"])
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    _lay_out_headings(sheet, form.target, head, form, dress)
    if correction:
        cell = sheet.cell(head, len(form.target) + 1, OPINION_HEADING)
        dress.apply(cell, fill="C00000", ink=look.heading_ink, font=look.heading_font, across="center")
        sheet.column_dimensions[column_letters(len(form.target) + 1)].width = 40
    for column in range(1, len(form.target) + 1 + correction):
        styles[f"target.heading.{column}"] = _style_of(sheet.cell(head, column))
    _add_drop_downs(sheet, form.target, first, LAST_TARGET, "target_")
    _mark_missing_targets(sheet, form, first)
    sheet.freeze_panes = f"C{first}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{end}{LAST_TARGET}"
    sheet.page_setup.orientation = "landscape"
    _set_up_page(sheet, "填报单位（盖章）：　　　　　　　　审核人（签字）：")
    _protect(sheet)
    if correction:
        _add_comment_part(sheet)


def _mark_missing_targets(sheet: Worksheet, form: Form, first: int) -> None:
    from openpyxl.styles import PatternFill

    missing = PatternFill(bgColor=form.look.missing_fill, fill_type="solid")
    letter = column_letters(list(form.target_fields).index("value") + 1)
    if form.target_fields["value"].required == "always":
        condition = f"SUMPRODUCT({_open_target(form, first)})=1"
        _highlight(sheet, f"{letter}{first}:{letter}{LAST_TARGET}", condition, fill=missing)
    for column, field in enumerate(form.target, 1):
        if field.filled and field.required == "always" and field.key != "value":
            letter = column_letters(column)
            condition = live_blank(f"${letter}{first}")
            _highlight(sheet, f"{letter}{first}:{letter}{LAST_TARGET}", condition, fill=missing)


PROBLEM_COLUMNS = (
    ("序号", 6.0),
    ("任务编号", 10.0),
    ("栏目", 14.0),
    ("来件位置", 18.0),
    ("本表位置（点击转到）", 20.0),
    ("级别", 7.0),
    ("现填内容", 26.0),
    ("问题", 44.0),
    ("修改要求", 44.0),
)
"""Headings and widths of 问题清单."""


def _lay_out_problems(sheet: Worksheet, dress: _Styles, styles: dict[str, int]) -> None:
    look = dress.look
    end = column_letters(len(PROBLEM_COLUMNS))
    dress.apply(
        sheet["A1"], boxed=False, font=look.title_font, size=look.title_size, bold=True, across="center"
    )
    dress.apply(sheet["A2"], boxed=False)
    dress.apply(sheet["A4"], across="center")
    dress.apply(sheet["B4"])
    dress.apply(sheet["C4"], ink="0563C1")
    styles |= {
        "problems.title": _style_of(sheet["A1"]),
        "problems.note": _style_of(sheet["A2"]),
        "problems.centre": _style_of(sheet["A4"]),
        "problems.text": _style_of(sheet["B4"]),
        "problems.link": _style_of(sheet["C4"]),
    }
    for column, (heading, width) in enumerate(PROBLEM_COLUMNS, 1):
        cell = sheet.cell(3, column, heading)
        dress.apply(
            cell,
            fill="C00000",
            ink=look.heading_ink,
            font=look.heading_font,
            size=look.heading_size,
            across="center",
        )
        styles["problems.heading"] = _style_of(cell)
        sheet.column_dimensions[column_letters(column)].width = width
    sheet.merge_cells(f"A1:{end}1")
    sheet.merge_cells(f"A2:{end}2")
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{end}{LAST_PROBLEM}"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    _set_up_page(sheet, "")


def _add_comment_part(sheet: Worksheet) -> None:
    """One comment, so that the comment parts and their relations exist; stamping replaces their content."""
    from openpyxl.comments import Comment

    sheet["A1"].comment = Comment("x", "duban")
