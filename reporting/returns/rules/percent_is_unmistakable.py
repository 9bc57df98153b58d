"""A percentage is not typed as a share of one, since 0.8 may mean 80 % or 0.8 %.

| case | 完成进度(%) |
| --- | --- |
| passes | 80 |
| passes | 80% |
| passes | 0.5% |
| passes | 0 |
| fails | 0.8 |
"""

from collections.abc import Iterable

from reporting.returns.live import LiveCheck, LiveRow, live_number, live_percent
from reporting.returns.rules import error


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.type == "percent":
            cell = row.ref(field.key)
            share = f"AND({cell}>0,{cell}<1,NOT({live_percent(cell)}))"
            wrong = f"IF({live_number(cell)},{share},FALSE)"
            yield LiveCheck(field.key, wrong, f"{field.heading}请填百分号前的数")


RULE = error(
    "{heading}填的是 {found}，无法确定是不足百分之一，还是以 1 为百分之百的比例。",
    "请填百分号前的数，例如 80 表示 80%。",
    column=lambda figures, _: ~((figures > 0) & (figures < 1)),
    facet="unsigned",
    applies=lambda field: field.type == "percent",
    live=_live,
)
