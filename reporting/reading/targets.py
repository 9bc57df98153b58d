"""Quantified targets: numbers in a task's words that say what is to be reached."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reporting.model import Comparator, Place, Target

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
