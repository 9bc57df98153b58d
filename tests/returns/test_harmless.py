"""What departments do to a workbook without meaning harm: it is accepted, with the same values."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.formats import as_csv, as_ods, as_word, as_xls, sheets_of, zipped
from builders.libreoffice import HAS_LIBREOFFICE, needs_libreoffice
from builders.year import RECEIVED_ON, copy_workspace, fill, issue_one, issued_file, read_and_check, send, small_plan

from reporting.commands.collect import collect
from reporting.office.form import Form
from reporting.office.workspace import Workspace

Damage = Callable[[Any, random.Random], None]
Save = Callable[[Any], bytes]

ROWS = {
    "1": {"完成进度(%)": 100, "备注": "－＋＝@ 都是文字；１２％"},
    "2": {"完成状态": "滞后", "完成进度(%)": 40, "存在问题及原因": "经费没有到位。", "下一步计划": "明年3月底前完成。"},
}


@pytest.fixture(scope="module")
def filled(form: Form) -> bytes:
    return fill(BytesIO(issue_one(small_plan(), form)), ROWS, {"1-1": 8, "1-2": 9.5})


def values(data: bytes, form: Form) -> dict[tuple[str, str], object]:
    """What a return says, by task or target and column; nothing in it is wrong."""
    sent, findings = read_and_check(data, form)
    assert [(each.kind.code, each.place.cell) for each in findings if each.is_error] == []
    return {
        (row.number, key): cell.value
        for row in (*sent.rows, *sent.target_rows)
        for key, cell in row.cells.items()
        if cell.value is not None
    }


def _rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_row=8, max_col=15)]


def sort_rows(book: Any, _: random.Random) -> None:
    sheet = book["任务填报"]
    for row, cells in enumerate(reversed(_rows_of(sheet)), 7):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value


def insert_rows(book: Any, chance: random.Random) -> None:
    book["任务填报"].insert_rows(chance.randrange(6, 10), chance.randrange(1, 5))


def insert_rows_above(book: Any, chance: random.Random) -> None:
    book["任务填报"].insert_rows(1, chance.randrange(1, 9))


def insert_column(book: Any, chance: random.Random) -> None:
    book["任务填报"].insert_cols(chance.randrange(1, 15))


def move_column(book: Any, chance: random.Random) -> None:
    sheet = book["任务填报"]
    column = chance.randrange(8, 16)
    for row in range(6, 9):
        sheet.cell(row, 18).value = sheet.cell(row, column).value
    sheet.delete_cols(column)


def hide_rows(book: Any, _: random.Random) -> None:
    book["任务填报"].row_dimensions[8].hidden = True


def hide_columns(book: Any, _: random.Random) -> None:
    book["任务填报"].column_dimensions["J"].hidden = True


def filter_rows(book: Any, _: random.Random) -> None:
    book["任务填报"].auto_filter.ref = "A6:P8"
    book["任务填报"].auto_filter.add_filter_column(7, ["已完成"])


def rename_sheets(book: Any, _: random.Random) -> None:
    book["任务填报"].title = "Sheet1"
    book["量化指标"].title = "指标 (2)"


def delete_other_sheets(book: Any, _: random.Random) -> None:
    for name in ("填报说明", "字典"):
        del book[name]


def add_sheets(book: Any, _: random.Random) -> None:
    book.create_sheet("草稿", 0)["A1"] = "任务编号"


def freeze_and_colour(book: Any, _: random.Random) -> None:
    sheet = book["任务填报"]
    sheet.freeze_panes = "C8"
    sheet["J7"].font = openpyxl.styles.Font(color="FF0000")
    sheet.protection.sheet = False


DAMAGES: list[Damage] = [
    *(sort_rows, insert_rows, insert_rows_above, insert_column, move_column, hide_rows, hide_columns),
    *(filter_rows, rename_sheets, delete_other_sheets, add_sheets, freeze_and_colour),
]


def damaged(data: bytes, damages: list[Damage], seed: int = 1) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    for damage in damages:
        damage(book, random.Random(seed))
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_damage_changes_nothing(damage: Damage, filled: bytes, form: Form) -> None:
    assert values(damaged(filled, [damage]), form) == values(filled, form)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_damages_together_change_nothing(seed: int, filled: bytes, form: Form) -> None:
    chance = random.Random(seed)
    first = chance.choice([sort_rows, hide_rows, filter_rows, freeze_and_colour])
    then = [insert_rows_above, insert_column, hide_columns, add_sheets, delete_other_sheets]
    chance.shuffle(then)
    assert values(damaged(filled, [first, *then, rename_sheets], seed), form) == values(filled, form)


def test_copied_into_a_fresh_workbook_it_says_the_same(filled: bytes, form: Form) -> None:
    book = openpyxl.Workbook()
    for name, rows in sheets_of(filled).items():
        if name in ("任务填报", "量化指标"):
            sheet = book.create_sheet(name[:2])
            for row in rows:
                sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    assert values(saved.getvalue(), form) == values(filled, form)


@pytest.mark.parametrize("save", [as_xls, as_ods], ids=["Excel 97", "OpenDocument"])
def test_saved_in_another_format_it_says_the_same(save: Save, filled: bytes, form: Form) -> None:
    assert values(save(sheets_of(filled)), form) == values(filled, form)


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_saved_by_libreoffice_it_says_the_same(kind: str, filled: bytes, form: Form, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(filled)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [str(HAS_LIBREOFFICE), home, "--headless", "--convert-to", kind]
    command += ["--outdir", str(tmp_path / "out"), str(tmp_path / "a.xlsx")]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    assert values((tmp_path / "out" / f"a.{kind}").read_bytes(), form) == values(filled, form)


# ---- order and number ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def inbox(issued_once: Path) -> dict[str, bytes]:
    """Files of all kinds that came in."""
    source = Workspace(issued_once)
    education = fill(issued_file(source, "市教育局"))
    justice = fill(issued_file(source, "市司法局"))
    river = fill(issued_file(source, "临江区人民政府"), {"3": {"完成状态": "差不多"}})
    return {
        "a.xlsx": education,
        "b.zip": zipped({"司法/填报表.xlsx": justice, "司法/照片.png": b"\x89PNG\r\n\x1a\n" + bytes(20)}),
        "c.docx": as_word(sheets_of(river)["任务填报"], "table"),
        "d.csv": as_csv([["无关", "的", "表", "格"]]).encode("gb18030"),
        "e.rar": b"Rar!\x1a\x07\x00",
    }


def collected(root: Path, target: Path, files: list[tuple[str, bytes]]) -> set[tuple[str, str, str]]:
    workspace = copy_workspace(root, target)
    for name, data in files:
        send(workspace, name, data)
    receipts = collect(workspace, [], RECEIVED_ON).receipts
    shutil.rmtree(target)
    return {(each.sha256, each.unit, str(each.verdict)) for each in receipts}


def test_order_and_names_of_files_do_not_matter(inbox: dict[str, bytes], issued_once: Path, tmp_path: Path) -> None:
    straight = collected(issued_once, tmp_path / "一", list(inbox.items()))
    assert {verdict for _, _, verdict in straight} == {"accepted", "returned", "ignored", "unreadable"}
    names = [f"{number}{name[1:]}" for number, name in enumerate(inbox)]
    backwards = list(zip(names, reversed(inbox.values()), strict=True))
    assert collected(issued_once, tmp_path / "二", backwards) == straight


def test_a_file_sent_three_times_counts_once(inbox: dict[str, bytes], issued_once: Path, tmp_path: Path) -> None:
    files = [(f"{number}.xlsx", inbox["a.xlsx"]) for number in range(3)]
    found = collected(issued_once, tmp_path / "一", files)
    assert sorted((unit, verdict) for _, unit, verdict in found) == [
        ("市教育局", "accepted"),
        ("市教育局", "duplicate"),
    ]
