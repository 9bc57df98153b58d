"""The book looked over before any paper is made of it: what is printed is what the form allows.

A return was checked when it came in, so that nothing is found here unless the book or the form was changed by
hand since. It is checked by the same schema, as columns, and by what the year adds: no unit answers twice for
a task. What was told or waived when the return came in is known to the office and passes; so does what is not
printed, because the task was given to others or dropped since.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reporting.language.values import format_number, parse_date, parse_measure, parse_percent, parse_status
from reporting.ledger import BookedFinding, Waived
from reporting.ledger.standing import latest_accepted
from reporting.model import Answer, AnsweredRow, Cell, Place, Row, Standing, Unread, Value, split_address
from reporting.model.findings import SHOWN_ALIKE, DubanError, Severity
from reporting.office.form import Form, FormField
from reporting.plan.share_out import Distribution
from reporting.returns.columns import CellColumns
from reporting.returns.rules import gather
from reporting.returns.schema import find_broken, find_doubles

_FACETS = ("unread", "number")
"""What of a column is looked at again; how long a text may be is no matter of what is counted."""

_IS_NONE = {"status": "不在规定的选项中", "date": "不是日期"}
"""What is said of a value by the type of its column; any other should be a number."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A row of the book that is printed, and the receipt it came with."""

    standing: Standing
    row: AnsweredRow
    measure: str = ""
    """The unit of measure of the target that it is about."""


def guard_book(
    contents: Sequence[Standing],
    shares: Distribution,
    form: Form,
    findings: Mapping[int, Sequence[BookedFinding]],
    waived: Sequence[Waived],
) -> None:
    """Raise ``DubanError``, naming file, sheet and cell, where the book holds what must not be printed.

    ``contents`` are the receipts with their answers, ``findings`` what was told of each when it came in.
    """
    tasks, targets = _printed(contents, shares)
    known = _known(findings, waived)
    wrong = [*_wrong("task", tasks, form, known), *_wrong("target", targets, form, known)]
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > SHOWN_ALIKE else ""
        raise DubanError(
            f"台账中的内容与填报表的要求不符，没有生成文件：{'；'.join(wrong[:SHOWN_ALIKE])}{more}。"
            "台账被改动过的，请从备份恢复；收表以后改过 form.toml 的，请改回，或者请有关单位重新报送。"
        )


def _printed(contents: Sequence[Standing], shares: Distribution) -> tuple[list[_Printed], list[_Printed]]:
    tasks: list[_Printed] = []
    targets: list[_Printed] = []
    accepted = latest_accepted(contents)
    for share in shares.recipients:
        standing = accepted.get(share.unit)
        if standing is None or standing.answered is None:
            continue
        numbers = {each.task.number for each in share.assignments}
        tasks += [_Printed(standing, row) for row in standing.answered.rows if row.number in numbers]
        measures = {each.number: each.unit for each in share.targets}
        targets += [
            _Printed(standing, row, measures[row.number]) for row in standing.answered.targets if row.number in measures
        ]
    return tasks, targets


def _wrong(
    part: Literal["task", "target"], printed: Sequence[_Printed], form: Form, known: Callable[[_Printed, Place], bool]
) -> Iterator[str]:
    """What must not be printed, as clauses with the place where it stands."""
    fields = form.task_fields if part == "task" else form.target_fields
    rows = [_as_row(each, fields, form) for each in printed]
    columns = CellColumns(part, form, rows, range(len(rows)))
    rules = {each.kind.code: each for each in gather() if each.bars and each.facet in _FACETS}
    for code, cells in find_broken(columns, tuple(rules.values())).items():
        for index, key in cells:
            cell = rows[index].cells[key]
            if not known(printed[index], cell.place):
                rule, field = rules[code], fields[key]
                if isinstance(cell.value, int | float):
                    found = format_number(cell.value)
                    values = {"heading": field.heading, "found": found, **rule.tell(cell, field, form)}
                    yield _at(printed[index], cell.place, rule.kind.says.format_map(values).rstrip("。"))
                else:
                    stored = printed[index].row.value(key)
                    booked = "空白" if stored is None else f"“{stored}”，{_IS_NONE.get(field.type, '不是数字')}"
                    what = f"{field.heading}填的是“{cell.raw}”，登记为{booked}"
                    yield _at(printed[index], cell.place, what)
    key = "number" if part == "task" else "target"
    for index in find_doubles([each.standing.unit for each in printed], [row.number for row in rows]):
        place = rows[index].cells[key].place if key in rows[index].cells else rows[index].place
        if not known(printed[index], place):
            yield _at(printed[index], place, f"编号“{rows[index].number}”不止一行")


def _as_row(printed: _Printed, fields: Mapping[str, FormField], form: Form) -> Row:
    """A row of the book as the schema looks at it: what cannot be what its column holds is unreadable."""
    standing, answered = printed.standing, printed.row
    cells = {
        key: Cell(each.raw, _understood(each, fields[key], form, printed.measure), _place(standing, each))
        for key, each in answered.cells.items()
        if key in fields
    }
    return Row(answered.number, cells, next((each.place for each in cells.values()), Place(standing.file)))


def _place(standing: Standing, answer: Answer) -> Place:
    return Place(standing.file, answer.sheet, *split_address(answer.cell))


def _understood(answer: Answer, field: FormField, form: Form, measure: str) -> Value:
    value = answer.value
    if field.type == "text":
        return answer.raw
    if value is None:  # what could not be read either is no figure and no day, and is printed as typed
        return Unread.UNREADABLE if _can_be_read(answer.raw, field, form, measure) else None
    if field.is_figure and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if field.type == "status" and value in form.statuses:
        return value
    return _day(value) if field.type == "date" else Unread.UNREADABLE


def _can_be_read(raw: str, field: FormField, form: Form, measure: str) -> bool:
    if field.type == "status":
        return parse_status(raw, form.status_words) is not None
    if field.type == "date":
        return parse_date(raw) is not None
    if field.type == "quantity":
        return parse_measure(raw, measure) is not None
    figure = parse_percent(raw)
    if figure is None:
        return False
    # what lies out of its range counts as blank where it need not be filled in
    return field.required != "no" or (
        (field.min is None or figure >= field.min) and (field.max is None or figure <= field.max)
    )


def _day(value: object) -> Value:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return Unread.UNREADABLE


def _known(
    findings: Mapping[int, Sequence[BookedFinding]], waived: Iterable[Waived]
) -> Callable[[_Printed, Place], bool]:
    """Whether the office was told of the cell of a row, or waived what was wrong in it, when it came in."""
    errors = {rule.kind.code for rule in gather() if rule.kind.severity is Severity.ERROR}
    told = {
        (entry, each.sheet, each.cell) for entry, found in findings.items() for each in found if each.code in errors
    }
    excused = {(each.unit, each.task) for each in waived if each.rule in errors}

    def known(printed: _Printed, place: Place) -> bool:
        entry, unit = printed.standing.entry, printed.standing.unit
        is_told = (entry, place.part, place.cell) in told
        return is_told or not excused.isdisjoint(((unit, ""), (unit, printed.row.number)))

    return known


def _at(printed: _Printed, place: Place, what: str) -> str:
    return f"{printed.standing.unit}报送的“{printed.standing.file}”{place.words}，{what}"
