"""A Markdown file → Lines: what it says, without its marks; what is struck out in it stands aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reporting.model import HIDDEN, STRUCK, Line, Place
from reporting.plan.documents.block_lines import show_pieces
from reporting.plan.documents.blocks import TextLook, TextPiece
from reporting.plan.documents.plain_text import split_text

_MARK = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|~>-])|(?P<sign>~~|\*\*|__|`)"
    r"|<(?P<end>/?)(?P<tag>b|strong|u|del|s|strike|ins|em|i|span|font)(?: [^<>]{0,200})?>"
    r"|!\[[^\[\]]{0,200}\]\([^()]{0,500}\)|\[(?P<link>[^\[\]]{1,200})\]\([^()]{0,500}\)|<!--(?P<comment>.{0,2000}?)-->",
    re.IGNORECASE,
)
"""What has a meaning inside a line: ~~struck~~, **bold**, [words](address), <u>underlined</u>, \\*."""
_BEGINNING = re.compile(r"[ \t]{0,20}(?:>[ \t]{0,4}){0,9}(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
"""Marks before a line: of a quotation, a heading, a point without number."""
_RULE = re.compile(
    r"[ \t]{0,3}(?:={3,200}|(?:-[ \t]{0,3}){3,100}|(?:\*[ \t]{0,3}){3,100}|(?:_[ \t]{0,3}){3,100}"
    r"|(?:```|~~~).{0,99})"
)
"""A line that only draws one, or opens and closes a block."""
_BOLD, _UNDERLINED = frozenset(("**", "__", "b", "strong")), frozenset(("u",))
_STRUCK = frozenset(("~~", "del", "s", "strike"))


def read_markdown(path: Path, content: bytes) -> list[Line]:
    """A Markdown file, line by line; a table keeps its bars."""
    lines: list[Line] = []
    for row, text in enumerate(split_text(path, content), 1):
        shown = show_pieces(_pieces(_bare(text)))
        place = Place(path.name, "", row, 1)
        lines.append(Line(shown.text, place, emphasis=shown.emphasis))
        lines += [Line(words, replace(place, column=at + 1), why) for at, words, why in shown.aside]
    return lines


def _bare(text: str) -> str:
    """A line without the marks around it."""
    if _RULE.fullmatch(text.rstrip()):
        return ""
    begin = _BEGINNING.match(text)
    start = begin.end() if begin else 0
    heading = "#" in text[:start]
    return _without_close(text[start:]) if heading else text[start:]


def _without_close(heading: str) -> str:
    """A heading without the signs that close it: ## 一、重点任务 ##."""
    whole = heading.rstrip(" \t")
    words = whole.rstrip("#")
    return words.rstrip(" \t") if 0 < len(whole) - len(words) <= 6 and words[-1:] in (" ", "\t") else heading


def _pieces(text: str) -> Iterator[TextPiece]:
    """The pieces of a line, each with how it looks; marks without a partner are text."""
    matches = list(_MARK.finditer(text))
    paired = _paired(matches)
    open_marks: set[str] = set()
    last = 0
    for at, match in enumerate(matches):
        yield TextPiece(text[last : match.start()], _look(open_marks))
        last = match.end()
        if match["comment"] is not None:
            yield TextPiece(match["comment"], TextLook(aside=HIDDEN))
        elif match["escaped"] or match["link"]:
            yield TextPiece(match["escaped"] or match["link"], _look(open_marks))
        elif match["sign"] or match["tag"]:
            mark = match["sign"] or match["tag"].lower()
            if at in paired:
                open_marks ^= {mark}
            elif match["sign"]:
                yield TextPiece(mark, _look(open_marks))
    yield TextPiece(text[last:], _look(open_marks))


def _paired(matches: Sequence[re.Match[str]]) -> set[int]:
    """The marks that have a partner: the next of their kind, or the end of their element."""
    waiting: dict[str, int] = {}
    paired: set[int] = set()
    for at, match in enumerate(matches):
        mark = match["sign"] or (match["tag"] or "").lower()
        ends = bool(match["end"]) if match["tag"] else mark in waiting
        if mark and ends and mark in waiting:
            paired |= {waiting.pop(mark), at}
        elif mark and not ends:
            waiting[mark] = at
    return paired


def _look(marks: set[str]) -> TextLook:
    return TextLook(bool(marks & _BOLD), bool(marks & _UNDERLINED), STRUCK if marks & _STRUCK else "")
