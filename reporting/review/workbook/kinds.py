"""The sentences on what may be wrong with verified results, in the review and the consolidated workbook."""

from __future__ import annotations

from reporting.model.findings import Kind, Severity


def _error(code: str, says: str, remedy: str) -> Kind:
    return Kind(code, Severity.ERROR, says, remedy)


def _note(code: str, says: str, remedy: str) -> Kind:
    return Kind(code, Severity.NOTE, says, remedy)


NO_SHEET = _error(
    "review_sheet_is_there",
    "“{file}”中没有工作表“{sheet}”，或者它的表头不全（缺“{found}”）。",
    "请在程序生成的表中填写，不要删改工作表和表头。",
)
UNKNOWN_ROW = _error(
    "review_row_is_known", "{found}不在本次核定范围内。", "请改回原来的编号和单位名称；多出的行请整行清空。"
)
DOUBLE_ROW = _error("review_row_is_single", "{found}出现了两次，第一次在 {expected}。", "请只保留一行。")
LOCKED_CHANGED = _error(
    "review_locked_is_unchanged",
    "“{heading}”是单位上报的内容，被改成了“{found}”，原为“{expected}”。",
    "请改回原文；认为上报不实的，填在核定各列。",
)
UNKNOWN_STATUS = _error(
    "review_status_is_known", "核定状态“{found}”不在状态词汇中。", "请从下拉选项中选一项：{expected}。"
)
UNKNOWN_METHOD = _error(
    "review_method_is_known", "核查方式“{found}”不在下拉选项中。", "请从下拉选项中选一项：{expected}。"
)
BAD_PROGRESS = _error(
    "review_progress_in_range", "核定进度“{found}”不是 0 到 100 的数字。", "请填 0 到 100 的数字，如 80。"
)
BAD_SCORE = _error(
    "review_score_in_range",
    "考评得分“{found}”不是 0 到 {expected} 的数字。",
    "请填 0 到 {expected} 的数字，如 95；不评定的留空。",
)
NO_REASON = _error("review_deduction_has_reason", "考评得分为 {found}，没有写扣分原因。", "请在“扣分原因”一列写明。")
NO_FIGURE = _error(
    "review_change_has_figure",
    "核定状态由“{expected}”改为“{found}”，没有核定进度、核定完成值或考评得分，无法计分。",
    "请填其中一项。",
)
BAD_VALUE = _error(
    "review_value_is_readable",
    "核定完成值“{found}”读不出来，或计量单位与“{expected}”不一致。",
    "请只填一个确切的数字，计量单位为“{expected}”。",
)
BAD_BONUS = _error(
    "review_bonus_in_range", "加分“{found}”不是 0 到 100 的数字。", "请填 0 到 100 的数字；没有加分的留空。"
)
BONUS_UNFOUNDED = _error("review_bonus_has_reason", "加 {found} 分，没有写加分依据。", "请在“加分依据”一列写明。")
UNKNOWN_VETO = _error("review_veto_is_known", "一票否决“{found}”不是“是”或“否”。", "请从下拉选项中选一项。")
VETO_UNFOUNDED = _error("review_veto_has_reason", "选了一票否决，没有写否决事由。", "请在“否决事由”一列写明。")
BAD_DATE = _error("review_date_is_readable", "{heading}“{found}”看不出是哪一天。", "请写成 2027-01-11 的样子。")
DATES_TURNED = _error("review_dates_in_order", "{heading} {found} 早于{before} {expected}。", "请核对日期。")
NOTHING_FILLED = _error("review_is_filled", "核定表中没有一项任务或指标填写了核定结果。", "请由检查组填写后再收。")
ROWS_LEFT = _note(
    "review_rows_left",
    "还有 {found} 项次任务没有核定，得分将按上报情况计算，并在报告中注明“未核定”。",
    "需要核定的，请填写后再收一次。",
)
OTHER_ISSUE = _note(
    "review_is_current",
    "这份核定表上没有本年度下发的记号，可能是复制到新文件中填写的。",
    "内容已按最近一次下发的核定表核对。",
)
NO_TABLE = _note(
    "review_table_is_there", "“{file}”中没有工作表“{sheet}”，按没有填写处理。", "需要填写的，请用程序生成的表。"
)
OTHER_TABLE = _error(
    "review_table_is_single",
    "“{sheet}”表另有一份核定内容，有 {count} 格与“{main}”表不同（如 {cell} {heading}“{found}”），没有读取。",
    "请核对以哪一份为准，并入“{main}”表，删去另一份后再收。",
)
MERGED = _error(
    "review_cells_are_not_merged",
    "{heading}的第 {first} 至 {last} 行合并成了一格，只有第 {first} 行算填写了。",
    "请取消合并，逐行填写。",
)
HIDDEN = _note(
    "review_rows_are_shown",
    "“{sheet}”表的第 {rows} 行被隐藏或筛掉了，其中的内容照常读取。",
    "请取消筛选和隐藏，核对这些行的内容。",
)
FORMULA = _note(
    "review_is_typed", "{heading}是公式，按算出的结果“{found}”登记。", "请核对；不对的，直接填写结果后再收。"
)
NO_RESULT = _error(
    "verified_is_value", "“{heading}”里不是填写的内容，而是“{found}”。", "请直接填写文字或数字，不要用公式。"
)
OUT_OF_BOUNDS = _error(
    "verified_within_bounds", "“{sheet}”表 {found} 等处超出了能读取的范围。", "请清除表格以外的内容后再收。"
)
UNKNOWN_MATERIAL = _error(
    "review_material_is_known", "材料核查“{found}”不在下拉选项中。", "请从下拉选项中选一项：{expected}。"
)
DOUBTFUL_FIGURE = _error(
    "review_figure_is_whole",
    "{heading}“{found}”不足 1，可能是 {expected}。",
    "请写成 {expected}；确实不足 1 的，请填 1 或 0。",
)
PROGRESS_DIFFERS = _error(
    "verified_progress_fits_status",
    "核定状态为“{found}”，核定进度却是 {expected}。",
    "请核对，改正其中一项，或者把核定进度清空。",
)
REMARK_ALONE = _error(
    "verified_remark_has_value", "写了核定说明，没有填核定完成值。", "请填核定完成值；没有核定的，请把核定说明清空。"
)
REASON_ALONE = _error(
    "review_reason_has_figure",
    "写了{heading}“{found}”，没有填{expected}。",
    "请填{expected}；没有的，请把{heading}清空。",
)
