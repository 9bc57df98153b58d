"""What a heading of a column says: 牵头单位, 年度目标任务, 完成时限.

Headings are put together from few words, and the last says what stands below: 市级牵头单位 names units, and
牵头 what they do. So they are read from their end, not looked up in a list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reporting.language.measures import part_measure
from reporting.plan.notations import Field

UNITS = (Field.LEAD, Field.DUTY, Field.SUPPORT)
"""The fields that hold units."""

LONGEST = 16
"""No heading has more characters, remarks in brackets left aside."""

PROSE = re.compile(r"[，。；！？“”]|[,;](?!\d)")
"""Marks that no heading of a column has."""

REMARK = re.compile(r"[(（〔][^()（）〔〕]{7,80}[)）〕]")
"""A remark in a heading: 责任单位（列首位的为牵头单位）."""

NUMBER = re.compile(r"(?:.{0,4}(?:序号|编号)|号|序|项次)")
CATEGORY_NUMBER = re.compile(r"(?:类|类别|大类|分类)号")

PERSON = re.compile(r"领导|责任人|负责人|负责同志|联系人|联络[员人]|经办人|专员|姓名|职务|电话|联系方式")
"""Columns of people: 分管市领导. A column of units may name them too: 责任单位及责任人."""

UNIT_ENDS = re.compile(
    r"(?:单位|部门|机构|主体|[科处股]室|处科室|委办局|责任方|县市区|县区|区县|镇街|乡镇)(?:名称|部门|单位)?"
    r"(?:(?:及|和|与)?(?:主要|分管)?(?:责任人|负责人|联系人|领导))?$"
)
NO_DOERS = re.compile(
    r"计量|督办|督查|督导|考核|监督|填报|报送|审核|验收|监测|提出|交办|统计|汇总|来文|发文|审批|服务对象"
)
"""Units that do not do the task: 督办单位. 计量单位 is no unit at all."""

LEADS = re.compile(r"牵头|主办|主责|主管|首责|抓总")
SUPPORTS = re.compile(r"配合|参与|参加|协办|协助|协同|协作|会办|支持")
DUTIES = re.compile(r"责任|负责|承办|落实|实施|承担|完成|执行|分工|建设|推进")
ROLE_ONLY = re.compile(r"(?:责任|任务|职责|单位|部门)?分工|牵头|主办|主责|配合|协办|参与|承办")
"""A heading that names the role alone, as in the lower of two heading rows."""

JOINT = re.compile(
    r"(?:牵头|主办|主责|主管).{0,5}[及和与、/／\v].{0,2}(?:责任|负责|配合|参与|参加|协办|协助|协同|承办)"
)
"""One column for the lead and all others: 牵头及配合单位."""

NO_DEADLINE = re.compile(r"交办|印发|开始|启动|起始|报送|更新|开工|填报|下达|发文|立项|来文|接收|发布|成立")
DEADLINE = re.compile(
    r"时限|期限|年限|工期|时间节点|节点$|(?:时间|日期)(?:要求|安排|进度|表|计划)?$|进度(?:要求|安排|计划)$"
    r"|完成时间|时间进度"
)

STATE = re.compile(
    r"备注|附注|说明$|进展|情况|困难|评分|分值|得分|权重|赋分|自评|计分|来源|依据|投资|资金|金额|地点|地址|是否"
    r"|佐证|状态|完成率|标准$|成果|成效|效果|材料|载体|原因|下一步|季度|月份?$|上半年|下半年|进度$|形象进度"
)
"""What a plan does not hold: how far a task is, what it costs, how it is marked."""

TARGET = re.compile(r"目标(?:要求|值|数|数值)?$|(?:指标|任务|计划)(?:值|数|数值)$|考核指标$|量化指标$")
"""What is to be reached, beside the task itself: 年度目标, 目标值."""

MEASURED = re.compile(
    r"^(?:20\d\d年|今年|年度|全年|[上下]半年)?(?:计划|目标|任务|新建|新增|改造|完成|建设|培训|扩建|创建|安置|发放|引进|培育)"
    r"|(?:[数率量]|任务|目标|计划|人次|面积|里程)$"
)
"""What is counted, with its measure in a bracket: 新增就业（万人）, 任务数（户）."""

PARTS_OF_YEAR = re.compile(r"[上下]半年|第?[一二三四]季度")
"""A target may be of a part of the year: 上半年目标."""

WITH_TARGET = re.compile(r"(?:内容|措施|任务|举措|事项)[及和与].{0,4}目标$")
"""The task together with what is to be reached: 建设内容及目标."""

CATEGORY = re.compile(
    r"(?:类别|分类|类型|门类|领域|板块|方面|方向|专项|条线|专题|大项|[一二]级(?:指标|任务|目录)|总任务|^工程|^指标类)$"
)

CONTENTS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"内容(?:及|和|与)?.{0,4}$|(?:措施|举措|做法|路径|办法)$|^(?:具体|细化).{0,4}(?:任务|工作|事项|要求|项目)$"
    ),
    re.compile(r"(?:要求|要点)$"),
    re.compile(r"(?:任务|事项|工作|安排|行动|事由)(?:清单|分解|名称)?(?:及|和|与)?(?:目标|要求|措施)?$"),
    re.compile(r"(?:名称|项目|实事|工程|问题|指标|课题|议题|清单)$"),
)
"""Headings of what is to be done, the most telling first: 具体措施 before 工作任务 before 项目名称."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the cells below it; ``rank`` orders those of content, 0 is best."""

    field: Field | None
    rank: int = 0
    first_leads: bool = False
    """Whether the column holds the lead and all others, so that the first must be the lead."""


