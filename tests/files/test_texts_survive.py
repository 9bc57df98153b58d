"""Whatever a text looks like, it comes out of each of our workbooks as it went in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from builders.laws import examples
from builders.review import sample as inspected
from builders.year import fill, issue_one, read_and_check, recipient_of, small_plan, writer_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape

from reporting.documents.consolidated.file.book import write_report_book
from reporting.documents.consolidated.records import ListColumn, ReportBook, ReportSheet, ReportTable, Toned
from reporting.files.characters import writable
from reporting.files.file_type import FileType
from reporting.files.sheets.comments import read_notes
from reporting.files.sheets.open import read_book, read_exactly
from reporting.files.xlsx.xml import LONGEST, Note
from reporting.model.findings import DubanError, Finding, Kind, Severity
from reporting.office.form import Form
from reporting.plan.book.read import read_planbook
from reporting.plan.book.write import make_planbook
from reporting.returns.reading.signature import read_property_words
from reporting.returns.workbook.marks import THEIR_MARK, Correction, own_comments
from reporting.review.sample import inspect
from reporting.review.workbook.write import write_review_book

PIECES: tuple[str, ...] = (
    "_x0041_",
    "_x005F_",
    "_X0041_",
    "_x000D_",
    "_",
    "x0041_",
    "=1+1",
    "+1",
    "-",
    "@",
    "甲",
    "😀",
    "&",
    "<",
    ">",
)
PIECES += (
    '"',
    "'",
    "]]>",
    "\x07",
    "\x1f",
    "\x7f",
    "\ud800",
    "\udfff",
    "\uffff",
    "\r\n",
    "\x0b",
    "\u2028",
    "\t",
    "&[Tab]",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(lambda pieces: f"字{''.join(pieces)}字")
LONG = ("字" * (LONGEST + 9), "_x0041_" * (LONGEST // 7 + 3), "😀" * (LONGEST // 2 + 3))
FEW = examples(15)
BROKEN = Kind("broken", Severity.ERROR, "这里有错：{found}。", "请改正：{found}。")


def cells(data: bytes) -> Iterator[set[str]]:
    """The texts of all cells, as the fast reader, the exact one and openpyxl give them."""
    for read in (read_book, read_exactly):
        book = read(data, FileType.XLSX)
        yield {value for sheet in book.sheets for row in sheet.rows for value in row if isinstance(value, str)}
    values = (cell.value for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet.rows for cell in row)
    yield {unescape(value) for value in values if isinstance(value, str)}


def assert_held(data: bytes, *texts: str) -> None:
    with ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))  # each part is XML
    for found in cells(data):
        assert {writable(text) for text in texts} <= found


def hints(data: bytes) -> set[str]:
    book: Any = openpyxl.load_workbook(BytesIO(data))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    return {unescape(text) for rule in rules for text in (rule.prompt, rule.promptTitle, rule.error) if text}


def with_words(form: Form, text: str) -> Form:
    """The form with the text as heading, hint and choice of a column, of the block and of 量化指标."""

    def worded(fields: tuple[Any, ...], key: str) -> tuple[Any, ...]:
        changed: Mapping[str, Any] = {"heading": text, "hint": text, "choices": (text, "无")}
        return tuple(each.model_copy(update=changed) if each.key == key else each for each in fields)

    return form.model_copy(
        update={
            "task": worded(form.task, "remark"),
            "target": worded(form.target, "remark"),
            "header": worded(form.header, "auditor"),
        }
    )


@FEW
@given(text=TEXTS)
def test_in_the_return_that_goes_out(text: str, form: Form) -> None:
    plan = small_plan()
    first, *rest = plan.tasks
    goal = replace(first.targets[0], name=f"指标{text}")
    plan = replace(plan, title=text, tasks=(replace(first, content=text, path=(text,), targets=(goal,)), *rest))
    data = issue_one(plan, with_words(form, text))
    assert_held(data, text, f"指标{text}")
    assert writable(text)[:30] in hints(data)
    book: Any = openpyxl.load_workbook(BytesIO(data))
    assert set(book.defined_names) >= {"status_list", "task_numbers", "remark_list", "target_remark_list"}


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_x0041_", "_X0041_", "=1+1", "建\x07立", "建\x0b立", "建\ud800立"])
def test_a_return_that_came_back_untouched_has_no_change_in_the_plan(text: str, form: Form) -> None:
    plan = small_plan()
    first, *rest = plan.tasks
    plan = replace(plan, tasks=(replace(first, content=f"建立{text}机制，定期会商。"), *rest))
    _, findings = read_and_check(fill(BytesIO(issue_one(plan, form))), form, plan=plan)
    assert [each.kind.code for each in findings] == []


@pytest.mark.slow
@FEW
@given(text=TEXTS)
def test_in_the_return_that_goes_back(text: str, form: Form) -> None:
    def edit(book: Any) -> None:
        cell = book["任务填报"]["J7"]
        cell.value, cell.data_type = "", "s"
        cell._value = writable(text).replace("_x", "_x005F_x")

    plan = small_plan()
    sent, findings = read_and_check(fill(BytesIO(issue_one(plan, form)), edit=edit), form)
    told = [Finding(BROKEN, each.place, each.unit, each.task, {"found": text}) for each in findings[:1]]
    place = sent.rows[0].cells["result"].place
    told.append(Finding(BROKEN, place, "市教育局", "1", {"found": text}))
    comments = {("任务填报", 8, 10): Note(f"张{text[:20]}", text)}
    correction = Correction(sent, tuple(told), date(2026, 12, 25), comments)
    data = writer_of(plan, form).correction(recipient_of(plan, "市教育局"), correction)
    assert_held(data, sent.rows[0].raw("result"), f"这里有错：{text}。", f"请改正：{text}。")
    found = {(each.author, each.text) for each in own_comments(read_notes(data)).values()}
    assert (writable(text[:20]).join(("张", "")).strip(), writable(text)) in found
    book: Any = openpyxl.load_workbook(BytesIO(data))
    notes = [unescape(cell.comment.text) for row in book["任务填报"].rows for cell in row if cell.comment]
    assert any(writable(text) in note for note in notes)
    assert not any(THEIR_MARK in note for note in notes)


@FEW
@given(text=TEXTS)
def test_in_plan_xlsx(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    plan = small_plan()
    first, *rest = plan.tasks
    plan = replace(plan, title=text, tasks=(replace(first, content=text), *rest))
    findings = [Finding(BROKEN, first.place, task=first.number, values={"found": text, "field": "content"})]
    data = make_planbook(plan, findings, {"任务": {first.number: f"备注{text}"}})
    assert_held(data, text, f"备注{text}")
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    path.write_bytes(data)
    assert read_planbook(path)[0].tasks[0].content == writable(text)
    book: Any = openpyxl.load_workbook(path)
    (note,) = [cell.comment.text for row in book["任务"].rows for cell in row if cell.comment]
    assert writable(text) in unescape(note)
    assert unescape(book.properties.title) == writable(text)
    assert unescape(book["任务"].oddFooter.left.text or "").replace("&&", "&").startswith("字")


@FEW
@given(text=TEXTS)
def test_in_the_review_workbook(text: str, form: Form) -> None:
    inspection = inspect(inspected(), "plan-1", share=50, seed=7)
    first, *rest = inspection.tasks
    told = replace(first, content=text, result=f"完成{text}", evidence=f"材料{text}")
    inspection = replace(inspection, title=text, issuer=text, tasks=(told, *rest))
    data = write_review_book(inspection, "x", form)
    assert_held(data, text, f"完成{text}", f"材料{text}")


@FEW
@given(text=TEXTS)
def test_in_the_consolidated_workbook(text: str, form: Form) -> None:
    columns = (ListColumn(text, 20), ListColumn("核定", 10, hint=text, choices=(text, "无")))
    rows = ((text, Toned(text, sheet="表")), (f"又{text}", ""))
    table = ReportTable(columns, rows)
    sheet = ReportSheet("表", text, (f"注{text}",), (table,))
    book = ReportBook(text, text, date(2027, 1, 1), (sheet,), (("plan", text),))
    data = write_report_book(book, form.look)
    assert_held(data, text, f"又{text}", f"注{text}")
    assert writable(text)[:250] in hints(data)
    assert read_property_words(data) == {"plan": writable(text)}
    opened: Any = openpyxl.load_workbook(BytesIO(data))
    assert (unescape(opened.properties.title), unescape(opened.properties.creator)) == (writable(text),) * 2


@pytest.mark.parametrize("text", LONG, ids=["hanzi", "escaped", "pairs"])
def test_a_text_that_no_cell_holds_is_cut_at_what_one_does(text: str, form: Form) -> None:
    plan, inspection = small_plan(), inspect(inspected(), "plan-1", share=50, seed=7)
    first, *rest = plan.tasks
    plan = replace(plan, tasks=(replace(first, content=text), *rest))
    task, *tasks = inspection.tasks
    review = replace(inspection, tasks=(replace(task, result=text), *tasks))
    columns = (ListColumn("甲", 20),)
    sheet = ReportSheet("表", "题", (), (ReportTable(columns, ((text,),)),), whole=True)
    report = ReportBook("题", "我办", date(2027, 1, 1), (sheet,))
    cut = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    for data in (issue_one(plan, form), write_review_book(review, "x", form), write_report_book(report, form.look)):
        assert_held(data, cut)
    with pytest.raises(DubanError, match="超过一个单元格能容纳的32767个字"):
        make_planbook(plan)
