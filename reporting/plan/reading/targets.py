"""Quantified targets: numbers in a task's words that say what is to be reached."""

import re
from dataclasses import replace

from reporting.model import Comparator, Place, Target
from reporting.plan.notations import Field
from reporting.plan.notations.headings import read_heading
from reporting.plan.reading.amounts import (
    AMOUNT,
    COMPARATORS,
    COMPARING,
    DEED_WORDS,
    EXACT,
    FALL,
    GRANT,
    PAST,
    PERIODS,
    REWARD,
    SHARES,
    STARTS,
)
from reporting.plan.reading.target_names import clean_name, names_of

BOUND = re.compile(r"[，。；;：！？\n]|(?<!\d),|,(?!\d{3}(?!\d))")
"""Where a phrase ends; the comma of 2,900 ends none."""


def read_targets(content: str, task: str, place: Place) -> tuple[Target, ...]:
    """Quantified targets in a task's words: numbers with a measure and a word that makes them a goal."""
    targets: list[Target] = []
    start = 0
    goes_on = labelled = False
    above = content
    for match in BOUND.finditer(content + "。"):
        phrase = content[start : match.start()]
        if len(phrase) < 400:
            if match.group() in ":：" and read_heading(phrase).field is Field.TARGET:
                labelled, above = True, BOUND.split(content, maxsplit=1)[0]
            found: list[Target] = []
            for part in _shared_out(phrase):
                found += _phrase_targets(part, task, place, len(targets) + len(found), goes_on=goes_on)
            last = targets[-1] if targets and goes_on and not labelled else None
            for target in found:
                last = _with_name(target, last, above, labelled=labelled)
                targets.append(last)
            goes_on = (bool(found) or goes_on) and match.group() in "，,；;"
            above = above if labelled or found or not clean_name(phrase) else phrase
        start = match.end()
    return tuple(targets)


def _with_name(target: Target, last: Target | None, above: str, *, labelled: bool) -> Target:
    """A figure without a name of its own is about what stands before: 地区生产总值增长6%，「力争6.5%」.

    In a column of targets (``labelled``) it is about the task: 高标准农田；目标值：「新建」5万亩.
    """
    bare = target.name in FALL or (labelled and target.name in (*DEED_WORDS, "净增"))
    if target.name and not bare:
        return target
    if last is None or labelled:
        return replace(target, name=clean_name(above) + target.name or above[:30])
    grows = last.op == "growth>=" and target.op == "=" and target.unit == last.unit
    return replace(target, name=last.name + target.name, op=last.op if grows else target.op)


def _shared_out(phrase: str) -> list[str]:
    """A phrase cut where figures that are shared out follow others: 覆盖率达到98%、办理率分别达到95%和90%."""
    where = phrase.find("分别")
    ends = [match.end() for match in AMOUNT.finditer(phrase[: max(where, 0)])]
    return [phrase[: ends[-1]], phrase[ends[-1] :].lstrip("、和及")] if ends else [phrase]


def _phrase_targets(phrase: str, task: str, place: Place, before: int, *, goes_on: bool) -> list[Target]:
    amounts: list[re.Match[str]] = []
    for match in AMOUNT.finditer(phrase):
        listed = bool(amounts) or goes_on
        if _is_goal(phrase, match, listed=listed):
            amounts.append(match)
    if not amounts:
        return []
    names = names_of(phrase, amounts)
    op_of_first = _compare(phrase, amounts[0])
    found: list[tuple[str, Comparator, re.Match[str]]] = []
    if len(amounts) == 1 and len(names) > 1:
        found = [(name, op_of_first, amounts[0]) for name in names]
    else:
        ops = [_compare(phrase, match) for match in amounts]
        _, shared, said = phrase[: amounts[0].start()].partition("分别")
        if shared:
            begun = next((op for word, op in COMPARATORS if said.startswith(word)), None)
            ops = [begun or op_of_first] * len(amounts)
        found = list(zip(names, ops, amounts, strict=False))
    return [
        Target(
            number=f"{task}-{before + order}",
            task=task,
            name=name,
            op=op,
            value=_value(match, op),
            unit=match.group("unit"),
            words=_words(phrase, match),
            place=place,
        )
        for order, (name, op, match) in enumerate(found, 1)
    ]


