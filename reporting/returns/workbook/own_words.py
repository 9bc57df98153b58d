"""Which words of a workbook that came back are ours, and which a person put there.

What every workbook of a form says is known from the form. What only one of them says (its instructions, what is
wrong in it) is noted in its hidden sheet when it is written, as digests: a line that somebody changed is no longer
ours. Workbooks of earlier versions have no such note; there the place in which a text stands decides.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

from reporting.files.xlsx.choices import LISTS
from reporting.language.characters import HOLLOW, even_width
from reporting.language.headings import plain_heading
from reporting.language.values import as_text
from reporting.office.form import CHECK_HEADING, OPINION_HEADING, PAST_GOAL, PAST_RESULT, PAST_VALUE, Form
from reporting.returns.workbook.base import listed_words
from reporting.returns.workbook.layout import (
    INSTRUCTIONS,
    META,
    OTHERS,
    OTHERS_COLUMNS,
    OWN,
    PROBLEM_COLUMNS,
    PROBLEMS,
    TARGETS,
    TASKS,
)
from reporting.returns.workbook.live import READY, live_checks, row_checks, target_row, task_row

OUR_MARK, THEIR_MARK = "【校验意见】", "【来件批注】"
"""How a comment of ours begins; what follows the second in it is the sender's of a round before."""
COMMENTS = "批注"
"""Stands for a sheet in the note of digests: the comments of all sheets."""
_BEFORE = "必填栏中视为没有填写"
_LONGEST_LABELS = 200
_MOST_KNOWN = 2_000
_PIECE = 2_000
"""Digests in one cell, which holds 32,767 characters."""

_TITLE = re.compile(
    r"(?:\d{4}年度?)(?:任务完成情况|量化指标)(?:填报)?(?:表|说明)?|任务完成情况填报(?:表|说明)|量化指标完成情况"
)
# 填报检查：还有 3 项任务没有填好，…, and of 量化指标 what to do, or 还有 2 个指标没有填好。1-1：缺完成值；
_SUMMARY = re.compile(rf"{CHECK_HEADING}：|目标值和计量单位来自方案。|还有 \d+ 个指标没有填好。")
_PAST = frozenset(map(plain_heading, (PAST_RESULT, PAST_GOAL, PAST_VALUE)))
_SETTLED = ("已处理", "待处理")
_OPINION = re.compile(r"\d+\. ")
# 第一步, and a question in which a number stands
_STEP = re.compile(r"第[一二三四五六七八九]步|有 \d+ 个牵头单位，我填谁的")
_SECTION = re.compile(r"[一二三四五六七八九]、")
_LABELS = frozenset(
    (
        *("填报单位", "依据", "填报内容", "报送时间", "报送方式", "联系人", "颜色", "本次需要修改", "本次需要核实"),
        "长期任务进度填多少",
        *("配合单位也要填吗", "任务与本单位无关", "内容太长写不下", "可以筛选、排序吗", "从别处粘贴", "报错了怎么办"),
    )
)
"""What stands on the left on 填报说明 in workbooks without a note of digests, beside headings and statuses."""
# （盖章）, 负责人（签字）：____ beside labels, where nothing was filled in
_TO_SIGN = re.compile(r"盖章|公章|签字|签名|签章|单位|主要|分管|负责人|日期|年|月|日")


@lru_cache(maxsize=4_096)  # the instructions are much the same for all units
def digest(text: str) -> str:
    """A text made short: the same for the same words, however a program breaks their lines."""
    return blake2b(even_width(text).encode("utf-8", "replace"), digest_size=4).hexdigest()


def noted(words: Mapping[str, Iterable[str]]) -> list[tuple[str, str, str]]:
    """The rows of the hidden sheet that note the texts of ours by sheet: a key, the sheet, digests."""
    rows = []
    for sheet, texts in words.items():
        digests = sorted({digest(text) for text in texts if text})
        rows += [(OWN, sheet, " ".join(digests[at : at + _PIECE])) for at in range(0, max(1, len(digests)), _PIECE)]
    return rows


