"""完成值 as people write it, in the plan's unit: 1亿2000万元, 100余件, 120件，其中发明30件, 累计320，新增45.

A figure is never converted by guess: 人次 is not 人, a percentage is no amount. Several numbers are several;
which is meant is told where the name of the target says it, and asked about elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reporting.language.characters import as_seen, even_width, trimmed
from reporting.language.measures import MEASURES
from reporting.language.values import counts_alike, format_number, parse_date, parse_measure, parse_quantity, split_unit
from reporting.model import Comparator, Meaning, Unread, Value

_PIECE = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?"
_AMOUNT = re.compile(
    rf"(?<![\d.])(?P<minus>-?)(?P<whole>{_PIECE}(?:[十百千]?[万亿]|[十百千])?(?:{_PIECE}(?:[千百]?万|[千百]))?)(?P<more>[余多]?)"
)
_STEP = re.compile(rf"({_PIECE})([十百千]?[万亿]?)")
_TIMES = {"": 1.0, "十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_NEAR = re.compile(r"(?:近|将近|不足|不到|接近|低于|少于|差一点|<|≤)$")
_ABOUT = re.compile(r"(?:约|大约|大概|大致|估计|预计)$")
_BEYOND = re.compile(r"(?:超|超过|突破|不低于|不少于|至少|高于|多于|>|≥|>=|达到?以上)$")
_BEHIND = re.compile(r"^(?:以上|之上)")
_ROUND = re.compile(r"^(?:左右|上下|许)")
_FALLS = re.compile(r"下降|降低|减少|压减|压降|削减|降幅")
_GROWS = re.compile(r"增长|增幅|增速|提高|提升|增加|上升")
_RATE = re.compile(r"同比|增长|增幅|增速|上升|下降|环比|降低")
_LATER = re.compile(r"未统计|公布|发布|尚无数据|无数据|暂无数据|未出|待统计|统计中|待核|次年|尚未统计|待补|数据未")
_DONE = re.compile(r"(?:已|均|全部|按时)*(?:完成|达标|达到|落实|合格|到位|办结)(?:目标|任务)?|100%|√|✓|是")
_ARROW = re.compile(r"→|->|=>|提高[到至]|提升[到至]|增加[到至]|增[到至]|上升[到至]|下降[到至]|降[到至]|变为")
_SAME = (frozenset("件起宗"), frozenset("家户"), frozenset("个项"))
_POWER, _BROKEN = re.compile(r"\d[A-Za-z]"), re.compile(r"\d[万亿]\d+(?![\d.万千百亿])")
"""1.38E+10; 1万2, which is 12,000 to most and 10,002 to some."""
_INSIDE = re.compile(r"其中|内含|含|包括")
_PLUS = re.compile(rf"{_PIECE}(?:\+{_PIECE}){{1,9}}")
_OVER = re.compile(rf"({_PIECE})\S{{0,2}}/({_PIECE})\S{{0,2}}")
_LEAD = re.compile(
    r"已|共计?|总计|合计|累计|完成|实现|达到?|建成|新建|新增|全年|全市|全区|目前|截至\S{0,8}|为|有|计|年度|今年|实际|数|[,，:：;；。、()（）]"
)


@dataclass(frozen=True, slots=True)
class FigureContext:
    """The target that a figure is for."""

    unit: str = ""
    name: str = ""
    op: Comparator = ">="
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    """In the plan's unit."""
    sure: bool
    """Whether its unit is the plan's, or none is written."""
    unit: str
    before: str
    after: str
    more: bool


def read_figure(value: Value, raw: str, context: FigureContext) -> Meaning:
    """What a figure for a target means, in the unit of the plan."""
    if isinstance(value, bool):
        return _error()
    if isinstance(value, date):
        return _error(f"，是日期，可能填的是 {value.month}-{value.day}，被表格变成了日期")
    raw = trimmed(as_seen(raw)).rstrip("。；;")
    pieces = raw.split()
    if any(left[-1:].isdigit() and right[:1].isdigit() for left, right in pairwise(pieces)):
        figures = [each.value for each in map(parse_quantity, pieces) if each is not None]
        named = "、".join(map(format_number, figures[:6]))
        return _ask(min(figures), f"里有 {named} 几个数") if figures else _error("，里面不止一个数")
    text = even_width(raw).strip("。;,!")
    if text in ("无", "零", "没有", "暂无"):
        return _ask(0.0, "没有写数字")
    plain = _plain(value, raw, text, context)
    return plain or _in_words(text, context)


