"""Each name of a unit weighed against all others of the plan: which may be another's, or no name at all.

市政务办 fifteen times and 政务办 three times are one office. Nothing is merged: the coordinator is asked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.language.units.words import DEPARTMENTS
from reporting.model import Task
from reporting.plan.reading.script import SIMPLE
from reporting.plan.second_reading.names import LONGEST, OfficeNames
from reporting.plan.second_reading.words import (
    AREA,
    EVERYBODY,
    FIELD_BEGINS,
    GOVERNMENT,
    LEVEL,
    OFFICE,
    OFFICE_ENDS,
    PIECES,
    SELDOM,
    SELDOM_WORDS,
    SHORT,
    SURE,
    TIME,
    WHOLE,
)

OFTEN = 3
"""A name that stands in so many tasks is surely one."""
SHARE = 0.6
"""Of so many of the names that begin with a level a plan is one of that level."""
NEARLY_ALL = 0.9
MANY = 10
LONG = 4

FIELDS = SHORT | DEPARTMENTS
"""Fields of work, as departments are called by them."""

_OF_FIELDS = frozenset("".join(FIELDS))
"""The characters that names of departments are made of; one of them in place of another makes another name."""
_COUNTED = frozenset("一二三四五六七八九十东西南北上下前后左右大小新老省市区县镇乡州0123456789")
"""Characters by which two names are told apart: 一医院, 二医院; 市教育局, 区教育局."""
_STRANGE = re.compile(
    r"[处科室]会(?![议计商])|跟进|督办|牵头|配合|负责(?!人)|会同|(?:责任|主办|协办|参与)(?:单位|部门)|[：:*]|[（(][^）)]*$|^[^（(]*[）)]|等(?:部门|单位)?分工|按.{0,4}职责"
)
"""What no name holds outside brackets, and what none holds at all."""
_NEVER = re.compile(r"[；;。#]|\d{1,4}[年月日]|持续推进|月底|年底|人民政府公报|第\d{1,3}[期页]")
_TWO_ENDS = re.compile(
    r"(?:街道|[镇乡村])(?:管委会|管理委员会)$|[庭室站][局厅]$|(?:中心|公司)[局厅]$|[局厅委办](?:人民)?政府$"
)
"""Two ends of which only one can be right: 城关「街道管委会」, 立案「庭局」."""
_ROLE_MISREAD = re.compile(
    r"[（(](?:[\u4e00-\u9fff][牵头]|[牵头][\u4e00-\u9fff]|配[\u4e00-\u9fff]|[\u4e00-\u9fff]合)[)）]"
)
_ROLE_OF_ALL = re.compile(r"(?:牵头|责任|主办|协办|参与|配合|督办)(?:单位|部门)$")
"""Whom a name may mean by their role: 各项目「牵头单位」."""
"""A role in brackets that was not read as one: 区发改委（奉头）."""
LONGEST_HEAD = 200
_PLACE = re.compile(r"(?:^|[《于发经共由])([\u4e00-\u9fff]{2,3}?)(?:省|市|县|区|自治州|州|旗)(?=[\u4e00-\u9fff\d])")
"""The place a title begins with: 「云河」市2026年…"""
_NOBODY = ("有关单位", "有关部门", "相关单位", "相关部门", "各部门", "各单位")
_OWN_PARTS = re.compile(r"(?:支队|大队|总队|中队|分局|办公室|所属单位|直属单位|成员单位|系统)$")
"""What an office has of its own: 市公安局「交警支队」."""
_OF_ALL = ("各", "有关", "相关")
_OF_THE_STATE = ("国家", "中国", "中央", "国网", "邮储", "人民银行", "广电总局")
SURELY = 0.8
"""Words that cost no more as a name are one, whoever lists them."""
_SEAM = re.compile(
    r"(?<=[团司心社行])(?:各|有关|相关)|(?<=[局办厅署院]).|(?<=.[^省市区县州]部).|(?<=.[^省市区县州]委)."
)
_BEGINS = re.compile(r"人民银行|中国|国家|国网|海关|广电|省|市|区|县")


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A name that may be another one, or none; why, and in which tasks it stands."""

    name: str
    reason: str
    tasks: tuple[int, ...]
    means: str = ""
    """The name it may be; empty where it may be no name, or several."""


