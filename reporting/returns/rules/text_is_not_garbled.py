"""A text consists of signs that a person typed.

| case | 完成情况 |
| --- | --- |
| passes | 群众咨询“怎么办理？”的有120人次，均已答复。 |
| fails | 建立机制锟斤拷锟斤拷，全年会商四次形成纪要。 |
| fails | 建立机制????，全年会商四次，形成会议纪要四份。 |
"""

from reporting.language.prose import garbled_in
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm

RULE = confirm(
    "{heading}中有乱码“{word}”，可能在复制或转换格式时损坏了。",
    "请对照原文重新填写。",
    column=lambda texts, _: each_text(texts, lambda text: not garbled_in(text)),
    facet="said",
    tell=lambda cell, _field, _form: {"word": garbled_in(cell.raw)},
)
