"""Targets that are shared out among areas: 新建公园9个（「临江区5个」、「东岭区4个」).

Each share is its area's to report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reporting.language.units import classify, governs, is_area
from reporting.model import Target, UnitKind

_AREA = r"(?P<area>[\u4e00-\u9fff]{1,10}?(?:自治县|开发区|街道|[区县市镇乡旗]))"
BEFORE = re.compile(rf"^[（(]?(?:其中)?[:：]?[在由]?{_AREA}(?:人民政府|政府|管委会|办事处)?(?P<what>.*)$")
"""An area before what is counted: 「临江区」新建公园; or alone."""
BEHIND = re.compile(rf"^(?P<what>.+)（{_AREA}）$")
"""An area behind what is counted: 新建公园（临江区）."""

NO_NAME = re.compile(
    r"^(?:[各全本该某等两]|其他|其它|每)|^(?:主城|老城|中心城|[新景园片社小街库灌林牧山校院地辖市郊城厂农]|功能|示范|试点|试验|保税|风景|保护|居民"
    r"|生活|工业|商业|住宅|绿化|超|城|股|楼|门|集|夜|早|上|以)[区市]$|^城[镇乡]$|^乡镇$|^县$|^市$"
    r"|级|示范|试点|试验|保护|创建|争创|新建|建设|功能|合作|集聚|先行|旅游|产业|综合|重点"
)
"""What only ends like the name of an area: 老城区, 超市, 城镇."""

FILLING = re.compile(r"^(?:完成|新建|新增|改造|建设|打造|不少于|不低于|至少|各|为|达到?|分配|任务)*$")
"""What says nothing of its own between an area and its number."""

OF_AREAS = re.compile(r"[区县市镇乡街]")


@dataclass(frozen=True, slots=True)
class Told:
    """A target with where the text tells it: in which year and sentence, below which words."""

    target: Target
    year: str = ""
    sentence: int = 0
    above: str = ""


@dataclass(frozen=True, slots=True)
class _Share:
    area: str
    what: str


def shared_among_areas(told: Sequence[Told]) -> list[Told]:
    """The targets, those of several areas in one sentence each with its area as its reporter."""
    found: list[Told] = []
    for _, group in groupby(told, key=lambda each: each.sentence):
        sentence = list(group)
        bases = {unit: _base([each for each in sentence if each.target.unit == unit]) for unit in _units(sentence)}
        found += [_as_share(each, bases[each.target.unit]) for each in sentence]
    return found


def _units(told: Sequence[Told]) -> set[str]:
    return {each.target.unit for each in told}


def _base(told: Sequence[Told]) -> str | None:
    """What is shared out among areas by the targets of one sentence and measure; None where nothing is."""
    shares = [_share(each.target.name) for each in told]
    whats = {share.what for share in shares if share and share.what}
    if len(whats) > 1 or len({share.area for share in shares if share}) < 2:
        return None
    whole = next((each.target.name for each, share in zip(told, shares, strict=True) if share is None), told[0].above)
    return next(iter(whats), whole)


def _as_share(told: Told, base: str | None) -> Told:
    share = _share(told.target.name)
    if share is None or base is None:
        return told
    name = f"{base}（{share.area}）" if base else share.area
    return replace(told, target=replace(told.target, name=name, reporter=share.area))


def _share(name: str) -> _Share | None:
    """The area that a name begins or ends with, and what is counted in it."""
    match = BEFORE.match(name) or BEHIND.match(name)
    if match is None or not is_area(match["area"]) or NO_NAME.search(match["area"]):
        return None
    return _Share(match["area"], "" if FILLING.match(match["what"]) else match["what"])


def names_area(words: str) -> bool:
    """Whether the words are an area or its government, and nothing else: 临江区, 清河镇人民政府."""
    share = _share(words)
    return share is not None and not share.what and len(words) <= 20


_ONE_SHARE = re.compile(
    r"(?P<area>[\u4e00-\u9fff]{1,8}?(?:开发区|街道办?|[区县市镇乡旗]))[:：]? ?(?P<amount>\d[\d,]{0,9}(?:\.\d{1,4})?) ?"
    r"(?P<unit>[\u4e00-\u9fff㎡%]{0,3}?)(?=[、，,；;。 \v]|$|[\u4e00-\u9fff]{2,9}\d)[、，,；;。 \v]*"
)


def area_shares(words: str) -> tuple[tuple[str, str, str], ...]:
    """What every area has of a number, with its measure, where a cell holds nothing else: 清河镇280 白石乡15."""
    found = []
    at = 0
    while match := _ONE_SHARE.match(words, at):
        found.append((match["area"], match["amount"], match["unit"]))
        at = match.end()
    return tuple(found) if len(found) > 1 and at == len(words) else ()


def is_shared_among_areas(words: str) -> bool:
    """Whether the words in a bracket give every area its share: 临江区5个、东岭区4个."""
    parts = [part for part in re.split(r"[、，,；;和]", words) if part.strip()]
    return len(parts) > 1 and all(_share(re.sub(r"\d.*$", "", part.strip())) for part in parts)


def settle_areas(targets: Sequence[Target], names: Sequence[str]) -> tuple[Target, ...]:
    """The targets of a task whose units have these names: an area reports its share where it has the task.

    Where no area has the task its leads report the whole, and the shares only if nothing tells the whole.
    """
    has_areas = any(classify(name) is UnitKind.GROUP and OF_AREAS.search(name) for name in names)
    wholes = {(each.name, each.unit) for each in targets if not each.reporter}
    settled: list[Target] = []
    for each in targets:
        if (
            not each.reporter
            or has_areas
            or any(name == each.reporter or governs(name, each.reporter) for name in names)
        ):
            settled.append(each)
        elif (each.name.removesuffix(f"（{each.reporter}）"), each.unit) not in wholes:
            settled.append(replace(each, reporter=""))
    return tuple(replace(each, number=f"{each.task}-{order}") for order, each in enumerate(settled, 1))
