"""完成进度 and other percentages as people write them: 已完成100%, 约九成, 4/5, 85%，其余明年完成, 全部.

One percentage in a cell wins whatever stands beside it; two numbers are never joined, and of several the lower
is entered while it is asked which is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.language.characters import as_seen, even_width, trimmed
from reporting.language.values import format_number, parse_percent
from reporting.model import Meaning, Unread, Value
from reporting.office.form import ProgressRule
from reporting.returns.words.shares import VAGUE, Proportion, find_shares

_MOST = 1000.0
"""Up to here a progress beyond 100 is an overfulfilment; lists of offices reach 900."""
_LETTERS = str.maketrans("OoQIl|", "000111")
_WITH_LETTERS = re.compile(r"[\dOoQIl|]{1,4}(?:[.。][\dOoQIl|]{1,4})?%?")
_ALL = re.compile(r"(?:已|均|已经)?(?:全部|都|全)?(?:完成|办结|完毕)?(?:完成)?(?:了)?|满|圆满|足额|√|✓|✔|100分?")
_EMPTY = "无 零 / \\ - — —— – 未启动 未开工 尚未启动 未开展 没有"
_NONE = frozenset(_EMPTY.split())
_ABOUT = re.compile(r"约|近|左右|上下|大概|大致|差不多|(?<=[\d%成])[余多]")
_AT_LEAST = re.compile(r"以上|不低于|不少于|超过|超|至少|大于|≥|>|高于|不小于")
_AT_MOST = re.compile(r"以下|以内|不到|不足|低于|小于|<|≤|未达")
_RANGE = re.compile(r"(\d{1,3}(?:\.\d+)?)%?(?:-|--|~|—|——|–|至|到)(\d{1,3}(?:\.\d+)?)%?")
_OF = re.compile(
    r"(?:已?完成|已)?(\d{1,5})[项个件家处所场次期]?[,，(（、;]{0,2}(?:共|总共|总数|计划|任务)[^\d\s]{0,2}(\d{1,5})[项个件家处所场次期]?"
    r"|(\d{1,5})[项个件家处所场次期](?:任务|工作|事项|目标)?(?:中|,|，)?(?:已|已经)?完成(?:了)?(\d{1,5})[项个件家处所场次期]?"
)
_WHOLE = re.compile(r"(?:总体|总进度|综合|合计|总计|整体|全部|平均)\S{0,5}?$")
_BY_YEAR = re.compile(r"(?:年度|本年|当年|年内|今年)\S{0,6}?$")
_FAULT = re.compile(r"未|滞后|尚|没有|困难|问题|不足|欠|延期|受阻|停|缺|慢")
_APART = re.compile(r"[\d。.%％]\s+\d")
_BARE = re.compile(r"(?<![\d.])(\d{1,7}(?:\.\d{1,15})?)(?![\d.])")
_COUNTED = re.compile(r"\d(?:余|多)?[万亿]?[项个件家处所场次期人户元亩吨篇份名台套公里米‰]|‰|点")
_KNOWN = re.compile(
    r"已|均|全部|完成率?|进度|达到?|目前|截至\S{0,8}|现|形象|总|为|是|约|年度|任务|工作|占|比例|[(（)）:：,，。;；、%]|推进|至|百分之"
)


@dataclass(frozen=True, slots=True)
class PercentContext:
    """What stands beside a percentage: the progress that the status of its row asks for."""

    rule: ProgressRule | None = None
    """None where no status is known, or the column is not 完成进度."""
    is_progress: bool = True


def read_percent(value: Value, raw: str, context: PercentContext) -> Meaning:
    """What a percentage means; unreadable where no figure can be made of it."""
    if isinstance(value, bool):
        return _error("")
    if isinstance(value, int | float):
        return _plain(round(float(value), 9), context, is_share=True)
    if isinstance(value, date):
        return _of_date(value)
    raw = trimmed(as_seen(raw))
    text = even_width(raw)
    if _APART.search(raw):
        numbers = [float(each) for piece in raw.split() for each in _BARE.findall(even_width(piece))]
        return _which(numbers) if numbers and max(numbers) <= 100 else _error("，里面不止一个数")
    shares = find_shares(text)
    plain = parse_percent(raw.rstrip("。. "))
    if plain is not None and not _ABOUT.search(text) and not _AT_LEAST.search(text) and not _AT_MOST.search(text):
        return _plain(round(plain, 9), context, is_share=not shares)
    return _in_words(text, shares, context)


def _plain(figure: float, context: PercentContext, *, is_share: bool) -> Meaning:
    """A figure: a share of one, or beyond 100, is no progress as it stands."""
    if not context.is_progress and figure > 100:
        return Meaning(figure)
    if is_share and 0 < figure < 1:
        return _ask(round(figure * 100, 9), f"可能是以 1 为百分之百的比例，也可能是 {format_number(figure)}%")
    if is_share and figure == 1 and context.is_progress:
        if context.rule == "full":
            return Meaning(100.0, "note", "100")
        if context.rule is not None:
            return _ask(1.0, "可能是 1%，也可能是 100%")
    if 100 < figure <= _MOST and context.is_progress:
        return Meaning(100.0, "note", "100", "超过 100，超额的部分请写入“完成情况”")
    return Meaning(figure)


def _in_words(text: str, shares: Sequence[Proportion], context: PercentContext) -> Meaning:
    bare = text.strip("。.,;!、")
    if _ALL.fullmatch(bare) and bare:
        return Meaning(100.0) if context.rule == "full" else _unentered("与完成状态不一致")
    if bare in _NONE:
        if context.rule == "none":
            return Meaning(0.0, "note", "0")
        return Meaning(None, "note", "空白") if context.rule == "blank" else _error("")
    spelled = bare.translate(_LETTERS).replace("。", ".")
    if _WITH_LETTERS.fullmatch(bare) and any(sign.isdigit() for sign in bare):
        return _noted(float(spelled.rstrip("%")), "字母或者句号看作数字")
    between = _RANGE.search(text)
    if between:
        low, high = sorted((float(between[1]), float(between[2])))
        return _ask(low, f"是一个范围，从 {format_number(low)} 到 {format_number(high)}")
    counted = _OF.search(text)
    if counted and not any(share.is_percent for share in shares):
        part, of = (counted[1], counted[2]) if counted[1] else (counted[4], counted[3])
        if float(of) >= float(part) and float(of):
            return _ask(float(round(float(part) / float(of) * 100)), f"是 {of} 项中的 {part} 项")
    percents = [share for share in shares if share.is_percent] or list(shares)
    if len(percents) == 1:
        return _one(text, percents[0])
    if len(percents) > 1:
        return _several(text, percents)
    return _number_in(text, context)


def _one(text: str, share: Proportion) -> Meaning:
    if share.value > 100 and not share.is_percent:
        return _ask(100.0, "超过 100%")
    figure = min(round(share.value, 2) if share.is_percent else float(int(share.value + 0.5)), 100.0)
    near = text[max(0, share.start - 4) : share.end + 4]
    if _AT_LEAST.search(near) or _AT_MOST.search(near):
        return _ask(figure, "只说了界限")
    if share.value > 100:
        return _noted(figure, "超过 100，超额的部分请写入“完成情况”")
    if not share.is_percent or _ABOUT.search(near):
        return _noted(figure, "不是确数" if _ABOUT.search(near) else "")
    after = text[share.end :]
    if after[:1] in ("(", "（") and _FAULT.search(after):
        return _noted(figure, "括号里说的问题请写入“存在问题及原因”")
    return Meaning(figure)


def _several(text: str, shares: Sequence[Proportion]) -> Meaning:
    values = [round(share.value, 2) for share in shares]
    labels = [text[: share.start] for share in shares]
    whole = [value for value, before in zip(values, labels, strict=True) if _WHOLE.search(before)]
    if len(set(values)) == 1:
        return Meaning(min(values[0], 100.0))
    if len(whole) == 1 and not any(_BY_YEAR.search(before) for before in labels):
        return Meaning(min(whole[0], 100.0))
    return _which(values)


def _number_in(text: str, context: PercentContext) -> Meaning:
    numbers = [float(each) for each in _BARE.findall(text)]
    if VAGUE.search(text) or not numbers or re.search(r"\d[A-Za-z]|[A-Za-z]\d", text):
        return _error("")
    if len(numbers) > 1:
        return _which(numbers) if all(0 <= each <= 100 for each in numbers) else _error("里不止一个数")
    figure = numbers[0]
    if re.search(r"\d分", text) and 0 <= figure <= 100:
        return _ask(figure, "写的是分数，自评分另有一栏")
    if _COUNTED.search(text) or not 0 <= figure <= 100:
        return _error("")
    if _AT_LEAST.search(text) or _AT_MOST.search(text):
        return _ask(figure, "只说了界限")
    if _ABOUT.search(text):
        return _noted(figure, "不是确数")
    words = _KNOWN.sub("", _BARE.sub("", text))
    meaning = _plain(figure, context, is_share=True)
    if meaning.weight or not words:
        return meaning
    if _FAULT.search(words):
        return _noted(figure, "括号里说的问题请写入“存在问题及原因”")
    return Meaning(figure, "note", format_number(figure))


def _of_date(day: date) -> Meaning:
    """4/5 and 8-9 typed into a sheet are days."""
    if day.month < day.day:
        figure = float(round(day.month / day.day * 100))
        typed = f"{day.month}/{day.day}"
        return _ask(figure, f"是日期，可能填的是 {typed}，被表格变成了日期")
    return _error("，是日期")


def _which(values: Sequence[float]) -> Meaning:
    named = "、".join(map(format_number, values[:6]))
    return _ask(min(*values, 100.0), f"里有 {named} 几个数")


def _ask(figure: float, doubt: str) -> Meaning:
    return Meaning(figure, "confirm", format_number(figure), doubt)


def _noted(figure: float, doubt: str) -> Meaning:
    return Meaning(figure, "note", format_number(figure), doubt)


def _unentered(doubt: str) -> Meaning:
    return Meaning(None, "confirm", "空白", doubt)


def _error(doubt: str) -> Meaning:
    return Meaning(Unread.UNREADABLE, "error", doubt=doubt)
