"""A phrase between two marks cut into names of offices, words of roles and the rest, the cheapest way.

市教育局牵头 is a name and a deed; 省农业农村厅和南阳市 are two names with a joint. A line break inside a phrase
may part two names or wrap one: either is tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from reporting.plan.second_reading.names import LONGEST, NONE, OfficeNames
from reporting.plan.second_reading.words import DEED, JOINT, LEVEL, NAME_ENDS, OPENING_LABEL, SHORT

MOST = 60
"""A phrase of more characters is a sentence; none is cut."""

ACROSS_BREAK = 0.2
"""What a line break inside a snippet costs; between two it costs nothing."""

_NAME_BEGINS = frozenset("省市区县州旗各国全有相")


class SnippetKind(Enum):
    """What words of a phrase are."""

    NAME = "name"
    DEED = "deed"
    LABEL = "label"
    JOINT = "joint"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of a phrase and what they are."""

    kind: SnippetKind
    words: str


@dataclass(slots=True)
class _Step:
    """The cheapest way to a place in the phrase."""

    cost: float = float("inf")
    before: int = 0
    snippet: Snippet | None = None


class PhraseCutter:
    """Cuts phrases; the same phrase only once."""

    def __init__(self, names: OfficeNames) -> None:
        self.names = names
        self._cut: dict[str, tuple[Snippet, ...]] = {}

    def cut(self, phrase: str) -> tuple[Snippet, ...]:
        """The snippets of a phrase from left to right."""
        found = self._cut.get(phrase)
        if found is None:
            found = self._cut[phrase] = tuple(self._cheapest(phrase))
        return found

    def is_understood(self, phrase: str) -> bool:
        """Whether nothing is left over."""
        return all(snippet.kind is not SnippetKind.REST for snippet in self.cut(phrase))

    def _cheapest(self, phrase: str) -> list[Snippet]:
        words = phrase.replace("\n", "")
        if len(words) > MOST:
            return [Snippet(SnippetKind.REST, words)]
        breaks = _breaks_before(phrase)
        steps = [_Step(0.0), *(_Step() for _ in words)]
        for at in range(len(words)):
            step = steps[at]
            rest = step.snippet is not None and step.snippet.kind is SnippetKind.REST and breaks[at] == breaks[at - 1]
            for end, cost, snippet in self._ways(words, at, after_rest=rest):
                total = step.cost + cost + ACROSS_BREAK * (breaks[end - 1] - breaks[at])
                if total < steps[end].cost:
                    steps[end] = _Step(total, at, snippet)
        return _snippets(steps)

    def _ways(self, words: str, at: int, *, after_rest: bool) -> Iterator[tuple[int, float, Snippet]]:
        """(end, cost, snippet) of everything that can begin at a place."""
        yield at + 1, 1.0 if after_rest else 1.5, Snippet(SnippetKind.REST, words[at])
        deed = DEED.match(words, at)
        if deed:
            yield deed.end(), 0.3, Snippet(SnippetKind.DEED, deed.group())
        joint = JOINT.match(words, at)
        if joint:
            yield joint.end(), 0.3, Snippet(SnippetKind.JOINT, joint.group())
        label = OPENING_LABEL.match(words) if at == 0 else None
        if label and label.end() < len(words):
            yield label.end(), 0.3, Snippet(SnippetKind.LABEL, label.group())
        if not after_rest or words[at] in _NAME_BEGINS:
            yield from self._names(words, at)

    def _names(self, words: str, at: int) -> Iterator[tuple[int, float, Snippet]]:
        for end in range(at + 2, min(len(words), at + LONGEST) + 1):
            if words[end - 1] in NAME_ENDS or (end - at <= 8 and _is_short(words[at:end])):
                cost = self.names.cost(words[at:end])
                if cost < NONE:
                    yield end, cost, Snippet(SnippetKind.NAME, words[at:end])


def _breaks_before(phrase: str) -> list[int]:
    """For each character that is no line break, how many of these stand before it."""
    breaks, counts = 0, []
    for sign in phrase:
        if sign == "\n":
            breaks += 1
        else:
            counts.append(breaks)
    return counts


def _is_short(words: str) -> bool:
    level = LEVEL.match(words)
    return words in SHORT or (level is not None and words[level.end() :] in SHORT)


def _snippets(steps: list[_Step]) -> list[Snippet]:
    """The way back from the end; neighbouring rests are one."""
    snippets: list[Snippet] = []
    at = len(steps) - 1
    while at:
        snippet = steps[at].snippet
        if (
            snippet is not None
            and snippet.kind is SnippetKind.REST
            and snippets
            and snippets[-1].kind is SnippetKind.REST
        ):
            snippets[-1] = Snippet(SnippetKind.REST, snippet.words + snippets[-1].words)
        elif snippet is not None:
            snippets.append(snippet)
        at = steps[at].before
    return snippets[::-1]
