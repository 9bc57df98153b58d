"""Builds the Word templates in this folder: ``python templates/build.py``.

A template is an ordinary Word file: an office may open it, change styles and fixed words, and save it.
The grey lines in it are docxtpl marks (``{%p for … %}``); they vanish when the document is filled.
The bytes depend on this script and on ``office/`` alone, so a template is only committed when it changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from office.package import write_template
from office.pieces import (
    Table,
    annex_head,
    annex_list,
    blocks,
    contact,
    document_number,
    each,
    imprint,
    mark,
    paragraph,
    run_in,
    section,
    section_end,
    signature,
    when,
)

HERE = Path(__file__).resolve().parent


def notice() -> str:
    """通知: goes out with the workbooks."""
    half = (("序号", 700, "TableCentre"), ("责任单位", 3722, "TableText"))
    units = Table(*half, *half)
    pair = units.row(
        "{{ loop.index * 2 - 1 }}", "{{ pair[0] }}", '{{ loop.index * 2 if pair[1] else "" }}', "{{ pair[1] }}"
    )
    return "".join(
        [
            document_number(),
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipients }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、填报内容"),
            each("text", "contents", run_in("text")),
            paragraph("Heading1", "二、填报要求"),
            each("text", "requirements", run_in("text")),
            paragraph("Heading1", "三、报送时间和方式"),
            each("text", "delivery", run_in("text")),
            paragraph("Heading1", "四、工作要求"),
            each("text", "arrangements", _held(run_in("text"), run_in("text", "Closing"))),
            paragraph("Closing", "特此通知。"),
            annex_list(),
            signature(),
            contact(),
            when(
                "units",
                paragraph("AnnexLabel", "附件2"),
                paragraph("AnnexTitle", "责任单位名单"),
                units.whole(units.each("pair", 'units|batch(2, "")', pair)),
            ),
            imprint(),
            section(),
        ]
    )


def return_letter() -> str:
    """退回函: goes back with a return that needs correcting."""
    table = Table(
        ("序号", 624, "TableCentre"),
        ("任务\n序号", 850, "TableCentre"),
        ("位置", 1474, "TableText"),
        ("问题", 2664, "TableText"),
        ("修改要求", 2324, "TableText"),
        ("类别", 908, "TableCentre"),
    )
    line = table.row(
        "{{ row.ordinal }}",
        "{{ row.task }}",
        "{{ row.place }}",
        "{{ row.problem }}",
        "{{ row.remedy }}",
        "{{ row.asked }}",
    )
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、需要处理的内容"),
            paragraph("Body", "{{ problems }}"),
            when("rows", table.whole(table.each("row", "rows", line)), paragraph("TableNote")),
            paragraph("Heading1", "二、处理和报送的方法"),
            each("text", "resubmit", paragraph("Body", "{{ text }}")),
            paragraph("Heading1", "三、报送的时间"),
            paragraph("Body", "{{ due }}"),
            paragraph("Closing", "专此函达。"),
            annex_list(),
            signature(),
            contact(),
            section(first_page_blank=True),
        ]
    )


def plain_letter() -> str:
    """催报函: to one unit that has not sent its return; 改派函: to units between which a task moves."""
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            each("text", "body", _held(paragraph("Body", "{{ text }}"), paragraph("Closing", "{{ text }}"))),
            paragraph("Closing", "专此函达。"),
            signature(),
            contact(),
            section(first_page_blank=True),
        ]
    )


def _held(usual: str, last: str) -> str:
    """A paragraph of a loop, the last one held to the page of the signature."""
    return mark("if loop.last") + last + mark("else") + usual + mark("endif")


def bulletin() -> str:
    """督查通报: to all units, with the list of who is late and of the tasks that are behind."""
    units = Table(
        ("序号", 737, "TableCentre"),
        ("单位", 2607, "TableText"),
        ("报送情况", 1500, "TableCentre"),
        ("报送期限", 2000, "TableCentre"),
        ("最近收到日期", 2000, "TableCentre"),
    )
    tasks = Table(
        ("任务\n序号", 737, "TableCentre"),
        ("工作内容", 2607, "TableText"),
        ("牵头单位", 1300, "TableCentre"),
        ("完成状态\n及进度", 1000, "TableCentre"),
        ("原因", 1600, "TableText"),
        ("下一步措施", 1600, "TableText"),
    )
    names = ("number", "content", "lead", "status", "reason", "next_step")
    texts = tuple(f"{{{{ row.{name} }}}}" for name in names)
    return "".join(
        [
            document_number(),
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、总体情况"),
            blocks("overall"),
            paragraph("Heading1", "二、存在的主要问题"),
            blocks("problems"),
            paragraph("Heading1", "三、下一步工作要求"),
            blocks("demands"),
            annex_list(),
            signature(),
            contact(),
            when(
                "annex_units.rows",
                annex_head("annex_units"),
                _rows_of(units, "annex_units.rows", "ordinal", "unit", "state", "due", "received"),
            ),
            when(
                "annex_tasks.rows",
                annex_head("annex_tasks"),
                tasks.whole(tasks.each("row", "annex_tasks.rows", _tall_rows(tasks, texts)), fitted=True),
            ),
            imprint(),
            section(),
        ]
    )


def rectification() -> str:
    """整改通知: to one unit after the inspection, with what it must put right."""
    table = Table(
        ("序号", 624, "TableCentre"),
        ("任务\n序号", 850, "TableCentre"),
        ("工作内容", 2650, "TableText"),
        ("核查发现的问题", 2780, "TableText"),
        ("整改期限", 1940, "TableCentre"),
    )
    texts = [f"{{{{ row.{key} }}}}" for key in ("ordinal", "task", "content", "problem", "by")]
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、需要整改的事项"),
            each("text", "problems", paragraph("Body", "{{ text }}")),
            when("rows", table.whole(table.each("row", "rows", _tall_rows(table, texts))), paragraph("TableNote")),
            paragraph("Heading1", "二、整改要求"),
            each("text", "demands", _held(run_in("text"), run_in("text", "Closing"))),
            paragraph("Closing", "特此通知。"),
            signature(),
            contact(),
            section(),
        ]
    )


def summary() -> str:
    """年度总结: the year-end report with its annexes."""
    return "".join(
        [
            document_number(upward=True),
            paragraph("Title", "{{ title }}"),
            when("recipient", paragraph("Recipient", "{{ recipient }}：")),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、总体情况"),
            paragraph("Heading2", "（一）任务完成情况"),
            blocks("overview"),
            _category_table(),
            paragraph("Heading2", "（二）量化指标完成情况"),
            paragraph("Body", "{{ target_overview }}"),
            paragraph("Heading2", "（三）报送情况"),
            blocks("returns"),
            paragraph("Heading1", "二、主要工作及成效"),
            blocks("results"),
            paragraph("Heading1", "三、量化指标完成情况"),
            paragraph("Body", "{{ targets.opening }}"),
            _target_table(),
            blocks("targets.rest"),
            paragraph("Heading1", "四、未完成和滞后任务及原因"),
            blocks("late"),
            paragraph("Heading1", "五、存在的主要问题"),
            blocks("problems"),
            paragraph("Heading1", "六、下一步工作打算"),
            blocks("plans"),
            when("proposals", paragraph("Heading1", "七、意见和建议"), blocks("proposals")),
            when("recipient", paragraph("Closing", "特此报告。")),
            annex_list(),
            signature(),
            contact(),
            section_end(section()),
            annex_head("annex_tasks"),
            _task_annex(),
            when("annex_targets.rows", annex_head("annex_targets"), _target_annex()),
            section_end(section(landscape=True)),
            _unit_annex(),
            _evidence_annex(),
            imprint(),
            section(),
        ]
    )


def _category_table() -> str:
    figures = ("done", "ongoing", "behind", "void", "unreported")
    names = ("完成", "推进中", "滞后", "不计入", "未报送")
    table = Table(
        ("类别", 3104, "TableText"), ("任务数", 940, "TableCentre"), *((name, 960, "TableCentre") for name in names)
    )
    line = table.row("{{ row.name }}", "{{ row.total }}", *(f"{{{{ row.{name} }}}}" for name in figures))
    return when(
        "categories.rows",
        paragraph("TableCaption", "各类任务完成情况（单位：项）"),
        table.whole(table.each("row", "categories.rows", line)),
        paragraph("TableNote", "{{ categories.note }}"),
    )


def _target_table() -> str:
    table = Table(
        ("指标", 3104, "TableText"),
        ("目标值", 1440, "TableCentre"),
        ("完成值", 1440, "TableCentre"),
        ("完成率", 1020, "TableCentre"),
        ("责任单位", 1840, "TableCentre"),
    )
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in ("name", "goal", "value", "ratio", "unit")))
    return when(
        "targets.rows",
        paragraph("TableCaption", "量化指标完成情况"),
        table.whole(table.each("row", "targets.rows", line)),
        paragraph("TableNote"),
    )


def _task_annex() -> str:
    """The rows of a task stand under its words, which then need no column of their own on every page."""
    table = Table(
        ("单位", 1680, "TableCentre"),
        ("完成状态\n及进度", 1020, "TableCentre"),
        ("完成情况", 4820, "TableText"),
        ("存在问题\n及原因", 1900, "TableText"),
        ("下一步计划", 1900, "TableText"),
        ("自评分", 636, "TableCentre"),
        ("备注", 800, "TableText"),
    )
    names = ("unit", "status", "result", "problem", "next_step", "score", "remark")
    texts = [f"{{{{ row.{name} }}}}" for name in names]
    rows = _tall_rows(table, texts)
    task = table.band("{{ task.number }}.{{ task.content }}", "TableTask")
    tasks = table.each("task", "group.tasks", task + table.each("row", "task.rows", rows))
    groups = table.each("group", "annex_tasks.groups", table.band("{{ group.category }}"), tasks)
    return table.whole(groups, fitted=True)


def _target_annex() -> str:
    table = Table(
        ("任务\n序号", 850, "TableCentre"),
        ("指标", 2500, "TableText"),
        ("目标值", 1300, "TableCentre"),
        ("责任单位", 1640, "TableCentre"),
        ("完成值", 1300, "TableCentre"),
        ("完成率", 880, "TableCentre"),
        ("完成情况", 1300, "TableCentre"),
        ("数据截止日期", 1940, "TableCentre"),
        ("说明", 1046, "TableText"),
    )
    names = ("task", "name", "goal", "unit", "value", "ratio", "state", "as_of", "remark")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return table.whole(table.each("row", "annex_targets.rows", line), fitted=True)


def _unit_annex() -> str:
    table = Table(
        ("序号", 737, "TableCentre"),
        ("单位", 2150, "TableText"),
        ("报送情况", 1440, "TableCentre"),
        ("最近收到日期", 1940, "TableCentre"),
        ("承担任务", 2577, "TableText"),
    )
    names = ("ordinal", "unit", "state", "received", "tasks")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return when(
        "annex_units.rows",
        annex_head("annex_units"),
        table.whole(table.each("row", "annex_units.rows", line), fitted=True),
        paragraph("TableNote", "注：{{ annex_units.note }}。"),
    )


def _evidence_annex() -> str:
    table = Table(
        ("序号", 737, "TableCentre"),
        ("任务\n序号", 964, "TableCentre"),
        ("报送单位", 2041, "TableText"),
        ("材料名称和文号", 5102, "TableText"),
    )
    names = ("ordinal", "task", "unit", "evidence")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    listed = when(
        "annex_evidence.rows",
        table.whole(table.each("row", "annex_evidence.rows", line)),
        otherwise=paragraph("Body", "{{ annex_evidence.empty }}"),
    )
    return when("annex_evidence.label", annex_head("annex_evidence"), listed)


def acceptance() -> str:
    """检查验收报告: after the inspection, with scores, conclusions and annexes."""
    return "".join(
        [
            document_number(upward=True),
            paragraph("Title", "{{ title }}"),
            when("recipient", paragraph("Recipient", "{{ recipient }}：")),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、检查验收工作开展情况"),
            blocks("work"),
            paragraph("Heading1", "二、总体评价"),
            blocks("overall"),
            _grade_table(),
            paragraph("Heading1", "三、任务完成情况"),
            paragraph("Heading2", "（一）分类别、分单位情况"),
            _compared_table("各类任务核定情况（单位：项次、分）", "类别", "compared.categories"),
            _compared_table("各单位任务核定情况（单位：项次、分）", "单位", "compared.units"),
            paragraph("TableNote", "{{ compared.note }}"),
            paragraph("Heading2", "（二）自评与核定对比"),
            blocks("differences"),
            paragraph("Heading1", "四、核查发现的主要问题"),
            blocks("problems"),
            paragraph("Heading1", "五、得分和等次"),
            blocks("method"),
            _total_table(),
            blocks("deductions"),
            paragraph("Heading1", "六、验收结论"),
            blocks("conclusions"),
            paragraph("Heading1", "七、整改要求和建议"),
            blocks("demands"),
            when("recipient", paragraph("Closing", "特此报告。")),
            annex_list(),
            signature(),
            contact(),
            section_end(section()),
            annex_head("annex_scores"),
            _formula_annex(),
            annex_head("annex_tasks"),
            _inspected_annex(),
            annex_head("annex_rectify"),
            _rectify_annex(),
            section_end(section(landscape=True)),
            annex_head("annex_group"),
            _group_annex(),
            imprint(),
            section(),
        ]
    )


def _tall_rows(table: Table, texts: Sequence[str]) -> str:
    """A row that stays on one page, unless it is so tall that it would leave the page before it empty."""
    return (
        table.mark("if row.tall")
        + table.row(*texts, keep=False)
        + table.mark("else")
        + table.row(*texts)
        + table.mark("endif")
    )


def _rows_of(table: Table, source: str, *names: str, fitted: bool = False) -> str:
    """A table with one row for each record of a list."""
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return table.whole(table.each("row", source, line), fitted=fitted)


def _grade_table() -> str:
    table = Table(("等次", 1300, "TableCentre"), ("单位数", 1000, "TableCentre"), ("单位", 6544, "TableText"))
    return (
        paragraph("TableCaption", "各等次单位")
        + _rows_of(table, "grades", "grade", "count", "units")
        + paragraph("TableNote")
    )


def _compared_table(caption: str, first: str, source: str) -> str:
    names = ("任务", "已核定", "上报\n已完成", "核定\n已完成", "自评\n平均", "考评\n平均")
    table = Table((first, 3204, "TableText"), *((name, 940, "TableCentre") for name in names))
    keys = ("name", "total", "verified", "reported_done", "verified_done", "own", "given")
    return paragraph("TableCaption", caption) + _rows_of(table, source, *keys)


def _total_table() -> str:
    table = Table(
        ("名次", 700, "TableCentre"),
        ("单位", 2744, "TableText"),
        ("任务\n平均分", 950, "TableCentre"),
        ("扣分", 800, "TableCentre"),
        ("加分", 800, "TableCentre"),
        ("得分", 900, "TableCentre"),
        ("等次", 1050, "TableCentre"),
        ("已核定\n项次", 900, "TableCentre"),
    )
    keys = ("rank", "unit", "mean", "taken", "bonus", "total", "grade", "verified")
    return paragraph("TableCaption", "各单位得分和等次") + _rows_of(table, "totals", *keys) + paragraph("TableNote")


def _formula_annex() -> str:
    table = Table(
        ("名次", 700, "TableCentre"),
        ("单位", 2100, "TableText"),
        ("计算过程", 5406, "TableText"),
        ("得分", 850, "TableCentre"),
        ("等次", 1050, "TableCentre"),
        ("验收结论", 1150, "TableCentre"),
        ("备注", 1500, "TableText"),
    )
    keys = ("rank", "unit", "formula", "total", "grade", "conclusion", "note")
    return _rows_of(table, "annex_scores.rows", *keys, fitted=True)


def _inspected_annex() -> str:
    table = Table(
        ("任务\n序号", 620, "TableCentre"),
        ("工作内容", 1886, "TableText"),
        ("角色", 620, "TableCentre"),
        ("上报状态", 920, "TableCentre"),
        ("核查\n方式", 780, "TableCentre"),
        ("核定情况", 1050, "TableText"),
        ("自评分", 620, "TableCentre"),
        ("考评\n得分", 700, "TableCentre"),
        ("权重", 580, "TableCentre"),
        ("计分依据", 3080, "TableText"),
        ("扣分原因和\n检查组意见", 1900, "TableText"),
    )
    known = ("number", "content", "role", "reported", "method", "verified")
    keys = (*known, "own", "points", "weight", "formula", "said")
    texts = [f"{{{{ row.{key} }}}}" for key in keys]
    rows = table.each("row", "group.rows", _tall_rows(table, texts))
    return table.whole(table.each("group", "annex_tasks.groups", table.band("{{ group.unit }}"), rows))


def _rectify_annex() -> str:
    table = Table(
        ("序号", 700, "TableCentre"),
        ("责任单位", 2000, "TableText"),
        ("任务\n序号", 800, "TableCentre"),
        ("工作内容", 3600, "TableText"),
        ("存在问题", 3556, "TableText"),
        ("整改期限", 2100, "TableCentre"),
    )
    texts = [f"{{{{ row.{key} }}}}" for key in ("ordinal", "unit", "task", "content", "problem", "by")]
    return when(
        "annex_rectify.rows",
        table.whole(table.each("row", "annex_rectify.rows", _tall_rows(table, texts)), fitted=True),
        otherwise=paragraph("Body", "本次检查验收没有提出需要整改的事项。"),
    )


def _group_annex() -> str:
    table = Table(
        ("职务", 1200, "TableCentre"),
        ("姓名", 1700, "TableCentre"),
        ("单位和职务", 3444, "TableText"),
        ("签字", 2500, "TableCentre"),
    )
    line = table.row("{{ row.duty }}", "{{ row.name }}", "{{ row.office }}", "")
    return table.whole(table.each("row", "annex_group.rows", line))


TEMPLATES = {
    "通知": notice,
    "退回函": return_letter,
    "催报函": plain_letter,
    "改派函": plain_letter,
    "督查通报": bulletin,
    "年度总结": summary,
    "检查验收报告": acceptance,
    "整改通知": rectification,
}


def main() -> None:
    """Write all templates."""
    for name, body in TEMPLATES.items():
        write_template(HERE / f"{name}.docx", body())


if __name__ == "__main__":
    main()
