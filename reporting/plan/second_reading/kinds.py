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
HEADING_NAMES_UNITS = Kind(
    "heading_names_units",
    Severity.CONFIRM,
    "事项 {task} 未写明责任单位，它的标题“{heading}”写有“{found}”，可能由其负责。",
    "请对照原文核对；属实的，在 plan.xlsx 中把它列为任务，填写牵头单位。",
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
CONTENT_CUT = Kind(
    "task_content_cut",
    Severity.CONFIRM,
    "任务 {task} 的内容以“{found}”开头，前面可能缺了文字。",
    "请对照原文核对，缺了的在 plan.xlsx 中补上。",
)
CONTENT_EMPTY = Kind(
    "task_content_empty",
    Severity.CONFIRM,
    "任务 {task} 没有读出内容。",
    "请对照原文，在 plan.xlsx 中补填内容；这里没有任务的，删去这一行。",
)
CONTENT_NUMBERED = Kind(
    "task_content_numbered",
    Severity.CONFIRM,
    "任务 {task} 的内容以编号开头：“{found}”，编号可能没有认出。",
    "请对照原文核对编号和内容，不对的在 plan.xlsx 中改正。",
)
CONTENT_HOLDS_PAGE = Kind(
    "task_content_holds_page",
    Severity.CONFIRM,
    "任务 {task} 的内容中混有页眉或者页码“{found}”。",
    "请对照原文核对，多出的文字在 plan.xlsx 中删去。",
)
CONTENT_HOLDS_UNITS = Kind(
    "task_content_holds_units",
    Severity.CONFIRM,
    "任务 {task} 的内容中还写有单位：“{found}”。",
    "请对照原文核对有无漏读的单位，或者两项任务并成了一项；有的，在 plan.xlsx 中改正。",
)
CONTENT_NAMES_LEAD = Kind(
    "task_content_names_lead",
    Severity.CONFIRM,
    "任务 {task} 的内容中写有由“{found}”牵头或者负责，没有列为单位。",
    "请对照原文核对；是此项任务的单位的，在 plan.xlsx 中补填。",
)
UNITS_OF_A_POINT = Kind(
    "units_of_a_point",
    Severity.CONFIRM,
    "任务 {task} 的单位写在其下第一点“{found}”之后，这一点可能自成一项任务。",
    "请对照原文核对，不对的在 plan.xlsx 中改正。",
)
HEADING_ODD = Kind(
    "task_heading_odd",
    Severity.CONFIRM,
    "任务 {task} 记在标题“{found}”之下，可能不对：{reason}。",
    "请对照原文核对类别，不对的在 plan.xlsx 中改正。",
)
LEVEL_ADDED = Kind(
    "unit_level_added",
    Severity.CONFIRM,
    "任务 {task} 的“{found}”在原文中写作“{expected}”，同一处的单位都没有“{reason}”字开头。",
    "请对照原文核对，不对的在 plan.xlsx 中改正。",
)
ROLE_MISREAD = Kind(
    "task_role_misread",
    Severity.CONFIRM,
    "任务 {task} 的原文中“{found}”可能是“{expected}”，分工可能没有读对。",
    "请对照原文核对牵头、配合单位，不对的在 plan.xlsx 中改正。",
)
DEADLINE_UNREAD = Kind(
    "task_deadline_unread",
    Severity.CONFIRM,
    "任务 {task} 的单位旁边写有“{found}”，没有列为完成时限。",
    "请对照原文核对，是完成时限的，在 plan.xlsx 中补填。",
)
ABOUT_NAMES = frozenset((NAME_RESEMBLES, SAME_UNIT, UNIT_PROPOSED))
"""That one name may be another's, by whatever sign: settled by one answer beside the unit."""
