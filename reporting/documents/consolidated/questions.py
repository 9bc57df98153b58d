"""矛盾和疑点: what accepted returns were asked about, and where units do not agree with each other."""

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable, Toned
from reporting.documents.consolidated.view import BookView, as_key, whole_rows

NAME = "矛盾和疑点"
ABOUT = "已收下的填报表中要求核实的事项、单位之间不一致的事项和单位的说明"
OPEN = "待核实"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn("序号", 6, ColumnKind.COUNT),
        ListColumn("填报单位", 20, ColumnKind.TEXT),
        ListColumn(view.heading("number"), 9, ColumnKind.KEY),
        ListColumn("位置", 16, ColumnKind.LABEL),
        ListColumn("事项", 72, ColumnKind.TEXT),
        ListColumn("处理情况", 20, ColumnKind.LABEL),
    )
    found = view.proceedings.questions
    rows = whole_rows(
        (
            (
                number,
                each.unit,
                as_key(each.task),
                each.where,
                each.says,
                Toned(each.settled) if each.settled else Toned(OPEN, "open"),
            )
            for number, each in enumerate(found, start=1)
        ),
        4,
    )
    unsettled = sum(not each.settled for each in found)
    note = f"收件时核对出{len(found)}处，其中{unsettled}处{OPEN}。位置是该单位填报表中的格。{view.note}"
    table = ReportTable(layout, rows, empty="收下的填报表中没有要求核实的事项，单位之间没有不一致。")
    return ReportSheet(NAME, f"{view.all.year}年度矛盾和疑点", (note,), (table,), frozen=2, tone="open")
