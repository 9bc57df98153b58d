"""Builders of consolidations and their workbooks, shared by the tests of the consolidated workbook."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.documents import consolidated
from reporting.documents.consolidated.file.book import write_report_book
from reporting.documents.consolidated.proceedings import NOTHING, Proceedings
from reporting.files.package import repack, split_package
from reporting.language.wording import shares
from reporting.model import (
    UNREPORTED,
    Assignment,
    CategoryLine,
    Consolidation,
    Contact,
    Deadline,
    Goal,
    Report,
    Role,
    Share,
    Target,
    TargetReport,
    Task,
    TaskLine,
    UnitLine,
    UnitState,
)
from reporting.office.form import Form, load_form
from reporting.office.settings import Dates, OfficeContact, Settings

FORM = load_form(
    (Path(__file__).resolve().parents[2] / "templates" / "form.toml").read_text(encoding="utf-8")
)
SETTINGS = Settings(
    title="2026年澜川市知识产权强市建设推进计划",
    year=2026,
    issuer="澜川市知识产权工作领导小组办公室",
    dates=Dates(issue=date(2026, 11, 20), due=date(2026, 12, 15), data_as_of=date(2026, 12, 10)),
    contact=OfficeContact(name="沈一帆", phone="0599-8123456"),
)
SHEETS = [
    *("概况", "任务汇总", "逐单位填报", "量化指标", "单位情况", "滞后和未完成"),
    *("问题汇总", "佐证材料", "未报送单位", "矛盾和疑点", "例外和决定"),
]
HIDDEN = ["字典", "_meta"]
CREATE, PROTECT = "一、提升创造质量", "二、强化知识产权保护"


def a_task(number: str, category: str, content: str, lead: str, support: str = "") -> Task:
    return Task(
        number,
        (category,),
        content,
        tuple(lead.split()),
        tuple(support.split()),
        Deadline("2026年12月底前完成", "date", date(2026, 12, 31)),
    )


def a_report(unit: str, role: Role, status: str, progress: float | None, **texts: object) -> Report:
    blank: dict[str, object] = dict.fromkeys(("result", "problem", "next_step", "evidence", "remark"), "")
    return Report(
        unit=unit,
        role=role,
        status=status,
        progress=progress,
        **({"self_score": None} | blank | texts),  # type: ignore[arg-type]
    )


def a_line(task: Task, status: str, progress: float | None, *reports: Report) -> TaskLine:
    told = {report.unit for report in reports}
    owed = [(unit, Role.LEAD) for unit in task.lead] + [(unit, Role.SUPPORT) for unit in task.support]
    silent = tuple(Assignment(task, unit, role) for unit, role in owed if unit not in told)
    return TaskLine(task, status, progress, reports, silent)


def a_unit(
    ordinal: int, name: str, state: UnitState, lines: tuple[TaskLine, ...], **more: object
) -> UnitLine:
    led = sum(name in line.task.lead for line in lines)
    tasks = tuple(line.task.number for line in lines if name in (*line.task.lead, *line.task.support))
    came = state is UnitState.ACCEPTED
    values: dict[str, object] = {
        "received": datetime(2026, 12, 11, 10, 30) if came else None,
        "versions": int(came),
        "times_returned": 0,
        "errors": 0,
        "on_time": True if came else None,
    }
    return UnitLine(
        unit=name,
        ordinal=ordinal,
        state=state,
        tasks=tasks,
        led=led,
        supported=len(tasks) - led,
        **(values | more),  # type: ignore[arg-type]
    )


def consolidate(
    lines: tuple[TaskLine, ...], units: tuple[UnitLine, ...] = (), targets: tuple[TargetReport, ...] = ()
) -> Consolidation:
    counts = Counter(line.status for line in lines)
    portions = shares(list(counts.values()))
    categories: dict[str, Counter[str]] = {}
    for line in lines:
        categories.setdefault(line.task.category, Counter())[line.status] += 1
    return Consolidation(
        title=SETTINGS.title,
        issuer=SETTINGS.issuer,
        year=2026,
        document_number="澜知领〔2026〕3号",
        due=SETTINGS.dates.due,
        data_as_of=SETTINGS.dates.data_as_of,
        as_of=date(2026, 12, 28),
        tasks=lines,
        targets=targets,
        units=units,
        categories=tuple(CategoryLine(name, sum(by.values()), dict(by)) for name, by in categories.items()),
        statuses=tuple(
            Share(name, count, portion)
            for (name, count), portion in zip(counts.items(), portions, strict=True)
        ),
    )


LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
LINES = (
    a_line(
        a_task("1", CREATE, "建设高价值专利培育中心10家以上。", "市科技局 市市场监管局", "市财政局"),
        "已完成",
        100,
        a_report(
            "市科技局",
            LEAD,
            "已完成",
            100,
            result="新认定培育中心12家。\n覆盖6个产业。",
            evidence="《认定通知》（澜科〔2026〕8号）",
            self_score=98.5,
        ),
        a_report("市市场监管局", LEAD, "已完成", 100, result="完成备案审核12家。", problem="无"),
        a_report("市财政局", SUPPORT, "已完成", 100, result="拨付专项资金360万元。", remark="分两批拨付"),
    ),
    a_line(
        a_task("2", CREATE, "新增地理标志商标3件。", "市市场监管局", "临澜区人民政府"),
        "滞后",
        66.5,
        a_report(
            "市市场监管局",
            LEAD,
            "滞后",
            66.5,
            result="新注册2件。",
            problem="核准周期较长。",
            next_step="2027年1月底前完成。",
        ),
    ),
    a_line(
        a_task("3", PROTECT, "建设知识产权保护中心。", "市市场监管局", "市财政局 临澜区人民政府"),
        "未启动",
        0,
        a_report(
            "市市场监管局",
            LEAD,
            "未启动",
            0,
            problem="选址未落实。",
            next_step="2027年2月底前确定选址。",
        ),
        a_report("市财政局", SUPPORT, "持续推进", 50, result="安排预算。", problem="预算调整待批。"),
    ),
    a_line(a_task("4", PROTECT, "加强版权保护。", "市委宣传部", "市财政局"), UNREPORTED, None),
    a_line(
        a_task("5-1", PROTECT, "编制规划前期研究。", "市科技局"),
        "调整取消",
        None,
        a_report("市科技局", LEAD, "调整取消", None, problem="改由市发展改革委统筹。"),
    ),
)
UNITS = (
    a_unit(1, "市科技局", UnitState.ACCEPTED, LINES, contact=Contact("周明", "0599-8000001")),
    a_unit(2, "市市场监管局", UnitState.ACCEPTED, LINES, versions=2, times_returned=1),
    a_unit(3, "市财政局", UnitState.ACCEPTED, LINES, on_time=False, received=datetime(2026, 12, 18, 9)),
    a_unit(
        4,
        "临澜区人民政府",
        UnitState.RETURNED,
        LINES,
        received=datetime(2026, 12, 14, 9),
        versions=1,
        times_returned=1,
        errors=4,
        contact=Contact("方晓", "0599-8000004", "fx@linlan.example"),
    ),
    a_unit(5, "市委宣传部", UnitState.LATE, LINES),
)


def a_target(number: str, task: str, name: str, value: float, unit: str) -> Target:
    return Target(number, task, name, ">=", value, unit)


TARGETS = (
    TargetReport(
        a_target("1-1", "1", "培育中心", 10, "家"),
        "市科技局",
        12,
        "12家",
        "2026-12-10",
        "含2家培育期",
        1.2,
        True,
        True,
    ),
    TargetReport(
        a_target("1-1", "1", "培育中心", 10, "家"), "市市场监管局", 12, "12", "11月底", "", 1.2, True, True
    ),
    TargetReport(
        a_target("2-1", "2", "地理标志商标", 3, "件"), "市市场监管局", 2, "2", "", "", 2 / 3, False, True
    ),
    TargetReport(
        a_target("4-1", "4", "作品登记", 13000, "件"), "市委宣传部", None, "", "", "", None, None, False
    ),
)


def sample() -> Consolidation:
    return replace(
        consolidate(LINES, UNITS, TARGETS),
        goals=(Goal("1", "每万人口高价值发明专利拥有量达到8件。"),),
        waivers=("任务3：市市场监管局进度留空，经办公室同意，至2026年12月31日。",),
    )


def made(consolidation: Consolidation, form: Form = FORM, proceedings: Proceedings = NOTHING) -> bytes:
    return write_report_book(consolidated.build(consolidation, SETTINGS, form, proceedings), form.look)


@cache
def sample_book() -> Workbook:
    """The sample written and opened, for tests that only read."""
    return load_workbook(BytesIO(made(sample())), data_only=True)


def opened(consolidation: Consolidation, form: Form = FORM, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(made(consolidation, form)), data_only=values)


def table(sheet: Worksheet, first_heading: str = "任务编号") -> list[dict[str, object]]:
    """The rows of a sheet under the row of headings that has this one, until the first blank row."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if first_heading in row)
    found: list[dict[str, object]] = []
    for row in rows[at + 1 :]:
        if not any(value is not None for value in row):
            break
        found.append({str(name): value for name, value in zip(rows[at], row, strict=True) if name})
    return found


