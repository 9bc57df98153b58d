"""The house of ``reporting`` as laws: what stands where, who may import whom, what may be named and done.

A house is read from its sources alone, so that a test can lay one more module into it and see the law speak.
Each law gives a sentence for every place that breaks it: what stands where, and where it belongs.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import typer

import cli

FLOORS = {
    "shell": 9,
    "commands": 8,
    "documents": 7,
    "review": 6,
    "year": 6,
    "returns": 5,
    "plan": 4,
    "ledger": 4,
    "office": 3,
    "files": 2,
    "language": 2,
    "model": 1,
}
"""The twelve rooms and the floor each stands on; a room imports only rooms on lower floors."""

ROOT_MODULES = frozenset({"reporting", "reporting.gathering"})
"""What stands in no room: the package itself, and what finds the modules of a package."""

SAME_EVERYWHERE = frozenset({"build", "gather", "recognise"})
"""Names that each module of a package has, as a rule has its RULE: the package's own protocol."""

NOUNS_IN_ING = frozenset({"finding", "gathering", "heading", "marking", "nothing", "setting", "standing", "wording"})
"""Words that end as a gerund does and are the name of a thing."""

DISK = frozenset({"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rename"})
"""Calls that touch the disk; not ``replace``, since texts have it too, nor those of an archive in memory."""

CLOCKS = frozenset({"date.today", "datetime.now", "datetime.today", "time.time"})
MOST_PARAMETERS = 6
SENTENCES = frozenset({"message", "says", "remedy"})
"""What a finding says, as people read it; a program that looks into it breaks when the wording changes."""


@dataclass(frozen=True)
class House:
    """The modules of the package by full name, each with its source, and the commands as they are typed."""

    sources: Mapping[str, str]
    commands: Collection[str]

    def with_module(self, name: str, source: str) -> House:
        """The same house with one module more, or with another one in its place."""
        return replace(self, sources={**self.sources, name: source})

    @cached_property
    def arrows(self) -> Mapping[str, frozenset[str]]:
        """For each module the modules it imports, wherever in it."""
        return {name: frozenset(self._imported(source)) for name, source in self.sources.items()}

    def _imported(self, source: str) -> Iterator[str]:
        for package, inner in imports_of(source):
            yield from inner & self.sources.keys()
            if package in self.sources and inner - self.sources.keys():
                yield package

    def calls(self, module: str) -> frozenset[str]:
        """The dotted names that a module calls, such as date.today."""
        return calls_of(self.sources[module])

    def nodes(self, module: str) -> tuple[ast.AST, ...]:
        """All that a module consists of."""
        return nodes_of(self.sources[module])

    def in_rooms(self, *rooms: str) -> list[str]:
        """The modules of some rooms."""
        return [each for each in self.sources if room_of(each) in rooms]

    def outside(self, *rooms: str) -> list[str]:
        """The modules of all other rooms."""
        return [each for each in self.sources if room_of(each) not in (*rooms, "")]


def typed_commands() -> Iterator[str]:
    """The commands as they are typed, with a low line for the blank between two words."""
    yield from _below(typer.main.get_command(cli.app), "")


def _below(command: Any, before: str) -> Iterator[str]:
    for name, each in command.commands.items():
        yield from _below(each, f"{before}{name}_") if hasattr(each, "commands") else (f"{before}{name}",)


@cache
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """All that a source consists of, the module itself first."""
    return tuple(ast.walk(ast.parse(source)))


