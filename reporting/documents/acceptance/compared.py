"""Reported and verified side by side: the third part of the report."""

from collections.abc import Sequence

from reporting.documents.acceptance.view import AcceptanceView, Inspected, average
from reporting.documents.blocks import Body, points
from reporting.documents.year_view import MOST_LISTED
from reporting.language.values import format_number
from reporting.language.wording import heading_text

FAR = 10
"""From how many marks apart a self score and an assessed one are listed."""


def compared(view: AcceptanceView) -> dict[str, object]:
    """Reported and verified side by side, by category and by unit, each with its total."""
    by_category: dict[str, list[Inspected]] = {heading_text(line.task.category): [] for line in view.all.tasks}
    for entry in view.entries:
        by_category[heading_text(entry.task.category)].append(entry)
    whole = _compared_row(view, "合计", view.entries)
    return {
        "categories": [*(_compared_row(view, name, own) for name, own in by_category.items()), whole],
        "units": [*(_compared_row(view, name, own) for name, own in view.by_unit.items()), whole],
        "note": "注：上报已完成、核定已完成和两项平均分均只计已核定的项次；自评平均只计填写了自评分的。",
    }


def _compared_row(view: AcceptanceView, name: str, entries: Sequence[Inspected]) -> dict[str, str]:
    verified = [entry for entry in entries if entry.score.verified]
    own = [entry.report.self_score for entry in verified if entry.report is not None]
    return {
        "name": name,
        "total": str(len(entries)),
        "verified": str(len(verified)),
        "reported_done": str(view.count("done", (entry.reported for entry in verified))),
        "verified_done": str(view.count("done", (entry.score.status for entry in verified))),
        "own": average(each for each in own if each is not None),
        "given": average(entry.score.points for entry in verified if entry.score.points is not None),
    }


def score_differences(view: AcceptanceView) -> Body:
    """How far what units said of themselves differs from what was verified; the fourth part has the cases."""
    changed, figures = len(view.changed), sum(figure.differs for figure in view.figures)
    where = f"，详见第四部分和{view.annex('tasks')}" if changed or figures else ""
    what = f"任务状态{changed}项次，指标{figures}项次"
    yield f"核定结果与上报情况不一致的，{what}{where}。"
    scored = view.self_scored
    if not scored:
        return
    lower = sum(given < own for _, own, given in scored)
    equal = sum(given == own for _, own, given in scored)
    yield (
        f"已核定且有自评分的{len(scored)}项次任务中，考评得分低于自评分{lower}项次，"
        f"相同{equal}项次，高于自评分{len(scored) - lower - equal}项次。"
    )
    far = [each for each in scored if each[1] - each[2] >= FAR]
    told = f"考评得分低于自评分{FAR}分以上的{len(far)}项次"
    if len(far) > MOST_LISTED:
        units = {entry.assignment.unit for entry, _, _ in far}
        where = f"涉及{len(units)}个单位，逐项情况见{view.annex('tasks')}。"
        yield f"{told}，{where}"
    elif far:
        words = (f"{entry.name}，自评{format_number(own)}分，考评{given:.1f}分" for entry, own, given in far)
        yield f"{told}："
        yield from points(words)
