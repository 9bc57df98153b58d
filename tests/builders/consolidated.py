"""The consolidated workbook of a year, written and read again."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from builders.samples import five_tasks
from builders.year import FORM, OFFICE
from reporting.documents import consolidated
from reporting.documents.consolidated.file.book import write_report_book
from reporting.documents.consolidated.proceedings import NOTHING, Proceedings
from reporting.files.package import repack, split_package
from reporting.model import Consolidation
from reporting.office.form import Form

SHEETS = [
    *("概况", "任务汇总", "逐单位填报", "量化指标", "单位情况", "滞后和未完成"),
    *("问题汇总", "佐证材料", "未报送单位", "矛盾和疑点", "例外和决定", "其他内容"),
]
HIDDEN = ["字典", "_meta"]


def made(consolidation: Consolidation, form: Form = FORM, proceedings: Proceedings = NOTHING) -> bytes:
    return write_report_book(consolidated.build(consolidation, OFFICE, form, proceedings), form.look)


@cache
def sample_book() -> Workbook:
    """The sample written and opened, for tests that only read."""
    return load_workbook(BytesIO(made(five_tasks())), data_only=True)


def opened(consolidation: Consolidation, form: Form = FORM, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(made(consolidation, form)), data_only=values)


def table(sheet: Worksheet, first_heading: str = "任务编号") -> list[dict[str, object]]:
    """The rows of a sheet under the row of headings that has this one, until the first blank row."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if first_heading in row)
    found: list[dict[str, object]] = []
    for row in rows[at + 1 :]:
        if not any(value is not None for value in row):
            break
        found.append({str(name): value for name, value in zip(rows[at], row, strict=True) if name})
    return found


def block(sheet: Worksheet, first_heading: str) -> list[tuple[object, ...]]:
    """The rows of one table of 概况, blanks of merged cells left out of its headings."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == first_heading)
    found: list[tuple[object, ...]] = []
    for row in rows[at:]:
        if not any(value is not None for value in row):
            break
        found.append(row)
    return found


def without_known_totals(data: bytes) -> bytes:
    """The workbook with the values of its formulas taken out, so that whoever opens it must add up."""
    parts = {name: re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", part) for name, part in split_package(data).items()}
    return repack(parts)
