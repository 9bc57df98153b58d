"""The bulletin to all units: names and figures of the book, nobody named whose date has not passed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from builders.layout import failed
from builders.samples import twenty_tasks
from builders.word import filled, section_between, text_of
from builders.year import (
    EDUCATION,
    EVERYBODY,
    FORM,
    JUSTICE,
    MOUNTAIN,
    OFFICE,
    RIVER,
    collect,
    fill,
    issued_file,
    send,
    well,
    wrong,
)

from reporting.commands.bulletin import bulletin
from reporting.commands.verify import verify
from reporting.documents import bulletin as bulletin_document
from reporting.ledger import Ledger
from reporting.model import LetterKind
from reporting.office.workspace import Workspace

BEHIND = {"完成状态": "滞后", "完成进度(%)": 40, "存在问题及原因": "师资不足。", "下一步计划": "明年6月底前补齐。"}


def written(workspace: Workspace, day: int, month: int = 12) -> str:
    outcome = bulletin(workspace, datetime(2026, month, day, 9))
    return text_of(docx.Document(io.BytesIO(outcome.written[0].read_bytes())))


def test_who_has_not_sent_and_what_is_behind_is_named(workspace: Workspace) -> None:
    send(workspace, "a.xlsx", well(workspace))
    send(workspace, "b.xlsx", fill(issued_file(workspace, JUSTICE), rows={"2": BEHIND}))
    send(workspace, "c.xlsx", wrong(workspace, RIVER))
    collect(workspace, now=datetime(2026, 12, 22, 9))
    text = written(workspace, 24)
    assert section_between(text, "一、总体情况", "二、").strip().split("\n")[1:] == [
        "应报送单位4个，已报送2个，其中按时报送0个；退回修改后尚未重新报送的1个；没有报送的1个。任务3项，已完成1项、滞后或未完成1项、未报送1项。"
        "量化指标2项，达到目标值2项。",
        "任务完成率为33.3%（1/3）。",
    ]
    assert section_between(text, "二、存在的主要问题", "三、").strip().split("\n")[1:] == [
        "（一）未按时报送",
        f"截至目前没有报送的1个：{MOUNTAIN}；逾期报送、正在退回修改的1个：{RIVER}；"
        f"逾期报送的2个：{EDUCATION}、{JUSTICE}。",
        "（二）任务滞后和未完成",
        f"滞后和未完成的任务1项（第2项），涉及牵头单位1个：{JUSTICE}。",
    ]
    demands = section_between(text, "三、下一步工作要求", "附件：")
    assert "没有报送的单位，请于2026年12月29日前报送填报表，并书面说明原因。" in demands
    assert f"退回修改的单位（{RIVER}），请对照校验意见修改，于2026年12月29日前重新报送。" in demands
    assert "报送和完成情况纳入年度考评：逾期报送扣2分，未报送扣10分，内容空洞扣1分。" in demands
    annexes = text[text.index("附件：1.未按时报送单位名单") :]
    assert "2.滞后和未完成任务清单" in annexes
    assert "师资不足。" in annexes
    assert "明年6月底前补齐。" in annexes


def test_good_work_is_named_too(workspace: Workspace) -> None:
    for unit in (EDUCATION, JUSTICE):
        send(workspace, f"{unit}.xlsx", well(workspace, unit))
    collect(workspace)
    assert f"{EDUCATION}、{JUSTICE}等2个单位按时报送，牵头的任务全部完成。" in written(workspace, 24)


def test_nobody_is_named_before_the_date_has_passed(workspace: Workspace) -> None:
    send(workspace, "c.xlsx", wrong(workspace, RIVER))
    collect(workspace)
    outcome = bulletin(workspace, datetime(2026, 12, 20, 9))
    assert outcome.notes == ("报送截止日期 2026-12-20 还没有过，没有报送的单位未列入名单。",)
    content = outcome.written[0].read_bytes()
    assert failed(content) == frozenset()
    text = text_of(docx.Document(io.BytesIO(content)))
    assert "应报送单位4个。尚无通过核对的填报表，3项任务的完成情况暂不掌握。" in text
    assert "二、存在的主要问题\n没有未按时报送的单位。\n三、" in text
    assert not any(unit in text for unit in EVERYBODY)
    assert "附件" not in text


def test_the_same_bulletin_is_booked_once(workspace: Workspace) -> None:
    for _ in range(2):
        bulletin(workspace, datetime(2026, 12, 24, 9))
    letters = Ledger(workspace.ledger_url).letters(2026)
    assert [each.file for each in letters if each.kind is LetterKind.BULLETIN] == ["2026年度督查通报_20261224.docx"]
    assert verify(workspace).outcome.findings == ()


@pytest.mark.parametrize("as_of", [date(2026, 12, 28), date(2027, 1, 20)])
def test_every_late_unit_and_every_task_behind_has_its_row(as_of: date) -> None:
    year = replace(twenty_tasks(), as_of=as_of)
    document = filled(bulletin_document.OUTPUT, bulletin_document.build(year, OFFICE, FORM))
    stream = io.BytesIO()
    document.save(stream)
    assert failed(stream.getvalue()) == frozenset()
    units, tasks = ([[cell.text for cell in row.cells] for row in table.rows[1:]] for table in document.tables[:2])
    assert [row[0] for row in tasks] == ["10", "16", "18"]
    assert [row[0] for row in units] == [str(number) for number in range(1, len(units) + 1)]
    assert "市财政局" in {row[1] for row in units}
