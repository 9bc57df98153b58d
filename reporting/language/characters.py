"""Characters made comparable: width, blanks, the invisible ones, and those that only look like another.

What a reader takes a character for is settled here, for documents, names and values alike.
"""

import re
import unicodedata
from functools import cache

_RADICALS = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄
⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺫目 ⺬示
⺭礻 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺶羊 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见
⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞
⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀
⻳龟 ㇏乀 ㇐一 ㇑丨 ㇒丿 ㇓丿 ㇔丶 ㇖乛 ㇚亅 ㇝乀 ㇟乚 ㇠乙
"""
"""Radicals and strokes that fonts of PDF files give instead of characters (Unicode: Equivalent_Unified_Ideograph).

Kangxi radicals and compatibility ideographs have their character in Unicode's own tables; these have not.
"""

_FORMS = """
︐， ︑、 ︒。 ︓： ︔； ︕！ ︖？ ︗〖 ︘〗 ︙… ︰… ︱— ︲– ︳_ ︴_ ︵（ ︶） ︷｛ ︸｝ ︹〔 ︺〕 ︻【 ︼】 ︽《 ︾》
︿〈 ﹀〉 ﹁「 ﹂」 ﹃『 ﹄』 ﹇［ ﹈］ ﹐， ﹑、 ﹒． ﹔； ﹕： ﹖？ ﹗！ ﹘— ﹙（ ﹚）
﹛｛ ﹜｝ ﹝〔 ﹞〕 ﹟# ﹠& ﹡* ﹢+ ﹣- ﹤< ﹥>
﹦= ﹨\\ ﹩$ ﹪% ﹫@ ･· ・· ‧· ∙·
"""
"""Marks in the forms of vertical lines, of small type and of half width, in the usual one."""

_IN_OLD_SETS = {0xE78D + at: sign for at, sign in enumerate("，。、：；！？〖〗…")}
"""Vertical marks (GB 18030 A6D9 to A6F3) that Python reads into the area of private use."""

_BLANK = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800), " ")
_WIDE_BLANK = dict.fromkeys((0xE5E5, 0x3164, 0xFFA0, 0x115F, 0x1160), "\u3000")
"""The two-byte blank of old input methods (GBK A3A0), which Python reads as U+E5E5, and those of Korean."""

_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\ufffc\ufffe\uffff"
)
"""What takes no room: control characters, joiners, marks of direction, variants and order, the sign for an object."""

UNSEEN = re.compile(f"[{_UNSEEN}]")
"""One character that nobody sees. Example: the mark U+202A that comes along from a messenger."""
_FAR = re.compile("[\U00010000-\U0010ffff]")
_FAR_UNSEEN = re.compile("[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
"""The same beyond the first plane of Unicode; apart, since one pattern for both takes ten times as long."""


_PAIRS = (_RADICALS + _FORMS).split()
_IDEOGRAPHS = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E), *range(0x1D7CE, 0x1D800))
"""Kangxi radicals, compatibility ideographs, and digits as formulas set them."""
_BLANKS = "".join(map(chr, _BLANK | _WIDE_BLANK))
_ODD_SIGNS = re.escape("".join(pair[0] for pair in _PAIRS)) + "".join(map(chr, _IN_OLD_SETS))
_ODD = re.compile(f"[{_UNSEEN}{_BLANKS}{_ODD_SIGNS}\u2f00-\u2fd5\uf900-\ufad9]")
"""One character that is not as it seems: most texts have none, and are looked through once."""


@cache
def _look_alikes() -> dict[int, str]:
    pairs = {ord(pair[0]): pair[1:] for pair in _PAIRS}
    pairs |= {code: unicodedata.normalize("NFKC", chr(code)) for code in _IDEOGRAPHS}
    return pairs | _IN_OLD_SETS | _BLANK | _WIDE_BLANK


def as_seen(text: str) -> str:
    """A text in the characters a reader takes it to have.

    What nobody sees is left out, an odd blank is a blank, and what only looks like a character is that
    character: ⺠ is 民, ⾏ is 行, ︵ is （. All that can be told apart stays as it is.
    """
    if _ODD.search(text) is None and _FAR.search(text) is None:
        return text
    return _FAR_UNSEEN.sub("", UNSEEN.sub("", text)).translate(_look_alikes())


_NOTHING = re.compile(f"[\\s{_UNSEEN}{_BLANKS}]")
"""One character that shows nothing: blanks of all kinds, and what nobody sees."""


def trimmed(text: str) -> str:
    """A text without outer blanks, and without what nobody sees among them."""
    text = text.strip()
    start, end = 0, len(text)
    while start < end and _NOTHING.match(text, start):
        start += 1
    while start < end and _NOTHING.match(text, end - 1):
        end -= 1
    return text[start:end]


_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")


def even_width(text: str) -> str:
    """Make a number, date or status comparable: half width, no blanks, no zero-width characters."""
    even = unicodedata.normalize("NFKC", as_seen(text))
    joined = _SPACES.sub("", even)
    # taking a blank out from between a letter and its accent lets the two join
    return joined if len(joined) == len(even) else unicodedata.normalize("NFKC", joined)


def one_line(text: str) -> str:
    """A text on one line: its pieces with single blanks between them."""
    return " ".join(text.split())


HOLLOW = frozenset("/／-－—。.、") | {"无", "暂无", "没有", "无问题", "不涉及", "略", "——", "N/A", "n/a"}
"""What people write into a cell that they must fill and have nothing for."""


def is_hollow(text: str) -> bool:
    """Whether a text says nothing: blanks, 无, a dash, a full stop."""
    return text.strip().rstrip("。") in {"", *HOLLOW}


def same_words(left: str, right: str) -> bool:
    """Whether two texts differ in nothing but width, blanks and line breaks."""
    return left == right or even_width(left) == even_width(right)


def printed_width(text: str) -> float:
    """How wide a text is printed, in Chinese characters; letters and half-width marks take half the room."""
    return len(text) - sum(char.isascii() for char in text) / 2
