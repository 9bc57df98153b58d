"""例外和决定: rules that were waived for a unit, and what the office decided since the issue."""

from __future__ import annotations

from reporting.documents.consolidated.records import Column, Kind, Sheet, Table
from reporting.documents.consolidated.view import View, as_key, whole_rows

NAME = "例外和决定"
ABOUT = "经同意豁免的要求，办公室作出的延期、改派、认定和撤销"


def build(view: View) -> Sheet:
    """The whole sheet."""
    layout = (
        Column("序号", 6, Kind.COUNT),
        Column("种类", 8, Kind.LABEL),
        Column("单位", 20, Kind.TEXT),
        Column(view.heading("number"), 9, Kind.KEY),
        Column("事项", 46, Kind.TEXT),
        Column("理由", 36, Kind.TEXT),
        Column("同意人", 10, Kind.LABEL),
        Column("期限", 12, Kind.DATE),
        Column("状态", 12, Kind.LABEL),
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
    table = Table(layout, rows, empty="没有豁免和决定。")
    return Sheet(NAME, f"{view.all.year}年度例外和决定", (note,), (table,), frozen=3)
