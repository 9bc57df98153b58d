"""Years with little to tell: one task, one unit, nobody answered, all well; what documents then say."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import docx
import pytest
from builders.samples import TWELVE, twenty_tasks
from builders.word import TEMPLATES, filled, section_between, summarise, table_rows, text_of
from builders.year import FORM, OFFICE, a_figure, a_line, a_report, a_target, a_task, a_unit, consolidate

from reporting.documents import bulletin
from reporting.documents.filling.word import fill_template
from reporting.documents.letterhead import signature, title_lines
from reporting.model import (
    UNREPORTED,
    Assignment,
    Consolidation,
    Role,
    TargetReport,
    Task,
    TaskLine,
    UnitLine,
    UnitState,
)

UNIT = "市科技局"
DAY = datetime(2026, 12, 1, 9)
PARTS = ("一、总体情况", "二、", "三、", "四、", "五、", "六、", "七、", "特此报告。", "附件：", "（联系人")


def unit_line(name: str, state: UnitState, *, on_time: bool | None = True) -> UnitLine:
    came = DAY if state in (UnitState.ACCEPTED, UnitState.RETURNED) else None
    return a_unit(1, name, state, (), received=came, versions=1, on_time=on_time, tasks=("1",), led=1, supported=0)


def figure(number: str, value: float | None, *, reached: bool | None = True) -> TargetReport:
    told = a_figure(replace(a_target(number, f"指标{number}", 10, "件"), words="10件以上"), UNIT, value)
    return replace(told, as_of="2026-11-30" if told.reported else "", reached=reached)


def one_task(*figures: TargetReport, on_time: bool = True, **told: Any) -> Consolidation:
    """A plan of one task for one unit, which answered."""
    report = a_report(UNIT, **({"result": "建成平台1个。", "evidence": "验收报告"} | told))
    line = a_line(a_task("1", "一、夯实基础", "建成平台。", UNIT), report.status, report.progress, report)
    unit = unit_line(UNIT, UnitState.ACCEPTED, on_time=on_time)
    return consolidate((line,), (unit,), figures)


def silent(state: UnitState = UnitState.LATE) -> Consolidation:
    """A plan of twenty tasks in four categories on which there is not one accepted word."""
    lines = tuple(
        replace(
            line,
            status=UNREPORTED,
            progress=None,
            reports=(),
            silent=tuple(Assignment(line.task, unit, Role.LEAD) for unit in line.task.lead),
        )
        for line in twenty_tasks().tasks
    )
    on_time = True if state is UnitState.RETURNED else None
    units = tuple(unit_line(name, state, on_time=on_time) for name in TWELVE)
    figures = (figure("1-1", None, reached=None), figure("1-2", None, reached=None))
    return consolidate(lines, units=units, targets=figures)


def parts_of(text: str) -> dict[str, list[str]]:
    """The paragraphs of the body by the part they stand in; what is before the first is under 开头."""
    parts: dict[str, list[str]] = {"开头": []}
    name = "开头"
    for line in text.split("\n"):
        begun = next((part for part in PARTS if line.startswith(part)), None)
        if begun is not None:
            name = begun.rstrip("、")
            parts[name] = []
        if begun not in PARTS[:7]:
            parts[name].append(line)
        if begun == "（联系人":
            break
    return parts


WELL = parts_of(text_of(summarise(one_task())))
LATE = parts_of(text_of(summarise(one_task(on_time=False, status="滞后", progress=40.0))))
FIGURES = parts_of(text_of(summarise(one_task(figure("1-1", 12)))))
SILENT = parts_of(text_of(summarise(silent())))
SENT_BACK = parts_of(text_of(summarise(silent(UnitState.RETURNED))))


@pytest.mark.parametrize(
    ("told", "part", "lines"),
    [
        pytest.param(
            WELL,
            "一、总体情况",
            [
                "（一）任务完成情况",
                "《2026年澜川市知识产权强市建设推进计划》共有任务1项。截至2026年12月10日，该项任务已完成。",
                "任务完成率为100.0%（1/1）。",
                "没有滞后和未完成的任务。",
                "（二）量化指标完成情况",
                "2026年度任务未设量化指标。",
                "（三）报送情况",
                "应报送单位1个，已按时报送。",
            ],
            id="one task done in time",
        ),
        pytest.param(
            WELL,
            "二",
            ["以下列示牵头单位填报的完成情况。", "1.建成平台（已完成）", "市科技局：建成平台1个。"],
            id="one category needs no heading, one unit no annex for others",
        ),
        pytest.param(WELL, "四", ["没有滞后和未完成的任务。"], id="nothing late"),
        pytest.param(WELL, "五", ["牵头单位未反映存在的问题。"], id="one lead has no problems"),
        pytest.param(WELL, "六", ["牵头单位未填写下一步计划。"], id="one lead has no plans"),
        pytest.param(
            WELL, "附件：", ["附件：1.2026年度任务完成情况表", "2.佐证材料目录"], id="no annex without a line"
        ),
        pytest.param(
            LATE,
            "一、总体情况",
            [
                "（一）任务完成情况",
                "《2026年澜川市知识产权强市建设推进计划》共有任务1项。截至2026年12月10日，该项任务滞后。",
                "任务完成率为0.0%（0/1）。",
                "滞后和未完成的任务1项，为第1项，详见第四部分。",
                "（二）量化指标完成情况",
                "2026年度任务未设量化指标。",
                "（三）报送情况",
                "应报送单位1个，逾期报送。",
                "未按时报送单位名单见附件2。",
            ],
            id="one task late",
        ),
        pytest.param(FIGURES, "三", ["量化指标的目标值、完成值和完成率如下表所示。"], id="a figure has a table"),
        pytest.param(
            SILENT,
            "一、总体情况",
            [
                "（一）任务完成情况",
                "《2026年澜川市知识产权强市建设推进计划》共有任务20项。截至2026年12月10日，"
                "各责任单位均未报送，完成情况暂不掌握，完成率无法计算。",
                "（二）量化指标完成情况",
                "量化指标2项，均未报送。",
                "（三）报送情况",
                "应报送单位12个，均未报送。",
                "未按时报送单位名单见附件3。",
            ],
            id="nobody answered",
        ),
        pytest.param(SILENT, "二", ["截至2026年12月10日，各责任单位均未报送，暂无完成情况。"], id="no results"),
        pytest.param(SILENT, "三", ["量化指标均未报送，目标值见附件2。"], id="no table without a figure"),
        pytest.param(SILENT, "四", ["各责任单位均未报送，未完成和滞后的任务及原因暂不掌握。"], id="nobody knows"),
        pytest.param(SILENT, "五", ["各责任单位均未报送，存在的问题暂不掌握。"], id="no problems told"),
        pytest.param(SILENT, "六", ["督促责任单位尽快报送，按报送情况确定下一步工作。"], id="what is next"),
        pytest.param(
            SILENT,
            "七",
            ["各责任单位均未报送，建议督促限期补报，报送情况予以通报。"],
            id="all units are not listed again",
        ),
        pytest.param(
            SILENT,
            "附件：",
            ["附件：1.2026年度任务完成情况表", "2.2026年度量化指标完成情况表", "3.未按时报送单位名单"],
            id="no list of evidence",
        ),
        pytest.param(
            SENT_BACK,
            "二",
            ["截至2026年12月10日，尚无通过核对的填报表，暂无完成情况。"],
            id="who was sent back did report",
        ),
    ],
)
def test_a_part_of_the_summary_says(told: dict[str, list[str]], part: str, lines: list[str]) -> None:
    assert told[part][: len(lines)] == lines
    assert told[part][len(lines) :][:1] in ([], ["量化指标完成情况"], ["澜川市知识产权工作领导小组办公室"])


def test_a_silent_year_still_lists_every_task_and_who_owes_it() -> None:
    rows = table_rows(summarise(silent()), "完成情况")
    assert sum("未报送" in row for row in rows) == 20
    assert sum(len(row) == 1 for row in rows) == 4 + 20  # a band for each category and task


@pytest.mark.parametrize(
    ("whole", "headline"),
    [
        pytest.param(
            one_task(figure("1-1", 12)),
            "2026年度任务完成情况由市科技局填报、澜川市知识产权工作领导小组办公室汇总。"
            "截至2026年12月10日，任务1项，已完成1项；量化指标1项，达到目标值1项；责任单位1个，已报送1个。",
            id="one of each",
        ),
        pytest.param(
            silent(),
            "2026年度任务完成情况由各责任单位填报、澜川市知识产权工作领导小组办公室汇总。"
            "截至2026年12月10日，各责任单位均未报送，20项任务的完成情况暂不掌握。",
            id="silence",
        ),
    ],
)
def test_the_opening_says(whole: Consolidation, headline: str) -> None:
    assert f"{headline}现将有关情况报告如下：" in text_of(summarise(whole))


def test_without_late_units_and_evidence_an_upright_page_is_left_for_the_imprint() -> None:
    text = text_of(summarise(one_task(evidence="")))
    assert "应报送单位1个，已按时报送。\n各单位未填写佐证材料。" in text
    assert "附件：1.2026年度任务完成情况表\n2.佐证材料目录" in text
    assert "附件2\n佐证材料目录\n各单位未填写佐证材料。" in text


def test_before_the_date_nobody_is_called_late() -> None:
    text = text_of(summarise(silent(UnitState.AWAITED)))
    assert "未报送和逾期报送单位名单见附件3。" in text
    assert "未按时" not in text


def test_dates_of_figures_are_written_out() -> None:
    text = text_of(summarise(one_task(figure("1-1", 12), replace(figure("1-2", 11), as_of="11月底"))))
    assert "2026年11月30日" in text
    assert "11月底" in text
    assert "量化指标2项，均达到目标值。" in text


def test_a_category_in_which_all_is_alike_is_told_in_one_word() -> None:
    task = Task("1", ("一、甲类",), "办事。", (UNIT,), ())
    other = replace(task, number="2", path=("二、乙类",))
    lines = [
        TaskLine(each, "已完成", 100.0, (a_report(UNIT, Role.LEAD, result="办好了。"),), ())
        for each in (task, other, replace(other, number="3"))
    ]
    text = text_of(summarise(consolidate(tuple(lines), units=(unit_line(UNIT, UnitState.ACCEPTED),))))
    assert "（一）甲类\n本类任务1项，已完成。" in text
    assert "（二）乙类\n本类任务2项，均已完成。" in text
    assert "各项任务均已完成。" in text


def test_members_of_a_group_that_leads_a_task_are_told_apart() -> None:
    """各区人民政府 is one name in the plan; what its members write must not run together."""
    task = Task("1", ("一、甲类",), "培育企业。", ("各区人民政府",), ())
    reports = tuple(
        a_report(unit, Role.LEAD, status="滞后", progress=50.0, problem=f"{unit[0]}区用地不足。")
        for unit in ("东区人民政府", "西区人民政府")
    )
    units = tuple(unit_line(report.unit, UnitState.ACCEPTED) for report in reports)
    whole = consolidate((TaskLine(task, "滞后", 50.0, reports, ()),), units=units)
    text = text_of(summarise(whole))
    assert "原因（东区人民政府）：东区用地不足。\n原因（西区人民政府）：西区用地不足。" in text
    told = text_of(filled(bulletin.OUTPUT, bulletin.build(whole, OFFICE, FORM)))
    assert "涉及牵头单位2个：东区人民政府、西区人民政府。" in told
    assert "东区人民政府：东区用地不足。\n西区人民政府：西区用地不足。" in told


def test_the_same_request_of_several_units_stands_once() -> None:
    asked = "请市领导小组办公室协调明确。"
    tasks = [Task(str(number), ("一、甲类",), "办事。", (UNIT,), ()) for number in (1, 2)]
    lines = tuple(
        TaskLine(task, "已完成", 100.0, (a_report(unit, Role.LEAD, problem=asked),), ())
        for task, unit in zip(tasks, (UNIT, "市教育局"), strict=True)
    )
    assert f"{UNIT}（第1项）、市教育局（第2项）：{asked}" in text_of(summarise(consolidate(lines)))


@pytest.mark.parametrize(
    ("whole", "overall", "problems", "demands"),
    [
        pytest.param(
            one_task(),
            "应报送单位1个，已按时报送。任务1项，已完成1项。\n任务完成率为100.0%（1/1）。\n"
            "市科技局按时报送，牵头的任务全部完成。",
            "没有未按时报送的单位。没有滞后和未完成的任务。",
            "报送和完成情况纳入年度考评：逾期报送扣2分，未报送扣10分，内容空洞扣1分。",
            id="one task done: no heading over a single point",
        ),
        pytest.param(
            silent(),
            "应报送单位12个。各责任单位均未报送，20项任务的完成情况暂不掌握。",
            "应报送的单位截至目前均没有报送，名单见附件。",
            "（一）抓紧补报\n没有报送的单位，请于2027年1月2日前报送填报表，并书面说明原因。",
            id="nobody answered: the annex names them",
        ),
    ],
)
def test_the_bulletin_says(whole: Consolidation, overall: str, problems: str, demands: str) -> None:
    text = text_of(filled(bulletin.OUTPUT, bulletin.build(whole, OFFICE, FORM)))
    assert section_between(text, "一、总体情况", "二、") == f"一、总体情况\n{overall}\n"
    assert section_between(text, "二、存在", "三、") == f"二、存在的主要问题\n{problems}\n"
    assert f"三、下一步工作要求\n{demands}" in text


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param(
            "关于2007年度《云河市创建国家知识产权示范城市工作分解方案》任务完成情况的报告",
            ["关于2007年度《云河市创建国家知识产权", "示范城市工作分解方案》任务完成情况的报告"],
            id="示范 is not torn",
        ),
        pytest.param(
            "关于《云河市知识产权战略纲要(2011-2020年)任务分工》任务完成情况的报告",
            ["关于《云河市知识产权", "战略纲要(2011-2020年)", "任务分工》任务完成情况的报告"],
            id="任务分工 is not torn",
        ),
    ],
)
def test_a_title_breaks_between_words(title: str, lines: list[str]) -> None:
    assert title_lines(title).split("\n") == lines


NAMES = {
    "催报函.docx": ("title", "recipient", "signature", "contact"),
    "改派函.docx": ("title", "recipient", "signature", "contact"),
    "通知.docx": (
        *("title", "recipients", "opening", "signature", "contact"),
        *("number", "annexes", "units", "imprint"),
    ),
    "整改通知.docx": ("title", "recipient", "opening", "signature", "contact", "imprint"),
}


@pytest.mark.parametrize(
    ("template", "names"),
    [
        pytest.param("催报函.docx", {"body": ["甲。", "乙。"]}, id="a letter"),
        pytest.param("改派函.docx", {"body": ["乙。"]}, id="a letter of one paragraph"),
        pytest.param(
            "通知.docx",
            {"contents": [], "requirements": [], "delivery": [], "arrangements": ["（一）甲。", "乙。"]},
            id="a notice",
        ),
        pytest.param("整改通知.docx", {"problems": [], "rows": [], "demands": ["甲。", "乙。"]}, id="a rectification"),
    ],
)
def test_the_last_paragraph_goes_to_the_page_of_the_signature(template: str, names: dict[str, object]) -> None:
    """Else that page would begin with 专此函达 alone (GB/T 9704-2012, 7.3.5.5)."""
    given: dict[str, object] = {
        **dict.fromkeys(("title", "recipient", "recipients", "opening", "contact", "number"), ""),
        "signature": signature("某办", DAY.date()),
        "annexes": [],
        "units": [],
        "imprint": None,
    }
    used = {name for name in given if name in NAMES[template]}
    document = docx.Document(
        io.BytesIO(fill_template(TEMPLATES / template, {name: given[name] for name in used} | names))
    )
    held = [each for each in document.paragraphs if each.text == "乙。"]
    assert [each.style.name for each in held if each.style is not None] == ["公文结束语"]
    assert all(each.style.name != "公文结束语" for each in document.paragraphs if each.style and "甲" in each.text)


def test_a_task_on_which_one_of_two_leads_is_silent_is_told_as_such() -> None:
    tasks = [a_task(str(number), "一、夯实基础", "建成平台。", f"{UNIT} 市教育局") for number in (1, 2)]
    both = [a_report(unit, result="建成平台1个。") for unit in tasks[0].lead]
    lines = [a_line(tasks[0], "已完成", 100.0, *both), a_line(tasks[1], "已完成", 100.0, both[0])]
    text = text_of(summarise(consolidate(lines)))
    assert "上述任务中有1项（第2项）尚有牵头单位没有报送，完成状态按已报送的牵头单位计。" in text
