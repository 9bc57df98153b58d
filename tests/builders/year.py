"""One builder of plans and years: a plan, the workspace that issued it, its returns, what comes of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import openpyxl

from reporting.commands import collect as collect_command
from reporting.commands import status as status_command
from reporting.commands.collect import Collected
from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.files.file_type import sniff
from reporting.language.wording import shares
from reporting.ledger import Ledger
from reporting.model import (
    Answer,
    Answered,
    AnsweredRow,
    Assignment,
    CategoryLine,
    Consolidation,
    Contact,
    Deadline,
    Plan,
    Report,
    Return,
    Role,
    Share,
    Standing,
    Target,
    TargetReport,
    Task,
    TaskLine,
    Unit,
    UnitKind,
    UnitLine,
    UnitState,
)
from reporting.model.findings import Finding
from reporting.office.form import Form, load_form
from reporting.office.settings import Dates, OfficeContact, Settings
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook
from reporting.plan.share_out import Recipient, distribute
from reporting.returns.check import check_returns
from reporting.returns.join import Expected, expect
from reporting.returns.reading.read import read_return
from reporting.returns.rules import Past
from reporting.returns.workbook.stamp import Issuer, WorkbookWriter

ROOT = Path(__file__).resolve().parents[2]
ISSUED_ON = datetime(2026, 12, 1, 12)
RECEIVED_ON = datetime(2026, 12, 10, 12)
TODAY = datetime(2027, 2, 1, 12)
"""When the year is over."""

EDUCATION, JUSTICE, RIVER, MOUNTAIN = "市教育局", "市司法局", "临江区人民政府", "云山区人民政府"
EVERYBODY = (EDUCATION, JUSTICE, RIVER, MOUNTAIN)
"""All units of ``small_plan``."""


SETTINGS = """\
title = ""
year = 2026
issuer = ""
recipient = "市人民政府"
resubmit_days = 5

[dates]
issue = 2026-12-01
due = 2026-12-20
data_as_of = 2026-11-30

