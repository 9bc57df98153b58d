"""Rows that an older program wrote: what it kept in sentences and file names alone.

Until version 4 of the book a finding had no heading and no answer, a letter no kind, and a return told of the
files beside it in the sentences of its findings. Here and nowhere else is any of it read out of words, and
only where the row itself does not say it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.engine import Row as SqlRow

from reporting.ledger.records import PartFile
from reporting.model import LetterKind, Verdict

_KIND_IN_NAME = re.compile(
    "_(退回修改|退回函|核实说明|核实函|催报函|提醒函|改派函|整改通知)"
    r"(?:_第[0-9]+次|_[0-9]{8}|_第[0-9]+号)?\.(?:xlsx|docx)$"
)
_ISSUED_FOLDER, _BULLETIN = "下发", re.compile(r"^[0-9]+年度督查通报_[0-9]{8}\.docx$")

_MERGED, _AGREE, _WHOLE = "parts_are_merged", "parts_agree", "parts_are_whole"
TOLD_OF_PARTS = (_MERGED, _AGREE, _WHOLE)
"""The findings in whose sentences the other files of a return stood."""

_NO_HEADER, _HEADING = "header_is_filled", re.compile("^表头的(.+?)没有填写。")
_ANSWER = "单位说明："
_LISTED = "已合并为一份："


def letter_kind(folder: str, file: str) -> LetterKind:
    """What went out, by the name that the older program gave it."""
    found = _KIND_IN_NAME.search(file)
    if found:
        return LetterKind(found[1])
    if _BULLETIN.match(file):
        return LetterKind.BULLETIN
    is_workbook = folder == _ISSUED_FOLDER and file.endswith(".xlsx")
    return LetterKind.WORKBOOK if is_workbook else LetterKind.NOTICE


def heading_of(code: str, message: str) -> str:
    """The field of the block above the table that a finding is about; of others the cell tells."""
    found = _HEADING.match(message) if code == _NO_HEADER else None
    return found[1] if found else ""


def answer_in(message: str) -> str:
    """What the unit said to a question, as the sentence carries it."""
    return message.partition(_ANSWER)[2]


def parts_told(told: Iterable[tuple[int, str, str]], receipts: Sequence[SqlRow[Any]]) -> dict[int, list[PartFile]]:
    """The files beside each return, from sentences of findings: ``told`` has receipt, code and message.

    A sentence is held against the names of all files of the unit, so that signs in a name and names that are
    parts of others deceive nobody.
    """
    by_entry = {each.id: each for each in receipts}
    parts: dict[int, list[PartFile]] = {}
    for entry, code, message in told:
        own = by_entry[entry]
        # of several files of one name the one that came last until then
        hashes = {
            other.file: other.sha256
            for other in receipts
            if other.unit == own.unit and other.received <= own.received and other.sha256 != own.sha256
        }
        merged = code == _MERGED
        names = _listed(message, {*hashes, own.file}) if merged else _beside(own.unit, message, hashes)
        found = [PartFile(name, hashes[name], merged) for name in names if name in hashes]
        known = parts.setdefault(entry, [])
        known += [each for each in found if each not in known]
    return parts


def merged_before(receipts: Sequence[SqlRow[Any]], parts: dict[int, list[PartFile]]) -> frozenset[int]:
    """The receipts whose file is a part of another return though their verdict says that it was replaced."""
    units = {each.id: each.unit for each in receipts}
    known = {(units[entry], part.sha256) for entry, own in parts.items() for part in own if part.merged}
    return frozenset(
        each.id for each in receipts if each.verdict == str(Verdict.SUPERSEDED) and (each.unit, each.sha256) in known
    )


def _beside(unit: str, message: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if message.startswith(f"“{unit}”同时报来的“{name}”")]


def _listed(message: str, names: Iterable[str]) -> list[str]:
    """The names in a list with 、 between them, each a name that we know."""
    rest = message.partition(_LISTED)[2]
    return _taken_apart(rest, sorted(names, key=len, reverse=True)) or []


def _taken_apart(rest: str, names: Sequence[str]) -> list[str] | None:
    for name in names:
        if not rest.startswith(name):
            continue
        behind = rest[len(name) :]
        if behind.startswith("。"):
            return [name]
        others = _taken_apart(behind[1:], names) if behind.startswith("、") else None
        if others is not None:
            return [name, *others]
    return None
