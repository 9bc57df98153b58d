"""Lines of a plan document → the Plan.

Chooses a notation, reads the blocks, numbers the tasks, and says what is unsure.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reporting.language import units as unit_names
from reporting.language.units.names import bracket_spans
from reporting.model import Deadline, Goal, Line, Measure, Place, Plan, Target, Task
from reporting.model.findings import Finding
from reporting.plan.notations import Notation, gather
from reporting.plan.reading import draft as kinds
from reporting.plan.reading.area_tables import give_shares, part_area_tables
from reporting.plan.reading.area_targets import settle_areas
from reporting.plan.reading.aside import told_aside
from reporting.plan.reading.beside_units import place_remarks
from reporting.plan.reading.cards import unfold_cards
from reporting.plan.reading.columns import is_heading_row
from reporting.plan.reading.deadlines import read_deadline
from reporting.plan.reading.doubts import doubts_of_tasks
from reporting.plan.reading.draft import Draft
from reporting.plan.reading.foot import part_foot
from reporting.plan.reading.lead_rules import LeadRule, find_lead_rule, lead_by_look
from reporting.plan.reading.levels import complete_levels, without_own_place
from reporting.plan.reading.lost_tables import even_tables
from reporting.plan.reading.matrix import notes_around, unfold_matrix
from reporting.plan.reading.members import offer_members, read_members
from reporting.plan.reading.numbers import number_drafts, out_of_order
from reporting.plan.reading.outline import OutlineRead, read_outline
from reporting.plan.reading.pages import without_running_heads
from reporting.plan.reading.places import count_through
from reporting.plan.reading.rows import RowsRead, read_tables
from reporting.plan.reading.said_once import said_once
from reporting.plan.reading.same_tasks import only_here, part_left_out, tells_more
from reporting.plan.reading.script import simplify
from reporting.plan.reading.tables import PlanTable, cut_blocks
from reporting.plan.reading.targets import read_targets
from reporting.plan.reading.text import evened_lines, tidy
from reporting.plan.reading.title import number_beside, read_head, with_name


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan that was read, with what is unsure, what was left out, and why each task reads as it does."""

    plan: Plan
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Line, ...] = ()
    explained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notation: str = ""


def choose_notation(lines: Sequence[Line], notations: Sequence[Notation] | None = None) -> Notation:
    """The notation with most signs in the document; the first by name where none has any."""
    known = notations if notations is not None else gather()
    return max(known, key=lambda notation: notation.recognise(lines))


def read_plan(lines: Sequence[Line]) -> Reading:
    """Read the lines of one plan document. Never fails: what cannot be read becomes findings."""
    document, foot = part_foot([line for line in lines if not line.aside])
    text, put_back = count_through(document)
    simple, restore = simplify(evened_lines(text))
    evened, unsure = even_tables(simple)
    reading = _read(without_running_heads(evened), unsure)
    reading = restore(reading) if restore else reading
    reading = put_back(reading) if put_back else reading
    aside = tuple(line for line in lines if line.aside)
    return replace(
        reading, findings=(*told_aside(aside), *reading.findings), left_out=(*reading.left_out, *foot, *aside)
    )


def _read(lines: Sequence[Line], unsure: frozenset[Place]) -> Reading:
    notation = choose_notation(lines)
    blocks, area_tables = part_area_tables(cut_blocks(lines))
    text = [block for block in blocks if isinstance(block, Line)]
    rows_above = (row.cells for block in blocks[:40] if isinstance(block, PlanTable) for row in block.rows[:8])
    head = read_head(text, number_beside(rows_above))
    rule = find_lead_rule("\n".join(tidy(line.text) for line in lines))
    rows, outline = _read_parts(blocks, notation, rule)
    drafts = complete_levels(lead_by_look(rows.drafts or outline.drafts, lines, rule))
    drafts = without_own_place(drafts, (head.title, head.issuer or ""), "".join(map(_packed, lines)))
    numbers, number_findings = number_drafts(drafts)
    head, name = with_name(head, drafts[0].place) if drafts and drafts[0].table else (head, "")
    year = head.year or _usual_year(drafts)
    read = [_task(draft, number, year) for draft, number in zip(drafts, numbers, strict=True)]
    tasks, open_shares, unused = give_shares(read, area_tables)
    goals = tuple(_goal(goal) for goal in outline.goals)
    units = unit_names.collect_units(tasks)
    plan = Plan(
        title=head.title,
        issuer=head.issuer,
        year=head.year,
        document_number=head.document_number,
        tasks=tasks,
        units=units,
        goals=goals,
        unassigned=tuple(outline.unassigned),
    )
    findings = [
        *rows.findings,
        *outline.findings,
        *number_findings,
        *open_shares,
        *doubts_of_tasks(drafts, tasks, unsure),
        *out_of_order(tasks),
        *offer_members(units, read_members(lines), _glosses(lines)),
        *([Finding(kinds.HEAD_FROM_NAME, drafts[0].place, values={"found": name})] if name else []),
        *_overall(plan, lines),
    ]
    findings = said_once(findings, len(tasks))
    findings.sort(key=lambda finding: (finding.place.row, finding.place.column))
    return Reading(
        plan=plan,
        findings=tuple(findings),
        left_out=(*rows.left_out, *outline.left_out, *unused),
        explained={task.number: draft.rules for task, draft in zip(tasks, drafts, strict=True)},
        notation=notation.name,
    )


