"""Return workbooks of an invented city, as departments send them, each with all that must be found in it.

What was done to each file and what is expected of it stands in ``tests/samples/returns/`` as data:
``should_pass.toml`` are files that are accepted, ``should_fail.toml`` those about which something is said. To
open the files yourself:

    python tests/builders/cases.py DIR

writes ``DIR/should_pass`` and ``DIR/should_fail``, and ``DIR/工作台``, a workspace that has issued the plan.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run as a command, as CONTRIBUTING.md says
    sys.path[:0] = [str(folder) for folder in Path(__file__).resolve().parents[1:3]]

from builders.edits import ARCHIVES, SAVES, TARGETS, TASKS, edited, type_in
from builders.year import ISSUED_ON, RECEIVED_ON, ROOT, SETTINGS, issued_file
from reporting.commands.collect import collect
from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.model import Deadline, Plan, Target, Task, Unit, UnitKind
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook

SAMPLES = ROOT / "tests" / "samples" / "returns"
FOLDERS = ("should_pass", "should_fail")
WORKSPACE = "工作台"
_FIRST_MINUTE = datetime(2026, 12, 9, 8)

# ---- the plan -------------------------------------------------------------------------------------------

_STREETS = "各街道办事处"
STREETS = tuple(
    f"{a}{b}街道办事处" for b in "石桥山河湖林川塘岭溪泉坪洲原" for a in "青白金银红清双永安平长东西南北上中下兴和"
)
"""Each case is the return of a street office of its own: all have the same three tasks."""

BUREAUS = tuple(f"市{name}局" for name in ("知识产权", "教育", "科技", "民政", "财政", "司法", "商务", "文旅", "工信"))
_YEAR_END = Deadline("2026年12月底前", "date", date(2026, 12, 31))


def invented_plan() -> Plan:
    """Tasks 1 to 3 are those of every street office; 4 to 8 are for what several units say of one task."""
    found, bureaus = "一、夯实基础", "三、部门协同"
    return Plan(
        title="云河市2026年知识产权工作任务分解方案",
        issuer="云河市知识产权工作领导小组办公室",
        year=2026,
        document_number="云知领办〔2026〕3号",
        tasks=(
            Task(
                "1",
                (found,),
                "建立部门协调机制，建成服务站点6个以上，服务企业增长8%以上，技术合同成交额增长到1.2亿元以上。",
                (_STREETS,),
                (),
                _YEAR_END,
                (
                    Target("1-1", "1", "服务站点", ">=", 6, "个", "6个以上"),
                    Target("1-2", "1", "服务企业", "growth>=", 8, "%", "增长8%以上"),
                    Target("1-3", "1", "技术合同成交额", ">=", 1.2, "亿元", "增长到1.2亿元以上"),
                ),
            ),
            Task(
                "2",
                (found,),
                "完成辖区企业专利调查，形成调查报告。",
                (_STREETS,),
                (),
                Deadline("2026年6月底前", "date", date(2026, 6, 30)),
            ),
            Task(
                "3",
                ("二、压实责任",),
                "开展知识产权宣传，每季度一次以上。",
                ("市知识产权局",),
                (_STREETS,),
                Deadline("持续推进", "ongoing"),
            ),
            Task(
                "4",
                (bureaus,),
                "培育知识产权示范学校10所以上。",
                ("市教育局", "市科技局"),
                (),
                _YEAR_END,
                (Target("4-1", "4", "示范学校", ">=", 10, "所", "10所以上"),),
            ),
            Task("5", (bureaus,), "设立知识产权公益基金。", ("市民政局", "市财政局"), (), _YEAR_END),
            Task("6", (bureaus,), "制定知识产权纠纷调解办法。", ("市司法局",), ("市商务局",), _YEAR_END),
            Task("7", (bureaus,), "编制旅游商品版权名录。", ("市文旅局",), (), _YEAR_END),
            Task("8", (bureaus,), "修订企业商业秘密保护指引。", ("市工信局",), (), _YEAR_END),
        ),
        units=(*(Unit(name) for name in BUREAUS), Unit(_STREETS, UnitKind.GROUP, members=STREETS)),
    )


_WELL: dict[str, dict[str, Any]] = {
    "1": {
        "H": "已完成",
        "I": 100,
        "J": "{unit}建立协调机制，全年会商4次，建成服务站点8个。",
        "M": "会商纪要、服务站点台账",
    },
    "2": {
        "H": "滞后",
        "I": 60,
        "J": "{unit}完成辖区企业专利调查的上门阶段，收回问卷320份。",
        "K": "部分企业已经迁出，没有联系上。",
        "L": "2027年3月底前完成调查报告。",
    },
    "3": {"H": "持续推进", "I": 75, "J": "{unit}配合开展知识产权宣传4场，发放资料1200份。"},
    "4": {"H": "已完成", "I": 100, "J": "{unit}培育示范学校12所，全部通过复核并挂牌。", "M": "认定文件、学校名单"},
    "5": {"H": "已完成", "I": 100, "J": "{unit}设立公益基金1支，全年拨付资助26笔。", "M": "基金章程、拨付台账"},
    "6": {"H": "已完成", "I": 100, "J": "{unit}起草调解办法，征求意见两轮后印发实施。", "M": "调解办法印发稿"},
    "7": {"H": "已完成", "I": 100, "J": "{unit}编制版权名录1部，收录旅游商品86种。", "M": "版权名录"},
    "8": {"H": "已完成", "I": 100, "J": "{unit}修订保护指引，征求32家企业意见后印发。", "M": "指引印发稿"},
}
_HEADER = {"H3": "林晓", "C4": "62340011", "F4": "周正", "H4": date(2026, 12, 9)}
_FIGURES = {"1-1": 8, "1-2": 9, "1-3": 1.5, "4-1": 12}

RISK_COLUMN = """
[[task]]
key = "risk"
heading = "风险等级"
type = "text"
choices = ["高", "中", "低"]
hint = "从下拉选项中选一项"

