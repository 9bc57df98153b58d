"""完成状态 as people write it, read step by step to a word of the list.

First hit decides: a listed word or synonym; boxes of which one is ticked; what says nothing. What is left is
cut into parts, each is read by the tables of ``status_words``, and the parts are joined. Two laws: words that
may mean two statuses of one outcome are told, of two outcomes are asked about; and nothing is read as done or
as dropped on a guess, since that raises the rate of completion.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from reporting.language.characters import even_width
from reporting.model import Meaning, Unread, Weight
from reporting.office.form import Form
from reporting.returns.words import status_words as tables
from reporting.returns.words.shares import VAGUE, find_shares, without_shares

_LONGEST = 120
"""Characters of a status; what is longer is an account that stands in the wrong column."""
_LONGEST_PART = 40
_EDGES = "。.;,:!、·…_*\"'“”‘’「」【】"
_NUMBERING = re.compile(r"^(?:[(]?[\d一二三四五六七八九十]{1,2}[)、.:](?!\d)|[①-⑳])")
_RIM = re.compile(
    r"^(?:截[至止]目前|目前|现阶段|现(?=[已正在处基尚未全])|当前|总体上?|整体上?|该项?|此项?|本项|各项|(?:我|本)(?:局|委|办|厅|部|处|单位|部门)|任务|工作|事项|项目)[:,]?"
)
_RIM_BEHIND = re.compile(r"(?:了|状态|任务|工作)$")
_CUTS = re.compile(r"(?<=[成结毕位收])并(?!入)|[,，、;；。(（)）\n]+|但是?|不过|然而|其中|同时")
_JOINTS = re.compile(r"(?<=[成结毕位收])(?:并|且|并且|后|及|和)?(?=长期|持续|常态|日常)")
_FRONT = re.compile(r"^(?:而|且|并且|并(?!入)|还|也|现)(?=\S{2})")
_EITHER = re.compile(r"[/／|\\]|或者?|还是")
_MOSTLY = re.compile("大部分|大多数")
_LOWEST = {"behind": 0, "ongoing": 1, "done": 2, "void": 3}


Due = Literal["", "passed", "ahead", "lasting"]


@dataclass(frozen=True, slots=True)
class StatusContext:
    """What stands beside a status: the rest of its row, its task, the row above."""

    progress: float | None = None
    """完成进度 where it is a plain figure."""
    due: Due = ""
    """Whether the deadline of the task has passed, is still to come, or is none."""
    is_lead: bool = True
    above: str = ""
    """The status of the row above."""
    month: int = 12
    """The month in which the return is read."""


def read_status(raw: str, form: Form, context: StatusContext) -> Meaning:
    """What a status means that is no word of the list and no synonym."""
    text = raw.replace("\n", ";") if raw.strip().count("\n") else raw
    even = even_width(text).strip(_EDGES)
    if len(even) > _LONGEST:
        return _unreadable("写的是一段话，请移到“完成情况”栏")
    reader = _StatusReader(form, context)
    if even.endswith("?") and even.strip("?"):
        return reader.unsure(even.rstrip("?"))
    return reader.whole(raw, even)


def _unreadable(doubt: str = "") -> Meaning:
    return Meaning(Unread.UNREADABLE, "error", doubt=doubt)


def _bare(text: str) -> str:
    """A part without numbering, and without what only leads up to its words."""
    text = _NUMBERING.sub("", text.strip(_EDGES)).strip(_EDGES)
    while (shorter := _RIM.sub("", text).strip(_EDGES)) and shorter != text:
        text = shorter
    return text


@dataclass(frozen=True, slots=True)
class _StatusReader:
    form: Form
    context: StatusContext

    def whole(self, raw: str, even: str) -> Meaning:
        """The answer to all of what was typed."""
        return self.listed(even) or self.boxes(even) or self.says_nothing(raw, even) or self.parts(even)

    def unsure(self, even: str) -> Meaning:
        """The same with a mark of question behind it."""
        meaning = self.whole(even, even)
        if not isinstance(meaning.value, str):
            return meaning
        return self._settle(meaning.value, "confirm", meaning.rivals or (meaning.value,), "带有问号")

    # ---- steps 1 to 3: the whole -----------------------------------------------------------------------------

    def listed(self, even: str) -> Meaning | None:
        """A word of the list or a synonym, with what only leads up to it."""
        words, bare = self.form.status_words, _bare(even).strip(_EDGES + tables.TICKS)
        for text in (even, bare, _RIM_BEHIND.sub("", bare)):
            if text in words:
                return Meaning(words[text], shown=words[text])
        return None

    def boxes(self, even: str) -> Meaning | None:
        """☑已完成□未完成: the one that is ticked; A/B, or two words side by side, are two."""
        even = re.sub(rf"[(\[【][{tables.TICKS}][)\]】]", "☑", re.sub(r"[(\[【][)\]】]", "□", even))
        if any(sign in even for sign in tables.BOXES) or sum(sign in tables.TICKS for sign in even) > 1:
            ticked = self._ticked(even)
            if len(ticked) != 1:
                return _unreadable("勾选了不止一项" if ticked else "没有勾选哪一项")
            return self.listed(ticked[0]) or self.parts(ticked[0])
        listed = {self.form.status_words.get(each.strip(_EDGES), "") for each in _EITHER.split(even)}
        names = "|".join(map(re.escape, sorted(self.form.statuses, key=len, reverse=True)))
        beside = re.fullmatch(rf"({names}){{2,4}}", even)
        if (len(listed) > 1 and "" not in listed) or beside:
            return _unreadable("写了不止一项")
        return None

    def _ticked(self, even: str) -> list[str]:
        signs = tables.TICKS + tables.BOXES + tables.CROSSES
        pieces = [each for each in re.split(rf"([{signs}])", even) if each.strip(_EDGES)]
        if pieces and pieces[0] not in signs:  # the box stands behind its word
            pieces.reverse()
        return [word.strip(_EDGES) for sign, word in pairwise(pieces) if sign in tables.TICKS and word not in signs]

    def says_nothing(self, raw: str, even: str) -> Meaning | None:
        """A tick alone, 同上, and what is no status."""
        bare = raw.strip()
        if bare in tables.FREE_TICK or even in tables.FREE_TICK:
            return self._settle(tables.DONE, "confirm", (tables.DONE, tables.ON_TIME), "只是打勾", by_progress=True)
        if bare in tables.FREE_CROSS or even in tables.FREE_CROSS:
            return self._settle(tables.UNDONE, "confirm", (tables.UNDONE,), "只是打叉")
        if bare in tables.LIKE_ABOVE or even in tables.LIKE_ABOVE:
            above = self.context.above
            if above not in self.form.statuses:
                return _unreadable("上一行没有可以照抄的状态")
            if self._group(above) == "done" and self.context.progress == 100:
                return Meaning(above, "confirm", above, f"指上一行的“{above}”")
            return self._settle(above, "confirm", (above,), f"指上一行的“{above}”")
        if even in tables.NOTHING_SAID or bare in tables.NOTHING_SAID:
            return _unreadable()
        return None

    # ---- steps 4 to 13: the parts ----------------------------------------------------------------------------

    def parts(self, even: str) -> Meaning:
        """What the parts say together."""
        whole = _bare(even)
        cut = [_FRONT.sub("", _bare(each)) for each in _CUTS.split(_JOINTS.sub(",", whole))]
        parts = [each for each in cut if each]
        if not parts or any(len(each) > _LONGEST_PART for each in parts):
            return _unreadable()
        said: list[tables.Word] = []
        silent: list[str] = []
        for part in parts:
            if said and tables.TAIL.fullmatch(part):
                continue
            word = self._part(part)
            if word is None:
                silent.append(part)
            else:
                said.append(word)
        if not said:
            return _unreadable()
        return self._joined(said, silent)

    def _part(self, part: str) -> tables.Word | None:
        """What one part says: its share first where it is all there is or stands beside 完成."""
        listed = self.form.status_words.get(part) or self.form.status_words.get(_RIM_BEHIND.sub("", part))
        if listed:
            known = tables.find_word(part)
            step = known.step if known and known.step in ("motion", "lasting") else "listed"
            return tables.Word(step, listed)
        word = tables.find_word(part)
        negated = word is not None and word.step in ("not", "void", "none-left", "carried", "paused")
        shares = find_shares(part)
        if not negated and (shares or VAGUE.search(part)):
            limited = self._share(part, shares[0].value if shares else None)
            if limited is not None:
                return limited
        return self._beside(word, part) if word else None

    def _share(self, part: str, value: float | None) -> tables.Word | None:
        rest = without_shares(part).strip(_EDGES + "的约")
        about = re.sub(r"完成率|完成进度|总进度|进度|形象|左右|以上|任务|比例|达到?|[约为至已]", "", rest)
        if value is not None and value >= 100:
            if not about:
                return tables.Word("only-done", tables.DONE, "confirm", (tables.DONE, tables.ON_TIME), "只是一个比例")
            again = self._part(rest)
            return again and replace(again, weight=again.weight or ("note" if value > 100 else ""))
        if about and "完成" not in part and "完" not in rest:
            return None
        if value is None and _MOSTLY.search(part):
            return None  # 大部分完成 is nearly done
        if value is not None and value >= 90:
            return tables.Word("share", tables.NEARLY, "confirm", (tables.NEARLY, tables.ON_TIME))
        return tables.Word("share", tables.ON_TIME, "confirm", (tables.ON_TIME, tables.BEHIND))

    def _beside(self, word: tables.Word, part: str) -> tables.Word:
        """A pattern as it counts in this row: by role, deadline, time of year."""
        if word.step == "with" and self.context.is_lead:
            doubt = "说的是配合，而贵单位是牵头单位"
            return replace(
                word, status=tables.LASTING, weight="confirm", rivals=(word.status, tables.LASTING), doubt=doubt
            )
        if word.step == "half" and self.context.month <= (6 if "上半年" in part else 3):
            return replace(word, weight="note", rivals=(), doubt="")
        if word.step == "motion" and self.context.due == "passed":
            return replace(word, status=tables.BEHIND, rivals=(tables.BEHIND,), doubt="而完成时限已过")
        if word.step == "motion" and self.context.due == "ahead":
            return replace(word, weight="note", rivals=())
        if word.step == "motion" and self.context.due == "lasting":
            return replace(word, status=tables.LASTING, weight="note", rivals=())
        return word

    # ---- step 13: joining ------------------------------------------------------------------------------------

    def _joined(self, said: Sequence[tables.Word], silent: Sequence[str]) -> Meaning:
        told = [each for each in said if each.step not in ("motion", "share", "early")] or list(said)
        steady = [each for each in told if not each.weight] or told
        groups = {self._group(each.status) for each in told}
        moving = any(each.step == "motion" for each in said)
        head = told[0]
        if groups <= {"done", "void"} and (moving or any(each.step in ("share", "early") for each in said)):
            return self._ask([*told, *said])
        if len(groups) == 1:
            chosen = next((each for each in steady if each.step != "motion"), head)
            other = any(each.status != chosen.status and each.step != "motion" for each in told)
            weight = chosen.weight or ("note" if other else "")
            return self._beside_silence(replace(chosen, weight=weight), silent)
        if groups == {"done", "ongoing"} and all(
            each.status == tables.LASTING for each in told if self._group(each.status) != "done"
        ):
            return self._done_and_lasting(silent)
        if groups == {"ongoing", "behind"} and all(
            each.weight == "confirm" for each in told if self._group(each.status) == "ongoing"
        ):
            return self._beside_silence(next(each for each in told if self._group(each.status) == "behind"), silent)
        return self._ask(told)

    def _done_and_lasting(self, silent: Sequence[str]) -> Meaning:
        if self.context.due == "lasting":
            return self._settle(tables.LASTING, "note")
        both = (tables.DONE, tables.LASTING)
        if self.context.progress == 100 and not any(map(tables.LIMIT.search, silent)):
            return self._settle(tables.DONE, "note")
        return self._settle(tables.LASTING, "confirm", both)

    def _beside_silence(self, word: tables.Word, silent: Sequence[str]) -> Meaning:
        """A status beside words of which nothing is known: they may take something back."""
        by_progress = word.step in ("only-done", "issued")
        if not silent:
            return self._settle(word.status, word.weight, word.rivals, word.doubt, by_progress=by_progress)
        if self._group(word.status) in ("done", "void") and any(map(tables.LIMIT.search, silent)):
            lower = tables.NEARLY if self._group(word.status) == "done" else tables.UNDONE
            return self._settle(lower, "confirm", (word.status, lower))
        return self._settle(word.status, word.weight or "note", word.rivals, word.doubt, by_progress=by_progress)

    def _ask(self, said: Sequence[tables.Word]) -> Meaning:
        rivals = tuple(dict.fromkeys(each.status for each in said))
        if len(rivals) == 1:
            rivals = tuple(dict.fromkeys((*rivals, *(name for each in said for name in each.rivals))))
        return self._settle(min(rivals, key=self._rank), "confirm", rivals)

    # ---- the answer ------------------------------------------------------------------------------------------

    def _settle(
        self, status: str, weight: Weight, rivals: tuple[str, ...] = (), doubt: str = "", *, by_progress: bool = False
    ) -> Meaning:
        """The answer; what is asked about is entered as the lowest that it may mean, and never as done or dropped."""
        known = self.form.statuses
        rivals = tuple(dict.fromkeys(each for each in rivals if each in known))
        if by_progress and self.context.progress == 100 and tables.DONE in rivals:
            return Meaning(tables.DONE, "note", tables.DONE)
        if weight == "confirm":
            status = min((status, *rivals), key=self._rank)
            if self._group(status) in ("done", "void"):
                status = tables.ON_TIME if self._group(status) == "done" else tables.UNDONE
        if status not in known:
            return _unreadable()
        return Meaning(status, weight, status, doubt, rivals if weight == "confirm" else ())

    def _group(self, status: str) -> str:
        return self.form.outcome(status) or "ongoing"

    def _rank(self, status: str) -> int:
        return _LOWEST[self._group(status)]
