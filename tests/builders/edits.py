"""What happens to a workbook before it comes in: cells typed in, sheets rearranged, other formats, damage.

The names of the functions in ``EDITS``, ``SAVES`` and ``ARCHIVES`` are the words that the TOML files of
``tests/samples/returns/`` use under ``how``, ``save`` and ``archive``.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.packaging.custom import CustomPropertyList

from builders.formats import as_csv, as_ods, as_word, as_xls, ole_file, record, sheets_of, zipped
from reporting.files.file_type import MAX_FILE
from reporting.shell.demo import zip_with_gbk_name

TASKS, TARGETS = "任务填报", "量化指标"
_PARTS = {TASKS: "xl/worksheets/sheet2.xml", TARGETS: "xl/worksheets/sheet3.xml"}
_STYLES = "xl/styles.xml"
_FORMATS = {"General": 0, "0%": 9, "0.00%": 10, "yyyy-mm-dd": 14}
"""Number formats by the number that every program knows."""

# ---- cells ----------------------------------------------------------------------------------------------


def type_in(data: bytes, sheets: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Put values into cells of an issued workbook, all else left as it is; far quicker than saving it anew.

    A value may be a table: ``{value, format}`` a number as a format shows it, ``{formula, result}`` a formula
    with the result that the file holds, ``{text, times}`` a text written over and over.
    """
    parts = _unzip(data)
    for sheet, cells in sheets.items():
        xml = parts[_PARTS[sheet]].decode()
        for address, value in cells.items():
            style = ""
            if isinstance(value, dict) and "format" in value:
                parts[_STYLES], style = _with_format(parts[_STYLES], _FORMATS[value["format"]])
            xml = _put(xml, address, value, style)
        parts[_PARTS[sheet]] = xml.encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_format(styles: bytes, number: int) -> tuple[bytes, str]:
    """One more style that shows numbers so; gives back its number too."""
    text = styles.decode()
    match = re.search(r'<cellXfs count="(\d+)">', text)
    assert match is not None
    count = int(match[1])
    text = text.replace(match[0], f'<cellXfs count="{count + 1}">')
    made = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    return text.replace("</cellXfs>", f"{made}</cellXfs>").encode(), str(count)


def _put(xml: str, address: str, value: Any, style: str) -> str:
    row = re.sub("[A-Z]", "", address)
    there = re.search(rf'<c r="{address}"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)', xml)
    cell = _cell(address, value, style or (there[1] if there and there[1] else "0"))
    if there:
        return xml[: there.start()] + cell + xml[there.end() :]
    end = re.search(rf'(<row r="{row}"[^>]*>.*?)</row>', xml)
    if end:
        return xml[: end.end(1)] + cell + xml[end.end(1) :]
    return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')


