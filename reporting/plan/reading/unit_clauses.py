"""Units and roles: what the words of a clause say about one task.

A *clause* is the part that names them, in brackets, after a label or in a column:
(区教育局、区财政局按职责分工负责;2025年12月底前完成), 牵头单位:市教育局;配合单位:市财政局.
What is no unit and no deadline is kept as a remark with its label; words no rule understood are handed back
as ``unread``. Nothing is dropped.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reporting.language import units as unit_names
from reporting.plan.notations import LABELS, Field, Labels
from reporting.plan.reading.deadlines import WORK_WORDS, is_deadline
from reporting.plan.reading.lead_rules import LeadRule, find_lead_rule, take_marks, take_remark
from reporting.plan.reading.predicates import AREA_WORDS, DUTIES, LEADS, ROLE, ROLE_WORDS, SUPPORTS, Part, parts_of

ROLE_IN_BRACKETS = re.compile(
    r"(?P<name>[^、，,；;。:：()（）〔〕]{2,30}(?:[(（][^()（）]{2,20}[)）])?)[(（〔](?P<role>牵头|主办|主责|负责|责任|配合|协办|协助|参与|参加)"
    r"(?:单位|部门)?[)）〕]"
)
"""What one unit of a list does, in brackets after its name: 市教育局「（牵头）」、市财政局."""

NOTE = re.compile(
    r"下同|第一位|列首位|首位的|以下均|以下各项|以下任务|不再|均涉及|均需|均由|上述|同上|为准|排名第一|排序第一"
)
"""A remark among units, no unit itself: 排在第一位的部门为牵头部门,下同."""

SCOPE = re.compile(
    r"^(?:(?:以上(?:第?\d{1,2}[—－–~至-]{1,2}\d{1,2}[项条])?|上述|本[条项款章节]|[该此][项条])(?:各项|所有)?(?:重点)?(?:工作|任务|措施|事项|内容)?[,，]?[均都]?由)"
)
"""What a closing sentence is about: 「以上工作由」市教育局牵头."""

LABEL_WORDS = frozenset(word for role in (LEADS, DUTIES, SUPPORTS) for word in LABELS[role])
"""Labels are no units: 县教育局（牵头单位）."""

LAST_BRACKET = re.compile(r"[(（]([^()（）]{2,30})[)）]$")
"""A bracket at the end, which may hold the deadline: 市民政局「（6月底前）」."""


@dataclass(frozen=True, slots=True)
class UnitClause:
    """What one clause says. ``firm`` means that its words can hardly be anything but units."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str = ""
    unread: tuple[str, ...] = ()
    open_ended: bool = False
    firm: bool = False
    said: bool = False
    """Whether a label or a role word names what the units do."""
    guessed: bool = False
    """Whether a role was told only by where a name ends; in running text that is no clause."""
    of_all: bool = False
    """Whether it speaks for the points above as well: 以上任务责任单位：市水务局."""
    twice: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """(label, words) of what stands beside the units: ("适用范围", "经开区"), ("", "市财政局保障经费")."""
    rules: tuple[str, ...] = ()


NO_RULE = LeadRule()

SECTION = re.compile(r"(?:责任|承办|牵头|具体)?(?:科室|处室|股室)$")
"""Labels of a part of an office, which is no unit beside one: 责任单位：市教育局；责任科室：基教科.

Named first it is one, of the office whose plan it is: 责任科室：应急办；责任单位：各社区.
"""

NO_LABEL = re.compile(r"(?:(?<=[；;，,。、])|^)(?P<label>[\u4e00-\u9fff]{2,8})[:：]")
"""A label no notation knows, of what is no unit: 试点地区：经开区."""


def read_clause(text: str, labels: Labels, *, rule: LeadRule = NO_RULE) -> UnitClause | None:
    """Read a clause; None when the words are no clause at all."""
    joined = "".join(text.split())
    glosses = tuple(("", f"{name}{words}") for name, words in unit_names.read_glosses(joined))
    written = labels.with_opening_colon(unit_names.drop_glosses(joined))
    own = find_lead_rule(written)
    words, marked = take_marks(take_remark(written) if own.given else written)
    of_all = words.startswith(("以上", "上述"))
    words = SCOPE.sub("", LAST_BRACKET.sub(_open_deadline, words))
    if len(words) > 1500 or words.startswith(("以下简称", "简称", "详见", "附件", "含", "包括", "注", "见")):
        return None
    rule = own if own.given else rule
    split = _split_parts(words, labels, rule)
    labelled = labels.pattern.match(words) is not None
    if not split.parts and not (split.deadline and (labelled or WORK_WORDS.search(split.deadline))):
        return None
    named = [(part.role, unit_names.read_units(part.words)) for part in _ranked(split.parts)]
    if not labelled and any(name in LABEL_WORDS for _, found in named for name in found.names):
        return None
    if not labelled and not _plausible(named):
        return None
    by_role = _by_role_of(named)
    lead, support = rank_roles(by_role, rule, marked)
    people = tuple(person for _, found in named for person in found.people)
    rules = tuple(f"{role or 'units'}: {'、'.join(found.names)}" for role, found in named)
    return UnitClause(
        lead=lead,
        support=support,
        deadline=split.deadline,
        unread=tuple(split.unread),
        open_ended=any(found.open_ended for _, found in named),
        firm=labelled or any(role for role, _ in named) or bool(split.deadline),
        said=labelled or any(part.role for part in split.parts),
        guessed=any(part.guessed for part in split.parts),
        of_all=of_all,
        twice=named_twice(by_role),
        remarks=(*glosses, *split.remarks, *((("责任人", "、".join(people)),) if people else ())),
        rules=(*rules, *((f"deadline: {split.deadline}",) if split.deadline else ())),
    )


