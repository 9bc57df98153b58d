"""A target that several units report has one value.

| case | 单位 | 指标编号 | 完成值 |
| --- | --- | --- | --- |
| passes | 市教育局 | 1-1 | 12 |
| passes | 市司法局 | 1-1 | 12件 |
| fails | 市教育局 | 1-1 | 12 |
| fails | 市司法局 | 1-1 | 15 |

Members of a group that leads as a whole each report their own figure.
"""

from reporting.returns.rules import Breaches, UnitView, confirm


def _check(view: UnitView) -> Breaches:
    for row in view.rows:
        figure = row.figure
        fellows = view.fellow_leads(row) if row.part == "target" and figure is not None else ()
        if not fellows:
            continue
        claims = (each for each in view.claims.on(row.number) if each.unit in fellows)
        claim = next((each for each in claims if each.figure not in (None, figure)), None)
        if claim is not None:
            yield row.breach("value", other=claim.unit, theirs=claim.texts["value"])


RULE = confirm(
    "完成值填的是 {found}，共同牵头的{other}填的是 {theirs}。",
    "请与{other}核对：填全市总数的，两家应当一致；各填本单位部分的，请在“说明”栏写明。",
    across=_check,
)