def _plain(value: Value, raw: str, text: str, context: FigureContext) -> Meaning | None:
    """A number with nothing but its unit beside it."""
    quantity = parse_quantity(value if isinstance(value, int | float) else raw)
    if quantity is None or quantity.approximate or quantity.op != "=" or _RATE.search(text):
        return None
    figure = parse_measure(value if isinstance(value, int | float) else raw, context.unit)
    if figure is None:
        return None
    figure = round(figure, 9)
    if figure < 0 and _FALLS.search(context.name):
        return _noted(-figure, f"看作下降 {format_number(-figure)}")
    if not quantity.unit:
        scaled = _scaled(figure, context)
        if scaled is not None:
            return _ask(scaled, f"与目标值相差悬殊，像是以{_smaller(context.unit)}为单位")
    return Meaning(figure)


def _scaled(figure: float, context: FigureContext) -> float | None:
    """A bare figure in 万元 or 元 for a target in 亿元 or 万元: a thousand times off the goal and more."""
    multiple, _ = split_unit(context.unit)
    if multiple < 1e4 or not context.goal or figure < 1000 * context.goal:
        return None
    ways = [figure / 1e4, figure / multiple]
    return next((round(way, 9) for way in ways if 0.1 <= way / context.goal <= 10), None)


def _smaller(unit: str) -> str:
    multiple, base = split_unit(unit)
    return f"“万{base}”" if multiple > 1e4 else f"“{base}”"


# ---- numbers among words ---------------------------------------------------------------------------------


def _in_words(text: str, context: FigureContext) -> Meaning:
    if parse_date(text, 2000) is not None:
        return _error("，是日期")
    if _POWER.search(text) or _BROKEN.search(text):
        return _error("，请写成一个完整的数")
    if "±" in text or re.search(r"\d\S{0,4}(?:~|—|——|–|--|至)\d", text) or re.fullmatch(r"\d+\S{0,3}-\d+\S{0,3}", text):
        return _error("，是一个范围，请填实际完成的数")
    if _LATER.search(text):
        return Meaning(None, "confirm", "空白", "尚无数据，没有写明何时补报")
    amounts = _amounts(text, context)
    is_share = split_unit(context.unit)[1] in ("%", "个百分点", "百分点")
    if not is_share and (_DONE.fullmatch(text) or (amounts and all(each.unit == "%" for each in amounts))):
        return _error("，请填总量" if _RATE.search(text) else "" if amounts else "，请填数量")
    if not amounts:
        return _error()
    if len(amounts) == 1:
        return _one(amounts[0], text, context)
    return _several(amounts, text, context)


def _amounts(text: str, context: FigureContext) -> list[_Amount]:
    multiple, base = split_unit(context.unit)
    words = sorted({base, *MEASURES, "人", "%", "百分点"} - {""}, key=len, reverse=True)
    found = []
    for match in _AMOUNT.finditer(text):
        figure = _multiplied(match["whole"])
        if figure is None:
            continue
        rest = text[match.end() :].removeprefix("以上") if match["more"] == "" else text[match.end() :]
        unit = next((word for word in words if rest.startswith(word)), "")
        sized = match["whole"][-1:] in "万亿千百十" or bool(unit)
        if sized and multiple > 1:
            figure /= multiple
        own = unit in ("", base) or any(unit in kin and base in kin for kin in _SAME)
        minus = -1 if match["minus"] else 1
        after = rest[len(unit) :]
        if text[match.end() :].startswith("以上"):
            after = "以上" + after
        found.append(_Amount(round(minus * figure, 9), own, unit, text[: match.start()], after, match["more"] != ""))
    return found


def _multiplied(whole: str) -> float | None:
    """1亿2000万 is 120,000,000; None for what does not fall from piece to piece, as 1万2."""
    total, last = 0.0, 1e13
    for number, multiple in _STEP.findall(whole):
        times = 1.0
        for sign in multiple:
            times *= _TIMES[sign]
        if times >= last:
            return None
        total, last = total + float(number.replace(",", "")) * times, times
    pieces = _STEP.findall(whole)
    return None if len(pieces) > 1 and not pieces[-1][1] else total


def _one(amount: _Amount, text: str, context: FigureContext) -> Meaning:
    figure, base = amount.value, split_unit(context.unit)[1]
    if not amount.sure:
        return _other_unit(amount, base)
    if amount.unit == "%" or base == "%":
        return _rate(amount, text, context)
    if _RATE.search(text):
        return _error("，请填总量")
    return _bounded(amount, figure, text, context)