def _packed(line: Line) -> str:
    return "".join(line.text.split())


def _glosses(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What brackets anywhere in the document add to a group of units."""
    texts = [line.text[:20000] for line in lines if "含" in line.text or "包括" in line.text]
    inner = [text[start + 1 : end] for text in texts for start, end in bracket_spans(text)]
    found = [gloss for text in (*texts, *inner) for gloss in unit_names.read_glosses(text)]
    return [(name, words) for name, words in found if words[0] != "不"]


def _read_parts(blocks: Sequence[Line | PlanTable], notation: Notation, rule: LeadRule) -> tuple[RowsRead, OutlineRead]:
    """The tables or the running text, whichever tells more; what only the other has is said."""
    text = [block for block in blocks if isinstance(block, Line)]
    notes = notes_around([tidy(block.text) for block in text])
    tables = [
        (unfold_matrix(table, notes) or unfold_cards(table) or table, heading)
        for table, heading in _with_headings(blocks)
    ]
    rows = read_tables(tables, notation, rule) if tables else RowsRead()
    if not rows.drafts:
        rows = RowsRead(left_out=_lines_of_tables(tables, of_lists=True))
        return rows, read_outline(_without_tables(blocks), notation, rule)
    outline = read_outline(text, notation, rule)
    if _is_amid(tables, rows.drafts, outline.drafts, text):
        rows.drafts = sorted([*outline.drafts, *rows.drafts], key=lambda draft: (draft.place.row, draft.place.column))
        heads = tuple(heading for _, heading in tables)
        outline.unassigned = [each for each in outline.unassigned if not _is_one_of(each.content, heads)]
        outline.findings = [each for each in outline.findings if not _is_one_of(each.values.get("content", ""), heads)]
        return rows, outline
    if tells_more(outline.drafts, rows.drafts):
        outline.findings.extend(part_left_out(rows.drafts, outline.drafts, "文件的表格中"))
        outline.left_out.extend(_lines_of_tables(tables))
        return RowsRead(), outline
    numbered = [draft for draft in outline.drafts if draft.printed]
    rows.findings.extend(part_left_out(numbered, rows.drafts, "文件的正文中"))
    rows.left_out.extend(text)
    return rows, OutlineRead()


def _is_one_of(words: str, headings: Sequence[str]) -> bool:
    """Whether words are those of the heading of a table, which is no measure itself."""
    return bool(words) and any(heading.endswith(words) for heading in headings)


def _is_amid(
    tables: Sequence[tuple[PlanTable, str]], rows: Sequence[Draft], outline: Sequence[Draft], text: Sequence[Line]
) -> bool:
    """Whether tables hold further tasks of a plan in numbered paragraphs: each stands below one, and others follow."""
    if not outline or len(only_here(rows, outline)) < len(rows) or len(only_here(outline, rows)) < len(outline):
        return False
    begun = [table.place.row for table, _ in tables]
    headed = all(tables[max(0, bisect_right(begun, draft.place.row) - 1)][1] for draft in rows)
    first, last = min(draft.place.row for draft in rows), max(draft.place.row for draft in rows)
    goes_on = any(line.place.row > last and HEADING.match(tidy(line.text)[:44]) for line in text)
    return headed and goes_on and outline[0].place.row < first


def _lines_of_tables(tables: Sequence[tuple[PlanTable, str]], *, of_lists: bool = False) -> list[Line]:
    return [
        Line("\t".join(row.cells), row.place)
        for table, _ in tables
        if not of_lists or _is_list(table)
        for row in table.rows
    ]


def _is_list(table: PlanTable) -> bool:
    """A table with headings of its own, such as a list of members; others only lay out the page."""
    return any(is_heading_row(row) for row in table.rows[:2])


HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]).{2,40}$")
"""A numbered line right above a table heads it: 一、重点任务."""


def _with_headings(blocks: Sequence[Line | PlanTable]) -> list[tuple[PlanTable, str]]:
    tables: list[tuple[PlanTable, str]] = []
    heading = ""
    for block in blocks:
        if isinstance(block, PlanTable):
            tables.append((block, heading))
            heading = ""
        elif tidy(block.text):
            heading = tidy(block.text) if HEADING.match(tidy(block.text)) else ""
    return tables


def _without_tables(blocks: Sequence[Line | PlanTable]) -> list[Line]:
    """Running text only; the rows of a table that only lays out the page are text too."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        elif not _is_list(block):
            lines.extend(Line(" ".join(cell for cell in row.cells if cell), row.place) for row in block.rows)
    return lines


def _usual_year(drafts: Sequence[Draft]) -> int | None:
    """The year most deadlines name, for those that name none in a plan without a date."""
    years = Counter(int(year) for draft in drafts for year in re.findall(r"(20\d\d)年", draft.deadline[:80]))
    return years.most_common(1)[0][0] if years else None


def _task(draft: Draft, number: str, year: int | None) -> Task:
    return Task(
        number=number,
        path=draft.path,
        content=draft.content,
        lead=draft.lead,
        support=draft.support,
        deadline=read_deadline(draft.deadline, year),
        **place_remarks(draft.remarks),
        targets=settle_areas(read_targets(draft.content, number, draft.place), (*draft.lead, *draft.support)),
        place=draft.place,
    )


def _goal(measure: Measure) -> Goal:
    targets = settle_areas(read_targets(measure.content, measure.number, measure.place), ())
    return Goal(measure.number, measure.content, targets, measure.place)


def _overall(plan: Plan, lines: Sequence[Line]) -> list[Finding]:
    place = lines[0].place if lines else Place()
    place = replace(place, row=0, column=0)
    if plan.tasks:
        return []
    if plan.unassigned:
        return [Finding(kinds.NO_UNITS, place, values={"count": str(len(plan.unassigned))})]
    return [Finding(kinds.NO_TASKS, place, values={"title": plan.title or place.file})]


# The machine-readable form


def plan_json(plan: Plan, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """The plan as ``plan import --json`` writes it, with everything that is unsure about it.

    ``findings`` have the keys ``code``, ``severity`` (``error``, ``confirm``, ``note``), ``task`` (the number it
    has in ``tasks``; empty for what concerns no single task), ``field`` (the column of plan.xlsx), ``message``,
    ``remedy``, ``found``, ``expected``, and ``line`` (row of the document from 1; 0 for the whole of it).
    """
    return {
        "title": plan.title,
        "issuer": plan.issuer,
        "year": plan.year,
        "document_number": plan.document_number,
        "tasks": [
            {
                "number": task.number,
                "path": list(task.path),
                "content": task.content,
                "lead": list(task.lead),
                "support": list(task.support),
                "deadline": _deadline_json(task.deadline),
                "indicators": [_target_json(target) for target in task.targets],
            }
            for task in plan.tasks
        ],
        "goals": [
            {
                "number": goal.number,
                "content": goal.content,
                "indicators": [_target_json(target) for target in goal.targets],
            }
            for goal in plan.goals
        ],
        "unassigned": [
            {"number": measure.number, "path": list(measure.path), "content": measure.content}
            for measure in plan.unassigned
        ],
        "findings": [_finding_json(each) for each in findings],
    }


def _finding_json(finding: Finding) -> dict[str, str | int]:
    told = finding.as_json()
    kept = {key: told[key] for key in ("code", "severity", "task", "message", "remedy", "found", "expected")}
    return {**kept, "field": finding.values.get("field", ""), "line": finding.place.row}


def _deadline_json(deadline: Deadline | None) -> dict[str, str | None] | None:
    if deadline is None:
        return None
    day: date | None = deadline.date
    return {"text": deadline.text, "kind": deadline.kind, "date": day.isoformat() if day else None}


def _target_json(target: Target) -> dict[str, str | float]:
    value = int(target.value) if target.value == int(target.value) else target.value
    of_unit = {"reporter": target.reporter} if target.reporter else {}
    return {"name": target.name, "op": target.op, "value": value, "unit": target.unit, **of_unit}
