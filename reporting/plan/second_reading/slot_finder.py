"""Where slots stand, found by what their words are.

A bracket, what follows a label, a sentence or a cell is a slot when its words are mostly names of offices and
words of roles, wherever it stands and whatever announces it.
"""

import re
from collections.abc import Iterator, Sequence

from reporting.model import Line
from reporting.plan.second_reading.layout import DASH, TableCells, TextBlock, bracket_pairs, rows_and_blocks
from reporting.plan.second_reading.phrases import PhraseCutter, SnippetKind
from reporting.plan.second_reading.slot_words import SlotWords, without_glosses
from reporting.plan.second_reading.slots import OFFICES, Duty, NameSlot, Shape, label_part
from reporting.plan.second_reading.words import DAY, EVERYBODY, GENERIC, HEADING_CELL, LEVEL, NUMBERED, OFFICE, SURE

LONGEST_SENTENCE = 200
LONGEST_TIME = 16
MOST_LINES = 60
"""What one label announces takes no more lines."""
TAKEN = "\x01"
"""Stands where a bracket was taken out as a slot of its own."""

_GLOSSED = re.compile(r"[局委办厅部门院会单位机构体]$")
_FILED = re.compile(r"(?:发|函|字|通|办).{0,12}号$")
"""The number of a document: 云政办发（2024）3号."""
_NO_SLOT = re.compile(r"[一二三四五六七八九十\d]{1,3}$|以下|简称|含|包括|不含|见|附|详见|注")
_LINE_LABEL = re.compile(rf"(?:^|(?<=[。；，、{TAKEN}{DASH}]))([^。；，、：{TAKEN}{DASH}]{{2,18}})：")
_NEXT_LABEL = re.compile(r"([^。；，、：（）]{2,18})：")
_SENTENCE = re.compile(rf"(?P<dash>{DASH})?[^。；{TAKEN}{DASH}]+")
_HEADED = re.compile(rf"(?:{NUMBERED.pattern})?(?P<names>[^。；，：（）\x01\n]{{3,30}}(?:（[^（）]{{1,20}}）)?)：(?=.)")
"""A paragraph that begins with who is to do it: （一）市教育局：负责…"""
_OF_WHAT = re.compile(r"(?:以上|上述|本|该|此)[^，。；、]{1,14}?(?=由)")
"""What a sentence about other tasks begins with: 「以上5—7项」由市教育局牵头."""
_BARE_LABEL = re.compile(
    r"(?:牵头|责任|配合|协办|参与|参加|主办|承办|负责)(?:责任)?(?:单位|部门|科室|处室|站所)(?=[\u4e00-\u9fff])"
)
_PLAIN_DEED = re.compile(r"(?:分别|共同|具体)?(?:牵头|负责|配合|协助|参与|主办|协办)")
_SAYS_PART = re.compile(r"牵头|负责|配合|落实|参与|协助|主办|会同")


