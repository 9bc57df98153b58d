"""A return in every format that departments send: the same tasks, the same values, the same places."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from builders.formats import PERCENT, SHORT_DAY, as_csv, as_ods, as_word, as_xls, ole_file, record, sheets_of
from builders.year import fill, issue_one, read_and_check, small_plan
from openpyxl.utils import datetime as openpyxl_dates
from openpyxl.utils import get_column_letter

from reporting.files.file_type import FileType, sniff
from reporting.files.package import repack, split_package
from reporting.files.sheets.grid import Grid, format_of, show_number
from reporting.files.sheets.ods import read_ods
from reporting.files.sheets.open import read_book, read_exactly
from reporting.files.sheets.xls import read_xls
from reporting.files.sheets.xlsx import read_xlsx
from reporting.office.form import Form
from reporting.returns.reading.read import UnreadableError, read_return

UNIT = "市司法局"
"""A unit without targets, whose return is one table."""


@pytest.fixture(scope="module")
def filled(form: Form) -> bytes:
    """The unit's workbook, well filled in."""
    return fill(BytesIO(issue_one(small_plan(), form, UNIT)), {"2": {"备注": "=1+1 不是公式"}})


def gist(data: bytes, form: Form) -> tuple[list[tuple[str, ...]], list[str]]:
    """What a return says: the texts of its rows, and the codes of what is wrong with it."""
    sent, findings = read_and_check(data, form, UNIT)
    keys = sorted(key for key, field in form.task_fields.items() if field.filled)
    rows = [(row.number, *(row.raw(key) for key in keys)) for row in sent.rows]
    return rows, [each.kind.code for each in findings]


def rows_of(data: bytes) -> list[list[Any]]:
    """The sheet with the tasks as lists."""
    return sheets_of(data)["任务填报"]


# ---- the two readers of .xlsx ----------------------------------------------------------------------------


def test_both_readers_of_xlsx_see_the_same(form: Form) -> None:
    data = issue_one(small_plan(), form)
    fast, exact = read_book(data, FileType.XLSX), read_exactly(data, FileType.XLSX)
    assert not fast.exact

    def texts(sheets: Any) -> list[Any]:
        return [
            (
                sheet.name,
                sheet.visible,
                [
                    [str(cell).removesuffix(".0") for cell in row if cell != "" and not str(cell).startswith("=")]
                    for row in sheet.rows
                ],
            )
            for sheet in sheets
        ]

    assert texts(fast.sheets)[0::2] == texts(exact.sheets)[0::2]  # without the check column
    assert [sheet.merged for sheet in fast.sheets] == [sheet.merged for sheet in exact.sheets]


def strict(parts: dict[str, bytes]) -> None:
    """As Excel saves "Strict Open XML"."""
    for name, part in parts.items():
        for old, new in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            part = part.replace(old, new)  # noqa: PLW2901
        parts[name] = part


def without_styles(parts: dict[str, bytes]) -> None:
    del parts["xl/styles.xml"]
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", relations)


def without_addresses(parts: dict[str, bytes]) -> None:
    """As some exporters write: cells in their order, none saying where it stands."""
    name = "xl/worksheets/sheet2.xml"
    letters = [get_column_letter(column) for column in range(1, 40)]

    def row(match: re.Match[bytes]) -> bytes:
        cells = re.findall(rb"<c [^>]*/>|<c .*?</c>", match[0])
        found = [re.match(rb'(<c) r="([A-Z]+)\d+"(.*)', each, re.DOTALL) for each in cells]
        placed = {each[2].decode(): each[1] + each[3] for each in found if each}
        last = max((letters.index(each) for each in placed), default=-1)
        inside = b"".join(placed.get(letter, b"<c/>") for letter in letters[: last + 1])
        return match[1] + inside + b"</row>"

    parts[name] = re.sub(rb"(<row [^>]*[^/]>).*?</row>", row, parts[name], flags=re.DOTALL)


