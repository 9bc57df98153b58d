"""The lines of a document as the second reading takes them: rows of cells, and blocks of running text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reporting.model import Line
from reporting.plan.reading.script import SIMPLE
from reporting.plan.second_reading.words import LABEL_WORDS, NUMBERED, SAYS_WHO

_WIDE = str.maketrans(
    ",;:()〈〉〔〕【】[]［］﹙﹚<>｡､!?∶﹔﹐．–－─ꎬꎮꎻ" + "".join(map(chr, range(0xFF10, 0xFF1A))),
    "，；：（）（）（）（）（）（）（）（）。、！？：；，.———，。；" + "0123456789",
)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffc]")
_BETWEEN_OFFICES = re.compile(r"(?<=[局委办厅部院府司会心])[^\S\n]{1,200}(?=[\u4e00-\u9fff])")
_LABEL_BLANK = re.compile(rf"(?<![^\s；;。（(])[^\S\n]{{0,200}}((?:{LABEL_WORDS}))[^\S\n]{{1,200}}(?=[^\s：:])")
"""Labels between blanks: 责任单位␠市教育局␠完成时限␠6月底前."""
_BLANK = re.compile(r"[^\S\n]{1,200}")
DASH = "\x02"
"""Stands for a long dash, which parts; a short one joins: 磨憨—磨丁合作区."""
_DASH = re.compile("—{2,8}")
_PAGE = re.compile(
    r"[-—–·•~#]{0,4}\s?\d{1,4}\s?[-—–·•~]{0,4}|第\s?\d{1,4}\s?页.{0,20}|#?\s?Page\s?\d{1,4}.{0,20}|\d{1,4}\s?/\s?\d{1,4}",
    re.IGNORECASE,
)
_CUT_LABEL = re.compile(
    r"[牵责配参协主负]\n{0,3}[头任合与办责加助]\n{0,3}(?:责\n{0,3}任\n{0,3})?[单部]\n{0,3}[位门]\n{0,3}："
)
_BOXED_LABEL = re.compile(rf"（({LABEL_WORDS})）(?=[^（）。；，、\n]{{2}})")
"""【牵头单位】市教育局."""
_DASHED_LABEL = re.compile(rf"((?:^|(?<=[\n。；，]))(?:{LABEL_WORDS}))[—\x02](?=\w)")
"""牵头单位—市教育局."""
_LABEL_OF_BOTH = re.compile(r"((?:单位|部门))（(?:单位|部门|科室|处室|机构)）：")
"""责任部门（单位）：市教育局."""
_CELL_MARK = re.compile(r"[\t|]")
_EDGE = re.compile(r"^\|(?=.{0,2000}\|)|\|$")
"""The strokes at the edges of a row; the first cell may be empty."""
_WIDE_GAP = re.compile(r" {2,100}|\u3000{2,50}")
ALIGNED = 3
_DRAWN = re.compile(r"[│┃├┼┌└]")
_STROKE = re.compile(r"[│┃├┤┼┌┐└┘┬┴┝┥┠┨╋┯┷┿]")
_RULE = re.compile(r"[─━—]{1,400}")
MOST_COLUMNS = 40

LONGEST_PAGE = 40
LONGEST_HEAD = 40
LONGEST_BRACKET = 1500
LONGEST_UNCLOSED = 400


@dataclass(frozen=True, slots=True)
class TableCells:
    """A row of a table."""

    line: int
    cells: tuple[str, ...]
    begins: tuple[int, ...] = ()
    """At which lines the cells of a drawn row begin."""

    def line_of(self, column: int) -> int:
        """The line at which a cell begins."""
        return self.begins[column] if self.begins else self.line


@dataclass(slots=True)
class TextBlock:
    """Lines of running text, joined by line breaks; knows which line a place belongs to."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def line_at(self, at: int) -> int:
        """The index of the line at a place of the text."""
        return self.lines[max(0, bisect_right(self.starts, at) - 1)]


def even(text: str) -> str:
    """Without unseen characters and blanks, marks in one width; a blank between two offices is a line break."""
    text = _LABEL_BLANK.sub("；\\1：", text) if _LABEL_BLANK.search(text) else text
    plain = _UNSEEN.sub("", text).replace("\v", "\n").translate(_WIDE).translate(SIMPLE)
    return _DASH.sub(DASH, _BLANK.sub("", _BETWEEN_OFFICES.sub("\n", plain)))