def _value(match: re.Match[str], op: Comparator) -> float:
    """The number; of a range (3至5家) what is at least to be reached, or the most that is allowed."""
    before = match.string[: match.start()]
    low = match.group("from") if op != "<=" and not before.endswith(STARTS) else None
    return float((low or match.group("value")).replace(",", ""))


def _words(phrase: str, match: re.Match[str]) -> str:
    """The figure as printed, with the word of comparison before it: 不少于10名."""
    before = _lead_in(phrase, match)
    said = next((word for word, _ in COMPARATORS if before.endswith(word)), "")
    said = said or next((word for word in FALL if before.endswith(word)), "")
    return said + match.group()


def _lead_in(phrase: str, match: re.Match[str]) -> str:
    return phrase[max(0, match.start() - 12) : match.start()].rstrip(" ")


def _is_goal(phrase: str, match: re.Match[str], *, listed: bool) -> bool:
    """``listed``: a goal stands before it in the sentence, so a bare 「60名」青年人才 goes on the list."""
    before = _lead_in(phrase, match)
    after = phrase[match.end() :]
    unit = match.group("unit")
    compared = before.endswith(COMPARING) or _falls_to(phrase, match)
    if before.endswith(("第", "“", "《", "〔", "[", "-", "—", "~", ".", "每", "前")) or is_damaged(match):
        return False
    heads = listed and not before and after[:1] != "的"
    if unit[-1] not in "%％" and not heads and _qualifies(before, after, match):
        return False
    if unit in PERIODS:
        return compared
    grant = GRANT if unit.endswith("元") else REWARD
    if grant.search(phrase[: match.start()]):
        return False
    if PAST.search(phrase[: match.start()]) and not compared:
        return False
    if match.group("more") in ("以上", "以内", "以下"):
        return True
    if heads:
        return True
    closes = after.strip("左右)） ")[:1] in ("", "、", "和", "及")
    if closes:
        return True
    return compared or before.endswith(EXACT) or (before.endswith("的") and "占" in phrase)


def _qualifies(before: str, after: str, match: re.Match[str]) -> bool:
    """Whether the number only says which ones are meant: 「5000万元以上的」项目, 「100人以上」企业20家."""
    if after.startswith("的"):
        return match.group("more") is not None or not before.endswith(DEED_WORDS)
    named = match.group("more") in ("以上", "以下", "以内") and "\u4e00" <= after[:1] <= "\u9fff"
    return named and not before.endswith((*EXACT, *COMPARING))


def is_damaged(match: re.Match[str]) -> bool:
    """A percentage no plan means: 20230%, where a year was written over the number."""
    value = float(match.group("value").replace(",", ""))
    return match.group("unit") in ("%", "％") and value >= 1900 and value != 10_000


def damaged_figures(content: str) -> tuple[str, ...]:
    """The figures of a task that cannot be meant."""
    return tuple(match.group() for match in AMOUNT.finditer(content) if is_damaged(match))


def _compare(phrase: str, match: re.Match[str]) -> Comparator:
    before = _lead_in(phrase, match)
    said = next((comparator for word, comparator in COMPARATORS if before.endswith(word)), None)
    if said == "growth>=" and _is_deed(phrase, match):
        said = None
    elif said == "growth>=" or "增长率" in phrase[: match.start()]:
        return "growth>="
    if match.group("more") in ("以下", "以内"):
        return "<="
    if said:
        return said
    if _falls_to(phrase, match):
        return "<="
    if match.group("from") or (match.group("unit") in SHARES and before.endswith(FALL)):
        return ">="
    return ">=" if "至少" in before or "不少于" in before or match.group("more") == "以上" else "="


def _is_deed(phrase: str, match: re.Match[str]) -> bool:
    """优化提升50条「背街小巷」, no growth: things are counted, and named after their number."""
    after = phrase[match.end() : match.end() + 1]
    return match.group("unit") not in SHARES and "\u4e00" <= after <= "\u9fff" and after not in "和及的与"


def _falls_to(phrase: str, match: re.Match[str]) -> bool:
    """压减审批时限「至」5个工作日."""
    before = phrase[: match.start()]
    return before.endswith(("至", "到")) and any(word in before for word in FALL)
