"""No damage to a document of any format ends in anything but a plan, or a sentence that says what is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from builders.laws import examples
from builders.mutations import mutated
from builders.notations import FOLDERS, SAMPLES
from builders.ofd import ofd
from builders.printing import Sheet, letter, printed, table
from hypothesis import given
from hypothesis import strategies as st

from reporting.commands.plan_import import plan_import
from reporting.model.findings import DubanError

ROWS = [
    ["序号", "工作内容", "牵头单位", "配合单位", "完成时限"],
    ["1", "新增公交线路5条以上。", "市交通运输局", "市财政局、市公安局", "2026年6月底前"],
    ["2", "修建城市绿道20公里。", "市园林和林业局", "各区人民政府", "长期"],
]
TEXT = ["云河市2026年工作方案", "一、重点任务", "1.办好学校5所。（牵头单位：市教育局；完成时限：2026年9月底前）"]


def word() -> bytes:
    document = docx.Document()
    for text in TEXT:
        document.add_paragraph(text, style="List Number" if text[0] == "1" else None)
    grid = document.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document.save)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    return saved(book.save)


def saved(save: Callable[[io.BytesIO], None]) -> bytes:
    content = io.BytesIO()
    save(content)
    return content.getvalue()


def sheets() -> list[Sheet]:
    last = Sheet()
    table(last, 700, [30, 160, 100, 100, 80], [[[cell] for cell in row] for row in ROWS])
    return [*letter(TEXT), last]


def page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body>{''.join(f'<p>{text}</p>' for text in TEXT)}<table>{rows}</table></body></html>".encode()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "xlsx": workbook,
    "ofd": lambda: ofd(sheets()),
    "html": page,
    "csv": lambda: "\n".join(",".join(row) for row in ROWS).encode("gb18030"),
    "md": lambda: "\n".join([*TEXT, *("|" + "|".join(row) + "|" for row in ROWS)]).encode(),
    "txt": lambda: "\n".join(TEXT).encode("utf-16"),
}
made = cache(lambda kind: DOCUMENTS[kind]())


def take_in(folder: Path, name: str, content: bytes) -> None:
    """Import a document; nothing but a plan or a whole sentence may come of it."""
    document, output = folder / name, folder / "plan.xlsx"
    document.write_bytes(content)
    output.unlink(missing_ok=True)
    said = ""
    try:
        plan_import(document, output, folder / "plan.json")
    except DubanError as error:
        said = str(error)
    assert not said or said.endswith("。")


@pytest.mark.slow
@pytest.mark.parametrize("kind", DOCUMENTS)
@given(seed=st.integers(0, 2**32))
@examples(40)
def test_a_damaged_document_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    take_in(tmp_path_factory.mktemp("damaged"), f"方案.{kind}", mutated(made(kind), seed))


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@examples(100)
def test_a_damaged_pdf_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    pytest.importorskip("pypdfium2")
    take_in(tmp_path_factory.mktemp("damaged"), "方案.pdf", mutated(printed(sheets()), seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
@given(seed=st.integers(0, 2**32))
@examples(20)
def test_a_damaged_sample_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    source = next(path for path in (SAMPLES / name).iterdir() if path.stem == "document")
    take_in(tmp_path_factory.mktemp("damaged"), source.name, mutated(source.read_bytes(), seed))
