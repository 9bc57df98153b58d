"""The command line: exit codes and whole sentences, for good input and for whatever else people have."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from builders.command import refused, run
from builders.year import ROOT, SETTINGS, copy_workspace, fill, issued_file, make_workspace, send, small_plan

from reporting.office.workspace import Workspace
from reporting.plan.book.write import write_planbook

COMMANDS = [
    ["init"],
    ["plan"],
    ["plan", "import"],
    ["plan", "check"],
    ["plan", "diff"],
    ["issue"],
    ["collect"],
    ["status"],
    ["remind"],
    ["bulletin"],
    ["review"],
    ["review", "issue"],
    ["review", "collect"],
    ["review", "rectify"],
    ["report"],
    ["rollover"],
    ["rules"],
    ["doctor"],
    ["demo"],
]
LOOP = [["issue"], ["collect"], ["status"], ["remind"], ["report"]]
ON = "--date=2026-12-10"


@pytest.fixture
def fresh(tmp_path: Path) -> Workspace:
    """A workspace with a plan.xlsx, nothing issued."""
    return make_workspace(tmp_path / "工作台")


# ---- help --------------------------------------------------------------------------------------------

_NAMES = re.compile(
    r"\b(cli(\.py)?|duban|inbox|JSON|json|plan|xlsx|xls|txt|md|html|docx|pdf|ofd|csv|LibreOffice|demo|init|issue|"
    r"collect|status|remind|report|review|rules|doctor|import|check|output|workspace|help|explain|date|year|o|w|root|"
    r"task|document|directory|paths|path|seed|share|diff|old|new|counts|doc|h|Markdown|layout|instead|GB|T|Word|"
    r"again|extend|reassign|identify|revoke|rollover|ahead|bulletin|rectify|verify|unit|number|until|reason|role|from|to|SHA)\b"
)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=lambda each: " ".join(each) or "duban")
def test_help_is_chinese_throughout(command: list[str]) -> None:
    code, said, wrong = run(*command, "--help")
    assert (code, wrong) == (0, "")
    assert "用法：" in said
    assert re.findall(r"[A-Za-z]+", _NAMES.sub("", said)) == []


def test_help_lists_every_command() -> None:
    _, said, _ = run("--help")
    assert [line for command in COMMANDS if (line := command[0]) not in said] == []


@pytest.mark.parametrize("arguments", [[], ["plan"]], ids=["duban", "duban plan"])
def test_a_group_without_a_command_shows_its_help(arguments: list[str]) -> None:
    code, said, wrong = run(*arguments)
    assert code == 2
    assert "用法：" in said + wrong


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["nosuch"], "没有“nosuch”这个命令。", id="an unknown command"),
        pytest.param(["issue", "--nosuch"], "没有“--nosuch”这个选项。", id="an unknown option"),
        pytest.param(["plan", "import"], "缺少参数“方案文件”。", id="a missing argument"),
        pytest.param(["issue", "extra"], "多出了“extra”。", id="an argument too many"),
        pytest.param(["status", "--date", "2026-13-01"], "“2026-13-01”不是日期", id="a 13th month"),
        pytest.param(["status", "--date", "明天"], "“明天”不是日期", id="a date in words"),
        pytest.param(["status", "--json"], "选项“--json”后面缺少内容。", id="an option without its value"),
        pytest.param(["init", "--year", "十二"], "“--year”的内容不对：应为整数。", id="a year in words"),
    ],
)
def test_a_wrong_command_line_is_said_in_chinese(arguments: list[str], sentence: str) -> None:
    code, said, wrong = run(*arguments)
    assert (code, said) == (2, "")
    assert sentence in wrong


# ---- where the workspace is --------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["plan", "check"], *LOOP], ids=" ".join)
def test_without_a_workspace_every_command_says_to_make_one(tmp_path: Path, command: list[str]) -> None:
    sentence = refused(*command, "-w", tmp_path / "没有")
    asked, _, told = sentence.partition("请先确认文件夹是否正确")
    assert asked == f"文件夹“{tmp_path / '没有'}”不是工作台：没有 duban.toml。"
    assert told == "：换到工作台所在的文件夹再运行，或者用 -w 指明。确实要新建工作台的，再运行 init。"


def test_the_workspace_may_be_named_before_or_after_the_command(workspace: Workspace) -> None:
    before = run("-w", workspace.root, "status", ON)
    assert before == run("status", ON, "-w", workspace.root)
    assert before == run("status", ON, "--workspace", workspace.root)
    assert before[0] == 0
    assert "应报 4 个单位：已收下 0，退回修改 0，待报送 4，逾期未报 0。" in before[1]


def test_nothing_is_remembered_from_one_run_to_the_next(workspace: Workspace, tmp_path: Path) -> None:
    assert run("-w", workspace.root, "status", ON)[0] == 0
    assert run("-w", tmp_path / "没有", "status", ON)[0] == 2


def test_by_default_the_workspace_is_here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    assert run("status", ON)[0] == 0


# ---- the loop ----------------------------------------------------------------------------------------


def test_the_loop_ends_well_when_all_is_well(fresh: Workspace) -> None:
    assert run("plan", "check", "-w", fresh.root)[0] == 0
    code, said, _ = run("issue", "-w", fresh.root, "--date=2026-12-01")
    assert code == 0
    assert "已写好 4 份填报表和 1 份通知" in said
    assert "下一步：打开一两份看看，把通知和各单位自己的填报表发出去；" in said
    send(fresh, "a.xlsx", fill(issued_file(fresh, "市教育局")))
    code, said, _ = run("collect", "-w", fresh.root, ON)
    assert code == 0
    assert "共 1 个文件：收下 1。" in said
    code, said, _ = run("remind", "-w", fresh.root, ON)
    assert (code, said.strip()) == (0, "没有逾期的单位，不需要催报。")
    code, said, _ = run("remind", "-w", fresh.root, "--date=2026-12-21")
    assert code == 0
    assert "已写好 3 封催报函" in said
    assert run("report", "-w", fresh.root, ON)[0] == 0


def test_what_is_lacking_for_the_issue_is_said_by_the_check(fresh: Workspace) -> None:
    plan = replace(small_plan(), issuer=None)
    write_planbook(fresh.plan_file, plan)
    code, said, _ = run("plan", "check", "-w", fresh.root)
    assert code == 0
    assert "注意：没有发文机关。请在 plan.xlsx“说明”表填写“印发机关”，或在 duban.toml 填写 issuer。" in said
    assert said.strip().endswith("没有错误；照上面的“注意”补齐以后，再运行 issue 下发。")
    code, _, complaint = run("issue", "-w", fresh.root, "--date=2026-12-01")
    assert code == 2
    assert "没有发文机关。" in complaint


def test_what_people_sent_wrong_is_exit_code_1_and_is_said_once(workspace: Workspace) -> None:
    rows = {"1": {"完成状态": "差不多了"}}
    bad = fill(issued_file(workspace, "市教育局"), rows, targets={"1-1": "较多"})
    send(workspace, "a.xlsx", bad)
    send(workspace, "b.xlsx", b"")
    code, said, _ = run("collect", "-w", workspace.root, ON)
    assert code == 1
    assert "共 2 个文件：退回 1，读不了 1。" in said
    assert "任务 1：完成状态“差不多了”" in said
    assert "指标 1-1：完成值“较多”不是数字。" in said
    assert "空文件" in said
    code, said, _ = run("collect", "-w", workspace.root, ON)
    assert code == 0
    assert said.splitlines() == [
        "共 2 个文件：没有新文件；以前已登记 2。",
        "上一次收件的结果，可以用 collect --again 再看。",
    ]


def test_a_new_duplicate_is_shown_among_files_that_are_known(workspace: Workspace) -> None:
    good = fill(issued_file(workspace, "市教育局"))
    send(workspace, "a.xlsx", good)
    run("collect", "-w", workspace.root, ON)
    send(workspace, "又一份.xlsx", good)
    _, said, _ = run("collect", "-w", workspace.root, ON)
    assert "又一份.xlsx" in said
    assert "共 2 个文件：重复 1；以前已登记 1。" in said


def test_square_brackets_in_a_file_name_are_shown_as_they_are(workspace: Workspace) -> None:
    send(workspace, "[red]a[终稿].xlsx", fill(issued_file(workspace, "市教育局")))
    assert "[red]a[终稿].xlsx" in run("collect", "-w", workspace.root, ON)[1]


def test_json_files_have_the_documented_shape(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    run("collect", "-w", workspace.root, ON, "--json", tmp_path / "c.json")
    run("status", "-w", workspace.root, ON, "--json", tmp_path / "s.json")
    collected = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    board = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert [each["verdict"] for each in collected["receipts"]] == ["accepted"]
    assert [each["state"] for each in board["units"]] == ["accepted", "awaited", "awaited", "awaited"]


@pytest.mark.parametrize("place", ["无/c.json", "inbox"], ids=["no such folder", "a folder"])
def test_a_json_file_that_cannot_be_written_is_told_before_anything_is_booked(workspace: Workspace, place: str) -> None:
    send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    code, said, wrong = run("collect", "-w", workspace.root, ON, "--json", workspace.root / place)
    assert (code, said) == (2, "")
    assert f"无法写入“{Path(place).name}”" in wrong
    assert "共 1 个文件：收下 1。" in run("collect", "-w", workspace.root, ON)[1]


def test_an_error_in_the_plan_is_exit_code_1_and_nothing_is_written(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "工作台")
    import openpyxl

    book = openpyxl.load_workbook(workspace.plan_file)
    sheet = book["任务"]
    numbers = [cell for line in sheet.iter_rows(max_col=1) for cell in line if cell.value in ("1", "2", 1, 2)]
    numbers[1].value = numbers[0].value
    book.save(workspace.plan_file)
    assert run("plan", "check", "-w", workspace.root)[0] == 1
    code, said, _ = run("issue", "-w", workspace.root)
    assert code == 1
    assert "plan.xlsx 有错误，没有下发。请改正后再运行。" in said
    assert not workspace.outbox("下发").exists()


def test_rules_lists_every_rule_with_its_level() -> None:
    code, said, _ = run("rules")
    assert code == 0
    assert "  status_is_known  完成状态“××”不在规定的选项中。请从下拉选项中选一项：××。\n" in said
    assert "      例：完成状态“差不多了”\n" in said
    assert "  file_is_readable  文件打不开：××。" in said
    assert "  roles_agree  " in said
    assert [said.index(level) for level in ("错误（", "核实（", "提示（")] == sorted(
        said.index(level) for level in ("错误（", "核实（", "提示（")
    )


def test_rules_shows_what_the_office_set_otherwise(fresh: Workspace) -> None:
    path = fresh.root / "duban.toml"
    settings = path.read_text(encoding="utf-8") + (
        '\n[rules]\ntext_is_whole = "off"\ndone_is_complete = { level = "note", reason = "跨年项目较多" }\n'
    )
    path.write_text(settings, encoding="utf-8")
    code, said, _ = run("rules", "-w", fresh.root)
    assert code == 0
    assert "      本办设为 off\n" in said
    assert "      本办设为 note，理由：跨年项目较多\n" in said


def test_rules_are_counted_from_the_book(workspace: Workspace, tmp_path: Path) -> None:
    send(workspace, "教育.xlsx", fill(issued_file(workspace, "市教育局"), {"1": {"完成进度(%)": 80}}))
    assert run("collect", "-w", workspace.root, "--date", "2026-12-10")[0] == 1
    code, said, _ = run("rules", "--counts", "--json", tmp_path / "rules.json", "-w", workspace.root)
    assert (code, said) == (0, "  完成状态为“××”，但完成进度填的是 ××（错误，1 处，1 个单位）  (done_is_complete)\n")
    (counted,) = json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))["rules"]
    assert (counted["code"], counted["findings"], counted["units"]) == ("done_is_complete", 1, 1)


def test_collect_says_in_its_table_how_much_is_wrong_and_how_much_is_asked(workspace: Workspace) -> None:
    asked: dict[str, Any] = {"1": {"完成进度(%)": 0, "完成状态": "持续推进"}}
    send(workspace, "教育.xlsx", fill(issued_file(workspace, "市教育局"), asked))
    wrong = {**asked, "2": {"完成进度(%)": 80}}
    send(workspace, "云山.xlsx", fill(issued_file(workspace, "云山区人民政府")))
    send(workspace, "司法.xlsx", fill(issued_file(workspace, "市司法局"), wrong))
    _, said, _ = run("collect", "-w", workspace.root, "--date", "2026-12-10")
    lines = {line.split()[2]: line.split()[3:] for line in said.splitlines()[1:4]}
    assert lines == {
        "教育.xlsx": ["1", "处待核实"],
        "司法.xlsx": ["1", "处错误，1", "处待核实"],
        "云山.xlsx": ["核对无误"],
    }


def test_a_part_that_was_merged_is_not_called_replaced(workspace: Workspace) -> None:
    path = issued_file(workspace, "市教育局")
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"))
    send(workspace, "一科.xlsx", fill(path, {"2": blank}))
    send(workspace, "二科.xlsx", fill(path, {"1": blank}, {"1-1": None, "1-2": None}))
    _, said, _ = run("collect", "-w", workspace.root, "--date", "2026-12-10")
    assert "被替代" not in said
    assert "与同一单位的另一份合并登记" in said
    assert "共 2 个文件：收下 1，合并 1。" in said


def test_rules_of_an_empty_book_says_so(fresh: Workspace) -> None:
    code, said, _ = run("rules", "--counts", "-w", fresh.root)
    assert (code, said) == (0, "台账中还没有查出的问题。\n")


def test_doctor_names_every_library(fresh: Workspace) -> None:
    code, said, _ = run("doctor", "-w", fresh.root)
    assert code == 0
    assert all(name in said for name in ("openpyxl", "pandera", "SQLAlchemy", "写入权限"))


def test_doctor_says_when_nothing_can_be_written(tmp_path: Path) -> None:
    assert run("doctor", "-w", tmp_path / "没有")[0] == 2


# ---- bad input ---------------------------------------------------------------------------------------


def _settings(text: str) -> Callable[[Workspace], None]:
    def spoil(workspace: Workspace) -> None:
        (workspace.root / "duban.toml").write_text(text, encoding="utf-8")

    return spoil


def _file(name: str, data: bytes) -> Callable[[Workspace], None]:
    def spoil(workspace: Workspace) -> None:
        path = workspace.root / name
        if path.is_dir():
            shutil.rmtree(path)
        path.write_bytes(data)

    return spoil


def _folder(name: str) -> Callable[[Workspace], None]:
    def spoil(workspace: Workspace) -> None:
        (workspace.root / name).unlink(missing_ok=True)
        (workspace.root / name).mkdir()

    return spoil


def _gone(name: str) -> Callable[[Workspace], None]:
    def spoil(workspace: Workspace) -> None:
        path = workspace.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def _template_without(name: str, template: str) -> Callable[[Workspace], None]:
    """Take a mark out of a Word template."""

    def spoil(workspace: Workspace) -> None:
        path = workspace.root / "templates" / template
        buffer = BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
            for each in old.infolist():
                data = old.read(each)
                if each.filename == "word/document.xml":
                    data = re.sub(rb"\{\{[^{}]*\b" + name.encode() + rb"\b[^{}]*\}\}", b"", data)
                new.writestr(each, data)
        path.write_bytes(buffer.getvalue())

    return spoil


GARBAGE = b"\x00\xff no workbook" * 20
BAD_SETTINGS = [
    pytest.param(_settings(SETTINGS.replace("issuer", "isuer")), "isuer 有误：没有这一项", id="a misspelt setting"),
    pytest.param(_settings(SETTINGS.replace("12-20", "12-32")), "duban.toml 格式有误，在第", id="a wrong date"),
    pytest.param(_settings(SETTINGS.replace("12-20", "11-20")), "早于下发日期", id="due before issue"),
    pytest.param(_settings(SETTINGS.replace("year = 2026", "year = 1800")), "不能小于 1990", id="year 1800"),
    pytest.param(_settings(""), "缺少这一项", id="empty settings"),
    pytest.param(_file("duban.toml", GARBAGE), "不是 UTF-8 编码", id="settings that are garbage"),
    pytest.param(_folder("duban.toml"), "这是一个文件夹，不是文件", id="a folder named duban.toml"),
    pytest.param(
        _settings(SETTINGS + '\n[ledger]\nurl = "nonsense"\n'), "[ledger] 的 url", id="a wrong database address"
    ),
]


@pytest.mark.parametrize(("spoil", "words"), BAD_SETTINGS)
@pytest.mark.parametrize("command", LOOP, ids=" ".join)
def test_every_command_says_what_is_wrong_with_the_settings(
    workspace: Workspace, spoil: Callable[[Workspace], None], words: str, command: list[str]
) -> None:
    spoil(workspace)
    assert words in refused(*command, "-w", workspace.root)


BAD_FILES = [
    pytest.param(["issue"], _gone("plan.xlsx"), "找不到“plan.xlsx”", id="issue without plan.xlsx"),
    pytest.param(["plan", "check"], _gone("plan.xlsx"), "找不到“plan.xlsx”", id="check without plan.xlsx"),
    pytest.param(["issue"], _file("plan.xlsx", GARBAGE), "无法读取“plan.xlsx”", id="a plan.xlsx of garbage"),
    pytest.param(["issue"], _file("plan.xlsx", b""), "无法读取“plan.xlsx”", id="an empty plan.xlsx"),
    pytest.param(["plan", "check"], _folder("plan.xlsx"), "plan.xlsx", id="a folder named plan.xlsx"),
    pytest.param(["issue"], _file("outbox", b""), "路径中有一段不是文件夹", id="an outbox that is a file"),
    pytest.param(["report"], _file("outbox", b""), "路径中有一段不是文件夹", id="report into a file"),
    pytest.param(["remind", "--date=2026-12-30"], _file("outbox", b""), "不是文件夹", id="remind into a file"),
    pytest.param(["collect"], _file("inbox", b""), "没有收件文件夹", id="an inbox that is a file"),
    pytest.param(["collect"], _gone("inbox"), "没有收件文件夹", id="no inbox"),
    pytest.param(["collect", "没有.xlsx"], _gone("archive"), "找不到 没有.xlsx", id="an unknown path"),
    pytest.param(["issue"], _file("templates/form.toml", b"x = ["), "form.toml", id="a form that is no TOML"),
    pytest.param(["collect"], _file("templates/form.toml", GARBAGE), "form.toml", id="a form of garbage"),
    pytest.param(["issue"], _file("templates/form.toml", b""), "form.toml", id="an empty form"),
    pytest.param(["report"], _folder("templates/form.toml"), "form.toml", id="a folder named form.toml"),
    pytest.param(["issue"], _file("templates/通知.docx", GARBAGE), "“通知.docx”", id="a notice of garbage"),
    pytest.param(["issue"], _folder("templates/通知.docx"), "通知.docx", id="a folder named 通知.docx"),
    pytest.param(
        ["issue"], _template_without("title", "通知.docx"), "“通知.docx”缺少必需的内容：{{ title }}", id="a mark less"
    ),
    pytest.param(["status"], _file("ledger.db", GARBAGE), "不是有效的数据库文件", id="a ledger of garbage"),
    pytest.param(["issue"], _file("ledger.db", GARBAGE), "不是有效的数据库文件", id="issue with such a ledger"),
    pytest.param(["collect"], _folder("ledger.db"), "无法打开台账", id="a folder named ledger.db"),
    pytest.param(["status"], _gone("ledger.db"), "还没有下发填报表", id="nothing issued"),
    pytest.param(["collect"], _folder("waivers.toml"), "waivers.toml", id="a folder named waivers.toml"),
    pytest.param(["collect"], _file("waivers.toml", b"[waiver]\n"), "[[waiver]]", id="waivers of one bracket"),
    pytest.param(["report"], _file("waivers.toml", b"="), "waivers.toml 格式有误", id="waivers that are no TOML"),
    pytest.param(["issue"], _folder(".duban-secret"), "签名密钥", id="a folder named as the key"),
    pytest.param(["remind", "--date=9999-12-31"], _gone("archive"), "不在 1990 年至 2100 年之间", id="year 9999"),
    pytest.param(["issue", "--date=1800-01-01"], _gone("archive"), "不在 1990 年至 2100 年之间", id="day in 1800"),
    pytest.param(["status", "--json", "无/s.json"], _gone("archive"), "无法写入“s.json”", id="json to nowhere"),
]


@pytest.mark.parametrize(("command", "spoil", "words"), BAD_FILES)
def test_what_a_command_cannot_use_is_one_sentence_and_exit_code_2(
    workspace: Workspace, command: list[str], spoil: Callable[[Workspace], None], words: str
) -> None:
    spoil(workspace)
    assert words in refused(*command, "-w", workspace.root)


def test_an_archive_that_is_a_file_is_said_and_nothing_is_booked(workspace: Workspace) -> None:
    _file("archive", b"")(workspace)
    path = send(workspace, "a.xlsx", fill(issued_file(workspace, "市教育局")))
    assert "无法写入存档文件夹" in refused("collect", "-w", workspace.root, ON)
    _gone("archive")(workspace)
    assert "收下 1" in run("collect", path, "-w", workspace.root, ON)[1]


def test_a_folder_that_may_not_be_written_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is played, since an administrator may write everywhere."""

    make = Path.mkdir

    def refuse(path: Path, *named: Any, **options: Any) -> None:
        if workspace.root in path.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        make(path, *named, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refuse)
        assert "没有权限" in refused("report", "-w", workspace.root, ON)
    assert run("report", "-w", workspace.root, ON)[0] == 0


