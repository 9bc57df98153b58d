"""The modules of a package: a new rule, output or notation is one new file and is listed nowhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any


def load_modules(package: str, path: Iterable[str]) -> Iterator[ModuleType]:
    """The modules of a package, in the order of their file names."""
    for module in pkgutil.iter_modules(path):
        yield importlib.import_module(f"{package}.{module.name}")


def module_name(defined: object) -> str:
    """The file in which a function was written, by its name alone."""
    return defined.__module__.rpartition(".")[2]


def gather_rules(package: str, path: Iterable[str]) -> tuple[Any, ...]:
    """The ``RULE`` of every module of a package, in the order of their file names, which are the codes.

    Raises ``ValueError`` when the code of a rule is not the name of its file.
    """
    rules = []
    for module in load_modules(package, path):
        name = module.__name__.rpartition(".")[2]
        if module.RULE.kind.code != name:
            raise ValueError(f"{name}: the code of its rule is {module.RULE.kind.code}")
        rules.append(module.RULE)
    return tuple(rules)
