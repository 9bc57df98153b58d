"""How the documents of a made-up year are read back: text by text, and no digit may go unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from builders.years.told import Told, lines_of, written
from reporting.model import Task

MARK = re.compile(r"ZK(\d+)T(\d+)([RPNEMFGH])(\d+)Z")
"""The mark of a line that a unit, or of a word that the group wrote."""
FIELDS = {"R": "result", "P": "problem", "N": "next_step", "E": "evidence", "M": "remark"}
_NUMBER = r"(?:（[一二三四五六七八九]）)?\d+"
TASKS = rf"(?:第\d+(?:至\d+)?项(?:、第\d+(?:至\d+)?项)*|任务{_NUMBER}(?:、{_NUMBER})*)"
"""第3项、第5至9项, or 任务（一）3、（二）4."""
_RUN = re.compile(rf"({_NUMBER})(?:至(\d+))?")


def numbers(listed: str) -> list[str]:
    """The numbers of the tasks in a list."""
    found = []
    for first, last in _RUN.findall(listed):
        found += [str(each) for each in range(int(first), int(last) + 1)] if last else [first]
    return found


def day(value: object) -> str:
    """A day as documents write it."""
    return f"{value.year}年{value.month}月{value.day}日" if hasattr(value, "year") else "—"  # type: ignore[attr-defined]


@dataclass
class Differences:
    """What was found otherwise than told."""

    where: str
    told: list[str] = field(default_factory=list)

    def same(self, what: str, found: object, expected: object) -> None:
        """Note where something is not as it was told."""
        if found != expected:
            self.told.append(f"{self.where}: {what}: {_short(found)} instead of {_short(expected)}")

    def alike(self, what: str, found: list[str], expected: list[str]) -> None:
        """Note what is missing and what is too much of two lists in any order."""
        missing, more = list(expected), []
        for each in found:
            if each in missing:
                missing.remove(each)
            else:
                more.append(each)
        if missing or more:
            self.told.append(f"{self.where}: {what}: missing {_short(missing)}, too much {_short(more)}")

    def wrong(self, what: str) -> None:
        """Note something that is wrong in itself."""
        if what:
            self.told.append(f"{self.where}: {what[:600]}")


def _short(value: object) -> str:
    return repr(value)[:400]


class Texts:
    """Every text of every unit, by the mark of its lines."""

    def __init__(self, told: Told) -> None:
        units = [*told.year.plan.units]
        names = [unit.name for unit in units if unit.kind.value == "单位"] + list(told.members)
        self.tasks: dict[int, Task] = dict(enumerate(told.tasks, 1))
        self.units = dict(enumerate(names))
        self._parts = {(part.unit, part.task.number): part for part in told.parts}
        self._rows = {(row.unit, row.target.number): row for row in told.rows}

    def owner(self, found: re.Match[str]) -> tuple[str, Task]:
        """Which unit wrote the line, and on which task."""
        return self.units[int(found[1])], self.tasks[int(found[2])]

    def line(self, found: re.Match[str]) -> str:
        """The whole line that bears a mark; empty when it is of no return that counts."""
        unit, task = self.owner(found)
        part = self._parts.get((unit, task.number))
        if part is None or part.answer is None or found[3] not in FIELDS:
            return ""
        lines = lines_of(getattr(part.answer, FIELDS[found[3]]))
        return next((line for line in lines if found[0] in line), "")

    def quoted(self, paragraph: str, ending: str = "") -> tuple[str, str, bool]:
        """A paragraph with a unit's line in it: what stands before, what is wrong, whether it was cut.

        ``ending`` is the word that must stand behind a line that was cut.
        """
        match = MARK.search(paragraph)
        assert match is not None
        line = self.line(match)
        if not line:
            return "", f"words of nobody: {paragraph}", False
        start = paragraph.index(match[0]) - line.index(match[0])
        before, rest = paragraph[:start], paragraph[start:]
        kept = next((at for at, (a, b) in enumerate(zip(rest, line, strict=False)) if a != b), None)
        kept = min(len(rest), len(line)) if kept is None else kept
        tail, cut = rest[kept:], kept < len(line)
        allowed = {"", "。"} if not ending else {"", "。", ending, f"{ending}。"}
        if tail not in allowed and not (cut and tail.rstrip("。") == ending):
            return before, f"not the unit's words: {rest[max(0, kept - 20) :][:120]}", cut
        return before, "", cut or bool(ending and ending in tail)


# ---- Word ------------------------------------------------------------------------------------------


def blocks(path: Path) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of a document in their order."""
    document = docx.Document(str(path))
    for element in document.element.body.iterchildren():
        kind = element.tag.rpartition("}")[2]
        if kind == "p":
            yield Paragraph(element, document)
        elif kind == "tbl":
            yield Table(element, document)


def cells_of(row: _Row) -> list[str]:
    """The texts of a row, joined cells once."""
    return [cell.text for cell in row.cells]


def headings_of(table: Table) -> list[str]:
    """The headings of a table without their line breaks."""
    return [text.replace("\n", "") for text in _texts(table)[0]]


OVER = "over"
"""Under which a record has the heading within its table that it stands below."""


def records_of(table: Table) -> list[dict[str, str]]:
    """The rows of a table by heading; a row of one cell is a heading, kept with those below it."""
    head, *rest = _texts(table)
    names = [text.replace("\n", "") for text in head]
    over, found = "", []
    for row in rest:
        if len(set(map(id, row))) == 1 < len(names):
            over = row[0]
        else:
            found.append(dict(zip(names, row, strict=True)) | ({OVER: over} if over else {}))
    return found


def _texts(table: Table) -> list[list[str]]:
    """All texts of a table; cells joined downwards repeat their text, as do those joined sideways."""
    above: list[str] = []
    found = []
    for row in table._tbl.tr_lst:
        texts: list[str] = []
        for cell in row.tc_lst:
            text = "\n".join(Paragraph(each, table).text for each in cell.p_lst)
            merged = cell.vMerge == "continue"
            for _ in range(cell.grid_span):  # one text, so that a row of one cell is known again
                texts.append(above[len(texts)] if merged else text)
        above = texts
        found.append(texts)
    return found


Clause = tuple[str, object]
"""A pattern with named figures, and what they must be: see ``read_figures``."""


class Sentences:
    """Reads the figures of paragraphs; a digit that no clause reads is a difference."""

    def __init__(self, differences: Differences) -> None:
        self._differences = differences
        self.seen: set[str] = set()

    def read(self, text: str, clauses: dict[str, tuple[object, ...]]) -> None:
        """Read a paragraph: each pattern's groups must be what is told for it, and no digit may be left.

        A group that lists tasks is compared as the list of their numbers.
        """
        left = list(text)
        for pattern, expected in clauses.items():
            for match in re.finditer(pattern, text):
                self.seen.add(pattern)
                found = tuple(
                    numbers(each) if isinstance(want, list) and each is not None else each
                    for each, want in zip(match.groups(), expected, strict=True)
                )
                self._differences.same(text[:150], found, tuple(_as_text(each) for each in expected))
                left[match.start() : match.end()] = "*" * len(match[0])
        if any(each.isdigit() for each in left):
            self._differences.wrong(f"a figure nobody reads: {''.join(left)}")

    def must(self, clauses: dict[str, bool]) -> None:
        """Some sentences must stand there, and others must not."""
        for pattern, wanted in clauses.items():
            if wanted != (pattern in self.seen):
                self._differences.wrong(f"{'lacks' if wanted else 'has'} the sentence {pattern}")


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) else written(value) if isinstance(value, float) else value
