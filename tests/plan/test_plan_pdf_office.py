"""The samples, printed to PDF by an office program with head, foot and page number, read as the text does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from builders.libreoffice import needs_libreoffice
from builders.notations import FOLDERS, SAMPLES, show
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reporting.model import Plan
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan

DRAWN_BY_CHARACTERS = {
    "aligned_cells",
    "bars_without_edge",
    "cell_per_line",
    "drawn_table",
    "table_rows",
    "text_and_further_table",
    "wrapped_page",
}
"""Layouts that live from the width of characters in a text file; no office program prints them so."""


CELLS_ON_LINES = {"copied_cells"}
"""Rows of cells, which a narrow column would break."""


def new_document(head: str = "") -> Document:
    """An empty document with — 1 — below, as offices set them; a head on one page is no running head."""
    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = head
    foot = section.footer.paragraphs[0]
    foot.add_run("— ")
    run = foot.add_run()
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"  # the field that prints the number of the page
        run._r.append(element)
    foot.add_run(" —")
    return document


def write_text(document: Document, texts: list[str]) -> None:
    for text in texts:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.space_after = Pt(0)


def set_in_columns(document: Document, count: int, texts: list[str]) -> None:
    """The title across the page, the rest in so many columns of small print."""
    style: Any = document.styles["Normal"]
    style.font.size = Pt(10.5)
    document.add_paragraph(texts[0])
    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "425")
    document.sections[0]._sectPr.find(qn("w:cols")).set(qn("w:num"), "1")
    for text in texts[1:]:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(21)
        paragraph.paragraph_format.space_after = Pt(0)


def repeat_heading(row: Any) -> None:
    """The heading stands again on every page."""
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def write_table(document: Document, plan: Plan, *, bare: bool = False) -> None:
    """A table of the tasks; bare without any strokes, in small print, cells in the middle of their rows."""
    document.add_paragraph(plan.title)
    table = document.add_table(rows=1, cols=5)
    if bare:
        style: Any = document.styles["Normal"]
        style.font.size = Pt(10.5)
    else:
        table.style = "Table Grid"
    headings = ("序号", "工作内容", "牵头单位", "配合单位", "完成时限")
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.text = text
    repeat_heading(table.rows[0])
    for count in range(1, 4):  # three times, so that it goes over several pages
        for order, task in enumerate(plan.tasks):
            texts = (
                str(count * 100 + order),
                task.content,
                "、".join(task.lead),
                "、".join(task.support),
                task.deadline.text if task.deadline else "",
            )
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
                if bare:
                    cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def print_all(folder: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    documents = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run(
        [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *documents],
        check=True,
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of each sample, as text and as table."""
    folder = tmp_path_factory.mktemp("prints")
    for name in FOLDERS:
        source = next(path for path in (SAMPLES / name).iterdir() if path.stem == "document")
        lines = read_document(source)
        plan = read_plan(lines).plan
        plain = not any("\t" in line.text or line.emphasis for line in lines)
        if plain and name not in DRAWN_BY_CHARACTERS:
            document = new_document()
            texts = [line.text.strip() for line in lines if line.text.strip() and not line.aside]
            write_text(document, texts)
            document.save(str(folder / f"{name}-text.docx"))
            if name not in CELLS_ON_LINES:
                document = new_document()
                set_in_columns(document, 2, texts)
                document.save(str(folder / f"{name}-columns.docx"))
        if plan.tasks:
            document = new_document("云河市人民政府文件")
            write_table(document, plan)
            document.save(str(folder / f"{name}-table.docx"))
            document = new_document("云河市人民政府文件")
            write_table(document, plan, bare=True)
            document.save(str(folder / f"{name}-bare.docx"))
    print_all(folder)
    return folder


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("layout", ["text", "columns"])
@pytest.mark.parametrize("name", FOLDERS)
def test_a_printed_sample_reads_as_its_text(prints: Path, name: str, layout: str) -> None:
    path = prints / f"{name}-{layout}.pdf"
    if not path.exists():
        pytest.skip("a layout of characters, a table, or leads told by their look")
    source = next(path for path in (SAMPLES / name).iterdir() if path.stem == "document")
    assert gist(read_plan(read_document(path)).plan) == gist(read_plan(read_document(source)).plan)


def gist(plan: Plan) -> str:
    """A plan without blanks: a printed line keeps one where it was broken, or none."""
    return show(plan).replace(" ", "")


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("look", ["table", "bare"])
@pytest.mark.parametrize("name", FOLDERS)
def test_a_printed_table_gives_back_every_row(prints: Path, name: str, look: str) -> None:
    path = prints / f"{name}-{look}.pdf"
    if not path.exists():
        pytest.skip("a plan without tasks")
    source = next(path for path in (SAMPLES / name).iterdir() if path.stem == "document")
    tasks = read_plan(read_document(source)).plan.tasks
    read = read_plan(read_document(path)).plan.tasks
    wanted = [(task.content.replace(" ", ""), task.lead, task.support) for task in tasks]
    assert [(each.content.replace(" ", ""), each.lead, each.support) for each in read] == 3 * wanted
