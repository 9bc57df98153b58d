"""Which of the known names was probably meant."""

from __future__ import annotations

import pytest

from reporting.language.likeness import meant, meant_file, nearest

UNITS = (
    *("市市场监管局", "市科技局", "市财政局", "市司法局", "市公安局", "市教育局", "市委编办"),
    *("东岭区人民政府", "西河区人民政府", "北塘县人民政府", "市发展和改革委员会", "市人力资源社会保障局"),
)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("东岭区", "东岭区人民政府"),
        ("西河区政府", "西河区人民政府"),
        ("北塘区人民政府", "北塘县人民政府"),
        ("财政厅", "市财政局"),
        ("公安", "市公安局"),
        ("市公按局", "市公安局"),
        ("发改委", "市发展和改革委员会"),
        ("人社局", "市人力资源社会保障局"),
        ("市　科技 局", "市科技局"),
    ],
)
def test_a_unit_is_known_by_what_is_its_own(typed: str, known: str) -> None:
    assert nearest(typed, UNITS) == [known]


@pytest.mark.parametrize("typed", ["市税务局", "天津市", "市局", "abc", ""])
def test_what_many_names_have_tells_nothing(typed: str) -> None:
    assert nearest(typed, UNITS) == []


def test_names_that_are_equally_near_are_all_named() -> None:
    assert meant("一（一）4", ("一（一）1", "一（一）2", "二（三）7")) == ("您要的可能是“一（一）1”或“一（一）2”")
    assert meant("任务", ()) == ""


def test_a_file_is_known_by_its_name_and_not_by_its_kind() -> None:
    files = ("坏.docx", "空.docx", "方案.docx", "方案.pdf", "plan.xlsx")
    assert meant_file("没有.docx", files) == ""
    assert meant_file("plan.xls", files) == "您要的可能是“plan.xlsx”"
    assert meant_file("方案.doc", files) == "您要的可能是“方案.docx”或“方案.pdf”"
