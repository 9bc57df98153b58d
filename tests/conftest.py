"""Builders shared by the tests: an invented city, a small plan, a workspace that has issued it."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, settings

from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.files.sniffing import sniff
from reporting.model import Contact, Deadline, Plan, Return, Target, Task, Unit, UnitKind
from reporting.model.findings import Finding
from reporting.office.form import Form, load_form
from reporting.office.settings import Settings
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook
from reporting.plan.share_out import Recipient, distribute
from reporting.returns.check import check_returns
from reporting.returns.join import Expected, expect
from reporting.returns.reading.read import read_return
from reporting.returns.workbook.stamp import Issuer, WorkbookWriter

# the same examples each time, so that a run tells what a change did; HYPOTHESIS_PROFILE=explore looks further
# how long examples take to draw says more of the machine's other work than of the tests
SLOW_MACHINE = (HealthCheck.too_slow,)
settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW_MACHINE
)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW_MACHINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

ROOT = Path(__file__).resolve().parent.parent
HAS_LIBREOFFICE = shutil.which("libreoffice") or shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")

ISSUED_ON = datetime(2026, 12, 1, 12)
RECEIVED_ON = datetime(2026, 12, 10, 12)

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


@pytest.fixture(scope="session")
def form() -> Form:
    """The form that ships with the program."""
    return load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))


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
            Task(
                "3",
                ("二、压实责任",),
                "各区县建立工作台账。",
                ("各区县人民政府",),
                ("市司法局",),
            ),
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


@pytest.fixture(scope="session")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has issued ``small_plan``, to be copied and never worked in."""
    made = make_workspace(tmp_path_factory.mktemp("issued") / "工作台")
    issue(made, ISSUED_ON)
    return made.root


def copy_workspace(source: Path, target: Path) -> Workspace:
    """The same workspace in another folder, down to the times of its files."""
    shutil.copytree(source, target)
    return Workspace(target)


@pytest.fixture
def workspace(issued_once: Path, tmp_path: Path) -> Workspace:
    """A workspace that has issued ``small_plan``."""
    return copy_workspace(issued_once, tmp_path / "工作台")


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
    book = openpyxl.load_workbook(path)
    sheet: Any = book["任务填报"]
    for line in sheet.iter_rows(max_row=5):
        for cell in line:
            words = GOOD_HEADER | dict(header or {})
            if cell.value in words:
                sheet.cell(cell.row, cell.column + 1).value = words[cell.value]
    head = next(line for line in sheet.iter_rows(max_row=20) if line[0].value == "任务编号")
    columns = {str(cell.value): cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        number = str(sheet.cell(row, 1).value)
        for heading, value in (GOOD_ROW | dict((rows or {}).get(number, {}))).items():
            sheet.cell(row, columns[heading]).value = value
    if "量化指标" in book.sheetnames:
        table: Any = book["量化指标"]
        for row in range(5, table.max_row + 1):
            number = str(table.cell(row, 1).value)
            value = (targets or {}).get(number, 12)
            if isinstance(value, dict):
                for column, each in value.items():
                    table.cell(row, column).value = each
            else:
                table.cell(row, 6).value = value
    if edit is not None:
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


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One workspace that has issued ``small_plan``, for tests that only read from it."""
    made = make_workspace(tmp_path_factory.mktemp("下发") / "工作台")
    issue(made, ISSUED_ON)
    return made


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


@pytest.fixture
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for LibreOffice to work in, removed afterwards: its profile is large."""
    folder = tmp_path_factory.mktemp("office")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
