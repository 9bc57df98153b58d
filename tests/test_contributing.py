"""The ten things that people add: CONTRIBUTING.md shows each whole, in at most four files, and each works."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from builders.additions import copy_project, read_additions
from builders.house import LAWS, read_house, typed_commands
from builders.year import ROOT

ADDITIONS = read_additions(ROOT / "CONTRIBUTING.md")
TEN = (
    "A rule",
    "A rule of the plan",
    "A notation",
    "A column of the return",
    "A column of plan.xlsx",
    "A setting",
    "A file format",
    "A command",
    "A document",
    "A decision",
)
PLAN = """云川市知识产权强市建设2026年度工作方案

1.建设知识产权公共服务平台。（主责：市知识产权局；协同：市财政局）
2.开展专利转化专项行动，新增转化专利30件。（主责：市教育局；协同：市知识产权局）
3.加强商标品牌培育。（主责：市知识产权局）
"""


class Copy:
    """The project with all ten things added, and a workspace of its own."""

    def __init__(self, root: Path) -> None:
        self.root, self.desk = root, root / "desk"

    def run(self, *words: str, exits: int = 0) -> str:
        """Run a command of the copy on its workspace; gives back what it says."""
        return self.python("cli.py", *words, "-w", str(self.desk), exits=exits)

    def python(self, *words: str, exits: int = 0) -> str:
        """Run the interpreter in the copy."""
        command = [sys.executable, "-B", *words]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == exits, done.stdout + done.stderr
        return done.stdout

    def tests(self, path: str, which: str) -> str:
        """Run some tests of the copy."""
        return self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", path, "-k", which)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with everything added, a plan read in and issued."""
    made = Copy(tmp_path_factory.mktemp("copy"))
    copy_project(ROOT, made.root)
    for edits in ADDITIONS.values():
        for edit in edits:
            edit.make(made.root)
    made.python("templates/build.py")
    made.run("init", str(made.desk), "--year", "2026")
    (made.root / "plan.txt").write_text(PLAN, encoding="utf-8")
    settings = made.desk / "duban.toml"
    text = settings.read_text(encoding="utf-8").replace("[contact]", '[contact]\nroom = "甲楼501"')
    settings.write_text(text, encoding="utf-8")
    made.run("plan", "import", "plan.txt")
    book = openpyxl.load_workbook(made.desk / "plan.xlsx")
    book["说明"]["B3"] = "云川市知识产权工作领导小组办公室"
    sheet = book["任务"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("资金来源") + 1, "市级财政")
    book.save(made.desk / "plan.xlsx")
    made.run("issue", "--date", "2026-12-01")
    return made


def test_all_ten_are_shown_each_in_at_most_four_files() -> None:
    assert tuple(ADDITIONS) == TEN
    for heading, edits in ADDITIONS.items():
        assert 1 <= len({each.file for each in edits}) <= 4, heading


@pytest.mark.slow
def test_the_house_stands_with_all_ten_added(copy: Copy) -> None:
    house = read_house(copy.root, {*typed_commands(), "whose", "cancel"})
    assert [said for law in LAWS for said in law(house)] == []


@pytest.mark.slow
def test_the_rule_is_run_and_listed(copy: Copy) -> None:
    assert " passed" in copy.tests("tests/returns/test_rules.py", "next_step_is_firm")
    assert "next_step_is_firm" in copy.run("rules")


@pytest.mark.slow
def test_the_rule_of_the_plan_is_run(copy: Copy) -> None:
    assert " passed" in copy.tests("tests/plan/test_plan_rules.py", "deadline_at_weekend")


@pytest.mark.slow
def test_the_notation_reads_its_document(copy: Copy) -> None:
    copy.run("plan", "import", "plan.txt", "-o", "other.xlsx", "--json", "plan.json")
    tasks = json.loads((copy.root / "plan.json").read_text(encoding="utf-8"))["tasks"]
    assert [each["lead"] for each in tasks] == [["市知识产权局"], ["市教育局"], ["市知识产权局"]]
    assert [each["support"] for each in tasks] == [["市财政局"], ["市知识产权局"], []]


