"""Numbers run on; where one is left out, a task may have been deleted by a slip.

| case | 任务编号 | at |
| --- | --- | --- |
| passes | 1 |  |
|  | 2 |  |
|  | 二3 |  |
| passes | 7 |  |
|  | 20 |  |
| fails | 1 |  |
|  | 2 |  |
|  | 4 | 任务 A4 |
| fails | 2.3 | 任务 A2 |
|  | 2.1 |  |
|  | 1.1 |  |
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from reporting.language.numerals import number_key
from reporting.model import Measure, Task
from reporting.plan.rules import PlanView, Slips, in_row, note, slips_listed

MOST = 5
"""With more missing than these the plan is numbered in its own way, and nobody left anything out."""
_PARTS = re.compile(r"(?P<head>(?:.{0,20}\D)?)(?P<last>\d{1,6})")


def _check(view: PlanView) -> Slips:
    missing: list[str] = []
    first: Task | Measure | None = None
    for before, after in pairwise(sorted(view.rows, key=lambda row: number_key(row.number))):
        left_out = list(_between(before.number, after.number))
        first = first or (after if left_out else None)
        missing += left_out
    if first is not None and len(missing) <= max(MOST, len(view.rows) // 10):
        yield in_row(first, "number", found=slips_listed(missing))


def _between(before: str, after: str) -> Iterable[str]:
    """The numbers left out between two neighbours that differ only in their last part."""
    one, other = _PARTS.fullmatch(before), _PARTS.fullmatch(after)
    if one is None or other is None or one["head"] != other["head"]:
        return ()
    last, following = int(one["last"]), int(other["last"])
    return (f"{one['head']}{number}" for number in range(last + 1, min(following, last + 2 + MOST)))


RULE = note("任务编号不连续，缺少{found}。", "请核对是否漏了任务；编号本来如此的，不必处理。", _check)
