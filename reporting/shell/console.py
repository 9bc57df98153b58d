"""The command line's own words in Chinese: help headings, what was typed wrongly, what could not be done.

typer writes the first two in English and has no setting for it. Only wording is changed here; parsing, exit
codes and everything else stay typer's.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, NoReturn, ParamSpec

import typer
from typer.core import TyperCommand, TyperGroup

from reporting.language.likeness import meant
from reporting.model.findings import DubanError
from reporting.shell.options import Asked, DateOption, WorkspaceOption
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
    *("init", "plan", "issue", "collect", "status", "remind", "bulletin"),
    *("extend", "reassign", "identify", "revoke", "report", "review", "rollover"),
    *("verify", "rules", "doctor", "demo"),
)
_METAVARS = re.compile(r"<(?:str|path|list\[Path\]|%Y-%m-%d|int(?:eger)?(?: range)?)>|PATH|INTEGER(?: RANGE)?")
_METAVAR_WORDS = {
    "<str>": "<文字>",
    "<path>": "<路径>",
    "<list[Path]>": "<路径>…",
    "<%Y-%m-%d>": "<年-月-日>",
    "PATH": "<路径>",
}

_RANGE = re.compile(r"\[(\d+)<=x<=(\d+)\]")

_NO_OPTION = re.compile(r"No such option:? ?'?([^ .']+)'?")
_NO_COMMAND = re.compile(r"No such command '([^']*)'")
_BAD_VALUE = re.compile(r"Invalid value for '([^']*)': (.*)", re.DOTALL)

# What typer says, and the same as a sentence with what to do. The first group is what was typed.
_MISTAKES = (
    (_NO_OPTION, "没有“{0}”这个选项。"),
    (_NO_COMMAND, "没有“{0}”这个命令。"),
    (re.compile(r"Missing argument '([^']*)'"), "缺少参数“{0}”。"),
    (re.compile(r"Missing option '([^']*)'"), "缺少选项“{0}”。"),
    (re.compile(r"Option '([^']*)' requires an argument"), "选项“{0}”后面缺少内容。"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)"), "多出了“{0}”。"),
)
_BAD_VALUES = (
    (re.compile(r".*'([^']*)' does not match the formats?.*", re.DOTALL), "“{0}”不是日期，请写成 2026-12-21 的样子。"),
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


def mistake_in_chinese(message: str, ctx: Any = None) -> str:
    """What typer says about a wrong command line, as a Chinese sentence; the unknown stays as it is.

    ``ctx`` is where typer stood: of the commands and options there are, the nearest is named.
    """
    if match := _BAD_VALUE.match(message):
        return f"“{match[1]}”的内容不对：{first_match(_BAD_VALUES, match[2]) or match[2]}"
    near = ""
    if ctx is not None and (match := _NO_OPTION.match(message)):
        every = [sign for each in ctx.command.get_params(ctx) for sign in each.opts]
        near = meant(match[1], [sign for sign in every if sign.startswith("--")])
    elif ctx is not None and (match := _NO_COMMAND.match(message)):
        near = meant(match[1], _commands(ctx, match[1]))
    return (first_match(_MISTAKES, message) or message) + (f"{near}。" if near else "")


def _commands(ctx: Any, word: str) -> list[str]:
    """The commands that there are where another word was typed; of those so called in a group only they."""
    names = list(ctx.command.list_commands(ctx))
    inside = {
        f"{name} {each}": each for name in names for each in getattr(ctx.command.get_command(ctx, name), "commands", ())
    }
    return [path for path, name in inside.items() if name == word] or [*names, *inside]


_Options = ParamSpec("_Options")
_Run = Callable[Concatenate[Asked, _Options], None]
_HELP = {"help_option_names": ["-h", "--help"]}


class _ChineseHelp:
    """Help that is wholly Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text with its headings in Chinese."""
        return _help_in_chinese(super().get_help(ctx))  # type: ignore[misc]  # of the class it is mixed into


class _ChineseCommand(_ChineseHelp, TyperCommand):
    """A command whose help is wholly Chinese."""


class _ChineseGroup(_ChineseHelp, TyperGroup):
    """A group of commands whose help and complaints are wholly Chinese."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which a year needs them."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **kwargs: Any) -> Any:
        """Run, and say in Chinese what was typed wrongly (exit code 2, as typer has it)."""
        kwargs["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **kwargs)
        except Exception as error:
            ctx = getattr(error, "ctx", None)
            if type(error).__name__ == "NoArgsIsHelpError":
                print(ctx.get_help() if ctx else "")
                sys.exit(2)
            if not hasattr(error, "format_message"):  # not typer's own: a fault of ours must stay visible
                raise
            print(f"没有完成：{mistake_in_chinese(error.format_message(), ctx)}", file=sys.stderr)
            print(f"用 {getattr(ctx, 'command_path', '') or 'cli.py'} --help 看用法。", file=sys.stderr)
            sys.exit(getattr(error, "exit_code", 2))
        sys.exit(code if isinstance(code, int) else 0)


class Commands(typer.Typer):
    """A group of commands, in Chinese; it and each of its commands take ``-w`` and ``--date``.

    A command is a function whose first parameter is ``Asked``; what it cannot do it raises as ``DubanError``.
    """

    def __init__(self, name: str, words: str) -> None:
        """Make a group without commands; ``words`` is its help."""
        super().__init__(
            name=name,
            cls=_ChineseGroup,
            help=words,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=_HELP,
        )
        self.callback()(_keep)

    def add(
        self, name: str | None = None, *, on_folder: bool = True, by_day: bool = True
    ) -> Callable[[_Run[_Options]], _Run[_Options]]:
        """Add a command; ``on_folder`` and ``by_day`` are whether it works on a workspace, and by a day."""

        def register(run: _Run[_Options]) -> _Run[_Options]:
            self.command(name, cls=_ChineseCommand, context_settings=_HELP)(
                _with_shared_options(run, on_folder=on_folder, by_day=by_day)
            )
            return run

        return register


def _keep(ctx: typer.Context, day: DateOption = None, workspace: WorkspaceOption = None) -> None:
    """Keep what was given before a command's name."""
    ctx.obj = (ctx.obj or Asked()).and_also(workspace, day)


def _with_shared_options(run: Callable[..., None], *, on_folder: bool, by_day: bool) -> Callable[..., None]:
    """A function for typer: the shared options beside its own, and one sentence for what cannot be done."""

    @wraps(run)
    def told(ctx: typer.Context, **options: Any) -> None:
        with told_in_sentences():
            asked = ctx.obj.and_also(options.pop("workspace", None), options.pop("day", None))
            asked.check(ctx.info_name, by_day=by_day)
            run(asked, **options)

    parameters = list(inspect.signature(run, eval_str=True).parameters.values())
    parameters[0] = inspect.Parameter("ctx", _EITHER, annotation=typer.Context)
    if by_day:
        parameters.append(inspect.Parameter("day", _EITHER, default=None, annotation=DateOption))
    if on_folder:
        parameters.append(inspect.Parameter("workspace", _EITHER, default=None, annotation=WorkspaceOption))
    told.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer looks at
    told.__annotations__ = {each.name: each.annotation for each in parameters}
    return told


_EITHER = inspect.Parameter.POSITIONAL_OR_KEYWORD


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
