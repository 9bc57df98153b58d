"""What a quantified target is about: the words before its number, or (50条「背街小巷」) those after it."""

import re
from collections.abc import Sequence

from reporting.language.measures import part_measure
from reporting.plan.reading.amounts import Amount
from reporting.plan.reading.area_targets import names_area
from reporting.plan.reading.target_words import (
    AT_LEAST,
    BETWEEN,
    COMPARING,
    DEED_WORDS,
    EXACT,
    FALL,
    GROWTH,
    IN_TIME,
    KEEPS,
    STARTED,
)

_EDGE = (
    r"(?:将|年底前|力争|争取|确保|实现|使|到?20\d\d ?年底?前?|今年|年内|月均|累计|分别|均|达到|以上|每年|预期|年均"
    r"|[（(]?其中|[一二三四五六七八九十\d]{1,2}年内|[，、和, ])"
)
NAME_EDGES = re.compile(rf"^{_EDGE}{{1,9}}|{_EDGE}{{1,9}}$")
"""What stands around the name of a target: 「力争到2028年」城市书房「达到」."""

TOGETHER = re.compile(r"(?<!平)[均都](?=达|到|为|超|不|突|实现|控制|保持|稳定|下降|降|减少|压|增长|提)")
"""One number for several names: 结案率、办结率「均」达到98%; not 平均办理时限."""

KINDS_OF_NUMBER = re.compile(r"(?:率|比例|占比|满意度|人数|起数|数量|总量|总额|收入|面积|时限|时间)$")
"""How the name of a number ends, by which two of them are told apart: 「起数」和「死亡人数」."""


def names_of(phrase: str, amounts: Sequence[Amount]) -> list[tuple[str, ...]]:
    """What each number counts: the words before it, or (5件以上「商标」) those after it.

    One number has several names where it is said of each: 结案率、办结率均达到98%.
    """
    head = amounts[0].head
    together = TOGETHER.search(head)
    if together and len(amounts) == 1:
        falls = next((word for word in FALL if head.endswith(word)), "")
        return [tuple(name + falls for name in _each_name(head[: together.start()]))]
    if "分别" in head and len(amounts) > 1:
        return [(name,) for name in _names_shared_out(phrase, amounts)]
    return _names_beside(phrase, amounts)


def _names_shared_out(phrase: str, amounts: Sequence[Amount]) -> list[str]:
    """城市书房、图书馆分别达到120个、20个: as many names as numbers, or one name for all."""
    head = amounts[0].head
    named = BASE.sub("", head.partition("分别")[0])
    names = [clean_name(part) for part in named.split("、")]
    if len(names) != len(amounts):
        names = [clean_name(part) for part in re.split(r"[、和及与]", named)]
    falls = next((word for word in FALL if head.endswith(word)), "")
    groups = _groups_of(phrase, amounts)
    if len(names) == len(amounts) and groups[0] and all(map(names_area, names)):
        return [f"{groups[0]}（{name}）" for name in names]
    if any(groups):
        return [f"{clean_name(named)}（{group}）" if group else clean_name(named) for group in groups]
    return [name + falls for name in (names if len(names) == len(amounts) else [clean_name(named)] * len(amounts))]


def _groups_of(phrase: str, amounts: Sequence[Amount]) -> list[str]:
    """What each of the amounts shared out is for: 达标率分别达到「三级医院」100%、「二级医院」80%."""
    starts = [phrase.find("分别") + 2, *(amount.end for amount in amounts)]
    groups: list[str] = []
    for start, amount in zip(starts, amounts, strict=False):
        words = phrase[start : amount.start].strip("、和及与, ")
        said = next((word for word in (*COMPARING, *FALL, "为", "到") if words.startswith(word)), "")
        groups.append(clean_name(BETWEEN.sub("", words.removeprefix(said))))
    return groups


