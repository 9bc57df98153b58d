"""The telephone number in the block can be called.

| case | 联系电话 |
| --- | --- |
| passes | 62340011 |
| passes | 0571-6234 0011转805 |
| passes | 62340011/12 |
| passes | 13800001111（微信同号） |
| fails | 内线66123 |
| fails | 见通讯录 |
| fails | 120 |
| fails | 1380000111 |
| fails | 1.38E+10 |
"""

from reporting.returns.rules import confirm, tell_meaning

RULE = confirm(
    "表头的{heading}“{found}”{doubt}。",
    "请填写可以拨通的办公电话或手机号码。",
    column=lambda weights, _: weights != "confirm",
    facet="weight",
    applies=lambda field: field.key == "phone",
    tell=tell_meaning,
)
