"""The folder an office works in: settings, plan, templates, inbox, outbox, archive, secret.

Reads and creates; every write goes through ``atomic.write_atomic``. A wrong setting is a Chinese sentence
with the file and the name in it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import ValidationError

from reporting.files.atomic import is_temporary, write_atomic, write_private
from reporting.files.locking import hold
from reporting.findings import DubanError
from reporting.form import Form, load_form
from reporting.settings import Settings
from reporting.units.registry import Reform, load_reforms

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

SETTINGS_FILE = "duban.toml"
PLAN_FILE = "plan.xlsx"
WAIVERS_FILE = "waivers.toml"
SECRET_FILE = ".duban-secret"
FORM_FILE = "form.toml"
UNITS_FILE = "units.toml"
OUT_RETIRED = "已作废"
OUT_ISSUED, OUT_RETURNED, OUT_REMINDED, OUT_REVIEW, OUT_REPORT = "下发", "退回", "催报", "核定", "汇总"

_TOML_LINE = re.compile(r"at line (\d+), column (\d+)")
_MAX_NAME_BYTES = 200
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_DEVICE_NAMES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")

_SETTINGS_TEXT = """\
# 督办工作台设置。以 # 开头的是说明，等号右边可以修改，改完保存即可。

title = ""            # 方案名称；留空则用 plan.xlsx“说明”表里的
year = {year}           # 填报年度
issuer = ""           # 发文机关；留空则用 plan.xlsx“说明”表里的
recipient = ""        # 年度总结的主送机关，如“市人民政府”；可留空
resubmit_days = 5     # 退回修改后，几天内重新报送

[dates]
issue = {year}-12-01      # 下发日期
due = {year}-12-20        # 报送截止日期
data_as_of = {year}-12-15 # 数据截至日期

[contact]             # 联系人，印在填报表和函件上
name = ""
phone = ""
email = ""
address = ""

[folders]
inbox = "inbox"       # 收件：把各单位报来的文件原样放进去
outbox = "outbox"     # 发件：程序生成的文件都在这里
archive = "archive"   # 存档：收到的每个原件
templates = "templates"

[ledger]
url = ""              # 台账数据库；留空则用本文件夹中的 ledger.db

[scoring]                   # 检查验收的考评办法；以下都是默认值，去掉行首 # 才能修改
# method = "pro_rata"       # "full" 完成得满分、否则不得分；"pro_rata" 按完成比例得分；
#                           # "four_steps" 超额加分、完成满分、达到最低比例的按比例、不足的不得分
# least_percent = 60        # four_steps：完成比例低于百分之几不得分
# over_cap = 10             # four_steps：一项任务超额完成最多加几分
# bonus_cap = 5             # 一个单位的加分以几分为限，得分也不超过 100 加这个数
# lead_share = 1.0          # 牵头的任务在单位得分中占的份量
# support_share = 0.5       # 配合的任务在单位得分中占的份量
# task_weights = {{ "3" = 2, "12" = 1.5 }}         # 个别任务的权重，不写的都是 1
# category_weights = {{ "一、夯实基础" = 2 }}      # 个别类别的权重
# [scoring.deductions]      # 扣分
# not_sent = 10             # 未报送
# late = 2                  # 迟报
# missing_item = 0.1        # 报为已完成的任务，每缺一项佐证材料
# [scoring.grades]          # 等次分数线
# excellent = 90            # 优秀
# good = 80                 # 良好
# qualified = 60            # 合格，低于它为不合格
# excellent_quota = 100     # 优秀单位最多占评定等次单位的百分之几
"""

_WAIVERS_TEXT = """\
# 豁免：某单位某任务确有特殊情况、经批准可以不按某条规则要求的，在这里登记，并会写入报告。
# 例（去掉行首 # 即生效）：
# [[waiver]]
# rule = "delay_is_explained"
# unit = "市教育局"
# task = "12"
# reason = "该项已由市政府专题会议调整"
# approved_by = "李主任"
# until = 2026-12-31
"""


_OS_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOSPC: "磁盘空间已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被其他程序使用",
    errno.EIO: "磁盘读写出错",
}


def explain_os_error(error: OSError) -> str:
    """What the system has against it, as a Chinese clause where we have one."""
    return _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)


def bundled(folder: str) -> Path:
    """The folder ``templates`` or ``examples`` that came with the program, installed or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "bundled" / folder
    return installed if installed.is_dir() else package.parent / folder


