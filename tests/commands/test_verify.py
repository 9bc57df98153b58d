"""Archive, book and outbox agree, or what does not is named; and a book is only ever added to."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from builders.command import run
from builders.year import EDUCATION, JUSTICE, RECEIVED_ON, collect, send, well, wrong
from sqlalchemy import create_engine, text

from reporting.commands.extend import extend
from reporting.commands.verify import verify
from reporting.ledger import Ledger
from reporting.ledger.tables import TABLES, VERSION
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace

OLD_COLUMNS = {"receipts": ("container",), "findings": ("heading", "answer"), "letters": ("letter",)}
OLD_LACKS = ("waivers", "decisions", "parts")


@pytest.fixture
def collected(workspace: Workspace) -> Workspace:
    """One return sent back, one accepted out of an archive, one photo."""
    send(workspace, "a.xlsx", wrong(workspace))
    packed = workspace.inbox / "b.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.xlsx", well(workspace, JUSTICE))
    send(workspace, "现场.png", b"\x89PNG\r\n\x1a\n")
    collect(workspace)
    return workspace


def found(workspace: Workspace) -> list[tuple[str, str]]:
    """The code and the file of everything that does not agree."""
    outcome = verify(workspace).outcome
    return [(each.kind.code, Path(each.place.file).name) for each in outcome.findings]


def kept(workspace: Workspace) -> list[Path]:
    return sorted(path for path in workspace.archive.rglob("*") if path.is_file())


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_what_agrees_is_counted_and_said(collected: Workspace) -> None:
    verified = verify(collected)
    assert verified.outcome.findings == ()
    assert (verified.originals, verified.sent, verified.issues) == (4, 7, 1)
    assert run("verify", "-w", collected.root)[0] == 0


def test_a_lost_original_is_named_with_the_name_it_came_under(collected: Workspace) -> None:
    path = kept(collected)[0]
    path.unlink()
    assert found(collected) == [("original_is_kept", path.name)]


def test_one_changed_byte_of_an_original_is_found(collected: Workspace) -> None:
    path = kept(collected)[-1]
    spoil(path)
    assert found(collected) == [("original_is_unchanged", path.name)]


def test_a_file_in_the_archive_that_nobody_received_is_found(collected: Workspace) -> None:
    (collected.archive / "笔记.txt").write_text("x", encoding="utf-8")
    assert found(collected) == [("original_has_receipt", "笔记.txt")]


@pytest.mark.parametrize("folder", ["下发", "退回"])
def test_a_file_that_went_out_and_was_changed_or_lost_is_found(collected: Workspace, folder: str) -> None:
    first, last = (sorted(collected.outbox(folder).glob("*.*"))[each] for each in (0, -1))
    spoil(first)
    last.unlink()
    assert sorted(found(collected)) == [("sent_file_is_there", last.name), ("sent_file_is_unchanged", first.name)]


def test_a_plan_changed_in_the_book_is_found(collected: Workspace) -> None:
    with closing(sqlite3.connect(collected.root / "ledger.db")) as book:
        book.execute("drop trigger issues_no_update")
        book.execute("update issues set plan = replace(plan, '培训教师', '培训校长')")
        book.commit()
    assert [code for code, _ in found(collected)] == ["book_is_sound", "issued_plan_is_unchanged"]


def test_what_does_not_agree_is_told_and_written_for_machines(collected: Workspace, tmp_path: Path) -> None:
    spoil(kept(collected)[0])
    code, said, _ = run("verify", "-w", collected.root, "--json", tmp_path / "v.json")
    assert code == 1
    assert "原件与登记时不同" in said
    words = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    assert words["checked"] == {"originals": 4, "sent": 7, "issues": 1}
    (finding,) = words["findings"]
    assert finding["code"] == "original_is_unchanged"
    assert finding["found"] != finding["expected"] == kept(collected)[0].name


# ---- only added to -----------------------------------------------------------------------------------


def test_the_database_refuses_to_change_what_is_written(collected: Workspace) -> None:
    extend(collected, EDUCATION, date(2026, 12, 28), "x", RECEIVED_ON)
    with closing(sqlite3.connect(collected.root / "ledger.db")) as book:
        for name, table in TABLES.tables.items():
            if not book.execute(f"select count(*) from {name}").fetchone()[0]:
                columns = [each.name for each in table.columns if not each.nullable]
                marks = ", ".join("1" for _ in columns)
                book.execute(f"insert into {name} ({', '.join(columns)}) values ({marks})")
            for words in (f"delete from {name}", f"update {name} set id = id + 1"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    book.execute(words)


def _as_version_1(path: Path) -> None:
    """Make a book as the first version wrote it: without what came later."""
    with closing(sqlite3.connect(path)) as book:
        names = "select name from sqlite_master where type = 'trigger'"
        for (name,) in book.execute(names).fetchall():
            book.execute(f"drop trigger {name}")
        for table, columns in OLD_COLUMNS.items():
            for column in columns:
                book.execute(f"alter table {table} drop column {column}")
        for table in OLD_LACKS:
            book.execute(f"drop table {table}")
        book.execute("delete from letters where kind = '下发'")
        book.execute("pragma user_version = 0")
        book.commit()


def test_a_book_of_the_first_version_is_brought_up_with_all_that_stands_in_it(collected: Workspace) -> None:
    with closing(Ledger(collected.ledger_url)) as ledger:
        before = ledger.standings(2026, with_answers=True)
    _as_version_1(collected.root / "ledger.db")
    with closing(Ledger(collected.ledger_url)) as ledger:
        assert ledger.standings(2026, with_answers=True) == before
        assert ledger.decisions(2026) == []
        assert ledger.faults() == []
    assert verify(collected).outcome.findings == ()


def test_a_bringing_up_that_was_cut_short_goes_on(collected: Workspace) -> None:
    _as_version_1(collected.root / "ledger.db")
    with closing(sqlite3.connect(collected.root / "ledger.db")) as book:
        book.execute("alter table receipts add column container varchar(64)")
        book.commit()
    with closing(Ledger(collected.ledger_url)) as ledger:
        assert ledger.faults() == []


def test_a_book_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with create_engine(url).begin() as connection:
        connection.execute(text(f"pragma user_version = {VERSION + 1}"))
    with pytest.raises(DubanError, match="新版本的程序"):
        Ledger(url)
