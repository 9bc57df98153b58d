"""The documents say what is true: commands parse, pictures and links lead somewhere, examples work."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from builders.year import ROOT

import cli
from reporting.office.form import load_form
from reporting.office.settings import Settings
from reporting.returns.severity import read_levels

GUIDE = ROOT / "docs" / "guide.zh.md"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
IMAGES = ROOT / "docs" / "images"
LARGEST_PICTURE = 250_000

PROGRAM = re.compile(r"(?:\S*python |uv run )?(?:cli\.py|duban)(?= )")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HAN = re.compile(r"[\u4e00-\u9fff]")
OF_A_MACHINE = re.compile(r"(?<![\w.…])(?:/(?:work|root|home|tmp|Users|opt)/|[Cc]:\\Users)")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks_of(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [body for name, body in FENCED.findall(text_of(path)) if name == language]


def commands_of(path: Path) -> Iterator[str]:
    """The words after ``duban`` in every command line a document shows; those with … are only spoken of."""
    text = text_of(path)
    lines = [line for _, body in FENCED.findall(text) for line in body.splitlines()]
    for shown in [*lines, *INLINE.findall(FENCED.sub("", text))]:
        for part in shown.split(" && "):
            program = PROGRAM.match(part.strip())
            if program is not None and "…" not in part:
                yield part.strip()[program.end() :].strip()


def commands_below(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command of the program that does something, by its full name."""
    for word, command in group.commands.items():
        full = f"{name} {word}".strip()
        if hasattr(command, "commands"):
            yield from commands_below(command, full)
        else:
            yield full, command


def parse(line: str) -> None:
    """Let the command line read a line, without running it; raises what typer raises."""
    command: Any = typer.main.get_command(cli.app)
    words, context = line.split(), None
    while True:
        context = command.make_context(command.name or "duban", words, parent=context)
        if not hasattr(command, "commands"):
            return
        words = [*context._protected_args, *context.args]
        _, command, words = command.resolve_command(context, words)


COMMANDS = dict(commands_below(typer.main.get_command(cli.app)))
SHOWN = sorted({(path.name, line) for path in (*READMES, GUIDE) for line in commands_of(path)})


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("document", [*READMES, GUIDE], ids=lambda path: path.name)
def test_every_command_is_documented(document: Path, command: str) -> None:
    assert re.search(rf"(?:duban|cli\.py) {command}\b", text_of(document))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_has_chinese_help(command: str) -> None:
    found = COMMANDS[command]
    assert HAN.search(found.help or "")
    assert [each.name for each in found.params if not HAN.search(getattr(each, "help", None) or "")] == []


@pytest.mark.parametrize(("document", "line"), SHOWN)
def test_a_command_line_that_is_shown_can_be_run(document: str, line: str) -> None:
    assert document
    if line.endswith("--help"):
        with pytest.raises(typer.Exit):
            parse(line)
    else:
        parse(line)


@pytest.mark.parametrize("line", ["colect", "plan", "collect --jsn x", "plan import", "status --date 12-21"])
def test_a_wrong_command_line_would_be_noticed(line: str) -> None:
    with pytest.raises(Exception, match=r"."):
        parse(line)


def test_documents_show_command_lines() -> None:
    assert {document for document, _ in SHOWN} == {"README.md", "README.zh.md", "guide.zh.md"}
    assert len(SHOWN) > 25


def test_readme_opens_with_one_block_of_two_commands() -> None:
    opening = FENCED.match(text_of(ROOT / "README.md"))
    assert opening is not None
    assert opening[1] == "sh"
    assert len(opening[2].splitlines()) == 2
    assert all(line.strip() for line in opening[2].splitlines())


def anchors_of(path: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    lost = []
    for link in LINK.findall(FENCED.sub("", text_of(document))):
        if re.match(r"https?://", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            lost.append(link)
    assert lost == []


def test_every_picture_is_made_by_the_script_shown_in_the_guide_and_small() -> None:
    made = {f"{each.name}.png" for each in runpy.run_path(str(ROOT / "docs" / "pictures.py"))["PICTURES"]}
    kept = {path.name for path in IMAGES.iterdir()}
    shown = {Path(link).name for link in LINK.findall(text_of(GUIDE)) if link.startswith("images/")}
    assert made == kept == shown
    for path in IMAGES.iterdir():
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "docs" / "pictures.py"], ids=lambda path: path.name)
def test_no_document_speaks_of_somebodys_machine(path: Path) -> None:
    assert OF_A_MACHINE.findall(text_of(path)) == []


def test_the_architecture_names_every_module_of_the_package() -> None:
    package = ROOT / "reporting"
    modules = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    named = set(re.findall(r"`(\w+)/?`", text_of(ROOT / "docs" / "architecture.md")))
    assert modules - named - {"__init__"} == set()


def test_settings_and_columns_in_the_guide_can_be_used() -> None:
    settings, levels, waiver, column = blocks_of(GUIDE, "toml")
    set_there = Settings.model_validate(tomllib.loads(f"{settings}\n{levels}")).rules
    assert read_levels(set_there).keys() == set_there.keys() != set()
    assert Settings.model_validate(tomllib.loads(settings)).contact.name
    assert set(tomllib.loads(waiver)["waiver"][0]) >= {"rule", "unit", "reason", "approved_by"}
    form = text_of(ROOT / "templates" / "form.toml")
    assert [field.key for field in load_form(f"{form}\n{column}").extra_fields] == ["fund"]


def test_the_guide_names_rules_that_exist() -> None:
    (*_, waiver, _) = blocks_of(GUIDE, "toml")
    rule = tomllib.loads(waiver)["waiver"][0]["rule"]
    assert (ROOT / "reporting" / "returns" / "rules" / f"{rule}.py").exists()
