"""Written lists of units → full names: 市知识产权、工商、版权局 are three."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.language.units.names import (
    bare,
    bracket_spans,
    ending,
    fold,
    is_area,
    is_complete,
    is_firm,
    is_short,
    looks_like_unit,
    rank_of,
)
from reporting.language.units.people import split_person
from reporting.language.units.places import PLACES
from reporting.language.units.words import (
    AREA_ENDS,
    BUILT,
    CLOSING,
    COMMAS,
    COMMON_AREA,
    DEPARTMENTS,
    DOING,
    GOVERNMENT_TAILS,
    KIND_OF_SCHOOL,
    LEVEL_TAILS,
    LISTING,
    NAMED_REST,
    OF_THE_STATE,
    OFFICE_TAILS,
    OPEN_JOINT,
    OPENING,
    OPERATORS,
    OWN_PLACE,
    OWN_TAILS,
    PARTY_ORGANS,
    PLAIN_TAILS,
    REST,
    SCHOOL,
)

LONGEST = 60
"""No name of a unit is longer; keeps the work linear on text that is no list of units at all."""

JOINING = re.compile(r"以及|和|及|与")
EACH = re.compile(r"(?:以及|和|及|与)(?=各)")

UNMARKED = re.compile(
    r"(?<=[局办院厅部心司团队府])(?=各.{0,12}(?:[村区镇乡县市州盟旗]|街道|政府|办事处|管委会)[)）]?$)"
)
"""Where only a blank parted two units: 县水务局「 」各乡镇."""


SLASHES = re.compile(r"(?<=[局委办部厅院府会队司心室])[/／+＋&＆](?=[省市区县州各国][\u4e00-\u9fff])")
"""Signs that stand for 、 between two names: 市应急局/市水务局, 市城管局+各区政府."""


@dataclass(frozen=True, slots=True)
class UnitList:
    """A written list of units: the full names, and whether it ended in 等 (so that more may be meant)."""

    names: tuple[str, ...]
    open_ended: bool = False
    people: tuple[str, ...] = ()
    """People named beside their units, who are left out."""


NOBODY = ("无", "/", "／", "—", "-", "——")
"""What stands where no unit is named."""


def read_units(text: str) -> UnitList:
    """Read a written list of units into full names, each once, in the written order."""
    names: dict[str, str] = {}
    people: list[str] = []
    open_ended = False
    for group in _cut(SLASHES.sub("、", drop_glosses(_mark_breaks(text))), COMMAS):
        elements: list[str] = []
        joined = _join_groups([part for whole in _cut(group, LISTING) for part in _before_each(whole)])
        for element in (part for whole in joined for part in _split_joined(whole)):
            heads, rest = _take_rest(element)
            named = rest is not None and any(word in rest for word in ("各", "有关", "相关"))
            open_ended = open_ended or (rest is not None and not named)
            elements.extend([*heads, rest] if rest and named else heads)
        parted = [split_person(element) for element in elements]
        people.extend(person for _, person in parted if person)
        for name in complete_names([unit for unit, _ in parted]):
            if name not in NOBODY:
                names.setdefault(fold(name), name)
    return UnitList(tuple(names.values()), open_ended, tuple(people))


def split_units(text: str) -> tuple[str, ...]:
    """The full names in a written list of units."""
    return read_units(text).names


def _glosses(text: str) -> list[tuple[int, int]]:
    return [
        (start, end)
        for start, end in bracket_spans(text)
        if text[start + 1 : end].strip().startswith(("以下", "简称", "含", "包括", "不含")) or "下同" in text[start:end]
    ]


def read_glosses(text: str) -> list[tuple[str, str]]:
    """What brackets add to a name: 各区人民政府〈含开发区管委会,下同〉 → (各区人民政府, 含开发区管委会)."""
    found: list[tuple[str, str]] = []
    for start, end in _glosses(text):
        name = re.split(r"[、，,；;：:。()（）\s]", text[max(0, start - LONGEST) : start])[-1]
        words = re.sub(r"[，,、]?(?:以?下同|以下同|以下简称.*)$", "", text[start + 1 : end].strip())
        if name and words.startswith(("含", "包括", "不含")):
            found.append((name, words))
    return found


def drop_glosses(text: str) -> str:
    """Take out brackets that only explain: 各区人民政府〈含开发区管委会,下同〉."""
    spans = _glosses(text)
    kept, last = [], 0
    for start, end in spans:
        if start >= last:
            kept.append(text[last:start])
            last = end + 1
    return "".join([*kept, text[last:]])


def _mark_breaks(text: str) -> str:
    """Keep a break or a space only where one unit ends and the next begins; else it wraps or spaces out.

    市税务局 市公安局 are two, 市 税 务 局 is one.
    """
    pieces = text.split()
    joined = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        last = re.split(r"[、，,；;\v]", joined[-LONGEST:])[-1]
        joined += ("\v" if is_firm(last) and _begins_unit(piece) else "") + piece
    return joined


def _begins_unit(text: str) -> bool:
    return text.startswith("各") or bool(rank_of(text))


def _cut(text: str, marks: str) -> list[str]:
    stripped = (piece.strip(" 。.：:") for piece in cut_outside(text, marks))
    return [piece for piece in stripped if piece]


def cut_outside(text: str, marks: str) -> list[str]:
    """Cut at the marks that stand outside brackets."""
    pieces: list[str] = []
    depth, last = 0, 0
    for index, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            pieces.append(text[last:index])
            last = index + 1
    return [*pieces, text[last:]]


def _take_rest(element: str) -> tuple[list[str], str | None]:
    """市水务局等市级各有关部门 → 市水务局, and 市级各有关部门 as the rest; without 等 the rest is None."""
    match = REST.search(element[-30:])
    if match is None:
        return [part for part in _named_rest(element) if part], None
    head = element[: len(element) - len(match.group(0))]
    return ([head] if head else []), match.group("rest")


def _named_rest(element: str) -> tuple[str, ...]:
    """市商务局等市直(驻市)进驻单位 → 市商务局, 市直(驻市)进驻单位: others that the list only describes."""
    match = NAMED_REST.search(element) if len(element) <= 2 * LONGEST else None
    head = element[: match.start()] if match else ""
    if match is None or not ((looks_like_unit(head) and len(head) > 2) or is_area(head)):
        return (element,)
    return element[: match.start()], match.group("rest")


def _split_joined(element: str) -> list[str]:
    """省水利厅和各市州政府 are two, 文化和旅游局 is one: a joint only between two complete names counts."""
    if len(element) > 4 * LONGEST:
        return [element]
    joint = OPEN_JOINT.search(element)
    if joint:
        return [element[: joint.start()], *_split_joined(element[joint.end() :])]
    unmarked = UNMARKED.search(element)
    if unmarked and is_firm(element[: unmarked.start()]):
        return [*_split_joined(element[: unmarked.start()]), element[unmarked.start() :]]
    for match in JOINING.finditer(element):
        left, right = element[: match.start()], element[match.end() :]
        if any(char in OPENING for char in left) and bare(left) == left and left.count("(") + left.count("（"):
            continue
        shared = left.startswith("各") and right.startswith(("相关", "有关"))
        shared = shared or (left.endswith("部门") and right.startswith("单位"))
        opens = _begins_unit(right) or right.startswith(("有关", "相关", "其他")) or is_firm(right)
        whole = is_firm(left) or (
            looks_like_unit(left) and (bool(rank_of(left)) or right.startswith("各") or is_field(_core(left)))
        )
        area = is_area(right) and not left.startswith("各")
        both_areas = is_area(left) and not left.startswith("各") and bool(ending(bare(right), GOVERNMENT_TAILS))
        if both_areas or (whole and (area or (looks_like_unit(right) and opens)) and not shared):
            return [left, *_split_joined(right)]
    return [element]


def _before_each(element: str) -> list[str]:
    """国务院有关部门「和」各省(、自治区人民政府): what follows is parted before it is joined to one group."""
    joint = EACH.search(element)
    if joint is None or not joint.start():
        return [element]
    left, right = element[: joint.start()], element[joint.end() :]
    parted = looks_like_unit(left) and not left.startswith("各") and not looks_like_unit(right)
    return [left, right] if parted else [element]


def _join_groups(elements: Sequence[str]) -> list[str]:
    """Join the halves of one group name: 各区 + 县级市政府 → 各区、县级市政府."""
    joined: list[str] = []
    for element in elements:
        last = joined[-1] if joined else ""
        committee = last.startswith("各") and last.endswith("党委") and element in ("政府", "人民政府")
        if committee or (last.startswith("各") and not is_complete(last) and COMMON_AREA.match(element)):
            joined[-1] = f"{last}、{element}"
        else:
            joined.append(element)
    return joined


COUNTED_AREAS = re.compile(
    r"^(?P<stem>.{2,4}?)(?P<count>[二两三四五六七八九])(?:个)?(?P<area>区|县|市|镇|乡|街道)(?P<tail>人民政府|政府|管委会)?$"
)
"""How a list of areas closes that names their kind once: 临江、东岭、「西河三区政府」."""


COUNTS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _counted_areas(elements: Sequence[str]) -> list[str]:
    """临江、东岭、西河三区政府 → 临江区政府, 东岭区政府, 西河区政府."""
    named = list(elements)
    for index, element in enumerate(elements):
        match = COUNTED_AREAS.match(element)
        if match is None:
            continue
        first = index + 1 - COUNTS[match.group("count")]
        tail = match.group("area") + (match.group("tail") or "")
        if first >= 0 and all(len(each) <= 4 for each in elements[first:index]):
            named[first : index + 1] = [f"{each}{tail}" for each in [*elements[first:index], match.group("stem")]]
    return named


def complete_names(elements: Sequence[str]) -> list[str]:
    """Complete the names of one group: what the first begins with and the last ends with is shared."""
    elements = _branches(_counted_areas(elements))
    ended = _share_endings(elements)
    return _share_levels(elements, ended)


def _branches(elements: Sequence[str]) -> list[str]:
    """移动、电信、联通临江分公司 → 移动临江分公司, 电信临江分公司, 联通临江分公司."""
    named: list[str] = []
    branch = ""
    for element in reversed(elements):
        operator = next((word for word in sorted(OPERATORS, key=len, reverse=True) if element.startswith(word)), "")
        rest = element[len(operator) :]
        if operator and rest.endswith("公司") and len(rest) > len("分公司"):
            branch = rest
        named.append(element + branch if operator and not rest else element)
        branch = branch if operator else ""
    return named[::-1]


def _share_endings(elements: Sequence[str]) -> list[str]:
    office, government, area = "", "", ""
    ended: list[str] = []
    for element in reversed(elements):
        shared = ""
        stem = bare(element)
        governing = ending(stem, GOVERNMENT_TAILS)
        tail = "" if is_short(stem) else ending(stem, OFFICE_TAILS)
        if governing:
            government = governing
            kind = stem.removesuffix(governing)[-1:]
            area = kind if kind and kind in "市县区旗镇乡" and stem[0] != "各" else ""
        elif (
            area
            and not tail
            and 2 <= len(stem) <= 4
            and not (is_field(stem) or rank_of(stem) or ending(stem, AREA_ENDS))
        ):
            shared = area + government
        elif stem.startswith("各") or ending(stem, PLAIN_TAILS) or tail in OWN_TAILS:
            pass
        elif tail:
            office = tail
        elif ending(stem, AREA_ENDS):
            shared = government if _may_have(stem, government) else ""
        elif _may_be_short(stem) and (office not in BUILT or stem.startswith(PLACES) or _may_be_branch(stem, office)):
            shared = office
        area = area if governing or shared else ""
        ended.append(element + shared)
    return ended[::-1]


def _may_have(area: str, government: str) -> bool:
    """Whether an area is governed so: towns by a 办事处, zones by a 管委会; 城关街道 has no 管委会."""
    if government.endswith(("管委会", "管理委员会")):
        return area.endswith("区")
    return not (government.endswith(("办事处", "街道办")) and area.endswith(("县", "市")))


def _may_be_short(stem: str) -> bool:
    """Whether a name can be one without its ending: 财政, 市知识产权; a long unknown one stands as it is."""
    core = stem.removeprefix(rank_of(stem))
    return is_field(core) or len(core) <= 4


def _share_levels(elements: Sequence[str], ended: Sequence[str]) -> list[str]:
    names: list[str] = []
    level = ""
    for written, name in zip(elements, ended, strict=True):
        own = rank_of(name)
        lacking = not own and level and _lacks_level(written, name)
        names.append(_suitable_level(level, name) + name if lacking else name)
        level = own or level
    return names


def _lacks_level(written: str, name: str) -> bool:
    if name.startswith("各") or ending(bare(name), GOVERNMENT_TAILS):
        return False
    return name != written or is_field(_core(name)) or is_of_level(name)


def is_of_level(name: str) -> bool:
    """Whether a name without a level can only be that of an office of the level named before: 政数中心, 园区办.

    Not a company, a school or an office that the state sets up by itself, such as a customs house.
    """
    stem = bare(name)
    tail = ending(stem, LEVEL_TAILS)
    core = stem[: len(stem) - len(tail)]
    own = core.startswith(PLACES) or OF_THE_STATE.search(core) or OWN_PLACE.search(core)
    school = SCHOOL.search(stem)
    named = school is not None and KIND_OF_SCHOOL.fullmatch(stem[: school.start()]) is None
    return not named and bool(tail) and 0 < len(core) <= 8 and not own and not re.search(r"[^\u4e00-\u9fff]", core)


def is_field(core: str) -> bool:
    """Whether this is one or two fields of work: 财政, 国土房管, 广播电视和旅游."""
    if core in DEPARTMENTS:
        return True
    halves = ((core[:at], core[at:].removeprefix("和")) for at in range(2, min(len(core) - 1, LONGEST)))
    return any(first in DEPARTMENTS and second in DEPARTMENTS and len(second) > 1 for first, second in halves)


def _may_be_branch(stem: str, office: str) -> bool:
    """Whether a short word may be a company without its ending: 路桥、物流公司; not 服务商."""
    return office in ("公司", "集团") and len(stem) <= 3 and stem[-1] not in "商方人户员者厂部院社网"


def may_be_name(words: str) -> bool:
    """Whether words behind a name may be part of another: a field of work (金融), or what ends as a name does."""
    set_up = words.startswith(DOING) and words.endswith(BUILT)
    return is_field(words) or (is_complete(words) and not set_up) or is_short(words)


def _core(name: str) -> str:
    stem = bare(name)
    return stem[: len(stem) - len(ending(stem, OFFICE_TAILS))]


def _suitable_level(level: str, name: str) -> str:
    """市委 is shared by party organs only: 市委宣传部、文化局 means 市文化局."""
    if level.endswith("委") and not name.startswith(PARTY_ORGANS):
        return level[:-1]
    return level