def block(sheet: Worksheet, first_heading: str) -> list[tuple[object, ...]]:
    """The rows of one table of 概况, blanks of merged cells left out of its headings."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == first_heading)
    found: list[tuple[object, ...]] = []
    for row in rows[at:]:
        if not any(value is not None for value in row):
            break
        found.append(row)
    return found


def large() -> Consolidation:
    names = [f"澜川市第{number}局" for number in range(80)]
    lines = []
    for number in range(200):
        lead, *support = [names[(number * 7 + step * 11) % 80] for step in range(6)]
        task = a_task(
            str(number + 1), f"第{number // 20 + 1}类", "推进一项重点工作。" * 4, lead, " ".join(support)
        )
        status = ("已完成", "滞后", "持续推进")[number % 3]
        text = "按照方案要求完成各项工作，取得明显成效。" * 12
        reports = [a_report(lead, LEAD, status, 90, result=text, problem="有困难。", next_step="抓紧推进。")]
        reports += [a_report(unit, SUPPORT, status, 90, result=text) for unit in support]
        lines.append(a_line(task, status, 90, *reports))
    everything = tuple(lines)
    units = tuple(a_unit(n, name, UnitState.ACCEPTED, everything) for n, name in enumerate(names, 1))
    return consolidate(everything, units)


def without_known_totals(data: bytes) -> bytes:
    """The workbook with the values of its formulas taken out, so that whoever opens it must add up."""
    parts = {
        name: re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", part)
        for name, part in split_package(data).items()
    }
    return repack(parts)
