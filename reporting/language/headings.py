"""Which texts are the headings of a table: what people add to a heading leaves it the same heading.

A mark that a cell must be filled, a star, a number, blanks, a line break, a colon, another width, a bracket
that says how to fill in: all that is let pass. What changes the meaning is another heading: 完成情况（上年）.
Every workbook that comes back to the office is read by these rules and by no others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reporting.language.characters import even_width
from reporting.language.values import as_text

_MARKS = re.compile(r"[*★☆※●◆▲△#\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufe00-\ufe0f]")
_NUMBERED = re.compile(r"^\(?\d{1,2}[).、]")  # 1.任务编号, (3)完成状态
_OBLIGED = re.compile(r"^(?:必|选)填(?:项|栏)?[:：]?|[-—_]?(?:必|选)填(?:项|栏)?$")  # 必填：完成状态
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》|<[^<>]*>")
_HOW_TO = re.compile(r"[填选写]|可不|可空|不用|无需|没有|^.单位[:)\]】]|格式|说明|下拉|以内|满分|[%‰字限注勿请如例]")
"""What a bracket says that only tells how to fill in: 必填, 没有变化可不填, 限200字, %, 如2026-12-15."""
_ENDS = ":：。.、,，;；!"
_OTHERWISE = re.compile(r"[上去往]年|上一年|上半年|下半年|上期|季度|参考|示例|样例|原表|下发|核定|自评")
"""What makes another column of it: 完成情况（上年）, 完成状态（参考）."""

_SYNONYMS: Mapping[str, str] = {
    "任务编号": "任务号 任务序号 任务编码",
    "指标编号": "指标号 指标序号 指标编码",
    "工作内容": "任务内容 工作任务 重点任务",
    "牵头单位": "牵头部门",
    "配合单位": "配合部门 协同单位 协办单位",
    "完成时限": "完成期限",
    "完成状态": "完成状况",
    "完成情况": "工作完成情况 落实情况 进展情况",
    "存在问题及原因": "存在问题 存在的问题 存在的问题及原因 问题及原因",
    "下一步计划": "下一步工作计划 下一步打算 下一步工作打算 下步计划",
    "佐证材料": "证明材料 佐证资料 支撑材料",
    "自评分": "自评得分",
    "单位名称": "单位全称",
    "联系电话": "电话 联系方式",
    "电子邮箱": "邮箱 电子邮件",
}
"""Other words for a heading, of whichever workbook."""


def plain_heading(text: str) -> str:
    """A heading without width, blanks, marks, number and end mark; brackets stay."""
    return _plain(text)[0]


@lru_cache(maxsize=20_000)
def _plain(text: str) -> tuple[str, tuple[str, ...], str]:
    """The text with its brackets; without one or all of those that tell how to fill in; and without any.

    The second is empty where a bracket makes another column of it, or says something else.
    """
    even = _MARKS.sub("", even_width(text))
    even = _OBLIGED.sub("", _NUMBERED.sub("", even)).strip(_ENDS)
    notes = _BRACKETED.findall(even)
    if not notes:
        return even, (), even
    how_to = [note for note in notes if _HOW_TO.search(note) or len(note) < 3]
    shorter = [even.replace(note, "", 1).strip(_ENDS) for note in how_to]
    core = _BRACKETED.sub("", even).strip(_ENDS)
    if any(_OTHERWISE.search(note) for note in notes):
        return even, (), ""
    return even, (*shorter, core) if len(how_to) == len(notes) else tuple(shorter), core


@dataclass(frozen=True)
class Headings:
    """The headings of one kind of table: by key the words of each, in their order on the sheet."""

    name: str
    """What the sheet is called."""
    words: Mapping[str, str]
    """The first is what a row is known by."""
    needed: tuple[str, ...]
    """The keys without which it is no such table."""
    least: int
    """How many headings must be there."""
    filled: frozenset[str] = frozenset()
    """The keys of what is filled in; a column of another that was rewritten is told by its place alone."""
    copied: frozenset[str] = frozenset()
    """The keys whose cell, joined over several rows, speaks for each of them."""
    optional: frozenset[str] = frozenset()
    """The keys of columns that many a workbook has not."""
    aside: tuple[str, ...] = ()
    """Headings of ours that are not read."""

    show = staticmethod(as_text)

    @cached_property
    def _whole(self) -> dict[str, str]:
        return {plain_heading(words): key for key, words in self.words.items()}

    @cached_property
    def _aside(self) -> frozenset[str]:
        return frozenset(map(plain_heading, self.aside))

    def match(self, texts: Sequence[str], first: int = 0) -> dict[str, list[int]]:
        """The positions of each heading among the texts of a row, from ``first`` on.

        The heading itself goes before one with a note in brackets, of which there may be only one.
        """
        found: dict[str, list[int]] = {}
        noted: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            if not text or at < first:
                continue
            even, shorter, _ = _plain(text)
            key = self._whole.get(even)
            if key is not None:
                found.setdefault(key, []).append(at)
            elif shorter and (other := next(filter(None, map(self._whole.get, shorter)), None)) is not None:
                noted.setdefault(other, []).append(at)
        return found | {key: at for key, at in noted.items() if key not in found and len(at) == 1}

    def is_heading(self, key: str, text: str) -> bool:
        """Whether a cell of a column is its heading once more, as each page of a print begins."""
        return len(text) < 40 and self._whole.get(plain_heading(text)) == key

    def is_ours(self, text: str) -> bool:
        """Whether a heading is one of ours that is not read."""
        return plain_heading(text) in self._aside

    # ---- headings that were rewritten --------------------------------------------------------------------

    def reworded(self, texts: Sequence[str], columns: Mapping[str, int]) -> dict[str, int]:
        """Columns whose heading was rewritten: known by another word for it, by standing just where they
        should between those that are there, or by the words of the old heading in the new one.

        The heading must say something: an empty one is a column that was put in.
        """
        free = {
            at
            for at, text in enumerate(texts)
            if text and at not in columns.values() and plain_heading(text) not in self._aside
        }
        found: dict[str, int] = {}
        for key in self.words.keys() - columns.keys():
            others = _SYNONYMS.get(self.words[key], "").split()
            _take(found, key, free, [at for at in free if plain_heading(texts[at]) in others])
        for key, at in self._between(free, {**columns, **found}):
            _take(found, key, free, [at])
        for key in self.filled - columns.keys() - found.keys():
            _take(found, key, free, [at for at in free if self._is_alike(texts[at], self.words[key])])
        return {key: found[key] for key in self.words if key in found}

    def _between(self, free: set[int], columns: Mapping[str, int]) -> list[tuple[str, int]]:
        """As many rewritten headings between two known ones as are missing there."""
        found: list[tuple[str, int]] = []
        keys = list(self.words)
        known = sorted((at, keys.index(key)) for key, at in columns.items())
        if not known:
            return found
        start, end = known[0][0], known[-1][0]
        while start - 1 in free:
            start -= 1
        while end + 1 in free:
            end += 1
        for (left, before), (right, after) in zip(
            [(start - 1, -1), *known], [*known, (end + 1, len(keys))], strict=True
        ):
            missing = [key for key in keys[before + 1 : after] if key not in self.optional]
            places = range(left + 1, right)
            if missing and len(missing) == len(places) and free.issuperset(places):
                found += zip(missing, places, strict=True)
        return found

    def _is_alike(self, text: str, heading: str) -> bool:
        """Whether a heading is another with something added or left out: 2026年完成情况, 完成状态及说明."""
        core, even = _plain(heading)[2] or plain_heading(heading), plain_heading(text)
        other = even != plain_heading(heading)  # else it is the very column, of a table beside this one
        return (
            other
            and core in even
            and len(even) <= 2 * len(core) + 4
            and not _OTHERWISE.search(even.replace(core, "", 1))
        )


def _take(found: dict[str, int], key: str, free: set[int], places: Sequence[int]) -> None:
    """Take the column of a heading if there is just one for it."""
    if len(places) == 1:
        found[key] = places[0]
        free.discard(places[0])
