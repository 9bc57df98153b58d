"""Sample years put together: one of five tasks, one of twenty tasks and twelve units, one of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from builders.year import ROOT, a_figure, a_line, a_report, a_target, a_task, a_unit, consolidate
from reporting.model import UNREPORTED, Consolidation, Contact, Goal, Role, TargetReport, TaskLine, UnitLine, UnitState

CREATE, PROTECT = "一、提升创造质量", "二、强化知识产权保护"
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
        a_report("市市场监管局", LEAD, "未启动", 0, problem="选址未落实。", next_step="2027年2月底前确定选址。"),
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
_CENTRES = a_target("1-1", "培育中心", 10, "家")
TARGETS = (
    a_figure(_CENTRES, "市科技局", 12, "12家", remark="含2家培育期"),
    a_figure(_CENTRES, "市市场监管局", 12, "12", "11月底"),
    a_figure(a_target("2-1", "地理标志商标", 3, "件"), "市市场监管局", 2, "2", ""),
    a_figure(a_target("4-1", "作品登记", 13000, "件"), "市委宣传部", None),
)


def five_tasks() -> Consolidation:
    return replace(
        consolidate(LINES, UNITS, TARGETS),
        goals=(Goal("1", "每万人口高价值发明专利拥有量达到8件。"),),
        waivers=("任务3：市市场监管局进度留空，经办公室同意，至2026年12月31日。",),
    )


def many_tasks() -> Consolidation:
    names = [f"澜川市第{number}局" for number in range(80)]
    lines = []
    for number in range(200):
        lead, *support = [names[(number * 7 + step * 11) % 80] for step in range(6)]
        task = a_task(str(number + 1), f"第{number // 20 + 1}类", "推进一项重点工作。" * 4, lead, " ".join(support))
        status = ("已完成", "滞后", "持续推进")[number % 3]
        text = "按照方案要求完成各项工作，取得明显成效。" * 12
        reports = [a_report(lead, LEAD, status, 90, result=text, problem="有困难。", next_step="抓紧推进。")]
        reports += [a_report(unit, SUPPORT, status, 90, result=text) for unit in support]
        lines.append(a_line(task, status, 90, *reports))
    everything = tuple(lines)
    units = tuple(a_unit(n, name, UnitState.ACCEPTED, everything) for n, name in enumerate(names, 1))
    return consolidate(everything, units)


# ---- twenty tasks, of which tasks.txt has the words -------------------------------------------------------

TWELVE = (
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


def _line(index: int, text: str, silent: frozenset[str]) -> TaskLine:
    content, lead, support, status, progress, result, problem, next_step = text.split("|")
    supporters = " ".join(TWELVE[int(number)] for number in support.split())
    task = a_task(str(index + 1), CATEGORIES[index * 4 // 20], f"{content}。", TWELVE[int(lead)], supporters)
    done = float(progress) if progress else None
    evidence = f"《关于任务{index + 1}完成情况的说明》（澜知办〔2026〕{index + 1}号）" if index % 3 else "无"
    words = {"problem": problem, "next_step": next_step, "evidence": evidence, "self_score": 95.0}
    reports = [
        *(a_report(unit, LEAD, status, done, result=result.replace("¶", "\n"), **words) for unit in task.lead),
        *(a_report(unit, SUPPORT, status, result=SUPPORT_TEXT.format(unit=unit)) for unit in task.support),
    ]
    told = [report for report in reports if report.unit not in silent]
    if silent.intersection(task.lead):
        return a_line(task, UNREPORTED, None, *told)
    return a_line(task, status, done, *told)


def _figure(number: str, name: str, value: float, unit: str, done: float | None) -> TargetReport:
    lead = TWELVE[int(WORK[int(number.partition("-")[0]) - 1].split("|")[1])]
    return a_figure(a_target(number, name, value, unit), lead, done)


def _unit(ordinal: int, unit: str, lines: Sequence[TaskLine]) -> UnitLine:
    states = {
        "市财政局": (UnitState.LATE, None, None),
        "市司法局": (UnitState.RETURNED, datetime(2026, 12, 14, 9), True),
        "市教育局": (UnitState.ACCEPTED, datetime(2026, 12, 18, 16), False),
    }
    state, received, on_time = states.get(unit, (UnitState.ACCEPTED, datetime(2026, 12, 11, 10), True))
    return a_unit(ordinal, unit, state, lines, received=received, on_time=on_time, versions=1)


def twenty_tasks() -> Consolidation:
    """20 tasks, 12 units: one is late, one is correcting, one came late."""
    silent = frozenset({"市财政局", "市司法局"})
    lines = tuple(_line(i, text, silent) for i, text in enumerate(WORK))
    targets = (
        _figure("2-1", "高价值专利培育中心", 10, "家", 12),
        _figure("3-1", "每万人口发明专利拥有量", 16, "%", 17.2),
        _figure("4-1", "新增地理标志商标", 3, "件", 2),
        _figure("5-1", "作品登记数量", 13000, "件", 13642),
        _figure("12-1", "商业秘密保护示范点", 5, "个", 6),
        _figure("14-1", "知识产权质押融资金额", 8, "亿元", 9.36),
        _figure("16-1", "知识产权优势示范企业", 20, "家", 11),
        _figure("20-1", "知识产权统计监测报告", 4, "期", None),
    )
    units = tuple(_unit(i, unit, lines) for i, unit in enumerate(TWELVE, start=1))
    return consolidate(lines, targets=targets, units=units)
