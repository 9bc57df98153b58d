"""A name and a number in one cell are told apart, a number without the 0 of its area gets it; both are told.

| case | 填报人 | 联系电话 |
| --- | --- | --- |
| passes | 林晓 | 62340011 |
| fails | 林晓 62340011 | 62340011 |
| fails | 林晓 | 2762340011 |
"""

from reporting.returns.rules import note, tell_meaning

RULE = note(
    "表头的{heading}“{found}”{doubt}，按“{expected}”登记。",
    "有误的请改正。",
    column=lambda weights, _: weights != "note",
    facet="weight",
    applies=lambda field: field.key in ("reporter", "auditor", "phone"),
    tell=tell_meaning,
)