# ---- 量化指标 ---"""
"""A column with choices of the office's own, since the form has none but the status."""


# ---- cases ----------------------------------------------------------------------------------------------

Told = tuple[str, str, str, str, str]
"""Severity, code, sheet, cell and task of one finding."""
_FINDING = re.compile(r"(error|confirm|note) (\w+) (?:(.*)!)?(-|[A-Z]+[0-9]+)(?: (\S+))?")


@dataclass(frozen=True)
class MadeFile:
    """One file that comes in: what was done to a unit's workbook, and what must come of it."""

    path: str
    """Where it lies: should_pass/按任务编号倒序.xlsx."""
    shown: str
    """Its name in the book; a file in an archive is named after it."""
    unit: str
    told: Mapping[str, Any]
    """Its entry in the TOML file."""
    finds: tuple[Told, ...]
    verdict: str
    whose: str
    """The unit under which it must be registered; empty where nobody can tell."""

    @property
    def reads(self) -> dict[tuple[str, str], Any]:
        """What must be understood of some of its cells, by sheet and cell."""
        return {_address(cell): value for cell, value in self.told.get("reads", {}).items()}


def _address(text: str) -> tuple[str, str]:
    sheet, _, cell = text.rpartition("!")
    return sheet or TASKS, cell


def read_finding(text: str) -> Told:
    """One line of ``finds``; raises ``ValueError`` where it is not written as it should be.

    error figure_in_range I8 2; confirm figure_is_exact 量化指标!F5 1-1; error file_is_readable -
    of a sheet: note optional_column_is_there 任务填报!-; without sheets: confirm workbook_is_ours !C3
    """
    match = _FINDING.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a severity, a code, a cell (or -) and a task")
    severity, code, sheet, cell, task = match.groups()
    if sheet is None:
        sheet = "" if cell == "-" else TASKS
    return severity, code, sheet, cell.strip("-"), task or ""


