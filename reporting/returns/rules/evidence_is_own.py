"""A document proves the task of one unit, or a task that units share.

| case | 单位 | 任务编号 | 角色 | 佐证材料 |
| --- | --- | --- | --- | --- |
| passes | 市教育局 | 1 | 牵头 | 《协作办法》（澜知发〔2026〕12号） |
| passes | 市司法局 | 1 | 配合 | 《协作办法》（澜知发〔2026〕12号） |
| fails | 市教育局 | 1 | 牵头 | 《协作办法》（澜知发〔2026〕12号） |
| fails | 市司法局 | 2 | 牵头 | 协作办法，澜知发[2026]12号 |
"""

from reporting.language.prose import document_numbers
from reporting.returns.rules import Breaches, UnitView, note


def _check(view: UnitView) -> Breaches:
    for row in view.rows:
        for document in sorted(document_numbers(row.texts.get("evidence", ""))):
            claims = view.claims.naming(document)
            # units that work on one task together may well name one document
            if row.part != "task" or any(each.unit != view.unit and each.number == row.number for each in claims):
                continue
            claim = next((each for each in claims if each.unit != view.unit), None)
            if claim is not None:
                where = claim.where("evidence")
                yield row.breach(
                    "evidence", document=document, other=claim.unit, theirs_number=claim.number, where=where
                )
                break


RULE = note(
    "佐证材料中的“{document}”，其他单位也列为另一项任务的佐证材料。",
    "文件确与本项任务有关的，不必修改。",
    office="另一处是{other}任务“{theirs_number}”{where}。",
    across=_check,
)
