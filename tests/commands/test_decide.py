"""Extensions, reassignments and taking them back: what they change, and that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import docx
import openpyxl
import pytest
from builders.layout import failed
from builders.year import (
    EDUCATION,
    ISSUED_ON,
    JUSTICE,
    MOUNTAIN,
    RECEIVED_ON,
    RIVER,
    codes,
    collect,
    fill,
    issued_file,
    send,
    small_plan,
    states,
    verdicts,
    well,
)

from reporting.commands import collect as collect_command
from reporting.commands import report as workflow
from reporting.commands.extend import extend
from reporting.commands.issue import issue
from reporting.commands.reassign import Reassignment, reassign
from reporting.commands.remind import remind
from reporting.commands.revoke import revoke
from reporting.commands.status import status
from reporting.commands.verify import verify
from reporting.ledger import Ledger
from reporting.model import Decision, DecisionKind, Role
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook
from reporting.plan.share_out import distribute
from reporting.year.decided import Decided
from reporting.year.decisions import not_revoked, reassigned

NOW = datetime(2026, 12, 11, 9)
AFTER = datetime(2026, 12, 22, 12)


def give(workspace: Workspace, until: date = date(2026, 12, 28), task: str = "") -> Decided:
    return extend(workspace, EDUCATION, until, "学校放假较晚", NOW, task)


def move(workspace: Workspace, role: Role | None = None) -> Decided:
    return reassign(workspace, Reassignment("2", JUSTICE, RIVER, role), "职能调整", NOW)


def missing(workspace: Workspace, number: str) -> tuple[str, ...]:
    board = status(workspace, AFTER)
    return next(each.missing for each in board.tasks if each.number == number)


def reminded(workspace: Workspace, now: datetime) -> dict[str, int]:
    late, _ = remind(workspace, now)
    return {each.line.unit: each.days for each in late}


# ---- more time ---------------------------------------------------------------------------------------


def test_a_unit_with_more_time_is_awaited_and_not_reminded_until_it_is_over(workspace: Workspace) -> None:
    give(workspace)
    assert states(workspace, AFTER)[EDUCATION] == "awaited"
    assert states(workspace, AFTER)[JUSTICE] == "late"
    assert EDUCATION not in reminded(workspace, AFTER)
    assert states(workspace, datetime(2026, 12, 29, 12))[EDUCATION] == "late"
    assert reminded(workspace, datetime(2026, 12, 29, 12))[EDUCATION] == 1


def test_the_reminder_speaks_of_the_date_that_was_given(workspace: Workspace) -> None:
    give(workspace)
    _, outcome = remind(workspace, datetime(2026, 12, 30, 9))
    text = "".join(each.text for each in docx.Document(str(outcome.written[0])).paragraphs)
    assert "经同意，贵单位报送2026年度任务完成情况的日期已延至2026年12月28日。" in text
    assert "已超过该日期2天" in text


def test_a_return_within_the_given_time_is_on_time(workspace: Workspace) -> None:
    give(workspace)
    send(workspace, "a.xlsx", well(workspace))
    collect(workspace, now=datetime(2026, 12, 27, 9))
    whole, _ = workflow.report(workspace, datetime(2026, 12, 28, 12))
    assert [each.on_time for each in whole.units if each.unit == EDUCATION] == [True]
    assert any("延期至2026年12月28日" in each and "学校放假较晚" in each for each in whole.waivers)


def test_a_task_with_more_time_may_be_left_blank_until_then_and_is_asked_for_afterwards(workspace: Workspace) -> None:
    give(workspace, task="2")
    blank = {"2": {"完成状态": None, "完成进度(%)": None, "完成情况": None}}
    send(workspace, "a.xlsx", well(workspace, rows=blank))
    collected = collect(workspace)
    assert verdicts(collected) == {"a.xlsx": "accepted"}
    found = [each for each in collected.outcome.findings if each.task == "2"]
    assert found
    assert all(each.message.endswith("（这一项可在 2026-12-28 前补报）") for each in found), found
    assert missing(workspace, "2") == (JUSTICE, EDUCATION)
    assert missing(workspace, "1") == (JUSTICE,)
    assert EDUCATION not in reminded(workspace, datetime(2026, 12, 28, 12))
    late, outcome = remind(workspace, datetime(2026, 12, 30, 9))
    assert [(each.days, each.tasks) for each in late if each.line.unit == EDUCATION] == [(2, ("2",))]
    text = "".join(each.text for each in docx.Document(str(outcome.written[0])).paragraphs)
    assert "已收悉；其中经同意延期报送或者后来交由贵单位承担的任务，应于2026年12月28日前补报" in text
    send(workspace, "a2.xlsx", well(workspace))
    collect(workspace, now=RECEIVED_ON + timedelta(days=20))
    assert missing(workspace, "2") == (JUSTICE,)


def test_a_unit_with_more_time_for_every_task_is_not_late_before_the_first_of_them(workspace: Workspace) -> None:
    """Nothing came, or only the block above the table is wrong: there is nothing to be reminded of yet."""
    for number in ("1", "3"):
        extend(workspace, JUSTICE, date(2026, 12, 26), "等待统计", NOW, number)
    assert reminded(workspace, AFTER)[JUSTICE] == 2
    extend(workspace, JUSTICE, date(2026, 12, 28), "等待统计", NOW, "2")
    assert JUSTICE not in reminded(workspace, datetime(2026, 12, 26, 12))
    assert states(workspace, datetime(2026, 12, 26, 12))[JUSTICE] == "awaited"
    assert reminded(workspace, datetime(2026, 12, 27, 12))[JUSTICE] == 1
    send(workspace, "b.xlsx", well(workspace, JUSTICE, header={"填报人": None}))
    assert verdicts(collect(workspace)) == {"b.xlsx": "returned"}
    assert JUSTICE not in reminded(workspace, datetime(2026, 12, 26, 12))


def test_more_time_that_is_over_excuses_nothing(workspace: Workspace) -> None:
    give(workspace, task="2")
    blank = {"2": {"完成状态": None, "完成进度(%)": None, "完成情况": None}}
    send(workspace, "a.xlsx", well(workspace, rows=blank))
    assert verdicts(collect(workspace, now=datetime(2026, 12, 29, 9))) == {"a.xlsx": "returned"}


def test_the_same_decision_twice_is_one_entry(workspace: Workspace) -> None:
    first, again = give(workspace), give(workspace)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.decision == again.decision
    with closing(Ledger(workspace.ledger_url)) as ledger:
        assert ledger.decisions(2026) == [first.decision]


# ---- another unit ------------------------------------------------------------------------------------


def test_a_reassigned_task_is_owed_by_the_receiver_and_no_more_by_the_giver(workspace: Workspace) -> None:
    decided = move(workspace)
    assert decided.decision.role is Role.LEAD
    assert missing(workspace, "2") == (RIVER, EDUCATION)
    book = openpyxl.load_workbook(issued_file(workspace, RIVER))
    assert "2" in [str(row[0].value) for row in book["任务填报"].iter_rows()]
    assert issued_file(workspace, RIVER) in decided.outcome.written
    assert not any(each.outcome.findings for each in (decided,))


def letter(workspace: Workspace, unit: str, number: int = 1) -> str:
    (path,) = workspace.outbox("下发").glob(f"*_{unit}_改派函_第{number}号.docx")
    assert failed(path.read_bytes()) == frozenset()  # laid out as GB/T 9704 has it
    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_both_units_are_written_to_when_a_task_changes_hands(workspace: Workspace) -> None:
    decided = move(workspace)
    names = [path.name for path in decided.outcome.written if path.suffix == ".docx"]
    assert names == ["2026_03_临江区人民政府_改派函_第1号.docx", "2026_02_市司法局_改派函_第1号.docx"]
    takes, gives = letter(workspace, RIVER), letter(workspace, JUSTICE)
    plan = "《澜川市2026年知识产权工作任务分解方案》"
    assert "临江区人民政府：" in takes
    assert f"{plan}第2项（" in takes
    assert "原由市司法局牵头，现改由贵单位牵头。调整原因：职能调整。" in takes
    assert "请贵单位填写随函所附的填报工作簿，于2026年12月20日前报送我办。此前下发" in takes
    assert "给贵单位的填报工作簿不再使用。" in takes
    assert "由市司法局移交贵单位" in takes
    assert "原由贵单位牵头，现改由临江区人民政府牵头。" in gives
    assert "贵单位不再填报该项任务，其余2项任务的填报要求和报送日期不变。" in gives
    assert "有关材料移交临江区人民政府" in gives
    assert verify(workspace).outcome.findings == ()
    # the same once more writes nothing else
    assert move(workspace).outcome.written == ()


def test_the_letters_know_what_a_unit_had_and_what_it_has_sent(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace))
    send(workspace, "b.xlsx", well(workspace, JUSTICE))
    collect(workspace)
    until = date(2026, 12, 24)
    reassign(workspace, Reassignment("2", JUSTICE, EDUCATION, until=until), "职能调整。", NOW)
    takes, gives = letter(workspace, EDUCATION), letter(workspace, JUSTICE)
    assert "现改由贵单位牵头（贵单位此前为配合单位）。调整原因：职能调整。\n" in takes
    assert "此前报送的填报表已经收下，在收到新的一份以前继续有效。" in takes
    assert "于2026年12月24日前报送" in takes
    assert "贵单位此前报送的填报表已经收下，其余2项任务的内容继续有效，不必重新报送。" in gives


def test_taking_a_reassignment_back_is_written_to_both_as_well(workspace: Workspace) -> None:
    reassign(workspace, Reassignment("3", MOUNTAIN, EDUCATION), "区划调整", NOW)
    assert "贵单位没有其他需要填报的任务，不必再报送填报表。" in letter(workspace, MOUNTAIN)
    revoke(workspace, 1, "区划不再调整", datetime(2026, 12, 18, 9))
    back, gone = letter(workspace, MOUNTAIN, 2), letter(workspace, EDUCATION, 2)
    assert "此前改由市教育局牵头。现撤销该项调整，仍由贵单位牵头。调整原因：区划不再调整。" in back
    assert "请贵单位填写随函所附的填报工作簿，于2026年12月23日前报送" in back
    assert "此前改由贵单位牵头。现撤销该项调整，仍由云山区人民政府牵头。" in gone


def test_the_givers_old_workbook_is_not_blamed_for_the_row_it_has_too_many(workspace: Workspace) -> None:
    old = well(workspace, JUSTICE)
    move(workspace)
    send(workspace, "旧表.xlsx", old)
    collected = collect(workspace)
    assert verdicts(collected) == {"旧表.xlsx": "accepted"}
    assert codes(collected) == ["form_is_current"]


def test_the_receivers_old_workbook_lacks_the_task(workspace: Workspace) -> None:
    old = well(workspace, RIVER)
    move(workspace)
    send(workspace, "旧表.xlsx", old)
    send(workspace, "新表.xlsx", fill(issued_file(workspace, RIVER)))
    assert set(verdicts(collect(workspace)).values()) == {"superseded", "accepted"}


def test_a_receiver_that_has_sent_already_still_owes_the_task(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace, RIVER))
    collect(workspace)
    decided = move(workspace)
    assert decided.outcome.notes == (
        f"{RIVER}的填报表已经收下，其中没有任务 2。请它用新的填报表报一份完整的，在收到以前原来的内容继续有效。",
    )
    assert missing(workspace, "2") == (RIVER, EDUCATION)
    assert reminded(workspace, AFTER)[RIVER] == 2  # by the date of the issue
    send(workspace, "b.xlsx", fill(issued_file(workspace, RIVER)))
    collect(workspace, now=datetime(2026, 12, 22, 9))
    assert missing(workspace, "2") == (EDUCATION,)


def test_a_unit_without_tasks_left_is_asked_for_nothing_and_its_workbook_is_put_away(workspace: Workspace) -> None:
    decided = reassign(workspace, Reassignment("3", MOUNTAIN, EDUCATION), "区划调整", NOW)
    assert decided.outcome.notes == (f"{MOUNTAIN}没有任务了，不用再报送，已写明在给它的改派函中。",)
    assert MOUNTAIN not in states(workspace, AFTER)
    assert [path.name for path in workspace.outbox("下发").glob(f"*{MOUNTAIN}*")] == [
        "2026_04_云山区人民政府_改派函_第1号.docx"
    ]
    assert verify(workspace).outcome.findings == ()


def test_a_reassignment_stays_in_force_through_a_new_issue(workspace: Workspace) -> None:
    move(workspace)
    issued = issue(workspace, ISSUED_ON + timedelta(days=12))
    assert issued.outcome.notes[0].startswith("第 1 号决定继续有效：任务 2 由市司法局改派临江区人民政府牵头")
    assert missing(workspace, "2") == (RIVER, EDUCATION)
    assert collect(workspace).outcome.notes == ()


def test_a_reassignment_that_plan_xlsx_has_as_well_is_no_difference(workspace: Workspace) -> None:
    move(workspace)
    first, second, third = small_plan().tasks
    plan = replace(small_plan(), tasks=(first, replace(second, lead=(RIVER,)), third))
    write_planbook(workspace.plan_file, plan)
    issue(workspace, ISSUED_ON + timedelta(days=12))
    assert missing(workspace, "2") == (RIVER, EDUCATION)


# ---- taking back -------------------------------------------------------------------------------------


def test_a_decision_taken_back_leaves_everything_as_it_was_but_both_entries(workspace: Workspace) -> None:
    before = status(workspace, AFTER)
    files = sorted(path.name for path in workspace.outbox("下发").glob("*.xlsx"))
    give(workspace)
    move(workspace)
    revoke(workspace, 1, "已不需要", NOW)
    revoke(workspace, 2, "已不需要", NOW)
    after = status(workspace, AFTER)
    assert (after.units, after.tasks) == (before.units, before.tasks)
    assert [str(each.kind) for each in after.decisions] == ["延期", "改派", "撤销", "撤销"]
    assert sorted(path.name for path in workspace.outbox("下发").glob("*.xlsx")) == files
    assert verify(workspace).outcome.findings == ()


def test_more_time_for_the_task_that_was_missing_settles_what_was_sent_back(workspace: Workspace) -> None:
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
    send(workspace, "教育局.xlsx", fill(issued_file(workspace, EDUCATION), {"2": blank}))
    first = collect_command.collect(workspace, [], NOW)
    assert [str(each.verdict) for each in first.receipts] == ["returned"]
    give(workspace, task="2")
    again = collect_command.collect(workspace, [], NOW)
    assert [str(each.verdict) for each in again.receipts] == ["accepted"]


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (lambda w: extend(w, "市审计局", AFTER.date(), "x", NOW), "“市审计局”不在本次下发的单位中"),
        (lambda w: extend(w, EDUCATION, date(2026, 12, 19), "x", NOW), "延期的日期 2026-12-19 应当更晚"),
        (lambda w: extend(w, EDUCATION, AFTER.date(), " ", NOW), "没有写明理由"),
        (lambda w: extend(w, EDUCATION, AFTER.date(), "x", NOW, "9"), "没有任务“9”"),
        (lambda w: extend(w, EDUCATION, AFTER.date(), "x", NOW, "3"), "任务 3 不由市教育局承担"),
        (
            lambda w: reassign(w, Reassignment("1", RIVER, JUSTICE), "x", NOW),
            "不能从它改派。承担这项任务的有 市教育局（牵头）",
        ),
        (lambda w: reassign(w, Reassignment("1", EDUCATION, EDUCATION), "x", NOW), "是同一个单位"),
        (lambda w: reassign(w, Reassignment("1", EDUCATION, "各有关单位"), "x", NOW), "请写明是其中哪一个单位"),
        (lambda w: revoke(w, 7, "x", NOW), "没有可以撤销的第 7 号决定"),
    ],
)
def test_what_cannot_be_decided_is_said_and_not_booked(
    workspace: Workspace, decide: Callable[[Workspace], object], words: str
) -> None:
    with pytest.raises(DubanError, match=words):
        decide(workspace)
    assert status(workspace, AFTER).decisions == ()


# ---- laid over the plan ------------------------------------------------------------------------------


def test_one_member_of_a_group_gives_its_part_and_the_others_keep_theirs() -> None:
    decision = Decision(NOW, DecisionKind.REASSIGNMENT, "x", RIVER, "3", None, JUSTICE, Role.LEAD, 0, 1)
    shared = distribute(reassigned(small_plan(), [decision])).by_task["3"]
    assert {(each.unit, str(each.role)) for each in shared} == {(MOUNTAIN, "牵头"), (JUSTICE, "牵头")}


def test_what_was_taken_back_is_not_in_force() -> None:
    first = Decision(NOW, DecisionKind.EXTENSION, "x", EDUCATION, until=AFTER.date(), number=1)
    second = Decision(NOW, DecisionKind.REVOCATION, "x", revokes=1, number=2)
    assert not_revoked([first]) == (first,)
    assert not_revoked([first, second]) == ()
