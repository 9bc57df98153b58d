"""A figure is one number, as it is meant: not about, a range, a share of one, a sum or several numbers.

| case | 完成值 | 计量单位 |
| --- | --- | --- |
| passes | 15 | 件 |
| passes | 15件 | 件 |
| passes | 12000万元 | 亿元 |
| fails | 约15 | 件 |
| fails | 近15件 | 件 |
| fails | 2+13 | 件 |
| fails | 12人次 | 人 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "{heading}“{found}”{doubt}，暂按 {expected} 登记。",
    "请改填一个准确的数字；确如登记的，请说明。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: field.is_figure,
    tell=tell_meaning,
)
