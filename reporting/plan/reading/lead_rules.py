"""What a document says about who leads: 排第一位的为牵头单位, 标★的为牵头单位, 逗号前为牵头单位.

Said once, in a note, a heading or the bracket of one task (…，下同), it holds for the whole document.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from sys import maxsize

from reporting.language.units import cut_outside, fold
from reporting.model import Line
from reporting.plan.reading.draft import Draft

MARKS = "★☆*＊●○▲△※◆◇◎■□♦√✓▪"
"""Signs that offices set before or behind the name of a unit that leads."""

_LEADS = r"[^。；\n]{0,14}(?:牵头|主办|主责)"
FIRST = re.compile(
    rf"(?:第一(?:位|个|责任)?|首位|首个|最前|排名?(?:在|最)?前面?|列前)(?!.{{0,3}}季度){_LEADS}"
    r"|(?:牵头|主办|主责)(?:单位|部门)(?:均|一律)?(?:列|排|放|写)(?:名|序)?(?:在|于)?(?:第一|首|最前)"
)
"""The remark that the first-named unit leads: 凡由多个部门负责的,排在第一位的部门为牵头部门."""

MARKED = re.compile(
    rf"[“\"‘'（(「]?([{MARKS}])[”\"’'）)」]?(?:号|标记|标识|符号|标志)?(?:的|者)?(?:单位|部门|为|是|表示|代表|系|指|均|[：:，,])"
    r"[^。；\n]{0,8}(?:牵头|主办|主责)"
)
"""The remark that marked units lead: 标★的为牵头单位，其余为配合单位."""

STANDING_OUT = re.compile(rf"(加粗|黑体|粗体|下划线|划线|划横线)(?:字体|字|显示|标注|标示|标出)?(?:的|者){_LEADS}")
"""The remark that units in bold or underlined lead."""
_LOOKS = {"加粗": "加粗", "黑体": "加粗", "粗体": "加粗"}

BEFORE_COMMA = re.compile(rf"(逗号|分号|冒号|[“\"](?:，|,|；|;|/)[”\"]|斜杠|横线)(?:之|以)?前(?:面)?(?:的)?{_LEADS}")
"""The remark that what stands before a mark leads: 逗号前为牵头单位，逗号后为配合单位."""
_SIGNS = {"逗号": "，,", "分号": "；;", "冒号": "：:", "斜杠": "/", "横线": "—-"}


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Who leads where a list names no roles: nobody in particular, unless the document says so."""

    first: bool = False
    mark: str = ""
    look: str = ""
    """How those who lead stand out from the others: 加粗, 下划线."""
    before: str = ""
    """The marks before which those who lead stand: ，."""

    @property
    def given(self) -> bool:
        """Whether the document says anything of it."""
        return bool(self.first or self.mark or self.look or self.before)

    def leading(self, names: Sequence[str], marked: Collection[str]) -> list[str]:
        """Which of the names of a list without roles lead; all where no rule fits it."""
        if self.mark and (named := [name for name in names if _is_marked(name, marked)]):
            return named
        return list(names[:1]) if self.first else list(names)

    def parted(self, words: str) -> tuple[str, str]:
        """The words before and after the mark that parts those who lead from the others; nothing after without it."""
        pieces = cut_outside(words, self.before) if self.before else [words]
        return pieces[0], "，".join(pieces[1:])


def find_lead_rule(text: str) -> LeadRule:
    """What a document, or the words of one clause, say about who leads."""
    marked, look, comma = MARKED.search(text), STANDING_OUT.search(text), BEFORE_COMMA.search(text)
    before = (_SIGNS.get(comma.group(1)) or comma.group(1)[1:-1]) if comma else ""
    return LeadRule(
        first=FIRST.search(text) is not None,
        mark=marked.group(1) if marked else "",
        look=_LOOKS.get(look.group(1), "下划线") if look else "",
        before=before,
    )


BESIDE_REMARK = re.compile(
    r"(?:凡|如)?(?:是|由|有)?(?:多个|几个|[两二2]个(?:及|或)?(?:以上|单位以上)).{0,14}|(?:其余|其他|余下|未|没有?|不|(?:逗号|分号|冒号|斜杠|横线)(?:之|以)?后).{0,10}(?:配合|协办|协助|参与|责任)(?:单位|部门)?"
)
"""The other half of such a remark: 其余为配合单位, 逗号后为配合单位, 由多个单位负责的."""


def take_remark(words: str) -> str:
    """The words of a clause without the remark on who leads: …、各镇人民政府，标△的为牵头单位，下同."""
    pieces = re.split(r"([，,；;。])", words)
    remarks = [at for at, piece in enumerate(pieces) if _is_remark(piece)]
    if not remarks:
        return words
    return "".join(piece for at, piece in enumerate(pieces) if at not in remarks and not BESIDE_REMARK.fullmatch(piece))


def _is_remark(piece: str) -> bool:
    said = (FIRST, MARKED, STANDING_OUT, BEFORE_COMMA)
    return not re.search("[、：:()（）]", piece) and any(pattern.search(piece) for pattern in said)


def take_marks(words: str) -> tuple[str, frozenset[str]]:
    """The words without the signs around names, and the names that had one: ★市政务局、市水利局."""
    if not any(mark in words for mark in MARKS):
        return words, frozenset()
    words = re.sub(rf"[(（\[【]([{MARKS}])[)）\]】]", r"\1", words)
    found: set[str] = set()
    for piece in re.split(r"[、，,；;：:。()（）\s]", words):
        bare = piece.strip(MARKS)
        if bare and bare != piece:
            found.add(fold(bare))
    return words.translate(_NO_MARKS), frozenset(found)


_NO_MARKS = str.maketrans("", "", MARKS)


def _is_marked(name: str, marked: Collection[str]) -> bool:
    """市政务局 is meant by ★政务局 as well."""
    return any(fold(name).endswith(each) for each in marked)


def lead_by_look(drafts: Sequence[Draft], lines: Sequence[Line], rule: LeadRule) -> list[Draft]:
    """The drafts with only those units in the lead that stand out as the document says, and the others in support."""
    if not rule.look:
        return list(drafts)
    looks = sorted((line.place.row, fold(words)) for line in lines for how, words in line.emphasis if how == rule.look)
    rows = [row for row, _ in looks]
    starts = [*sorted({draft.place.row for draft in drafts}), maxsize]
    ranked: list[Draft] = []
    for draft in drafts:
        end = starts[bisect_right(starts, draft.place.row)]
        shown = [words for _, words in looks[bisect_left(rows, draft.place.row) : bisect_left(rows, end)] if words]
        lead = tuple(name for name in draft.lead if any(_overlap(fold(name), words) for words in shown))
        others = tuple(name for name in draft.lead if name not in lead)
        ranked.append(replace(draft, lead=lead, support=(*others, *draft.support)) if lead else draft)
    return ranked


def _overlap(name: str, words: str) -> bool:
    return words in name or name in words
