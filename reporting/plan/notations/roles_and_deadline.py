"""Numbered paragraphs that end with units, what they do, and by when, in brackets.

5.完成老旧小区改造年度任务。(区住建局、区财政局按职责分工负责;2026年11月底前完成)
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation, count_lines

WITH_DEADLINE = re.compile(
    r"[(（][^。]{2,160}[;；,，](?:持续|长期|每年|20\d\d年|\d{1,2}月|年底|全年|常态)[^;；()（）]{0,30}[)）][。；;]?$"
)
"""A closing bracket with units and a deadline: (区住建局;持续推进)"""


def recognise(lines: Sequence[Line]) -> int:
    """Count the paragraphs that close with units and a deadline in brackets."""
    return 2 * count_lines(lines, WITH_DEADLINE)


NOTATION = Notation(
    name="roles_and_deadline",
    summary="任务末尾用括号写明责任单位、职责和完成时限",
    layout=Layout.OUTLINE,
    recognise=recognise,
)
