"""One writing command at a time: the second waits, says who is at work, and inherits from the killed."""

from __future__ import annotations

import errno
import platform
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from builders.year import ISSUED_ON, ROOT

from reporting.commands.issue import issue
from reporting.files import lock
from reporting.files.lock import LOCK_FILE, hold
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace

HOLDER = """
import sys, time
from pathlib import Path
from reporting.files.lock import hold
with hold(Path(sys.argv[1]), "collect"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)


def another(folder: Path, program: str = HOLDER) -> subprocess.Popen[str]:
    """Another process that holds the folder."""
    words = [sys.executable, "-c", program, str(folder)]
    holder = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    with hold(tmp_path, "issue") as after_killed:
        assert (tmp_path / LOCK_FILE).exists()
        assert not after_killed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("impatient")
def test_the_second_says_who_is_at_work_and_takes_over_from_the_killed(tmp_path: Path) -> None:
    with another(tmp_path) as holder:
        with pytest.raises(DubanError) as error, hold(tmp_path, "issue"):
            pass
        sentence = str(error.value)
        assert f"（collect，电脑 {platform.node()}，用户 " in sentence
        assert f"进程 {holder.pid}，" in sentence
        assert "请等它结束后再运行" in sentence
        holder.kill()
        holder.wait()
        with hold(tmp_path, "issue") as after_killed:
            assert after_killed
    assert list(tmp_path.iterdir()) == []


def test_the_second_waits_a_moment(tmp_path: Path) -> None:
    started, order = threading.Event(), []

    def first() -> None:
        with hold(tmp_path, "issue"):
            started.set()
            threading.Event().wait(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    started.wait()
    with hold(tmp_path, "collect"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_what_a_killed_command_left_on_its_way_is_taken_away(workspace: Workspace) -> None:
    folders = (workspace.root, workspace.outbox("下发"), workspace.archive / "ab")
    for folder in folders:
        folder.mkdir(exist_ok=True)
        (folder / ".duban-0123456789ab.tmp").write_bytes(b"half")
    (workspace.root / LOCK_FILE).write_text("collect\nx\ny\n1", encoding="utf-8")
    issue(workspace, ISSUED_ON)
    assert [path for folder in folders for path in folder.glob(".duban-*")] == [workspace.root / ".duban-secret"]


# ---- a drive that knows no locks ---------------------------------------------------------------------

WITHOUT_LOCKS = """
import errno, fcntl
def refuse(*_):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = refuse
"""


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)


@pytest.mark.usefixtures("without_locks")
def test_without_locks_the_file_alone_tells(tmp_path: Path) -> None:
    with hold(tmp_path, "issue") as after_killed:
        assert not after_killed
        assert (tmp_path / LOCK_FILE).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_locks")
def test_without_locks_a_process_of_this_machine_is_waited_for_while_it_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.5)
    with another(tmp_path, WITHOUT_LOCKS + HOLDER) as holder:
        with pytest.raises(DubanError, match=f"进程 {holder.pid}，"), hold(tmp_path, "issue"):
            pass
        holder.kill()
        holder.wait()
        with hold(tmp_path, "issue") as after_killed:
            assert after_killed
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_locks")
def test_without_locks_a_process_of_another_machine_is_left_to_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.5)
    with another(tmp_path, WITHOUT_LOCKS + HOLDER) as holder:
        holder.kill()
        holder.wait()
    marker = tmp_path / LOCK_FILE
    host = marker.read_text(encoding="utf-8").split("\n")[1]
    theirs = marker.read_text(encoding="utf-8").replace(host, "theirs")
    marker.write_text(theirs, encoding="utf-8")
    with pytest.raises(DubanError, match="正被另一个命令使用"), hold(tmp_path, "issue"):
        pass
    assert marker.read_text(encoding="utf-8") == theirs


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"无法在 .* 中写入"), hold(tmp_path / "没有", "issue"):
        pass
