"""The review workbook read back, with the same care as a return.

Rows are known by task or target number and unit, columns by their headings, wherever either was moved to.
Every wrong cell becomes a finding at its place, all of them at once. With an error nothing may be recorded;
that is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from reporting.characters import even_width, same_words
from reporting.files.os_errors import explain_os_error
from reporting.files.review_sheets import (
    ABOUT,
    COLUMNS,
    GROUP_CELLS,
    LOCKED_KEYS,
    META,
    NO,
    TARGETS,
    TASKS,
    UNITS,
    YES,
    Column,
)
from reporting.files.sniffing import refuse_package
from reporting.findings import DubanError, Finding, Kind, Severity
from reporting.form import Form
from reporting.inspection import lacks_figure
from reporting.model import Cell, Place, Unread, Value
from reporting.review import METHODS, Inspection, Review, TargetReview, TaskReview, UnitReview
from reporting.values import (
    ERROR_VALUES,
    as_text,
    convert,
    format_number,
    parse_date,
    parse_measure,
    parse_percent,
    parse_quantity,
    parse_status,
    task_number,
)

NO_SHEET = Kind(
    "review_sheet_is_there",
    Severity.ERROR,
    "核定表里没有找到“{sheet}”表，或表头不全（缺“{found}”）。",
    "请在程序生成的核定表中填写，不要删改工作表和表头。",
)
UNKNOWN_ROW = Kind(
    "review_row_is_known",
    Severity.ERROR,
    "{found}不在本次核定范围内。",
    "请改回原来的编号和单位名称；多出的行请整行清空。",
)
DOUBLE_ROW = Kind(
    "review_row_is_single",
    Severity.ERROR,
    "{found}出现了两次，第一次在 {expected}。",
    "请只保留一行。",
)
LOCKED_CHANGED = Kind(
    "review_locked_is_unchanged",
    Severity.ERROR,
    "“{heading}”是单位上报的内容，被改成了“{found}”，原为“{expected}”。",
    "请改回原文；认为上报不实的，填在核定各列。",
)
UNKNOWN_STATUS = Kind(
    "review_status_is_known",
    Severity.ERROR,
    "核定状态“{found}”不在状态词汇中。",
    "请从下拉选项中选一项：{expected}。",
)
UNKNOWN_METHOD = Kind(
    "review_method_is_known",
    Severity.ERROR,
    "核查方式“{found}”不在下拉选项中。",
    "请从下拉选项中选一项：{expected}。",
)
BAD_PROGRESS = Kind(
    "review_progress_in_range",
    Severity.ERROR,
    "核定进度“{found}”不是 0 到 100 的数字。",
    "请填 0 到 100 的数字，如 80。",
)
BAD_SCORE = Kind(
    "review_score_in_range",
    Severity.ERROR,
    "考评得分“{found}”不是 0 到 100 的数字。",
    "请填 0 到 100 的数字，如 95；不评定的留空。",
)
NO_REASON = Kind(
    "review_deduction_has_reason",
    Severity.ERROR,
    "考评得分为 {found}，没有写扣分原因。",
    "请在“扣分原因”一列写明。",
)
NO_FIGURE = Kind(
    "review_change_has_figure",
    Severity.ERROR,
    "核定状态由“{expected}”改为“{found}”，没有核定进度、核定完成值或考评得分，无法计分。",
    "请填其中一项。",
)
BAD_VALUE = Kind(
    "review_value_is_readable",
    Severity.ERROR,
    "核定完成值“{found}”读不出来，或计量单位与“{expected}”不一致。",
    "请只填一个确切的数字，计量单位为“{expected}”。",
)
BAD_BONUS = Kind(
    "review_bonus_in_range",
    Severity.ERROR,
    "加分“{found}”不是 0 到 100 的数字。",
    "请填 0 到 100 的数字；没有加分的留空。",
)
BONUS_UNFOUNDED = Kind(
    "review_bonus_has_reason", Severity.ERROR, "加 {found} 分，没有写加分依据。", "请在“加分依据”一列写明。"
)
UNKNOWN_VETO = Kind(
    "review_veto_is_known", Severity.ERROR, "一票否决“{found}”不是“是”或“否”。", "请从下拉选项中选一项。"
)
VETO_UNFOUNDED = Kind(
    "review_veto_has_reason", Severity.ERROR, "选了一票否决，没有写否决事由。", "请在“否决事由”一列写明。"
)
BAD_DATE = Kind(
    "review_date_is_readable",
    Severity.ERROR,
    "{heading}“{found}”看不出是哪一天。",
    "请写成 2027-01-11 的样子。",
)
DATES_TURNED = Kind(
    "review_dates_in_order", Severity.ERROR, "检查结束日期 {found} 早于开始日期 {expected}。", "请核对日期。"
)
NOTHING_FILLED = Kind(
    "review_is_filled",
    Severity.ERROR,
    "核定表中没有一项任务或指标填写了核定结果。",
    "请由检查组填写后再收。",
)
ROWS_LEFT = Kind(
    "review_rows_left",
    Severity.NOTE,
    "还有 {found} 项次任务没有核定，得分将按上报情况计算，并在报告中注明“未核定”。",
    "需要核定的，请填写后再收一次。",
)
OTHER_ISSUE = Kind(
    "review_is_current",
    Severity.NOTE,
    "这份核定表上没有本年度下发的记号，可能是复制到新文件中填写的。",
    "内容已按最近一次下发的核定表核对。",
)

_UNREADABLE = (
    BadZipFile,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    SyntaxError,
)
"""What openpyxl really raises over broken and oddly styled files; ``refuse_package`` sees to the worst."""
_HEADINGS_WITHIN = 30
_MOST_ROWS = 20_000


def read_review_file(path: Path) -> bytes:
    """The bytes of a review workbook; raises ``DubanError`` when there is none to read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DubanError(
            f"找不到或无法读取核定表“{path}”：{explain_os_error(error)}。"
            "请核对路径，或先运行 review issue；正在打开的请先关闭。"
        ) from error


