"""Options that all commands share, wherever they stand; what was mistyped is answered with the nearest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from builders.command import refused, run
from builders.year import fill, issued_file, send
from typer.main import get_command

import cli
from reporting.office.workspace import Workspace

ON = ("--date", "2026-12-10")
NOT_OF_A_WORKSPACE = {("plan", "diff")}
NOT_BY_A_DAY = {("init",), ("plan", "import"), ("plan", "diff"), ("verify",), ("rules",), ("doctor",), ("demo",)}


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """All commands there are, those of groups too."""
    for name, each in group.commands.items():
        if hasattr(each, "commands"):
            yield from _commands(each, (*path, name))
        else:
            yield (*path, name), each


COMMANDS = dict(_commands(get_command(cli.app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_takes_the_shared_options_that_it_uses(path: tuple[str, ...]) -> None:
    taken = {sign for each in COMMANDS[path].params for sign in each.opts}
    assert ("-w" in taken) is (path not in NOT_OF_A_WORKSPACE)
    assert ("--date" in taken) is (path not in NOT_BY_A_DAY)


@pytest.mark.parametrize("path", [(), ("plan",), ("review",), *COMMANDS], ids=" ".join)
def test_a_single_h_is_help(path: tuple[str, ...]) -> None:
    assert run(*path, "-h") == run(*path, "--help")
    assert run(*path, "-h")[1].startswith("用法：")


def _placed(path: Sequence[str], *options: Sequence[str]) -> Iterator[list[str]]:
    """A command with its options in every place that they may have."""
    for places in itertools.product(range(len(path) + 1), repeat=len(options)):
        words: list[str] = []
        for at in range(len(path) + 1):
            words += [sign for place, option in zip(places, options, strict=True) if place == at for sign in option]
            words += path[at : at + 1]
        yield words


@pytest.mark.parametrize("path", [("status",), ("plan", "check")], ids=" ".join)
def test_the_shared_options_may_stand_before_and_after_every_name(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = {run(*words) for words in _placed(path, ("-w", str(workspace.root)), ON)}
    assert [code for code, *_ in said] == [0]


def test_the_day_before_the_name_counts(workspace: Workspace) -> None:
    assert "今天 2026-12-10" in run("-w", workspace.root, *ON, "status")[1]


@pytest.mark.parametrize("path", [("status",), ("plan", "check")], ids=" ".join)
def test_two_that_differ_are_told_and_neither_is_taken(workspace: Workspace, path: tuple[str, ...]) -> None:
    for words in _placed(path, ("-w", str(workspace.root)), ("-w", "别处")):
        assert "-w 写了几个不同的：" in refused(*words)
    for words in _placed(path, ("-w", str(workspace.root)), ON, ("--date", "2026-12-11")):
        sentence = refused(*words)
        assert "--date 写了几个不同的：" in sentence
        assert all(f"“2026-12-{day}”" in sentence for day in (10, 11))


def test_the_same_given_twice_is_given_once(workspace: Workspace) -> None:
    here = workspace.root
    assert run("-w", here, *ON, "status", "-w", here / "inbox" / "..", *ON)[0] == 0


def test_a_day_for_a_command_that_counts_by_none_is_told(workspace: Workspace) -> None:
    assert refused(*ON, "verify", "-w", workspace.root) == "verify 不按日期计算。请去掉 --date 再运行。"


def test_the_demonstration_goes_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[Path | None] = []
    monkeypatch.setattr("reporting.shell.demo.run", lambda folder, _: asked.append(folder))
    for words in (["-w", "a", "demo"], ["demo", "-w", "a"], ["demo", "a"], ["-w", "a", "demo", "a"]):
        assert run(*words)[0] == 0
    assert asked == [Path("a")] * 4
    assert refused("-w", "a", "demo", "b") == "写了两个不同的文件夹：“b”和 -w“a”。请只写一个。"
    assert refused("-w", "a", "init", "b") == "写了两个不同的文件夹：“b”和 -w“a”。请只写一个。"
    assert list(tmp_path.iterdir()) == []


# ---- mistyped ----------------------------------------------------------------------------------------

REASON = ("--reason", "换届")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("collcet",), "没有“collcet”这个命令。您要的可能是“collect”。"),
        (("plan", "ceck"), "没有“ceck”这个命令。您要的可能是“check”。"),
        (("review", "isue"), "没有“isue”这个命令。您要的可能是“issue”。"),
        (("import",), "没有“import”这个命令。您要的可能是“plan import”。"),
        (("汇总",), "没有“汇总”这个命令。"),
        (("extend", "某局", "--untill", "2026-12-28"), "没有“--untill”这个选项。您要的可能是“--until”。"),
        (("--dat", "2026-12-28", "status"), "没有“--dat”这个选项。您要的可能是“--date”。"),
        (("review", "issue", "--sede", "3"), "没有“--sede”这个选项。您要的可能是“--seed”。"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_a_mistyped_command_or_option_is_answered_with_the_nearest(words: tuple[str, ...], sentence: str) -> None:
    code, said, wrong = run(*words)
    assert (code, said) == (2, "")
    assert wrong.splitlines()[0] == f"没有完成：{sentence}"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_with_two_signs_exchanged_is_found_again(path: tuple[str, ...]) -> None:
    name = path[-1]
    mistyped = f"{name[1]}{name[0]}{name[2:]}"
    assert f"“{name}”" in run(*path[:-1], mistyped)[2]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("status", "--unit", "云山区"), "“云山区”不在本次下发的单位中。您要的可能是“云山区人民政府”。"),
        (
            ("extend", "教育厅", "--until", "2026-12-28", *REASON),
            "“教育厅”不在本次下发的单位中。您要的可能是“市教育局”。",
        ),
        (
            ("extend", "市教育局", "--until", "2026-12-28", "--task", "33", *REASON),
            "下发的方案中没有任务“33”。您要的可能是“3”。",
        ),
        (
            ("reassign", "2", "--from", "市司法厅", "--to", "市教育局", *REASON),
            "“市司法厅”不在下发方案的单位表中，您要的可能是“市司法局”。",
        ),
        (("identify", "教育局.xlsx", "市教育局", *REASON), "找不到文件“教育局.xlsx”。您要的可能是“市教育局.xlsx”。"),
        (("identify", "市教育局.xlsx", "教育局政法科", *REASON), "您要的可能是“市教育局”。"),
        (("collect", "{inbox}/教育局.xlsx"), "教育局.xlsx。您要的可能是“市教育局.xlsx”。"),
        (("plan", "import", "{root}/plan.xls"), "您要的可能是“plan.xlsx”。"),
        (("doctor", "--layout", "{root}/plan.xls"), "您要的可能是“plan.xlsx”。"),
        (
            ("plan", "diff", "{root}/plan.xls.xlsx", "{root}/plan.xlsx"),
            "您要的可能是“plan.xlsx”。请先运行“duban plan import”生成任务表。",
        ),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, tuple) else "",
)
def test_a_name_that_is_not_known_is_answered_with_the_nearest(
    workspace: Workspace, words: tuple[str, ...], sentence: str
) -> None:
    send(workspace, "市教育局.xlsx", fill(issued_file(workspace, "市教育局")))
    places = {"inbox": str(workspace.inbox), "root": str(workspace.root)}
    dated = () if words[0] in ("doctor",) or words[1] in ("import", "diff") else ON
    given = refused("-w", workspace.root, *dated, *(each.format(**places) for each in words))
    assert given.endswith(sentence)


def test_of_a_name_that_is_like_none_all_are_told(workspace: Workspace) -> None:
    sentence = refused("status", "--unit", "气象台", "-w", workspace.root, *ON)
    assert sentence.startswith("“气象台”不在本次下发的单位中。请核对单位名称；下发的有 ")
    assert "您要的可能是" not in sentence


def test_a_folder_near_a_workspace_is_told_which_was_meant(workspace: Workspace) -> None:
    for folder in (workspace.root.parent, workspace.inbox):
        folder.mkdir(exist_ok=True)
        sentence = refused("status", "-w", folder)
        assert sentence.startswith(f"文件夹“{folder}”不是工作台：没有 duban.toml。请先确认文件夹是否正确：")
        assert f"您要的可能是“{workspace.root}”。" in sentence