def made_files() -> list[MadeFile]:
    """All files of both folders, each of the next street office unless it says whose it is."""
    streets = iter(STREETS)
    return [
        made
        for folder in FOLDERS
        for case in tomllib.loads((SAMPLES / f"{folder}.toml").read_text(encoding="utf-8"))["case"]
        for made in _files_of(folder, case, streets)
    ]


def _files_of(folder: str, case: Mapping[str, Any], streets: Iterator[str]) -> Iterator[MadeFile]:
    """The file of a case; or its files, which are of one unit, in a folder or an archive."""
    unit = case.get("unit") or next(streets)
    common = {key: value for key, value in case.items() if key not in ("file", "name")}
    for each in case.get("file", [case]):
        told = common | each
        name = f"{told['name']}{told.get('suffix', SAVES[told.get('save', 'xlsx')].suffix)}"
        if "archive" in case:
            path = f"{folder}/{case['name']}.zip"
            shown = f"{path}!{name}"
        else:
            path = shown = f"{folder}/{name}" if each is case else f"{folder}/{case['name']}/{name}"
        of = next(streets) if told.get("unit") == "*" else told.get("unit", unit)
        finds = tuple(read_finding(text) for text in told.get("finds", ()))
        failed = any(severity == "error" for severity, *_ in finds)
        verdict = told.get("verdict") or ("returned" if failed else "accepted")
        known = verdict in ("accepted", "returned", "superseded")
        whose = told.get("whose", "本单位" if known else "").replace("本单位", of)
        yield MadeFile(path, shown, of, told, finds, verdict, whose)


# ---- making them ----------------------------------------------------------------------------------------


def rebuild(target: Path) -> Workspace:
    """Write both folders and a workspace into a folder; gives back the workspace, nothing collected yet."""
    files = made_files()
    workspace, blanks, older = _issue(target / WORKSPACE, files)
    contents: dict[str, bytes] = {}
    archives: dict[str, tuple[str, dict[str, bytes]]] = {}
    for made in files:
        blank = (older if made.told.get("older_form") else blanks)[made.unit]
        data = _made(made, blank)
        contents[made.path] = data
        if "archive" in made.told:
            archives.setdefault(made.path, (made.told["archive"], {}))[1][made.shown.partition("!")[2]] = data
    contents |= {path: ARCHIVES[kind](members) for path, (kind, members) in archives.items()}
    for minutes, (name, data) in enumerate(contents.items()):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        moment = (_FIRST_MINUTE + timedelta(minutes=minutes)).timestamp()
        os.utime(path, (moment, moment))  # of two files of a unit the later counts
    return workspace


def _made(made: MadeFile, blank: bytes) -> bytes:
    cells, targets = made.told.get("cells", {}), made.told.get("targets", {})
    data = fill_in(blank, made.unit, cells, targets, blank_rows=made.told.get("blank_rows", ()))
    return SAVES[made.told.get("save", "xlsx")].make(edited(data, made.told.get("how", ())))


def fill_in(
    blank: bytes, unit: str, cells: Mapping[str, Any], targets: Mapping[str, Any], blank_rows: Sequence[str] = ()
) -> bytes:
    """A unit's workbook filled in well, but for the cells a case changes and the rows it leaves blank."""
    plan = invented_plan()
    numbers = [each.number for each in plan.tasks if int(each.number) <= 3]
    if unit not in STREETS:
        numbers = [each.number for each in plan.tasks if unit in (*each.lead, *each.support)]
    tasks = {number: row for row, number in enumerate(numbers, 7)}
    measures = [each.number for task in plan.tasks if task.number in tasks for each in task.targets]
    filled = {
        f"{letter}{row}": value.replace("{unit}", unit) if isinstance(value, str) else value
        for number, row in tasks.items()
        if number not in blank_rows
        for letter, value in _WELL[number].items()
    }
    figures = {f"F{row}": _FIGURES[number] for row, number in enumerate(measures, 5) if number not in blank_rows}
    sheets = {TASKS: _HEADER | filled | dict(cells)}
    return type_in(blank, sheets | ({TARGETS: figures | dict(targets)} if measures else {}))


