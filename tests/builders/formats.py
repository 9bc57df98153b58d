"""A filled-in workbook as other programs would save it, made in code: .xls, .ods, .csv, .docx, .zip."""

from __future__ import annotations

import csv
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of an .xlsx as lists, without its formulas."""
    book = openpyxl.load_workbook(BytesIO(data))
    return {
        sheet.title: [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)] for sheet in book
    }


def _plain(value: Any) -> Any:
    return "" if value is None or (isinstance(value, str) and value.startswith(("=IF", "=SUB"))) else value


def shown(value: Any) -> str:
    """A cell as text."""
    return value.strftime("%Y年%m月%d日") if isinstance(value, date) else str(value)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def as_csv(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    """One sheet as Excel saves it as text."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [[value.strftime("%Y/%m/%d") if isinstance(value, date) else value for value in row] for row in rows]
    )
    return out.getvalue()


# ---- OpenDocument ----------------------------------------------------------------------------------------


def _ods_cell(value: object) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
    if not value:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def as_ods(sheets: Sheets, after: str = "") -> bytes:
    """An OpenDocument workbook as WPS and LibreOffice write it, as small as can be."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + after
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content.encode()})


# ---- Word ------------------------------------------------------------------------------------------------


def as_word(rows: Sequence[Sequence[Any]], block: str = "rows") -> bytes:
    """The table copied into Word, the block above it as ``rows``, ``paragraphs``, ``line`` or ``table``."""
    document = docx.Document()
    document.add_heading("2026年度任务完成情况", 1)
    labels = [f"{row[at]}：{shown(row[at + 1])}" for row in rows[2:4] for at in (1, 4, 6) if row[at]]
    if block == "paragraphs":
        for label in labels:
            document.add_paragraph(label)
    elif block == "line":
        document.add_paragraph("　".join(labels))
    elif block == "table":
        table = document.add_table(0, 2)
        for label in labels:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label.split("：", 1)
    start = 0 if block == "rows" else next(at for at, row in enumerate(rows) if row[0] == "任务编号")
    table = document.add_table(0, len(rows[-1]))
    for row in rows[start:]:
        if any(row):
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = shown(value)
    document.add_table(2, 2).cell(0, 0).text = "附：其他"
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


# ---- Excel 97 --------------------------------------------------------------------------------------------

GENERAL, PERCENT, DAY, SHORT_DAY = range(4)
"""Styles of the workbooks that ``as_xls`` makes."""
_FORMATS = (0, 9, 14, 164)


def record(kind: int, body: bytes) -> bytes:
    """One record of an .xls."""
    return struct.pack("<HH", kind, len(body)) + body


def _xls_text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _xls_strings(strings: Sequence[str]) -> bytes:
    """The table of strings, cut into records as Excel does: a long text goes on in the next one."""
    bodies = [struct.pack("<II", len(strings), len(strings))]
    for text in strings:
        if len(bodies[-1]) > 8000:
            bodies.append(b"")
        rest = text.encode("utf-16-le")
        bodies[-1] += struct.pack("<HB", len(rest) // 2, 1)
        while True:
            room = (8224 - len(bodies[-1])) // 2 * 2
            bodies[-1] += rest[:room]
            rest = rest[room:]
            if not rest:
                break
            bodies.append(b"\x01")
    return record(0xFC, bodies[0]) + b"".join(record(0x3C, body) for body in bodies[1:])


def _xls_cell(row: int, column: int, value: Any, strings: list[str]) -> bytes:
    at = struct.pack("<HH", row, column)
    if isinstance(value, bytes):  # a record of one's own: its kind, then what follows the address
        return record(struct.unpack_from("<H", value)[0], at + value[2:])
    if isinstance(value, bool):
        return record(0x205, at + struct.pack("<HBB", GENERAL, value, 0))
    if isinstance(value, int) and abs(value) < 1 << 28:
        return record(0x27E, at + struct.pack("<HI", GENERAL, (value << 2 | 2) & 0xFFFFFFFF))
    if isinstance(value, int | float):
        return record(0x203, at + struct.pack("<Hd", GENERAL, value))
    if isinstance(value, date):
        days = (datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days
        return record(0x203, at + struct.pack("<Hd", DAY, days))
    strings.append(str(value))
    return record(0xFD, at + struct.pack("<HI", GENERAL, len(strings) - 1))


def as_xls(sheets: Sheets, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of Excel 97, as small as can be; ``extra`` are records to put at the end of a sheet."""
    strings: list[str] = []
    bodies: dict[str, bytes] = {}
    for name, rows in sheets.items():
        cells = [
            _xls_cell(row, column, value, strings)
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if value not in ("", None)
        ]
        beginning = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
        bodies[name] = beginning + b"".join(cells) + (extra or {}).get(name, b"") + record(0x0A, b"")
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += record(0x41E, struct.pack("<H", 164) + _xls_text('yyyy"年"m"月"d"日"'))
    head += b"".join(record(0xE0, struct.pack("<HH", 0, each) + bytes(16)) for each in _FORMATS)
    names = {name: struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets}
    tail = _xls_strings(strings) + record(0x0A, b"")
    start = len(head) + sum(4 + 6 + len(name) for name in names.values()) + len(tail)
    table = b""
    for name, body in bodies.items():
        hidden = 2 if name.startswith("_") else 0
        table += record(0x85, struct.pack("<IBB", start, hidden, 0) + names[name])
        start += len(body)
    return ole_file({"Workbook": head + table + tail + b"".join(bodies.values())})


OleTree = Mapping[str, "bytes | OleTree"]


def ole_file(streams: OleTree) -> bytes:
    """A container of OLE with large streams in it, and folders of such."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries: list[bytes] = []

    def add(name: str, content: bytes | OleTree, kind: int) -> int:
        """The number of an entry, whose name may begin with those of entries beside it."""
        number = len(entries)
        entries.append(b"")
        if isinstance(content, bytes):
            whole = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
            first = len(sectors)
            sectors.extend(whole[at : at + 512] for at in range(0, len(whole), 512))
            table.extend([*range(first + 1, len(sectors)), 0xFFFFFFFE])
            entries[number] = _ole_entry(name, kind, first, len(whole))
            return number
        numbers = [add(each, inner, 2 if isinstance(inner, bytes) else 1) for each, inner in content.items()]
        for one, after in pairwise(numbers):
            entries[one] = entries[one][:72] + struct.pack("<I", after) + entries[one][76:]
        first_inside = numbers[0] if numbers else 0xFFFFFFFF
        entries[number] = _ole_entry(name, kind, 0xFFFFFFFE if kind == 5 else 0, 0, inside=first_inside)
        return number

    add("Root Entry", streams, 5)
    directory = len(sectors)
    listed = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors += [listed[at : at + 512] for at in range(0, len(listed), 512)]
    table += [*range(directory + 1, len(sectors)), 0xFFFFFFFE]
    tables = 1
    while (len(table) + tables) > tables * 128:
        tables += 1
    first_table = len(sectors)
    table += [0xFFFFFFFD] * tables
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * 512, b"\xff")
    sectors += [packed[at : at + 512] for at in range(0, len(packed), 512)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    where = [*range(first_table, first_table + tables)]
    header += struct.pack("<109I", *(where + [0xFFFFFFFF] * (109 - len(where))))
    return header + b"".join(sectors)


def _ole_entry(
    name: str, kind: int, start: int, size: int, *, after: int = 0xFFFFFFFF, inside: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, after, inside) + bytes(36)
    return entry + struct.pack("<II", start, size) + bytes(4)
