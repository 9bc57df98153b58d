"""矛盾和疑点: what accepted returns were asked about, and where units do not agree with each other."""

from reporting.documents.consolidated.lists import Columns, column, listed
from reporting.documents.consolidated.proceedings import Question
from reporting.documents.consolidated.records import ColumnKind, ReportSheet, Toned
from reporting.documents.consolidated.view import BookView, as_key

NAME = "矛盾和疑点"
ABOUT = "已收下的填报表中要求核实的事项、单位之间不一致的事项和单位的说明"
OPEN = Toned("待核实", "open")


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    columns: Columns[Question] = (
        column("填报单位", 20, lambda each: each.unit),
        column(view.heading("number"), 9, lambda each: as_key(each.task), ColumnKind.KEY),
        column("位置", 16, lambda each: each.where, ColumnKind.LABEL),
        column("事项", 72, lambda each: each.says),
        column("处理情况", 20, lambda each: Toned(each.settled) if each.settled else OPEN, ColumnKind.LABEL),
    )
    found = view.proceedings.questions
    unsettled = sum(not each.settled for each in found)
    note = f"收件时核对出{len(found)}处，其中{unsettled}处{OPEN.text}。位置是该单位填报表中的格。{view.note}"
    empty = "收下的填报表中没有要求核实的事项，单位之间没有不一致。"
    table = listed(columns, found, 4, empty, numbered=True)
    return ReportSheet(NAME, f"{view.all.year}年度矛盾和疑点", (note,), (table,), frozen=2, tone="open")