def _cell(address: str, value: Any, style: str) -> str:
    begin = f'<c r="{address}" s="{style}"'
    if isinstance(value, dict) and "formula" in value:
        result = value.get("result")
        kind = 't="e"' if str(result).startswith("#") else 't="str"' if isinstance(result, str) else ""
        shown = f"<v>{escape(str(result))}</v>" if result is not None else ""
        return f"{begin} {kind}><f>{escape(value['formula'])}</f>{shown}</c>"
    if isinstance(value, dict):
        value = value["text"] * value["times"] if "times" in value else value["value"]
    if isinstance(value, date):
        value = (datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days
    if isinstance(value, int | float):
        return f"{begin}><v>{value}</v></c>"
    if value == "":
        return f"{begin}/>"
    return f'{begin} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


# ---- rearranged -----------------------------------------------------------------------------------------

Edit = Callable[[Any], object]
_FIRST, _LAST = 7, 9
"""The rows of the tasks."""


def sort_rows(book: Any) -> None:
    """Sorted by 任务编号, the last first."""
    sheet = book[TASKS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(_FIRST, _LAST, max_col=16)]
    for row, values in enumerate(reversed(rows), _FIRST):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def insert_rows(book: Any) -> None:
    """Two blank rows between the tasks."""
    book[TASKS].insert_rows(8, 2)


def insert_rows_above(book: Any) -> None:
    """Three blank rows above everything."""
    book[TASKS].insert_rows(1, 3)


def insert_column(book: Any) -> None:
    """A column of the unit's own, 责任科室, in the middle."""
    sheet = book[TASKS]
    sheet.insert_cols(10)
    for row, value in enumerate(["责任科室", "综合科", "综合科", "宣传科"], 6):
        sheet.cell(row, 10).value = value


def move_columns(book: Any) -> None:
    """完成状态 and 备注 have changed places."""
    sheet = book[TASKS]
    for row in range(6, _LAST + 1):
        left, right = sheet.cell(row, 8), sheet.cell(row, 15)
        left.value, right.value = right.value, left.value


def delete_optional_column(book: Any) -> None:
    """自评分 deleted."""
    book[TASKS].delete_cols(14)


def delete_needed_column(book: Any) -> None:
    """完成进度(%) deleted."""
    book[TASKS].delete_cols(9)


def delete_locked_columns(book: Any) -> None:
    """类别 and 配合单位 deleted: the columns that nobody fills in."""
    book[TASKS].delete_cols(6)
    book[TASKS].delete_cols(2)


def delete_second_task(book: Any) -> None:
    """The row of task 2 deleted."""
    book[TASKS].delete_rows(8)


def delete_targets(book: Any) -> None:
    """The sheet of the targets deleted."""
    del book[TARGETS]


def hide_row(book: Any) -> None:
    """The row of task 2 hidden."""
    book[TASKS].row_dimensions[8].hidden = True


def hide_columns(book: Any) -> None:
    """类别 and 佐证材料 hidden."""
    for letter in "BM":
        book[TASKS].column_dimensions[letter].hidden = True


def filter_rows(book: Any) -> None:
    """Filtered for what is done: the other rows are not shown."""
    sheet = book[TASKS]
    sheet.auto_filter.ref = "A6:P9"
    sheet.auto_filter.add_filter_column(7, ["已完成"])
    for row in (8, 9):
        sheet.row_dimensions[row].hidden = True


def merge_locked(book: Any) -> None:
    """Equal cells of 类别 merged, as tables are made to look tidy."""
    book[TASKS].merge_cells("B7:B8")


def merge_filled(book: Any) -> None:
    """佐证材料 of tasks 1 and 2 merged into one cell."""
    book[TASKS].merge_cells("M7:M8")


def merge_accounts(book: Any) -> None:
    """完成情况 of tasks 2 and 3 merged into one cell."""
    book[TASKS].merge_cells("J8:J9")


def split_task(book: Any) -> None:
    """The last task in three rows, its number merged over them."""
    sheet = book[TASKS]
    sheet["J10"], sheet["J11"] = "二是发放资料300份。", "三是答复咨询12次。"
    for column in "ABCDEFG":
        sheet.merge_cells(f"{column}9:{column}11")


def merge_across(book: Any) -> None:
    """Two cells of one row merged: 备注 with the column beside it."""
    book[TASKS].merge_cells("O7:P7")


def rename_sheets(book: Any) -> None:
    """The sheets renamed."""
    book[TASKS].title = "Sheet1"
    book[TARGETS].title = "指标"


def reword_heading(book: Any) -> None:
    """The heading of 完成情况 put otherwise."""
    book[TASKS]["J6"] = "工作完成情况"


def swap_sheets(book: Any) -> None:
    """The targets put before the tasks."""
    book.move_sheet(TARGETS, -2)


def delete_other_sheets(book: Any) -> None:
    """填报说明 and 字典 deleted."""
    for name in ("填报说明", "字典"):
        del book[name]


def add_sheet(book: Any) -> None:
    """A sheet with the unit's own notes."""
    book.create_sheet("科室任务分工", 0).append(["科室", "任务编号", "经办人"])


def keep_draft(book: Any) -> None:
    """A copy of the sheet left behind, in which the account of task 3 is another."""
    copy = book.copy_worksheet(book[TASKS])
    copy.title = "底稿"
    copy["J9"] = "配合开展宣传2场，待第四季度再补充。"


def unprotect_and_colour(book: Any) -> None:
    """Protection taken off, figures in red, panes frozen, a comment written."""
    sheet = book[TASKS]
    sheet.protection.sheet = False
    sheet.freeze_panes = "C8"
    sheet["J7"].font = openpyxl.styles.Font(color="FF0000")
    sheet["J7"].comment = openpyxl.comments.Comment("数字已与统计部门核对", "林晓")


def format_many_rows(book: Any) -> None:
    """Borders drawn around three hundred blank rows below the table."""
    side = openpyxl.styles.Side("thin")
    for row in range(10, 310):
        book[TASKS].cell(row, 1).border = openpyxl.styles.Border(left=side)


def sign_below(book: Any) -> None:
    """A line for signatures below the table."""
    book[TASKS]["A11"] = "单位负责人（签字）："
    book[TASKS]["H11"] = "填报单位（盖章）："


def strike_figure(book: Any) -> None:
    """A figure struck out and left before the new one, in one cell."""
    cell = book[TASKS]["J7"]
    struck = TextBlock(InlineFont(strike=True), "印发办法3件，")
    cell.value = CellRichText(struck, str(cell.value))


def strike_answer(book: Any) -> None:
    """An answer struck out as a whole."""
    book[TASKS]["J8"].font = openpyxl.styles.Font(strike=True)


def stray_cell(book: Any) -> None:
    """One letter in the last cell of the sheet."""
    book[TASKS]["XFD1048576"] = "x"


def forge_unit(book: Any) -> None:
    """Another unit's name in the hidden sheet, so that the signature does not fit."""
    for row in book["_meta"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value == book[TASKS]["C3"].value:
                cell.value = "市商务局"


def without_signature(book: Any) -> None:
    """The hidden sheet and the document properties gone, as some programs save it."""
    del book["_meta"]
    book.custom_doc_props = CustomPropertyList()


def copy_to_fresh_workbook(book: Any) -> None:
    """The two tables copied into a new workbook, nothing of ours left."""
    copied = {sheet.title: [list(row) for row in sheet.values] for sheet in book if sheet.title in _PARTS}
    for name in book.sheetnames[1:]:
        del book[name]
    book.active.title = "Sheet0"
    for name, rows in copied.items():
        sheet = book.create_sheet(f"新{name}")
        for row in rows:
            sheet.append(["" if str(value).startswith("=") else value for value in row])
    del book["Sheet0"]
    book.custom_doc_props = CustomPropertyList()
    for name in list(book.defined_names):
        del book.defined_names[name]


EDITS: dict[str, Edit] = {
    each.__name__: each
    for each in (
        *(sort_rows, insert_rows, insert_rows_above, insert_column, move_columns, delete_optional_column),
        *(delete_needed_column, delete_locked_columns, delete_second_task, delete_targets, hide_row),
        *(
            hide_columns,
            filter_rows,
            merge_locked,
            merge_filled,
            merge_accounts,
            split_task,
            merge_across,
            rename_sheets,
        ),
        *(reword_heading, swap_sheets, delete_other_sheets, add_sheet, keep_draft, unprotect_and_colour),
        *(
            format_many_rows,
            sign_below,
            strike_figure,
            strike_answer,
            stray_cell,
            forge_unit,
            without_signature,
            copy_to_fresh_workbook,
        ),
    )
}


def edited(data: bytes, names: Sequence[str]) -> bytes:
    """A workbook opened, rearranged and saved."""
    if not names:
        return data
    book = openpyxl.load_workbook(BytesIO(data))
    for name in names:
        EDITS[name](book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


# ---- formats and damage ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Save:
    """A way to save a workbook: how its name ends, and what it makes of the bytes of an .xlsx."""

    suffix: str
    make: Callable[[bytes], bytes]


def _tasks(data: bytes) -> list[list[Any]]:
    return sheets_of(data)[TASKS]


def _locked(_: bytes) -> bytes:
    """What Excel writes when a password is set: a container of OLE with the package inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def _garbled(data: bytes) -> bytes:
    """A workbook whose sheets are no XML any more."""
    return zipped({name: b"<a" if name.startswith("xl/work") else part for name, part in _unzip(data).items()})


def _locked_97(_: bytes) -> bytes:
    """A workbook of Excel 97 with a password."""
    return ole_file({"Workbook": record(0x809, b"\x00\x06\x05\x00" + bytes(12)) + record(0x2F, bytes(6))})


def _pdf(data: bytes) -> bytes:
    return b"%PDF-1.7\n%" + sha256(data).hexdigest().encode() + b"\n%%EOF\n"


def _other_table(_: bytes) -> bytes:
    book: Any = openpyxl.Workbook()
    book.active.title = "通讯录"
    book.active.append(["姓名", "电话"])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


SAVES = {
    "xlsx": Save(".xlsx", lambda data: data),
    "named_xls": Save(".xls", lambda data: data),
    "xlsm": Save(".xlsm", lambda data: data),
    "xls": Save(".xls", lambda data: as_xls(sheets_of(data))),
    "et": Save(".et", lambda data: as_xls(sheets_of(data))),
    "ods": Save(".ods", lambda data: as_ods(sheets_of(data))),
    "csv": Save(".csv", lambda data: as_csv(_tasks(data)).encode("gb18030")),
    "csv_utf8": Save(".csv", lambda data: as_csv(_tasks(data)).encode("utf-8-sig")),
    "txt": Save(".txt", lambda data: as_csv(_tasks(data), "\t").encode("utf-16")),
    "docx": Save(".docx", lambda data: as_word(_tasks(data))),
    # what is no return, or cannot be read
    "pdf": Save(".pdf", _pdf),
    "png": Save(".png", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(16)),
    "rar": Save(".rar", lambda _: b"Rar!\x1a\x07\x01\x00"),
    "empty": Save(".xlsx", lambda _: b""),
    "web": Save(".xls", lambda _: "<html><table><tr><td>任务编号</td></tr></table></html>".encode()),
    "words": Save(".xlsx", lambda _: "请见邮件正文。".encode()),
    "locked": Save(".xlsx", _locked),
    "locked_97": Save(".xls", _locked_97),
    "garbled": Save(".xlsx", _garbled),
    "cut_short": Save(".xlsx", lambda data: data[: len(data) // 2]),
    "other_table": Save(".xlsx", _other_table),
    "too_big": Save(".xlsx", lambda data: data.ljust(MAX_FILE + 1, b"\0")),
    "nothing_packed": Save(".zip", lambda _: zipped({"__MACOSX/._填报表.xlsx": b"x"})),
}


def _zip_with_gbk_names(members: Mapping[str, bytes]) -> bytes:
    ((name, data),) = members.items()
    return zip_with_gbk_name(name, data)


ARCHIVES: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {"zip": zipped, "zip_gbk": _zip_with_gbk_names}
