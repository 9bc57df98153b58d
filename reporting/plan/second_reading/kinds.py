"""What the second reading may have to say."""

from reporting.language.units.registry import UNIT_PROPOSED
from reporting.model.findings import Kind, Severity

READ_DIFFERENTLY = Kind(
    "units_read_differently",
    Severity.CONFIRM,
    "任务 {task} 的单位另有一种读法：{found}。",
    "请对照原文核对，不对的在 plan.xlsx 中改正。{how}",
)
HOW_TO_ADOPT = "这种读法写在“建议”一栏，属实的，“采纳”一栏选“是”即可。"
"""What there is to do about it where the second reading has another answer."""
NAME_RESEMBLES = Kind(
    "unit_name_resembles",
    Severity.CONFIRM,
    "任务 {task} 的“{found}”可能就是“{expected}”：{reason}。",
    "请对照原文核对；是同一单位的，请改为一个名称，或在工作表“单位”的“采纳”一栏选“是”。",
)
SAME_UNIT = Kind(
    "same_unit_proposed",
    Severity.CONFIRM,
    "“{found}”可能就是“{expected}”：{reason}。",
    "属实的，请在工作表“单位”的“采纳”一栏选“是”，“{found}”即按“{expected}”的别名处理；不属实的选“否”。",
)
NAME_STRANGE = Kind(
    "unit_name_strange",
    Severity.CONFIRM,
    "任务 {task} 的“{found}”可能不是一个单位的名称：{reason}。",
    "请对照原文核对，在 plan.xlsx 中改正。",
)
LINE_NAMES_UNITS = Kind(
    "line_left_out_names_units",
    Severity.CONFIRM,
    "此处写有单位“{found}”，但不在任何一项任务之内。",
    "请对照原文核对有无遗漏的任务；有的，在 plan.xlsx 中补填。",
)
LINES_NAME_UNITS = Kind(
    "lines_left_out_name_units",
    Severity.CONFIRM,
    "文件中另有 {count} 处写有单位，但不在任何一项任务之内，自“{found}”一处起。",
    "请对照原文核对有无遗漏的任务；有的，在 plan.xlsx 中补填。",
)
LINE_NUMBERED = Kind(
    "numbered_line_left_out",
    Severity.CONFIRM,
    "此处编号为“{found}”，前后的任务 {before} 和 {after} 都已列入，这一项没有列为任务。",
    "请对照原文核对有无遗漏的任务；有的，在 plan.xlsx 中补填。",
)
NUMBER_LOST = Kind(
    "task_number_lost",
    Severity.CONFIRM,
    "任务 {task} 的编号可能是“{expected}”：前后的任务是 {before} 和 {after}。",
    "请对照原文核对编号，不对的在 plan.xlsx 中改正。",
)
ABOUT_NAMES = frozenset((NAME_RESEMBLES, SAME_UNIT, UNIT_PROPOSED))
"""That one name may be another's, by whatever sign: settled by one answer beside the unit."""