def _whole_labels(text: str) -> str:
    """A label that a line break cuts stands behind the break: 责任␤单位： → ␤责任单位：; 单位为 is 单位：."""
    text = SAYS_WHO.sub(r"\1：", text)
    text = _BOXED_LABEL.sub(lambda match: f"；{match[1]}：", text)
    text = _DASHED_LABEL.sub(r"\1：", text)
    text = _LABEL_OF_BOTH.sub(lambda match: match[1] + "：" + "，" * (len(match[0]) - len(match[1]) - 1), text)
    return _CUT_LABEL.sub(lambda match: "\n" * match.group().count("\n") + match.group().replace("\n", ""), text)


def rows_and_blocks(lines: Sequence[Line]) -> Iterator[TableCells | TextBlock]:
    """Rows and blocks in the order of the document, by the indices of their lines.

    Numbers of pages and what stands around a page are left out.
    """
    texts: list[str] = []
    block = TextBlock()
    drawn = DrawnTable()
    length = 0
    heads = running_heads(lines)
    for index, line in enumerate(lines):
        if line.aside or index in heads or _PAGE.fullmatch(line.text.strip()):
            continue
        if _DRAWN.search(line.text):
            yield from drawn.rows(index, line.text)
            continue
        cells = _cells(_EDGE.sub("", line.text.strip(" ")))
        if len(cells) > 1:
            if texts:
                block.text = _whole_labels("".join(texts))
                yield block
            texts, block, length = [], TextBlock(), 0
            yield TableCells(index, tuple(map(even, cells)))
        else:
            text = even(line.text) + "\n"
            block.starts.append(length)
            block.lines.append(index)
            texts.append(text)
            length += len(text)
    if texts:
        block.text = _whole_labels("".join(texts))
        yield block


def running_heads(lines: Sequence[Line]) -> set[int]:
    """The lines beside numbers of pages that stand there on several pages: what a page is headed with."""
    beside: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) <= LONGEST_PAGE and _PAGE.fullmatch(line.text.strip()):
            for at in (index - 1, index + 1):
                if 0 <= at < len(lines) and 1 < len(lines[at].text.strip()) <= LONGEST_HEAD:
                    beside.setdefault(even(lines[at].text), []).append(at)
    return {at for places in beside.values() if len(set(places)) > 1 for at in places}


class DrawnTable:
    """A table drawn with strokes: the lines of each cell are gathered until a stroke closes it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.begun: list[int] = []

    def rows(self, line: int, text: str) -> Iterator[TableCells]:
        """The cells that a line of the table closes, as a row in which the others are blank."""
        pieces = _STROKE.split(text.strip(" \u3000"))[1:-1]
        if len(pieces) > MOST_COLUMNS:
            return
        if len(pieces) != len(self.texts):
            yield from self._closed(range(len(self.texts)))
            self.texts, self.begun = [""] * len(pieces), [line] * len(pieces)
        yield from self._closed([column for column, piece in enumerate(pieces) if _RULE.search(piece)])
        for column, piece in enumerate(pieces):
            words = even(_RULE.sub("", piece))
            if words:
                self.begun[column] = self.begun[column] if self.texts[column] else line
                self.texts[column] = f"{self.texts[column]}\n{words}".strip("\n")

    def _closed(self, columns: Iterable[int]) -> Iterator[TableCells]:
        closed = [column for column in columns if self.texts[column]]
        if closed:
            cells = tuple(text if column in closed else "" for column, text in enumerate(self.texts))
            yield TableCells(min(self.begun[column] for column in closed), cells, tuple(self.begun))
        for column in closed:
            self.texts[column] = ""


def _cells(text: str) -> list[str]:
    """The cells of a row; columns that stand under one another by blanks count from three on."""
    cells = _CELL_MARK.split(text)
    aligned = _WIDE_GAP.split(text) if len(cells) == 1 else []
    return aligned if len(aligned) >= ALIGNED else cells


def bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets open and close; one that nothing closes ends with its paragraph."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign == "（":
            opened.append(at)
        elif sign == "）" and opened:
            start = opened.pop()
            if not opened and at - start < LONGEST_BRACKET:
                pairs.append((start, at))
        elif sign == "\n" and opened and _paragraph_ends(text, at):
            start = opened[0]
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            if at - start < LONGEST_UNCLOSED:
                pairs.append((start, at))
            opened = []
    return pairs


def _paragraph_ends(text: str, at: int) -> bool:
    """Whether a paragraph ends at a line break; an empty line may be a page that ends within one."""
    following = at + 1
    while text[following : following + 1] == "\n":
        following += 1
    if following >= len(text) or NUMBERED.match(text, following):
        return True
    return following > at + 1 and text[at - 1 : at] in "。；！？："
