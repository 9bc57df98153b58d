"""What a careful colleague notices in a plan before it goes out: runs the rules of ``plan_rules``.

Runs on plan.xlsx as the coordinator left it. It changes nothing and never merges names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.language.units import fold
from reporting.model import Plan
from reporting.model.findings import Finding, Outcome
from reporting.office.workspace import Workspace
from reporting.plan.rules import PlanView, gather
from reporting.plan.words import in_order

if TYPE_CHECKING:
    from reporting.plan.book.read import Planbook


def look_over(plan: Plan, year: int | None = None, today: date | None = None) -> tuple[Finding, ...]:
    """Look at a plan with every rule; ``year`` counts before the year of the plan.

    Without ``today`` nothing is said of what is over.
    """
    view = PlanView(plan, plan.year if year is None else year, today)
    return tuple(
        Finding(rule.kind, slip.place, unit=slip.unit, task=slip.task, values=slip.values)
        for rule in gather()
        for slip in rule.check(view)
    )


def lacking(workspace: Workspace, plan: Plan) -> list[str]:
    """What every document of the issue names and nobody has written down; without it nothing goes out."""
    words = f"没有{{0}}。请在 {workspace.plan_file.name}“说明”表填写“{{1}}”，或在 duban.toml 填写 {{2}}。"
    needed = (
        (title_of(workspace, plan), "方案名称", "方案名称", "title"),
        (issuer_of(workspace, plan), "发文机关", "印发机关", "issuer"),
    )
    return [words.format(*where) for known, *where in needed if not known]


def title_of(workspace: Workspace, plan: Plan) -> str:
    """The name of the plan in all that goes out: the settings' own, or that of plan.xlsx."""
    return workspace.settings.title or plan.title


def issuer_of(workspace: Workspace, plan: Plan) -> str:
    """Who sends out: the settings' own office, or that of plan.xlsx."""
    return workspace.settings.issuer or plan.issuer or ""


def open_conflicts(planbook: Path) -> tuple[Finding, ...]:
    """What earlier imports asked about this workbook and the coordinator has not decided, at its cells."""
    from reporting.plan.book.undecided import read_undecided
    from reporting.plan.changes.conflicts import KINDS

    return read_undecided(planbook, {kind.code: kind for kind in KINDS})


def still_to_renew(planbook: Path) -> tuple[Finding, ...]:
    """What ``rollover`` marked as last year's and the coordinator has not touched, at its cells."""
    from reporting.plan.book.undecided import read_undecided
    from reporting.plan.next_year import KINDS

    return read_undecided(planbook, {kind.code: kind for kind in KINDS})


def check_planbook(workspace: Workspace, today: date | None = None) -> tuple[Plan, Outcome]:
    """Read plan.xlsx as the coordinator left it and look at it as a careful colleague would."""
    from reporting.plan.book.read import open_planbook

    year = workspace.settings.year  # first of all: where no workspace is, no plan.xlsx is missing
    book = open_planbook(workspace.plan_file)
    noticed = look_over(book.plan, year, today)
    marked = (*open_conflicts(workspace.plan_file), *still_to_renew(workspace.plan_file))
    findings = (*book.findings, *book.point(noticed), *marked)
    notes = (*_newer(workspace), *_unanswered(book), *_to_itself(workspace, book.plan))
    return in_order(book.plan), Outcome(findings=findings, notes=notes)


def _to_itself(workspace: Workspace, plan: Plan) -> Iterator[str]:
    """One line where the office would send its reports to itself."""
    issuer, recipient = issuer_of(workspace, plan), workspace.settings.recipient
    if issuer and fold(issuer) == fold(recipient):
        yield (
            f"报告的主送机关与发文机关相同，都是“{issuer}”。请核对 duban.toml 中的 recipient（主送机关）和 issuer"
            "（发文机关），改正写错的一项。"
        )


def _newer(workspace: Workspace) -> Iterator[str]:
    """One line where somebody may have gone on in another file than the one that counts."""
    newer = "、".join(workspace.newer_plans())
    if newer:
        yield (
            f"文件夹中还有 {newer}，比 plan.xlsx 保存得晚，没有读取，以 plan.xlsx 为准。"
            "要以它为准的，请另存为 plan.xlsx；不用的，请移走。"
        )


def _unanswered(book: Planbook) -> Iterator[str]:
    """One line for each sheet that reminds of all proposals without an answer."""
    for sheet, places in groupby(book.unanswered, key=lambda place: place.part):
        cells = [place.cell for place in places]
        named = "、".join(cells[:5]) + ("等" if len(cells) > 5 else "")
        count = f"工作表“{sheet}”中有 {len(cells)} 条建议还没有答复（{named}）"
        yield f"{count}：属实的，“采纳”一栏选“是”；不属实的，选“否”。"
