"""Years made up from a seed: a plan, what every unit sent when, what the office decided, what was verified.

A year is told twice: as records of the book, from which the program works, and as plain answers by task and
unit, from which ``told`` counts on its own. Every line a unit writes bears a mark of unit, task and
field, so that wherever it is found again its place can be told from itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from reporting.model import (
    Comparator,
    Contact,
    Deadline,
    Decision,
    DecisionKind,
    Goal,
    Plan,
    Role,
    Target,
    Task,
    Unit,
    UnitKind,
    Verdict,
)
from reporting.model.review import (
    COMPLETE,
    HOLLOW,
    LACKING,
    LACKING_AND_HOLLOW,
    METHODS,
    Review,
    TargetReview,
    TaskReview,
    UnitReview,
)

YEAR = 2026
ISSUED, DUE, AS_OF = date(2026, 12, 1), date(2026, 12, 20), date(2026, 11, 30)
GROUP, OPEN = "各区县人民政府", "各有关单位"
STEMS = (
    *("发展", "教育", "科技", "公安", "民政", "财政", "人社", "住建"),
    *("交通", "水务", "农业", "商务", "文旅", "卫健", "应急", "审计"),
)
KINDS = ("局", "委", "中心", "集团", "事务办")
DISTRICTS = ("临江区人民政府", "云山区人民政府", "栖云区人民政府", "安禾县人民政府")
CATEGORIES = (
    *("一、夯实创造基础", "二、强化全链条保护", "三、促进高效益运用", "四、优化公共服务"),
    *("五、建设人文环境和人才队伍", "六、深化对外合作", "七、加强组织保障"),
)
STATUSES = ("已完成", "基本完成", "达到序时进度", "持续推进", "滞后", "未启动", "未完成", "调整取消", "不适用")
NEEDS_REASON = ("滞后", "未启动", "未完成", "调整取消", "不适用")
SYNONYMS = {"已完成": "办结", "滞后": "欠进度", "未启动": "未开工"}
MEASURES = ("件", "家", "%", "亿元", "人次")
SHARED = "经费没有落实，人员不够。"
"""What several units write word for word."""
REQUEST = "恳请市里协调支持"
"""What the summary repeats among the proposals."""
HOSTILE = (
    "甲&乙<丙>丁“戊”",
    "{{ unit }}和{% if x %}",
    "=1+1与+8、-3、@甲",
    "第一句。第二句；第三句！",
    "  行首有空格《甲》《乙》",
    "“引号”‘内’'外'\"双\"",
    "制表\t符、𠮷野家、①②㎡",
    "<script>alert(1)</script>&amp;",
)
PLAIN = "印发办法并组织实施，完成走访和培训，各项工作有序推进"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit wrote on one task."""

    status: str
    progress: float | None
    result: str = ""
    problem: str = ""
    next_step: str = ""
    evidence: str = ""
    self_score: float | None = None
    remark: str = ""


BLANK = Answer("", None)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one unit wrote for one target; ``value`` is None where it is no number."""

    raw: str
    value: float | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of a unit."""

    unit: str
    at: datetime
    verdict: Verdict
    answers: dict[str, Answer]
    figures: dict[str, Figure]
    errors: int = 0


@dataclass(frozen=True)
class Year:
    """A year with all that happened in it."""

    seed: int
    plan: Plan
    today: date
    sent: tuple[Sent, ...]
    decisions: tuple[Decision, ...] = ()
    review: Review | None = None
    scoring: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, Any] = field(default_factory=dict)


def mark(unit: int, task: int, key: str, line: int = 1) -> str:
    """The mark of one line of one text."""
    return f"ZK{unit}T{task}{key}{line}Z"


def make_year(seed: int, *, units: int, tasks: int, plain: bool = False) -> Year:
    """A year; a ``plain`` one has only what the real commands let pass as it is."""
    return _Maker(seed, units, tasks, plain=plain).year()


