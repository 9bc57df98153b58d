"""Taking back whose a file is: what the unit had through that file counts for nobody, and is judged again.

A file that was found to be a unit's may have been put together with the unit's own, or have stood in its
place. Those are reopened with it: the next ``collect`` judges each by itself, from the archive.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from reporting.ledger import Entry, PartFile
from reporting.model import Decision, Place, Receipt, Standing, Verdict
from reporting.model.findings import Finding, Kind
from reporting.returns.owner import JUDGED_AGAIN, TAKEN_BACK

_COUNTING = (Verdict.ACCEPTED, Verdict.RETURNED)


def reopened(
    taken_back: Decision, standings: Sequence[Standing], parts: Mapping[int, Sequence[PartFile]]
) -> tuple[Standing, ...]:
    """The versions of a unit that stop counting when the office takes its word on a file back.

    ``parts`` are by receipt. The file itself comes first, then what is to be judged again without it.
    """
    own = [each for each in standings if each.unit == taken_back.unit and each.version]
    itself = [each for each in own if each.sha256 == taken_back.sha256]
    if not itself:
        return ()
    touched = _with(itself, own, parts)
    counting = [at for at, each in enumerate(own) if each.verdict in _COUNTING]
    untouched = [at for at in counting if own[at].entry not in touched]
    # behind the last version that stands by itself: what was touched, and what that had replaced
    first = max(untouched, default=-1) + 1
    accepted = [at for at in counting if own[at].verdict is Verdict.ACCEPTED]
    if accepted and own[accepted[-1]].entry in touched:  # the reports still take its word
        first = min(first, accepted[-1])
    others = [each for each in own[first:] if each.sha256 != taken_back.sha256]
    return (*itself, *others)


def _with(itself: Sequence[Standing], own: Sequence[Standing], parts: Mapping[int, Sequence[PartFile]]) -> set[int]:
    """The receipts of the file, and of returns that it, or one of those, came into or was set beside."""
    touched = {each.entry for each in itself}
    files = {each.sha256 for each in itself}
    for each in own:
        if any(part.sha256 in files for part in parts.get(each.entry, ())):
            touched.add(each.entry)
            files.add(each.sha256)
    return touched


def as_entries(files: Sequence[Standing], taken_back: Decision, reason: str, year: int, now: datetime) -> list[Entry]:
    """The receipts by which these files are of no unit until they are judged again, each file once."""
    entries: dict[str, Entry] = {}
    for each in files:
        is_itself = each.sha256 == taken_back.sha256
        kind: Kind = TAKEN_BACK if is_itself else JUDGED_AGAIN
        values = {"expected": taken_back.unit, "why": reason, "found": taken_back.file}
        entries[each.sha256] = Entry(
            Receipt(each.file, each.sha256, now, "", Verdict.UNIDENTIFIED),
            year,
            0,
            None,
            None,
            (Finding(kind, Place(each.file), values=values),),
        )
    return list(entries.values())


def in_words(files: Sequence[Standing], taken_back: Decision) -> list[str]:
    """What the office should know and do, as sentences."""
    if not files:
        return []
    unit, file = taken_back.unit, taken_back.file
    notes = [
        f"“{file}”不再算作{unit}的填报，恢复为无法确定单位。是别的单位报来的，用 identify 重新认定，再运行 collect。"
    ]
    if any(each.verdict is Verdict.RETURNED and each.sha256 == taken_back.sha256 for each in files):
        notes.append(f"为这个文件写给{unit}的退回件作废；已经发出的，请告知该单位。")
    others = dict.fromkeys(each.file for each in files if each.sha256 != taken_back.sha256)
    if others:
        notes.append(
            f"{unit}与它一起登记的 {'、'.join(others)} 需要单独核对：请运行 collect，在此以前该单位按未收下统计。"
        )
    return notes