[contact]
name = "陈静"
phone = "62340001"
email = "zscq@lanchuan.example"
"""


def small_plan() -> Plan:
    """Three tasks, two categories: 市教育局 leads 1 (with two targets), supports 2; a group leads 3."""
    return Plan(
        title="澜川市2026年知识产权工作任务分解方案",
        issuer="澜川市知识产权工作领导小组办公室",
        year=2026,
        document_number="澜知领办〔2026〕3号",
        tasks=(
            Task(
                "1",
                ("一、夯实基础",),
                "建立校园知识产权教育协调机制，培育试点学校6所以上，培训教师增长8%以上。",
                ("市教育局",),
                ("市司法局",),
                Deadline("2026年12月底前", "date", date(2026, 12, 31)),
                (
                    Target("1-1", "1", "试点学校", ">=", 6, "所", "6所以上"),
                    Target("1-2", "1", "培训教师", "growth>=", 8, "%", "增长8%以上"),
                ),
            ),
            Task(
                "2",
                ("一、夯实基础",),
                "开展普法宣传，每季度一次。",
                ("市司法局",),
                ("市教育局", "各有关单位"),
                Deadline("持续推进", "ongoing"),
            ),
            Task("3", ("二、压实责任",), "各区县建立工作台账。", ("各区县人民政府",), ("市司法局",)),
        ),
        units=(
            Unit("市教育局", contact=Contact("林晓", "62340011", "jyj@lanchuan.example")),
            Unit("市司法局"),
            Unit("各区县人民政府", UnitKind.GROUP, members=("临江区人民政府", "云山区人民政府")),
            Unit("各有关单位", UnitKind.OPEN),
        ),
    )


def make_workspace(root: Path, plan: Plan | None = None) -> Workspace:
    """A workspace with settings and a plan.xlsx, nothing issued yet."""
    init(root, 2026)
    (root / "duban.toml").write_text(SETTINGS, encoding="utf-8")
    write_planbook(root / "plan.xlsx", plan or small_plan())
    return Workspace(root)


def copy_workspace(source: Path, target: Path) -> Workspace:
    """The same workspace in another folder, down to the times of its files."""
    shutil.copytree(source, target)
    return Workspace(target)


def issued_file(workspace: Workspace, unit: str) -> Path:
    """The workbook that went out to a unit."""
    (found,) = workspace.outbox("下发").glob(f"*_{unit}_*.xlsx")
    return found


GOOD_HEADER: dict[str, Any] = {
    "填报人": "林晓",
    "联系电话": "62340011",
    "审核人": "周正",
    "填报日期": date(2026, 12, 9),
}
GOOD_ROW: dict[str, Any] = {
    "完成状态": "已完成",
    "完成进度(%)": 100,
    "完成情况": "已建立机制并按季度会商，完成全部事项。",
    "佐证材料": "培训照片、签到表",
}


Edit = Callable[[Any], object]


_FILLED: dict[tuple[bytes, str], bytes] = {}
"""Workbooks that many tests fill in alike: opening and saving one takes longer than most tests."""


def fill(
    path: Path | IO[bytes],
    rows: Mapping[str, Mapping[str, Any]] | None = None,
    targets: Mapping[str, Any] | None = None,
    header: Mapping[str, Any] | None = None,
    edit: Edit | None = None,
) -> bytes:
    """Fill in an issued workbook with openpyxl, well by default; gives back the saved file.

    ``rows`` overrides cells by task number and heading, ``targets`` figures by target number, ``header``
    cells of the block; ``edit`` may do anything else to the open workbook before it is saved.
    """
    blank = path.read_bytes() if isinstance(path, Path) else path.read()
    if edit is not None:
        return _fill(blank, rows or {}, targets or {}, header or {}, edit)
    key = hashlib.sha256(blank).digest(), repr((rows, targets, header))
    if key not in _FILLED:
        _FILLED[key] = _fill(blank, rows or {}, targets or {}, header or {}, lambda _: None)
    return _FILLED[key]


def _fill(
    blank: bytes,
    rows: Mapping[str, Mapping[str, Any]],
    targets: Mapping[str, Any],
    header: Mapping[str, Any],
    edit: Edit,
) -> bytes:
    book = openpyxl.load_workbook(BytesIO(blank))
    sheet: Any = book["任务填报"]
    for line in sheet.iter_rows(max_row=5):
        for cell in line:
            words = GOOD_HEADER | dict(header)
            if cell.value in words:
                sheet.cell(cell.row, cell.column + 1).value = words[cell.value]
    head = next(line for line in sheet.iter_rows(max_row=20) if line[0].value == "任务编号")
    columns = {str(cell.value): cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        number = str(sheet.cell(row, 1).value)
        for heading, value in (GOOD_ROW | dict(rows.get(number, {}))).items():
            sheet.cell(row, columns[heading]).value = value
    if "量化指标" in book.sheetnames:
        table: Any = book["量化指标"]
        for row in range(5, table.max_row + 1):
            number = str(table.cell(row, 1).value)
            value = targets.get(number, 12)
            if isinstance(value, dict):
                for column, each in value.items():
                    table.cell(row, column).value = each
            else:
                table.cell(row, 6).value = value
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def head_review(book: Any) -> None:
    """Fill in who inspected, when, and by when must be rectified, on an open review workbook."""
    words = {"检查组组长": "周正", "检查组成员": "林晓", "整改期限": "2027.2.28"}
    words |= {"检查开始日期": "2027年1月11日", "检查结束日期": "2027年1月15日"}
    sheet = book["填写说明"]
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value in words:
                sheet.cell(cell.row, cell.column + 1).value = words[cell.value]


Words = Mapping[tuple[str, str], Mapping[str, Any]]
"""What an inspection group writes, by number of the task, unit and heading."""


def verify(path: Path, words: Words) -> None:
    """Fill in the group's words by number of the task and unit; all else is found as reported."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务核定"]
    head = next(line for line in sheet.iter_rows() if any(cell.value == "核定状态" for cell in line))
    columns = {cell.value: cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        number = sheet.cell(row, columns["任务编号"]).value
        if not number:
            continue
        key = (str(number), sheet.cell(row, columns["单位"]).value)
        for heading, value in ({"核定状态": "已完成"} | dict(words.get(key, {}))).items():
            sheet.cell(row, columns[heading]).value = value
    head_review(book)
    book.save(path)


def send(workspace: Workspace, name: str, data: bytes) -> Path:
    """Put a file into the inbox."""
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


EXTRA_COLUMNS = """
[[task]]
key = "risk"
heading = "风险等级"
type = "text"
choices = ["高", "中", "低"]
hint = "从下拉选项中选一项"

[[task]]
key = "cost"
heading = "投入经费(万元)"
type = "number"
required = "lead"
min = 0
hint = "填写实际支出的万元数"

# ---- 量化指标 ---"""


def office_form() -> Form:
    """The form with two columns that an office added: one with choices, and a number that leads must fill."""
    text = (ROOT / "templates" / "form.toml").read_text(encoding="utf-8")
    return load_form(text.replace("\n# ---- 量化指标 ---", EXTRA_COLUMNS, 1))


def writer_of(plan: Plan, form: Form) -> WorkbookWriter:
    """The writer of the workbooks of a plan, without a workspace."""
    settings = Settings.model_validate(tomllib.loads(SETTINGS))
    return WorkbookWriter(form, Issuer("0" * 32, plan.title, plan.issuer or "", settings, b"secret"))


def recipient_of(plan: Plan, unit: str) -> Recipient:
    """A unit's share of a plan."""
    return next(each for each in distribute(plan).recipients if each.unit == unit)


def issue_one(plan: Plan, form: Form, unit: str = "市教育局") -> bytes:
    """A unit's workbook of a plan."""
    return writer_of(plan, form).issued(recipient_of(plan, unit))


def expected_of(unit: str, plan: Plan | None = None) -> Expected:
    """What a unit was asked for."""
    return expect(recipient_of(plan or small_plan(), unit).assignments)


def read_and_check(
    data: bytes, form: Form, unit: str = "市教育局", plan: Plan | None = None
) -> tuple[Return, tuple[Finding, ...]]:
    """Read one file as ``collect`` does and check it: what reading and checking found, together."""
    sent, found = read_return("填报表.xlsx", "0" * 64, data, sniff(data), form)
    sent = replace(sent, unit=unit)
    ((checked, findings),) = check_returns([sent], {unit: expected_of(unit, plan)}, form, 2026)
    return checked, (*(replace(each, unit=unit) for each in found), *findings)


def well(workspace: Workspace, unit: str = EDUCATION, **words: Any) -> bytes:
    return fill(issued_file(workspace, unit), **words)


def wrong(workspace: Workspace, unit: str = EDUCATION) -> bytes:
    number = "1" if unit == EDUCATION else "2" if unit == JUSTICE else "3"
    return well(workspace, unit, rows={number: {"完成状态": "差不多了"}})


def collect(workspace: Workspace, *paths: Path, now: datetime = RECEIVED_ON) -> Collected:
    return collect_command.collect(workspace, paths, now)


def verdicts(collected: Collected) -> dict[str, str]:
    """File name to verdict; a name may come once only."""
    assert len({each.file for each in collected.receipts}) == len(collected.receipts)
    return {each.file: str(each.verdict) for each in collected.receipts}


def codes(collected: Collected, file: str | None = None) -> list[str]:
    return [each.kind.code for each in collected.outcome.findings if file is None or each.place.file == file]


def book_of(workspace: Workspace) -> list[Standing]:
    with closing(Ledger(workspace.ledger_url)) as ledger:
        standings = ledger.standings(2026)
        answers = ledger.answers(each.entry for each in standings)
        return [replace(each, answered=answers.get(each.entry)) for each in standings]


def in_book(workspace: Workspace) -> list[tuple[str, str, str, int]]:
    return [(each.file, str(each.verdict), each.unit, each.version) for each in book_of(workspace)]


def states(workspace: Workspace, now: datetime) -> dict[str, str]:
    return {each.unit: str(each.state) for each in status_command.status(workspace, now).units}


def set_modified(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def tree(root: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def year_of(
    root: Path,
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]],
    plan: Plan | None = None,
    targets: Mapping[str, Any] | None = None,
) -> Workspace:
    """A workspace whose year is over: ``rows`` has what each unit that answered filled in, by task."""
    workspace = make_workspace(root / "工作台", plan)
    issue(workspace, ISSUED_ON)
    for unit, answers in rows.items():
        data = fill(issued_file(workspace, unit), answers, targets or {"1-1": 7, "1-2": "5%"})
        send(workspace, f"{unit}.xlsx", data)
    collect(workspace)
    return workspace


PAST = {
    "1": Past("建成机制。", None, "已完成，进度 100%。建成机制。"),
    "1-1": Past(figure=5.0, goal="≥4所", value="5所"),
}


FOUND: Words = {("1", EDUCATION): {"核定状态": "未完成", "核定进度(%)": 40, "检查组意见": "试点学校名单没有公布"}}


# ---- what comes of a year, without a workspace ----------------------------------------------------------

FORM = load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))
"""The form that ships with the program."""
OFFICE = Settings(
    title="2026年澜川市知识产权强市建设推进计划",
    year=2026,
    issuer="澜川市知识产权工作领导小组办公室",
    recipient="市人民政府",
    dates=Dates(issue=date(2026, 11, 20), due=date(2026, 12, 15), data_as_of=date(2026, 12, 10)),
    contact=OfficeContact(name="沈一帆", phone="0599-8123456", email="zscq@lanchuan.example"),
)
"""The settings under which ``consolidate`` puts a year together."""


