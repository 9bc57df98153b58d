"""The command line as it is typed, without a process of its own."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

import cli


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, what was said, and what was said to be wrong; a traceback fails the test."""
    result = CliRunner().invoke(cli.app, [str(each) for each in arguments], terminal_width=200)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def refused(*arguments: str | Path) -> str:
    """The one sentence with which a command says that it could not do its work."""
    code, _, wrong = run(*arguments)
    assert code == 2
    sentence = wrong.replace("\n", "")
    assert sentence.startswith("没有完成：")
    assert sentence.endswith("。")
    return sentence.removeprefix("没有完成：")
