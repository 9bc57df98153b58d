"""The cells of a return read in their context: each distinct content beside the same things is read once.

Runs after the rows were joined to what was asked for. The raw text of every cell stays; what is understood by
it stands beside it, with how sure that is (``Meaning``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.language.values import is_failed, parse_date, parse_percent, parse_quantity, parse_status
from reporting.model import Assignment, Cell, Meaning, Role, Row, Unread, Value
from reporting.office.form import FieldType, Form, FormField
from reporting.returns.words.status import Due, StatusContext, read_status


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

    def cell(self, cell: Cell, field: FormField) -> Cell:
        """A cell whose neighbours do not matter."""
        type_ = field.type if field.filled else "text"
        key = type_, cell.raw, type(cell.value), cell.value
        if key not in self._known:
            self._known[key] = Meaning(self._understand(cell, type_))
        return _understood(cell, self._known[key])

    def written_on(self, header: Mapping[str, Cell]) -> date | None:
        """The day on which a return was written, or came in where that is earlier."""
        wrote = header["filled_on"].value if "filled_on" in header else None
        return min((day for day in (wrote, self.today) if isinstance(day, date)), default=None)

    def task_cells(self, row: Row, beside: RowContext) -> dict[str, Cell]:
        """The cells of a row of 任务填报."""
        fields = self.form.read_fields
        cells = {key: self.cell(cell, fields[key]) for key, cell in row.cells.items()}
        status = row.cells.get("status")
        if status is not None and cells["status"].value is Unread.UNREADABLE:
            progress = cells["progress"].value if "progress" in cells else None
            context = StatusContext(
                progress if isinstance(progress, int | float) else None,
                _due(beside),
                beside.assignment is None or beside.assignment.role is Role.LEAD,
                str(beside.above.value("status")) if beside.above else "",
                beside.day.month if beside.day else 12,
            )
            key = "status", status.raw, context
            if key not in self._known:
                self._known[key] = read_status(status.raw, self.form, context)
            cells["status"] = _understood(status, self._known[key])
        return cells

    def _understand(self, cell: Cell, type_: FieldType) -> Value:
        if not cell.raw or is_failed(cell.raw):  # which the reader has said already
            return None
        if type_ == "text":
            return cell.raw
        understood: Value
        if type_ == "status":
            understood = parse_status(cell.raw, self.form.status_words)
        elif type_ == "percent":
            understood = parse_percent(cell.value)
        elif type_ == "date":
            understood = parse_date(cell.value, self.year)
        else:
            quantity = parse_quantity(cell.value)
            understood = quantity.value if quantity else None
            if type_ == "number" and quantity and quantity.unit not in ("", "分"):
                understood = None
        return Unread.UNREADABLE if understood is None else understood


def _understood(cell: Cell, meaning: Meaning) -> Cell:
    value = meaning.value
    if not meaning.weight and (value is cell.value or (type(value) is str and value == cell.value)):
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
