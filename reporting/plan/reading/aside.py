"""What a document holds besides its text, each kind said once with its places.

What a reader of the document does not see, or sees struck out, is no text; that it is there must be said.
"""

from collections.abc import Callable, Sequence
from functools import partial

from reporting.language.characters import one_line
from reporting.model import COMMENT, HIDDEN, NOT_READ, ORDER_UNSURE, PICTURE, RECOGNISED, STRUCK, TRACKED, Line
from reporting.model.findings import Finding, Kind
from reporting.plan.reading import draft as kinds

MOST_QUOTED = 3
"""So many places of one kind are named with their words."""
_LONGEST_QUOTED = 24


def told_aside(aside: Sequence[Line]) -> list[Finding]:
    """One finding for each reason for which lines stand aside; one for each page that is a picture."""
    by_reason: dict[str, list[Line]] = {}
    for line in aside:
        by_reason.setdefault(line.aside, []).append(line)
    return [each for reason, tell in _TOLD.items() if reason in by_reason for each in tell(by_reason[reason])]


def _pages(lines: Sequence[Line]) -> list[Finding]:
    """Pages that are pictures, so that nothing could be read from them."""
    return [Finding(kinds.PAGE_UNREAD, line.place, values={"found": line.place.part}) for line in lines]


def _whole_pages(kind: Kind, lines: Sequence[Line]) -> list[Finding]:
    found = "、".join(line.place.part for line in lines[:MOST_QUOTED]) + ("等" if len(lines) > MOST_QUOTED else "")
    return [Finding(kind, lines[0].place, values={"count": str(len(lines)), "found": found})]


def _counted(kind: Kind, lines: Sequence[Line]) -> list[Finding]:
    return [Finding(kind, lines[0].place, values={"count": str(len(lines)), "found": _places(lines)})]


def _tracked(lines: Sequence[Line]) -> list[Finding]:
    deleted = [line for line in lines if line.text.strip()]
    found = f"；删去 {len(deleted)} 处：{_places(deleted)}" if deleted else ""
    return [Finding(kinds.CHANGES_TRACKED, lines[0].place, values={"found": found})]


_TOLD: dict[str, Callable[[Sequence[Line]], list[Finding]]] = {
    TRACKED: _tracked,
    STRUCK: partial(_counted, kinds.STRUCK_OUT),
    HIDDEN: partial(_counted, kinds.HIDDEN_LEFT_OUT),
    COMMENT: partial(_counted, kinds.COMMENTS_LEFT_OUT),
    NOT_READ: partial(_counted, kinds.PIECE_UNREAD),
    PICTURE: _pages,
    RECOGNISED: partial(_whole_pages, kinds.PAGE_RECOGNISED),
    ORDER_UNSURE: partial(_whole_pages, kinds.ORDER_UNSURE),
}


def _places(lines: Sequence[Line]) -> str:
    """The first places with their words: 第3行“市公安局”、第8行“……”等."""
    shown = [f"{line.place.words}{_quoted(line.text)}" for line in lines[:MOST_QUOTED]]
    return "、".join(shown) + ("等" if len(lines) > MOST_QUOTED else "")


def _quoted(text: str) -> str:
    words = one_line(text[:200])
    if not words:
        return ""
    return f"“{words[:_LONGEST_QUOTED]}{'…' if len(words) > _LONGEST_QUOTED else ''}”"