@dataclass(frozen=True)
class Workspace:
    """One office's folder."""

    root: Path

    @cached_property
    def settings(self) -> Settings:
        """What stands in ``duban.toml``; raises ``DubanError`` naming the wrong entry."""
        path = self.root / SETTINGS_FILE
        words = _read_toml(
            path, f"文件夹“{self.root}”还不是工作台：没有 {SETTINGS_FILE}。请先运行 init 建立。"
        )
        try:
            return Settings.model_validate(words)
        except ValidationError as error:
            # a misspelt name is the cause of the one that is missing, so it is told first
            first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
            where = ".".join(str(part) for part in first["loc"])
            what = _SETTING_ERRORS.get(first["type"], "写法不对")
            if first["type"] == "value_error":  # a sentence of our own in settings.py
                what = str(first["msg"]).removeprefix("Value error, ")
            raise DubanError(
                f"{SETTINGS_FILE} 中的 {where or '日期'} 有误：{what}。请改正后再运行。"
            ) from error

    @cached_property
    def form(self) -> Form:
        """The definition of the return workbook in ``templates/form.toml``."""
        path = self.template(FORM_FILE)
        return load_form(_read_text(path, f"找不到填报表定义 {path}。"), str(path.name))

    @property
    def plan_file(self) -> Path:
        """The plan people work on."""
        return self.root / PLAN_FILE

    @property
    def inbox(self) -> Path:
        """Where the coordinator puts what came in."""
        return self.root / self.settings.folders.inbox

    @property
    def archive(self) -> Path:
        """Where every original is kept by its hash."""
        return self.root / self.settings.folders.archive

    def outbox(self, part: str) -> Path:
        """This year's outbox folder for one kind of file."""
        return self.root / self.settings.outbox_year / part

    @property
    def ledger_url(self) -> str:
        """The database of the book."""
        return self.settings.ledger.url or f"sqlite:///{self.root.resolve() / 'ledger.db'}"

    def template(self, name: str) -> Path:
        """A template of the office, or the one that came with the program."""
        own = self.root / self.settings.folders.templates / name
        return own if own.exists() else bundled("templates") / name

    def reforms(self) -> tuple[Reform, ...]:
        """Which offices were renamed or merged, as the office's ``templates/units.toml`` has it."""
        has_own = (self.root / SETTINGS_FILE).exists()
        path = self.template(UNITS_FILE) if has_own else bundled("templates") / UNITS_FILE
        return load_reforms(_read_text(path, f"找不到单位名称沿革 {path}。"), path.name)

    @contextlib.contextmanager
    def alone(self, command: str) -> Iterator[None]:
        """Keep other commands out while this one writes; a command that was killed is tidied up after.

        Raises ``DubanError`` saying who is at work when that takes longer than a moment.
        """
        folders = self.settings.folders
        with hold(self.root, command) as after_killed:
            if after_killed:
                remove_temporaries(self.root)
                remove_temporaries(
                    *(self.root / each for each in (folders.outbox, folders.archive)), deep=True
                )
            yield

    def secret(self) -> bytes:
        """The key that signs workbooks; made on first use, readable by its owner alone."""
        path = self.root / SECRET_FILE
        if not path.exists():
            write_private(path, secrets.token_hex(32).encode())
        try:
            key = path.read_bytes().strip()
        except OSError as error:
            raise DubanError(
                f"无法读取签名密钥 {path}：{explain_os_error(error)}。请检查文件权限。"
            ) from error
        if not key:
            raise DubanError(f"签名密钥 {path} 是空的。请从备份恢复；没有备份的，删去这个文件后重新下发。")
        return key


