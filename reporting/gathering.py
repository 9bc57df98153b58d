"""The modules of a package: a new rule, output or notation is one new file and is listed nowhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any


def load_modules(package: str, path: Iterable[str]) -> Iterator[ModuleType]:
    """The modules of a package, in the order of their file names."""
    for module in pkgutil.iter_modules(path):
        yield importlib.import_module(f"{package}.{module.name}")


def gather_rules(package: str, path: Iterable[str]) -> tuple[Any, ...]:
    """The ``RULE`` of every module of a package, in the order of their file names, which are the codes."""
    modules = load_modules(package, path)
    return tuple(replace(module.RULE, code=code_of(module)) for module in modules)


def code_of(module: ModuleType) -> str:
    """The code of the findings of a rule: the name of its file."""
    return module.__name__.rpartition(".")[2]
