"""Pieces of text of a document → the text of a line or a cell, what stands out in it, what stands aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporting.language.characters import one_line
from reporting.model import COMMENT, NOT_READ, STRUCK, TRACKED
from reporting.plan.documents.blocks import Blocks, TextLook, TextParagraph, TextPiece
from reporting.plan.documents.parts import BREAK

PLAIN, NUMBER = TextLook(), TextLook(automatic=True)
_LISTED, _BEFORE_LIST, _AFTER_LIST = "、，,", "、，,；;（(：:［[【", "）)］]】；;。"
_CLOSED = ".．、。,，)）:：】］]-"
_BOLD, _UNDERLINED = "加粗", "下划线"


@dataclass(frozen=True, slots=True)
class SeenText:
    """What a reader sees of some pieces, and (offset, words, why) of what stands aside."""

    text: str = ""
    emphasis: tuple[tuple[str, str], ...] = ()
    aside: tuple[tuple[int, str, str], ...] = ()
    only_numbered: bool = False
    """Whether all that is seen are automatic numbers."""


def show_pieces(pieces: Iterable[TextPiece]) -> SeenText:
    """Put pieces together."""
    seen: list[TextPiece] = []
    aside: list[tuple[int, list[str], str]] = []
    length = 0
    struck = False
    for piece in pieces:
        if piece.look.aside:
            _put_aside(aside, length, piece)
            struck = struck or (piece.look.aside == STRUCK and bool(piece.text.strip()))
            continue
        text = _after_struck(seen, piece.text) if struck else piece.text
        text = _after_number(seen[-1].text, text) if seen and seen[-1].look.automatic else text
        struck = False
        seen.append(TextPiece(text, piece.look))
        length += len(text)
    if struck:
        _after_struck(seen, "）")
    filled = [piece for piece in seen if piece.text.strip()]
    told = ((offset, one_line("".join(words)), why) for offset, words, why in aside)
    words = tuple(each for each in told if each[1] or each[2] == TRACKED)
    only_numbered = bool(filled) and all(piece.look.automatic for piece in filled)
    return SeenText("".join(piece.text for piece in seen), tuple(_emphasis(filled)), words, only_numbered)


def _put_aside(aside: list[tuple[int, list[str], str]], offset: int, piece: TextPiece) -> None:
    """What stands at one place for one reason is one; of changes that only insert there is nothing to say."""
    why = piece.look.aside
    if piece.text and aside and aside[-1][::2] == (offset, why) and why not in (COMMENT, NOT_READ):
        aside[-1][1].append(piece.text)
    else:
        aside.append((offset, [piece.text], why))


def _after_struck(seen: list[TextPiece], words: str) -> str:
    """Words behind struck ones, without the comma that parted these from the rest of a list."""
    left, right = (seen[-1].text.rstrip()[-1:] if seen else ""), words.lstrip()[:1]
    if left and left in _LISTED and right and right in _AFTER_LIST:
        seen[-1] = TextPiece(seen[-1].text.rstrip()[:-1], seen[-1].look)
    elif right and right in _LISTED and (not left or left in _BEFORE_LIST):
        return words.lstrip()[1:]
    return words


def _after_number(number: str, words: str) -> str:
    """Words behind an automatic number; one without a mark at its end would run into them."""
    apart = number[-1:] not in _CLOSED and not "①" <= number[-1:] <= "⒛"
    return f" {words.lstrip()}" if apart and words.strip() else words


def _emphasis(filled: Sequence[TextPiece]) -> Iterator[tuple[str, str]]:
    """What stands out from the rest; automatic numbers stand outside."""
    for how, marked in (
        (_BOLD, [piece.look.bold for piece in filled]),
        (_UNDERLINED, [piece.look.underlined for piece in filled]),
    ):
        counted = [on for on, piece in zip(marked, filled, strict=True) if not piece.look.automatic]
        if any(counted) and not all(counted):
            yield from ((how, words) for words in _runs(filled, marked))


def _runs(pieces: Sequence[TextPiece], marked: Sequence[bool]) -> Iterator[str]:
    """The words of pieces in a row that are marked, line by line."""
    joined = "".join(piece.text if on else "\0" for piece, on in zip(pieces, marked, strict=True))
    for run in joined.replace(BREAK, "\0").replace("\n", "\0").split("\0"):
        if any(char.isalnum() for char in run):
            yield one_line(run)


def paragraph_lines(paragraph: TextParagraph) -> Iterator[SeenText]:
    """The lines of a paragraph."""
    lines = [list(_number(paragraph))]
    for piece in paragraph.pieces:
        head, *rest = [piece.text] if piece.look.aside else piece.text.split("\n")
        lines[-1].append(TextPiece(head, piece.look))
        lines += [[TextPiece(words, piece.look)] for words in rest]
    yield from map(show_pieces, lines)


def _number(paragraph: TextParagraph) -> Iterator[TextPiece]:
    if paragraph.number and not paragraph.is_emptied:
        yield TextPiece(paragraph.number, NUMBER)


def cell_pieces(blocks: Blocks) -> Iterator[TextPiece]:
    """The pieces of a cell with breaks between its paragraphs; the rows of a small table in it are one line."""
    for block in blocks:
        yield TextPiece(BREAK, PLAIN)
        if isinstance(block, TextParagraph):
            yield from _number(block)
            yield from block.pieces
            for box in block.boxes:
                yield from cell_pieces(box)
            continue
        for place, row in enumerate(row for row in block.rows if not row.gone):
            for column, cell in enumerate(row.cells):
                yield TextPiece(" " if column else "；" if place else "", PLAIN)
                yield from (piece for piece in cell_pieces(cell.blocks) if piece.text != BREAK)
