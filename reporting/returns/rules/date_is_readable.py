"""A date that must be filled in is a date; one that need not be is asked about (``date_is_unmistakable``).

| case | 开工日期 |
| --- | --- |
| passes | 2026-11-30 |
| passes | 2026年11月底 |
| fails | 上个月 |
"""

from collections.abc import Iterable

from reporting.language.values import EARLIEST_SERIAL, LATEST_SERIAL
from reporting.returns.live import LiveCheck, LiveRow, live_blank, live_number
from reporting.returns.rules import error, tell_meaning
from reporting.returns.rules.figure_in_range import expected_of


def _live(row: LiveRow) -> Iterable[LiveCheck]:
    for field in row.fields:
        if field.type == "date" and field.required != "no":
            cell = row.ref(field.key)
            # a date is stored as its number of days; no other number is one
            day = f"IF({live_number(cell)},AND({cell}>={EARLIEST_SERIAL},{cell}<{LATEST_SERIAL}),FALSE)"
            wrong = f"AND(NOT({live_blank(cell)}),NOT({day}))"
            yield LiveCheck(field.key, wrong, f"{field.heading}请填日期")


RULE = error(
    "{heading}“{found}”不是日期{more}。",
    "请填写年、月、日，例如 2026-12-15。",
    column=lambda unread, _: ~unread,
    facet="unread",
    applies=lambda field: field.type == "date",
    bars=True,
    tell=lambda cell, field, form: {**tell_meaning(cell, field, form), "expected": expected_of(field)},
    live=_live,
)
