"""Figures large and small: headlines, statuses, progress by category and by unit, targets."""

from collections import Counter
from collections.abc import Mapping

from reporting.documents.dashboard.view import DashboardView, Part, segmented, share_of, unit_named
from reporting.documents.year_view import result_row
from reporting.language.values import format_number
from reporting.language.wording import percent, shares
from reporting.model import UNREPORTED, TargetReport, UnitLine, UnitState
from reporting.model.review import GRADES, NO_GRADE, UnitScore
from reporting.year.standings import MISSED, REACHED, STATE_NAMES, TARGET_STATES, UNCLEAR, UNVERIFIED, target_state

_FULL = 1.2
"""How far the bar of a target's rate reaches at most, in times of the goal."""
_TARGET_KEYS = {REACHED: "done", MISSED: "behind", UNCLEAR: "other", UNREPORTED: "unreported"}
_STATE_KEYS = {
    UnitState.ACCEPTED: "done",
    UnitState.RETURNED: "ongoing",
    UnitState.LATE: "behind",
    UnitState.AWAITED: "unreported",
}


def _headline(key: str, label: str, value: object, unit: str = "", of: str = "", whole: object = "") -> Part:
    """A figure set large; ``of`` and ``whole`` name and give what it is a part of."""
    return {"key": key, "label": label, "value": str(value), "unit": unit, "of": of, "whole": str(whole)}


def headlines(view: DashboardView) -> list[Part]:
    """The figures a leader asks for first; the rate leaves adjusted and inapplicable tasks out."""
    total, done = len(view.all.tasks), len(view.tasks_in("done"))
    counting = total - len(view.tasks_in("void"))
    reached, sent = len(view.targets_in(REACHED)), len(view.units_in(UnitState.ACCEPTED))
    targets = _headline("targets-reached", "量化指标达标", reached, "项", "targets-total", len(view.targets))
    return [
        _headline("tasks-total", "任务总数", total, "项"),
        _headline("tasks-done", "已完成", done, "项"),
        _headline("completion-rate", "完成率", percent(done * 100 / counting) if counting else "—"),
        _headline("tasks-behind", "滞后和未完成", len(view.tasks_in("behind")), "项"),
        _headline("tasks-unreported", UNREPORTED, len(view.unreported), "项"),
        *([targets] if view.targets else []),
        _headline("units-sent", "已报送单位", sent, "个", "units-total", len(view.all.units)),
    ]


def verification(view: DashboardView) -> Part:
    """What was verified, in 项次 (one task of one unit); nothing before anything was."""
    if view.verified is None:
        return {"done": False, "headlines": [], "note": "完成状态和完成值均为责任单位填报，尚未核定。"}
    scores = view.verified.scores
    verified = [each for each in scores.tasks if each.verified]
    done = sum(view.group(each.status) == "done" for each in verified)
    counting = sum(view.group(each.status) != "void" for each in verified)
    grades = Counter(each.grade for each in scores.units)
    shown = [*GRADES, *([NO_GRADE] if grades[NO_GRADE] else [])]
    rest = len(scores.tasks) - len(verified)
    lacking = f"未核定的{rest}项次，考评得分按上报情况计算。" if rest else ""
    return {
        "done": True,
        "note": f"一项任务由几个单位承担的，各计一项次。{lacking}",
        "headlines": [
            _headline("verified", "核定任务", len(verified), "项次", "verifiable", len(scores.tasks)),
            _headline("verified-done", "核定已完成", done, "项次"),
            _headline("verified-rate", "核定完成率", percent(done * 100 / counting) if counting else "—"),
            *(_headline(f"grade-{at}", grade, grades[grade], "个") for at, grade in enumerate(shown, 1)),
        ],
    }


def statuses(view: DashboardView) -> Part:
    """How many tasks are in each status, with their share."""
    known = {share.name: share for share in view.all.statuses}
    rows = [
        {**view.status(name), "count": known[name].count, "share": percent(known[name].percent)}
        for name in view.statuses
        if name in known
    ]
    whole = sum(share.count for share in known.values())
    return {"rows": rows, "total": whole, "share": percent(100.0 if whole else 0.0)}


# ---- by category and by unit ----------------------------------------------------------------------


def _progress(view: DashboardView, name: str, counts: Mapping[str, int]) -> Part:
    """One line of progress: the bar, the counts it is made of, and what they add up to."""
    own = {group: counts.get(group, 0) for group in view.groups}
    parts = [{**unit_named(group), "count": count} for group, count in own.items()]
    return {"name": name, "bar": segmented(own.items()), "counts": parts, "total": sum(counts.values())}


def _grouped(view: DashboardView, by_status: Mapping[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for status, count in by_status.items():
        counts[view.group_words(status)] += count
    return counts


def categories(view: DashboardView) -> Part:
    """Progress by category, with the whole."""
    rows = [_progress(view, line.category, _grouped(view, line.by_status)) for line in view.all.categories]
    whole = _grouped(view, Counter(line.status for line in view.all.tasks))
    return {"rows": rows, "whole": _progress(view, "合计", whole)}


def units(view: DashboardView) -> Part:
    """What every unit itself reported, where it stands, and its marks."""
    whole: Counter[str] = Counter()
    rows = []
    for line in view.all.units:
        counts = view.standings.get(line.unit, Counter())
        whole += counts
        own = {"led": line.led, "supported": line.supported, "score": _marks(view.unit_scores.get(line.unit))}
        rows.append({**_progress(view, line.unit, counts), "state": state_figure(line), **own})
    led, supported = (sum(getattr(line, key) for line in view.all.units) for key in ("led", "supported"))
    return {
        "rows": rows,
        "whole": {**_progress(view, "合计", whole), "led": led, "supported": supported},
        "note": "按各单位自己填报的状态归类，一项任务由几个单位承担的，各计一次。",
    }


def state_figure(line: UnitLine) -> Part:
    """Where a unit stands, with its key."""
    return {"key": _STATE_KEYS[line.state], "name": STATE_NAMES[line.state]}


def _marks(score: UnitScore | None) -> Part:
    if score is None:
        return {"total": "—", "rank": "—", "grade": "—", "conclusion": "—"}
    return {
        "total": "—" if score.total is None else f"{score.total:.1f}",
        "rank": "—" if score.rank is None else str(score.rank),
        "grade": score.grade,
        "conclusion": score.conclusion,
    }


# ---- targets --------------------------------------------------------------------------------------


def targets(view: DashboardView) -> Part:
    """How the targets stand, and the figure of every unit for each."""
    counts = Counter(each.state for each in view.targets)
    portions = shares([counts[state] for state in TARGET_STATES])
    states = [
        {"name": state, "key": _TARGET_KEYS[state], "count": counts[state], "share": percent(portion)}
        for state, portion in zip(TARGET_STATES, portions, strict=True)
    ]
    rows = [_target(view, report) for each in view.targets for report in each.reports]
    return {"states": states, "total": len(view.targets), "rows": rows}


def _target(view: DashboardView, report: TargetReport) -> Part:
    state = target_state([report])
    ratio = None if report.ratio is None else max(report.ratio, 0.0)
    verified = view.figures.get((report.target.number, report.unit))
    return {
        **result_row(report),
        "number": report.target.number,
        "order": "" if report.ratio is None else repr(report.ratio),
        "width": "" if ratio is None else share_of(min(ratio, _FULL), _FULL),
        "mark": share_of(1, _FULL),
        "state": {"name": state, "key": _TARGET_KEYS[state]},
        "verified": UNVERIFIED if verified is None else f"{format_number(verified)}{report.target.unit}",
    }
