"""The book of one workspace: what can be added to it, and what can be asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as SqlRow

from reporting.ledger import tables
from reporting.ledger.frozen import answered_from_json, answered_to_json, plan_from_json, plan_to_json
from reporting.ledger.old_rows import answer_in, heading_of, letter_kind
from reporting.ledger.pages import insert_row
from reporting.ledger.records import BookedFinding, Entry, Letter, Original, PartFile, Waived
from reporting.ledger.reviews import ReviewPages
from reporting.ledger.standing import latest_accepted, read_parts, read_standings, still_counts
from reporting.model import (
    Answered,
    Decision,
    DecisionKind,
    Issue,
    IssuedWorkbook,
    LetterKind,
    Role,
    Standing,
)
from reporting.model.findings import DubanError, Severity

_AT_ONCE = 500
"""Receipts asked for in one question to the database."""


class Ledger(ReviewPages):
    """The book of one workspace."""

    # ---- issues ----------------------------------------------------------------------------------

    def add_issue(self, issue: Issue, letters: Sequence[Letter] = ()) -> None:
        """Record that workbooks went out, and the letters that went with them."""
        with self._writing() as connection:
            key = insert_row(
                connection,
                tables.issues,
                at=issue.at,
                year=issue.year,
                plan_id=issue.plan_id,
                title=issue.title,
                issuer=issue.issuer,
                due=issue.due,
                plan=plan_to_json(issue.plan),
            )
            connection.execute(
                insert(tables.recipients),
                [
                    {
                        "issue": key,
                        "ordinal": each.ordinal,
                        "unit": each.unit,
                        "file": each.file,
                        "sha256": each.sha256,
                    }
                    for each in issue.workbooks
                ],
            )
            _insert_letters(connection, letters, issue.year)

    def current_issue(self, year: int) -> Issue | None:
        """The newest issue of a year; None before anything went out."""
        found = self._issues(year, limit=1)
        return found[0] if found else None

    def issues(self, year: int) -> list[Issue]:
        """All issues of a year, the newest first."""
        return self._issues(year)

    def _issues(self, year: int, limit: int | None = None) -> list[Issue]:
        own = select(tables.issues).where(tables.issues.c.year == year)
        with self._reading() as connection:
            found = connection.execute(own.order_by(tables.issues.c.id.desc()).limit(limit)).all()
        return [self._issue(each) for each in found]

    def _issue(self, row: SqlRow[Any]) -> Issue:
        workbooks = self._all(tables.recipients, tables.recipients.c.issue == row.id)
        return Issue(
            at=row.at,
            year=row.year,
            plan_id=row.plan_id,
            title=row.title,
            issuer=row.issuer,
            due=row.due,
            plan=plan_from_json(row.plan),
            workbooks=tuple(
                IssuedWorkbook(each.ordinal, each.unit, each.file, each.sha256) for each in workbooks
            ),
        )

    # ---- decisions -------------------------------------------------------------------------------

    def add_decision(
        self,
        year: int,
        decision: Decision,
        letters: Sequence[Letter] = (),
        entries: Sequence[Entry] = (),
    ) -> int:
        """Record a decision of the office with what follows from it at once; gives back its number."""
        with self._writing() as connection:
            key = insert_row(
                connection,
                tables.decisions,
                at=decision.at,
                year=year,
                kind=str(decision.kind),
                reason=decision.reason,
                unit=decision.unit,
                task=decision.task,
                until=decision.until,
                receiver=decision.receiver,
                role=str(decision.role or ""),
                revokes=decision.revokes,
                file=decision.file,
                sha256=decision.sha256,
            )
            for entry in entries:
                _add_entry(connection, entry)
            _insert_letters(connection, letters, year)
        return key

    def next_decision(self) -> int:
        """The number that the next decision will have; numbers run on from year to year."""
        with self._reading() as connection:
            last = connection.execute(select(func.max(tables.decisions.c.id))).scalar_one()
        return int(last or 0) + 1

    def decisions(self, year: int) -> list[Decision]:
        """All decisions of a year in the order in which they were made, those taken back as well."""
        return [
            Decision(
                at=each.at,
                kind=DecisionKind(each.kind),
                reason=each.reason,
                unit=each.unit,
                task=each.task,
                until=each.until,
                receiver=each.receiver,
                role=Role(each.role) if each.role else None,
                revokes=each.revokes,
                number=each.id,
                file=each.file or "",
                sha256=each.sha256 or "",
            )
            for each in self._all(tables.decisions, tables.decisions.c.year == year)
        ]

    # ---- receipts --------------------------------------------------------------------------------

    def add_entries(
        self, entries: Sequence[Entry], letters: Sequence[Letter] = (), seen: int | None = None
    ) -> None:
        """Write receipts with their findings, and the letters made for them, in one transaction.

        ``seen`` is how many receipts the book held when the verdicts were made. If another command wrote
        since, nothing is written: it may have taken in the same files.
        """
        if not entries and not letters:
            return
        with self._writing() as connection:
            for entry in entries:
                _add_entry(connection, entry)
            # counted after writing, when no other command can write any more
            if seen is not None and _count_receipts(connection, entries[0].year) != seen + len(entries):
                raise DubanError("另一个命令刚刚登记了来件，这一次没有登记。请再运行一次。")
            _insert_letters(connection, letters, entries[0].year if entries else 0)

    def standings(self, year: int, *, with_answers: bool = False) -> list[Standing]:
        """All receipts of a year in the order in which they were written.

        With answers each unit's newest accepted return, which counts, has what the unit said in it.
        """
        with self._reading() as connection:
            standings = read_standings(connection, year)
        if not with_answers:
            return standings
        answers = self.answers(each.entry for each in latest_accepted(standings).values())
        return [replace(each, answered=answers.get(each.entry)) for each in standings]

    def answers(self, entries: Iterable[int]) -> dict[int, Answered]:
        """What was said in the returns of these receipts; nothing of one that never came to be judged."""
        receipts, wanted = tables.receipts, sorted(entries)
        found: dict[int, Answered] = {}
        with self._reading() as connection:
            for at in range(0, len(wanted), _AT_ONCE):
                some = receipts.c.id.in_(wanted[at : at + _AT_ONCE])
                asked = select(receipts.c.id, receipts.c.content).where(some)
                for each in connection.execute(asked):
                    if each.content is not None:
                        found[each.id] = answered_from_json(each.content)
        return found

    def parts(self, year: int) -> dict[int, list[PartFile]]:
        """The other files of a unit that came into a return or were set beside it, by receipt."""
        with self._reading() as connection:
            return read_parts(connection, year)

    def originals(self) -> list[Original]:
        """What must be in the archive: every file that has a receipt, of whatever year."""
        receipts = tables.receipts
        with self._reading() as connection:
            found = connection.execute(
                select(receipts.c.file, receipts.c.sha256, receipts.c.container).order_by(receipts.c.id)
            ).all()
        return [Original(each.file, each.sha256, each.container) for each in found]

    def findings_of(self, year: int) -> dict[int, list[BookedFinding]]:
        """Findings of a year by the receipt they belong to."""
        receipts, findings = tables.receipts, tables.findings
        joined = select(findings).join(receipts, findings.c.receipt == receipts.c.id)
        found: dict[int, list[BookedFinding]] = {}
        with self._reading() as connection:
            for each in connection.execute(joined.where(receipts.c.year == year).order_by(findings.c.id)):
                found.setdefault(each.receipt, []).append(_booked_finding(each))
        return found

    def waived(self, year: int) -> list[Waived]:
        """Every exception that settled a finding in a year, each once, in the order of first use."""
        joined = (
            select(tables.waivers)
            .join(tables.receipts, tables.waivers.c.receipt == tables.receipts.c.id)
            .where(tables.receipts.c.year == year, still_counts())
        )
        with self._reading() as connection:
            found = connection.execute(joined.order_by(tables.waivers.c.id)).all()
        used = (Waived(each.rule, each.unit, each.task, each.reason, each.approved_by) for each in found)
        return list(dict.fromkeys(used))

    # ---- letters ---------------------------------------------------------------------------------

    def add_letters(self, letters: Sequence[Letter], year: int) -> None:
        """Record letters that belong to no receipt, such as reminders; the same file is not entered again."""
        known = {(each.file, each.sha256) for each in self.letters(year)}
        fresh = [each for each in letters if (each.file, each.sha256) not in known]
        if fresh:
            with self._writing() as connection:
                _insert_letters(connection, fresh, year)

    def letters(self, year: int) -> list[Letter]:
        """Everything that went out in a year, in the order in which it was made."""
        return [
            Letter(
                each.at,
                each.kind,
                LetterKind(each.letter) if each.letter else letter_kind(each.kind, each.file),
                each.unit,
                each.file,
                each.sha256,
            )
            for each in self._all(tables.letters, tables.letters.c.year == year)
        ]


def _insert_letters(connection: Connection, letters: Sequence[Letter], year: int) -> None:
    if letters:
        rows = [
            {
                "at": each.at,
                "year": year,
                "kind": each.folder,
                "letter": str(each.kind),
                "unit": each.unit,
                "file": each.file,
                "sha256": each.sha256,
            }
            for each in letters
        ]
        connection.execute(insert(tables.letters), rows)


def _booked_finding(row: SqlRow[Any]) -> BookedFinding:
    is_old = row.heading is None
    return BookedFinding(
        row.code,
        Severity(row.severity),
        row.sheet,
        row.cell,
        row.task,
        row.message,
        row.remedy,
        heading_of(row.code, row.message) if is_old else row.heading,
        answer_in(row.message) if is_old else row.answer,
    )


def _count_receipts(connection: Connection, year: int) -> int:
    counted = select(func.count()).select_from(tables.receipts).where(tables.receipts.c.year == year)
    return int(connection.execute(counted).scalar_one())


def _add_entry(connection: Connection, entry: Entry) -> None:
    receipt = entry.receipt
    key = insert_row(
        connection,
        tables.receipts,
        received=receipt.received,
        year=entry.year,
        file=receipt.file,
        sha256=receipt.sha256,
        unit=receipt.unit,
        verdict=str(receipt.verdict),
        version=entry.version,
        due=entry.due,
        content=None if entry.answered is None else answered_to_json(entry.answered),
        from_inbox=entry.from_inbox,
        container=entry.container,
    )
    if entry.findings:
        rows = [
            {"receipt": key}
            | asdict(BookedFinding.of(each))
            | {"severity": str(each.kind.severity)}
            | {name: each.values.get(name, "") for name in ("found", "expected")}
            for each in entry.findings
        ]
        connection.execute(insert(tables.findings), rows)
    for table, records in ((tables.waivers, entry.waived), (tables.parts, entry.parts)):
        if records:
            connection.execute(insert(table), [{"receipt": key} | asdict(each) for each in records])
