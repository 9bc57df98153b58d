"""What reading plan.xlsx back may find wrong, or understand from an untidy cell and say."""

from __future__ import annotations

from reporting.model.findings import Kind, Severity

CELL_SHOWS_ERROR = Kind(
    "cell_shows_error",
    Severity.ERROR,
    "“{heading}”一格显示为 {found}，是公式出错的结果。",
    "请删除公式，直接填写内容。",
)
CELL_IS_FORMULA = Kind(
    "cell_is_formula",
    Severity.ERROR,
    "“{heading}”一格是公式“{found}”，文件里没有它的结果。",
    "请删除公式，直接填写内容。",
)
CELLS_MERGED = Kind(
    "cells_merged",
    Severity.NOTE,
    "“{heading}”的 {found} 合并成了一格，其中每一行都按“{expected}”处理。",
    "请取消合并，逐行填写。",
)
NUMBER_BECAME_DATE = Kind(
    "number_became_date",
    Severity.ERROR,
    "“{heading}”被表格软件改成了日期 {found}。",
    "请把这一格的格式设为“文本”，再重新填写，例如 {expected}。",
)
DEADLINE_KIND_UNKNOWN = Kind(
    "deadline_kind_unknown", Severity.ERROR, "时限类型“{found}”不在下拉列表中。", "请选择：{expected}。"
)
DEADLINE_DATE_UNREADABLE = Kind(
    "deadline_date_unreadable",
    Severity.ERROR,
    "截止日期“{found}”看不出是哪一天。",
    "请写成 2026-06-30 的样子；没有截止日期的，把这一格清空。",
)
DEADLINE_DATE_UNDERSTOOD = Kind(
    "deadline_date_understood",
    Severity.NOTE,
    "截止日期“{found}”按 {expected} 处理。",
    "请核对；写成 {expected} 可以避免误解。",
)
DEADLINE_UNDERSTOOD = Kind(
    "deadline_understood",
    Severity.NOTE,
    "没有选择时限类型，完成时限“{found}”按“{expected}”处理。",
    "请核对，并在“时限类型”一栏选择。",
)
DEADLINE_UNCLEAR = Kind(
    "deadline_unclear",
    Severity.ERROR,
    "没有选择时限类型，从完成时限“{found}”也看不出来。",
    "请在“时限类型”一栏选择：{expected}。",
)
DEADLINE_WORDS_MADE = Kind(
    "deadline_words_made",
    Severity.NOTE,
    "“完成时限”没有填写，填报表上将写作“{expected}”。",
    "请核对，或者照方案的原话填写。",
)
OPERATOR_UNKNOWN = Kind(
    "operator_unknown", Severity.ERROR, "指标“{target}”的比较方式“{found}”不在下拉列表中。", "请选择：{expected}。"
)
TARGET_WITHOUT_TASK = Kind(
    "target_without_task",
    Severity.ERROR,
    "指标“{target}”的任务编号“{found}”在工作表“任务”中找不到。",
    "请改成已有的任务编号；总体目标的指标写“总体目标”加编号。",
)
TARGET_WITHOUT_VALUE = Kind(
    "target_without_value",
    Severity.ERROR,
    "指标“{target}”没有目标值。",
    "请在“目标值”一栏填写数字；没有目标值的，整行删除。",
)
VALUE_UNREADABLE = Kind(
    "value_unreadable",
    Severity.ERROR,
    "指标“{target}”的目标值“{found}”不是数字。",
    "请只写数字，单位写在“计量单位”一栏。",
)
VALUE_PERCENT = Kind(
    "value_percent",
    Severity.NOTE,
    "指标“{target}”的目标值带百分号，按 {expected} 处理。",
    "请只写数字，在“计量单位”一栏写 %。",
)
UNIT_NAME_MISSING = Kind(
    "unit_name_missing", Severity.ERROR, "这一行没有单位名称，没有读入。", "请填写单位名称；不要的行请整行删除。"
)
UNIT_KIND_UNKNOWN = Kind(
    "unit_kind_unknown", Severity.ERROR, "“{unit}”的类型“{found}”不在下拉列表中。", "请选择：{expected}。"
)
ADOPTION_UNCLEAR = Kind(
    "adoption_unclear",
    Severity.ERROR,
    "“{unit}”的“采纳”一栏是“{found}”，看不出要不要采纳建议。",
    "采纳的选“是”，并在“建议”一栏保留单位名称；不采纳的清空。",
)
TASK_ADOPTION_UNCLEAR = Kind(
    "task_adoption_unclear",
    Severity.ERROR,
    "任务{task}的“采纳”一栏是“{found}”，看不出要不要采纳建议。",
    "采纳的选“是”，不采纳的选“否”或者清空。",
)
PROPOSAL_UNREADABLE = Kind(
    "proposal_unreadable",
    Severity.ERROR,
    "任务{task}采纳了建议，但从“建议”一栏读不出牵头单位。",
    "请写成“牵头单位：市发改委、市财政局”“配合单位：市教育局”的样子，各占一行；或者清空“采纳”，直接改牵头单位和配合单位。",
)
ALIAS_UNREADABLE = Kind(
    "alias_unreadable",
    Severity.ERROR,
    "“{unit}”的别名“{found}”看不出使用的年份。",
    "请写成“市知识产权局(2004-2018)”的样子；括号本来是名称一部分的，给整个名称加上引号“ ”。",
)
YEAR_UNREADABLE = Kind("year_unreadable", Severity.ERROR, "年度“{found}”看不出是哪一年。", "请写四位数字，例如 2026。")
ABOUT_LINE_MISSING = Kind(
    "about_line_missing",
    Severity.CONFIRM,
    "工作表“说明”中没有“{found}”这一行，按没有填写处理。",
    "请在工作表“说明”的第一列补上“{found}”。",
)