@pytest.mark.slow
def test_the_column_stands_in_the_workbooks(copy: Copy) -> None:
    (path,) = (copy.desk / "outbox" / "2026" / "下发").glob("*市教育局*.xlsx")
    assert "投入资金(万元)" in words_of(path, "任务填报")


@pytest.mark.slow
def test_the_column_of_the_plan_is_kept_compared_and_frozen(copy: Copy) -> None:
    assert "市级财政" in words_of(copy.desk / "plan.xlsx", "任务")
    told = copy.python("cli.py", "plan", "diff", "plan.txt", str(copy.desk / "plan.xlsx"))
    assert "资金来源" in told
    assert "市级财政" in told
    copy.run("plan", "import", "plan.txt")  # again, over the edited workbook
    assert "市级财政" in words_of(copy.desk / "plan.xlsx", "任务")


@pytest.mark.slow
def test_the_setting_is_printed(copy: Copy) -> None:
    (path,) = (copy.desk / "outbox" / "2026" / "下发").glob("*市教育局*.xlsx")
    assert "甲楼501" in words_of(path, "填报说明")


@pytest.mark.slow
def test_a_return_comes_in_the_format(copy: Copy) -> None:
    row = {"任务编号": "1", "角色": "配合", "完成状态": "已完成", "完成进度(%)": "100"}
    rows = [{**row, "完成情况": "落实经费320万元，平台建成投用。"}]
    data = json.dumps(rows, ensure_ascii=False)
    (copy.desk / "inbox" / "市财政局.json").write_text(data, encoding="utf-8")
    copy.run("identify", "市财政局.json", "市财政局", "--reason", "电话核实", "--date", "2026-12-10")
    copy.run("collect", "--json", "collected.json", "--date", "2026-12-10", exits=1)
    (receipt,) = json.loads((copy.root / "collected.json").read_text(encoding="utf-8"))["receipts"]
    assert (receipt["file"], receipt["verdict"]) == ("市财政局.json", "returned")  # nobody signed it
    assert receipt["unit"] == "市财政局"


@pytest.mark.slow
def test_the_command_answers(copy: Copy) -> None:
    assert "承担这项任务的有 市教育局（牵头）、市知识产权局（配合）。" in copy.run("whose", "2")
    assert "承担单位" in copy.python("cli.py", "--help")


@pytest.mark.slow
def test_the_document_is_made(copy: Copy) -> None:
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from reporting.documents import certificate\n"
        "from reporting.documents.filling.make import make_document\n"
        "from reporting.office.workspace import Workspace\n"
        "day = date(2026, 12, 10)\n"
        "words = {'unit': '市教育局', 'issuer': '云川市', 'received': day, 'today': day}\n"
        "context = certificate.build(Workspace(Path(sys.argv[1])).settings, **words)\n"
        "made = make_document(Workspace(Path(sys.argv[1])), certificate.OUTPUT, context)\n"
        "Path('receipt.docx').write_bytes(made.data); print(made.notes)\n"
    )
    assert copy.python("-c", script, str(copy.desk)).strip() == "()"
    document = docx.Document(io.BytesIO((copy.root / "receipt.docx").read_bytes()))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "贵单位2026年12月10日报送的填报表已核对无误，现予收下。" in text


@pytest.mark.slow
def test_the_decision_is_laid_over_the_plan_and_taken_back(copy: Copy) -> None:
    def tasks() -> list[str]:
        copy.run("status", "--json", "status.json", "--date", "2026-12-11")
        words = json.loads((copy.root / "status.json").read_text(encoding="utf-8"))
        return [each["number"] for each in words["tasks"]]

    assert tasks() == ["1", "2", "3"]
    said = copy.run("cancel", "3", "--reason", "上级调整部署", "--date", "2026-12-11")
    assert "号决定：任务 3 取消。理由：上级调整部署" in said
    assert tasks() == ["1", "2"]
    number = said.split("第 ")[1].split(" 号")[0]
    copy.run("revoke", number, "--reason", "恢复", "--date", "2026-12-11")
    assert tasks() == ["1", "2", "3"]


def words_of(path: Path, sheet: str) -> str:
    """Everything that stands on a sheet."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
