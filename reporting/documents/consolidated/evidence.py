"""佐证材料: what each unit names as evidence task by task, then the files that came beside the returns."""

from collections.abc import Iterator

from reporting.documents.consolidated.records import (
    ColumnKind,
    ListColumn,
    ReportSheet,
    ReportTable,
    Toned,
    Values,
)
from reporting.documents.consolidated.view import BookView, as_key, whole_rows
from reporting.language.characters import is_hollow
from reporting.language.wording import clause
from reporting.model import Report, TaskLine

NAME = "佐证材料"
ABOUT = "各单位逐项列出的佐证材料、随填报表报来的文件，已完成而没有列佐证的"
NAMED, CAME, LACKING = "填报", "来件", "未列佐证"


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn(view.heading("number"), 8, ColumnKind.KEY),
        ListColumn("填报单位", 20, ColumnKind.TEXT),
        ListColumn(view.heading("role"), 6, ColumnKind.LABEL),
        ListColumn("任务", 34, ColumnKind.TEXT),
        ListColumn(view.heading("status"), 11, ColumnKind.LABEL),
        ListColumn("来源", 9, ColumnKind.LABEL),
        ListColumn(view.heading("evidence"), 60, ColumnKind.TEXT),
        ListColumn("收到日期", 12, ColumnKind.DATE),
    )
    named = list(_named(view))
    lacking = sum(1 for row in named if row[5] == Toned(LACKING, "bad"))
    came = [
        (None, each.unit, None, None, None, CAME, each.file, each.received) for each in view.proceedings.files
    ]
    note = (
        f"填报表中列出佐证材料的{len(named) - lacking}项次，报完成而没有列佐证的{lacking}项次，"
        f"随填报表报来的文件{len(came)}个。文件存放在 archive 文件夹。{view.note}"
    )
    table = ReportTable(layout, whole_rows([*named, *came], 4), empty="各单位都没有列出佐证材料。")
    return ReportSheet(NAME, f"{view.all.year}年度佐证材料清单", (note,), (table,), frozen=2)


def _named(view: BookView) -> Iterator[Values]:
    for line in view.all.tasks:
        for report in line.reports:
            silent = is_hollow(report.evidence)
            if not silent or view.group(report.status) == "done":
                yield _values(view, line, report, lacking=silent)


def _values(view: BookView, line: TaskLine, report: Report, *, lacking: bool) -> Values:
    return (
        as_key(line.task.number),
        report.unit,
        str(report.role),
        clause(line.task.content),
        view.marked(report.status),
        Toned(LACKING, "bad") if lacking else Toned(NAMED),
        report.evidence,
        None,
    )
