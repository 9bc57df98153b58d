"""What the commands on a plan say: read in, explained, checked, compared, issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from reporting.language.likeness import meant
from reporting.model import Role
from reporting.model.findings import DubanError, Severity
from reporting.shell.telling.screen import say, tell_findings, tell_notes, tell_table, tell_written

if TYPE_CHECKING:
    from reporting.commands.issue import IssuedNow
    from reporting.commands.plan_check import Checked
    from reporting.commands.plan_diff import Compared
    from reporting.commands.plan_import import Imported
    from reporting.commands.rollover import Rolled
    from reporting.plan.changes.diff import Change
    from reporting.plan.next_year import Rollover


def tell_imported(document: Path, imported: Imported) -> None:
    """What was read from a document: findings by place, then the account of all its lines.

    Raises ``DubanError`` when there was no task in it.
    """
    from reporting.shell.telling.account import account_lines

    plan, findings = imported.plan, imported.outcome.findings
    say(f"读入 {document.name}：{plan.title or '（未读出标题）'}")
    tell_findings(findings)
    for line in account_lines(plan, imported.account, findings):
        say(f"  {line}")
    tell_notes(imported.outcome.notes)
    if not plan.tasks and not plan.unassigned:
        raise DubanError(
            "没有读出任务。请核对文件是否为任务分解方案，或先整理成表格（任务、牵头单位、配合单位各一列）再读入。"
        )
    tell_written(imported.outcome.written)
    say("下一步：用 Excel 或 WPS 打开 plan.xlsx，核对带批注的单元格，补齐成组单位的成员，再运行 plan check。")


def tell_explained(imported: Imported, wanted: str | None) -> None:
    """For one task, or for all: which words of the document it was read from.

    Raises ``DubanError`` when there is no such task, or none at all.
    """
    from reporting.shell.telling.account import explain_lines, find_task, left_out_lines

    plan = imported.plan
    tasks = list(plan.tasks) if wanted is None else find_task(plan, wanted)
    if not tasks:
        if wanted is None:
            raise DubanError("没有读出任务。")
        near = meant(wanted, [each.number for each in plan.tasks]) or "不写编号，可以列出全部任务"
        raise DubanError(f"没有读出编号为“{wanted}”的任务。{near}。")
    for task in tasks:
        for line in explain_lines(task, imported.explained.get(task.number, ())):
            say(line)
        tell_findings(each for each in imported.outcome.findings if each.task == task.number)
    if wanted is None:
        for line in left_out_lines(imported.account.left_out):
            say(line)
    say("只作说明，没有改动 plan.xlsx。")


def tell_checked(checked: Checked) -> None:
    """What is wrong in plan.xlsx, what the register of units proposes, and whether it may be issued."""
    plan, outcome, proposed, lacking = checked.plan, checked.outcome, checked.proposed, checked.lacking
    tell_findings((*outcome.findings, *proposed.findings))
    tell_notes((*outcome.notes, *proposed.notes, *lacking))
    say(f"{checked.file}：任务 {len(plan.tasks)} 项，单位 {len(plan.units)} 个，量化指标 {len(plan.targets)} 个。")
    if outcome.has_errors:
        errors = sum(finding.is_error for finding in outcome.findings)
        say(f"有 {errors} 处错误，请改正后再下发。")
    elif lacking:
        say("没有错误；照上面的“注意”补齐以后，再运行 issue 下发。")
    else:
        say("没有错误，可以运行 issue 下发。")


def tell_compared(old: Path, new: Path, compared: Compared) -> None:
    """Every change from one plan to another, and how many there are."""
    for change in compared.changes:
        _tell_change(change)
    tell_findings(compared.outcome.findings)
    say(f"{new.name} 与 {old.name} 相比，" + (_count_changes(compared.changes) or "没有改动。"))
    if compared.outcome.has_errors:
        say("表中有读不懂的格子，比较结果可能不全。请先运行 plan check，改正后再比较。")


def _tell_change(change: Change) -> None:
    words = f"：{change.words[:40] + ('…' if len(change.words) > 40 else '')}" if change.words else ""
    origin = f"（{change.origin}）" if change.origin else ""
    say(f"{change.kind}  {change.what} {change.label}{origin}{words}")
    for field in change.fields:
        say(f"      {field.heading}：{field.told}")


def _count_changes(changes: Iterable[Change]) -> str:
    counts = Counter((str(each.kind), each.what) for each in changes)
    listed = "，".join(f"{kind}{what} {count} 项" for (kind, what), count in counts.items())
    return f"共{listed}。" if listed else ""


def tell_issued(issued: IssuedNow) -> None:
    """Who got a workbook with how many tasks; with errors in the plan, only these."""
    outcome = issued.outcome
    if outcome.has_errors:
        tell_findings(outcome.findings)
        wrong = next(each for each in outcome.findings if each.is_error)
        say(f"{wrong.place.file} 有错误，没有下发。请改正后再运行。")
        return
    tell_findings(each for each in outcome.findings if each.kind.severity is not Severity.NOTE)
    tell_notes(outcome.notes)
    rows = []
    for each in issued.recipients:
        roles = Counter(assignment.role for assignment in each.assignments)
        counts = roles[Role.LEAD], roles[Role.SUPPORT], len(each.targets)
        rows.append((each.ordinal, escape(each.unit), *counts))
    tell_table(("序号", "单位", "牵头", "配合", "指标"), rows, indented=True)
    again = "" if issued.changed else "（与上次下发相同，没有变化）"
    folder = outcome.written[0].parent
    say(f"已写好 {len(issued.recipients)} 份填报表和 1 份通知{again}，在 {folder}")
    say("下一步：打开一两份看看，把通知和各单位自己的填报表发出去；报来的文件放进 inbox，再运行 collect。")


MOST_LEFT_OUT = 12
"""How many numbers of tasks that were left out are named."""


def tell_rolled(rolled: Rolled | None) -> None:
    """What went into next year's plan and what was left out, and what is still to be renewed in it."""
    if rolled is None:
        say("已经转入新的年度，方案还没有下发，没有可以结转的；没有改动。")
        return
    for line in _rollover_lines(rolled.rollover):
        say(line)
    tell_notes(rolled.outcome.notes)
    tell_written(rolled.outcome.written)
    year = rolled.rollover.year
    if rolled.began:
        say(f"工作台已转入 {year} 年度，duban.toml 的年度和日期已顺延一年。要回到上年度，把 year 改回即可。")
    say(f"下一步：打开 {rolled.path.name}，更新带批注的目标值和时限，增加新任务，再运行 plan check。")


