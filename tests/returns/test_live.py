"""填报检查 and ``collect`` agree: what the workbook calls 可报送 is accepted.

LibreOffice recalculates workbooks filled in tidily and untidily, and its answers are laid beside the check's.
Where a formula understands less than the check (办结, 80% as text), the workbook may ask for more; which
values these are is listed here, so that no other is refused by one and accepted by the other.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders.libreoffice import XLSX, convert, needs_libreoffice
from builders.year import fill, issue_one, office_form, read_and_check, recipient_of, small_plan, writer_of
from openpyxl.formula.translate import Translator

from reporting.model import Plan, Target
from reporting.model.findings import Finding, Severity
from reporting.office.form import Form
from reporting.returns.rules import gather
from reporting.returns.workbook.live import live_checks, target_row, task_row
from reporting.returns.workbook.marks import Correction

READY_BOOK = "填报检查：各项均已填写，可以报送。"

LONG, LONGER = "长" * 3000, "长" * 3001
BLANK = (None, "", " ", "　", "\n", "\t", "\u00a0", "\u200b", "\ufeff", " \u3000\n")
HOLLOW = ("无", "无。", "无 ", "　暂无　", "-", "——", "/", "N/A", "n/a", "。", "。。", "无\n", ".")
SAYS_SOMETHING = ("无；", "无重大问题", "已印发办法并组织实施。", 5, 0, True, "*", "?", "~", "=", LONG)

# a value, or a value with its number format; what stands in STRICTER may be asked for again although accepted
TASK_VALUES: dict[str, tuple[Any, ...]] = {
    "完成状态": (
        *(None, "　", "快了", "*", "?", 100, True, "滞后", "未启动", "已完成"),
        *("基本完成", "持续推进", "不适用", "完成。", "办结", " 已完成", "已完成 "),
        *("已 完成", "已完成\n", "　滞后", "已完成。", "\u200b已完成"),
    ),
    "完成进度(%)": (
        *(0, 1, 30, 99.5, 99.999, 100, 101, -1, 0.5, None, "", "　", "八成左右", "约80", True),
        *("100%", "８０％", "80", " 100 ", "0", "100.0", datetime(2026, 12, 1)),
        *((1, "0%"), (0.8, "0%"), (0.005, "0.0%"), (1.2, "0%"), (0, "0%"), (1, "0.00%"), (100, "0.00")),
    ),
    "完成情况": (*BLANK, *HOLLOW, *SAYS_SOMETHING, LONGER),
    "存在问题及原因": (*BLANK, *HOLLOW, *SAYS_SOMETHING, LONGER),
    "下一步计划": (*BLANK, *HOLLOW, *SAYS_SOMETHING, LONGER),
    "佐证材料": (None, "长" * 2000, "长" * 2001, 3),
    "自评分": (0, 90, 100, 100.5, -1, "优", "90分", "９０", (0.9, "0%"), None, " "),
    "风险等级": (None, "高", "低", "较高", "*", "?", " 高 ", "　低", "高。", 1),
    "投入经费(万元)": (None, 0, 12.5, -2, "若干", " ", "12.5", "3万", "１２", "12件"),
    "开工日期": (
        *(None, date(2026, 3, 1), datetime(2026, 3, 1, 8), "2026-03-01", "2026年3月底", "上个月", "2026.3.1"),
        *(46000, 5, 20260301, "三月", 0.5),
    ),
}
TARGET_VALUES: dict[str, tuple[Any, ...]] = {
    "完成值": (
        *(None, "", "　", 12, 0, -3, 8.25, "12", "１２", "12件", "≥12", ">=12"),
        *("约12", "1.2亿元", "较多", "—"),
        *("16%", (0.16, "0%"), (12, "0%"), (16, "0.00"), True, datetime(2026, 12, 1), 1e12),
    ),
    "数据截止日期": (
        *(None, date(2026, 11, 30), "2026-11-30", "2026年11月底", "上个月", "2026.11.30", 46000, 5, 20261130),
        " ",
    ),
    "说明": (None, "无", "口径与上年一致。", "长" * 2000, "长" * 2001, 7),
}
STRICTER: dict[str, set[Any]] = {
    "完成进度(%)": {"８０％", "约80", "八成左右", (0.005, "0.0%"), 1, 0.5, 101, (1.2, "0%")},
    "自评分": {"９０"},
    "风险等级": {"　低"},
    "投入经费(万元)": {"3万", "１２", "12件"},
    "开工日期": {5, "2026年3月底", 20260301},
    "完成值": {"１２", "12件", "≥12", ">=12", "约12", "16%", (0.16, "0%"), (12, "0%")},
    "数据截止日期": {5, "2026年11月底", 20261130},
}


def form_with_dates() -> Form:
    """The form of an office with a column of each kind."""
    own = office_form()
    changes = {"key": "begun", "heading": "开工日期", "width": 12}
    day = own.header_fields["filled_on"].model_copy(update=changes)
    return Form.model_validate(own.model_dump() | {"task": (*own.task, day)})


def large_plan(tasks: int, targets: int) -> Plan:
    """A plan in which 市教育局 leads every second task and supports the others; task 1 has the targets."""
    plan = small_plan()
    lead, support = plan.tasks[0], plan.tasks[1]
    measures = ("件", "%", "个百分点", "万元")
    goals = tuple(Target(f"1-{n}", "1", f"指标{n}", ">=", 10, measures[n % 4], "10以上") for n in range(1, targets + 1))
    made = [
        replace(lead if n % 2 else support, number=str(n), targets=goals if n == 1 else ()) for n in range(1, tasks + 1)
    ]
    return replace(plan, tasks=tuple(made))


def put(cell: Any, value: Any) -> None:
    """Type a value, or a value with a number format, into a cell; never as a formula."""
    value, number_format = value if isinstance(value, tuple) else (value, "")
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if number_format:
        cell.number_format = number_format


def random_row(chance: random.Random, form: Form) -> dict[str, Any]:
    """A good row with any status, in which up to three cells were then changed."""
    status = chance.choice(list(form.statuses))
    progress = {"full": 100, "none": 0, "part": 40, "any": 60, "blank": None}[form.statuses[status].progress]
    row: dict[str, Any] = {
        "完成状态": status,
        "完成进度(%)": progress,
        "完成情况": "按计划完成全部事项，印发办法两件。",
        "存在问题及原因": "经费未落实。",
        "下一步计划": "2027年3月底前完成。",
        "投入经费(万元)": 30,
    }
    for heading in chance.sample(sorted(TASK_VALUES), chance.choice((0, 1, 1, 1, 2, 3))):
        row[heading] = chance.choice(TASK_VALUES[heading])
    return row


def random_target(chance: random.Random) -> dict[str, Any]:
    """A figure that misses no target, in whose row up to two cells were then changed."""
    row: dict[str, Any] = {"完成值": 12}
    for heading in chance.sample(sorted(TARGET_VALUES), chance.choice((0, 1, 1, 2))):
        row[heading] = chance.choice(TARGET_VALUES[heading])
    return row


def is_stricter(row: dict[str, Any]) -> bool:
    """Whether a row has a value that the workbook may ask for again although it is accepted."""
    return any(value in STRICTER.get(heading, ()) for heading, value in row.items())


def fill_rows(sheet: Any, head: int, rows: dict[str, dict[str, Any]]) -> None:
    """Put the values of each row, known by its number, under their headings."""
    columns = {str(cell.value): cell.column for cell in sheet[head]}
    for line in range(head + 1, head + 1 + len(rows)):
        for heading, value in rows[str(sheet.cell(line, 1).value)].items():
            put(sheet.cell(line, columns[heading]), value)


TASKS_EACH, TARGETS_EACH, BOOKS = 30, 12, 20


@pytest.mark.slow
@needs_libreoffice
def test_no_row_that_is_called_ready_is_refused_and_none_is_asked_for_more_than_is_said(office_folder: Path) -> None:
    own, chance = form_with_dates(), random.Random(20261201)
    plan = large_plan(TASKS_EACH, TARGETS_EACH)
    blank = issue_one(plan, own)
    sent: dict[str, dict[str, dict[str, Any]]] = {}
    errors: dict[str, dict[str, list[Finding]]] = {}
    files = []
    for number in range(BOOKS):
        tasks = {str(n): random_row(chance, own) for n in range(1, TASKS_EACH + 1)}
        tasks["1"]["完成状态"] = "已完成"  # its targets are asked for
        targets = {f"1-{n}": random_target(chance) for n in range(1, TARGETS_EACH + 1)}

        def edit(book: Any, tasks: Any = tasks, targets: Any = targets) -> None:
            fill_rows(book["任务填报"], 6, tasks)
            fill_rows(book["量化指标"], 4, targets)

        path = office_folder / f"{number:03}.xlsx"
        path.write_bytes(fill(BytesIO(blank), {n: dict.fromkeys(r) for n, r in tasks.items()}, edit=edit))
        files.append(path)
        sent[path.stem] = tasks | targets
        found: dict[str, list[Finding]] = {}
        for each in read_and_check(path.read_bytes(), own, plan=plan)[1]:
            if each.is_error:
                found.setdefault(each.task, []).append(each)
        errors[path.stem] = found
    shown = convert(office_folder, XLSX, files)
    assert len(shown) == BOOKS
    unfair, unsafe, ready = [], [], 0
    check = len(own.task) + 1
    for stem, path in shown.items():
        book = openpyxl.load_workbook(path, data_only=True)
        tasks_sheet: Any = book["任务填报"]
        meta: Any = book["_meta"]
        lines = tasks_sheet.iter_rows(min_row=7, max_row=6 + TASKS_EACH, values_only=True)
        says = {str(line[0]): line[check - 1] for line in lines}
        says |= {str(line[1].value): line[3].value for line in meta.iter_rows() if line[0].value == "target"}
        assert len(says) == TASKS_EACH + TARGETS_EACH
        for task, words in says.items():
            ready += words == "可报送"
            codes = [each.kind.code for each in errors[stem].get(task, [])]
            if words == "可报送" and codes:
                unsafe.append((codes, sent[stem][task]))
            if words != "可报送" and not codes and not is_stricter(sent[stem][task]):
                unfair.append((words, sent[stem][task]))
    assert not unsafe, "\n".join(f"{codes} {str(row)[:400]}" for codes, row in unsafe)
    assert not unfair, "\n".join(f"{words} {str(row)[:400]}" for words, row in unfair)
    assert 250 < ready < 600


HEADER_VALUES: dict[str, tuple[Any, ...]] = {
    "填报人": ("林晓", *BLANK, "长" * 4001),
    "联系电话": ("62340011", 62340011, None, "　"),
    "审核人": ("周正", "无", " ", None),
    "填报日期": (date(2026, 12, 9), None, "2026-12-09", "昨天", 5, 46000),
}


def delete_row(book: Any) -> None:
    book["任务填报"].delete_rows(8)


def copy_row(book: Any) -> None:
    """A row copied with its formula below the table, as one does with the mouse."""
    sheet = book["任务填报"]
    for column in range(1, 17):
        sheet.cell(9, column).value = sheet.cell(7, column).value
    sheet["P9"].value = Translator(sheet["P7"].value, origin="P7").translate_formula("P9")


def type_below(book: Any) -> None:
    book["任务填报"]["A9"].value = 99
    book["任务填报"]["J9"].value = "另外做的工作。"


def type_without_number(book: Any) -> None:
    book["任务填报"]["J10"].value = "另外做的工作。"


def remark_below(book: Any) -> None:
    """A remark under the table is nothing that was reported."""
    book["任务填报"]["A10"].value = "注：数据截至11月底。"


def overwrite_plan(book: Any) -> None:
    book["任务填报"]["C7"].value = "建立校园知识产权教育协调机制。"


def lose_number(book: Any) -> None:
    book["任务填报"]["A8"].value = None


def other_number(book: Any) -> None:
    book["任务填报"]["A8"].value = 1


def other_unit(book: Any) -> None:
    book["任务填报"]["C3"].value = "市司法局"


def full_name(book: Any) -> None:
    book["任务填报"]["C3"].value = "青川市教育局"


def other_year(book: Any) -> None:
    book["任务填报"]["F3"].value = 2025


def other_goal(book: Any) -> None:
    book["量化指标"]["D5"].value = "≥3"


def delete_target(book: Any) -> None:
    book["量化指标"].delete_rows(6)


def error_in_a_cell(book: Any) -> None:
    """What Excel leaves of a formula that was typed in and went wrong."""
    book["任务填报"]["J7"].value = "#VALUE!"
    book["任务填报"]["J7"].data_type = "e"


def error_in_a_target(book: Any) -> None:
    book["量化指标"]["F5"].value = "#DIV/0!"
    book["量化指标"]["F5"].data_type = "e"


def error_in_the_header(book: Any) -> None:
    book["任务填报"]["C4"].value = "#N/A"
    book["任务填报"]["C4"].data_type = "e"


def pasted_in_another_order(book: Any) -> None:
    """The values of all rows pasted over the table in another order: rows are known by their numbers."""
    for name, first, last, columns in (("任务填报", 7, 8, 15), ("量化指标", 5, 6, 8)):
        sheet = book[name]
        for column in range(1, columns + 1):
            one, other = sheet.cell(first, column), sheet.cell(last, column)
            one.value, other.value = other.value, one.value


def pasted_without_its_number(book: Any) -> None:
    """The values in another order, but the numbers left where they were: another task's account."""
    sheet = book["任务填报"]
    for column in range(2, 16):
        one, other = sheet.cell(7, column), sheet.cell(8, column)
        one.value, other.value = other.value, one.value


