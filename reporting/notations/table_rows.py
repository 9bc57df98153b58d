"""A real table, from HTML, Word, Excel or Markdown: rows are lines with tabs or bars between the cells.

序号	重点任务	牵头单位	配合单位	完成时限
1	完成数据目录编制	市数据局	市财政局	6月底前
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.notations import COLUMNS, Field, Layout, Notation

BRACKET = re.compile(r"[(（]")
"""A heading may end in a remark: 责任单位（列首位的为牵头单位）."""

LOOSE = re.compile(r"(?:牵头|责任|负责|配合|承办|主办|协办|参与).{0,6}(?:单位|部门|主体|[科处股]室)")
"""A heading that names units in other words: 责任（牵头）科室."""

UNIT_HEADINGS = frozenset((*COLUMNS[Field.LEAD], *COLUMNS[Field.DUTY], *COLUMNS[Field.SUPPORT]))


def recognise(lines: Sequence[Line]) -> int:
    """Count the rows with several cells, if one of them is a heading row that names units."""
    rows = [row for row in map(_cells, lines) if len(row) > 1]
    has_heading = any(
        BRACKET.split(cell)[0] in UNIT_HEADINGS or LOOSE.fullmatch(cell) for row in rows for cell in row
    )
    return 5 * len(rows) if has_heading else 0


def _cells(line: Line) -> list[str]:
    text = line.text.strip()
    cells = text.strip("|").split("|") if text.startswith("|") else line.text.split("\t")
    return ["".join(cell.split()) for cell in cells]


NOTATION = Notation(
    name="table_rows",
    summary="表格(网页、Word、Excel)中的任务分解表",
    layout=Layout.TABLE,
    recognise=recognise,
)