def in_utf16(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet2.xml"
    text = re.sub(r"^<\?xml.*?\?>", "", parts[name].decode())
    parts[name] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def with_prefixes(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet2.xml"
    text = re.sub(rb"^<\?xml.*?\?>", b"", parts[name])
    text = re.sub(rb"<(/?)([a-zA-Z]+)", rb"<\1x:\2", text)
    parts[name] = text.replace(b'xmlns="', b'xmlns:x="')


def another_name(parts: dict[str, bytes]) -> None:
    """As an online office names the main part."""
    parts["xl/workbook2.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/workbook2.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"xl/workbook2.xml")


def with_macros(parts: dict[str, bytes]) -> None:
    kinds = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = kinds.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Auto_Open"


def with_shared_strings(parts: dict[str, bytes]) -> None:
    """As Excel and WPS save: the texts of all sheets in a part of their own."""
    strings: list[bytes] = []

    def share(match: re.Match[bytes]) -> bytes:
        strings.append(match[2])
        return match[1] + b't="s"><v>%d</v></c>' % (len(strings) - 1)

    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        inline = rb'(<c [^>]*)t="inlineStr"[^>]*><is>(.*?)</is></c>'
        parts[name] = re.sub(inline, share, parts[name], flags=re.DOTALL)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si>%s</si>" % each for each in strings)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, items)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", relation)


MAKERS = [
    with_shared_strings,
    strict,
    without_styles,
    without_addresses,
    in_utf16,
    with_prefixes,
    another_name,
    with_macros,
]


@pytest.mark.parametrize("change", MAKERS, ids=lambda each: each.__name__)
def test_xlsx_of_another_maker_says_the_same(
    change: Callable[[dict[str, bytes]], None], filled: bytes, form: Form
) -> None:
    plain = fill(BytesIO(filled), header={"填报日期": "2026-12-09"})
    parts = split_package(plain)
    before = dict(parts)
    change(parts)
    assert parts != before
    data = repack(parts)
    assert sniff(data) is FileType.XLSX
    assert gist(data, form) == gist(plain, form)
    assert gist(data, form)[1] == []


def test_dates_since_1904_are_the_same_days(form: Form) -> None:
    def since_1904(book: Any) -> None:
        book.epoch = openpyxl_dates.CALENDAR_MAC_1904

    data = fill(BytesIO(issue_one(small_plan(), form, UNIT)), edit=since_1904)
    assert b"date1904" in split_package(data)["xl/workbook.xml"]
    for sheets in (read_book(data, FileType.XLSX).sheets, read_xlsx(data)):
        assert str(sheets[1].rows[3][7])[:10] == "2026-12-09"


def test_text_of_several_styles_is_one_text_without_its_reading_aids(filled: bytes) -> None:
    parts = split_package(filled)
    with_shared_strings(parts)
    rich = "<r><t>已建</t></r><r><rPr><b/></rPr><t xml:space='preserve'>立 _x4e2d_</t></r><rPh><t>yi</t></rPh>"
    text = parts["xl/sharedStrings.xml"].decode().replace("<t>&#24050;&#23436;&#25104;</t>", rich)
    parts["xl/sharedStrings.xml"] = text.encode()
    assert read_xlsx(repack(parts))[1].rows[6][7] == "已建立 中"


# ---- text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_table_saved_as_text_says_the_same(encoding: str, delimiter: str, filled: bytes, form: Form) -> None:
    data = as_csv(rows_of(filled), delimiter).encode(encoding)
    assert sniff(data) is FileType.CSV
    assert gist(data, form) == gist(filled, form)
    sent, _ = read_and_check(data, form, UNIT)
    assert sent.header["reporter"].raw == "林晓"
    assert sent.header["filled_on"].value == date(2026, 12, 9)
    assert sent.rows[0].cells["result"].place.cell == "J7"


def test_first_line_of_excel_that_names_the_delimiter_is_no_row(filled: bytes, form: Form) -> None:
    data = ("sep=;\r\n" + as_csv(rows_of(filled), ";")).encode("utf-8-sig")
    assert gist(data, form) == gist(filled, form)


def test_text_with_quotation_marks_that_do_not_fit_is_read_or_refused() -> None:
    data = ('任务编号,工作内容,完成状态,完成情况\n1,"没有,已完成,结尾\n' * 3).encode()
    assert read_exactly(data, FileType.CSV).sheets


# ---- Word ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", ["rows", "paragraphs", "line", "table"])
def test_a_table_copied_into_word_says_the_same(block: str, filled: bytes, form: Form) -> None:
    data = as_word(rows_of(filled), block)
    assert sniff(data) is FileType.WORD
    assert gist(data, form) == gist(filled, form)
    sent, _ = read_and_check(data, form, UNIT)
    assert {key: cell.raw for key, cell in sent.header.items()} == {
        "unit": UNIT,
        "year": "2026",
        "reporter": "林晓",
        "phone": "62340011",
        "auditor": "周正",
        "filled_on": "2026年12月09日",
    }


def test_merged_cells_of_a_word_table_are_said(filled: bytes, form: Form) -> None:
    data = as_word(rows_of(filled), "paragraphs")
    document = docx.Document(BytesIO(data))
    table = document.tables[0]
    table.cell(1, 9).merge(table.cell(2, 9))
    saved = BytesIO()
    document.save(saved)
    _, findings = read_and_check(saved.getvalue(), form, UNIT)
    merged = [each for each in findings if each.kind.code == "account_is_of_one_task"]
    assert [(each.place.part, each.place.cell) for each in merged] == [("第1个表格", "J2")]


# ---- how numbers are shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (0, None, ""),
        (9, None, "percent"),
        (14, None, "date"),
        (31, None, "date"),
        (57, None, "date"),
        (170, "0.0%", "percent"),
        (170, 'yyyy"年"m"月"d"日"', "date"),
        (170, "[$-804]yyyy/m/d;@", "date"),
        (170, '[Red]0.00"天"', ""),
        (170, '0"%"', ""),
        (170, "0\\%", ""),
        (170, "[h]:mm", "date"),
        (170, "#,##0.00_);[Red](#,##0.00)", ""),
        (170, "General", ""),
        (170, "G/通用格式", ""),
        (170, "0.00E+00", ""),
        (170, '0"万元', ""),
    ],
)
def test_number_format_tells_a_date_and_a_percentage(number: int, code: str | None, kind: str) -> None:
    assert format_of(number, code) == kind


