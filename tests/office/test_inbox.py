"""What came in: told by content, unpacked within bounds, kept by hash; nothing lost and nothing harmed."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from builders.year import RECEIVED_ON, fill, issued_file, send

from reporting.commands.collect import collect
from reporting.files.file_type import MAX_PARTS, MAX_UNPACKED, FileType
from reporting.office import inbox as intake
from reporting.office.inbox import (
    Incoming,
    archive_name,
    is_noise,
    keep_original,
    open_data,
    open_original,
    original_path,
    take_file,
)
from reporting.office.workspace import Workspace
from reporting.shell.demo import zip_with_gbk_name

TEXT = "不是表格".encode()


def packed(members: Mapping[str, bytes], when: tuple[int, ...] = (2026, 12, 9, 10, 0, 0)) -> bytes:
    """A zip file with these members, all changed at one time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            year, month, day, hour, minute, second = when
            info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def opened(name: str, data: bytes) -> list[Incoming]:
    return list(open_data(name, data, 0))


def why(incoming: Incoming) -> str:
    assert incoming.refused is not None
    return incoming.refused.message


def kept(archive: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in archive.rglob("*") if path.is_file()}


# ---- telling files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        ("市教育局.xlsx", False),
        ("~市教育局.xlsx", False),
        ("$a.xlsx", False),
        ("资料/thumbs.db.xlsx", False),
        ("~$市教育局.xlsx", True),
        ("资料/~$市教育局.xlsx", True),
        ("资料\\~$市教育局.xlsx", True),
        (".~lock.市教育局.xlsx#", True),
        ("__MACOSX/市教育局/._a.xlsx", True),
        ("Thumbs.db", True),
        ("资料/.DS_Store", True),
    ],
    ids=str,
)
def test_only_leftovers_of_programs_are_noise(name: str, noise: bool) -> None:
    assert is_noise(name) is noise


def test_a_file_that_could_be_a_return_is_not_refused(workspace: Workspace) -> None:
    data = issued_file(workspace, "市教育局").read_bytes()
    (incoming,) = opened("a.xlsx", data)
    assert (incoming.refused, incoming.kind, incoming.data) == (None, FileType.XLSX, data)
    assert incoming.sha256 == hashlib.sha256(data).hexdigest()


def test_the_name_tells_nothing_and_the_bytes_tell_all(workspace: Workspace) -> None:
    data = issued_file(workspace, "市教育局").read_bytes()
    assert opened("市教育局.doc", data)[0].kind is FileType.XLSX
    assert opened("市教育局.zip", data)[0].kind is FileType.XLSX
    assert opened("市教育局.xlsx", b"%PDF-1.7")[0].kind is FileType.PDF


