"""Paragraphs of the body of a document, each with the kind by which the template gives it a style."""

from collections.abc import Iterable, Iterator

from reporting.language.characters import is_hollow
from reporting.language.wording import second_level, split_paragraphs, stopped

Block = dict[str, str]
"""One paragraph of the body: ``kind`` is heading, item or text, and the template gives each its style."""
Body = Iterator[str | Block]
"""What a section says, piece by piece; a bare text is a paragraph of plain text."""


def body_blocks(body: Iterable[str | Block]) -> list[Block]:
    """A section as the template prints it."""
    return [{"kind": "text", "text": each} if isinstance(each, str) else each for each in body]


def heading_block(ordinal: int, text: str) -> Block:
    """A heading of the second level, numbered （一） and so on."""
    return {"kind": "heading", "text": f"{second_level(ordinal)}{text}"}


def item_block(text: str) -> Block:
    """A numbered point of the third level."""
    return {"kind": "item", "text": text}


def points(texts: Iterable[str]) -> Iterator[str]:
    """Numbered points in plain text, each ended by a full stop."""
    return (f"{ordinal}.{stopped(text)}" for ordinal, text in enumerate(texts, start=1))


def quoted(speaker: str, text: str) -> list[str]:
    """A unit's own words, all of them, line by line, with who or what it is before the first."""
    if is_hollow(text):
        return []
    first, *rest = split_paragraphs(text)
    *before, last = [f"{speaker}：{first}", *rest]
    return [*before, stopped(last)]
