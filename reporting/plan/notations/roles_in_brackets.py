"""Numbered paragraphs that end with labelled units in brackets.

3.建设市级算力平台。(牵头单位:市数据局;配合单位:市发展改革委、市财政局)
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation, count_lines

LABELLED = re.compile(r"[(（\[［【](?:牵头|责任|负责|主办|承办|配合)(?:单位|部门)[:：]")
"""An opening bracket with a label: (牵头单位:"""


def recognise(lines: Sequence[Line]) -> int:
    """Count the brackets that open with a label; each outweighs a bare list, which it also looks like."""
    return 2 * count_lines(lines, LABELLED)


NOTATION = Notation(
    name="roles_in_brackets", summary="任务末尾用括号写明牵头单位、配合单位", layout=Layout.OUTLINE, recognise=recognise
)
