"""Reads the acceptance report back and compares it with the scores that were counted anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from docx.table import Table

from builders.years.made import YEAR
from builders.years.read import OVER, Differences, Sentences, blocks, day, headings_of, records_of
from builders.years.scored import Mark, Scored, Total, exact, shown, tenth
from builders.years.told import AWAITED, GROUPS, LATE, RETURNED, SENT, Told, add_up, bare, goal_of, percent, written
from reporting.model import Task

GRADES = ("优秀", "良好", "合格", "不合格")
_ANNEXES = ("考评得分汇总表", "逐项核查表", "问题和整改清单", "检查组名单")


def check(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare every sentence and table; without a review there is no report."""
    review = told.year.review
    differences.same("whether there is an acceptance report", "检查验收报告" in files, review is not None)
    if review is not None:
        _Report(told, Scored(told, review), differences).check(files["检查验收报告"])


def _mean(values: Iterable[Fraction]) -> str:
    listed = list(values)
    return shown(tenth(sum(listed, Fraction(0)) / len(listed))) if listed else "—"


class _Report:
    def __init__(self, told: Told, scored: Scored, differences: Differences) -> None:
        self.told, self.scored, self.found = told, scored, differences
        self.sentences = Sentences(differences)
        self.part = self.heading = ""
        self.points: dict[str, list[str]] = {}
        self.tables: list[str] = []
        order = {unit: at for at, unit in enumerate(told.units)}
        self.marks = sorted(scored.marks, key=lambda each: order[each.part.unit])
        self.verified = [each for each in self.marks if each.verified]
        self.both = [each for each in self.verified if each.self_score is not None and each.points is not None]
        self.figures = [
            (row, value) for row in told.rows if (value := scored.verified_value(row.target, row.unit)) is not None
        ]
        self.differing = [
            (row, value)
            for row, value in self.figures
            if row.figure is None or row.figure.value is None or row.figure.value != value
        ]

    def check(self, path: Path) -> None:
        for block in blocks(path):
            if isinstance(block, Table):
                self.table(block)
            elif block.text.strip():
                self.paragraph(block.text.strip())
        self.lists()
        verified, mending = bool(self.verified), bool(self.scored.to_mend())
        rated = any(GROUPS[each.status] != "不计入" for each in self.verified)
        self.sentences.must({_DONE: rated, _MENDING: mending, _OWN: verified and bool(self.both)})
        names = ["等次", "类别", "单位", "名次单位任务", "名次单位计算", "任务序号", "序号", "职务"]
        if not mending:
            names = [*names]
        self.found.same("tables", sorted(set(names) - set(self.tables) - {"序号"}), [])

    # ---- sentences -----------------------------------------------------------------------------------

    def paragraph(self, text: str) -> None:
        if re.match(r"^[一二三四五六七]、", text):
            self.part, self.heading = text[0], ""
            return
        heading = re.match(r"^（[一二三四五六]）(.+)$", text)
        if heading and not re.search(r"\d", text):
            self.heading = heading[1]
            return
        point = re.match(r"^(\d+)\.(.+)。$", text)
        if point and self.part in "三四五" and self.part:
            listed = self.points.setdefault(f"{self.part}{self.heading}", [])
            listed.append(point[2])
            self.found.same(f"number of {text[:60]}", int(point[1]), len(listed))
            return
        plan = self.told.year.plan
        title = plan.title.replace("《", "〈").replace("》", "〉")
        broken = [title[:at] + "\n" + title[at:] for at in range(1, len(title))]
        known = [title, *broken, plan.document_number or "无", f"{YEAR}年度", "62340001", day(self.told.year.today)]
        known += [f"{at}.{name}" for at in range(1, 5) for name in _ANNEXES]
        known += [f"附件{each}" for each in range(1, 5)] + _METHOD
        for each in known:
            text = text.replace(each, "")
        self.sentences.read(text, self.clauses())
        if text.startswith("评定等次"):
            graded = re.findall(r"(优秀|良好|合格|不合格)(\d+)个，占([\d.]+%)", text)
            counts = [sum(each.grade == grade for each in self.scored.totals) for grade in GRADES]
            self.found.same(text[:40], [int(count) for _, count, _ in graded], counts)
            self.found.wrong(add_up(counts, [share for _, _, share in graded]))

    def clauses(self) -> dict[str, tuple[object, ...]]:
        told, scored, marks, verified = self.told, self.scored, self.marks, self.verified
        done = sum(GROUPS[each.reported] == "完成" for each in verified)
        found_done = sum(GROUPS[each.status] == "完成" for each in verified)
        graded = [each for each in scored.totals if each.grade != "不评等次"]
        ungraded = [each for each in scored.totals if each.grade == "不评等次"]
        void = sum(GROUPS[each.status] == "不计入" for each in verified)
        counting = len(verified) - void
        visited = [each for each in verified if each.review and each.review.method == "实地核查"]
        changed = sum(each.changed for each in verified)
        lower = sum(_points(each) < _own(each) for each in self.both)
        equal = sum(_points(each) == _own(each) for each in self.both)
        mending = scored.to_mend()
        far = [each for each in self.both if _own(each) - _points(each) >= 10]
        clauses: dict[str, tuple[object, ...]] = {
            r"对(\d+)个责任单位": (len(told.units),),
            r"检查对象为(\d+)个责任单位，按单位分工共有任务(\d+)项次": (len(told.units), len(marks)),
            r"、量化指标(\d+)项次": (len(told.rows),),
            r"检查组核定任务(\d+)项次，占([\d.]+)%": (len(verified), percent(len(verified), len(marks)).rstrip("%")),
            r"；核定指标(\d+)项次": (len(self.figures),),
            r"没有核定的任务(\d+)项次": (len(marks) - len(verified),),
            r"项次（涉及(\d+)个单位）": (len({each.part.unit for each in visited}),),
            r"抽取(\d+)%，不足一项的抽一项，抽签种子为(\d+)": (30, 7),
            r"检查时间为(\d+年\d+月\d+日)至(\d+年\d+月\d+日)": ("2027年1月11日", "2027年1月15日"),
            r"已核定的(\d+)项次任务中": (len(verified),),
            r"上报已完成(\d+)项次，核定已完成(\d+)项次": (done, found_done),
            _DONE: (percent(found_done, counting or 1).rstrip("%"), found_done, counting, str(void) if void else None),
            r"核定状态与上报不一致(\d+)项次": (changed,),
            _OWN: (len(self.both), _mean(map(_own, self.both)), _mean(map(_points, self.both))),
            r"评定等次的单位(\d+)个": (len(graded),),
            r"(?:优秀|良好|合格|不合格)\d+个，占[\d.]+%": (),
            r"没有核定任何任务，不评等次的单位(\d+)个": (sum(not each.verified for each in ungraded),),
            r"没有计分任务，不评等次的单位(\d+)个": (sum(each.verified > 0 for each in ungraded),),
            r"不一致的，任务状态(\d+)项次，指标(\d+)项次": (changed, len(self.differing)),
            r"自评分的(\d+)项次任务中，考评得分低于自评分(\d+)项次，相同(\d+)项次，高于自评分(\d+)项次": (
                *(len(self.both), lower, equal, len(self.both) - lower - equal),
            ),
            r"低于自评分10分以上的(\d+)项次(?:，涉及(\d+)个单位，逐项)?": (
                len(far),
                len({each.part.unit for each in far}) if len(far) > 30 else None,
            ),
            _MENDING: (len(mending), len({each.part.unit for each in mending})),
            r"于(\d+年\d+月\d+日)复查": ("2027年3月5日",),
        }
        for method in ("书面审核", "实地核查", "听取汇报", "座谈了解", "电话核查"):
            count = sum(bool(each.review and each.review.method == method) for each in verified)
            clauses[rf"{method}(\d+)项次"] = (count,)
        for conclusion in ("通过", "限期整改", "不通过", "不计分", "待核定"):
            units = [each.unit for each in scored.totals if each.conclusion == conclusion]
            clauses[rf"^{conclusion}的单位(\d+)个：(.+)。$"] = (len(units), "、".join(units))
        places = sum(each.grade == "优秀" and not each.veto for each in scored.totals)
        clauses[r"优秀名额为(\d+)个，因同分评为优秀的有(\d+)个"] = (self.places(), places)
        days = sorted({each for mark in mending if (each := self.mend_day(mark))})
        clauses[r"整改期限(?:分别)?为((?:\d+年\d+月\d+日、?)+)"] = ("、".join(map(day, days)),)
        return clauses

    def places(self) -> int:
        """How many units may be excellent."""
        quota = self.told.year.scoring.get("grades.excellent_quota", 100.0)
        return max(int(sum(each.rank is not None for each in self.scored.totals) * quota / 100), 1)

    def mend_day(self, mark: Mark) -> date | None:
        """By when a task must be put right."""
        return (mark.review.rectify_by if mark.review else None) or self.scored.review.rectify_by

    # ---- lists of points -------------------------------------------------------------------------------

    def lists(self) -> None:
        far = [
            f"{_name(each)}，自评{written(each.self_score or 0)}分，考评{shown(each.points)}分"
            for each in self.both
            if _own(each) - _points(each) >= 10
        ]
        far = far if len(far) <= 30 else []
        behind = [each for each in self.verified if GROUPS[each.status] == "滞后"]
        better = [each for each in self.verified if each.changed and GROUPS[each.status] != "滞后"]
        figures = [
            f"{row.unit}（{_where(row.target.task)}）：{row.target.name}，目标值{goal_of(row.target)}{row.target.unit}，"
            f"上报{'空缺' if row.figure is None or not row.figure.raw else row.words}，"
            f"核定{written(value)}{row.target.unit}"
            for row, value in self.differing
        ]
        late = [
            f"{words}{len(units)}个：{'、'.join(units)}"
            for words, units in (
                ("未报送的单位", [each.unit for each in self.told.in_state(LATE, AWAITED)]),
                ("退回修改后没有重新报送的单位", [each.unit for each in self.told.in_state(RETURNED)]),
                ("迟报的单位", [each.unit for each in self.told.in_state(SENT) if not each.on_time]),
            )
            if units
        ]
        expected = {
            "三自评与核定对比": far,
            "四未完成和滞后": _together(behind),
            "四数据和状态与上报不符": _together(better) + figures,
            "四佐证材料不全": self.lacking(),
            "四填报内容空洞": [
                f"{_name(each)}，填报没有实质性内容{_said(each)}"
                for each in self.marks
                if each.review and "空洞" in each.review.material
            ],
            "四迟报漏报": late,
            "五": self.deducted(),
        }
        for name, texts in expected.items():
            self.found.alike(name, self.points.pop(name, []), texts)
        self.found.same("other points", self.points, {})

    def lacking(self) -> list[str]:
        """Where the group found evidence lacking, then what units left open."""
        texts = [
            f"{_name(each)}，经核查佐证材料不全{_said(each)}"
            for each in self.marks
            if each.review and "缺佐证" in each.review.material
        ]
        for unit in self.told.units:
            lacking, _ = self.scored.faults([each for each in self.marks if each.part.unit == unit])
            open_ = [each.part.task for each in lacking if not (each.review and each.review.material)]
            if open_:
                texts.append(f"{unit}：{_list(open_)}上报已完成，没有写明佐证材料")
        return texts

    def deducted(self) -> list[str]:
        """Every mark taken off or added, with its reason."""
        texts = []
        words = {each.unit: each for each in self.scored.review.units}
        for total in self.scored.totals:
            standing = next(each for each in self.told.standings if each.unit == total.unit)
            if standing.state != SENT:
                what = "退回后没有重新报送" if standing.state == RETURNED else "未报送"
                texts.append(f"{total.unit}：{what}，扣10分")
            else:
                own = [each for each in self.marks if each.part.unit == total.unit]
                lacking, empty = self.scored.faults(own)
                texts += [f"{total.unit}：迟报，扣2分"] * (not standing.on_time)
                for what, number, each in (("缺佐证材料", len(lacking), "0.1"), ("内容空洞", len(empty), "1")):
                    points = written(round(float(each) * number, 4))
                    texts += [f"{total.unit}：{what}{number}项，每项{each}分，扣{points}分"] * bool(number)
            if total.bonus:
                texts.append(f"{total.unit}：{words[total.unit].bonus_reason}，加{written(float(total.bonus))}分")
            if total.veto and total.rank is not None:
                texts.append(f"{total.unit}：一票否决：{words[total.unit].veto_reason}")
            elif total.grade == "良好" and (total.total or 0) >= 90:
                texts.append(f"{total.unit}：达到优秀分数线，因优秀名额为{self.places()}个，评为良好")
        return texts + [
            f"{_name(each)}，考评得分{shown(each.points)}分，{each.review.reason}"
            for each in self.verified
            if each.review and each.review.score is not None and each.review.reason
        ]

    # ---- tables ----------------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
        heads = headings_of(table)
        readers: dict[tuple[str, ...], Callable[[list[dict[str, str]]], None]] = {
            ("等次",): self.grades,
            ("类别",): self.by_category,
            ("单位", "任务"): self.by_unit,
            ("名次", "单位", "任务"): self.totals,
            ("名次", "单位", "计算"): self.formulas,
            ("任务序号",): self.annex_tasks,
            ("序号", "责任单位"): self.annex_mending,
            ("职务",): self.group,
        }
        for known, read in readers.items():
            if all(head.startswith(name) for head, name in zip(heads, known, strict=False)):
                self.tables.append(known[0] if len(known) < 3 else "".join(known))
                read(records_of(table))
                return
        if "抄送" not in heads[0] and "印发" not in heads[0]:
            self.found.wrong(f"an unknown table: {heads}")

    def group(self, rows: list[dict[str, str]]) -> None:
        self.found.same("group", [row["姓名"] for row in rows], ["周正", "林晓", "陈静"])

    def grades(self, rows: list[dict[str, str]]) -> None:
        ranked = sorted(self.scored.totals, key=lambda each: each.rank or 10**6)
        for row, grade in zip(rows, GRADES, strict=True):
            units = [each.unit for each in ranked if each.grade == grade]
            self.found.same(f"units {grade}", list(row.values()), [grade, str(len(units)), "、".join(units) or "—"])

    def by_category(self, rows: list[dict[str, str]]) -> None:
        names = self.told.categories()
        self._compared(rows, [
            (bare(name), [each for each in self.marks if each.part.task.category == name])
            for name in names
        ])  # fmt: skip

    def by_unit(self, rows: list[dict[str, str]]) -> None:
        self._compared(rows, [
            (unit, [each for each in self.marks if each.part.unit == unit]) for unit in self.told.units
        ])  # fmt: skip

    def _compared(self, rows: list[dict[str, str]], parts: Sequence[tuple[str, list[Mark]]]) -> None:
        for row, (name, own) in zip(rows, [*parts, ("合计", self.marks)], strict=True):
            verified = [each for each in own if each.verified]
            expected = [
                name,
                str(len(own)),
                str(len(verified)),
                str(sum(GROUPS[each.reported] == "完成" for each in verified)),
                str(sum(GROUPS[each.status] == "完成" for each in verified)),
                _mean(_own(each) for each in verified if each.self_score is not None),
                _mean(_points(each) for each in verified if each.points is not None),
            ]
            self.found.same(f"compared {name}", list(row.values()), expected)

    def totals(self, rows: list[dict[str, str]]) -> None:
        expected = [
            {
                **{"名次": _rank(each), "单位": each.unit, "任务平均分": shown(each.mean)},
                "扣分": written(float(each.taken)) if each.taken else "—",
                "加分": written(float(each.bonus)) if each.bonus else "—",
                **{"得分": shown(each.total), "等次": each.grade, "已核定项次": f"{each.verified}/{each.owed}"},
            }
            for each in self.scored.totals
        ]
        self.found.alike("totals", list(map(str, rows)), list(map(str, expected)))
        ranks = [int(row["名次"]) for row in rows if row["名次"] != "—"]
        self.found.same("order of ranks", ranks, sorted(ranks))

    def formulas(self, rows: list[dict[str, str]]) -> None:
        expected = [
            str([_rank(each), each.unit, shown(each.total), each.grade, each.conclusion]) for each in self.scored.totals
        ]
        found = [str([row[key] for key in ("名次", "单位", "得分", "等次", "验收结论")]) for row in rows]
        self.found.alike("annex 1", found, expected)
        for row in rows:
            _results(self.found, row["单位"], row["计算过程"], row["得分"])
            total = next(each for each in self.scored.totals if each.unit == row["单位"])
            left = total.owed - total.verified
            self.found.same(f"note of {row['单位']}", f"未核定{left}项次" in row["备注"], left > 0)

    def annex_tasks(self, rows: list[dict[str, str]]) -> None:
        expected = []
        for each in self.marks:
            task, unit, review = each.part.task, each.part.unit, each.review
            figures = [
                f"{row.target.name}核定{written(value)}{row.target.unit}"
                for row, value in self.figures
                if row.unit == unit and row.target.task == task.number
            ]
            open_ = "状态按上报" if each.verified else "未核定"
            words = [review.reason, review.opinion] if review else []
            material = [f"材料核查：{review.material}"] if review and review.material else []
            texts = [
                *(unit, task.number, each.part.role, each.reported),
                review.method if review and each.verified else "—",
                "\n".join([(review.status if review else "") or open_, *sorted(figures)]),
                "—" if each.self_score is None else written(each.self_score),
                "不计分" if each.points is None else shown(each.points),
                written(float(each.weight)),
                "\n".join(filter(None, [*words, *material])),
            ]
            expected.append(str(texts))
        known = [f"{row.target.name}核定{written(value)}{row.target.unit}" for row, value in self.figures]
        for row in rows:  # a figure stands beside the status or in the way to the score
            told = [each for each in dict.fromkeys(known) if each in row["计分依据"].replace("，", "；").split("；")]
            status, *figures = row["核定情况"].split("\n")
            row["核定情况"] = "\n".join([status, *sorted({*figures, *told})])
        names = (OVER, "任务序号", "角色", "上报状态", "核查方式", "核定情况", "自评分", "考评得分", "权重")
        found = [str([row[key] for key in (*names, "扣分原因和检查组意见")]) for row in rows]
        self.found.alike("annex 2", found, expected)

    def annex_mending(self, rows: list[dict[str, str]]) -> None:
        expected = []
        for each in self.scored.to_mend():
            state = each.status if each.verified or not each.part.answer else f"上报{each.status}（未核定）"
            words = [each.review.reason, each.review.opinion] if each.review else []
            problem = "\n".join([f"{state}，得{shown(each.points)}分", *filter(None, words)])
            until = self.mend_day(each)
            expected.append(str([each.part.unit, each.part.task.number, problem, day(until) if until else "待定"]))
        rows = [row for row in rows if row["序号"].isdigit()]
        found = [str([row[key] for key in ("责任单位", "任务序号", "存在问题", "整改期限")]) for row in rows]
        self.found.alike("annex 3", found, expected)


