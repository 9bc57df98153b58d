"""Whether archive, book and outbox agree: every hash is computed again and compared with the book.

Nothing is put right here: what does not agree is named with what to do about it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting.files.disk import explain_os_error, hash_of, is_temporary, list_files
from reporting.ledger import Ledger, plan_id
from reporting.model import Issue, LetterKind, Place
from reporting.model.findings import Finding, Kind, Outcome, Severity
from reporting.office.inbox import archive_holds, original_path
from reporting.office.outbox import OUT_ISSUED, OUT_RETIRED, OUT_REVIEW
from reporting.office.workspace import Workspace, exclusive
from reporting.returns.workbook.stamp import workbook_name
from reporting.year.open import Year, open_year

ORIGINAL_MISSING = Kind(
    "original_is_kept",
    Severity.ERROR,
    "台账登记了来件“{name}”，存档中却没有它的原件。",
    "请从备份恢复这个文件；没有备份的，把原件放进 inbox 再运行 collect。",
)
ORIGINAL_CHANGED = Kind(
    "original_is_unchanged",
    Severity.ERROR,
    "存档中来件“{name}”的原件与登记时不同。",
    "请从备份恢复这个文件；没有备份的，先移走它，再把原件放进 inbox 运行 collect。",
)
NO_RECEIPT = Kind(
    "original_has_receipt",
    Severity.ERROR,
    "存档中有这个文件，台账中没有登记。",
    "可能是收件中途断开，请再运行 collect；不是收来的文件，请移出存档。",
)
SENT_MISSING = Kind(
    "sent_file_is_there",
    Severity.ERROR,
    "台账登记发出了这个文件，发件文件夹里却没有。",
    "请从备份恢复；下发的填报表可以再运行 issue 生成。",
)
SENT_CHANGED = Kind(
    "sent_file_is_unchanged",
    Severity.ERROR,
    "发件文件夹里的这个文件与登记时不同，可能被修改过。",
    "有意修改的，请核对发出的是哪一份；不是有意的，请从备份恢复，下发的填报表可以再运行 issue 生成。",
)
PLAN_CHANGED = Kind(
    "issued_plan_is_unchanged",
    Severity.ERROR,
    "台账中 {day} 下发的方案与它的摘要不符，可能被修改过。",
    "请从备份恢复台账。",
)
BOOK_DAMAGED = Kind(
    "book_is_sound", Severity.ERROR, "台账文件有损坏，或者防止改动的设置被去掉了：{why}。", "请从备份恢复台账。"
)
UNREADABLE_FILE = Kind(
    "kept_file_is_readable", Severity.ERROR, "无法读取这个文件：{why}。", "请检查权限和磁盘后再运行。"
)


@dataclass(frozen=True, slots=True)
class Audited:
    """What ``verify`` compared, and everything that does not agree."""

    originals: int
    sent: int
    issues: int
    outcome: Outcome

    def as_json(self) -> dict[str, Any]:
        """The stable form for machines."""
        keys = ("code", "severity", "file", "message", "remedy", "found", "expected")
        found = [each.as_json() for each in self.outcome.findings]
        return {
            "checked": {"originals": self.originals, "sent": self.sent, "issues": self.issues},
            "findings": [{key: each[key] for key in keys} for each in found],
        }


@exclusive("verify")
def verify(workspace: Workspace) -> Audited:
    """Compare archive and outbox with the book, file by file, and the book with itself."""
    with open_year(workspace) as year:
        ledger = year.ledger
        faults = [Finding(BOOK_DAMAGED, Place("ledger.db"), values={"why": each}) for each in ledger.faults()]
        issues = ledger.issues(year.number)
        expected = _expected(ledger)
        sent = _sent(year, issues)
        unknown_containers = any(each.container is None for each in ledger.originals())
        named = year.shares.recipients if issues else ()
        current = {workbook_name(year.number, each) for each in named}
    findings = [
        *faults,
        *_plans(issues),
        *_originals(workspace, expected),
        *_strangers(workspace, expected, old_book=unknown_containers),
        *_outbox(workspace, sent, current),
    ]
    return Audited(len(expected), len(sent), len(issues), Outcome(findings=tuple(findings)))


def _expected(ledger: Ledger) -> dict[str, str]:
    """Every hash that the archive must hold, of whatever year, with the name under which it came."""
    expected: dict[str, str] = {}
    for each in ledger.originals():
        if each.sha256:
            expected.setdefault(each.sha256, each.file)
        if each.container:
            expected.setdefault(each.container, each.file.split("!", 1)[0])
    for review in ledger.collected_reviews():
        expected.setdefault(review.sha256, review.file)
    for amended in ledger.amended_reviews():
        expected.setdefault(amended.sha256, amended.file)
    return expected


_Sent = dict[tuple[str, str], tuple[str | None, bool]]
"""Files that went out, by folder and name: the hash each must have, and whether it is a unit's workbook."""


