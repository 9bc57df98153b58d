"""Every total of the consolidated workbook is a formula, and LibreOffice comes to the values we wrote."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from builders.consolidated import block, made, table, without_known_totals
from builders.libreoffice import XLSX, convert, needs_libreoffice
from builders.samples import LINES, TARGETS, UNITS, five_tasks, many_tasks
from builders.year import FORM, a_line, a_report, a_task, a_unit, consolidate
from openpyxl import Workbook, load_workbook

from reporting.model import UNREPORTED, Consolidation, Role, UnitState
from reporting.shell.demo.year import run

# openpyxl, reading again what LibreOffice adds to bars behind figures
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
HEADLINES = "任务总数（项）"


def silent() -> Consolidation:
    """A year in which nobody answered."""
    lines = tuple(replace(a_line(line.task, UNREPORTED, None), status=UNREPORTED) for line in LINES)
    units = tuple(a_unit(number, unit.unit, UnitState.LATE, lines) for number, unit in enumerate(UNITS, 1))
    targets = tuple(replace(each, value=None, raw="", ratio=None, reached=None, reported=False) for each in TARGETS)
    return consolidate(lines, units, targets)


def single() -> Consolidation:
    """A plan of one task without targets."""
    told = a_report("市科技局", Role.LEAD, "已完成", 100, result="完成。")
    line = a_line(a_task("1", "一、总则", "做一件事。", "市科技局"), "已完成", 100, told)
    return consolidate((line,), (a_unit(1, "市科技局", UnitState.ACCEPTED, (line,)),))


def odd() -> Consolidation:
    """Categories and statuses that a careless formula would take for patterns, comparisons or numbers."""
    names = ["*", "?", "=1", "<>", "2026", "~类", "TRUE", '引"号', "'单引", "一、夯实基础"]
    lines = tuple(
        replace(LINES[at % len(LINES)], task=replace(LINES[at % len(LINES)].task, number=str(at), path=(name,)))
        for at, name in enumerate([*names, *names[:3]], start=1)
    )
    return consolidate(lines, UNITS)


YEARS = {"sample": five_tasks, "large": many_tasks, "silent": silent, "single": single, "odd": odd}


def compare(name: str, data: bytes, theirs: Workbook) -> int:
    """Compare every formula's value with what LibreOffice came to; gives back how many there are."""
    ours, formulas = load_workbook(BytesIO(data), data_only=True), load_workbook(BytesIO(data))
    compared = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    written = ours[sheet.title][cell.coordinate].value
                    found = theirs[sheet.title][cell.coordinate].value
                    assert found == pytest.approx(written), f"{name}: {sheet.title}!{cell.coordinate}"
                    compared += 1
    return compared


def check_against_the_returns(consolidation: Consolidation, theirs: Workbook) -> None:
    """The totals that LibreOffice came to, against a count of the tasks and units themselves."""
    lines, units = consolidation.tasks, consolidation.units
    outcomes = Counter(
        FORM.statuses[line.status].outcome if line.status in FORM.statuses else line.status for line in lines
    )
    counting = len(lines) - outcomes["void"]
    headlines = [value for value in block(theirs["概况"], HEADLINES)[1] if value is not None]
    expected = [len(lines), outcomes["done"], outcomes["done"] / counting, outcomes["behind"], outcomes[UNREPORTED]]
    assert headlines[:5] == pytest.approx(expected)

    statuses = Counter(line.status for line in lines)
    shown = {row[0]: row[1] for row in block(theirs["概况"], "完成状态")[1:]}
    assert shown == {name: statuses[name] for name in (*FORM.statuses, UNREPORTED)} | {"合计": len(lines)}
    categories = block(theirs["概况"], "类别")
    for row in categories[1:-1]:
        own = Counter(line.status for line in lines if line.task.category == str(row[0]))
        by_heading = dict(zip(categories[0], row, strict=True))
        assert {name: by_heading[name] for name in statuses} == {name: own[name] for name in statuses}
        assert by_heading["合计"] == own.total()
    assert dict(zip(categories[0], categories[-1], strict=True))["合计"] == len(lines)
    assert block(theirs["概况"], "报送情况")[-1][1] == len(units)
    if consolidation.targets:
        targets = {(each.target.task, each.target.number) for each in consolidation.targets}
        assert block(theirs["概况"], "指标情况")[-1][1] == len(targets)

    *rows, totals = table(theirs["单位情况"], "单位")
    assert totals["牵头任务"] == sum(unit.led for unit in units)
    assert totals["配合任务"] == sum(unit.supported for unit in units)
    assert [row["任务合计"] for row in rows] == [unit.led + unit.supported for unit in units]
    done = sum(FORM.statuses[report.status].outcome == "done" for line in lines for report in line.reports)
    assert totals["完成"] == done


@pytest.mark.slow
@needs_libreoffice
def test_totals_recalculated_by_libreoffice_are_those_we_wrote_and_those_of_the_returns(office_folder: Path) -> None:
    years = {name: year() for name, year in YEARS.items()}
    written = {name: made(year) for name, year in years.items()}
    for name, data in written.items():
        (office_folder / f"{name}.xlsx").write_bytes(without_known_totals(data))
    found = convert(office_folder, XLSX, [office_folder / f"{name}.xlsx" for name in years])
    for name, year in years.items():
        theirs = load_workbook(found[name], data_only=True)
        assert compare(name, written[name], theirs) > 20
        check_against_the_returns(year, theirs)


@pytest.mark.slow
@needs_libreoffice
def test_the_demo_year_recalculated_is_the_one_we_wrote(tmp_path: Path, office_folder: Path) -> None:
    run(tmp_path / "演示", print)
    (path,) = (tmp_path / "演示").rglob("*汇总表.xlsx")
    stripped = office_folder / "demo.xlsx"
    stripped.write_bytes(without_known_totals(path.read_bytes()))
    theirs = load_workbook(convert(office_folder, XLSX, [stripped])["demo"], data_only=True)
    assert compare("demo", path.read_bytes(), theirs) > 100
    headlines = [value for value in block(theirs["概况"], HEADLINES)[1] if value is not None]
    assert headlines == [27, 14, pytest.approx(14 / 26), 4, 1, "20 / 24"]


@pytest.mark.parametrize("name", ["sample", "silent", "single"])
def test_every_total_is_a_formula_with_its_value(name: str) -> None:
    year = YEARS[name]()
    data = made(year)
    formulas, values = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
    overview = formulas["概况"]
    for first in ("完成状态", "类别", "报送情况"):
        rows = block(overview, first)
        totals = [each for each in rows[-1][1:] if each is not None]
        assert totals
        assert all(str(each).startswith("=SUM(") for each in totals)
    assert all(str(value).startswith("=") for value in block(overview, HEADLINES)[1] if value not in (None, "—"))
    found = [
        values[sheet.title][cell.coordinate].value
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(found) > 20
    assert None not in found
