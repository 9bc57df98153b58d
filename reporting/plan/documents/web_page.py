"""A saved web page → Lines: what a browser shows, block by block; what it hides stands aside."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reporting.language.characters import one_line
from reporting.model import HIDDEN, PAGE_FURNITURE, STRUCK, Line
from reporting.plan.documents.blocks import Blocks, TextCell, TextLook, TextParagraph, TextPiece, TextRow, TextTable
from reporting.plan.documents.document_lines import DocumentLines
from reporting.plan.documents.parts import MOST_COLUMNS, decode, refused
from reporting.plan.documents.web_lists import OpenList, open_list
from reporting.plan.documents.web_styles import Declared, OpenElements, numbering

NUMBERED = re.compile(r"(?:[第(（]?[一二三四五六七八九十\d]{1,4}[)）.．、条章节]|[①-⑳])")
"""A point that has its number in its text."""

_BLOCKS = frozenset[str]().union(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
    ("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    ("header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext"),
    ("pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "textarea", "tr", "td", "th", "ul"),
    ("xmp",),
)
"""Elements that stand on lines of their own unless a style says otherwise."""
_SILENT = frozenset[str]().union(
    ("script", "style", "template", "noscript", "noframes", "noembed", "head", "title", "xml", "svg", "math"),
    ("canvas", "iframe", "object", "audio", "video", "datalist", "select", "button", "rt", "rp", "rtc"),
)
"""Elements whose text is no text of the page: programs, lists to choose from, what is read aloud beside characters."""
_LISTS = frozenset(("ol", "ul", "menu", "dir"))
_FURNITURE_TAGS = frozenset(("nav", "footer"))
_FURNITURE_ROLES = frozenset(("navigation", "menu", "menubar", "contentinfo", "search", "banner"))
_FURNITURE_NAMES = frozenset[str]().union(
    ("nav", "navbar", "menu", "submenu", "footer", "foot", "breadcrumb", "breadcrumbs", "crumb", "crumbs"),
    ("share", "copyright", "topbar", "toolbar", "sidebar", "pagination", "pager"),
)
"""How pages call what belongs to every page of the site."""
_MOST_FURNITURE = 0.4
"""The share of a page's text that may be called so; where it is more, the names mean something else."""
_INSTEAD = {"br": "\n", "q": "“"}
"""Elements that stand for a sign."""
_OF_TABLES = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"))
_TO_THE_END = 1_000
"""Rows of a cell that spans all that are left."""
_DEEPEST = 1_500
_CHUNK = 1 << 16
_LONGEST_FRAME = 200_000
_LARGEST = 24 * 1024 * 1024
_LEAST_HIDDEN = 15
"""Hidden words that stand alone are a button or a menu if they are fewer."""


class _TooDeepError(Exception):
    """More elements inside each other than any page has."""


