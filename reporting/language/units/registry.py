"""Offices that were renamed or merged: proposes that a name is out of date, or means another unit.

It only proposes. Two names become one unit when the coordinator says yes in plan.xlsx, never before.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.language.units.names import fold
from reporting.model import Alias, Contact, Unit, UnitKind
from reporting.model.findings import DubanError, Finding, Kind, Severity

UNIT_PROPOSED = Kind(
    "unit_proposed",
    Severity.NOTE,
    "“{found}”现在可能是“{expected}”：{reason}。",
    "属实的，请在工作表“单位”的“采纳”一栏选“是”，“{found}”即按“{expected}”的别名处理。",
)
_LEVEL_ENDS = "省市区县"
_KEYS = {"old", "new", "also", "since", "until", "kept", "reason"}


@dataclass(frozen=True, slots=True)
class Reform:
    """One reform of offices (机构改革); names are without their 省, 市, 区 or 县.

    ``until`` is the last year in which ``new`` was the name; ``kept`` says that the old name lives on as a
    second one, so that it means the new unit only in a plan that names that too.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    since: int
    reason: str
    until: int | None = None
    kept: bool = False

    def holds(self, year: int | None) -> bool:
        """Whether the new names were those of a year; in a year nobody knows, those of today."""
        if year is None:
            return self.until is None
        return self.since <= year <= (self.until or year)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a name in a plan means a unit by another name."""

    name: str
    means: str
    reason: str

    def as_finding(self) -> Finding:
        """The proposal as it is told, at the unit's row."""
        values = {"found": self.name, "expected": self.means, "reason": self.reason, "field": "proposal"}
        return Finding(UNIT_PROPOSED, unit=self.name, values=values)


def load_reforms(text: str, file: str = "units.toml") -> tuple[Reform, ...]:
    """Read the table of reforms; raises ``DubanError`` naming the entry that is wrong."""
    try:
        words = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DubanError(f"{file} 格式有误。请检查等号、引号和方括号，改正后再运行。") from error
    entries = words.get("reform", [])
    if not isinstance(entries, list) or set(words) - {"reform"}:
        raise DubanError(f"{file} 格式有误：每一节以 [[reform]] 开头。请改正后再运行。")
    return tuple(_as_reform(number, entry, file) for number, entry in enumerate(entries, 1))


def _as_reform(number: int, entry: object, file: str) -> Reform:
    words: Mapping[str, object] = entry if isinstance(entry, dict) else {}
    old, also, new, since, reason = (words.get(key) for key in ("old", "also", "new", "since", "reason"))
    until, kept = words.get("until"), words.get("kept", False)
    is_whole = (
        _are_names(old)
        and bool(old)
        and _are_names(also or [])
        and isinstance(new, str)
        and bool(new)
        and isinstance(since, int)
        and isinstance(reason, str)
        and (until is None or (isinstance(until, int) and until >= since))
        and isinstance(kept, bool)
    )
    if not is_whole or set(words) - _KEYS:
        raise DubanError(
            f"{file} 第 {number} 节有误：old、also 应为方括号中的名称，new、reason 为文字，"
            "since、until 为年份（先后不能颠倒），kept 为 true 或 false，没有其他项。请改正后再运行。"
        )
    assert isinstance(old, list)
    assert isinstance(since, int)
    last = until if isinstance(until, int) else None
    return Reform(tuple(old), (str(new), *_names(also)), since, str(reason), last, kept is True)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _names(value: object) -> Iterable[str]:
    return (str(each) for each in value) if isinstance(value, list) else ()


# ---- proposing ---------------------------------------------------------------------------------------


def propose(units: Sequence[Unit], year: int | None, reforms: Sequence[Reform]) -> tuple[Proposal, ...]:
    """What names of single units may mean in this year; a unit of the plan rather than a name it lacks."""
    known = {fold(name): unit.name for unit in units for name in _names_of(unit)}
    single = [unit for unit in units if unit.kind is UnitKind.UNIT]
    for _ in range(2):  # a name that another one is proposed to mean counts as one that the plan has
        found = [_propose(unit, year, reforms, known) for unit in single]
        known |= {fold(each.means): each.means for each in found if each is not None}
    return tuple(each for each in found if each is not None)


def _propose(unit: Unit, year: int | None, reforms: Sequence[Reform], known: Mapping[str, str]) -> Proposal | None:
    for at, sign in enumerate(unit.name, 1):
        level, office = unit.name[:at], unit.name[at:]
        fitting = (each for each in reforms if office in each.old and each.holds(year))
        reform = next(fitting, None) if sign in _LEVEL_ENDS else None
        if reform is None:
            continue
        names = [f"{level}{new}" for new in reform.new]
        listed = [known[fold(name)] for name in names if fold(name) in known]
        if unit.name in listed or (reform.kept and not listed):
            return None
        return Proposal(unit.name, listed[0] if listed else names[0], reform.reason)
    return None


def _names_of(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *(alias.name for alias in unit.aliases))


# ---- adopting ----------------------------------------------------------------------------------------


def adopt(units: Sequence[Unit], adopted: Mapping[str, str]) -> tuple[Unit, ...]:
    """The units with every adopted name as another name of what it means, which is added when missing."""
    result = list(units)
    for name, means in adopted.items():
        old = next((unit for unit in result if fold(unit.name) == fold(name)), None)
        if old is None or fold(name) == fold(means):
            continue
        target = next((unit for unit in result if fold(means) in map(fold, _names_of(unit))), None)
        if target is old:
            continue
        if target is None:
            result[result.index(old)] = replace(old, name=means, aliases=(Alias(old.name), *old.aliases))
            continue
        aliases = dict.fromkeys((*target.aliases, Alias(old.name), *old.aliases))
        contact = old.contact if target.contact == Contact() else target.contact
        result[result.index(target)] = replace(target, aliases=tuple(aliases), contact=contact)
        result.remove(old)
    return tuple(result)
