"""A line of totals below the tasks is no task, and no reason to send a return back.

| case | 任务编号 | 完成进度(%) |
| --- | --- | --- |
| passes | 1 | 100 |
| fails | 合计 | 92.5 |
"""

from reporting.language.characters import even_width
from reporting.returns.below_table import is_total
from reporting.returns.rules import Breach, Breaches, ReturnView, note


def _check(view: ReturnView) -> Breaches:
    for rows, key in ((view.sent.rows, "number"), (view.sent.target_rows, "target")):
        for row in rows:
            if is_total(row):
                place = row.cells[key].place if key in row.cells else row.place
                yield Breach(place, {"found": even_width(row.number)})


RULE = note("“{found}”一行不是任务，没有登记。", "不必另加合计行，由我办统一汇总。", whole=_check)