@dataclass(frozen=True)
class _Names:
    """All names of a plan and how often each stands in a task."""

    tasks: Sequence[Task]
    places: frozenset[str] = frozenset()
    """What the places of the plan are called, without their level: 云河 of 云河市."""

    @cached_property
    def where(self) -> Mapping[str, list[int]]:
        where: dict[str, list[int]] = defaultdict(list)
        for index, task in enumerate(self.tasks):
            for name in dict.fromkeys((*task.lead, *task.support)):
                where[name].append(index)
        return where

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter({name: len(at) for name, at in self.where.items()})

    @cached_property
    def single(self) -> list[str]:
        """The names of single offices; 各有关单位 is none, and what is too long for a name."""
        return [name for name in self.counts if len(name) <= LONGEST and not EVERYBODY.fullmatch(name)]

    @cached_property
    def by_core(self) -> Mapping[str, list[str]]:
        """The names with a level by what stands behind it."""
        cores: dict[str, list[str]] = defaultdict(list)
        for name in self.single:
            level = level_of(name)
            if level:
                cores[name[len(level) :]].append(name)
        return cores

    @cached_property
    def behind_level(self) -> frozenset[str]:
        """The names that stand behind an office of the usual level in every list that has them."""
        level = self.usual_level[0]
        behind: set[str] = set()
        alone: set[str] = set()
        for task in self.tasks:
            for names in (task.lead, task.support):
                at = next((at for at, name in enumerate(names) if name.startswith(level)), len(names))
                behind.update(names[at:])
                alone.update(names[:at])
        return frozenset(behind - alone)

    @cached_property
    def usual_level(self) -> tuple[str, int, int]:
        """The level most names begin with, how often, and how often any name stands in a task."""
        levels = Counter[str]()
        for name in self.single:
            levels[level_of(name)[:1]] += self.counts[name]
        levels.pop("", 0)
        level, times = levels.most_common(1)[0] if levels else ("", 0)
        return level, times, sum(self.counts[name] for name in self.single)


def resembling_names(tasks: Sequence[Task], heads: Sequence[str] = ()) -> list[Resemblance]:
    """The names of a plan that may be another's, or no name at all; ``heads`` say of which place the plan is."""
    names = _Names(tasks, frozenset(place for text in heads for place in _PLACE.findall(text[:LONGEST_HEAD])))
    found: dict[str, tuple[str, str]] = {}
    for rule in (
        _strange,
        _level_before_place,
        _run_together,
        _fragments,
        _without_level,
        _one_character_off,
        _unusual_pairs,
        _seldom,
    ):
        for name, means, reason in rule(names):
            found.setdefault(name, (means, reason))
    return [Resemblance(name, reason, tuple(names.where[name]), means) for name, (means, reason) in found.items()]


def level_of(name: str) -> str:
    """What a name begins with that says its level: 市, 县委."""
    level = LEVEL.match(name)
    return level.group() if level and len(level.group()) < len(name) else ""


def field_of_work(name: str) -> str:
    """What a department is for: 市教育局 is for 教育."""
    core = name[len(level_of(name)) :].translate(SIMPLE)
    end = OFFICE.search(core)
    return core if core in FIELDS or end is None or not end.start() else core[: end.start()]


def _strange(names: _Names) -> Iterator[tuple[str, str, str]]:
    """区委办(区委外办;持续推进): a name that holds what no name does."""
    for name in names.counts:
        bare = _ROLE_OF_ALL.sub("", re.sub(r"[（(][^（）()]*[）)]", "", name))
        nobody = bare.endswith(_NOBODY) and not EVERYBODY.fullmatch(bare)
        if _TWO_ENDS.search(bare):
            yield name, "", "末尾可能是按同一列单位补上的，原文没有"
        elif (
            nobody
            or _ROLE_MISREAD.search(name)
            or _NEVER.search(name)
            or _STRANGE.search(bare)
            or (TIME.search(bare) and not OFFICE.search(bare))
        ):
            yield name, "", "其中有不属于单位名称的文字或标点"


def _level_before_place(names: _Names) -> Iterator[tuple[str, str, str]]:
    """市云河日报社 in a plan of 云河市: a level that was set before the name of the place itself."""
    for name in names.single:
        place = next((each for each in names.places if name.startswith(each, 1)), "")
        if place and name[0] in "省市区县州旗" and len(name) > len(place) + 3:
            yield name, name[1:], f"“{place}”是地名，前面的“{name[0]}”可能是按同一列单位补上的"


