"""The command line's own words in Chinese: help headings, what was typed wrongly, what could not be done.

typer writes the first two in English and has no setting for it. Only wording is changed here; parsing, exit
codes and everything else stay typer's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from reporting.model.findings import DubanError
from reporting.shell.telling.screen import complain
from reporting.shell.telling.sentences import first_match

_HELP_WORDS = (
    ("Usage:", "用法："),
    ("Options:", "选项："),
    ("Arguments:", "参数："),
    ("Commands:", "命令："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("Show this message and exit.", "显示本说明。"),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
)
_ORDER = (
    "init",
    "plan",
    "issue",
    "collect",
    "status",
    "remind",
    "bulletin",
    "extend",
    "reassign",
    "identify",
    "revoke",
    "report",
    "review",
    "rollover",
    "verify",
    "rules",
    "doctor",
    "demo",
)
_METAVARS = re.compile(
    r"<(?:str|path|list\[Path\]|%Y-%m-%d|int(?:eger)?(?: range)?)>|PATH|INTEGER(?: RANGE)?"
)
_METAVAR_WORDS = {
    "<str>": "<文字>",
    "<path>": "<路径>",
    "<list[Path]>": "<路径>…",
    "<%Y-%m-%d>": "<年-月-日>",
    "PATH": "<路径>",
}

_RANGE = re.compile(r"\[(\d+)<=x<=(\d+)\]")

# What typer says, and the same as a sentence with what to do. The first group is what was typed.
_MISTAKES = (
    (re.compile(r"No such option:? ?'?([^ .']+)'?"), "没有“{0}”这个选项。"),
    (re.compile(r"No such command '([^']*)'"), "没有“{0}”这个命令。"),
    (re.compile(r"Missing argument '([^']*)'"), "缺少参数“{0}”。"),
    (re.compile(r"Missing option '([^']*)'"), "缺少选项“{0}”。"),
    (re.compile(r"Option '([^']*)' requires an argument"), "选项“{0}”后面缺少内容。"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)"), "多出了“{0}”。"),
    (re.compile(r"Invalid value for '([^']*)': (.*)", re.DOTALL), "“{0}”的内容不对：{1}"),
)
_BAD_VALUES = (
    (
        re.compile(r".*'([^']*)' does not match the formats?.*", re.DOTALL),
        "“{0}”不是日期，请写成 2026-12-21 的样子。",
    ),
    (re.compile(r".*'([^']*)' is not a valid (?:int|integer).*", re.DOTALL), "“{0}”不是整数。"),
    (re.compile(r"Input should be a valid integer"), "应为整数。"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), "不能小于 {0}。"),
    (re.compile(r"Input should be less than or equal to (\S+)"), "不能大于 {0}。"),
    (re.compile(r"(.*) is not in the range (.*?)\.?", re.DOTALL), "{0} 不在允许的范围 {1} 内。"),
)


def _help_in_chinese(text: str) -> str:
    for english, chinese in _HELP_WORDS:
        text = text.replace(english, chinese)
    text = _RANGE.sub(r"[\1 至 \2]", text)
    return _METAVARS.sub(lambda match: _METAVAR_WORDS.get(match[0], "<整数>"), text)


def mistake_in_chinese(message: str) -> str:
    """What typer says about a wrong command line, as a Chinese sentence; the unknown stays as it is."""
    for pattern, sentence in _MISTAKES[-1:]:
        match = pattern.match(message)
        if match:
            return sentence.format(match[1], first_match(_BAD_VALUES, match[2]) or match[2])
    return first_match(_MISTAKES, message) or message


class ChineseCommand(TyperCommand):
    """A command whose help is wholly Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text with its headings in Chinese."""
        return _help_in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help and complaints are wholly Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text with its headings in Chinese."""
        return _help_in_chinese(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which a year needs them."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **kwargs: Any) -> Any:
        """Run, and say in Chinese what was typed wrongly (exit code 2, as typer has it)."""
        if not kwargs.pop("standalone_mode", True):
            kwargs["standalone_mode"] = False
            return super().main(args, *rest, **kwargs)
        kwargs["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **kwargs)
        except Exception as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                ctx = getattr(error, "ctx", None)
                print(ctx.get_help() if ctx else "")
                sys.exit(2)
            if not hasattr(error, "format_message"):  # not typer's own: a fault of ours must stay visible
                raise
            where = getattr(getattr(error, "ctx", None), "command_path", "")
            print(f"没有完成：{mistake_in_chinese(error.format_message())}", file=sys.stderr)
            print(f"用 {where or 'cli.py'} --help 看用法。", file=sys.stderr)
            sys.exit(getattr(error, "exit_code", 2))
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def told_in_sentences() -> Iterator[None]:
    """Turn what a command could not do into one sentence and exit code 2."""
    try:
        yield
    except DubanError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        _stop("已中断。再次运行即可继续，已登记的内容不受影响。")
    except OSError as error:
        from reporting.files.disk import explain_os_error

        name = f"“{error.filename}”" if error.filename else "文件"
        _stop(f"读写{name}时出错：{explain_os_error(error)}。请检查文件是否正在使用、磁盘是否已满。")


def _stop(sentence: str) -> NoReturn:
    complain(sentence)
    raise typer.Exit(2)


def use_utf8() -> None:
    """Windows consoles and pipes may not speak UTF-8; never fail on a Chinese character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
