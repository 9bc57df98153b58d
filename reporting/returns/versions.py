"""Versions: which of several returns of a unit counts, and what the others are to it.

Of several that came together the last changed counts, unless they are parts of one return; a part is also put
to what the unit sent before, if that went back.
"""

from collections.abc import Sequence
from dataclasses import replace

from reporting.ledger import Ledger, answered_by, as_return
from reporting.ledger.standing import latest_by_unit
from reporting.model import Answered, Assignment, Return, Standing, Verdict
from reporting.office.form import Form
from reporting.returns.arrivals import Arrival, age
from reporting.returns.join import even_out, expect
from reporting.returns.parts import put_together


def settle_versions(
    arrivals: Sequence[Arrival], standings: Sequence[Standing], form: Form, ledger: Ledger
) -> tuple[Arrival, ...]:
    """Number the versions of each unit, and make one return of what came together."""
    numbers: dict[str, int] = {}
    for each in standings:
        if each.unit:
            numbers[each.unit] = max(numbers.get(each.unit, 0), each.version)
    newest = latest_by_unit(standings)
    by_unit: dict[str, list[int]] = {}
    for at, arrival in enumerate(arrivals):
        if arrival.sent is not None:
            by_unit.setdefault(arrival.unit, []).append(at)
    settled = list(arrivals)
    for unit, together in by_unit.items():
        own = _without_old(together, arrivals)
        for at in set(together) - set(own):
            settled[at] = arrivals[at].as_known()
        returns = [arrivals[at] for at in sorted(own, key=lambda at: age(arrivals[at]))]
        before = _sent_before(newest.get(unit), returns, ledger)
        one = _make_one(returns, form, before)
        by_hash = {each.incoming.sha256: each for each in _numbered(returns, one, numbers.get(unit, 0))}
        for at in own:
            settled[at] = by_hash[arrivals[at].incoming.sha256]
    return tuple(settled)


def answers_in(sent: Return, asked: Sequence[Assignment], form: Form, year: int) -> Answered:
    """What a return answers that was never judged, since another replaced it."""
    return answered_by(even_out(sent, expect(asked), form, year))


def _without_old(together: Sequence[int], arrivals: Sequence[Arrival]) -> Sequence[int]:
    """Leave aside a return that went back before when there is a new one of the same unit."""

    def is_old(at: int) -> bool:
        before = arrivals[at].before
        return before is not None and before.verdict is Verdict.RETURNED

    return [at for at in together if not is_old(at)] or together


def _sent_before(last: Standing | None, returns: Sequence[Arrival], ledger: Ledger) -> Return | None:
    """What the unit sent before as a return again, if it went back and is not judged again itself."""
    again = any(each.before is last for each in returns)
    if again or last is None or last.verdict is not Verdict.RETURNED:
        return None
    answered = ledger.answers([last.entry]).get(last.entry)
    return None if answered is None else as_return(last, answered)


def _make_one(returns: Sequence[Arrival], form: Form, before: Return | None) -> Arrival:
    """The return that counts, with what the others have to add."""
    together = put_together([each.sent for each in returns if each.sent is not None], form, before)
    counting = next(each for each in returns if each.incoming.sha256 == together.sent.sha256)
    findings = counting.findings
    if together.merged:
        # what reading found in the other parts is wrong with the return that they make
        findings += tuple(each for other in returns if other is not counting for each in other.findings)
    return replace(counting, sent=together.sent, parts=together.parts, findings=(*findings, *together.findings))


def _numbered(returns: Sequence[Arrival], one: Arrival, before: int) -> Sequence[Arrival]:
    """The returns of a unit with their numbers, the one that counts last, and what became of the others."""
    merged = {each.sha256 for each in one.parts if each.merged}
    others = [
        replace(each, verdict=Verdict.MERGED if each.incoming.sha256 in merged else Verdict.SUPERSEDED)
        for each in returns
        if each.incoming.sha256 != one.incoming.sha256
    ]
    return [replace(each, version=number) for number, each in enumerate((*others, one), before + 1)]