def _open_deadline(match: re.Match[str]) -> str:
    """市民政局（6月底前） → 市民政局；6月底前."""
    return f"；{match.group(1)}" if is_deadline(match.group(1)) else match.group()


def _ranked(parts: Sequence[Part]) -> list[Part]:
    """Who only coordinates supports those who lead in so many words; who only guides does it if nobody else does.

    Groups that carry out what others are responsible for support those: 市水利局负责，各镇落实.
    """
    led = any(part.role is LEADS and not part.coordinates for part in parts)
    done = any(part.role is not SUPPORTS or not part.guides for part in parts)
    ranked: list[Part] = []
    owned = False
    for part in parts:
        role = DUTIES if (part.coordinates and led) or (part.guides and not done) else part.role
        role = SUPPORTS if owned and part.follows and role is DUTIES and part.words.startswith(GROUPS) else role
        owned = owned or (role is DUTIES and not part.follows and not any(each.role is LEADS for each in parts))
        ranked.append(replace(part, role=role))
    return ranked


GROUPS = ("各", "有关", "相关", "所在", "属地")
"""How the names of those begin who carry out what an office is responsible for."""


def _plausible(named: Sequence[tuple[Field | None, unit_names.UnitList]]) -> bool:
    """Without a label every name must look like a unit, and one must be beyond doubt.

    In a list of several units one name in four may be strange: 证监会、财政部、某某协作体负责.
    """
    names = [name for _, found in named for name in found.names]
    strange = sum(
        not (unit_names.looks_like_unit(name) or unit_names.is_area(name) or AREA_WORDS.fullmatch(name))
        for name in names
    )
    firm = sum(unit_names.is_firm(name) for name in names)
    said = all(role for role, _ in named)
    if strange:
        return firm > (1 if said else 2) and 4 * strange <= len(names) and all(len(name) <= 30 for name in names)
    return bool(firm) or said or not names


@dataclass(slots=True)
class _Split:
    """A clause cut into the names with their roles and all else it says."""

    parts: list[Part] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def deadline(self) -> str:
        """The words that say by when."""
        return "，".join(filter(None, self.deadlines))


def _split_parts(words: str, labels: Labels, rule: LeadRule) -> _Split:
    split = _Split(
        [
            Part(ROLE_WORDS.get(match.group("role"), DUTIES), match.group("name"))
            for match in ROLE_IN_BRACKETS.finditer(words)
        ]
    )
    words = ROLE_IN_BRACKETS.sub("", words) if split.parts else words
    cut = _by_label(words, labels)
    named = [label for name, label, _ in cut if label in UNIT_LABELS and not SECTION.search(name)]
    first = next((name for name, label, _ in cut if label in UNIT_LABELS), "")
    units_named = bool(named) and not (SECTION.search(first) and set(named) <= {DUTIES, SUPPORTS})
    for name, said, segment in cut:
        own = not units_named and SECTION.search(name) and DUTIES in named
        label = LEADS if own and said is DUTIES else said
        if label is Field.DEADLINE:
            split.deadlines.append(segment.strip(FILLING))
        elif label is Field.OTHER or (units_named and SECTION.search(name)):
            split.remarks.append((name, segment.strip(FILLING)))
        else:
            _split_segment(label, segment, split, rule)
    split.parts = [part for part in split.parts if part.words]
    return split


UNIT_LABELS = (LEADS, DUTIES, SUPPORTS)
FILLING = "；;，,。、 "


