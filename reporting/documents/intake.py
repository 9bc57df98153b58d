"""收件情况.xlsx: what a run of ``collect`` took in, one line a file, one line a finding, for the coordinator alone.

A screen scrolls away; here the same can be filtered, and leads to the files that were written for a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from reporting.model import Receipt, Verdict
from reporting.model.findings import SEVERITY_NAMES, Finding, Severity

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reporting.office.looks import Looks

INTAKE_FILE = "收件情况.xlsx"
FILES, FINDINGS = "收件", "问题"


class FileFate(NamedTuple):
    """How a verdict is told: in a table of files, beside it where no finding says more, and counted."""

    word: str
    note: str
    counted: str


FATES: Mapping[Verdict, FileFate] = {
    Verdict.ACCEPTED: FileFate("收下", "核对无误", "收下"),
    Verdict.RETURNED: FileFate("退回", "", "退回"),
    Verdict.MERGED: FileFate("合并", "与同一单位的另一份合并登记", "合并"),
    Verdict.SUPERSEDED: FileFate("被替代", "同一单位另有更新的一份", "被新版本替代"),
    Verdict.DUPLICATE: FileFate("重复", "与已收的文件完全相同", "重复"),
    Verdict.UNIDENTIFIED: FileFate("不明", "", "单位不明"),
    Verdict.UNREADABLE: FileFate("读不了", "", "读不了"),
    Verdict.IGNORED: FileFate("存档", "", "存档"),
}


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One file with what was found in it, and what was written for its unit: as paths from the workbook's folder."""

    receipt: Receipt
    findings: tuple[Finding, ...] = ()
    workbook: str = ""
    letter: str = ""

    @property
    def note(self) -> str:
        """How much is wrong or unconfirmed, else the verdict's own words or the first finding."""
        weights = Counter(each.kind.severity for each in self.findings)
        asked = [f"{weights[Severity.CONFIRM]} 处待核实"] if weights[Severity.CONFIRM] else []
        verdict = self.receipt.verdict
        if verdict is Verdict.RETURNED:
            return "，".join([f"{weights[Severity.ERROR]} 处错误", *asked])
        if verdict is Verdict.ACCEPTED and asked:
            return asked[0]
        told = [each.message for each in self.findings]
        return told[0] if verdict is Verdict.DUPLICATE and told else FATES[verdict].note or next(iter(told), "")


_FILE_COLUMNS = (
    *(("序号", 6), ("结果", 9), ("单位", 24), ("文件", 46), ("错误", 7), ("待核实", 8), ("提示", 7)),
    *(("说明", 50), ("订正表或核实表", 18), ("函", 12)),
)
_FINDING_COLUMNS = (
    *(("序号", 6), ("级别", 8), ("单位", 24), ("文件", 40), ("工作表", 12), ("单元格", 9), ("任务", 9)),
    *(("问题", 60), ("怎么办", 50), ("订正表或核实表", 18)),
)
_SHOWN_COLUMN = "打开"
_HEAD = 3


def intake_workbook(title: str, at: datetime, lines: Sequence[IntakeLine], looks: Looks) -> bytes:
    """The workbook on one run, as bytes; ``at`` is when it was."""
    import openpyxl

    from reporting.files.package import repack
    from reporting.files.xlsx.book import Properties, describe, save_parts
    from reporting.files.xlsx.looks import Styles

    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = FILES
    second = book.create_sheet(FINDINGS)
    sheets = _Sheets(Styles(book, looks.size), looks, title)
    counts = Counter(each.receipt.verdict for each in lines)
    told = "，".join(f"{fate.counted} {counts[key]}" for key, fate in FATES.items() if counts[key])
    when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} 收件，共 {len(lines)} 个文件：{told or '没有新文件'}"
    starts: dict[int, int] = {}
    rows: list[tuple[IntakeLine, Finding]] = []
    for number, line in enumerate(lines):
        starts[number] = _HEAD + 1 + len(rows)
        rows += [(line, each) for each in line.findings]
    sheets.fill(
        second, "收件发现的问题", when, _FINDING_COLUMNS, [_finding_row(n, *row) for n, row in enumerate(rows, 1)]
    )
    listed = [_file_row(number, line, starts[number]) for number, line in enumerate(lines)]
    sheets.fill(first, "收件情况", when, _FILE_COLUMNS, listed)
    parts = save_parts(book)
    return repack(parts | describe(parts, Properties(INTAKE_FILE.removesuffix(".xlsx"), title, at.date())))


