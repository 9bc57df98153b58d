"""How the documents word dates, counts, shares and lists.

Numerals follow GB/T 15835-2011, punctuation GB/T 15834-2011, numbering of headings GB/T 9704-2012, 7.3.3.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from reporting.language.characters import printed_width
from reporting.language.values import format_number
from reporting.language.wording import book, chinese_date, year_in
from reporting.model import Target
from reporting.office.settings import DocumentSettings, OfficeContact, Settings
from reporting.plan.words import goal_text

_SELF_NAMES = (("办公室", "我办"), ("办", "我办"), ("委员会", "我委"), ("委", "我委"), ("局", "我局"))
_PLANS = ("实施方案", "推进计划", "行动计划", "工作方案", "工作要点", "任务分解", "任务分工", "战略纲要")
_MATTERS = ("任务完成情况", "完成情况", "重点任务", "检查验收", "知识产权", "示范城市", "高质量发展")
_BODIES = ("人民政府", "领导小组", "国家", "强市", "强国")
_DEEDS = ("示范", "创建", "推进", "年度", "建设", "工作", "填报")
_TITLE_WORDS = (*_PLANS, *_MATTERS, *_BODIES, *_DEEDS)
"""Words that a line of a title does not end inside of, and that a new line may well begin with."""


def plan_title(title: str, year: int) -> str:
    """The plan's title, or what to call a plan whose document had none."""
    return title.strip() or f"{year}年度任务分解表"


def plan_words(title: str, year: int) -> str:
    """The plan as a sentence names it: 2026年度《重点任务分解方案》."""
    named = plan_title(title, year)
    return f"{year_in(named, year)}{book(named)}"


def return_words(settings: Settings) -> str:
    """What a unit reports on: 2026年度《重点任务分解方案》任务完成情况."""
    title, year = settings.title, settings.year
    return f"{year_in(title, year)}{book(title) if title else ''}任务完成情况"


def marks_taken(listed: Iterable[tuple[str, float]]) -> str:
    """For what marks are taken off, by the settings of the office: 逾期报送扣2分，未报送扣5分."""
    return "，".join(f"{what}扣{format_number(points)}分" for what, points in listed if points)


def annex_list(titles: Sequence[str]) -> list[str]:
    """The list of annexes under the body; a single one has no number (GB/T 9704-2012, 7.3.4)."""
    numbered = [f"{number}.{title}" for number, title in enumerate(titles, start=1)]
    names = numbered if len(titles) > 1 else titles
    return [f"附件：{name}" if at == 0 else name for at, name in enumerate(names)]


def annex_head(titles: Sequence[str], title: str) -> dict[str, object]:
    """The label and title of an annex; no label where this document has none such."""
    number = titles.index(title) + 1 if len(titles) > 1 and title in titles else ""
    return {"label": f"附件{number}" if title in titles else "", "title": title}


def goal_words(target: Target) -> str:
    """Write what a target asks for with its unit: ≥10家, 增长≥16%."""
    return f"{goal_text(target)}{target.unit}"


def contact_note(contact: OfficeContact) -> str:
    """The note in brackets that says whom to ask (GB/T 9704-2012, 7.3.6); empty without a contact."""
    labels = (("联系人", contact.name), ("电话", contact.phone), ("电子邮箱", contact.email), ("地址", contact.address))
    parts = [f"{label}：{value}" for label, value in labels if value]
    return f"（{'，'.join(parts)}）" if parts else ""


def self_name(issuer: str) -> str:
    """How an issuer calls itself in a letter: 我办, 我局, or 我单位 where the name does not tell."""
    return next((short for ending, short in _SELF_NAMES if issuer.endswith(ending)), "我单位")


_LINE = 28
"""Characters of 3号 in a line (GB/T 9704-2012, 5.2.3)."""
_OVER_DATE = 14
"""So many characters fit centred over a date that ends four from the right."""


