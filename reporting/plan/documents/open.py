"""Plan documents → Lines: text, Markdown, HTML, Word, Excel, CSV, PDF and what LibreOffice opens, told by their bytes.

Runs first in ``plan import``. A row of a table becomes one Line with tabs between the cells, a line break in
a cell a vertical tab; a cell that spans rows is repeated in each. What cannot be read is refused with a
sentence that says what is wrong with which file and what to do.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reporting.files.disk import names_beside, read_file
from reporting.files.file_type import FileType, sniff
from reporting.language.characters import as_seen
from reporting.language.likeness import meant_file
from reporting.model import HIDDEN, STRUCK, Line
from reporting.model.findings import DubanError
from reporting.plan.documents.comma_table import is_plan_table, read_csv
from reporting.plan.documents.converted import read_old_word, read_open_text, read_rich_text
from reporting.plan.documents.excel import read_old_workbook, read_open_workbook, read_workbook
from reporting.plan.documents.markdown import read_markdown
from reporting.plan.documents.ofd import read_ofd
from reporting.plan.documents.parts import MOST_CHARACTERS, refused, too_long
from reporting.plan.documents.pdf import read_pdf
from reporting.plan.documents.plain_text import read_plain_text
from reporting.plan.documents.web_page import read_html, read_mail_page
from reporting.plan.documents.word import read_flat_word, read_word
from reporting.plan.reading.run_on import part_run_on

LARGEST = 64 * 1024 * 1024
"""A plan is text; a larger file is something else."""

Reader = Callable[[Path, bytes], list[Line]]

_UNREADABLE = "无法打开“{name}”：{why}。请确认文件没有被占用，并且有读取权限。"
_AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再导入"
_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"
_REFUSALS = {
    FileType.PICTURE: ("这是图片", "请先做文字识别（OCR），核对后另存为 .docx 或文本文件，再导入"),
    FileType.FOREIGN_ARCHIVE: ("这是压缩包", "请先解压，再导入其中的方案文件"),
    FileType.ENCRYPTED: ("文件设有打开密码", "请用 Word、Excel 或 WPS 输入密码打开，取消密码后另存，再导入"),
    FileType.ARCHIVE: ("这是压缩包或不支持的格式", "请先解压，或另存为 .docx、.xlsx、.txt 文件后再导入"),
    FileType.DAMAGED: ("文件已损坏", "请用 Word、Excel 或 WPS 打开后重新保存"),
    FileType.XLSB: ("这是 .xlsb 格式的二进制工作簿", _AS_XLSX),
    FileType.SLIDES: ("这是演示文稿", "请把其中的任务复制到 Word 文档或 Excel 表格中，保存后再导入"),
    FileType.IWORK: (
        "这是苹果 Pages、Numbers 或 Keynote 文件",
        "请在原来的程序中选“文件—导出为”，导出为 Word（.docx）或 Excel（.xlsx）文件后再导入",
    ),
}
_READERS: dict[FileType, Reader] = {
    FileType.WORD: read_word,
    FileType.XLSX: read_workbook,
    FileType.ODS: read_open_workbook,
    FileType.PDF: read_pdf,
    FileType.LAYOUT: read_ofd,
}
"""Kinds that the bytes tell for certain."""

_OLE = b"\xd0\xcf\x11\xe0"
_RTF = b"{\\rtf"
_MAIL_PAGE = re.compile(rb"(?:from|mime-version|content-type|subject):", re.IGNORECASE)
"""How a page saved as one file (.mht) begins."""

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|tbody|div|meta|p|style)\b", re.IGNORECASE)
_OFFICE_NAMES = {".docx", ".xlsx", ".doc", ".wps", ".et", ".ofd", ".pdf", ".rtf"}
"""Names of files that are never plain text; a .xls often is a web page or a CSV file."""


def read_document(path: Path) -> list[Line]:
    """Read a plan document into lines, each with its place in the file."""
    if not path.exists():
        raise refused(path, "文件不存在", meant_file(path.name, names_beside(path)) or "请核对文件名和所在文件夹")
    if path.is_dir():
        raise refused(path, "这是一个文件夹", "请指定其中的一个文件")
    size = path.stat().st_size
    content = read_file(path, _UNREADABLE) if size <= LARGEST else b""
    if size == 0:
        raise refused(path, "文件是空的", "请重新导出或换一份文件")
    if size > LARGEST:
        raise refused(path, "文件过大", f"请只保留任务分解部分，另存为不超过 {LARGEST // 1024 // 1024} MB 的文件")
    reader = _reader(path, content)
    lines = part_run_on([_as_seen(line) for line in reader(path, content)])
    if sum(len(line.text) for line in lines) > MOST_CHARACTERS:
        raise too_long(path)
    if not any(line.text.strip() and not line.aside for line in lines):
        raise _without_text(path, lines, reader)
    return lines


def _without_text(path: Path, lines: Sequence[Line], reader: Reader) -> DubanError:
    """Why a document has nothing to read."""
    if any(line.aside in (HIDDEN, STRUCK) for line in lines):
        return refused(path, "文件中的文字都是隐藏的，或者加了删除线", "请取消隐藏、去掉删除线，保存后再导入")
    if reader in (read_pdf, read_word):
        return refused(path, "文件中没有文字，可能是扫描件", "请先做文字识别，另存为 Word 或文本文件后再导入")
    return refused(path, "文件中没有文字", "请核对是不是这个文件，或者重新导出")


def _as_seen(line: Line) -> Line:
    """The line in the characters a reader takes it to have; most are so already."""
    text = as_seen(line.text)
    parts = tuple((how, as_seen(words)) for how, words in line.emphasis)
    return line if text == line.text and parts == line.emphasis else replace(line, text=text, emphasis=parts)


def _reader(path: Path, content: bytes) -> Reader:
    """Choose by the bytes; the name says only what kind of text a text is."""
    kind = FileType.PDF if b"%PDF-" in content[:1024] else sniff(content)
    if kind in _REFUSALS:
        raise refused(path, *_REFUSALS[kind])
    if kind in _READERS:
        return _READERS[kind]
    if content.startswith(_OLE):
        return _old_office(path, kind)
    if content.startswith(_RTF):
        return read_rich_text
    if content.startswith(b"PK"):
        return read_open_text
    return _text_reader(path, content)


def _text_reader(path: Path, content: bytes) -> Reader:
    suffix = path.suffix.lower()
    if _MAIL_PAGE.match(content[:200].lstrip()) and b"content-type:" in content[:4000].lower():
        return read_mail_page
    if _is_html(content):
        return read_html
    if content[:100].lstrip().removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        return _xml_reader(path, content)
    if suffix in _OFFICE_NAMES:
        raise refused(path, "文件内容与扩展名不符或已损坏", "请用 Word、Excel 或 WPS 打开后重新保存")
    if suffix in {".html", ".htm", ".mht", ".mhtml"}:
        return read_html
    if suffix in {".md", ".markdown"}:
        return read_markdown
    if suffix in {".csv", ".tsv", ".xls"} or is_plan_table(content):
        return read_csv
    return read_plain_text


def _is_html(content: bytes) -> bool:
    """Whether a text is a web page, in whatever encoding."""
    start = content[:8000].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    start = start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    return start.startswith(b"<") and (_HTML.match(start) is not None or b"<html" in start.lower())


def _xml_reader(path: Path, content: bytes) -> Reader:
    """A file of an office program saved as one XML file."""
    start = content[:4000]
    if b"/office/2006/xmlPackage" in start and b'"/word/document.xml"' in content:
        return read_flat_word
    if b"oasis.opendocument.text" in start:
        return read_open_text
    if b"/office/word/2003/wordml" in start:
        raise refused(path, "这是 Word 2003 的 XML 格式", _AS_DOCX)
    if b"office:spreadsheet" in start or b"oasis.opendocument.spreadsheet" in start:
        raise refused(path, "这是 XML 格式的表格", _AS_XLSX)
    raise refused(path, "这是 XML 格式的 Office 文件", "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入")


def _old_office(path: Path, kind: FileType) -> Reader:
    if kind is FileType.XLS or (kind is FileType.OTHER and path.suffix.lower() in {".xls", ".et"}):
        return read_old_workbook
    return read_old_word
