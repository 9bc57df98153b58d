"""Units and roles: what the words of a clause say about one task.

A *clause* is the part that names them, in brackets, after a label or in a column:
(区教育局、区财政局按职责分工负责;2025年12月底前完成), 牵头单位:市教育局;配合单位:市财政局.
Words no rule understood are handed back as ``unread``, never dropped.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.language import units as unit_names
from reporting.plan.notations import LABELS, Field, Labels
from reporting.plan.reading.deadlines import WORK_WORDS, is_deadline

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

ROLE = re.compile(
    rf"{_MANNER}{{0,2}}(?P<word>{'|'.join(sorted(ROLE_WORDS, key=len, reverse=True))}){_MORE}{{0,2}}"
    rf"|{_SHARE}(?:共同|分别|抓好)?(?:推进)?"
)
"""A role word with how it is done: 按职责分工「负责」, 分别「牵头」; 按职责分工 alone says 负责."""

ROLE_IN_BRACKETS = re.compile(
    r"(?P<name>[^、，,；;。:：()（）〔〕]{2,30})[(（〔](?P<role>牵头|主办|主责|负责|责任|配合|协办|协助|参与|参加)"
    r"(?:单位|部门)?[)）〕]"
)
"""What one unit of a list does, in brackets after its name: 市教育局「（牵头）」、市财政局."""

DOES = re.compile(r"(?P<names>.{2,160}(?:牵头|负责|配合|协助|落实|实施))(?P<what>(?![的人制解])[\u4e00-\u9fff]{1,12})$")
"""What a unit does in other words: 市数据局负责「建设」."""

NOTE = re.compile(
    r"下同|第一位|列首位|首位的|以下均|以下各项|以下任务|不再|均涉及|均需|均由|上述|同上|为准|排名第一|排序第一"
)
"""A remark among units, no unit itself: 排在第一位的部门为牵头部门,下同."""

SCOPE = re.compile(
    r"^(?:(?:以上|上述|本[条项款章节]|[该此][项条])(?:各项|所有)?(?:重点)?(?:工作|任务|措施|事项|内容)?[,，]?[均都]?由)"
)
"""What a closing sentence is about: 「以上工作由」市教育局牵头."""

LABEL_WORDS = frozenset(word for role in (LEADS, DUTIES, SUPPORTS) for word in LABELS[role])
"""Labels are no units: 县教育局（牵头单位）."""

LAST_BRACKET = re.compile(r"[(（]([^()（）]{2,30})[)）]$")
"""A bracket at the end, which may hold the deadline: 市民政局「（6月底前）」."""

FIRST_LEADS = re.compile(r"(?:第一位?|首位|最前|第一个)[^。；\n]{0,14}牵头")
"""The remark that the first-named unit leads: 凡由多个部门负责的,排在第一位的部门为牵头部门."""


@dataclass(frozen=True, slots=True)
class UnitClause:
    """What one clause says. ``firm`` means that its words can hardly be anything but units."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str = ""
    unread: tuple[str, ...] = ()
    open_ended: bool = False
    first_leads: bool = False
    firm: bool = False
    said: bool = False
    """Whether a label or a role word names what the units do."""
    of_all: bool = False
    """Whether it speaks for the points above as well: 以上任务责任单位：市水务局."""
    twice: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Labels of what a plan does not hold: 牵头领导."""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _ClausePart:
    """Words of a clause with the role they were given; None while none was named."""

    role: Field | None
    words: str


def read_clause(text: str, labels: Labels, *, first_leads: bool = False) -> UnitClause | None:
    """Read a clause; None when the words are no clause at all."""
    words = unit_names.drop_glosses("".join(text.split()))
    words = SCOPE.sub("", LAST_BRACKET.sub(_open_deadline, words))
    if len(words) > 1500 or words.startswith(("以下简称", "简称", "详见", "附件", "含", "包括", "注", "见")):
        return None
    parts, deadline, unread, others = _split_parts(words, labels)
    labelled = labels.pattern.match(words) is not None
    if not parts and not (deadline and (labelled or WORK_WORDS.search(deadline))):
        return None
    named = [(part.role, unit_names.read_units(part.words)) for part in parts]
    if any(name in LABEL_WORDS for _, found in named for name in found.names):
        return None
    if not labelled and not _plausible(named):
        return None
    said = labelled or any(part.role for part in parts)
    first_leads = first_leads or FIRST_LEADS.search(words) is not None
    by_role = _by_role_of(named)
    lead, support = rank_roles(by_role, first_leads=first_leads)
    roles = {role for role, _ in named if role}
    firm = labelled or bool(roles) or bool(deadline)
    rules = tuple(f"{role or 'units'}: {'、'.join(found.names)}" for role, found in named)
    return UnitClause(
        lead=lead,
        support=support,
        deadline=deadline,
        unread=tuple(unread),
        open_ended=any(found.open_ended for _, found in named),
        first_leads=first_leads,
        firm=firm,
        said=said,
        of_all=words.startswith(("以上", "上述")),
        twice=named_twice(by_role),
        others=(*others, *(("责任人",) if any(found.people for _, found in named) else ())),
        rules=(*rules, *((f"deadline: {deadline}",) if deadline else ())),
    )


def _open_deadline(match: re.Match[str]) -> str:
    """市民政局（6月底前） → 市民政局；6月底前."""
    return f"；{match.group(1)}" if is_deadline(match.group(1)) else match.group()


def _plausible(named: Sequence[tuple[Field | None, unit_names.UnitList]]) -> bool:
    """Without a label every name must look like a unit, and one must be beyond doubt.

    In a list of several units one name in four may be strange: 证监会、财政部、某某协作体负责.
    """
    names = [name for _, found in named for name in found.names]
    strange = sum(not (unit_names.looks_like_unit(name) or unit_names.is_area(name)) for name in names)
    firm = sum(unit_names.is_firm(name) for name in names)
    said = all(role for role, _ in named)
    if strange:
        return firm > (1 if said else 2) and 4 * strange <= len(names) and all(len(name) <= 30 for name in names)
    return bool(firm) or said or not names


def _split_parts(words: str, labels: Labels) -> tuple[list[_ClausePart], str, list[str], list[str]]:
    parts = [
        _ClausePart(ROLE_WORDS.get(match.group("role"), DUTIES), match.group("name"))
        for match in ROLE_IN_BRACKETS.finditer(words)
    ]
    words = ROLE_IN_BRACKETS.sub("", words) if parts else words
    deadlines: list[str] = []
    unread: list[str] = []
    others: list[str] = []
    for name, label, segment in _by_label(words, labels):
        if label is Field.DEADLINE:
            deadlines.append(segment.strip("；;，,。 "))
        elif label is Field.OTHER:
            others.append(name)
        else:
            _split_segment(label, segment, parts, deadlines, unread)
    return parts, "，".join(deadline for deadline in deadlines if deadline), unread, others


def _by_label(words: str, labels: Labels) -> list[tuple[str, Field | None, str]]:
    """Cut at 牵头单位:, 配合单位:, 完成时限: and so on; what stands before the first label has none."""
    matches = list(labels.pattern.finditer(words))
    bounds = [match.start() for match in matches] + [len(words)]
    cut: list[tuple[str, Field | None, str]] = [("", None, words[: bounds[0]])]
    for match, end in zip(matches, bounds[1:], strict=True):
        cut.append((match.group(1), labels.field(match.group(1)), words[match.end() : end]))
    return [(name, label, segment) for name, label, segment in cut if segment.strip("；;，,。、 ")]


def _split_segment(
    label: Field | None, segment: str, parts: list[_ClausePart], deadlines: list[str], unread: list[str]
) -> None:
    """Cut at ；，。 and at role words; names before a role word have that role, later ones the label's."""
    waiting: list[str] = []
    supporting = False
    for chunk in filter(str.strip, unit_names.cut_outside(segment, "；;，,。")):
        if NOTE.search(chunk):
            if chunk != "下同" and not FIRST_LEADS.search(chunk):
                unread.append(chunk)
        elif is_deadline(chunk):
            deadlines.append(chunk)
        else:
            for said, names in _by_role(_without_deed(chunk, unread)):
                if names:
                    waiting.append(names)
                if said is not None:
                    role = SUPPORTS if supporting and said is DUTIES else said
                    told = role if label is DUTIES and role is not DUTIES else label or role
                    parts.append(_ClausePart(told, "，".join(waiting)))
                    waiting = []
                    supporting = role is LEADS and chunk.find("会同") >= 0
    if waiting:
        parts.append(_ClausePart(label or (SUPPORTS if supporting else None), "，".join(waiting)))
    parts[:] = [part for part in parts if part.words]


