"""Points inside one paragraph that name units of their own: 3.盘活资源。一是…（市住建局）二是…（市城管局）."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.language.numerals import heading_value
from reporting.plan.reading.segments import Segment

SUBPOINT = re.compile(
    r"(?P<mark>[①-⑳]|(?P<han>[一二三四五六七八九十]{1,3})是|[（(](?P<round>\d{1,2})[)）]|(?P<half>\d{1,2})[)）])"
    r"[、.．，, ]?"
)
"""How such a point begins: ①, 一是, （1）, 1)."""

ENDS = "。；;：:，,)）!！ "
"""What may stand before a point inside a sentence."""


@dataclass(frozen=True, slots=True)
class Subpoint:
    """One of them: its number as printed, its words, and what stands before the first of them."""

    printed: str
    segment: Segment
    before: str = ""


def subpoints(segments: Sequence[Segment]) -> list[Subpoint]:
    """The points of a paragraph with one clause each; nothing where its clauses part it otherwise."""
    found: list[Subpoint] = []
    for order, segment in enumerate(segments):
        match = _mark_of(segment.text, order + 1, inside=not order)
        if match is None:
            return []
        words, before = segment.text[match.end() :], segment.text[: match.start()]
        printed = re.sub(r"[（）]", lambda mark: "(" if mark.group() == "（" else ")", match.group("mark"))
        found.append(Subpoint(printed, replace(segment, text=words, titled=False), before))
    return found if len(found) > 1 else []


def _mark_of(text: str, value: int, *, inside: bool) -> re.Match[str] | None:
    """The mark with a value that a text begins with, or, for the first point, that stands after its title."""
    for match in SUBPOINT.finditer(text):
        at = match.start()
        if _value(match) == value and (not text[:at].strip() or (inside and text[at - 1] in ENDS)):
            return match
        if not inside:
            return None
    return None


def _value(match: re.Match[str]) -> int:
    mark = match.group("mark")
    if "①" <= mark <= "⑳":
        return ord(mark) - ord("①") + 1
    return heading_value(match.group("han")) if match.group("han") else int(match.group("round") or match.group("half"))


def part_title(before: str) -> tuple[str, str]:
    """The title that stands before the first point, and the rest: 规范管理。针对问题， → 规范管理, 针对问题，."""
    title, mark, rest = re.sub(r"\v", "。", before).partition("。")
    if mark and 0 < len(title) <= 40:
        return title, rest.strip("。")
    bare = before.strip("：:，, 。；;\v")
    return (bare, "") if 0 < len(bare) <= 40 else ("", before)
