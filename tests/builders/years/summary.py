"""Reads the year-end summary back and compares it with what was told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from docx.table import Table

from builders.years.made import AS_OF, DUE, STATUSES, YEAR
from builders.years.quotes import Quotes
from builders.years.read import MARK, TASKS, Differences, Sentences, blocks, day
from builders.years.tables import Tables
from builders.years.told import (
    AWAITED,
    GROUPS,
    LATE,
    LEAD,
    MISSED,
    REACHED,
    SENT,
    TARGET_STATES,
    UNREPORTED,
    Told,
    add_up,
    bare,
    goal_of,
    hollow,
)
from reporting.model import Task

_NAMES = {"完成": "已完成", "推进中": "正在推进", "滞后": "滞后或未完成", "不计入": "调整取消或不适用"}
_STATES = "|".join((*STATUSES, UNREPORTED))


def check(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare every sentence, table and text."""
    _Summary(told, differences).check(files["完成情况报告"])


class _Summary:
    def __init__(self, told: Told, differences: Differences) -> None:
        self.told, self.found = told, differences
        self.sentences = Sentences(differences)
        self.quotes, self.tables = Quotes(told, differences), Tables(told, differences)

    @property
    def part(self) -> str:
        """The numeral of the part that is read."""
        return self.quotes.part

    def check(self, path: Path) -> None:
        for block in blocks(path):
            if isinstance(block, Table):
                self.tables.read(block)
            elif block.text.strip():
                self.paragraph(block.text.strip())
        self.quotes.check()
        self.tables.check()
        told = self.told
        groups, states = told.groups, told.target_states
        self.sentences.must(
            {
                _BEHIND: groups["滞后"] > 0,
                _UNKNOWN: groups[UNREPORTED] > 0 and not self.told.nobody,
                _RATE: told.counting > 0 and not self.told.nobody,
                _TARGETS: bool(states),
                _RETURNS: True,
                _MISSED: MISSED in states.values(),
                _GOALS: bool(told.year.plan.goals),
                _PARTLY: bool(self.partly()),
            }
        )

    def paragraph(self, text: str) -> None:
        if re.match(r"^(?:[一二三四五六七]、|附件\d?$|附件\d?：?\d?)", text) and not MARK.search(text):
            self.quotes.part = text[0] if text[0] in "一二三四五六七" else "附件"
            self.quotes.category = self.quotes.only
            return
        heading = re.match(r"^（[一二三四五六七八九十]+）(.+)$", text)
        if heading and not re.search(r"\d", text):
            self.quotes.category = heading[1]
            return
        if self.quotes.read(text):
            return
        plain = text
        for known in self.constants():
            plain = plain.replace(known, "")
        self.sentences.read(plain, self.clauses())
        if "共有任务" in plain:
            self.statuses(plain)
        if re.match(r"量化指标\d+项", plain):
            self.portions(plain, dict.fromkeys(TARGET_STATES, 0) | _counts(self.told.target_states.values()))
        if plain.startswith("应报送单位"):
            parts = self.told.return_parts
            sent = parts["按时报送"] + parts["逾期报送"]
            counts = {"已报送": sent, "已报送、正在退回修改": parts["退回修改"], "未报送": parts[UNREPORTED]}
            in_time = {"已按时报送": parts["逾期报送"] == 0, "逾期报送": parts["按时报送"] == 0}
            for words, right in in_time.items():
                if re.search(rf"个，均?{words}。", plain):
                    self.found.same(plain, right, True)
                    plain = plain.replace(words, "已报送")
            every = re.search(r"已报送的单位均?(按时|逾期)报送", plain)
            self.found.same(plain, parts[f"{every[1]}报送"] if every else sent, sent)
            self.portions(plain, counts)

    def constants(self) -> list[str]:
        plan = self.told.year.plan
        title = plan.title.replace("《", "〈").replace("》", "〉")
        number = [f"（{plan.document_number}）"] if plan.document_number else []
        broken = [title[:at] + "\n" + title[at:] for at in range(1, len(title))]
        names = [f"{each}。" for each in self.told.decided()]
        return [
            *names,
            title,
            *broken,
            *number,
            f"{YEAR}年度",
            "62340001",
            day(self.told.year.today),
            *(f"附件{each}" for each in (1, 2, 3, 4)),
            *(f"{at}.{title}" for at in (1, 2, 3, 4) for title in _ANNEXES),
        ]

    def partly(self) -> list[Task]:
        """Tasks of which some leads answered and some did not."""
        return [
            task
            for task in self.told.tasks
            if len({bool(part.answer) for part in self.told.of(task) if part.role == LEAD}) == 2
        ]

    def clauses(self) -> dict[str, tuple[object, ...]]:
        told = self.told
        tasks, groups, states = len(told.tasks), told.groups, _counts(told.target_states.values())
        behind, void = _numbers(told.in_group("滞后")), _numbers(told.in_group("不计入"))
        unknown = _numbers(told.in_group(UNREPORTED))
        missed = list(
            dict.fromkeys(
                target.task
                for task in told.tasks
                for target in task.targets
                if told.target_states[target.number] == MISSED
            )
        )
        parts = told.return_parts
        silent = [each.unit for each in told.in_state(LATE, AWAITED)]
        own = [task for task in told.tasks if bare(task.category) == self.quotes.category]
        clauses: dict[str, tuple[object, ...]] = {
            r"截至(\d+年\d+月\d+日)": (day(AS_OF),),
            r"(\d+)项任务中": (tasks,),
            r"，任务(\d+)项，(?!占)": (tasks,),
            r"(\d+)项任务的完成情况暂不掌握": (tasks if self.told.nobody else -1,),
            r"(\d+)项量化指标中，达到目标值(\d+)项": (len(told.target_states), states.get(REACHED, 0)),
            r"；量化指标(\d+)项，达到目标值(\d+)项": (len(told.target_states), states.get(REACHED, 0)),
            r"(\d+)个责任单位中，已报送(\d+)个": (len(told.units), len(told.in_state(SENT))),
            r"；责任单位(\d+)个，已报送(\d+)个": (len(told.units), len(told.in_state(SENT))),
            r"共有任务(\d+)项": (tasks,),
            rf"剔除调整取消和不适用的任务(\d+)项（({TASKS})）": (len(void), void),
            r"计入完成率的任务(\d+)项": (told.counting,),
            _RATE: (told.rate.rstrip("%"), groups["完成"], told.counting),
            _BEHIND: (len(behind), behind),
            _PARTLY: (len(self.partly()), _numbers(self.partly())),
            _UNKNOWN: (len(unknown), unknown),
            _TARGETS: (len(told.target_states),),
            _RETURNS: (len(told.units),),
            r"按时报送(\d+)个，逾期报送(\d+)个": (parts["按时报送"], parts["逾期报送"]),
            r"例外情形处理的事项(\d+)项": (len(told.decided()),),
            _MISSED: (states.get(MISSED, 0),),
            _GOALS: (len(told.year.plan.goals),),
            r"未确定责任单位的总体目标(\d+)项": (len(told.year.plan.goals),),
            r"滞后和未完成的任务(\d+)项，具体情况": (len(behind),),
            r"调整取消和不适用的任务(\d+)项，具体情况": (len(void),),
            rf"牵头单位未报送的任务(\d+)项（({TASKS})）": (len(unknown), unknown),
            rf"对滞后和未完成的任务（({TASKS})）": (behind,),
            rf"对尚未报送的任务（({TASKS})）": (unknown,),
            rf"滞后和未完成的任务(\d+)项（({TASKS})），建议": (len(behind), behind),
            rf"调整取消和不适用的任务(\d+)项（({TASKS})），建议": (len(void), void),
            rf"未达到目标值的量化指标(\d+)项（({TASKS})）": (states.get(MISSED, 0), missed),
            r"未报送的单位(\d+)个": (len(silent),),
            r"本类任务(\d+)项，其中": (len(own),),
            r"(\d+)个牵头单位就(\d+)项任务反映了存在的问题(?:，涉及(\d+)类)?": self.problems(),
            r"报送截止日期：(\d+年\d+月\d+日)": (day(DUE),),
            r"在(\d+年\d+月\d+日)前按时报送": (day(DUE),),
            r"^\d+\.$": (),
        }
        if self.part == "一" or not self.part:
            clauses |= {rf"{_NAMES[name]}(\d+)项(?!，占)": (groups[name],) for name in _NAMES}
            clauses[r"、未报送(\d+)项(?!，占)"] = (groups[UNREPORTED],)
            clauses[rf"(?:{_STATES}|达到目标值|未达到目标值|暂不能判断)\d+项，占[\d.]+%"] = ()
            clauses[r"(?:已报送|正在退回修改|未报送)\d+个，占[\d.]+%"] = ()
        if self.part == "二":
            for status in (*STATUSES, UNREPORTED):
                members = [task for task in own if told.status(task) == status]
                known = GROUPS[status] in ("滞后", UNREPORTED)
                listed = rf"（({TASKS})）" if known else ""
                wanted = (len(members), _numbers(members)) if known else (len(members),)
                if len(members) == len(own):
                    clauses[rf"^本类任务(\d+)项，均?{status}。$"] = (len(own),)
                clauses[rf"(?:其中|、){status}(\d+)项{listed}"] = wanted
        if self.part == "三":
            clauses |= self.missed_clauses()
        return clauses

    def problems(self) -> tuple[object, ...]:
        """How many units told problems on how many tasks in how many categories, apart from those behind."""
        told = [
            part
            for part in self.told.parts
            if part.role == LEAD and part.answer and not hollow(part.answer.problem)
            if GROUPS[self.told.status(part.task)] not in ("滞后", "不计入")
        ]
        units, tasks = {part.unit for part in told}, {part.task.number for part in told}
        categories = len({part.task.category for part in told})
        return len(units), len(tasks), str(categories) if categories > 1 else None

    def missed_clauses(self) -> dict[str, tuple[object, ...]]:
        """The sentence on each target that was missed, with all figures."""
        clauses: dict[str, tuple[object, ...]] = {}
        missed = [
            target
            for task in self.told.tasks
            for target in task.targets
            if self.told.target_states[target.number] == MISSED
        ]
        for order, target in enumerate(missed, 1):
            rows = [row for row in self.told.rows if row.target is target and row.figure and row.figure.raw]
            figures = "，".join(f"{row.unit}完成{row.words}" for row in rows)
            where = f"第{target.task}项" if target.task.isdecimal() else f"任务{target.task}"
            words = f"{order}.{target.name}（{where}）：目标值{goal_of(target)}{target.unit}，{figures}。"
            clauses[f"^{re.escape(words)}$"] = ()
        return clauses

    def statuses(self, text: str) -> None:
        self.portions(text, {name: self.told.statuses[name] for name in (*STATUSES, UNREPORTED)})

    def portions(self, text: str, counts: dict[str, int]) -> None:
        """Shares of a whole, each with its count; nought may be left out, and what is all stands alone."""
        alone = [name for name, count in counts.items() if count and count == sum(counts.values())]
        if alone and "占" not in text:
            words = "均未报送|填报表" if self.told.nobody and alone == [UNREPORTED] else ""
            found_alone = re.search(rf"均?{alone[0]}[。，]|{words or alone[0]}", text)
            self.found.same(f"{text}: all are {alone[0]}", found_alone is not None, True)
            return
        found = {
            name: (int(count), share)
            for name, count, share in re.findall(r"(?:[，；。]|^)([^，；。\d]+?)(\d+)[项个]，占([\d.]+%)", text)
        }
        self.found.same(text[:60], {name: count for name, (count, _) in found.items() if count}, {
            name: count for name, count in counts.items() if count
        })  # fmt: skip
        self.found.wrong(add_up([each for each, _ in found.values()], [each for _, each in found.values()]))


_ANNEXES = ("任务完成情况表", "量化指标完成情况表", "未按时报送单位名单", "未报送和逾期报送单位名单", "佐证材料目录")
_RATE = r"完成率为([\d.]+)%（(\d+)/(\d+)）"
_BEHIND = rf"滞后和未完成的任务(\d+)项，为({TASKS})"
_PARTLY = rf"有(\d+)项（({TASKS})）尚有牵头单位没有报送"
_UNKNOWN = rf"情况不明的任务(\d+)项，为({TASKS})"
_TARGETS = r"^量化指标(\d+)项"
_RETURNS = r"应报送单位(\d+)个"
_GOALS = r"另有总体目标(\d+)项"
_MISSED = r"未达到目标值的指标(\d+)项"


def _numbers(tasks: list[Task]) -> list[str]:
    return [task.number for task in tasks]


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values))
