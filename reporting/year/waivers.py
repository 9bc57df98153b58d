"""Which of the exceptions in ``waivers.toml`` apply to what went out, and what is to be said of the others.

One that names a rule, a unit or a task that does not exist settles nothing; whoever reads a report must not
take it for an exception that was granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.language.likeness import meant
from reporting.model import Issue
from reporting.office.waivers import Waiver
from reporting.plan.share_out import distribute
from reporting.returns.catalogue import catalogue


def waiver_faults(waivers: Sequence[Waiver], issued: Issue) -> Iterator[tuple[Waiver, list[str]]]:
    """Every exception with what it names that does not exist; nothing for one that is as it should be."""
    rules = {entry.kind.code for entry in catalogue()} if waivers else set()
    units = {each.unit for each in distribute(issued.plan).recipients}
    tasks = {task.number for task in issued.plan.tasks} | {each.number for each in issued.plan.targets}
    for each in waivers:
        named = (
            (f"没有“{each.rule}”这条规则", each.rule, rules),
            (f"“{each.unit}”不在本次下发的单位中", each.unit, units),
            (f"没有任务“{each.task}”", each.task, {"", *tasks}),
        )
        yield (
            each,
            [
                f"{what}（{near}）" if (near := meant(word, sorted(known))) else what
                for what, word, known in named
                if word not in known
            ],
        )


def waivers_told(waivers: Sequence[Waiver], issued: Issue, today: date) -> list[str]:
    """The exceptions that apply on a day, as clauses for the reports."""
    return [
        f"{each.unit}{f'任务{each.task}' if each.task else ''}：{each.reason}（{each.approved_by}同意）"
        for each, faults in waiver_faults(waivers, issued)
        if not faults and (each.until is None or today <= each.until)
    ]


def idle_waivers(waivers: Sequence[Waiver], issued: Issue, today: date) -> list[str]:
    """Say which exceptions do not apply: a misspelt or an expired one would otherwise be silent."""
    notes = []
    for number, (each, faults) in enumerate(waiver_faults(waivers, issued), 1):
        if faults:
            notes.append(f"waivers.toml 第 {number} 条不起作用：{'，'.join(faults)}。请核对写法。")
        elif each.until is not None and each.until < today:
            notes.append(
                f"waivers.toml 第 {number} 条（{each.unit}，{each.rule}）已于 {each.until} 到期，不再起作用。"
                "还需要的，请经批准后改写 until。"
            )
    return notes
