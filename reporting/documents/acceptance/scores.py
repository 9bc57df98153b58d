"""How the scores come about, what was taken off and added: the fifth part of the report."""

from collections.abc import Iterator

from reporting.documents.acceptance.view import AcceptanceView, optional
from reporting.documents.blocks import Body, points
from reporting.documents.letterhead import marks_taken
from reporting.language.values import format_number
from reporting.language.wording import heading_text, join_names
from reporting.model.review import EXCELLENT, GOOD, NO_GRADE, UnitScore
from reporting.office.settings import METHOD_NAMES, Grades, Scoring


def method(view: AcceptanceView, scoring: Scoring) -> Body:
    """How the scores come about, from the settings."""
    rules = scoring.deductions
    weighted = scoring.task_weights or scoring.category_weights
    taken = marks_taken(
        (
            ("未报送", rules.not_sent),
            ("迟报", rules.late),
            ("内容空洞每项", rules.hollow),
            ("缺佐证材料每项", rules.missing_item),
        )
    )
    yield (
        f"每项任务按百分制计分：{_method_words(scoring)}；检查组评定了考评得分的，以评定为准。"
        f"各项任务权重{'按设定的权重' if weighted else '相同'}，"
        f"牵头的按{format_number(scoring.lead_share)}、配合的按{format_number(scoring.support_share)}折算，"
        f"单位得分为各项任务的加权平均{taken and f'；{taken}'}；"
        f"加分不超过{format_number(scoring.bonus_cap)}分。调整取消和不适用的任务不计分。得分保留一位小数，四舍五入。"
    )
    if others := "；".join(_other_methods(scoring)):
        yield f"另定计分方法的：{others}。"
    yield _grade_words(view, scoring.grades)
    yield from _over_quota(view, scoring.grades)


def _method_words(scoring: Scoring) -> str:
    least, over = format_number(scoring.least_percent), format_number(scoring.over_cap)
    return {
        "full": "完成得满分，没有全部完成不得分",
        "pro_rata": "按完成比例得分，满分100分",
        "four_steps": f"超额完成的加分，每项最多{over}分，完成的得满分，完成{least}%以上的按比例得分，不足的不得分",
    }[scoring.method]


def _other_methods(scoring: Scoring) -> Iterator[str]:
    for numbers, what in (
        (scoring.category_methods, "“{}”类"),
        (scoring.task_methods, "第{}项"),
        (scoring.target_methods, "指标{}"),
    ):
        for number, word in numbers.items():
            yield f"{what.format(heading_text(number))}为“{METHOD_NAMES[word]}”"


def _grade_words(view: AcceptanceView, grades: Grades) -> str:
    bounds = [
        f"{grade}不超过评定等次单位的{format_number(quota)}%"
        for grade, quota in ((EXCELLENT, grades.excellent_quota), (GOOD, grades.good_quota))
        if quota < 100
    ]
    bound = f"；{'，'.join(bounds)}，同分的评为同一等次" if bounds else ""
    return (
        f"{format_number(grades.excellent)}分以上为优秀，{format_number(grades.good)}分以上为良好，"
        f"{format_number(grades.qualified)}分以上为合格，不足{format_number(grades.qualified)}分为不合格"
        f"{bound}；有一票否决事项的为不合格，名次列在最后。各单位得分的计算过程见{view.annex('scores')}。"
    )


def _over_quota(view: AcceptanceView, grades: Grades) -> Body:
    """Where equal scores made more units of a grade than its quota has places, so that the report adds up."""
    graded = [each for each in view.scores.units if each.grade != NO_GRADE]
    for grade, places in grades.places(len(graded)).items():
        units = [each.unit for each in graded if each.grade == grade]
        if places is not None and len(units) > places:
            yield f"{grade}名额为{places}个，因同分评为{grade}的有{len(units)}个：{join_names(units)}。"


def total_row(unit: UnitScore) -> dict[str, str]:
    """A unit in the table of totals."""
    taken = sum(each.points for each in unit.deductions)
    return {
        "rank": str(unit.rank) if unit.rank is not None else "—",
        "unit": unit.unit,
        "mean": optional(unit.mean),
        "taken": format_number(round(taken, 4)) if taken else "—",
        "bonus": format_number(unit.bonus) if unit.bonus else "—",
        "total": optional(unit.total),
        "grade": unit.grade,
        "verified": f"{unit.verified}/{unit.verified + unit.unverified}",
    }


def deductions(view: AcceptanceView) -> Body:
    """Every mark taken off or added, with its reason."""
    reviews = {each.unit: each for each in view.review.units}
    texts = []
    for unit in view.scores.units:
        texts += [f"{unit.unit}：{each.reason}，扣{format_number(each.points)}分" for each in unit.deductions]
        own = reviews.get(unit.unit)
        if own is not None and unit.bonus:
            texts.append(f"{unit.unit}：{own.bonus_reason.rstrip('。')}，加{format_number(unit.bonus)}分")
        if unit.note:
            texts.append(f"{unit.unit}：{unit.note}")
    assessed = [
        f"{entry.name}，考评得分{optional(entry.score.points)}分，{entry.review.reason}"
        for entry in view.verified
        if entry.review is not None and entry.review.score is not None and entry.review.reason
    ]
    if not texts and not assessed:
        yield "没有扣分和加分事项。"
        return
    yield "扣分、加分和否决事项如下："
    yield from points([*texts, *assessed])
