"""Which numbers of a task are targets: one rule for each thing a number can be, the first that knows decides.

A number is a goal (新建「5所」), or what is paid (奖励「100万元」), which things are meant (「500万元以上」的项目),
what is there already (已建成「12所」), a part of what was said (9个（城区「5个」）), a name (“「15分钟」生活圈”).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.plan.reading import target_words as words
from reporting.plan.reading.amounts import Amount, next_amount


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

Rule = Callable[[Amount, Said], bool | None]


def is_target(amount: Amount, said: Said) -> bool:
    """Whether a number is something to be reached."""
    return next((answer for rule in RULES if (answer := rule(amount, said)) is not None), False)


def is_compared(amount: Amount) -> bool:
    """Whether a word of comparison stands right before the number."""
    return lead_in(amount).endswith(words.COMPARING) or falls_to(amount)


def lead_in(amount: Amount) -> str:
    """The words before a number that may compare it: 达到 of 达到每千人5批次."""
    bare = words.BETWEEN.sub("", amount.before)
    return bare if bare.endswith((*words.COMPARING, *words.KEEPS)) else amount.before


def falls_to(amount: Amount) -> bool:
    """压减审批时限「至」5个工作日."""
    return amount.before.endswith(("至", "到")) and any(word in amount.head for word in words.FALL)


def _is_misprint(amount: Amount, _: Said) -> bool | None:
    return False if amount.is_damaged else None


def _is_name(amount: Amount, said: Said) -> bool | None:
    """“「15分钟」生活圈”, 第「3批」, 全省前「10名」, 7×「24小时」."""
    ends = ("第", "“", "《", "〔", "[", "-", "—", "~", ".", "每", "前", "×", "*", "+")
    return False if said.in_name or amount.before.endswith(ends) else None


def _is_part(amount: Amount, said: Said) -> bool | None:
    """公园9个（城区「5个」、镇区「4个」）: the whole is the goal."""
    return False if said.part_of == amount.unit else None


def _is_start(amount: Amount, _: Said) -> bool | None:
    """由「80%」提高到90%; 在「12个」的基础上."""
    based = amount.after.startswith(("的基础上", "基础上"))
    return False if based or words.STARTS.search(amount.before) else None


def _is_condition(amount: Amount, _: Said) -> bool | None:
    """人数达到「25%」并签订合同的，可以申请: the phrase says who is meant."""
    return False if amount.phrase.endswith("的") and not amount.phrase.endswith("目的") else None


def _is_bound(amount: Amount, said: Said) -> bool | None:
    """Which things are meant: 「5000万元以上」的项目, 「100人以上」企业20家."""
    return False if qualifies(amount, said) else None


def qualifies(amount: Amount, said: Said, *, of_next: bool = True) -> bool:
    """Whether the number only says which things are meant; ``of_next``: what is meant by the next one tells."""
    after, bounded = amount.after, amount.more in ("以上", "以下", "以内")
    counts = not (amount.is_money or amount.is_share)
    following = next_amount(amount)
    between = amount.phrase[amount.end : following.start] if following else ""
    if after.startswith("的"):
        if amount.is_share or (amount.before.endswith(words.DEED_WORDS) and counts and following is None):
            return False
        return bounded or not amount.before.endswith(words.DEED_WORDS)
    named = "\u4e00" <= after[:1] <= "\u9fff" or after.startswith("“")
    bounded = bounded or amount.before.endswith(("超", "逾", "超过", "不足"))
    if following and bounded and not between and not is_compared(amount):
        return True  # 3万吨以下8处煤矿
    if following and bounded and named and not set(between) & set("、和及与"):
        return not amount.is_share  # 500亩以上公园2个
    alike = len(between) < 8 and between.startswith(("、", "至", "到", "和", "或", "及", "且"))
    if (
        following
        and bounded
        and alike
        and of_next
        and not is_compared(amount)
        and qualifies(following, said, of_next=False)
    ):
        return True  # 5000万元以上、从业人员100人以上的企业
    if amount.is_share or not named or not amount.more or amount.more == "左右":
        return False
    if said.listed and not amount.before:
        return False
    return not (amount.before.endswith((*words.EXACT, *words.COMPARING)) or _all_attain(amount))


def _all_attain(amount: Amount) -> bool:
    """到2025年底，「50平方公里以上」建设用地面积达到要求: so many shall, not all such must."""
    if amount.before or amount.is_money or words.UNDER_RULE.search(amount.after):
        return False
    attains = words.ATTAINS.search(amount.after)
    counted = amount.unit in ("家", "件", "个", "户", "所", "名", "座", "项") or "面积" in amount.after
    return attains is not None and counted


def _is_paid(amount: Amount, _: Said) -> bool | None:
    """给予「100万元」奖励, 按投资额的「10%」给予补助."""
    if words.STANDARD.search(amount.head):
        return True
    if amount.is_money:
        earned = words.EARNS.search(amount.head) and is_compared(amount)
        return False if words.GRANT.search(amount.head) and not earned else None
    given = words.RATE_OF_GRANT.search(amount.head) and words.GIVES.search(amount.after)
    return False if words.REWARD.search(amount.head) or (amount.is_share and given) else None


def _is_there_already(amount: Amount, said: Said) -> bool | None:
    """已建成学校「12所」，在校学生「3万人」."""
    head = amount.head
    changed = lead_in(amount).endswith(words.CHANGED_TO) or amount.before.endswith(words.SPELT_DEEDS)
    if words.PRESENT.search(head):
        return None if changed else False
    if words.PAST.search(head):
        return None if is_compared(amount) or amount.before.endswith("新增") else False
    return False if said.present and not changed and not words.FUTURE.search(head) else None


def _is_description(amount: Amount, _: Said) -> bool | None:
    """占地「50亩」, 总投资「5亿元」, 每月调度「1次」, 落实国务院「20条」措施."""
    before = amount.head[-24:]
    if words.DESCRIBES.search(before) and not words.REACHES.search(before):
        return False
    if amount.unit == "次" and words.FREQUENT.search(before) and not (is_compared(amount) or amount.more):
        return None if "至少" in before or "不少于" in before else False
    if amount.unit.endswith(words.CAPACITIES) and words.ONE_PROJECT.match(amount.after):
        return False
    known = amount.unit in ("条", "项", "个") and words.LISTED.match(amount.after)
    return False if known and words.KNOWN_LIST.search(before) else None


def _is_time(amount: Amount, said: Said) -> bool | None:
    """压缩至「4个工作日」, 平均缩短「3天」, 实现「1分钟」响应; else a stretch of time is none."""
    if not amount.is_period:
        return None
    if amount.unit in ("年", "岁", "周岁") and (amount.value > 200 or amount.after[:1] not in _ENDS):
        return False
    if is_compared(amount) or amount.before.endswith(words.FALL):
        return True
    return said.promised and words.IN_TIME.match(amount.after) is not None


def _is_spelt(amount: Amount, _: Said) -> bool | None:
    """新建「两所」学校; of other numbers in characters nobody is to say how many."""
    if not amount.spelt:
        return None
    told = amount.before.endswith((*words.SPELT_DEEDS, *words.COMPARING))
    rough = amount.more == "以上" and not amount.after.strip("。")
    closes = not amount.after.strip("。") and words.FIRM_DEED.search(amount.head)
    hard = amount.unit not in ("个", "项") and (amount.before.endswith(words.DEED_WORDS) or closes)
    return told or rough or bool(hard)


def _is_stressed(amount: Amount, said: Said) -> bool | None:
    """建立工作站「10家以上」; the next of a list: 引进专家10名，「60名」技师."""
    heads = said.listed and not amount.before and not amount.after.startswith("的")
    return True if heads or amount.more in ("以上", "以内", "以下") else None


def _ends_phrase(amount: Amount, _: Said) -> bool | None:
    """新增学位「900个」."""
    rest = amount.after.lstrip("左右)） ")
    return True if rest[:1] in _ENDS else None


def _is_reached(amount: Amount, _: Said) -> bool | None:
    """达到「800件」, 选派「60名」特派员, 发明专利占总量的「30%」, 「新增」西门公园等「9座」公园."""
    before = amount.before
    if is_compared(amount) or before.endswith((*words.EXACT, *words.KEEPS)):
        return True
    if before.endswith("的") and "占" in amount.head:
        return True
    if words.OF_A_PLACE.search(before) or words.TAKES.search(before):
        return True
    if not (amount.is_money or amount.is_share) and words.FOR_SOME.search(before) and words.DOES.search(amount.after):
        return True
    counts = not (amount.is_money or amount.is_share) and "的" not in amount.after
    return (
        True
        if counts and words.FIRM_DEED.search(amount.head) and before.endswith(("等", "的", "以上", "以下", "”", "》"))
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
