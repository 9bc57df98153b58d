"""The documents: their words and figures, made from an invented city and read again from the Word file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from builders.samples import TWELVE, twenty_tasks
from builders.word import TEMPLATES, filled, section_between, summarise, table_rows, text_of
from builders.year import FORM, OFFICE, a_report, consolidate
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section

from reporting.documents import gather, notice, reminder, return_letter, summary
from reporting.documents import letterhead as wording
from reporting.documents.filling.word import fill_template
from reporting.language import wording as language_wording
from reporting.language.numerals import write_numeral
from reporting.language.wording import book, clause, shares, task_numbers
from reporting.model import Consolidation, Goal, Place, Role, Task, TaskLine, UnitLine, UnitState
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.settings import Quotes

# ---- reading a document again -----------------------------------------------------------------


@pytest.fixture(scope="module")
def report() -> Document:
    return summarise(twenty_tasks())


# ---- all documents ----------------------------------------------------------------------------


def test_every_output_has_its_template() -> None:
    outputs = gather()
    assert {output.name for output in outputs} >= {"通知", "退回函", "催报函", "年度总结"}
    assert all((TEMPLATES / output.template).is_file() for output in outputs)


def test_templates_are_what_the_script_builds(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "office", tmp_path / "office")
    script = shutil.copy(TEMPLATES / "build.py", tmp_path / "build.py")
    subprocess.run([sys.executable, str(script)], check=True, cwd=tmp_path)
    for name in ("通知", "退回函", "催报函", "年度总结"):
        assert (tmp_path / f"{name}.docx").read_bytes() == (TEMPLATES / f"{name}.docx").read_bytes(), name


def _measure(section: Section) -> tuple[float, ...]:
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    return tuple(round((length or 0) / 36000) for length in lengths)


@pytest.mark.parametrize("name", ["通知", "退回函", "催报函", "年度总结"])
def test_page_is_that_of_the_standard(name: str) -> None:
    document = docx.Document(str(TEMPLATES / f"{name}.docx"))
    first = document.sections[0]
    assert (round(first.page_width / 36000), round(first.page_height / 36000)) == (210, 297)  # type: ignore[operator]
    assert _measure(first) == (37, 35, 28, 26)
    grid = first._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert document.settings.odd_and_even_pages_header_footer
    styles = document.styles.element.xml
    assert "asciiTheme" not in styles
    assert "ja-JP" not in styles + document.settings.element.xml
    assert all(
        set(fonts.keys()) >= {qn(f"w:{kind}") for kind in ("ascii", "eastAsia", "hAnsi", "cs")}
        for fonts in document.styles.element.iter(qn("w:rFonts"))
    )
    body = document.styles["Normal"].element
    assert body.find(f".//{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:line")) == "579"
    assert body.find(f".//{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val")) == "-5"
    assert all(
        run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) == "eastAsia"
        for run in document.element.body.iter(qn("w:r"))
    )


@pytest.mark.parametrize(
    ("odd", "side"),
    [pytest.param(True, "right", id="odd pages right"), pytest.param(False, "left", id="even pages left")],
)
def test_page_number_stands_between_dashes(report: Document, odd: bool, side: str) -> None:
    section = report.sections[0]
    footer = section.footer if odd else section.even_page_footer
    paragraph = footer.paragraphs[0]._p
    assert "".join(t.text or "" for t in paragraph.iter(qn("w:t"))) == "— 1 —"
    assert paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == side
    assert "PAGE" in paragraph.find(qn("w:fldSimple")).get(qn("w:instr"))


# ---- the letters ------------------------------------------------------------------------------


def test_notice_says_what_when_and_whom() -> None:
    context = notice.build(
        OFFICE, plan_title=OFFICE.title, issuer=OFFICE.issuer, units=TWELVE[:3], today=date(2026, 11, 5)
    )
    text = text_of(filled(notice.OUTPUT, context))
    assert text.startswith("关于报送《2026年澜川市知识产权强市\n建设推进计划》任务完成情况的通知")
    assert "市市场监管局、市科技局、市工业和信息化局：" in text
    assert "（一）数据统一截至2026年12月10日，统计口径与任务分解时保持一致。" in text
    assert "请于2026年12月15日前报送填报表电子版" in text
    assert "请在收到之日起5日内修改后重新报送" in text
    assert (
        f"{OFFICE.issuer}\n2026年11月5日\n（联系人：沈一帆，电话：0599-8123456，电子邮箱：zscq@lanchuan.example）"
        in text
    )
    assert "附件2" not in text


def test_notice_to_many_units_lists_them_in_an_annex() -> None:
    units = [f"第{number}镇人民政府" for number in range(1, 81)]
    context = notice.build(OFFICE, plan_title=OFFICE.title, issuer=OFFICE.issuer, units=units, today=date(2026, 11, 5))
    document = filled(notice.OUTPUT, context)
    text = text_of(document)
    assert "各责任单位：" in text
    assert "附件：1.任务完成情况填报表（电子工作簿，按单位另发）\n2.责任单位名单" in text
    listed = [cell for row in table_rows(document, "责任单位")[1:] for cell in row]
    assert listed == [cell for i, unit in enumerate(units, start=1) for cell in (str(i), unit)]


MISSING = Kind("E05", Severity.ERROR, "“{field}”没有填写", "请填写{field}")
DOUBTFUL = Kind("W01", Severity.CONFIRM, "完成值{found}小于目标值{expected}", "请核实完成值")


def _return_letter(*findings: Finding) -> Document:
    returned = return_letter.Returned("市司法局", "2026_11_市司法局.xlsx", findings, date(2026, 12, 21))
    context = return_letter.build(OFFICE, OFFICE.issuer, returned, date(2026, 12, 16))
    return filled(return_letter.OUTPUT, context)


def test_return_letter_lists_every_finding() -> None:
    document = _return_letter(
        Finding(MISSING, Place("a.xlsx", "任务填报", 9, 11), "市司法局", "19", {"field": "存在问题及原因"}),
        Finding(DOUBTFUL, Place("a.xlsx", "量化指标", 4, 6), "市司法局", "4", {"found": "2", "expected": "3"}),
        Finding(MISSING, Place("a.xlsx", "任务填报"), "市司法局", "", {"field": "审核人"}),
        Finding(MISSING, Place("a.xlsx"), "市司法局", "", {"field": "单位名称"}),
    )
    assert table_rows(document, "修改要求")[1:] == [
        ["1", "19", "任务填报 K9", "“存在问题及原因”没有填写", "请填写存在问题及原因", "须改正"],
        ["2", "4", "量化指标 F4", "完成值2小于目标值3", "请核实完成值", "须核实说明"],
        ["3", "—", "任务填报", "“审核人”没有填写", "请填写审核人", "须改正"],
        ["4", "—", "整份文件", "“单位名称”没有填写", "请填写单位名称", "须改正"],
    ]
    text = text_of(document)
    assert "（文件名：2026_11_市司法局.xlsx）收悉。" in text
    assert "需要处理的内容共4处，其中须改正3处、须核实说明1处，逐项列示如下：" in text
    assert "3.上表未列出的内容无需改动，也不必重新填写。" in text
    assert "请于2026年12月21日前将修改后的填报表报送我办。" in text


def test_return_letter_speaks_of_confirming_only_where_asked() -> None:
    text = text_of(_return_letter(Finding(MISSING, Place(), values={"field": "状态"})))
    assert "须核实说明" not in text
    assert "2.上表未列出的内容无需改动" in text


def _reminder(*, days_late: int = 3, returned: bool = False, earlier: Sequence[date] = ()) -> str:
    awaited = reminder.Awaited(
        unit="市财政局",
        due=date(2026, 12, 15),
        days_late=days_late,
        returned=returned,
        tasks=["1", "10", "20"],
        new_due=date(2026, 12, 23),
        earlier=earlier,
    )
    context = reminder.build(OFFICE, OFFICE.issuer, awaited, date(2026, 12, 18))
    return text_of(filled(reminder.OUTPUT, context))


def test_reminder_states_and_asks() -> None:
    text = _reminder()
    assert "市财政局：" in text
    assert "已超过截止日期3天，我办尚未收到贵单位的填报表。" in text
    assert "需要填报的任务共3项，即第1项、第10项、第20项。" in text
    assert "请贵单位于2026年12月23日前将此前下发的填报工作簿填写完毕，报送我办。" in text


@pytest.mark.parametrize("returned", [False, True])
@pytest.mark.parametrize("days_late", [-3, 0, 3])
def test_reminder_blames_nobody(returned: bool, days_late: int) -> None:
    text = _reminder(days_late=days_late, returned=returned)
    assert not re.search("通报|扣分|考核|批评|责令|拖延|不力|逾期", text)


def test_reminders_grow_firmer_each_time() -> None:
    first, second, third = (
        _reminder(earlier=days) for days in ((), [date(2026, 12, 21)], [date(2026, 12, 21), date(2026, 12, 23)])
    )
    titles = [text.split("\n", 1)[0] for text in (first, second, third)]
    assert [title.startswith(f"关于{asks}") for title, asks in zip(titles, _ASKS, strict=True)] == [True] * 3
    assert "说明未按时报送的原因" not in first
    office = "我办"
    assert f"此前，{office}已于2026年12月21日发函商请报送，尚未收到回复。" in second
    assert f"报送{office}，并说明未按时报送的原因。" in second
    assert "督查通报" not in second
    assert f"此前，{office}已于2026年12月21日、2026年12月23日发函商请报送，尚未收到回复。" in third
    assert (
        "请贵单位高度重视，抓紧办理。逾期仍未报送的，将在督查通报中列名，"
        "并按照考评办法计入年度考评（逾期报送的扣2分，未报送的扣10分）。"
    ) in third


_ASKS = ("商请报送", "再次商请报送", "催报")


def test_reminder_before_the_due_date_counts_no_days() -> None:
    assert "超过" not in _reminder(days_late=0)


def test_reminder_of_a_correction_speaks_of_the_correction() -> None:
    text = _reminder(returned=True)
    assert "我办此前已附校验意见退回修改。截至2026年12月18日，我办尚未收到修改后的填报表。" in text
    assert "将订正表中的问题修改完毕" in text


# ---- the summary ------------------------------------------------------------------------------


def test_summary_opens_with_the_headline_figures(report: Document) -> None:
    text = text_of(report)
    assert text.startswith("关于《2026年澜川市知识产权强市\n建设推进计划》任务完成情况的报告\n市人民政府：\n")
    assert (
        "按照《2026年澜川市知识产权强市建设推进计划》（澜知领〔2026〕3号）工作安排，2026年度任务完成情况由"
        "各责任单位填报、澜川市知识产权工作领导小组办公室汇总。截至2026年12月10日，20项任务中，已完成11项、"
        "正在推进4项、滞后或未完成3项、调整取消或不适用1项、未报送1项；8项量化指标中，达到目标值5项；"
        "12个责任单位中，已报送10个。现将有关情况报告如下："
    ) in text
    assert "剔除调整取消和不适用的任务1项（第19项），计入完成率的任务19项，完成率为57.9%（11/19）。" in text
    assert "滞后和未完成的任务3项，为第10项、第16项、第18项，详见第四部分。" in text
    assert text.index("一、总体情况") < text.index("六、下一步工作打算") < text.index("附件：1.2026年度任务完成情况表")


def test_summary_ends_with_proposals_that_rest_on_its_figures(report: Document) -> None:
    assert section_between(text_of(report), "七、意见和建议", "特此报告。").strip().split("\n")[1:] == [
        "滞后和未完成的任务3项（第10项、第16项、第18项），建议转入下一年度任务分解方案，"
        "重新明确完成时限，由牵头单位定期报告进展。",
        "调整取消和不适用的任务1项（第19项），建议下一年度不再列入。",
        "未达到目标值的量化指标2项（第4项、第16项），建议责任单位分析原因，在确定下一年度目标值时一并研究。",
        "未报送的单位1个（市财政局），建议督促限期补报，报送情况予以通报。",
    ]


def test_summary_quotes_by_the_rules_of_the_office_and_says_where_the_rest_stands() -> None:
    whole = twenty_tasks()
    first, *others = whole.tasks
    told = replace(first.reports[0], result="印发办法。培训215人。\n编印读本。", next_step="建议由市里统筹。")
    year = replace(whole, tasks=(replace(first, reports=(told, *first.reports[1:])), *others))
    settings = OFFICE.model_copy(update={"summary": Quotes(quote="paragraph", limit=5)})
    report = summarise(year, settings)
    assert f"{told.unit}：印发办法（全文见附件1）。" in text_of(report)
    assert "印发办法。培训215人。\n编印读本。" in text_of(report)
    text = section_between(text_of(report), "七、意见和建议", "特此报告。")
    assert f"（二）各单位提请协调支持的事项\n{told.unit}（第1项）：建议由市里统筹。" in text


def test_summary_shares_add_up(report: Document) -> None:
    text = text_of(report)
    for sentence, whole in (("共有任务20项。", 20), ("量化指标8项，", 8), ("应报送单位12个，", 12)):
        line = next(line for line in text.split("\n") if sentence in line).split(sentence)[1].split("。已报")[0]
        found = re.findall(r"(\d+)[项个]，占([\d.]+)%", line)
        assert sum(int(count) for count, _ in found) == whole, sentence
        assert round(sum(float(share) for _, share in found), 1) == 100.0, sentence


def test_summary_counts_categories_with_a_total(report: Document) -> None:
    rows = table_rows(report, "推进中")
    assert rows[-1] == ["合计", "20", "11", "4", "3", "1", "1"]
    for column in range(1, 7):
        assert sum(int(row[column]) for row in rows[1:-1]) == int(rows[-1][column])
    assert [row[0] for row in rows[1:3]] == ["提升知识产权创造质量", "强化知识产权保护"]


def test_summary_tells_who_sent_and_who_did_not(report: Document) -> None:
    text = text_of(report)
    assert (
        "应报送单位12个，已报送10个，占83.4%；已报送、正在退回修改1个，占8.3%；未报送1个，占8.3%。"
        "已报送的单位中，按时报送9个，逾期报送1个。"
    ) in text
    assert [row[1:3] for row in table_rows(report, "最近收到日期")[1:]] == [
        ["市财政局", "未报送"],
        ["市教育局", "逾期报送"],
    ], "a unit that sent in time and is asked to correct is not among the late"


def test_every_units_words_stand_in_the_first_annex_once(report: Document) -> None:
    rows = table_rows(report, "完成情况")
    told = Counter(cell for row in rows for cell in row if cell)
    for line in twenty_tasks().tasks:
        for found in line.leads:
            for text in filter(None, (found.result, found.problem, found.next_step)):
                assert told[text.replace("\n", "")] == 1, text
    words = sum(len(line.reports) + len(line.silent) for line in twenty_tasks().tasks)
    bands = 4 + len(twenty_tasks().tasks)
    assert len(rows) == 1 + bands + words
    assert sum("未报送" in row for row in rows) == sum(len(line.silent) for line in twenty_tasks().tasks)


def test_leads_speak_in_the_body_and_supporters_are_named(report: Document) -> None:
    body = section_between(text_of(report), "二、主要工作及成效", "三、量化指标完成情况")
    assert "（一）提升知识产权创造质量\n本类任务5项，其中已完成4项、基本完成1项。" in body
    assert "2.建设高价值专利培育中心10家以上（已完成）\n市科技局：新认定高价值专利培育中心12家" in body
    assert "\n培育中心全年新增发明专利授权418件，同比增长19.4%。\n" in body
    assert "配合单位：市市场监管局、市工业和信息化局、市教育局。" in body
    assert "按照职责分工做好" not in body
    assert "牵头单位市财政局未报送。" in body
    assert (
        "本类任务5项，其中已完成1项、滞后1项（第16项）、未启动1项（第18项）、调整取消1项、未报送1项（第20项）。" in body
    )


def test_targets_are_told_with_goal_value_and_ratio(report: Document) -> None:
    rows = table_rows(report, "指标")
    assert ["高价值专利培育中心", "≥10家", "12家", "120.0%", "市科技局"] in rows
    assert ["每万人口发明专利拥有量", "增长≥16%", "17.2%", "107.5%", "市市场监管局"] in rows
    assert ["知识产权统计监测报告", "≥4期", "未报送", "—", "市财政局"] in rows
    assert "1.新增地理标志商标（第4项）：目标值≥3件，市市场监管局完成2件。" in text_of(report)


def test_late_tasks_come_with_reasons_and_next_steps(report: Document) -> None:
    late = section_between(text_of(report), "四、未完成和滞后任务及原因", "五、存在的主要问题")
    assert (
        "10.建设市知识产权保护中心（滞后，进度60%）\n责任单位：市市场监管局。完成时限：2026年12月底前完成。\n"
        "原因：因预审系统专线审批流程较长，设备进场比计划推迟两个月。\n下一步措施：已协调通信运营商"
    ) in late
    assert "调整取消和不适用的任务1项，具体情况如下：\n19.编制" in late
    assert "牵头单位未报送的任务1项（第20项），完成情况和原因暂不掌握。" in late


def test_problems_told_in_the_fourth_part_are_not_told_again(report: Document) -> None:
    problems = section_between(text_of(report), "五、存在的主要问题", "六、下一步工作打算")
    assert "除第四部分所列任务外，3个牵头单位就4项任务反映了存在的问题，涉及3类：" in problems
    assert "市科技局（第2项）：部分中心专职人员不足，专利布局能力有待提高。" in problems
    assert "预审系统" not in problems


def test_evidence_is_catalogued_without_the_cells_that_say_none(report: Document) -> None:
    rows = table_rows(report, "材料名称和文号")[1:]
    assert rows[0] == ["1", "2", "市科技局", "《关于任务2完成情况的说明》（澜知办〔2026〕2号）"]
    assert "无" not in {row[3] for row in rows}


def test_summary_claims_no_verification(report: Document) -> None:
    assert not re.search("核实|核查|核定|验收|验证|考评", text_of(report))


def test_annexes_are_set_as_the_standard_says(report: Document) -> None:
    portrait, landscape, last = report.sections
    assert _measure(landscape) == (28, 26, 35, 37)
    assert landscape._sectPr.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"
    assert _measure(last) == _measure(portrait) == (37, 35, 28, 26)
    labels = [p.text for p in report.paragraphs if p.style is not None and p.style.name == "公文附件标号"]
    titles = [p.text for p in report.paragraphs if p.style is not None and p.style.name == "公文附件标题"]
    assert labels == ["附件1", "附件2", "附件3", "附件4"]
    listed = section_between(text_of(report), "附件：1.", OFFICE.issuer + "\n2026年12月28日")
    assert listed.strip().split("\n") == ["附件：1." + titles[0], *(f"{i}.{t}" for i, t in enumerate(titles[1:], 2))]


def test_long_tables_repeat_their_head_and_keep_rows_whole(report: Document) -> None:
    for table in report.element.body.iter(qn("w:tbl")):
        rows = list(table.iter(qn("w:tr")))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblpPr')}") is not None:  # 版记 at the foot of the last page
            continue
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_a_row_taller_than_a_page_may_split() -> None:
    task = Task("1", ("一类",), "编制年鉴。", ("市科技局",), ())
    told = a_report("市科技局", Role.LEAD, result="很长的话。" * 500)
    document = summarise(consolidate((TaskLine(task, "已完成", 100.0, (told,), ()),)))
    row = list(document.element.body.iter(qn("w:tr")))[3]
    assert "很长的话。" * 500 in "".join(t.text or "" for t in row.iter(qn("w:t")))
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("产值A<B & C>D，增长3%", id="marks of XML"),
        pytest.param("登记{{ y }}件{% if %}、{# 注 #}、{_{ z }_}", id="marks of jinja"),
        pytest.param("印发《办法》《细则》，“双随机”“回头看”", id="titles and quotes"),
        pytest.param("㎡、①、（一）、&amp;、𠮷、１２件", id="rare characters left as typed"),
    ],
)
def test_a_units_words_come_through(words: str) -> None:
    task = Task("1", ("一、一类",), words, ("市科技局",), ())
    told = a_report("市科技局", Role.LEAD, result=words, problem=words, next_step=words, evidence=words)
    text = text_of(summarise(consolidate((TaskLine(task, "已完成", 100.0, (told,), ()),))))
    # Body: result, problem, next step; annexes: content, the three again, evidence.
    assert text.count(words) >= 8


def test_control_characters_are_left_out_and_lines_kept() -> None:
    task = Task("1", ("一类",), "任务", ("市科技局",), ())
    told = a_report("市科技局", Role.LEAD, result="甲\x07\x0c<乙> & 丙\r\n丁\x0b戊\ud800")
    text = text_of(summarise(consolidate((TaskLine(task, "已完成", 100.0, (told,), ()),))))
    assert "市科技局：甲\n<乙> & 丙\n丁\n戊。" in text
    assert "甲\n<乙> & 丙\n丁\n戊\n" in text


def test_no_task_at_all() -> None:
    text = text_of(summarise(consolidate(())))
    assert "本年度没有计入完成率的任务。" in text


def test_goals_and_waivers_are_told() -> None:
    goal = Goal("1", "发明专利授权量年均增长10%以上；")
    consolidation = replace(twenty_tasks(), goals=(goal,), waivers=("第4项：市市场监管局说明年内无法核准，同意",))
    text = text_of(summarise(consolidation))
    assert "另有总体目标1项，未确定责任单位，未组织填报：1.发明专利授权量年均增长10%以上。" in text
    assert "经同意按例外情形处理的事项1项：\n1.第4项：市市场监管局说明年内无法核准，同意。" in text


def test_office_columns_stand_in_the_remarks() -> None:
    task = Task("1", (), "任务", ("市科技局",), ())
    told = a_report("市科技局", Role.LEAD, result="完成", remark="备注一", extra={"是否涉密": "否"})
    rows = table_rows(summarise(consolidate((TaskLine(task, "已完成", 100.0, (told,), ()),))), "备注")
    assert rows[-1][-1] == "备注一是否涉密：否"


def test_same_input_gives_the_same_bytes() -> None:
    first, second = (
        fill_template(TEMPLATES / "年度总结.docx", summary.build(twenty_tasks(), OFFICE, FORM)) for _ in range(2)
    )
    assert first == second


def _large(tasks: int, units: int) -> Consolidation:
    names = [f"第{number}局" for number in range(units)]
    lines = []
    for index in range(tasks):
        mine = [names[(index + step) % units] for step in range(9)]
        task = Task(str(index + 1), (f"类别{index // 20}",), "推进重点工作。" * 8, (mine[0],), tuple(mine[1:]))
        reports = tuple(
            a_report(unit, Role.SUPPORT if step else Role.LEAD, result="工作取得进展。" * 30, problem="人手不足。" * 9)
            for step, unit in enumerate(mine)
        )
        lines.append(TaskLine(task, "已完成", 100.0, reports, ()))
    states = tuple(
        UnitLine(name, i, UnitState.ACCEPTED, datetime(2026, 12, 1), 1, 0, 0, True, ("1",), 1, 0)
        for i, name in enumerate(names)
    )
    return consolidate(tuple(lines), units=states)


def test_two_hundred_tasks_of_nine_units_have_a_row_each() -> None:
    consolidation = _large(200, 80)
    filled = fill_template(TEMPLATES / "年度总结.docx", summary.build(consolidation, OFFICE, FORM))
    assert len(table_rows(docx.Document(io.BytesIO(filled)), "完成情况")) == 1 + 10 + 200 + 1800


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="needs LibreOffice")
def test_summary_converts_to_pages(tmp_path: Path) -> None:
    context = summary.build(twenty_tasks(), OFFICE, FORM)
    (tmp_path / "summary.docx").write_bytes(fill_template(TEMPLATES / "年度总结.docx", context))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["libreoffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "summary.docx")], check=True, capture_output=True, timeout=180)
    listed = subprocess.run(
        ["pdfinfo", "-l", "99", str(tmp_path / "summary.pdf")], check=True, capture_output=True, text=True
    ).stdout
    sizes = [
        tuple(round(float(length)) for length in size)
        for size in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", listed)
    ]
    assert 15 <= len(sizes) <= 30
    assert sizes[0] == sizes[-1] == (595, 842)
    turned = [page for page, size in enumerate(sizes) if size == (842, 595)]
    assert len(turned) > 3
    assert turned == list(range(turned[0], turned[-1] + 1))


# ---- wording ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_numbers_in_hanzi(number: int, words: str) -> None:
    assert write_numeral(number) == words


@pytest.mark.parametrize("counts", [[1, 1, 1], [2, 1], [0, 0], [1] * 7, [145, 17, 10, 24, 9], [1, 999, 3]])
def test_shares_add_up_to_one_hundred(counts: list[int]) -> None:
    assert round(sum(shares(counts)), 1) == (100.0 if any(counts) else 0.0)


def test_names_are_joined_by_the_rules_of_punctuation() -> None:
    assert language_wording.join_names(["市科技局", "市财政局"]) == "市科技局、市财政局"
    assert language_wording.join_names(["《办法》", "《细则》", "附表"]) == "《办法》《细则》、附表"
    assert language_wording.join_names(["“一件事”", "“一次办”"]) == "“一件事”“一次办”"
    assert language_wording.join_names([]) == ""


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["4", "9", "17"], "第4项、第9项、第17项"),
        (["1", "2", "3"], "第1项、第2项、第3项"),
        (["1", "3", "4", "5", "6", "9"], "第1项、第3至6项、第9项"),
        (["一（二）3", "4"], "任务一（二）3、4"),
    ],
)
def test_tasks_are_named_by_their_numbers(numbers: list[str], words: str) -> None:
    assert task_numbers(numbers) == words


def test_titles_are_quoted_once() -> None:
    assert book("计划") == book("《计划》") == "《计划》"
    assert book("贯彻《纲要》计划") == "《贯彻〈纲要〉计划》"


def test_dates_have_no_leading_zeros() -> None:
    assert language_wording.chinese_date(date(2026, 1, 8)) == "2026年1月8日"


@pytest.mark.parametrize(
    "title",
    [
        "关于《2026年澜川市知识产权强市建设推进计划》任务完成情况的报告",
        "关于退回修改2026年度《澜川市贯彻落实〈知识产权强国建设纲要（2021—2035年）〉实施方案》任务完成情况填报表的函",
        "关于" + "很" * 60 + "的函",
    ],
)
def test_long_titles_are_broken_without_losing_a_character(title: str) -> None:
    lines = wording.title_lines(title).split("\n")
    assert "".join(lines) == title
    assert all(len(line) >= 3 and len(line) - len(re.findall("[0-9]", line)) / 2 <= 20 for line in lines)
    assert not any(line.startswith(("》", "、", "的", "）")) or line.endswith(("《", "（")) for line in lines)


@pytest.mark.parametrize(("issuer", "long"), [("澜川市科学技术局", False), ("澜川市知识产权工作领导小组办公室", True)])
def test_a_long_issuer_asks_for_the_wide_place(issuer: str, long: bool) -> None:
    placed = wording.signature(issuer, date(2026, 1, 8))
    assert (placed["long"], placed["moved"]) == (long, long)


def test_without_a_seal_the_date_begins_two_characters_after_the_name() -> None:
    placed = wording.signature("澜川市知识产权局", date(2026, 1, 8), seal=False)
    name_at, date_at = (str(placed[key]).count("\t") / 2 for key in ("lead", "date_lead"))
    assert (name_at, date_at) == (28 - 2 - 8, 28 - 2 - 8 + 2)


def test_a_date_longer_than_the_name_ends_two_characters_from_the_right() -> None:
    placed = wording.signature("市府办", date(2026, 12, 18), seal=False)
    name_at, date_at = (str(placed[key]).count("\t") / 2 for key in ("lead", "date_lead"))
    assert (name_at, date_at) == (28 - 2 - 7 - 2, 28 - 2 - 7)


def test_a_task_is_named_by_its_first_clause() -> None:
    assert clause("建设保护中心，年内投入运行。") == "建设保护中心"
    assert clause("很" * 50) == "很" * 35 + "…"
    assert clause("抓好落实。") == "抓好落实"


def test_a_title_that_would_just_not_fit_a_line_is_broken() -> None:
    assert (
        wording.title_lines("关于请核实2026年度任务完成情况填报表的函") == "关于请核实2026年度\n任务完成情况填报表的函"
    )
