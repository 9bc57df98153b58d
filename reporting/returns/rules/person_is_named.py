"""Who filled in the return and who checked it are people with names.

| case | 填报人 | 审核人 |
| --- | --- | --- |
| passes | 林晓 | 周正 |
| passes | 林晓（办公室） | 周正 |
| fails | / | 周正 |
| fails | 林晓 | 62340012 |
"""

from reporting.language.characters import even_width, is_hollow
from reporting.returns.rules import Breaches, ReturnView, confirm


def _check(view: ReturnView) -> Breaches:
    for key in ("reporter", "auditor"):
        cell = view.sent.header.get(key)
        # a cell left wholly blank is told by header_is_filled
        if cell is not None and cell.raw and (is_hollow(cell.raw) or not _has_letter(cell.raw)):
            yield view.header_breach(key)


def _has_letter(text: str) -> bool:
    return any(sign.isalpha() for sign in even_width(text))


RULE = confirm("表头的{heading}“{found}”不是姓名。", "请填写姓名，便于核对。", whole=_check)