@dataclass(slots=True)
class _OpenTable:
    """A table while it is being read: its rows, and the cells that reach down from above."""

    story: int
    """In which story it stands."""
    until: int = -1
    """For rows that stand in no table: how many elements are open where they end; -1 for a real table."""
    made: TextTable = field(default_factory=TextTable)
    row: TextRow | None = None
    columns: int = 0
    """Columns of the row that are taken so far."""
    reaching: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By its first column: how many more rows a cell from above covers, and how many columns."""
    fresh: dict[int, tuple[int, int]] = field(default_factory=dict)

    def open_row(self, gone: str = "") -> None:
        """Begin a row; the one before ends."""
        self.close_row()
        self.row, self.columns, self.fresh = TextRow(gone=gone), 0, {}

    def put(self, blocks: Blocks, rows: int, columns: int) -> None:
        """Take in the next cell of the row."""
        if self.row is None:
            self.open_row()
        assert self.row is not None
        self._come_down(self.row)
        if self.columns < MOST_COLUMNS:
            columns = min(columns, MOST_COLUMNS - self.columns)
            self.row.cells.append(TextCell(blocks, columns, "restart" if rows > 1 else ""))
            if rows > 1:
                self.fresh[self.columns] = (rows - 1, columns)
            self.columns += columns

    def _come_down(self, row: TextRow) -> None:
        """Take in the cells that those above reach down to."""
        while self.columns in self.reaching:
            _, columns = self.reaching[self.columns]
            row.cells.append(TextCell([], columns, "continue"))
            self.columns += columns

    def close_row(self) -> None:
        """End the row that was open."""
        if self.row is None:
            return
        self._come_down(self.row)
        rest = {at: (rows - 1, columns) for at, (rows, columns) in self.reaching.items() if rows > 1}
        self.reaching = rest | self.fresh
        if self.row.cells:
            self.made.rows.append(self.row)
        self.row = None


@dataclass(slots=True)
class _PageStory:
    """Blocks while they come: of the page, or of a cell."""

    blocks: Blocks = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)
    number: str = ""
    """The number of the point whose first words are awaited."""
    counting: OpenList | None = None
    """The list of that point, if it counts down."""


@dataclass(slots=True)
class _OpenElement:
    """An element that is open."""

    tag: str
    is_block: bool
    is_furniture: bool = False
    holds: str = ""
    """What ends with it: ``table``, ``row``, ``cell``, ``list``, ``point``."""
    rows: int = 1
    columns: int = 1
    is_gone: bool = False
    """Whether it is a cell that is not laid out at all."""


class _PageReader:
    """Takes in the elements of a page as the parser finds them, each start with its end."""

    def __init__(self, *, leave_furniture: bool) -> None:
        self._leave_furniture = leave_furniture
        self._styles = OpenElements()
        self._elements: list[_OpenElement] = []
        self._silent = self._furniture = 0
        self._sheet: list[str] | None = None
        self._stories = [_PageStory()]
        self._tables: list[_OpenTable] = []
        self._lists: list[OpenList] = []
        self._hidden: list[TextParagraph] = []
        """Blocks of which nothing is seen, since the outermost element was opened that hides them."""
        self.has_frames = False
        self.shown = self.furnished = 0
        """Characters of text, and of what belongs to every page of the site."""

    # ---- what the parser finds

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(self._elements) >= _DEEPEST:
            raise _TooDeepError
        tag = tag.lower()
        _, declared = self._styles.begin(tag, attributes)
        element = _OpenElement(tag, _is_block(tag, declared), self._is_furniture(tag, attributes))
        if element.is_block:
            self._flush()
            self._end_loose_rows(tag)
            self._start_block(element, attributes, declared)
        elif tag in _BLOCKS:  # one beside the other
            self._put(" ")
        self._elements.append(element)
        self._silent += tag in _SILENT
        self._furniture += element.is_furniture
        self.has_frames = self.has_frames or tag == "frameset"
        if tag == "style" and "print" not in attributes.get("media", ""):
            self._sheet = []
        elif tag in _INSTEAD:
            self._put(_INSTEAD[tag], exactly=True)
        if not self._styles.now.is_seen and self._styles.outside.is_seen:
            self._hidden.clear()

    def data(self, text: str) -> None:
        """Text."""
        if self._sheet is not None:
            self._sheet.append(text)
        else:
            self._put(text, exactly=self._styles.now.kept_blanks)

    def end(self, _: str) -> None:
        """The element that began last ends."""
        if not self._elements:
            return
        element = self._elements[-1]
        if element.tag == "style" and self._sheet is not None:
            self._styles.sheet.read("".join(self._sheet))
            self._sheet = None
        elif element.tag == "q":
            self._put("”")
        if element.is_block:
            self._flush()
            self._end_block(element)
        elif element.tag in _BLOCKS:
            self._put(" ")
        if not self._styles.now.is_seen and self._styles.outside.is_seen:
            self._weigh_hidden()
        self._elements.pop()
        self._silent -= element.tag in _SILENT
        self._furniture -= element.is_furniture
        self._styles.close()

    def close(self) -> Blocks:
        """The page ends: all that is on it."""
        while self._elements:
            self.end("")
        self._flush()
        while self._tables:
            self._close_table()
        return self._stories[0].blocks

    # ---- text

    def _put(self, text: str, *, exactly: bool = False) -> None:
        """Take in text as it is seen here; line breaks are blanks, unless it is shown exactly."""
        if not self._silent:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._stories[-1].pieces.append(TextPiece(text if exactly else text.replace("\n", " "), self._look()))

    def _look(self) -> TextLook:
        seen = self._styles.now
        if not seen.is_seen:
            return TextLook(aside=HIDDEN)
        if self._leave_furniture and self._furniture:
            return TextLook(aside=PAGE_FURNITURE)
        return TextLook(seen.bold, seen.underlined, STRUCK if seen.struck else "")

    def _flush(self) -> None:
        """End the paragraph that was being read, if anything stands in it."""
        story = self._stories[-1]
        pieces, story.pieces = list(_evened(story.pieces)), []
        if not pieces:
            return
        shown = "".join(piece.text for piece in pieces if not piece.look.aside)
        self.shown += len(shown)
        self.furnished += sum(len(piece.text) for piece in pieces if piece.look.aside == PAGE_FURNITURE)
        paragraph = TextParagraph(pieces=pieces)
        story.blocks.append(paragraph)
        if not shown.strip():
            if any(piece.look.aside == HIDDEN for piece in pieces):
                self._hidden.append(paragraph)
            return
        if not NUMBERED.match(shown):
            paragraph.number = story.number
            if story.counting is not None:
                story.counting.points.append(paragraph)
        story.number, story.counting = "", None

    def _weigh_hidden(self) -> None:
        """A few hidden words on lines of their own are a button or a menu, and no part of a plan."""
        if sum(len(piece.text) for paragraph in self._hidden for piece in paragraph.pieces) < _LEAST_HIDDEN:
            for paragraph in self._hidden:
                paragraph.pieces = [
                    piece._replace(look=TextLook(aside=PAGE_FURNITURE)) if piece.look.aside == HIDDEN else piece
                    for piece in paragraph.pieces
                ]
        self._hidden.clear()

    # ---- blocks

    def _start_block(self, element: _OpenElement, attributes: Mapping[str, str], declared: Declared) -> None:
        tag, seen = element.tag, self._styles.now
        if tag == "table":
            element.holds = "table"
            self._tables.append(_OpenTable(len(self._stories) - 1))
        elif tag == "tr":
            element.holds = "row"
            self._table_here(open_one=True).open_row("" if seen.is_seen else HIDDEN)
        elif tag in ("td", "th") and self._has_table_here():
            element.holds = "cell"
            element.rows, element.columns = _span(attributes.get("rowspan")), _span(attributes.get("colspan")) or 1
            element.rows = element.rows or _TO_THE_END
            element.is_gone = seen.hidden and not self._styles.outside.hidden
            self._stories.append(_PageStory())
        elif tag in _LISTS:
            element.holds = "list"
            self._lists.append(open_list(tag, attributes, numbering(declared)))
        elif tag == "li" and self._lists and not seen.hidden:
            element.holds = "point"
            opened, story = self._lists[-1], self._stories[-1]
            story.number = opened.number(attributes, numbering(declared))
            story.counting = opened if opened.from_end else None

    def _end_block(self, element: _OpenElement) -> None:
        if element.holds == "table" and self._tables:
            self._close_table()
        elif element.holds == "row" and self._has_table_here():
            self._tables[-1].close_row()
        elif element.holds == "cell":
            blocks = self._stories.pop().blocks
            if element.is_gone:
                self._stories[-1].blocks += blocks
            elif self._has_table_here():
                self._tables[-1].put(blocks, element.rows, element.columns)
        elif element.holds == "list" and self._lists:
            self._lists.pop().finish()
        elif element.holds == "point":
            self._stories[-1].number, self._stories[-1].counting = "", None
        if self._tables and self._tables[-1].until == len(self._elements) - 1:
            self._close_table()

    # ---- tables

    def _has_table_here(self) -> bool:
        """Whether a table is open in the story that is being read, and not only around the cell it stands in."""
        return bool(self._tables) and self._tables[-1].story == len(self._stories) - 1

    def _table_here(self, *, open_one: bool) -> _OpenTable:
        if open_one and not self._has_table_here():
            self._tables.append(_OpenTable(len(self._stories) - 1, until=len(self._elements) - 1))
        return self._tables[-1]

    def _end_loose_rows(self, tag: str) -> None:
        """Rows that stand in no table end where anything else begins."""
        if tag not in _OF_TABLES and self._has_table_here():
            table = self._tables[-1]
            if table.until >= 0 and table.row is None:
                self._close_table()

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.close_row()
        if table.made.rows:
            self._stories[min(table.story, len(self._stories) - 1)].blocks.append(table.made)

    # ---- what belongs to every page of a site

    def _is_furniture(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is a menu, a path to the page, a foot: by its tag, its role, or what pages call it."""
        if tag in _FURNITURE_TAGS:
            return not any(element.tag in ("article", "main") for element in self._elements)
        if attributes.get("role", "").lower() in _FURNITURE_ROLES:
            return True
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
        return tag in ("div", "ul", "section", "td", "p", "table") and not _FURNITURE_NAMES.isdisjoint(names)


