"""What a cell shows: a value in its number format, as Excel and WPS show it in Chinese.

0.8 in ``0%`` is 80%, 1 September 2026 in ``yyyy"年"m"月"`` is 2026年9月, 3 in ``0"件"`` is 3件. The codes are those
of ECMA-376 (18.8.30, 18.8.31); the numbers below 164 stand for codes that the file does not hold. Months in
words are shown in figures, as a Chinese reader says them. Runs while plan documents are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_LONGEST_CODE = 255
_LAST_DAY = 2_958_466
"""The day after the end of the year 9999."""

_MONTH, _DAY, _WHOLE = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_CLOCK, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 49: "@"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm", 30: "m/d/yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0"},
    **{5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00', 42: '"¥"#,##0', 44: '"¥"#,##0.00'},
    **{37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 43: "#,##0.00", 48: "##0.0E+0"},
    **{27: _MONTH, 36: _MONTH, 50: _MONTH, 52: _MONTH, 57: _MONTH, 31: _WHOLE},
    **{28: _DAY, 29: _DAY, 51: _DAY, 53: _DAY, 54: _DAY, 58: _DAY},
    **{32: _CLOCK, 34: _CLOCK, 55: _CLOCK, 33: _SECONDS, 35: _SECONDS, 56: _SECONDS},
}
"""The codes that files name by number alone, in the Chinese edition; all others are General."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.?)|[_*].?'
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b{2,4})"
    r"|(?P<sign>[0#?.,%@])"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s{0,3}(-?\d{1,15}(?:\.\d{1,15})?)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a code: positive; negative; zero; text."""

    tokens: tuple[tuple[str, str], ...]
    """Each as its kind (``text``, ``general``, ``date``, ``half``, ``elapsed``, ``power``, ``sign``) and its words."""
    condition: tuple[str, float] | None = None
    numerals: str = ""
    """The signs for 0 to 9 and for 10, 100, 1000, where numbers are shown in Chinese."""

    def has(self, *kinds: str) -> bool:
        """Whether any token is of one of these kinds."""
        return any(kind in kinds for kind, _ in self.tokens)

    def signs(self, wanted: str) -> int:
        """How often one of these signs stands in it."""
        return sum(kind == "sign" and word in wanted for kind, word in self.tokens)


_NUMERALS = {"dbnum1": "〇一二三四五六七八九十百千", "dbnum2": "零壹贰叁肆伍陆柒捌玖拾佰仟"}


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a code, at least one."""
    sections: list[_Draft] = [_Draft()]
    for match in _TOKEN.finditer(code[:_LONGEST_CODE]):
        kind = str(match.lastgroup)
        if match["plain"] == ";":
            sections.append(_Draft())
        elif kind == "bracket":
            sections[-1].bracket(match["bracket"])
        elif kind in ("quoted", "escaped", "plain"):
            sections[-1].tokens.append(("text", match[kind]))
        elif kind != "None":
            sections[-1].tokens.append((kind, match[kind]))
    return tuple(_Section(tuple(each.tokens), each.condition, each.numerals) for each in sections[:4])


@dataclass(slots=True)
class _Draft:
    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, float] | None = None
    numerals: str = ""

    def bracket(self, inside: str) -> None:
        """[红色], [>=10000], [$¥-804], [DBNum1], [h]."""
        condition, currency = _CONDITION.fullmatch(inside), _CURRENCY.match(inside)
        if condition:
            self.condition = (condition[1], float(condition[2]))
        elif currency:
            self.tokens.append(("text", currency[1]))
        elif inside.lower().strip("hms") == "" and inside:
            self.tokens.append(("elapsed", inside.lower()))
        else:
            self.numerals = _NUMERALS.get(inside.lower(), self.numerals)


def code_of(number: int, code: str | None) -> str:
    """The code of a number format by its number, and by what the file says it is."""
    return code if code is not None else BUILT_IN.get(number, "General")


def show(value: float | str, code: str, *, since_1904: bool = False) -> str:
    """The text that a cell with a number or a text shows; empty where its format hides it."""
    sections = _sections(code)
    if isinstance(value, str):
        return _show_text(value, sections)
    section, rest = _choose(value, sections)
    if not section.tokens:
        return "" if len(sections) > 1 else general(value)
    if section.has("date", "elapsed"):
        return _show_date(value, section, since_1904=since_1904)
    return _show_number(rest, section)


