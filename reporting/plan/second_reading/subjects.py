"""Who is the subject of a clause in running text: 「运检部与组织部」协同推进, 会同「市财政局」制定办法.

Slots say who does a task in words of their own; minutes, duties and reports say it in the middle of a sentence.
Only clauses that begin with a name, followed by what only the one in charge does, count.
"""

import re
from collections.abc import Iterator

from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.phrases import PhraseCutter, SnippetKind
from reporting.plan.second_reading.words import NUMBERED, SHORT

LONGEST_CLAUSE = 40
MOST_CLAUSES = 60
"""Of a paragraph no more clauses are looked at."""

MOST_NAMES = 200
_OFFICE = re.compile(
    r"[省市区县镇州](?![长级])[\u4e00-\u9fff]{1,10}?(?:局|委(?!员)|厅|管委会|委员会|政府|宣传部|办公室|支队|联合会|[残妇侨工]联|联社)"
    rf"|[有相]关(?:单位|部门|镇街|乡镇)|(?:{'|'.join(sorted(SHORT, key=len, reverse=True))})[局委厅]"
)
"""An office with its level and its end, out of whatever stands around it."""
_SAYS_WHO = re.compile(r"负责|牵头|配合|责任|落实|主办|[\t|]")
_CLAUSE = re.compile(r"[^，；。：！？\n]+")
_OPENING = re.compile(r"^(?:由|请|其中|并由)")
IN_CHARGE = re.compile(r"牵头|负责|组织|协同|主办|承办|统筹")


def subjects(text: str, cutter: PhraseCutter, charge: re.Pattern[str] = IN_CHARGE) -> Iterator[str]:
    """The offices that a paragraph says to be in ``charge`` of something, in the order of the text."""
    words = NUMBERED.sub("", even(text), count=1)
    for _, match in zip(range(MOST_CLAUSES), _CLAUSE.finditer(words), strict=False):
        clause = _OPENING.sub("", match.group())[:LONGEST_CLAUSE]
        if charge.search(clause):
            yield from _subject(clause, cutter, charge)


def offices(text: str) -> list[str]:
    """Two or more names that can be nothing but offices, in a row of cells or a line that says what they do."""
    if text.rstrip().endswith(("：", ":")) or not _SAYS_WHO.search(text):
        return []
    names = [match.group() for _, match in zip(range(MOST_NAMES), _OFFICE.finditer(even(text)), strict=False)]
    return names if len(set(names)) > 1 else []


def _subject(clause: str, cutter: PhraseCutter, charge: re.Pattern[str]) -> list[str]:
    """The names that a clause begins with, where a word of charge follows them."""
    names: list[str] = []
    for part in clause.split("、"):
        for snippet in cutter.cut(part):
            if snippet.kind is SnippetKind.NAME:
                names.append(snippet.words)
            elif snippet.kind is SnippetKind.DEED and names and charge.match(snippet.words):
                return names
            elif snippet.kind is not SnippetKind.JOINT:
                return []
    return []
