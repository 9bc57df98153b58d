"""Units, roles, deadlines and targets: what the words of a plan say about one task.

A *clause* is the part that names them, in brackets, after a label or in a column:
(区教育局、区财政局按职责分工负责;2025年12月底前完成), 牵头单位:市教育局;配合单位:市财政局.
Words no rule understood are handed back as ``unread``, never dropped.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting import units as unit_names
from reporting.model import Comparator, Deadline, DeadlineKind, Place, Target
from reporting.notations import Field, Labels

LEADS, DUTIES, SUPPORTS = Field.LEAD, Field.DUTY, Field.SUPPORT

ROLE_WORDS: Mapping[str, Field] = {
    "牵头并组织实施": LEADS,
    "牵头组织实施": LEADS,
    "牵头推进": LEADS,
    "牵头负责": LEADS,
    "牵头落实": LEADS,
    "牵头办理": LEADS,
    "牵头": LEADS,
    "主办": LEADS,
    "主责": LEADS,
    "会同": LEADS,
    "按照各自职责分工负责": DUTIES,
    "按照职责分工分别负责": DUTIES,
    "按照职责分工负责": DUTIES,
    "按照职责分工落实": DUTIES,
    "按各自职责分工负责": DUTIES,
    "按职责分工分别负责": DUTIES,
    "按职责分工共同负责": DUTIES,
    "按职责分工负责落实": DUTIES,
    "按职责分工负责": DUTIES,
    "按职责分工落实": DUTIES,
    "按职责分工推进": DUTIES,
    "按职能分工负责": DUTIES,
    "按分工负责": DUTIES,
    "按职责负责": DUTIES,
    "按职责分工": DUTIES,
    "按职责落实": DUTIES,
    "依职责分工负责": DUTIES,
    "根据职责分工负责": DUTIES,
    "各按职责分工负责": DUTIES,
    "分工负责": DUTIES,
    "共同负责": DUTIES,
    "分别负责": DUTIES,
    "具体负责": DUTIES,
    "组织实施": DUTIES,
    "负责落实": DUTIES,
    "负责实施": DUTIES,
    "承办": DUTIES,
    "负责": DUTIES,
    "落实": DUTIES,
    "实施": DUTIES,
    "按职责分工配合": SUPPORTS,
    "按职责配合": SUPPORTS,
    "积极配合": SUPPORTS,
    "配合落实": SUPPORTS,
    "协同配合": SUPPORTS,
    "参与配合": SUPPORTS,
    "配合": SUPPORTS,
    "协助": SUPPORTS,
    "协办": SUPPORTS,
    "协同": SUPPORTS,
    "参与": SUPPORTS,
    "参加": SUPPORTS,
}
"""Words after names that say what those units do: 市教育局「牵头」,市财政局「配合」."""

ROLE = re.compile("|".join(sorted(ROLE_WORDS, key=len, reverse=True)))

NOTE = re.compile(
    r"下同|第一位|列首位|首位的|以下各项|以下任务|不再一一|不再列出|上述|同上|为准|排名第一|排序第一"
)
"""A remark among units, no unit itself: 排在第一位的部门为牵头部门,下同."""

FIRST_LEADS = re.compile(r"(?:第一位?|首位|最前|第一个)[^。；\n]{0,14}牵头")
"""The remark that the first-named unit leads: 凡由多个部门负责的,排在第一位的部门为牵头部门."""

ONGOING = re.compile(
    r"(?:持续|长期|常态化?|常年|全年|经常性|贯穿全年|不断)(?:推进|坚持|开展|实施|落实|推动|抓好|执行|深化)?"
)
"""Work without an end: 持续推进, 长期坚持."""

ANNUAL = re.compile(r"每(?:年|半年|季度|季|月|周)")

WORK_WORDS = re.compile(r"前|完成|推进|坚持|开展|底")
"""What a deadline alone in brackets has, and a mere date (2023年4月28日) has not."""

MOMENT = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})日)?"
    r"|(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|(?P<end>年底|年末|年内|年终)|(?P<bare>底|末)?)"
    r"(?P<late>底|末|中旬|上旬|下旬)?(?P<before>之?前|以前)?"
)
"""A point in time: 2025年12月底前, 6月30日前, 2025年底, 上半年, 第三季度末."""

STARTS_TIME = re.compile(
    r"(?:20\d\d年|\d{1,2}月|上半年|下半年|第?[一二三四]季度|年底|年末|年内|今年|本年|每年|每月|每季|每半年|到20\d\d年|于20\d\d年"
    r"|即时|立即|近期|按时|长期|持续|常态|全年|常年|力争20\d\d年|力争\d{1,2}月)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says. ``firm`` means that its words can hardly be anything but units."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str = ""
    unread: tuple[str, ...] = ()
    open_ended: bool = False
    first_leads: bool = False
    firm: bool = False
    twice: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a clause with the role they were given; None while none was named."""

    role: Field | None
    words: str


