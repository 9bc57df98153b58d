"""What is said of a new workspace, of the machine it stands on, and of the rules that hold in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from reporting.model.findings import SEVERITY_NAMES, Outcome
from reporting.shell.telling.screen import console, say, tell_written

if TYPE_CHECKING:
    from reporting.commands.doctor import Check
    from reporting.returns.catalogue import ListedRule
    from reporting.returns.counts import RuleCount


def tell_workspace(root: Path, outcome: Outcome, year: int | None) -> None:
    """What was written into a new workspace; in an old one, that its settings were kept."""
    kept = not any(path.name == "duban.toml" for path in outcome.written)
    if kept:
        say(f"这里原来就是工作台：{root.resolve()}，duban.toml 没有改动，只补齐了缺少的文件。")
        if year is not None:
            say(f"年度仍按 duban.toml；要改为 {year}，请修改其中的 year 和各个日期。")
    else:
        say(f"工作台已建好：{root.resolve()}")
    tell_written(outcome.written)
    say("下一步：在 duban.toml 中填写日期和联系人，然后运行 plan import 方案文件。")


def tell_checks(checks: Iterable[Check]) -> None:
    """What was found on the machine, one line each."""
    for check in checks:
        mark = "[green]正常[/]" if check.ok else "[yellow]注意[/]"
        console.print(f"  {mark} {escape(check.what)}：{escape(check.says)}", soft_wrap=True)


def tell_counts(counts: Sequence[RuleCount]) -> None:
    """How often each rule spoke this year."""
    say("\n".join(f"  {each.words}  ({each.code})" for each in counts) or "台账中还没有查出的问题。")


def tell_rules(entries: Sequence[ListedRule], reasons: Mapping[str, str]) -> None:
    """The catalogue, the heaviest rules first, with an example and the level the office set, and why."""
    from reporting.returns.catalogue import WEIGHTS, by_severity

    for severity, group in by_severity(entries).items():
        say(f"{SEVERITY_NAMES[severity]}（{len(group)} 条）：{WEIGHTS[severity]}")
        for entry in group:
            say(f"  {entry.kind.code}  {entry.says}{entry.remedy}")
            if entry.wrong:
                say(f"      例：{entry.wrong}")
            if entry.level != entry.kind.severity:
                reason = reasons.get(entry.kind.code, "")
                say(f"      本办设为 {entry.level}" + (f"，理由：{reason}" if reason else ""))
