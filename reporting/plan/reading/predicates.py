"""Who does what in the words of a clause: 市教育局「牵头」、市财政局「保障经费」，各区政府「属地落实」.

The verbs are an open class, so a predicate is what stands behind a complete name; the verbs known here only
say where it begins and which role it means.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporting.language import units as unit_names
from reporting.language.units.people import split_person
from reporting.plan.notations import Field

LEADS, DUTIES, SUPPORTS = Field.LEAD, Field.DUTY, Field.SUPPORT

ROLE_WORDS: Mapping[str, Field] = {
    **dict.fromkeys(("牵头", "主办", "主责", "主抓", "抓总", "统筹", "负总责", "会同"), LEADS),
    **dict.fromkeys(("负责", "落实", "实施", "承办", "组织实施", "抓落实", "抓好落实"), DUTIES),
    **dict.fromkeys(("配合", "协助", "协办", "协同", "参与", "参加", "支持配合", "指导", "督导"), SUPPORTS),
}
"""Words after names that say what those units do: 市教育局「牵头」,市财政局「配合」."""

_SHARE = r"(?:各?(?:按照?|依照?|依据|根据)|各自)(?:各自)?(?:的|工作|部门)?(?:职责|职能|职权|分工)(?:和?分工)?"
_MANNER = rf"(?:{_SHARE}|负责(?=牵头|配合)|分别|共同|联合|各自|具体|统一|统筹|积极|主动|协同|总)"
_MORE = (
    r"(?:并?(?:督导|指导|督促|统筹|制定|编制|做好|抓好|组织实施|组织落实|组织"
    r"|推进|推动|负责|落实|办理|实施|抓总|协调|配合))"
)

_WORDS = "|".join([r"(?<!政)协办", *sorted(set(ROLE_WORDS) - {"协办"}, key=len, reverse=True)])
_OFFICE = "[局办厅处科部院室]"

ROLE = re.compile(
    rf"{_MANNER}{{0,2}}(?P<word>{_WORDS}){_MORE}{{0,2}}"
    rf"|(?<={_OFFICE})(?P<joint>会)(?=[\u4e00-\u9fff]{{2,13}}{_OFFICE}(?:$|[、，；]))"
    rf"|{_SHARE}(?:共同|分别|抓好)?(?:推进)?"
)
"""A role word with how it is done: 按职责分工「负责」, 分别「牵头」; 按职责分工 alone says 负责. 宣传处「会」办公室."""

_HOW = (
    r"按照?|依照?|依据|依法|依规|根据|分别|分头|分级|分工|分片|分类|分层|共同|联合|各自|各负|具体|全力|全面|积极|主动|加强|强化"
    r"|加快|加大|严格|统一|属地|总体|认真|切实|确保|同步|定期|及时|密切|牵引|逐级|联动|齐抓共管|齐抓|兜底|通力|大力|深入|抓|负"
)
_DEEDS = (
    r"牵头|主办|主责|主抓|主导|统筹|协调|协同|协助|协作|协办|配合|参与|参加|支持|负责|落实|实施|承办|承担|组织|指导|督导|督促"
    r"|督办|督查|督察|监督|监管|检查|推进|推动|推行|做好|保障|提供|制定|编制|建设|开展|完成|办理|履行|执行|出台|查处|处置|部署"
    r"|试点|先行|汇总|审核|把关|跟踪|跟进|培训|报送|会同|实行|运营|维护|管理|服务|宣传|发动|筹措|安排|引导|争取|受理|整改|整治|运行"
)
_TOLD = "核查|支撑|搭建|打造|设立|研究|对接|联系|协商|抽查|验收|审批|审查|核定|拨付|统计|监测"
"""Deeds that say more than a role."""
DEED = re.compile(f"{_DEEDS}|{_TOLD}")
PREDICATE = re.compile(rf"(?:由|应|需|须|将|要)?(?:{_HOW}|{_DEEDS}|{_TOLD})")
"""How what a unit does begins, behind its name: 各区政府「属地落实」."""

PLAIN = re.compile(rf"(?:{_HOW}|{_DEEDS}|好|各|其|的|并|职责|职能|责任|工作|任务|部门|本|和|与|及|要求|总){{1,12}}")
"""A predicate that only says who does it, and how; any other also tells what is done: 市财政局「保障经费」."""

NAME_LIKE = re.compile(
    r"(?:督办|查处|处置|出台|执行|实行|推行|施行|先行|运行|履行|试行|部署|承办|协办|主办|会办|交办|(?<!社会)(?<!经济)(?<!群众)(?<!党)组织|属地)$"
)
"""Predicates that end as a name could: 市公安局「查处」."""

LEADING = re.compile(r"牵头|主办|主责|主抓|抓总|负总责|总负责|主导")
SUPPORTING = re.compile(r"配合|协助|协办|协同|协作|参与|参加|支持|支撑|指导|督导|督促|督办|督查|监督|跟进")
JOINS = re.compile(r"牵头|主办|配合|协助|协办|参与|参加|支持")
"""A predicate without a name says a role of the units before it in these words only: 市教育局，「强化督查」."""
GUIDING = re.compile(r"(?:加强|具体)?(?:指导|督导|督促|监督|督查)")
"""Who guides supports those who do the work; who alone is named does it."""
FOLLOWING = re.compile(r"落实$")
"""Who carries out what others are responsible for supports them: 市水利局负责，各镇「落实」."""
COORDINATING = re.compile(r"统筹")
"""Who coordinates leads, unless another unit of the clause leads in so many words."""

LONGEST = 80
"""No name with what its unit does is longer."""


@dataclass(frozen=True, slots=True)
class Part:
    """Names of a clause with the role they were given; None while none was named."""

    role: Field | None
    words: str
    coordinates: bool = False
    """Whether the role is that of who only coordinates (统筹)."""
    guides: bool = False
    """Whether the role is that of who only guides or watches (指导, 督导)."""
    deed: str = ""
    """The names with what their units do, where that says more than a role: 市财政局保障经费."""
    guessed: bool = False
    """Whether the role was told by where a name ends, and not by a word known for it."""
    follows: bool = False
    """Whether the role is to carry out (落实) what those named before are responsible for."""
    joint: bool = False
    """Whether those named next only help, whatever they do: 市教育局「会同」市财政局制定."""


def parts_of(chunk: str) -> list[Part]:
    """市教育局牵头、市财政局配合 → (lead, 市教育局), (support, 市财政局); not inside a name."""
    return [part for role, names, word in _by_role_word(chunk) for part in _by_predicate(names, role, word)]


def _by_role_word(chunk: str) -> Iterator[tuple[Field | None, str, str]]:
    """Cut at the words of roles that stand behind names or before the next ones."""
    last = 0
    for match in ROLE.finditer(chunk):
        rest = chunk[match.end() :]
        joint = match.group("word") == "会同" or match.group("joint") is not None
        if rest and not joint and rest[0] not in "、和及与" and not _begins_name(rest):
            continue
        names = _plain_names(chunk[last : match.start()])
        if match.group("joint") and not _parts_whole_names(names, rest):
            continue
        if _is_deed(names):
            yield None, "", chunk[last : match.end()]
            last = match.end()
            continue
        coordinates = COORDINATING.match(match.group()) is not None
        said = ROLE_WORDS.get(match.group("word"), DUTIES)
        yield LEADS if match.group("joint") or (coordinates and said is DUTIES) else said, names, match.group()
        last = match.end()
    rest = _plain_names(chunk[last:])
    if rest:
        yield None, rest, ""


def _is_deed(words: str) -> bool:
    """Whether words before that of a role name nobody: 「引导企业」参与."""
    if not PREDICATE.match(words):
        return False
    names = unit_names.cut_outside(words, "、")
    return not any(unit_names.looks_like_unit(name) or unit_names.is_area(name) for name in names)


CAUSING = re.compile(r"(?:积极)?(?:引导|组织|发动|动员|鼓励|吸引|带动)")
"""What a unit does so that others take part: 市工信局「引导」企业参与."""


def _parts_whole_names(before: str, after: str) -> bool:
    """Whether 会 stands between two names, and not inside one: 宣传处会办公室, but 市工商局会计处."""
    first, last = re.split("[、，]", before)[-1], re.split("[、，；]", after)[0]
    return (
        unit_names.looks_like_unit(first)
        and unit_names.looks_like_unit(last)
        and not last.startswith(("计", "展", "议"))
    )


def _plain_names(words: str) -> str:
    return re.sub(r"(等[^、，]{0,8}?)(?:分工|共同|分别)$", r"\1", words.strip("、和及与由请").removeprefix("由"))


def _begins_name(rest: str) -> bool:
    return bool(unit_names.rank_of(rest)) or rest.startswith(("各", "有关", "相关", "其他"))


def _by_predicate(names: str, role: Field | None, word: str) -> Iterator[Part]:
    """Cut names at the predicates of other verbs; what stands last before a word of a role has that role."""
    if role is None and word:
        yield Part(None, "", deed=word)
        return
    elements = unit_names.cut_outside(names, "、")
    waiting: list[str] = []
    for index, element in enumerate(elements):
        final = index == len(elements) - 1
        name, predicate = part_predicate(element, final=final)
        waiting += [name] if name else []
        if final and role is SUPPORTS and CAUSING.match(predicate):
            role, word = DUTIES, ""
        if final and role is not None:
            continue
        if predicate:
            said, deed = role_said(predicate), "" if PLAIN.fullmatch(predicate) and name else element
            if not name and not JOINS.search(predicate):
                said = DUTIES
            coordinates, guides = COORDINATING.match(predicate) is not None, GUIDING.match(predicate) is not None
            follows = FOLLOWING.search(predicate) is not None
            yield Part(said, "、".join(waiting), coordinates, guides, deed, guessed=True, follows=follows)
            waiting = []
    if waiting or role is not None:
        coordinates = COORDINATING.match(word) is not None and not LEADING.search(word)
        guides = role is SUPPORTS and GUIDING.match(word) is not None
        follows, joint = FOLLOWING.search(word) is not None, word == "会" or "会同" in word
        yield Part(role, "、".join(waiting), coordinates, guides, follows=follows, joint=joint)


def role_said(predicate: str) -> Field:
    """The role that a predicate means."""
    if LEADING.search(predicate) or COORDINATING.match(predicate):
        return LEADS
    return SUPPORTS if SUPPORTING.search(predicate) else DUTIES


def part_predicate(element: str, *, final: bool) -> tuple[str, str]:
    """A name and what its unit does: 各区政府属地落实 → 各区政府, 属地落实. ``final``: whether it ends its list."""
    if not 3 < len(element) <= LONGEST:
        return element, ""
    ends = NAME_LIKE.search(element)
    if ends and _is_whole(element[: ends.start()]) and not element[: ends.start()].endswith("委"):
        return element[: ends.start()], ends.group()
    if PREDICATE.match(element) and PLAIN.fullmatch(element):
        return "", element
    person = split_person(element)[1]
    if person and not PREDICATE.match(person):
        return element, ""
    open_at = element.rfind("等")
    if open_at > 2 and _is_whole(element[:open_at]):
        rest = element[open_at + 1 :]
        others = OTHERS.match(rest)
        told = rest[others.end() :] if others else rest
        return (element.removesuffix(told), told) if PREDICATE.match(told) else (element, "")
    whole = unit_names.looks_like_unit(element) or unit_names.is_area(element)
    if ends is None and whole and not _is_caused(element):
        return element, ""
    inside = {end for word in DEED.finditer(element) for end in range(word.start() + 1, word.end())}
    for end in range(len(element) - 2, 1, -1):
        name, rest = element[:end], element[end:]
        if end in inside or NAME_LIKE.search(name) or not _is_whole(name) or unit_names.is_field(rest):
            continue
        if PREDICATE.match(rest) and (PLAIN.fullmatch(rest) or not unit_names.may_be_name(rest)):
            return name, rest
        if unit_names.may_be_name(rest):
            continue
        if final and unit_names.is_firm(name) and _is_unknown_deed(rest):
            return name, rest
    return element, ""


OTHERS = re.compile(r"(?:各|有关|相关|其他){0,2}(?:部门|单位|机构|企业|地方|地区)(?:和单位|和部门)?")
"""Who is meant by 等: 财政部等「部门」研究提出意见."""


def _is_caused(element: str) -> bool:
    """Whether a name of others is what a unit moves to do something: 市科技局「引导企业」."""
    verb = CAUSING.search(element, 3)
    return verb is not None and unit_names.is_firm(element[: verb.start()]) and len(element) - verb.end() < 4


def _is_whole(name: str) -> bool:
    """Whether a name may stand before a predicate: complete beyond doubt, or a group or an area."""
    if AREA_WORDS.fullmatch(name):
        return True
    leveled = name.startswith(("各", "有关", "相关")) or bool(unit_names.rank_of(name))
    return (unit_names.looks_like_unit(name) and leveled) or (
        len(name) <= SHORT and (unit_names.is_firm(name) or unit_names.is_area(name)) and not name.startswith(NO_NAME)
    )


AREA_WORDS = re.compile(
    r"(?:各|有关|相关|所在)?(?:乡镇|镇街|街镇|街道|区县|县区|县市区|市县|社区|村居|村|镇|乡|区|县|市)"
)
"""Areas that stand for their governments: 各乡镇、街道."""

SHORT = 12
NO_NAME = tuple("将把对在为与和及由使让被向从给以可（(")
"""A name without a level is no longer than this, and does not begin so: 「将」相关内容纳入文明单位."""


UNKNOWN_DEED = re.compile(
    r"(?!(?:小学|中学|学校|幼儿园)$|除外|以外|等|的|和|与|及|或|人|长|主任|副|党|机关|系统)[\u4e00-\u9fff]{2,12}"
)


def _is_unknown_deed(rest: str) -> bool:
    """Whether words behind a name are a verb not known here: no name, no field of work (市政府金融、法制办)."""
    return UNKNOWN_DEED.fullmatch(rest) is not None
