"""Measure duban against named peers doing the same work in the same run; prints a table of ratios.

    python benchmarks/run.py [--tasks 12] [--files 60]

Times are processor time per item, the best of three rounds. Only the ratios mean anything on another machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import docx  # noqa: E402
import openpyxl  # noqa: E402
import pandas as pd  # noqa: E402
from builders.samples import many_tasks  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402
from jinja2 import Environment, StrictUndefined  # noqa: E402
from openpyxl.comments import Comment  # noqa: E402
from openpyxl.styles import PatternFill  # noqa: E402

from reporting.documents import summary  # noqa: E402
from reporting.documents.filling.word import fill_template  # noqa: E402
from reporting.files.file_type import sniff  # noqa: E402
from reporting.model import Deadline, Plan, Task, Unit  # noqa: E402
from reporting.model.findings import Finding  # noqa: E402
from reporting.office.form import Form, load_form  # noqa: E402
from reporting.office.settings import Dates, Settings  # noqa: E402
from reporting.plan.documents.open import read_document  # noqa: E402
from reporting.plan.share_out import Recipient, distribute  # noqa: E402
from reporting.returns.check import check_returns  # noqa: E402
from reporting.returns.join import expect  # noqa: E402
from reporting.returns.reading.read import read_return  # noqa: E402
from reporting.returns.workbook.marks import Correction  # noqa: E402
from reporting.returns.workbook.stamp import Issuer, WorkbookWriter  # noqa: E402

SETTINGS = Settings(
    year=2026, dates=Dates(issue=date(2026, 12, 1), due=date(2026, 12, 20), data_as_of=date(2026, 12, 15))
)


def make_plan(tasks: int) -> Plan:
    """A plan of one unit with so many tasks of usual length."""
    content = "建立健全知识产权协调会商机制，每季度召开一次会商会议，推动重点任务落实，形成工作台账并按期通报。"
    return Plan(
        title="澜川市2026年任务分解方案",
        issuer="澜川市办公室",
        year=2026,
        document_number=None,
        tasks=tuple(
            Task(str(n), ("一、夯实基础",), content, ("市教育局",), ("市司法局",), Deadline("2026年底前", "date"))
            for n in range(1, tasks + 1)
        ),
        units=(Unit("市教育局"), Unit("市司法局")),
    )


def best(work: Callable[[], object], items: int) -> float:
    """Processor milliseconds per item, the best of three rounds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) / items * 1000


