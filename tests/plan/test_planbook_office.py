"""plan.xlsx worked in with LibreOffice itself: what a coordinator does there is read back without loss."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from builders.libreoffice import needs_libreoffice

from reporting.model import Alias, Contact, Deadline, Goal, Measure, Place, Plan, Target, Task, Unit, UnitKind
from reporting.model.findings import Finding
from reporting.plan.book.read import read_planbook
from reporting.plan.book.write import write_planbook

pytestmark = [pytest.mark.slow, needs_libreoffice]

GROUP = "各区、县级市人民政府"


def a_target(number: str, name: str, value: float, unit: str = "家") -> Target:
    return Target(
        number, number.removeprefix("Z").partition("-")[0], name, ">=", value, unit, f"{name}{value:g}{unit}以上"
    )


PLAN = Plan(
    "云河市2026年食品安全重点工作任务分解表",
    "云河市食品安全委员会办公室",
    2026,
    "云食安办〔2026〕3号",
    tasks=(
        Task(
            "1",
            ("一、压实责任", "（一）属地责任"),
            "层层签订责任书。\n每半年督查一次；=通报结果。",
            (GROUP,),
            ("市市场监管局",),
            Deadline("2026年6月底前", "date", date(2026, 6, 30)),
        ),
        Task(
            "2",
            ("一、压实责任", "（一）属地责任"),
            "培育示范街区10家以上，抽检合格率达到98.5%以上。",
            ("市市场监管局", "市商务局"),
            ("市教育局",),
            Deadline("持续推进", "ongoing"),
            (a_target("2-1", "示范街区", 10), a_target("2-2", "抽检合格率", 98.5, "%")),
        ),
        Task("10", ("二、严格监管",), "开展校园周边整治。", ("市教育局",), ("市公安局", GROUP)),
        Task("11", ("二、严格监管",), "=每年公布一次名单😀", ("市市场监管局",), (), Deadline("每年4月底前", "annual")),
    ),
    units=(
        Unit(GROUP, UnitKind.GROUP, members=("临江区人民政府", "栖云市人民政府")),
        Unit("市市场监管局", aliases=(Alias("市食药监局", 2010, 2018),), contact=Contact("沈砚", "027-6234")),
        Unit("市商务局", contact=Contact("", "00862160")),
        Unit("市教育局"),
        Unit("市公安局"),
    ),
    goals=(Goal("1", "到年底，评价性抽检合格率达到99%。", (a_target("Z1", "合格率", 99, "%"),)),),
    unassigned=(Measure("12", ("三、其他",), "探索社会共治办法。"),),
)

SHEETS = {"tasks": "任务", "targets": "量化指标", "units": "单位"}
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
{source}
</script:module>
"""
HELPERS = """
Function hidden(name, value)
  Dim pair As New com.sun.star.beans.PropertyValue
  pair.Name = name
  pair.Value = value
  hidden = pair
End Function

Sub store(book, path, filter)
  book.storeToURL(ConvertToURL(path), Array(hidden("FilterName", filter)))
  book.close(True)
End Sub

Sub order(sheet, area, column, as_text)
  Dim fields(0) As New com.sun.star.table.TableSortField
  fields(0).Field = column
  fields(0).IsAscending = True
  If as_text Then fields(0).FieldType = com.sun.star.table.TableSortFieldType.ALPHANUMERIC
  sheet.getCellRangeByName(area).sort(Array(hidden("SortFields", fields()), hidden("ContainsHeader", True)))
End Sub
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str, Iterable[str]], None]:
    """LibreOffice with a profile of its own: opens a plan.xlsx, does what Basic says, stores it again.

    It is stored in each of the formats after another, and opened again from each.
    """
    profile = tmp_path_factory.mktemp("profile")
    program = ["libreoffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}"]
    subprocess.run([*program, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"  # every new profile has an empty one

    def work(path: Path, steps: str, formats: Iterable[str] = ("xlsx",)) -> None:
        done = path.with_suffix(".done")
        lines = [HELPERS, "Sub Main", *_open(path), steps]
        for extension in formats:
            step = path.with_name(f"step.{extension}")
            lines += [f'store(book, "{step}", "{FILTERS[extension]}")', *_open(step)]
        lines += [f'store(book, "{path}", "{FILTERS["xlsx"]}")']
        lines += [f'Open "{done}" For Output As #1', "Close #1", "StarDesktop.terminate()", "End Sub"]
        source = escape("\n".join(lines))
        module.write_text(MODULE.format(source=source), encoding="utf-8")
        command = [*program, "macro:///Standard.Module1.Main"]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        assert done.exists(), "the steps were not carried out"

    return work


def _open(path: Path) -> list[str]:
    return [
        f'url = ConvertToURL("{path}")',
        'book = StarDesktop.loadComponentFromURL(url, "_blank", 0, Array(hidden("Hidden", True)))',
        *(f'{name} = book.Sheets.getByName("{title}")' for name, title in SHEETS.items()),
    ]


def bare(plan: Plan) -> Plan:
    """The plan without places and in the order of its numbers."""
    nowhere = Place()

    def strip(targets: tuple[Target, ...]) -> tuple[Target, ...]:
        return tuple(replace(each, place=nowhere) for each in targets)

    tasks = (replace(task, place=nowhere, targets=strip(task.targets)) for task in plan.tasks)
    return replace(
        plan,
        tasks=tuple(sorted(tasks, key=lambda task: task.number)),
        units=tuple(replace(unit, place=nowhere) for unit in plan.units),
        goals=tuple(replace(goal, place=nowhere, targets=strip(goal.targets)) for goal in plan.goals),
        unassigned=tuple(replace(each, place=nowhere) for each in plan.unassigned),
    )


Office = Callable[..., None]


@pytest.fixture
def after(office: Office, tmp_path: Path) -> Callable[..., tuple[Plan, tuple[Finding, ...]]]:
    """What is read after some steps in LibreOffice."""

    def read(steps: str, formats: Iterable[str] = ("xlsx",)) -> tuple[Plan, tuple[Finding, ...]]:
        path = tmp_path / "plan.xlsx"
        write_planbook(path, PLAN)
        office(path, steps, formats)
        plan, findings = read_planbook(path)
        return bare(plan), findings

    return read


After = Callable[..., tuple[Plan, tuple[Finding, ...]]]


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(each.kind.code, each.place.cell) for each in findings]


LOOKS = {
    "nothing": "",
    "columns widened, hidden and filtered": """
        tasks.Columns(2).Width = 20000
        tasks.Columns(7).IsVisible = False
        Dim only(0) As New com.sun.star.sheet.TableFilterField
        only(0).Field = 0
        only(0).IsNumeric = True
        only(0).NumericValue = 2
        filter = tasks.getCellRangeByName("A1:I6").createFilterDescriptor(True)
        filter.ContainsHeader = True
        filter.setFilterFields(only())
        tasks.getCellRangeByName("A1:I6").filter(filter)
        tasks.Rows(3).IsVisible = False
    """,
    "sorted by content": 'order(tasks, "A1:I6", 2, False)',
    "sorted as text": 'order(tasks, "A1:I6", 0, True)',
    "columns moved": """
        tasks.Columns.insertByIndex(0, 1)
        content = tasks.getCellRangeByName("D1:D6").RangeAddress
        tasks.moveRange(tasks.getCellByPosition(0, 0).CellAddress, content)
    """,
    "a column and blank rows added": """
        tasks.Columns.insertByIndex(1, 1)
        tasks.getCellByPosition(1, 0).String = "责任人"
        tasks.getCellByPosition(1, 1).String = "林晓"
        tasks.Rows.insertByIndex(2, 2)
    """,
    "numbers turned to text": """
        text = book.NumberFormats.queryKey("@", tasks.CharLocale, False)
        For at = 1 To 5
          number = tasks.getCellByPosition(0, at).String
          tasks.getCellByPosition(0, at).NumberFormat = text
          tasks.getCellByPosition(0, at).String = number
        Next
        targets.getCellByPosition(4, 1).String = "10"
    """,
}


@pytest.mark.parametrize("formats", [("xlsx",), ("ods",), ("xls",)], ids=lambda each: f"through {each[0]}")
@pytest.mark.parametrize("steps", LOOKS.values(), ids=LOOKS)
def test_what_only_looks_different_changes_nothing(after: After, steps: str, formats: tuple[str, ...]) -> None:
    plan, findings = after(steps, formats)
    assert codes(findings) == []
    assert replace(plan, units=()) == replace(bare(PLAN), units=())
    assert plan.units == PLAN.units


def test_rows_added_and_deleted(after: After) -> None:
    plan, findings = after("""
        tasks.Rows.removeByIndex(1, 1)
        tasks.getCellByPosition(0, 6).Value = 13
        tasks.getCellByPosition(2, 6).String = "发布年度报告。"
        tasks.getCellByPosition(3, 6).String = "市商务局、" & Chr(10) & "市公安局"
        tasks.getCellByPosition(5, 6).String = "年底前"
        tasks.getCellByPosition(6, 6).String = "日期"
        tasks.getCellByPosition(7, 6).setFormula("2026-12-31")
    """)
    assert codes(findings) == []
    assert [task.number for task in plan.tasks] == ["10", "11", "13", "2"]
    added = plan.tasks[2]
    assert (added.lead, added.content) == (("市商务局", "市公安局"), "发布年度报告。")
    assert added.deadline == Deadline("年底前", "date", date(2026, 12, 31))


@pytest.mark.parametrize("typed", ["2026-11-30", "11/30/2026"])
def test_a_day_typed_in_any_way_is_a_real_date(after: After, typed: str) -> None:
    plan, findings = after(f'tasks.getCellByPosition(7, 1).setFormula("{typed}")')
    deadlines = {task.number: task.deadline for task in plan.tasks}
    assert deadlines["1"] == Deadline("2026年6月底前", "date", date(2026, 11, 30))
    assert [code for code, _ in codes(findings)] == []


def test_targets_changed(after: After) -> None:
    plan, findings = after("""
        targets.getCellByPosition(4, 1).Value = 12
        targets.getCellByPosition(3, 2).String = "≥"
        share = book.NumberFormats.queryKey("0.00%", tasks.CharLocale, False)
        targets.getCellByPosition(4, 2).NumberFormat = share
        targets.getCellByPosition(4, 2).Value = 0.995
        targets.Rows.removeByIndex(3, 1)
    """)
    assert codes(findings) == [("value_percent", "E3")]
    assert [target.value for target in plan.targets] == [12, 99.5]
    assert plan.goals[0].targets == ()


def test_cells_merged_downwards_hold_for_both_rows(after: After) -> None:
    plan, findings = after('tasks.getCellRangeByName("D4:D5").merge(True)')
    assert codes(findings) == [("cells_merged", "D4")]
    assert {task.number: task.lead for task in plan.tasks}["11"] == ("市教育局",)


def test_a_unit_renamed_in_every_cell_by_search_and_replace(after: After) -> None:
    plan, findings = after("""
        For Each sheet In Array(tasks, units)
          change = sheet.createReplaceDescriptor()
          change.SearchString = "市教育局"
          change.ReplaceString = "市教育体育局"
          sheet.replaceAll(change)
        Next
    """)
    assert codes(findings) == []
    assert {task.number: task.lead for task in plan.tasks}["10"] == ("市教育体育局",)
    assert [unit.name for unit in plan.units] == [*(GROUP, "市市场监管局", "市商务局", "市教育体育局", "市公安局")]
