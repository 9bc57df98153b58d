"""A law: a plan reads alike in whatever form Word stores its paragraphs, and with whatever it hides beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest
from builders.notations import SAMPLES, show
from builders.word_files import cell, levels, number, par, row, run, table, word_file

from reporting.plan.documents.word import read_word
from reporting.plan.reading.plan import read_plan

DOCUMENTS = ("roles_in_brackets", "labelled_lines", "units_in_brackets", "articles", "people_in_lines")
NUMBERED = re.compile(r"(（|第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(、|．|\.|）|条)(?=\S)")
"""The number of a paragraph as Word would count it: （一）, 3., 第二条."""
STRUCK, HIDDEN = "<w:strike/>", "<w:vanish/>"
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> DOCPROPERTY x </w:instrText></w:r>"


def pieces(text: str, properties: str = "") -> str:
    """A text in runs of three characters."""
    return "".join(run(escape(text[start : start + 3]), properties) for start in range(0, len(text), 3))


def each_as(form: Callable[[str], str]) -> Callable[[Sequence[str]], bytes]:
    """A document whose paragraphs are made one by one."""
    return lambda texts: word_file("".join(form(text) for text in texts))


def framed(texts: Sequence[str]) -> bytes:
    """All in a table of one cell, inside another of one column."""
    inside = "".join(par(run(escape(text))) for text in texts)
    return word_file(table(row(cell(table(row(cell(inside)))))))


def counted(texts: Sequence[str]) -> bytes:
    """Numbers that Word counts, each of a list of its own that begins where the text says."""
    body, definitions, lists = "", "", ""
    for at, text in enumerate(texts, 1):
        found = NUMBERED.match(text)
        if found is None:
            body += par(run(escape(text)))
            continue
        count = int(found[2]) if found[2].isdecimal() else "一二三四五六七八九十".index(found[2][-1]) + 1
        count += 10 * (len(found[2]) > 1 and not found[2].isdecimal())
        form = "decimal" if found[2].isdecimal() else "chineseCounting"
        definitions += levels(f"{form} {found[1] or ''}%1{found[3]}", name=str(at))
        start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{count}"/></w:lvlOverride>'
        lists += number(at, str(at), start)
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at}"/></w:numPr>'
        body += par(run(escape(text[found.end() :])), properties)
    return word_file(body, numbering=definitions + lists)


FORMS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "in pieces": each_as(lambda text: par(pieces(text))),
    "in controls": each_as(
        lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{par(run(escape(text)))}</w:sdtContent></w:sdt>"
    ),
    "inserted": each_as(lambda text: par(f"<w:ins>{pieces(text)}</w:ins>", "<w:rPr><w:ins/></w:rPr>")),
    "in text boxes": each_as(lambda text: par(BOX.format(par(run(escape(text)))))),
    "as results of fields": each_as(lambda text: par(BEGIN + CODE + MIDDLE + run(escape(text)) + END)),
    "in a frame": framed,
    "with numbers that Word counts": counted,
    "with struck words": each_as(lambda text: par(pieces(text) + run("（市体育局牵头）", STRUCK))),
    "with hidden lines": each_as(lambda text: par(run(escape(text))) + par(run("9.停办。（市体育局）", HIDDEN))),
    "with deleted lines": each_as(
        lambda text: (
            par("<w:del><w:r><w:delText>8.停办。</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
            + par(run(escape(text)))
        )
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_plan_reads_alike_in_every_form(name: str, form: str) -> None:
    texts = (SAMPLES / name / "document.txt").read_text(encoding="utf-8").splitlines()
    expected = (SAMPLES / name / "expected.txt").read_text(encoding="utf-8")
    assert show(read_plan(read_word(Path("document.docx"), FORMS[form](texts))).plan) == expected


def test_the_numbers_that_are_counted_are_those_of_the_text() -> None:
    texts = ["一、重点任务", "（十二）办好学校", "3.培训教师", "第四条 落实经费"]
    lines = [line.text for line in read_word(Path("document.docx"), counted(texts))]
    assert lines == ["一、重点任务", "（十二）办好学校", "3.培训教师", "第四条 落实经费"]
