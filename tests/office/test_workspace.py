"""The folder an office works in: settings that are wrong are said, what is there already stays."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from builders.year import ROOT, SETTINGS
from hypothesis import given
from hypothesis import strategies as st

from reporting.files.disk import explain_os_error, list_files, shown_name
from reporting.model.findings import DubanError
from reporting.office.new_workspace import create_workspace
from reporting.office.outbox import safe_name, write_output
from reporting.office.waivers import Waiver, read_waivers
from reporting.office.workspace import Workspace


def with_settings(root: Path, text: str) -> Workspace:
    (root / "duban.toml").write_text(text, encoding="utf-8")
    return Workspace(root)


# ---- a new workspace ---------------------------------------------------------------------------------


def test_a_new_workspace_has_everything_and_can_be_used(tmp_path: Path) -> None:
    create_workspace(tmp_path / "新", 2027)
    made = {path.name for path in (tmp_path / "新").iterdir()}
    assert made == {"duban.toml", "waivers.toml", "inbox", "outbox", "archive", "templates"}
    workspace = Workspace(tmp_path / "新")
    assert workspace.settings.year == 2027
    assert workspace.settings.dates.due == date(2027, 12, 20)
    assert workspace.form.version
    assert read_waivers(workspace) == ()
    shipped = {path.name for path in (ROOT / "templates").iterdir() if path.is_file()} - {"build.py"}
    assert {path.name for path in (tmp_path / "新" / "templates").iterdir()} == shipped


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    create_workspace(tmp_path, 2026)
    (tmp_path / "duban.toml").write_text("# 我的设置", encoding="utf-8")
    (tmp_path / "templates" / "form.toml").write_text("# 我的表", encoding="utf-8")
    (tmp_path / "waivers.toml").unlink()
    assert [path.name for path in create_workspace(tmp_path, 2027)] == ["waivers.toml"]
    assert (tmp_path / "duban.toml").read_text(encoding="utf-8") == "# 我的设置"
    assert (tmp_path / "templates" / "form.toml").read_text(encoding="utf-8") == "# 我的表"


def test_a_folder_that_cannot_be_made_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "占").write_bytes(b"")
    with pytest.raises(DubanError, match=r"无法在 .*占 建立工作台：已有同名的文件。"):
        create_workspace(tmp_path / "占", 2026)


# ---- settings ----------------------------------------------------------------------------------------


def test_good_settings_are_read(tmp_path: Path) -> None:
    settings = with_settings(tmp_path, SETTINGS).settings
    assert (settings.year, settings.dates.due, settings.contact.name) == (2026, date(2026, 12, 20), "陈静")
    assert settings.outbox_year == "outbox/2026"


def test_settings_saved_by_notepad_with_its_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "duban.toml").write_bytes(b"\xef\xbb\xbf" + SETTINGS.encode())
    assert Workspace(tmp_path).settings.year == 2026


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(
            "issuer = ", "isuer = ", "中的 isuer 有误：没有这一项，您要的可能是“issuer”", id="a misspelt name"
        ),
        pytest.param(
            "due = ", "deu = ", "中的 dates.deu 有误：没有这一项，您要的可能是“due”。请", id="a misspelt date"
        ),
        pytest.param("2026-12-20", '"2026-13-20"', "dates.due 有误：应为日期，如 2026-12-20", id="a 13th month"),
        pytest.param("2026-12-20", '"十二月"', "dates.due 有误：应为日期，如 2026-12-20", id="a date in words"),
        pytest.param("2026-12-20", "2026-12-20T18:00:00", "应为日期，如 2026-12-20，不写钟点", id="an hour"),
        pytest.param("2026-12-20", "2026-11-20", "早于下发日期（issue = 2026-12-01）", id="due before issue"),
        pytest.param("year = 2026", "year = 1800", "中的 year 有误：不能小于 1990", id="year 1800"),
        pytest.param("year = 2026", "year = 20260", "中的 year 有误：不能大于 2100", id="a year too late"),
        pytest.param("year = 2026", 'year = "今年"', "中的 year 有误：应为整数", id="a year in words"),
        pytest.param("year = 2026", "year = 2026.5", "中的 year 有误：应为整数", id="half a year"),
        pytest.param("resubmit_days = 5", "resubmit_days = 0", "resubmit_days 有误：不能小于 1", id="no days"),
        pytest.param('"62340001"', "62340001", "contact.phone 有误：应为文字", id="a telephone number unquoted"),
        pytest.param("[contact]", "[contract]", "中的 contract 有误：没有这一项", id="a misspelt section"),
        pytest.param('title = ""', 'title = ""\nfolders = 3', "folders 有误：应为一节", id="no section"),
        pytest.param("[contact]", '[folders]\ninbox = ""\n[contact]', "folders.inbox 有误：不能留空", id="no name"),
        pytest.param(
            "[contact]",
            '[document]\nnotice_number = "云办[2026]3号"\n[contact]',
            "document.notice_number 有误：发文字号“云办[2026]3号”年份应使用六角括号“〔〕”，应写成“×办〔2026〕3号”",
            id="a document's number in square brackets",
        ),
        pytest.param(
            "[contact]",
            '[document]\nsummary_number = "云办〔2026〕03号"\n[contact]',
            "发文字号“云办〔2026〕03号”序号不编虚位，“1”不写作“01”",
            id="a document's number with a zero in front",
        ),
        pytest.param(
            "[contact]",
            '[document]\nacceptance_number = "三号文"\n[contact]',
            "发文字号“三号文”认不出来",
            id="no document's number",
        ),
        pytest.param(
            "[contact]",
            '[document]\nseal = "盖"\n[contact]',
            "document.seal 有误：只能写 true（是）或 false（否），不加引号",
            id="a seal in words",
        ),
        pytest.param(
            "[contact]",
            '[folders]\ninbox = "outbox"\n[contact]',
            "收件文件夹（inbox = outbox）不能与其他文件夹相同或互相包含",
            id="inbox and outbox in one",
        ),
        pytest.param(
            "[contact]",
            '[folders]\ninbox = "."\n[contact]',
            "收件文件夹（inbox = .）不能与其他文件夹相同或互相包含",
            id="an inbox that is the workspace",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in SETTINGS
    workspace = with_settings(tmp_path, SETTINGS.replace(old, new))
    with pytest.raises(DubanError) as error:
        _ = workspace.settings
    assert sentence in str(error.value)
    assert str(error.value).startswith("duban.toml 中的 ")
    assert str(error.value).endswith("。请改正后再运行。")


def test_settings_that_are_no_toml_are_said(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"duban\.toml 格式有误，在第 1 行第 8 个字符附近"):
        _ = with_settings(tmp_path, "year = = 2026").settings


def test_settings_in_gbk_are_said(tmp_path: Path) -> None:
    (tmp_path / "duban.toml").write_bytes(SETTINGS.encode("gb18030"))
    with pytest.raises(DubanError, match=r"duban\.toml 不是 UTF-8 编码"):
        _ = Workspace(tmp_path).settings


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"不是工作台：没有 duban\.toml。请先确认文件夹是否正确"):
        _ = Workspace(tmp_path).settings


# ---- templates and secret ----------------------------------------------------------------------------


def test_the_offices_own_template_goes_before_ours(tmp_path: Path) -> None:
    workspace = with_settings(tmp_path, SETTINGS)
    assert workspace.template("通知.docx") == ROOT / "templates" / "通知.docx"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "通知.docx").write_bytes(b"")
    assert workspace.template("通知.docx") == tmp_path / "templates" / "通知.docx"


def test_an_empty_key_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / ".duban-secret").write_bytes(b"")
    with pytest.raises(DubanError, match=r"签名密钥 .* 是空的"):
        Workspace(tmp_path).secret()


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    workspace = with_settings(tmp_path, SETTINGS)
    first = workspace.secret()
    assert len(first) == 64
    assert Workspace(tmp_path).secret() == first
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / ".duban-secret").stat().st_mode) == 0o600


# ---- file names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市教育局", "市教育局"),
        ("市委办(市委外办)", "市委办(市委外办)"),
        ("市A/B局", "市A_B局"),
        ('局:\\*?"<>|', "局"),
        ("..", "未命名"),
        ("", "未命名"),
        ("CON", "_CON"),
        ("con.xlsx", "_con.xlsx"),
        ("COM1", "_COM1"),
        ("console", "console"),
        ("局\n处", "局_处"),
    ],
    ids=repr,
)
def test_a_unit_name_becomes_a_file_name_of_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_a_file_name_is_never_dangerous_and_never_too_long(text: str) -> None:
    name = safe_name(text.encode("utf-8", "ignore").decode())
    assert name
    assert name not in (".", "..")
    assert not set(name) & set('/\\:*?"<>|\n\r\t\0')
    assert len(name.encode()) <= 201


def test_gbk_bytes_in_a_name_are_shown_as_chinese() -> None:
    assert shown_name(os.fsdecode("市教育局.xlsx".encode("gb18030"))) == "市教育局.xlsx"
    assert shown_name("市教育局.xlsx") == "市教育局.xlsx"


def test_files_are_listed_in_order_and_links_inside_are_left_out(tmp_path: Path) -> None:
    for name in ("b/2.xlsx", "b/1.xlsx", "a.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    outside = tmp_path.parent / "别处.xlsx"
    outside.write_bytes(b"")
    (tmp_path / "b" / "link.xlsx").symlink_to(outside)
    assert list_files([tmp_path]) == [tmp_path / "a.xlsx", tmp_path / "b" / "1.xlsx", tmp_path / "b" / "2.xlsx"]
    assert list_files([tmp_path / "b" / "link.xlsx"]) == [tmp_path / "b" / "link.xlsx"]


def test_an_unchanged_output_is_left_alone(tmp_path: Path) -> None:
    path = write_output(tmp_path / "下发" / "a.xlsx", b"same")
    os.utime(path, (1, 1))
    write_output(path, b"same")
    assert path.stat().st_mtime == 1
    write_output(path, b"else")
    assert path.read_bytes() == b"else"


def test_what_the_system_says_is_said_in_chinese() -> None:
    assert explain_os_error(PermissionError(13, "Permission denied")) == "没有权限"
    assert explain_os_error(OSError("odd")) == "odd"


# ---- waivers -----------------------------------------------------------------------------------------

WAIVER = """\
[[waiver]]
rule = "delay_is_explained"
unit = "市教育局"
task = "12"
reason = "已由专题会议调整"
approved_by = "李主任"
until = 2026-12-31
"""


def waivers(tmp_path: Path, text: str) -> tuple[Waiver, ...]:
    (tmp_path / "waivers.toml").write_text(text, encoding="utf-8")
    return read_waivers(Workspace(tmp_path))


def test_a_waiver_is_read_with_its_reason(tmp_path: Path) -> None:
    assert waivers(tmp_path, WAIVER) == (
        Waiver("delay_is_explained", "市教育局", "12", "已由专题会议调整", "李主任", date(2026, 12, 31)),
    )


@pytest.mark.parametrize(
    ("rule", "unit", "task", "on", "covered"),
    [
        ("delay_is_explained", "市教育局", "12", date(2026, 12, 31), True),
        ("delay_is_explained", "市教育局", "12", date(2027, 1, 1), False),
        ("delay_is_explained", "市教育局", "1", date(2026, 12, 31), False),
        ("delay_is_explained", "市司法局", "12", date(2026, 12, 31), False),
        ("done_is_complete", "市教育局", "12", date(2026, 12, 31), False),
    ],
    ids=["all the same", "a day too late", "another task", "another unit", "another rule"],
)
def test_a_waiver_covers_exactly_what_it_names(
    tmp_path: Path, rule: str, unit: str, task: str, on: date, covered: bool
) -> None:
    (waiver,) = waivers(tmp_path, WAIVER)
    assert waiver.covers(rule, unit, task, on) is covered


def test_a_waiver_without_a_task_covers_all_of_them_and_without_a_date_for_good(tmp_path: Path) -> None:
    (waiver,) = waivers(tmp_path, WAIVER.replace('task = "12"\n', "").replace("until = 2026-12-31\n", ""))
    assert waiver.covers("delay_is_explained", "市教育局", "3", date(2099, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param('reason = "已由专题会议调整"\n', "", "第 1 条缺少 reason", id="no reason"),
        pytest.param('"李主任"', '""', "第 1 条缺少 approved_by", id="nobody approved"),
        pytest.param("approved_by", "aproved_by", "第 1 条中没有 aproved_by 这一项", id="a misspelt name"),
        pytest.param("2026-12-31", '"年底"', "第 1 条的 until 应为日期", id="a date in words"),
        pytest.param("2026-12-31", "2026-12-31T10:00:00", "第 1 条的 until 应为日期", id="a date with an hour"),
        pytest.param("[[waiver]]", "[waiver]", "每条豁免以 [[waiver]] 开头", id="a single bracket"),
        pytest.param("[[waiver]]", "[[waivers]]", "每条豁免以 [[waiver]] 开头", id="a misspelt heading"),
        pytest.param("[[waiver]]", "[[waiver", "格式有误", id="no TOML"),
    ],
)
def test_a_wrong_waiver_is_said(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in WAIVER
    with pytest.raises(DubanError) as error:
        waivers(tmp_path, WAIVER.replace(old, new))
    assert sentence in str(error.value)
    assert str(error.value).startswith("waivers.toml ")