def _issue(root: Path, files: Sequence[MadeFile]) -> tuple[Workspace, dict[str, bytes], dict[str, bytes]]:
    """Last year's returns, then two issues of this year; gives back the workbooks of the second and first."""
    plan = invented_plan()
    init(root, 2026)
    _add_column(root / "templates" / "form.toml")
    _report_last_year(root, plan, [made for made in files if "last_year" in made.told])
    (root / "duban.toml").write_text(SETTINGS, encoding="utf-8")
    workspace = Workspace(root)
    first = [replace(each, content="开展宣传。") if each.number == "3" else each for each in plan.tasks]
    with_older = [made.unit for made in files if made.told.get("older_form")]
    write_planbook(workspace.plan_file, _of_streets(replace(plan, tasks=tuple(first)), with_older))
    issue(workspace, ISSUED_ON)
    older = _blanks(workspace, with_older)
    units = list(dict.fromkeys(made.unit for made in files))
    write_planbook(workspace.plan_file, _of_streets(plan, units))
    issue(workspace, ISSUED_ON + timedelta(days=1))
    return workspace, _blanks(workspace, units), older


def _of_streets(plan: Plan, units: Sequence[str]) -> Plan:
    """The plan with no more street offices than are needed: each workbook takes its time."""
    members = tuple(each for each in units if each in STREETS)
    return replace(
        plan,
        units=tuple(replace(each, members=members) if each.kind is UnitKind.GROUP else each for each in plan.units),
    )


def _add_column(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("\n# ---- 量化指标 ---", RISK_COLUMN, 1), encoding="utf-8")


def _blanks(workspace: Workspace, units: Iterable[str]) -> dict[str, bytes]:
    return {unit: issued_file(workspace, unit).read_bytes() for unit in units}


def _report_last_year(root: Path, plan: Plan, files: Sequence[MadeFile]) -> None:
    """What some units said a year ago, taken in and accepted."""
    (root / "duban.toml").write_text(SETTINGS.replace("2026", "2025"), encoding="utf-8")
    workspace = Workspace(root)
    units = tuple(made.unit for made in files)
    before = replace(plan, year=2025, tasks=tuple(_a_year_before(each) for each in plan.tasks))
    write_planbook(workspace.plan_file, _of_streets(before, units))
    issue(workspace, ISSUED_ON.replace(year=2025))
    sent = {made.unit: made.told["last_year"] for made in files}
    for unit, blank in _blanks(workspace, units).items():
        cells = {"H4": date(2025, 12, 9), "L8": "2026年3月底前完成调查报告。"} | {
            f"J{row}": f"{unit}上一年度按期办结第{row}项任务，形成总结材料3份。" for row in (7, 8, 9)
        }
        data = fill_in(blank, unit, cells | sent[unit].get("cells", {}), sent[unit].get("targets", {}))
        (workspace.inbox / f"{unit}.xlsx").write_bytes(data)
    collect(workspace, [], RECEIVED_ON.replace(year=2025))
    for path in workspace.inbox.glob("*.xlsx"):
        path.unlink()


def _a_year_before(task: Task) -> Task:
    """The same task with its deadline in the year before."""
    if task.deadline is None or task.deadline.date is None:
        return task
    text, day = task.deadline.text.replace("2026", "2025"), task.deadline.date.replace(year=2025)
    return replace(task, deadline=replace(task.deadline, text=text, date=day))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python tests/builders/cases.py 文件夹")
    made_in = Path(sys.argv[1])
    if made_in.exists() and any(made_in.iterdir()):
        sys.exit(f"“{made_in}”已有内容，请给一个新的文件夹。")
    rebuild(made_in)
    print(f"已写入{made_in}：{'、'.join(FOLDERS)}，工作区{WORKSPACE}。")
