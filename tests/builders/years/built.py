"""A made-up year put into a workspace: straight into the book, or through the commands as an office does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path
from typing import Any

from builders.year import SETTINGS, answered, fill, issued_file, make_workspace, send
from builders.years.made import DUE, ISSUED, SYNONYMS, YEAR, Answer, Figure, Sent, Year
from reporting.commands import report as workflow
from reporting.commands.collect import collect
from reporting.commands.extend import extend
from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.ledger import CollectedReview, Entry, Ledger, plan_id
from reporting.model import DecisionKind, Issue, IssuedWorkbook, Receipt, Verdict
from reporting.office.outbox import OUT_REPORT
from reporting.office.workspace import Workspace

HEADINGS = {
    "status": "完成状态",
    "progress": "完成进度(%)",
    "result": "完成情况",
    "problem": "存在问题及原因",
    "next_step": "下一步计划",
    "evidence": "佐证材料",
    "self_score": "自评分",
    "remark": "备注",
}
CORRECT = "差不多了"
"""A status that every return must be sent back for."""


def settings_text(year: Year) -> str:
    """``duban.toml`` of a year, with its own ways of scoring and quoting."""
    tables: dict[str, list[str]] = {"scoring": [], "scoring.grades": []}
    for key, value in year.scoring.items():
        table, _, name = key.rpartition(".")
        tables["scoring.grades" if table else "scoring"].append(f"{name} = {_toml(value)}")
    tables["summary"] = [f"{key} = {_toml(value)}" for key, value in year.quotes.items()]
    written = "".join(f"\n[{name}]\n" + "\n".join(lines) + "\n" for name, lines in tables.items() if lines)
    return SETTINGS + written


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {each}' for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)


def write_report(workspace: Workspace, year: Year) -> dict[str, Path]:
    """Run ``report``; gives back what it wrote by the last word of its name."""
    _, outcome = workflow.report(workspace, datetime.combine(year.today, time(12)))
    assert not outcome.findings
    names = ("汇总表", "完成情况报告", "检查验收报告", "看板")
    folder = workspace.outbox(OUT_REPORT)
    return {name: path for path in folder.iterdir() for name in names if path.stem.endswith(name)}


def book_year(year: Year, root: Path) -> Workspace:
    """Write a year straight into the book of a new workspace."""
    init(root, YEAR)
    (root / "duban.toml").write_text(settings_text(year), encoding="utf-8")
    workspace = Workspace(root)
    plan = year.plan
    issue = Issue(
        at=datetime.combine(ISSUED, datetime.min.time()),
        year=YEAR,
        plan_id=plan_id(plan),
        title=plan.title,
        issuer=plan.issuer or "",
        due=DUE,
        plan=plan,
        workbooks=(IssuedWorkbook(1, plan.units[0].name, "1.xlsx", "0" * 64),),
    )
    versions: dict[str, int] = {}
    entries = []
    for order, each in enumerate(year.sent):
        versions[each.unit] = versions.get(each.unit, 0) + 1
        sha256 = f"{order:064x}"
        receipt = Receipt(f"{each.unit}.xlsx", sha256, each.at, each.unit, each.verdict)
        told = answered(
            {number: _cells(answer) for number, answer in each.answers.items()},
            {number: _figure(figure) for number, figure in each.figures.items()},
        )
        entries.append(Entry(receipt, YEAR, versions[each.unit], DUE, told, ()))
    with closing(Ledger(workspace.ledger_url)) as ledger:
        ledger.add_issue(issue)
        for decision in year.decisions:
            ledger.add_decision(YEAR, decision)
        ledger.add_entries(entries)
        _add_review(ledger, year)
    return workspace


def _add_review(ledger: Ledger, year: Year) -> None:
    if year.review is not None:
        ledger.add_review(YEAR, CollectedReview(datetime(2027, 1, 18, 12), "核定表.xlsx", "0" * 64, year.review))


def _cells(answer: Answer) -> Mapping[str, tuple[str, Any]]:
    cells = {}
    for key, value in asdict(answer).items():
        raw = "" if value is None else f"{value:g}" if isinstance(value, float) else value
        raw = SYNONYMS.get(raw, raw) if key == "status" else raw
        cells[key] = raw, value if value != "" else None
    return cells


def _figure(figure: Figure) -> Mapping[str, tuple[str, Any]]:
    return {
        "value": (figure.raw, figure.value),
        "as_of": ("2026-11-30", "2026-11-30"),
        "remark": (figure.remark, figure.remark or None),
    }


def run_year(year: Year, root: Path) -> Workspace:
    """Let the commands make the year: issue, workbooks filled in, collected day by day."""
    workspace = make_workspace(root, year.plan)
    (root / "duban.toml").write_text(settings_text(year), encoding="utf-8")
    issue(workspace, datetime.combine(ISSUED, datetime.min.time()))
    for decision in year.decisions:
        assert decision.kind is DecisionKind.EXTENSION
        assert decision.until is not None
        unit, until = decision.unit, decision.until
        extend(workspace, unit, until, decision.reason, decision.at, decision.task)
    days = dict.fromkeys(each.at for each in year.sent)
    for at in days:
        for order, each in enumerate(year.sent):
            if each.at == at:
                send(workspace, f"{order}.xlsx", _filled(workspace, each))
        collect(workspace, (), at)
    with closing(Ledger(workspace.ledger_url)) as ledger:
        _add_review(ledger, year)
        came = [(each.unit, each.verdict) for each in ledger.standings(YEAR) if each.unit]
    assert sorted(came) == sorted((each.unit, each.verdict) for each in year.sent)
    return workspace


def _filled(workspace: Workspace, sent: Sent) -> bytes:
    rows = {}
    for number, answer in sent.answers.items():
        row = {HEADINGS[key]: value if value != "" else None for key, value in asdict(answer).items()}
        status = answer.status
        row["完成状态"] = SYNONYMS.get(status, status) or None
        rows[number] = row
    if sent.verdict is Verdict.RETURNED:
        rows[next(iter(rows))]["完成状态"] = CORRECT
    figures: dict[str, Any] = {
        number: {6: each.value, 7: "2026-11-30", 8: each.remark or None} for number, each in sent.figures.items()
    }
    return fill(issued_file(workspace, sent.unit), rows, figures)
