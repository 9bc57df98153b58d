"""The cells of a return read in their context: each distinct content beside the same things is read once.

Runs after the rows were joined to what was asked for. The raw text of every cell stays; what is understood by
it stands beside it, with how sure that is (``Meaning``). What a unit need not fill in never sends a return back:
where nothing can be understood it counts as blank, and is asked about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from reporting.language.characters import even_width
from reporting.language.values import format_number, is_failed, parse_quantity, parse_status
from reporting.model import Assignment, Cell, Meaning, Role, Row, Target, Unread
from reporting.office.form import Form, FormField, ProgressRule
from reporting.returns.words.days import DayContext, Purpose, read_day, typed_number
from reporting.returns.words.figures import FigureContext, read_figure
from reporting.returns.words.people import read_person, read_phone, split_number
from reporting.returns.words.progress import PercentContext, read_percent
from reporting.returns.words.status import Due, StatusContext, read_status

_PURPOSES: dict[str, Purpose] = {"filled_on": "written", "as_of": "counted"}
_UNCLEAR = {"date": "认不出是哪一天", "text": "不在规定的选项中"}
_FULL_MARKS = ("满分", "全部", "满")
_NOTHING = Meaning(None)


@dataclass(frozen=True, slots=True)
class RowContext:
    """What stands beside a row of 任务填报: its task and role, the row above it, the day it was written."""

    assignment: Assignment | None = None
    above: Row | None = None
    day: date | None = None


class CellReader:
    """What is understood by the cells of the returns of a run."""

    def __init__(self, form: Form, year: int | None, today: date | None = None) -> None:
        """Begin with nothing known."""
        self.form, self.year, self.today = form, year, today
        self._known: dict[tuple[object, ...], Meaning] = {}

    def header(self, cells: Mapping[str, Cell]) -> dict[str, Cell]:
        """The block above the table; a number that stands beside a name is the telephone number."""
        fields = self.form.header_fields
        read = {key: self._cell(cell, fields[key], self.today) for key, cell in cells.items()}
        if "phone" in read and not read["phone"].raw:
            for key in ("reporter", "auditor"):
                number = split_number(read[key].raw)[1] if key in read else ""
                if number:
                    read["phone"] = replace(read["phone"], raw=number, value=number)
                    break
        return read

    def written_on(self, header: Mapping[str, Cell]) -> date | None:
        """The day on which a return was written, or came in where that is earlier."""
        wrote = header["filled_on"].value if "filled_on" in header else None
        return min((day for day in (wrote, self.today) if isinstance(day, date)), default=None)

    def task_cells(self, row: Row, beside: RowContext) -> dict[str, Cell]:
        """The cells of a row of 任务填报."""
        fields = self.form.read_fields
        status, cells = row.cells.get("status"), dict[str, Cell]()
        if status is not None:
            cells["status"] = self._status(status, row, beside)
        rule = self._progress_rule(cells.get("status"))
        context = PercentContext(rule)
        for key, cell in row.cells.items():
            if key == "progress":
                cells[key] = self._once(cell, (context,), lambda each: read_percent(each.value, each.raw, context))
            elif key != "status":
                cells[key] = self._cell(cell, fields[key], beside.day)
        return {key: cells[key] for key in row.cells}

    def target_cells(self, row: Row, target: Target | None, day: date | None) -> dict[str, Cell]:
        """The cells of a row of 量化指标."""
        fields = self.form.target_fields
        cells = {key: self._cell(cell, fields[key], day) for key, cell in row.cells.items() if key != "value"}
        if "value" in row.cells:
            cell = row.cells["value"]
            if target is None:
                cells["value"] = self._cell(cell, fields["value"], day)
            else:
                context = FigureContext(target.unit, target.name, target.op, target.value)
                cells["value"] = self._once(cell, (context,), lambda each: read_figure(each.value, each.raw, context))
        return {key: cells[key] for key in row.cells}

    # ---- one cell --------------------------------------------------------------------------------------------

    def _once(self, cell: Cell, beside: tuple[object, ...], read: Callable[[Cell], Meaning]) -> Cell:
        if not cell.raw and cell.value is None:
            return cell
        key = (*beside, cell.raw, type(cell.value), cell.value)
        if key not in self._known:
            # of a failed formula the reader has told already
            self._known[key] = _NOTHING if not cell.raw or is_failed(cell.raw) else read(cell)
        return _understood(cell, self._known[key])

    def _cell(self, cell: Cell, field: FormField, day: date | None) -> Cell:
        """A cell whose neighbours do not matter."""
        if not field.filled:
            return self._once(cell, ("text",), lambda each: Meaning(each.raw))
        if field.type == "date":
            number = typed_number(cell.value)
            if number is not None:  # nobody typed a day of 1900
                cell = replace(cell, raw=format_number(number))
            context = DayContext(self.year, day, _PURPOSES.get(field.key, "other"))
            return self._once(
                cell, (id(field), day), lambda each: _lenient(read_day(each.value, each.raw, context), field)
            )
        return self._once(cell, (id(field),), lambda each: _lenient(self._plain(each, field), field))

    def _plain(self, cell: Cell, field: FormField) -> Meaning:
        if field.key in ("reporter", "auditor"):
            return read_person(cell.raw)
        if field.key == "phone":
            return read_phone(cell.raw)
        if field.type == "text":
            known = not field.choices or even_width(cell.raw) in map(even_width, field.choices)
            return (
                Meaning(cell.raw)
                if known or field.required != "no"
                else Meaning(cell.raw, "confirm", cell.raw, _UNCLEAR["text"])
            )
        if field.type == "percent":
            return read_percent(cell.value, cell.raw, PercentContext(is_progress=False))
        if field.type == "status":
            word = parse_status(cell.raw, self.form.status_words)
            return Meaning(word or Unread.UNREADABLE, "" if word else "error")
        return _number(cell, field)

    def _status(self, cell: Cell, row: Row, beside: RowContext) -> Cell:
        listed = self._known.get(("listed", cell.raw))
        if listed is None:
            word = parse_status(cell.raw, self.form.status_words)
            is_known = word is not None or not cell.raw or is_failed(cell.raw)
            listed = self._known["listed", cell.raw] = Meaning(word if is_known else Unread.UNREADABLE)
        if listed.value is not Unread.UNREADABLE:
            return _understood(cell, listed)
        progress = row.cells.get("progress")
        plain = read_percent(progress.value, progress.raw, PercentContext()) if progress and progress.raw else _NOTHING
        context = StatusContext(
            plain.value if isinstance(plain.value, int | float) and plain.weight in ("", "note") else None,
            _due(beside),
            beside.assignment is None or beside.assignment.role is Role.LEAD,
            str(beside.above.value("status")) if beside.above else "",
            beside.day.month if beside.day else 12,
        )
        return self._once(cell, ("status", context), lambda each: read_status(each.raw, self.form, context))

    def _progress_rule(self, status: Cell | None) -> ProgressRule | None:
        """The progress that a status asks for, where it is known which is meant."""
        if status is None or status.weight == "confirm" or not isinstance(status.value, str):
            return None
        known = self.form.statuses.get(status.value)
        return known.progress if known else None


def _number(cell: Cell, field: FormField) -> Meaning:
    """A figure without a unit of the plan: a score, or an office's own column."""
    if even_width(cell.raw) in _FULL_MARKS and field.max is not None:
        return Meaning(field.max, "note", format_number(field.max))
    quantity = parse_quantity(cell.value)
    if quantity is None:
        return Meaning(Unread.UNREADABLE, "error")
    if field.type == "number" and quantity.unit == "%":
        return Meaning(quantity.value, "confirm", format_number(quantity.value), "写的是百分数")
    if field.type == "number" and quantity.unit not in ("", "分"):
        return Meaning(Unread.UNREADABLE, "error")
    if quantity.approximate or quantity.op != "=":
        return Meaning(quantity.value, "confirm", format_number(quantity.value), "不是确数")
    return Meaning(quantity.value)


