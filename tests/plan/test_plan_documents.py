"""Plan documents of every kind become Lines; what cannot be read is refused in words."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reporting.model import HIDDEN, Place
from reporting.model.findings import DubanError
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan

TEXT = "一、重点任务\n1.办好学校。（市教育局）\n"


def texts(path: Path) -> list[str]:
    return [line.text for line in read_document(path) if line.text]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_all_chinese_text_in_utf_16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "计划.txt"
    path.write_bytes(("一、重点任务：" + "建设绿道和公园，" * 40 + "（市园林局）").encode(encoding))
    assert texts(path)[0].startswith("一、重点任务：建设绿道和公园，")


def test_line_ends_of_every_kind_and_stray_zero_bytes(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_bytes("一、重点任务\r\n1.办好学校。\0（市教育局）\r2.建设医院。（市卫生局）\n\r\n".encode())
    tasks = read_plan(read_document(path)).plan.tasks
    assert [(task.content, task.lead) for task in tasks] == [
        ("办好学校。", ("市教育局",)),
        ("建设医院。", ("市卫生局",)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_in_any_encoding_of_an_office(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "计划.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert [text.lstrip("\ufeff") for text in texts(path)] == ["一、重点任务", "1.办好学校。（市教育局）"]


def test_each_line_knows_its_place(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_document(path)[1].place == Place("计划.txt", "", 2, 1)


def test_markdown_marks_go_and_bars_stay(tmp_path: Path) -> None:
    path = tmp_path / "计划.md"
    path.write_text("## 一、重点任务\n**1.办好学校。**\n| 序号 | 任务 |\n", encoding="utf-8")
    assert texts(path) == ["一、重点任务", "1.办好学校。", "| 序号 | 任务 |"]


PAGE = """<html><head><title>x</title><style>p{color:red}</style></head><body>
<p>一、重点&nbsp;任务</p><script>var a = "一、";</script>
<table><tr><th>类别</th><th>任务</th><th>责任单位</th></tr>
<tr><td rowspan="2">教育</td><td>办好学校</td><td><p>市教育局</p><p>市财政局</p></td></tr>
<tr><td>发展幼教</td><td>市教育局<br>各区政府</td></tr>
<tr><td colspan="3">二、卫生</td></tr></table></body></html>"""


def test_html_keeps_rows_and_repeats_cells_that_span_them(tmp_path: Path) -> None:
    path = tmp_path / "计划.html"
    path.write_text(PAGE, encoding="utf-8")
    assert texts(path) == [
        "一、重点 任务",
        "类别\t任务\t责任单位",
        "教育\t办好学校\t市教育局\v市财政局",
        "教育\t发展幼教\t市教育局\v各区政府",
        "二、卫生\t\t",
    ]


def test_html_under_a_name_of_excel_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text(PAGE, encoding="utf-8")
    assert "教育\t办好学校\t市教育局\v市财政局" in texts(path)


ROWS_OF_PAGE = "教育\t办好学校\t市教育局\v市财政局"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gb.html", PAGE.replace("<head>", '<head><meta charset="gbk">').encode("gbk")),
        ("wide.html", PAGE.encode("utf-16")),
        ("marked.html", PAGE.encode("utf-8-sig")),
        ("page.txt", PAGE.encode()),
        ("page.doc", PAGE.encode("gb18030")),
        ("with comment.xls", ("<!-- 导出 -->\n" + PAGE).encode()),
        ("xhtml.txt", ('<?xml version="1.0"?>\n' + PAGE).encode()),
    ],
)
def test_a_web_page_is_one_under_any_name_and_encoding(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert ROWS_OF_PAGE in texts(path)


def test_a_page_in_the_encoding_of_taiwan_is_read_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "計劃.html"
    path.write_bytes('<html><head><meta charset="big5"></head><p>一、辦好學校</p></html>'.encode("big5"))
    assert texts(path) == ["一、辦好學校"]


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_a_page_saved_as_one_file(tmp_path: Path, transfer: str) -> None:
    message = EmailMessage()
    message["Subject"] = "方案"
    message.set_content(PAGE, subtype="html", cte=transfer)
    message.add_related(b"\x89PNG", "image", "png")
    path = tmp_path / "计划.mht"
    path.write_bytes(message.as_bytes())
    assert ROWS_OF_PAGE in texts(path)


def test_a_workbook_name_on_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes("序号\t任务\t牵头单位\r\n1\t办好学校\t市教育局\r\n".encode("gb18030"))
    assert texts(path) == ["序号\t任务\t牵头单位", "1\t办好学校\t市教育局"]


def test_word_with_merged_cells(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("一、重点任务")
    table = document.add_table(rows=3, cols=3)
    for column, heading in enumerate(["类别", "工作内容", "责任单位"]):
        table.cell(0, column).text = heading
    table.cell(1, 0).merge(table.cell(2, 0)).text = "教育"
    table.cell(1, 1).text, table.cell(1, 2).text = "办好学校", "市教育局\n市财政局"
    table.cell(2, 1).text, table.cell(2, 2).text = "发展幼教", "市教育局"
    document.add_paragraph("二、工作要求")
    path = tmp_path / "计划.docx"
    document.save(str(path))
    assert texts(path) == [
        "一、重点任务",
        "类别\t工作内容\t责任单位",
        "教育\t办好学校\t市教育局\v市财政局",
        "教育\t发展幼教\t市教育局",
        "二、工作要求",
    ]
    tasks = read_plan(read_document(path)).plan.tasks
    assert [(task.content, task.lead, task.path) for task in tasks] == [
        ("办好学校", ("市教育局", "市财政局"), ("一、重点任务", "教育")),
        ("发展幼教", ("市教育局",), ("一、重点任务", "教育")),
    ]


NUMBERING = """<w:abstractNum {ns} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>"""


def test_word_shows_the_numbers_it_does_not_store(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in [("教育", 0), ("办好学校", 1), ("发展幼教", 1), ("卫生", 0), ("建设医院", 1)]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="88"/></w:numPr>')
        )
    path = tmp_path / "计划.docx"
    document.save(str(path))
    assert texts(path) == ["一、教育", "1.办好学校", "2.发展幼教", "二、卫生", "1.建设医院"]


def test_workbook_rows_with_merged_cells_and_hidden_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务"
    sheet.append(["任务分解表"])
    sheet.append(["序号", "类别", "工作内容", "牵头单位"])
    sheet.append([1, "教育", "办好学校", "市教育局"])
    sheet.append([2, None, "发展幼教", "市教育局\n市财政局"])
    sheet.merge_cells("B3:B4")
    hidden = book.create_sheet("草稿")
    hidden.append(["不用"])
    hidden.sheet_state = "hidden"
    path = tmp_path / "计划.xlsx"
    book.save(path)
    assert [(line.text, line.place.part, line.place.row, line.aside) for line in read_document(path)] == [
        ("任务分解表", "任务", 1, ""),
        ("序号\t类别\t工作内容\t牵头单位", "任务", 2, ""),
        ("1\t教育\t办好学校\t市教育局", "任务", 3, ""),
        ("2\t教育\t发展幼教\t市教育局\v市财政局", "任务", 4, ""),
        ("不用", "草稿", 1, HIDDEN),
    ]


def test_csv_with_quoted_breaks(tmp_path: Path) -> None:
    path = tmp_path / "计划.csv"
    path.write_bytes('序号,任务,牵头单位\r\n1,"办好,学校","市教育局\n市财政局"\r\n'.encode("gb18030"))
    assert texts(path) == ["序号\t任务\t牵头单位", "1\t办好,学校\t市教育局\v市财政局"]


def archive(names: list[str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return content.getvalue()


REFUSED = [
    ("空.txt", b"", "无法读取“空.txt”：文件是空的。请重新导出或换一份文件。"),
    ("空白.txt", b"  \n \n", "无法读取“空白.txt”：文件中没有文字。"),
    ("假.docx", b"hello", "无法读取“假.docx”：文件内容与扩展名不符或已损坏。"),
    ("坏.docx", b"PK\x03\x04broken", "无法读取“坏.docx”：文件已损坏。"),
    ("坏文档.docx", archive(["word/document.xml"]), "无法读取“坏文档.docx”：Word 文件已损坏。"),
    ("坏表.xlsx", archive(["xl/workbook.xml"]), "无法读取“坏表.xlsx”：工作簿已损坏。"),
    ("包.zip", archive(["a.txt"]), "无法读取“包.zip”：这是压缩包或不支持的格式。"),
    ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "无法读取“旧.xls”：工作簿已损坏。"),
    (
        "密.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "无法读取“密.docx”：文件设有打开密码。",
    ),
    ("旧.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "无法读取“旧.et”：工作簿已损坏。"),
    ("版.ofd", archive(["OFD.xml"]), "无法读取“版.ofd”：OFD 已损坏，缺少或打不开其中的“OFD.xml”。请重新下载，"),
    ("扫.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99, "无法读取“扫.jpg”：这是图片。请先做文字识别（OCR），"),
    ("扫.docx", b"\x89PNG\r\n\x1a\n", "无法读取“扫.docx”：这是图片。"),
    (
        "稿.pages",
        archive(["Index/Document.iwa"]),
        "无法读取“稿.pages”：这是苹果 Pages、Numbers 或 Keynote 文件。请在原来的",
    ),
    (
        "旧.numbers",
        archive(["Index.zip", "preview.jpg"]),
        "无法读取“旧.numbers”：这是苹果 Pages、Numbers 或 Keynote 文件。",
    ),
    (
        "讲.ppt",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"),
        "无法读取“讲.ppt”：这是演示文稿。请把其中的任务复制到",
    ),
    (
        "稿.xml",
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
        "无法读取“稿.xml”：这是 Word 2003 的 XML 格式。请用 Word 或 WPS 打开，另存为 .docx 后再导入。",
    ),
    (
        "表.xml",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "无法读取“表.xml”：这是 XML 格式的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
    ),
    ("包.txt", b"Rar!\x1a\x07\0", "无法读取“包.txt”：这是压缩包。请先解压，"),
    ("表.xls", b'<?xml version="1.0"?><Workbook/>', "无法读取“表.xls”：这是 XML 格式的 Office 文件。"),
    ("空页.mht", b"Content-Type: image/png\n\n", "无法读取“空页.mht”：网页存档中没有正文。"),
    ("图.txt", bytes(range(256)) * 20, "无法读取“图.txt”：这不是文本文件"),
    (
        "长.txt",
        "任务".encode() * 500_001,
        "无法读取“长.txt”：文件中的文字超过 100 万字，不像是任务方案。请只保留任务分解部分，",
    ),
    ("长.csv", "任务\n".encode() * 400_000, "无法读取“长.csv”：文件中的文字超过 100 万字，不像是任务方案。"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DubanError) as caught:
        read_document(path)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("。")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"无法读取“没有\.txt”：文件不存在。请核对文件名和所在文件夹。"):
        read_document(tmp_path / "没有.txt")
    with pytest.raises(DubanError, match="这是一个文件夹"):
        read_document(tmp_path)


def test_word_table_that_only_lays_out_the_page(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.text = "云河市2026年任务清单"
    inner = outer.add_table(2, 2)
    for row, words in enumerate((("重点任务", "责任单位"), ("整治燃气隐患", "市住建局"))):
        for column, text in enumerate(words):
            inner.cell(row, column).text = text
    path = tmp_path / "方案.docx"
    document.save(str(path))
    assert [line.text for line in read_document(path) if line.text] == [
        "云河市2026年任务清单",
        "重点任务\t责任单位",
        "整治燃气隐患\t市住建局",
    ]
