"""The consolidated workbook (汇总表): everything that was accepted, for reading, filtering and printing.

``build`` runs after the consolidation and makes plain records: sheets of tables of typed values, with the
totals named as such. It opens no file and knows no font; ``file.book`` writes the records down.
What units wrote stands here in full: on 任务汇总 by task, on 逐单位填报 cell by cell as it was typed.
A new sheet is one new module with ``NAME``, ``ABOUT`` and ``build``, and one entry below.
"""

from reporting.documents.consolidated import (
    behind,
    evidence,
    exemptions,
    others,
    overview,
    problems,
    questions,
    reports,
    targets,
    tasks,
    units,
    unreported,
)
from reporting.documents.consolidated.proceedings import NOTHING, Proceedings
from reporting.documents.consolidated.records import ReportBook
from reporting.documents.consolidated.view import BookView
from reporting.language.wording import book, year_in
from reporting.model import Consolidation
from reporting.office.form import Form
from reporting.office.settings import Settings

LISTS = (tasks, reports, targets, units, behind, problems, evidence, unreported, questions, exemptions, others)
"""The modules of the sheets behind 概况, in their order."""
KIND = "consolidated"
"""What the workbook says of itself, that it is known again when it comes back."""


def build(
    consolidation: Consolidation, settings: Settings, form: Form, proceedings: Proceedings = NOTHING
) -> ReportBook:
    """Shape the whole workbook."""
    view = BookView(consolidation, form, proceedings)
    lists = tuple((module.build(view), module.ABOUT) for module in LISTS)
    title = f"{year_in(consolidation.title, consolidation.year)}{book(consolidation.title)}任务完成情况汇总表"
    first = overview.build(view, title, settings, lists)
    sheets = (first, *(sheet for sheet, _ in lists))
    words = {
        "kind": KIND,
        "year": str(consolidation.year),
        "plan": proceedings.plan_id,
        "reviews": str(proceedings.reviews),
    }
    return ReportBook(title, consolidation.issuer, consolidation.as_of, sheets, tuple(words.items()))
