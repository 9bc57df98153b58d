"""What the book knows beside the returns, put together for the consolidated workbook.

Runs when a report is written: the results of inspection with their scores, what accepted returns were asked
about, what the office waived or decided, and the files that came as proof.
"""

from collections.abc import Iterator, Sequence

from reporting.documents.consolidated.proceedings import Exemption, Proceedings, Question, SentContent, SentFile
from reporting.ledger import BookedFinding
from reporting.ledger.standing import latest_accepted
from reporting.model import Decision, DecisionKind, Verdict
from reporting.model.findings import Severity
from reporting.model.review import Verified
from reporting.returns.catalogue import catalogue
from reporting.returns.rules import gather
from reporting.year.decisions import not_revoked
from reporting.year.open import Year

ANSWERED = "单位已说明，请审阅"


def compile_proceedings(year: Year, verified: Verified | None) -> Proceedings:
    """Everything of the year that is no report."""
    return Proceedings(
        review=verified.review if verified else None,
        scores=verified.scores if verified else None,
        reviews=len(year.ledger.review_entries(year.number)),
        plan_id=year.issued.plan_id,
        questions=tuple(_questions(year)),
        exemptions=(*_waived(year), *_decided(year.decisions)),
        files=tuple(
            SentFile(each.unit, each.file, each.received.date())
            for each in year.standings
            if each.verdict is Verdict.IGNORED and each.unit
        ),
        others=tuple(_others(year)),
        filled_by=_filled_by(year),
    )


def _questions(year: Year) -> Iterator[Question]:
    """What was asked about the returns that count, and what does not agree between units, in their order."""
    asked = {rule.kind.code for rule in gather() if rule.kind.severity is Severity.CONFIRM or rule.across}
    accepted = latest_accepted(year.standings)
    for line in year.whole.units:
        standing = accepted.get(line.unit)
        found = year.findings.get(standing.entry, ()) if standing is not None else ()
        for each in found:
            if each.severity is Severity.CONFIRM or each.code in asked:
                where = f"{each.sheet} {each.cell}".strip()
                yield Question(line.unit, each.task, where, each.message, _settled(each))


def _others(year: Year) -> Iterator[SentContent]:
    """What stands beside the answers in the returns that count, in the order of the units."""
    accepted = latest_accepted(year.contents)
    for line in year.whole.units:
        standing = accepted.get(line.unit)
        if standing is not None and standing.answered is not None:
            for each in standing.answered.others:
                yield SentContent(line.unit, each)


def _filled_by(year: Year) -> dict[str, dict[str, str]]:
    """What stands in the block above the table of the returns that count, by unit."""
    accepted = latest_accepted(year.contents)
    return {
        unit: {key: answer.raw for key, answer in each.answered.header.items() if answer.raw}
        for unit, each in accepted.items()
        if each.answered is not None
    }


def _settled(finding: BookedFinding) -> str:
    if finding.severity is Severity.CONFIRM:
        return ""
    return ANSWERED if finding.answer else "提示，不要求修改"


def _waived(year: Year) -> Iterator[Exemption]:
    """What is waived in waivers.toml, and what once was and settled something."""
    used = {(each.rule, each.unit, each.task): each for each in year.ledger.waived(year.number)}
    waivers = year.exceptions.waivers
    listed = {(each.rule, each.unit, each.task): each for each in waivers}
    faulty = {each for each, faults in year.exceptions.faults if faults}
    says = {each.kind.code: each.says for each in catalogue()} if used or listed else {}
    for key in dict.fromkeys([*listed, *used]):
        rule, unit, task = key
        waiver = listed.get(key)
        entry = waiver or used[key]
        over = waiver is None or (waiver.until is not None and waiver.until < year.today)
        standing = "写法有误，不起作用" if waiver in faulty else "已用" if key in used else "未用"
        yield Exemption(
            kind="豁免",
            unit=unit,
            task=task,
            what=says.get(rule, rule),
            reason=entry.reason,
            by=entry.approved_by,
            day=waiver.until if waiver else None,
            standing=f"{standing}，已失效" if over and waiver not in faulty else standing,
        )


def _decided(decisions: Sequence[Decision]) -> Iterator[Exemption]:
    kept = not_revoked(decisions)
    for each in decisions:
        revoking = each.kind is DecisionKind.REVOCATION
        yield Exemption(
            kind=str(each.kind),
            unit=each.unit,
            task=each.task,
            what=f"第 {each.number} 号决定：{each.words}",
            reason=each.reason,
            day=each.until,
            standing="" if revoking else "有效" if each in kept else "已撤销",
        )