def read_clause(text: str, labels: Labels, *, first_leads: bool = False) -> Clause | None:
    """Read a clause; None when the words are no clause at all."""
    words = unit_names.drop_glosses("".join(text.split()))
    if len(words) > 1500 or words.startswith(("以下简称", "简称", "详见", "附件", "含", "包括", "注", "见")):
        return None
    parts, deadline, unread = _split_parts(words, labels)
    if not parts and not (deadline and WORK_WORDS.search(deadline)):
        return None
    labelled = labels.pattern.match(words) is not None
    named = [(part.role, unit_names.read_units(part.words)) for part in parts]
    if not labelled and not _plausible(named):
        return None
    first_leads = first_leads or FIRST_LEADS.search(words) is not None
    by_role = _by_role_of(named)
    lead, support = rank_roles(by_role, first_leads=first_leads)
    roles = {role for role, _ in named if role}
    firm = labelled or bool(roles) or bool(deadline)
    rules = tuple(f"{role or 'units'}: {'、'.join(found.names)}" for role, found in named)
    return Clause(
        lead=lead,
        support=support,
        deadline=deadline,
        unread=tuple(unread),
        open_ended=any(found.open_ended for _, found in named),
        first_leads=first_leads,
        firm=firm,
        twice=named_twice(by_role),
        rules=(*rules, *((f"deadline: {deadline}",) if deadline else ())),
    )


def _plausible(named: Sequence[tuple[Field | None, unit_names.UnitList]]) -> bool:
    """Without a label every name must look like a unit, and one must be beyond doubt."""
    names = [name for _, found in named for name in found.names]
    if not all(unit_names.looks_like_unit(name) for name in names):
        return False
    return any(unit_names.is_firm(name) for name in names) or not names


def _split_parts(words: str, labels: Labels) -> tuple[list[_Part], str, list[str]]:
    parts: list[_Part] = []
    deadlines: list[str] = []
    unread: list[str] = []
    for label, segment in _by_label(words, labels):
        if label is Field.DEADLINE:
            deadlines.append(segment.strip("；;，,。 "))
        elif label is Field.OTHER:
            unread.append(segment.strip("；;，,。"))
        else:
            _split_segment(label, segment, parts, deadlines, unread)
    return parts, "，".join(deadline for deadline in deadlines if deadline), unread


def _by_label(words: str, labels: Labels) -> list[tuple[Field | None, str]]:
    """Cut at 牵头单位:, 配合单位:, 完成时限: and so on; what stands before the first label has none."""
    matches = list(labels.pattern.finditer(words))
    bounds = [match.start() for match in matches] + [len(words)]
    cut: list[tuple[Field | None, str]] = [(None, words[: bounds[0]])]
    for match, end in zip(matches, bounds[1:], strict=True):
        cut.append((labels.field(match.group(1)), words[match.end() : end]))
    return [(label, segment) for label, segment in cut if segment.strip("；;，,。、 ")]


