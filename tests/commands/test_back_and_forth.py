"""Sent back, corrected, sent again: what changed is shown, and letters know of what went before."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from builders.command import run
from builders.year import EDUCATION, JUSTICE, RECEIVED_ON, RIVER, ROOT, collect, send, well

from reporting.commands.collect import Collected
from reporting.commands.remind import remind
from reporting.office.workspace import Workspace

LATER = RECEIVED_ON + timedelta(days=3)
TWO_MISTAKES = {"1": {"完成状态": "差不多了"}, "2": {"完成进度(%)": "很多"}}
ONE_LEFT_ONE_NEW = {"1": {"完成状态": "差不多了", "完成进度(%)": 130}}


def words_of(path: Path) -> str:
    """A letter's text with its table, line by line."""
    letter = docx.Document(str(path))
    cells = (cell.text for table in letter.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in letter.paragraphs), *cells])


def letter_of(workspace: Workspace, time: int) -> str:
    (path,) = workspace.outbox("退回").glob(f"*退回函_第{time}次.docx")
    return words_of(path)


@pytest.fixture
def sent_twice(workspace: Workspace) -> Collected:
    """Two mistakes first; then one of them again, one put right, and a new one."""
    send(workspace, "a.xlsx", well(workspace, rows=TWO_MISTAKES))
    collect(workspace)
    send(workspace, "a2.xlsx", well(workspace, rows=ONE_LEFT_ONE_NEW))
    return collect(workspace, now=LATER)


def test_what_a_new_version_says_otherwise_is_told_by_task_and_field(sent_twice: Collected) -> None:
    (diff,) = sent_twice.changes
    assert (diff.unit, diff.before, diff.after) == (EDUCATION, "a.xlsx", "a2.xlsx")
    assert [(each.number, each.key, each.before, each.after) for each in diff.changes] == [
        ("1", "progress", "100", "130"),
        ("2", "progress", "很多", "100"),
    ]
    assert diff.untouched == ("1-1", "1-2")
    assert diff.same > 5
    assert sent_twice.as_json()["changes"] == [diff.as_json()]


def test_the_versions_of_one_unit_are_listed_with_their_differences(
    workspace: Workspace, sent_twice: Collected, tmp_path: Path
) -> None:
    assert sent_twice.changes
    code, said, _ = run("status", "--unit", EDUCATION, "-w", workspace.root, "--json", tmp_path / "u.json")
    assert code == 0
    assert "任务 2 完成进度(%)：“很多” → “100”" in said
    words = json.loads((tmp_path / "u.json").read_text(encoding="utf-8"))
    assert [(each["version"], each["verdict"]) for each in words["versions"]] == [(1, "returned"), (2, "returned")]
    assert len(words["changes"]) == 1
    assert run("status", "--unit", "市审计局", "-w", workspace.root)[0] == 2


def test_the_first_letter_speaks_of_none_before(workspace: Workspace, sent_twice: Collected) -> None:
    assert sent_twice.changes
    first = letter_of(workspace, 1)
    assert "再次" not in first
    assert "上次" not in first


def test_the_second_letter_says_what_of_the_first_is_still_open(workspace: Workspace, sent_twice: Collected) -> None:
    assert sent_twice.changes
    second = letter_of(workspace, 2).replace("\n", "")
    assert "关于再次退回修改" in second
    assert "曾于2026年12月10日函请修改" in second
    assert "现第二次退回" in second
    assert "仍有1处没有改正" in second
    assert second.count("（上次已列）") == 1


def without_the_first_figure(book: Any) -> None:
    book["量化指标"].delete_rows(5)


