"""The acceptance report (检查验收报告): what the inspection group verified, the scores, the conclusions.

It is only written once something was verified. What nobody verified is said to be so wherever it counts;
reasons and opinions are the group's own words, whole. 项次 is one task of one unit.
"""

from reporting.documents import Context, Output
from reporting.documents.acceptance.annexes import formula_row, group, rectify_rows, task_groups
from reporting.documents.acceptance.compared import compared, score_differences
from reporting.documents.acceptance.conduct import conduct_opening, grade_table, overall, work
from reporting.documents.acceptance.demands import conclusions, demands
from reporting.documents.acceptance.problems import inspected_problems
from reporting.documents.acceptance.scores import deductions, method, total_row
from reporting.documents.acceptance.view import AcceptanceView
from reporting.documents.blocks import body_blocks
from reporting.documents.letterhead import annex_list, official_closing, plan_title, plan_words, title_lines
from reporting.language.wording import book
from reporting.model import Consolidation
from reporting.model.review import Review, Scores
from reporting.office.form import Form
from reporting.office.settings import Settings


def build(consolidation: Consolidation, review: Review, scores: Scores, settings: Settings, form: Form) -> Context:
    """Shape the whole report."""
    view = AcceptanceView(consolidation, review, scores, form)
    title, year = consolidation.title, consolidation.year
    plan = book(plan_title(title, year))
    return {
        "title": title_lines(f"关于{plan_words(title, year)}检查验收情况的报告"),
        "recipient": settings.recipient,
        "opening": conduct_opening(view, plan),
        "work": body_blocks(work(view)),
        "overall": body_blocks(overall(view)),
        "grades": grade_table(view),
        "compared": compared(view),
        "differences": body_blocks(score_differences(view)),
        "problems": body_blocks(inspected_problems(view)),
        "method": body_blocks(method(view, settings.scoring)),
        "totals": [total_row(each) for each in view.ranked],
        "deductions": body_blocks(deductions(view)),
        "conclusions": body_blocks(conclusions(view)),
        "demands": body_blocks(demands(view)),
        "annexes": annex_list(view.annexes),
        "signer": settings.document.signer,
        "annex_scores": view.head("scores") | {"rows": [formula_row(each) for each in view.ranked]},
        "annex_tasks": view.head("tasks") | {"groups": task_groups(view)},
        "annex_rectify": view.head("rectify") | {"rows": rectify_rows(view, view.to_rectify)},
        "annex_group": view.head("group") | group(review),
        **official_closing(settings, consolidation.issuer, consolidation.as_of, settings.document.acceptance_number),
    }


OUTPUT = Output("检查验收报告", "检查验收报告.docx", build)