def _rollover_lines(rollover: Rollover) -> Iterator[str]:
    from reporting.plan.next_year import (
        CARRIED,
        DEADLINE_TO_RENEW,
        DROPPED,
        FINISHED,
        TARGET_TO_RENEW,
        TEXT_NAMES_LAST_YEAR,
    )

    year = rollover.year
    reasons = Counter(each.line.status for each in rollover.tasks if each.fate == CARRIED)
    parts = "，".join(f"{status} {number} 项" for status, number in reasons.most_common())
    last = f"（上年度{parts}）" if parts else ""
    yield f"结转到 {year} 年度：任务 {rollover.count(CARRIED)} 项{last}。"
    for fate, words in ((FINISHED, "已完成"), (DROPPED, "调整取消或者不适用")):
        left = [each.line.task.number for each in rollover.tasks if each.fate == fate]
        if left:
            named = "、".join(left[:MOST_LEFT_OUT]) + ("等" if len(left) > MOST_LEFT_OUT else "")
            yield f"不列入：{words}的 {len(left)} 项（原编号 {named}），见工作表“上年任务情况”。"
    counts = Counter(each.kind for each in rollover.findings)
    marked = {TARGET_TO_RENEW: "目标值", DEADLINE_TO_RENEW: "完成时限", TEXT_NAMES_LAST_YEAR: "工作内容"}
    words = "，".join(f"{what} {counts[kind]} 处" for kind, what in marked.items() if counts[kind])
    if words:
        yield f"待更新：{words}，已在表中加批注。"
    for each in rollover.findings:
        if each.kind not in marked:
            yield f"单位：{each.message}"
