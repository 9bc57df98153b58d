"""What a column with choices holds that need not be filled in is one of them, or is asked about.

| case | 风险等级 |
| --- | --- |
| passes | 高 |
| passes | |
| fails | 较高 |
"""

from collections.abc import Mapping

from reporting.model import Cell
from reporting.office.form import Form, FormField
from reporting.returns.rules import confirm, tell_meaning


def _tell(cell: Cell, field: FormField, form: Form) -> Mapping[str, str]:
    return {**tell_meaning(cell, field, form), "expected": "、".join(field.choices)}


RULE = confirm(
    "{heading}“{found}”{doubt}，照原文登记。",
    "请从下拉选项中选一项：{expected}。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: bool(field.choices),
    tell=_tell,
)