def _is_block(tag: str, declared: Declared) -> bool:
    """Whether an element stands on lines of its own."""
    display = declared.get("display", "")
    if tag in _OF_TABLES or not display or display in ("none", "contents"):
        return tag in _BLOCKS
    return not display.startswith(("inline", "ruby"))


def _span(text: str | None) -> int:
    """How many rows or columns a cell spans; 0 for one that says 0, which spans all that are left."""
    digits = (text or "1").strip()
    return min(int(digits), _TO_THE_END) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 1


def _evened(pieces: Iterable[TextPiece]) -> Iterator[TextPiece]:
    """The pieces of a paragraph with single blanks between words, and none at the ends of lines."""
    waiting = ""
    """A blank or a line break that shows only if something follows."""
    begun = False
    for piece in pieces:
        if piece.look.aside:
            words = one_line(piece.text)
            if words:
                yield TextPiece(words, piece.look)
            continue
        for part in re.split(r"(\s+)", piece.text):
            if part and not part.isspace():
                yield TextPiece((waiting if begun else "") + part, piece.look)
                waiting, begun = "", True
            elif part:
                waiting = "\n" if "\n" in part or waiting == "\n" else " "


# ---- files -----------------------------------------------------------------------------------------------

CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w-]{3,20})", re.IGNORECASE)
"""What a page says its encoding is; believed only for encodings that cannot be told from the bytes."""

