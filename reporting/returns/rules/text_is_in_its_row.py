"""An account tells of its own task, not of another whose own account is missing or tells of something else.

| case | 任务编号 | 方案工作内容 | 完成情况 |
| --- | --- | --- | --- |
| passes | 1 | 建立专利转化对接机制。 | 专利转化对接机制已建立，会商四次。 |
| passes | 2 | 开展教师版权培训不少于四期。 | 教师版权培训举办五期，专利转化对接机制同步运行。 |
| fails | 1 | 建立专利转化对接机制。 | 教师版权培训举办五期，参训教师三百人。 |
| fails | 2 | 开展教师版权培训不少于四期。 | 专利转化对接机制已建立，会商四次，促成签约。 |
"""

from collections import Counter
from collections.abc import Mapping

from reporting.language.likeness import pairs_in
from reporting.language.prose import bare_text
from reporting.model import Row
from reporting.returns.rules import Breaches, ReturnView, confirm

_CLEAR = 5
"""So many pairs of characters that no other task of the unit has tell which task a text is about."""
_FITS = 2
"""With so many of its own task a text is taken to stand in its row."""
_TIMES = 4
"""And so many times as many as of the task in whose row it stands."""


def _check(view: ReturnView) -> Breaches:
    rows = {row.assignment.task.number: row for row in view.sent.rows if row.assignment is not None}
    own = own_pairs(view)
    texts = {number: pairs_in(bare_text(row.raw("result"))) for number, row in rows.items()}
    shared = {number: {of: len(text & own[of]) for of in own} for number, text in texts.items()}
    clear = {number: other for number in texts if (other := _other_task(number, shared[number])) in rows}
    # a text may well speak of a second task; it is in the wrong row where that task's own text does not
    likely = {number: other for number, other in clear.items() if other in clear or shared[other][other] < _FITS}
    if len(likely) > 1 or any(not rows[other].raw("result") for other in likely.values()):
        for number, other in (likely | _between(rows, likely, shared)).items():
            yield view.breach(rows[number], "result", other=other)


def _between(
    rows: Mapping[str, Row], likely: Mapping[str, str], shared: Mapping[str, Mapping[str, int]]
) -> dict[str, str]:
    """The rows beside those of a block that was pasted so many rows too high or too low.

    Their texts tell of nothing clearly, but not of their own task either.
    """
    order = sorted(rows, key=lambda number: rows[number].place.row)
    at = {number: position for position, number in enumerate(order)}
    offsets = Counter(at[other] - at[number] for number, other in likely.items())
    offset, count = offsets.most_common(1)[0]
    if count < 2:
        return {}
    moved = [at[number] for number, other in likely.items() if at[other] - at[number] == offset]

    def belongs(position: int) -> bool:
        number = order[position]
        fits = shared[number][number] >= _FITS or not rows[number].raw("result")
        return 0 <= position + offset < len(order) and not fits

    first, last = min(moved), max(moved)
    while first > 0 and belongs(first - 1):
        first -= 1
    while last + 1 < len(order) and belongs(last + 1):
        last += 1
    return {order[each]: order[each + offset] for each in range(first, last + 1) if belongs(each)}


def own_pairs(view: ReturnView) -> Mapping[str, frozenset[str]]:
    """For each task of a unit the pairs of characters that its wording has, and that of no other of them."""
    pairs = {
        each.task.number: pairs_in(bare_text(each.task.content + "".join(target.name for target in each.task.targets)))
        for each in view.assignments.values()
    }
    counted = Counter(pair for each in pairs.values() for pair in each)
    return {number: frozenset(pair for pair in each if counted[pair] == 1) for number, each in pairs.items()}


def _other_task(number: str, shared: Mapping[str, int]) -> str:
    """The task that a text is clearly about, when it is not the one in whose row it stands."""
    other = max(shared, key=lambda each: shared[each])
    enough = shared[other] >= max(_CLEAR, _TIMES * shared[number])
    return other if other != number and enough else ""


RULE = confirm(
    "{heading}写的像是任务“{other}”的内容，可能填错了行。",
    "请与任务“{other}”一行一并核对：错了行的，请将整行所填内容移到相应的行；没有错的，请在“说明”栏写明。",
    whole=_check,
)