_DONE = r"核定完成率为([\d.]+)%（(\d+)/(\d+)(?:，调整取消和不适用的(\d+)项次不计)?）"
_OWN = r"自评分的(\d+)项次任务，自评分平均([\d.—]+)分，考评得分平均([\d.—]+)分"
_MENDING = r"需要整改的任务(\d+)项次，涉及(\d+)个单位"
_METHOD = [
    *("按百分制", "满分100分", "每项最多10分", "完成60%以上", "牵头的按1、", "未报送扣10分", "迟报扣2分"),
    *("内容空洞每项扣1分", "缺佐证材料每项扣0.1分", "加分不超过5分", "单位的30%"),
    *("配合的按0.5折算", "配合的按0.3折算", "配合的按1折算"),
    *("不足60分", "90分以上", "80分以上", "60分以上"),
]
"""What the settings say, in the words of the report."""


def _results(found: Differences, unit: str, formula: str, total: str) -> None:
    """The last figure of a formula is the total beside it."""
    figures = re.findall(r"[＝：按]\s*(−?\d+(?:\.\d+)?)(?![\d.]*项)", formula)
    if total != "—" and figures:
        found.same(f"formula of {unit}: {formula}", exact(float(figures[-1].replace("−", "-"))), exact(float(total)))


def _rank(total: Total) -> str:
    return "—" if total.rank is None else str(total.rank)