def one_row_too_low(book: Any) -> None:
    """Answers pasted from the row below the first."""
    sheet = book["任务填报"]
    for column in range(8, 16):
        for row in (9, 8):
            sheet.cell(row, column).value = sheet.cell(row - 1, column).value
        sheet.cell(7, column).value = None


def lose_targets(book: Any) -> None:
    del book["量化指标"]


def target_below(book: Any) -> None:
    book["量化指标"]["A7"].value = "1-9"
    book["量化指标"]["F7"].value = 3


EDITS = {
    edit.__name__: edit
    for edit in (
        *(delete_row, copy_row, type_below, type_without_number, remark_below, overwrite_plan, lose_number),
        *(other_number, other_unit, full_name, other_year, other_goal, delete_target, target_below),
        *(error_in_a_cell, error_in_a_target, error_in_the_header),
        *(pasted_in_another_order, pasted_without_its_number, one_row_too_low, lose_targets),
    )
}


@pytest.mark.slow
@needs_libreoffice
def test_no_workbook_that_is_called_ready_is_refused(form: Form, office_folder: Path) -> None:
    chance, blank = random.Random(20261202), issue_one(small_plan(), form)
    cases: dict[str, tuple[dict[str, Any], Any]] = {f"edit_{name}": ({}, each) for name, each in EDITS.items()}
    for number in range(60):
        header = {heading: values[0] for heading, values in HEADER_VALUES.items()}
        for heading in chance.sample(sorted(HEADER_VALUES), chance.choice((0, 1, 1, 2))):
            header[heading] = chance.choice(HEADER_VALUES[heading])
        edit = chance.choice([*[None] * len(EDITS), *EDITS.values()])
        cases[f"{number:03}"] = (header, edit)
    files, refused = [], {}
    for name, (header, edit) in cases.items():
        path = office_folder / f"{name}.xlsx"
        path.write_bytes(fill(BytesIO(blank), header=header, edit=edit))
        files.append(path)
        found = read_and_check(path.read_bytes(), form)[1]
        refused[name] = [each.kind.code for each in found if each.is_error]
    shown = convert(office_folder, XLSX, files)
    unsafe, unfair = [], []
    for stem, path in shown.items():
        says = openpyxl.load_workbook(path, data_only=True)["任务填报"]["A2"].value
        header, edit = cases[stem]
        if says == READY_BOOK and refused[stem]:
            unsafe.append((stem, edit, header, refused[stem]))
        # words without a number are a remark to the check; the unit is asked whether it meant them as that
        untidy = header.get("填报日期") in ("2026-12-09",) or edit is type_without_number
        if says != READY_BOOK and not refused[stem] and not untidy:
            unfair.append((stem, edit, header, says))
    assert unsafe == []
    assert unfair == []
    for name in ("error_in_a_cell", "error_in_a_target", "error_in_the_header"):
        says = openpyxl.load_workbook(shown[f"edit_{name}"], data_only=True)["任务填报"]["A2"].value
        assert says == "填报检查：有 1 个单元格是错误值（如 #VALUE!），请改填内容，再看检查结果。", name
    wrong = openpyxl.load_workbook(shown["edit_error_in_a_cell"], data_only=True)["任务填报"]
    assert [wrong[f"P{row}"].value for row in (7, 8)] == ["单元格有错误值，请改正；", "可报送"]
    assert "answers_stand_in_their_rows" in refused["edit_one_row_too_low"]
    assert "both_tables_are_sent" in refused["edit_lose_targets"]
    assert refused["edit_pasted_in_another_order"] == []
    moved = openpyxl.load_workbook(shown["edit_pasted_in_another_order"], data_only=True)["任务填报"]
    assert moved["A2"].value == READY_BOOK
    assert sum(not codes for codes in refused.values()) >= 8


