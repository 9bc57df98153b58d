"""The words of one passage read into a slot: names by label, deed and bracket; times; and what is left over."""

import re
from collections.abc import Iterator

from reporting.language.units.people import SURNAMES
from reporting.plan.second_reading.layout import DASH
from reporting.plan.second_reading.phrases import PhraseCutter, Snippet, SnippetKind
from reporting.plan.second_reading.slots import OFFICES, Duty, NameSlot, deed_part, label_part
from reporting.plan.second_reading.words import (
    ANY,
    COLLECTIVE,
    DEED,
    ENDING_LABEL,
    EVERYBODY,
    EXPLAINS,
    FOLLOWS_UP,
    HOLLOW,
    REMARK,
    SECTION_LABEL,
    TIME,
)

DEEPEST = 3
"""No bracket in a list of offices holds brackets within brackets deeper than this."""

LONGEST_PLACE = 5
"""The name of a place without its level has no more characters."""

_LABEL = re.compile(r"([^\n。；，、：（）]{2,18})：")
_MARKS = re.compile(rf"[、，；。：{DASH}]")
_INNER = re.compile(r"（([^（）]*)）")


class SlotWords:
    """Reads the words of one passage into a slot."""

    def __init__(self, cutter: PhraseCutter, slot: NameSlot) -> None:
        self.cutter = cutter
        self.slot = slot
        self.waiting: list[str] = []
        self.short: list[str] = []
        """The phrases right before one that are short enough to be places."""

    def read(self, words: str, part: Duty | None = None) -> NameSlot:
        """Read all words; ``part`` is what the heading of a column says."""
        for label, segment in _by_label(words, part):
            if label in OFFICES:
                self.slot.said = True
            if label is Duty.TIME:
                self.slot.times += [segment.strip("\n。；，")]
            elif label is not Duty.NONE:
                self._segment(segment, label)
        leads = any(part is Duty.LEAD for _, part in self.slot.names)
        coordinates = Duty.DUTY if leads else Duty.LEAD
        self.slot.names = [(name, coordinates if part is Duty.COORDINATION else part) for name, part in self.slot.names]
        return self.slot

    def _segment(self, segment: str, label: Duty | None) -> None:
        at = 0
        for inner in _INNER.finditer(segment):
            if self._takes_bracket(inner.group(1)):
                self._phrases(segment[at : inner.start()], label)
                self._bracket(inner.group(1), label)
                at = inner.end()
        self._phrases(segment[at:], label)
        self._give(label)

    def _takes_bracket(self, words: str) -> bool:
        """Whether a bracket inside says what an office does, or by when; any other only explains."""
        if REMARK.search(words) or len(words) > 40:
            return False
        return _names_part(words) or (TIME.search(words) is not None and not self._has_name(words))

    def _has_name(self, words: str) -> bool:
        return any(snippet.kind is SnippetKind.NAME for snippet in self.cutter.cut(words))

    def _bracket(self, words: str, label: Duty | None) -> None:
        if not _names_part(words):
            self.slot.times.append(words)
        elif self.waiting:
            name = self.waiting.pop()
            self._give(label)
            self.slot.names.append((name, label_part(words) or deed_part(words)))
            self.slot.said = True

    def _phrases(self, text: str, label: Duty | None) -> None:
        self.short = []
        for phrase in _MARKS.split(without_glosses(text)):
            words = phrase.strip("\n—★☆△▲*＊※●○◆◎■")
            if words and not REMARK.search(words):
                self._phrase(words, label)
                self.short = [*self.short, words] if len(words) <= LONGEST_PLACE else []

    def _phrase(self, words: str, label: Duty | None) -> None:
        if TIME.search(words) and not self._has_name(words):
            self.slot.times.append(words.replace("\n", ""))
            return
        snippets = self.cutter.cut(words)
        if len(snippets) == 1 and snippets[0].kind is SnippetKind.REST and _LISTED.fullmatch(snippets[0].words):
            self.slot.listed.add(snippets[0].words)
        before = SnippetKind.JOINT
        if snippets and snippets[0].words == "由":
            self._give(label)  # 责任单位：市水务局，由市财政局配合
        for snippet in snippets:
            if snippet.kind is SnippetKind.NAME:
                self.waiting += self._names_in(snippet.words) if snippet.words not in ANY else []
            elif snippet.kind is not SnippetKind.REST:
                self._deed(snippet, label)
            elif not (before is SnippetKind.DEED or (before is SnippetKind.NAME and _is_no_name(snippet.words))):
                self._left_over(snippet.words)  # 负责「建设」 and what follows an office are no names
            before = snippet.kind

    def _names_in(self, words: str) -> list[str]:
        """The name, or all that one stands for: 云溪、石桥、「白沙三镇政府」."""
        several = COLLECTIVE.fullmatch(words)
        count = " 两三四五六七八九十".find(several["count"]) + 1 if several else 0
        if several is None or not 0 < count - 1 <= len(self.short):
            return [words]
        end = several["level"] + (several["end"] or "")
        return [place + end for place in (*self.short[1 - count :], several["last"])]

    def _deed(self, snippet: Snippet, label: Duty | None) -> None:
        if snippet.kind is SnippetKind.LABEL:
            self.slot.said = True
            return
        if self.slot.names and FOLLOWS_UP.fullmatch(snippet.words) and all(map(EVERYBODY.fullmatch, self.waiting)):
            self._give(Duty.SUPPORT)
            return
        part = (
            Duty.LEAD
            if snippet.words in ("会同", "会")
            else deed_part(snippet.words)
            if snippet.kind is SnippetKind.DEED
            else None
        )
        if part is not None and self.waiting:
            self.slot.said = True
            self._give(part if label in (None, Duty.DUTY) or part is not Duty.DUTY else label)

    def _left_over(self, words: str) -> None:
        if len(words) > 2 and re.search(r"\w", words) and not HOLLOW.fullmatch(words) and not EXPLAINS.match(words):
            self.slot.rest.append(words)

    def _give(self, part: Duty | None) -> None:
        self.slot.names += [(name, part) for name in self.waiting]
        self.waiting = []


