"""The documents the office sends or files: one module per document, each only shaping its context.

A module here turns records into the names its Word template prints. It opens no file, reads no clock and
knows no font; its command hands the context to ``filling.make``. A new document is one new module with an
``OUTPUT`` and one template of the same name in ``templates/``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reporting.gathering import load_modules

Context = dict[str, object]
LATER = frozenset({"imprint", "number", "proposals", "signer"})
"""Names that came after offices had restyled their templates: one that does not print them still works."""


@dataclass(frozen=True, slots=True)
class Output:
    """One kind of document (文书): its name, its Word template, and what shapes its context."""

    name: str
    template: str
    build: Callable[..., Context]


def gather() -> tuple[Output, ...]:
    """Find every document this package knows, in the order of their module names."""
    modules = load_modules(__name__, __path__)
    return tuple(module.OUTPUT for module in modules if hasattr(module, "OUTPUT"))
