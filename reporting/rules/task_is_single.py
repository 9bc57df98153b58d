"""No task and no target is reported twice in one return.

| case | 任务编号 | 完成状态 |
| --- | --- | --- |
| passes | 1 | 已完成 |
| passes | 2 | 已完成 |
| fails | 1 | 已完成 |
| fails | 1 | 滞后 |
"""

from collections.abc import Iterable, Sequence

from reporting.findings import Kind, Severity
from reporting.model import Row
from reporting.rules import Breach, ReturnView, Rule, plan_number


def _doubles(rows: Sequence[Row], key: str, heading: str) -> Iterable[Breach]:
    first: dict[str, Row] = {}
    for row in rows:
        if not row.number:
            continue
        earlier = first.setdefault(row.number, row)
        if earlier is not row:
            place = row.cells[key].place if key in row.cells else row.place
            values = {
                "what": f"{heading}“{row.number}”",
                "first": str(earlier.place.row),
                "found": row.number,
            }
            yield Breach(place, values, plan_number(row))


def _check(view: ReturnView) -> Iterable[Breach]:
    yield from _doubles(view.sent.rows, "number", "任务编号")
    yield from _doubles(view.sent.target_rows, "target", "指标编号")


RULE = Rule(
    kind=Kind(
        "task_is_single",
        Severity.ERROR,
        "{what}填报了不止一次，第 {first} 行已有。",
        "同一编号只填一行：订正表中保留的是第 {first} 行的内容，这一行的内容列在“现填内容”，请核对后合并。",
    ),
    whole=_check,
)
