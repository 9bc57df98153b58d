"""Plan documents → Lines: text, Markdown, HTML, Word, Excel and CSV.

Runs first in ``plan import``. A row of a table becomes one Line with tabs between the cells, a line break in
a cell a vertical tab; a cell that spans rows is repeated in each. What cannot be read is refused with a
sentence that says what is wrong with which file and what to do.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol, Self

from reporting.findings import DubanError
from reporting.model import Line, Place

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from python_calamine import CalamineSheet

LARGEST = 64 * 1024 * 1024
"""A plan is text; a larger file is something else."""

MOST_ROWS, MOST_COLUMNS = 20_000, 60

PDF_START, OLE_START, ZIP_START = b"%PDF", b"\xd0\xcf\x11\xe0", b"PK"


def read_document(path: Path) -> list[Line]:
    """Read a plan document into lines, each with its place in the file."""
    if not path.exists():
        _refuse(path, "文件不存在", "请核对文件名和所在文件夹")
    if path.is_dir():
        _refuse(path, "这是一个文件夹", "请指定其中的一个文件")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise DubanError(
            f"无法打开“{path.name}”：{error.strerror}。请确认文件没有被占用，并且有读取权限。"
        ) from error
    if size == 0:
        _refuse(path, "文件是空的", "请重新导出或换一份文件")
    if size > LARGEST:
        _refuse(path, "文件过大", f"请只保留任务分解部分，另存为不超过 {LARGEST // 1024 // 1024} MB 的文件")
    lines = _reader(path, content)(path, content)
    if not any(line.text.strip() for line in lines):
        _refuse(path, "文件中没有文字，可能是扫描件", "请先做文字识别，另存为 Word 或文本文件后再导入")
    return lines


def _refuse(path: Path, problem: str, remedy: str) -> NoReturn:
    raise DubanError(f"无法读取“{path.name}”：{problem}。{remedy}。")


Reader = Callable[[Path, bytes], list[Line]]


def _reader(path: Path, content: bytes) -> Reader:
    """Choose by the first bytes, then by the name; a name alone is often wrong."""
    suffix = path.suffix.lower()
    if content.startswith(PDF_START):
        _refuse(path, "这是 PDF 文件", "请先用 Word 或 WPS 打开，另存为 .docx 或文本文件后再导入")
    if content.startswith(OLE_START):
        return _old_office(path, content)
    if content.startswith(ZIP_START):
        return _package(path, content)
    if suffix in {".docx", ".xlsx", ".xls", ".doc", ".wps", ".et"} and not _looks_like_html(content):
        _refuse(path, "文件内容与扩展名不符或已损坏", "请用 Word、Excel 或 WPS 打开后重新保存")
    if suffix in {".html", ".htm", ".mht"} or _looks_like_html(content):
        return read_html
    return read_csv if suffix in {".csv", ".tsv"} else read_text


def _looks_like_html(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<tbody", b"<div", b"<meta", b"<body"))


def _old_office(path: Path, content: bytes) -> Reader:
    if "EncryptedPackage".encode("utf-16-le") in content[:200_000]:
        _refuse(path, "文件设有打开密码", "请取消密码后重新保存")
    if path.suffix.lower() in {".xls", ".et"}:
        return read_workbook
    _refuse(path, "这是旧版 Word 或 WPS 格式", "请用 Word 或 WPS 打开，另存为 .docx 后再导入")


def _package(path: Path, content: bytes) -> Reader:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            total = sum(item.file_size for item in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        _refuse(path, "文件已损坏", "请用 Word、Excel 或 WPS 打开后重新保存")
    if total > 8 * LARGEST:
        _refuse(path, "文件展开后过大", "请只保留任务分解部分后重新保存")
    if "word/document.xml" in names:
        return read_word
    if "xl/workbook.xml" in names:
        return read_workbook
    _refuse(path, "这是压缩包或不支持的格式", "请先解压，或另存为 .docx、.xlsx、.txt 文件后再导入")


# Text


def decode(path: Path, content: bytes) -> str:
    """The text of a file in one of the encodings offices use; binary content is refused."""
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(encoding, errors="replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 8:
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        text = content.decode(encoding, errors="replace")
        if _is_prose(text[:2000]):
            return text
        _refuse(path, "这不是文本文件", "请用 Word 或 WPS 打开，另存为 .docx 或文本文件后再导入")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_prose(text[:4000]):
            return text
    text = content.decode("utf-8", errors="replace")
    if text.count("\ufffd") * 50 < len(text) and _is_prose(text[:4000]):
        return text
    _refuse(
        path,
        "这不是文本文件，或者编码无法识别",
        "请用 Word 或 WPS 打开，另存为 .docx 或 UTF-8 文本文件后再导入",
    )


def _is_prose(sample: str) -> bool:
    odd = sum(1 for char in sample if ord(char) < 32 and char not in "\t\n\r\f\v")
    private = sum(1 for char in sample if "\ue000" <= char <= "\uf8ff")
    return (odd + private) * 50 <= len(sample)


def _lines(path: Path, texts: Sequence[str], part: str = "") -> list[Line]:
    return [Line(text, Place(path.name, part, row, 1)) for row, text in enumerate(texts, 1)]


def read_text(path: Path, content: bytes) -> list[Line]:
    """A text or Markdown file, line by line."""
    text = decode(path, content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    texts = text.split("\n")
    if path.suffix.lower() in {".md", ".markdown"}:
        texts = [_plain_markdown(line) for line in texts]
    return _lines(path, texts)


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
    except csv.Error:
        _refuse(path, "CSV 文件格式有误", "请用 Excel 或 WPS 打开后重新另存")
    return _lines(path, list(_row_texts(rows)))


def _row_texts(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows with tabs between their cells; rows with one cell above the table are lines of text."""
    in_table = False
    for cells in rows:
        clean = [_cell_text(cell) for cell in cells]
        filled = [cell for cell in clean if cell]
        in_table = in_table or len(filled) > 1
        yield "\t".join(clean) if in_table else "".join(filled)


