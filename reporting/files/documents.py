"""Plan documents → Lines: text, Markdown, HTML, Word, Excel and CSV.

Runs first in ``plan import``. A row of a table becomes one Line with tabs between the cells, a line break in
a cell a vertical tab; a cell that spans rows is repeated in each. What cannot be read is refused with a
sentence that says what is wrong with which file and what to do.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from reporting.files.document_book import read_workbook
from reporting.files.document_html import read_html
from reporting.files.document_parts import decode, lines, refusal, row_texts
from reporting.files.document_pdf import read_pdf
from reporting.files.document_word import read_word
from reporting.findings import DubanError
from reporting.model import Line

LARGEST = 64 * 1024 * 1024
"""A plan is text; a larger file is something else."""

PDF_START, OLE_START, ZIP_START = b"%PDF", b"\xd0\xcf\x11\xe0", b"PK"


def read_document(path: Path) -> list[Line]:
    """Read a plan document into lines, each with its place in the file."""
    if not path.exists():
        raise refusal(path, "文件不存在", "请核对文件名和所在文件夹")
    if path.is_dir():
        raise refusal(path, "这是一个文件夹", "请指定其中的一个文件")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise DubanError(
            f"无法打开“{path.name}”：{error.strerror}。请确认文件没有被占用，并且有读取权限。"
        ) from error
    if size == 0:
        raise refusal(path, "文件是空的", "请重新导出或换一份文件")
    if size > LARGEST:
        raise refusal(
            path, "文件过大", f"请只保留任务分解部分，另存为不超过 {LARGEST // 1024 // 1024} MB 的文件"
        )
    lines = _reader(path, content)(path, content)
    if not any(line.text.strip() for line in lines):
        raise refusal(path, "文件中没有文字，可能是扫描件", "请先做文字识别，另存为 Word 或文本文件后再导入")
    return lines


Reader = Callable[[Path, bytes], list[Line]]


def _reader(path: Path, content: bytes) -> Reader:
    """Choose by the first bytes, then by the name; a name alone is often wrong."""
    suffix = path.suffix.lower()
    if PDF_START in content[:1024]:
        return read_pdf
    if content.startswith(OLE_START):
        return _old_office(path, content)
    if content.startswith(ZIP_START):
        return _package(path, content)
    if suffix in {".docx", ".xlsx", ".xls", ".doc", ".wps", ".et"} and not _looks_like_html(content):
        raise refusal(path, "文件内容与扩展名不符或已损坏", "请用 Word、Excel 或 WPS 打开后重新保存")
    if suffix in {".html", ".htm", ".mht"} or _looks_like_html(content):
        return read_html
    return read_csv if suffix in {".csv", ".tsv"} else read_text


def _looks_like_html(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<tbody", b"<div", b"<meta", b"<body"))


def _old_office(path: Path, content: bytes) -> Reader:
    if "EncryptedPackage".encode("utf-16-le") in content[:200_000]:
        raise refusal(path, "文件设有打开密码", "请取消密码后重新保存")
    if path.suffix.lower() in {".xls", ".et"}:
        return read_workbook
    raise refusal(path, "这是旧版 Word 或 WPS 格式", "请用 Word 或 WPS 打开，另存为 .docx 后再导入")


def _package(path: Path, content: bytes) -> Reader:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            total = sum(item.file_size for item in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise refusal(path, "文件已损坏", "请用 Word、Excel 或 WPS 打开后重新保存") from error
    if total > 8 * LARGEST:
        raise refusal(path, "文件展开后过大", "请只保留任务分解部分后重新保存")
    if "word/document.xml" in names:
        return read_word
    if "xl/workbook.xml" in names:
        return read_workbook
    raise refusal(path, "这是压缩包或不支持的格式", "请先解压，或另存为 .docx、.xlsx、.txt 文件后再导入")


def read_text(path: Path, content: bytes) -> list[Line]:
    """A text or Markdown file, line by line."""
    text = decode(path, content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    texts = text.split("\n")
    if path.suffix.lower() in {".md", ".markdown"}:
        texts = [_plain_markdown(line) for line in texts]
    return lines(path, texts)


def _plain_markdown(line: str) -> str:
    """## 一、重点任务 and **1. 任务** without their marks; a numbered list keeps its numbers."""
    return (
        line.lstrip("#> ").replace("**", "").replace("__", "") if not line.lstrip().startswith("|") else line
    )


def read_csv(path: Path, content: bytes) -> list[Line]:
    """A CSV file; each record is a row of a table."""
    text = decode(path, content)
    delimiter = "\t" if text[:2000].count("\t") > text[:2000].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise refusal(path, "CSV 文件格式有误", "请用 Excel 或 WPS 打开后重新另存") from error
    return lines(path, list(row_texts(rows)))
