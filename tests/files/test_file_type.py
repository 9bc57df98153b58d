"""What a file is, told by its bytes, and whether a package may be opened at all."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from builders.year import issue_one, small_plan
from hypothesis import given
from hypothesis import strategies as st

from reporting.files import file_type
from reporting.files.file_type import FileType, look_at_package, sniff
from reporting.files.package import repack, split_package
from reporting.office.form import Form

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(members: dict[str, bytes], *, locked: bool = False) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    if locked:  # the flag that says a member has a password, in the member and in the directory
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def ole(*streams: str) -> bytes:
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)


def plain_workbook() -> bytes:
    buffer = BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


KINDS = [
    ("a workbook", plain_workbook(), FileType.XLSX),
    ("an old workbook", ole("Workbook"), FileType.XLS),
    ("a workbook of 1995", ole("Book"), FileType.XLS),
    ("an OpenDocument sheet", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), FileType.ODS),
    ("a workbook with a password", ole("EncryptionInfo", "EncryptedPackage"), FileType.ENCRYPTED),
    ("an archive with a password", zipped({"填报表.xlsx": b"x"}, locked=True), FileType.ENCRYPTED),
    ("a Word document", zipped({"word/document.xml": b"<w/>"}), FileType.WORD),
    ("an old Word document", ole("WordDocument"), FileType.OLD_WORD),
    ("a rich text", b"{\\rtf1\\ansi", FileType.OLD_WORD),
    ("an OpenDocument text", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), FileType.OLD_WORD),
    ("a presentation", ole("PowerPoint Document"), FileType.SLIDES),
    ("a page of fixed layout", zipped({"OFD.xml": b"<ofd/>"}), FileType.LAYOUT),
    ("a binary workbook", zipped({"xl/workbook.bin": b"\x83\x01\x00"}), FileType.XLSB),
    ("an empty archive", zipped({}), FileType.ARCHIVE),
    ("a photograph by a telephone", b"\0\0\0\x18ftypheic", FileType.PICTURE),
    ("a gzip", b"\x1f\x8b\x08\0", FileType.FOREIGN_ARCHIVE),
    ("an archive", zipped({"填报表.xlsx": b"x"}), FileType.ARCHIVE),
    ("an OLE file of another program", ole("VisioDocument"), FileType.OTHER),
    ("a scan", b"%PDF-1.7\n", FileType.PDF),
    ("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(20), FileType.PICTURE),
    ("a photograph", b"\xff\xd8\xff\xe0" + bytes(20), FileType.PICTURE),
    ("a rar", b"Rar!\x1a\x07\x01\x00", FileType.FOREIGN_ARCHIVE),
    ("a 7z", b"7z\xbc\xaf\x27\x1c\x00\x04", FileType.FOREIGN_ARCHIVE),
    ("nothing", b"", FileType.EMPTY),
    ("text", "市教育局的工作总结，见附件。\n".encode("gb18030"), FileType.OTHER),
    ("a text with one comma", "任务编号,完成状态\n1,已完成\n".encode(), FileType.OTHER),
    ("a table in GBK", "任务编号,工作内容,完成状态,完成情况\n".encode("gb18030"), FileType.CSV),
    ("a table in UTF-8", "\ufeff任务编号;工作内容;完成状态;完成情况\n".encode(), FileType.CSV),
    ("a table in UTF-16", "任务编号\t工作内容\t完成状态\t完成情况\n".encode("utf-16"), FileType.CSV),
    ("a web page called .xls", b"<html><table>", FileType.WEB),
    ("a web page in UTF-16", "<html><table>".encode("utf-16"), FileType.WEB),
    ("an XML spreadsheet", b"<?xml version='1.0'?><Workbook/>", FileType.WEB),
    ("a workbook cut short", plain_workbook()[:2000], FileType.DAMAGED),
    ("the first two letters of a zip", b"PK", FileType.OTHER),
]


@pytest.mark.parametrize(("data", "kind"), [each[1:] for each in KINDS], ids=[each[0] for each in KINDS])
def test_file_is_known_by_its_content(data: bytes, kind: FileType) -> None:
    assert sniff(data) is kind


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE, plain_workbook()[:700]]))
def test_no_bytes_make_it_fail(tail: bytes, head: bytes) -> None:
    assert isinstance(sniff(head + tail), FileType)
    assert isinstance(look_at_package(head + tail).refused, str)


# ---- packages that must not be opened --------------------------------------------------------------------


def with_sheet(sheet: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    parts = split_package(plain_workbook())
    del parts["xl/worksheets/sheet1.xml"]
    return repack(parts | {name: sheet.encode()})


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        pytest.param('<c r="XFD1048576"><v>1</v></c>', False, id="a number in the last cell"),
        pytest.param('<c s="1" r="XFD1048576" t="s"><v>0</v></c>', False, id="text in the last cell"),
        pytest.param("<c r='XFD1048576'><v>1</v></c>", False, id="an address in single quotes"),
        pytest.param('<x:c r="XFD1048576"><x:v>1</x:v></x:c>', False, id="a name with a prefix"),
        pytest.param('<c r="P300"><v>1</v></c>', True, id="content further down"),
        pytest.param('<col max="16384"/><c r="A1"><v>1</v></c>', True, id="formatted columns to the end"),
    ],
)
def test_the_fast_reader_never_sees_a_stray_cell_at_the_end_of_the_sheet(cell: str, plain: bool) -> None:
    look = look_at_package(with_sheet(f'<worksheet><dimension ref="A1"/>{cell}</worksheet>'))
    assert (look.refused, look.plain) == ("", plain)


def test_nor_two_cells_that_span_too_much_together() -> None:
    sheet = '<worksheet><c r="A1048576"><v>1</v></c><c r="XFD1"><v>1</v></c></worksheet>'
    assert not look_at_package(with_sheet(sheet)).plain


def test_sheet_kept_in_another_folder_is_looked_at_as_well() -> None:
    sheet = '<worksheet><c r="XFD1048576"><v>1</v></c></worksheet>'
    assert not look_at_package(with_sheet(sheet, "xl/Tabellen/Blatt.XML")).plain


def test_binary_workbook_is_refused_since_nobody_can_look_at_it_first() -> None:
    assert look_at_package(zipped({"xl/workbook.bin": b"\x83\x01\x00"})).refused == "是 .xlsb 格式的二进制工作簿"


def test_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_type, "MAX_UNPACKED", 10_000)
    assert look_at_package(zipped({"xl/media/a.png": bytes(10_001)})).refused == "文件解开后过大"
    assert look_at_package(zipped({"xl/media/a.png": bytes(9_999)})).refused == ""


def test_package_with_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_type, "MAX_PARTS", 3)
    assert look_at_package(zipped({str(n): b"" for n in range(4)})).refused == "文件解开后过大"


def test_package_with_a_damaged_sheet_is_refused() -> None:
    data = bytearray(repack({"xl/worksheets/sheet1.xml": b"<worksheet/>" * 50}))
    data[60] ^= 0xFF
    assert look_at_package(bytes(data)).refused == "文件已损坏"


def test_issued_workbook_may_be_opened_and_read_fast(form: Form) -> None:
    data = issue_one(small_plan(), form)
    assert look_at_package(data).refused == ""
    look = look_at_package(data)
    assert look.plain
    assert not {each for each in look.odd if each[0] in "HIJKLMNO"}


@pytest.mark.parametrize(
    ("cell", "odd"),
    [
        ('<c r="F5" s="1" t="e"><v>#REF!</v></c>', {"F5"}),
        ('<c r="F5" t="str"><v>#REF!</v></c>', set()),
        ('<c r="F5"><f>SUM(A1)</f></c>', {"F5"}),
        ('<c r="F5"><f t="shared" si="0"/></c>', {"F5"}),
        ('<c r="F5"><f>SUM(A1)</f><v/></c>', {"F5"}),
        ('<c r="F5"><f>SUM(A1)</f><v></v></c>', {"F5"}),
        ('<c r="F5"><f>SUM(A1)</f><v>5</v></c>', set()),
        ('<c r="F5" s="3"/><c r="G5"><v>1</v></c>', set()),
        ('<x:c r="F5"><x:f>SUM(A1)</x:f></x:c>', {"F5"}),
    ],
)
def test_formulas_that_failed_or_were_never_worked_out_are_seen(cell: str, odd: set[str]) -> None:
    assert look_at_package(with_sheet(f"<worksheet><sheetData>{cell}</sheetData></worksheet>")).odd == odd


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c><v>1</v></c></row>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c r="A5001"><v>1</v></c>',
        '<c r="IV1"><v>1</v></c>',
        '<c r="&#88;FD1048576"><v>1</v></c>',
        '<c s="1" r="XFD1048576"/>',
    ],
)
def test_what_stands_far_out_or_does_not_say_where_is_not_for_the_fast_reader(cell: str) -> None:
    assert not look_at_package(with_sheet(f"<worksheet><sheetData>{cell}</sheetData></worksheet>")).plain


def test_sheet_in_another_encoding_is_not_for_the_fast_reader() -> None:
    parts = split_package(plain_workbook())
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("utf-8", "utf-16").encode("utf-16")
    assert not look_at_package(repack(parts | {"xl/worksheets/sheet1.xml": sheet})).plain