def without_the_label(book: Any) -> None:
    for line in book["任务填报"].iter_rows(max_row=5):
        for cell in line:
            if cell.value == "审核人":
                cell.value = None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"targets": {"1-1": None}}, {"edit": without_the_first_figure}, id="its row is gone now"),
        pytest.param({"header": {"审核人": None}}, {"edit": without_the_label}, id="its label is gone now"),
    ],
)
def test_what_was_missing_and_still_is_was_listed_before(
    workspace: Workspace, first: dict[str, Any], second: dict[str, Any]
) -> None:
    send(workspace, "a.xlsx", well(workspace, **first))
    collect(workspace)
    send(workspace, "a2.xlsx", well(workspace, **second))
    collect(workspace, now=LATER)
    assert "上次列示的1处均未改正" in letter_of(workspace, 2)


def test_a_reminder_knows_of_what_came_instead_of_a_return(workspace: Workspace) -> None:
    send(workspace, "市司法局.rar", b"Rar!\x1a\x07\x01\x00")
    send(workspace, f"{RIVER}/扫描件.pdf", b"%PDF-1.7\n%%EOF")
    send(workspace, "不知谁的.rar", b"Rar!\x1a\x07\x01\x00\x00")
    collect(workspace)
    late, outcome = remind(workspace, datetime(2026, 12, 22, 9))
    came = {each.line.unit: each.came for each in late}
    assert [len(came[unit]) for unit in (EDUCATION, JUSTICE, RIVER)] == [0, 1, 1]
    assert came[JUSTICE][0].startswith("12月10日收到的“市司法局.rar”：压缩包打不开")
    (letter,) = [path for path in outcome.written if JUSTICE in path.name]
    assert "曾收到贵单位发来的文件，但未能作为填报表登记：12月10日收到的“市司法局.rar”" in words_of(letter)


# ---- ten thousand files ------------------------------------------------------------------------------


MANY, MOST_MEGABYTES = 10_000, 300


@pytest.mark.slow
def test_an_inbox_of_ten_thousand_files_is_no_different_from_one_of_ten(workspace: Workspace) -> None:
    """Every file has its own bytes. Budgets are in files read and in memory, not in seconds."""
    returns = [well(workspace, unit) for unit in (EDUCATION, JUSTICE)]
    for number in range(MANY):
        data, comment = returns[number % 2], f"{number:06}".encode()
        data = data[:-2] + struct.pack("<H", len(comment)) + comment
        send(workspace, f"批次{number // 100}/{number}.xlsx", data)
    script = (
        "import json, re, sys; from datetime import datetime; from pathlib import Path\n"
        "from reporting.commands.collect import collect\n"
        "from reporting.returns.reading.bounds import BoundedReader\n"
        "from reporting.office.workspace import Workspace\n"
        "read, seen = BoundedReader.open_file, []\n"
        "BoundedReader.open_file = lambda *words: (seen.append(1), read(*words))[1]\n"
        "done = []\n"
        "root, now = Workspace(Path(sys.argv[1])), datetime(2026, 12, 10, 12)\n"
        "told = collect(root, (), now, lambda *each: done.append(each))\n"
        "verdicts = [str(each.verdict) for each in told.receipts]\n"
        "counts = {each: verdicts.count(each) for each in set(verdicts)}\n"
        # ru_maxrss would be that of the process which started this one, where it was the larger
        "status = Path('/proc/self/status').read_text()\n"
        "most = int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024\n"
        "print(json.dumps([counts, len(seen), done[-1], most]))\n"
    )

    def once() -> tuple[dict[str, int], int, list[int], int]:
        words = [sys.executable, "-c", script, str(workspace.root)]
        told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        counts, read, done, most = json.loads(told.stdout.splitlines()[-1])
        return counts, read, done, most

    counts, read, done, most = once()
    assert counts == {"accepted": 2, "superseded": MANY - 2}
    assert (read, done) == (MANY, [MANY, MANY])
    assert most < MOST_MEGABYTES
    counts, read, _, most = once()
    assert (counts, read) == ({"duplicate": MANY}, 0)  # what is known is not even opened
    assert most < MOST_MEGABYTES
