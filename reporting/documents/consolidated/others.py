"""其他内容: what units put into their returns beside the answers, word for word, with its place."""

from reporting.documents.consolidated.lists import Columns, column, listed
from reporting.documents.consolidated.proceedings import SentContent
from reporting.documents.consolidated.records import ColumnKind, ReportSheet
from reporting.documents.consolidated.view import BookView

NAME = "其他内容"
ABOUT = "已收下的填报表中，所填各栏以外的内容：表外的文字、批注、文本框、划去的文字等"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    columns: Columns[SentContent] = (
        column("填报单位", 20, lambda each: each.unit),
        column("种类", 14, lambda each: each.content.what, ColumnKind.LABEL),
        column("位置", 26, lambda each: each.content.where),
        column("内容", 90, lambda each: each.content.text),
    )
    found = view.proceedings.others
    note = f"共{len(found)}处，没有作为填报内容登记。位置是该单位填报表中的格。{view.note}"
    empty = "收下的填报表中，除所填各栏以外没有其他内容。"
    table = listed(columns, found, 4, empty, numbered=True)
    return ReportSheet(NAME, f"{view.all.year}年度填报表中的其他内容", (note,), (table,), frozen=3, tone="open")
