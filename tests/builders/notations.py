"""The samples of notations, and a plan as a person would note it down."""

from __future__ import annotations

from pathlib import Path

from reporting.model import Plan, Target

SAMPLES = Path(__file__).parents[1] / "samples" / "notations"


FOLDERS = sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())


def show_targets(targets: tuple[Target, ...]) -> list[str]:
    whose = {t.number: f"（{t.reporter}填报）" if t.reporter else "" for t in targets}
    return [f"  指标 {t.number}：{t.name} {t.op} {t.value:g}{t.unit}{whose[t.number]}" for t in targets]


def show(plan: Plan) -> str:
    """A plan as a person would note it down."""
    lines = [f"标题：{plan.title}", f"发文：{plan.issuer} {plan.year} {plan.document_number}"]
    for task in plan.tasks:
        lines.append(f"任务 {task.number} [{' / '.join(task.path)}]")
        lines.append(f"  {task.content}")
        lines.append(f"  牵头：{'、'.join(task.lead)}")
        if task.support:
            lines.append(f"  配合：{'、'.join(task.support)}")
        if task.deadline:
            lines.append(f"  时限：{task.deadline.text} ({task.deadline.kind} {task.deadline.date})")
        beside = (
            ("责任领导", task.leader),
            ("责任科室", task.section),
            ("适用范围", task.scope),
            ("分工说明", task.duties),
        )
        lines.extend(f"  {column}：{words}" for column, words in beside if words)
        lines.extend(show_targets(task.targets))
    for goal in plan.goals:
        lines.extend([f"目标 {goal.number}", f"  {goal.content}", *show_targets(goal.targets)])
    for measure in plan.unassigned:
        lines.extend([f"待分工 {measure.number} [{' / '.join(measure.path)}]", f"  {measure.content}"])
    lines.extend(f"单位 {unit.kind.value}：{unit.name}" for unit in plan.units)
    return "\n".join(lines) + "\n"
