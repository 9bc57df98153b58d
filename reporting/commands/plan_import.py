"""A plan document read into plan.xlsx, for the coordinator to correct.

What becomes of a plan.xlsx that was worked in is decided in ``plan.changes.merge``; here the files are read
and written around it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reporting.files.disk import remove_temporaries, write_json
from reporting.files.lock import hold
from reporting.language.characters import even_width
from reporting.language.units.registry import propose
from reporting.model import Plan
from reporting.model.findings import DubanError, Finding, Outcome
from reporting.office.outbox import replace_planbook
from reporting.office.workspace import PLAN_FILE, Workspace
from reporting.plan.book.memory import read_imported, write_imported
from reporting.plan.book.read import read_declined, read_planbook, read_remarks
from reporting.plan.book.sheets import TASKS, UNITS, Declined
from reporting.plan.changes.merge import Merged, is_same_document, merge_plans
from reporting.plan.check import open_conflicts
from reporting.plan.documents.open import read_document
from reporting.plan.reading.account import Account, draw_up
from reporting.plan.reading.plan import plan_json, read_plan
from reporting.plan.second_reading.doubts import doubts_of_reading
from reporting.plan.second_reading.kinds import ABOUT_NAMES
from reporting.plan.words import plan_name


@dataclass(frozen=True, slots=True)
class Imported:
    """What ``plan import`` did. ``explained`` holds per task number which rule read which words."""

    plan: Plan
    outcome: Outcome
    account: Account
    explained: Mapping[str, tuple[str, ...]]


def plan_import(
    document: Path, output: Path, json_file: Path | None = None, *, keep_existing: bool = False
) -> Imported:
    """Read a plan document and write plan.xlsx (and the machine-readable form) for correction.

    A plan.xlsx that somebody may have worked in is never lost: with ``keep_existing`` it is left alone,
    otherwise it is kept beside the new one under a name of its own. Its edits go into the new one when this
    is a corrected version of the document it was made from; where both changed, a finding says so.
    """
    if output.suffix.lower() != ".xlsx":
        raise DubanError(f"任务表只能写成 .xlsx 文件，不能写成“{output.name}”。请改正 -o 后面的文件名。")
    if not output.parent.is_dir():
        raise DubanError(f"文件夹“{output.parent}”不存在。请先建立它，或者改正 -o 后面的路径。")
    with hold(output.parent, "plan import") as after_killed:
        if after_killed:
            remove_temporaries(output.parent)
        return _import(document, output, json_file, keep_existing=keep_existing)


def _import(document: Path, output: Path, json_file: Path | None, *, keep_existing: bool) -> Imported:
    read = explain_plan(document)
    plan, findings = read.plan, read.outcome.findings
    written: list[Path] = []
    notes: list[str] = []
    if json_file is not None:
        write_json(json_file, plan_json(plan, findings))
        written.append(json_file)
    has_content = bool(plan.tasks or plan.unassigned)
    if has_content and output.exists() and keep_existing:
        notes.append(f"{output.name} 已经存在，没有改动；要重新生成，请加 -o {output.name}。")
    elif has_content:
        from reporting.plan.book.undecided import keep_undecided
        from reporting.plan.book.write import make_planbook

        fresh = replace(plan, title=plan_name(plan.title))
        entry = _merge_previous(output, fresh, findings)
        proposals = propose(entry.plan.units, entry.plan.year, Workspace(output.parent).reforms())
        offers = (*entry.findings, *(each.as_finding() for each in proposals))
        findings = tuple(_still_offered(offers, entry.plan, entry.declined))
        data = make_planbook(entry.plan, findings, entry.remarks, declined=entry.declined)
        notes += [*replace_planbook(output, data), *entry.notes]
        write_imported(output, fresh)  # after the workbook: cut short between, no edit counts as undone
        keep_undecided(output, entry.conflicts)
        written.append(output)
    return replace(read, outcome=Outcome(tuple(written), findings, tuple(notes)))


def explain_plan(document: Path) -> Imported:
    """Read a plan document only to say why it reads as it does; nothing is written."""
    lines = read_document(document)
    reading = read_plan(lines)
    findings = doubts_of_reading(lines, reading.plan, reading.left_out, reading.findings)
    outcome = Outcome(findings=tuple(findings))
    return Imported(reading.plan, outcome, draw_up(lines, reading.plan), reading.explained)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What is to be written into plan.xlsx, and what to tell of it."""

    plan: Plan
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    declined: Declined = field(default_factory=dict)
    conflicts: tuple[Finding, ...] = ()


