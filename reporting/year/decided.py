"""A decision on its way into the book: what the office typed, found in what went out, and the entry.

What follows from a decision (who owes what by when) is derived by whoever asks. A command that is run twice
decides once: what is in force already is no new entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.language.likeness import meant
from reporting.language.units import find_unit
from reporting.language.values import task_number
from reporting.ledger.letters import Sending
from reporting.ledger.standing import latest_accepted
from reporting.model import Decision, DecisionKind, Issue, UnitKind
from reporting.model.findings import DubanError, Outcome
from reporting.plan.share_out import Distribution
from reporting.year.open import Year


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision; ``is_new`` is false when the very same one was in force already."""

    decision: Decision
    outcome: Outcome
    is_new: bool


# ---- what was typed ----------------------------------------------------------------------------------


def reason_given(text: str) -> str:
    """Why the office decides so; raises ``DubanError`` when it does not say."""
    if not text.strip():
        raise DubanError("没有写明理由。延期、改派、认定和撤销都要在 --reason 后面写明理由，会写入台账和报告。")
    return text.strip()


def task_named(text: str, issued: Issue) -> str:
    """The number of a task as the plan writes it; raises ``DubanError`` when there is none."""
    found = [each.number for each in issued.plan.tasks if task_number(each.number) == task_number(text)]
    if not found:
        near = meant(text, [each.number for each in issued.plan.tasks]) or "请核对任务编号"
        raise DubanError(f"下发的方案中没有任务“{text}”。{near}。")
    return found[0]


def unit_of_plan(text: str, issued: Issue) -> str:
    """A unit of the plan, whether it has a task or not; raises ``DubanError`` for a group or a stranger."""
    known = find_unit(text, issued.plan.units)
    members = {name for each in issued.plan.units for name in each.members}
    if known is not None and known.kind is UnitKind.UNIT:
        return known.name
    if known is None and text in members:
        return text
    if known:
        raise DubanError(f"“{text}”是成组单位或者泛指，请写明是其中哪一个单位。")
    near = meant(text, [*(each.name for each in issued.plan.units), *sorted(members)]) or "请核对名称"
    raise DubanError(f"“{text}”不在下发方案的单位表中，{near}。")


def recipient_named(text: str, year: Year) -> str:
    """A unit that was issued a workbook; raises ``DubanError`` for any other name."""
    names = [each.unit for each in year.shares.recipients]
    known = find_unit(text, year.issued.plan.units)
    name = known.name if known else text
    if name not in names:
        near = meant(text, names) or f"请核对单位名称；下发的有 {'、'.join(names)}"
        raise DubanError(f"“{text}”不在本次下发的单位中。{near}。")
    return name


def responsible(number: str, shares: Distribution) -> str:
    """Who answers for a task, as a sentence."""
    named = (f"{each.unit}（{each.role}）" for each in shares.by_task[number])
    return f"承担这项任务的有 {'、'.join(named)}。"


# ---- the entry ---------------------------------------------------------------------------------------


def made_before(
    decision: Decision, decisions: Sequence[Decision], *, any_date: bool = False, any_role: bool = False
) -> Decided | None:
    """The same decision if it is in force already, which is then all that came of it."""
    for each in decisions:
        same = replace(
            each,
            at=decision.at,
            number=0,
            until=decision.until if any_date else each.until,
            role=decision.role if any_role else each.role,
        )
        if same == decision:
            return Decided(each, Outcome(), is_new=False)
    return None


def record(year: Year, decision: Decision, sending: Sending | None = None, notes: Sequence[str] = ()) -> Decided:
    """Enter a decision with the letters on it; the files were written before."""
    letters, written = (sending.letters, sending.written) if sending else ((), ())
    number = year.ledger.add_decision(year.number, decision, letters)
    told = (*notes, *_already_in(year, decision))
    return Decided(replace(decision, number=number), Outcome(written, notes=told), is_new=True)


def _already_in(year: Year, decision: Decision) -> list[str]:
    """Say when the unit that is given more time, or takes a task over, has sent its return already."""
    unit = decision.receiver or decision.unit
    if decision.kind not in (DecisionKind.EXTENSION, DecisionKind.REASSIGNMENT):
        return []
    if unit not in latest_accepted(year.standings):
        return []
    if decision.kind is DecisionKind.EXTENSION:
        return [f"{unit}的填报表已经收下，已报的内容继续有效。"]
    return [
        f"{unit}的填报表已经收下，其中没有任务 {decision.task}。"
        "请它用新的填报表报一份完整的，在收到以前原来的内容继续有效。"
    ]
