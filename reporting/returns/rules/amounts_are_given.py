"""An amount is a figure: 若干 and 大量 say nothing that can be added up.

| case | 完成情况 |
| --- | --- |
| passes | 开展大量培训，全年共12期，覆盖教师800人。 |
| passes | 全年举办培训十二期，部门之间会商多次。 |
| passes | 印发《关于强化知识产权保护的若干措施》并抓好落实。 |
| fails | 开展大量培训，成效得到各方面肯定。 |
"""

from reporting.language.prose import vague_word_in
from reporting.returns.rules import Breaches, RowView, note


def _check(view: RowView) -> Breaches:
    if view.part == "task":
        yield view.breach("result", word=vague_word_in(view.texts["result"]))


RULE = note(
    "完成情况写了“{word}”，全文没有数字。",
    "有统计数的，请写明具体数量。",
    row=_check,
    where=lambda rows: rows.says("result", vague_word_in),
)
