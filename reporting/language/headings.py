"""Which texts are the headings of a table: what people add to a heading leaves it the same heading.

A mark that a cell must be filled, a star, a number, blanks, a line break, a colon, another width, a bracket
that says how to fill in: all that is let pass. What changes the meaning is another heading: 完成情况（上年）.
Every workbook that comes back to the office is read by these rules and by no others.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    "任务编号": "任务号 任务序号 任务编码 序号 编号 项目编号 事项编号 项目序号 工作编号",
    "指标编号": "指标号 指标序号 指标编码 序号 编号",
    "类别": "分类 任务类别 所属类别 工作类别 板块",
    "工作内容": "任务内容 工作任务 重点任务 主要任务 重点工作 工作事项 任务名称 任务事项 具体任务 "
    "重点工作任务 目标任务",
    "角色": "承担角色 单位角色 责任类型 本单位角色",
    "牵头单位": "牵头部门 责任单位 主办单位 牵头责任单位",
    "配合单位": "配合部门 协同单位 协办单位 协同部门 参与单位",
    "完成时限": "完成期限 时限 完成时间 时间要求 办结时限 时限要求",
    "完成状态": "完成状况 状态 当前状态 目前状态 任务状态 工作状态 进展状态 办理状态 推进状态 落实状态 是否完成",
    "完成进度": "进度 完成率 完成比例 完成百分比 工作进度 当前进度 完成度 总体进度 任务进度",
    "完成情况": "工作完成情况 落实情况 进展情况 工作进展 工作进展情况 推进情况 任务完成情况 办理情况 工作成效 "
    "工作开展情况 开展情况 实施情况 执行情况 完成情况说明 具体完成情况 完成情况及成效 工作落实情况 目前进展",
    "存在问题及原因": "存在问题 存在的问题 存在的问题及原因 问题及原因 问题原因 存在问题和原因 存在问题与原因 "
    "未完成原因 原因分析 主要问题 困难问题 存在的困难和问题 存在困难和问题 存在的主要问题 存在困难问题 问题和原因 "
    "未完成原因及存在问题 问题 存在困难",
    "下一步计划": "下一步工作计划 下一步打算 下一步工作打算 下步计划 下步打算 下步工作打算 下一步措施 "
    "下一步工作 下一步举措 下一步工作安排 下一步安排 下步工作 下步安排 下步措施 下步工作计划 下一步工作措施 "
    "下一步工作思路 工作打算 整改措施 后续计划 下一步",
    "佐证材料": "证明材料 佐证资料 支撑材料 附件 附件材料 佐证 证明资料 材料清单 附件清单 相关附件 附件名称 "
    "佐证材料清单 支撑资料 印证材料",
    "自评分": "自评得分 自评 自评分数 自评分值",
    "备注": "备注说明 其他说明 其他需说明事项 需说明的事项",
    "指标名称": "指标 指标内容 考核指标 指标项",
    "目标值": "年度目标 年度目标值 计划值 目标数",
    "完成值": "完成数 实际完成值 实际完成 实际值 完成数值 实际完成数 完成量 目前完成值",
    "数据截止日期": "截止日期 数据时间 数据截至日期 截至日期 统计截止日期 数据截止时间 截止时间 数据日期",
    "单位名称": "单位全称",
    "填报单位": "填表单位 报送单位",
    "填报人": "填表人 经办人",
    "联系电话": "电话 联系方式",
    "审核人": "审核 审核领导",
    "填报日期": "填表日期 填报时间 填表时间 报送日期",
    "电子邮箱": "邮箱 电子邮件",
}
"""Other words for a heading, of whichever workbook."""


def other_words(heading: str) -> list[str]:
    """Other words for a heading that mean the same column or cell."""
    even, _, core = _plain(heading)
    return (_SYNONYMS.get(even) or _SYNONYMS.get(core) or "").split()


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

    judges: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    """By key what every text of its column is, so that it is known whatever its heading says."""

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
            others = other_words(self.words[key])
            _take(found, key, free, [at for at in free if _said(texts[at]) & set(others)])
        for key, at in self._between(free, {**columns, **found}):
            _take(found, key, free, [at])
        for key in self.filled - columns.keys() - found.keys():
            _take(found, key, free, [at for at in free if self._is_alike(texts[at], self.words[key])])
        return {key: found[key] for key in self.words if key in found}

    def told(self, columns: Mapping[str, int], texts: Mapping[int, Sequence[str]]) -> dict[str, int]:
        """Columns whose heading is unknown, or blank, known by all that stands below it.

        ``texts`` are those of the columns that have no key yet. One that comes first in the table stands
        before the others; any other stands right of the key before it.
        """
        found: dict[str, int] = {}
        keys = list(self.words)
        for key in self.judges.keys() - columns.keys():
            fitting = [at for at, below in texts.items() if below and all(map(self.judges[key], below))]
            before = keys.index(key) - 1
            if before < 0:
                places = [at for at in fitting if at < min(columns.values(), default=0)]
            else:
                place = {**columns, **found}.get(keys[before])
                places = [at for at in fitting if place is None or at == place + 1]
            if len(places) == 1 and places[0] not in found.values():
                found[key] = places[0]
        return found

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


def _said(text: str) -> set[str]:
    """What a heading says, with and without what only tells how to fill in."""
    even, shorter, _ = _plain(text)
    return {even, *shorter}


def _take(found: dict[str, int], key: str, free: set[int], places: Sequence[int]) -> None:
    """Take the column of a heading if there is just one for it."""
    if len(places) == 1:
        found[key] = places[0]
        free.discard(places[0])
