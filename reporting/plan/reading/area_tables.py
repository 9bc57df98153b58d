"""Tables that share out targets: a row for each area, a column for each thing that is counted.

Such a table has no tasks of its own (附件：各区目标任务表). Its numbers are targets of the task that counts the same
thing, one for each area, to be reported by that area.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.language.characters import even_width
from reporting.language.likeness import likeness, pairs_in, share_within
from reporting.language.measures import part_measure
from reporting.model import Line, Place, Target, Task
from reporting.model.findings import Finding, Kind, Severity
from reporting.plan.reading.area_targets import names_area, settle_areas
from reporting.plan.reading.columns import BARE, find_columns
from reporting.plan.reading.tables import PlanTable, TableRow
from reporting.plan.reading.text import flow

SHARES_OPEN = Kind(
    "area_shares_open",
    Severity.CONFIRM,
    "表格把“{found}”分给 {count} 个地方（{areas}），看不出是哪项任务的指标，没有读入。",
    "请在 plan.xlsx 工作表“量化指标”中一个地方补一行，“填报单位”写这个地方。",
)

HEADS_AREAS = re.compile(
    r"(?:各|所属|所在)?(?:[县市区旗州乡镇街道村、]{1,8}|地区|区域|行政区划?|责任区|单位|地方|[县市区镇]（[^（）]{1,8}）)(?:名称|别)?"
)
"""The heading of the column of areas: 县（市、区）, 各镇街, 地区."""

HEADING_ROWS = 4
FEWEST = 2
"""A table with fewer areas shares out nothing."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What the areas get of one thing that is counted; ``unit`` is empty where the table does not say."""

    name: str
    unit: str
    amounts: tuple[tuple[str, str, Place], ...]


def part_area_tables(
    blocks: Sequence[Line | PlanTable],
) -> tuple[list[Line | PlanTable], list[tuple[PlanTable, list[Shares]]]]:
    """The blocks of a document without its tables of areas, and these with what they share out."""
    rest: list[Line | PlanTable] = []
    tables: list[tuple[PlanTable, list[Shares]]] = []
    for block in blocks:
        shares = read_shares(block) if isinstance(block, PlanTable) else []
        if shares and isinstance(block, PlanTable):
            tables.append((block, shares))
        else:
            rest.append(block)
    return rest, tables


def read_shares(table: PlanTable) -> list[Shares]:
    """What a table shares out among areas; nothing where it is a table of another kind."""
    for at, row in enumerate(table.rows[:HEADING_ROWS]):
        where = next((index for index, cell in enumerate(row.cells) if HEADS_AREAS.fullmatch(flow(cell))), None)
        body = table.rows[at + 1 :]
        if where is None or len(body) < FEWEST:
            continue
        areas = [(each, _cell(each, where)) for each in body if names_area(_cell(each, where))]
        if len(areas) < FEWEST or len(areas) * 2 < len(body) or find_columns(table.rows) is not None:
            return []
        columns = [index for index in range(len(row.cells)) if index != where]
        return [shares for index in columns if (shares := _shares_of(flow(row.cells[index]), index, areas))]
    return []


def _cell(row: TableRow, index: int) -> str:
    return flow(row.cells[index]) if index < len(row.cells) else ""


def _shares_of(heading: str, index: int, areas: Sequence[tuple[TableRow, str]]) -> Shares | None:
    name, unit = part_measure(heading)
    found = [(area, _cell(row, index), row.place) for row, area in areas if BARE.fullmatch(_cell(row, index))]
    counts = name and len(found) >= FEWEST and not re.fullmatch(r"序号|编号|号", name)
    return Shares(name, unit, tuple(found)) if counts else None


def give_shares(
    tasks: Sequence[Task], tables: Sequence[tuple[PlanTable, list[Shares]]]
) -> tuple[tuple[Task, ...], list[Finding], list[Line]]:
    """The tasks with the targets that tables share out, what no task counts, and the rows that were of no use."""
    given: dict[int, list[Target]] = defaultdict(list)
    findings: list[Finding] = []
    unused: list[Line] = []
    for table, columns in tables:
        of_use = False
        for shares in columns:
            at = _task_that_counts(shares, tasks)
            targets = _targets(shares, tasks[at]) if at is not None else ()
            if at is None or not targets:
                findings.append(_open(shares, table.place))
            else:
                of_use = True
                given[at] += targets
        if not of_use:
            unused += [Line("\t".join(flow(cell) for cell in row.cells), row.place) for row in table.rows]
    return tuple(_with(task, given[at]) if at in given else task for at, task in enumerate(tasks)), findings, unused


def _with(task: Task, targets: Sequence[Target]) -> Task:
    every = (*task.targets, *targets)
    return replace(task, targets=tuple(replace(each, number=f"{task.number}-{n}") for n, each in enumerate(every, 1)))


def _open(shares: Shares, place: Place) -> Finding:
    areas = "、".join(area for area, _, _ in shares.amounts[:3]) + ("等" if len(shares.amounts) > 3 else "")
    values = {"found": shares.name, "count": str(len(shares.amounts)), "areas": areas}
    return Finding(SHARES_OPEN, place, values=values)


ALIKE = 0.5
"""From when on a column and a target count the same thing."""


def _task_that_counts(shares: Shares, tasks: Sequence[Task]) -> int | None:
    """The one task that counts what a column does: by the name of a target, else by its words."""
    name = pairs_in(even_width(shares.name))
    by_target = sorted(_nearness(name, shares.unit, tasks), reverse=True)
    if not by_target:
        words = ((share_within(name, pairs_in(even_width(task.content))), at) for at, task in enumerate(tasks))
        by_target = sorted(((share, at) for share, at in words if share >= 0.8), reverse=True)
    if not by_target or (
        len(by_target) > 1 and by_target[0][0] == by_target[1][0] and by_target[0][1] != by_target[1][1]
    ):
        return None
    return by_target[0][1]


def _nearness(name: frozenset[str], unit: str, tasks: Sequence[Task]) -> Iterator[tuple[float, int]]:
    for at, task in enumerate(tasks):
        for target in task.targets:
            if not target.reporter and (not unit or target.unit == unit):
                alike = likeness(name, pairs_in(even_width(target.name)))
                if alike >= ALIKE:
                    yield alike, at


def _targets(shares: Shares, task: Task) -> tuple[Target, ...]:
    """The targets of the areas, worded after the target that says the whole; none where areas have not the task."""
    name = pairs_in(even_width(shares.name))
    wholes = [each for each in task.targets if not each.reporter and (not shares.unit or each.unit == shares.unit)]
    whole = max(wholes, key=lambda each: likeness(name, pairs_in(even_width(each.name))), default=None)
    told = [
        Target(
            number="",
            task=task.number,
            name=f"{whole.name if whole else shares.name}（{area}）",
            op=whole.op if whole else "=",
            value=float(re.sub(r"[^\d.]", "", even_width(text))),
            unit=shares.unit or (whole.unit if whole else ""),
            words=text,
            place=place,
            reporter=area,
        )
        for area, text, place in shares.amounts
    ]
    return tuple(each for each in settle_areas(told, (*task.lead, *task.support)) if each.reporter)
