"""An attachment that stands in for an account has come with the return.

| case | 完成情况 | 佐证材料 | 随表文件 |
| --- | --- | --- | --- |
| passes | 全年完成培训四期，覆盖教师三百人，详见附件1。 | 附件1：培训总结 | |
| passes | 详见附件1。 | 附件1：培训工作总结 | 附件1 培训工作总结.pdf |
| fails | 详见附件1。 | 附件1：培训工作总结 | |
"""

from pathlib import PurePath

from reporting.language.characters import is_hollow
from reporting.language.prose import bare_text, points_to_attachment
from reporting.returns.rules import Breaches, ReturnView, confirm


def _check(view: ReturnView) -> Breaches:
    # which of several files is meant is for people to see; here it only tells that none has come
    if view.attached is None or view.attached.get(view.sent.unit):
        return
    loose = [bare_text(PurePath(name).stem) for name in view.attached.get("", ())]
    for row in view.sent.rows:
        words = row.raw("result")
        # without a name of the attachment it is attachment_is_named that speaks
        if row.assignment is None or is_hollow(row.raw("evidence")) or not points_to_attachment(words):
            continue
        named = bare_text(row.raw("evidence"))
        if not any(name and (name in named or named in name) for name in loose):
            yield view.breach(row, "result")


RULE = confirm(
    "{heading}只写了“{found}”，没有收到附件。",
    "请在{heading}中写明主要内容，或将附件与填报表放在一个压缩包中报送。",
    whole=_check,
)
