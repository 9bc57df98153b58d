"""How the inspection was done and what it found as a whole: the first and second part of the report."""

from collections import Counter

from reporting.documents.acceptance.view import AcceptanceView, average
from reporting.documents.blocks import Body, quoted
from reporting.language.wording import chinese_date, join_names, percent, shares
from reporting.model.review import GRADES, METHODS, NO_GRADE, ON_SITE
from reporting.year.standings import UNVERIFIED


def conduct_opening(view: AcceptanceView, plan: str) -> str:
    """What was inspected and why."""
    number = f"（{view.all.document_number}）" if view.all.document_number else ""
    return (
        f"为核实{plan}{number}{view.all.year}年度任务完成情况，检查组对{len(view.scores.units)}个责任单位"
        "进行了检查验收。现将有关情况报告如下："
    )


def work(view: AcceptanceView) -> Body:
    """Who inspected when, what and how, and what was left."""
    review = view.review
    if view.all.issuer:
        yield f"检查验收由{view.all.issuer}组织。"
    if review.leader or review.members:
        who = (("组长", review.leader), ("成员", review.members))
        named = "，".join(f"{duty}为{name}" for duty, name in who if name)
        yield f"检查组{named}，名单见{view.annex('group')}。"
    if days := [chinese_date(day) for day in (review.began, review.ended) if day]:
        yield f"检查时间为{'至'.join(dict.fromkeys(days))}。"
    total, verified = len(view.entries), len(view.verified)
    targets = f"、量化指标{len(view.all.targets)}项次" if view.all.targets else ""
    figures = f"；核定指标{len(view.figures)}项次" if view.figures else ""
    yield (
        f"检查对象为{len(view.scores.units)}个责任单位，按单位分工共有任务{total}项次{targets}。"
        f"检查组核定任务{verified}项次，占{percent(_share(verified, total))}{figures}。"
    )
    if sampling := _sampling(view):
        yield sampling
    if verified < total:
        left = f"没有核定的任务{total - verified}项次，考评得分按上报情况计算"
        yield f"{left}，在{view.annex('tasks')}中逐项注明“{UNVERIFIED}”。"


def _share(part: int, whole: int) -> float:
    return part * 100 / whole if whole else 0.0


def _sampling(view: AcceptanceView) -> str:
    counts = Counter(entry.review.method for entry in view.verified if entry.review and entry.review.method)
    visited = {entry.assignment.unit for entry in view.verified if entry.review and entry.review.method == ON_SITE}
    aside = {ON_SITE: f"（涉及{len(visited)}个单位）"}
    words = [f"{method}{counts[method]}项次{aside.get(method, '')}" for method in METHODS if counts[method]]
    how = f"已核定的任务中，{'、'.join(words)}。" if words else ""
    if not view.review.share:  # nobody was sent out: the office itself verified
        return how
    if view.review.share >= 100:
        return f"{how}实地核查没有抽签，各项任务均列入。"
    lots = f"从每个单位抽取{view.review.share}%，不足一项的抽一项，抽签种子为{view.review.seed}"
    return f"{how}实地核查的任务{lots}。"


def overall(view: AcceptanceView) -> Body:
    """How much was done, what scores and grades came of it, and what the group says of it."""
    verified = view.verified
    if not verified:
        yield "尚未核定任何任务，暂不作评价。"
        return
    reported_done = view.count("done", (entry.reported for entry in verified))
    verified_done = view.count("done", (entry.score.status for entry in verified))
    yield (
        f"已核定的{len(verified)}项次任务中，上报已完成{reported_done}项次，核定已完成{verified_done}项次；"
        f"{_rate_words(view, verified_done)}核定状态与上报不一致{len(view.changed)}项次。"
    )
    if both := view.self_scored:
        own, given = average(own for _, own, _ in both), average(given for _, _, given in both)
        means = f"自评分平均{own}分，考评得分平均{given}分"
        yield f"已核定且有自评分的{len(both)}项次任务，{means}。"
    graded = [each for each in view.scores.units if each.grade != NO_GRADE]
    counts = Counter(each.grade for each in graded)
    if graded:
        portions = zip(GRADES, shares([counts[grade] for grade in GRADES]), strict=True)
        words = "；".join(f"{grade}{counts[grade]}个，占{percent(portion)}" for grade, portion in portions)
        yield f"评定等次的单位{len(graded)}个：{words}。"
    left = [each for each in view.scores.units if each.grade == NO_GRADE]
    for why, units in (
        ("没有核定任何任务", [each.unit for each in left if not each.verified]),
        ("没有计分任务", [each.unit for each in left if each.verified]),
    ):
        if units:
            yield f"{why}，不评等次的单位{len(units)}个：{join_names(units)}。"
    yield from quoted("检查组总体意见", view.review.conclusion)


def _rate_words(view: AcceptanceView, done: int) -> str:
    """The rate of verified tasks that are done, those left out that were adjusted or do not apply."""
    void = view.count("void", (entry.score.status for entry in view.verified))
    counting = len(view.verified) - void
    if not counting:
        return ""
    aside = f"，调整取消和不适用的{void}项次不计" if void else ""
    return f"核定完成率为{percent(_share(done, counting))}（{done}/{counting}{aside}）；"


def grade_table(view: AcceptanceView) -> list[dict[str, str]]:
    """The units of each grade."""
    units = {grade: [each.unit for each in view.ranked if each.grade == grade] for grade in GRADES}
    return [
        {"grade": grade, "count": str(len(names)), "units": join_names(names) or "—"} for grade, names in units.items()
    ]