class _FormWords:
    """What every workbook of a form says."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._known: dict[str, bool] = {}

    def is_label(self, text: str) -> bool:
        """Whether a text is a title, a heading or a label, or several labels with nothing beside them."""
        if len(text) > _LONGEST_LABELS:
            return False
        known = self._known.get(text)
        if known is None:
            known = self._is_label(text)
            if len(self._known) < _MOST_KNOWN:
                self._known[text] = known
        return known

    def _is_label(self, text: str) -> bool:
        even = even_width(text)
        if plain_heading(text) in self.labels or _TITLE.fullmatch(even):
            return True
        rest = _TO_SIGN.sub("", self._any_label.sub("", even))
        return rest != even and not any(map(str.isalnum, rest))

    @cached_property
    def labels(self) -> frozenset[str]:
        form = self._form
        fields = (*form.header, *form.task, *form.target, form.answer)
        aside = (CHECK_HEADING, OPINION_HEADING, PAST_RESULT, PAST_GOAL, PAST_VALUE)
        lists = (*(heading for heading, _ in PROBLEM_COLUMNS), *(heading for heading, _ in OTHERS_COLUMNS))
        own = (PROBLEMS, OTHERS, TASKS, TARGETS)
        return frozenset(map(plain_heading, (*(each.heading for each in fields), *aside, *lists, *own)))

    @cached_property
    def _any_label(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self.labels, key=len, reverse=True))))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The words of 字典, also those that stood there before."""
        return frozenset((*listed_words(self._form), *HOLLOW, _BEFORE))

    @cached_property
    def checks(self) -> frozenset[str]:
        """The words of 填报检查."""
        rows = (task_row(self._form, "1"), target_row(self._form, "1"))
        words = (READY, *row_checks(), *(check.words for row in rows for check in live_checks(row)))
        return frozenset(("", *(piece for each in words for piece in each.split("；"))))

    def is_instruction(self, text: str, row: int, texts: Sequence[str]) -> bool:
        """Whether a text of 填报说明 stands where ours do, ``texts`` being those of its row."""
        label = texts[1] if len(texts) > 1 else ""
        known = label in _LABELS or label in self._form.statuses or _STEP.fullmatch(label)
        if known or plain_heading(label) in self.labels:
            return text in texts[1:3]
        return text == label and (row == 1 or _SECTION.match(text) is not None)


def is_form_label(form: Form, text: str) -> bool:
    """Whether a text is a title, a heading or a label of a form, or several labels with nothing beside them."""
    return _words_of(form).is_label(text)


@lru_cache(maxsize=4)
def _words_of(form: Form) -> _FormWords:
    return _FormWords(form)


@dataclass(frozen=True)
class OwnWords:
    """What a workbook holds of our own; ``noted`` are the digests that its hidden sheet has, by sheet."""

    _words: _FormWords
    noted: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, form: Form, meta: Iterable[Sequence[object]]) -> "OwnWords":
        """Of the rows of the hidden sheet."""
        found: dict[str, set[str]] = {}
        for row in meta:
            if len(row) > 2 and row[0] == OWN:
                found.setdefault(str(row[1]), set()).update(str(row[2]).split())
        return cls(_words_of(form), {sheet: frozenset(digests) for sheet, digests in found.items()})

    def is_label(self, text: str) -> bool:
        """Whether a text is a title, a heading or a label of ours, or several labels with nothing beside them."""
        return self._words.is_label(text)

    def is_own(self, sheet: str, text: str, row: int, line: Sequence[object]) -> bool:
        """Whether a text outside of the tables is ours, in a row of a sheet that holds ``line``."""
        settling = sheet == PROBLEMS and all(f'"{words}"' in text for words in _SETTLED)
        if text.startswith("=") and (f"{META}'!" in text or settling):  # a formula before anybody calculated
            return True
        if sheet in self.noted and digest(text) in self.noted[sheet]:
            return True
        if sheet == LISTS:
            return text in self._words.listed
        if self.is_label(text) or (row == 2 and _SUMMARY.match(text)):
            return True
        if sheet == PROBLEMS:
            return text in _SETTLED or (PROBLEMS not in self.noted and _is_problem(text, row, _texts(line)))
        if sheet == INSTRUCTIONS and INSTRUCTIONS not in self.noted:
            return self._words.is_instruction(text, row, _texts(line))
        return False

    def is_remark(self, sheet: str, heading: str, text: str) -> bool:
        """Whether a text below a heading of ours that is not read is ours: a check, an opinion, last year's word."""
        plain = plain_heading(heading)
        if plain == CHECK_HEADING:
            return all(each in self._words.checks for each in text.split("；"))
        if sheet in self.noted:
            return digest(text) in self.noted[sheet]
        if plain == OPINION_HEADING:
            return _OPINION.match(text) is not None
        return plain in _PAST

    def without_ours(self, text: str) -> str:
        """What the sender wrote of a comment: all of it, or what stands below our own words.

        A comment of ours in which something was changed is theirs as a whole.
        """
        changed = COMMENTS in self.noted and digest(text) not in self.noted[COMMENTS]
        return text if changed else sender_part(text)[1]


def sender_part(text: str) -> tuple[str, str]:
    """The author and the words of a comment of the sender below our own words; all of one that is not ours."""
    if not text.startswith(OUR_MARK):
        return "", text
    author, _, rest = text.partition(THEIR_MARK)[2].partition("\n")
    return author.strip(), rest.strip()


def _texts(line: Sequence[object]) -> list[str]:
    return [as_text(each) if isinstance(each, str | int | float) else "" for each in line]


def _is_problem(text: str, row: int, texts: Sequence[str]) -> bool:
    """Whether a text of 问题清单 stands where ours do: the title, the lines of the list but for their last column."""
    return row <= 2 or (texts[:1] != [] and texts[0].isdigit() and text in texts[: len(PROBLEM_COLUMNS) - 1])
