"""What is printed, measured by LibreOffice: 22 lines of 28 characters, page numbers, the imprint's place."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders.layout import ISSUER, make_notice
from builders.libreoffice import convert, needs_libreoffice
from builders.year import ROOT

from reporting.documents.filling.word import fill_template

pytestmark = [
    pytest.mark.slow,
    needs_libreoffice,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed"),
]
MILLIMETRE = 72 / 25.4
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A piece of text on a page, its edges in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def print_pages(folder: Path, name: str, data: bytes) -> list[list[Word]]:
    (folder / f"{name}.docx").write_bytes(data)
    pdf = convert(folder, "pdf", [folder / f"{name}.docx"])[name]
    shown = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return [
        [Word(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in _WORD.findall(page)]
        for page in shown.split("<page ")[1:]
    ]


def lines_of(page: list[Word]) -> list[str]:
    """The lines of the type area, from the top; the page number is left out."""
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in page:
        if word.bottom < (297 - 33) * MILLIMETRE:
            lines[round(word.top)].append(word)
    return [
        "".join(word.text for word in sorted(line, key=lambda word: word.left)) for _, line in sorted(lines.items())
    ]


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    """A letter whose text fills pages, of hanzi alone."""
    context = {
        "title": "关于商请报送任务完成情况的函",
        "recipient": "市科技局",
        # The last paragraph is held to the signature, so it is not the one that fills the pages.
        "body": ["督办事项落实情况应当逐项填写并按时报送" * 120, "感谢支持。"],
        "signature": {"moved": False, "issuer": ISSUER, "date": "2026年12月18日", "lead": "", "date_lead": ""},
        "contact": "",
    }
    data = fill_template(ROOT / "templates" / "催报函.docx", context)
    return print_pages(tmp_path_factory.mktemp("letter"), "函", data)


def test_a_page_holds_22_lines_of_28_characters(letter: list[list[Word]]) -> None:
    lines = lines_of(letter[1])
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_the_type_area_is_156_by_225_millimetres(letter: list[list[Word]]) -> None:
    inside = [word for word in letter[1] if word.bottom < (297 - 33) * MILLIMETRE]
    left, right = min(word.left for word in inside), max(word.right for word in inside)
    top, bottom = min(word.top for word in inside), max(word.bottom for word in inside)
    assert left == pytest.approx(28 * MILLIMETRE, abs=1)
    assert right == pytest.approx((210 - 26) * MILLIMETRE, abs=3)
    assert top > 36 * MILLIMETRE
    assert bottom < (297 - 34) * MILLIMETRE


def test_page_numbers_stand_outside_and_not_on_the_first_page_of_a_letter(letter: list[list[Word]]) -> None:
    feet = [[word for word in page if word.top > (297 - 33) * MILLIMETRE] for page in letter]
    assert feet[0] == []
    assert "".join(word.text for word in feet[1]) == "—2—"
    assert "".join(word.text for word in feet[2]) == "—3—"
    # one 4号 character from the edge of the type area; the dash 7 mm below it
    assert feet[1][0].left == pytest.approx(28 * MILLIMETRE + 14, abs=2)
    assert feet[2][-1].right == pytest.approx((210 - 26) * MILLIMETRE - 14, abs=2)
    middle = (feet[1][0].top + feet[1][0].bottom) / 2
    assert middle == pytest.approx((297 - 35 + 7) * MILLIMETRE, abs=4)


def test_the_date_ends_four_characters_from_the_right(letter: list[list[Word]]) -> None:
    dated = [word for page in letter for word in page if "18" in word.text or word.text[-1:] == "日"][-1]
    assert dated.right == pytest.approx((210 - 26) * MILLIMETRE - 4 * 16, abs=4)


def test_the_imprint_stands_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    pages = print_pages(tmp_path, "通知", make_notice())
    last = [word for word in pages[-1] if "印发" in word.text]
    copies = [word for word in pages[-1] if word.text.startswith("抄送：")]
    assert len(last) == len(copies) == 1
    foot = (297 - 35) * MILLIMETRE
    assert foot - 24 < last[0].bottom <= foot + 2
    assert copies[0].left == pytest.approx(28 * MILLIMETRE + 14, abs=3)
    assert last[0].right == pytest.approx((210 - 26) * MILLIMETRE - 14, abs=3)
    assert not any("印发" in word.text for page in pages[:-1] for word in page)
