"""Our workbooks as Excel 2010 takes them: what makes it offer a repair is looked for in every part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from builders.year import PAST, fill, issue_one, office_form, read_and_check, recipient_of, small_plan, writer_of
from lxml import etree  # type: ignore[import-untyped]

from reporting.files.sheets.comments import read_notes
from reporting.model import Plan
from reporting.office.form import Form
from reporting.returns.workbook.marks import Correction, own_comments
from reporting.returns.workbook.stamp import WorkbookWriter

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# CT_Worksheet; Excel takes no other order
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
FUNCTIONS = {
    *("AND", "CELL", "CLEAN", "COUNTIF", "EXACT", "IF", "IFERROR", "INDEX", "ISLOGICAL", "ISNA", "ISNUMBER"),
    *("ISERROR", "LEFT", "LEN", "MATCH", "NOT", "OR", "SUBSTITUTE", "SUMPRODUCT", "TRIM"),
    *("DATEVALUE", "FIND", "LOOKUP", "MAX", "MID", "RIGHT", "ROW", "VALUE"),
}
"""Those in use; all are in Excel 2010, WPS and LibreOffice."""


def long_plan() -> Plan:
    """Two hundred tasks with long words, and a number like a date."""
    plan = small_plan()
    first = plan.tasks[0]
    tasks = [
        replace(first, number=f"{n}-1", content=f"{n}" + "建" * 1999, targets=first.targets if n == 1 else ())
        for n in range(1, 201)
    ]
    return replace(plan, tasks=tuple(tasks))


def writer_with_past(form: Form, plan: Plan) -> WorkbookWriter:
    writer = writer_of(plan, form)
    writer.past = {"市教育局": PAST}
    return writer


@cache
def books() -> dict[str, bytes]:
    """One workbook of each kind that we write for a department."""
    own, plan = office_form(), small_plan()
    issued = issue_one(plan, own)
    sent = fill(
        BytesIO(issued),
        {"1": {"完成状态": "快了", "完成情况": "长" * 3100, "自评分": 120}, "2": {"备注": "=1+1"}},
        {"1-1": "12亿元"},
        {"审核人": None},
    )
    checked, findings = read_and_check(sent, own)
    correction = Correction(checked, findings, date(2026, 12, 25), own_comments(read_notes(sent)))
    unit = recipient_of(plan, "市教育局")
    return {
        "issued": issued,
        "without targets": issue_one(plan, own, "市司法局"),
        "with last year": writer_with_past(own, plan).issued(unit),
        "long": issue_one(long_plan(), own),
        "correction": writer_of(plan, own).correction(unit, correction),
        "correction with last year": writer_with_past(own, plan).correction(unit, correction),
    }


KINDS = pytest.mark.parametrize(
    "kind", ["issued", "without targets", "with last year", "long", "correction", "correction with last year"]
)


@cache
def parts_of(kind: str) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(books()[kind])) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def sheets_of(parts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name and root of each sheet."""
    names = [each.get("name") for each in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    for index, name in enumerate(names, 1):
        yield name, parts[f"xl/worksheets/sheet{index}.xml"]


def formulas_of(root: Any) -> Iterator[tuple[str, str]]:
    """Every formula of a sheet with the element it stands in."""
    for tag in ("f", "formula", "formula1", "formula2"):
        for each in root.iter(f"{MAIN}{tag}"):
            yield tag, each.text or ""


def without_texts(formula: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


@KINDS
def test_elements_of_a_sheet_stand_in_the_order_of_the_standard(kind: str) -> None:
    for name, root in sheets_of(parts_of(kind)):
        found = [ORDER.index(etree.QName(each).localname) for each in root]
        assert found == sorted(found), name
        once = [each for each in found if ORDER[each] != "conditionalFormatting"]
        assert len(set(once)) == len(once), name


@KINDS
def test_rows_and_cells_ascend_and_hold_no_more_than_excel_takes(kind: str) -> None:
    parts = parts_of(kind)
    styles = len(parts["xl/styles.xml"].find(f"{MAIN}cellXfs"))
    assert styles < 64_000
    for name, root in sheets_of(parts):
        last_row = 0
        for row in root.iter(f"{MAIN}row"):
            assert last_row < int(row.get("r"))
            last_row = int(row.get("r"))
            assert float(row.get("ht", "15")) <= 409
            last_column = 0
            for cell in row:
                letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()  # type: ignore[union-attr]
                column = sum((ord(sign) - 64) * 26**place for place, sign in enumerate(reversed(letters)))
                assert (int(number), last_column < column) == (last_row, True), (name, cell.get("r"))
                last_column = column
                assert int(cell.get("s", 0)) < styles
                text = "".join(each.text or "" for each in cell.iter(f"{MAIN}t"))
                assert len(text.encode("utf-16-le")) // 2 <= 32_767
                value = cell.find(f"{MAIN}v")
                if value is not None and cell.get("t", "n") == "n":
                    float(value.text)
        for column in root.iter(f"{MAIN}col"):
            assert 0 < float(column.get("width")) <= 255


@KINDS
def test_formulas_are_short_enough_and_use_what_excel_2010_has(kind: str) -> None:
    for name, root in sheets_of(parts_of(kind)):
        for tag, formula in formulas_of(root):
            assert len(formula) <= 8_192, name
            used = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", without_texts(formula)))
            assert used <= FUNCTIONS, name
            assert all(len(each) <= 255 for each in re.findall(r'"((?:[^"]|"")*)"', formula)), name
            if tag != "f":  # before 2010 a colour or a drop-down may not look at another sheet
                assert "!" not in without_texts(formula), name
                assert "§" not in formula
            assert formula.count("(") == formula.count(")") or '"' in formula


@KINDS
def test_drop_downs_hints_and_colours_are_within_their_bounds(kind: str) -> None:
    parts = parts_of(kind)
    names = {each.get("name") for each in parts["xl/workbook.xml"].iter(f"{MAIN}definedName")}
    looks = len(parts["xl/styles.xml"].find(f"{MAIN}dxfs"))
    for _, root in sheets_of(parts):
        for rule in root.iter(f"{MAIN}dataValidation"):
            bounds = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 225}
            assert all(len(rule.get(key, "")) <= most for key, most in bounds.items())
            if rule.get("type") == "list":
                assert rule.find(f"{MAIN}formula1").text in names
        for rule in root.iter(f"{MAIN}cfRule"):
            assert int(rule.get("dxfId")) < looks


@KINDS
def test_names_and_links_lead_somewhere(kind: str) -> None:
    parts = parts_of(kind)
    sheets = dict(sheets_of(parts))
    for name in sheets:
        assert len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
    for each in parts["xl/workbook.xml"].iter(f"{MAIN}definedName"):
        sheet = each.text.split("!")[0].strip("'")
        assert sheet in sheets, each.get("name")
        assert "#REF!" not in each.text
        assert "9999" not in each.text
    for root in sheets.values():
        cells = {cell.get("r") for cell in root.iter(f"{MAIN}c")}
        for link in root.iter(f"{MAIN}hyperlink"):
            sheet, _, address = link.get("location").partition("!")
            assert link.get("ref") in cells
            assert address in {cell.get("r") for cell in sheets[sheet.strip("'")].iter(f"{MAIN}c")}


@KINDS
def test_every_relation_leads_to_a_part_and_every_part_has_a_type(kind: str) -> None:
    with zipfile.ZipFile(BytesIO(books()[kind])) as archive:
        names = set(archive.namelist())
    parts = parts_of(kind)
    types = parts["[Content_Types].xml"]
    known = {each.get("PartName", "").lstrip("/") for each in types}
    endings = {each.get("Extension") for each in types}
    assert {n for n in names if n not in known and n.rpartition(".")[2] not in endings} <= {"[Content_Types].xml"}
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        for each in root:
            target = each.get("Target")
            whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            while re.search(r"[^/]+/\.\./", whole):
                whole = re.sub(r"[^/]+/\.\./", "", whole, count=1)
            assert whole in names, (name, target)


def test_comments_and_their_boxes_are_of_the_same_cells() -> None:
    parts = parts_of("correction")
    with zipfile.ZipFile(BytesIO(books()["correction"])) as archive:
        for number in (1, 2):
            comments = parts[f"xl/comments/comment{number}.xml"]
            boxes = archive.read(f"xl/drawings/commentsDrawing{number}.vml").decode()
            assert boxes.count("<x:Row>") == len(list(comments.iter(f"{MAIN}comment"))) > 0
            etree.fromstring(boxes.encode())


def test_table_can_be_sorted_in_spite_of_the_protection() -> None:
    """Excel sorts a protected sheet where all cells may be edited; typing is refused by a rule."""
    for name, root in sheets_of(parts_of("issued")):
        if name not in ("任务填报", "量化指标"):
            continue
        (area,) = root.iter(f"{MAIN}protectedRange")
        filtered = root.find(f"{MAIN}autoFilter").get("ref")
        head = int(re.findall(r"\d+", filtered)[0])
        assert area.get("sqref") == filtered.replace(f"A{head}:", f"A{head + 1}:")
        assert area.get("password") is None
        (guard,) = [each for each in root.iter(f"{MAIN}dataValidation") if each.get("type") == "custom"]
        assert guard.find(f"{MAIN}formula1").text == "FALSE"
        assert guard.get("errorStyle", "stop") == "stop"


def _hidden_columns(data: bytes, sheet: int) -> list[int]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [int(each.get("min")) for each in root.iter(f"{MAIN}col") if each.get("hidden")]


def test_column_of_the_plan_with_nothing_in_it_is_hidden() -> None:
    plan = small_plan()
    tasks = tuple(replace(task, targets=tuple(replace(each, unit="") for each in task.targets)) for task in plan.tasks)
    assert _hidden_columns(issue_one(replace(plan, tasks=tasks), office_form()), 3) == [5]  # 计量单位


def test_no_column_is_hidden_in_which_the_block_above_the_table_stands() -> None:
    # 填报单位, 审核人 and 填报人 stand above 类别, 配合单位 and 完成时限
    plan = small_plan()
    alone = replace(plan.tasks[0], support=(), path=(), deadline=None)
    assert _hidden_columns(issue_one(replace(plan, tasks=(alone,)), office_form()), 2) == []