def a_task(number: str, category: str, content: str, lead: str, support: str = "", *targets: Target) -> Task:
    """A task due by the end of the year; units are parted by blanks."""
    due = Deadline("2026年12月底前完成", "date", date(2026, 12, 31))
    return Task(number, (category,), content, tuple(lead.split()), tuple(support.split()), due, targets)


def a_target(number: str, name: str, value: float, unit: str) -> Target:
    """A figure of a task: 1-2 is the second of task 1; per cent mean growth."""
    return Target(number, number.rpartition("-")[0], name, "growth>=" if unit == "%" else ">=", value, unit)


def a_report(
    unit: str, role: Role = Role.LEAD, status: str = "已完成", progress: float | None = 100.0, **words: object
) -> Report:
    """What one unit said on one task; what is not given was left blank."""
    blank: dict[str, object] = dict.fromkeys(("result", "problem", "next_step", "evidence", "remark"), "")
    told = {"self_score": None} | blank | words
    return Report(unit=unit, role=role, status=status, progress=progress, **told)  # type: ignore[arg-type]


def a_line(task: Task, status: str, progress: float | None, *reports: Report) -> TaskLine:
    """What all said on one task; a unit of the task without a report is silent."""
    told = {report.unit for report in reports}
    owed = [(unit, Role.LEAD) for unit in task.lead] + [(unit, Role.SUPPORT) for unit in task.support]
    silent = tuple(Assignment(task, unit, role) for unit, role in owed if unit not in told)
    return TaskLine(task, status, progress, reports, silent)


