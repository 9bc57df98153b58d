"""Ways of writing a plan. One file per notation, each with ``NOTATION``; ``gather`` finds them.

A notation is data: how its documents look, where the units stand, and which words name the fields
(``headings`` reads those of columns). The work is done in ``plan.reading``. A new notation is a new
file here and a sample in tests/samples/notations/.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from reporting.gathering import load_modules
from reporting.language.units import looks_like_unit
from reporting.model import Line


class Layout(StrEnum):
    """What carries the tasks: the rows of a table, or numbered paragraphs."""

    TABLE = "table"
    OUTLINE = "outline"


class Field(StrEnum):
    """What a column or a label says about a task."""

    NUMBER = "number"
    CATEGORY_NUMBER = "category number"
    CATEGORY = "category"
    CONTENT = "content"
    LEAD = "lead"
    DUTY = "duty"
    SUPPORT = "support"
    DEADLINE = "deadline"
    TARGET = "target"
    SECTION = "section"
    OTHER = "other"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LABELS: Mapping[Field, tuple[str, ...]] = {
    Field.LEAD: _words(
        """
        牵头单位 牵头部门 牵头责任单位 牵头责任部门 牵头单位部门 牵头及责任单位 主办单位 主办部门 主责单位
        主责部门 牵头 主办
        """
    ),
    Field.DUTY: _words(
        """
        负责单位 责任单位 责任部门 承办单位 实施单位 负责部门 落实单位 责任主体 承担单位 责任分工
        任务分工 分工单位 责任处室 责任科室 承办科室 负责单位部门 责任单位部门 完成单位 责任 负责 单位
        """
    ),
    Field.SUPPORT: _words(
        """
        参与单位 配合单位 协办单位 参加单位 配合部门 参与部门 协同单位 协助单位 协作单位 配合责任单位
        协同部门 参与配合单位 配合 协办 参与 参加
        """
    ),
    Field.DEADLINE: _words(
        """
        完成时限 时限 完成时间 时间要求 办结时限 完成期限 时限要求 时间节点 完成时间节点 时间进度
        推进时限 工作时限 进度要求 进度安排 进度计划 时间安排 期限 完成日期 截止时间 时间
        """
    ),
    Field.OTHER: _words(
        """
        责任领导 牵头领导 分管领导 牵头市领导 牵头区领导 牵头县领导 市级领导 包保领导 责任人 负责人
        联系人 联系电话 电话 完成标准 工作目标 成果形式 备注 目标 进展情况 督办单位
        项目单位 建设单位 业主单位 项目业主 指导单位 联系人及电话 联系人及联系电话 联系方式 咨询电话 资金来源 经费来源
        资金安排 资金筹措 资金保障 实施范围 适用范围 试点范围 试点地区 实施区域 实施地点 涉及事项 完成标志 工作标准
        """
    ),
}
"""Words before a colon: 牵头单位：市教育局. What stands after one of OTHER is neither unit nor deadline."""

_RANK = (
    "(?:(?:以上|上述)(?:各项|任务|工作|措施|事项|内容){0,2})?"
    "(?:[省市区县州镇]级|[省市区县]直|属地|共同|直接|具体|主要|主体|第一|整改|其他|相关)?"
)
_BODY = (
    "(?:责任|实施)?(?:单位|部门|机构|主体|[科处股]室"
    "|站所|所站|办所|村居|村|社区|镇街|街镇|乡镇|街道|县区|区县|县市区|园区)"
)
_WATCHED = "责任|牵头|分管|包[抓联保]|挂[钩点]|督导|督办|主抓|主管|具体|直接|整改|联系|[省市区县州]级?"
_STEP = "整改|办理|办结|落实|销号|推进|实施|计划完成|预计完成|目标"

LABEL_FAMILIES: Mapping[Field, str] = {
    Field.OTHER: f"(?:{_WATCHED}){{1,2}}(?:领导|责任人|负责人)"
    "|(?:督导|督办|督促|验收|销号|考核|监督|评估)(?:单位|部门)"
    "|(?:实际|目前|年度|工作)?(?:完成|进展|落实|推进)(?:情况|进度|进展)",
    Field.LEAD: f"{_RANK}(?:牵头|主办|主责|主抓){_BODY}",
    Field.SUPPORT: f"{_RANK}(?:配合|参与|参加|协办|协助|协同|协作|支持){_BODY}",
    Field.DUTY: f"{_RANK}(?:责任|负责|承办|落实|实施|承担|整改){_BODY}",
    Field.DEADLINE: f"(?:{_STEP})(?:时限|期限|时间)(?:要求)?",
}
"""Labels put together from known parts: 市级牵头部门, 整改责任单位, 包抓县领导."""


_SUFFIX = (
    r"(?:[（(](?:单位|部门|[科处股]室|主体|责任人)[)）])?"
    r"(?:(?:及|和|与|、)(?:主要|具体|直接)?(?:责任人|负责人|联系人|联络员))?"
)
"""What a label may add that changes nothing: 责任部门「（单位）」, 牵头单位「及责任人」."""


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of a notation, with a pattern that finds any of them before its colon."""

    names: Mapping[Field, tuple[str, ...]]
    families: Mapping[Field, str] = field(default_factory=lambda: LABEL_FAMILIES)

    @cached_property
    def _words(self) -> str:
        words = sorted({word for names in self.names.values() for word in names}, key=len, reverse=True)
        return "|".join([*self.families.values(), *map(re.escape, words)])

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds 牵头单位: and 牵头单位为市…, the longest label that fits."""
        return re.compile(rf"({self._words})(?:[:：]|为(?=[省市区县州][^场级]))")

    @cached_property
    def _bracketed(self) -> re.Pattern[str]:
        return re.compile(rf"[【\[]({self._words}){_SUFFIX}[】\]] ?[:：]?")

    @cached_property
    def _suffixed(self) -> re.Pattern[str]:
        return re.compile(rf"({self._words})(?!：|:){_SUFFIX} ?[:：]")

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        """A label that begins a line and has a dash or a blank for its colon."""
        return re.compile(
            rf"^({self._words})(?: ?[—–－-]{{1,2}} ?(?=[\u4e00-\u9fff\d])| (?=[\u4e00-\u9fff\d“])(?!{self._words}))"
        )

    @cached_property
    def _inner(self) -> re.Pattern[str]:
        """A label inside a line, behind a sentence or a blank, with a blank or a dash for its colon."""
        return re.compile(
            rf"(?<=[。；;！）) ])({self._words})(?: | ?[—–－-]{{1,2}} ?)(?=[\u4e00-\u9fff\d])(?!{self._words})"
        )

    @cached_property
    def _stated(self) -> re.Pattern[str]:
        return re.compile(rf"(?<=[。；;，,])({self._words})为(?=[省市区县州各国镇乡街])")

    def with_colons(self, text: str) -> str:
        """A line with a colon behind each of its labels, whatever stands there for it.

        【牵头单位】市教育局, 责任单位为市教育局, 责任部门（单位）：市教育局, 牵头单位及责任人：市教育局 李某 and, on a
        line, 牵头单位—市教育局 or 牵头单位 市教育局.
        """
        text = self._suffixed.sub(r"\1：", self._bracketed.sub(r"\1：", text))
        text = self._stated.sub(r"\1：", text)
        opening = self._opening.match(text)
        if opening is not None and len(opening.group(1)) >= 4:
            text = f"{opening.group(1)}：{text[opening.end() :]}"
        text = self._inner.sub(lambda match: f"{match.group(1)}：" if len(match.group(1)) >= 4 else match.group(), text)
        return self._beside.sub(r"\1：", text) if self.pattern.search(text) else text

    @cached_property
    def _beside(self) -> re.Pattern[str]:
        """A short label behind a semicolon, with a blank for the colon that others have: ；时限 4月底前."""
        return re.compile(rf"(?<=[；;])({self._words}) (?=[\u4e00-\u9fff\d])(?!{self._words})")

    @cached_property
    def _unmarked(self) -> re.Pattern[str]:
        return re.compile(rf"({self._words})(?=[\u4e00-\u9fff])(?!{self._words})")

    def with_opening_colon(self, clause: str) -> str:
        """A clause whose first label lost its colon, with it: 牵头部门安环部；配合部门：…."""
        match = self._unmarked.match(clause)
        if match is None or len(match.group(1)) < 4 or match.group(1).endswith(("责任", "分工")):
            return clause
        name = re.split(r"[、，,；;。]", clause[match.end() : match.end() + 60])[0]
        sure = looks_like_unit(name) and not any(word in name for word in ("负责", "为", "的"))
        return f"{match.group(1)}：{clause[match.end() :]}" if sure else clause

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<=[\u4e00-\u9fff。；;，,）)])({self._words})(?![:：、，,。；;）)和及与的为])(?=[\u4e00-\u9fff])"
        )

    def bare_labels(self, text: str) -> list[re.Match[str]]:
        """Labels of four characters or more without their colon, inside a text: …活动「责任单位」社区居委会."""
        return [match for match in self._bare.finditer(text) if len(match.group(1)) >= 4]

    def field(self, label: str) -> Field | None:
        """Which field a label names."""
        known = field_of(label, self.names)
        return known or next((key for key, words in self.families.items() if re.fullmatch(words, label)), None)


def field_of(word: str, names: Mapping[Field, Sequence[str]]) -> Field | None:
    """Which field a label or heading names."""
    return next((key for key, words in names.items() if word in words), None)


STANDARD_LABELS = Labels(LABELS)


@dataclass(frozen=True, slots=True)
class Notation:
    """One way of writing a plan.

    ``recognise`` counts how often its sign occurs in a document; the notation with most signs reads it.
    """

    name: str
    summary: str
    layout: Layout
    recognise: Callable[[Sequence[Line]], int]
    labels: Labels = field(default_factory=lambda: STANDARD_LABELS)


def count_lines(lines: Sequence[Line], sign: re.Pattern[str]) -> int:
    """How many lines show a sign; only the last 400 characters of a line are looked at."""
    return sum(sign.search("".join(line.text[-400:].split())) is not None for line in lines)


def gather() -> tuple[Notation, ...]:
    """All notations of this folder, by name."""
    modules = load_modules(__name__, __path__)
    return tuple(module.NOTATION for module in modules if hasattr(module, "NOTATION"))
