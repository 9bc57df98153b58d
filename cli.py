"""The command line: options in, one function of ``reporting.commands``, print, exit code.

Exit codes: 0 nothing wrong, 1 something that people sent is wrong (and was said), 2 the command could not do
its work. ``-w DIR`` and ``--date`` stand before or after a command's name (``Commands``); a command gets them
as ``Asked``.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from reporting.model.findings import DubanError
from reporting.shell.console import Commands, use_utf8
from reporting.shell.options import (
    DAY_FORMATS,
    Asked,
    JsonOption,
    ReasonOption,
    check_room,
    end_with,
    role_of,
    write_words,
)
from reporting.shell.telling import board as book
from reporting.shell.telling import layouts as proofs
from reporting.shell.telling import plans, reports, returns, setting_up
from reporting.shell.telling.screen import say, show_progress

app = Commands("duban", "督办：读方案、发填报表、收填报表、退回修改、催报、汇总、检查验收，一年的任务填报一条龙。")
plan_app = Commands("plan", "方案：读入、检查、比较。")
app.add_typer(plan_app)
review_app = Commands("review", "检查验收：生成核定表、收回核定表。")
app.add_typer(review_app)


# ---- init and plan -----------------------------------------------------------------------------------


@app.add(by_day=False)
def init(
    asked: Asked,
    directory: Annotated[Path | None, typer.Argument(help="新工作台的文件夹，默认为当前文件夹。")] = None,
    year: Annotated[int | None, typer.Option(help="填报年度，默认为今年。", min=1990, max=2100)] = None,
) -> None:
    """建立工作台：设置文件、模板和收发文件夹。"""
    from reporting.commands import init as init_command

    root = asked.folder_or(directory) or Path()
    outcome = init_command.init(root, year or date.today().year)
    setting_up.tell_workspace(root, outcome, year)


@plan_app.add("import", by_day=False)
def plan_import(
    asked: Asked,
    document: Annotated[
        Path, typer.Argument(metavar="方案文件", help="方案文件：.docx .pdf .ofd .txt .html .md .xlsx .xls .csv")
    ],
    task: Annotated[
        str | None, typer.Argument(help="与 --explain 同用：只说明这一项任务。", show_default=False)
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪里，默认为工作台的 plan.xlsx。")] = None,
    json_file: JsonOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="只说明任务是怎样读出来的，不写 plan.xlsx。")] = False,
) -> None:
    """读入方案，生成 plan.xlsx 供核对修改。"""
    from reporting.commands import plan_import as import_command

    check_room(json_file)
    if explain:
        plans.tell_explained(import_command.explain_plan(document), task)
        return
    if task is not None:
        raise DubanError(f"多出了“{task}”。要说明某一项任务是怎样读出来的，请加 --explain。")
    target = output or asked.root / "plan.xlsx"
    imported = import_command.plan_import(
        document, target, json_file, keep_existing=output is None and json_file is not None
    )
    plans.tell_imported(document, imported)
    end_with(imported.outcome)


@plan_app.add("check")
def plan_check(asked: Asked) -> None:
    """检查修改后的 plan.xlsx。"""
    from reporting.commands import plan_check as check_command

    checked = check_command.plan_check(asked.workspace, asked.moment)
    plans.tell_checked(checked)
    end_with(checked.outcome)


@plan_app.add("diff", on_folder=False, by_day=False)
def plan_diff(
    _: Asked,
    old: Annotated[
        Path, typer.Argument(metavar="原来的表", help="原来的任务表（.xlsx）或者方案文件。", show_default=False)
    ],
    new: Annotated[
        Path, typer.Argument(metavar="现在的表", help="现在的任务表（.xlsx）或者方案文件。", show_default=False)
    ],
    json_file: JsonOption = None,
) -> None:
    """比较两份任务表或者方案：逐项列出改动。"""
    from reporting.commands import plan_diff as diff_command

    compared = diff_command.plan_diff(old, new, json_file)
    plans.tell_compared(old, new, compared)
    end_with(compared.outcome)


# ---- the loop ----------------------------------------------------------------------------------------


@app.add()
def issue(asked: Asked) -> None:
    """下发：每个单位一份填报表，并写好通知。"""
    from reporting.commands import issue as issue_command

    with show_progress("正在生成填报表") as progress:
        issued = issue_command.issue(asked.workspace, asked.moment, progress)
    plans.tell_issued(issued)
    end_with(issued.outcome)


@app.add()
def collect(
    asked: Asked,
    paths: Annotated[list[Path] | None, typer.Argument(help="只收这些文件或文件夹；不写则收 inbox 里的全部。")] = None,
    again: Annotated[bool, typer.Option("--again", help="不收新文件，再看、再写一次上次收件的结果。")] = False,
    json_file: JsonOption = None,
) -> None:
    """收件：登记、核对每个文件，需要修改的写好退回件。"""
    from reporting.commands import collect as collect_command

    check_room(json_file)
    if again:
        if paths:
            raise DubanError("--again 只再看上次收件的结果，不收文件。请去掉文件名，或者去掉 --again。")
        collected = collect_command.collect_again(asked.workspace)
        returns.tell_again(collected)
    else:
        with show_progress("正在收件") as progress:
            collected = collect_command.collect(asked.workspace, paths or [], asked.moment, progress)
        returns.tell_collected(collected)
    write_words(json_file, collected.as_json())
    if any(str(each.verdict) in ("returned", "unreadable", "unidentified") for each in collected.receipts):
        raise typer.Exit(1)


@app.add()
def status(
    asked: Asked,
    unit: Annotated[
        str | None, typer.Option("--unit", help="只看这个单位：报过几次，各次之间改了什么。", show_default=False)
    ] = None,
    json_file: JsonOption = None,
) -> None:
    """看台账：谁没报、谁逾期、谁被退回、哪些任务还缺谁。"""
    from reporting.commands import status as status_command
    from reporting.commands import status_unit as status_unit_command

    opened, now = asked.workspace, asked.moment
    found = status_unit_command.history(opened, unit, now) if unit else status_command.status(opened, now)
    write_words(json_file, found.as_json())
    if isinstance(found, status_command.Board):
        book.tell_board(found)
    else:
        book.tell_history(found)


@app.add()
def remind(
    asked: Asked,
    ahead: Annotated[
        int,
        typer.Option(
            "--ahead",
            min=0,
            max=60,
            help="离截止日期不超过几天的单位，也写一封提醒函；不写则只催逾期的。",
            show_default=False,
        ),
    ] = 0,
) -> None:
    """催报：给每个逾期单位写一封催报函。"""
    from reporting.commands import remind as remind_command

    book.tell_late(*remind_command.remind(asked.workspace, asked.moment, ahead))


@app.add()
def bulletin(asked: Asked) -> None:
    """督查通报：通报各单位报送情况和滞后的任务，附名单。"""
    from reporting.commands import bulletin as bulletin_command

    book.tell_bulletin(bulletin_command.bulletin(asked.workspace, asked.moment))


@app.add()
def extend(
    asked: Asked,
    unit: Annotated[str, typer.Argument(metavar="单位", help="给哪个单位延期，写方案中的名称。", show_default=False)],
    until: Annotated[
        datetime, typer.Option("--until", formats=DAY_FORMATS, help="延到哪一天，如 2026-12-28。", show_default=False)
    ],
    reason: ReasonOption,
    task: Annotated[
        str, typer.Option("--task", help="只延这一项任务；不写则整份填报表延期。", show_default=False)
    ] = "",
) -> None:
    """延期：同意某单位晚些报送整份填报表或者某一项任务。"""
    from reporting.commands import extend as extend_command

    given = extend_command.extend(asked.workspace, unit, until.date(), reason, asked.moment, task)
    book.tell_decided(given)


@app.add()
def reassign(  # noqa: PLR0913 - its options are what it is asked, one parameter each
    asked: Asked,
    task: Annotated[str, typer.Argument(metavar="任务编号", help="任务编号。", show_default=False)],
    giver: Annotated[str, typer.Option("--from", help="原来承担的单位。", show_default=False)],
    receiver: Annotated[str, typer.Option("--to", help="改由哪个单位承担。", show_default=False)],
    reason: ReasonOption,
    role: Annotated[
        str | None, typer.Option("--role", help="牵头或者配合；不写则与原单位相同。", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            formats=DAY_FORMATS,
            help="新单位在哪一天前报送；不写则按截止日期或重报期限。",
            show_default=False,
        ),
    ] = None,
) -> None:
    """改派：一项任务改由另一个单位承担，写好有变动的填报表。"""
    from reporting.commands import reassign as reassign_command

    last = until.date() if until else None
    wanted = reassign_command.Reassignment(task, giver, receiver, role_of(role), last)
    given = reassign_command.reassign(asked.workspace, wanted, reason, asked.moment)
    book.tell_decided(given)


@app.add()
def identify(
    asked: Asked,
    file: Annotated[str, typer.Argument(metavar="文件", help="文件，写收件文件夹里的名称。", show_default=False)],
    unit: Annotated[str, typer.Argument(metavar="单位", help="是哪个单位报来的，写方案中的名称。", show_default=False)],
    reason: ReasonOption,
) -> None:
    """认定：无法确定单位的文件，核实后认定由哪个单位报送。"""
    from reporting.commands import identify as identify_command

    given = identify_command.identify(asked.workspace, file, unit, reason, asked.moment)
    book.tell_decided(given)
    say("下一步：再运行 collect，这份表即按认定的单位核对。")


@app.add()
def revoke(
    asked: Asked,
    number: Annotated[int, typer.Argument(metavar="编号", help="决定的编号，用 status 查看。", show_default=False)],
    reason: ReasonOption,
) -> None:
    """撤销：收回一次延期、改派或者认定；原来的登记仍在台账中。"""
    from reporting.commands import revoke as revoke_command

    given = revoke_command.revoke(asked.workspace, number, reason, asked.moment)
    book.tell_decided(given)


@review_app.add("issue")
def review_issue(
    asked: Asked,
    share: Annotated[
        int, typer.Option(min=1, max=100, help="每个单位抽取百分之几的任务实地核查，默认全部。", show_default=False)
    ] = 100,
    seed: Annotated[int, typer.Option(help="抽签种子，同一个数抽出同样的任务，默认为 1。", show_default=False)] = 1,
) -> None:
    """生成核定表：各单位上报的内容都已填好，交检查组填写。"""
    from reporting.commands import review_issue as review_command

    issued = review_command.review_issue(asked.workspace, asked.moment, share, seed)
    reports.tell_review_issued(issued, share, seed)


@review_app.add("collect")
def review_collect(
    asked: Asked,
    path: Annotated[
        Path | None,
        typer.Argument(
            help="填好的核定表，或者填了核定各栏的汇总表；不写则收“核定”文件夹里的核定表。", show_default=False
        ),
    ] = None,
    instead: Annotated[
        bool, typer.Option("--instead", help="以这一份为准，代替以前收回的；不写则没有填写的任务沿用以前的核定。")
    ] = False,
) -> None:
    """收回核定表：逐格核对，没有错误才登记。"""
    from reporting.commands import review_collect as review_command

    collected = review_command.review_collect(asked.workspace, path, asked.moment, instead=instead)
    reports.tell_review_collected(collected)
    end_with(collected.outcome)


@review_app.add("rectify")
def review_rectify(asked: Asked) -> None:
    """整改通知：验收结论为限期整改、不通过的单位，每个写一份。"""
    from reporting.commands import review_rectify as review_command

    reports.tell_rectifications(review_command.review_rectify(asked.workspace, asked.moment))


@app.add()
def report(asked: Asked) -> None:
    """汇总：写汇总表、年度总结报告和任务看板；核定以后，另写检查验收报告。"""
    from reporting.commands import report as report_command

    reports.tell_report(*report_command.report(asked.workspace, asked.moment))


@app.add()
def rollover(
    asked: Asked,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="只把下一年度的方案写到这里，工作台仍在本年度。", show_default=False),
    ] = None,
) -> None:
    """年度结转：未完成和持续推进的任务转入下一年度的 plan.xlsx。"""
    from reporting.commands import rollover as rollover_command

    plans.tell_rolled(rollover_command.rollover(asked.workspace, asked.moment, output))


@app.add(by_day=False)
def verify(asked: Asked, json_file: JsonOption = None) -> None:
    """核验：存档的原件、台账、发出的文件逐个按指纹（SHA-256）核对，说明哪里对不上。"""
    from reporting.commands import verify as verify_command

    verified = verify_command.verify(asked.workspace)
    write_words(json_file, verified.as_json())
    reports.tell_verified(verified)
    end_with(verified.outcome)


@app.add(by_day=False)
def rules(
    asked: Asked,
    counts: Annotated[
        bool, typer.Option("--counts", help="改为统计：本年度每条规则查出多少处、涉及几个单位。")
    ] = False,
    doc: Annotated[Path | None, typer.Option("--doc", help="另把目录写成一份 Markdown 文件。")] = None,
    json_file: JsonOption = None,
) -> None:
    """列出收件时核对的全部规则，或统计每条规则查出多少问题。"""
    from reporting.commands import rules as rules_command

    if counts:
        counted = rules_command.count_rules(asked.workspace)
        write_words(json_file, {"rules": [each.as_json() for each in counted]})
        setting_up.tell_counts(counted)
        return
    listed = rules_command.rules(asked.root, doc)
    write_words(json_file, {"rules": [each.as_json() for each in listed.entries]})
    setting_up.tell_rules(listed.entries, listed.reasons)


@app.add(by_day=False)
def doctor(
    asked: Asked,
    layout: Annotated[
        Path | None, typer.Option("--layout", help="按 GB/T 9704-2012 逐条检查这份 Word 文档（.docx）的版面。")
    ] = None,
) -> None:
    """检查本机：版本、字体、LibreOffice、写入权限；--layout 检查一份公文的版面。"""
    from reporting.commands import doctor as doctor_command
    from reporting.commands import doctor_layout

    if layout is not None:
        every, lacking = doctor_layout.check_layout(layout)
        proofs.tell_layout(layout, every, lacking)
        if any(each.faults for each in every):
            raise typer.Exit(1)
        return
    checks = doctor_command.doctor(asked.root)
    setting_up.tell_checks(checks)
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(2)


@app.add(by_day=False)
def demo(
    asked: Asked,
    directory: Annotated[Path | None, typer.Argument(help="演示用的新文件夹，默认为当前文件夹下的 demo。")] = None,
) -> None:
    """演示：在新文件夹里走完一年（读方案、下发、填报、收件、退回、订正、催报、汇总、检查验收）。"""
    from reporting.shell import demo as demonstration

    demonstration.run(asked.folder_or(directory), say)


use_utf8()

if __name__ == "__main__":
    app()
