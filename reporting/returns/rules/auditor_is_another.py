"""A second person has looked over the return.

| case | 填报人 | 审核人 |
| --- | --- | --- |
| passes | 林晓 | 周正 |
| fails | 林晓 | 林 晓 |
"""

from reporting.language.characters import is_hollow, same_words
from reporting.returns.rules import Breaches, ReturnView, note


def _check(view: ReturnView) -> Breaches:
    reporter, auditor = view.sent.header.get("reporter"), view.sent.header.get("auditor")
    if reporter is None or auditor is None or is_hollow(reporter.raw):
        return
    if same_words(reporter.raw, auditor.raw):
        yield view.header_breach("auditor")


RULE = note("表头的填报人和{heading}是同一人“{found}”。", "由科（处）室负责人审核的，请填写其姓名。", whole=_check)
