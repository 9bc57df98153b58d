"""The command line: options in, one workflow function, print, exit code.

Exit codes: 0 nothing wrong, 1 something that people sent is wrong (and was said), 2 the command could not do
its work. Every command on a workspace takes ``-w DIR`` for it, before or after its name.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reporting.console import ChineseCommand, ChineseGroup
from reporting.findings import SEVERITY_NAMES, DubanError, Finding, Severity, fold

if TYPE_CHECKING:
    from reporting.files.workspace import Workspace
    from reporting.model import Decision, Receipt, Role, UnitLine
    from reporting.plan_diff import Change
    from reporting.return_diff import ReturnDiff
    from reporting.workflow import Board, Decided, History, Progress

app = typer.Typer(
    name="duban",
    cls=ChineseGroup,
    help="督办：读方案、发填报表、收填报表、退回修改、催报、汇总、检查验收，一年的任务填报一条龙。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
plan_app = typer.Typer(
    cls=ChineseGroup, help="方案：读入、检查、比较。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(plan_app, name="plan")
review_app = typer.Typer(
    cls=ChineseGroup, help="检查验收：生成核定表、收回核定表。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(review_app, name="review")

console = Console(highlight=False, soft_wrap=False)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", help="工作台文件夹，默认为当前文件夹。", show_default=False),
]
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=["%Y-%m-%d"], help="按这一天计算（默认今天），如 2026-12-21。", show_default=False
    ),
]
_chosen: dict[str, Path] = {}
"""A value still to be filled into a rule's sentence."""


@app.callback()
def main(workspace: WorkspaceOption = None) -> None:
    """督办工具。"""
    _chosen.clear()
    if workspace is not None:
        _chosen["workspace"] = workspace


def _root(workspace: Path | None) -> Path:
    return workspace or _chosen.get("workspace") or Path()


def _open(workspace: Path | None) -> Workspace:
    from reporting.files.workspace import Workspace

    return Workspace(_root(workspace))


