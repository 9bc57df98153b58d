"""The book is looked over before a paper is made of it: a changed cell is told, an honest year never is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders.year import EDUCATION, JUSTICE, TODAY, collect, fill, issued_file, send, year_of
from builders.years.built import book_year, run_year
from builders.years.made import make_year

from reporting.commands.bulletin import bulletin
from reporting.commands.report import report
from reporting.model import Verdict
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace
from reporting.year.open import open_year

Content = dict[str, Any]


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """A year in which 市教育局 and 市司法局 answered well."""
    return year_of(tmp_path, {EDUCATION: {}, JUSTICE: {}})


def tamper(workspace: Workspace, unit: str, change: Callable[[Content], object]) -> None:
    """Change what the book has of a unit behind the program's back."""
    with closing(sqlite3.connect(workspace.root / "ledger.db")) as book:
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f"DROP TRIGGER {name}")
        ((entry, text),) = book.execute("SELECT id, content FROM receipts WHERE unit = ?", (unit,)).fetchall()
        content = json.loads(text)
        change(content)
        words = (json.dumps(content, ensure_ascii=False), entry)
        book.execute("UPDATE receipts SET content = ? WHERE id = ?", words)
        book.commit()


def _answer(workspace: Workspace, rows: dict[str, dict[str, Any]]) -> Workspace:
    """Let 市教育局 answer so, which must be accepted."""
    data = fill(issued_file(workspace, EDUCATION), rows, {"1-1": 7, "1-2": "5%"})
    send(workspace, "填报表.xlsx", data)
    (receipt,) = collect(workspace).receipts
    assert receipt.verdict is Verdict.ACCEPTED
    return workspace


def set_value(part: str, key: str, value: object) -> Callable[[Content], object]:
    return lambda content: content[part][0]["cells"][key].__setitem__(1, value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (set_value("rows", "progress", 180), "任务填报”I7，完成进度(%)“180”超出范围，应在 0 至 100 之间"),
        (set_value("rows", "progress", -1), "任务填报”I7，完成进度(%)“-1”超出范围"),
        (set_value("rows", "progress", "很多"), "I7，完成进度(%)填的是“100”，登记为“很多”，不是数字"),
        (set_value("rows", "progress", True), "I7，完成进度(%)填的是“100”，登记为“True”，不是数字"),
        (set_value("rows", "progress", None), "任务填报”I7，完成进度(%)填的是“100”，登记为空白"),
        (set_value("rows", "status", "大功告成"), "H7，完成状态填的是“已完成”，登记为“大功告成”，不在规定的选项中"),
        (set_value("targets", "value", "七所"), "量化指标”F5，完成值填的是“7”，登记为“七所”，不是数字"),
        (lambda content: content["rows"].append(content["rows"][0]), "任务填报”A7，编号“1”不止一行"),
    ],
    ids=[
        "progress beyond its range",
        "progress below its range",
        "a text for progress",
        "a truth for progress",
        "progress that was typed and is not there",
        "a status of no list",
        "a text for a figure",
        "a task twice",
    ],
)
def test_a_cell_of_the_book_that_was_changed_stops_every_paper_and_is_told(
    year: Workspace, change: Callable[[Content], object], told: str
) -> None:
    tamper(year, EDUCATION, change)
    for command in (report, bulletin):
        with pytest.raises(DubanError) as refusal:
            command(year, TODAY)
        assert f"{EDUCATION}报送的“{EDUCATION}.xlsx”工作表“" in str(refusal.value)
        assert told in str(refusal.value)
    assert not any(year.outbox("报告").glob("*"))


def test_of_many_changed_cells_the_first_are_told_and_all_are_counted(year: Workspace) -> None:
    def change(content: Content) -> None:
        for row in content["rows"]:
            row["cells"]["progress"][1] = 400
            row["cells"]["status"][1] = "大功告成"

    tamper(year, EDUCATION, change)
    with pytest.raises(DubanError, match=r"等 4 处。台账被改动过的，请从备份恢复"):
        report(year, TODAY)


