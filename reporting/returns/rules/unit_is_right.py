"""The name in the block is the unit the workbook was made for.

| case | 填报单位 |
| --- | --- |
| passes | 市教育局 |
| passes | 青川市教育局 |
| fails | 市卫生健康委 |
"""

from reporting.language.characters import same_words
from reporting.language.units.names import is_fuller
from reporting.returns.rules import Breach, Breaches, ReturnView, error


def _check(view: ReturnView) -> Breaches:
    cell = view.sent.header.get("unit")
    known = cell is not None and any(same_words(cell.raw, name) or is_fuller(cell.raw, name) for name in view.names)
    if cell is not None and cell.raw and not known:
        yield Breach(cell.place, {"found": cell.raw, "expected": view.sent.unit})


RULE = error(
    "填报单位写的是“{found}”，但这份表是下发给“{expected}”的。",
    "误用了别的单位的填报表的，请改用下发给本单位的一份；仅单位名称被改动的，"
    "订正表中已改回“{expected}”，核对后直接报送即可。",
    whole=_check,
)
