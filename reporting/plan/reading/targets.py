"""Quantified targets: numbers in a task's words that say what is to be reached."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.language.measures import part_measure
from reporting.model import Comparator, Place, Target
from reporting.plan.notations import Field
from reporting.plan.notations.headings import read_heading
from reporting.plan.reading.amounts import Amount, amounts_in
from reporting.plan.reading.area_targets import Told, is_shared_among_areas, shared_among_areas
from reporting.plan.reading.target_names import clean_name, names_of
from reporting.plan.reading.target_rules import Said, falls_to, is_target, lead_in
from reporting.plan.reading.target_words import COMPARATORS, DEED_WORDS, FALL, PRESENT, PROMISES, STARTS

BOUND = re.compile(r"[，。；;：！？\n\v]|(?<!\d),|,(?!\d{3}(?!\d))")
"""Where a phrase ends; the comma of 2,900 ends none."""

LONGEST = 400
"""No phrase has more characters."""

QUOTED = re.compile(r"“[^“”]{1,24}”|《[^《》]{1,60}》|「[^「」]{1,24}」")
"""What is a name, with the numbers in it: “15分钟生活圈”."""

BRACKET = re.compile(r"[（(]([^（()）]{1,120})[)）]")
PICKED = re.compile(r"其中|含|包括")
"""What begins a bracket that tells more than its parts: 100公里（「其中」新建20公里）."""


YEAR = re.compile(r"20\d\d年(?:[上下]半年)?|[上下]半年|全年|第?[一二三四]季度")
"""For which time a target is meant, to tell two of one name apart."""

OVER_OTHERS = re.compile(r"高于[^，]{1,12}(?:平均|水平|增速)[^，]{0,4}$")
"""增速「高于全省平均水平」1个百分点."""

OF_THE_YEAR = re.compile(r"(?:20\d\d年度?|年度|全年|[上下]半年|本年)?(?:计划|目标|任务)(?:任务|计划)?[数量]?")
"""The heading of a column of numbers that says nothing of what is counted: 年度任务."""

DEED_AND_MORE = re.compile(rf"(?:{'|'.join(DEED_WORDS)})提升$")
"""改造提升5万亩 is a deed, no growth."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase between two marks, with where it stands in the text."""

    text: str
    start: int
    mark: str


def read_targets(content: str, task: str, place: Place) -> tuple[Target, ...]:
    """Quantified targets in a task's words: numbers with a measure and a word that makes them a goal."""
    told: list[Told] = []
    goes_on = labelled = False
    year, sentence = "", 0
    said, above = Said(), content
    names, parts = _spans_of_names(content), _parts_in_brackets(content)
    for phrase in _phrases(content):
        if phrase.mark in ":：":
            labelled = is_label(phrase.text)
            above = BOUND.split(content, maxsplit=1)[0] if labelled else above
        promised = said.promised or PROMISES.search(phrase.text) is not None
        found: list[Target] = []
        for part in _shared_out(phrase):
            standing = replace(said, promised=promised)
            chosen = _chosen(part, standing, names, parts)
            found += _made(part.text, chosen, task, place, len(told) + len(found))
        year = next(iter(YEAR.findall(phrase.text)[::-1]), year)
        last = told[-1].target if told and goes_on and not labelled else None
        for target in found:
            last = _with_name(target, last, above, labelled=labelled)
            told.append(Told(last, year, sentence, clean_name(above) if above != content else ""))
        goes_on = (bool(found) or goes_on) and phrase.mark in "，,；;"
        present = (said.present or PRESENT.search(phrase.text) is not None) and phrase.mark in "，,"
        said = Said(listed=goes_on, present=present and not found, promised=promised and phrase.mark in "，,")
        year = year if phrase.mark in "，,；;：:" else ""
        sentence += phrase.mark in "。！？\n\v"
        above = above if labelled or found or not clean_name(phrase.text) else phrase.text
    return tuple(_told_apart(shared_among_areas(told)))


def is_label(words: str) -> bool:
    """Whether the words are the heading of a column of targets alone, 目标值; 新增床位（张） says what is counted."""
    target = read_heading(words).field is Field.TARGET or OF_THE_YEAR.fullmatch(words) is not None
    return target and not part_measure(words)[1]


def _told_apart(told: Sequence[Told]) -> Iterator[Target]:
    """Targets of one name for several years, with their year: 2027年覆盖率, 2030年覆盖率."""
    years: dict[str, set[str]] = defaultdict(set)
    for each in told:
        years[each.target.name].add(each.year)
    for each in told:
        name = each.target.name
        yield replace(each.target, name=each.year + name) if each.year and len(years[name]) > 1 else each.target


def _phrases(content: str) -> Iterator[_Phrase]:
    start = 0
    for match in BOUND.finditer(content + "。"):
        if match.start() - start < LONGEST:
            yield _Phrase(content[start : match.start()], start, match.group())
        start = match.end()


def _spans_of_names(content: str) -> list[tuple[int, int]]:
    return [match.span() for match in QUOTED.finditer(content)]