def signature(issuer: str, day: date, *, seal: bool = True) -> dict[str, object]:
    """The signature: the issuer centred over the date to be sealed, or both set to the right without a seal.

    Where only the width of the name tells the place, ``moved`` asks the template for it: ``lead`` and
    ``date_lead`` are tabs of half a character each (GB/T 9704-2012, 7.3.5.1 and 7.3.5.2).
    """
    written = chinese_date(day)
    wide, date_wide = printed_width(issuer), printed_width(written)
    moved = not seal or wide > _OVER_DATE
    if seal:
        name_at = _LINE - 0.5 - wide
        date_at = name_at + (wide - date_wide) / 2
    else:
        # the name two characters from the right, the date two further than it begins, or itself at two
        date_at = min(_LINE - 2 - wide + 2, _LINE - 2 - date_wide)
        name_at = date_at - 2
    lead, date_lead = ("\t" * max(round(at * 2), 0) if moved else "" for at in (name_at, date_at))
    return {
        "issuer": issuer,
        "date": written,
        "seal": seal,
        "moved": moved,
        "lead": lead,
        "date_lead": date_lead,
        "long": wide > _OVER_DATE,  # what templates restyled before there was ``moved`` ask for
    }


def imprint(settings: DocumentSettings, issuer: str, day: date) -> dict[str, str] | None:
    """版记 of a document that goes out: copies, who printed it, and when; None where it is switched off."""
    if not settings.imprint:
        return None
    copies = settings.copies_to.strip().rstrip("。")
    return {
        "copies": f"{copies}。" if copies else "",
        "office": settings.printed_by or issuer,
        "date": chinese_date(day),
    }


def closing(settings: Settings, issuer: str, day: date) -> dict[str, object]:
    """What every document ends with: its signature, and whom to ask."""
    written = signature(issuer, day, seal=settings.document.seal)
    return {"signature": written, "contact": contact_note(settings.contact)}


def official_closing(settings: Settings, issuer: str, day: date, number: str) -> dict[str, object]:
    """The same of a document that goes out under a number, with 版记."""
    return closing(settings, issuer, day) | {"number": number, "imprint": imprint(settings.document, issuer, day)}


def _can_break(text: str, at: int) -> bool:
    """Whether a line may end before ``at``: not inside a number, and not against 行首行尾禁则."""
    before, after = text[at - 1], text[at]
    splits_word = (before.isascii() and after.isascii()) or (before.isdigit() and after == "年")
    return not splits_word and before not in "《“（〈第" and after not in "》”）〉、，：的了"


def _breaks_by_meaning(text: str, at: int) -> bool:
    """Whether a title may well be broken before ``at``."""
    inside_word = any(
        at - offset >= 0 and text.startswith(word, at - offset)
        for word in _TITLE_WORDS
        for offset in range(1, len(word))
    )
    if inside_word:
        return False
    return text[at - 1] in "》的和与及" or text[at] == "《" or text.startswith(_TITLE_WORDS, at)


def _width(text: str) -> float:
    """How many characters of room a text takes.

    Digits and Latin letters take half, and a quarter more where they meet Chinese, since word processors put
    a gap there.
    """
    gaps = sum(
        before.isalnum() and after.isalnum() and before.isascii() != after.isascii() for before, after in pairwise(text)
    )
    return sum(0.5 if character.isascii() else 1 for character in text) + gaps / 4


def title_lines(title: str, room: int = 20) -> str:
    """Break a long title by meaning into lines of like length (GB/T 9704-2012, 7.3.1).

    ``room`` is how many characters of 2号 fit the type area. Lines are parted by a line feed.
    """
    needed = math.ceil(_width(title) / room)
    for lines in range(max(needed, 2), len(title)) if needed > 1 else ():
        goal = _width(title) / lines
        fitting = [
            at
            for at in range(2, len(title) - 2)
            if _width(title[:at]) <= room and _width(title[at:]) <= room * (lines - 1) and _can_break(title, at)
        ]
        if fitting:
            best = min(fitting, key=lambda at: _break_cost(title, at, goal))
            return f"{title[:best]}\n{title_lines(title[best:], room)}"
    return title


def phrases(title: str) -> list[str]:
    """A title in the pieces between which a line of it may well end."""
    cuts = [at for at in range(2, len(title) - 1) if _can_break(title, at) and _breaks_by_meaning(title, at)]
    return [title[begin:end] for begin, end in pairwise([0, *cuts, len(title)])]


def _break_cost(title: str, at: int, goal: float) -> float:
    """How far a break is from the even one; one inside a word counts as five characters further."""
    return abs(_width(title[:at]) - goal) + (0 if _breaks_by_meaning(title, at) else 5)
