"""A sample year of twenty tasks and its documents."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
from docx.document import Document

from reporting.documents import Output, summary
from reporting.documents.filling.word import fill_template
from reporting.language.wording import shares
from reporting.model import (
    UNREPORTED,
    Assignment,
    CategoryLine,
    Consolidation,
    Deadline,
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

ROOT = Path(__file__).resolve().parents[2]


TEMPLATES = ROOT / "templates"


ISSUER = "澜川市知识产权工作领导小组办公室"


TITLE = "2026年澜川市知识产权强市建设推进计划"


SETTINGS = Settings(
    title=TITLE,
    year=2026,
    issuer=ISSUER,
    recipient="市人民政府",
    dates=Dates(issue=date(2026, 11, 20), due=date(2026, 12, 15), data_as_of=date(2026, 12, 10)),
    contact=OfficeContact(name="沈一帆", phone="0599-8123456", email="zscq@lanchuan.example"),
)


UNITS = (
    "市市场监管局",
    "市科技局",
    "市工业和信息化局",
    "市委宣传部",
    "市公安局",
    "市中级人民法院",
    "市财政局",
    "市教育局",
    "市商务局",
    "市农业农村局",
    "市司法局",
    "临澜区人民政府",
)


CATEGORIES = ("一、提升知识产权创造质量", "二、强化知识产权保护", "三、促进知识产权运用", "四、夯实工作基础")


WORK = [
    line
    for line in (ROOT / "tests/samples/outputs/tasks.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


SUPPORT_TEXT = "按照职责分工做好{unit}承担的配合工作，参加联席会议2次，提供数据和政策支持。"


def make_form() -> Form:
    return load_form((TEMPLATES / "form.toml").read_text(encoding="utf-8"))


def make_report(unit: str, role: Role, **values: object) -> Report:
    blank: dict[str, object] = {
        "status": "已完成",
        "progress": 100.0,
        "result": "",
        "problem": "",
        "next_step": "",
        "evidence": "",
        "self_score": None,
        "remark": "",
    }
    return Report(unit=unit, role=role, **(blank | values))  # type: ignore[arg-type]


def _sample_line(index: int, text: str, silent_units: frozenset[str]) -> TaskLine:
    content, lead, support, status, progress, result, problem, next_step = text.split("|")
    lead_unit = UNITS[int(lead)]
    supporters = tuple(UNITS[int(number)] for number in support.split())
    task = Task(
        number=str(index + 1),
        path=(CATEGORIES[index * 4 // 20],),
        content=f"{content}。",
        lead=(lead_unit,),
        support=supporters,
        deadline=Deadline("2026年12月底前完成", "date", date(2026, 12, 31)),
    )
    assignments = [Assignment(task, lead_unit, Role.LEAD)]
    assignments += [Assignment(task, unit, Role.SUPPORT) for unit in supporters]
    reports = []
    for assignment in assignments:
        if assignment.unit in silent_units:
            continue
        if assignment.role is Role.LEAD:
            words = {"result": result.replace("¶", "\n"), "problem": problem, "next_step": next_step}
            done = float(progress) if progress else None
            evidence = (
                f"《关于任务{index + 1}完成情况的说明》（澜知办〔2026〕{index + 1}号）" if index % 3 else "无"
            )
            extra = {"status": status, "progress": done, "evidence": evidence, "self_score": 95.0}
            reports.append(make_report(lead_unit, Role.LEAD, **words, **extra))
        else:
            result_text = SUPPORT_TEXT.format(unit=assignment.unit)
            reports.append(make_report(assignment.unit, Role.SUPPORT, status=status, result=result_text))
    silent = tuple(assignment for assignment in assignments if assignment.unit in silent_units)
    answered = any(report.role is Role.LEAD for report in reports)
    return TaskLine(
        task,
        status if answered else UNREPORTED,
        float(progress) if progress and answered else None,
        tuple(reports),
        silent,
    )


def consolidate(lines: tuple[TaskLine, ...], **changes: object) -> Consolidation:
    """A Consolidation whose counts are made from its lines."""
    counts = Counter(line.status for line in lines)
    portions = shares(list(counts.values()))
    categories: dict[str, Counter[str]] = {}
    for line in lines:
        categories.setdefault(line.task.category, Counter())[line.status] += 1
    whole = Consolidation(
        title=TITLE,
        issuer=ISSUER,
        year=2026,
        document_number="澜知领〔2026〕3号",
        due=date(2026, 12, 15),
        data_as_of=date(2026, 12, 10),
        as_of=date(2026, 12, 28),
        tasks=lines,
        targets=(),
        units=(),
        categories=tuple(CategoryLine(name, sum(by.values()), dict(by)) for name, by in categories.items()),
        statuses=tuple(
            Share(name, count, portion)
            for (name, count), portion in zip(counts.items(), portions, strict=True)
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def _sample_target(task: str, name: str, value: float, unit: str, done: float | None) -> TargetReport:
    target = Target(f"{task}-1", task, name, "growth>=" if unit == "%" else ">=", value, unit)
    lead = UNITS[int(WORK[int(task) - 1].split("|")[1])]
    reached = None if done is None else done >= value
    ratio = None if done is None else done / value
    told = done is not None
    return TargetReport(target, lead, done, "", "2026-12-10" if told else "", "", ratio, reached, told)


def _sample_unit(ordinal: int, unit: str, lines: tuple[TaskLine, ...]) -> UnitLine:
    tasks = tuple(line.task.number for line in lines if unit in (*line.task.lead, *line.task.support))
    states = {
        "市财政局": (UnitState.LATE, None, None),
        "市司法局": (UnitState.RETURNED, datetime(2026, 12, 14, 9), True),
        "市教育局": (UnitState.ACCEPTED, datetime(2026, 12, 18, 16), False),
    }
    state, received, on_time = states.get(unit, (UnitState.ACCEPTED, datetime(2026, 12, 11, 10), True))
    led = sum(unit in line.task.lead for line in lines)
    return UnitLine(unit, ordinal, state, received, 1, 0, 0, on_time, tasks, led, len(tasks) - led)


def sample() -> Consolidation:
    """20 tasks, 12 units: one is late, one is correcting, one came late."""
    silent = frozenset({"市财政局", "市司法局"})
    lines = tuple(_sample_line(i, text, silent) for i, text in enumerate(WORK))
    targets = (
        _sample_target("2", "高价值专利培育中心", 10, "家", 12),
        _sample_target("3", "每万人口发明专利拥有量", 16, "%", 17.2),
        _sample_target("4", "新增地理标志商标", 3, "件", 2),
        _sample_target("5", "作品登记数量", 13000, "件", 13642),
        _sample_target("12", "商业秘密保护示范点", 5, "个", 6),
        _sample_target("14", "知识产权质押融资金额", 8, "亿元", 9.36),
        _sample_target("16", "知识产权优势示范企业", 20, "家", 11),
        _sample_target("20", "知识产权统计监测报告", 4, "期", None),
    )
    units = tuple(_sample_unit(i, unit, lines) for i, unit in enumerate(UNITS, start=1))
    return consolidate(lines, targets=targets, units=units)


def fill(output: Output, context: dict[str, object]) -> Document:
    return docx.Document(io.BytesIO(fill_template(TEMPLATES / output.template, context)))


def summarise(consolidation: Consolidation, settings: Settings = SETTINGS) -> Document:
    return fill(summary.OUTPUT, summary.build(consolidation, settings, make_form()))
