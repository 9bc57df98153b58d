"""The acceptance report (检查验收报告): what the inspection group verified, the scores, the conclusions.

It is only written once something was verified. What nobody verified is said to be so wherever it counts;
reasons and opinions are the group's own words, whole. 项次 is one task of one unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reporting.form import Form
from reporting.model import (
    UNREPORTED,
    Assignment,
    Consolidation,
    Report,
    Target,
    Task,
    TaskLine,
    UnitLine,
    UnitState,
)
from reporting.outputs import Context, Output
from reporting.outputs.wording import (
    book,
    chinese_date,
    clause,
    contact_note,
    goal_words,
    heading_text,
    imprint,
    join_names,
    percent,
    plan_title,
    rate,
    second_level,
    shares,
    signature,
    stopped,
    task_numbers,
    title_lines,
    year_in,
)
from reporting.review import (
    EXEMPT,
    FAILED,
    GRADES,
    METHODS,
    NO_GRADE,
    PASSED,
    PENDING,
    TO_RECTIFY,
    UNQUALIFIED,
    Review,
    Scores,
    TaskReview,
    TaskScore,
    UnitScore,
    mean,
)
from reporting.settings import Scoring, Settings
from reporting.values import format_number

Block = dict[str, str]
"""One paragraph of the body: ``kind`` is heading, item or text, and the template gives each its style."""

UNVERIFIED = "未核定"
TALL = 100
"""Longer opinions may run over the end of a page."""
FAR = 10
"""From how many marks apart a self score and an assessed one are listed."""
ANNEXES = {
    "scores": "考评得分汇总表",
    "tasks": "逐项核查表",
    "rectify": "问题和整改清单",
    "group": "检查组名单",
}
_METHOD_WORDS = {
    "full": "完成得满分，没有全部完成不得分",
    "pro_rata": "按完成比例得分，满分100分",
}


def build(
    consolidation: Consolidation, review: Review, scores: Scores, settings: Settings, form: Form
) -> Context:
    """Shape the whole report."""
    view = _View(consolidation, review, scores, form)
    title = plan_title(consolidation.title, consolidation.year)
    plan = book(title)
    return {
        "title": title_lines(f"关于{year_in(title, consolidation.year)}{plan}检查验收情况的报告"),
        "recipient": settings.recipient,
        "opening": _opening(view, plan),
        "work": _work(view),
        "overall": _overall(view),
        "grades": _grade_table(view),
        "compared": _compared(view),
        "differences": _differences(view),
        "problems": _problems(view),
        "method": _method(settings.scoring),
        "totals": [_total_row(view, each) for each in view.ranked],
        "deductions": _deductions(view),
        "conclusions": _conclusions(view),
        "demands": _demands(view),
        "annexes": [
            f"{'附件：' if number == 1 else ''}{number}.{title}"
            for number, title in enumerate(view.annexes.values(), 1)
        ],
        "signature": signature(consolidation.issuer, consolidation.as_of, seal=settings.document.seal),
        "number": settings.document.acceptance_number,
        "imprint": imprint(settings.document, consolidation.issuer, consolidation.as_of),
        "contact": contact_note(settings.contact),
        "annex_scores": view.head("scores") | {"rows": [_formula_row(each) for each in view.ranked]},
        "annex_tasks": view.head("tasks") | {"groups": _task_groups(view)},
        "annex_rectify": view.head("rectify") | {"rows": _rectify_rows(view)},
        "annex_group": view.head("group") | _group(review),
    }


@dataclass(frozen=True, slots=True)
class _Entry:
    """One task of one unit with all that is known of it."""

    task: Task
    assignment: Assignment
    report: Report | None
    review: TaskReview | None
    score: TaskScore

    @property
    def reported(self) -> str:
        """The status the unit reported."""
        return (self.report.status if self.report is not None else "") or UNREPORTED

    @property
    def verified_status(self) -> str:
        """The status the group verified; empty when it left it open."""
        return self.review.status if self.review is not None else ""

    @property
    def name(self) -> str:
        """The unit with the number and the first clause of the task."""
        return f"{self.assignment.unit}（{task_numbers([self.task.number])}）：{clause(self.task.content)}"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that the group verified, beside the one reported."""

    target: Target
    unit: str
    reported: float | None
    raw: str
    verified: float

    @property
    def differs(self) -> bool:
        """Whether the group found another figure than was reported."""
        return self.reported is None or abs(self.reported - self.verified) > 1e-9


