"""Which of the exceptions in ``waivers.toml`` apply to what went out, and what is to be said of the others.

One that names a rule, a unit or a task that does not exist settles nothing; whoever reads a report must not
take it for an exception that was granted.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reporting.language.likeness import meant
from reporting.model import Issue
from reporting.office.waivers import Waiver
from reporting.plan.share_out import Distribution
from reporting.returns.catalogue import catalogue


@dataclass(frozen=True)
class Exceptions:
    """The exceptions of an office (豁免) beside what went out, as of a day."""

    waivers: tuple[Waiver, ...]
    issued: Issue
    shares: Distribution
    today: date

    @cached_property
    def faults(self) -> list[tuple[Waiver, list[str]]]:
        """Every exception with what it names that does not exist; nothing for one that is as it should be."""
        rules = {entry.kind.code for entry in catalogue()} if self.waivers else set()
        units = {each.unit for each in self.shares.recipients}
        plan = self.issued.plan
        tasks = {task.number for task in plan.tasks} | {each.number for each in plan.targets}
        found = []
        for each in self.waivers:
            named = (
                (f"没有“{each.rule}”这条规则", each.rule, rules),
                (f"“{each.unit}”不在本次下发的单位中", each.unit, units),
                (f"没有任务“{each.task}”", each.task, {"", *tasks}),
            )
            unknown = [(what, meant(word, sorted(known))) for what, word, known in named if word not in known]
            found.append((each, [f"{what}（{near}）" if near else what for what, near in unknown]))
        return found

    def told(self) -> list[str]:
        """The exceptions that apply, as clauses for the reports."""
        return [
            f"{each.unit}{f'任务{each.task}' if each.task else ''}：{each.reason}（{each.approved_by}同意）"
            for each, faults in self.faults
            if not faults and (each.until is None or self.today <= each.until)
        ]

    def idle(self) -> list[str]:
        """Say which exceptions do not apply: a misspelt or an expired one would otherwise be silent."""
        notes = []
        for number, (each, faults) in enumerate(self.faults, 1):
            if faults:
                notes.append(f"waivers.toml 第 {number} 条不起作用：{'，'.join(faults)}。请核对写法。")
            elif each.until is not None and each.until < self.today:
                notes.append(
                    f"waivers.toml 第 {number} 条（{each.unit}，{each.rule}）已于 {each.until} 到期，"
                    "不再起作用。还需要的，请经批准后改写 until。"
                )
        return notes