@pytest.mark.slow
@needs_libreoffice
def test_summary_counts_what_is_open_and_says_where(form: Form, office_folder: Path) -> None:
    blank, files = issue_one(small_plan(), form), []
    wrong = fill(BytesIO(blank), {"2": {"完成情况": None}}, {"1-2": None}, {"审核人": None})
    dropped = {"完成状态": "不适用", "存在问题及原因": "职能已划转。"}
    void = fill(BytesIO(blank), {"1": dropped}, {"1-1": None, "1-2": None})
    assert not any(each.is_error for each in read_and_check(void, form)[1])
    for name, data in (
        *(("good", fill(BytesIO(blank))), ("void", void), ("wrong", wrong)),
        ("below", fill(BytesIO(blank), edit=type_below)),
    ):
        files.append(office_folder / f"{name}.xlsx")
        files[-1].write_bytes(data)
    shown = convert(office_folder, XLSX, files)
    books = {stem: openpyxl.load_workbook(path, data_only=True) for stem, path in shown.items()}
    says = {stem: book["任务填报"]["A2"].value for stem, book in books.items()}
    assert says == {
        "good": READY_BOOK,
        "void": READY_BOOK,  # a dropped task's targets are not asked for
        "wrong": (
            "填报检查：还有 1 项任务没有填好，见“填报检查”列；还有 1 处表头没有填好，见下方黄色、橙色的格；"
            "还有 1 个指标没有填好，见“量化指标”表；"
        ),
        "below": "填报检查：有 1 行不是下发的内容，请并入有关任务后删去；",
    }
    assert [books["wrong"]["任务填报"][cell].value for cell in ("P7", "P8")] == ["可报送", "缺完成情况；"]
    assert books["wrong"]["量化指标"]["A2"].value == "还有 1 个指标没有填好。1-2：缺完成值；"
    assert books["good"]["量化指标"]["A2"].value.startswith("目标值和计量单位来自方案。")