BAD_DOCUMENTS = [
    pytest.param("没有.txt", None, "文件不存在", id="no such document"),
    pytest.param("空.txt", b"", "文件是空的", id="an empty document"),
    pytest.param("空.docx", b"", "文件是空的", id="an empty Word document"),
    pytest.param("假.docx", b"not Word", "文件内容与扩展名不符或已损坏", id="a Word document that is none"),
    pytest.param("假.xlsx", b"not Excel", "文件内容与扩展名不符或已损坏", id="a workbook that is none"),
    pytest.param("乱.txt", bytes(range(256)) * 9, "不是文本文件", id="bytes named .txt"),
    pytest.param("闲话.txt", "今天天气不错。\n".encode(), "没有读出任务", id="a document without tasks"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD_DOCUMENTS)
def test_a_document_that_is_no_plan_is_said_and_the_old_plan_stays(
    fresh: Workspace, name: str, data: bytes | None, words: str
) -> None:
    before = fresh.plan_file.read_bytes()
    if data is not None:
        (fresh.root / name).write_bytes(data)
    assert words in refused("plan", "import", fresh.root / name, "-w", fresh.root)
    assert fresh.plan_file.read_bytes() == before


def test_a_folder_is_no_plan(fresh: Workspace) -> None:
    assert "这是一个文件夹" in refused("plan", "import", fresh.inbox, "-w", fresh.root)


@pytest.mark.parametrize("option", ["-o", "--json"])
def test_an_output_into_a_folder_that_is_not_there_is_said(fresh: Workspace, option: str) -> None:
    plan = ROOT / "examples" / "plan.txt"
    target = fresh.root / "无" / "plan.xlsx"
    assert "不存在" in refused("plan", "import", plan, "-w", fresh.root, option, target)


def test_a_plan_is_written_as_a_workbook_or_not_at_all(fresh: Workspace) -> None:
    plan = ROOT / "examples" / "plan.txt"
    sentence = refused("plan", "import", plan, "-w", fresh.root, "-o", fresh.root / "plan.docx")
    assert "只能写成 .xlsx 文件" in sentence
    assert not (fresh.root / "plan.docx").exists()


def test_a_plan_that_was_worked_on_is_kept_beside_the_new_one(fresh: Workspace) -> None:
    before = fresh.plan_file.read_bytes()
    code, said, _ = run("plan", "import", ROOT / "examples" / "plan.txt", "-w", fresh.root)
    assert code == 0
    (kept,) = fresh.root.glob("plan-原有-*.xlsx")
    assert kept.read_bytes() == before
    assert kept.name in said


@pytest.mark.parametrize(
    ("where", "words"),
    [
        pytest.param("占", "不是空文件夹", id="a file"),
        pytest.param("inbox/..", "不是空文件夹", id="a folder with something in it"),
        pytest.param("占/里", "无法在", id="below a file"),
    ],
)
def test_demo_overwrites_nothing(fresh: Workspace, where: str, words: str) -> None:
    (fresh.root / "占").write_bytes(b"")
    assert words in refused("demo", fresh.root / where)


@pytest.mark.parametrize("where", ["占", "占/里"])
def test_init_below_a_file_is_said(tmp_path: Path, where: str) -> None:
    (tmp_path / "占").write_bytes(b"")
    assert "无法在" in refused("init", tmp_path / where)


# ---- as a program ------------------------------------------------------------------------------------


def program(arguments: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=120,
        env=os.environ | environment,
    )


def test_the_program_runs_from_anywhere_and_says_what_is_wrong_on_stderr(tmp_path: Path) -> None:
    result = program(["status", "-w", str(tmp_path)], PYTHONIOENCODING="utf-8")
    assert (result.returncode, result.stdout) == (2, "")
    assert "不是工作台" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_terminal_that_knows_no_chinese_is_no_reason_to_fail(issued_once: Path, tmp_path: Path) -> None:
    workspace = copy_workspace(issued_once, tmp_path / "工作台")
    result = program(["status", "-w", str(workspace.root), ON], PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
