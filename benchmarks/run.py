"""Measure duban against named peers doing the same work in the same run; prints a table of ratios.

    python benchmarks/run.py [--tasks 12] [--files 60]

Times are processor time per item, the best of three rounds. Only the ratios mean anything on another machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402
import pandas as pd  # noqa: E402

from reporting.check import check_returns  # noqa: E402
from reporting.distribution import Recipient, distribute  # noqa: E402
from reporting.files.returns import read_return  # noqa: E402
from reporting.files.sniffing import sniff  # noqa: E402
from reporting.files.workbooks import Issuer, WorkbookWriter  # noqa: E402
from reporting.form import Form, load_form  # noqa: E402
from reporting.joining import expect  # noqa: E402
from reporting.model import Deadline, Plan, Task, Unit  # noqa: E402
from reporting.settings import Dates, Settings  # noqa: E402

SETTINGS = Settings(
    year=2026,
    dates=Dates(issue=date(2026, 12, 1), due=date(2026, 12, 20), data_as_of=date(2026, 12, 15)),
)


def make_plan(tasks: int) -> Plan:
    """A plan of one unit with so many tasks of usual length."""
    content = (
        "建立健全知识产权协调会商机制，每季度召开一次会商会议，推动重点任务落实，形成工作台账并按期通报。"
    )
    return Plan(
        title="澜川市2026年任务分解方案",
        issuer="澜川市办公室",
        year=2026,
        document_number=None,
        tasks=tuple(
            Task(
                str(n),
                ("一、夯实基础",),
                content,
                ("市教育局",),
                ("市司法局",),
                Deadline("2026年底前", "date"),
            )
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


def fill(workbook: bytes, tasks: int) -> bytes:
    """A filled-in return."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    sheet = book["任务填报"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "任务编号")
    for row in range(head + 1, head + 1 + tasks):
        for column, value in ((8, "已完成"), (9, 100), (10, "按季度会商，全年召开会议四次，印发纪要四期。")):
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


def check_one_by_one(form: Form, tables: list[pd.DataFrame]) -> None:
    """The usual way to check: one pandera run for each file, a check for each column that is filled in."""
    import pandera.pandas as pa

    def checks(key: str) -> pa.Check:
        field = form.task_fields[key]
        if field.type == "status":
            return pa.Check.isin(list(form.statuses))
        if field.type in ("percent", "number"):
            return pa.Check(lambda s: s.map(lambda v: v == "" or 0 <= float(v) <= 100))
        return pa.Check(lambda s: s.map(lambda v: len(str(v)) <= field.max_length))

    schema = pa.DataFrameSchema(
        {
            field.heading: pa.Column(checks=checks(key))
            for key, field in form.task_fields.items()
            if field.filled
        }
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
    frame = pd.read_excel(BytesIO(returns[0]), sheet_name="任务填报", header=5, engine="openpyxl").fillna("")
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
            best(
                lambda: [pd.read_excel(BytesIO(d), sheet_name=None, engine="openpyxl") for d in returns],
                files,
            ),
        ),
        (
            "核对一份填报表（全部规则）",
            best(lambda: check_returns(sent, expected, form, 2026), files),
            "pandera 逐份、逐列",
            best(lambda: check_one_by_one(form, [frame] * files), files),
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=12)
    parser.add_argument("--files", type=int, default=60)
    chosen = parser.parse_args()
    for what, ours, peer, theirs in measure(chosen.tasks, chosen.files):
        print(f"{what:<24} {ours:8.2f} ms   {peer:<28} {theirs:8.2f} ms   为其 {theirs / ours:5.1f} 倍速")


if __name__ == "__main__":
    main()