def open_review(path: Path) -> tuple[Any, str]:
    """Open a filled-in review workbook and tell the digest of the inspection it was made from, if it has one.

    Raises ``DubanError`` when it is no workbook.
    """
    from openpyxl import load_workbook

    data = read_review_file(path)
    why = "不是 .xlsx 文件" if not data.startswith(b"PK") else refuse_package(data)
    if not why:
        try:
            book = load_workbook(BytesIO(data), data_only=True)
        except _UNREADABLE:
            why = "内容已损坏"
    if why:
        raise DubanError(f"核定表“{path.name}”打不开：{why}。请用 Excel 或 WPS 另存为 .xlsx 后再收。")
    words = dict(_meta(book))
    return book, words.get("digest", "")


def _meta(book: Any) -> Iterator[tuple[str, str]]:
    if META in book.sheetnames:
        for row in book[META].iter_rows(max_row=20, max_col=2, values_only=True):
            yield as_text(row[0]), as_text(row[1])


def read_review_book(
    path: Path, inspection: Inspection, form: Form, digest: str = ""
) -> tuple[Review, list[Finding]]:
    """Read what the group filled in, against the inspection its workbook was made from.

    ``digest`` is the one of that inspection; a workbook without it is read all the same, and it is said.
    """
    book, found = open_review(path)
    reader = _Reader(path.name, book, inspection, form)
    review = reader.read()
    findings = reader.findings
    if digest and found != digest:
        findings.append(Finding(OTHER_ISSUE, Place(path.name)))
    return review, findings


@dataclass
class _Table:
    """A table found on a sheet: its name, its columns by key, and the cells of its rows."""

    sheet: str
    head: int
    rows: list[dict[str, Cell]] = field(default_factory=list)


