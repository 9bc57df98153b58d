"""A department at work: it fills in the workbook that was issued to it, with or without mistakes.

It writes as Excel would, with another library than the one that made the workbook, and knows nothing of our
reader.
"""

import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from reporting.language.values import task_number
from reporting.office.form import Form, FormField
from reporting.returns.workbook.layout import TARGETS, TASKS


@dataclass(frozen=True, slots=True)
class DemoReturn:
    """How one unit answers, as ``examples/returns.toml`` tells."""

    unit: str
    words: Mapping[str, Any]

    @property
    def delivery(self) -> str:
        """How it comes: mail, zip, twice, late or never."""
        return str(self.words.get("delivery", "mail"))

    @property
    def mistakes(self) -> Sequence[Mapping[str, Any]]:
        """What the unit gets wrong the first time, cell by cell."""
        return list(self.words.get("mistake", ()))


def read_sendings(text: str) -> dict[str, DemoReturn]:
    """The answers of all units by name, from the text of ``returns.toml``."""
    return {words["unit"]: DemoReturn(words["unit"], words) for words in tomllib.loads(text)["return"]}


def fill_in(workbook: bytes, sending: DemoReturn, form: Form, *, with_mistakes: bool) -> bytes:
    """Fill in a workbook as a department would, with or without its mistakes; gives back the saved file."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook))
    tables = {TASKS: _Table(book[TASKS], (*form.task, *form.header), "number")}
    if TARGETS in book.sheetnames:
        tables[TARGETS] = _Table(book[TARGETS], form.target, "target")
    _fill_header(book[TASKS], sending.words, form)
    for name, table in tables.items():
        for entry in sending.words.get("task" if name == TASKS else "target", ()):
            table.fill(entry)
    for mistake in sending.mistakes if with_mistakes else ():
        if mistake["sheet"] == "表头":
            _fill_header(book[TASKS], {mistake["field"]: mistake["value"]}, form)
        else:
            tables[mistake["sheet"]].err(mistake)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


class _Table:
    """A table on a sheet: its rows by number, its columns by field."""

    def __init__(self, sheet: Any, fields: Iterable[FormField], key: str) -> None:
        self._sheet, self._key = sheet, key
        keys = {field.heading: field.key for field in fields}
        for line in sheet.iter_rows(max_row=30):
            self._columns = {keys[cell.value]: cell.column for cell in line if cell.value in keys}
            if key in self._columns and len(self._columns) > 4:
                break
        below = range(line[0].row + 1, sheet.max_row + 1)
        numbers = {row: sheet.cell(row, self._columns[key]).value for row in below}
        self._rows = {task_number(number): row for row, number in numbers.items() if number is not None}

    def fill(self, entry: Mapping[str, Any]) -> None:
        """Type what a unit says of a task or a target into its row."""
        row = self._rows.get(task_number(str(entry[self._key])))
        for key, value in entry.items():
            if row is not None and key in self._columns and key != self._key:
                self._sheet.cell(row, self._columns[key]).value = typed(value)

    def err(self, mistake: Mapping[str, Any]) -> None:
        """Make one mistake: a wrong value, or a row that is deleted or stands there twice."""
        sheet, row = self._sheet, self._rows.get(task_number(str(mistake["task"])))
        if row is None:
            return
        if mistake["field"] != "row":
            sheet.cell(row, self._columns[mistake["field"]]).value = typed(mistake["value"])
        elif mistake["value"] == "deleted":
            for line in sheet.iter_cols(min_row=row, max_row=row):
                line[0].value = None
        else:
            last = sheet.max_row + 1
            for column in range(1, sheet.max_column + 1):
                sheet.cell(last, column).value = sheet.cell(row, column).value


def _fill_header(sheet: Any, words: Mapping[str, Any], form: Form) -> None:
    keys = {field.heading: field.key for field in form.header}
    for line in sheet.iter_rows(max_row=8):
        for cell in line:
            key = keys.get(cell.value, "")
            if key in words and key != "unit" and (form.header_fields[key].filled or key == "year"):
                sheet.cell(cell.row, cell.column + 1).value = typed(words[key])


def typed(value: object) -> Any:
    """What Excel makes of typing: a date becomes a date, an empty string an empty cell."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value or None
    return value


class _GbkName(zipfile.ZipInfo):
    """A member named as Chinese Windows tools do: GBK bytes without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def zip_with_gbk_name(name: str, data: bytes) -> bytes:
    """A zip file as Chinese Windows tools write it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_GbkName(name, (2026, 12, 12, 9, 30, 0)), data)
    return buffer.getvalue()
