"""What many commands share: common options, the workspace and the moment that are meant, how they end."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.model.findings import DubanError, Outcome

if TYPE_CHECKING:
    from reporting.model import Role
    from reporting.office.workspace import Workspace

DAY_FORMATS = ["%Y-%m-%d"]
"""How a day is written on the command line."""

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", help="工作台文件夹，默认为当前文件夹。", show_default=False),
]
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=DAY_FORMATS, help="按这一天计算（默认今天），如 2026-12-21。", show_default=False
    ),
]
JsonOption = Annotated[Path | None, typer.Option("--json", help="另写一份供程序使用的 JSON。")]
ReasonOption = Annotated[str, typer.Option("--reason", help="理由，写入台账和报告。", show_default=False)]
_chosen: dict[str, Path] = {}
"""The workspace named before the command, until a command asks for it."""


def choose_workspace(workspace: Path | None) -> None:
    """Keep the workspace that was named before the command."""
    _chosen.clear()
    if workspace is not None:
        _chosen["workspace"] = workspace


def chosen_root(workspace: Path | None) -> Path:
    """The folder named after the command, else before it, else the one we are in."""
    return workspace or _chosen.get("workspace") or Path()


def open_workspace(workspace: Path | None) -> Workspace:
    """The workspace a command works on."""
    from reporting.office.workspace import Workspace

    return Workspace(chosen_root(workspace))


def moment_of(day: datetime | None) -> datetime:
    """The moment a command counts from: now, or noon of a day that was given."""
    if day is None:
        return datetime.now().replace(microsecond=0)
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


def write_words(path: Path | None, words: object) -> None:
    """Write what a command found for programs to read, where it was asked for."""
    from reporting.files.disk import write_json

    if path is not None:
        write_json(path, words)


def end_with(outcome: Outcome) -> None:
    """End with exit code 1 when something that people sent is wrong."""
    if outcome.has_errors:
        raise typer.Exit(1)