class _View:
    """The year as the sections look at it: entries by unit in the order of the list of units."""

    def __init__(self, consolidation: Consolidation, review: Review, scores: Scores, form: Form) -> None:
        self.all, self.review, self.scores, self.form = consolidation, review, scores, form
        self._reviews = {(each.number, each.unit): each for each in review.tasks}
        self._scores = {(each.number, each.unit): each for each in scores.tasks}
        ordinals = {line.unit: line.ordinal for line in consolidation.units}
        self.entries = sorted(
            (entry for line in consolidation.tasks for entry in self._entries(line)),
            key=lambda entry: ordinals.get(entry.assignment.unit, len(ordinals) + 1),
        )
        values = {(each.number, each.unit): each.value for each in review.targets}
        self.figures = [
            _Figure(each.target, each.unit, each.value, each.raw, values[each.target.number, each.unit])
            for each in consolidation.targets
            if (each.target.number, each.unit) in values
        ]
        self.ranked = sorted(scores.units, key=lambda each: (each.rank is None, each.rank or 0))
        self.annexes = {key: f"{consolidation.year}年度{title}" for key, title in ANNEXES.items()}

    def _entries(self, line: TaskLine) -> Iterable[_Entry]:
        told = [(Assignment(line.task, each.unit, each.role), each) for each in line.reports]
        for assignment, report in [*told, *((each, None) for each in line.silent)]:
            key = (line.task.number, assignment.unit)
            yield _Entry(line.task, assignment, report, self._reviews.get(key), self._scores[key])

    @property
    def verified(self) -> list[_Entry]:
        """What the group verified."""
        return [entry for entry in self.entries if entry.score.verified]

    def is_done(self, status: str) -> bool:
        """Whether a status belongs to those that mean done."""
        known = self.form.statuses.get(status)
        return known is not None and known.outcome == "done"

    def is_behind(self, status: str) -> bool:
        """Whether a status belongs to those that mean behind."""
        known = self.form.statuses.get(status)
        return known is not None and known.outcome == "behind"

    def annex(self, key: str) -> str:
        """The label of an annex, say 附件1."""
        return f"附件{list(self.annexes).index(key) + 1}"

    def head(self, key: str) -> dict[str, object]:
        """Label and title of an annex."""
        return {"label": self.annex(key), "title": self.annexes[key]}

    @property
    def rectify_by(self) -> str:
        """The day by which things must be put right, as the group set it."""
        day = self.review.rectify_by
        return chinese_date(day) if day else ""


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _heading(ordinal: int, text: str) -> Block:
    return {"kind": "heading", "text": f"{second_level(ordinal)}{text}"}


def _item(ordinal: int, text: str) -> Block:
    return _text(f"{ordinal}.{stopped(text)}")


def _average(values: Iterable[float]) -> str:
    found = mean(values)
    return "—" if found is None else f"{found:.1f}"


# ---- opening, 一 and 二 ---------------------------------------------------------------------------


def _opening(view: _View, plan: str) -> str:
    number = f"（{view.all.document_number}）" if view.all.document_number else ""
    return (
        f"为核实{plan}{number}{view.all.year}年度任务完成情况，检查组对{len(view.scores.units)}个责任单位"
        "进行了检查验收。现将有关情况报告如下："
    )


def _work(view: _View) -> list[Block]:
    review = view.review
    blocks = []
    if review.leader or review.members:
        leader = f"组长为{review.leader}" if review.leader else ""
        members = f"成员为{review.members}" if review.members else ""
        blocks.append(
            _text(f"检查组{'，'.join(filter(None, (leader, members)))}，名单见{view.annex('group')}。")
        )
    if review.began or review.ended:
        days = [chinese_date(day) for day in (review.began, review.ended) if day]
        blocks.append(_text(f"检查时间为{'至'.join(dict.fromkeys(days))}。"))
    total, verified = len(view.entries), len(view.verified)
    targets = len(view.all.targets)
    blocks.append(
        _text(
            f"检查对象为{len(view.scores.units)}个责任单位，按单位分工共有任务{total}项次"
            + (f"、量化指标{targets}项次" if targets else "")
            + f"。检查组核定任务{verified}项次，占{percent(_share(verified, total))}"
            + (f"；核定指标{len(view.figures)}项次" if view.figures else "")
            + "。"
        )
    )
    blocks.append(_text(_sampling(view)))
    if verified < total:
        blocks.append(
            _text(
                f"没有核定的任务{total - verified}项次，得分按上报情况计算，"
                f"在{view.annex('tasks')}中逐项注明“{UNVERIFIED}”。"
            )
        )
    return blocks


