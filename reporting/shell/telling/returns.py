"""What came in, what became of each file, and what a unit changed since its last return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from reporting.documents.intake import FATES
from reporting.language.characters import one_line
from reporting.model import LetterKind, Verdict
from reporting.model.findings import Severity
from reporting.shell.telling.screen import console, say, tell_findings, tell_notes

if TYPE_CHECKING:
    from reporting.commands.collect import Collected
    from reporting.returns.changes import ReturnDiff


_COLOURS = {
    Verdict.ACCEPTED: "green",
    Verdict.RETURNED: "red",
    Verdict.UNIDENTIFIED: "red",
    Verdict.UNREADABLE: "red",
    Verdict.IGNORED: "dim",
}
_TOLD_IN_THE_TABLE = {"file_is_kept"}
"""Findings that the table of receipts has already."""
_LETTERS = ((LetterKind.RETURN_LETTER, "退回件（订正表和退回函）"), (LetterKind.QUERY, "核实件（核实说明表和核实函）"))


def verdict_word(verdict: Verdict) -> str:
    """A verdict in one word, in its colour."""
    return f"[{_COLOURS.get(verdict, 'cyan')}]{FATES[verdict].word}[/]"


def verdict_counts(counts: Mapping[Verdict, int], of: str = "") -> str:
    """How many files were given each verdict, in the words and the order in which they are told."""
    return "，".join(f"{fate.counted} {counts[key]}{of}" for key, fate in FATES.items() if counts.get(key))


def tell_collected(collected: Collected) -> None:
    """What a run took in: a table of files, findings by place, counts, and what is to be sent back."""
    _tell_files(collected)
    tell_findings(each for each in collected.outcome.findings if each.kind.code not in _TOLD_IN_THE_TABLE)
    fresh = [
        each for each in collected.receipts if each not in collected.in_book or each.verdict is not Verdict.DUPLICATE
    ]
    counts = Counter(each.verdict for each in fresh)
    known = len(collected.receipts) - len(fresh)
    say(
        f"共 {len(collected.receipts)} 个文件："
        + (verdict_counts(counts) or "没有新文件")
        + (f"；以前已登记 {known}" if known else "")
        + "。"
    )
    frequent = [each.words for each in collected.rules if each.severity is not Severity.NOTE][:5]
    if frequent:
        say(f"最常见的问题：{'；'.join(frequent)}。")
    for diff in collected.changes:
        tell_difference(diff, most=5)
    tell_notes(collected.outcome.notes)
    if collected.letters:
        kinds = [words for kind, words in _LETTERS if kind in collected.letters]
        say(f"{'、'.join(kinds)}在 {collected.outcome.written[0].parent}，请发给有关单位。")
    if collected.written_to is not None:
        say(f"逐件结果和问题另见 {collected.written_to}。")
    elif collected.receipts:
        say("上一次收件的结果，可以用 collect --again 再看。")


def tell_again(collected: Collected) -> None:
    """What the last run took in, told once more."""
    at = collected.at
    say(f"以下是 {at.year}年{at.month}月{at.day}日 {at:%H:%M} 那一次收件的结果，没有收新的文件。")
    tell_collected(collected)


def _tell_files(collected: Collected) -> None:
    table = Table(box=None)
    for heading in ("结果", "单位", "文件", "说明"):
        table.add_column(heading, overflow="fold")  # a file name that is cut cannot be found
    for line in collected.lines:
        receipt = line.receipt
        table.add_row(verdict_word(receipt.verdict), escape(receipt.unit), escape(receipt.file), escape(line.note))
    if table.row_count:
        console.print(table)


def tell_difference(diff: ReturnDiff, most: int) -> None:
    """What a new version of a return says otherwise than the one before, by task and field."""
    untouched = f"{len(diff.untouched)} 项任务和指标没有改动" if diff.untouched else "每项都有改动"
    if not diff.changes:
        say(f"{diff.unit}：{diff.after} 与 {diff.before} 相比，填写的内容没有改动。")
        return
    say(
        f"{diff.unit}：{diff.after} 与 {diff.before} 相比，改动 {len(diff.changes)} 处，"
        f"相同 {diff.same} 处；{untouched}。"
    )
    for each in diff.changes[:most]:
        where = f"{each.of} {each.number} " if each.number else ""
        say(f"      {where}{each.heading}：{_shortened(each.before)} → {_shortened(each.after)}")
    if len(diff.changes) > most:
        say(f"      ……另有 {len(diff.changes) - most} 处，用 status --unit {diff.unit} 查看。")


def _shortened(text: str, room: int = 40) -> str:
    """A text of a unit on one line; a blank is said to be one."""
    line = one_line(text)
    return f"“{line[:room]}{'…' if len(line) > room else ''}”" if line else "（空白）"
