"""Options that many commands have, and what is asked of each of them: in which folder, and by which day.

``-w`` and ``--date`` may stand before and after a command's name; what was given on the way is carried in
``Asked``, and nothing is remembered from one run to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.model.findings import DubanError, Outcome

if TYPE_CHECKING:
    from reporting.model import Role
    from reporting.office.workspace import Workspace

DAY_FORMATS = ["%Y-%m-%d"]
"""How a day is written on the command line."""

# each may be given twice, so that two that differ are told and not one of them taken
WorkspaceOption = Annotated[
    list[Path] | None,
    typer.Option("-w", "--workspace", metavar="<路径>", help="工作台文件夹，默认为当前文件夹。", show_default=False),
]
DateOption = Annotated[
    list[datetime] | None,
    typer.Option(
        "--date",
        formats=DAY_FORMATS,
        metavar="<年-月-日>",
        help="按这一天计算（默认今天），如 2026-12-21。",
        show_default=False,
    ),
]
JsonOption = Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")]
ReasonOption = Annotated[str, typer.Option("--reason", help="理由，写入台账和报告。", show_default=False)]


@dataclass(frozen=True)
class Asked:
    """Where a command is to work and by which day it counts, as often as either was given."""

    folders: tuple[Path, ...] = ()
    days: tuple[datetime, ...] = ()

    def and_also(self, folders: Sequence[Path] | None, days: Sequence[datetime] | None) -> Asked:
        """What was given before, and what was given here."""
        return replace(self, folders=(*self.folders, *(folders or ())), days=(*self.days, *(days or ())))

    def check(self, command: str, *, by_day: bool) -> None:
        """Raise ``DubanError`` when it says two things, or names a day where none is counted by."""
        for option, words in (
            ("-w", {each.resolve(): str(each) for each in self.folders}),
            ("--date", {each: f"{each:%Y-%m-%d}" for each in self.days}),
        ):
            if len(words) > 1:
                listed = "和".join(f"“{each}”" for each in words.values())
                raise DubanError(f"{option} 写了几个不同的：{listed}。请只写一个，写在命令前面或后面都可以。")
        if self.days and not by_day:
            raise DubanError(f"{command} 不按日期计算。请去掉 --date 再运行。")

    @property
    def folder(self) -> Path | None:
        """The folder that was named, if any was."""
        return self.folders[-1] if self.folders else None

    def folder_or(self, argument: Path | None) -> Path | None:
        """The folder of an argument or of ``-w``, if either was given; ``DubanError`` when they differ."""
        if argument is not None and self.folder and argument.resolve() != self.folder.resolve():
            raise DubanError(f"写了两个不同的文件夹：“{argument}”和 -w“{self.folder}”。请只写一个。")
        return argument or self.folder

    @property
    def root(self) -> Path:
        """The folder that was named, else the one we are in."""
        return self.folder or Path()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace a command works on."""
        from reporting.office.workspace import Workspace

        return Workspace(self.root)

    @cached_property
    def moment(self) -> datetime:
        """The moment a command counts from: now, or noon of a day that was given."""
        if not self.days:
            return datetime.now().replace(microsecond=0)
        day = self.days[-1]
        if not 1990 <= day.year <= 2100:
            raise DubanError(f"日期 {day:%Y-%m-%d} 不在 1990 年至 2100 年之间。请核对 --date。")
        return datetime.combine(day.date(), time(12))


def role_of(text: str | None) -> Role | None:
    """The role that ``--role`` names; raises ``DubanError`` when it is none."""
    from reporting.model import Role

    if text is None:
        return None
    if text not in list(Role):
        raise DubanError(f"--role 后面应写“牵头”或“配合”，不能写“{text}”。请改正后再运行。")
    return Role(text)


def check_room(path: Path | None) -> None:
    """Raise ``DubanError`` where what a command finds cannot be written for programs, before it does anything."""
    from reporting.files.disk import check_writable

    if path is not None:
        check_writable(path)


def write_words(path: Path | None, words: object) -> None:
    """Write what a command found for programs to read, where it was asked for."""
    from reporting.files.disk import write_json

    if path is not None:
        write_json(path, words)


def end_with(outcome: Outcome) -> None:
    """End with exit code 1 when something that people sent is wrong."""
    if outcome.has_errors:
        raise typer.Exit(1)
