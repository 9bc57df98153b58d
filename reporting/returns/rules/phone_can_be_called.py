"""The telephone number in the block can be called.

| case | 联系电话 |
| --- | --- |
| passes | 62340011 |
| passes | 0571-6234 0011转805 |
| passes | 内线66123 |
| fails | 见通讯录 |
| fails | 120 |
"""

from reporting.language.characters import even_width
from reporting.returns.rules import Breaches, ReturnView, confirm

_LEAST_DIGITS = 5
"""Offices have short numbers of their own of five or six digits."""


def _check(view: ReturnView) -> Breaches:
    cell = view.sent.header.get("phone")
    if cell is not None and cell.raw and sum(sign.isdigit() for sign in even_width(cell.raw)) < _LEAST_DIGITS:
        yield view.header_breach("phone")


RULE = confirm("表头的{heading}“{found}”不像电话号码。", "请填写可以拨通的办公电话或手机号码。", whole=_check)
