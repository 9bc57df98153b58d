"""What the inspection found wrong, by kind: the fourth part of the report."""

from collections.abc import Callable, Iterable

from reporting.documents.acceptance.view import AcceptanceView, Figure, Inspected, point
from reporting.documents.blocks import Block, heading_block, text_block
from reporting.documents.letterhead import goal_words
from reporting.language.values import format_number
from reporting.language.wording import join_names, task_numbers
from reporting.model import UnitLine, UnitState
from reporting.model.review import HOLLOW, LACKING, LACKING_AND_HOLLOW


def inspected_problems(view: AcceptanceView) -> list[Block]:
    """The problems by kind, each with unit and task."""
    parts: list[tuple[str, list[str]]] = [
        ("未完成和滞后", _behind(view)),
        ("数据和状态与上报不符", _untrue(view)),
        ("佐证材料不全", _lacking(view)),
        ("填报内容空洞", _hollow(view)),
        ("迟报漏报", _late(view)),
    ]
    found = [(title, texts) for title, texts in parts if texts]
    if not found:
        return [text_block("核查中没有发现上述各类问题。")]
    blocks = []
    for ordinal, (title, texts) in enumerate(found, 1):
        blocks.append(heading_block(ordinal, title))
        blocks += [point(number, text) for number, text in enumerate(texts, 1)]
    return blocks


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
    return [
        f"{members[0].name}，{_statuses(members[0])}{_said(members[0])}"
        if len(members) == 1
        else f"{members[0].assignment.unit}（{task_numbers([each.task.number for each in members])}）："
        f"{_statuses(members[0])}"
        for members in alike.values()
    ]


def _behind(view: AcceptanceView) -> list[str]:
    return _told(entry for entry in view.verified if view.is_behind(entry.score.status))


def _untrue(view: AcceptanceView) -> list[str]:
    better = [
        entry
        for entry in view.verified
        if entry.verified_status not in ("", entry.reported) and not view.is_behind(entry.score.status)
    ]
    return [
        *_told(better),
        *(_figure_words(figure) for figure in view.figures if figure.differs),
    ]


def _lacking(view: AcceptanceView) -> list[str]:
    """Where evidence is missing: what the group found first, then what the returns leave open."""
    checked = [
        entry
        for entry in view.entries
        if entry.review and entry.review.material in (LACKING, LACKING_AND_HOLLOW)
    ]
    looked_at = {
        (entry.task.number, entry.assignment.unit)
        for entry in view.entries
        if entry.review and entry.review.material
    }
    texts = [f"{entry.name}，经核查佐证材料不全{_said(entry)}" for entry in checked]
    for unit in view.scores.units:
        left = [number for number in unit.lacking if (number, unit.unit) not in looked_at]
        if left:
            texts.append(f"{unit.unit}：{task_numbers(left)}上报已完成，没有写明佐证材料")
    return texts


def _hollow(view: AcceptanceView) -> list[str]:
    return [
        f"{entry.name}，填报没有实质性内容{_said(entry)}"
        for entry in view.entries
        if entry.review and entry.review.material in (HOLLOW, LACKING_AND_HOLLOW)
    ]


def _late(view: AcceptanceView) -> list[str]:
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


def _figure_words(figure: Figure) -> str:
    target = figure.target
    reported = f"{format_number(figure.reported)}{target.unit}" if figure.reported is not None else figure.raw
    return (
        f"{figure.unit}（{task_numbers([target.task])}）：{target.name}，目标值{goal_words(target)}，"
        f"上报{reported or '空缺'}，核定{format_number(figure.verified)}{target.unit}"
    )