def general(value: float) -> str:
    """A number as it shows without a format: to ten digits, whole ones with all of theirs."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return format(Decimal(text), "f") if "e" in text and abs(value) < 1e15 else text


def _show_text(value: str, sections: Sequence[_Section]) -> str:
    section = sections[-1] if len(sections) == 4 or sections[-1].signs("@") else None
    if section is None:
        return value
    shown = (value if (kind, word) == ("sign", "@") else word for kind, word in section.tokens)
    return "".join(shown) if section.signs("@") or not section.tokens else value


_HOLDS = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__, "=": float.__eq__, "<>": float.__ne__
}  # fmt: skip


def _choose(value: float, sections: Sequence[_Section]) -> tuple[_Section, float]:
    """The part that holds for a number, and the number as it is shown there: a part for negatives has no minus."""
    numeric = sections[:3] if len(sections) > 3 or not sections[-1].signs("@") else sections[:-1] or sections
    if any(section.condition for section in numeric):
        for at, section in enumerate(numeric):
            last = at == len(numeric) - 1
            if section.condition is None or _HOLDS[section.condition[0]](float(value), section.condition[1]) or last:
                return section, value
    if len(numeric) > 2 and value == 0:
        return numeric[2], value
    if len(numeric) > 1 and value < 0:
        return numeric[1], abs(value)
    return numeric[0], value


# ---- dates -----------------------------------------------------------------------------------------------


def moment_of(value: float, *, since_1904: bool = False) -> datetime | None:
    """The moment that a number of days stands for: from 1900, with a 29 February that never was, or from 1904."""
    if not 0 <= value < _LAST_DAY:
        return None
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    try:
        return first + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return None


def _show_date(value: float, section: _Section, *, since_1904: bool) -> str:
    moment = moment_of(value, since_1904=since_1904)
    if moment is None:
        return general(value)
    words = [word.lower() for kind, word in section.tokens if kind == "date"]
    if any(word.startswith("mmm") for word in words):  # Sep-26
        return _in_chinese(moment, words)
    afternoon = section.has("half")
    parts = [_date_part(section, at, moment, value, twelve=afternoon) for at in range(len(section.tokens))]
    return "".join(parts).strip()


def _in_chinese(moment: datetime, words: Sequence[str]) -> str:
    """A date whose month is in words, by the parts that it shows."""
    first = {word[0] for word in words}
    year = f"{moment.year}年" if first & {"y", "e"} else ""
    return f"{year}{moment.month}月" + (f"{moment.day}日" if "d" in first else "")


def _date_part(section: _Section, at: int, moment: datetime, value: float, *, twelve: bool) -> str:
    kind, word = section.tokens[at]
    word = word.lower()
    if kind == "half":
        return "上午" if moment.hour < 12 else "下午"
    if kind == "elapsed":
        whole = {"h": 24, "m": 24 * 60, "s": 86_400}[word[0]]
        return str(int(value * whole + 1e-6)).zfill(len(word))
    if kind != "date":
        return word if kind == "text" or word in ".," else "" if word in "#?@" else word
    if word[0] == "m" and _is_minute(section, at):
        return str(moment.minute).zfill(len(word[:2]))
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    if word[0] in "ye":
        return f"{moment.year:04d}" if len(word) > 2 or word[0] == "e" else f"{moment.year % 100:02d}"
    if word[0] == "a" or (word[0] == "d" and len(word) > 2):
        return ("星期" if len(word) > 3 or word[0] == "d" else "") + _WEEKDAYS[moment.weekday()]
    return str(numbers[word[0]]).zfill(len(word[:2])) if word[0] in numbers else ""


def _is_minute(section: _Section, at: int) -> bool:
    """m right behind hours, or right before seconds, is minutes."""
    before = next((word.lower() for kind, word in section.tokens[:at][::-1] if kind in ("date", "elapsed")), "")
    after = next((word.lower() for kind, word in section.tokens[at + 1 :] if kind in ("date", "elapsed")), "")
    return before.startswith("h") or after.startswith("s")


# ---- numbers ---------------------------------------------------------------------------------------------


def _show_number(value: float, section: _Section) -> str:
    if ("text", "/") in section.tokens and section.signs("?"):  # a fraction, # ?/?
        return general(value)
    if section.has("general") or not section.signs("0#?"):
        number = _in_numerals(general(value), section.numerals)
        known = section.has("general") or section.signs("@") > 0
        words = (number if kind == "general" or word == "@" else word for kind, word in section.tokens)
        return "".join(words) if known else "".join(word for kind, word in section.tokens if kind == "text")
    try:
        return _in_places(Decimal(f"{value:.15g}"), section)
    except InvalidOperation:
        return general(value)


def _in_places(value: Decimal, section: _Section) -> str:
    """A number in the places of its format: ``#,##0.0"万元"``, ``0%``, ``0!.0,"万"``."""
    tokens = [("sign", word) if kind == "sign" else (kind, word) for kind, word in section.tokens]
    point = next((at for at, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    digits = [at for at, (kind, word) in enumerate(tokens) if kind == "sign" and word in "0#?"]
    if section.has("power"):
        power = next(at for at, (kind, _) in enumerate(tokens) if kind == "power")
        return f"{float(value):.{sum(point < at < power for at in digits)}E}"
    last_whole = max((at for at in digits if at < point), default=-1)
    behind = [*tokens[last_whole + 1 : point], *(tokens[max(digits) + 1 :] if max(digits) > point else ())]
    scale = sum(token == ("sign", ",") for token in behind)
    grouped = any(token == ("sign", ",") for token in tokens[min(digits) : max(last_whole, 0)])
    value = value * 100 ** section.signs("%") / 1000**scale
    places = sum(at > point for at in digits)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    minus = "-" if rounded < 0 else ""
    left = _whole_part(tokens[:point], whole, grouped=grouped)
    right = _decimal_part(tokens[point:], part)
    return _in_numerals(minus + left + right, section.numerals)


def _whole_part(tokens: Sequence[tuple[str, str]], whole: str, *, grouped: bool) -> str:
    """The tokens before the point with the digits in their places, from the right."""
    places = sum(kind == "sign" and word in "0#?" for kind, word in tokens)
    zeros = sum((kind, word) == ("sign", "0") for kind, word in tokens)
    whole = "" if whole == "0" and not zeros else whole.zfill(zeros)
    shown: list[str] = []
    left = places
    for kind, word in tokens:
        if kind != "sign":
            shown.append(word)
        elif word in "0#?":
            end = len(whole) - left + 1
            begin = 0 if left == places else max(0, end - 1)
            shown.append(_grouped(whole, begin, max(0, end)) if grouped else whole[begin : max(0, end)])
            left -= 1
        elif word == "%":
            shown.append(word)
    return "".join(shown)


def _grouped(whole: str, begin: int, end: int) -> str:
    """Some of the digits of a whole number, with a comma after each that thousands follow."""
    return "".join(
        sign + ("," if (rest := len(whole) - at - 1) and rest % 3 == 0 else "")
        for at, sign in enumerate(whole[begin:end], begin)
    )


def _decimal_part(tokens: Sequence[tuple[str, str]], part: str) -> str:
    """The tokens from the point on; places of # have no zeros at the end."""
    optional = [word for kind, word in tokens if kind == "sign" and word in "0#?"]
    while part and part[-1] == "0" and optional[len(part) - 1] != "0":
        part = part[:-1]
    digits: Iterator[str] = iter(part)
    shown = []
    for kind, word in tokens:
        if kind != "sign" or word in ".%":
            shown.append(word if word != "." or kind != "sign" or part else "")
        elif word in "0#?":
            shown.append(next(digits, ""))
    return "".join(shown)


def _in_numerals(text: str, signs: str) -> str:
    """A whole number below 10,000 in Chinese numerals, where the format says so; others digit by digit."""
    if not signs:
        return text
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        return text.translate({48 + digit: signs[digit] for digit in range(10)})
    words = ""
    for at, digit in enumerate(text.lstrip("0")):
        place = len(text.lstrip("0")) - at - 1
        if digit != "0":
            words += signs[int(digit)] + (signs[9 + place] if place else "")
        elif words and words[-1] != signs[0]:
            words += signs[0]
    words = words.rstrip(signs[0])
    return words.removeprefix(signs[1]) if words.startswith(signs[1] + signs[10]) else words or signs[0]
