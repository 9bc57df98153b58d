"""The year-end summary (年度总结): the report on how the plan's tasks were carried out.

Every figure is taken from the Consolidation or counted from it. The body tells what the lead units wrote;
the first annex holds every unit's words on every task, so nothing that was accepted is left out or cut.
It reports what departments say, before any inspection, and claims no more.
"""

from reporting.documents import Context, Output
from reporting.documents.blocks import body_blocks
from reporting.documents.letterhead import annex_list, official_closing, plan_title, plan_words, title_lines
from reporting.documents.summary.annexes import annex_evidence, annex_targets, annex_tasks, annex_units
from reporting.documents.summary.outlook import late, plans, reported_problems
from reporting.documents.summary.overall import category_table, overall_opening, overview, returns
from reporting.documents.summary.proposals import proposals
from reporting.documents.summary.results import results_section, target_overview, target_section
from reporting.documents.summary.view import SummaryView
from reporting.language.wording import book
from reporting.model import Consolidation
from reporting.office.form import Form
from reporting.office.settings import Settings


def build(consolidation: Consolidation, settings: Settings, form: Form) -> Context:
    """Shape the whole summary."""
    view = SummaryView(consolidation, form, settings.summary)
    title, year = consolidation.title, consolidation.year
    plan = book(plan_title(title, year))
    return {
        "title": title_lines(f"关于{plan_words(title, year)}任务完成情况的报告"),
        "recipient": settings.recipient,
        "opening": overall_opening(view, plan),
        "overview": body_blocks(overview(view, plan)),
        "categories": category_table(view),
        "target_overview": target_overview(view),
        "returns": body_blocks(returns(view)),
        "results": body_blocks(results_section(view)),
        "targets": target_section(view, plan),
        "late": body_blocks(late(view)),
        "problems": body_blocks(reported_problems(view)),
        "plans": body_blocks(plans(view)),
        "proposals": body_blocks(proposals(view)),
        "annexes": annex_list(view.annexes),
        "signer": settings.document.signer,
        "annex_tasks": annex_tasks(view),
        "annex_targets": annex_targets(view),
        "annex_units": annex_units(view),
        "annex_evidence": annex_evidence(view),
        **official_closing(settings, consolidation.issuer, consolidation.as_of, settings.document.summary_number),
    }


OUTPUT = Output("年度总结", "年度总结.docx", build)
