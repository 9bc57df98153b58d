"""The page of a year, filled."""

from __future__ import annotations

from dataclasses import replace

from builders.samples import LEAD
from builders.year import FORM, OFFICE, ROOT, a_line, a_report, a_task, a_unit, consolidate
from reporting.documents import dashboard
from reporting.documents.filling.page import fill_page
from reporting.model import Consolidation, UnitState
from reporting.model.review import Review, TargetReview, TaskReview, Verified
from reporting.review.scoring import score

TEMPLATE = ROOT / "templates" / "看板.html"


DOCUMENTS = ("2026年度任务完成情况汇总表.xlsx", "2026年度任务完成情况报告.docx")


REVIEW = Review(
    share=100,
    seed=1,
    tasks=(
        TaskReview("1", "市科技局", status="已完成", score=97.5, opinion="台账齐全"),
        TaskReview("3", "市市场监管局", status="未完成", reason="选址仍未落实"),
    ),
    targets=(TargetReview("1-1", "市科技局", 11),),
)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>&{{ policy }}{% raw %}"


def made(
    consolidation: Consolidation, verified: Verified | None = None, documents: tuple[str, ...] = DOCUMENTS
) -> bytes:
    return fill_page(TEMPLATE, dashboard.build(consolidation, OFFICE, FORM, documents, verified))


def reviewed(consolidation: Consolidation, review: Review = REVIEW) -> Verified:
    return Verified(review, score(consolidation, review, OFFICE.scoring, FORM))


def hostile() -> Consolidation:
    lines = (
        a_line(
            replace(a_task("1", f"一、{HOSTILE}", HOSTILE, "甲"), lead=(HOSTILE,), number=HOSTILE),
            "滞后",
            10,
            a_report(HOSTILE, LEAD, "滞后", 10, result=HOSTILE, problem=f"甲\x00\x07乙{HOSTILE}"),
        ),
    )
    units = (a_unit(1, HOSTILE, UnitState.LATE, lines),)
    whole = consolidate(lines, units)
    return replace(whole, title=HOSTILE, issuer=HOSTILE, waivers=(HOSTILE,), document_number=HOSTILE)
