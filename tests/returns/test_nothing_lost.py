"""No word that a person puts into a return is lost: each stands in an answer, in the correction, or beside them.

Words are typed wherever a file can hold them, in every format; what is typed must be found again. The edits are
made at random, and each by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.edits import type_in
from builders.formats import as_csv, as_ods, as_word, as_xls, sheets_of
from builders.year import (
    RECEIVED_ON,
    ROOT,
    collect,
    fill,
    issue_one,
    issued_file,
    read_and_check,
    recipient_of,
    send,
    small_plan,
    writer_of,
)
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from reporting.commands.report import report
from reporting.files.sheets.comments import read_notes
from reporting.ledger.frozen import answered_by, answered_from_json, answered_to_json
from reporting.model import Return, Verdict
from reporting.model.findings import Finding
from reporting.office.form import Form, load_form
from reporting.office.workspace import Workspace
from reporting.returns.other_content import tell_others
from reporting.returns.reading.read import UnreadableError
from reporting.returns.workbook.marks import Correction, own_comments

UNIT = "市教育局"
UNITS = ("市教育局", "市司法局", "云山区人民政府")
TASKS, TARGETS, HELP = "任务填报", "量化指标", "填报说明"
QUICK, THOROUGH, SLICES = 30, 4_800, 12


@cache
def form() -> Form:
    return load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))


@cache
def good() -> bytes:
    """A return filled in well."""
    return fill(BytesIO(issue_one(small_plan(), form(), UNIT)))


_sheets_of = cache(sheets_of)


@dataclass
class Typing:
    """What was typed into one return, in one format."""

    chance: random.Random
    again: bool = False
    base: bytes = field(default_factory=good)
    words: list[str] = field(default_factory=list)

    def word(self) -> str:
        """Words that stand nowhere else."""
        said = self.chance.choice(("另报专班数据", "已与相关科室核对", "补充说明一则", "请以此为准", "详见附表所列"))
        self.words.append(f"{said}{self.chance.randrange(10**9)}号")
        return self.words[-1]

    @property
    def has_targets(self) -> bool:
        return TARGETS in _sheets_of(self.base)

    def cell(self) -> tuple[str, str]:
        """Some place on a sheet that everybody may write into: in the table, beside it, above and below."""
        row, column = self.chance.randrange(1, 30), self.chance.randrange(20)
        return (
            TARGETS if self.has_targets and self.chance.random() < 0.2 else TASKS
        ), f"{'ABCDEFGHIJKLMNOPQRST'[column]}{row}"


# ---- how a person edits --------------------------------------------------------------------------------------


def in_cells(typing: Typing) -> bytes:
    """A few cells anywhere on the two sheets, those of the plan and the headings among them."""
    cells: dict[str, dict[str, Any]] = {}
    for _ in range(typing.chance.choice((1, 1, 2, 4))):
        sheet, address = typing.cell()
        if address in cells.get(sheet, {}) or _is_joined(sheet, address):
            continue
        cells.setdefault(sheet, {})[address] = typing.word()
    return type_in(typing.base, cells)


def _is_joined(sheet: str, address: str) -> bool:
    """Whether a cell lies below another that is joined over it, so that nobody can type into it."""
    across = address[0] != "A" and address[1:] in ("1", "2")
    return across or (sheet == TASKS and address in ("I3", "I4"))


def with_openpyxl(edit: Callable[[Any, Typing], None]) -> Callable[[Typing], bytes]:
    """An edit of the open workbook."""

    def make(typing: Typing) -> bytes:
        book = openpyxl.load_workbook(BytesIO(typing.base))
        edit(book, typing)
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


def _comment(book: Any, typing: Typing) -> None:
    sheet, address = typing.cell()
    address = "B8" if _is_joined(sheet, address) else address
    book[sheet][address].comment = Comment(typing.word(), "林晓")


def _own_sheet(book: Any, typing: Typing) -> None:
    sheet = book.create_sheet("科室台账", typing.chance.choice((0, 3)))
    sheet.sheet_state = typing.chance.choice(("visible", "hidden", "veryHidden"))
    for row in range(1, 4):
        sheet.cell(row, typing.chance.randrange(1, 9)).value = typing.word()


def _in_instructions(book: Any, typing: Typing) -> None:
    row, column = typing.chance.randrange(1, 45), typing.chance.choice((2, 3, 4, 5))
    cell = book[HELP].cell(row, column)
    if not isinstance(cell, MergedCell):
        cell.value = typing.word()


def _in_lists(book: Any, typing: Typing) -> None:
    book["字典"].cell(typing.chance.randrange(1, 25), typing.chance.randrange(1, 5)).value = typing.word()


def _struck(book: Any, typing: Typing) -> None:
    cell = book[TASKS][typing.chance.choice(("J7", "K8", "O7", "J8"))]
    kept = str(cell.value or "已办结。")
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), typing.word()), kept)


def _struck_whole(book: Any, typing: Typing) -> None:
    cell = book[TASKS][typing.chance.choice(("J7", "K8", "O7", "J8", "H8"))]
    cell.value, cell.font = typing.word(), openpyxl.styles.Font(strike=True)


def _draft(book: Any, typing: Typing) -> None:
    copy = book.copy_worksheet(book[TASKS])
    copy.title = typing.chance.choice(("底稿", "任务填报 (2)"))
    copy[typing.chance.choice(("J7", "B7", "K8", "R9", "C15"))].value = typing.word()


def _second_column(book: Any, typing: Typing) -> None:
    sheet = book[TASKS]
    sheet["R6"] = typing.chance.choice(("完成情况", "备注", "经办科室", None))
    sheet["R7"], sheet["R8"] = typing.word(), typing.word()


def _rows_of_own(book: Any, typing: Typing) -> None:
    sheet = book[TASKS]
    row = sheet.max_row + typing.chance.randrange(1, 4)
    number = typing.chance.choice((None, "99", "新增", "1", "合计"))
    for column, value in ((1, number), (3, typing.word()), (10, typing.word())):
        sheet.cell(row, column).value = value


def _hidden(book: Any, typing: Typing) -> None:
    sheet = book[TASKS]
    sheet["J8"], sheet["W8"], sheet["B12"] = typing.word(), typing.word(), typing.word()
    sheet.row_dimensions[typing.chance.choice((8, 12))].hidden = True
    sheet.column_dimensions["W"].hidden = True


def _far(book: Any, typing: Typing) -> None:
    book[TASKS].cell(typing.chance.choice((900, 6_000)), typing.chance.choice((3, 150))).value = typing.word()


def _sheets(typing: Typing, *names: str) -> dict[str, list[list[Any]]]:
    """The sheets with words typed into cells anywhere on those of these names."""
    sheets = {name: [list(row) for row in rows] for name, rows in _sheets_of(typing.base).items()}
    for _ in range(typing.chance.choice((1, 2, 3))):
        rows = sheets[typing.chance.choice([name for name in names if name in sheets])]
        row, column = typing.chance.randrange(2, 25), typing.chance.randrange(len(rows[0]))
        while len(rows) <= row:
            rows.append([""] * len(rows[0]))
        if typing.words and rows[row][column] in typing.words:
            continue
        rows[row][column] = typing.word()
    return sheets


EDITS: Mapping[str, Callable[[Typing], bytes]] = {
    "cells": in_cells,
    **{
        each.__name__.strip("_"): with_openpyxl(each)
        for each in (
            *(_comment, _own_sheet, _in_instructions, _in_lists, _struck, _struck_whole, _draft, _second_column),
            *(_rows_of_own, _hidden, _far),
        )
    },
    "xls": lambda typing: as_xls(_sheets(typing, TASKS, TASKS, TARGETS)),
    "ods": lambda typing: as_ods(_sheets(typing, TASKS, TARGETS)),
    "csv": lambda typing: as_csv(_sheets(typing, TASKS)[TASKS]).encode("gb18030"),
    "word": lambda typing: as_word(_sheets(typing, TASKS)[TASKS]),
}


# ---- what is found again -------------------------------------------------------------------------------------


def judged(data: bytes) -> tuple[Return, tuple[Finding, ...]]:
    """A return read and checked, with all that is told of it."""
    sent, findings = read_and_check(data, form(), UNIT)
    return sent, (*findings, *tell_others(sent, findings))


def correction_of(sent: Return, findings: tuple[Finding, ...], data: bytes) -> bytes:
    correction = Correction(sent, findings, date(2026, 12, 25), own_comments(read_notes(data)))
    return writer_of(small_plan(), form()).correction(recipient_of(small_plan(), UNIT), correction)


def text_of(data: bytes) -> str:
    """Every text of a workbook of ours, comments among them."""
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    return "\n".join((*texts, *(cell.comment.text for cell in cells if cell.comment)))


def kept_by_office(sent: Return, findings: tuple[Finding, ...]) -> str:
    """What the office has of a return that was taken in: its answers in words, 其他内容, and what was told."""
    answered = answered_from_json(answered_to_json(answered_by(sent)))
    fields = {**form().task_fields, **form().target_fields}
    answers = [
        answer.raw
        for row in (*answered.rows, *answered.targets)
        for key, answer in row.cells.items()
        if key in fields and fields[key].filled
    ]
    header = [answer.raw for answer in answered.header.values()]
    told = [f"{each.message}{each.values.get('found', '')}" for each in findings]
    return "\n".join((*answers, *header, *(each.text for each in answered.others), *told))


def lost_words(kind: str, seed: int) -> list[str]:
    """What was typed and is not found again in the correction, or in what the office keeps."""
    typing = Typing(random.Random(f"{kind} {seed}"), again=seed % 3 == 0)
    data = EDITS[kind](typing)
    try:
        sent, findings = judged(data)
    except UnreadableError:  # which is told, and the original is kept
        return []
    correction = correction_of(sent, findings, data)
    back, office = text_of(correction), kept_by_office(sent, findings)
    lost = [word for word in typing.words if word not in back or word not in office]
    if typing.again:  # sent back untouched, it is read and goes out once more
        more, found = judged(correction)
        office, back = kept_by_office(more, found), text_of(correction_of(more, found, correction))
        lost += [word for word in typing.words if word not in back or word not in office]
    return lost


@pytest.mark.parametrize("kind", EDITS)
def test_every_word_typed_is_found_again(kind: str) -> None:
    lost = {seed: words for seed in range(QUICK // len(EDITS)) if (words := lost_words(kind, seed))}
    assert lost == {}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLICES))
def test_every_word_of_thousands_of_edits_is_found_again(part: int) -> None:
    each = THOROUGH // len(EDITS)
    seeds = range(1_000 + part, 1_000 + each, SLICES)
    lost = {(kind, seed): words for kind in EDITS for seed in seeds if (words := lost_words(kind, seed))}
    assert lost == {}


def consolidated_text(workspace: Workspace) -> str:
    report(workspace, RECEIVED_ON)
    (path,) = workspace.outbox("汇总").glob("*汇总表.xlsx")
    return text_of(path.read_bytes())


def lost_to_the_office(workspace: Workspace, seed: int) -> dict[str, list[str]]:
    """Words of returns that were taken in, which stand neither in the consolidated workbook nor in what was told."""
    chance = random.Random(seed)
    typed: dict[str, Typing] = {}
    for unit in UNITS:
        kind = chance.choice([each for each in EDITS if each not in ("csv", "word")])
        typed[f"{unit}-{kind}.xlsx"] = typing = Typing(chance, base=fill(issued_file(workspace, unit)))
        send(workspace, f"{unit}-{kind}.xlsx", EDITS[kind](typing))
    collected = collect(workspace)
    taken = {each.file for each in collected.receipts if each.verdict is Verdict.ACCEPTED}
    told = [(each.place, f"{each.message}{each.values.get('found', '')}") for each in collected.outcome.findings]
    text = consolidated_text(workspace) if taken else ""
    lost = {}
    for name in taken:
        said = text + "".join(words for place, words in told if place.file == name)
        lost[name] = [word for word in typed[name].words if word not in said]
    return {name: words for name, words in lost.items() if words}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_nothing_taken_in_is_lost_to_the_office(workspace: Workspace, seed: int) -> None:
    assert lost_to_the_office(workspace, seed) == {}
