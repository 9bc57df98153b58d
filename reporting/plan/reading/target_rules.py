"""Which numbers of a task are targets: one rule for each thing a number can be, the first that knows decides.

A number is a goal (新建「5所」), or what is paid (奖励「100万元」), which things are meant (「500万元以上」的项目),
what is there already (已建成「12所」), a part of what was said (9个（城区「5个」）), a name (“「15分钟」生活圈”).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.plan.reading import target_words as words
from reporting.plan.reading.amounts import Figure, next_figure


@dataclass(frozen=True, slots=True)
class Said:
    """What the sentence has said before a number, and where the number stands."""

    listed: bool = False
    """A goal stands before it, so that a bare 「60名」青年人才 goes on the list."""
    present: bool = False
    """The phrase before tells what is there already."""
    promised: bool = False
    """The sentence promises something: 实现1分钟响应、「24小时」办结."""
    in_name: bool = False
    """It stands in quotation marks or in the name of a document."""
    part_of: str = ""
    """The measure of the whole of which it is a part, in a bracket right behind it."""


_ENDS = frozenset(("", "、", "和", "及", "与", "（", "("))
"""What may follow the last number of a phrase."""

Rule = Callable[[Figure, Said], bool | None]


def is_target(figure: Figure, said: Said) -> bool:
    """Whether a number is something to be reached."""
    return next((answer for rule in RULES if (answer := rule(figure, said)) is not None), False)


def is_compared(figure: Figure) -> bool:
    """Whether a word of comparison stands right before the number."""
    return lead_in(figure).endswith(words.COMPARING) or falls_to(figure)


def lead_in(figure: Figure) -> str:
    """The words before a number that may compare it: 达到 of 达到每千人5批次."""
    bare = words.BETWEEN.sub("", figure.before)
    return bare if bare.endswith((*words.COMPARING, *words.KEEPS)) else figure.before


def falls_to(figure: Figure) -> bool:
    """压减审批时限「至」5个工作日."""
    return figure.before.endswith(("至", "到")) and any(word in figure.head for word in words.FALL)


def _is_misprint(figure: Figure, _: Said) -> bool | None:
    return False if figure.is_damaged else None


def _is_name(figure: Figure, said: Said) -> bool | None:
    """“「15分钟」生活圈”, 第「3批」, 全省前「10名」, 7×「24小时」."""
    ends = ("第", "“", "《", "〔", "[", "-", "—", "~", ".", "每", "前", "×", "*", "+")
    return False if said.in_name or figure.before.endswith(ends) else None


def _is_part(figure: Figure, said: Said) -> bool | None:
    """公园9个（城区「5个」、镇区「4个」）: the whole is the goal."""
    return False if said.part_of == figure.unit else None


def _is_start(figure: Figure, _: Said) -> bool | None:
    """由「80%」提高到90%; 在「12个」的基础上."""
    based = figure.after.startswith(("的基础上", "基础上"))
    return False if based or words.STARTS.search(figure.before) else None


def _is_condition(figure: Figure, _: Said) -> bool | None:
    """人数达到「25%」并签订合同的，可以申请: the phrase says who is meant."""
    return False if figure.phrase.endswith("的") and not figure.phrase.endswith("目的") else None


def _is_bound(figure: Figure, said: Said) -> bool | None:
    """Which things are meant: 「5000万元以上」的项目, 「100人以上」企业20家."""
    return False if qualifies(figure, said) else None


def qualifies(figure: Figure, said: Said, *, of_next: bool = True) -> bool:
    """Whether the number only says which things are meant; ``of_next``: what is meant by the next one tells."""
    after, bounded = figure.after, figure.more in ("以上", "以下", "以内")
    counts = not (figure.is_money or figure.is_share)
    following = next_figure(figure)
    between = figure.phrase[figure.end : following.start] if following else ""
    if after.startswith("的"):
        if figure.is_share or (figure.before.endswith(words.DEED_WORDS) and counts and following is None):
            return False
        return bounded or not figure.before.endswith(words.DEED_WORDS)
    named = "\u4e00" <= after[:1] <= "\u9fff" or after.startswith("“")
    bounded = bounded or figure.before.endswith(("超", "逾", "超过", "不足"))
    if following and bounded and not between and not is_compared(figure):
        return True  # 3万吨以下8处煤矿
    if following and bounded and named and not set(between) & set("、和及与"):
        return not figure.is_share  # 500亩以上公园2个
    alike = len(between) < 8 and between.startswith(("、", "至", "到", "和", "或", "及", "且"))
    if (
        following
        and bounded
        and alike
        and of_next
        and not is_compared(figure)
        and qualifies(following, said, of_next=False)
    ):
        return True  # 5000万元以上、从业人员100人以上的企业
    if figure.is_share or not named or not figure.more or figure.more == "左右":
        return False
    if said.listed and not figure.before:
        return False
    return not (figure.before.endswith((*words.EXACT, *words.COMPARING)) or _all_attain(figure))


def _all_attain(figure: Figure) -> bool:
    """到2025年底，「50平方公里以上」建设用地面积达到要求: so many shall, not all such must."""
    if figure.before or figure.is_money or words.UNDER_RULE.search(figure.after):
        return False
    attains = words.ATTAINS.search(figure.after)
    counted = figure.unit in ("家", "件", "个", "户", "所", "名", "座", "项") or "面积" in figure.after
    return attains is not None and counted


def _is_paid(figure: Figure, _: Said) -> bool | None:
    """给予「100万元」奖励, 按投资额的「10%」给予补助."""
    if words.STANDARD.search(figure.head):
        return True
    if figure.is_money:
        earned = words.EARNS.search(figure.head) and is_compared(figure)
        return False if words.GRANT.search(figure.head) and not earned else None
    given = words.RATE_OF_GRANT.search(figure.head) and words.GIVES.search(figure.after)
    return False if words.REWARD.search(figure.head) or (figure.is_share and given) else None


def _is_there_already(figure: Figure, said: Said) -> bool | None:
    """已建成学校「12所」，在校学生「3万人」."""
    head = figure.head
    changed = lead_in(figure).endswith(words.CHANGED_TO) or figure.before.endswith(words.SPELT_DEEDS)
    if words.PRESENT.search(head):
        return None if changed else False
    if words.PAST.search(head):
        return None if is_compared(figure) or figure.before.endswith("新增") else False
    return False if said.present and not changed and not words.FUTURE.search(head) else None


def _is_description(figure: Figure, _: Said) -> bool | None:
    """占地「50亩」, 总投资「5亿元」, 每月调度「1次」, 落实国务院「20条」措施."""
    before = figure.head[-24:]
    if words.DESCRIBES.search(before) and not words.REACHES.search(before):
        return False
    if figure.unit == "次" and words.FREQUENT.search(before) and not (is_compared(figure) or figure.more):
        return None if "至少" in before or "不少于" in before else False
    if figure.unit.endswith(words.CAPACITIES) and words.ONE_PROJECT.match(figure.after):
        return False
    known = figure.unit in ("条", "项", "个") and words.LISTED.match(figure.after)
    return False if known and words.KNOWN_LIST.search(before) else None


def _is_time(figure: Figure, said: Said) -> bool | None:
    """压缩至「4个工作日」, 平均缩短「3天」, 实现「1分钟」响应; else a stretch of time is none."""
    if not figure.is_period:
        return None
    if figure.unit in ("年", "岁") and (figure.value > 200 or figure.after[:1] not in _ENDS):
        return False
    if is_compared(figure) or figure.before.endswith(words.FALL):
        return True
    return said.promised and words.IN_TIME.match(figure.after) is not None


def _is_spelt(figure: Figure, _: Said) -> bool | None:
    """新建「两所」学校; of other numbers in characters nobody is to say how many."""
    if not figure.spelt:
        return None
    told = figure.before.endswith((*words.SPELT_DEEDS, *words.COMPARING))
    rough = figure.more == "以上" and not figure.after.strip("。")
    closes = not figure.after.strip("。") and words.FIRM_DEED.search(figure.head)
    hard = figure.unit not in ("个", "项") and (figure.before.endswith(words.DEED_WORDS) or closes)
    return told or rough or bool(hard)


def _is_stressed(figure: Figure, said: Said) -> bool | None:
    """建立工作站「10家以上」; the next of a list: 引进专家10名，「60名」技师."""
    heads = said.listed and not figure.before and not figure.after.startswith("的")
    return True if heads or figure.more in ("以上", "以内", "以下") else None


def _ends_phrase(figure: Figure, _: Said) -> bool | None:
    """新增学位「900个」."""
    rest = figure.after.lstrip("左右)） ")
    return True if rest[:1] in _ENDS else None


def _is_reached(figure: Figure, _: Said) -> bool | None:
    """达到「800件」, 选派「60名」特派员, 发明专利占总量的「30%」, 「新增」西门公园等「9座」公园."""
    before = figure.before
    if is_compared(figure) or before.endswith((*words.EXACT, *words.KEEPS)):
        return True
    if before.endswith("的") and "占" in figure.head:
        return True
    if words.OF_A_PLACE.search(before) or words.TAKES.search(before):
        return True
    counts = not (figure.is_money or figure.is_share) and "的" not in figure.after
    return (
        True
        if counts and words.FIRM_DEED.search(figure.head) and before.endswith(("等", "的", "以上", "以下", "”", "》"))
        else None
    )


RULES: Sequence[Rule] = (
    _is_misprint,
    _is_name,
    _is_part,
    _is_start,
    _is_condition,
    _is_time,
    _is_bound,
    _is_paid,
    _is_there_already,
    _is_description,
    _is_spelt,
    _is_stressed,
    _ends_phrase,
    _is_reached,
)
