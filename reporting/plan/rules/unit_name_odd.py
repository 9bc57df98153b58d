"""What stands as a unit is a unit, no sentence and nobody's name.

| case | 任务编号 | 牵头单位 | at |
| --- | --- | --- | --- |
| passes | 1 | 市科技局 |  |
|  | 2 | 临江区 |  |
|  | 3 | 云河海关缉私分局 |  |
|  | 4 | 云河港务集团有限公司 |  |
| fails | 1 | 由市科技局牵头负责推进 | 任务 D2 |
| fails | 1 | 赵明远 | 任务 D2 |
| fails | 1 | 市科技局2026年6月 | 任务 D2 |
| fails | 1 | 临江区政府：市科技局 | 任务 D2 |
"""

import re

from reporting.language.units import fold, is_area, looks_like_unit
from reporting.model import UnitKind
from reporting.plan.rules import PlanView, Slips, at_name, confirm

LONGEST = 40
_MARKS = re.compile(r"[。：:？！?!]|\d{4}年|\d月")
_WORK = re.compile(r"^由.{2,30}(?:牵头|负责|配合|完成)|(?:牵头|负责|配合|按职责)(?:推进|落实|做好|完成|组织|实施|分工)")
"""由市科技局牵头负责, 按职责分工."""
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐"
    "费薛雷贺倪汤滕殷罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛戴宋庞熊纪项祝董梁杜阮蓝季贾江童颜郭梅"
    "林钟徐邱骆高夏蔡田胡霍万管卢莫房解应丁邓洪包石崔吉龚程裴陆翁段富焦侯宁仇武刘景龙叶黎白蒲乔闻"
)
_PERSON = re.compile(rf"[{_SURNAMES}][一-鿿]{{1,2}}")


def _check(view: PlanView) -> Slips:
    kinds = {name: unit.kind for unit in view.plan.units for name in view.names_of(unit)}
    for name, tasks in view.tasks_by_name.items():
        why = _why_odd(name) if kinds.get(fold(name), UnitKind.UNIT) is UnitKind.UNIT else ""
        if why:
            yield at_name(name, tasks, why=why)


def _why_odd(name: str) -> str:
    if _MARKS.search(name):
        return "其中有不该有的标点或者日期"
    if len(name) > LONGEST or _WORK.search(name):
        return "像是一句话"
    return "像是人名" if _PERSON.fullmatch(name) and not looks_like_unit(name) and not is_area(name) else ""


RULE = confirm("“{found}”（见任务{tasks}）不像单位名称，{why}。", "请改成单位名称；确是单位的，不必处理。", _check)
