"""What is marked secret or for internal use does not travel in this workbook.

| case | 完成情况 |
| --- | --- |
| passes | 开展商业秘密保护培训4期，机密级以下事项按规定办理。 |
| fails | 印发《专利导航报告》（内部资料），送12个部门参阅。 |
| fails | 秘密★一年：完成重点企业专项调查，形成报告一份。 |
"""

from reporting.language.prose import marking_in
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm

RULE = confirm(
    "{heading}中有“{word}”字样，可能是不宜公开的内容。",
    "请核对；涉密和内部内容请删去，不要写在本表中，按保密规定另行报送。",
    column=lambda texts, _: each_text(texts, lambda text: not marking_in(text)),
    facet="said",
    tell=lambda cell, _field, _form: {"word": marking_in(cell.raw)},
)
