"""The clauses of GB/T 9704-2012 (党政机关公文格式) that a program can look at, for ``doctor --layout``.

A clause is one ``Clause`` in the ``CLAUSES`` of a module here: its number in the standard, its name, and a
function from a document with its parts told apart to what is wrong (``Fault``) or what only eyes can see
(``ByEye``). A new clause is one such entry. Punctuation and numerals go by GB/T 15834 and GB/T 15835.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from reporting.documents.standard.document import Document, Paragraph
from reporting.documents.standard.parts import Official, tell_parts
from reporting.gathering import load_modules

SHOWN = 20
"""Characters of a paragraph that name it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a clause is not met by: where, what, and what to do."""

    where: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ByEye:
    """Something a person has to look at, as a Chinese sentence."""

    says: str


Remark = Fault | ByEye
Check = Callable[[Official], Iterable[Remark]]
"""What is wrong with a document, or left to eyes, by one clause."""


def eyes(sentence: str, *, when: Callable[[Official], object] = lambda _: True) -> Check:
    """A check that nobody but a person can do, wherever it applies."""
    return lambda official: [ByEye(sentence)] if when(official) else []


class State(StrEnum):
    """What came of a clause."""

    PASSED = "通过"
    FAILED = "不通过"
    BY_EYE = "须人工核对"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the standard asks for. ``check`` gives nothing where it is met or does not apply."""

    number: str
    name: str
    check: Check


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause with what came of it."""

    clause: Clause
    remarks: tuple[Remark, ...]

    @property
    def state(self) -> State:
        """Whether it failed, is met, or is for eyes."""
        if any(isinstance(each, Fault) for each in self.remarks):
            return State.FAILED
        return State.BY_EYE if self.remarks else State.PASSED

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong."""
        return tuple(each for each in self.remarks if isinstance(each, Fault))

    @property
    def looks(self) -> tuple[ByEye, ...]:
        """What is to be looked at."""
        return tuple(each for each in self.remarks if isinstance(each, ByEye))


def where(paragraph: Paragraph) -> str:
    """How a fault names a paragraph: by its first words."""
    text = paragraph.text.replace("\n", "").replace("\t", " ")
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


@cache
def gather() -> tuple[Clause, ...]:
    """Every clause this package knows, in the order of their numbers."""
    modules = load_modules(__name__, __path__)
    found = [clause for module in modules for clause in getattr(module, "CLAUSES", ())]
    return tuple(sorted(found, key=lambda clause: _order(clause.number)))


def _order(number: str) -> tuple[bool, tuple[int, ...]]:
    """GB/T 9704's own clauses first, by their numbers, then those of the other standards."""
    own = number[0].isdigit()
    return not own, tuple(int(part) for part in number.removeprefix("GB/T ").split(".") if part.isdigit())


def judge(document: Document, clauses: Sequence[Clause] | None = None) -> tuple[Judged, ...]:
    """Lay every clause beside a document."""
    official = tell_parts(document)
    every = gather() if clauses is None else clauses
    return tuple(Judged(clause, tuple(clause.check(official))) for clause in every)
