"""The catalogue of rules: everything that ``collect`` may say of a file, with examples, for people to read.

Made of the rules' own definitions and of the table in each rule's docstring, which the tests run; so the
catalogue, ``docs/rules.md`` and what is checked cannot drift apart.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from reporting import files, returns
from reporting.model.findings import SEVERITY_NAMES, Kind, Severity, without_asides
from reporting.office import inbox
from reporting.returns import rules
from reporting.returns.rules import Rule, gather
from reporting.returns.severity import Level, Levels

READING = "读取文件"
_SCOPES = {"column": "一格", "row": "一行", "return": "整份表", "year": "各单位之间"}
_TOGETHER = (_SCOPES["return"], _SCOPES["year"])
_PLACEHOLDER = re.compile(r"\{\w+\}")
WEIGHTS = {
    Severity.ERROR: "退回修改后才能收下",
    Severity.CONFIRM: "请单位核实，改正或在“说明”栏写明情况；不因此退回",
    Severity.NOTE: "供参考，可以不改",
}


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One rule as the catalogue shows it; ``examples`` are the rows of its table, the headings first."""

    kind: Kind
    scope: str
    level: Level
    examples: tuple[tuple[str, ...], ...] = ()

    @property
    def says(self) -> str:
        """What it finds, without the values of a case."""
        return _without_values(self.kind.says)

    @property
    def remedy(self) -> str:
        """What to do, without the values of a case."""
        return _without_values(self.kind.remedy)

    def as_json(self) -> dict[str, object]:
        """The stable form for machines."""
        return {
            "code": self.kind.code,
            "severity": str(self.kind.severity),
            "level": str(self.level),
            "scope": self.scope,
            "says": self.says,
            "remedy": self.remedy,
            "examples": [list(row) for row in self.examples],
        }

    @property
    def wrong(self) -> str:
        """The first example that does not hold, on one line; rows that only do so together, all of them."""
        if not self.examples:
            return ""
        headings, *rows = self.examples
        wrong = [row for row in rows if row[0] == "fails"]
        together = self.scope in _TOGETHER and headings[1] in ("单位", "任务编号")
        return "；".join(
            "，".join(
                f"{heading}“{text}”" if text else f"{heading}空白"
                for heading, text in zip(headings[1:], row[1:], strict=True)
            )
            for row in (wrong if together else wrong[:1])
        )


def _without_values(says: str) -> str:
    """A sentence with 某栏 for the heading and ×× for its other values."""
    return _PLACEHOLDER.sub("××", without_asides(says).replace("{heading}", "某栏"))


def read_table(text: str) -> tuple[tuple[str, ...], ...]:
    """The first Markdown table of a text, row by row, the headings first; empty when it has none."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    cells = [tuple(cell.strip(" ") for cell in line.strip("|").split("|")) for line in lines]
    return tuple(row for number, row in enumerate(cells) if number != 1)


def catalogue(levels: Levels | None = None) -> tuple[ListedRule, ...]:
    """Every rule, and what reading a file may find, the heaviest first, each group by code."""
    set_here = levels or {}
    entries = [
        ListedRule(rule.kind, _SCOPES[rule.scope], set_here.get(rule.kind.code, rule.kind.severity), _examples(rule))
        for rule in gather()
    ]
    entries += [ListedRule(kind, READING, kind.severity) for kind in _kinds_of_reading()]
    order = list(Severity)
    return tuple(sorted(entries, key=lambda each: (order.index(each.kind.severity), each.kind.code)))


def _examples(rule: Rule) -> tuple[tuple[str, ...], ...]:
    module = importlib.import_module(f"{rules.__name__}.{rule.kind.code}")
    return read_table(module.__doc__ or "")


def _kinds_of_reading() -> Iterable[Kind]:
    """What is found while files are taken in and read, whichever module says it."""
    found: dict[str, Kind] = {}
    for name in (inbox.__name__, *_modules_in(files, returns)):
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Kind):
                found.setdefault(value.code, value)
    return found.values()


def _modules_in(*packages: ModuleType) -> list[str]:
    """The modules of these packages and of those in them, but for the rules, which are gathered."""
    walked = [pkgutil.walk_packages(each.__path__, f"{each.__name__}.") for each in packages]
    return [each.name for one in walked for each in one if not each.name.startswith(rules.__name__)]


def by_severity(entries: Sequence[ListedRule]) -> Mapping[Severity, list[ListedRule]]:
    """The entries in groups, the heaviest first."""
    return {each: [entry for entry in entries if entry.kind.severity is each] for each in Severity}


def as_markdown(entries: Sequence[ListedRule]) -> str:
    """The catalogue as ``docs/rules.md``."""
    return "\n".join(_lines(entries)) + "\n"


def _lines(entries: Sequence[ListedRule]) -> Iterator[str]:
    groups = by_severity(entries)
    yield from (
        "# 收件规则",
        "",
        f"本文由 `duban rules --doc docs/rules.md` 生成，请不要直接修改。规则共 {len(entries)} 条，分三级：",
        "",
    )
    for severity, group in groups.items():
        yield f"- **{SEVERITY_NAMES[severity]}**（{len(group)} 条）：{WEIGHTS[severity]}。"
    yield ""
    yield "某条规则不适合本单位的，可在 `duban.toml` 的 `[rules]` 中调整级别；个别任务确有特殊情况的，"
    yield "在 `waivers.toml` 中登记豁免。××处是具体内容。"
    for severity, group in groups.items():
        yield from ("", f"## {SEVERITY_NAMES[severity]}")
        for entry in group:
            yield from ("", f"### `{entry.kind.code}`", "", f"{entry.says}{entry.remedy}")
            yield from ("", f"核对范围：{entry.scope}。")
            if entry.examples:
                yield ""
                yield from _table(entry.examples)


_CASES = {"case": "", "passes": "通过", "fails": "查出"}


def _table(examples: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(examples):
        cells = [_CASES[row[0]], *row[1:]]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{' --- |' * len(cells)}"
