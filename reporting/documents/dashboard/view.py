"""The year as the sections of the page look at it, and the small pieces that several of them are made of."""

from collections.abc import Iterable

from reporting.documents.year_view import YearView
from reporting.model import UNREPORTED, Consolidation
from reporting.model.review import Verified
from reporting.office.form import Form
from reporting.year.standings import GROUP_NAMES, UNKNOWN, group_name, unit_standings

Part = dict[str, object]
"""A piece of the page as the template sees it."""

_KEYS = {words: key for key, words in GROUP_NAMES.items()} | {UNREPORTED: "unreported", UNKNOWN: "other"}
"""How the template calls each group, to give it its pattern."""


class DashboardView(YearView):
    """The Consolidation, and what was verified, as the sections look at it."""

    def __init__(self, consolidation: Consolidation, form: Form, verified: Verified | None) -> None:
        super().__init__(consolidation, form)
        self.verified = verified
        review, scores = (verified.review, verified.scores) if verified else (None, None)
        self.reviews = {(each.number, each.unit): each for each in (review.tasks if review else ())}
        self.scores = {(each.number, each.unit): each for each in (scores.tasks if scores else ())}
        self.unit_scores = {each.unit: each for each in (scores.units if scores else ())}
        self.figures = {(each.number, each.unit): each.value for each in (review.targets if review else ())}
        self.standings = unit_standings(consolidation.tasks, form)
        seen = [line.status for line in consolidation.tasks]
        self.statuses = tuple(dict.fromkeys((*form.statuses, *seen, UNREPORTED)))
        self.groups = [*GROUP_NAMES.values(), UNREPORTED]
        if UNKNOWN in map(self.group_words, seen) or any(each[UNKNOWN] for each in self.standings.values()):
            self.groups.append(UNKNOWN)
        owing = [line.unit for line in consolidation.units]
        doing = [part.assignment.unit for line in consolidation.tasks for part in line.parts]
        self.unit_names = list(dict.fromkeys((*owing, *doing)))

    def group_words(self, status: str) -> str:
        """The group of a status in words."""
        return group_name(status, self.form)

    def heading(self, key: str) -> str:
        """The heading that the form gives a column of 任务填报."""
        return self.form.task_fields[key].heading

    def status(self, name: str) -> Part:
        """A status with the key of its group."""
        return {"name": name, "key": _KEYS[self.group_words(name)]}


def segmented(parts: Iterable[tuple[str, int]]) -> Part:
    """A bar that shows what a whole is made of, in percent of its width, and the same in words."""
    present = [(name, count) for name, count in parts if count]
    whole = sum(count for _, count in present)
    segments, at = [], 0
    for name, count in present:
        x, width = share_of(at, whole), share_of(count, whole)
        segments.append({"key": _KEYS[name], "x": x, "width": width, "words": f"{name}{count}项"})
        at += count
    return {"segments": segments, "words": "，".join(str(each["words"]) for each in segments) or "无任务"}


def share_of(part: float, whole: float) -> str:
    """A length in percent of the whole, as SVG takes it."""
    return f"{part * 100 / whole:.3f}%"


def unit_named(group: str) -> Part:
    """A group with its key."""
    return {"key": _KEYS[group], "name": group}
