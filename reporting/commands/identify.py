"""The office's word on whose a file is (认定), where nothing in it tells or it tells two things."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reporting.files.disk import hash_of, names_beside
from reporting.language.likeness import meant_file
from reporting.model import Decision, DecisionKind, Standing, Verdict
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace, exclusive
from reporting.year.decided import Decided, made_before, reason_given, recipient_named, record
from reporting.year.open import open_year


@exclusive("identify")
def identify(workspace: Workspace, file: str, unit: str, reason: str, now: datetime) -> Decided:
    """Name the unit a file belongs to.

    ``file`` is a path, or the name under which the book has the file. What was taken in under a unit already
    stays that unit's: this is for files of nobody.
    """
    with open_year(workspace, now) as year:
        decisions = year.issued.decisions
        name = recipient_named(unit, year)
        shown, sha256 = _file(file, workspace, year.standings)
        kind = DecisionKind.IDENTIFICATION
        decision = Decision(now, kind, reason_given(reason), name, file=shown, sha256=sha256)
        known = made_before(decision, decisions)
        if known is not None:
            return known
        named = next((each for each in decisions if each.sha256 == sha256), None)
        own = [each for each in year.standings if each.sha256 == sha256]
        owned = next((each for each in own if each.unit), None)
        if owned is not None:
            what = f"要改，请先用 revoke {named.number} 撤销原来的认定。" if named else "有误的，请该单位重新报送。"
            raise DubanError(f"文件“{shown}”已经按{owned.unit}登记，不能再认定。{what}")
        if own and own[-1].verdict in (Verdict.UNREADABLE, Verdict.IGNORED):
            raise DubanError(
                f"文件“{shown}”不是可以核对的填报表，认定了单位也不能登记。请联系{name}用下发的填报表重新报送。"
            )
        if named is not None:
            raise DubanError(f"文件“{shown}”已经认定过。要改，请先用 revoke 撤销原来的认定。")
        return record(year, decision)


def _file(text: str, workspace: Workspace, standings: Sequence[Standing]) -> tuple[str, str]:
    """The name and hash of a file, given as a path or as it is named in the book."""
    booked = [each for each in standings if each.file == text]
    if booked:
        return text, booked[-1].sha256
    for path in (Path(text), workspace.inbox / text):
        if path.is_file():
            return path.name, hash_of(path)
    near = meant_file(text, {*(each.file for each in standings), *names_beside(workspace.inbox / text)})
    raise DubanError(f"找不到文件“{text}”。{near or '请写收件文件夹里的文件名，或者 collect 列出的名称'}。")