def test_a_file_over_the_limit_is_kept_whole_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_FILE", 1024)
    for size, name in ((1025, "big.xlsx"), (4097, "huge.xlsx")):
        data = bytes(range(256)) * (size // 256) + bytes(size % 256)
        (tmp_path / name).write_bytes(data)
        taken = take_file(tmp_path / "archive", name, tmp_path / name)
        assert taken.sha256 == hashlib.sha256(data).hexdigest()
        (incoming,) = open_original(name, taken.sha256, original_path(tmp_path / "archive", taken.sha256))
        assert "文件过大" in why(incoming)
        assert incoming.sha256 == taken.sha256
        assert kept(tmp_path / "archive")[incoming.sha256] == data


# ---- archives ----------------------------------------------------------------------------------------


def test_files_in_an_archive_are_named_after_it() -> None:
    data = packed({"一/a.txt": TEXT, "二/b.txt": TEXT + b"2"})
    assert [each.name for each in opened("材料.zip", data)] == ["材料.zip!一/a.txt", "材料.zip!二/b.txt"]


def test_a_name_in_gbk_is_read_as_chinese() -> None:
    (incoming,) = opened("材料.zip", zip_with_gbk_name("市教育局/填报表.xlsx", TEXT))
    assert incoming.name == "材料.zip!市教育局/填报表.xlsx"


def test_a_name_in_utf8_without_its_flag_is_read_as_chinese() -> None:
    info = zipfile.ZipInfo("市教育局.xlsx".encode().decode("cp437"))
    info.flag_bits = 0
    assert archive_name(info) == "市教育局.xlsx"


def test_an_archive_in_an_archive_is_opened() -> None:
    inner = packed({"a.txt": TEXT})
    assert [each.name for each in opened("外.zip", packed({"内.zip": inner}))] == ["外.zip!内.zip!a.txt"]


def test_a_third_archive_inside_is_refused_and_the_rest_is_read() -> None:
    third = packed({"c.txt": TEXT})
    data = packed({"二.zip": packed({"三.zip": third, "b.txt": TEXT})})
    deep, beside = opened("一.zip", data)
    assert (deep.name, why(deep)) == ("一.zip!二.zip!三.zip", "压缩包打不开：压缩包套了多层压缩包。")
    assert beside.name == "一.zip!二.zip!b.txt"


def _declaring(data: bytes, size: int) -> bytes:
    """The same archive whose directory promises another unpacked size for every member."""
    changed = bytearray(data)
    position = changed.find(b"PK\x01\x02")
    while position >= 0:
        struct.pack_into("<I", changed, position + 24, size)
        position = changed.find(b"PK\x01\x02", position + 4)
    return bytes(changed)


def test_an_archive_that_declares_too_much_is_refused_unopened() -> None:
    data = _declaring(packed({"a.txt": TEXT}), MAX_UNPACKED + 1)
    (incoming,) = opened("弹.zip", data)
    assert (incoming.name, why(incoming)) == ("弹.zip", "压缩包打不开：解开后过大。")


def test_an_archive_that_declares_less_than_it_holds_is_read_no_further() -> None:
    data = _declaring(packed({"a.txt": b"0" * 100_000}), 10)
    (incoming,) = opened("弹.zip", data)
    assert incoming.refused is not None
    assert len(incoming.data) < 1000


def test_many_archives_that_are_each_small_enough_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = intake._Budget
    monkeypatch.setattr(intake, "_Budget", lambda: budget(size=25_000))
    inner = packed({"a.txt": b"0" * 10_000})
    found = opened("弹.zip", packed({f"{number}.zip": inner for number in range(5)}))
    refused = [each.name for each in found if "解开后过大" in why(each)]
    assert refused == ["弹.zip!2.zip", "弹.zip!3.zip", "弹.zip!4.zip"]


def test_an_archive_of_too_many_files_is_refused() -> None:
    data = packed({f"{number}.txt": b"" for number in range(MAX_PARTS + 1)})
    (incoming,) = opened("多.zip", data)
    assert f"里面的文件超过 {MAX_PARTS} 个" in why(incoming)


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({}, id="no members"),
        pytest.param({"空文件夹/": b""}, id="only a folder"),
        pytest.param({"__MACOSX/._a": b"x", "~$a.xlsx": b"x"}, id="only leftovers"),
    ],
)
def test_an_archive_without_files_is_said(members: dict[str, bytes]) -> None:
    (incoming,) = opened("空.zip", packed(members))
    assert incoming.refused is not None
    assert incoming.refused.is_error


