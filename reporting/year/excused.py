"""What the office decided is held against nobody: exceptions, more time, another unit, whose a file is.

Runs after the returns were checked: a finding that is settled becomes a note that says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reporting.ledger import Waived
from reporting.model import Issue, Return
from reporting.model.findings import Finding, Severity
from reporting.office.waivers import Waiver
from reporting.returns.owner import DECIDED
from reporting.returns.rules import form_is_current, unit_is_right
from reporting.year.decisions import dated_tasks


def settle(
    sent: Return, findings: Sequence[Finding], issued: Issue, waivers: Sequence[Waiver], today: date, *, moved: bool
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """The findings on a return, with notes for what the office settled; and the exceptions that were used.

    ``moved``: the return is in the workbook of an earlier issue only because the office gave a task to
    another unit.
    """
    return _waive(_postpone(sent, _believe(findings, moved=moved), issued, today), waivers, today)


def _waive(
    findings: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Turn what the office waived into notes that say so; gives the exceptions that were used as well."""
    settled: list[Finding] = []
    used: dict[Waived, None] = {}
    for finding in findings:
        rule = finding.kind.code
        covering = (each for each in waivers if each.covers(rule, finding.unit, finding.task, today))
        waiver = next(covering, None)
        if waiver is None or finding.kind.severity is Severity.NOTE:
            settled.append(finding)
            continue
        settled.append(_as_note(finding, f"（已豁免：{waiver.reason}，{waiver.approved_by}同意）"))
        used[Waived(waiver.rule, waiver.unit, waiver.task, waiver.reason, waiver.approved_by)] = None
    return tuple(settled), tuple(used)


def _believe(findings: Sequence[Finding], *, moved: bool) -> list[Finding]:
    """Nobody is held up or asked for what the office itself decided.

    Where it said whose a file is, another name in the block is settled; where it ``moved`` a task to another
    unit, an older workbook is.
    """
    settled = {form_is_current.RULE.kind.code: "（因我办改派任务，这份表可以继续使用）"} if moved else {}
    if any(each.kind.code == DECIDED.code for each in findings):
        settled[unit_is_right.RULE.kind.code] = "（经我办核实，按认定的单位登记）"
    return [_as_settled(each, settled[each.kind.code]) if each.kind.code in settled else each for each in findings]


def _as_settled(finding: Finding, reason: str) -> Finding:
    """The same as a note on which nobody has anything to do."""
    note = _as_note(finding, reason)
    return replace(note, kind=replace(note.kind, remedy="不需要处理。"))


def _as_note(finding: Finding, reason: str) -> Finding:
    """The same finding as a note with the reason why it holds nobody up."""
    says = finding.kind.says + reason.replace("{", "{{").replace("}", "}}")
    return replace(finding, kind=replace(finding.kind, severity=Severity.NOTE, says=says))


def _postpone(sent: Return, findings: Iterable[Finding], issued: Issue, today: date) -> list[Finding]:
    """Turn what is missing on tasks for which the unit was given more time into notes.

    So is a task that it took over since its workbook went out: it may still answer in the old one.
    """
    given = dated_tasks(issued.decisions, sent.unit)
    later = {number: until for number, until in given.items() if today <= until and not _is_begun(sent, number)}
    covered = {target.number: target.task for target in issued.plan.targets if target.task in later}
    settled = []
    for finding in findings:
        until = later.get(covered.get(finding.task, finding.task))
        is_open = until is not None and finding.kind.severity is not Severity.NOTE
        settled.append(_as_note(finding, f"（这一项可在 {until} 前补报）") if is_open else finding)
    return settled


def _is_begun(sent: Return, number: str) -> bool:
    """Whether the row of a task says what its state is; one that does is checked as any other."""
    rows = (row for row in sent.rows if row.assignment and row.assignment.task.number == number)
    return any(row.raw("status") for row in rows)
