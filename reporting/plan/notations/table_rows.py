"""A real table, from HTML, Word, Excel or Markdown: rows are lines with tabs or bars between the cells.

序号	重点任务	牵头单位	配合单位	完成时限
1	完成数据目录编制	市数据局	市财政局	6月底前
"""

from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation
from reporting.plan.notations.headings import UNITS, read_heading


def recognise(lines: Sequence[Line]) -> int:
    """Count the rows with several cells, if one of them is a heading row that names units."""
    rows = [row for row in map(_cells, lines) if len(row) > 1]
    has_heading = any(
        sum(read_heading(cell).field is not None for cell in row) > 1
        and any(read_heading(cell).field in UNITS for cell in row)
        for row in rows
    )
    return 5 * len(rows) if has_heading else 0


def _cells(line: Line) -> list[str]:
    text = line.text.strip()
    cells = text.strip("|").split("|") if text.startswith("|") else line.text.split("\t")
    return ["".join(cell.split()) for cell in cells]


NOTATION = Notation(
    name="table_rows", summary="表格(网页、Word、Excel)中的任务分解表", layout=Layout.TABLE, recognise=recognise
)
