"""A review workbook as it goes out, and what an inspection group types into it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from builders.scored import Said, year
from reporting.model import Consolidation, Role, UnitState
from reporting.model.findings import Finding
from reporting.model.review import ON_SITE, PAPER, Inspection, Review, TargetReview, TaskReview, UnitReview
from reporting.office.form import Form
from reporting.review.sample import inspection_digest
from reporting.review.workbook.write import write_review_book


def sample() -> Consolidation:
    """Three tasks, three units: 市教育局 leads 1 with a figure, 市司法局 came late, 市财政局 sent nothing."""
    return year(
        (Said("市教育局", figures=((6, 6),)), Said("市司法局", role=Role.SUPPORT, evidence="")),
        (Said("市司法局", "滞后", 60), Said("市教育局", "持续推进", 90, Role.SUPPORT)),
        Said("市财政局", "", None),
        states={"市司法局": (UnitState.ACCEPTED, False), "市财政局": (UnitState.LATE, None)},
    )


Edit = Callable[[Any], None]


_WRITTEN: dict[str, bytes] = {}
"""What goes out is the same every time, and takes longest."""


def fill_in(inspection: Inspection, form: Form, path: Path, edit: Edit) -> Path:
    """The workbook as the group sends it back after ``edit``."""
    digest = inspection_digest(inspection)
    if digest not in _WRITTEN:
        _WRITTEN[digest] = write_review_book(inspection, digest, form)
    book = openpyxl.load_workbook(io.BytesIO(_WRITTEN[digest]))
    edit(book)
    book.save(path)
    return path


def put(sheet: str, **cells: Any) -> Edit:
    """An edit that types into cells by address."""

    def edit(book: Any) -> None:
        for address, value in cells.items():
            book[sheet][address].value = value

    return edit


def everything(book: Any) -> None:
    """A group that filled in all it could: K 方式, L 状态, M 进度, N 得分, O 原因, P 意见."""
    put("任务核定", L4="已完成", L5="持续推进", L6="已完成", N6=95, O6="材料不全", P6="补齐材料")(book)
    put("任务核定", K7="座谈了解", L7="滞后", M7="55%", L8="未完成", N8="0分", O8="没有报送")(book)
    put("指标核定", H4="5件", I4="名单只有5件")(book)
    put("单位核定", B4=3, C4="国家级表彰", D6="是", E6="材料不实")(book)
    about = book["填写说明"]
    words = {
        "检查组组长": "周正",
        "检查组成员": "林晓、陈静",
        "检查开始日期": date(2027, 1, 11),
        "检查结束日期": "2027年1月15日",
        "整改期限": "2027.2.28",
    }
    for line in about.iter_rows():
        for cell in line:
            if cell.value in words:
                about.cell(cell.row, cell.column + 1).value = words[cell.value]


EXPECTED = Review(
    share=50,
    seed=7,
    leader="周正",
    members="林晓、陈静",
    began=date(2027, 1, 11),
    ended=date(2027, 1, 15),
    rectify_by=date(2027, 2, 28),
    tasks=(
        TaskReview("1", "市教育局", "", "已完成"),
        TaskReview("2", "市教育局", "", "持续推进"),
        TaskReview("1", "市司法局", "", "已完成", None, 95, "材料不全", "补齐材料"),
        TaskReview("2", "市司法局", "座谈了解", "滞后", 55),
        TaskReview("3", "市财政局", "", "未完成", None, 0, "没有报送"),
    ),
    targets=(TargetReview("1-1", "市教育局", 5, "名单只有5件"),),
    units=(UnitReview("市教育局", 3, "国家级表彰"), UnitReview("市财政局", 0, "", veto=True, veto_reason="材料不实")),
)


def without_methods(review: Review) -> Review:
    """A review without the ways that were drawn."""
    drawn = (ON_SITE, PAPER)
    tasks = [replace(each, method="" if each.method in drawn else each.method) for each in review.tasks]
    return replace(review, tasks=tuple(tasks))


def codes(findings: list[Finding]) -> list[str]:
    return [each.kind.code for each in findings]


INSPECTED_ON = datetime(2027, 1, 8, 12)
