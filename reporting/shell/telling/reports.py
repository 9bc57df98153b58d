"""What is said of the inspection workbook, the year-end documents, and of all files kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.model.findings import Outcome
from reporting.shell.telling.screen import say, tell_findings, tell_notes, tell_written

if TYPE_CHECKING:
    from reporting.commands.review_issue import ReviewIssued
    from reporting.commands.verify import Audited
    from reporting.model import Consolidation
    from reporting.review.verified import ReviewCollected


def tell_review_issued(issued: ReviewIssued, share: int, seed: int) -> None:
    """What lies before the inspection group, and by which draw tasks are visited."""
    inspection = issued.inspection
    drawn = sum(each.method == "实地核查" for each in inspection.tasks)
    say(
        f"核定范围：{len(inspection.units)} 个单位，{len(inspection.tasks)} 项次任务，"
        f"{len(inspection.targets)} 项次指标；实地核查 {drawn} 项次"
        + (f"（抽取 {share}%，抽签种子 {seed}）。" if share < 100 else "。")
    )
    tell_notes(issued.outcome.notes)
    again = "" if issued.changed or issued.outcome.notes else "（与上次相同，没有变化）"
    say(f"核定表{again}在 {issued.path}")
    say("下一步：检查组填写后放回原处，再运行 review collect。")


def tell_review_collected(collected: ReviewCollected) -> None:
    """What the inspection group wrote wrongly, else how much was recorded."""
    outcome = collected.outcome
    tell_findings(outcome.findings)
    if outcome.has_errors:
        errors = sum(each.is_error for each in outcome.findings)
        say(f"{collected.path.name} 有 {errors} 处错误，没有登记。请改正后再收。")
        return
    tell_notes(outcome.notes)
    filled = sum(each.is_filled for each in collected.review.tasks)
    again = "" if collected.changed else "（与上次登记的相同）"
    say(f"已登记核定结果{again}：任务 {filled} 项次，指标 {len(collected.review.targets)} 项次。")
    say("下一步：运行 report，生成检查验收报告。")


def tell_rectifications(outcome: Outcome) -> None:
    """How many units get a notice, and where the notices lie."""
    tell_notes(outcome.notes)
    if not outcome.written:
        say("没有需要整改的单位，不写整改通知。")
        return
    say(f"已写好 {len(outcome.written)} 份整改通知，送领导审定后发出：")
    tell_written(outcome.written)


def tell_report(whole: Consolidation, outcome: Outcome) -> None:
    """How many tasks are in which state, and which documents were written."""
    shares = "，".join(f"{each.name} {each.count} 项（{each.percent:.1f}%）" for each in whole.statuses if each.count)
    say(f"任务 {len(whole.tasks)} 项：{shares}。")
    tell_notes(outcome.notes)
    say("已写好：")
    tell_written(outcome.written)


def tell_verified(verified: Audited) -> None:
    """How many files were compared with their digests, and which do not agree."""
    tell_findings(verified.outcome.findings)
    say(f"核对了来件原件 {verified.originals} 个，发出的文件 {verified.sent} 个，下发的方案 {verified.issues} 次。")
    if verified.outcome.has_errors:
        say(f"有 {len(verified.outcome.findings)} 处对不上，请按上面的说明处理。")
    else:
        say("存档、台账、发件文件夹全部一致。")