class SlotFinder:
    """Finds all slots of a document."""

    def __init__(self, cutter: PhraseCutter) -> None:
        self.cutter = cutter
        self.columns: dict[int, Duty | None] = {}

    def find(self, lines: Sequence[Line]) -> list[NameSlot]:
        """All slots in the order of the document."""
        slots: list[NameSlot] = []
        for part in rows_and_blocks(lines):
            slots += self._in_row(part) if isinstance(part, TableCells) else self._in_text(part)
        return sorted(slots, key=lambda slot: (slot.line, slot.at))

    def _in_row(self, row: TableCells) -> Iterator[NameSlot]:
        labels = [label_part(cell.replace("\n", "")) for cell in row.cells]
        headings = sum(len(cell) < 16 and HEADING_CELL.search(cell) is not None for cell in row.cells)
        known = sum(label is not None for label in labels)
        if known + headings > 1 and any(label in OFFICES for label in labels):
            self.columns = dict(enumerate(labels))
            return
        columns = [column for column, part in self.columns.items() if part in OFFICES and column < len(row.cells)]
        slots = [self._column(row, column) for column in columns]
        yield from (slot for slot in slots if slot.names or slot.rest)
        moved = not any(slot.names for slot in slots)
        known_columns = any(part in OFFICES for part in self.columns.values())
        for column, cell in enumerate(row.cells):
            if column not in columns and (moved or self.columns.get(column) is None):
                found = self._in_text(TextBlock(cell + "\n", [0], [row.line_of(column)]))
                yield from found or (self._moved_cell(row, column) if moved and known_columns else ())

    def _moved_cell(self, row: TableCells, column: int) -> Iterator[NameSlot]:
        """A cell of names in a row whose cells do not stand under their headings."""
        slot = SlotWords(self.cutter, NameSlot(row.line_of(column), column, Shape.CELL)).read(row.cells[column])
        if slot.names and not slot.rest and all(OFFICE.search(name) for name, _ in slot.names):
            yield slot

    def _column(self, row: TableCells, column: int) -> NameSlot:
        slot = NameSlot(row.line_of(column), column, Shape.COLUMN, said=True)
        return SlotWords(self.cutter, slot).read(row.cells[column], self.columns[column])

    def _in_text(self, block: TextBlock) -> list[NameSlot]:
        slots: list[NameSlot] = []
        masked = list(block.text)
        for start, end in bracket_pairs(block.text):
            slot = self._bracket(block, start, end)
            if slot is not None:
                slots.append(slot)
                masked[start : end + 1] = TAKEN * (end + 1 - start)
        slots += self._in_lines(block, "".join(masked))
        return slots

    def _slot(self, block: TextBlock, at: int, shape: Shape, words: str) -> NameSlot:
        return SlotWords(self.cutter, NameSlot(block.line_at(at), at, shape)).read(words)

    def _bracket(self, block: TextBlock, start: int, end: int) -> NameSlot | None:
        text = block.text
        words = text[start + 1 : end]
        if len(words) < 2 or _NO_SLOT.match(words):
            return None
        slot = self._slot(block, start, Shape.BRACKET, words)
        if all(name in GENERIC for name, _ in slot.names):
            return None
        good, bad = sum(len(name) for name, _ in slot.names), sum(map(len, slot.rest))
        if slot.said:
            return slot if bad <= 2 * good or len(words) < 60 else None
        after = text[end + 1 : end + 30].lstrip("。；，")
        final = not after or after[0] in "\n（" or text[end + 1] in "。；"
        begins = text[start - 1 : start] in "。；！？"
        before = text[max(0, start - 6) : start]
        gloss = len(slot.names) == 1 and (_GLOSSED.search(before) is not None or OFFICE.search(before) is not None)
        return slot if not _FILED.search(words) and bad <= good and (final or begins) and not gloss else None

    def _in_lines(self, block: TextBlock, masked: str) -> list[NameSlot]:
        lines = masked.split("\n")
        slots: list[NameSlot] = []
        at = index = tried = 0
        while index < len(lines):
            line = lines[index]
            labelled = self._label_in(line) if index >= tried else None
            if labelled is not None:
                last = self._last_line(lines, index)
                tried = last + 1
                words = "\n".join([line[labelled:], *lines[index + 1 : last + 1]])
                slot = self._slot(block, at + labelled, Shape.LABELLED, words)
                if slot.names:
                    slots.append(slot)
                    at += sum(len(each) + 1 for each in lines[index : last + 1])
                    index = last + 1
                    continue
            self._sentences(block, at, line, slots)
            at += len(line) + 1
            index += 1
        return slots

    def _label_in(self, line: str) -> int | None:
        """Where a label stands that announces offices, at the beginning of a line or sentence."""
        first: int | None = None
        for match in _LINE_LABEL.finditer(line):
            part = label_part(match.group(1))
            if part in OFFICES:
                return match.start(1) if first is None else first
            if part is None:
                first = None
            elif first is None:
                first = match.start(1)
        return None

    def _last_line(self, lines: Sequence[str], index: int) -> int:
        """How far what a label announces goes on: as long as offices, labels or a list without end follow."""
        first = index
        while index + 1 < len(lines) and index - first < MOST_LINES:
            text, following = lines[index], lines[index + 1]
            if not following:
                skipped = index + 2
                if text[-1:] not in "、，：" or skipped >= len(lines) or not lines[skipped]:
                    return index
                following = lines[skipped]
            if not self._continues(text, following):
                return index
            index += 1 if lines[index + 1] else 2
        return index

    def _continues(self, text: str, following: str) -> bool:
        label = _NEXT_LABEL.match(following)
        if label and label_part(label.group(1)) is not None:
            return True
        if NUMBERED.match(following):
            return False
        if text[-1:] in "、，：":
            return len(following) < 120
        if text[-1:] in "。；" + TAKEN:
            return False
        first = re.split("[、，；。]", following, maxsplit=1)[0]
        last = re.split("[、，；。：]", text)[-1]
        wrapped = last + first
        if len(first) > 30:
            return False
        if self._are_names(first):
            return True
        return not self._are_names(last) and len(wrapped) <= 40 and self._are_names(wrapped)

    def _are_names(self, phrase: str) -> bool:
        snippets = self.cutter.cut(phrase)
        return bool(snippets) and all(snippet.kind in (SnippetKind.NAME, SnippetKind.DEED) for snippet in snippets)

    def _sentences(self, block: TextBlock, at: int, line: str, slots: list[NameSlot]) -> None:
        """Sentences that say who does it, and lines that hold nothing but names."""
        whole = line.strip("。；")
        for match in _SENTENCE.finditer(line):
            sentence = match.group().removeprefix(DASH)
            alone = sentence == whole or match.group("dash") is not None
            if not 1 < len(sentence) < LONGEST_SENTENCE:
                continue
            if not (alone or (match.start() and _SAYS_PART.search(sentence[-30:]))):
                continue
            words = _OF_WHAT.sub("", NUMBERED.sub("", sentence, count=1))
            if not self._understood(words):
                continue
            slot = self._slot(block, at + match.start(), Shape.SENTENCE, words)
            if slot.names and (slot.said or _is_cell(slot)):
                slot.shape = Shape.SENTENCE if slot.said else Shape.CELL if words == sentence else Shape.HEAD
                slot.closing = line[-1:]
                slots.append(slot)
        self._without_colon(block, at, line, slots)
        self._leading(block, at, line, slots)
        head = _HEADED.match(line)
        if head and self._are_names(without_glosses(head.group("names"))):
            slot = self._slot(block, at, Shape.HEAD, head.group("names"))
            if _is_cell(slot):
                slots.append(slot)

    def _without_colon(self, block: TextBlock, at: int, line: str, slots: list[NameSlot]) -> None:
        """责任单位各社区居委会: a label that lost its colon, where only names follow."""
        marks = list(_BARE_LABEL.finditer(line))
        ends = [*(mark.start() for mark in marks[1:]), len(line)]
        for mark, end in zip(marks, ends, strict=False):
            words = re.split("[。；]", line[mark.end() : end], maxsplit=1)[0]
            if 1 < len(words) < LONGEST_SENTENCE and self._understood(words):
                slot = self._slot(block, at + mark.start(), Shape.LABELLED, f"{mark.group()}：{words}")
                slots += [slot] if slot.names else []

    def _leading(self, block: TextBlock, at: int, line: str, slots: list[NameSlot]) -> None:
        """7.市检验局负责，市工商局配合，加强…: who does it, before what is done."""
        number = NUMBERED.match(line)
        if number is None:
            return
        phrases = re.split("[，；。]", line[number.end() :])
        taken = 0
        while taken < len(phrases) - 1 and self._says_part(phrases[taken]):
            taken += 1
        if taken:
            slots.append(self._slot(block, at, Shape.HEAD, "，".join(phrases[:taken])))

    def _says_part(self, phrase: str) -> bool:
        """Whether a phrase is nothing but names with what they do."""
        listed = [self.cutter.cut(each) for each in phrase.split("、") if each]
        names = all(any(snippet.kind is SnippetKind.NAME for snippet in snippets) for snippets in listed)
        known = all(snippet.kind is not SnippetKind.REST for snippets in listed for snippet in snippets)
        last = listed[-1][-1] if listed and listed[-1] else None
        return (
            names
            and known
            and last is not None
            and last.kind is SnippetKind.DEED
            and _PLAIN_DEED.fullmatch(last.words) is not None
        )

    def _understood(self, words: str) -> bool:
        phrases = [phrase for phrase in re.split("[、，：]", without_glosses(words)) if phrase]
        return all(len(each) <= 40 and (self.cutter.is_understood(each) or _is_time(each)) for each in phrases)


def _is_time(phrase: str) -> bool:
    return len(phrase) <= LONGEST_TIME and DAY.search(phrase) is not None


def _is_cell(slot: NameSlot) -> bool:
    """Whether a line is a list of offices: all end like some, and one surely."""
    names = [name for name, _ in slot.names]
    like = all(OFFICE.search(name) or EVERYBODY.fullmatch(name) for name in names)
    return like and any(SURE.search(name) or LEVEL.match(name) or EVERYBODY.fullmatch(name) for name in names)
