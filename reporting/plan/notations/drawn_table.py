"""A table drawn with box characters, often over many pages with the heading row repeated on each.

┌──┬────┬────────┬─────────┬─────────┐
│序号│ 类别 │ 工作内容 │ 负责单位 │ 参与单位 │
├──┼────┼────────┼─────────┼─────────┤
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation, count_lines

STROKE = re.compile(r"^(?:[│├┌└┃┣┏┗║╠╔╚]|\+-{2,9}-*\+)")
"""A line that begins with a stroke: │ 1 │."""


def recognise(lines: Sequence[Line]) -> int:
    """Count the lines of drawn tables; they never occur by chance, so each weighs more than another sign."""
    return 10 * count_lines(lines, STROKE)


NOTATION = Notation(name="drawn_table", summary="用制表符画成的任务分解表", layout=Layout.TABLE, recognise=recognise)