def _share(part: int, whole: int) -> float:
    return part * 100 / whole if whole else 0.0


def _sampling(view: _View) -> str:
    counts = Counter(entry.review.method for entry in view.verified if entry.review and entry.review.method)
    words = [f"{method}{counts[method]}项次" for method in METHODS if counts[method]]
    how = f"已核定的任务中，{'、'.join(words)}。" if words else ""
    if view.review.share >= 100:
        return f"{how}实地核查没有抽签，各项任务均列入。"
    lots = f"从每个单位抽取{view.review.share}%，不足一项的抽一项，抽签种子为{view.review.seed}"
    return f"{how}实地核查的任务{lots}。"


def _overall(view: _View) -> list[Block]:
    verified = view.verified
    if not verified:
        return [_text("尚未核定任何任务，暂不作评价。")]
    reported_done = sum(view.is_done(entry.reported) for entry in verified)
    verified_done = sum(view.is_done(entry.score.status) for entry in verified)
    changed = [entry for entry in verified if entry.verified_status not in ("", entry.reported)]
    blocks = [
        _text(
            f"已核定的{len(verified)}项次任务中，上报已完成{reported_done}项次，核定已完成{verified_done}项次；"
            f"核定完成率为{rate(verified_done, len(verified))}；"
            f"核定状态与上报不一致{len(changed)}项次。"
        )
    ]
    both = [
        (entry.report.self_score, entry.score.points)
        for entry in verified
        if entry.report is not None and entry.report.self_score is not None and entry.score.points is not None
    ]
    if both:
        blocks.append(
            _text(
                f"已核定且有自评分的{len(both)}项次任务，自评分平均{_average(own for own, _ in both)}分，"
                f"考评得分平均{_average(given for _, given in both)}分。"
            )
        )
    graded = [each for each in view.scores.units if each.grade != NO_GRADE]
    counts = Counter(each.grade for each in graded)
    if graded:
        portions = shares([counts[grade] for grade in GRADES])
        words = "；".join(
            f"{grade}{counts[grade]}个，占{percent(portion)}"
            for grade, portion in zip(GRADES, portions, strict=True)
        )
        blocks.append(_text(f"评定等次的单位{len(graded)}个：{words}。"))
    left = [each.unit for each in view.scores.units if each.grade == NO_GRADE]
    if left:
        why = "没有核定任何任务，或者没有计分任务"
        blocks.append(_text(f"{why}，不评等次的单位{len(left)}个：{join_names(left)}。"))
    return blocks


def _grade_table(view: _View) -> list[dict[str, str]]:
    rows = []
    for grade in GRADES:
        units = [each.unit for each in view.ranked if each.grade == grade]
        rows.append({"grade": grade, "count": str(len(units)), "units": join_names(units) or "—"})
    return rows


# ---- 三、任务完成情况 -----------------------------------------------------------------------------


def _compared(view: _View) -> dict[str, object]:
    """Reported and verified side by side, by category and by unit, each with its total."""
    by_category: dict[str, list[_Entry]] = {}
    by_unit: dict[str, list[_Entry]] = {}
    for line in view.all.tasks:
        by_category.setdefault(heading_text(line.task.category), [])
    for entry in view.entries:
        by_category[heading_text(entry.task.category)].append(entry)
        by_unit.setdefault(entry.assignment.unit, []).append(entry)
    whole = _compared_row(view, "合计", view.entries)
    return {
        "categories": [*(_compared_row(view, name, own) for name, own in by_category.items()), whole],
        "units": [*(_compared_row(view, name, own) for name, own in by_unit.items()), whole],
        "note": "注：上报已完成、核定已完成和两项平均分均只计已核定的项次；自评平均只计填写了自评分的。",
    }


def _compared_row(view: _View, name: str, entries: Sequence[_Entry]) -> dict[str, str]:
    verified = [entry for entry in entries if entry.score.verified]
    own = [entry.report.self_score for entry in verified if entry.report is not None]
    return {
        "name": name,
        "total": str(len(entries)),
        "verified": str(len(verified)),
        "reported_done": str(sum(view.is_done(entry.reported) for entry in verified)),
        "verified_done": str(sum(view.is_done(entry.score.status) for entry in verified)),
        "own": _average(each for each in own if each is not None),
        "given": _average(entry.score.points for entry in verified if entry.score.points is not None),
    }


