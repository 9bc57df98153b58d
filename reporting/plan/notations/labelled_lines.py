"""Numbered paragraphs followed by lines of their own for units and deadline.

1.推进政务服务事项集成办理。
牵头单位：市政务服务局
责任单位：各区人民政府，市级有关部门
完成时限：2026年9月底前
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation

LABEL_LINE = re.compile(r"^(?:牵头|责任|负责|主办|承办|配合|参与)(?:单位|部门)[:：]")
"""A line that begins with a label: 牵头单位：市数据局"""


def recognise(lines: Sequence[Line]) -> int:
    """Count the lines that begin with a label."""
    return 2 * sum(LABEL_LINE.match(line.text.strip()) is not None for line in lines)


NOTATION = Notation(
    name="labelled_lines",
    summary="任务下方逐行写明牵头单位、责任单位、完成时限",
    layout=Layout.OUTLINE,
    recognise=recognise,
)