@cache
def imports_of(source: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """What a source imports: each package or module with the full names that are taken from it."""
    return tuple(
        (str(node.module), frozenset(f"{node.module}.{each.name}" for each in node.names))
        for node in nodes_of(source)
        if isinstance(node, ast.ImportFrom)
    )


@cache
def defined_in(source: str) -> frozenset[str]:
    """The names that a source defines on its own level, also below a condition."""
    tree = nodes_of(source)[0]
    assert isinstance(tree, ast.Module)
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            inner = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            found |= {each.id for each in inner if isinstance(each.ctx, ast.Store)}
    return frozenset(found)


@cache
def calls_of(source: str) -> frozenset[str]:
    """The dotted names that a source calls."""
    return frozenset(ast.unparse(each.func) for each in nodes_of(source) if isinstance(each, ast.Call))


def read_house(root: Path, commands: Collection[str]) -> House:
    """The house as it stands in a project's folder."""
    paths = sorted((root / "reporting").rglob("*.py"))
    names = {".".join(each.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): each for each in paths}
    return House({name: path.read_text(encoding="utf-8") for name, path in names.items()}, commands)


def room_of(module: str) -> str:
    """The room of a module by its full name: reporting.files.disk stands in files; "" for one in none."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and module not in ROOT_MODULES else ""


def rooms(house: House) -> Iterator[str]:
    """Every module stands in a room, and every room has one."""
    listed = "、".join(FLOORS)
    for module in house.sources:
        if module not in ROOT_MODULES and room_of(module) not in FLOORS:
            yield f"{module} stands in no room: put it into one of {listed}"
    for room in FLOORS:
        if not house.in_rooms(room):
            yield f"{room} is an empty room"


def upward(house: House) -> Iterator[str]:
    """A room imports only rooms below it."""
    for module, imported in house.arrows.items():
        own = room_of(module)
        for each in sorted(imported):
            other = room_of(each)
            if own in FLOORS and other in FLOORS and own != other and FLOORS[other] >= FLOORS[own]:
                yield (
                    f"{module} (floor {FLOORS[own]}) imports {each} (floor {FLOORS[other]}): "
                    f"move it to {other} or higher, or what it needs to below {own}"
                )


def circles(house: House) -> Iterator[str]:
    """No modules import each other in a circle."""
    waiting = {module: set(imported) - {module} for module, imported in house.arrows.items()}
    while ready := [module for module, needed in waiting.items() if not needed & waiting.keys()]:
        for module in ready:
            del waiting[module]
    if waiting:
        yield f"these import each other in a circle: {', '.join(sorted(waiting))}"


def command_names(house: House) -> Iterator[str]:
    """A module in ``commands`` is named as its command is typed, or begins with that name as a part of it."""
    for module in house.in_rooms("commands"):
        name = module.removeprefix("reporting.commands").lstrip(".")
        if name and _command_of(name, house.commands) is None:
            yield (
                f"{module} is named for no command: name it as the command is typed, "
                "or begin its name with that of the command it is part of"
            )


def command_imports(house: House) -> Iterator[str]:
    """A command imports no other command, only parts of its own."""
    for module in house.in_rooms("commands"):
        name = module.removeprefix("reporting.commands").lstrip(".")
        own = _command_of(name, house.commands)
        for each in house.arrows[module]:
            other = each.removeprefix("reporting.commands.")
            if room_of(each) == "commands" and "." not in other and _command_of(other, house.commands) != own:
                yield f"{module} imports the command {each}: what both need belongs into a room below"


def _command_of(name: str, commands: Collection[str]) -> str | None:
    """The command that a module is, or is part of: the longest whose name it begins with."""
    own = [each for each in commands if name == each or name.startswith(f"{each}_")]
    return max(own, key=len, default=None)


def names(house: House) -> Iterator[str]:
    """No class and no public function stands twice."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in house.sources:
        tree = house.nodes(module)[0]
        assert isinstance(tree, ast.Module)
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                is_own = isinstance(node, ast.FunctionDef) and node.name.startswith("_")
                if not is_own and node.name not in SAME_EVERYWHERE:
                    found[node.name].append(module)
    for name, modules in found.items():
        if len(modules) > 1:
            yield f"{name} is defined in {' and in '.join(modules)}: one concept has one name and one place"


def homes(house: House) -> Iterator[str]:
    """A name is taken from the module that defines it, or from the package that gives it out."""
    packages = {each.rpartition(".")[0] for each in house.sources}
    for module, source in house.sources.items():
        for package, inner in imports_of(source):
            if package in house.sources and package not in packages:
                at_home = defined_in(house.sources[package])
                for name in sorted(each.rpartition(".")[2] for each in inner):
                    if name not in at_home:
                        yield f"{module} takes {name} from {package}, which only uses it: go to its home"


def parameters(house: House) -> Iterator[str]:
    """No function has seven parameters."""
    for module in house.sources:
        for node in house.nodes(module):
            if isinstance(node, ast.FunctionDef):
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                number = len([each for each in given if each.arg not in ("self", "cls")])
                if number > MOST_PARAMETERS:
                    yield f"{module}: {node.name} has {number} parameters: make a record of some"


def disk(house: House) -> Iterator[str]:
    """Only ``files`` and ``office`` open, read, write or make anything on the disk."""
    for module in house.outside("files", "office"):
        called = {each for each in house.calls(module) if not each.startswith("archive.")}
        touched = sorted(each for each in called if each.rpartition(".")[2] in DISK)
        if touched:
            yield f"{module} touches the disk ({', '.join(touched)}): what does belongs into files or office"


def clock(house: House) -> Iterator[str]:
    """Nobody but the shell looks at the clock: the day is an argument."""
    for module in house.outside("shell"):
        if looked := sorted(house.calls(module) & CLOCKS):
            yield f"{module} looks at the clock ({', '.join(looked)}): take the day as an argument"


def speech(house: House) -> Iterator[str]:
    """Only the shell prints."""
    for module in house.outside("shell"):
        if "print" in house.calls(module):
            yield f"{module} prints: give the sentence back, shell/telling says it"


def facts(house: House) -> Iterator[str]:
    """Facts are carried: nobody compares a finding's words, splits its values or asks a file name."""
    for module in house.outside("shell"):
        for node in house.nodes(module):
            where = f"{module}, line {getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                if any(_is_sentence(side) for side in sides):
                    yield f"{where} compares the words of a finding: compare its kind, place or values"
                if isinstance(node.ops[0], ast.In) and _is_text(node.left) and _is_file_name(node.comparators[0]):
                    yield f"{where} asks a file name what the thing is: carry the fact in its record"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                method, owner = node.func.attr, node.func.value
                if method in ("split", "partition", "rpartition") and _is_value(owner):
                    yield f"{where} splits a finding's value: carry its parts in a record"
                if method in ("startswith", "endswith") and _is_sentence(owner):
                    yield f"{where} compares the words of a finding: compare its kind, place or values"


def _is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value in SENTENCES
    return isinstance(node, ast.Attribute) and node.attr in SENTENCES


def _is_value(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "values"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_file_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("file", "file_name", "stem")


def module_names(house: House) -> Iterator[str]:
    """A module is named for a thing: no gerunds, and no two of one room with the same name."""
    for module in house.sources:
        name = module.rpartition(".")[2]
        words = [each for each in name.split("_") if each.endswith("ing")]
        is_package = any(each.startswith(f"{module}.") for each in house.sources)
        if not is_package and "rules" not in module and set(words) - NOUNS_IN_ING:
            yield f"{module} is named for doing something: name it for the thing it makes or holds"


def indexes(house: House) -> Iterator[str]:
    """Only the ledger knows how an answer is frozen: nobody else takes ``cell[0]`` or ``cell[3]`` of one."""
    for module in house.outside("ledger"):
        for node in house.nodes(module):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.slice, ast.Constant)
                and isinstance(node.slice.value, int)
                and re.fullmatch(r"(?:frozen|cell|cells\[.*\]|.*\[.cells.\]\[.*\])", ast.unparse(node.value))
            ):
                yield f"{module}, line {node.lineno} indexes into a frozen cell: the ledger gives an Answer"


LAWS = (
    rooms,
    upward,
    circles,
    command_names,
    command_imports,
    names,
    homes,
    parameters,
    disk,
    clock,
    speech,
    facts,
    module_names,
    indexes,
)
