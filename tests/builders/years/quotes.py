"""Reads what units wrote back out of the body of the summary: in its part, under its task, whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from builders.years.made import REQUEST, SHARED
from builders.years.read import MARK, TASKS, Differences, Texts, numbers
from builders.years.told import GROUPS, LEAD, Part, Told, bare, hollow, written

Key = tuple[str, str, str, str]
"""A quoted text: the part of the summary, unit, task and field."""
ANNEX = "（全文见附件1）"


class Quotes:
    """The quotes of a body, paragraph by paragraph; ``part`` and ``category`` are the headings above."""

    def __init__(self, told: Told, differences: Differences) -> None:
        self.told, self.found, self.texts = told, differences, Texts(told)
        only = told.categories() if len(told.categories()) == 1 else [""]
        self.only = bare(only[0])
        """The one category there is: it needs no heading."""
        self.part, self.category, self.number = "", self.only, ""
        self.seen: dict[Key, list[str]] = defaultdict(list)
        self.cut: set[Key] = set()
        self.shared: list[tuple[str, str, str]] = []

    def read(self, text: str) -> bool:
        """Read a paragraph; whether it was a unit's, or the heading of a task."""
        if MARK.search(text):
            self.quote(text)
            return True
        if self.part in ("二", "四") and self.item(text):
            return True
        if text.endswith(SHARED):
            where = self.number if self.part == "四" else self.category
            self.shared.append((self.part, where, text.partition("：")[0]))
            return True
        return False

    def item(self, text: str) -> bool:
        """The heading of a task with its status and progress, and the names under it."""
        told = self.told
        match = re.match(r"^((?:（[一二三四五六七八九]）)?\d+)\.(.+)（([^（）]+?)(?:，进度([\d.]+)%)?）$", text)
        if match and any(task.number == match[1] for task in told.tasks):
            task = next(task for task in told.tasks if task.number == match[1])
            progress = told.progress(task)
            tells = GROUPS[told.status(task)] in ("推进中", "滞后") and progress is not None
            self.number = task.number
            self.found.same(text, match[3], told.status(task))
            self.found.same(text, match[4], written(progress or 0) if tells else None)
            self.found.same(text, task.content.startswith(match[2]), True)
            if self.part == "二":
                self.found.same(f"category of {text}", self.category, bare(task.category))
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
        self.found.same(f"part {self.part}, before {text[:60]}", before in wanted if first else before, first or "")
        if self.part in "二四":
            self.found.same(f"the task over {text[:60]}", self.number, task.number)

    def check(self) -> None:
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
        categories = {task.number: bare(task.category) for task in self.told.tasks}
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