@pytest.mark.parametrize(
    ("value", "kind", "since_1904", "result"),
    [
        (46365.0, "date", False, date(2026, 12, 9)),
        (44903.0, "date", True, date(2026, 12, 9)),
        (1.0, "date", False, date(1900, 1, 1)),
        (61.0, "date", False, date(1900, 3, 1)),
        (-1.0, "date", False, -1.0),
        (1e300, "date", False, 1e300),
        (0.85, "percent", False, "85%"),
        (1.0, "percent", False, "100%"),
        (0.123456, "percent", False, "12.3456%"),
        (0.0, "percent", False, 0),
        (12.0, "", False, 12),
    ],
)
def test_number_is_what_its_cell_shows(value: float, kind: str, since_1904: bool, result: Any) -> None:
    assert show_number(value, kind, since_1904=since_1904) == result


def test_grid_keeps_rows_wherever_they_stand_and_names_what_is_astray() -> None:
    grid = Grid()
    grid.put(0, 0, "a")
    grid.put(9_999_999, 1, "b")
    grid.put(3, 500, "c")
    sheet = grid.sheet("表")
    assert [list(row) for row in sheet.rows] == [["a"], ["", "b"]]
    assert [sheet.number(row) for row in range(2)] == [1, 10_000_000]
    assert [(each.row, each.column, each.text) for each in sheet.strays] == [(4, 501, "c")]


# ---- old workbooks and OpenDocument ----------------------------------------------------------------------


def test_a_workbook_of_excel_97_says_the_same(filled: bytes, form: Form) -> None:
    data = as_xls(sheets_of(filled))
    assert sniff(data) is FileType.XLS
    assert gist(data, form) == gist(filled, form)
    sent, _ = read_and_check(data, form, UNIT)
    assert sent.signature == read_and_check(filled, form, UNIT)[0].signature
    assert sent.rows[0].cells["result"].place.cell == "J7"


def test_long_texts_of_excel_97_go_on_from_record_to_record() -> None:
    rows = [[f"{number}" + "长文字" * 2000, "短"] for number in range(20)]
    assert [list(row) for row in read_xls(as_xls({"表": rows}))[0].rows] == rows