def _sent(year: Year, issues: Iterable[Issue]) -> _Sent:
    """Every file that went out."""
    sent: _Sent = {}
    for issue in reversed(list(issues)):
        for book in issue.workbooks:
            sent[OUT_ISSUED, book.file] = book.sha256, True
    for letter in year.letters:  # what version 1 of the book did not record of issues, this does
        sent[letter.folder, letter.file] = letter.sha256, letter.kind is LetterKind.WORKBOOK
    for review in year.ledger.issued_reviews(year.number):
        sent[OUT_REVIEW, review.file] = None, False  # which the inspection group fills in where it stands
    return sent


def _plans(issues: Iterable[Issue]) -> Iterator[Finding]:
    for issue in issues:
        digest = plan_id(issue.plan)
        if digest != issue.plan_id:
            values = {"day": f"{issue.at:%Y-%m-%d}", "found": digest, "expected": issue.plan_id}
            yield Finding(PLAN_CHANGED, Place("ledger.db"), values=values)


def _originals(workspace: Workspace, expected: dict[str, str]) -> Iterator[Finding]:
    for sha256, name in expected.items():
        path = original_path(workspace.archive, sha256)
        yield from _compare(workspace, path, sha256, (ORIGINAL_MISSING, ORIGINAL_CHANGED), {"name": name})


def _strangers(workspace: Workspace, expected: dict[str, str], *, old_book: bool) -> Iterator[Finding]:
    """Files of the archive of which the book knows nothing.

    Version 1 of the book did not record archives (.zip) themselves, only what lay in them.
    """
    for path in list_files([workspace.archive]):
        known = path.name in expected and path == original_path(workspace.archive, path.name)
        if known or is_temporary(path.name):
            continue
        try:
            of_old_book = old_book and archive_holds(path, expected)
        except OSError as error:
            yield _unreadable(workspace, path, error)
            continue
        if not of_old_book:
            yield Finding(NO_RECEIPT, _place(workspace, path))


def _outbox(workspace: Workspace, sent: _Sent, current: set[str]) -> Iterator[Finding]:
    """Every file that went out; a workbook that is not ``current`` may have been put aside or away."""
    for (folder, name), (sha256, is_workbook) in sent.items():
        path = workspace.outbox(folder) / name
        if is_workbook and name not in current and not path.exists():
            path = workspace.outbox(folder) / OUT_RETIRED / name
            if not path.exists():
                continue
        yield from _compare(workspace, path, sha256, (SENT_MISSING, SENT_CHANGED), {})


def _compare(
    workspace: Workspace, path: Path, sha256: str | None, faults: tuple[Kind, Kind], values: dict[str, str]
) -> Iterator[Finding]:
    """One file against the hash it must have; without a hash it need only be there."""
    missing, changed = faults
    if not path.is_file():
        yield Finding(missing, _place(workspace, path), values=values)
    elif sha256 is not None:
        try:
            found = hash_of(path)
        except OSError as error:
            yield _unreadable(workspace, path, error)
            return
        if found != sha256:
            told = values | {"found": found, "expected": sha256}
            yield Finding(changed, _place(workspace, path), values=told)


def _unreadable(workspace: Workspace, path: Path, error: OSError) -> Finding:
    return Finding(UNREADABLE_FILE, _place(workspace, path), values={"why": explain_os_error(error)})


def _place(workspace: Workspace, path: Path) -> Place:
    """A file by its way from the workspace."""
    root = workspace.root
    return Place((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())