def _by_label(words: str, labels: Labels) -> list[tuple[str, Field | None, str]]:
    """Cut at 牵头单位:, 配合单位:, 完成时限: and so on; what stands before the first label has none."""
    known = [
        (match.start(), match.end(), match.group(1), labels.field(match.group(1)))
        for match in labels.pattern.finditer(words)
    ]
    starts = {start for start, _, _, _ in known}
    others = [
        (match.start(), match.end(), match.group("label"), Field.OTHER)
        for match in NO_LABEL.finditer(words)
        if not any(match.start() <= start < match.end() for start in starts) and not _names_unit(match.group("label"))
    ]
    matches = sorted([*known, *others])
    bounds = [start for start, _, _, _ in matches] + [len(words)]
    cut: list[tuple[str, Field | None, str]] = [("", None, words[: bounds[0]])]
    for (_, after, name, label), end in zip(matches, bounds[1:], strict=True):
        cut.append((name, label, words[after:end]))
    return [(name, label, segment) for name, label, segment in cut if segment.strip(FILLING)]


def _names_unit(label: str) -> bool:
    area = unit_names.is_area(label) and not label.endswith(("地区", "区域", "片区"))
    return unit_names.is_firm(label) or label.startswith("各") or area


HOW = re.compile(r"(?:根据|依据|按照|结合|围绕|通过|确保|力争|并|同时|其中|具体)")
"""How words begin that tell how the units work together: 「根据」会议安排确定行程."""


def _says_how(chunk: str) -> bool:
    """Whether a chunk of a clause holds no unit and no role, but tells how the work is done."""
    if len(chunk) < 8 or not HOW.match(chunk) or ROLE.fullmatch(chunk):
        return False
    return not any(map(unit_names.looks_like_unit, unit_names.split_units(chunk)))


def _split_segment(label: Field | None, segment: str, split: _Split, rule: LeadRule) -> None:
    """Cut at ；，。 and at what units do; names before a role have that role, later ones the label's."""
    if rule.before and label in (None, DUTIES):
        leading, others = rule.parted(segment)
        if others and not ROLE.search(segment):
            split.parts.append(Part(LEADS, leading))
            _split_segment(SUPPORTS, others, split, NO_RULE)
            return
    waiting: list[str] = []
    supporting = False
    for chunk in filter(str.strip, unit_names.cut_outside(segment, "；;，,。")):
        before = len(waiting)
        if NOTE.search(chunk):
            if chunk != "下同" and not find_lead_rule(chunk).given:
                split.unread.append(chunk)
        elif is_deadline(chunk):
            split.deadlines.append(chunk)
        elif _says_how(chunk):
            split.remarks.append(("", chunk))
        else:
            for part in parts_of(chunk):
                waiting += [part.words] if part.words else []
                split.remarks += [("", part.deed)] if part.deed else []
                if part.role is not None:
                    role = SUPPORTS if supporting and part.role is DUTIES else part.role
                    told = _told(role, label)
                    if told is SUPPORTS and 0 < before < len(waiting) and not _is_led(split.parts):
                        split.parts.append(Part(label, "，".join(waiting[:before])))
                        waiting = waiting[before:]
                    split.parts.append(replace(part, role=told, words="，".join(waiting)))
                    waiting, before = [], 0
                    supporting = part.joint
    if waiting:
        split.parts.append(Part(label or (SUPPORTS if supporting else None), "，".join(waiting)))


def _is_led(parts: Sequence[Part]) -> bool:
    """Whether someone is named already who does the work; if not, who stands before 「，市财政局配合」 does."""
    return any(part.role is not SUPPORTS for part in parts)


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
    by_role: Mapping[Field, Sequence[str]], rule: LeadRule = NO_RULE, marked: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support from 牵头, 责任 and 配合 units; where 牵头 is named the 责任 units support."""
    lead, duty, support = (list(by_role.get(role, ())) for role in (LEADS, DUTIES, SUPPORTS))
    if not lead and rule.given and len(duty) > 1:
        lead = rule.leading(duty, marked)
        duty = [name for name in duty if name not in lead]
    if not lead:
        lead, duty = duty, []
    leads = tuple(dict.fromkeys(lead))
    return leads, tuple(name for name in dict.fromkeys([*duty, *support]) if name not in leads)


def read_unit_cell(
    text: str, role: Field, labels: Labels, rule: LeadRule = NO_RULE
) -> list[tuple[Field, unit_names.UnitList]]:
    """Units in a table cell under a heading of ``role``; labels and role words in the cell go before it."""
    found = labels.pattern.search(text)
    joined = "".join(text.split())
    parted = role is DUTIES and bool(rule.before) and len(rule.parted(joined)[1]) > 1
    if found is None and not (ROLE.search(joined) or parted):
        return [(role, unit_names.read_units(text))] if joined.strip("/-—无") else []
    parts = _ranked(_split_parts(joined, labels, rule if role is DUTIES else NO_RULE).parts)
    return [(_told(part.role, role) or role, unit_names.read_units(part.words)) for part in parts]


def _told(said: Field | None, label: Field | None) -> Field | None:
    """The role of units below a heading or label: what they are said to do, but who does the work of a lead leads."""
    if said is None or label is SUPPORTS or (label is LEADS and said is DUTIES):
        return label
    return said