def _cell_text(cell: str) -> str:
    pieces = [" ".join(piece.split()) for piece in cell.replace("\v", "\n").split("\n")]
    return "\v".join(piece for piece in pieces if piece)


# HTML


class _Page(HTMLParser):
    """Collects paragraphs and table rows of a page, with the line of the file each begins at."""

    BREAKS = frozenset(
        ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul", "ol", "title")
    )
    SILENT = frozenset(("script", "style", "noscript", "head"))

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.row: list[tuple[str, int, int]] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.waiting: dict[int, tuple[int, str]] = {}
        self.silent = 0
        self.began = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a paragraph, row or cell."""
        if tag in self.SILENT:
            self.silent += 1
        elif tag == "table":
            self._end_text()
            self.waiting = {}
        elif tag == "tr":
            self._end_row()
            self._end_text()
            self.row = []
        elif tag in ("td", "th") and self.row is not None:
            self._end_cell()
            self.cell = []
            found = dict(attrs)
            self.span = (_span(found.get("rowspan")), _span(found.get("colspan")))
        elif tag == "br" or tag in self.BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """Close a paragraph, row or cell."""
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in self.BREAKS or tag == "table":
            self._break()

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self.silent:
            return
        target = self.cell if self.cell is not None else self.text
        if target is self.text and not self.text:
            self.began = self.getpos()[0]
        target.append(data)

    def _break(self) -> None:
        if self.cell is not None:
            self.cell.append("\v")
        else:
            self._end_text()

    def _end_text(self) -> None:
        text = " ".join("".join(self.text).split())
        if text:
            self.lines.append(Line(text, Place(self.name, "", self.began or self.getpos()[0], 1)))
        self.text = []

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        pieces = [" ".join(piece.split()) for piece in "".join(self.cell).split("\v")]
        self.row.append(("\v".join(piece for piece in pieces if piece), *self.span))
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is None:
            return
        cells = _laid_out(self.row, self.waiting)
        self.row = None
        place = Place(self.name, "", self.getpos()[0], 1)
        if len(cells) == 1:
            texts = cells[0].split("\v")
            self.lines.extend(Line(text, place) for text in texts if text)
        elif any(cells):
            self.lines.append(Line("\t".join(cells), place))

    def finish(self) -> list[Line]:
        """All lines, with whatever was still open."""
        self._end_row()
        self._end_text()
        return self.lines


def _span(value: str | None) -> int:
    return min(max(1, int(value)), 200) if value and value.strip().isdecimal() and len(value) < 6 else 1


def _laid_out(row: Sequence[tuple[str, int, int]], waiting: dict[int, tuple[int, str]]) -> list[str]:
    """The cells of a row by column: those that span rows come down from above, joined columns stand first."""
    cells: list[str] = []
    fresh: dict[int, tuple[int, str]] = {}

    def come_down() -> None:
        while len(cells) in waiting and len(cells) < MOST_COLUMNS:
            cells.append(waiting[len(cells)][1])

    for text, rows, columns in row:
        come_down()
        for offset in range(min(columns, MOST_COLUMNS)):
            shown = text if offset == 0 else ""
            if rows > 1:
                fresh[len(cells)] = (rows - 1, shown)
            cells.append(shown)
    come_down()
    left = {column: (rows - 1, text) for column, (rows, text) in waiting.items() if rows > 1}
    waiting.clear()
    waiting.update(left | fresh)
    return cells


def read_html(path: Path, content: bytes) -> list[Line]:
    """A saved web page: paragraphs and the rows of its tables."""
    page = _Page(path.name)
    page.feed(decode(path, content))
    page.close()
    return page.finish()


# Word


def read_word(path: Path, content: bytes) -> list[Line]:
    """A Word document: paragraphs with their automatic numbers, and tables, in the order of the page."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table as WordTable

    try:
        document = docx.Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile, AttributeError):
        _refuse(path, "Word 文件已损坏", "请用 Word 或 WPS 打开后重新保存")
    numbering = _WordNumbers(document)
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, WordTable):
            texts.extend(_row_texts(_word_rows(block)))
        else:
            text = numbering.number(block) + block.text
            texts.extend(text.replace("\t", " ").split("\n"))
    return _lines(path, texts)


