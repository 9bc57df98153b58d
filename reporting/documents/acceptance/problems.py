"""What the inspection found wrong, by kind: the fourth part of the report."""

from collections.abc import Iterable

from reporting.documents.acceptance.view import AcceptanceView, Figure, Inspected
from reporting.documents.blocks import Body, heading_block, points
from reporting.documents.letterhead import goal_words
from reporting.language.values import format_number
from reporting.language.wording import join_names, task_numbers
from reporting.model import UnitState
from reporting.model.review import HOLLOW, LACKING, LACKING_AND_HOLLOW


def inspected_problems(view: AcceptanceView) -> Body:
    """The problems by kind, each with unit and task."""
    parts = [
        ("未完成和滞后", _behind(view)),
        ("数据和状态与上报不符", _untrue(view)),
        ("佐证材料不全", _lacking(view)),
        ("填报内容空洞", _of_material(view, "填报没有实质性内容", HOLLOW, LACKING_AND_HOLLOW)),
        ("迟报漏报", _late(view)),
    ]
    found = [(title, texts) for title, texts in parts if texts]
    if not found:
        yield "核查中没有发现上述各类问题。"
        return
    for ordinal, (title, texts) in enumerate(found, 1):
        yield heading_block(ordinal, title)
        yield from points(texts)


def _said(entry: Inspected) -> str:
    """What the group wrote on a task, whole."""
    if entry.review is None:
        return ""
    parts = [("扣分原因：", entry.review.reason), ("检查组意见：", entry.review.opinion)]
    return "".join(f"。{label}{text.rstrip('。')}" for label, text in parts if text)


def _statuses(entry: Inspected) -> str:
    if entry.verified_status in ("", entry.reported):
        return f"核定{entry.score.status}" if entry.verified_status else f"上报{entry.reported}"
    reported = entry.reported if entry.report is None else f"上报{entry.reported}"
    return f"{reported}，核定{entry.verified_status}"


def _told(entries: Iterable[Inspected]) -> list[str]:
    """One point a task; those of a unit that stand alike, of which the group wrote nothing, in one point."""
    alike: dict[tuple[str, ...], list[Inspected]] = {}
    for entry in entries:
        unit, number = entry.assignment.unit, entry.task.number
        key = (unit, number) if _said(entry) else (unit, "", _statuses(entry))
        alike.setdefault(key, []).append(entry)
    texts = []
    for first, *others in alike.values():
        numbers = task_numbers([each.task.number for each in (first, *others)])
        joint = f"{first.assignment.unit}（{numbers}）：{_statuses(first)}"
        texts.append(joint if others else f"{first.name}，{_statuses(first)}{_said(first)}")
    return texts


def _behind(view: AcceptanceView) -> list[str]:
    return _told(entry for entry in view.verified if view.group(entry.score.status) == "behind")


def _untrue(view: AcceptanceView) -> list[str]:
    better = (entry for entry in view.changed if view.group(entry.score.status) != "behind")
    return [*_told(better), *(_figure_words(figure) for figure in view.figures if figure.differs)]


def _of_material(view: AcceptanceView, what: str, *kinds: str) -> list[str]:
    """What the group found when it looked at the material of a task."""
    found = (entry for entry in view.entries if entry.review and entry.review.material in kinds)
    return [f"{entry.name}，{what}{_said(entry)}" for entry in found]


def _lacking(view: AcceptanceView) -> list[str]:
    """Where evidence is missing: what the group found first, then what the returns leave open."""
    looked_at = {(each.number, each.unit) for each in view.review.tasks if each.material}
    texts = _of_material(view, "经核查佐证材料不全", LACKING, LACKING_AND_HOLLOW)
    for unit in view.scores.units:
        left = [number for number in unit.lacking if (number, unit.unit) not in looked_at]
        if left:
            texts.append(f"{unit.unit}：{task_numbers(left)}上报已完成，没有写明佐证材料")
    return texts


def _late(view: AcceptanceView) -> list[str]:
    groups = {
        "未报送的单位": view.units_silent,
        "退回修改后没有重新报送的单位": view.units_in(UnitState.RETURNED),
        "迟报的单位": [line for line in view.units_in(UnitState.ACCEPTED) if line.on_time is False],
    }
    return [
        f"{words}{len(lines)}个：{join_names(line.unit for line in lines)}" for words, lines in groups.items() if lines
    ]


def _figure_words(figure: Figure) -> str:
    target = figure.target
    reported = f"{format_number(figure.reported)}{target.unit}" if figure.reported is not None else figure.raw
    return (
        f"{figure.unit}（{task_numbers([target.task])}）：{target.name}，目标值{goal_words(target)}，"
        f"上报{reported or '空缺'}，核定{format_number(figure.verified)}{target.unit}"
    )
