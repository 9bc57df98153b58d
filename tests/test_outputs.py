"""The documents: their words and figures, made from an invented city and read again from the Word file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section

from reporting.files.word import fill_template
from reporting.findings import Finding, Kind, Severity
from reporting.form import Form, load_form
from reporting.model import (
    UNREPORTED,
    Assignment,
    CategoryLine,
    Consolidation,
    Deadline,
    Goal,
    Place,
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
from reporting.outputs import Output, gather, notice, reminder, return_letter, summary, wording
from reporting.settings import Dates, OfficeContact, Settings

ROOT = Path(__file__).resolve().parent.parent
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

# 内容、牵头、配合、状态、进度、完成情况、问题、下一步；以 | 分行的是单位自己分的段。
WORK = """
完善高价值专利培育政策，修订《澜川市专利资助管理办法》|0|1 6|已完成|100|修订后的《澜川市专利资助管理办法》于6月印发，取消对专利申请环节的资助，将资金转向转化运用。全年兑现资助326项、资金1180万元。||继续跟踪政策执行情况，2027年上半年开展绩效评估。
建设高价值专利培育中心10家以上|1|0 2 7|已完成|100|新认定高价值专利培育中心12家，累计达到31家，覆盖新材料、生物医药等6个产业。¶培育中心全年新增发明专利授权418件，同比增长19.4%。|部分中心专职人员不足，专利布局能力有待提高。|组织2期专利布局培训，推动每家中心配备2名以上专职人员。
每万人口发明专利拥有量增长16%以上|0|1|已完成|100|截至11月底，全市每万人口发明专利拥有量达到21.7件，同比增长17.2%。||
开展商标品牌建设，新增地理标志商标3件|0|9 11|基本完成|90|新注册地理标志商标2件，“临澜山茶油”已通过初步审定并公告，预计明年1月核准注册。|地理标志商标核准周期较长，年内难以全部完成注册。|跟踪“临澜山茶油”核准注册进度，2027年1月底前完成。
推进版权登记便民服务，全年作品登记13000件|3|8|已完成|100|在全市设立版权服务工作站9个，全年登记作品13642件。||
加强植物新品种保护|9|1|持续推进|80|指导3家种业企业提交植物新品种权申请7件，开展种子市场执法检查4次。||持续推进种业企业维权援助。
开展知识产权行政执法专项行动|0|4 3 11|已完成|100|开展“铁拳”“剑网”等专项行动，查处侵权假冒案件217件，罚没426.8万元，移送司法机关9件。||
健全行政执法与刑事司法衔接机制|4|0 5|已完成|100|市公安局、市市场监管局、市检察院联合印发《关于加强知识产权行刑衔接工作的意见》《案件移送标准》，全年立案侦办侵犯知识产权犯罪案件31起。||
推进知识产权审判“三合一”改革|5|10|达到序时进度|85|全年受理知识产权案件1462件，审结1377件，结案率94.2%。|案件数量增长较快，技术调查官力量不足。|与高校共建技术专家库，2027年6月底前建成。
建设市知识产权保护中心|0|6 11|滞后|60|保护中心主体装修已完成，预审系统完成招标。|因预审系统专线审批流程较长，设备进场比计划推迟两个月。|已协调通信运营商开通绿色通道，2027年3月底前完成系统联调，6月底前正式运行。
加强展会知识产权保护|8|0|已完成|100|在澜川国际茶业博览会等5个展会设立知识产权服务站，受理咨询163次，调处纠纷11起。||
加强商业秘密保护，建设示范点5个|0|2|已完成|100|建成商业秘密保护示范点6个，培训企业人员520人次。||
推进专利转化运用专项行动，盘活高校专利|1|7 0|达到序时进度|70|盘点高校存量专利2316件，登记入库可转化专利684件，达成转让许可143件，合同金额5270万元。|高校科技成果转化激励政策落实不够到位。|会同市教育局督促高校修订成果转化收益分配办法。
开展知识产权质押融资，全年不少于8亿元|0|6 8|已完成|100|全年知识产权质押融资登记金额9.36亿元，惠及企业187家；质押融资风险补偿资金池规模扩大到3000万元。||
扶持1个重点行业开展专利导航|2|0|已完成|100|围绕新能源电池行业完成专利导航项目1个，形成分析报告并向42家企业发布。||
培育知识产权优势示范企业20家|0|2|滞后|55|新增省级以上知识产权优势示范企业11家。|省级认定工作推迟到明年第一季度，9家已推荐企业尚未公布结果。|跟踪认定进度，2027年3月底前补报认定结果。
推进中小学知识产权教育试点|7|0 1|已完成|100|新增市级知识产权教育试点学校8所，开设课程学校累计26所。||
加强知识产权公共服务，建设服务网点|11|0|未启动|0||临澜区政务服务中心搬迁，原定网点选址未落实。|2027年2月底前确定选址，4月底前挂牌运行。
编制知识产权“十五五”规划前期研究|2|0 1 6|调整取消|||根据市政府统一安排，规划编制工作改由市发展改革委统筹，本任务不再单列。|
加强知识产权统计监测|6|0|已完成|100|||
"""
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
            evidence = f"《关于任务{index + 1}完成情况的说明》（澜知办〔2026〕{index + 1}号）" if index % 3 else "无"
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
    portions = wording.shares(list(counts.values()))
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
    lead = UNITS[int(WORK.strip().splitlines()[int(task) - 1].split("|")[1])]
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
    return UnitLine(
        unit, ordinal, state, received, 1, 0, 0, on_time, tasks, led, len(tasks) - led
    )


def sample() -> Consolidation:
    """20 tasks, 12 units: one is late, one is correcting, one came late."""
    silent = frozenset({"市财政局", "市司法局"})
    lines = tuple(_sample_line(i, text, silent) for i, text in enumerate(WORK.strip().splitlines()))
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
