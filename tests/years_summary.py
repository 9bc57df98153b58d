"""Reads the year-end summary back and compares it with what was told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docx.table import Table
from years_made import AS_OF, DUE, REQUEST, SHARED, STATUSES, YEAR
from years_read import (
    MARK,
    OVER,
    TASKS,
    Differences,
    Sentences,
    Texts,
    blocks,
    day,
    headings_of,
    numbers,
    records_of,
)
from years_told import (
    AWAITED,
    GROUPS,
    LATE,
    LEAD,
    MISSED,
    REACHED,
    RETURNED,
    SENT,
    TARGET_STATES,
    UNREPORTED,
    Part,
    Row,
    Told,
    add_up,
    hollow,
    written,
)

from reporting.model import Target, Task

_NAMES = {"完成": "已完成", "推进中": "正在推进", "滞后": "滞后或未完成", "不计入": "调整取消或不适用"}
_STATES = "|".join((*STATUSES, UNREPORTED))
_MARKER = re.compile(r"^[一二三四五六七]、")
Key = tuple[str, str, str, str]
"""A quoted text: the part of the summary, unit, task and field."""
ANNEX = "（全文见附件1）"


def check(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare every sentence, table and text."""
    _Summary(told, differences).check(files["完成情况报告"])


class _Summary:
    def __init__(self, told: Told, differences: Differences) -> None:
        self.told, self.found = told, differences
        self.texts = Texts(told)
        self.sentences = Sentences(differences)
        only = told.categories() if len(told.categories()) == 1 else [""]
        self.only = _bare(only[0])
        """The one category there is: it needs no heading."""
        self.nobody = not any(part.answer for part in told.parts)
        self.part, self.category, self.number = "", self.only, ""
        self.seen: dict[Key, list[str]] = defaultdict(list)
        self.cut: set[Key] = set()
        self.shared: list[tuple[str, str, str]] = []
        self.tables: list[str] = []

    def check(self, path: Path) -> None:
        for block in blocks(path):
            if isinstance(block, Table):
                self.table(block)
            elif block.text.strip():
                self.paragraph(block.text.strip())
        self.quotes()
        told = self.told
        groups, states = told.groups, told.target_states
        self.sentences.must(
            {
                _BEHIND: groups["滞后"] > 0,
                _UNKNOWN: groups[UNREPORTED] > 0 and not self.nobody,
                _RATE: told.counting > 0 and not self.nobody,
                _TARGETS: bool(states),
                _RETURNS: True,
                _MISSED: MISSED in states.values(),
                _PARTLY: bool(self.partly()),
            }
        )
        self.found.same("tables", sorted(self.tables), sorted(self.expected_tables()))

    def expected_tables(self) -> list[str]:
        told = self.told
        late = any(not each.on_time for each in told.standings)
        evidence = any(part.answer and not hollow(part.answer.evidence) for part in told.parts)
        names = ["tasks"]
        names += ["categories"] * (len(told.categories()) > 1)
        names[1:] = [] if self.nobody else names[1:]
        names += ["figures"] * any(row.figure and row.figure.raw for row in told.rows)
        names += ["annex figures"] * bool(told.rows)
        return names + ["late"] * late + ["evidence"] * evidence

    # ---- sentences -----------------------------------------------------------------------------------

    def paragraph(self, text: str) -> None:
        if re.match(r"^(?:[一二三四五六七]、|附件\d?$|附件\d?：?\d?)", text) and not MARK.search(text):
            self.part = text[0] if text[0] in "一二三四五六七" else "附件"
            self.category = self.only
            return
        if MARK.search(text):
            self.quote(text)
            return
        heading = re.match(r"^（[一二三四五六七八九十]+）(.+)$", text)
        if heading and not re.search(r"\d", text):
            self.category = heading[1]
            return
        if self.part in "二四" and self.part and self.item(text):
            return
        if text.endswith(SHARED):
            where = self.number if self.part == "四" else self.category
            self.shared.append((self.part, where, text.partition("：")[0]))
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
        own = [task for task in told.tasks if _bare(task.category) == self.category]
        clauses: dict[str, tuple[object, ...]] = {
            r"截至(\d+年\d+月\d+日)": (day(AS_OF),),
            r"(\d+)项任务中": (tasks,),
            r"，任务(\d+)项，(?!占)": (tasks,),
            r"(\d+)项任务的完成情况暂不掌握": (tasks if self.nobody else -1,),
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
            words = f"{order}.{target.name}（{where}）：目标值{_goal(target)}，{figures}。"
            clauses[f"^{re.escape(words)}$"] = ()
        return clauses

    def statuses(self, text: str) -> None:
        self.portions(text, {name: self.told.statuses[name] for name in (*STATUSES, UNREPORTED)})

    def portions(self, text: str, counts: dict[str, int]) -> None:
        """Shares of a whole, each with its count; nought may be left out, and what is all stands alone."""
        alone = [name for name, count in counts.items() if count and count == sum(counts.values())]
        if alone and "占" not in text:
            words = "均未报送|填报表" if self.nobody and alone == [UNREPORTED] else ""
            found_alone = re.search(rf"均?{alone[0]}[。，]|{words or alone[0]}", text)
            self.found.same(f"{text}: all are {alone[0]}", found_alone is not None, True)
            return
        found = {
            name: (int(count), share)
            for name, count, share in re.findall(
                r"(?:[，；。]|^)([^，；。\d]+?)(\d+)[项个]，占([\d.]+%)", text
            )
        }
        self.found.same(text[:60], {name: count for name, (count, _) in found.items() if count}, {
            name: count for name, count in counts.items() if count
        })  # fmt: skip
        self.found.wrong(add_up([each for each, _ in found.values()], [each for _, each in found.values()]))

    # ---- what units wrote ------------------------------------------------------------------------------

    def item(self, text: str) -> bool:
        """The heading of a task with its status and progress, and the names under it."""
        told = self.told
        match = re.match(
            r"^((?:（[一二三四五六七八九]）)?\d+)\.(.+)（([^（）]+?)(?:，进度([\d.]+)%)?）$", text
        )
        if match and any(task.number == match[1] for task in told.tasks):
            task = next(task for task in told.tasks if task.number == match[1])
            progress = told.progress(task)
            tells = GROUPS[told.status(task)] in ("推进中", "滞后") and progress is not None
            self.number = task.number
            self.found.same(text, match[3], told.status(task))
            self.found.same(text, match[4], written(progress or 0) if tells else None)
            self.found.same(text, task.content.startswith(match[2]), True)
            if self.part == "二":
                self.found.same(f"category of {text}", self.category, _bare(task.category))
            return True
        lead = re.match(r"^责任单位：(.*?)。(?:完成时限：(.+?)。)?$", text)
        if lead:
            task = next(task for task in told.tasks if task.number == self.number)
            self.found.same(text, lead[1], "、".join(told.lead_names(task)))
            self.found.same(text, lead[2], task.deadline.text if task.deadline else None)
            return True
        return False

    def quote(self, text: str) -> None:
        before, wrong, cut = self.texts.quoted(text, ANNEX)
        if wrong:
            self.found.wrong(f"part {self.part}: {wrong}")
            return
        match = MARK.search(text)
        assert match
        unit, task = self.texts.owner(match)
        key = (self.part, unit, task.number, match[3])
        first = not self.seen[key]
        self.seen[key].append(match[0])
        if cut:
            self.cut.add(key)
        leads = self.told.lead_names(task)
        if self.part == "二":
            wanted = {f"{unit}：", f"{unit}（配合）："}
        elif self.part == "四":
            label = {"P": "原因", "N": "下一步措施"}[match[3]]
            wanted = {f"{label}（{unit}）：" if len(leads) > 1 else f"{label}："}
            if leads not in ([unit],) and len(leads) == 1:
                wanted.add(f"{label}（{unit}）：")
        else:
            named = re.match(rf"^(.+?)（({TASKS})）：$", before)
            if named:
                self.found.same(text[:80], (named[1], numbers(named[2])), (unit, [task.number]))
                return
            wanted = {f"{unit}："}
        self.found.same(
            f"part {self.part}, before {text[:60]}", before in wanted if first else before, first or ""
        )
        if self.part in "二四":
            self.found.same(f"the task over {text[:60]}", self.number, task.number)

    def quotes(self) -> None:
        """Every text that the body quotes stands there, in its part, whole or with where the whole stands."""
        wanted = dict(self.wanted())
        alike = {key: text for key, text in wanted.items() if text == SHARED}
        own = {key: text for key, text in wanted.items() if text != SHARED}
        quoted = {key: lines for key, lines in self.seen.items() if key[0] in "二四五六七"}
        self.found.alike("quotes", list(map(str, quoted)), list(map(str, own)))
        rules: dict[str, Any] = {"quote": "whole", "limit": 600} | self.told.year.quotes
        for key, lines in quoted.items():
            text = own.get(key, "")
            whole = [match[0] for match in MARK.finditer(text)]
            self.found.same(f"lines of {key}", lines, whole[: len(lines)] if key in self.cut else whole)
            if rules["quote"] == "whole" and len(text) <= (rules["limit"] or len(text)):
                self.found.same(f"whether {key} was cut", key in self.cut, False)
        self.same_words(alike, own)

    def wanted(self) -> Iterator[tuple[Key, str]]:
        """Which texts the body must quote, and in which part."""
        told, supporters = self.told, bool(self.told.year.quotes.get("supporters"))
        for part in told.parts:
            if part.answer is None:
                continue
            key = (part.unit, part.task.number)
            if REQUEST in part.answer.remark:
                yield ("七", *key, "M"), part.answer.remark
            quoted = part.role == LEAD or supporters
            if quoted and not self._left_out(part) and not hollow(part.answer.result):
                yield ("二", *key, "R"), part.answer.result
            if part.role == LEAD:
                apart = GROUPS[told.status(part.task)] in ("滞后", "不计入")
                if not hollow(part.answer.problem):
                    yield ("四" if apart else "五", *key, "P"), part.answer.problem
                if not hollow(part.answer.next_step):
                    yield ("四" if apart else "六", *key, "N"), part.answer.next_step

    def same_words(self, wanted: dict[Key, str], others: dict[Key, str]) -> None:
        """What several units wrote word for word stands once for a category, but with each task behind."""
        apart = sorted(number for part, _, number, _ in wanted if part == "四")
        self.found.same(SHARED, sorted(number for part, number, _ in self.shared if part == "四"), apart)
        groups: dict[str, tuple[list[str], list[str]]] = {}
        categories = {task.number: _bare(task.category) for task in self.told.tasks}
        for part, unit, number, _ in wanted:
            if part != "四":
                several = {categories[key[2]] for key in (*wanted, *others) if key[0] == part}
                heading = categories[number] if len(several) > 1 else self.only
                units, tasks = groups.setdefault(part + heading, ([], []))
                units.append(unit)
                tasks.append(number)
        expected = [
            str((where, "、".join(dict.fromkeys(units)), list(dict.fromkeys(tasks))))
            for where, (units, tasks) in groups.items()
        ]
        found = []
        for part, category, before in self.shared:
            named = re.match(rf"^(.+?)（({TASKS})）$", before)
            if part != "四":
                found.append(str((part + category, named and named[1], numbers(named[2]) if named else None)))
        self.found.alike(SHARED, found, expected)

    def _left_out(self, part: Part) -> bool:
        """Tasks dropped or behind of which no lead says what was done stand in the fourth part alone."""
        told = [
            each
            for each in self.told.of(part.task)
            if each.role == LEAD and each.answer and not hollow(each.answer.result)
        ]
        return not told and GROUPS[self.told.status(part.task)] in ("滞后", "不计入")

    # ---- tables ----------------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
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
            counts = _counts(GROUPS[told.status(task)] for task in own)
            groups = ("完成", "推进中", "滞后", "不计入", UNREPORTED)
            row = {"类别": _bare(name), "任务数": str(len(own))}
            expected.append(row | {group: str(counts.get(group, 0)) for group in groups})
        self.found.same("categories", rows, expected)

    def figures(self, rows: list[dict[str, str]]) -> None:
        columns: dict[str, Callable[[Row], str]] = {
            "任务序号": lambda row: row.target.task,
            "指标": lambda row: row.target.name,
            "目标值": lambda row: _goal(row.target),
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


_ANNEXES = (
    "任务完成情况表",
    "量化指标完成情况表",
    "未按时报送单位名单",
    "未报送和逾期报送单位名单",
    "佐证材料目录",
)
_RATE = r"完成率为([\d.]+)%（(\d+)/(\d+)）"
_BEHIND = rf"滞后和未完成的任务(\d+)项，为({TASKS})"
_PARTLY = rf"有(\d+)项（({TASKS})）尚有牵头单位没有报送"
_UNKNOWN = rf"情况不明的任务(\d+)项，为({TASKS})"
_TARGETS = r"^量化指标(\d+)项"
_RETURNS = r"应报送单位(\d+)个"
_MISSED = r"未达到目标值的指标(\d+)项"


def _as_texts(rows: list[dict[str, str]]) -> list[str]:
    return [str(sorted(row.items())) for row in rows]


def _numbers(tasks: list[Task]) -> list[str]:
    return [task.number for task in tasks]


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values))


def _bare(category: str) -> str:
    return _MARKER.sub("", category)


def _goal(target: Target) -> str:
    signs = {">=": "≥", ">": "＞", "=": "", "<=": "≤", "<": "＜", "growth>=": "增长≥"}
    return f"{signs[target.op]}{written(target.value)}{target.unit}"
