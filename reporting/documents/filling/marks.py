"""The marks of templates, ``{{ name }}`` and ``{% for … %}``: read, compared with what is given, and filled.

An office may restyle a template and break it on the way. Everything that can be wrong with its marks is said
in a sentence that names the template and the mark. Every value is escaped; none is ever read as a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jinja2
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

from reporting.documents import LATER
from reporting.files.characters import writable
from reporting.language.dates import run_in_heading
from reporting.model.findings import DubanError

_NAME = re.compile(r"'(?:[^']* object' has no attribute ')?([^']+)'")
"""The name in a message of jinja2: ``'x' is undefined`` or ``'dict object' has no attribute 'x'``."""


_FILTERS = {"heading": run_in_heading, "after_heading": lambda text: text[len(run_in_heading(text)) :]}
"""What a template may ask of a paragraph: the heading in front of it, and the rest."""


class TemplateError(DubanError):
    """A template that cannot be used; ``template`` is the name of its file."""

    def __init__(self, template: str, what: str) -> None:
        super().__init__(f"{label(template)}{what}")


def label(template: str) -> str:
    """How a sentence names a template by its file."""
    return f"{'页面模板' if template.endswith('.html') else 'Word 模板'}“{template}”"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text with marks, ready to be filled, and the names it prints."""

    text: jinja2.Template
    names: frozenset[str]


def read_marks(template: str, source: str, where: Callable[[int], str], *, tidy: bool = False) -> Compiled:
    """Read the marks of a text; ``where`` tells in words what place a line of it is.

    ``tidy`` leaves out the lines that hold nothing but a loop's or a condition's mark.
    """
    # The sandbox only matters for a template that came by mail: it may print, not run, things.
    environment = SandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=tidy, lstrip_blocks=tidy
    )
    environment.filters |= _FILTERS
    try:
        names = meta.find_undeclared_variables(environment.parse(source))
        return Compiled(environment.from_string(source), frozenset(names))
    except jinja2.TemplateSyntaxError as error:
        what = f"中的标记写法有误（{error.message}），位置在{where(error.lineno)}附近"
        raise TemplateError(template, f"{what}。请改正标记或恢复原模板。") from error


def compare_names(template: str, used: frozenset[str], given: frozenset[str]) -> None:
    """Say which name the template has too many or lacks; those that came later it may lack."""
    unknown = sorted(used - given)
    if unknown:
        allowed = f"可用的名称有：{'、'.join(sorted(given))}"
        what = f"使用了程序不提供的名称：{'、'.join(unknown)}。{allowed}。请改正或恢复原模板。"
        raise TemplateError(template, what)
    lacking = sorted(given - used - LATER)
    if lacking:
        marks = "、".join(f"{{{{ {name} }}}}" for name in lacking)
        raise TemplateError(template, f"缺少必需的内容：{marks}。请在模板中补上，或恢复原模板。")


def clean(value: object) -> object:
    """Make every text inside a value safe for XML; what is left out was never visible."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, Mapping):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [clean(item) for item in value]
    return "" if value is None else value


def fill_marks(template: str, marked: jinja2.Template, context: Mapping[str, object]) -> str:
    """Fill a text with values that were cleaned."""
    try:
        return marked.render(context)
    except jinja2.UndefinedError as error:
        found = _NAME.search(error.message or "")
        name = found.group(1) if found else error.message
        what = f"使用了程序不提供的名称：{name}。请改正或恢复原模板。"
        raise TemplateError(template, what) from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise TemplateError(template, f"中的标记无法执行（{error}）。请改正标记或恢复原模板。") from error