def _moment(day: datetime | None) -> datetime:
    """The moment a command counts from: now, or noon of a day that was given."""
    if day is None:
        return datetime.now().replace(microsecond=0)
    if not 1990 <= day.year <= 2100:
        raise DubanError(f"日期 {day:%Y-%m-%d} 不在 1990 年至 2100 年之间。请核对 --date。")
    return datetime.combine(day.date(), time(12))


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what a command could not do into one sentence and exit code 2."""
    try:
        yield
    except DubanError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        _stop("已中断。再次运行即可继续，已登记的内容不受影响。")
    except OSError as error:
        from reporting.files.workspace import explain_os_error

        name = f"“{error.filename}”" if error.filename else "文件"
        _stop(f"读写{name}时出错：{explain_os_error(error)}。请检查文件是否正在使用、磁盘是否已满。")


def _stop(sentence: str) -> NoReturn:
    Console(stderr=True, highlight=False).print(f"[red]没有完成：[/]{escape(sentence)}", soft_wrap=True)
    raise typer.Exit(2)


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    from rich.progress import Progress as Bar

    with Bar(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _say(text: str) -> None:
    console.print(escape(text), soft_wrap=True)


def _tell_written(paths: Iterable[Path]) -> None:
    for path in paths:
        _say(f"  {path}")


def _tell_notes(notes: Iterable[str]) -> None:
    for note in notes:
        console.print(f"[yellow]注意：[/]{escape(note)}", soft_wrap=True)


_COLOURS = {Severity.ERROR: "red", Severity.CONFIRM: "yellow", Severity.NOTE: "cyan"}


def _tell_findings(findings: Iterable[Finding], most: int = 200) -> None:
    """One line per finding: level, place, sentence, what to do, code; of many alike the first few in full."""
    listed = sorted(findings, key=lambda each: list(Severity).index(each.kind.severity))
    told = fold(listed)
    for finding, alike in told[:most]:
        place = finding.place
        where = place.words
        named = any(f"{what}{finding.task}" in finding.message for what in ("任务 ", "任务“", "指标“"))
        task = f"任务 {finding.task}：" if finding.task and not named else ""
        level = f"[{_COLOURS[finding.kind.severity]}]{SEVERITY_NAMES[finding.kind.severity]}[/]"
        head = escape(" ".join(part for part in (place.file, where) if part))
        sentence = escape(f"{task}{finding.told_office}{finding.remedy}")
        console.print(f"  {level} {head}  {sentence} [dim]({finding.kind.code})[/]", soft_wrap=True)
        if alike:
            places = "、".join(dict.fromkeys(each.place.words for each in alike[:_MOST_PLACES]))
            more = "等" if len(alike) > _MOST_PLACES else ""
            _say(f"       同样的问题另有 {len(alike)} 处：{places}{more}")
    if len(told) > most:
        _say(f"  ……另有 {len(told) - most} 条，没有全部列出。")


_MOST_PLACES = 20


# ---- init and plan -----------------------------------------------------------------------------------


@app.command(cls=ChineseCommand)
def init(
    directory: Annotated[Path | None, typer.Argument(help="新工作台的文件夹，默认为当前文件夹。")] = None,
    year: Annotated[int | None, typer.Option(help="填报年度，默认为今年。", min=1990, max=2100)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """建立工作台：设置文件、模板和收发文件夹。"""
    from reporting import workflow

    with _sentences():
        root = directory or _root(workspace)
        outcome = workflow.init(root, year or date.today().year)
    kept = not any(path.name == "duban.toml" for path in outcome.written)
    if kept:
        _say(f"这里原来就是工作台：{root.resolve()}，duban.toml 没有改动，只补齐了缺少的文件。")
        if year is not None:
            _say(f"年度仍按 duban.toml；要改为 {year}，请修改其中的 year 和各个日期。")
    else:
        _say(f"工作台已建好：{root.resolve()}")
    _tell_written(outcome.written)
    _say("下一步：在 duban.toml 中填写日期和联系人，然后运行 plan import 方案文件。")


@plan_app.command("import", cls=ChineseCommand)
def plan_import(
    document: Annotated[Path, typer.Argument(help="方案文件：.docx .pdf .txt .html .md .xlsx .xls .csv")],
    task: Annotated[
        str | None, typer.Argument(help="与 --explain 同用：只说明这一项任务。", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到哪里，默认为工作台的 plan.xlsx。")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="只说明任务是怎样读出来的，不写 plan.xlsx。")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """读入方案，生成 plan.xlsx 供核对修改。"""
    from reporting import planning
    from reporting.telling import account_lines

    if explain:
        _explain(document, task)
        return
    with _sentences():
        if task is not None:
            raise DubanError(f"多出了“{task}”。要说明某一项任务是怎样读出来的，请加 --explain。")
        target = output or _root(workspace) / "plan.xlsx"
        imported = planning.import_plan(
            document, target, json_file, keep_existing=output is None and json_file is not None
        )
    plan, findings = imported.plan, imported.outcome.findings
    _say(f"读入 {document.name}：{plan.title or '（未读出标题）'}")
    _tell_findings(findings)
    for line in account_lines(plan, imported.account, findings):
        _say(f"  {line}")
    _tell_notes(imported.outcome.notes)
    if not plan.tasks and not plan.unassigned:
        _stop(
            "没有读出任务。请核对文件是否为任务分解方案，或先整理成表格（任务、牵头单位、配合单位各一列）再读入。"
        )
    _tell_written(imported.outcome.written)
    _say(
        "下一步：用 Excel 或 WPS 打开 plan.xlsx，核对带批注的单元格，补齐成组单位的成员，再运行 plan check。"
    )
    if imported.outcome.has_errors:
        raise typer.Exit(1)


def _explain(document: Path, wanted: str | None) -> None:
    """Say for one task, or for all, which words of the document it was read from."""
    from reporting import planning
    from reporting.telling import explain_lines, find_task, left_out_lines

    with _sentences():
        imported = planning.explain_plan(document)
        plan = imported.plan
        tasks = list(plan.tasks) if wanted is None else find_task(plan, wanted)
        if not tasks:
            which = f"编号为“{wanted}”的任务。不写编号，可以列出全部任务" if wanted else "任务"
            raise DubanError(f"没有读出{which}。")
    for task in tasks:
        for line in explain_lines(task, imported.explained.get(task.number, ())):
            _say(line)
        _tell_findings(each for each in imported.outcome.findings if each.task == task.number)
    if wanted is None:
        for line in left_out_lines(imported.account.left_out):
            _say(line)
    _say("只作说明，没有改动 plan.xlsx。")


@plan_app.command("check", cls=ChineseCommand)
def plan_check(day: DateOption = None, workspace: WorkspaceOption = None) -> None:
    """检查修改后的 plan.xlsx。"""
    from reporting import planning
    from reporting.proposing import propose_units

    with _sentences():
        opened = _open(workspace)
        plan, outcome = planning.check_plan(opened, _moment(day).date())
        proposed = propose_units(opened)
    _tell_findings((*outcome.findings, *proposed.findings))
    _tell_notes((*outcome.notes, *proposed.notes))
    errors = sum(finding.is_error for finding in outcome.findings)
    _say(
        f"plan.xlsx：任务 {len(plan.tasks)} 项，单位 {len(plan.units)} 个，量化指标 {len(plan.targets)} 个。"
    )
    if errors:
        _say(f"有 {errors} 处错误，请改正后再下发。")
        raise typer.Exit(1)
    _say("没有错误，可以运行 issue 下发。")


@plan_app.command("diff", cls=ChineseCommand)
def plan_diff(
    old: Annotated[Path, typer.Argument(help="原来的任务表（.xlsx）或者方案文件。", show_default=False)],
    new: Annotated[Path, typer.Argument(help="现在的任务表（.xlsx）或者方案文件。", show_default=False)],
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
) -> None:
    """比较两份任务表或者方案：逐项列出改动。"""
    from reporting import planning

    with _sentences():
        compared = planning.diff_plans(old, new, json_file)
    for change in compared.changes:
        _tell_change(change)
    _tell_findings(compared.outcome.findings)
    _say(f"{new.name} 与 {old.name} 相比，" + (_count_changes(compared.changes) or "没有改动。"))
    if compared.outcome.has_errors:
        _say("表中有读不懂的格子，比较结果可能不全。请先运行 plan check，改正后再比较。")
        raise typer.Exit(1)


def _tell_change(change: Change) -> None:
    words = f"：{change.words[:40] + ('…' if len(change.words) > 40 else '')}" if change.words else ""
    origin = f"（{change.origin}）" if change.origin else ""
    _say(f"{change.kind}  {change.what} {change.label}{origin}{words}")
    for field in change.fields:
        _say(f"      {field.heading}：{field.told}")


def _count_changes(changes: Iterable[Change]) -> str:
    counts = Counter((str(each.kind), each.what) for each in changes)
    listed = "，".join(f"{kind}{what} {count} 项" for (kind, what), count in counts.items())
    return f"共{listed}。" if listed else ""


# ---- the loop ----------------------------------------------------------------------------------------


@app.command(cls=ChineseCommand)
def issue(day: DateOption = None, workspace: WorkspaceOption = None) -> None:
    """下发：每个单位一份填报表，并写好通知。"""
    from reporting import workflow

    with _sentences(), _bar("正在生成填报表") as progress:
        opened = _open(workspace)
        issued = workflow.issue(opened, _moment(day), progress)
    outcome = issued.outcome
    if outcome.has_errors:
        _tell_findings(outcome.findings)
        _say("plan.xlsx 有错误，没有下发。请改正后再运行。")
        raise typer.Exit(1)
    _tell_findings(each for each in outcome.findings if each.kind.severity is not Severity.NOTE)
    _tell_notes(outcome.notes)
    table = Table("序号", "单位", "牵头", "配合", "指标", box=None)
    for each in issued.recipients:
        led = sum(assignment.role == "牵头" for assignment in each.assignments)
        table.add_row(
            str(each.ordinal),
            escape(each.unit),
            str(led),
            str(len(each.assignments) - led),
            str(len(each.targets)),
        )
    console.print(table)
    again = "" if issued.changed else "（与上次下发相同，没有变化）"
    folder = outcome.written[0].parent
    _say(f"已写好 {len(issued.recipients)} 份填报表和 1 份通知{again}，在 {folder}")


@app.command(cls=ChineseCommand)
def collect(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="只收这些文件或文件夹；不写则收 inbox 里的全部。")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """收件：登记、核对每个文件，需要修改的写好退回件。"""
    from reporting import workflow
    from reporting.files.atomic import write_atomic

    with _sentences():
        with _bar("正在收件") as progress:
            collected = workflow.collect(_open(workspace), paths or [], _moment(day), progress)
        _tell_collected(collected)  # first of all: what was booked is told only once
        if json_file is not None:
            write_atomic(json_file, json.dumps(collected.as_json(), ensure_ascii=False, indent=1).encode())
    if any(str(each.verdict) in ("returned", "unreadable", "unidentified") for each in collected.receipts):
        raise typer.Exit(1)


_VERDICTS = {
    "accepted": ("[green]收下[/]", "核对无误"),
    "returned": ("[red]退回[/]", ""),
    "merged": ("[cyan]合并[/]", "与同一单位的另一份合并登记"),
    "superseded": ("[cyan]被替代[/]", "同一单位另有更新的一份"),
    "duplicate": ("[cyan]重复[/]", "与已收的文件完全相同"),
    "unidentified": ("[red]不明[/]", ""),
    "unreadable": ("[red]读不了[/]", ""),
    "ignored": ("[dim]存档[/]", ""),
}


_TOLD_IN_THE_TABLE = {"file_is_kept"}
"""Findings that the table of receipts has already."""


def _fate(receipt: Receipt, merged: Container[str]) -> str:
    """The verdict, but that a part of a return is told apart from a version that a newer one replaced."""
    verdict = str(receipt.verdict)
    return "merged" if verdict == "superseded" and receipt.file in merged else verdict


def _tell_collected(collected: object) -> None:
    from reporting.workflow import Collected

    assert isinstance(collected, Collected)
    table = Table(box=None)
    for heading in ("结果", "单位", "文件", "说明"):
        table.add_column(heading, overflow="fold")  # a file name that is cut cannot be found
    by_file: dict[str, list[Finding]] = {}
    for finding in collected.outcome.findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    merged = {
        name
        for finding in collected.outcome.findings
        if finding.kind.code == "parts_are_merged"
        for name in finding.values["files"].split("、")
    }
    fates = {each: _fate(each, merged) for each in collected.receipts}
    for receipt in collected.receipts:
        findings = by_file.get(receipt.file, [])
        word, note = _VERDICTS[fates[receipt]]
        weights = Counter(each.kind.severity for each in findings)
        asked = [f"{weights[Severity.CONFIRM]} 处待核实"] if weights[Severity.CONFIRM] else []
        if str(receipt.verdict) == "returned":
            note = "，".join([f"{weights[Severity.ERROR]} 处错误", *asked])
        elif str(receipt.verdict) == "accepted" and asked:
            (note,) = asked
        elif not note and findings:
            note = findings[0].message
        if str(receipt.verdict) == "duplicate" and receipt in collected.in_book:
            continue
        table.add_row(word, escape(receipt.unit), escape(receipt.file), escape(note))
    if table.row_count:
        console.print(table)
    _tell_findings(each for each in collected.outcome.findings if each.kind.code not in _TOLD_IN_THE_TABLE)
    fresh = [
        each
        for each in collected.receipts
        if each not in collected.in_book or str(each.verdict) != "duplicate"
    ]
    counts: dict[str, int] = {}
    for receipt in fresh:
        counts[fates[receipt]] = counts.get(fates[receipt], 0) + 1
    words = {
        "accepted": "收下",
        "returned": "退回",
        "merged": "合并",
        "superseded": "被新版本替代",
        "duplicate": "重复",
        "unidentified": "单位不明",
        "unreadable": "读不了",
        "ignored": "仅存档",
    }
    _say(
        f"共 {len(collected.receipts)} 个文件："
        + ("，".join(f"{words[key]} {counts[key]}" for key in words if key in counts) or "没有新文件")
        + (f"；以前已登记 {known}" if (known := len(collected.receipts) - len(fresh)) else "")
        + "。"
    )
    frequent = [each.words for each in collected.rules if each.severity is not Severity.NOTE][:5]
    if frequent:
        _say(f"最常见的问题：{'；'.join(frequent)}。")
    for diff in collected.changes:
        _tell_difference(diff, most=5)
    _tell_notes(collected.outcome.notes)
    if collected.outcome.written:
        names = [path.name for path in collected.outcome.written]
        kinds = [
            words
            for mark, words in (
                ("_退回函_", "退回件（订正表和退回函）"),
                ("_核实函_", "核实件（核实说明表和核实函）"),
            )
            if any(mark in name for name in names)
        ]
        _say(f"{'、'.join(kinds)}在 {collected.outcome.written[0].parent}，请发给有关单位。")


def _tell_difference(diff: ReturnDiff, most: int) -> None:
    """What a new version of a return says otherwise than the one before, by task and field."""
    untouched = f"{len(diff.untouched)} 项任务和指标没有改动" if diff.untouched else "每项都有改动"
    if not diff.changes:
        _say(f"{diff.unit}：{diff.after} 与 {diff.before} 相比，填写的内容没有改动。")
        return
    _say(
        f"{diff.unit}：{diff.after} 与 {diff.before} 相比，改动 {len(diff.changes)} 处，"
        f"相同 {diff.same} 处；{untouched}。"
    )
    for each in diff.changes[:most]:
        where = f"任务 {each.number} " if each.number else ""
        _say(f"      {where}{each.heading}：{_shortened(each.before)} → {_shortened(each.after)}")
    if len(diff.changes) > most:
        _say(f"      ……另有 {len(diff.changes) - most} 处，用 status --unit {diff.unit} 查看。")


def _shortened(text: str, room: int = 40) -> str:
    """A text of a unit on one line; a blank is said to be one."""
    line = " ".join(text.split())
    return f"“{line[:room]}{'…' if len(line) > room else ''}”" if line else "（空白）"


@app.command(cls=ChineseCommand)
def status(
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="只看这个单位：报过几次，各次之间改了什么。", show_default=False),
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """看台账：谁没报、谁逾期、谁被退回、哪些任务还缺谁。"""
    from reporting import workflow
    from reporting.files.atomic import write_atomic

    with _sentences():
        today = _moment(day).date()
        found = (
            workflow.history(_open(workspace), unit, today)
            if unit
            else workflow.status(_open(workspace), today)
        )
        if json_file is not None:
            write_atomic(json_file, json.dumps(found.as_json(), ensure_ascii=False, indent=1).encode())
    if isinstance(found, workflow.Board):
        _tell_board(found)
    else:
        _tell_history(found)


def _tell_history(history: History) -> None:
    line = history.line
    _say(f"{line.unit}：承担任务 {len(line.tasks)} 项，应于 {line.due} 前报送。")
    _tell_owed(line)
    for decision in history.decisions:
        _tell_decision(decision, in_force=True)
    table = Table("版本", "收到", "结果", "文件", box=None, pad_edge=False)
    for each in history.versions:
        word, _ = _VERDICTS[each.verdict]
        table.add_row(str(each.version), f"{each.received:%m-%d %H:%M}", word, escape(each.file))
    if history.versions:
        console.print(table)
    else:
        _say("还没有收到可以核对的填报表。")
    for diff in history.changes:
        _tell_difference(diff, most=500)


def _tell_owed(line: UnitLine) -> None:
    if line.owed:
        owed = "，".join(f"任务 {number}（{until:%m-%d} 前）" for number, until in line.owed.items())
        _say(f"  {line.unit}的填报表已收下，还欠：{owed}。")


def _tell_decision(decision: Decision, *, in_force: bool) -> None:
    state = "" if in_force else "（已撤销）"
    _say(f"  第 {decision.number} 号（{decision.at:%m-%d}）{decision.words}{state}。理由：{decision.reason}")


_STATES = {
    "awaited": "[yellow]待报送[/]",
    "late": "[red]逾期未报[/]",
    "returned": "[red]退回修改[/]",
    "accepted": "[green]已收下[/]",
}


def _tell_board(board: Board) -> None:
    _say(f"{board.title}")
    _say(f"{board.year} 年度，报送截止 {board.due}，今天 {board.today}。")
    table = Table("序号", "单位", "状态", "收到", "版本", "任务", box=None, pad_edge=False)
    for each in board.units:
        state = _STATES[str(each.state)]
        if each.errors:
            state += f"（{each.errors} 处）"
        table.add_row(
            str(each.ordinal),
            escape(each.unit),
            state,
            f"{each.received:%m-%d %H:%M}" if each.received else "",
            str(each.versions or ""),
            str(len(each.tasks)),
        )
    console.print(table)
    counts = {key: sum(str(each.state) == key for each in board.units) for key in _STATES}
    _say(
        f"应报 {len(board.units)} 个单位：已收下 {counts['accepted']}，退回修改 {counts['returned']}，"
        f"待报送 {counts['awaited']}，逾期未报 {counts['late']}。"
    )
    lacking = [each for each in board.tasks if each.missing]
    if lacking:
        _say(f"还缺内容的任务 {len(lacking)} 项：")
        for task in lacking:
            _say(f"  {task.number}  缺 {'、'.join(task.missing)}")
    else:
        _say("各项任务都已报齐。")
    for each in board.units:
        _tell_owed(each)
    if board.decisions:
        _say("我办的决定：")
        for decision in board.decisions:
            taken_back = decision.kind != "撤销" and not board.in_force(decision)
            _tell_decision(decision, in_force=not taken_back)
    for receipt in board.unsettled:
        _say(f"  待处理的来件：{receipt.file}")
    _tell_notes(board.notes)


@app.command(cls=ChineseCommand)
def remind(day: DateOption = None, workspace: WorkspaceOption = None) -> None:
    """催报：给每个逾期单位写一封催报函。"""
    from reporting import workflow

    with _sentences():
        late, outcome = workflow.remind(_open(workspace), _moment(day))
    if not late:
        _say("没有逾期的单位，不需要催报。")
        return
    for each in late:
        what = {"returned": "退回后没有重新报送", "accepted": f"还欠任务 {'、'.join(each.tasks)}"}
        _say(f"  {each.line.unit}：{what.get(str(each.line.state), '没有报送')}，已逾期 {each.days} 天")
        for came in each.came:
            _say(f"      来过不能登记的文件：{came}")
    _tell_notes(outcome.notes)
    _say(f"已写好 {len(late)} 封催报函，在 {outcome.written[0].parent}")


_Reason = Annotated[str, typer.Option("--reason", help="理由，写入台账和报告。", show_default=False)]
_DAY = ["%Y-%m-%d"]


@app.command(cls=ChineseCommand)
def extend(
    unit: Annotated[str, typer.Argument(help="给哪个单位延期，写方案中的名称。", show_default=False)],
    until: Annotated[
        datetime,
        typer.Option("--until", formats=_DAY, help="延到哪一天，如 2026-12-28。", show_default=False),
    ],
    reason: _Reason,
    task: Annotated[
        str, typer.Option("--task", help="只延这一项任务；不写则整份填报表延期。", show_default=False)
    ] = "",
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """延期：同意某单位晚些报送整份填报表或者某一项任务。"""
    from reporting import workflow

    with _sentences():
        given = workflow.extend(_open(workspace), unit, until.date(), reason, _moment(day), task)
    _tell_decided(given)


@app.command(cls=ChineseCommand)
def reassign(
    task: Annotated[str, typer.Argument(help="任务编号。", show_default=False)],
    giver: Annotated[str, typer.Option("--from", help="原来承担的单位。", show_default=False)],
    receiver: Annotated[str, typer.Option("--to", help="改由哪个单位承担。", show_default=False)],
    reason: _Reason,
    role: Annotated[
        str | None, typer.Option("--role", help="牵头或者配合；不写则与原单位相同。", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            formats=_DAY,
            help="新单位在哪一天前报送；不写则按截止日期或重报期限。",
            show_default=False,
        ),
    ] = None,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """改派：一项任务改由另一个单位承担，写好有变动的填报表。"""
    from reporting import workflow

    with _sentences():
        chosen = _role(role)
        last = until.date() if until else None
        given = workflow.reassign(_open(workspace), task, giver, receiver, reason, _moment(day), chosen, last)
    _tell_decided(given)


def _role(text: str | None) -> Role | None:
    from reporting.model import Role

    if text is None:
        return None
    if text not in list(Role):
        raise DubanError(f"--role 后面应写“牵头”或“配合”，不能写“{text}”。请改正后再运行。")
    return Role(text)


@app.command(cls=ChineseCommand)
def identify(
    file: Annotated[str, typer.Argument(help="文件，写收件文件夹里的名称。", show_default=False)],
    unit: Annotated[str, typer.Argument(help="是哪个单位报来的，写方案中的名称。", show_default=False)],
    reason: _Reason,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """认定：无法确定单位的文件，核实后认定由哪个单位报送。"""
    from reporting import workflow

    with _sentences():
        given = workflow.identify(_open(workspace), file, unit, reason, _moment(day))
    _tell_decided(given)
    _say("下一步：再运行 collect，这份表即按认定的单位核对。")


@app.command(cls=ChineseCommand)
def revoke(
    number: Annotated[int, typer.Argument(help="决定的编号，用 status 查看。", show_default=False)],
    reason: _Reason,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """撤销：收回一次延期或者改派；原来的登记仍在台账中。"""
    from reporting import workflow

    with _sentences():
        given = workflow.revoke(_open(workspace), number, reason, _moment(day))
    _tell_decided(given)


def _tell_decided(decided: Decided) -> None:
    decision, outcome = decided.decision, decided.outcome
    again = "" if decided.is_new else "（以前已经登记，没有变化）"
    _say(f"已登记第 {decision.number} 号决定{again}：{decision.words}。理由：{decision.reason}")
    if outcome.written:
        _say("有变动的填报表已经写好，请发给有关单位：")
        _tell_written(outcome.written)
    _tell_notes(outcome.notes)


@review_app.command("issue", cls=ChineseCommand)
def review_issue(
    share: Annotated[
        int,
        typer.Option(
            min=1, max=100, help="每个单位抽取百分之几的任务实地核查，默认全部。", show_default=False
        ),
    ] = 100,
    seed: Annotated[
        int, typer.Option(help="抽签种子，同一个数抽出同样的任务，默认为 1。", show_default=False)
    ] = 1,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """生成核定表：各单位上报的内容都已填好，交检查组填写。"""
    from reporting import workflow

    with _sentences():
        issued = workflow.review_issue(_open(workspace), _moment(day), share, seed)
    inspection = issued.inspection
    drawn = sum(each.method == "实地核查" for each in inspection.tasks)
    _say(
        f"核定范围：{len(inspection.units)} 个单位，{len(inspection.tasks)} 项次任务，"
        f"{len(inspection.targets)} 项次指标；实地核查 {drawn} 项次"
        + (f"（抽取 {share}%，抽签种子 {seed}）。" if share < 100 else "。")
    )
    _tell_notes(issued.outcome.notes)
    again = "" if issued.changed or issued.outcome.notes else "（与上次相同，没有变化）"
    _say(f"核定表{again}在 {issued.path}")
    _say("下一步：检查组填写后放回原处，再运行 review collect。")


@review_app.command("collect", cls=ChineseCommand)
def review_collect(
    path: Annotated[
        Path | None, typer.Argument(help="填好的核定表；不写则收“核定”文件夹里的那一份。", show_default=False)
    ] = None,
    day: DateOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """收回核定表：逐格核对，没有错误才登记。"""
    from reporting import workflow

    with _sentences():
        collected = workflow.review_collect(_open(workspace), path, _moment(day))
    outcome = collected.outcome
    _tell_findings(outcome.findings)
    if outcome.has_errors:
        errors = sum(each.is_error for each in outcome.findings)
        _say(f"{collected.path.name} 有 {errors} 处错误，没有登记。请改正后再收。")
        raise typer.Exit(1)
    _tell_notes(outcome.notes)
    filled = sum(each.is_filled for each in collected.review.tasks)
    again = "" if collected.changed else "（与上次登记的相同）"
    _say(f"已登记核定结果{again}：任务 {filled} 项次，指标 {len(collected.review.targets)} 项次。")
    _say("下一步：运行 report，生成检查验收报告。")


@app.command(cls=ChineseCommand)
def report(day: DateOption = None, workspace: WorkspaceOption = None) -> None:
    """汇总：写汇总表和年度总结报告；核定以后，另写检查验收报告。"""
    from reporting import workflow

    with _sentences():
        whole, outcome = workflow.report(_open(workspace), _moment(day).date())
    shares = "，".join(
        f"{each.name} {each.count} 项（{each.percent:.1f}%）" for each in whole.statuses if each.count
    )
    _say(f"任务 {len(whole.tasks)} 项：{shares}。")
    _tell_notes(outcome.notes)
    _say("已写好：")
    _tell_written(outcome.written)


@app.command(cls=ChineseCommand)
def verify(
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """核验：存档的原件、台账、发出的文件逐个按指纹（SHA-256）核对，说明哪里对不上。"""
    from reporting import workflow
    from reporting.files.atomic import write_atomic

    with _sentences():
        verified = workflow.verify(_open(workspace))
        if json_file is not None:
            write_atomic(json_file, json.dumps(verified.as_json(), ensure_ascii=False, indent=1).encode())
    _tell_findings(verified.outcome.findings)
    _say(
        f"核对了来件原件 {verified.originals} 个，发出的文件 {verified.sent} 个，"
        f"下发的方案 {verified.issues} 次。"
    )
    if verified.outcome.has_errors:
        _say(f"有 {len(verified.outcome.findings)} 处对不上，请按上面的说明处理。")
        raise typer.Exit(1)
    _say("存档、台账、发件文件夹全部一致。")


@app.command(cls=ChineseCommand)
def rules(
    counts: Annotated[
        bool, typer.Option("--counts", help="改为统计：本年度每条规则查出多少处、涉及几个单位。")
    ] = False,
    doc: Annotated[Path | None, typer.Option("--doc", help="另把目录写成一份 Markdown 文件。")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """列出收件时核对的全部规则，或统计每条规则查出多少问题。"""
    from reporting import catalogue
    from reporting.files.atomic import write_atomic

    with _sentences():
        if counts:
            counted = catalogue.count_rules(_open(workspace))
            words: object = [each.as_json() for each in counted]
        else:
            entries, reasons = catalogue.list_rules(_root(workspace))
            words = [each.as_json() for each in entries]
            if doc is not None:
                write_atomic(doc, catalogue.as_markdown(entries).encode())
        if json_file is not None:
            write_atomic(json_file, json.dumps({"rules": words}, ensure_ascii=False, indent=1).encode())
    if counts:
        _say("\n".join(f"  {each.words}  ({each.code})" for each in counted) or "台账中还没有查出的问题。")
        return
    for severity, group in catalogue.by_severity(entries).items():
        _say(f"{SEVERITY_NAMES[severity]}（{len(group)} 条）：{catalogue.WEIGHTS[severity]}")
        for entry in group:
            _say(f"  {entry.kind.code}  {entry.says}{entry.remedy}")
            if entry.wrong:
                _say(f"      例：{entry.wrong}")
            if entry.level != entry.kind.severity:
                reason = reasons.get(entry.kind.code, "")
                _say(f"      本办设为 {entry.level}" + (f"，理由：{reason}" if reason else ""))


@app.command(cls=ChineseCommand)
def doctor(workspace: WorkspaceOption = None) -> None:
    """检查本机：版本、字体、LibreOffice、写入权限。"""
    from reporting import health

    with _sentences():
        checks = health.examine(_root(workspace))
    for check in checks:
        mark = "[green]正常[/]" if check.ok else "[yellow]注意[/]"
        console.print(f"  {mark} {escape(check.what)}：{escape(check.says)}", soft_wrap=True)
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(2)


@app.command(cls=ChineseCommand)
def demo(
    directory: Annotated[
        Path | None, typer.Argument(help="演示用的新文件夹，默认为当前文件夹下的 demo。")
    ] = None,
) -> None:
    """演示：在新文件夹里走完一年（读方案、下发、填报、收件、退回、订正、催报、汇总、检查验收）。"""
    from reporting import demonstration

    with _sentences():
        demonstration.run(directory, _say)


def _use_utf8() -> None:
    """Windows consoles and pipes may not speak UTF-8; never fail on a Chinese character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


_use_utf8()

if __name__ == "__main__":
    app()