def _split_segment(
    label: Field | None, segment: str, parts: list[_Part], deadlines: list[str], unread: list[str]
) -> None:
    """Cut at ；，。 and at role words; names before a role word have that role, later ones the label's."""
    waiting: list[str] = []
    supporting = False
    for chunk in _chunks(segment):
        if NOTE.search(chunk):
            if chunk != "下同" and not FIRST_LEADS.search(chunk):
                unread.append(chunk)
        elif is_deadline(chunk):
            deadlines.append(chunk)
        else:
            for said, names in _by_role(chunk):
                if names:
                    waiting.append(names)
                if said is not None:
                    role = SUPPORTS if supporting and said is DUTIES else said
                    parts.append(_Part(label or role, "，".join(waiting)))
                    waiting = []
                    supporting = role is LEADS and chunk.find("会同") >= 0
    if waiting:
        parts.append(_Part(label or (SUPPORTS if supporting else None), "，".join(waiting)))
    parts[:] = [part for part in parts if part.words]


def _chunks(segment: str) -> list[str]:
    chunks: list[str] = []
    depth, last = 0, 0
    for index, char in enumerate(segment):
        if char in unit_names.OPENING:
            depth += 1
        elif char in unit_names.CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in "；;，,。":
            chunks.append(segment[last:index])
            last = index + 1
    chunks.append(segment[last:])
    return [chunk for chunk in chunks if chunk.strip()]


def _by_role(chunk: str) -> list[tuple[Field | None, str]]:
    """市教育局牵头、市财政局配合 → (lead, 市教育局), (support, 市财政局); not inside a name."""
    found: list[tuple[Field | None, str]] = []
    last = 0
    for match in ROLE.finditer(chunk):
        after = chunk[match.end() : match.end() + 1]
        joint = match.group() == "会同"
        if after and not joint and after not in "、和及与" and not unit_names.level_of(chunk[match.end() :]):
            continue
        names = chunk[last : match.start()].strip("、和及与由请")
        found.append((ROLE_WORDS[match.group()], names.removeprefix("由")))
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


def read_cell(text: str, role: Field, labels: Labels) -> list[tuple[Field, unit_names.UnitList]]:
    """Units in a table cell under a heading of ``role``; labels and role words in the cell go before it."""
    found = labels.pattern.search(text)
    joined = "".join(text.split())
    if found is None and not (role is DUTIES and ROLE.search(joined)):
        return [(role, unit_names.read_units(text))] if joined.strip("/-—无") else []
    parts, _, _ = _split_parts(joined, labels)
    return [(part.role or role, unit_names.read_units(part.words)) for part in parts]


# Deadlines


def is_deadline(chunk: str) -> bool:
    """Whether words of a clause say by when: 2025年底前完成, 持续推进."""
    if not chunk or len(chunk) > 60:
        return False
    return STARTS_TIME.match(chunk) is not None or ONGOING.match(chunk) is not None


def read_deadline(text: str, year: int | None) -> Deadline | None:
    """The deadline that words mean; ``year`` is the plan's, for a date without one. None for no words."""
    text = "".join(text.split()).strip("。；;，,、")
    if not text or text in {"/", "-", "—", "无"}:
        return None
    when = last_date(text, year)
    kind: DeadlineKind = "date"
    if ANNUAL.search(text):
        return Deadline(text, "annual")
    if ONGOING.search(text):
        kind = "date+ongoing" if when else "ongoing"
    return Deadline(text, kind, when)


def last_date(text: str, year: int | None) -> date | None:
    """The last day the words allow: 2025年6月底前 → 30 June, 6月前 → 31 May, 上半年 → 30 June."""
    latest: date | None = None
    known = year
    for match in MOMENT.finditer(text[:200]):
        if not any(match.group(name) for name in ("year", "month", "half", "quarter", "end")):
            continue
        known = int(match.group("year")) if match.group("year") else known
        day = _day(match, known)
        latest = max(latest, day) if latest and day else day or latest
    return latest


