"""Numbered paragraphs that end with the names of the units in brackets, often shortened.

1、完善数据目录,推动公共数据按需共享。(市数据、财政、司法局,市委编办)
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation, count_lines

BARE_LIST = re.compile(r"[(（][^()（）:：]{2,120}(?:局|委|办|部|厅|院|政府|管委会|海关|负责)[)）][。；;]?$")
"""A closing bracket with names and no label: (市数据、财政局)"""


def recognise(lines: Sequence[Line]) -> int:
    """Count the paragraphs that close with a list of names in brackets."""
    return count_lines(lines, BARE_LIST)


NOTATION = Notation(
    name="units_in_brackets", summary="任务末尾用括号列出责任单位", layout=Layout.OUTLINE, recognise=recognise
)
