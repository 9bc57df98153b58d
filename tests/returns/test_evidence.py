"""What comes beside a return goes with it: whose a scan, a photograph or a Word text is."""

from __future__ import annotations

import pytest
from builders.formats import zipped
from builders.year import RECEIVED_ON, fill, issued_file, send

from reporting.commands.collect import collect
from reporting.commands.status import status
from reporting.model import Alias, Unit
from reporting.office.workspace import Workspace
from reporting.returns.owner import find_owner, short_names

UNITS = ("市教育局", "市司法局", "区教育局", "云山区教育局")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("name", "returned", "owner"),
    [
        pytest.param("现场.png", [("a.xlsx", "市教育局")], "", id="loose beside a loose return"),
        pytest.param("市教育局现场.png", [], "市教育局", id="its name says the unit"),
        pytest.param("云山区教育局.pdf", [], "云山区教育局", id="a name inside a name"),
        pytest.param("市教育局和市司法局会议.pdf", [], "", id="two names"),
        pytest.param("一/现场.png", [("一/a.xlsx", "市教育局")], "市教育局", id="in the same folder"),
        pytest.param("一/佐证/现场.png", [("一/a.xlsx", "市教育局")], "市教育局", id="in a folder below"),
        pytest.param("一/a.png", [("一/b.xlsx", "市教育局"), ("一/c.xlsx", "市司法局")], "", id="of two units"),
        pytest.param("a.zip!佐证.pdf", [("a.zip!b.xlsx", "市教育局")], "市教育局", id="in the same archive"),
        pytest.param("a.zip!佐证.pdf", [("b.zip!b.xlsx", "市教育局")], "", id="in another archive"),
        pytest.param("一/司法局/a.pdf", [("一/b.xlsx", "市教育局")], "市教育局", id="half a name"),
    ],
)
def test_whose_proof_it_is(name: str, returned: list[tuple[str, str]], owner: str) -> None:
    assert find_owner(name, returned, UNITS) == owner


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("临江区2026年工作总结.docx", "临江区人民政府"),
        ("临江区政府总结.docx", "临江区人民政府"),
        ("报送/教育局总结.docx", "市教育局"),
        ("市教委总结.docx", "市教育局"),
        ("临江区教育局总结.docx", "临江区人民政府"),
        ("教育局、司法局总结.docx", ""),
        ("规划局总结.docx", ""),
        ("江总结.docx", ""),
    ],
)
def test_what_bears_a_short_name_is_of_the_unit_it_is_short_for(name: str, owner: str) -> None:
    units = ("市教育局", "市司法局", "临江区人民政府", "市规划局", "县规划局")
    known = (Unit("市教育局", aliases=(Alias("市教委"),)), *(Unit(each) for each in units[1:]))
    assert find_owner(name, [], units, short_names(units, known)) == owner


def test_a_word_file_by_the_short_name_of_a_silent_unit_waits_for_the_coordinator(workspace: Workspace) -> None:
    send(workspace, "临江区2026年工作总结.pdf", b"%PDF-1.7\n" + bytes(20))
    (receipt,) = collect(workspace, [], RECEIVED_ON).receipts
    assert (receipt.unit, str(receipt.verdict)) == ("临江区人民政府", "ignored")
    assert [each.file for each in status(workspace, RECEIVED_ON).unsettled] == ["临江区2026年工作总结.pdf"]


def test_what_lies_beside_a_return_is_booked_with_its_unit(workspace: Workspace) -> None:
    members = {"填报表.xlsx": fill(issued_file(workspace, "市教育局")), "佐证/照片.png": PICTURE}
    send(workspace, "材料.zip", zipped(members))
    send(workspace, "其他.png", PICTURE + b"2")
    collected = collect(workspace, [], RECEIVED_ON)
    assert {each.file: (each.unit, str(each.verdict)) for each in collected.receipts} == {
        "材料.zip!填报表.xlsx": ("市教育局", "accepted"),
        "材料.zip!佐证/照片.png": ("市教育局", "ignored"),
        "其他.png": ("", "ignored"),
    }
    again = collect(workspace, [], RECEIVED_ON)
    assert {str(each.verdict) for each in again.receipts} == {"duplicate"}


def test_proof_sent_later_goes_with_the_return_sent_before(workspace: Workspace) -> None:
    send(workspace, "教育/填报表.xlsx", fill(issued_file(workspace, "市教育局")))
    collect(workspace, [], RECEIVED_ON)
    send(workspace, "教育/扫描件.pdf", b"%PDF-1.7\n" + bytes(20))
    receipts = collect(workspace, [], RECEIVED_ON).receipts
    assert [(each.file, each.unit) for each in receipts if str(each.verdict) == "ignored"] == [
        ("教育/扫描件.pdf", "市教育局")
    ]


def test_proof_alone_does_not_count_as_a_return(workspace: Workspace) -> None:
    send(workspace, "市教育局.pdf", b"%PDF-1.7\n" + bytes(20))
    collect(workspace, [], RECEIVED_ON)
    units = {each.unit: str(each.state) for each in status(workspace, RECEIVED_ON).units}
    assert units["市教育局"] == "awaited"


@pytest.mark.parametrize(
    ("beside", "asked"),
    [
        pytest.param({}, True, id="nothing came"),
        pytest.param({"教育/附件1.png": PICTURE}, False, id="in the same folder"),
        pytest.param({"附件1.png": PICTURE}, False, id="loose, by the name they gave"),
        pytest.param({"扫描件.png": PICTURE}, True, id="loose and of any name"),
        pytest.param({"市司法局附件1.png": PICTURE}, True, id="another unit's"),
        pytest.param({"教育/~$填报表.xlsx": b"x"}, True, id="what a program left"),
    ],
)
def test_an_attachment_that_stands_in_for_an_account_must_come(
    beside: dict[str, bytes], asked: bool, workspace: Workspace
) -> None:
    rows = {"1": {"完成情况": "详见附件1。", "佐证材料": "附件1：机制建设总结"}}
    send(workspace, "教育/填报表.xlsx", fill(issued_file(workspace, "市教育局"), rows))
    for name, data in beside.items():
        send(workspace, name, data)
    found = collect(workspace, [], RECEIVED_ON).outcome.findings
    told = [(each.place.cell, each.message) for each in found if each.kind.code == "attachment_has_come"]
    assert told == ([("J7", "完成情况只写了“详见附件1。”，没有收到附件。")] if asked else [])
