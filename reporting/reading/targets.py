"""Quantified targets: numbers in a task's words that say what is to be reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reporting.model import Comparator, Place, Target
from reporting.reading.amounts import (
    AMOUNT,
    AT_LEAST,
    AT_MOST,
    DEED_WORDS,
    EXACT,
    FALL,
    GRANT,
    GROWTH,
    MORE,
    PAST,
    PERIODS,
    REWARD,
    SHARES,
    STARTS,
)

BOUND = re.compile(r"[，。；;：！？\n]|(?<!\d),|,(?!\d{3}(?!\d))")
"""Where a phrase ends; the comma of 2,900 ends none."""


def read_targets(content: str, task: str, place: Place) -> tuple[Target, ...]:
    """Quantified targets in a task's words: numbers with a measure and a word that makes them a goal."""
    targets: list[Target] = []
    start = 0
    goes_on = False
    for match in BOUND.finditer(content + "。"):
        phrase = content[start : match.start()]
        if len(phrase) < 400:
            listed = goes_on
            found = _phrase_targets(phrase, task, place, len(targets), goes_on=goes_on)
            goes_on = (bool(found) or goes_on) and match.group() in "，,；;"
            last = targets[-1] if targets and listed else None
            targets.extend(_with_name(target, last) for target in found)
        start = match.end()
    return tuple(targets)


def _with_name(target: Target, last: Target | None) -> Target:
    """地区生产总值增长6%，「力争6.5%」: a figure without a name of its own is about what stands before."""
    if target.name or last is None:
        return target
    grows = last.op == "growth>=" and target.op == "=" and target.unit == last.unit
    return replace(target, name=last.name, op=last.op if grows else target.op)


def _phrase_targets(phrase: str, task: str, place: Place, before: int, *, goes_on: bool) -> list[Target]:
    amounts: list[re.Match[str]] = []
    for match in AMOUNT.finditer(phrase):
        listed = bool(amounts) or goes_on
        if _is_goal(phrase, match, listed=listed):
            amounts.append(match)
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
    compared = before.endswith((*AT_MOST, *AT_LEAST, *MORE, *GROWTH)) or _falls_to(phrase, match)
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
    return named and not before.endswith((*EXACT, *AT_LEAST, *AT_MOST, *MORE, *GROWTH))


def is_damaged(match: re.Match[str]) -> bool:
    """A percentage no plan means: 20230%, where a year was written over the number."""
    value = float(match.group("value").replace(",", ""))
    return match.group("unit") in ("%", "％") and value >= 1900 and value != 10_000


def damaged_figures(content: str) -> tuple[str, ...]:
    """The figures of a task that cannot be meant."""
    return tuple(match.group() for match in AMOUNT.finditer(content) if is_damaged(match))


COMPARATORS: tuple[tuple[str, Comparator], ...] = tuple(
    sorted(
        [
            *((word, ">=") for word in AT_LEAST),
            *((word, ">") for word in MORE),
            *((word, "<=") for word in AT_MOST),
            *((word, "growth>=") for word in GROWTH),
        ],
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
)
"""Words of comparison, longer ones first: 不低于 is no 低于."""


def _compare(phrase: str, match: re.Match[str]) -> Comparator:
    before = _lead_in(phrase, match)
    said = next((comparator for word, comparator in COMPARATORS if before.endswith(word)), None)
    if said == "growth>=" or "增长率" in phrase[: match.start()]:
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


def _falls_to(phrase: str, match: re.Match[str]) -> bool:
    """压减审批时限「至」5个工作日."""
    before = phrase[: match.start()]
    return before.endswith(("至", "到")) and any(word in before for word in FALL)


_EDGE = (
    r"(?:将|年底前|力争|争取|确保|实现|使|到?20\d\d年底?前?|今年|累计|分别|均|达到|以上|每年|预期|年均|其中"
    r"|[一二三四五六七八九十\d]{1,2}年内|[，、和, ])"
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
        named = BASE.sub("", named)
        names = [_clean_name(part) for part in named.split("、")]
        if len(amounts) > 1 and len(names) != len(amounts):
            names = [_clean_name(part) for part in re.split(r"[、和及与]", named)]
        falls = next((word for word in FALL if head.endswith(word)), "")
        names = [name + falls for name in names]
        if len(amounts) == 1 or len(names) == len(amounts):
            return names
    found: list[str] = []
    last = 0
    lead_in = head.rstrip(" ")
    number_first = not lead_in or lead_in.endswith((*DEED_WORDS, *AT_LEAST, "有", "再"))
    number_first = number_first and bool(_clean_name(phrase[amounts[-1].end() :]))
    for index, match in enumerate(amounts):
        following = amounts[index + 1].start() if index + 1 < len(amounts) else len(phrase)
        if number_first:
            found.append(_clean_name(phrase[match.end() : following]) or _clean_name(head))
            continue
        before = _clean_name(phrase[last : match.start()])
        after = _clean_name(phrase[match.end() : following])
        found.append(before if len(before) >= 4 and not before.endswith(EXACT) else (after or before))
        last = match.end()
    return found


KEEPS = ("稳定在", "保持在", "维持在")

BASE = re.compile(r"[比较](?:20\d\d年|上年|去年)[末底]?(?:同期)?$")
"""What a change is measured from: 排放量「比2025年」分别下降10%、5%."""

PER = re.compile(r"^/[人年月户家万]{1,2}")
"""What is left of a measure per head: 60学时「/人」."""

POINT = re.compile(
    r"^(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|[一二三四五六七八九十]是|\d{1,2}[.．、]|[①-⑳]|—{1,2})"
)
"""How a point of a list begins: 「一是」改造管网."""

START = re.compile(r"[从由自](?:\d[\d.,]{0,12}[^\d，、]{0,4})?(?:提[升高]|增加|下降|降低)?$")
"""What something starts from, at the end of a name: 覆盖率「由80%」."""


def _clean_name(words: str) -> str:
    tails = (*AT_MOST, *AT_LEAST, *MORE, *GROWTH, *KEEPS, "增长率为", "为", "至", "到", "的", "占", "率为")
    words = POINT.sub("", START.sub("", PER.sub("", words)))
    words = NAME_EDGES.sub("", words[-60:]) if len(words) < 200 else words[-30:]
    tail = next((tail for tail in sorted(tails, key=len, reverse=True) if words.endswith(tail)), "")
    return words.removesuffix(tail).removesuffix("的").removeprefix("的").strip("。，,；;：: ")
