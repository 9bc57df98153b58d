"""佐证材料: what each unit names as evidence task by task, then the files that came beside the returns."""

from collections.abc import Iterator

from reporting.documents.consolidated.records import ColumnKind, ListColumn, ReportSheet, ReportTable, Toned, Values
from reporting.documents.consolidated.view import BookView, as_key, whole_rows
from reporting.language.characters import is_hollow
from reporting.language.wording import clause

NAME = "佐证材料"
ABOUT = "各单位逐项列出的佐证材料、随填报表报来的文件，已完成而没有列佐证的"
NAMED, CAME, LACKING = Toned("填报"), "来件", Toned("未列佐证", "bad")


def build(view: BookView) -> ReportSheet:
    """The whole sheet."""
    layout = (
        ListColumn(view.heading("number"), 8, ColumnKind.KEY),
        ListColumn("填报单位", 20),
        ListColumn(view.heading("role"), 6, ColumnKind.LABEL),
        ListColumn("任务", 34),
        ListColumn(view.heading("status"), 11, ColumnKind.LABEL),
        ListColumn("来源", 9, ColumnKind.LABEL),
        ListColumn(view.heading("evidence"), 60),
        ListColumn("收到日期", 12, ColumnKind.DATE),
    )
    named = list(_named(view))
    lacking = sum(LACKING in row for row in named)
    files = view.proceedings.files
    came = [(None, each.unit, None, None, None, CAME, each.file, each.received) for each in files]
    note = (
        f"填报表中列出佐证材料的{len(named) - lacking}项次，报完成而没有列佐证的{lacking}项次，"
        f"随填报表报来的文件{len(came)}个。文件存放在 archive 文件夹。{view.note}"
    )
    table = ReportTable(layout, whole_rows([*named, *came], 4), empty="各单位都没有列出佐证材料。")
    return ReportSheet(NAME, f"{view.all.year}年度佐证材料清单", (note,), (table,), frozen=2)


def _named(view: BookView) -> Iterator[Values]:
    for line in view.all.tasks:
        known = as_key(line.task.number), clause(line.task.content)
        for report in line.reports:
            silent = is_hollow(report.evidence)
            if not silent or view.group(report.status) == "done":
                role, status = str(report.role), view.marked(report.status)
                source = LACKING if silent else NAMED
                yield (known[0], report.unit, role, known[1], status, source, report.evidence, None)