def _differences(view: _View) -> list[Block]:
    """How far what units said of themselves differs from what was verified; the fourth part has the cases."""
    changed = [entry for entry in view.verified if entry.verified_status not in ("", entry.reported)]
    figures = [figure for figure in view.figures if figure.differs]
    blocks = [
        _text(
            f"核定结果与上报情况不一致的，任务状态{len(changed)}项次，指标{len(figures)}项次"
            + (f"，详见第四部分和{view.annex('tasks')}。" if changed or figures else "。")
        )
    ]
    scored = [
        (entry, entry.report.self_score, entry.score.points)
        for entry in view.verified
        if entry.report is not None and entry.report.self_score is not None and entry.score.points is not None
    ]
    if not scored:
        return blocks
    lower = sum(given < own for _, own, given in scored)
    equal = sum(given == own for _, own, given in scored)
    blocks.append(
        _text(
            f"已核定且有自评分的{len(scored)}项次任务中，考评得分低于自评分{lower}项次，"
            f"相同{equal}项次，高于自评分{len(scored) - lower - equal}项次。"
        )
    )
    far = [each for each in scored if each[1] - each[2] >= FAR]
    if far:
        blocks.append(_text(f"考评得分低于自评分{FAR}分以上的{len(far)}项次："))
        words = (f"{entry.name}，自评{format_number(own)}分，考评{given:.1f}分" for entry, own, given in far)
        blocks += [_item(number, text) for number, text in enumerate(words, 1)]
    return blocks


def _figure_words(figure: _Figure) -> str:
    target = figure.target
    reported = f"{format_number(figure.reported)}{target.unit}" if figure.reported is not None else figure.raw
    return (
        f"{figure.unit}（{task_numbers([target.task])}）：{target.name}，目标值{goal_words(target)}，"
        f"上报{reported or '空缺'}，核定{format_number(figure.verified)}{target.unit}"
    )


# ---- 四、核查发现的主要问题 -----------------------------------------------------------------------


def _problems(view: _View) -> list[Block]:
    parts: list[tuple[str, list[str]]] = [
        ("未完成和滞后", _behind(view)),
        ("数据和状态与上报不符", _untrue(view)),
        ("佐证材料不全", _lacking(view)),
        ("迟报漏报", _late(view)),
    ]
    found = [(title, texts) for title, texts in parts if texts]
    if not found:
        return [_text("核查中没有发现上述各类问题。")]
    blocks = []
    for ordinal, (title, texts) in enumerate(found, 1):
        blocks.append(_heading(ordinal, title))
        blocks += [_item(number, text) for number, text in enumerate(texts, 1)]
    return blocks


def _said(entry: _Entry) -> str:
    """What the group wrote on a task, whole."""
    if entry.review is None:
        return ""
    parts = [("扣分原因：", entry.review.reason), ("检查组意见：", entry.review.opinion)]
    return "".join(f"。{label}{text.rstrip('。')}" for label, text in parts if text)


def _statuses(entry: _Entry) -> str:
    if entry.verified_status in ("", entry.reported):
        return f"核定{entry.score.status}" if entry.verified_status else f"上报{entry.reported}"
    reported = entry.reported if entry.report is None else f"上报{entry.reported}"
    return f"{reported}，核定{entry.verified_status}"


def _behind(view: _View) -> list[str]:
    return [
        f"{entry.name}，{_statuses(entry)}{_said(entry)}"
        for entry in view.verified
        if view.is_behind(entry.score.status)
    ]


def _untrue(view: _View) -> list[str]:
    better = [
        entry
        for entry in view.verified
        if entry.verified_status not in ("", entry.reported) and not view.is_behind(entry.score.status)
    ]
    return [
        *(f"{entry.name}，{_statuses(entry)}{_said(entry)}" for entry in better),
        *(_figure_words(figure) for figure in view.figures if figure.differs),
    ]


def _lacking(view: _View) -> list[str]:
    return [
        f"{each.unit}：{task_numbers(each.lacking)}上报已完成，没有写明佐证材料"
        for each in view.scores.units
        if each.lacking
    ]


def _late(view: _View) -> list[str]:
    groups: list[tuple[str, Callable[[UnitLine], bool]]] = [
        ("未报送的单位", lambda line: line.state in (UnitState.AWAITED, UnitState.LATE)),
        ("退回修改后没有重新报送的单位", lambda line: line.state is UnitState.RETURNED),
        ("迟报的单位", lambda line: line.state is UnitState.ACCEPTED and line.on_time is False),
    ]
    texts = []
    for words, belongs in groups:
        units = [line.unit for line in view.all.units if belongs(line)]
        if units:
            texts.append(f"{words}{len(units)}个：{join_names(units)}")
    return texts


