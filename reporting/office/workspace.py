"""The folder an office works in: settings, plan, templates, inbox, outbox, archive, secret.

Reads and creates; every write goes through ``atomic.write_atomic``. A wrong setting is a Chinese sentence
with the file and the name in it.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from reporting.files.disk import explain_os_error, remove_temporaries, told_why, write_private
from reporting.files.lock import hold
from reporting.language.units.registry import Reform, load_reforms
from reporting.model.findings import DubanError
from reporting.office.form import Form, load_form
from reporting.office.setting_errors import parse_toml, read_as
from reporting.office.settings import Settings

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_Command = Callable[Concatenate["Workspace", _Arguments], _Result]

SETTINGS_FILE = "duban.toml"
PLAN_FILE = "plan.xlsx"
_PLAN_FORMATS = (".xlsm", ".xls", ".et", ".ods")
"""As what Excel, WPS or LibreOffice may have saved plan.xlsx instead."""
WAIVERS_FILE = "waivers.toml"
SECRET_FILE = ".duban-secret"
FORM_FILE = "form.toml"
UNITS_FILE = "units.toml"


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
        return read_as(Settings, read_toml(path, self._no_workspace()), SETTINGS_FILE)

    @cached_property
    def form(self) -> Form:
        """The definition of the return workbook in ``templates/form.toml``."""
        path = self.template(FORM_FILE)
        return load_form(read_text(path, f"找不到填报表定义 {path}。"), str(path.name))

    def _no_workspace(self) -> str:
        """What is said where ``duban.toml`` is not: most often this is another folder than was meant."""
        root = self.root.resolve()
        around = (*root.parents, *(each.parent for each in sorted(root.glob(f"*/{SETTINGS_FILE}"))))
        there = next((each for each in around if (each / SETTINGS_FILE).is_file()), None)
        near = f"您要的可能是“{there}”。" if there else ""
        return (
            f"文件夹“{root}”不是工作台：没有 {SETTINGS_FILE}。请先确认文件夹是否正确："
            f"换到工作台所在的文件夹再运行，或者用 -w 指明。{near}确实要新建工作台的，再运行 init。"
        )

    @property
    def plan_file(self) -> Path:
        """The plan people work on: plan.xlsx, or what another program saved in its place."""
        own = self.root / PLAN_FILE
        return own if own.exists() else next(iter(self.other_plans()), own)

    def other_plans(self) -> list[Path]:
        """The plans in other formats that stand beside plan.xlsx, or in its place."""
        others = ((self.root / PLAN_FILE).with_suffix(suffix) for suffix in _PLAN_FORMATS)
        return [path for path in others if path.is_file()]

    def newer_plans(self) -> list[str]:
        """The names of those that were saved after plan.xlsx, which counts all the same."""
        own = self.root / PLAN_FILE
        since = own.stat().st_mtime if own.exists() else float("inf")
        return [path.name for path in self.other_plans() if path.stat().st_mtime > since]

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
        return load_reforms(read_text(path, f"找不到单位名称沿革 {path}。"), path.name)

    @contextlib.contextmanager
    def alone(self, command: str) -> Iterator[None]:
        """Keep other commands out while this one writes; a command that was killed is tidied up after.

        Raises ``DubanError`` saying who is at work when that takes longer than a moment.
        """
        folders = self.settings.folders
        with hold(self.root, command) as after_killed:
            if after_killed:
                remove_temporaries(self.root)
                remove_temporaries(*(self.root / each for each in (folders.outbox, folders.archive)), deep=True)
            yield

    def secret(self) -> bytes:
        """The key that signs workbooks; made on first use, readable by its owner alone."""
        path = self.root / SECRET_FILE
        if not path.exists():
            write_private(path, secrets.token_hex(32).encode())
        with told_why(f"无法读取签名密钥 {path}", "请检查文件权限。"):
            key = path.read_bytes().strip()
        if not key:
            raise DubanError(f"签名密钥 {path} 是空的。请从备份恢复；没有备份的，删去这个文件后重新下发。")
        return key


def exclusive(command: str) -> Callable[[_Command[_Arguments, _Result]], _Command[_Arguments, _Result]]:
    """Mark a command that writes: only one such runs on a workspace at a time."""

    def mark(run: _Command[_Arguments, _Result]) -> _Command[_Arguments, _Result]:
        @wraps(run)
        def run_alone(workspace: Workspace, /, *arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
            with workspace.alone(command):
                return run(workspace, *arguments, **named)

        return run_alone

    return mark


def read_text(path: Path, missing: str) -> str:
    """A UTF-8 text file; raises ``DubanError`` with the sentence ``missing`` where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DubanError(missing) from error
    except UnicodeDecodeError as error:
        raise DubanError(f"{path.name} 不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码后再运行。") from error
    except OSError as error:
        raise DubanError(f"无法读取 {path}：{explain_os_error(error)}。请改正后再运行。") from error


def read_toml(path: Path, missing: str) -> dict[str, object]:
    """A TOML file; raises ``DubanError`` saying where it breaks off, or ``missing``."""
    return parse_toml(read_text(path, missing), path.name)
