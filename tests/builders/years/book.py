"""Reads the consolidated workbook back, as written or as a spreadsheet program recalculated and saved it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from builders.years.accepted import GRADES
from builders.years.made import STATUSES
from builders.years.read import Differences
from builders.years.scored import Scored
from builders.years.told import (
    AWAITED,
    LATE,
    LEAD,
    MISSED,
    REACHED,
    RETURNED,
    SUPPORT,
    TARGET_STATES,
    UNREPORTED,
    Part,
    Row,
    Told,
    add_up,
    goal_of,
    hollow,
    percent,
    written,
)

Record = dict[str, Any]
WHOLE = 8_000
"""So long is what stands in one cell on the line of a task; what is longer is referred to."""


def check_book(told: Told, path: Path, differences: Differences) -> None:
    """Compare every sheet with what was told."""
    _Book(told, path, differences).check()


def check_charts(path: Path, differences: Differences) -> None:
    """Every chart refers to cells of the workbook and holds what stands in them."""
    values = load_workbook(path, data_only=True)
    for sheet in load_workbook(path):
        for chart in sheet._charts:  # type: ignore[attr-defined]
            for series in chart.series:
                for source in (series.val.numRef, series.cat.strRef):
                    name, _, area = source.f.rpartition("!")
                    cells = values[name.strip("'")][area.replace("$", "")]
                    rows = cells if isinstance(cells, tuple) else ((cells,),)
                    shown = [str(cell.value) for row in rows for cell in row]
                    cache = source.numCache if source is series.val.numRef else source.strCache
                    kept = [point.v for point in cache.pt]
                    same = list(map(_plain, shown)) == list(map(_plain, kept))
                    differences.same(f"chart over {source.f}: {kept} for {shown}", same, True)


def _plain(text: object) -> str:
    try:
        return written(float(str(text)))
    except ValueError:
        return str(text)


class _Book:
    def __init__(self, told: Told, path: Path, differences: Differences) -> None:
        self.told, self.found = told, differences
        self.book = load_workbook(path, data_only=True)
        review = told.year.review
        self.scored = Scored(told, review) if review else None

    def check(self) -> None:
        readers: dict[str, Callable[[Worksheet], None]] = {
            "概况": self.overview,
            "任务汇总": self.tasks,
            "逐单位填报": self.reports,
            "量化指标": self.targets,
            "单位情况": self.units,
            "滞后和未完成": self.behind,
            "问题汇总": self.problems,
            "佐证材料": self.evidence,
            "未报送单位": self.missing,
            "矛盾和疑点": self.questions,
            "例外和决定": self.decisions,
            "其他内容": self.others,
        }
        visible = [sheet.title for sheet in self.book if sheet.sheet_state == "visible"]
        self.found.same("sheets", visible, list(readers))
        for sheet in self.book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("#"):
                        self.found.wrong(f"{sheet.title} {cell.coordinate}: {cell.value}")
        for name, read in readers.items():
            read(self.book[name])

    # ---- sheets as records ---------------------------------------------------------------------------

    def records(self, sheet: Worksheet, first: str, begins: str = "") -> tuple[list[Record], Record]:
        """The rows under the headings, and the totals.

        A text that no row can show goes on in the row below, in which the column ``begins`` is blank: it is
        put together again, and the record says so under ``…``, since it may be cut where a line ended.
        """
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        at = next(n for n, row in enumerate(rows) if row[0] == first)
        heads = [str(head) for head in rows[at] if head is not None]
        found: list[Record] = []
        totals: Record = {}
        for row in rows[at + 1 :]:
            record = dict(zip(heads, row, strict=False))
            if row[0] == "合计":
                totals = record
            elif row[0] is not None and any(value is not None for value in row[1:]):
                texts = {key: "" if value is None else value for key, value in record.items()}
                if begins and found and texts[begins] == "" and texts[first] == found[-1][first]:
                    _go_on(found[-1], texts, list(texts).index(begins))
                else:
                    found.append(texts)
        return found, totals

    def sums(self, name: str, rows: list[Record], totals: Record) -> None:
        """Every total is the sum of its column."""
        for key, value in totals.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                total = sum(row[key] for row in rows if row[key] != "")
                self.found.same(f"{name} total {key}", round(value, 6), round(total, 6))

    def note(self, sheet: Worksheet, row: int) -> str:
        """The words under the title."""
        return "".join(str(cell.value or "") for cell in sheet[row])

    # ---- 概况 ------------------------------------------------------------------------------------------

    def overview(self, sheet: Worksheet) -> None:
        rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        rows = [row for row in rows if row]
        at = next(n for n, row in enumerate(rows) if row[0] == "任务总数（项）")
        told, states = self.told, Counter(self.told.target_states.values())
        reached = f"{states[REACHED]} / {len(told.target_states)}" if told.target_states else "—"
        shown = dict(zip(rows[at], rows[at + 1], strict=True))
        rate = shown["完成率"]
        shown["完成率"] = rate if isinstance(rate, str) else percent(float(str(rate)), 1.0)
        self.found.same("headlines", shown, {
            "任务总数（项）": len(told.tasks),
            "已完成（项）": told.groups["完成"],
            "完成率": told.rate,
            "滞后和未完成（项）": told.groups["滞后"],
            "未报送（项）": told.groups[UNREPORTED],
            "量化指标达标（项）": reached,
        })  # fmt: skip
        tables = _titled(rows)
        for title in tables:
            if "任务按完成状态" in title:
                names = (*STATUSES, UNREPORTED)
                self.tally(tables[title], {name: told.statuses[name] for name in names})
            elif "任务按类别" in title:
                self.categories(tables[title])
            elif "报送情况" in title:
                parts = told.return_parts
                self.tally(tables[title], parts)
                sent = parts["按时报送"] + parts["逾期报送"]
                self.found.same(title, re.findall(r"[\d.]+", title), [
                    *map(str, (len(told.units), sent, parts["按时报送"], parts["逾期报送"])),
                    *map(str, (parts["退回修改"], parts[UNREPORTED])),
                    *([percent(sent, len(told.units)).rstrip("%")] if told.units else []),
                ])  # fmt: skip
            elif "量化指标" in title:
                self.tally(tables[title], {name: states[name] for name in TARGET_STATES})
            elif "检查验收等次" in title and self.scored:
                grades = Counter(each.grade for each in self.scored.totals)
                self.tally(tables[title], {name: grades[name] for name in (*GRADES, "不评等次")})
        goals = [row[1] for row in rows if str(row[0]).startswith("目标")]
        self.found.same("goals", goals, [goal.content for goal in told.year.plan.goals])
        wanted = ["任务按完成状态", "任务按类别", "报送情况"] + ["量化指标"] * bool(told.target_states)
        wanted += ["检查验收等次"] * (self.scored is not None)
        self.found.same("parts", [each for each in wanted if not any(each in title for title in tables)], [])

    def tally(self, rows: list[list[Any]], counts: Mapping[str, int]) -> None:
        named = {str(row[0]): row for row in rows[1:]}
        self.found.same("counts", {name: named[name][1] for name in counts if name in named}, dict(counts))
        shown = [percent(named[name][2], 1.0) for name in counts if name in named]
        self.found.wrong(add_up(list(counts.values()), shown))
        self.found.same("total", named["合计"][1], sum(counts.values()))
        extra = set(named) - set(counts) - {"合计"}
        self.found.same("rows", {name for name in extra if named[name][1]}, set())

    def categories(self, rows: list[list[Any]]) -> None:
        names = (*STATUSES, UNREPORTED)
        self.found.same("headings", rows[0][1:], [*names, "合计"])
        expected = []
        for category in (*self.told.categories(), "合计"):
            own = self.told.tasks if category == "合计" else self.told.of_category(category)
            counts = Counter(self.told.status(task) for task in own)
            expected.append([category, *(counts[name] for name in names), len(own)])
        self.found.same("by category", rows[1 : len(expected) + 1], expected)

    # ---- tasks and reports -------------------------------------------------------------------------------

    def tasks(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "任务编号", "完成状态")
        self.found.same("tasks", [str(row["任务编号"]) for row in rows], [task.number for task in self.told.tasks])
        for row, task in zip(rows, self.told.tasks, strict=False):
            where = f"任务汇总 {task.number}"
            parts = self.told.of(task)
            progress = self.told.progress(task)
            shown = (row["类别"], row["工作内容"], row["完成状态"], _percentage(row["完成进度"]))
            self.found.same(where, shown, (task.category, task.content, self.told.status(task), progress))
            self.found.same(where, row["牵头单位"], "、".join(self.told.lead_names(task)))
            for heading, role in (("牵头单位填报", LEAD), ("配合单位填报", SUPPORT)):
                told = [each for each in parts if each.role == role and each.answer]
                self.words(where, row, heading, [(each.unit, _result(each)) for each in told])
            for heading, key in (("存在问题及原因", "problem"), ("下一步计划", "next_step"), ("佐证材料", "evidence")):
                self.words(where, row, heading, _telling(parts, key))
            silent = [f"{each.unit}（{each.role}）" for each in parts if each.answer is None]
            self.found.same(f"{where} silent", row["未报送单位"], "\n".join(silent))

    def words(self, where: str, row: Record, heading: str, told: list[tuple[str, str]]) -> None:
        """What all units wrote, each under its name; who does not fit is named."""
        where = f"{where} {heading}"
        texts = [f"【{unit}】{text}" for unit, text in told]
        found, whole = str(row[heading]), "\n".join(texts)
        if heading in row.get("…", ()):
            texts = [text.replace("\n", "") for text in texts]
            found, whole = found.replace("\n", ""), "".join(texts)
        if len(whole) <= WHOLE - 300:
            self.found.same(where, found, whole)
            return
        left = found
        for (unit, _), text in zip(told, texts, strict=True):
            kept = text in left
            left = left.replace(text, "", 1)
            if not kept and unit not in left:
                self.found.wrong(f"{where}: {unit} is neither told nor named")
        self.found.same(where, "ZK" in left, False)

    def reports(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "任务编号")
        joined: dict[tuple[str, str], Record] = {}
        for row in rows:
            key = (str(row["任务编号"]), row["填报单位"])
            if key in joined:  # an answer of several tens of thousands of characters
                _go_on(joined[key], row, list(row).index("完成状态"))
            else:
                joined[key] = row
        parts = {(part.task.number, part.unit): part for part in self.told.parts}
        self.found.alike("逐单位填报", list(map(str, joined)), list(map(str, parts)))
        reported = sum(part.answer is not None for part in parts.values())
        counted = (str(len(parts)), str(reported), str(len(parts) - reported))
        note = re.search(r"共(\d+)行：已报送(\d+)行，未报送(\d+)行", self.note(sheet, 2))
        self.found.same("逐单位填报 note", note and note.groups(), counted)
        for key in joined.keys() & parts.keys():
            self.report(joined[key], parts[key])

    def report(self, row: Record, part: Part) -> None:
        answer = part.answer
        names = ("角色", "工作内容", "完成状态", "完成情况", "存在问题及原因", "下一步计划", "佐证材料", "备注")
        texts = [part.role, part.task.content]
        if answer is None:
            texts += [UNREPORTED, *[""] * 5]
            figures: tuple[float | None, float | None] = (None, None)
        else:
            texts += [answer.status, answer.result, answer.problem, answer.next_step, answer.evidence]
            texts.append(answer.remark)
            figures = (answer.progress, answer.self_score)
        where = f"逐单位填报 {part.task.number} {part.unit}"
        self.found.same(where, [row[name] for name in names], texts)
        self.found.same(where, (_percentage(row["完成进度"]), _figure(row["自评分"])), figures)
        if self.scored:
            mark = next(each for each in self.scored.marks if each.part is part)
            points = None if mark.points is None else float(mark.points)
            status = mark.review.status if mark.review else ""
            self.found.same(f"{where} marks", (row["核定状态"], _figure(row["考评得分"])), (status, points))
            words = [mark.review.reason, mark.review.opinion] if mark.review else []
            words += [] if mark.verified else ["未核定，按上报情况计分"]
            self.found.same(f"{where} words", row["扣分原因和检查组意见"], "\n".join(filter(None, words)))
        else:
            self.found.same(f"{where} marks", (row["核定状态"], row["考评得分"]), ("", ""))

    def targets(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "指标编号", "填报单位") if self.told.rows else ([], {})
        if self.told.rows:
            states = Counter(self.told.target_states.values())
            note = self.note(sheet, 2)
            counted = dict(re.findall(r"[：，](达到目标值|未达到目标值|暂不能判断|未报送)(\d+)项", note))
            self.found.same(note[:60], counted, {name: str(count) for name, count in states.items()})
            self.found.same(note[:60], note.startswith(f"指标{sum(states.values())}项"), True)
        self.found.alike(
            "量化指标",
            [str(self.target(row)) for row in rows],
            [str(self.expected_target(row)) for row in self.told.rows],
        )

    def target(self, row: Record) -> list[object]:
        ratio = "—" if row["完成率"] == "" else percent(row["完成率"], 1.0)
        again = "—" if row["核定完成率"] == "" else percent(row["核定完成率"], 1.0)
        texts = [str(row[key]) for key in ("指标编号", "任务编号", "指标名称", "目标值", "计量单位", "填报单位")]
        shown = [_figure(row["完成值"]), row["填报原文"], ratio, row["是否达到"], row["说明"]]
        return [*texts, *shown, _figure(row["核定完成值"]), again, row["核定后是否达到"]]

    def expected_target(self, row: Row) -> list[object]:
        target, figure = row.target, row.figure
        texts: list[object] = [target.number, target.task, target.name, goal_of(target), target.unit, row.unit]
        value = figure.value if figure else None
        texts += [value, figure.raw if figure else "", row.ratio, row.state, figure.remark if figure else ""]
        verified = self.scored.verified_value(target, row.unit) if self.scored else None
        if verified is None:
            return [*texts, None, "—", ""]
        ratio = "—" if not target.value or target.op in ("<", "<=") else percent(verified, target.value)
        op = target.op
        less = verified < target.value or (op == "<=" and verified == target.value)
        more = verified > target.value or (op != ">" and verified == target.value)
        met = less if op in ("<", "<=") else more
        return [*texts, verified, ratio, REACHED if met else MISSED]

    # ---- units -------------------------------------------------------------------------------------------

    def units(self, sheet: Worksheet) -> None:
        rows, totals = self.records(sheet, "序号") if self.told.units else ([], {})
        self.sums("单位情况", rows, totals)
        self.found.same("units", [row["单位"] for row in rows], self.told.units)
        groups = ("完成", "推进中", "滞后", "不计入", UNREPORTED, "其他")
        for row, standing in zip(rows, self.told.standings, strict=False):
            own = [part for part in self.told.parts if part.unit == standing.unit]
            led = sum(part.role == LEAD for part in own)
            counts = self.told.by_unit(standing.unit)
            on_time = {True: "按时", False: "逾期", None: "—"}[standing.on_time]
            shown = [row["报送状态"], _day(row["最近报送日期"]), row["是否按时"], row["报送次数"], row["退回次数"]]
            shown += [row["牵头任务"], row["配合任务"], row["任务合计"]]
            shown += [row.get(name, 0) for name in groups]
            expected = [standing.state, standing.received, on_time, standing.versions, standing.returned]
            expected += [led, len(own) - led, len(own), *(counts[name] for name in groups)]
            self.found.same(f"单位情况 {standing.unit}", shown, expected)
            marks = [_figure(row["考评得分"]), row["名次"], row["等次"], row["验收结论"]]
            wanted: list[object] = [None, "", "", ""]
            if self.scored:
                total = next(each for each in self.scored.totals if each.unit == standing.unit)
                points = None if total.total is None else float(total.total)
                wanted = [points, total.rank or "", total.grade, total.conclusion]
            self.found.same(f"单位情况 {standing.unit} marks", marks, wanted)

    def missing(self, sheet: Worksheet) -> None:
        lines = self.told.in_state(LATE, AWAITED, RETURNED)
        rows, totals = self.records(sheet, "序号", "报送状态") if lines else ([], {})
        self.sums("未报送单位", rows, totals)
        note = re.search(r"共(\d+)个", self.note(sheet, 2))
        self.found.same("未报送单位 note", note and int(note[1]), len(lines))
        self.found.same("未报送单位", [row["单位"] for row in rows], [line.unit for line in lines])
        for row, line in zip(rows, lines, strict=False):
            own = [part for part in self.told.parts if part.unit == line.unit]
            shown = [row["单位"], row["报送状态"], _day(row["最近报送日期"]), row["退回次数"], row["任务数"]]
            self.found.same("未报送单位", shown, [line.unit, line.state, line.received, line.returned, len(own)])
            for heading, role in (("牵头任务编号", LEAD), ("配合任务编号", SUPPORT)):
                tasks = [part.task.number for part in own if part.role == role]
                listed = [each for each in str(row[heading]).split("、") if each]
                self.found.alike(f"{line.unit} {heading}", listed, tasks)

    # ---- what follows from the answers -------------------------------------------------------------------

    def behind(self, sheet: Worksheet) -> None:
        behind, overdue = self.told.in_group("滞后"), self.told.overdue()
        rows, _ = self.records(sheet, "任务编号", "完成状态")
        note = self.note(sheet, 2)
        counted = re.search(r"共(\d+)项(?:；另有(\d+)项已过完成时限)?", note)
        expected = (str(len(behind)), str(len(overdue)) if overdue else None)
        self.found.same("滞后和未完成 note", counted and counted.groups(), expected)
        late = [task for task in self.told.tasks if task in (*behind, *overdue)]
        self.found.same("behind", [str(row["任务编号"]) for row in rows], [task.number for task in late])
        for row, task in zip(rows, late, strict=False):
            where = f"滞后和未完成 {task.number}"
            kind = "滞后" if task in behind else "已过时限"
            shown = (row["完成状态"], _percentage(row["完成进度"]), row["情形"])
            self.found.same(where, shown, (self.told.status(task), self.told.progress(task), kind))
            parts = self.told.of(task)
            leads = [each for each in parts if each.role == LEAD]
            self.words(where, row, "目前进展（牵头单位）", _telling(leads, "result"))
            self.words(where, row, "存在问题及原因", _telling(parts, "problem"))
            self.words(where, row, "下一步计划", _telling(parts, "next_step"))

    def problems(self, sheet: Worksheet) -> None:
        told: dict[tuple[str, str], list[Part]] = {}
        for part in self.told.parts:
            if part.answer and not hollow(part.answer.problem):
                told.setdefault((part.task.category, part.answer.problem), []).append(part)
        rows, _ = self.records(sheet, "序号", "填报单位") if told else ([], {})
        note = re.search(r"共(\d+)条", self.note(sheet, 2))
        self.found.same("问题汇总 note", int(note[1]) if note else 0, len(told))
        counts = Counter(category for category, _ in told)
        named = {name: int(count) for name, count in re.findall(r"[。；]([^。；]+?) (\d+)条", self.note(sheet, 2))}
        self.found.same("问题汇总 note", named, dict(counts))
        found = []
        for row in rows:
            units, tasks = row["填报单位"], re.split("、", str(row["任务编号"]))
            found.append(str([row["类别"], _flat(row["存在问题及原因"]), units, row["单位数"], tasks]))
        expected = []
        for (category, text), parts in told.items():
            units = list(dict.fromkeys(part.unit for part in parts))
            tasks = list(dict.fromkeys(part.task.number for part in parts))
            expected.append(str([category, _flat(text), "、".join(units), len(units), tasks]))
        self.found.alike("问题汇总", found, expected)

    def evidence(self, sheet: Worksheet) -> None:
        named = [part for part in self.told.parts if part.answer and not hollow(part.answer.evidence)]
        lacking = [
            part
            for part in self.told.parts
            if part.answer and hollow(part.answer.evidence) and part.answer.status == "已完成"
        ]
        rows, _ = self.records(sheet, "任务编号", "来源") if named or lacking else ([], {})
        note = re.search(r"的(\d+)项次，报完成而没有列佐证的(\d+)项次，.*文件(\d+)个", self.note(sheet, 2))
        counts = (str(len(named)), str(len(lacking)), "0")
        self.found.same("佐证材料 note", note and note.groups(), counts)
        found = [str([str(row["任务编号"]), row["填报单位"], row["来源"], _flat(row["佐证材料"])]) for row in rows]
        expected = [
            str([part.task.number, part.unit, source, _flat(part.answer.evidence)])
            for parts, source in ((named, "填报"), (lacking, "未列佐证"))
            for part in parts
            if part.answer
        ]
        self.found.alike("佐证材料", found, expected)

    def questions(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "序号")
        note = re.search(r"核对出(\d+)处，其中(\d+)处待核实", self.note(sheet, 2))
        open_ = sum(row["处理情况"] == "待核实" for row in rows)
        self.found.same("矛盾和疑点 note", note and note.groups(), (str(len(rows)), str(open_)))
        for row in rows:
            self.found.same("who was asked", row["填报单位"] in self.told.kept, True)

    def decisions(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "序号")
        made = self.told.year.decisions
        note = re.search(r"共(\d+)条", self.note(sheet, 2))
        self.found.same("例外和决定 note", note and int(note[1]), len(made))
        found = [(row["种类"], row["单位"], str(row["任务编号"]), _day(row["期限"])) for row in rows]
        expected = [(str(each.kind), each.unit, each.task, each.until) for each in made]
        self.found.same("例外和决定", found, expected)

    def others(self, sheet: Worksheet) -> None:
        rows, _ = self.records(sheet, "序号")
        self.found.same("其他内容", [row["填报单位"] for row in rows], [])


def _titled(rows: list[list[Any]]) -> dict[str, list[list[Any]]]:
    """The tables of 概况 by their titles, each down to its totals."""
    found: dict[str, list[list[Any]]] = {}
    title = ""
    for row in rows:
        if len(row) == 1 and re.match(r"^[一二三四五六]、", str(row[0])):
            title = str(row[0])
            found[title] = []
        elif title:
            found[title].append(row)
            if row[0] == "合计":
                title = ""
    return found


def _go_on(record: Record, below: Record, begins: int) -> None:
    """Put the texts of a row below to those of the record it belongs to."""
    for key in list(below)[begins:]:
        if below[key] != "":
            record[key] = f"{record[key]}{below[key]}"
            record.setdefault("…", set()).add(key)


def _result(part: Part) -> str:
    assert part.answer is not None
    progress = "" if part.answer.progress is None else f"{written(part.answer.progress)}%"
    stands = "，".join(filter(None, (part.answer.status, progress)))
    return f"{f'（{stands}）' if stands else ''}{part.answer.result.strip() or '未填写完成情况'}"


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _telling(parts: list[Part], key: str) -> list[tuple[str, str]]:
    """Who wrote something in a column, and what."""
    texts = [(part.unit, str(getattr(part.answer, key))) for part in parts if part.answer]
    return [(unit, text.strip()) for unit, text in texts if not hollow(text)]


def _percentage(value: object) -> float | None:
    return round(float(str(value)) * 100, 6) if value != "" else None


def _figure(value: object) -> float | None:
    return None if value == "" else float(str(value))


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def check(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare the workbook as written."""
    check_book(told, files["汇总表"], differences)
    check_charts(files["汇总表"], differences)