_SETTING_ERRORS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能写错了名字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "string_type": "应为文字，两边加英文引号",
    "date_parsing": "应为日期，如 2026-12-20",
    "date_from_datetime_parsing": "应为日期，如 2026-12-20",
    "date_from_datetime_inexact": "应为日期，如 2026-12-20，不写钟点",
    "int_from_float": "应为整数",
    "model_type": "应为一节，写作方括号中的名字，如 [dates]",
    "string_too_short": "不能留空",
    "date_type": "应为日期，如 2026-12-20，不加引号",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
}


def _read_text(path: Path, missing: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DubanError(missing) from error
    except UnicodeDecodeError as error:
        raise DubanError(
            f"{path.name} 不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码后再运行。"
        ) from error
    except OSError as error:
        raise DubanError(f"无法读取 {path}：{explain_os_error(error)}。请改正后再运行。") from error


def _read_toml(path: Path, missing: str) -> dict[str, object]:
    try:
        return tomllib.loads(_read_text(path, missing))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        where = f"第 {found[1]} 行第 {found[2]} 个字符附近" if found else "文件末尾"
        raise DubanError(
            f"{path.name} 格式有误，在{where}。请检查等号、引号和方括号，改正后再运行。"
        ) from error


def exclusive(
    command: str,
) -> Callable[
    [Callable[Concatenate[Workspace, _Arguments], _Result]],
    Callable[Concatenate[Workspace, _Arguments], _Result],
]:
    """Mark a command that writes: only one such runs on a workspace at a time."""

    def mark(
        run: Callable[Concatenate[Workspace, _Arguments], _Result],
    ) -> Callable[Concatenate[Workspace, _Arguments], _Result]:
        @wraps(run)
        def run_alone(
            workspace: Workspace, /, *arguments: _Arguments.args, **named: _Arguments.kwargs
        ) -> _Result:
            with workspace.alone(command):
                return run(workspace, *arguments, **named)

        return run_alone

    return mark


def remove_temporaries(*folders: Path, deep: bool = False) -> None:
    """Take away what a killed command left on its way to its place; ``deep`` looks into folders below too."""
    for folder in folders:
        for path, names, files in os.walk(folder):
            for name in filter(is_temporary, files):
                with contextlib.suppress(OSError):  # the next run may be luckier
                    (Path(path) / name).unlink()
            if not deep:
                names.clear()


def create_workspace(root: Path, year: int) -> list[Path]:
    """Make a folder a workspace; what is already there stays as it is. Gives back what was made."""
    made: list[Path] = []
    try:
        root.mkdir(parents=True, exist_ok=True)
        for name in ("inbox", "outbox", "archive", "templates"):
            folder = root / name
            if not folder.is_dir():
                folder.mkdir()
                made.append(folder)
        for template in sorted(bundled("templates").iterdir()):
            copy = root / "templates" / template.name
            if template.suffix in (".docx", ".toml") and not copy.exists():
                write_atomic(copy, template.read_bytes())
                made.append(copy)
    except OSError as error:
        raise DubanError(
            f"无法在 {root} 建立工作台：{explain_os_error(error)}。请换一个可以写入的文件夹。"
        ) from error
    texts = {SETTINGS_FILE: _SETTINGS_TEXT.format(year=year), WAIVERS_FILE: _WAIVERS_TEXT}
    for name, text in texts.items():
        path = root / name
        if not path.exists():
            write_atomic(path, text.encode())
            made.append(path)
    return made


def safe_name(text: str) -> str:
    """Make a text fit for a file name on every system; long names are cut to fit 200 bytes."""
    name = _UNSAFE_IN_NAMES.sub("_", text).strip(" ._") or "未命名"
    if _DEVICE_NAMES.match(name):
        name = f"_{name}"
    while len(name.encode()) > _MAX_NAME_BYTES:
        name = name[:-1]
    return name


def retire_files(folder: Path, hashes: Mapping[str, str]) -> int:
    """Move files that are still as we wrote them into a folder of their own; gives back how many.

    ``hashes`` has the SHA-256 of each by its name; a file that somebody worked in stays where it is.
    """
    retired = 0
    for name, sha256 in hashes.items():
        path = folder / name
        try:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                (folder / OUT_RETIRED).mkdir(exist_ok=True)
                path.replace(folder / OUT_RETIRED / name)
                retired += 1
        except OSError as error:
            raise DubanError(
                f"无法移动 {path}：{explain_os_error(error)}。请关闭正在使用它的程序后再运行。"
            ) from error
    return retired


def write_output(path: Path, data: bytes) -> Path:
    """Write one file into the outbox, making its folder; unchanged content is left alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return path
    except OSError as error:
        raise DubanError(
            f"无法写入 {path.parent}：{explain_os_error(error)}。请检查文件夹的写入权限。"
        ) from error
    write_atomic(path, data)
    return path


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception the office granted (豁免): data with its reason, never code."""

    rule: str
    unit: str
    task: str
    reason: str
    approved_by: str
    until: date | None

    def covers(self, rule: str, unit: str, task: str, on: date) -> bool:
        """Whether a finding falls under it; an empty task covers all tasks of the unit."""
        in_time = self.until is None or on <= self.until
        return in_time and rule == self.rule and unit == self.unit and self.task in ("", task)


def read_waivers(workspace: Workspace) -> tuple[Waiver, ...]:
    """The exceptions in ``waivers.toml``; raises ``DubanError`` for one without reason or approver."""
    path = workspace.root / WAIVERS_FILE
    if not path.exists():
        return ()
    words = _read_toml(path, "")
    entries = words.get("waiver", [])
    if not isinstance(entries, list) or set(words) - {"waiver"}:
        raise DubanError(f"{WAIVERS_FILE} 格式有误：每条豁免以 [[waiver]] 开头。请改正后再运行。")
    return tuple(_as_waiver(number, entry) for number, entry in enumerate(entries, 1))


_WAIVER_WORDS = ("rule", "unit", "task", "reason", "approved_by", "until")


def _as_waiver(number: int, entry: object) -> Waiver:
    words = entry if isinstance(entry, dict) else {}
    unknown = [str(key) for key in words if key not in _WAIVER_WORDS]
    if unknown:
        raise DubanError(
            f"{WAIVERS_FILE} 第 {number} 条中没有 {'、'.join(unknown)} 这一项，"
            f"可以写的有 {'、'.join(_WAIVER_WORDS)}。请改正后再运行。"
        )
    missing = [key for key in ("rule", "unit", "reason", "approved_by") if not words.get(key)]
    if missing:
        raise DubanError(f"{WAIVERS_FILE} 第 {number} 条缺少 {'、'.join(missing)}。请补齐后再运行。")
    until = words.get("until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise DubanError(f"{WAIVERS_FILE} 第 {number} 条的 until 应为日期，如 2026-12-31，不加引号。")
    return Waiver(
        rule=str(words["rule"]),
        unit=str(words["unit"]),
        task=str(words.get("task", "")),
        reason=str(words["reason"]),
        approved_by=str(words["approved_by"]),
        until=until,
    )


def list_files(folders: Iterable[Path]) -> list[Path]:
    """All files in folders and below, in a stable order; links inside them are left out."""
    found: list[Path] = []
    for folder in folders:
        if folder.is_file():
            found.append(folder)
            continue
        for path, names, files in os.walk(folder, onerror=_stop_walking):
            names.sort()
            paths = [Path(path) / name for name in sorted(files)]
            found += [each for each in paths if each.is_file() and not each.is_symlink()]
    return found


def _stop_walking(error: OSError) -> None:
    raise DubanError(
        f"无法查看文件夹“{error.filename}”：{explain_os_error(error)}。请检查文件夹的权限后再运行。"
    ) from error


def shown_name(name: str) -> str:
    """A file name as text; Linux keeps names unpacked from Chinese archives as GBK bytes."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")