class _Maker:
    def __init__(self, seed: int, units: int, tasks: int, *, plain: bool) -> None:
        self.random = random.Random(seed)
        self.seed, self.plain = seed, plain
        self.names = [f"市{stem}{kind}" for kind in KINDS for stem in STEMS][:units]
        members = min(units - 1, self.random.choice((0, 2, 3, 4))) if units > 2 else 0
        self.members = DISTRICTS[:members]
        if members:
            self.names = self.names[:-members] or self.names[:1]
        self.all = [*self.names, *self.members]
        self.numbered = self.chance(0.8)
        self.tasks = tuple(self.task(at) for at in range(1, tasks + 1))
        self.at = {each.number: at for at, each in enumerate(self.tasks, 1)}
        self.silence = self.random.choice((0.0, 0.1, 0.1, 0.4, 1.0 if seed % 7 == 3 else 0.2))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # ---- the plan ------------------------------------------------------------------------------------

    def task(self, at: int) -> Task:
        pick = self.random
        number = str(at) if self.numbered else f"（{'一二三四五六七八九'[at % 9]}）{at}"
        own = pick.sample(self.all, min(len(self.all), pick.choice((1, 1, 1, 2, 2, 3, 4, 6))))
        leads = 0 if self.chance(0.04) and not self.plain else min(len(own), pick.choice((1, 1, 1, 1, 2, 3)))
        lead, support = own[:leads], own[leads:]
        if self.members and self.chance(0.15):
            (lead if self.chance(0.5) else support).append(GROUP)
        if self.chance(0.1):
            support.append(OPEN)
        if self.members and self.names[0] not in (*lead, *support) and not leads:
            support.append(self.names[0])
        category = CATEGORIES[min(at * 7 // (8 * max(1, at // 3)), 6) if self.chance(0.1) else at // 25 % 7]
        path = () if self.seed % 11 == 5 else (category, "（一）子目") if self.seed % 5 == 2 else (category,)
        targets = pick.choice((0, 0, 0, 1, 1, 2, 3)) if lead else 0
        return Task(
            number,
            path,
            f"{pick.choice(STEMS)}领域开展专项工作，编号{at}，{PLAIN}。",
            tuple(dict.fromkeys(lead)),
            tuple(name for name in dict.fromkeys(support) if name not in lead),
            self.deadline(),
            tuple(self.target(number, order) for order in range(1, targets + 1)),
        )

    def deadline(self) -> Deadline | None:
        return self.random.choice(
            (
                None,
                Deadline("持续推进", "ongoing"),
                Deadline("每年4月底前", "annual"),
                Deadline("2026年12月底前", "date", date(2026, 12, 31)),
                Deadline("2026年9月底前", "date", date(2026, 9, 30)),
            )
        )

    def target(self, task: str, order: int) -> Target:
        ops: tuple[Comparator, ...] = (">=", ">=", ">=", ">", "=", "<=", "<", "growth>=")
        value = self.random.choice((1.0, 3.0, 6.0, 10.0, 12.5, 200.0, *(() if self.plain else (0.0,))))
        name = f"新增{self.random.choice(STEMS)}{'甲乙丙'[order - 1]}类数量"
        return Target(f"{task}-{order}", task, name, self.random.choice(ops), value, self.measure())

    def measure(self) -> str:
        return self.random.choice(MEASURES)

    def plan(self) -> Plan:
        units = [Unit(name, contact=Contact("林晓", "62340011")) for name in self.names]
        if self.members:
            units.append(Unit(GROUP, UnitKind.GROUP, members=self.members))
        units.append(Unit(OPEN, UnitKind.OPEN))
        number = "澜知领办〔2026〕3号" if self.chance(0.5) else None
        title = self.random.choice(("澜川市2026年知识产权工作任务分解方案", "强市建设《行动》方案"))
        goals = tuple(Goal(f"目标{sign}", f"{PLAIN}，达到全省前列") for sign in "甲乙丙"[: self.seed % 4])
        goals = () if self.plain else goals
        return Plan(title, "澜川市知识产权办公室", YEAR, number, self.tasks, tuple(units), goals)

    # ---- what units sent -----------------------------------------------------------------------------

    def year(self) -> Year:
        plan = self.plan()
        decisions = tuple(self.decisions())
        asked = self.asked(decisions)
        sent = sorted(
            (each for unit in self.all for each in self.returns(unit, asked.get(unit, []), decisions)),
            key=lambda each: each.at,
        )
        made = Year(
            self.seed,
            plan,
            self.random.choice((date(2027, 1, 20), date(2026, 12, 28), date(2026, 12, 18))),
            tuple(sent),
            decisions,
        )
        if self.seed % 3 and sent:
            made = replace(made, review=self.review(asked), scoring=self.scoring())
        return replace(made, quotes=self.random.choice(QUOTES))

    def asked(self, decisions: Sequence[Decision]) -> dict[str, list[Task]]:
        """Who was asked what, with tasks given away already with their receiver; roles do not matter here."""
        found: dict[str, list[Task]] = {}
        moved = {(each.task, each.unit): each.receiver for each in decisions if each.kind is DecisionKind.REASSIGNMENT}
        for task in self.tasks:
            names = [
                unit
                for name in (*task.lead, *task.support)
                for unit in (self.members if name == GROUP else () if name == OPEN else (name,))
            ]
            for unit in dict.fromkeys(moved.get((task.number, name), name) for name in names):
                found.setdefault(unit, []).append(task)
        return found

    def returns(self, unit: str, tasks: list[Task], decisions: Sequence[Decision]) -> Iterator[Sent]:
        if not tasks or self.chance(self.silence):
            return
        fate = self.random.choice(("fine", "fine", "fine", "late", "mended", "wrong", "again", "twice"))
        open_ = {each.task for each in decisions if each.unit == unit and each.task}
        day = datetime(2026, 12, self.random.randint(5, 20), 9, 30)
        if fate == "late":
            day += timedelta(days=16)
        if fate in ("mended", "wrong"):
            yield self.file(unit, tasks, day, Verdict.RETURNED, open_)
        if fate == "wrong" and self.chance(0.5):
            yield self.file(unit, tasks, day + timedelta(days=2), Verdict.RETURNED, open_)
        if fate == "twice" and not self.plain:
            yield self.file(unit, tasks, day, Verdict.SUPERSEDED, open_)
        if fate != "wrong":
            yield self.file(unit, tasks, day + timedelta(days=3 * (fate == "mended")), Verdict.ACCEPTED, open_)
        if fate == "again":
            later = self.random.choice((Verdict.ACCEPTED, Verdict.RETURNED))
            yield self.file(unit, tasks, day + timedelta(days=9), later, open_)

    def file(self, unit: str, tasks: list[Task], at: datetime, verdict: Verdict, open_: set[str]) -> Sent:
        answers = {task.number: self.answer(unit, task) for task in tasks}
        answers |= {number: BLANK for number in open_ if number in answers and self.chance(0.6)}
        figures = {
            target.number: self.figure(unit, target)
            for task in tasks
            if answers[task.number] is not BLANK
            for target in task.targets
        }
        errors = self.random.randint(1, 9) if verdict is Verdict.RETURNED else 0
        return Sent(unit, at, verdict, answers, figures, errors)

    def answer(self, unit: str, task: Task) -> Answer:
        pick = self.random
        status = pick.choice((*STATUSES, "已完成", "已完成", "已完成", "持续推进"))
        if not self.plain and self.chance(0.02):
            status = ""
        known = {"已完成": 100.0, "未启动": 0.0, "调整取消": None, "不适用": None, "": None}
        progress = known[status] if status in known else float(pick.choice((5, 40, 66, 90, 99)))
        if status in ("基本完成", "持续推进") and not self.plain and self.chance(0.2):
            progress = None if self.chance(0.5) else 99.5
        bad = status in NEEDS_REASON
        dropped = status in ("调整取消", "不适用", "未启动")
        result = "" if dropped and self.chance(0.5) else self.text(unit, task, "R")
        problem = self.text(unit, task, "P") if bad or self.chance(0.2) else pick.choice(("", "", "无", "/"))
        return Answer(
            status,
            progress,
            result,
            SHARED if problem and self.chance(0.15) and len(problem) > 2 else problem,
            self.text(unit, task, "N") if bad or self.chance(0.2) else "",
            self.text(unit, task, "E") if self.chance(0.7) else pick.choice(("", "无")),
            pick.choice((None, 100.0, 95.0, 88.5, 60.0, 0.0)),
            self.text(unit, task, "M") if self.chance(0.15) else "",
        )

    def text(self, unit: str, task: Task, key: str) -> str:
        own, at = self.all.index(unit), self.at[task.number]
        lines = self.random.choice((1, 1, 1, 1, 2, 3))
        if key == "R" and self.chance(0.03):
            return f"{mark(own, at, key)}{'很长的一句话，写了许多内容。' * self.random.choice((50, 190))}末"
        if key == "R" and not self.plain and self.seed % 10 == 4 and self.chance(0.05):
            return f"{mark(own, at, key)}{'豁免了长度的一句话。' * 3400}末"
        if key == "M" and self.chance(0.4):
            return f"{mark(own, at, key)}{REQUEST}。"
        made = []
        for line in range(1, lines + 1):
            odd = self.random.choice(HOSTILE) if self.chance(0.3) else PLAIN
            head = self.random.choice(("", "", "共完成事项多件，")) + mark(own, at, key, line)
            made.append(f"{odd.strip()}{head}" if odd.startswith("=") else f"{head}{odd.rstrip()}{PLAIN}")
        return "\n".join(made)

    def figure(self, unit: str, target: Target) -> Figure:
        if not self.plain and self.chance(0.05):
            return Figure("较多", None)
        if not self.plain and self.chance(0.05):
            return Figure("", None)
        value = round(target.value * self.random.choice((0, 0.3, 0.5, 0.9, 1, 1, 1, 1.1, 2)), 2)
        own, task = self.all.index(unit), self.at[target.task]
        remark = f"{mark(own, task, 'F', int(target.number[-1]))}按统计口径填报的数" * self.chance(0.3)
        return Figure(f"{value:g}", value, remark)

    # ---- what the office decided and verified -----------------------------------------------------------

    def decisions(self) -> Iterator[Decision]:
        number = 0
        owed = self.asked(())
        for unit in self.all:
            if self.chance(0.08) and len(owed.get(unit, ())) > 1:
                number += 1
                task = self.random.choice(owed[unit]).number if self.chance(0.5) else ""
                yield Decision(
                    datetime(2026, 12, 2, 9),
                    DecisionKind.EXTENSION,
                    "机构改革",
                    unit,
                    task,
                    date(2027, 1, 8),
                    number=number,
                )
        if self.plain or len(self.all) < 4 or not self.chance(0.5):
            return
        for moved in self.random.sample(self.tasks, min(2, len(self.tasks))):
            giver = next((name for name in moved.lead if name in self.names), None)
            inside = {*moved.lead, *moved.support}
            free = [name for name in self.names if name not in inside]
            if giver and free:
                number += 1
                yield Decision(
                    datetime(2026, 12, 3, 9),
                    DecisionKind.REASSIGNMENT,
                    "职能调整",
                    giver,
                    moved.number,
                    receiver=self.random.choice(free),
                    role=Role.LEAD,
                    number=number,
                )

    def review(self, asked: dict[str, list[Task]]) -> Review:
        part = self.random.choice((0.2, 0.7, 1.0))
        tasks, targets = [], []
        for unit, own in asked.items():
            for task in own:
                if self.chance(part):
                    tasks.append(self.verified(unit, task))
                    targets += [
                        TargetReview(each.number, unit, float(self.random.choice((0, 2, 6, 11, 250))))
                        for each in task.targets
                        if self.chance(0.5)
                    ]
        units = tuple(
            self.random.choice((UnitReview(unit, 2.0, "经验在全省推广"), _vetoed(unit)))
            for unit in asked
            if self.chance(0.06)
        )
        return Review(
            share=30,
            seed=7,
            leader="周正",
            members="林晓、陈静",
            began=date(2027, 1, 11),
            ended=date(2027, 1, 15),
            rectify_by=self.random.choice((None, date(2027, 2, 28))),
            recheck_on=date(2027, 3, 5),
            conclusion="总体完成较好。",
            tasks=tuple(tasks),
            targets=tuple(targets),
            units=units,
        )

    def verified(self, unit: str, task: Task) -> TaskReview:
        pick = self.random
        own, at = self.all.index(unit), self.at[task.number]
        status = pick.choice(("", *STATUSES, "已完成", "已完成"))
        score = pick.choice((None, None, None, None, 0.0, 72.5, 100.0))
        told = score is not None or self.chance(0.2)
        return TaskReview(
            task.number,
            unit,
            method=pick.choice(METHODS),
            status=status,
            progress=pick.choice((None, None, 30.0, 85.5)) if status not in ("", "已完成", "未启动") else None,
            score=score,
            reason=f"{mark(own, at, 'G')}台账缺记录" if told else "",
            opinion=f"{mark(own, at, 'H')}补报材料。" if self.chance(0.2) else "",
            material=pick.choice(("", "", COMPLETE, LACKING, HOLLOW, LACKING_AND_HOLLOW)),
            rectify_by=date(2027, 3, 31) if self.chance(0.1) else None,
        )

    def scoring(self) -> dict[str, Any]:
        tables: dict[str, Any] = {
            "method": self.random.choice(("pro_rata", "full", "four_steps")),
            "support_share": self.random.choice((0.5, 0.3, 1.0)),
            "task_weights": {self.tasks[0].number: self.random.choice((2.0, 1.5, 0.0))},
            "grades.excellent_quota": self.random.choice((100.0, 30.0)),
        }
        return {key: value for key, value in tables.items() if self.chance(0.5)}


def _vetoed(unit: str) -> UnitReview:
    return UnitReview(unit, veto=True, veto_reason="弄虚作假")


QUOTES: tuple[dict[str, Any], ...] = (
    *({}, {}),
    {"quote": "sentence", "limit": 200},
    {"quote": "paragraph", "supporters": True},
    {"limit": 0, "supporters": True},
)