class _Reader:
    """One pass over a workbook; what is wrong gathers in ``findings``."""

    def __init__(self, file: str, book: Any, inspection: Inspection, form: Form) -> None:
        self.file, self.book, self.inspection, self.form = file, book, inspection, form
        self.findings: list[Finding] = []

    def read(self) -> Review:
        """The whole review, as far as it can be understood."""
        group = self._group()
        targets = self._targets()
        verified = {(each.task, each.unit) for each in self._with_tasks(targets)}
        tasks = self._tasks(verified)
        units = self._units()
        if not self.findings and not targets and not any(each.is_filled for each in tasks):
            self._find(NOTHING_FILLED, Place(self.file, TASKS))
        left = len(self.inspection.tasks) - len(
            {(each.number, each.unit) for each in tasks if each.is_filled} | verified
        )
        if left and not any(each.is_error for each in self.findings):
            self._find(ROWS_LEFT, Place(self.file, TASKS), found=str(left))
        return Review(
            share=self.inspection.share,
            seed=self.inspection.seed,
            leader=str(group.get("leader") or ""),
            members=str(group.get("members") or ""),
            began=_as_date(group.get("began")),
            ended=_as_date(group.get("ended")),
            rectify_by=_as_date(group.get("rectify_by")),
            tasks=tuple(tasks),
            targets=tuple(targets),
            units=tuple(units),
        )

    def _find(self, kind: Kind, place: Place, unit: str = "", task: str = "", **values: str) -> None:
        self.findings.append(Finding(kind, place, unit, task, values))

    # ---- the group -----------------------------------------------------------------------------------

    def _group(self) -> dict[str, str | date | None]:
        """What the group says about itself, each cell found by the label to its left."""
        labels = {label: key for key, (label, _) in GROUP_CELLS.items()}
        found: dict[str, str | date | None] = {}
        cells: dict[str, Cell] = {}
        if ABOUT not in self.book.sheetnames:
            return found
        for row, line in sorted(_by_row(self.book[ABOUT]).items()):
            for column, cell in line.items():
                key = labels.get(even_width(as_text(_value(cell))))
                if key is not None:
                    cells[key] = _cell(self.file, ABOUT, row, column + 1, line.get(column + 1))
        for key, cell in cells.items():
            found[key] = cell.raw if key in ("leader", "members") else self._date(key, cell)
        began, ended = found.get("began"), found.get("ended")
        if isinstance(began, date) and isinstance(ended, date) and ended < began:
            self._find(DATES_TURNED, cells["ended"].place, found=str(ended), expected=str(began))
        return found

    def _date(self, key: str, cell: Cell) -> date | None:
        day = parse_date(cell.value)
        if day is None and cell.raw:
            self._find(BAD_DATE, cell.place, heading=GROUP_CELLS[key][0], found=cell.raw)
        return day

    # ---- the tables ----------------------------------------------------------------------------------

    def _rows(
        self, sheet: str, expected: Mapping[Any, Any], keys: Sequence[str]
    ) -> Iterator[tuple[Any, dict[str, Cell]]]:
        """Each row with what was laid before the group under its numbers; strangers and doubles are said."""
        seen: dict[tuple[str, ...], Cell] = {}
        for cells in self._table(sheet):
            key = tuple(_key(name, cells[name]) for name in keys)
            first = cells[keys[0]]
            unit = cells["unit"].raw
            name = "，".join(cells[each].raw or "（空白）" for each in keys)
            if key not in expected:
                self._find(UNKNOWN_ROW, first.place, unit, found=f"“{name}”")
            elif key in seen:
                self._find(DOUBLE_ROW, first.place, unit, found=f"“{name}”", expected=seen[key].place.cell)
            else:
                seen[key] = first
                self._compare_locked(sheet, expected[key], cells)
                yield expected[key], cells

    def _compare_locked(self, sheet: str, record: Any, cells: Mapping[str, Cell]) -> None:
        headings = {column.key: column.heading for column in COLUMNS[sheet]}
        for key in LOCKED_KEYS[sheet]:
            was = record if sheet == UNITS else str(getattr(record, key))
            if not _same(cells[key], was):
                self._find(
                    LOCKED_CHANGED,
                    cells[key].place,
                    cells["unit"].raw,
                    "" if sheet == UNITS else _task_of(record),
                    heading=headings[key],
                    found=_short(cells[key].raw),
                    expected=_short(was),
                )

    def _table(self, sheet: str) -> list[dict[str, Cell]]:
        """The rows of a sheet below its headings that hold anything."""
        if sheet not in self.book.sheetnames:
            self._find(NO_SHEET, Place(self.file, sheet), sheet=sheet, found="整张表")
            return []
        rows = _by_row(self.book[sheet])
        head, at = _find_headings(rows, COLUMNS[sheet])
        lacking = [column.heading for column in COLUMNS[sheet] if column.key not in at]
        if lacking:
            self._find(NO_SHEET, Place(self.file, sheet, head), sheet=sheet, found="、".join(lacking))
            return []
        found = []
        for row in sorted(number for number in rows if number > head):
            cells = {
                key: _cell(self.file, sheet, row, column, rows[row].get(column)) for key, column in at.items()
            }
            if any(cell.raw for cell in cells.values()):
                found.append(cells)
        return found

    # ---- 任务核定 ------------------------------------------------------------------------------------

    def _tasks(self, verified: set[tuple[str, str]]) -> list[TaskReview]:
        expected = {(task_number(each.number), even_width(each.unit)): each for each in self.inspection.tasks}
        return [
            self._task(task, cells, with_figures=(task.number, task.unit) in verified)
            for task, cells in self._rows(TASKS, expected, ("number", "unit"))
        ]

    def _task(self, task: Any, cells: Mapping[str, Cell], *, with_figures: bool) -> TaskReview:
        where = (task.unit, task.number)
        status = parse_status(cells["verified"].value, self.form.status_words) or ""
        if cells["verified"].raw and not status:
            words = "、".join(self.form.statuses)
            self._find(
                UNKNOWN_STATUS, cells["verified"].place, *where, found=cells["verified"].raw, expected=words
            )
        method = even_width(cells["method"].raw)
        if method and method not in METHODS:
            self._find(
                *(UNKNOWN_METHOD, cells["method"].place, *where), found=method, expected="、".join(METHODS)
            )
        progress = self._number(cells["verified_progress"], BAD_PROGRESS, where, parse_percent)
        score = self._number(cells["score"], BAD_SCORE, where, _points)
        reason = cells["reason"].raw
        if score is not None and score < 100 and not reason:
            self._find(NO_REASON, cells["reason"].place, *where, found=format_number(score))
        told = progress is not None or score is not None or with_figures
        wrong = cells["verified_progress"].raw or cells["score"].raw  # has a finding of its own
        if not told and not wrong and lacks_figure(self.form, task.status, status):
            self._find(
                NO_FIGURE, cells["verified_progress"].place, *where, found=status, expected=task.status
            )
        return TaskReview(
            *(task.number, task.unit), method, status, progress, score, reason, cells["opinion"].raw
        )

    def _number(
        self,
        cell: Cell,
        kind: Kind,
        where: tuple[str, str],
        parse: Callable[[Value], float | None],
    ) -> float | None:
        if not cell.raw:
            return None
        number = parse(cell.value)
        if number is None or not 0 <= number <= 100:
            self._find(kind, cell.place, *where, found=cell.raw)
            return None
        return number

    # ---- 指标核定 and 单位核定 -----------------------------------------------------------------------

    def _targets(self) -> list[TargetReview]:
        if not self.inspection.targets:
            return []
        expected = {
            (task_number(each.number), even_width(each.unit)): each for each in self.inspection.targets
        }
        found = []
        for target, cells in self._rows(TARGETS, expected, ("number", "unit")):
            cell = cells["value"]
            if not cell.raw:
                continue
            value = exact_measure(cell.value, target.measure)
            if value is None:
                where = (target.unit, target.task)
                self._find(BAD_VALUE, cell.place, *where, found=cell.raw, expected=target.measure)
            else:
                found.append(TargetReview(target.number, target.unit, value, cells["remark"].raw))
        return found

    def _with_tasks(self, targets: Iterable[TargetReview]) -> Iterator[Any]:
        """The inspected targets for which there is a verified figure."""
        verified = {(each.number, each.unit) for each in targets}
        return (each for each in self.inspection.targets if (each.number, each.unit) in verified)

    def _units(self) -> list[UnitReview]:
        expected = {(even_width(unit),): unit for unit in self.inspection.units}
        found = []
        for unit, cells in self._rows(UNITS, expected, ("unit",)):
            bonus = self._number(cells["bonus"], BAD_BONUS, (unit, ""), _points) or 0.0
            if bonus and not cells["bonus_reason"].raw:
                self._find(BONUS_UNFOUNDED, cells["bonus_reason"].place, unit, found=format_number(bonus))
            word = even_width(cells["veto"].raw)
            if word not in ("", YES, NO):
                self._find(UNKNOWN_VETO, cells["veto"].place, unit, found=word)
            if word == YES and not cells["veto_reason"].raw:
                self._find(VETO_UNFOUNDED, cells["veto_reason"].place, unit)
            if bonus or word == YES:
                reasons = cells["bonus_reason"].raw, cells["veto_reason"].raw
                found.append(UnitReview(unit, bonus, reasons[0], word == YES, reasons[1]))
        return found