def fill(workbook: bytes, tasks: int, status: str = "已完成") -> bytes:
    """A filled-in return."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    sheet = book["任务填报"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "任务编号")
    for row in range(head + 1, head + 1 + tasks):
        for column, value in ((8, status), (9, 100), (10, "按季度会商，全年召开会议四次，印发纪要四期。")):
            sheet.cell(row, column).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def load_and_fill(template: bytes, recipient: Recipient) -> bytes:
    """The usual way to write a workbook: load a template with openpyxl, fill the cells, save."""
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book["任务填报"]
    for row, assignment in enumerate(recipient.assignments, 7):
        sheet.cell(row, 3).value = assignment.task.content
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def load_and_mark(sent: bytes, findings: Sequence[Finding]) -> bytes:
    """The usual way to send a return back: load it with openpyxl, colour and comment the cells, save."""
    book = openpyxl.load_workbook(BytesIO(sent))
    for finding in findings:
        if finding.place.cell:
            cell = book[finding.place.part][finding.place.cell]
            cell.fill = PatternFill("solid", fgColor="FFFF00")
            cell.comment = Comment(finding.message, "办公室")
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def words_of(path: Path) -> list[str]:
    """The usual way to read a document: every paragraph and every cell with python-docx."""
    document = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    rows = (row for table in document.tables for row in table.rows)
    return lines + ["\t".join(cell.text for cell in row.cells) for row in rows]


def write_document(path: Path, tasks: int) -> None:
    """A plan as a Word document with so many rows of a table."""
    document = docx.Document()
    document.add_paragraph("澜川市2026年任务分解方案")
    table = document.add_table(rows=0, cols=4)
    for number in range(tasks):
        words = (str(number + 1), f"推进第{number + 1}项重点工作，形成工作台账。", "市教育局", "2026年底前")
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text
    document.save(str(path))


def fill_with_docxtpl(template: Path, context: Mapping[str, object]) -> bytes:
    """The same template and context through docxtpl."""
    document = DocxTemplate(template)
    document.render(dict(context), Environment(autoescape=True, undefined=StrictUndefined))
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def check_one_by_one(form: Form, tables: list[pd.DataFrame]) -> None:
    """The usual way to check: one pandera run for each file, a check for each column that is filled in.

    That is a part of our work: rules about several cells, places and sentences come on top.
    """
    import pandera.pandas as pa

    def checks(key: str) -> pa.Check:
        field = form.task_fields[key]
        if field.type == "status":
            return pa.Check.isin(list(form.statuses))
        if field.type in ("percent", "number"):
            return pa.Check(lambda s: s.map(lambda v: v == "" or 0 <= float(v) <= 100))
        return pa.Check(lambda s: s.map(lambda v: len(str(v)) <= field.max_length))

    schema = pa.DataFrameSchema(
        {field.heading: pa.Column(checks=checks(key)) for key, field in form.task_fields.items() if field.filled}
    )
    for table in tables:
        schema.validate(table, lazy=True)


def measure(tasks: int, files: int) -> list[tuple[str, float, str, float]]:
    """What was done, our time, the peer, its time (milliseconds per item)."""
    form = load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))
    recipient = distribute(make_plan(tasks)).recipients[0]
    writer = WorkbookWriter(form, Issuer("plan", "方案", "办公室", SETTINGS, b"secret"))
    issued = writer.issued(recipient)
    returns = [fill(issued, tasks)] * files
    kind = sniff(returns[0])
    sent = [read_return("a.xlsx", str(n), data, kind, form)[0] for n, data in enumerate(returns)]
    expected = {recipient.unit: expect(recipient.assignments)}
    wrong = fill(issued, tasks, status="差不多了")
    ((marked, findings),) = check_returns(
        [replace(read_return("a.xlsx", "0", wrong, kind, form)[0], unit=recipient.unit)], expected, form, 2026
    )
    correction = Correction(marked, findings, SETTINGS.dates.due)
    frame = pd.read_excel(BytesIO(returns[0]), sheet_name="任务填报", header=5, engine="openpyxl")
    frame = frame.astype(object).fillna("")
    return [
        (
            f"写一份填报表（{tasks} 项任务）",
            best(lambda: [writer.issued(recipient) for _ in range(files)], files),
            "openpyxl 载入、填写、保存",
            best(lambda: [load_and_fill(issued, recipient) for _ in range(files)], files),
        ),
        (
            "读一份填报表",
            best(lambda: [read_return("a.xlsx", "0", data, kind, form) for data in returns], files),
            "pandas + openpyxl",
            best(lambda: [pd.read_excel(BytesIO(d), sheet_name=None, engine="openpyxl") for d in returns], files),
        ),
        (
            "核对一份填报表（全部规则）",
            best(lambda: check_returns(sent, expected, form, 2026), files),
            "pandera 逐份，只查单列",
            best(lambda: check_one_by_one(form, [frame] * files), files),
        ),
        (
            f"写一份退回修改表（{len(findings)} 处问题）",
            best(lambda: [writer.correction(recipient, correction) for _ in range(files)], files),
            "openpyxl 载入、标色批注、保存",
            best(lambda: [load_and_mark(wrong, findings) for _ in range(files)], files),
        ),
    ]


def measure_documents(tasks: int) -> list[tuple[str, float, str, float]]:
    """The same of Word documents: a plan read, the year-end summary filled."""
    year = many_tasks()
    template = ROOT / "templates" / summary.OUTPUT.template
    form = load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))
    context = summary.build(year, SETTINGS, form)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "方案.docx"
        write_document(path, tasks)
        return [
            (
                f"读方案文档（表格 {tasks} 行）",
                best(lambda: read_document(path), 1),
                "python-docx 逐段、逐格",
                best(lambda: words_of(path), 1),
            ),
            (
                f"填写年度总结（{len(year.tasks)} 项任务）",
                best(lambda: fill_template(template, context), 1),
                "docxtpl，同一模板",
                best(lambda: fill_with_docxtpl(template, context), 1),
            ),
        ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=12)
    parser.add_argument("--files", type=int, default=60)
    chosen = parser.parse_args()
    for what, ours, peer, theirs in (*measure(chosen.tasks, chosen.files), *measure_documents(300)):
        print(f"{what:<24} {ours:8.2f} ms   {peer:<28} {theirs:8.2f} ms   为其 {theirs / ours:5.1f} 倍速")


if __name__ == "__main__":
    main()