def _bounded(amount: _Amount, figure: float, text: str, context: FigureContext) -> Meaning:
    if _NEAR.search(amount.before):
        return _ask(figure, "说的是不到这个数")
    if _ABOUT.search(amount.before) or _ROUND.search(amount.after):
        return _ask(figure, "不是确数")
    if amount.more or _BEYOND.search(amount.before) or _BEHIND.search(amount.after):
        reached = context.op in (">=", ">", "growth>=") and context.goal is not None and figure >= context.goal
        return _noted(figure, "说的是不少于这个数") if reached else _ask(figure, "不是确数")
    words = _LEAD.sub("", amount.before) + _LEAD.sub("", amount.after)
    if re.search(r"[未没差缺不]|目标|计划|预计", amount.before):
        return _ask(figure, "不像是已经完成的数")
    return Meaning(figure, "note", format_number(figure)) if words or len(text) > 12 else Meaning(figure)


def _rate(amount: _Amount, text: str, context: FigureContext) -> Meaning:
    """A figure in % with the words of a comparison beside it."""
    figure = amount.value
    grows = context.op == "growth>=" or _GROWS.search(context.name) is not None
    if "环比" in text:
        return _ask(figure, "说的是环比")
    if _FALLS.search(text) and not _FALLS.search(context.name) and grows:
        return _noted(-abs(figure), "看作负增长")
    if _FALLS.search(context.name):
        return Meaning(abs(figure)) if figure >= 0 else _noted(-figure, f"看作下降 {format_number(-figure)}")
    if re.search("同比|增长|增幅|增速", text) and not grows:
        return _ask(figure, "说的是增长的幅度")
    return _bounded(amount, figure, "", context) if not _RATE.search(text) else Meaning(figure)


def _other_unit(amount: _Amount, base: str) -> Meaning:
    """A unit beside the plan's: asked about where people mix the two up, and no figure elsewhere."""
    unit = amount.unit
    mixed = {unit, base}
    if mixed <= {"%", "个百分点", "百分点"} or unit.removesuffix("次") == base or base.removesuffix("次") == unit:
        return _ask(amount.value, f"的单位是“{unit}”，不是“{base}”")
    if counts_alike(unit, base):
        return Meaning(amount.value)
    return _error()


def _several(amounts: Sequence[_Amount], text: str, context: FigureContext) -> Meaning:
    values = [each.value for each in amounts]
    first = amounts[0]
    if any(not each.sure for each in amounts if each.unit != "%") and not first.sure:
        return _error("，里面不止一个数")
    if _ARROW.search(text):
        return _ask(values[-1], "里有前后两个数")
    inside = _INSIDE.search(text, len(first.before))
    if inside:
        part = [each for each in amounts if len(each.before) >= inside.end()]
        named = [each for each in part if _is_named(each.before[inside.end() :], context.name)]
        if len(named) == 1:
            return _noted(named[0].value, "指标说的是其中的这一项")
        return _noted(first.value, "其中的数不计") if part else _error("，里面不止一个数")
    labelled = {word: [each for each in amounts if each.before.endswith(word)] for word in ("累计", "新增")}
    if all(len(each) == 1 for each in labelled.values()):
        wanted = [word for word in labelled if word in context.name]
        if len(wanted) == 1:
            return _noted(labelled[wanted[0]][0].value, f"指标说的是{wanted[0]}数")
        return _ask(min(values), "里有累计和新增两个数")
    if _PLUS.fullmatch(re.sub(r"[^\d+.,]", "", text)) and "+" in text:
        return _ask(round(sum(values), 9), "是几个数相加")
    if _OVER.fullmatch(text):
        return _ask(first.value, f"是 {format_number(values[0])} 和 {format_number(values[1])} 两个数")
    if all(each.unit != "%" for each in amounts) and all(
        re.search(r"[\u4e00-\u9fff]{2,}$", each.before) for each in amounts
    ):
        return _ask(round(sum(values), 9), "分项列了几个数，看作相加")
    if all(each.unit == "%" for each in amounts[1:]) and first.sure and first.unit != "%":
        return _noted(first.value, "")  # 12亿元，增长8%
    named_all = "、".join(map(format_number, values[:6]))
    return _ask(min(values), f"里有 {named_all} 几个数")


def _is_named(part: str, name: str) -> bool:
    """Whether a part is what the target is named after: 发明 of 发明专利授权量."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", part)
    return len(words) >= 2 and (words in name or words[-2:] in name)


def _ask(figure: float, doubt: str) -> Meaning:
    return Meaning(figure, "confirm", format_number(figure), doubt)


def _noted(figure: float, doubt: str) -> Meaning:
    return Meaning(figure, "note", format_number(figure), doubt)


def _error(doubt: str = "") -> Meaning:
    return Meaning(Unread.UNREADABLE, "error", doubt=doubt)
