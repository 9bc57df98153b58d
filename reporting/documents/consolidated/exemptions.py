"""例外和决定: rules that were waived for a unit, and what the office decided since the issue."""

from reporting.documents.consolidated.lists import Columns, column, listed
from reporting.documents.consolidated.proceedings import Exemption
from reporting.documents.consolidated.records import ColumnKind, ReportSheet
from reporting.documents.consolidated.view import BookView, as_key

NAME = "例外和决定"
ABOUT = "经同意豁免的要求，办公室作出的延期、改派、认定和撤销"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    columns: Columns[Exemption] = (
        column("种类", 8, lambda each: each.kind, ColumnKind.LABEL),
        column("单位", 20, lambda each: each.unit),
        column(view.heading("number"), 9, lambda each: as_key(each.task), ColumnKind.KEY),
        column("事项", 46, lambda each: each.what),
        column("理由", 36, lambda each: each.reason),
        column("同意人", 10, lambda each: each.by, ColumnKind.LABEL),
        column("期限", 12, lambda each: each.day, ColumnKind.DATE),
        column("状态", 12, lambda each: each.standing, ColumnKind.LABEL),
    )
    found = view.proceedings.exemptions
    note = f"共{len(found)}条。豁免来自 waivers.toml，决定来自台账。{view.note}"
    table = listed(columns, found, 4, "没有豁免和决定。", numbered=True)
    return ReportSheet(NAME, f"{view.all.year}年度例外和决定", (note,), (table,), frozen=3)