def _run_together(names: _Names) -> Iterator[tuple[str, str, str]]:
    """区法院区市场监管局: two names without a mark between them."""
    for name in names.single:
        for seam in _SEAM.finditer(name):
            left, right = name[: seam.start()], name[seam.start() :]
            known = _is_known(left, names) and _is_known(right, names)
            if (known or _surely_two(left, right, names)) and len(right) > 2:
                yield name, "", f"可能是“{left}”和“{right}”连在了一起"
                break


def _surely_two(left: str, right: str, names: _Names) -> bool:
    """Whether what follows the end of a name can but be another: 应急管理部「国家邮政局」, 组织部「各子公司」."""
    whole = OfficeNames().cost(left) <= SURELY or left in names.counts or field_of_work(left) in FIELDS
    begins = level_of(right) or right.startswith(_OF_THE_STATE)
    other = right in names.counts or right.startswith(_OF_ALL) or (begins and OfficeNames().cost(right) <= SURELY)
    return whole and len(right) > 3 and bool(other) and not _OWN_PARTS.search(right)


def _is_known(name: str, names: _Names) -> bool:
    """Whether this is a name of its own: another of the plan, or a department by its field."""
    if name in ("办公室", "分局", "机关"):
        return False
    if name in names.counts:
        return True
    departments = field_of_work(name) in FIELDS and OFFICE.search(name) is not None
    return departments and (bool(level_of(name)) or name in names.by_core or bool(_BEGINS.match(name)))


def _fragments(names: _Names) -> Iterator[tuple[str, str, str]]:
    """识产权局 where there is 市知识产权局: a name whose beginning was lost."""
    ends: dict[str, str] = {}
    for name in sorted(names.single, key=lambda each: names.counts[each]):
        for at in (1, 2, 3):
            if len(name) - at >= 3:
                ends[name[at:]] = name
    for name in names.single:
        whole = ends.get(name, "")
        if (
            whole
            and not level_of(name)
            and not name.startswith(_OF_ALL)
            and not FIELD_BEGINS.match(name)
            and name not in names.by_core
        ):
            yield name, whole, "开头可能缺了字"


def _without_level(names: _Names) -> Iterator[tuple[str, str, str]]:
    """政务办 where there is 市政务办, and 政务办 in a list of offices of one level."""
    usual, times, every = names.usual_level
    for name in names.single:
        count = names.counts[name]
        if level_of(name) or not OFFICE.search(name):
            continue
        whole = max(names.by_core.get(name, ()), key=lambda each: names.counts[each], default="")
        if whole and 3 * names.counts[whole] >= count:
            yield name, whole, f"另有 {names.counts[whole]} 项任务写作“{whole}”"
        elif not whole and _is_department(name):
            share = times / max(1, every - count)
            alone = share >= NEARLY_ALL and len(names.single) >= MANY and count == 1
            if alone or (share >= SHARE and name in names.behind_level):
                yield name, usual + name, f"其他单位的名称前大多有“{usual}”"


def _is_department(name: str) -> bool:
    """Whether this is an office of the government by its field of work: 商务局, no 山东黄河河务局."""
    return (
        SURE.search(name) is not None
        and name[-1] in "局委办厅"
        and FIELD_BEGINS.match(name) is not None
        and name[-2:] != "总局"
    )


def _one_character_off(names: _Names) -> Iterator[tuple[str, str, str]]:
    """市政务服武中心 where there is 市政务服务中心, and 区干场监管局: a character that was read wrongly."""
    known: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names.single, key=lambda each: -names.counts[each]):
        if len(name) >= LONG:
            for pattern in _blotted(name):
                known[pattern] += [name] if len(known[pattern]) < OFTEN else []
    for name in names.single:
        field = field_of_work(name)
        known_field = field in FIELDS or FIELD_BEGINS.match(field) or OFFICE.fullmatch(field)
        if len(name) < LONG or known_field or names.counts[name] >= OFTEN:
            continue
        alike = (each for pattern in _blotted(name) for each in known[pattern])
        near = next((each for each in alike if each != name and _is_slip(name, each)), "")
        sure = near and (
            (field_of_work(near) in FIELDS and (len(field) > 2 or names.counts[name] == 1))
            or (len(name) > 6 and names.counts[near] > 1)
        )
        if near and sure and names.counts[near] >= names.counts[name]:
            yield name, near, f"与“{near}”只差一个字"
        elif len(field) >= LONG and name[-1] in "局委办厅部署":
            right = next((each for each in _near_fields(field) if each), "")
            if right:
                means = name.replace(field, right, 1)
                yield name, means, f"与“{means}”只差一个字"
        odd = [sign for sign in field if sign not in _OF_FIELDS and field != "办公"]
        alone = names.counts[name] == 1 and level_of(name) and name[-1] in "局委厅"
        if not near and alone and len(field) == 2 and len(odd) == 1:
            yield name, "", f"“{odd[0]}”字不见于部门名称，可能认错了"


