"""Sheet 单位 of plan.xlsx: names, kinds, other names, members, whom to ask; and the proposals adopted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporting.language.characters import even_width, one_line
from reporting.language.units import fold, written_name
from reporting.language.units.registry import adopt
from reporting.model import Alias, Contact, Unit, UnitKind
from reporting.plan.book.kinds import ADOPTION_UNCLEAR, ALIAS_UNREADABLE, UNIT_KIND_UNKNOWN, UNIT_NAME_MISSING
from reporting.plan.book.read_cells import CellFindings, PlanCell, Record
from reporting.plan.book.sheets import (
    ADOPTED,
    DECLINED,
    KIND_WORDS,
    UNITS,
    KnownNames,
    cut_names,
    read_alias,
    split_names,
    split_proposed_members,
)


class UnitReader:
    """Reads the rows of one sheet; what is wrong in them goes to ``said``."""

    def __init__(self, said: CellFindings) -> None:
        self.said = said

    def read(self, records: Iterable[Record]) -> tuple[Unit, ...]:
        """All units, those that were adopted as other names put to the unit they mean."""
        named = []
        for record in records:
            if record["name"].text:
                named.append(record)
            else:
                self.said.tell(UNIT_NAME_MISSING, record["name"], field="name")
        names = KnownNames.of(written_name(record["name"].text) for record in named)
        units = tuple(self._unit(record, names) for record in named)
        return adopt(units, dict(self._adopted(named)))

    def _adopted(self, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
        """The names that the coordinator says are other names, each with whose."""
        for record in records:
            name, means = (written_name(record.text(key)) for key in ("name", "proposal"))
            answer = one_line(record.text("adopt"))
            if answer == ADOPTED and means:
                if split_proposed_members(means) is None:
                    yield name, means
            elif answer not in ("", DECLINED):
                self.said.tell(ADOPTION_UNCLEAR, record["adopt"], unit=name, field="adopt")

    def _members(self, record: Record, known: KnownNames) -> tuple[str, ...]:
        """The members that are written, and then those that were proposed and adopted."""
        written = split_names(record["members"].text, known)
        if one_line(record.text("adopt")) != ADOPTED:
            return written
        proposed = split_proposed_members(record.text("proposal"), known) or ()
        there = {fold(name) for name in written}
        return (*written, *(name for name in proposed if fold(name) not in there))

    def _unit(self, record: Record, known: KnownNames) -> Unit:
        name = written_name(record["name"].text)
        unit = Unit(
            name=name,
            kind=self._unit_kind(record["kind"], name),
            aliases=self._aliases(record["aliases"], name, known),
            members=self._members(record, known),
            contact=Contact(*(one_line(record[key].text) for key in ("contact", "phone", "email"))),
            place=record["name"].place,
        )
        return replace(unit, **record.plain(UNITS))

    def _unit_kind(self, entry: PlanCell, unit: str) -> UnitKind:
        text = even_width(entry.text)
        if not text:
            return UnitKind.UNIT
        if text in KIND_WORDS:
            return UnitKind(text)
        self.said.tell(UNIT_KIND_UNKNOWN, entry, unit=unit, expected="、".join(KIND_WORDS), field="kind")
        return UnitKind.UNIT

    def _aliases(self, entry: PlanCell, unit: str, known: KnownNames) -> tuple[Alias, ...]:
        aliases = []
        for text in cut_names(entry.text, known):
            alias = read_alias(text)
            if alias is None:
                self.said.tell(ALIAS_UNREADABLE, entry, unit=unit, found=text, field="aliases")
            aliases.append(alias or Alias(text))
        return tuple(aliases)