@pytest.mark.slow
@needs_libreoffice
def test_a_correction_shows_what_its_formulas_come_to(form: Form, office_folder: Path) -> None:
    """Protected View and telephones show the results that the file holds; LibreOffice works them out anew."""
    wrong = {
        "1": {"完成状态": "快了", "完成进度(%)": 101, "完成情况": None},
        "2": {"完成状态": "滞后", "完成进度(%)": 40, "存在问题及原因": None, "下一步计划": "2027年3月底前完成。"},
    }
    cases = {
        "wrong": fill(BytesIO(issue_one(small_plan(), form)), wrong, {"1-1": "较多", "1-2": None}, {"审核人": None}),
        "good": fill(BytesIO(issue_one(small_plan(), form)), {"2": {"佐证材料": None}}),
        "blank": issue_one(small_plan(), form),
    }
    files, held = [], {}
    for name, data in cases.items():
        sent, findings = read_and_check(data, form)
        correction = Correction(sent, findings, date(2026, 12, 28))
        made = writer_of(small_plan(), form).correction(recipient_of(small_plan(), "市教育局"), correction)
        held[name] = shown_in(openpyxl.load_workbook(BytesIO(made), data_only=True))
        book = openpyxl.load_workbook(BytesIO(made))  # which holds no results, so that all are worked out
        files.append(office_folder / f"correction_{name}.xlsx")
        book.save(files[-1])
    shown = convert(office_folder, XLSX, files)
    worked_out = {stem: shown_in(openpyxl.load_workbook(path, data_only=True)) for stem, path in shown.items()}
    assert {f"correction_{name}": words for name, words in held.items()} == worked_out
    assert held["good"] == [READY_BOOK, "可报送", "可报送", held["good"][3]]
    assert held["wrong"][2] == "缺存在问题及原因；"


