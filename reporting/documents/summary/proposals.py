"""Last part of the summary: what follows from the year for the next one, and what units ask the office for.

The office's own proposals rest on counts alone; whatever goes beyond them is quoted from a unit.
"""

import re
from collections.abc import Iterator

from reporting.documents.blocks import Block, heading_block
from reporting.documents.excerpts import sentences
from reporting.documents.summary.view import SummaryView
from reporting.documents.year_view import MOST_LISTED, task_list
from reporting.language.wording import join_names, split_paragraphs, stopped, task_numbers
from reporting.year.standings import MISSED

_WHOM = "(?:市|省|上级|领导小组|办公室|有关部门)"
_REQUEST = re.compile(
    # 建议由市里统筹场地; not 收到意见建议84条 or 建议书
    r"(?:^|[，,：:；;])(?:现|特|为此|因此)?建议(?![书稿案数\d])|恳请|请求(?:予以|"
    + _WHOM
    + r")|希望"
    + _WHOM
    # 需市政府协调解决用地, 请领导小组研究明确
    + r"|[需须请](?:要)?"
    + _WHOM
    + r"[^，,。；;]{0,20}(?:协调|支持|研究|明确|解决)"
)
"""A sentence in which a unit asks somebody above it for something."""


def proposals(view: SummaryView) -> list[str | Block]:
    """What the office proposes for the next year, and the requests of units in their own words.

    Empty when the year gives no occasion: the part is then left out.
    """
    own, asked = list(_own(view)), list(_asked(view))
    if not (own and asked):
        return [*own, *asked]
    own_heading = heading_block(1, "对下一年度工作的建议")
    return [own_heading, *own, heading_block(2, "各单位提请协调支持的事项"), *asked]


def _own(view: SummaryView) -> Iterator[str]:
    behind, void = view.tasks_in("behind"), view.tasks_in("void")
    if behind:
        yield (
            f"滞后和未完成的任务{len(behind)}项（{task_list(behind)}），建议转入下一年度任务分解方案，"
            "重新明确完成时限，由牵头单位定期报告进展。"
        )
    if void:
        yield f"调整取消和不适用的任务{len(void)}项（{task_list(void)}），建议下一年度不再列入。"
    missed = view.targets_in(MISSED)
    if missed:
        tasks = task_numbers(list(dict.fromkeys(each.target.task for each in missed)))
        yield (
            f"未达到目标值的量化指标{len(missed)}项（{tasks}），建议责任单位分析原因，在确定下一年度目标值时一并研究。"
        )
    silent = [line.unit for line in view.units_silent]
    if silent and len(silent) == len(view.all.units):
        yield f"{view.silence}，建议督促限期补报，报送情况予以通报。"
    elif silent:
        named = f"（{join_names(silent)}）" if len(silent) <= MOST_LISTED else ""
        yield f"未报送的单位{len(silent)}个{named}，建议督促限期补报，报送情况予以通报。"
    if view.all.goals:
        yield f"未确定责任单位的总体目标{len(view.all.goals)}项，建议在下一年度任务分解方案中明确责任单位。"


def _asked(view: SummaryView) -> Iterator[str]:
    """Each request once, with all who make it and for which tasks."""
    told: dict[str, dict[str, list[str]]] = {}
    for line in view.all.tasks:
        for report in line.reports:
            for text in (report.problem, report.next_step, report.remark, *report.extra.values()):
                for sentence in requests(text):
                    by_unit = told.setdefault(stopped(sentence.strip()), {})
                    by_unit.setdefault(report.unit, []).append(line.task.number)
    for sentence, by_unit in told.items():
        who = join_names(f"{unit}（{task_numbers(list(dict.fromkeys(numbers)))}）" for unit, numbers in by_unit.items())
        yield f"{who}：{sentence}"


def requests(text: str) -> list[str]:
    """The sentences of a text in which a unit asks somebody above it for something."""
    return [each for line in split_paragraphs(text) for each in sentences(line) if _REQUEST.search(each)]