# ---- 五、得分和等次 -------------------------------------------------------------------------------


def _method(scoring: Scoring) -> list[Block]:
    """How the scores come about, from the settings."""
    rules, grades = scoring.deductions, scoring.grades
    least, over = format_number(scoring.least_percent), format_number(scoring.over_cap)
    how = _METHOD_WORDS.get(
        scoring.method,
        f"超额完成的加分，每项最多{over}分，完成的得满分，完成{least}%以上的按比例得分，不足的不得分",
    )
    weights = "各项任务权重" + (
        "按设定的权重" if scoring.task_weights or scoring.category_weights else "相同"
    )
    taken = [
        f"{what}扣{format_number(points)}分"
        for what, points in (
            ("未报送", rules.not_sent),
            ("迟报", rules.late),
            ("内容空洞每项", rules.hollow),
            ("缺佐证材料每项", rules.missing_item),
        )
        if points
    ]
    quota = grades.excellent_quota
    bound = f"，优秀不超过评定等次单位的{format_number(quota)}%" if quota < 100 else ""
    return [
        _text(
            f"每项任务按百分制计分：{how}；检查组评定了考评得分的，以评定为准。{weights}，牵头的按"
            f"{format_number(scoring.lead_share)}、配合的按{format_number(scoring.support_share)}折算，"
            "单位得分为各项任务的加权平均"
            + (f"；{'，'.join(taken)}" if taken else "")
            + f"；加分不超过{format_number(scoring.bonus_cap)}分。调整取消和不适用的任务不计分。"
        ),
        _text(
            f"{format_number(grades.excellent)}分以上为优秀，{format_number(grades.good)}分以上为良好，"
            f"{format_number(grades.qualified)}分以上为合格，不足{format_number(grades.qualified)}分为不合格"
            f"{bound}；有一票否决事项的为不合格。各单位得分的计算过程见{_annex_label('scores')}。"
        ),
    ]


def _annex_label(key: str) -> str:
    return f"附件{list(ANNEXES).index(key) + 1}"


def _optional(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _total_row(view: _View, unit: UnitScore) -> dict[str, str]:
    del view
    taken = sum(each.points for each in unit.deductions)
    return {
        "rank": str(unit.rank) if unit.rank is not None else "—",
        "unit": unit.unit,
        "mean": _optional(unit.mean),
        "taken": format_number(round(taken, 4)) if taken else "—",
        "bonus": format_number(unit.bonus) if unit.bonus else "—",
        "total": _optional(unit.total),
        "grade": unit.grade,
        "verified": f"{unit.verified}/{unit.verified + unit.unverified}",
    }


def _deductions(view: _View) -> list[Block]:
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
        f"{entry.name}，考评得分{_optional(entry.score.points)}分，{entry.review.reason}"
        for entry in view.verified
        if entry.review is not None and entry.review.score is not None and entry.review.reason
    ]
    if not texts and not assessed:
        return [_text("没有扣分和加分事项。")]
    blocks = [_text("扣分、加分和否决事项如下：")]
    return blocks + [_item(number, text) for number, text in enumerate([*texts, *assessed], 1)]


# ---- 六 and 七 ------------------------------------------------------------------------------------


def _conclusions(view: _View) -> list[Block]:
    units = {
        conclusion: [each.unit for each in view.scores.units if each.conclusion == conclusion]
        for conclusion in (PASSED, TO_RECTIFY, FAILED, EXEMPT, PENDING)
    }
    blocks = [
        _text(f"{conclusion}的单位{len(names)}个：{join_names(names)}。")
        for conclusion, names in units.items()
        if names
    ]
    if units[PENDING]:
        blocks.append(_text("待核定的单位尚未核定任何任务，核定后另行作出结论。"))
    elif not units[TO_RECTIFY] and not units[FAILED]:
        blocks.append(_text(f"{view.all.year}年度任务总体通过检查验收。"))
    if units[TO_RECTIFY] or units[FAILED] or units[PENDING]:
        blocks.append(_text("总体结论请领导小组审定。"))
    return blocks


