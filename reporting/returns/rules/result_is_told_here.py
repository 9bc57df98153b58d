"""An account says what was done, not in whose return to read it.

| case | 完成情况 |
| --- | --- |
| passes | 向市教育局报送情况四次，按其要求填报数据。 |
| passes | 参加市教育局牵头的会商四次，数据由市教育局统一公布。 |
| fails | 见市司法局填报内容，本栏不再重复。 |
| fails | 此项工作由牵头单位统一填报汇总。 |
"""

import re

from reporting.language.prose import bare_text
from reporting.returns.columns import each_text
from reporting.returns.rules import confirm

_WHO = (
    r"(?:(?!我|本)[\u4e00-\u9fff、]{1,24}?(?:局|委|办|厅|部|院|处|中心|政府|公司|街道|镇|乡|区|县|市|单位|部门|学校|银行|协会|总队|支队)"
    r"|牵头(?:单位|部门)|其他单位|责任单位|兄弟单位)"
)
_TOLD = r"(?:填报|填写|填列|报送|上报|所报|汇报|反馈|报告|总结)"
_ELSEWHERE = re.compile(
    rf"(?:详?见|参见|参照|参考|请见|请看|同){_WHO}(?:的)?(?:{_TOLD}|完成|工作|有关|相关|具体|内容|情况|数据|材料|说明|部分|表|一致|栏)*"
    rf"|(?:由|请|交|与|随|已由){_WHO}(?:一并|统一|负责|牵头|集中|汇总|合并|另行|一起)*{_TOLD}(?:汇总|内容|情况|数据)*"
    rf"|(?:以|按){_WHO}(?:的)?{_TOLD}(?:的)?(?:内容|情况|数据)?(?:为准)?"
    rf"|(?:情况|数据|内容|进展)?(?:均?已)?(?:报|报送|反馈|提供)(?:至|给|到)?{_WHO}(?:汇总|统一{_TOLD})+"
)
_REST = 14
"""So many letters beside it say something of their own."""


def is_told_here(text: str) -> bool:
    """Whether an account says more than in whose return to read it."""
    found = _ELSEWHERE.search("".join(text.split())) if len(text) < 200 else None
    return found is None or len(bare_text(text)) - len(bare_text(found[0])) >= _REST or _has_figure(text)


def _has_figure(text: str) -> bool:
    return any(sign.isdigit() for sign in text) or "《" in text


RULE = confirm(
    "{heading}只写了“{found}”，没有写本单位做了什么。",
    "请写明本单位承担的工作和结果；确由其他单位统一填报的，请在“说明”栏写明。",
    column=lambda texts, _: each_text(texts, is_told_here),
    facet="said",
    applies=lambda field: field.key == "result",
)
