"""Paragraphs of the body of a document, each with the kind by which the template gives it a style."""

from reporting.language.characters import is_hollow
from reporting.language.wording import second_level, split_paragraphs, stopped

Block = dict[str, str]
"""One paragraph of the body: ``kind`` is heading, item or text, and the template gives each its style."""


def text_block(text: str) -> Block:
    """A paragraph of plain text."""
    return {"kind": "text", "text": text}


def heading_block(ordinal: int, text: str) -> Block:
    """A heading of the second level, numbered （一） and so on."""
    return {"kind": "heading", "text": f"{second_level(ordinal)}{text}"}


def item_block(text: str) -> Block:
    """A numbered point of the third level."""
    return {"kind": "item", "text": text}


def quoted(speaker: str, text: str) -> list[Block]:
    """A unit's own words, all of them, line by line, with who or what it is before the first."""
    if is_hollow(text):
        return []
    first, *rest = split_paragraphs(text)
    *before, last = [f"{speaker}：{first}", *rest]
    return [text_block(part) for part in [*before, stopped(last)]]
