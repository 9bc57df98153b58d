"""A text holds no control characters, which no document can; the office's documents leave them out.

| case | 完成情况 |
| --- | --- |
| passes | 群众咨询120人次，均已答复。全年会商四次，形成会议纪要。 |
| fails | 群众咨询120人次，␇均已答复。全年会商四次，形成会议纪要。 |
"""

from reporting.files.characters import UNWRITABLE
from reporting.returns.columns import each_text
from reporting.returns.rules import note


def _sign_in(text: str) -> str:
    match = UNWRITABLE.search(text)
    return match[0] if match else ""


RULE = note(
    "{heading}中有看不见的控制符（{word}），写入汇总表、函件和报告时已去掉，其余文字没有变动。",
    "请核对该处文字是否完整。",
    column=lambda texts, _: each_text(texts, lambda text: not _sign_in(text)),
    facet="said",
    tell=lambda cell, _field, _form: {"word": f"U+{ord(_sign_in(cell.raw)):04X}"},
)