def _without_deed(chunk: str, unread: list[str]) -> str:
    """市数据局负责建设 → 市数据局负责, where it is sure that units stand before; the rest is handed back."""
    match = DOES.match(chunk)
    if match is None or _by_role(chunk)[-1][0] is not None or unit_names.rank_of(match.group("what")):
        return chunk
    said = _by_role(match.group("names"))
    names = [name for _, words in said for name in unit_names.split_units(words)]
    if not names or said[-1][0] is None or not all(map(unit_names.is_firm, names)):
        return chunk
    unread.append(chunk)
    return match.group("names")


def _by_role(chunk: str) -> list[tuple[Field | None, str]]:
    """市教育局牵头、市财政局配合 → (lead, 市教育局), (support, 市财政局); not inside a name."""
    found: list[tuple[Field | None, str]] = []
    last = 0
    for match in ROLE.finditer(chunk):
        after = chunk[match.end() : match.end() + 1]
        joint = match.group("word") == "会同"
        if after and not joint and after not in "、和及与" and not unit_names.rank_of(chunk[match.end() :]):
            continue
        names = chunk[last : match.start()].strip("、和及与由请")
        found.append((ROLE_WORDS.get(match.group("word"), DUTIES), names.removeprefix("由")))
        last = match.end()
    rest = chunk[last:].strip("、和及与由请")
    if rest:
        found.append((None, rest))
    return found


