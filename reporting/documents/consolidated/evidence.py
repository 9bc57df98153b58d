"""佐证材料: what each unit names as evidence task by task, then the files that came beside the returns."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.documents.consolidated.records import Column, Kind, Marked, Sheet, Table, Values
from reporting.documents.consolidated.view import View, as_key, whole_rows
from reporting.language.wording import clause, says_nothing
from reporting.model import Report, TaskLine

NAME = "佐证材料"
ABOUT = "各单位逐项列出的佐证材料、随填报表报来的文件，已完成而没有列佐证的"
NAMED, CAME, LACKING = "填报", "来件", "未列佐证"


def build(view: View) -> Sheet:
    """The whole sheet."""
    layout = (
        Column(view.heading("number"), 8, Kind.KEY),
        Column("填报单位", 20, Kind.TEXT),
        Column(view.heading("role"), 6, Kind.LABEL),
        Column("任务", 34, Kind.TEXT),
        Column(view.heading("status"), 11, Kind.LABEL),
        Column("来源", 9, Kind.LABEL),
        Column(view.heading("evidence"), 60, Kind.TEXT),
        Column("收到日期", 12, Kind.DATE),
    )
    named = list(_named(view))
    lacking = sum(1 for row in named if row[5] == Marked(LACKING, "bad"))
    came = [
        (None, each.unit, None, None, None, CAME, each.file, each.received) for each in view.proceedings.files
    ]
    note = (
        f"填报表中列出佐证材料的{len(named) - lacking}项次，报完成而没有列佐证的{lacking}项次，"
        f"随填报表报来的文件{len(came)}个。文件存放在 archive 文件夹。{view.note}"
    )
    table = Table(layout, whole_rows([*named, *came], 4), empty="各单位都没有列出佐证材料。")
    return Sheet(NAME, f"{view.all.year}年度佐证材料清单", (note,), (table,), frozen=2)


def _named(view: View) -> Iterator[Values]:
    for line in view.all.tasks:
        for report in line.reports:
            silent = says_nothing(report.evidence)
            if not silent or view.group(report.status) == "done":
                yield _values(view, line, report, lacking=silent)


def _values(view: View, line: TaskLine, report: Report, *, lacking: bool) -> Values:
    return (
        as_key(line.task.number),
        report.unit,
        str(report.role),
        clause(line.task.content),
        view.marked(report.status),
        Marked(LACKING, "bad") if lacking else Marked(NAMED),
        report.evidence,
        None,
    )