def _names_beside(phrase: str, amounts: Sequence[Amount]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    last = 0
    for index, amount in enumerate(amounts):
        final = index + 1 == len(amounts)
        between = phrase[amount.end : None if final else amounts[index + 1].start]
        cut = len(between) if final else max(between.rfind("、"), 0) or len(between)
        lead_in = phrase[last : amount.start].rstrip(" ")
        number_first = not lead_in or lead_in.endswith((*DEED_WORDS, *AT_LEAST, *GROWTH, "有", "再", "等", "以下"))
        before = clean_name(lead_in)
        after = clean_name(between[:cut]) if between[:1] not in PARTS else ""
        if amount.is_period and IN_TIME.match(between[:cut]):
            found.append((f"{before}{IN_TIME_OPENS.sub('', after)}时间",))
        elif after and names_area(area := DEED_AT_END.sub("", before.lstrip("在由"))) and len(amounts) > 1:
            found.append((f"{after}（{area}）",))
        elif after and (number_first or len(before) < 4 or before.endswith(EXACT)):
            found.append((_for_each(lead_in) + after,))
        else:
            found.append(_each_name(lead_in, of_shares=True))
        last = amount.end + (cut if after else 0)
    return found


def _each_name(words: str, *, of_shares: bool = False) -> tuple[str, ...]:
    """检查率、公示率 are two names, where both say a number; ``of_shares``: only where all are shares."""
    whole = clean_name(words)
    parts = [clean_name(part) for part in whole.split("、")]
    if len(parts) == 1:
        parts = [clean_name(part) for part in re.split(r"[和及与]", whole)]
        parts = parts if all(KINDS_OF_NUMBER.search(part) for part in parts) else [whole]
    if of_shares and not all(part.endswith("率") for part in parts):
        return (whole,)
    return tuple(parts)


DEED_AT_END = re.compile(f"(?:{'|'.join(DEED_WORDS)})$")

PARTS = frozenset(("", "、", "，", "和", "及", "与", " ", ",", "）", ")", "（", "("))
"""What parts a number from the words of the next."""

IN_TIME_OPENS = re.compile(r"^[以之]?内")

FOR_EACH = re.compile(
    r"((?:每(?![年季月周天日])个?|各)[^，、至不各均都\d]{1,12}?)(?:至少|不少于|各|均|都|力争|要|新?建|创|打造|完成|开|选|扶|培|引|推|认|组)"
)
"""For whom a number is meant: 「每个县区」至少建设2个."""


def _for_each(words: str) -> str:
    found = FOR_EACH.findall(words)
    return found[-1] if found else ""


BASE = re.compile(
    rf"[比较](?:20\d\d年|上年|去年|年初|“十[三四五六]五”)[末底]?(?:同期)?(?=(?:{'|'.join((*FALL, *GROWTH))})?$)"
)
"""What a change is measured from: 排放量「比2025年」下降10%."""

PER = re.compile(r"^/[人年月户家万]{1,2}")
"""What is left of a measure per head: 60学时「/人」."""

POINT = re.compile(
    r"^(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|[一二三四五六七八九十]是|\d{1,2}[.．、]|[①-⑳]|—{1,2})"
)
"""How a point of a list begins: 「一是」改造管网."""

_TAILS = tuple(sorted((*COMPARING, *KEEPS, "为", "至", "到", "的", "占", "共", "共计"), key=len, reverse=True))


def clean_name(words: str) -> str:
    """The words of a name without what stands around it."""
    bare = BETWEEN.sub("", words)
    words = bare if bare.endswith(_TAILS) else words
    words = BASE.sub("", POINT.sub("", PER.sub("", words)))
    words = NAME_EDGES.sub("", words[-60:]) if len(words) < 200 else words[-30:]
    words = words.removesuffix("为") if words.endswith("率为") else words
    tail = next((tail for tail in _TAILS if words.endswith(tail)), "")
    words = BASE.sub("", STARTED.sub("", words.removesuffix(tail)))
    words = words.removesuffix("的").removeprefix("的").strip("。，,；;：: ").lstrip("”").rstrip("“")
    return part_measure(words if "”" in words else words.lstrip("“"))[0]
