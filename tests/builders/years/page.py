"""Reads the page of a made-up year back and compares it with what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builders.pages import Page, read_page
from builders.years.accepted import GRADES
from builders.years.made import AS_OF, DUE, STATUSES
from builders.years.read import Differences, Sentences, day
from builders.years.scored import Scored, shown
from builders.years.told import (
    GROUPS,
    LEAD,
    REACHED,
    SENT,
    TARGET_STATES,
    UNREPORTED,
    Part,
    Told,
    add_up,
    goal_of,
    percent,
    written,
)

COLUMNS = ("完成", "推进中", "滞后", "不计入", UNREPORTED)
LABELS = {
    "完成情况": "result",
    "存在问题及原因": "problem",
    "下一步计划": "next_step",
    "佐证材料": "evidence",
    "备注": "remark",
}


def check(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare every figure that bears a name, every table and every text."""
    _Page(told, read_page(files["看板"]), differences).check()


class _Page:
    def __init__(self, told: Told, page: Page, differences: Differences) -> None:
        self.told, self.page, self.found = told, page, differences
        review = told.year.review
        self.scored = Scored(told, review) if review else None

    def check(self) -> None:
        self.headlines()
        self.statuses()
        self.progress()
        self.targets()
        self.returns()
        self.tasks()
        self.notes()

    def notes(self) -> None:
        """The figures in captions and remarks."""
        told, sentences = self.told, Sentences(self.found)
        goals = len(told.target_states)
        plan = told.year.plan
        clauses: dict[str, tuple[object, ...]] = {
            r"任务(\d+)项，按": (len(told.tasks),),
            r"量化指标(\d+)项，每个": (goals,),
            r"共(\d+)项任务": (len(told.tasks),),
            r"(?:数据)?截至：?(\d+年\d+月\d+日)": (day(AS_OF),),
            r"报送截止(?:日期)?：?(\d+年\d+月\d+日)": (day(DUE),),
        }
        if self.scored:
            clauses[r"未核定的(\d+)项次"] = (len(self.scored.marks) - len(self.scored.verified),)
        clauses[_GOALS] = (len(plan.goals),)
        known = [*told.decided(), plan.title, plan.document_number or "无"]
        for each in self.page.root.xpath("//caption | //p[@class='note' or @class='shown'] | //ul[@class='notes']/li"):
            text = _text(each)
            for words in known:
                text = text.replace(words, "")
            sentences.read(text, clauses)
        sentences.must({_GOALS: bool(plan.goals)})
        found = self.page.root.xpath("//ul[@class='notes']/li[contains(., '例外情形')]")
        self.found.same("exceptions", [_text(each).partition("：")[2] for each in found], told.decided())

    def headlines(self) -> None:
        told = self.told
        sent = len(told.in_state(SENT))
        expected = {
            "tasks-total": str(len(told.tasks)),
            "tasks-done": str(told.groups["完成"]),
            "completion-rate": told.rate,
            "tasks-behind": str(told.groups["滞后"]),
            "tasks-unreported": str(told.groups[UNREPORTED]),
            "units-sent": str(sent),
            "units-total": str(len(told.units)),
        }
        if told.target_states:
            states = Counter(told.target_states.values())
            expected |= {"targets-reached": str(states[REACHED]), "targets-total": str(len(told.target_states))}
        if self.scored:
            verified = self.scored.verified
            done = sum(GROUPS[each.status] == "完成" for each in verified)
            grades = Counter(each.grade for each in self.scored.totals)
            expected |= {"verified": str(len(verified)), "verifiable": str(len(told.parts))}
            expected |= {"verified-done": str(done)}
            names = (*GRADES, *(["不评等次"] if grades["不评等次"] else []))
            expected |= {f"{grade}（个）": str(grades[grade]) for grade in names}
            counting = sum(GROUPS[each.status] != "不计入" for each in verified)
            expected["verified-rate"] = percent(done, counting) if counting else "—"
        found = {}
        for each in self.page.root.xpath("//dl[@class='headlines']//*[@data-figure]"):
            name = each.get("data-figure")
            label = _text(each.xpath("ancestor::div[1]/dt")[0])
            found[f"{label}（个）" if name.startswith("grade-") else name] = _text(each)
        self.found.same("headlines", found, expected)

    def statuses(self) -> None:
        rows = self.page.rows("status-table")
        counts = [self.told.statuses[name] for name in (*STATUSES, UNREPORTED)]
        self.found.same("statuses", [row[""] for row in rows], [*STATUSES, UNREPORTED])
        self.found.same("statuses", [int(row["status-count"]) for row in rows], counts)
        self.found.wrong(add_up(counts, [row["status-share"] for row in rows]))
        self.found.same("statuses", self.page.total("status-table")["status-total"], str(len(self.told.tasks)))

    # ---- by category and by unit -----------------------------------------------------------------------

    def progress(self) -> None:
        told = self.told
        categories = {
            name: Counter(GROUPS[told.status(task)] for task in told.of_category(name)) for name in told.categories()
        }
        self.table("category-table", categories, told.groups)
        units = {unit: told.by_unit(unit) for unit in told.units}
        self.table("unit-table", units, Counter(part.group for part in told.parts))
        states = {each.unit: each.state for each in told.standings}
        for row in self.page.rows("unit-table"):
            self.found.same(f"state of {row['']}", row["unit-state"], states[row[""]])
            if self.scored:
                total = next(each for each in self.scored.totals if each.unit == row[""])
                found = [row[f"unit-{key}"] for key in ("score", "rank", "grade", "conclusion")]
                rank = "—" if total.rank is None else str(total.rank)
                self.found.same(f"marks of {row['']}", found, [shown(total.total), rank, total.grade, total.conclusion])

    def table(self, name: str, expected: Mapping[str, Counter[str]], whole: Counter[str]) -> None:
        """A table of counts by group: the last figure of a row is its total, the last row that of all."""
        heads = [_text(each) for each in self.page.root.xpath("//table[@id=$table]/thead//th", table=name)]
        rows = self.page.root.xpath("//table[@id=$table]/*[self::tbody or self::tfoot]/tr", table=name)
        found = {}
        for row in rows:
            cells = dict(zip(heads, (_text(each) for each in row.xpath("./*")), strict=False))
            found[cells[heads[0]]] = {key: int(cells[key]) for key in (*COLUMNS, "其他", "合计") if key in cells}
            shown_words = row.xpath(".//svg/@aria-label")
            counts = {key: count for key, count in found[cells[heads[0]]].items() if key != "合计" and count}
            words = "，".join(f"{key}{count}项" for key, count in counts.items())
            self.found.same(f"picture of {cells[heads[0]]}", any(words in each for each in shown_words), True)
        wanted = {
            key: {group: counts[group] for group in (*COLUMNS, "其他") if group in heads} | {"合计": counts.total()}
            for key, counts in (*expected.items(), ("合计", whole))
        }
        self.found.same(name, found, wanted)

    # ---- targets, returns --------------------------------------------------------------------------------

    def targets(self) -> None:
        told = self.told
        states = Counter(told.target_states.values())
        found = self.page.named("data-target-state", "target-state-count")
        self.found.same("targets", found, {name: str(states[name]) for name in TARGET_STATES} if states else {})
        if not states:
            return
        shares = [
            _text(each).partition("（")[2].rstrip("）") for each in self.page.root.xpath("//*[@data-target-state]/dd")
        ]
        self.found.wrong(add_up([states[name] for name in TARGET_STATES], shares))
        rows = []
        for row in self.page.root.xpath("//table[@id='target-table']/tbody/tr"):
            cells = {each.get("data-label") or each.tag: _text(each) for each in row.xpath("./*")}
            rows.append([row.get("data-target"), *(cells.get(key, "") for key in _TARGET)])
        expected = []
        for each in told.rows:
            goal = f"{goal_of(each.target)}{each.target.unit}"
            value = self.scored.verified_value(each.target, each.unit) if self.scored else None
            verified = "未核定" if value is None else f"{written(value)}{each.target.unit}"
            texts = [each.target.number, each.target.name, each.target.task, each.unit, goal, each.words]
            expected.append([*texts, verified if self.scored else "", each.ratio, each.state])
        self.found.alike("targets", list(map(str, rows)), list(map(str, expected)))

    def returns(self) -> None:
        told = self.told
        parts = {key: str(value) for key, value in told.return_parts.items()}
        self.found.same("returns", self.page.named("data-return", "returns-count"), parts)
        figures = {
            each.get("data-figure"): _text(each)
            for each in self.page.root.xpath("//section[@id='returns']//dl//*[@data-figure]")
            if each.get("data-figure") != "returns-count"
        }
        sent = len(told.in_state(SENT))
        rate = percent(sent, len(told.units)) if told.units else "—"
        expected = {"returns-due": str(len(told.units)), "returns-sent": str(sent), "returns-rate": rate}
        self.found.same("returns", figures, expected)
        rows = {row[""]: (row["missing-state"], row["missing-tasks"]) for row in self.page.rows("missing-table")}
        late = {
            each.unit: ("逾期报送" if each.state == SENT else each.state, str(self.owed(each.unit)))
            for each in told.standings
            if each.state != SENT or not each.on_time
        }
        open_ = {each.unit for each in told.year.decisions if each.task}
        self.found.same("late", {unit: row for unit, row in rows.items() if unit in late}, late)
        self.found.same("others in the list of late units", set(rows) - set(late) - open_, set())

    def owed(self, unit: str) -> int:
        """How many tasks a unit has."""
        return sum(part.unit == unit for part in self.told.parts)

    # ---- tasks -------------------------------------------------------------------------------------------

    def tasks(self) -> None:
        rows = self.page.root.xpath("//table[@id='task-table']/tbody/tr")
        self.found.same("tasks", [row.get("data-task") for row in rows], [task.number for task in self.told.tasks])
        for row, task in zip(rows, self.told.tasks, strict=False):
            progress = self.told.progress(task)
            figures = {
                each.get("data-figure"): _text(each) for each in row.xpath("./td//*[@data-figure] | ./td[@data-figure]")
            }
            words = (figures["task-status"], figures["task-progress"])
            expected = (self.told.status(task), "—" if progress is None else f"{written(progress)}%")
            self.found.same(f"task {task.number}", words, expected)
            parts = {part.unit: part for part in self.told.of(task)}
            told = row.xpath(".//div[@class='word']")
            self.found.alike(f"units of {task.number}", [each.get("data-unit") for each in told], list(parts))
            for each in told:
                if each.get("data-unit") in parts:
                    self.word(each, parts[each.get("data-unit")])
            if self.scored:
                deciding = [part for part in parts.values() if part.role == LEAD or not task.lead]
                marks = [each for part in deciding for each in self.scored.marks if each.part is part]
                scores = [_text(each) for each in row.xpath(".//*[@data-figure='task-score']")]
                self.found.alike(f"marks of {task.number}", scores, [_points(each.points) for each in marks])

    def word(self, element: Any, part: Part) -> None:
        """What one unit wrote on one task, and what was found of it."""
        where = f"task {part.task.number} {part.unit}"
        answer = part.answer
        figures = {each.get("data-figure"): _text(each) for each in element.xpath(".//*[@data-figure]")}
        status = UNREPORTED if answer is None else answer.status or "未填写"
        progress, own = (answer.progress, answer.self_score) if answer else (None, None)
        expected = {"word-status": status}
        expected |= {} if progress is None else {"word-progress": f"{written(progress)}%"}
        expected |= {} if own is None else {"word-self-score": written(own)}
        if self.scored:
            mark = next(each for each in self.scored.marks if each.part is part)
            expected["word-score"] = _points(mark.points)
        self.found.same(where, figures, expected)
        labels = [_text(each) for each in element.xpath("./dl/dt")]
        typed = ["".join(each.xpath("string(.//*[contains(@class, 'typed')])")) for each in element.xpath("./dl/dd")]
        texts = dict(zip(labels, typed, strict=True))
        wanted = {label: getattr(answer, key) for label, key in LABELS.items()} if answer else {}
        found = {label: text.strip() for label, text in texts.items() if label in LABELS}
        self.found.same(f"{where} texts", found, {key: text.strip() for key, text in wanted.items() if text.strip()})


_GOALS = r"另有总体目标(\d+)项"
_TARGET = ("th", "任务", "填报单位", "目标值", "完成值", "核定完成值", "完成率", "是否达到")


def _points(points: Any) -> str:
    return "不计分" if points is None else shown(points)


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()