Typed = Mapping[str, Mapping[str, tuple[str, Any]]]
"""What was typed and what it was read as, by number of a task or target and key of the column."""


def answered(tasks: Typed, targets: Typed) -> Answered:
    """What the book keeps of a return."""

    def rows(typed: Typed, sheet: str) -> tuple[AnsweredRow, ...]:
        return tuple(
            AnsweredRow(number, None, {key: Answer(*each, sheet, "A1") for key, each in cells.items()})
            for number, cells in typed.items()
        )

    return Answered(rows=rows(tasks, "任务填报"), targets=rows(targets, "量化指标"))


def a_figure(
    target: Target, unit: str, value: float | None, raw: str = "", as_of: str = "2026-12-10", remark: str = ""
) -> TargetReport:
    """What one unit reported of a figure; None is no word."""
    if value is None:
        return TargetReport(target, unit, None, raw, "", remark, None, None, False)
    ratio = value / target.value
    return TargetReport(target, unit, value, raw, as_of, remark, ratio, value >= target.value, True)


def a_unit(ordinal: int, name: str, state: UnitState, lines: Sequence[TaskLine], **more: object) -> UnitLine:
    """How one unit stands: with an accepted return on time unless said otherwise."""
    tasks = tuple(line.task.number for line in lines if name in (*line.task.lead, *line.task.support))
    led = sum(name in line.task.lead for line in lines)
    came = state is UnitState.ACCEPTED
    values: dict[str, object] = {
        "received": datetime(2026, 12, 11, 10, 30) if came else None,
        "versions": int(came),
        "times_returned": 0,
        "errors": 0,
        "on_time": True if came else None,
        "tasks": tasks,
        "led": led,
        "supported": len(tasks) - led,
    }
    return UnitLine(unit=name, ordinal=ordinal, state=state, **(values | more))  # type: ignore[arg-type]


def consolidate(
    lines: Sequence[TaskLine], units: Sequence[UnitLine] = (), targets: Sequence[TargetReport] = (), **changes: object
) -> Consolidation:
    """A year put together from its lines, with counts made from them."""
    counts = Counter(line.status for line in lines)
    portions = shares(list(counts.values()))
    categories: dict[str, Counter[str]] = {}
    for line in lines:
        categories.setdefault(line.task.category, Counter())[line.status] += 1
    whole = Consolidation(
        title=OFFICE.title,
        issuer=OFFICE.issuer,
        year=OFFICE.year,
        document_number="澜知领〔2026〕3号",
        due=OFFICE.dates.due,
        data_as_of=OFFICE.dates.data_as_of,
        as_of=date(2026, 12, 28),
        tasks=tuple(lines),
        targets=tuple(targets),
        units=tuple(units),
        categories=tuple(CategoryLine(name, sum(by.values()), dict(by)) for name, by in categories.items()),
        statuses=tuple(
            Share(name, count, portion) for (name, count), portion in zip(counts.items(), portions, strict=True)
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]