def _blotted(name: str) -> Iterator[str]:
    """The name with each of its characters made unreadable, and the name with each left out."""
    for at in range(len(name)):
        yield f"{name[:at]}?{name[at + 1 :]}"


def _near_fields(field: str) -> Iterator[str]:
    return (each for each in _FIELDS_BY_BLOT.get(len(field), ()) if sum(map(str.__ne__, field, each)) == 1)


_FIELDS_BY_BLOT: dict[int, tuple[str, ...]] = {
    length: tuple(sorted(each for each in FIELDS if len(each) == length)) for length in range(LONG, 12)
}


def _is_slip(name: str, near: str) -> bool:
    """Whether the difference tells nothing apart."""
    differing = [(one, two) for one, two in zip(name, near, strict=True) if one != two]
    return len(differing) == 1 and differing[0][0] not in _OF_FIELDS and not _COUNTED.intersection(differing[0])


def _unusual_pairs(names: _Names) -> Iterator[tuple[str, str, str]]:
    """市农业己村局 where offices are called 农业农村局: one character that stands beside none of its neighbours."""
    pairs = _USUAL_PAIRS | {pair for name, count in names.counts.items() if count >= OFTEN for pair in _pairs(name)}
    often = _by_blot(name for name in names.single if names.counts[name] >= (OFTEN if len(name) < 6 else 2))
    for name in names.single:
        if names.counts[name] > 1 or AREA.fullmatch(GOVERNMENT.sub("", name)) or not OFFICE.search(name):
            continue
        plain = name.translate(SIMPLE)
        for at in range(max(len(level_of(plain)), 1), len(plain) - 1):
            if {plain[at - 1 : at + 1], plain[at : at + 2]} & pairs:
                continue
            means = _with_usual_character(plain, at, often)
            if means and means != plain:
                yield name, means, f"与“{means}”只差一个字"
                break


def _with_usual_character(name: str, at: int, often: Mapping[str, list[str]]) -> str:
    """The name with the character at a place put right: by another name of the plan, or by how offices are called."""
    blot = f"{name[:at]}?{name[at + 1 :]}"
    near = next(iter(often.get(blot, ())), "")
    if near and not _COUNTED & {name[at], near[at]}:
        return near
    for length in range(8, 2, -1):
        last = min(at if length > 3 else at - 1, len(name) - length)  # 安委会 is no misread 管委会
        for start in range(max(0, at - length + 1), last + 1):
            piece = name[start : start + length]
            right = next(
                (each for each in _KNOWN_BY_BLOT.get(f"{piece[: at - start]}?{piece[at - start + 1 :]}", ())), ""
            )
            if right:
                return name[:start] + right + name[start + length :]
    return ""


def _by_blot(names: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for pattern in _blotted(name):
            found[pattern].append(name)
    return found


def _pairs(name: str) -> Iterator[str]:
    return (name[at : at + 2] for at in range(len(name) - 1))


_KNOWN_PIECES = sorted({*(each for each in FIELDS if len(each) > 2), *WHOLE, *PIECES})
_KNOWN_BY_BLOT = _by_blot(_KNOWN_PIECES)
_USUAL_PAIRS = frozenset(pair for piece in (*FIELDS, *_KNOWN_PIECES, *OFFICE_ENDS, "办公室") for pair in _pairs(piece))


def _seldom(names: _Names) -> Iterator[tuple[str, str, str]]:
    """县八建中心, 区直曰部门: a character that scans give for others, beside none it stands beside."""
    often = {pair for name, count in names.counts.items() if count > 1 for pair in _pairs(name)}
    usual = _USUAL_PAIRS | SELDOM_WORDS | often
    for name in names.counts:
        plain = name.translate(SIMPLE)
        if names.counts[name] > 1 or len(plain) > LONGEST or not _ENDS_FIRMLY.search(plain):
            continue
        for at in range(1, len(plain) - 1):
            near = {plain[at - 1 : at + 1], plain[at : at + 2]}
            if plain[at] in SELDOM and not near & usual:
                yield name, "", f"其中的“{plain[at]}”字少见，可能认错了"
                break


_ENDS_FIRMLY = re.compile(r"(?:局|委|办|厅|部|中心|部门|单位|政府|指挥部|队)$")
