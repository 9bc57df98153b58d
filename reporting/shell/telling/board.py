"""What stands in the book: who is awaited, late, sent back; and what the office decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from reporting.model import UnitState
from reporting.model.findings import Outcome
from reporting.shell.telling.returns import tell_difference, verdict_word
from reporting.shell.telling.screen import say, tell_notes, tell_table, tell_written

if TYPE_CHECKING:
    from reporting.commands.remind import Late
    from reporting.commands.status import Board
    from reporting.commands.status_unit import History
    from reporting.model import Decision, UnitLine
    from reporting.year.decided import Decided


def tell_history(history: History) -> None:
    """What one unit sent, version by version, what it changed each time, and what it still owes."""
    line = history.line
    say(f"{line.unit}：承担任务 {len(line.tasks)} 项，应于 {line.due} 前报送。")
    _tell_owed(line)
    for decision in history.decisions:
        _tell_decision(decision, in_force=True)
    tell_table(
        ("版本", "收到", "结果", "文件"),
        (
            (each.version, f"{each.received:%m-%d %H:%M}", verdict_word(each.verdict), escape(each.file))
            for each in history.versions
        ),
    )
    if not history.versions:
        say("还没有收到可以核对的填报表。")
    for diff in history.changes:
        tell_difference(diff, most=500)


def _tell_owed(line: UnitLine) -> None:
    if line.owed:
        owed = "，".join(f"任务 {number}（{until:%m-%d} 前）" for number, until in line.owed.items())
        say(f"  {line.unit}的填报表已收下，还欠：{owed}。")


def _tell_decision(decision: Decision, *, in_force: bool) -> None:
    state = "" if in_force else "（已撤销）"
    say(f"  第 {decision.number} 号（{decision.at:%m-%d}）{decision.words}{state}。理由：{decision.reason}")


_STATES = {
    UnitState.AWAITED: "[yellow]待报送[/]",
    UnitState.LATE: "[red]逾期未报[/]",
    UnitState.RETURNED: "[red]退回修改[/]",
    UnitState.ACCEPTED: "[green]已收下[/]",
}


def _cells(line: UnitLine) -> Sequence[object]:
    state = _STATES[line.state] + (f"（{line.errors} 处）" if line.errors else "")
    received = f"{line.received:%m-%d %H:%M}" if line.received else ""
    return line.ordinal, escape(line.unit), state, received, line.versions or "", len(line.tasks)


def tell_board(board: Board) -> None:
    """The book at a glance: every unit's state, tasks still lacking somebody's word, decisions, odd files."""
    say(board.title)
    say(f"{board.year} 年度，报送截止 {board.due}，今天 {board.today}。")
    tell_table(("序号", "单位", "状态", "收到", "版本", "任务"), map(_cells, board.units))
    counts = Counter(each.state for each in board.units)
    say(
        f"应报 {len(board.units)} 个单位：已收下 {counts[UnitState.ACCEPTED]}，"
        f"退回修改 {counts[UnitState.RETURNED]}，待报送 {counts[UnitState.AWAITED]}，"
        f"逾期未报 {counts[UnitState.LATE]}。"
    )
    lacking = [each for each in board.tasks if each.missing]
    say(f"还缺内容的任务 {len(lacking)} 项：" if lacking else "各项任务都已报齐。")
    for task in lacking:
        say(f"  {task.number}  缺 {'、'.join(task.missing)}")
    for each in board.units:
        _tell_owed(each)
    if board.decisions:
        say("我办的决定：")
        for decision in board.decisions:
            taken_back = decision.kind != "撤销" and not board.in_force(decision)
            _tell_decision(decision, in_force=not taken_back)
    for receipt in board.unsettled:
        say(f"  待处理的来件：{receipt.file}")
    tell_notes(board.notes)


def tell_decided(decided: Decided) -> None:
    """A decision as it was recorded, and the workbooks that changed by it."""
    decision, outcome = decided.decision, decided.outcome
    again = "" if decided.is_new else "（以前已经登记，没有变化）"
    say(f"已登记第 {decision.number} 号决定{again}：{decision.words}。理由：{decision.reason}")
    if outcome.written:
        say("有变动的填报表和改派函已经写好，请发给有关单位：")
        tell_written(outcome.written)
    tell_notes(outcome.notes)


def tell_late(late: Sequence[Late], outcome: Outcome) -> None:
    """Who gets a reminder, and why."""
    if not late:
        say("没有逾期的单位，不需要催报。")
        return
    for each in late:
        owed = f"还欠任务 {'、'.join(each.tasks)}"
        what = {UnitState.RETURNED: "退回后没有重新报送", UnitState.ACCEPTED: owed}
        when = f"已逾期 {each.days} 天" if each.days > 0 else f"还有 {-each.days} 天到期"
        again = f"，第 {len(each.earlier) + 1} 次催报" if each.earlier else ""
        say(f"  {each.line.unit}：{what.get(each.line.state, '没有报送')}，{when}{again}")
        for came in each.came:
            say(f"      来过不能登记的文件：{came}")
    tell_notes(outcome.notes)
    letters = "催报函" if all(each.days > 0 for each in late) else "催报函和提醒函"
    say(f"已写好 {len(late)} 封{letters}，在 {outcome.written[0].parent}")


def tell_bulletin(outcome: Outcome) -> None:
    """Where the bulletin lies."""
    tell_notes(outcome.notes)
    say("已写好督查通报，送领导审定后印发：")
    tell_written(outcome.written)