_LISTED = re.compile(r"(?![各省市区县])[\u4e00-\u9fff]{3,10}")


def _is_no_name(words: str) -> bool:
    """Whether words behind an office are a person, or what the office does: 市审计局「专项审计」."""
    if 2 <= len(words) <= 3 and words[0] in SURNAMES:
        return True
    return len(words) > 3 and _OTHER_OFFICE.search(words) is None


_OTHER_OFFICE = re.compile(r"[省市区县各]|[局委办厅部院署会]$")


def _names_part(words: str) -> bool:
    return DEED.fullmatch(words) is not None or label_part(words) in OFFICES


def without_glosses(text: str) -> str:
    """The text without brackets; what stands in them explains."""
    for _ in range(DEEPEST):
        text = _INNER.sub("", text)
    return text


def _by_label(words: str, part: Duty | None) -> Iterator[tuple[Duty | None, str]]:
    """Cut where a label announces something; a label may stand right behind a name."""
    at, current, offices, sections = 0, part, False, False
    for match in _LABEL.finditer(words):
        label, start = label_part(match.group(1)), match.start()
        if label is None:
            ending = ENDING_LABEL.search(match.group(1))
            if ending is None:
                continue
            label, start = label_part(ending.group()), match.start() + ending.start()
        if label in OFFICES:
            section = SECTION_LABEL.search(match.group(1)) is not None
            label = Duty.NONE if section and offices else label
            behind = sections and not section and label is Duty.DUTY
            label = Duty.SUPPORT if behind else label  # 责任科室：镇建设办；责任单位：各村
            offices, sections = offices or not section, sections or section
        yield current, words[at:start]
        at, current = match.end(), label
    yield current, words[at:]
