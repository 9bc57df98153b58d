"""How much each rule weighs in an office: its own severity, or what the office set in ``duban.toml``.

A new rule can be tried as a note, and one that does not fit an office be switched off. Two things cannot be
set. An error is what cannot be merged: it may be lowered with a reason, never be switched off. And nothing
that 填报检查 does not show in the workbook may become an error: what the workbook calls 可报送 is accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from reporting.language.likeness import meant
from reporting.model.findings import DubanError, Finding, Severity
from reporting.office.settings import RuleSetting
from reporting.returns.rules import Rule, gather

Level = Severity | Literal["off"]
Levels = Mapping[str, Level]
"""What the office set, by code; a rule that is not in it weighs what it weighs."""


def read_levels(entries: Mapping[str, RuleSetting]) -> Levels:
    """The levels an office set; raises ``DubanError`` naming the first that cannot be."""
    rules = {rule.kind.code: rule for rule in gather()}
    levels: dict[str, Level] = {}
    for code, entry in entries.items():
        if code not in rules:
            near = meant(code, rules) or "规则的代码用 rules 命令查看"
            raise DubanError(f"duban.toml 的 [rules] 中，没有“{code}”这条可以调整的规则。{near}。")
        wrong = _what_forbids(rules[code], entry)
        if wrong:
            raise DubanError(f"duban.toml 的 [rules] 中，{code} 不能设为 {entry.level}：{wrong}。请改正后再运行。")
        levels[code] = "off" if entry.level == "off" else Severity(entry.level)
    return levels


def _what_forbids(rule: Rule, entry: RuleSetting) -> str:
    is_error = rule.kind.severity is Severity.ERROR
    if is_error and entry.level == "off":
        return "查出的是无法汇总的错误，只能降为 confirm 或 note"
    if is_error and entry.level != "error" and not entry.reason:
        return f'降低错误级规则须写明理由，如 {rule.kind.code} = {{ level = "{entry.level}", reason = "……" }}'
    if not is_error and entry.level == "error":
        return "填报表里的“填报检查”不检查它，单位看到“可报送”却会被退回"
    return ""


def set_levels(findings: Iterable[Finding], levels: Levels) -> list[Finding]:
    """The findings with the severity the office set; those of rules that are switched off are left out."""
    kept = []
    for finding in findings:
        level = levels.get(finding.kind.code, finding.kind.severity)
        if level == "off":
            continue
        kind = finding.kind if level is finding.kind.severity else replace(finding.kind, severity=level)
        kept.append(replace(finding, kind=kind))
    return kept