def shown_in(book: Any) -> list[str]:
    """What 填报检查 shows of the workbook, of each task, and of the targets."""
    return [book["任务填报"][cell].value for cell in ("A2", "P7", "P8")] + [book["量化指标"]["A2"].value]


# ---- without LibreOffice ---------------------------------------------------------------------------------

COVERED = {
    "answers_stand_in_their_rows": "the row left blank is not ready, and the one below has no number",
    "both_tables_are_sent": "without the sheet nothing can be counted, which the summary says",
    "target_is_readable": "figure_is_readable asks for a plain number in every column of figures",
    "task_is_answered": "every row must be ready, and none be missing",
    "task_is_known": "the summary counts rows with other numbers",
    "task_is_single": "the formulas look for the same number in other rows",
    "unit_is_right": "the summary compares it with _meta",
    "year_is_right": "the summary compares it with _meta",
}


def test_every_error_of_a_return_is_one_that_the_workbook_shows() -> None:
    errors = {rule.kind.code for rule in gather() if rule.kind.severity is Severity.ERROR}
    without = {rule.kind.code for rule in gather() if rule.live is None}
    assert errors & without == COVERED.keys()


def test_each_condition_is_about_a_cell_of_its_row(form: Form) -> None:
    for row in (task_row(form, "7"), target_row(form, "5")):
        for check in live_checks(row):
            assert check.key in {field.key for field in row.fields}
            assert row.ref(check.key) in check.condition


def test_every_part_is_asked_for_what_it_must_have(form: Form) -> None:
    missing = {check.key for check in live_checks(task_row(form, "7")) if check.missing}
    assert missing == {"status", "progress", "result", "problem", "next_step"}
    missing = {check.words for check in live_checks(target_row(form, "5")) if check.missing}
    assert missing == {"缺完成值"}


def test_an_office_may_ask_for_more_on_the_sheet_of_targets(form: Form) -> None:
    day = form.target_fields["as_of"].model_copy(update={"required": "always"})
    fields = tuple(day if each.key == "as_of" else each for each in form.target)
    own = Form.model_validate(form.model_dump() | {"target": fields})
    book = openpyxl.load_workbook(BytesIO(issue_one(small_plan(), own)))
    assert any("缺数据截止日期；" in str(cell.value) for cell in book["_meta"][8])