class _Link(NamedTuple):
    words: str
    target: str
    """A path from the folder of the workbook, or with # before it a place in it; empty where there is none."""


_Cell = str | int | _Link


def _file_row(number: int, line: IntakeLine, first: int) -> tuple[list[_Cell], str]:
    weights = Counter(each.kind.severity for each in line.findings)
    place = f"#'{FINDINGS}'!A{first}" if line.findings else ""
    counts: list[_Cell] = [_Link(str(weights[each] or ""), place if weights[each] else "") for each in Severity]
    shown = [_Link(_SHOWN_COLUMN, path) if path else "" for path in (line.workbook, line.letter)]
    receipt = line.receipt
    row: list[_Cell] = [number + 1, FATES[receipt.verdict].word, receipt.unit, receipt.file, *counts, line.note, *shown]
    mark = {Verdict.RETURNED: "error", Verdict.UNREADABLE: "error", Verdict.UNIDENTIFIED: "error"}
    asks = receipt.verdict is Verdict.ACCEPTED and weights[Severity.CONFIRM]
    return row, mark.get(receipt.verdict, "confirm" if asks else "")


def _finding_row(number: int, line: IntakeLine, finding: Finding) -> tuple[list[_Cell], str]:
    place, severity = finding.place, finding.kind.severity
    row: list[_Cell] = [
        *(number, SEVERITY_NAMES[severity], finding.unit or line.receipt.unit, place.file, place.part, place.cell),
        *(finding.task, finding.told_office, finding.remedy),
        _Link(_SHOWN_COLUMN, line.workbook) if line.workbook else "",
    ]
    return row, str(severity)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What all sheets of the workbook have in common."""

    styles: Any
    looks: Looks
    title: str

    def fill(
        self,
        sheet: Worksheet,
        heading: str,
        when: str,
        columns: Sequence[tuple[str, int]],
        rows: Sequence[tuple[list[_Cell], str]],
    ) -> None:
        """Lay out a sheet: what it is, when, and the table, to be filtered."""
        from reporting.files.xlsx.heights import row_height
        from reporting.files.xlsx.page import Paper, set_up_page, set_up_table, set_widths
        from reporting.office.looks import LINK_INK

        looks = self.looks
        set_widths(sheet, [width for _, width in columns])
        self._put(sheet.cell(1, 1), heading, replace(looks.title, across="left"))
        self._put(sheet.cell(2, 1), when, looks.aside)
        for row in (1, 2):
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
        for column, (named, _) in enumerate(columns, 1):
            self._put(sheet.cell(_HEAD, column), named, looks.heading)
        for at, (cells, mark) in enumerate(rows, _HEAD + 1):
            texts = []
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(at, column)
                style = replace(looks.body, fill=looks.marks[mark]) if mark and column == 2 else looks.body
                words: str | int = self._link(cell, value) if isinstance(value, _Link) else value
                if isinstance(value, _Link) and value.target:
                    style = replace(style, ink=LINK_INK, underlined=True, across="center")
                if isinstance(words, int) or (isinstance(value, _Link) and str(words).isdigit()):
                    cell.value = int(words)
                    self.styles.dress(cell, replace(style, across="center"))
                else:
                    self._put(cell, str(words), style)
                texts.append((str(words), columns[column - 1][1]))
            sheet.row_dimensions[at].height = row_height(texts, looks.size, 20)
        set_up_table(sheet, _HEAD, max(_HEAD + len(rows), _HEAD + 1), len(columns), 2)
        set_up_page(sheet, Paper(self.title, large=True))

    def _put(self, cell: Any, words: str, style: Any) -> None:
        from reporting.files.xlsx.xml import put_text

        put_text(cell, words)
        self.styles.dress(cell, style)

    def _link(self, cell: Any, link: _Link) -> str:
        from openpyxl.worksheet.hyperlink import Hyperlink

        if link.target.startswith("#"):
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link.target[1:])
        elif link.target:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=quote(link.target))
        return link.words
