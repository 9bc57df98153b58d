"""What a quantified target is about: the words before its number, or (50条「背街小巷」) those after it."""

import re
from collections.abc import Sequence

from reporting.plan.reading.amounts import AT_LEAST, COMPARING, DEED_WORDS, EXACT, FALL, GROWTH

_EDGE = (
    r"(?:将|年底前|力争|争取|确保|实现|使|到?20\d\d年底?前?|今年|累计|分别|均|达到|以上|每年|预期|年均|其中"
    r"|[一二三四五六七八九十\d]{1,2}年内|[，、和, ])"
)
NAME_EDGES = re.compile(rf"^{_EDGE}{{1,9}}|{_EDGE}{{1,9}}$")
"""What stands around the name of a target: 「力争到2028年」城市书房「达到」."""


TOGETHER = re.compile(r"(?<!平)[均都](?=达|到|为|超|不|突|实现|控制)")
"""One number for several names: 结案率、办结率「均」达到98%; not 平均办理时限."""


def names_of(phrase: str, amounts: Sequence[re.Match[str]]) -> list[str]:
    """What each number counts: the words before it, or (5件以上「商标」) those after it."""
    head = phrase[: amounts[0].start()]
    together = TOGETHER.search(head)
    if ("分别" in head and len(amounts) > 1) or (together and len(amounts) == 1):
        named = head.partition("分别")[0] if together is None else head[: together.start()]
        named = BASE.sub("", named)
        names = [clean_name(part) for part in named.split("、")]
        if len(amounts) > 1 and len(names) != len(amounts):
            names = [clean_name(part) for part in re.split(r"[、和及与]", named)]
        falls = next((word for word in FALL if head.endswith(word)), "")
        names = [name + falls for name in names]
        groups = _groups_of(phrase, amounts) if together is None else []
        if any(groups):
            return [f"{clean_name(named)}（{group}）" if group else clean_name(named) for group in groups]
        if len(amounts) == 1 or len(names) == len(amounts):
            return names
        return [clean_name(named) + falls] * len(amounts)
    found: list[str] = []
    last = 0
    for index, match in enumerate(amounts):
        final = index + 1 == len(amounts)
        between = phrase[match.end() : None if final else amounts[index + 1].start()]
        cut = len(between) if final else max(between.rfind("、"), 0) or len(between)
        lead_in = phrase[last : match.start()].rstrip(" ")
        number_first = not lead_in or lead_in.endswith((*DEED_WORDS, *AT_LEAST, *GROWTH, "有", "再"))
        before = clean_name(lead_in)
        after = clean_name(between[:cut]) if between[:1] not in PARTS else ""
        if number_first or len(before) < 4 or before.endswith(EXACT):
            found.append(after or before)
        else:
            found.append(before)
        last = match.end() + (cut if after else 0)
    return found


def _groups_of(phrase: str, amounts: Sequence[re.Match[str]]) -> list[str]:
    """What each of the figures shared out is for: 达标率分别达到「三级医院」100%、「二级医院」80%."""
    starts = [phrase.find("分别") + 2, *(match.end() for match in amounts)]
    groups: list[str] = []
    for start, match in zip(starts, amounts, strict=False):
        words = phrase[start : match.start()].strip("、和及与, ")
        said = next((word for word in (*COMPARING, *FALL, "为", "到") if words.startswith(word)), "")
        groups.append(clean_name(words.removeprefix(said)))
    return groups


PARTS = frozenset(("", "、", "，", "和", "及", "与", " ", ",", "）", ")"))
"""What parts a figure from the words of the next."""

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


def clean_name(words: str) -> str:
    """The words of a name without what stands around it."""
    tails = (*COMPARING, *KEEPS, "为", "至", "到", "的", "占")
    words = POINT.sub("", START.sub("", PER.sub("", words)))
    words = NAME_EDGES.sub("", words[-60:]) if len(words) < 200 else words[-30:]
    words = words.removesuffix("为") if words.endswith("率为") else words
    tail = next((tail for tail in sorted(tails, key=len, reverse=True) if words.endswith(tail)), "")
    return words.removesuffix(tail).removesuffix("的").removeprefix("的").strip("。，,；;：: ")