def _day(match: re.Match[str], year: int | None) -> date | None:
    if year is None:
        return None
    if match.group("month"):
        return _day_of_month(match, year, int(match.group("month")))
    if match.group("half"):
        return date(year, 6, 30) if match.group("half") == "上半年" else date(year, 12, 31)
    if match.group("quarter"):
        return _month_end(year, 3 * ("一二三四1234".index(match.group("quarter")) % 4 + 1))
    late = match.group("end") or match.group("bare") or match.group("late")
    if match.group("before") and not late:
        return date(year - 1, 12, 31)
    return date(year, 12, 31)


def _day_of_month(match: re.Match[str], year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    end = _month_end(year, month)
    if match.group("day"):
        return date(year, month, min(max(1, int(match.group("day"))), end.day))
    if match.group("late") in ("上旬", "中旬"):
        return date(year, month, 10 if match.group("late") == "上旬" else 20)
    if match.group("before") and not match.group("late"):
        return _month_end(year, month - 1) if month > 1 else date(year - 1, 12, 31)
    return end


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


# Targets


MEASURES = (
    "平方公里|平方米|立方米|公里|千米|公顷|千瓦时|千瓦|兆瓦|个百分点|百分点|人次|场次|美元|元|亩|吨|户|人|名|家|个|件"
    "|项|所|场|次|期|篇|座|条|处|台|套|部|支|对|辆|册|只|批|例|株|张|间|栋|盏|部|架|艘|枚|门|%|％|‰|倍"
)
AMOUNT = re.compile(
    rf"(?P<value>\d{{1,9}}(?:\.\d{{1,4}})?) ?(?P<unit>[万亿]?(?:{MEASURES}))(?P<more>以上|以下|以内|左右)?"
)
"""A number with its measure: 13万件以上, 98%, 3 亿元."""

AT_LEAST = (
    "不少于",
    "不低于",
    "不小于",
    "至少",
    "达到",
    "到达",
    "增至",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "达",
)
MORE = ("超过", "突破", "高于", "大于", "多于")
AT_MOST = (
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "控制在",
    "压减至",
    "压缩至",
    "降至",
    "降低到",
    "下降到",
    "低于",
)
GROWTH = ("增长", "提高", "提升", "增加", "递增", "增长率为", "增幅")
EXACT = (
    *("确定", "认定", "扶持", "推进", "选择", "培育", "建设", "建成", "新建", "打造", "完成", "实施", "新增"),
    *("引进", "举办", "开展", "组织", "创建", "申报", "发展", "占", "为", "实现", "力争", "争取", "和", "、"),
    *("有", "推动"),
)
"""Words before a number that make it something to be reached, by what they mean for the comparison."""

DEEDS = re.compile(
    r"新建|扩建|改建|改造|整治|更新|新增|建设|建成|打造|培训|培育|配备|新开|开通|恢复|完成|扶持|举办|引进|创建|发展|植树|种植"
    r"|修复|治理|购置|建立|安装|选派|帮扶|资助|招引|认定|组织|实施|开展|制定|修订|评选|发放|力争|争取|累计|整合"
)
"""Verbs that make a number at the end of their phrase a goal: 新建幼儿园5所."""

BOUND = re.compile(r"[，,。；;：！？\n]")


def read_targets(content: str, task: str, place: Place) -> tuple[Target, ...]:
    """Quantified targets in a task's words: numbers with a measure and a word that makes them a goal."""
    targets: list[Target] = []
    start = 0
    for match in BOUND.finditer(content + "。"):
        phrase = content[start : match.start()]
        if len(phrase) < 400:
            targets.extend(_phrase_targets(phrase, task, place, len(targets)))
        start = match.end()
    return tuple(targets)


def _phrase_targets(phrase: str, task: str, place: Place, before: int) -> list[Target]:
    amounts = [match for match in AMOUNT.finditer(phrase) if _is_goal(phrase, match)]
    if not amounts:
        return []
    names = _names_of(phrase, amounts)
    op_of_first = _compare(phrase, amounts[0])
    found: list[tuple[str, Comparator, re.Match[str]]] = []
    if len(amounts) == 1 and len(names) > 1:
        found = [(name, op_of_first, amounts[0]) for name in names]
    else:
        ops = [_compare(phrase, match) for match in amounts]
        if "分别" in phrase[: amounts[0].start()]:
            ops = [op_of_first] * len(amounts)
        found = list(zip(names, ops, amounts, strict=False))
    return [
        Target(
            number=f"{task}-{before + order}",
            task=task,
            name=name,
            op=op,
            value=float(match.group("value")),
            unit=match.group("unit"),
            words=match.group(),
            place=place,
        )
        for order, (name, op, match) in enumerate(found, 1)
    ]


def _lead_in(phrase: str, match: re.Match[str]) -> str:
    return phrase[max(0, match.start() - 12) : match.start()].rstrip(" ")


def _is_goal(phrase: str, match: re.Match[str]) -> bool:
    before = _lead_in(phrase, match)
    if before.endswith(("第", "“", "《", "〔", "[", "-", "—", "~", ".", "每")):
        return False
    if match.group("more") in ("以上", "以内", "以下"):
        return True
    words = (*AT_MOST, *AT_LEAST, *MORE, *GROWTH)
    closes = not phrase[match.end() :].strip("左右)） ") and DEEDS.search(phrase[: match.start()]) is not None
    if closes:
        return True
    return before.endswith((*words, *EXACT)) or (before.endswith("的") and "占" in phrase)


def _compare(phrase: str, match: re.Match[str]) -> Comparator:
    before = _lead_in(phrase, match)
    if any(before.endswith(word) for word in GROWTH) or "增长率" in phrase[: match.start()]:
        return "growth>="
    if before.endswith(AT_MOST) or match.group("more") in ("以下", "以内"):
        return "<="
    if before.endswith(MORE):
        return ">"
    if before.endswith(AT_LEAST) or "至少" in before or "不少于" in before or match.group("more") == "以上":
        return ">="
    return "="


_EDGE = (
    r"(?:力争|争取|确保|实现|使|到?20\d\d年底?|今年|累计|分别|均|达到|以上|每年|预期|年均|其中|[，、和, ])"
)
NAME_EDGES = re.compile(rf"^{_EDGE}{{1,9}}|{_EDGE}{{1,9}}$")
"""What stands around the name of a target: 「力争到2028年」城市书房「达到」."""


TOGETHER = re.compile(r"(?<!平)[均都](?=达|到|为|超|不|突|实现|控制)")
"""One number for several names: 结案率、办结率「均」达到98%; not 平均办理时限."""


def _names_of(phrase: str, amounts: Sequence[re.Match[str]]) -> list[str]:
    """What each number counts: the words before it, or (5件以上「商标」) those after it."""
    head = phrase[: amounts[0].start()]
    together = TOGETHER.search(head)
    if ("分别" in head and len(amounts) > 1) or (together and len(amounts) == 1):
        named = head.partition("分别")[0] if together is None else head[: together.start()]
        names = [_clean_name(part) for part in named.split("、")]
        if len(amounts) == 1 or len(names) == len(amounts):
            return names
    found: list[str] = []
    last = 0
    for index, match in enumerate(amounts):
        following = amounts[index + 1].start() if index + 1 < len(amounts) else len(phrase)
        before = _clean_name(phrase[last : match.start()])
        after = _clean_name(phrase[match.end() : following])
        found.append(before if len(before) >= 4 and not before.endswith(EXACT) else (after or before))
        last = match.end()
    return found


def _clean_name(words: str) -> str:
    tails = (*AT_MOST, *AT_LEAST, *MORE, *GROWTH, "增长率为", "为", "的", "占", "率为")
    words = NAME_EDGES.sub("", words[-60:]) if len(words) < 200 else words[-30:]
    tail = next((tail for tail in sorted(tails, key=len, reverse=True) if words.endswith(tail)), "")
    return words.removesuffix(tail).removesuffix("的").strip("。，,；;：: ")