def _word_rows(table: Table) -> Iterator[list[str]]:
    """Rows of a Word table; a cell joined downwards repeats, one joined sideways stands once."""
    for row in table.rows[:MOST_ROWS] if len(table.rows) > MOST_ROWS else table.rows:
        cells: list[str] = [""] * row.grid_cols_before
        last = None
        for cell in row.cells:
            joined = last is not None and cell._tc is last
            cells.append("" if joined else _cell_text(cell.text))
            last = cell._tc
        yield cells


HAN = "零一二三四五六七八九"


def _han(number: int) -> str:
    if number < 10:
        return HAN[number]
    tens, ones = divmod(number, 10)
    head = "十" if tens == 1 else f"{HAN[tens % 10]}十"
    return head + (HAN[ones] if ones else "")


class _Element(Protocol):
    """What we use of an XML element."""

    def get(self, name: str) -> str | None:
        """An attribute."""

    def find(self, name: str) -> Self | None:
        """The first child with a tag."""

    def iter(self, name: str) -> Iterator[Self]:
        """All descendants with a tag."""


class _WordNumbers:
    """The numbers Word shows but does not store as text: counts each list level as Word does."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError, AttributeError):
            return
        space = root.nsmap.get("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        self.w = f"{{{space}}}"
        abstract = {item.get(self.w + "abstractNumId"): item for item in root.iter(self.w + "abstractNum")}
        for item in root.iter(self.w + "num"):
            reference = item.find(self.w + "abstractNumId")
            found = abstract.get(reference.get(self.w + "val")) if reference is not None else None
            if found is not None:
                self._learn(item.get(self.w + "numId"), found)

    def _learn(self, number: str, abstract: _Element) -> None:
        for level in abstract.iter(self.w + "lvl"):
            index = int(level.get(self.w + "ilvl") or 0)
            values = [self._value(level, name) for name in ("numFmt", "lvlText", "start")]
            start = int(values[2]) if values[2].isdecimal() else 1
            self.levels[(number, index)] = (values[0], values[1], start)

    def _value(self, level: _Element, name: str) -> str:
        found = level.find(self.w + name)
        return (found.get(self.w + "val") or "") if found is not None else ""

    def number(self, paragraph: Paragraph) -> str:
        """The automatic number of a paragraph, or nothing."""
        wanted = paragraph._p.find(f"{self.w}pPr/{self.w}numPr") if self.levels else None
        if wanted is None:
            return ""
        level = self._value(wanted, "ilvl")
        index = int(level) if level.isdecimal() else 0
        key = (self._value(wanted, "numId"), index)
        form, text, start = self.levels.get(key, ("", "", 1))
        if not text or form in ("bullet", "none"):
            return ""
        self.counts[key] = self.counts.get(key, start - 1) + 1
        for other in [known for known in self.counts if known[0] == key[0] and known[1] > index]:
            del self.counts[other]
        for above in range(index + 1):
            text = text.replace(f"%{above + 1}", self._shown((key[0], above)))
        return text

    def _shown(self, key: tuple[str, int]) -> str:
        form, _, start = self.levels.get(key, ("decimal", "", 1))
        count = self.counts.get(key, start)
        if "hinese" in form or form.startswith(("japanese", "ideograph", "taiwanese")):
            return _han(count) if count < 100 else str(count)
        return chr(0x245F + count) if "Circle" in form and 1 <= count <= 20 else str(count)


# Workbooks


def read_workbook(path: Path, content: bytes) -> list[Line]:
    """An Excel or WPS workbook: every sheet that shows something, row by row."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    lines: list[Line] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > 1000:
                _refuse(path, f"工作表“{meta.name}”行列过多", "请删除多余的空行空列后重新保存")
            lines.extend(_sheet_lines(path, meta.name, sheet))
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError):
        _refuse(path, "工作簿已损坏或设有密码", "请用 Excel 或 WPS 打开后重新保存")
    return lines


def _sheet_lines(path: Path, name: str, sheet: CalamineSheet) -> Iterator[Line]:
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for below in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[below]) and right - left < MOST_COLUMNS:
                rows[below][left] = rows[top][left]
    filled = [(number, row[:MOST_COLUMNS]) for number, row in enumerate(rows, 1) if any(row)]
    for (number, _), text in zip(filled, _row_texts(row for _, row in filled), strict=True):
        yield Line(text, Place(path.name, name, number, 1))


def _shown(value: object) -> str:
    """A cell's value as text: a whole number without .0, a date as 2025-12-31."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value) if value is not None else ""
