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
from reporting.office.form import Form
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
    tasks = book[TASKS]
    headings = {field.heading: field.key for field in (*form.task, *form.header)}
    _fill_header(tasks, sending.words, form)
    rows, columns = _find_rows(tasks, headings, "number")
    for entry in sending.words.get("task", ()):
        _fill_row(tasks, rows.get(task_number(str(entry["number"]))), columns, entry, skip=("number",))
    target_rows: dict[str, int] = {}
    target_columns: dict[str, int] = {}
    if TARGETS in book.sheetnames:
        target_headings = {field.heading: field.key for field in form.target}
        target_rows, target_columns = _find_rows(book[TARGETS], target_headings, "target")
        for entry in sending.words.get("target", ()):
            row = target_rows.get(task_number(str(entry["target"])))
            _fill_row(book[TARGETS], row, target_columns, entry, skip=("target",))
    if with_mistakes:
        for mistake in sending.mistakes:
            if mistake["sheet"] == "表头":
                _fill_header(tasks, {mistake["field"]: mistake["value"]}, form)
            elif mistake["sheet"] == TARGETS:
                _err(book[TARGETS], target_rows, target_columns, mistake)
            else:
                _err(tasks, rows, columns, mistake)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _find_rows(sheet: Any, headings: Mapping[str, str], key: str) -> tuple[dict[str, int], dict[str, int]]:
    """Rows by number and columns by field key of the table on a sheet."""
    for line in sheet.iter_rows(max_row=30):
        columns = {headings[cell.value]: cell.column for cell in line if cell.value in headings}
        if key in columns and len(columns) > 4:
            head = line[0].row
            break
    rows = {}
    for row in range(head + 1, sheet.max_row + 1):
        value = sheet.cell(row, columns[key]).value
        if value is not None:
            rows[task_number(value)] = row
    return rows, columns


def _fill_header(sheet: Any, words: Mapping[str, Any], form: Form) -> None:
    keys = {field.heading: field.key for field in form.header}
    for line in sheet.iter_rows(max_row=8):
        for cell in line:
            key = keys.get(cell.value) if isinstance(cell.value, str) else None
            if (
                key is not None
                and key in words
                and (form.header_fields[key].filled or key == "year")
                and key != "unit"
            ):
                sheet.cell(cell.row, cell.column + 1).value = typed(words[key])


def typed(value: object) -> Any:
    """What Excel makes of typing: a date becomes a date, an empty string an empty cell."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value or None
    return value


def _fill_row(
    sheet: Any, row: int | None, columns: Mapping[str, int], entry: Mapping[str, Any], skip: Iterable[str]
) -> None:
    for key, value in entry.items():
        if row is not None and key in columns and key not in skip:
            sheet.cell(row, columns[key]).value = typed(value)


def _err(sheet: Any, rows: dict[str, int], columns: Mapping[str, int], mistake: Mapping[str, Any]) -> None:
    row = rows.get(task_number(str(mistake["task"])))
    if row is None:
        return
    if mistake["field"] != "row":
        sheet.cell(row, columns[mistake["field"]]).value = typed(mistake["value"])
    elif mistake["value"] == "deleted":
        for line in sheet.iter_cols(min_row=row, max_row=row):
            line[0].value = None
    else:
        last = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(row, column).value


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
