"""One file never stops a run: whatever lies in the inbox, it has one receipt and a sentence, and the others theirs."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders.carriers import attached_mail, attachment, mail, named_plainly, outlook_mail, rar, seven_zip
from builders.year import JUSTICE, collect, in_book, send, verdicts, well

from reporting.commands import collect as collecting
from reporting.commands.collect import Collected
from reporting.files.package import repack, split_package
from reporting.office.inbox import open_data
from reporting.office.workspace import Workspace

GOOD = "好.xlsx"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such things in its folders")


def beside_a_good_one(workspace: Workspace) -> Collected:
    """A run over the inbox with a good return in it, which must come in whatever else lies there."""
    send(workspace, GOOD, well(workspace, JUSTICE))
    collected = collect(workspace)
    assert verdicts(collected)[GOOD] == "accepted"
    return collected


def said(collected: Collected, file: str) -> list[str]:
    return [each.message for each in collected.outcome.findings if each.place.file == file]


def signed_with(data: bytes, signature: str) -> bytes:
    parts = split_package(data)
    name = next(name for name, part in parts.items() if re.search(rb"<t[^>]*>[0-9a-f]{64}<", part))
    parts[name] = re.sub(rb">[0-9a-f]{64}<", f">{signature}<".encode(), parts[name])
    return repack(parts)


STRAY = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
"""The last cell of a sheet, over which the fast reader aborts the whole process."""


def moved(data: bytes, place: Callable[[str], str], stray: bytes = STRAY) -> bytes:
    """The same workbook with the part of 任务填报 under another name, and a cell far away in it."""
    parts = split_package(data)
    name = "xl/worksheets/sheet2.xml"
    sheet = parts.pop(name).replace(b"</sheetData>", stray)
    target = place(name)
    for each, old in (("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml"), ("[Content_Types].xml", name)):
        assert old.encode() in parts[each]
        parts[each] = re.sub(rf"/?(?:xl/)?{old}".encode(), f"/{target}".encode(), parts[each])
    return repack(parts | {target: sheet})


def with_backslashes(data: bytes) -> bytes:
    """As some programs on Windows pack a workbook: every part under a path with backslashes."""
    return repack({name.replace("/", "\\"): part for name, part in split_package(data).items()})


@pytest.mark.parametrize("signature", ["签名", "é" * 64, "\U00020000", "0" * 63 + "\u200b"])
def test_a_signature_with_other_signs_is_one_that_is_not_ours(workspace: Workspace, signature: str) -> None:
    send(workspace, "改.xlsx", signed_with(well(workspace), signature))
    collected = beside_a_good_one(workspace)
    assert verdicts(collected)["改.xlsx"] == "accepted"
    assert any("签名不符" in each for each in said(collected, "改.xlsx"))


@pytest.mark.parametrize(
    "place",
    [lambda _: "sheets/one.xml", lambda _: "one", lambda _: "xl/media/image1.png", lambda _: "docProps/sheet.XML"],
    ids=["a folder of its own", "no folder and no ending", "as a picture", "among the properties"],
)
def test_a_sheet_under_any_name_is_looked_at_before_it_is_read(
    workspace: Workspace, place: Callable[[str], str]
) -> None:
    send(workspace, "改.xlsx", moved(well(workspace), place))
    collected = beside_a_good_one(workspace)
    assert verdicts(collected)["改.xlsx"] in ("accepted", "returned")
    assert any("XFD1048576" in each for each in said(collected, "改.xlsx"))


def test_a_workbook_packed_with_backslashes_is_read(workspace: Workspace) -> None:
    send(workspace, "改.xlsx", with_backslashes(well(workspace)))
    assert verdicts(beside_a_good_one(workspace))["改.xlsx"] == "accepted"


@POSIX
def test_a_sparse_file_of_ten_gigabytes_costs_no_reading_and_no_disk(workspace: Workspace) -> None:
    path = send(workspace, "大.xlsx", well(workspace))
    os.truncate(path, 10 * 1024**3)
    collected = beside_a_good_one(workspace)
    assert verdicts(collected)["大.xlsx"] == "unreadable"
    assert said(collected, "大.xlsx") == ["文件过大（超过 1 GB），没有读取，也没有存档。"]
    assert sum(each.stat().st_size for each in workspace.archive.rglob("*") if each.is_file()) < 1024**2
    assert verdicts(collect(workspace)) == {"大.xlsx": "unreadable", GOOD: "duplicate"}


@POSIX
def test_what_is_no_file_is_named_and_not_opened(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "外.xlsx"
    outside.write_bytes(well(workspace))
    (tmp_path / "外").mkdir()
    (tmp_path / "外" / "里.xlsx").write_bytes(well(workspace))
    inbox = workspace.inbox
    (inbox / "链接.xlsx").symlink_to(outside)
    (inbox / "文件夹链接").symlink_to(tmp_path / "外")
    (inbox / "断开.xlsx").symlink_to(tmp_path / "没有.xlsx")
    os.mkfifo(inbox / "管道.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        place = os.open(inbox, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{place}/套接字")
        os.close(place)
        collected = beside_a_good_one(workspace)
    link = "这是快捷方式（链接），没有打开。"
    assert {each.file: said(collected, each.file) for each in collected.receipts if each.file != GOOD} == {
        "套接字": ["这是套接字，没有打开。"],
        "文件夹链接": [link],
        "断开.xlsx": [link],
        "管道.xlsx": ["这是管道，没有打开。"],
        "链接.xlsx": [link],
    }
    assert set(verdicts(collected).values()) == {"accepted", "ignored"}
    assert ("链接.xlsx", "ignored", "", 0) in in_book(workspace)
    assert set(verdicts(collect(workspace)).values()) == {"duplicate"}


@POSIX
def test_a_path_to_a_pipe_is_not_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert verdicts(collect(workspace, tmp_path / "管道")) == {"管道": "ignored"}


@pytest.mark.parametrize("folder", [True, False], ids=["as a folder", "in a zip"])
def test_a_document_of_apple_that_is_a_folder_is_one_file(workspace: Workspace, folder: bool) -> None:
    members = {"Index/Document.iwa": b"x", "Index/Tables/Tile.iwa": b"y", "Metadata/Properties.plist": b"z"}
    if folder:
        for name, data in members.items():
            send(workspace, f"市教育局.numbers/{name}", data)
    else:
        send(workspace, "市教育局.zip", repack({f"市教育局.numbers/{name}": data for name, data in members.items()}))
    collected = beside_a_good_one(workspace)
    (name,) = set(verdicts(collected)) - {GOOD}
    assert name == ("市教育局.numbers" if folder else "市教育局.zip!市教育局.numbers")
    assert said(collected, name) == ["这个文件不是填报表（苹果 Numbers 或 Pages 文件），无法读取。"]


CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "报送.eml": lambda data: mail(attachment(named_plainly("填报表.xlsx"), data)),
    "存档.txt": lambda data: mail(attachment(named_plainly("填报表.xlsx"), data)),
    "转发.eml": lambda data: mail(attached_mail(mail(attachment(named_plainly("填报表.xlsx"), data)))),
    "打包.eml": lambda data: mail(attachment(named_plainly("材料.zip"), repack({"填报表.xlsx": data}))),
    "邮件.msg": lambda data: outlook_mail({"填报表.xlsx": data}),
    "材料.rar": lambda data: rar({"填报表.xlsx": data}),
    "材料.7z": lambda data: seven_zip({"填报表.xlsx": data}),
    "材料.tgz": lambda data: seven_zip({"填报表.xlsx": data}, "pax", "gzip"),
    "邮件.zip": lambda data: repack({"报送.eml": mail(attachment(named_plainly("填报表.xlsx"), data))}),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_a_return_in_whatever_carries_it_is_taken_in(workspace: Workspace, name: str) -> None:
    send(workspace, name, CARRIERS[name](well(workspace)))
    collected = beside_a_good_one(workspace)
    ((file, verdict),) = ((each, verdict) for each, verdict in verdicts(collected).items() if each != GOOD)
    assert verdict == "accepted"
    assert file.startswith(f"{name}!")
    assert file.endswith("填报表.xlsx")
    assert set(verdicts(collect(workspace)).values()) == {"duplicate"}


TOLD = {
    "空.eml": (mail(), "这是一封邮件，里面没有附件。"),
    "断.7z": (seven_zip({"a.xlsx": b"x" * 999})[:90], "压缩包打不开：文件不完整、已损坏，或者压缩方法不认识。"),
    "空.xlsx": (b"", "这个文件不是填报表（空文件），无法读取。"),
    "表.url": (
        b"[InternetShortcut]\r\nURL=https://example.cn/\r\n",
        "这个文件不是填报表（快捷方式或网址，不是文件本身），无法读取。",
    ),
    "表.lnk": (b"L\0\0\0\x01\x14\x02\0" + bytes(60), "这个文件不是填报表（快捷方式或网址，不是文件本身），无法读取。"),
    ".表.xlsx.icloud": (
        b"bplist00\xd3\x01\x02\x03XNSURLNameKey",
        "这个文件不是填报表（网盘（iCloud）的占位文件，内容还没有下载到本机），无法读取。",
    ),
    "表.xlsb": (
        repack(
            {"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin": b""}
        ),
        "这个文件不是填报表（Excel 二进制工作簿 .xlsb），无法读取。",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_read_has_one_receipt_and_its_true_reason(workspace: Workspace, name: str) -> None:
    data, sentence = TOLD[name]
    send(workspace, name, data)
    collected = beside_a_good_one(workspace)
    assert verdicts(collected) == {name: "unreadable", GOOD: "accepted"}
    assert said(collected, name) == [sentence]


def test_without_the_component_an_archive_is_one_file_and_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    (incoming,) = open_data("材料.rar", rar({"a.xlsx": b"x"}), 0)
    assert incoming.refused is not None
    assert incoming.refused.message == "这是 RAR、7z 一类的压缩包，本机没有安装打开它的组件。"
    assert '".[archives]"' in incoming.refused.remedy


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize("damage", [_cut, lambda path: path.write_bytes(b"PK\x03\x04" * 99)])
def test_a_damaged_plan_beside_it_stops_no_return(workspace: Workspace, damage: Callable[[Path], object]) -> None:
    damage(workspace.plan_file)
    collected = beside_a_good_one(workspace)
    (note,) = collected.outcome.notes
    assert note.startswith("plan.xlsx ")


@pytest.mark.parametrize("step", ["tell_owners", "settle_versions", "check", "give_verdicts", "compare_returns"])
def test_a_step_that_fails_over_one_file_gives_it_a_sentence_and_the_others_their_results(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    send(workspace, "先.xlsx", well(workspace))
    collect(workspace)
    send(workspace, "乙.xlsx", well(workspace, header={"填报人": "林晚"}))
    send(workspace, "甲.xlsx", well(workspace, "临江区人民政府"))
    work = getattr(collecting, step)

    def failing(*given: Any) -> Any:
        arrivals = [] if step == "compare_returns" else given[1 if step in ("check", "give_verdicts") else 0]
        if step == "compare_returns" or any(each.incoming.name == "乙.xlsx" and each.sent for each in arrivals):
            raise MemoryError
        return work(*given)

    monkeypatch.setattr(collecting, step, failing)
    collected = beside_a_good_one(workspace)
    expected = {"先.xlsx": "duplicate", "乙.xlsx": "unreadable", "甲.xlsx": "accepted", GOOD: "accepted"}
    assert verdicts(collected) == expected
    assert said(collected, "乙.xlsx") == ["这个文件没有读完：程序处理它时出错（MemoryError）。"]
    assert ("乙.xlsx", "unreadable", "", 0) in in_book(workspace)


def test_a_step_that_fails_without_any_file_is_an_error_of_the_program(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(workspace, "坏.xlsx", b"x")

    def failing(*_: object) -> object:
        raise LookupError

    monkeypatch.setattr(collecting, "tell_owners", failing)
    with pytest.raises(LookupError):
        collect(workspace)
    assert in_book(workspace) == []
