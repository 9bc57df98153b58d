"""A task that was dropped or postponed says on whose decision.

| case | 完成状态 | 完成进度(%) | 存在问题及原因 |
| --- | --- | --- | --- |
| passes | 调整取消 | | 经市政府第12次常务会议研究，调整至下一年度。 |
| passes | 不适用 | | 本区没有地理标志产品。 |
| fails | 调整取消 | | 经费紧张。 |
"""

from reporting.language.prose import names_approval
from reporting.returns.rules import Breaches, RowView, confirm

_DECIDED = ("调整", "取消", "延期", "结转")
_WHERE = ("problem", "remark", "evidence", "result", "next_step")


def _check(view: RowView) -> Breaches:
    assert view.status is not None
    if not any(word in view.status.name for word in _DECIDED):  # what does not apply nobody has to decide
        return
    words = [view.texts[key] for key in _WHERE if key in view.texts]
    # without any reason at all it is delay_is_explained that speaks
    if not any(names_approval(text) for text in words):
        yield view.breach("problem", status=view.status.name)


RULE = confirm(
    "完成状态为“{status}”，没有写明依据。",
    "请写明是哪次会议、哪份文件或由谁同意的。",
    row=_check,
    where=lambda rows: rows.outcome("void") & rows.says("problem"),
)
