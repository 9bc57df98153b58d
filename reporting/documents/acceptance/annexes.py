"""The annexes of the report: scores with their formulas, every task, what to put right, the group."""

import re
from collections.abc import Sequence

from reporting.documents.acceptance.view import AcceptanceView, Inspected, optional
from reporting.language.values import format_number
from reporting.language.wording import chinese_date, clause
from reporting.model.review import Review, UnitScore
from reporting.year.standings import UNVERIFIED

TALL = 100
"""Longer opinions may run over the end of a page."""
_COMMAS = re.compile(r"[、，,；;](?![^（(]*[）)])")  # 林晓（市知识产权局、科长）、陈静: not inside the brackets
_WITH_OFFICE = re.compile(r"(.{1,20}?)[（(](.{1,60})[）)]")  # 周正（市知识产权局副局长）


def formula_row(unit: UnitScore) -> dict[str, str]:
    """A unit with its score, the way to it, grade and conclusion."""
    unverified = f"{UNVERIFIED}{unit.unverified}项次" if unit.unverified else ""
    return {
        "unit": unit.unit,
        "formula": unit.formula,
        "total": optional(unit.total),
        "grade": unit.grade,
        "rank": str(unit.rank) if unit.rank is not None else "—",
        "conclusion": unit.conclusion,
        "note": "；".join(filter(None, (unit.note, unverified))),
    }


def task_groups(view: AcceptanceView) -> list[dict[str, object]]:
    """Every task, by unit: as reported, as verified, its score and the way to it."""
    return [
        {"unit": unit, "rows": [_task_row(view, entry) for entry in entries]} for unit, entries in view.by_unit.items()
    ]


def _task_row(view: AcceptanceView, entry: Inspected) -> dict[str, object]:
    figures = [
        told
        for each in view.figures
        if (each.target.task, each.unit) == (entry.task.number, entry.assignment.unit)
        # what the way to the score tells anyway need not stand beside it
        if (told := f"{each.target.name}核定{format_number(each.verified)}{each.target.unit}")
        not in entry.score.formula
    ]
    open_status = "状态按上报" if entry.score.verified else UNVERIFIED
    own = entry.report.self_score if entry.report is not None else None
    review = entry.review
    material = f"材料核查：{review.material}" if review is not None and review.material else ""
    words = [review.reason, review.opinion, material] if review is not None else []
    return {
        "number": entry.task.number,
        "content": clause(entry.task.content, 60),
        "role": str(entry.assignment.role),
        "reported": entry.reported,
        "method": review.method if review is not None and entry.score.verified else "—",
        "verified": "\n".join((entry.verified_status or open_status, *figures)),
        "own": "—" if own is None else format_number(own),
        "points": "不计分" if entry.score.points is None else f"{entry.score.points:.1f}",
        "weight": format_number(entry.score.weight),
        "formula": entry.score.formula,
        "said": "\n".join(filter(None, words)),
        "tall": len("".join(words)) > TALL or len(entry.score.formula) > 2 * TALL,
    }


def rectify_rows(view: AcceptanceView, entries: Sequence[Inspected]) -> list[dict[str, object]]:
    """What must be put right, with unit and date, numbered from 1."""
    return [
        {
            "ordinal": str(number),
            "unit": entry.assignment.unit,
            "task": entry.task.number,
            "content": clause(entry.task.content, 60),
            "problem": _problem(entry),
            "tall": len(_problem(entry)) > TALL,
            "by": chinese_date(day) if (day := view.rectify_day(entry)) else "待定",
        }
        for number, entry in enumerate(entries, 1)
    ]


def _problem(entry: Inspected) -> str:
    words = [entry.review.reason, entry.review.opinion] if entry.review is not None else []
    state = entry.score.status
    if entry.report is not None and not entry.score.verified:
        state = f"上报{state}（{UNVERIFIED}）"
    points = "" if entry.score.points is None else f"，得{entry.score.points:.1f}分"
    return "\n".join([f"{state}{points}", *filter(None, words)])


def group(review: Review) -> dict[str, object]:
    """The group, one line each with room to sign; blank lines where nobody was named."""
    named = [name for part in _COMMAS.split(review.members) if (name := part.strip())]
    return {"rows": [_member("组长", review.leader), *(_member("成员", name) for name in named or ("", ""))]}


def _member(duty: str, words: str) -> dict[str, str]:
    """One of the group, with the office that is named in brackets behind the name."""
    match = _WITH_OFFICE.fullmatch(words.strip())
    name, office = (match[1], match[2]) if match else (words, "")
    return {"duty": duty, "name": name, "office": office}
