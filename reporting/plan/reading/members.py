"""Lists of members (领导小组组成人员名单) → the units of a group that the tasks name.

Such a list names people and their posts; the unit is what stands before the post. Who heads a government or
a party committee brings no unit of its own: nobody reports for 市人民政府 to its own office.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporting.language.characters import one_line
from reporting.language.units import fold, looks_like_unit, rank_of, split_units
from reporting.model import Line, Place, Unit, UnitKind
from reporting.model.findings import Finding
from reporting.plan.book.sheets import KnownNames, join_proposed_members
from reporting.plan.reading import draft as kinds

ROLE = re.compile(
    r"^[-—· ]{0,3}(?:第一|常务)? ?(?:副? ?(?:组 {0,4}长|总指挥|指挥长|召集人)|成 {0,6}员)(?P<units> ?单位)?"
    r" ?[:：] ?(?P<rest>.*)$"
)
"""组 长：李某某 市长; 成员单位：市教育局、市财政局."""

PERSON = re.compile(r"^[-—· ]{0,3}[\u4e00-\u9fff] {0,4}[\u4e00-\u9fff×]{0,3} +(?P<post>[\u4e00-\u9fff（）()、]{3,60})$")
"""赵某某 市财政局局长: a name, a blank, a post."""

RANK = re.compile(
    r"(?:分管|主要)?(?:党组|党委|党工委)?(?:常务|第一)?副?"
    r"(?:[局部院关区县市镇乡省州会行台所站处科校厅司队]长|检察长|秘书长|理事长|董事长|总经理|主任|书记|主席|支队长|大队长"
    r"|总工程师|总农艺师|总规划师|总经济师|总会计师|调研员|巡视员|督查专员|经理|领导|负责人|负责同志|成员|委员)$"
)
"""What a post ends with: 市财政局「副局长」."""

GROUP = re.compile(r"领导小组|指挥部|专班|联席会议|委员会|工作组")

SEVERAL = re.compile(r"领导小组|指挥部|专班|联席会议|工作组|成员单位")
"""What a group named in the tasks is called: 领导小组各成员单位."""

LED = ("政府", "人民政府", "委", "")
"""What is left of the names of a government and its committee without 市: their heads lead the group."""

LAST_BRACKET = re.compile(r"^(?P<before>.+?)[（(](?P<inner>[^（）()]{3,40})[)）]$")


@dataclass(slots=True)
class MemberList:
    """The units of one list, and what kind of group it is for (领导小组, 指挥部)."""

    kind: str
    place: Place
    units: list[str]


def read_members(lines: Sequence[Line]) -> list[MemberList]:
    """All lists of members in a document."""
    found: list[MemberList] = []
    current: MemberList | None = None
    kind = cut = ""
    for line in lines:
        text = one_line(line.text)[:400]
        if text.count("(") + text.count("（") > text.count(")") + text.count("）"):
            cut += text
            continue
        text, cut = cut + text, ""
        if not text:
            continue
        role = ROLE.match(text)
        if role is None:
            units = _units_of_line(text) if current else []
            if current and units is not None:
                current.units.extend(units)
                continue
            current = None
            named = GROUP.search(text) if len(text) < 60 else None
            kind = named.group() if named else kind
            continue
        if current is None:
            current = MemberList(kind, line.place, [])
            found.append(current)
        current.units.extend(_units_of_role(role))
    return [_once(members) for members in found if members.units]


def _once(members: MemberList) -> MemberList:
    """Each unit once, in the order of the list."""
    names = {fold(name): name for name in reversed(members.units)}
    return MemberList(members.kind, members.place, list(reversed(names.values())))


def _units_of_line(text: str) -> list[str] | None:
    """The units of one more member; None where the list has ended."""
    person = PERSON.match(text)
    if person is None and not (len(text) < 40 and RANK.search(text)):
        return None
    return units_of_post(person.group("post") if person else text)


def _units_of_role(role: re.Match[str]) -> list[str]:
    rest = role.group("rest").strip("。；; ")
    if role.group("units"):
        return [name for name in split_units(rest) if looks_like_unit(name)]
    person = PERSON.match(rest)
    if person:
        return units_of_post(person.group("post"))
    inner = re.findall(r"[（(]([^（）()]{3,40})[)）]", rest)
    if inner:
        return [name for post in inner for name in units_of_post(post)]
    return [name for name in split_units(rest) if looks_like_unit(name) and len(name) > 3]


def units_of_post(post: str) -> list[str]:
    """市发展改革委副主任 → 市发展改革委; 高新区管委会副主任（滨江区副区长） → both.

    市委常委、宣传部部长 is of 市委宣传部.
    """
    bracket = LAST_BRACKET.match(post)
    posts = [bracket.group("before"), bracket.group("inner")] if bracket else [post]
    names: list[str] = []
    committee = ""
    for part in [piece for words in posts for piece in re.split("[、，,]", words)]:
        name = RANK.sub("", part)
        name = RANK.sub("", name) if name != part else ""
        committee = part.removesuffix("常委") if part.endswith("委常委") else committee
        if name.endswith("部") and committee and not rank_of(name):
            name = committee + name
        own = name.removeprefix(rank_of(name))
        if looks_like_unit(name) and own not in LED and (len(name) > 2 or name[0] == "各"):
            names.append(name)
    return names


MOST_MEMBERS = 200
"""No group has more members; a longer list is another thing, and would be written out at every group."""


def offer_members(
    units: Sequence[Unit], lists: Sequence[MemberList], glosses: Iterable[tuple[str, str]] = ()
) -> Iterator[Finding]:
    """Who may be the members of each group, as offers.

    Those of the one list that fits it (several lists of one kind fit none), those of its kind among all that any
    list names (各区县人民政府: 东岭区人民政府), and those a bracket adds (各区人民政府〈含开发区管委会〉), as
    (name, words of the bracket) in ``glosses``.
    """
    known_names = KnownNames.of(each.name for each in units)
    lists = [each for each in lists if len(each.units) <= MOST_MEMBERS]
    fits: dict[str, list[MemberList]] = {}
    of_kind: dict[tuple[str, ...], list[str]] = {}
    listed = [name for members in lists for name in members.units]
    added: dict[str, list[str]] = {}
    for name, words in glosses:
        added.setdefault(fold(name), []).extend(split_units(words.removeprefix("含").removeprefix("包括")))
    for unit in units:
        if unit.kind is not UnitKind.GROUP:
            continue
        known = GROUP.search(unit.name)
        kind = known.group() if known else ""
        if kind not in fits:
            fits[kind] = [members for members in lists if not kind or members.kind in ("", kind)]
        fitting = fits[kind]
        place = fitting[0].place if fitting else unit.place
        if SEVERAL.search(unit.name) and len(fitting) == 1:
            members = fitting[0].units
        else:
            areas = _areas_of_group(unit.name)
            if areas not in of_kind:
                of_kind[areas] = [name for name in listed if _is_of_group(name, areas)][:MOST_MEMBERS]
            members = of_kind[areas]
            members = members if len(set(members)) > 1 else []
        members = [name for name in dict.fromkeys([*members, *added.get(fold(unit.name), ())]) if name != unit.name]
        if members:
            values = {"found": unit.name, "count": str(len(members)), "field": "proposal"}
            values["members"] = join_proposed_members(members, known_names)
            yield Finding(kinds.MEMBERS_OFFERED, place, unit=unit.name, values=values)


GROUP_OF_AREAS = re.compile(
    r"^各(?P<areas>[县市区乡镇旗州街道、()（）]{1,12})(?P<tail>人民政府|政府|管委会|街道办事处)$"
)


def _areas_of_group(group: str) -> tuple[str, ...]:
    """What the members of a group of governments end with, and of what kinds they are: 各区县人民政府."""
    match = GROUP_OF_AREAS.match(group)
    kinds_of_areas = set(re.findall(r"街道|[县市区乡镇旗州]", match.group("areas"))) if match else set()
    return (match.group("tail").removeprefix("人民"), *sorted(kinds_of_areas)) if match else ()


def _is_of_group(name: str, areas: tuple[str, ...]) -> bool:
    """Whether a government is one of a group of governments: 东岭区人民政府 of 各区县人民政府."""
    if not areas or not name.endswith(areas[0]):
        return False
    area = name.removesuffix(areas[0]).removesuffix("人民")
    return len(area) > 2 and area.endswith(areas[1:])
