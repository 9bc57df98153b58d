"""How alike two texts are and where they differ; which name was probably meant by one that nobody knows.

For telling which task of one plan is which of another, and for naming the nearest right word to somebody who
mistyped. Nothing is decided by likeness: names of units are asked back, never guessed.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from reporting.language.characters import even_width

_AROUND = 8
"""How many characters before and after a change are shown."""
_APART = 3
"""Changes with fewer equal characters between them are one change."""
_SHOWN = 40
"""A passage longer than this is shown by its beginning and its end."""


def pairs_in(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 for nothing in common to 1 for the same pairs."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def share_within(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of a text is found in another."""
    return len(part & whole) / len(part) if part else 0.0


_COMMON = 200
"""Pairs of characters that more texts have tell nothing; and no text is compared with more others than this."""
_BESIDES = 5
"""So many texts before and after are always compared."""


class PairIndex:
    """Texts by the pairs of characters in them: which of many may be like another, without trying them all.

    Among up to 200 texts all that share anything are found, among more the likeliest.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.pairs = [pairs_in(text) for text in texts]
        self._having: dict[str, list[int]] = defaultdict(list)
        for at, pairs in enumerate(self.pairs):
            for pair in pairs:
                self._having[pair].append(at)

    def likely(self, pairs: frozenset[str], around: int) -> list[int]:
        """The positions of texts that may be like one with these pairs, which would stand at a position itself."""
        having = (self._having.get(pair, ()) for pair in pairs)
        shared = Counter(chain.from_iterable(each for each in having if len(each) <= _COMMON))
        beside = range(max(0, around - _BESIDES), min(len(self.pairs), around + _BESIDES + 1))
        return sorted({*beside, *(at for at, _ in shared.most_common(_COMMON))})


def pair_nearest(old: Sequence[str], new: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """The positions of texts that are most alike, each once, the most alike first."""
    index = PairIndex(new)
    found = []
    for at, pairs in enumerate(map(pairs_in, old)):
        for other in index.likely(pairs, at):
            alike = likeness(pairs, index.pairs[other])
            if alike >= least:
                # nearness decides between equals, the same way in both directions
                found.append((-alike, abs(at - other), min(at, other), at, other))
    taken: tuple[set[int], set[int]] = (set(), set())
    for *_, at, other in sorted(found):
        if at not in taken[0] and other not in taken[1]:
            taken[0].add(at)
            taken[1].add(other)
            yield at, other


def changed_passages(old: str, new: str) -> list[str]:
    """What was changed, each with a few characters around it: …试点学校〔6→8〕所以上…"""
    passages = []
    for old_from, old_to, new_from, new_to in _changes(old, new):
        before, after = new[max(new_from - _AROUND, 0) : new_from], new[new_to : new_to + _AROUND]
        gone, come = _shortened(old[old_from:old_to]), _shortened(new[new_from:new_to])
        change = f"{gone}→{come}" if gone and come else f"删去：{gone}" if gone else f"增加：{come}"
        dots = "…" if new_from > _AROUND else "", "…" if new_to + _AROUND < len(new) else ""
        passages.append(f"{dots[0]}{before}〔{change}〕{after}{dots[1]}")
    return passages


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}……{text[-_SHOWN // 2 :]}"


_NEAR = 0.55
"""From how alike on a name may be the one that was meant."""
_BESIDE = 0.12
"""Names that are less alike than the nearest by no more than this are named too."""
_MOST_NAMES = 3
_ABBREVIATION = 3
"""From how many characters on a word stands for a name that has them all in this order."""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known names that are most like a word, the most alike first; none when all are far from it.

    A character counts the less, the more names have it: 财政厅 is near to 市财政局, 市税务局 is not.
    """
    names = {name: even_width(name).casefold() for name in known}
    typed = even_width(word).casefold()
    having = Counter(sign for name in names.values() for sign in set(name))

    def weight(text: str) -> float:
        return sum(math.log(2 + len(names) / having[sign]) if having[sign] else _UNKNOWN for sign in text)

    alike = {}
    for name, even in names.items():
        blocks = SequenceMatcher(None, typed, even, False).get_matching_blocks()
        both = weight("".join(typed[each.a : each.a + each.size] for each in blocks))
        alike[name] = 2 * both / ((weight(typed) + weight(even)) or 1)
        signs = iter(even)
        if len(typed) >= _ABBREVIATION and all(sign in signs for sign in typed):  # 人社局, 发改委
            alike[name] = max(alike[name], _NEAR)
    best = max(alike.values(), default=0.0)
    near = [name for name in alike if alike[name] >= max(_NEAR, best - _BESIDE)]
    return sorted(near, key=lambda name: -alike[name])[:_MOST_NAMES]


_UNKNOWN = 2.0
"""What a character weighs that no known name has."""


def meant(word: str, known: Iterable[str]) -> str:
    """Which name was probably meant, as a clause: 您要的可能是“collect”; empty when none is near."""
    return _clause(nearest(word, known))


def meant_file(name: str, known: Iterable[str]) -> str:
    """Which file was probably meant, as ``meant`` says it; what follows the last point tells nothing."""
    stems = {each: each.rpartition(".")[0] or each for each in known}
    near = nearest(name.rpartition(".")[0] or name, stems.values())
    return _clause([each for stem in near for each in stems if stems[each] == stem][:_MOST_NAMES])


def _clause(names: Sequence[str]) -> str:
    return f"您要的可能是{'或'.join(f'“{name}”' for name in names)}" if names else ""


_Span = tuple[int, int, int, int]
"""Where a change begins and ends in the old text, and where in the new one."""


def _changes(old: str, new: str) -> list[_Span]:
    """The stretches that differ, those close together as one."""
    changes: list[_Span] = []
    for tag, *ends in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            continue
        one = _with_whole_numbers(old, new, (ends[0], ends[1], ends[2], ends[3]))
        if changes and one[0] - changes[-1][1] < _APART and one[2] - changes[-1][3] < _APART:
            one = (changes[-1][0], one[1], changes[-1][2], one[3])
            changes.pop()
        changes.append(one)
    return changes


def _with_whole_numbers(old: str, new: str, span: _Span) -> _Span:
    """The change from 32000 to 33000, not from the 2 to the 3 in it."""
    begin, end, new_begin, new_end = span
    while min(begin, new_begin) > 0 and (_in_number(old, begin) or _in_number(new, new_begin)):
        begin, new_begin = begin - 1, new_begin - 1
    while end < len(old) and new_end < len(new) and (_in_number(old, end) or _in_number(new, new_end)):
        end, new_end = end + 1, new_end + 1
    return begin, end, new_begin, new_end


def _in_number(text: str, at: int) -> bool:
    """Whether a change that begins or ends here would show half a number: 32000, 98.5."""
    return at > 0 and all(sign in "0123456789." for sign in text[at - 1 : at + 1])
