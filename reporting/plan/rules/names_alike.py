"""Two names one slip of the pen apart, or one shortened to the other, are perhaps one unit.

| case | 任务编号 | 牵头单位 | 配合单位 | at |
| --- | --- | --- | --- | --- |
| passes | 1 | 市教育局 | 区教育局 |  |
| passes | 1 | 市民政局 | 市财政局 |  |
| passes | 1 | 市委办 | 市委外办 |  |
| passes | 1 | 市科技局 | 市科协 |  |
| passes | 1 | 市文化局 | 市文旅局 |  |
| passes | 1 | 临江区人民政府 | 临云区人民政府 |  |
| passes | 1 | 市人民检察院 | 市人民法院 |  |
| passes | 1 | 市委组织部 | 市委宣传部 |  |
| passes | 1 | 市国资委 | 市委国安办 |  |
| passes | 1 | 市节水领导小组 | 市节水领导小组办公室 |  |
| passes | 1 | 市公安局 | 市公安局交通管理局 |  |
| fails | 1 | 市场监管局 | 市市场监管局 | 单位 A3 |
| fails | 1 | 教育局 | 市教育局 | 单位 A3 |
| fails | 1 | 市发展改革委 | 市发改展革委 | 单位 A3 |
| fails | 1 | 市市场监管局 | 市市场监督局 | 单位 A3 |
| fails | 1 | 市文化广电旅游局 | 市文化广电旅局 | 单位 A3 |
| fails | 1 | 市委宣传部（市版权局） |  | 单位 A3 |
|  | 2 | 市委宣传部(市版权局) |  |  |
| fails | 1 | 市科技局 |  | 单位 A3 |
|  | 2 | 市 科技局 |  |  |
| fails | 1 | 市发改委 | 市发展改革委 | 单位 A3 |
| fails | 1 | 市人力资源社会保障局 | 市人社局 | 单位 A3 |
| fails | 1 | 市卫生健康委 | 市卫生健康委员会 | 单位 A3 |
| fails | 1 | 临江区政府 | 临江区人民政府 | 单位 A3 |
| fails | 1 | 市政府办 | 市人民政府办公室 | 单位 A3 |
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from reporting.language.units import fold
from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slip, Slips, at_name, note

_TYPED_FREELY = re.compile(r"[\s“”\"'‘’〈〉<>《》()\[\]【】〔〕]")
_SHORTENED = (("人民政府", "政府"), ("委员会", "委"), ("办公室", "办"))
_LEVELS = "市区县省州"
_TERRITORY = re.compile(r"(区|县|市|镇|乡|街道|政府|管委会|办事处)$")
"""江北区人民政府 and 江南区人民政府 differ in one character and are two districts."""


_MOST = 3
"""No name is said to be like more others: a list of hundreds helps nobody."""
_LONGEST = 60
"""Longer names are sentences; only what is the same is found among them."""
_INNER = 20
"""So many characters of a long name are tried as those of a short form."""


def _check(view: PlanView) -> Slips:
    places = {unit.name: unit.place for unit in view.plan.units if unit.kind is not UnitKind.OPEN}
    listed = {fold(name): name for name in places}
    otherwise = [name for name in view.tasks_by_name if listed.get(fold(name), name) != name]
    names = list(dict.fromkeys([*places, *view.unlisted_names, *otherwise]))
    for before, at in sorted(_alike([_bare(name) for name in names])):
        one, other = names[before], names[at]
        taken = "同一单位" if fold(one) == fold(other) else "两个单位"
        if other in places:
            yield Slip(places[other], {"found": other, "expected": one, "taken": taken, "field": "name"}, other)
        else:
            yield at_name(other, view.tasks_by_name[other], expected=one, taken=taken)


def _alike(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The positions of names that look like one, the earlier first; looked up, not each compared with each."""
    known: dict[_Key, list[int]] = {}
    for at, name in enumerate(names):
        kept, asked = _keys(name)
        likely = sorted({before for key in asked for before in known.get(key, ())})
        yield from islice(((before, at) for before in likely if _look_like_one(names[before], name)), _MOST)
        for key in kept:
            first = known.setdefault(key, [])
            if len(first) < _MOST:
                first.append(at)


_Key = tuple[str, ...]


def _keys(name: str) -> tuple[set[_Key], set[_Key]]:
    """Under what a name is remembered, and what is looked up for those it may be."""
    own = ("name", name)
    if len(name) > _LONGEST:
        return {own}, {own}
    without = [(name[:at], name[at + 1 :]) for at in range(len(name))]
    one_less = [before + after for before, after in without]
    exchanged = {("exchanged", *each) for each in without[1:]} if len(name) >= 6 else set()
    swapped = [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)]
    is_short, is_long = ("short", name), {("short", short) for short in _short_forms(name)}
    kept = {own, is_short, *(("one less", each) for each in one_less), *exchanged}
    asked = {own, ("one less", name), *(("name", each) for each in (*one_less, *swapped)), *exchanged}
    return kept | {("long", short) for _, short in is_long}, asked | is_long | {("long", name)}


def _short_forms(name: str) -> Iterator[str]:
    """What a name may be shortened to: its first two characters, one or two more, and its last."""
    if name[:1] and name[0] in _LEVELS:
        for count in (1, 2):
            for inner in combinations(name[2:-1][:_INNER], count):
                yield f"{name[:2]}{''.join(inner)}{name[-1]}"


def _bare(name: str) -> str:
    """A name as it is compared: no width, blanks, quotes and brackets; 政府 for 人民政府, 委 for 委员会."""
    plain = _TYPED_FREELY.sub("", unicodedata.normalize("NFKC", name))
    for long, short in _SHORTENED:
        plain = plain.replace(long, short)
    return plain


def _look_like_one(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return _one_exchange(short, long)
    if len(long) == len(short) + 1 and _one_more_character(short, long):
        return True
    return _is_short_form(short, long)


def _one_more_character(short: str, long: str) -> bool:
    """One character was left out: in front from three characters on, elsewhere from four.

    市委办 and 市委外办 are two offices, so are 江区政府 and 江北区政府 likely, and 领导小组 and its 办公室.
    """
    if len(short) >= 3 and long[1:] == short and long[0] in _LEVELS:
        return True
    if long == f"{short}办":
        return False
    return len(short) >= 4 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _one_exchange(one: str, other: str) -> bool:
    """Two neighbours are swapped, or one character of a long name of a department is another."""
    places = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) == 2 and places[1] == places[0] + 1 and len(one) >= 4:
        first, second = places
        return one[first] == other[second] and one[second] == other[first]
    return len(places) == 1 and places[0] > 0 and len(one) >= 6 and not _TERRITORY.search(one)


def _is_short_form(short: str, long: str) -> bool:
    """市发改委 of 市发展改革委: level, first word and end are the same, and nothing stands in another order.

    Where the long name begins with the whole short one, it is an office below: 市公安局交通管理局.
    """
    same_ends = short[:2] == long[:2] and short[-1] == long[-1] and short[0] in _LEVELS
    if not same_ends or not 4 <= len(short) <= 5 or long.startswith(short):
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


RULE = note(
    "单位名称“{found}”与“{expected}”非常相近，现按{taken}处理。",
    "请核对：是同一单位的，请统一名称，或者把其中一个写成另一个的别名。",
    _check,
)
