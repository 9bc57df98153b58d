"""A plan in prose: numbered measures that name no unit and wait for the coordinator to assign them.

(一)完善工作体系。健全统一高效的管理机制……
"""

from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.notations import Layout, Notation


def recognise(lines: Sequence[Line]) -> int:
    """A single sign, so that any other notation that has signs of its own goes before."""
    return 1 if lines else 0


NOTATION = Notation(
    name="assigned_nowhere", summary="叙述式方案，措施未写明责任单位", layout=Layout.OUTLINE, recognise=recognise
)
