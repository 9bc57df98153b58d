"""Where in a task's words its units stand: in brackets, after a label, on lines of their own."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporting.language.units import bracket_spans, is_firm, looks_like_unit, rank_of
from reporting.plan.notations import Field, Notation
from reporting.plan.reading.lead_rules import LeadRule
from reporting.plan.reading.text import END
from reporting.plan.reading.unit_clauses import UnitClause, read_clause

PERSON = re.compile(r"领导|责任人|负责人|联系|电话|(?:单位|部门)$")
"""Labels of lines that name people or offices that only look on: 责任领导：李某, 验收单位：市教育局."""


PROSE = re.compile(r"(?:统筹|协调|指导|督导|督促)[。；;]?$")
"""How a sentence ends that tells of standing duties, no task: 办公室负责统筹协调."""

GLOSSED = re.compile(r"(?:部门|单位|机构|主体|[局委办厅院府])$")
"""What a bracket with a unit explains rather than assigns: 主管部门（市水务局）."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a node and the clause that closes them."""

    text: str
    clause: UnitClause
    titled: bool = False
    in_brackets: bool = True
    inherited: bool = False


class ClauseReader:
    """Finds the words that name units in paragraphs, by the rules of one notation."""

    def __init__(self, notation: Notation, rule: LeadRule) -> None:
        self.labels = notation.labels
        self.pattern = notation.labels.pattern
        self.rule = rule

    def segments(self, paragraphs: Sequence[str]) -> list[Segment]:
        """The node's words cut at its clauses; sentences after the last clause go with the last segment."""
        segments: list[Segment] = []
        texts: list[str] = []
        clause_words: list[str] = []
        bracketed = titled = False
        for order, paragraph in enumerate(paragraphs):
            if (clause_words or order) and self._is_other(paragraph, person=not clause_words):
                clause_words.append(paragraph)
                continue
            whole = [(paragraph, True, False)] if order and self.is_whole_clause(paragraph) else None
            for words, is_clause, in_brackets in whole or self._cut(paragraph):
                if is_clause:
                    clause_words.append(words)
                    bracketed = in_brackets
                elif clause_words:
                    self._finish(segments, texts, clause_words, titled, bracketed)
                    texts, clause_words = [words], []
                    titled = False
                else:
                    texts.append(words)
            if order == 0:
                titled = not clause_words and is_title(paragraph)
        if clause_words:
            self._finish(segments, texts, clause_words, titled, bracketed)
        elif segments:
            segments[-1] = _with_rest(segments[-1], texts, self.pattern)
        return segments

    def deadline_alone(self, paragraphs: Sequence[str]) -> Segment | None:
        """The words without the clause that closes them, where it gives a deadline and names no units."""
        *before, last = paragraphs
        cut = self._cut(last)
        clause = self.read(cut[-1][0]) if cut and cut[-1][1] else None
        if clause is None or not clause.deadline or clause.lead or clause.support:
            return None
        kept = [*before, *(words for words, _, _ in cut[:-1])]
        return Segment("\v".join(kept), clause)

    def _is_other(self, paragraph: str, *, person: bool) -> bool:
        """A line like 责任领导:… among the lines that name units; above them only one that names a person."""
        match = self.pattern.match(paragraph)
        if match is None or self.labels.field(match.group(1)) is not Field.OTHER:
            return False
        return not person or (PERSON.search(match.group(1)) is not None and len(paragraph) < 60)

    def _finish(
        self, segments: list[Segment], texts: list[str], clauses: list[str], titled: bool, bracketed: bool
    ) -> None:
        clause = self.read("；".join(clauses)) or self.read(clauses[-1])
        if clause is None:
            return
        if segments and clause.deadline and not (clause.lead or clause.support):
            last = segments[-1]
            deadline = last.clause.deadline or clause.deadline
            segments[-1] = replace(last, clause=replace(last.clause, deadline=deadline))
        elif clause.lead or clause.support:
            text = "\v".join(text for text in texts if text.strip("。；;，, "))
            segments.append(Segment(text, clause, titled, bracketed))

    def read(self, words: str) -> UnitClause | None:
        """Read the words of a clause."""
        return read_clause(words, self.labels, rule=self.rule)

    def _cut(self, paragraph: str) -> list[tuple[str, bool, bool]]:
        """(words, is a clause, in brackets) from left to right."""
        spans = bracket_spans(paragraph)
        cut = self._label_start(paragraph, spans)
        if cut >= 0:
            before = self._cut_brackets(paragraph[:cut], [span for span in spans if span[1] < cut])
            return [*before, (paragraph[cut:], True, False)]
        return self._cut_brackets(paragraph, spans)

    def _label_start(self, paragraph: str, spans: Sequence[tuple[int, int]]) -> int:
        """Where 责任单位:… begins in running text, with 责任领导:… before it."""
        people = -1
        for match in self.pattern.finditer(paragraph):
            role = self.labels.field(match.group(1))
            before = _before(paragraph, match.start())
            here = bisect_left(spans, (match.start(),)) - 1
            inside = here >= 0 and match.start() < spans[here][1]
            whole = before == "" or before not in "各由明确的及和与等向对、“《为是有"
            if not whole or inside or (match.start() and len(match.group(1)) < 4):
                continue
            if role is not Field.OTHER:
                return people if people >= 0 and match.start() - people < 60 else match.start()
            if people < 0 and PERSON.search(match.group(1)):
                people = match.start()
        return -1

    def _cut_brackets(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool, bool]]:
        cut: list[tuple[str, bool, bool]] = []
        last = 0
        for start, end in self._clause_spans(text, spans):
            cut.append((text[last:start], False, True))
            cut.append((text[start + 1 : end], True, True))
            last = end + 1
        if not any(self._names(words) for words, clause, _ in cut if clause) and (closing := self._closing(text)) >= 0:
            words = text[closing:]
            words = f"责任单位：{words.strip('—–- ')}" if words.startswith("——") else words
            return [(text[:closing], False, True), (words, True, False)]
        open_at = self._unclosed(text, spans)
        if open_at >= last:
            cut.append((text[last:open_at], False, True))
            cut.append((text[open_at + 1 :], True, True))
        else:
            cut.append((text[last:], False, True))
        return [(words, is_clause, inside) for words, is_clause, inside in cut if words.strip("。；;，,. ")]

    def _clause_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The brackets that hold clauses, and those beside them that name people: 【牵头领导：…】."""
        found = [self._is_clause(text, start, end, text[start + 1 : end]) for start, end in spans]
        neighbours = list(pairwise(range(len(spans))))
        for one, other in [*neighbours, *reversed(neighbours)]:
            if found[one] != found[other] and not text[spans[one][1] + 1 : spans[other][0]].strip("，；;、 "):
                unsure = other if found[one] else one
                start, end = spans[unsure]
                found[unsure] = self._names_people(text[start + 1 : end])
        return [span for span, is_clause in zip(spans, found, strict=True) if is_clause]

    def _names_people(self, words: str) -> bool:
        match = self.pattern.match(words)
        return match is not None and self.labels.field(match.group(1)) is Field.OTHER

    def _names(self, words: str) -> bool:
        clause = self.read(words)
        return clause is not None and bool(clause.lead or clause.support)

    def _closing(self, text: str) -> int:
        """Where units stand at the end without brackets: …8个——市住建局, …。由市教育局牵头，市财政局配合。"""
        dash = text.rfind("——")
        if dash > 0 and self.is_whole_clause(f"责任单位：{text[dash:].strip('—–- ')}"):
            return dash
        sentence = max(text.rfind(mark, 0, len(text.rstrip("。；; ")) - 1) for mark in "。；;！") + 1
        if sentence > 0 and self.is_whole_clause(text[sentence:]):
            return sentence
        return -1

    def is_whole_clause(self, words: str) -> bool:
        """Whether this is a clause in which every word is understood and every name is that of a unit."""
        words = words.strip(" 。；;")
        clause = self.read(words) if 2 < len(words) <= 300 else None
        if (
            clause is None
            or clause.unread
            or clause.guessed
            or not (clause.said and clause.lead)
            or PROSE.search(words[-10:])
        ):
            return False
        names = (*clause.lead, *clause.support)
        return all(map(looks_like_unit, names)) and 4 * sum(map(_is_sure, names)) >= 3 * len(names)

    def _is_clause(self, text: str, start: int, end: int, words: str) -> bool:
        if len(words) > 1500:
            return False
        clause = self.read(words)
        if clause is None or not (clause.lead or clause.support or clause.deadline):
            return False
        after = text[end + 1 : end + 40].lstrip("。；;，,. ")
        final = not after or after[0] in "（([【"
        begins = start > 0 and _before(text, start) in "。；;！？）)"
        if clause.guessed and not ((final or begins) and any(map(_is_known, (*clause.lead, *clause.support)))):
            return False
        if text[start] in "〈<〔" and not clause.said:
            names = (*clause.lead, *clause.support)
            sure = sum(map(_is_sure, names))
            return final and (3 * sure >= 2 * len(names) if begins else sure == len(names)) and sure > 0
        if clause.firm and (clause.lead or clause.support):
            closed = self.pattern.match(words) is not None or text[end + 1 : end + 2] in "。；;"
            misread = _before(text, start) in "oO0〇○" and clause.said and all(map(_is_sure, clause.lead))
            return final or begins or closed or misread
        return final or begins or self._ends_clause(text, start, end, clause)

    def _ends_clause(self, text: str, start: int, end: int, clause: UnitClause) -> bool:
        """一是改造管网（市水务局）；二是…: surely units, and no gloss of a unit: 节水办（市水务局）；"""
        names = (*clause.lead, *clause.support)
        glossed = GLOSSED.search(text[max(0, start - 6) : start]) is not None
        return text[end + 1 : end + 2] in "。；;" and bool(names) and not glossed and all(map(_is_sure, names))

    def _unclosed(self, text: str, spans: Sequence[tuple[int, int]]) -> int:
        """An opening bracket with a label that nothing closes: （责任单位:市教育局"""
        after = spans[-1][1] + 1 if spans else 0
        for index in range(max(after, len(text) - 300), len(text)):
            if text[index] in "（([【" and self.pattern.match(text[index + 1 :]):
                return index
        return -1


def _with_rest(segment: Segment, texts: Sequence[str], label: re.Pattern[str]) -> Segment:
    """Whole sentences after the clause belong to the task; labels we do not import and the rest are said."""
    rest = [text.strip() for text in texts if text.strip("。；;，, ")]
    kept = [text for text in rest if END.search(text[-8:]) and not label.match(text)]
    unread = tuple(text for text in rest if text not in kept and len(text) > 2)
    clause = replace(segment.clause, unread=(*segment.clause.unread, *(text[:60] for text in unread)))
    return replace(segment, text="\v".join([segment.text, *kept]), clause=clause)


def _before(text: str, index: int) -> str:
    """The character before a position, blanks left out; nothing at the start."""
    return text[max(0, index - 8) : index].rstrip()[-1:]


def _is_sure(name: str) -> bool:
    return looks_like_unit(name) and len(name) <= 25 and (is_firm(name) or bool(rank_of(name)) or name.startswith("各"))


def _is_known(name: str) -> bool:
    return bool(rank_of(name)) or name.startswith("各")


def is_title(text: str) -> bool:
    """Whether a paragraph is a heading: short, and no sentence ends inside it."""
    return 0 < len(text) <= 60 and not re.search(r"[。；;！？：:]", text.rstrip("。；;：:"))
