"""Reads the tables of the summary back, in the body and in its annexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from docx.table import Table

from builders.years.made import AS_OF
from builders.years.read import OVER, TASKS, Differences, day, headings_of, numbers, records_of
from builders.years.told import GROUPS, RETURNED, SENT, UNREPORTED, Row, Told, bare, goal_of, hollow, written


class Tables:
    """The tables of a summary, one after the other."""

    def __init__(self, told: Told, differences: Differences) -> None:
        self.told, self.found = told, differences
        self.tables: list[str] = []

    def check(self) -> None:
        """None is lacking and none too many."""
        self.found.same("tables", sorted(self.tables), sorted(self.expected_tables()))

    def expected_tables(self) -> list[str]:
        told = self.told
        late = any(not each.on_time for each in told.standings)
        evidence = any(part.answer and not hollow(part.answer.evidence) for part in told.parts)
        names = ["tasks"]
        names += ["categories"] * (len(told.categories()) > 1)
        names[1:] = [] if self.told.nobody else names[1:]
        names += ["figures"] * any(row.figure and row.figure.raw for row in told.rows)
        names += ["annex figures"] * bool(told.rows)
        return names + ["late"] * late + ["evidence"] * evidence

    def read(self, table: Table) -> None:
        """Read one table, known by its headings."""
        heads = headings_of(table)
        readers = {
            ("类别",): ("categories", self.categories),
            ("指标", "目标值"): ("figures", self.figures),
            ("任务序号", "指标"): ("annex figures", self.figures),
            ("序号", "工作内容"): ("tasks", self.annex_tasks),
            ("单位", "完成状态及进度"): ("tasks", self.annex_tasks),
            ("序号", "单位"): ("late", self.annex_late),
            ("序号", "任务序号"): ("evidence", self.annex_evidence),
        }
        for known, (name, read) in readers.items():
            if tuple(heads[: len(known)]) == known:
                self.tables.append(name)
                read(records_of(table))
                return
        if "抄送" not in heads[0] and "印发" not in heads[0]:
            self.found.wrong(f"an unknown table: {heads}")

    def categories(self, rows: list[dict[str, str]]) -> None:
        told = self.told
        expected = []
        for name in (*told.categories(), "合计"):
            own = told.tasks if name == "合计" else told.of_category(name)
            counts = Counter(GROUPS[told.status(task)] for task in own)
            groups = ("完成", "推进中", "滞后", "不计入", UNREPORTED)
            row = {"类别": bare(name), "任务数": str(len(own))}
            expected.append(row | {group: str(counts.get(group, 0)) for group in groups})
        self.found.same("categories", rows, expected)

    def figures(self, rows: list[dict[str, str]]) -> None:
        columns: dict[str, Callable[[Row], str]] = {
            "任务序号": lambda row: row.target.task,
            "指标": lambda row: row.target.name,
            "目标值": lambda row: goal_of(row.target) + row.target.unit,
            "完成值": lambda row: row.words,
            "完成率": lambda row: row.ratio,
            "责任单位": lambda row: row.unit,
            "完成情况": lambda row: row.state,
            "数据截止日期": lambda row: day(AS_OF) if row.figure else "—",
            "说明": lambda row: row.figure.remark if row.figure else "",
        }
        heads = list(rows[0]) if rows else []
        expected = [{name: columns[name](row) for name in heads} for row in self.told.rows]
        self.found.alike("figures", list(map(str, rows)), list(map(str, expected)))

    def annex_tasks(self, rows: list[dict[str, str]]) -> None:
        expected = []
        for part in self.told.parts:
            task, answer = part.task, part.answer
            due = f"（完成时限：{task.deadline.text}）" if task.deadline else ""
            row = {OVER: f"{task.number}.{task.content}{due}"}
            row["单位"] = f"{part.unit}\n（{part.role}）"
            if answer is None:
                row |= {"完成状态及进度": UNREPORTED}
                row |= dict.fromkeys(("完成情况", "存在问题及原因", "下一步计划", "自评分", "备注"), "")
            else:
                progress = "" if answer.progress is None else f"\n{written(answer.progress)}%"
                row["完成状态及进度"] = f"{answer.status}{progress}"
                row |= {"完成情况": answer.result, "存在问题及原因": answer.problem}
                row |= {"下一步计划": answer.next_step}
                row["自评分"] = "" if answer.self_score is None else written(answer.self_score)
                row["备注"] = answer.remark
            expected.append(row)
        for row in rows:
            if "工作内容" in row:  # the task beside its units or over them
                row[OVER] = f"{row.pop('序号')}.{row.pop('工作内容')}"
        self.found.alike("annex 1", _as_texts(rows), _as_texts(expected))

    def annex_late(self, rows: list[dict[str, str]]) -> None:
        late = [each for each in self.told.standings if not each.on_time]
        found = [(row["单位"], row["报送情况"], row["最近收到日期"]) for row in rows if row["序号"].isdigit()]
        states = {SENT: "逾期报送", RETURNED: "逾期报送，正在退回修改"}
        expected = [(each.unit, states.get(each.state, UNREPORTED), day(each.received)) for each in late]
        self.found.same("late units", found, expected)
        for row in rows:
            owed = [part.task.number for part in self.told.parts if part.unit == row["单位"]]
            match = re.match(rf"^(?:({TASKS})（)?共(\d+)项）?$", row["承担任务"])
            self.found.same(f"tasks of {row['单位']}", match and int(match[2]), len(owed))
            if match and match[1]:
                self.found.same(f"tasks of {row['单位']}", sorted(numbers(match[1])), sorted(owed))

    def annex_evidence(self, rows: list[dict[str, str]]) -> None:
        named = [part for part in self.told.parts if part.answer and not hollow(part.answer.evidence)]
        expected = [str([part.task.number, part.unit, part.answer.evidence]) for part in named if part.answer]
        found = [str([row["任务序号"], row["报送单位"], row["材料名称和文号"]]) for row in rows]
        self.found.alike("evidence", found, expected)
        self.found.same("numbering", [row["序号"] for row in rows], [str(at + 1) for at in range(len(rows))])


def _as_texts(rows: list[dict[str, str]]) -> list[str]:
    return [str(sorted(row.items())) for row in rows]
