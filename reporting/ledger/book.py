"""The book of one workspace: what can be added to it, and what can be asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as SqlRow

from reporting.ledger import tables
from reporting.ledger.frozen import answered_from_json, answered_to_json, plan_from_json, plan_to_json
from reporting.ledger.old_rows import answer_in, heading_of, letter_kind
from reporting.ledger.pages import insert_all, insert_row, record_of, row_of
from reporting.ledger.records import BookedFinding, BookedRun, Entry, Letter, Original, PartFile, Waived
from reporting.ledger.reviews import ReviewPages
from reporting.ledger.standing import latest_accepted, of_year, read_parts, read_standings, still_counts
from reporting.model.entries import Decision, DecisionKind, Issue, IssuedWorkbook, LetterKind, Standing
from reporting.model.findings import DubanError, Severity
from reporting.model.plans import Role
from reporting.model.returns import Answered

_AT_ONCE = 500
"""Receipts asked for in one question to the database."""


class Ledger(ReviewPages):
    """The book of one workspace."""

    # ---- issues ----------------------------------------------------------------------------------

    def add_issue(self, issue: Issue, letters: Sequence[Letter] = ()) -> None:
        """Record that workbooks went out, and the letters that went with them."""
        with self._writing() as connection:
            key = insert_row(connection, tables.issues, issue, plan=plan_to_json(issue.plan))
            sent = (row_of(tables.recipients, each, issue=key) for each in issue.workbooks)
            insert_all(connection, tables.recipients, sent)
            _insert_letters(connection, letters, issue.year)

    def current_issue(self, year: int) -> Issue | None:
        """The newest issue of a year; None before anything went out."""
        return next(iter(self.issues(year, most=1)), None)

    def issues(self, year: int, most: int | None = None) -> list[Issue]:
        """All issues of a year, or so many of them, the newest first."""
        own = select(tables.issues).where(tables.issues.c.year == year)
        with self._reading() as connection:
            found = connection.execute(own.order_by(tables.issues.c.id.desc()).limit(most)).all()
        return [
            record_of(Issue, each, plan=plan_from_json(each.plan), workbooks=self._workbooks(each.id)) for each in found
        ]

    def _workbooks(self, issue: int) -> tuple[IssuedWorkbook, ...]:
        found = self._all(tables.recipients, tables.recipients.c.issue == issue)
        return tuple(record_of(IssuedWorkbook, each) for each in found)

    # ---- decisions -------------------------------------------------------------------------------

    def add_decision(
        self, year: int, decision: Decision, letters: Sequence[Letter] = (), entries: Sequence[Entry] = ()
    ) -> int:
        """Record a decision of the office with what follows from it at once; gives back its number."""
        with self._writing() as connection:
            key = insert_row(connection, tables.decisions, decision, year=year, role=decision.role or "")
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
            record_of(
                Decision,
                each,
                kind=DecisionKind(each.kind),
                role=Role(each.role) if each.role else None,
                number=each.id,
                file=each.file or "",
                sha256=each.sha256 or "",
            )
            for each in self._all(tables.decisions, tables.decisions.c.year == year)
        ]

    # ---- receipts --------------------------------------------------------------------------------

    def add_entries(
        self,
        entries: Sequence[Entry],
        letters: Sequence[Letter] = (),
        seen: int | None = None,
        run: BookedRun | None = None,
    ) -> None:
        """Write receipts with their findings, the letters made for them, and what is told of all, in one transaction.

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
            if run is not None and entries:
                insert_row(connection, tables.runs, run, year=entries[0].year)

    def last_run(self, year: int) -> BookedRun | None:
        """What the last run of a year told that wrote anything into the book; None before the first."""
        own = select(tables.runs).where(tables.runs.c.year == year).order_by(tables.runs.c.id.desc()).limit(1)
        with self._reading() as connection:
            found = connection.execute(own).first()
        return None if found is None else record_of(BookedRun, found)

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
        found: dict[int, list[BookedFinding]] = {}
        with self._reading() as connection:
            for each in connection.execute(of_year(tables.findings, year)):
                found.setdefault(each.receipt, []).append(_booked_finding(each))
        return found

    def waived(self, year: int) -> list[Waived]:
        """Every exception that settled a finding in a year, each once, in the order of first use."""
        with self._reading() as connection:
            found = connection.execute(of_year(tables.waivers, year).where(still_counts())).all()
        return list(dict.fromkeys(record_of(Waived, each) for each in found))

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
            record_of(
                Letter,
                each,
                folder=each.kind,
                kind=LetterKind(each.letter) if each.letter else letter_kind(each.kind, each.file),
            )
            for each in self._all(tables.letters, tables.letters.c.year == year)
        ]


def _insert_letters(connection: Connection, letters: Sequence[Letter], year: int) -> None:
    out = tables.letters
    rows = (row_of(out, each, year=year, kind=each.folder, letter=each.kind) for each in letters)
    insert_all(connection, out, rows)


def _booked_finding(row: SqlRow[Any]) -> BookedFinding:
    told: dict[str, Any] = {"severity": Severity(row.severity)}
    if row.heading is None:  # an older program wrote it
        told |= {"heading": heading_of(row.code, row.message), "answer": answer_in(row.message)}
    return record_of(BookedFinding, row, **told)


def _count_receipts(connection: Connection, year: int) -> int:
    counted = select(func.count()).select_from(tables.receipts).where(tables.receipts.c.year == year)
    return int(connection.execute(counted).scalar_one())


def _add_entry(connection: Connection, entry: Entry) -> None:
    content = None if entry.answered is None else answered_to_json(entry.answered)
    key = insert_row(connection, tables.receipts, entry, entry.receipt, content=content)
    told = (
        row_of(
            tables.findings,
            BookedFinding.of(each),
            receipt=key,
            found=each.values.get("found", ""),
            expected=each.values.get("expected", ""),
        )
        for each in entry.findings
    )
    insert_all(connection, tables.findings, told)
    for table, records in ((tables.waivers, entry.waived), (tables.parts, entry.parts)):
        insert_all(connection, table, (row_of(table, each, receipt=key) for each in records))