def _points(mark: Mark) -> Fraction:
    return mark.points or Fraction(0)


def _own(mark: Mark) -> Fraction:
    return exact(mark.self_score or 0.0)


def _where(number: str) -> str:
    return f"第{number}项" if number.isdecimal() else f"任务{number}"


def _name(mark: Mark) -> str:
    task = mark.part.task
    return f"{mark.part.unit}（{_where(task.number)}）：{task.content.partition('，')[0]}"


def _list(tasks: list[Task]) -> str:
    if not tasks[0].number.isdecimal():
        return f"任务{'、'.join(task.number for task in tasks)}"
    runs: list[list[int]] = []
    for task in tasks:
        number = int(task.number)
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [[f"{run[0]}至{run[-1]}"] if len(run) > 3 else list(map(str, run)) for run in runs]
    return "、".join(f"第{each}项" for part in parts for each in part)


def _stands(mark: Mark) -> str:
    status = mark.review.status if mark.review else ""
    if not status or status == mark.reported:
        return f"核定{mark.status}" if status else f"上报{mark.reported}"
    return f"{mark.reported if mark.part.answer is None else f'上报{mark.reported}'}，核定{status}"


def _together(marks: list[Mark]) -> list[str]:
    """One point a task; a unit's tasks that stand alike and of which nothing is said share one."""
    texts: list[str] = []
    done: set[tuple[str, str]] = set()
    for mark in marks:
        unit, stands = mark.part.unit, _stands(mark)
        alike = [
            each.part.task for each in marks if each.part.unit == unit and _stands(each) == stands and not _said(each)
        ]
        if _said(mark) or len(alike) == 1:
            texts.append(f"{_name(mark)}，{stands}{_said(mark)}")
        elif (unit, stands) not in done:
            done.add((unit, stands))
            texts.append(f"{unit}（{_list(alike)}）：{stands}")
    return texts


def _said(mark: Mark) -> str:
    if mark.review is None:
        return ""
    parts = (("扣分原因：", mark.review.reason), ("检查组意见：", mark.review.opinion))
    return "".join(f"。{label}{text.rstrip('。')}" for label, text in parts if text)
