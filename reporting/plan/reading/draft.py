"""A task while it is being read, and the findings that reading may make."""

from dataclasses import dataclass

from reporting.model import Place
from reporting.model.findings import Kind, Severity


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before it has its number in the plan.

    ``printed`` is the number without its closing mark (3, (一)); ``markers`` are those of the headings
    above it, so that a number that restarts under each heading can be told apart.
    """

    printed: str
    markers: tuple[str, ...]
    path: tuple[str, ...]
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str
    place: Place
    rules: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    open_ended: bool = False
    part: int = 0
    """Which part of its paragraph this is, where one paragraph names units more than once."""
    remarks: tuple[tuple[str, str], ...] = ()
    """(label, words) of what stands beside the units; no label for what a unit does: 市财政局保障经费."""
    twice: tuple[str, ...] = ()
    """Units named under two roles."""
    inherited: bool = False
    """Whether the units are those of the heading above."""
    from_above: bool = False
    """Whether the units are those of the row above, its own cells being empty."""
    table: int = 0
    """Which table of the document holds it, from 1; 0 for running text."""
    date_for_number: tuple[str, int] = ("", 0)
    """The date that stands in the column of numbers, and that column from 1: 1月1日, typed as 1-1."""


NO_TASKS = Kind(
    "no_tasks",
    Severity.ERROR,
    "《{title}》中没有读出任何任务。",
    "请确认文件是任务分解表或写明责任单位的工作方案；也可直接在 plan.xlsx 中逐条填写。",
)
NO_UNITS = Kind(
    "no_units_named",
    Severity.CONFIRM,
    "文件中有 {count} 项措施均未写明责任单位，已列为待分工事项。",
    "请在 plan.xlsx 中为每项措施填写牵头单位和配合单位。",
)
UNASSIGNED = Kind(
    "task_without_units",
    Severity.CONFIRM,
    "“{content}”未写明责任单位，已列为待分工事项。",
    "请核对原文，需要督办的，在 plan.xlsx 中补填责任单位。",
)
NO_LEAD = Kind(
    "task_without_lead",
    Severity.CONFIRM,
    "任务 {task} 没有牵头（责任）单位。",
    "请核对原文，在 plan.xlsx 中补填牵头单位。",
)
DOUBLE_NUMBER = Kind(
    "number_not_unique",
    Severity.CONFIRM,
    "编号“{found}”在文件中不止一次出现，此处改记为“{expected}”。",
    "请核对原文编号，必要时在 plan.xlsx 中改正。",
)
NUMBERS_AGAIN = Kind(
    "numbering_restarts",
    Severity.NOTE,
    "文件中的任务分 {count} 处各自从 1 编号，从此处起编号前加“{found}”，以示区别。",
    "不合适的，请在 plan.xlsx 中改正。",
)
NUMBER_IS_DATE = Kind(
    "number_is_a_date",
    Severity.CONFIRM,
    "任务编号一栏写的是日期“{found}”，可能是输入“{task}”时被表格软件改成了日期，暂按“{task}”编号。",
    "请核对原文的编号，不对的在 plan.xlsx 中改正。",
)
NO_NUMBER = Kind(
    "number_missing", Severity.NOTE, "此项任务原文没有编号，暂记为“{expected}”。", "请核对，必要时在 plan.xlsx 中改正。"
)
UNCLEAR_UNIT = Kind(
    "unit_unclear",
    Severity.CONFIRM,
    "任务 {task} 的单位名称“{found}”不像一个完整的单位名称。",
    "请核对原文，在 plan.xlsx 中改为规范名称。",
)
NAMED_TWICE = Kind(
    "unit_named_twice",
    Severity.CONFIRM,
    "任务 {task} 中“{found}”同时列为牵头单位和责任（配合）单位，按牵头（责任）单位记录。",
    "请核对原文，必要时在 plan.xlsx 中改正。",
)
OPEN_LIST = Kind(
    "unit_list_open",
    Severity.NOTE,
    "任务 {task} 的单位名单以“等”结尾，未列明的单位没有分工。",
    "如还有其他单位承担，请在 plan.xlsx 中补填。",
)
WORDS_UNREAD = Kind(
    "words_not_read",
    Severity.NOTE,
    "任务 {task} 的分工说明中“{found}”未能识别，没有导入。",
    "请核对原文，必要时在 plan.xlsx 中补填。",
)
ROW_DAMAGED = Kind(
    "table_row_damaged",
    Severity.CONFIRM,
    "第 {found} 行的表格线与表头的栏数不一致，单元格内容可能错位。",
    "请对照原文核对这一行前后的任务。",
)
COLUMN_LEFT_OUT = Kind(
    "column_left_out", Severity.NOTE, "表中“{found}”一栏没有导入。", "如需保留，请在 plan.xlsx 中补填。"
)
BESIDE_TABLE = Kind(
    "beside_table_left_out",
    Severity.NOTE,
    "表格有 {count} 行在没有表头的栏内（或者表格右侧）写有文字，没有导入：“{found}”。",
    "请核对；属于任务内容的，请在 plan.xlsx 中补填。",
)
ROW_LEFT_OUT = Kind(
    "table_row_left_out",
    Severity.CONFIRM,
    "表格中有一行没有任务内容，未导入：{found}",
    "请核对原文，确有任务的，在 plan.xlsx 中补填。",
)
MONTH_UNCLEAR = Kind(
    "deadline_month_unclear",
    Severity.CONFIRM,
    "任务 {task} 的完成时限“{found}”分不清是1月还是10月（表格中输入“{found}0”也显示为“{found}”），暂按1月处理。",
    "请核对原文，必要时在 plan.xlsx 中改正。",
)
DATE_UNCLEAR = Kind(
    "deadline_unclear",
    Severity.CONFIRM,
    "任务 {task} 的完成时限“{found}”推算不出具体日期。",
    "请在 plan.xlsx 中填写具体日期，或写明“持续推进”。",
)
ORDER_ODD = Kind(
    "numbering_not_continuous", Severity.NOTE, "任务 {before} 之后是任务 {after}，编号不连续。", "请核对原文是否缺项。"
)
OPEN_LISTS = Kind(
    "unit_lists_open",
    Severity.NOTE,
    "有 {count} 项任务的单位名单以“等”结尾（任务 {tasks}），未列明的单位没有分工。",
    "如还有其他单位承担，请在 plan.xlsx 中补填。",
)
WORDS_LEFT = Kind(
    "words_left_out",
    Severity.NOTE,
    "分工说明中有 {count} 处文字没有导入：{found}。",
    "请浏览一遍，其中有责任单位或者时限的，在 plan.xlsx 中补填。",
)
ORDER_BROKEN = Kind(
    "numbering_broken",
    Severity.NOTE,
    "任务编号有 {count} 处不连续：{found}。",
    "请核对原文是否缺项；原文本来如此的，不必处理。",
)
UNITS_OF_HEADINGS = Kind(
    "units_from_headings",
    Severity.NOTE,
    "有 {count} 项任务没有单独写明单位（任务 {tasks}），按上级标题或者下一条的单位记录。",
    "请核对几项，必要时在 plan.xlsx 中改正。",
)
UNITS_OF_MERGED = Kind(
    "units_from_merged_cells",
    Severity.NOTE,
    "有 {count} 项任务的单位一栏是空的（任务 {tasks}），按上一行的单位记录（可能是合并的单元格）。",
    "请核对几项，必要时在 plan.xlsx 中改正。",
)
NUMBERS_MISSING = Kind(
    "numbers_missing",
    Severity.NOTE,
    "有 {count} 项任务原文没有编号，暂记为 {tasks}。",
    "请核对，必要时在 plan.xlsx 中改正。",
)
DATES_UNCLEAR = Kind(
    "deadlines_unclear",
    Severity.CONFIRM,
    "有 {count} 项任务（任务 {tasks}）的完成时限写作“{found}”，推算不出具体日期。",
    "请在 plan.xlsx 中填写具体日期，或写明“持续推进”。",
)
SHARED_UNITS = Kind(
    "units_from_heading",
    Severity.CONFIRM,
    "任务 {task} 没有单独写明单位，按上级标题或者下一条的单位记录。",
    "请核对，必要时在 plan.xlsx 中改正。",
)
HEADING_UNITS = Kind(
    "units_of_heading_left_out",
    Severity.NOTE,
    "标题“{content}”写有单位“{found}”，其下各项任务另写了单位，标题中的单位没有记入各项任务。",
    "标题中的单位也承担这些任务的，请在 plan.xlsx 中补填。",
)
UNITS_FROM_ABOVE = Kind(
    "units_from_row_above",
    Severity.CONFIRM,
    "任务 {task} 的单位一栏是空的，按上一行的单位记录（可能是合并的单元格）。",
    "请核对原文，必要时在 plan.xlsx 中改正。",
)
UNITS_DIVIDED = Kind(
    "units_divided_by_guess",
    Severity.CONFIRM,
    "任务 {task} 所在表格没有表格线，分不清哪些单位牵头、哪些配合，暂按“{found}”牵头、其余配合记录。",
    "请对照原表核对，必要时在 plan.xlsx 中改正。",
)
FIGURE_DAMAGED = Kind(
    "figure_damaged",
    Severity.CONFIRM,
    "任务 {task} 中的“{found}”不像真实的数字，没有记为指标。",
    "请核对原文，在 plan.xlsx 的“量化指标”中补填正确的目标值。",
)
PART_LEFT_OUT = Kind(
    "part_left_out",
    Severity.CONFIRM,
    "{found}另有 {count} 项写明了单位的任务（第一项为“{first}”），不在已导入的 {taken} 项之内，没有导入。",
    "如这些任务也需督办，请单独另存为一个文件再导入，或在 plan.xlsx 中补填。",
)
PART_DIFFERS = Kind(
    "units_differ_between_parts",
    Severity.CONFIRM,
    "{found}有 {count} 项任务（第一项为“{first}”）所写的单位，在已导入的同一任务中没有。",
    "请核对以哪一处为准，必要时在 plan.xlsx 中改正。",
)
HEAD_FROM_NAME = Kind(
    "head_from_name",
    Severity.NOTE,
    "文件中没有写明标题或年度，暂按工作表或文件的名称“{found}”记录。",
    "请核对 plan.xlsx 中的标题、年度和各项时限。",
)
PAGE_UNREAD = Kind(
    "page_is_picture",
    Severity.CONFIRM,
    "{found}是图片，没有读出文字。",
    "请核对该页有无任务，有的在 plan.xlsx 中补填。",
)
PAGE_RECOGNISED = Kind(
    "page_is_recognised",
    Severity.CONFIRM,
    "文件中有 {count} 页是扫描件，文字取自其中附带的识别结果，可能有错字：{found}。",
    "请对照扫描件核对任务、单位和数字。",
)
ORDER_UNSURE = Kind(
    "page_order_unsure",
    Severity.CONFIRM,
    "文件中有 {count} 页的文字分成几栏排列，读出的先后顺序可能不对：{found}。",
    "请对照原文核对这些页的任务和单位；有 Word 原件的，请改为导入原件。",
)
STRUCK_OUT = Kind(
    "struck_out",
    Severity.CONFIRM,
    "文件中有 {count} 处文字加了删除线，按已经删去处理，没有采用：{found}。",
    "请核对原文，仍然有效的，在 plan.xlsx 中补填。",
)
HIDDEN_LEFT_OUT = Kind(
    "hidden_left_out",
    Severity.CONFIRM,
    "文件中有 {count} 处内容是隐藏的，打开文件时看不到，没有采用：{found}。",
    "请核对；应当采用的，请在原文件中取消隐藏后再导入，或在 plan.xlsx 中补填。",
)
CHANGES_TRACKED = Kind(
    "changes_tracked",
    Severity.NOTE,
    "文件带有修订，按接受全部修订后的文字读取{found}。",
    "请核对；修订还没有定稿的，请逐处接受或者拒绝修订，保存后再导入。",
)
COMMENTS_LEFT_OUT = Kind(
    "comments_left_out",
    Severity.NOTE,
    "文件带有 {count} 条批注，没有采用：{found}。",
    "请核对批注是否改动任务或者分工，有的在 plan.xlsx 中改正。",
)
PIECE_UNREAD = Kind(
    "piece_not_read",
    Severity.CONFIRM,
    "文件中有 {count} 处内容没有读出：{found}。",
    "请核对原文，其中有任务的，在 plan.xlsx 中补填。",
)
CHARACTERS_LOST = Kind(
    "characters_lost",
    Severity.CONFIRM,
    "任务 {task} 中有无法识别的字，显示为“\ufffd”。",
    "请核对原文，在 plan.xlsx 中改正。",
)
MEMBERS_OFFERED = Kind(
    "members_offered",
    Severity.CONFIRM,
    "文件所列的组成人员名单中有 {count} 个单位，可能是“{found}”的成员。",
    "请核对工作表“单位”的“建议”一栏；属实的，在“采纳”一栏选“是”，即列为成员。",
)