UNKNOWN = Heading(None)


def heading_words(cell: str) -> str:
    """A heading without blanks, breaks, brackets (牵头单位(部门) → 牵头单位部门) or long remarks."""
    cell = REMARK.sub("", cell[:200])
    return re.sub(r"[()（）〔〕\s/、:：*＊]", "", cell)


@lru_cache(maxsize=4096)
def read_heading(cell: str) -> Heading:
    """What the words of a cell say as the heading of a column; nothing when they are none."""
    name, measure = part_measure(cell)
    words = heading_words(name)
    if not words or len(words) > LONGEST or PROSE.search(words):
        return UNKNOWN
    if NUMBER.fullmatch(words):
        return Heading(Field.NUMBER)
    if CATEGORY_NUMBER.fullmatch(words):
        return Heading(Field.CATEGORY_NUMBER)
    if measure and MEASURED.search(words) and not STATE.search(words):
        return Heading(Field.TARGET)
    found = _of_units(words, cell) or _of_the_rest(words)
    bare = GLOSS.sub("", name)
    return read_heading(bare) if found.field is None and 1 < len(bare) < len(name) else found


GLOSS = re.compile(r"[(（〔][^()（）〔〕]{1,20}[)）〕]")
"""What a heading adds in brackets: 重点工作任务（民生实事项目）."""


def _of_units(words: str, cell: str) -> Heading | None:
    if words == "单位" or not (UNIT_ENDS.search(words) or ROLE_ONLY.fullmatch(words)):
        return None
    if NO_DOERS.search(words):
        return Heading(Field.OTHER)
    if LEADS.search(words):
        joint = JOINT.search(REMARK.sub("", cell)) is not None
        return Heading(Field.DUTY if joint else Field.LEAD, first_leads=joint)
    if SUPPORTS.search(words) and not DUTIES.search(words.replace("协同责任", "").replace("配合责任", "")):
        return Heading(Field.SUPPORT)
    return Heading(Field.DUTY)


def _of_the_rest(words: str) -> Heading:
    if PERSON.search(words):
        return Heading(Field.OTHER)
    if DEADLINE.search(words):
        return Heading(Field.OTHER if NO_DEADLINE.search(words) else Field.DEADLINE)
    if STATE.search(PARTS_OF_YEAR.sub("", words) if TARGET.search(words) else words):
        return Heading(Field.OTHER)
    if TARGET.search(words) and not WITH_TARGET.search(words):
        return Heading(Field.TARGET)
    if CATEGORY.search(words):
        return Heading(Field.CATEGORY)
    if len(re.sub(r"20\d\d年度?", "", words)) > 10 or re.search(r"[县市省]\d", words):
        return UNKNOWN
    rank = next((rank for rank, pattern in enumerate(CONTENTS) if pattern.search(words)), None)
    return UNKNOWN if rank is None else Heading(Field.CONTENT, rank)


DUTY_TEXT = re.compile(r"职责|分工$|任务$")
"""Headings of what a unit has to do, beside a column of units: 成员单位, 工作职责."""


SECTION_ENDS = re.compile(r"[科处股]室$")
"""Headings of parts of an office, which are no units beside a column of units."""


def read_headings(cells: Sequence[str]) -> list[Heading]:
    """What each cell of a heading row says, seen beside the others: 职责分工 beside 成员单位 is no column of units."""
    headings = [read_heading(cell) for cell in cells]
    words = [heading_words(cell) for cell in cells]
    sections = [at for at, heading in enumerate(headings) if heading.field in UNITS and SECTION_ENDS.search(words[at])]
    if sections and any(heading.field in UNITS for at, heading in enumerate(headings) if at not in sections):
        for at in sections:
            headings[at] = Heading(Field.SECTION)
    if any(heading.field is Field.CONTENT for heading in headings):
        return headings
    duties = [
        at for at, word in enumerate(words) if DUTY_TEXT.search(word) and len(word) <= 10 and not UNIT_ENDS.search(word)
    ]
    doers = [at for at, word in enumerate(words) if UNIT_ENDS.search(word) and at not in duties]
    if len(duties) == 1 and doers:
        headings[duties[0]] = Heading(Field.CONTENT)
        for at in doers:
            headings[at] = headings[at] if headings[at].field in UNITS else Heading(Field.DUTY)
    return headings


def main_column(headings: Sequence[Heading]) -> int | None:
    """The column that says best what is to be done, of equals the last; None where none does."""
    contents = [index for index, heading in enumerate(headings) if heading.field is Field.CONTENT]
    return min(contents, key=lambda index: (headings[index].rank, -index), default=None)


NO_HEADING = re.compile(r"[:：]\s?\S|^[一二三四五六七八九十]{1,3}、|。")
"""What the heading of a column does not hold: 完成时限：2026年6月底前, 四、工作要求."""


def heads_tasks(cells: Sequence[str]) -> bool:
    """Whether these are the headings of a table of tasks: they name the task and who does it."""
    if not 2 <= len(cells) <= 12 or any(len(cell) > 30 or NO_HEADING.search(cell) for cell in cells):
        return False
    fields = [heading.field for heading in read_headings(cells)]
    known = sum(field is not None for field in fields)
    told = Field.CONTENT in fields or (Field.NUMBER in fields and Field.TARGET in fields)
    whole = told and any(field in UNITS for field in fields)
    return whole and known * 3 >= len(cells) * 2
