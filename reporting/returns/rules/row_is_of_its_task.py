"""A row in which the plan's words were replaced by others is still about its task.

| case | 任务编号 | 工作内容 |
| --- | --- | --- |
| passes | 1 | 建立协调机制，每季度会商一次。 |
| fails | 1 | 举办大学生知识产权创意竞赛。 |
"""

from collections.abc import Iterable, Sequence

from reporting.language.likeness import pairs_in, share_within
from reporting.language.prose import bare_text
from reporting.model import Row
from reporting.returns.rules import Breach, Breaches, ReturnView, confirm, plan_number

_LEAST = 6
"""Letters; a shorter text is a note, or what is left of the plan's."""
_ALIKE = 0.25
"""So much of the new words, or of the plan's, is found in the other where they were only edited."""


def is_replaced(raw: str, words: str) -> bool:
    """Whether something else stands where the plan's words stood, not an edited form of them."""
    now, then = pairs_in(bare_text(raw)), pairs_in(bare_text(words))
    told = bool(words) and len(bare_text(raw)) >= _LEAST
    return told and max(share_within(now, then), share_within(then, now)) < _ALIKE


def _breaches(rows: Sequence[Row], key: str, heading: str) -> Iterable[Breach]:
    for row in rows:
        cell = row.cells.get(key)
        task = row.assignment.task.content if row.assignment is not None else ""
        words = row.target.name if row.target is not None else task
        if cell is not None and not cell.joined and is_replaced(cell.raw, words):
            values = {"heading": heading, "found": cell.raw, "expected": words}
            yield Breach(cell.place, values, plan_number(row))


def _check(view: ReturnView) -> Breaches:
    yield from _breaches(view.sent.rows, "content", view.form.task_fields["content"].heading)
    yield from _breaches(view.sent.target_rows, "name", view.form.target_fields["name"].heading)


RULE = confirm(
    "这一行的编号是下发时的，{heading}却换成了“{found}”，按“{expected}”登记。",
    "请核对这一行填的是不是该项内容；另有事项的，写在“备注”栏；没有填错的，请在“说明”栏写明。",
    whole=_check,
)