def _merge_previous(output: Path, fresh: Plan, findings: tuple[Finding, ...]) -> _Fresh:
    """The new document with the edits of an earlier plan.xlsx, if it was made from the same document.

    A plan that another program saved in its place has edits as well.
    """
    edited = Workspace(output.parent).plan_file if output.name == PLAN_FILE else output
    base = read_imported(output)
    lost = "原表中的修改没有带入新表"
    if not edited.exists():
        return _Fresh(fresh, findings)
    if base is None:
        return _Fresh(fresh, findings, (f"{lost}。",))
    if not is_same_document(base, fresh):
        return _Fresh(fresh, findings, (f"新方案与上次读入的方案差别很大，{lost}。",))
    try:
        mine, wrong = read_planbook(edited)
    except DubanError as error:
        return _Fresh(fresh, findings, (f"原表读不出来，{lost}。{error}",))
    errors = sum(each.is_error for each in wrong)
    if errors:
        raise DubanError(
            f"{edited.name} 中有 {errors} 处填写有误，无法把其中的修改并入新表。请先运行 plan check 并改正；"
            f"不要原有修改的，请把 {edited.name} 改名后再读入。"
        )
    merged = merge_plans(base, mine, fresh, open_conflicts(edited))
    told = (*merged.address(findings), *merged.findings)
    happened = merged.kept or merged.taken or merged.conflicts
    notes = (_account_of(merged),) if happened else ()
    remarks, declined = _now_numbered(read_remarks(edited), merged), _now_numbered(read_declined(edited), merged)
    return _Fresh(merged.plan, told, notes, remarks, declined, merged.findings)


def _still_offered(findings: Iterable[Finding], plan: Plan, declined: Declined) -> Iterator[Finding]:
    """All but what the coordinator has settled.

    That is offers of members to a group that has some by now, adopted or written by hand; proposals that were
    declined; and that a name is another's where it has become another name of that unit.
    """
    settled = {unit.name for unit in plan.units if unit.members}
    aliases = {(alias.name, unit.name) for unit in plan.units for alias in unit.aliases}
    no = {sheet: {name: even_width(text) for name, text in texts.items()} for sheet, texts in declined.items()}
    for each in findings:
        means, proposal = each.values.get("expected", ""), each.values.get("proposal", "")
        name = each.values.get("found", "") if each.kind in ABOUT_NAMES else ""
        answered = (
            ("members" in each.values and each.unit in settled)
            or (name and ((name, means) in aliases or no.get(UNITS, {}).get(name) == even_width(means)))
            or (proposal and no.get(TASKS, {}).get(each.task) == even_width(proposal))
        )
        if not answered:
            yield each


def _account_of(merged: Merged) -> str:
    sentence = (
        f"已把原表的修改并入新表：保留原表修改 {merged.kept} 处，采用新方案 {merged.taken} 处，"
        f"需要取舍 {merged.conflicts} 处"
    )
    return sentence + ("，见带批注的格子。" if merged.conflicts else "。")


def _now_numbered(beside: Mapping[str, Mapping[str, str]], merged: Merged) -> dict[str, dict[str, str]]:
    """What stands beside tasks and units, at the numbers the tasks have now."""
    moved = {merged.moved[number]: text for number, text in beside[TASKS].items() if number in merged.moved}
    return {TASKS: moved, UNITS: dict(beside[UNITS])}