# ---- cells ----------------------------------------------------------------------------------------


def _by_row(sheet: Any) -> dict[int, dict[int, Any]]:
    """The cells that hold something, by row and column.

    Not ``iter_rows``: one stray cell in row 1,048,576 would make it build a million rows of cells.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None and len(rows) < _MOST_ROWS:
            rows.setdefault(row, {})[column] = cell
    return rows


def _find_headings(
    rows: Mapping[int, Mapping[int, Any]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]]:
    """The row with most of the headings, and the columns by key."""
    wanted = {even_width(column.heading): column.key for column in columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sorted(rows)[:_HEADINGS_WITHIN]:
        at: dict[str, int] = {}
        for column, cell in sorted(rows[row].items()):
            key = wanted.get(even_width(as_text(_value(cell))))
            if key is not None:
                at.setdefault(key, column)
        if len(at) > len(best[1]):
            best = row, at
    return best


def _value(cell: Any) -> Value:
    if cell is None:
        return None
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return f"{format_number(round(float(value) * 100, 8))}%"  # 85% typed is 0.85 with a format
    return value if isinstance(value, str | bool | int | float | date) or value is None else str(value)


def _cell(file: str, sheet: str, row: int, column: int, cell: Any) -> Cell:
    value = _value(cell)
    raw = as_text(value)
    failed = raw in ERROR_VALUES
    return Cell(raw, Unread.UNREADABLE if failed else value if raw else None, Place(file, sheet, row, column))


def _key(name: str, cell: Cell) -> str:
    return even_width(cell.raw) if name == "unit" else task_number(cell.raw)


def _same(cell: Cell, was: str) -> bool:
    """Whether a locked cell still says what it said; Excel may have made a number of a text."""
    return same_words(cell.raw, was) or task_number(cell.raw) == task_number(was)


def _task_of(record: Any) -> str:
    return str(getattr(record, "task", record.number))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _points(value: Value) -> float | None:
    """Marks: a bare number or one with 分, and nothing vague such as 约90 or 90以上."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=" or quantity.unit not in ("", "分"):
        return None
    return quantity.value


def exact_measure(value: Value, measure: str) -> float | None:
    """A verified figure in the unit of the plan; a vague one is none."""
    quantity = parse_quantity(value)
    if quantity is None or quantity.approximate or quantity.op != "=":
        return None
    if convert(quantity, measure) is None:
        return None
    return parse_measure(value, measure)


def _as_date(value: str | date | None) -> date | None:
    return value if isinstance(value, date) else None
