"""例外和决定: rules that were waived for a unit, and what the office decided since the issue."""

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable
from reporting.documents.consolidated.view import BookView, as_key, whole_rows

NAME = "例外和决定"
ABOUT = "经同意豁免的要求，办公室作出的延期、改派、认定和撤销"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn("序号", 6, ColumnKind.COUNT),
        ListColumn("种类", 8, ColumnKind.LABEL),
        ListColumn("单位", 20, ColumnKind.TEXT),
        ListColumn(view.heading("number"), 9, ColumnKind.KEY),
        ListColumn("事项", 46, ColumnKind.TEXT),
        ListColumn("理由", 36, ColumnKind.TEXT),
        ListColumn("同意人", 10, ColumnKind.LABEL),
        ListColumn("期限", 12, ColumnKind.DATE),
        ListColumn("状态", 12, ColumnKind.LABEL),
    )
    found = view.proceedings.exemptions
    rows = whole_rows(
        (
            (
                number,
                each.kind,
                each.unit,
                as_key(each.task),
                each.what,
                each.reason,
                each.by,
                each.day,
                each.standing,
            )
            for number, each in enumerate(found, start=1)
        ),
        4,
    )
    note = f"共{len(found)}条。豁免来自 waivers.toml，决定来自台账。{view.note}"
    table = ReportTable(layout, rows, empty="没有豁免和决定。")
    return ReportSheet(NAME, f"{view.all.year}年度例外和决定", (note,), (table,), frozen=3)