def _to_rectify(view: _View) -> list[_Entry]:
    """What must be put right, by the units about which there is a conclusion."""
    pending = {each.unit for each in view.scores.units if each.conclusion == PENDING}
    return [
        entry for entry in view.entries if entry.score.must_rectify and entry.assignment.unit not in pending
    ]


def _demands(view: _View) -> list[Block]:
    entries = _to_rectify(view)
    if not entries:
        return [_text("本次检查验收没有提出需要整改的事项。")]
    units = list(dict.fromkeys(entry.assignment.unit for entry in entries))
    by = f"，整改期限为{view.rectify_by}" if view.rectify_by else "，整改期限由领导小组另行确定"
    blocks = [
        _text(
            f"需要整改的任务{len(entries)}项次，涉及{len(units)}个单位：{join_names(units)}{by}。"
            f"具体事项见{view.annex('rectify')}。"
        ),
        _text("有关单位应逐项落实责任人和完成时间，整改结束后报送书面情况和佐证材料，由检查组复核。"),
    ]
    failed = [each.unit for each in view.scores.units if each.grade == UNQUALIFIED]
    if failed:
        blocks.append(_text(f"建议{join_names(failed)}一个月内向领导小组作出书面整改报告。"))
    return blocks


# ---- annexes --------------------------------------------------------------------------------------


def _formula_row(unit: UnitScore) -> dict[str, str]:
    return {
        "unit": unit.unit,
        "formula": unit.formula,
        "total": _optional(unit.total),
        "grade": unit.grade,
        "rank": str(unit.rank) if unit.rank is not None else "—",
        "conclusion": unit.conclusion,
        "note": "；".join(
            filter(None, (unit.note, f"{UNVERIFIED}{unit.unverified}项次" if unit.unverified else ""))
        ),
    }


def _task_groups(view: _View) -> list[dict[str, object]]:
    by_unit: dict[str, list[_Entry]] = {}
    for entry in view.entries:
        by_unit.setdefault(entry.assignment.unit, []).append(entry)
    return [
        {"unit": unit, "rows": [_task_row(view, entry) for entry in entries]}
        for unit, entries in by_unit.items()
    ]


def _task_row(view: _View, entry: _Entry) -> dict[str, object]:
    figures = [
        f"{each.target.name}核定{format_number(each.verified)}{each.target.unit}"
        for each in view.figures
        if (each.target.task, each.unit) == (entry.task.number, entry.assignment.unit)
    ]
    open_status = "状态按上报" if entry.score.verified else UNVERIFIED
    own = entry.report.self_score if entry.report is not None else None
    review = entry.review
    words = [review.reason, review.opinion] if review is not None else []
    return {
        "number": entry.task.number,
        "content": clause(entry.task.content, 60),
        "role": str(entry.assignment.role),
        "reported": entry.reported,
        "method": review.method if review is not None and entry.score.verified else "—",
        "verified": "\n".join((entry.verified_status or open_status, *figures)),
        "own": "—" if own is None else format_number(own),
        "points": "不计分" if entry.score.points is None else f"{entry.score.points:.1f}",
        "weight": format_number(entry.score.weight),
        "formula": entry.score.formula,
        "said": "\n".join(filter(None, words)),
        "tall": len("".join(words)) > TALL or len(entry.score.formula) > 2 * TALL,
    }


def _rectify_rows(view: _View) -> list[dict[str, str]]:
    return [
        {
            "ordinal": str(number),
            "unit": entry.assignment.unit,
            "task": entry.task.number,
            "content": clause(entry.task.content, 60),
            "problem": _problem(entry),
            "by": view.rectify_by or "待定",
        }
        for number, entry in enumerate(_to_rectify(view), 1)
    ]


def _problem(entry: _Entry) -> str:
    words = [entry.review.reason, entry.review.opinion] if entry.review is not None else []
    state = entry.score.status
    if entry.report is not None and not entry.score.verified:
        state = f"上报{state}（{UNVERIFIED}）"
    points = "" if entry.score.points is None else f"，得{entry.score.points:.1f}分"
    return "\n".join([f"{state}{points}", *filter(None, words)])


def _group(review: Review) -> dict[str, object]:
    """The group, one line each with room to sign; blank lines where nobody was named."""
    named = [
        name
        for part in review.members.replace("，", "、").replace(",", "、").split("、")
        if (name := part.strip())
    ]
    leader = [{"duty": "组长", "name": review.leader}]
    return {"rows": [*leader, *({"duty": "成员", "name": name} for name in named or ("", ""))]}


OUTPUT = Output("检查验收报告", "检查验收报告.docx", build)