def _parts_in_brackets(content: str) -> list[tuple[int, int, str]]:
    """The brackets that only take apart the number before them, with its measure: 9个（城区5个、镇区4个）."""
    found = []
    for match in BRACKET.finditer(content):
        before = content[max(0, match.start() - 24) : match.start()]
        whole = next((each for each in amounts_in(before) if each.end == len(before)), None)
        if whole and not PICKED.match(match[1]) and not is_shared_among_areas(match[1]):
            found.append((match.start(), match.end(), whole.unit))
    return found


def _shared_out(phrase: _Phrase) -> list[_Phrase]:
    """A phrase cut where amounts that are shared out follow others: 覆盖率达到98%、办理率分别达到95%和90%."""
    where = phrase.text.find("分别")
    ends = [amount.end for amount in amounts_in(phrase.text[: max(where, 0)])]
    if not ends:
        return [phrase]
    rest = phrase.text[ends[-1] :].lstrip("、和及")
    first = _Phrase(phrase.text[: ends[-1]], phrase.start, phrase.mark)
    return [first, _Phrase(rest, phrase.start + len(phrase.text) - len(rest), phrase.mark)]


def _chosen(
    phrase: _Phrase, said: Said, names: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int, str]]
) -> list[Amount]:
    """The numbers of a phrase that are targets."""
    chosen: list[Amount] = []
    for amount in amounts_in(phrase.text):
        at = phrase.start + amount.start
        in_name = any(start < at < end for start, end in names)
        part_of = next((unit for start, end, unit in parts if start < at < end), "")
        listed = said.listed or bool(chosen)
        if is_target(amount, replace(said, listed=listed, in_name=in_name, part_of=part_of)):
            chosen.append(amount)
    return chosen


def _made(phrase: str, amounts: Sequence[Amount], task: str, place: Place, before: int) -> list[Target]:
    """The targets of a phrase: one for each number, or for each name where one number is for several."""
    if not amounts:
        return []
    ops = [_compare(amount) for amount in amounts]
    _, shared, told = amounts[0].head.partition("分别")
    if shared:
        begun = next((op for word, op in COMPARATORS if told.startswith(word)), None)
        ops = [begun or ops[0]] * len(amounts)
    named = zip(names_of(phrase, amounts), ops, amounts, strict=True)
    found = [(name, op, amount) for names, op, amount in named for name in names]
    return [
        Target(
            number=f"{task}-{before + order}",
            task=task,
            name=name,
            op=op,
            value=_value(amount, op),
            unit=amount.unit,
            words=_words(amount),
            place=place,
        )
        for order, (name, op, amount) in enumerate(found, 1)
    ]


def _with_name(target: Target, last: Target | None, above: str, *, labelled: bool) -> Target:
    """A number without a name of its own is about what stands before: 地区生产总值增长6%，「力争6.5%」.

    In a column of targets (``labelled``) it is about the task: 高标准农田；目标值：「新建」5万亩.
    """
    bare = target.name in FALL or (labelled and target.name in (*DEED_WORDS, "净增"))
    if target.name and not bare:
        return target
    if last is None or labelled:
        return replace(target, name=clean_name(above) + target.name or above[:30])
    grows = last.op == "growth>=" and target.op == "=" and target.unit == last.unit
    return replace(target, name=last.name + target.name, op=last.op if grows else target.op)


def _value(amount: Amount, op: Comparator) -> float:
    """The number; of a range (3至5家) what is at least to be reached, or the most that is allowed."""
    if amount.low is None or op == "<=" or STARTS.search(amount.before):
        return amount.value
    return amount.low


def _words(amount: Amount) -> str:
    """The amount as printed, with the word of comparison before it: 不少于10名."""
    said = next((word for word, _ in COMPARATORS if amount.before.endswith(word)), "")
    said = said or next((word for word in FALL if amount.before.endswith(word)), "")
    return said + amount.printed


def _compare(amount: Amount) -> Comparator:
    before = lead_in(amount)
    said = next((comparator for word, comparator in COMPARATORS if before.endswith(word)), None)
    if said == "growth>=" and (_is_deed(amount) or (not amount.is_share and DEED_AND_MORE.search(before))):
        said = None
    elif said == "growth>=" or "增长率" in amount.head:
        return "growth>="
    if amount.more in ("以下", "以内"):
        return "<="
    if OVER_OTHERS.search(amount.head):
        return ">"
    if said:
        return said
    if falls_to(amount):
        return "<="
    if amount.is_period and amount.after and not before.endswith(FALL):
        return "<="  # 1分钟响应: promised in time
    if amount.low is not None or before.endswith(FALL):
        return ">="
    return ">=" if "至少" in before or "不少于" in before or amount.more == "以上" else "="


def _is_deed(amount: Amount) -> bool:
    """优化提升50条「背街小巷」, no growth: things are counted, and named after their number."""
    after = amount.after[:1]
    return not amount.is_share and "\u4e00" <= after <= "\u9fff" and after not in "和及的与"