def _damage(data: bytes, member: str) -> bytes:
    """The same archive with one member's packed bytes spoilt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(member)
    start = info.header_offset + 30 + len(member.encode())
    return data[:start] + bytes(255 - each for each in data[start : start + 4]) + data[start + 4 :]


def test_a_damaged_member_does_not_take_the_others_with_it() -> None:
    data = _damage(packed({"a.txt": TEXT, "b.txt": TEXT * 2, "c.txt": TEXT * 3}), "b.txt")
    found = opened("材料.zip", data)
    assert [each.name for each in found] == ["材料.zip!a.txt", "材料.zip!b.txt", "材料.zip!c.txt"]
    assert why(found[1]) == "压缩包打不开：“b.txt”已损坏或加了密码。"


def test_two_damaged_members_are_two_unreadable_files(workspace: Workspace) -> None:
    data = packed({"a.txt": TEXT, "b.txt": TEXT * 2})
    send(workspace, "材料.zip", _damage(_damage(data, "a.txt"), "b.txt"))
    collected = collect(workspace, [], RECEIVED_ON)
    assert [str(each.verdict) for each in collected.receipts] == ["unreadable", "unreadable"]
    assert len(collected.outcome.findings) == 2


def test_an_archive_with_a_password_is_said() -> None:
    data = bytearray(packed({"a.txt": TEXT}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (incoming,) = opened("密.zip", bytes(data))
    assert "加了密码" in why(incoming)


def test_no_name_in_an_archive_leads_out_of_the_archive_folder(workspace: Workspace) -> None:
    members = {"../../逃.xlsx": TEXT, "/绝对.xlsx": TEXT + b"1", "C:\\盘.xlsx": TEXT + b"2"}
    send(workspace, "恶.zip", packed(members))
    around = workspace.root.parent
    before = {path for path in around.rglob("*") if workspace.archive not in path.parents}
    collected = collect(workspace, [], RECEIVED_ON)
    assert len(collected.receipts) == 3
    new = {path for path in around.rglob("*") if workspace.archive not in path.parents} - before
    assert all(path.name.startswith(("ledger.db", "收件情况.xlsx")) for path in new)
    assert set(kept(workspace.archive).values()) == {*members.values(), (workspace.inbox / "恶.zip").read_bytes()}


# ---- keeping originals -------------------------------------------------------------------------------


def test_every_original_is_kept_under_its_hash_archives_too(workspace: Workspace) -> None:
    form = fill(issued_file(workspace, "市教育局"))
    inner = packed({"市司法局.xlsx": fill(issued_file(workspace, "市司法局"))})
    outer = packed({"内.zip": inner, "空.txt": b"x"})
    for name, data in {"a.xlsx": form, "b.zip": outer, "c.png": b"\x89PNG\r\n", "d.rar": b"Rar!\x1a\x07"}.items():
        send(workspace, name, data)
    collected = collect(workspace, [], RECEIVED_ON)
    archive = kept(workspace.archive)
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in archive.items())
    assert {form, outer, b"\x89PNG\r\n", b"Rar!\x1a\x07"} <= set(archive.values())
    assert {each.sha256 for each in collected.receipts} <= set(archive)


def test_an_original_cut_short_by_a_crash_is_kept_anew(tmp_path: Path) -> None:
    sha256 = keep_original(tmp_path, TEXT)
    path = tmp_path / sha256[:2] / sha256
    path.write_bytes(TEXT[:3])
    keep_original(tmp_path, TEXT)
    assert path.read_bytes() == TEXT


# ---- archives through collect ------------------------------------------------------------------------


def test_returns_in_a_zip_with_gbk_names_are_accepted(workspace: Workspace) -> None:
    send(workspace, "材料.zip", zip_with_gbk_name("市教育局/填报表.xlsx", fill(issued_file(workspace, "市教育局"))))
    (receipt,) = collect(workspace, [], RECEIVED_ON).receipts
    assert (receipt.file, receipt.unit, str(receipt.verdict)) == (
        "材料.zip!市教育局/填报表.xlsx",
        "市教育局",
        "accepted",
    )


def test_a_return_loose_and_in_a_zip_counts_once(workspace: Workspace) -> None:
    data = fill(issued_file(workspace, "市教育局"))
    send(workspace, "a.xlsx", data)
    send(workspace, "b.zip", packed({"a.xlsx": data}))
    receipts = collect(workspace, [], RECEIVED_ON).receipts
    assert [(each.file, str(each.verdict)) for each in receipts] == [
        ("a.xlsx", "accepted"),
        ("b.zip!a.xlsx", "duplicate"),
    ]


def test_of_two_versions_in_one_zip_the_later_changed_counts(workspace: Workspace) -> None:
    old = fill(issued_file(workspace, "市教育局"), header={"填报人": "旧"})
    new = fill(issued_file(workspace, "市教育局"), header={"填报人": "新"})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a新.xlsx", (2026, 12, 9, 16, 0, 0)), new)
        archive.writestr(zipfile.ZipInfo("b旧.xlsx", (2026, 12, 9, 9, 0, 0)), old)
    send(workspace, "材料.zip", buffer.getvalue())
    receipts = collect(workspace, [], datetime(2026, 12, 10, 12)).receipts
    assert [(each.file, str(each.verdict)) for each in receipts] == [
        ("材料.zip!a新.xlsx", "accepted"),
        ("材料.zip!b旧.xlsx", "superseded"),
    ]
