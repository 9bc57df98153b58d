"""No task and no target is reported twice in one return.

| case | 任务编号 | 完成状态 |
| --- | --- | --- |
| passes | 1 | 已完成 |
| passes | 2 | 已完成 |
| fails | 1 | 已完成 |
| fails | 1 | 滞后 |
"""

from collections.abc import Iterable, Mapping, Sequence

from reporting.language.characters import same_words
from reporting.model import Row
from reporting.office.form import FormField
from reporting.returns.rules import Breach, Breaches, ReturnView, error, plan_number


def _doubles(rows: Sequence[Row], key: str, fields: Mapping[str, FormField]) -> Iterable[Breach]:
    heading = fields[key].heading
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
                "how": _how_they_differ(earlier, row, fields),
                "found": row.number,
            }
            yield Breach(place, values, plan_number(row))


def _how_they_differ(one: Row, other: Row, fields: Mapping[str, FormField]) -> str:
    apart = [
        field.heading for key, field in fields.items() if field.filled and not same_words(one.raw(key), other.raw(key))
    ]
    return f"两行的{'、'.join(apart)}不同" if apart else "两行所填相同"


def _check(view: ReturnView) -> Breaches:
    yield from _doubles(view.sent.rows, "number", view.form.task_fields)
    yield from _doubles(view.sent.target_rows, "target", view.form.target_fields)


RULE = error(
    "{what}填报了不止一次，第 {first} 行已有，{how}。",
    "同一编号只填一行：订正表中保留的是第 {first} 行的内容，这一行的内容列在“现填内容”，请核对后合并。",
    whole=_check,
)