def cell_record(kind: int, body: bytes) -> bytes:
    return struct.pack("<H", kind) + body


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(cell_record(0x203, struct.pack("<Hd", PERCENT, 0.85)), "85%", id="a percentage"),
        pytest.param(cell_record(0x27E, struct.pack("<HI", PERCENT, 85 << 2 | 3)), "85%", id="in hundredths"),
        pytest.param(cell_record(0x203, struct.pack("<Hd", SHORT_DAY, 46365.0)), date(2026, 12, 9), id="a date"),
        pytest.param(cell_record(0x205, struct.pack("<HBB", 0, 0x17, 1)), "#REF!", id="an error"),
        pytest.param(
            cell_record(0x06, struct.pack("<HB5xH", 0, 2, 0xFFFF)[:2] + b"\2\0\x07\0\0\0\xff\xff"),
            "#DIV/0!",
            id="a formula that failed",
        ),
        pytest.param(cell_record(0x06, struct.pack("<Hd", 0, 12.5)), 12.5, id="a formula"),
        pytest.param(cell_record(0x204, struct.pack("<HHB", 0, 2, 0) + b"ab"), "ab", id="a text of its own"),
        pytest.param(cell_record(0xBD, struct.pack("<HIH", 0, 7 << 2 | 2, 0)), 7, id="numbers in a row"),
    ],
)
def test_cells_of_excel_97(cell: bytes, value: Any) -> None:
    assert read_xls(as_xls({"表": [[cell]]}))[0].rows[0][0] == value


def test_merged_cells_and_the_last_cell_of_excel_97(filled: bytes, form: Form) -> None:
    merged = record(0xE5, struct.pack("<HHHHH", 1, 6, 7, 9, 9))
    last = record(0x27E, struct.pack("<HHHI", 65_535, 255, 0, 7 << 2 | 2))
    data = as_xls(sheets_of(filled), {"任务填报": last + merged})
    _, findings = read_and_check(data, form, UNIT)
    found = {each.kind.code: each.place.cell for each in findings}
    assert found["account_is_of_one_task"] == "J7"
    assert found["sheet_is_within_bounds"] == "IV65536"


def test_old_workbook_with_a_password_is_said_to_have_one(form: Form) -> None:
    stream = record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + record(0x2F, bytes(6))
    data = ole_file({"Workbook": stream})
    with pytest.raises(UnreadableError) as caught:
        read_return("a.xls", "", data, sniff(data), form)
    assert caught.value.finding.kind.code == "file_has_no_password"
    assert caught.value.finding.remedy == "请取消打开密码，另存为 .xlsx 文件后重新报送。"


def test_a_word_document_with_a_workbook_inside_is_a_word_document() -> None:
    data = ole_file({"WordDocument": b"x", "1Table": b"y"})
    assert sniff(data) is FileType.OLD_WORD
    assert sniff(ole_file({"Workbook": b"x"})) is FileType.XLS


def test_an_opendocument_sheet_says_the_same(filled: bytes, form: Form) -> None:
    data = as_ods(sheets_of(filled))
    assert sniff(data) is FileType.ODS
    assert gist(data, form) == gist(filled, form)


FILLED_TO_THE_END = (
    '<table:table-row table:number-rows-repeated="1048560">'
    '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)


def test_an_opendocument_sheet_filled_to_its_end_is_read_within_bounds(filled: bytes, form: Form) -> None:
    data = as_ods(sheets_of(filled), FILLED_TO_THE_END)
    rows, codes = gist(data, form)
    assert rows[:3] == gist(filled, form)[0]
    assert "sheet_is_within_bounds" in codes


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('office:value-type="percentage" office:value="0.85"><text:p>85%</text:p>', "85%"),
        ('office:value-type="date" office:date-value="2026-12-09"><text:p>x</text:p>', date(2026, 12, 9)),
        ('office:value-type="string" table:formula="of:=[.A1]/0"><text:p>#DIV/0!</text:p>', "#DIV/0!"),
        ('office:value-type="string"><text:p>一<text:s text:c="2"/>二</text:p><text:p>三</text:p>', "一  二\n三"),
        (
            'office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>字</text:p>',
            "字",
        ),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', True),
        ('table:formula="of:=SUM([.A1])">', "=SUM([.A1])"),
    ],
)
def test_cells_of_opendocument(cell: str, value: Any) -> None:
    row = f"<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>"
    assert read_ods(as_ods({"表": []}, row))[0].rows[0][0] == value
