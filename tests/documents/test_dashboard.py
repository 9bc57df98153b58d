"""The page of the year: its figures read back and counted by the test itself, and nothing in it that acts."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from builders.consolidated import block, opened, table
from builders.dashboard import DOCUMENTS, HOSTILE, TEMPLATE, hostile, made, reviewed
from builders.pages import Page
from builders.samples import CREATE, LEAD, LINES, PROTECT, SUPPORT, five_tasks
from builders.year import FORM, OFFICE, a_line, a_report, a_task, a_unit, consolidate
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reporting.commands import report as workflow
from reporting.commands.doctor import doctor
from reporting.documents import dashboard
from reporting.documents.dashboard.view import segmented
from reporting.documents.filling.page import examine_page, fill_page
from reporting.model import UNREPORTED, Consolidation, UnitState
from reporting.model.findings import DubanError
from reporting.model.review import Review, Verified
from reporting.office.outbox import OUT_REPORT
from reporting.office.workspace import Workspace
from reporting.year.standings import GROUP_NAMES


def page_of(consolidation: Consolidation, verified: Verified | None = None) -> Page:
    return Page(made(consolidation, verified))


@cache
def plain() -> Page:
    """The page of the sample before any review; only looked at."""
    return page_of(five_tasks())


@cache
def workbook() -> Workbook:
    """The consolidated workbook of the sample; only looked at."""
    return opened(five_tasks())


# ---- figures --------------------------------------------------------------------------------------


def test_headlines_give_the_figures_a_leader_asks_for() -> None:
    page = plain()
    names = ("tasks-total", "tasks-done", "completion-rate", "tasks-behind", "tasks-unreported")
    assert [page.headline(name) for name in names] == ["5", "1", "25.0%", "2", "1"]
    assert (page.headline("targets-reached"), page.headline("targets-total")) == ("1", "3")
    assert (page.headline("units-sent"), page.headline("units-total")) == ("3", "5")


def test_statuses_stand_as_on_the_overview_of_the_workbook() -> None:
    overview = {str(row[0]): row[1:3] for row in block(workbook()["概况"], "完成状态")[1:-1]}
    shown = {row[""]: row for row in plain().rows("status-table")}
    assert {name: int(row["status-count"]) for name, row in shown.items()} == {
        name: count for name, (count, _) in overview.items() if name in shown
    }
    assert {name: row["status-share"] for name, row in shown.items()} == {
        name: f"{float(str(part)) * 100:.1f}%" for name, (_, part) in overview.items() if name in shown
    }


def test_categories_by_group_add_up_both_ways() -> None:
    page = plain()
    keys = ("done", "ongoing", "behind", "void", "unreported", "total")
    found = {row[""]: [int(row[f"category-{key}"]) for key in keys] for row in page.rows("category-table")}
    assert found == {CREATE: [1, 0, 1, 0, 0, 2], PROTECT: [0, 0, 1, 1, 1, 3]}
    whole = [int(page.total("category-table")[f"categories-{key}"]) for key in keys]
    assert whole == [sum(column) for column in zip(*found.values(), strict=True)]


def test_units_by_group_stand_as_in_the_workbook() -> None:
    groups = {str(key): name for key, name in GROUP_NAMES.items()} | {"unreported": UNREPORTED}
    expected = {
        str(row["单位"]): [row["报送状态"], row["任务合计"], *(row[name] for name in groups.values())]
        for row in table(workbook()["单位情况"], "单位")[:-1]
    }
    page = plain()
    shown: dict[str, list[Any]] = {
        row[""]: [row["unit-state"], int(row["unit-total"]), *(int(row[f"unit-{key}"]) for key in groups)]
        for row in page.rows("unit-table")
    }
    assert shown == expected
    assert page.total("unit-table")["units-total"] == "11"


def test_a_bar_tells_in_words_what_it_shows() -> None:
    bars = plain().root.xpath("//table[@id='category-table']/tbody//*[@role='img']/@aria-label")
    assert bars == ["完成1项，滞后1项", "滞后1项，不计入1项，未报送1项"]


@given(st.lists(st.integers(0, 200), min_size=5, max_size=5))
def test_the_parts_of_a_bar_fill_it_and_do_not_overlap(counts: list[int]) -> None:
    names = [*GROUP_NAMES.values(), UNREPORTED]
    found: Any = segmented(zip(names, counts, strict=True))["segments"]
    at = 0.0
    for each in found:
        assert float(each["x"].rstrip("%")) == pytest.approx(at, abs=0.01)
        at += float(each["width"].rstrip("%"))
    assert at == pytest.approx(100.0 if any(counts) else 0.0, abs=0.01)


def test_targets_and_returns_count_as_the_overview_does() -> None:
    page, overview = plain(), workbook()["概况"]
    targets = {str(row[0]): str(row[1]) for row in block(overview, "指标情况")[1:-1]}
    assert page.named("data-target-state", "target-state-count") == targets
    returns = {str(row[0]): str(row[1]) for row in block(overview, "报送情况")[1:-1]}
    assert page.named("data-return", "returns-count") == returns
    shown = [(row["target-value"], row["target-ratio"], row["target-state"]) for row in page.rows("target-table")]
    assert shown == [
        ("12家", "120.0%", "达到目标值"),
        ("12家", "120.0%", "达到目标值"),
        ("2件", "66.7%", "未达到目标值"),
        ("未报送", "—", "未报送"),
    ]


def test_who_is_late_stands_first_and_who_was_on_time_does_not() -> None:
    rows = plain().rows("missing-table")
    assert [(row[""], row["missing-state"]) for row in rows] == [
        ("市委宣传部", "逾期未报"),
        ("临澜区人民政府", "退回修改"),
        ("市财政局", "逾期报送"),
    ]


def test_nothing_a_unit_wrote_is_missing_doubled_or_under_another_name() -> None:
    page = plain()
    found = [
        (
            word.xpath("ancestor::tr/@data-task")[0],
            word.get("data-unit"),
            [each.text_content() for each in word.xpath(".//*[@class='typed']")],
        )
        for word in page.root.xpath("//*[@class='word']")
    ]
    written = [
        (
            line.task.number,
            each.unit,
            [text for text in (each.result, each.problem, each.next_step, each.evidence, each.remark) if text],
        )
        for line in LINES
        for each in line.reports
    ]
    silent: list[Any] = [(line.task.number, each.unit, []) for line in LINES for each in line.silent]
    assert sorted(found) == sorted([*written, *silent])


# ---- before and after the inspection ---------------------------------------------------------------


def test_before_a_review_nothing_is_verified_and_the_page_says_so() -> None:
    page = plain()
    assert "完成状态和完成值均为责任单位填报，尚未核定。" in page.text
    for word in ("核定状态", "核定完成", "考评得分", "名次", "等次", "验收结论"):
        assert word not in page.text, word


def test_after_a_review_verified_figures_stand_beside_the_reported_ones() -> None:
    verified = reviewed(five_tasks())
    page = page_of(five_tasks(), verified)
    assert (page.headline("verified"), page.headline("verifiable")) == ("2", "11")
    assert (page.headline("verified-done"), page.headline("verified-rate")) == ("1", "50.0%")
    grades = page.root.xpath("//*[@id='verification']//*[starts-with(@data-figure, 'grade-')]/text()")
    assert sum(map(int, grades)) == len(five_tasks().units)
    assert [row["target-verified"] for row in page.rows("target-table")] == ["11家", *["未核定"] * 3]
    rows = {row.get("data-task"): row for row in page.root.xpath("//table[@id='task-table']/tbody/tr")}
    labelled = {
        number: [
            " ".join("".join(row.xpath(f"./td[@data-label='{label}']//text()")).split())
            for label in ("完成状态", "核定状态", "考评得分")
        ]
        for number, row in rows.items()
    }
    assert labelled["3"] == ["未启动", "未完成", "0.0"]
    assert labelled["1"][1] == "已完成市科技局未核定市市场监管局"
    assert "选址仍未落实" in page.text
    assert "台账齐全" in page.text
    shown = {row[""]: (row["unit-score"], row["unit-rank"], row["unit-grade"]) for row in page.rows("unit-table")}
    assert shown == {
        each.unit: (
            "—" if each.total is None else f"{each.total:.1f}",
            "—" if each.rank is None else str(each.rank),
            each.grade,
        )
        for each in verified.scores.units
    }


# ---- nothing acts, nothing is fetched --------------------------------------------------------------


def test_what_a_unit_wrote_stays_text() -> None:
    page = page_of(hostile())
    assert len(page.root.xpath("//script")) == len(page.root.xpath("//style")) == 1
    assert page.root.xpath("//img | //iframe | //object | //embed | //base") == []
    assert page.root.xpath("//script/text()") == plain().root.xpath("//script/text()")
    typed = [each.text_content() for each in page.root.xpath("//*[@class='typed']")]
    assert typed == [HOSTILE, f"甲乙{HOSTILE}"]
    assert page.root.xpath("//table[@id='task-table']/tbody/tr/@data-task") == [HOSTILE]


@pytest.mark.parametrize("whole", [five_tasks(), hostile()], ids=["a plain year", "a hostile year"])
def test_the_page_forbids_itself_everything_but_its_own_style_and_script(whole: Consolidation) -> None:
    page = page_of(whole, reviewed(whole, Review(100, 1)))
    (policy,) = page.root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert (rules.pop("default-src"), rules.pop("img-src")) == ("'none'", "data:")
    assert (rules.pop("base-uri"), rules.pop("form-action")) == ("'none'", "'none'")
    for name in ("style", "script"):
        (text,) = page.root.xpath(f"//{name}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules.pop(f"{name}-src") == f"'sha256-{digest}'"
    assert rules == {}
    attributes = [name for each in page.root.iter() for name in each.attrib]
    assert [name for name in attributes if name in ("style", "src", "srcset") or name.startswith("on")] == []
    links = page.root.xpath("//@href")
    assert [each for each in links if not each.startswith(("#", "./", "data:,"))] == []
    assert re.findall(r"url\((?!#)|@import|https?:", page.root.xpath("//style/text()")[0]) == []


def test_links_lead_to_the_files_beside_the_page() -> None:
    name = "2026年度 A#1%20:a.docx"
    page = Page(made(five_tasks(), documents=(*DOCUMENTS, name)))
    links = page.root.xpath("//ul[@class='documents']//@href")
    assert [unquote(each).removeprefix("./") for each in links] == [*DOCUMENTS, name]
    assert all(re.fullmatch(r"\./[A-Za-z0-9%._-]+", each) for each in links)


# ---- for everybody ---------------------------------------------------------------------------------


def test_the_page_has_what_a_screen_reader_goes_by() -> None:
    root = page_of(five_tasks(), reviewed(five_tasks())).root
    assert root.get("lang") == "zh-CN"
    assert [len(root.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert root.xpath("//section[not(@aria-labelledby)]") == []
    assert root.xpath("//table[not(caption)] | //th[not(@scope)] | //*[@role='img'][not(@aria-label)]") == []
    controls = root.xpath("//form//*[self::input or self::select][not(ancestor::label)]/@id")
    assert set(controls) == set(root.xpath("//form//label/@for"))
    assert len(controls) == 5
    assert root.xpath("//*[@role='status']/@aria-live") == ["polite"]
    assert root.xpath("//table[@id='task-table']//*[@aria-sort]/text()") == ["编号"]
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    assert {each.removeprefix("#") for each in root.xpath("//a/@href") if each.startswith("#")} <= set(names)


def test_without_its_script_the_table_is_complete_and_shows_no_dead_controls() -> None:
    root = plain().root
    assert root.xpath("//table[@id='task-table']/tbody/tr/@data-task") == ["1", "2", "3", "4", "5-1"]
    assert root.xpath("//table[@id='task-table']/tbody/tr[@hidden]") == []
    assert root.xpath("//form/@hidden") == [""]
    assert root.xpath("//button[not(ancestor::form)]") == []


def test_a_row_refers_to_what_it_can_be_filtered_by() -> None:
    root = plain().root
    options = {
        name: dict(zip(box.xpath("./option/@value"), box.xpath("./option/text()"), strict=True))
        for name in ("category", "unit", "status")
        for box in root.xpath(f"//select[@id='filter-{name}']")
    }
    row = root.xpath("//tr[@data-task='3']")[0]
    assert options["category"][row.get("data-category")] == PROTECT
    assert options["status"][row.get("data-status")] == "未启动"
    assert [options["unit"][each] for each in row.get("data-units").split()] == [
        "市市场监管局",
        "市财政局",
        "临澜区人民政府",
    ]
    assert root.xpath("//tr[@data-late]/@data-task") == ["2", "3"]


# ---- years at the edge -----------------------------------------------------------------------------


def test_one_task_that_nobody_answered() -> None:
    lines = (a_line(a_task("1", CREATE, "建设保护中心。", "市科技局"), UNREPORTED, None),)
    page = page_of(consolidate(lines, (a_unit(1, "市科技局", UnitState.AWAITED, lines),)))
    assert [page.headline(name) for name in ("tasks-total", "completion-rate")] == ["1", "0.0%"]
    assert page.rows("category-table")[0]["category-unreported"] == "1"
    assert [row["missing-state"] for row in page.rows("missing-table")] == ["待报送"]
    assert page.root.xpath("//section[@id='targets']") == []
    assert page.root.xpath("//h2/text()")[3:5] == ["四、报送情况", "五、任务一览"]


def test_an_empty_plan() -> None:
    page = page_of(consolidate(()))
    assert [page.headline(name) for name in ("tasks-total", "completion-rate")] == ["0", "—"]
    assert "没有承担任务的单位。" in page.text
    assert "方案中没有任务。" in page.text


def test_a_long_text_is_folded_away_whole() -> None:
    words = "知识产权工作。" * 5800
    line = a_line(a_task("1", CREATE, "建设。", "甲"), "已完成", 100, a_report("甲", LEAD, "已完成", 100, result=words))
    root = page_of(consolidate((line,))).root
    (folded,) = root.xpath("//details[summary='全文，共40600字']")
    assert folded.get("open") is None
    assert folded.xpath("./div")[0].text_content() == words


def test_two_hundred_tasks_and_eighty_units() -> None:
    units = [f"第{number}局" for number in range(1, 81)]
    lines = tuple(
        a_line(
            a_task(str(n), f"{n % 9}、类别", f"第{n}项任务。", units[n % 80], " ".join(units[:9])),
            "持续推进",
            50,
            *(a_report(unit, SUPPORT, "持续推进", 50, result=f"{unit}推进{n}。") for unit in units[1:9]),
            a_report(units[n % 80], LEAD, "持续推进", 50),
        )
        for n in range(1, 201)
    )
    whole = consolidate(lines, tuple(a_unit(n, unit, UnitState.ACCEPTED, lines) for n, unit in enumerate(units)))
    page = page_of(whole)
    assert len(page.rows("unit-table")) == 80
    assert len(page.root.xpath("//table[@id='task-table']/tbody/tr")) == 200


def test_the_same_figures_give_the_same_bytes() -> None:
    assert made(five_tasks(), reviewed(five_tasks())) == made(five_tasks(), reviewed(five_tasks()))


# ---- templates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(
            "{{ page.title }}", "{{ pages.title }}", "使用了程序不提供的名称：pages。可用的名称有：", id="misspelt"
        ),
        pytest.param("{{ page.title }}", "{{ page.titel }}", "使用了程序不提供的名称：titel。", id="misspelt part"),
        pytest.param("{{ policy }}", "", "缺少必需的内容：{{ policy }}。请在模板中补上，或恢复原模板。", id="left out"),
        pytest.param("{{ page.title }}", "{{ page.title }", "中的标记写法有误（", id="half a mark"),
        pytest.param(
            '"use strict";', '"{{ page.title }}";', "的 <script> 中不能使用 {{ }} 或 {% %} 标记。", id="in script"
        ),
        pytest.param(":root {", ":root { {% if page %}", "的 <style> 中不能使用 {{ }} 或 {% %} 标记。", id="in style"),
    ],
)
def test_a_broken_template_is_explained(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    template = tmp_path / "看板.html"
    text = TEMPLATE.read_text(encoding="utf-8")
    assert old in text
    template.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DubanError) as caught:
        fill_page(template, dashboard.build(five_tasks(), OFFICE, FORM, DOCUMENTS))
    assert str(caught.value).startswith(f"页面模板“看板.html”{sentence}")


def test_doctor_lays_an_offices_template_beside_ours(workspace: Workspace) -> None:
    own = workspace.root / "templates" / "看板.html"
    own.write_text(TEMPLATE.read_text(encoding="utf-8").replace("#a2191f", "#1f4e79"), encoding="utf-8")
    assert examine_page(own, TEMPLATE) == ""
    own.write_text("{{ policy }}", encoding="utf-8")
    (check,) = [each for each in doctor(workspace.root) if each.what == "模板 看板.html"]
    assert not check.ok
    assert check.says.startswith("页面模板“看板.html”缺少必需的内容：{{ categories }}、")


def test_a_template_saved_in_another_encoding_or_gone_is_explained(tmp_path: Path) -> None:
    template = tmp_path / "看板.html"
    with pytest.raises(DubanError, match=r"^找不到或无法读取页面模板“.*看板.html”。请恢复该文件后再运行。$"):
        fill_page(template, {})
    template.write_bytes("看板".encode("gbk"))
    with pytest.raises(DubanError, match=r"^页面模板“看板.html”不是 UTF-8 编码。"):
        fill_page(template, {})


def test_a_broken_template_stops_the_report_before_anything_is_written(workspace: Workspace) -> None:
    (workspace.root / "templates").mkdir(exist_ok=True)
    (workspace.root / "templates" / "看板.html").write_text("{{ page }}", encoding="utf-8")
    with pytest.raises(DubanError, match=r"^页面模板“看板\.html”缺少必需的内容："):
        workflow.report(workspace, datetime(2026, 12, 28, 12))
    assert not workspace.outbox(OUT_REPORT).exists()