_TOLD_ONLY = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_SAVE_LESS = "请用浏览器打开，只保留正文，另存后再导入"


def read_html(path: Path, content: bytes) -> list[Line]:
    """A saved web page: its blocks and the rows of its tables, counted from 1."""
    told = CHARSET.search(content[:4000])
    encoding = _TOLD_ONLY.get(told[1].decode("ascii", "replace").lower(), "") if told else ""
    return _read(path, content.decode(encoding, errors="replace") if encoding else decode(path, content))


def _read(path: Path, text: str) -> list[Line]:
    if len(text) > _LARGEST:
        raise refused(path, "网页过大", _SAVE_LESS)
    try:
        reader, blocks = _parse(text, leave_furniture=True)
        if reader.furnished > _MOST_FURNITURE * (reader.furnished + reader.shown):
            reader, blocks = _parse(text, leave_furniture=False)
    except _TooDeepError as error:
        raise refused(path, f"网页的层次过多（超过 {_DEEPEST} 层）", _SAVE_LESS) from error
    if reader.has_frames and not reader.shown:
        raise refused(path, "这是框架网页，正文在旁边同名文件夹的其他网页中", "请导入其中有正文的网页")
    page = DocumentLines(path, _SAVE_LESS)
    page.put_blocks(blocks)
    return [line for line in page.lines if line.text or line.aside]


def _parse(text: str, *, leave_furniture: bool) -> tuple[_PageReader, Blocks]:
    """Give a page to the parser piece by piece."""
    from lxml import etree  # type: ignore[import-untyped]

    reader = _PageReader(leave_furniture=leave_furniture)
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    text = text.replace("\0", "")
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        return reader, parser.close()
    except etree.XMLSyntaxError:  # a page without anything on it
        return reader, reader.close()


def read_mail_page(path: Path, content: bytes) -> list[Line]:
    """A web page saved with its pictures in one file (.mht): the page among its parts, or all its frames."""
    parts = [part for part in email.message_from_bytes(content).walk() if not part.is_multipart()]
    for wanted in ("text/html", "text/plain"):
        bodies = (part.get_payload(decode=True) for part in parts if part.get_content_type() == wanted)
        pages = [body for body in bodies if isinstance(body, bytes) and body.strip()]
        if pages and b"<frameset" in pages[0][:_LONGEST_FRAME].lower():
            return _read(path, "\n<hr>\n".join(decode(path, page) for page in pages[1:]))
        if pages:
            return read_html(path, pages[0])
    raise refused(path, "网页存档中没有正文", "请用浏览器打开，另存为 .html 后再导入")