def _by_role_of(named: Sequence[tuple[Field | None, unit_names.UnitList]]) -> dict[Field, list[str]]:
    """The names by role; those without a role word are responsible."""
    by_role: dict[Field, list[str]] = {}
    for role, found in named:
        by_role.setdefault(role or DUTIES, []).extend(found.names)
    return by_role


def named_twice(by_role: Mapping[Field, Sequence[str]]) -> tuple[str, ...]:
    """Units named under more than one role; they are kept under the higher one only."""
    names = [name for role in by_role for name in dict.fromkeys(by_role[role])]
    return tuple(name for name, count in Counter(names).items() if count > 1)


def rank_roles(
    by_role: Mapping[Field, Sequence[str]], *, first_leads: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support from 牵头, 责任 and 配合 units; where 牵头 is named the 责任 units support."""
    lead, duty, support = (list(by_role.get(role, ())) for role in (LEADS, DUTIES, SUPPORTS))
    if not lead and first_leads and len(duty) > 1:
        lead, duty = duty[:1], duty[1:]
    if not lead:
        lead, duty = duty, []
    leads = tuple(dict.fromkeys(lead))
    return leads, tuple(name for name in dict.fromkeys([*duty, *support]) if name not in leads)


def read_unit_cell(text: str, role: Field, labels: Labels) -> list[tuple[Field, unit_names.UnitList]]:
    """Units in a table cell under a heading of ``role``; labels and role words in the cell go before it."""
    found = labels.pattern.search(text)
    joined = "".join(text.split())
    if found is None and not (role is DUTIES and ROLE.search(joined)):
        return [(role, unit_names.read_units(text))] if joined.strip("/-—无") else []
    parts, _, _, _ = _split_parts(joined, labels)
    return [(part.role or role, unit_names.read_units(part.words)) for part in parts]
