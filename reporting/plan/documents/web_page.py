"""A saved web page → Lines."""

import email
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from reporting.language.characters import one_line
from reporting.model import Line, Place
from reporting.plan.documents.parts import MOST_COLUMNS, decode, refused

NUMBERED = re.compile(r"(?:[第(（]?[一二三四五六七八九十\d]{1,4}[)）.．、条章节]|[①-⑳])")
"""A point that has its number in its text."""


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
        self.lists: list[int | None] = []
        self.pending = ""
        self.began = (0, 0)

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
            self._number(tag, dict(attrs))

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
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()

    def _number(self, tag: str, attrs: dict[str, str | None]) -> None:
        """Count the points of a numbered list; the page shows numbers that are not in its text."""
        if tag in ("ol", "ul"):
            start = attrs.get("start") or "1"
            self.lists.append(int(start) - 1 if tag == "ol" and start.isdecimal() and len(start) < 6 else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None and self.cell is None:
            value = attrs.get("value") or ""
            self.lists[-1] = int(value) if value.isdecimal() and len(value) < 6 else self.lists[-1] + 1
            self.pending = f"{self.lists[-1]}."

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self.silent:
            return
        target = self.cell if self.cell is not None else self.text
        if target is self.text and not self.text:
            self.began = self.getpos()
        target.append(data)

    def _break(self) -> None:
        if self.cell is not None:
            self.cell.append("\v")
        else:
            self._end_text()

    def _end_text(self) -> None:
        text = one_line("".join(self.text))
        if text:
            if self.pending and not NUMBERED.match(text):
                text = self.pending + text
            self.pending = ""
            row, offset = self.began if self.began[0] else self.getpos()
            self.lines.append(Line(text, Place(self.name, "", row, offset + 1)))
        self.text = []

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        pieces = [one_line(piece) for piece in "".join(self.cell).split("\v")]
        self.row.append(("\v".join(piece for piece in pieces if piece), *self.span))
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is None:
            return
        cells = _laid_out(self.row, self.waiting)
        self.row = None
        row, offset = self.getpos()
        place = Place(self.name, "", row, offset + 1)
        if len(cells) == 1:
            texts = cells[0].split("\v")
            inside = enumerate(text for text in texts if text)  # their order is all that is known
            self.lines.extend(Line(text, replace(place, column=offset + 1 + at)) for at, text in inside)
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


CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w-]{3,20})", re.IGNORECASE)
"""What a page says its encoding is; believed only for encodings that cannot be told from the bytes."""

_TOLD_ONLY = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}


def read_html(path: Path, content: bytes) -> list[Line]:
    """A saved web page: paragraphs and the rows of its tables."""
    told = CHARSET.search(content[:4000])
    encoding = _TOLD_ONLY.get(told[1].decode("ascii", "replace").lower(), "") if told else ""
    text = content.decode(encoding, errors="replace") if encoding else decode(path, content)
    page = _Page(path.name)
    page.feed(text)
    page.close()
    return page.finish()


def read_mail_page(path: Path, content: bytes) -> list[Line]:
    """A web page saved with its pictures in one file (.mht): the page among its parts."""
    parts = [part for part in email.message_from_bytes(content).walk() if not part.is_multipart()]
    for wanted in ("text/html", "text/plain"):
        for part in parts:
            body = part.get_payload(decode=True)
            if part.get_content_type() == wanted and isinstance(body, bytes) and body.strip():
                return read_html(path, body)
    raise refused(path, "网页存档中没有正文", "请用浏览器打开，另存为 .html 后再导入")