def _lenient(meaning: Meaning, field: FormField) -> Meaning:
    """What a unit need not fill in counts as blank where it cannot be understood."""
    if field.required != "no":
        return meaning
    if meaning.weight == "error":
        doubt = meaning.doubt.strip("，") or _UNCLEAR.get(field.type, "不是数字")
        return Meaning(None, "confirm", "空白", doubt)
    figure = meaning.value
    if field.is_figure and isinstance(figure, int | float) and not _is_within(float(figure), field):
        return Meaning(None, "confirm", "空白", "超出范围")
    return meaning


def _is_within(figure: float, field: FormField) -> bool:
    return (field.min is None or figure >= field.min) and (field.max is None or figure <= field.max)


def _understood(cell: Cell, meaning: Meaning) -> Cell:
    value = meaning.value
    if not meaning.weight and (value is cell.value or (type(value) is type(cell.value) and value == cell.value)):
        return cell
    return Cell(cell.raw, value, cell.place, cell.joined, meaning if meaning.weight else None)


def _due(beside: RowContext) -> Due:
    """Whether the deadline of a task has passed on the day the row was written."""
    deadline = beside.assignment.task.deadline if beside.assignment else None
    if deadline is None:
        return ""
    if deadline.kind in ("ongoing", "annual") and "长期" in deadline.text:
        return "lasting"
    if deadline.kind != "date" or deadline.date is None or beside.day is None:
        return ""
    return "passed" if deadline.date < beside.day else "ahead"
