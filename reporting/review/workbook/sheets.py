"""What the review workbook looks like on paper: its sheets, headings and lists.

Its writer and its reader both go by these definitions, so that neither can drift from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reporting.language.headings import Headings
from reporting.model.review import MATERIALS, METHODS

ABOUT, TASKS, TARGETS, UNITS, META = "填写说明", "任务核定", "指标核定", "单位核定", "_meta"
STATUS_LIST, METHOD_LIST, YES_LIST = "review_status_list", "review_method_list", "review_yes_list"
MATERIAL_LIST = "review_material_list"
YES, NO = "是", "否"
HEADING_ROW = 3
"""The row of the headings on each of the three tables; the table begins below it."""


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """One column: ``key`` is how the records call it; what the group does not fill is locked."""

    key: str
    heading: str
    width: float
    filled: bool = False
    centred: bool = False
    words: str = ""
    """The name of the list of its drop-down."""
    hint: str = ""
    optional: bool = False
    """Whether a workbook may lack it: one that went out before the column was added."""


def _filled(
    key: str, heading: str, width: float, hint: str, words: str = "", *, optional: bool = False
) -> ReviewColumn:
    centred = width < 15  # a word, a figure or a day; what is wider holds prose
    own = ReviewColumn(key, heading, width, filled=True, centred=centred)
    return replace(own, words=words, hint=hint, optional=optional)


TASK_COLUMNS = (
    ReviewColumn("number", "任务编号", 6, centred=True),
    ReviewColumn("unit", "单位", 11),
    ReviewColumn("role", "角色", 5, centred=True),
    ReviewColumn("content", "工作内容", 27),
    ReviewColumn("status", "上报状态", 9, centred=True),
    ReviewColumn("progress", "上报进度(%)", 7, centred=True),
    ReviewColumn("figures", "上报完成值", 17),
    ReviewColumn("result", "上报完成情况", 30),
    ReviewColumn("evidence", "佐证材料", 15),
    ReviewColumn("self_score", "自评分", 6, centred=True),
    _filled("method", "核查方式", 10, "从下拉选项中选一项", METHOD_LIST),
    _filled(*("verified", "核定状态", 10), "从下拉选项中选一项；与上报一致的也请选出，没有核定的留空", STATUS_LIST),
    _filled(*("verified_progress", "核定进度(%)", 7), "核定状态与上报不同、又不是已完成或未启动的，填 0 到 100 的数字"),
    _filled("score", "考评得分", 7, "填 0 到 100 的数字；留空则按考评办法计算"),
    _filled("reason", "扣分原因", 18, "考评得分不满 100 的，必须写明原因"),
    _filled("opinion", "检查组意见", 18, "核查中发现的问题、需要整改的事项"),
    _filled(
        *("material", "材料核查", 10),
        "从下拉选项中选一项；缺佐证材料、内容空洞的按考评办法扣分，留空则按上报情况",
        MATERIAL_LIST,
        optional=True,
    ),
    _filled(*("rectify_by", "整改期限", 10), "这一项的整改期限与“填写说明”表所填不同的，填写日期", optional=True),
)
TARGET_COLUMNS = (
    ReviewColumn("number", "指标编号", 8, centred=True),
    ReviewColumn("unit", "单位", 16),
    ReviewColumn("task", "任务编号", 8, centred=True),
    ReviewColumn("name", "指标名称", 34),
    ReviewColumn("goal", "目标值", 12, centred=True),
    ReviewColumn("measure", "计量单位", 8, centred=True),
    ReviewColumn("reported", "上报完成值", 14, centred=True),
    _filled(
        *("value", "核定完成值", 14), "只填数字，计量单位见左侧；几个单位合计完成一个指标的，填合计数；没有核定的留空"
    ),
    _filled("remark", "核定说明", 30, "与上报不一致的，说明依据"),
)
UNIT_COLUMNS = (
    ReviewColumn("unit", "单位", 24),
    _filled("bonus", "加分", 8, "填 0 到 100 的数字，上限见 duban.toml"),
    _filled("bonus_reason", "加分依据", 44, "写明事项和证明文件"),
    _filled("veto", "一票否决", 10, "有否决事项的选“是”", YES_LIST),
    _filled("veto_reason", "否决事由", 44, "写明事由和依据"),
)
COLUMNS: Mapping[str, tuple[ReviewColumn, ...]] = {TASKS: TASK_COLUMNS, TARGETS: TARGET_COLUMNS, UNITS: UNIT_COLUMNS}
KEYS: Mapping[str, tuple[str, ...]] = {TASKS: ("number", "unit"), TARGETS: ("number", "unit"), UNITS: ("unit",)}
"""By what a row is known."""
LOCKED_KEYS: Mapping[str, tuple[str, ...]] = {
    sheet: tuple(column.key for column in columns if not column.filled) for sheet, columns in COLUMNS.items()
}

HEADINGS: Mapping[str, Headings] = {
    sheet: Headings(
        name=sheet,
        words={column.key: column.heading for column in columns},
        needed=KEYS[sheet],
        least=(len(columns) + 1) // 2,
        filled=frozenset(column.key for column in columns if column.filled),
        copied=frozenset(LOCKED_KEYS[sheet]),
        optional=frozenset(column.key for column in columns if column.optional),
    )
    for sheet, columns in COLUMNS.items()
}
"""How each of the three tables is known when it comes back."""

GROUP_CELLS: Mapping[str, tuple[str, str]] = {
    "leader": ("检查组组长", "填写姓名和职务"),
    "members": ("检查组成员", "填写姓名，用顿号隔开；单位和职务写在姓名后的括号里"),
    "began": ("检查开始日期", "填写日期，如 2027-01-11"),
    "ended": ("检查结束日期", "填写日期，如 2027-01-15"),
    "rectify_by": ("整改期限", "需要整改的单位在这一天之前完成整改，填写日期"),
    "recheck_on": ("复查日期", "检查组在这一天复查整改情况，填写日期；没有定的留空"),
    "conclusion": ("检查组总体意见", "对全年任务完成情况的总体意见，写入报告；可留空"),
    "dissent": ("保留意见", "检查组成员有不同意见的，写明姓名和意见，写入报告；没有的留空"),
}
"""What the group fills in about itself: label and hint by key."""
GROUP_DAYS = ("began", "ended", "rectify_by", "recheck_on")
"""Those that are days, in the order in which they follow each other."""

LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    METHOD_LIST: ("核查方式", METHODS),
    MATERIAL_LIST: ("材料核查", MATERIALS),
    YES_LIST: ("一票否决", (YES, NO)),
}
"""The lists that do not come from the form, by the name of their range."""
