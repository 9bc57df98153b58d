"""Sentences, findings and progress on the screen. The only modules that print are these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reporting.model.findings import SEVERITY_NAMES, Finding, Severity, fold_like

if TYPE_CHECKING:
    from reporting.model.progress import Progress

console = Console(highlight=False, soft_wrap=False)

_COLOURS = {Severity.ERROR: "red", Severity.CONFIRM: "yellow", Severity.NOTE: "cyan"}
_MOST_PLACES = 20
_OF_TARGET = re.compile(r"-\d{1,3}$")
"""15-1 on the sheet of targets of a return is the number of a target, not of a task."""


@contextmanager
def show_progress(what: str) -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    from rich.progress import Progress as Bar

    with Bar(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def say(text: str) -> None:
    """One sentence or line as it is, without rich's marks."""
    console.print(escape(text), soft_wrap=True)


def tell_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, indented: bool = False) -> None:
    """A table, if it has rows; what stands in it has been made safe of rich's marks."""
    table = Table(*headings, box=None, pad_edge=indented)
    for row in rows:
        table.add_row(*map(str, row))
    if table.row_count:
        console.print(table)


def tell_written(paths: Iterable[Path]) -> None:
    """The files that were written, one a line."""
    for path in paths:
        say(f"  {path}")


def tell_notes(notes: Iterable[str]) -> None:
    """What the coordinator should know beyond the result."""
    for note in notes:
        console.print(f"[yellow]注意：[/]{escape(note)}", soft_wrap=True)


def tell_findings(findings: Iterable[Finding], most: int = 200) -> None:
    """One line per finding: level, place, sentence, what to do, code; of many alike the first few in full."""
    listed = sorted(findings, key=lambda each: list(Severity).index(each.kind.severity))
    told = fold_like(listed)
    for finding, alike in told[:most]:
        place = finding.place
        where = place.words
        named = any(f"{what}{finding.task}" in finding.message for what in ("任务 ", "任务“", "指标“"))
        of_target = finding.unit and place.part == "量化指标" and _OF_TARGET.search(finding.task)
        what = "指标" if of_target else "任务"
        task = f"{what} {finding.task}：" if finding.task and not named else ""
        level = f"[{_COLOURS[finding.kind.severity]}]{SEVERITY_NAMES[finding.kind.severity]}[/]"
        head = escape(" ".join(part for part in (place.file, where) if part))
        sentence = escape(f"{task}{finding.told_office}{finding.remedy}")
        console.print(f"  {level} {head}  {sentence} [dim]({finding.kind.code})[/]", soft_wrap=True)
        if alike:
            places = "、".join(dict.fromkeys(each.place.words for each in alike[:_MOST_PLACES]))
            more = "等" if len(alike) > _MOST_PLACES else ""
            say(f"       同样的问题另有 {len(alike)} 处：{places}{more}")
    if len(told) > most:
        say(f"  ……另有 {len(told) - most} 条，没有全部列出。")


def complain(sentence: str) -> None:
    """Why a command could not do its work, where errors are shown."""
    Console(stderr=True, highlight=False).print(f"[red]没有完成：[/]{escape(sentence)}", soft_wrap=True)