def test_a_status_that_the_form_lost_since_is_told_and_not_counted_as_silence(year: Workspace) -> None:
    path = year.root / "form.toml"
    text = (year.root / "templates" / "form.toml") if not path.exists() else path
    words = text.read_text(encoding="utf-8")
    text.write_text(words.replace('name = "已完成"', 'name = "办妥"'), encoding="utf-8")
    with pytest.raises(DubanError, match=r"登记为“已完成”，不在规定的选项中.*改过 form.toml 的，请改回"):
        report(Workspace(year.root), TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["confirm", "note"])
@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        ("figure_in_range", {"完成进度(%)": 1200, "完成状态": "持续推进"}),
        ("status_is_known", {"完成状态": "差不多了"}),
        ("figure_is_readable", {"完成进度(%)": "过半"}),
    ],
    ids=["a range", "a status", "a figure"],
)
def test_what_the_office_lowered_a_rule_for_is_printed(
    rule: str, cell: dict[str, Any], level: str, tmp_path: Path
) -> None:
    workspace = year_of(tmp_path, {})
    settings = workspace.root / "duban.toml"
    lowered = f'\n[rules]\n{rule} = {{ level = "{level}", reason = "试行" }}\n'
    settings.write_text(settings.read_text(encoding="utf-8") + lowered, encoding="utf-8")
    sent = _answer(Workspace(workspace.root), {"1": cell})
    _, outcome = report(sent, TODAY)
    assert outcome.written


def test_what_was_waived_is_printed(tmp_path: Path) -> None:
    workspace = year_of(tmp_path, {})
    (workspace.root / "waivers.toml").write_text(
        f'[[waiver]]\nrule = "figure_in_range"\nunit = "{EDUCATION}"\ntask = "1"\n'
        'reason = "超额完成按实数填。"\napproved_by = "周正"\n',
        encoding="utf-8",
    )
    sent = _answer(workspace, {"1": {"完成进度(%)": 1200, "完成状态": "持续推进"}})
    _, outcome = report(sent, TODAY)
    assert outcome.written


def test_what_is_not_printed_is_not_looked_at(year: Workspace) -> None:
    def change(content: Content) -> None:
        content["rows"].append({**content["rows"][0], "number": "99"})
        content["rows"][-1]["cells"] = {"progress": ["400", 400, "任务填报", "I99"]}

    tamper(year, EDUCATION, change)
    _, outcome = report(year, TODAY)
    assert outcome.written


@pytest.mark.parametrize("seed", range(300, 312))
def test_an_honest_year_is_never_told(seed: int, tmp_path: Path) -> None:
    made = make_year(seed, units=2 + seed % 9, tasks=2 + seed % 11)
    with open_year(book_year(made, tmp_path / "w"), TODAY) as opened:
        assert len(opened.whole.tasks) == len(opened.issued.plan.tasks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(320, 324))
def test_an_honest_year_made_by_the_commands_is_never_told(seed: int, tmp_path: Path) -> None:
    made = make_year(seed, units=3, tasks=6, plain=True)
    with open_year(run_year(made, tmp_path / "w"), TODAY) as opened:
        assert opened.whole.tasks


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [
        {"自评分": 120},
        {"自评分": "优"},
        {"自评分": "95%"},
        {"完成进度(%)": "已完成", "完成状态": "持续推进"},
        {"完成进度(%)": "50\n60", "完成状态": "持续推进"},
        {"完成进度(%)": "约九成", "完成状态": "基本达到序时进度"},
        {"完成状态": "申请延期", "完成进度(%)": 60},
    ],
    ids=lambda cell: "、".join(f"{key} {value}" for key, value in cell.items()),
)
def test_what_was_asked_about_when_it_came_in_is_printed(cell: dict[str, Any], tmp_path: Path) -> None:
    sent = _answer(year_of(tmp_path, {}), {"1": cell})
    _, outcome = report(sent, TODAY)
    assert outcome.written
