"""plan.xlsx looked over as the coordinator left it, with proposals for names that came in since the import.

Of plan.xlsx only blank cells of 建议 are written, and a row for a name that tasks alone have.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reporting.language.units import collect_units, fold
from reporting.language.units.registry import Proposal, propose
from reporting.model import Place, Plan
from reporting.model.findings import Outcome
from reporting.office.workspace import Workspace
from reporting.plan.book.memory import read_imported
from reporting.plan.book.patch import fill_blanks
from reporting.plan.book.read import Planbook, open_planbook
from reporting.plan.check import check_planbook, lacking


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``plan check`` noticed in a file; ``proposed`` is what new names may mean.

    ``lacking`` are sentences on what is to be written down before anything goes out.
    """

    file: str
    plan: Plan
    outcome: Outcome
    proposed: Outcome
    lacking: list[str]


def plan_check(workspace: Workspace, now: datetime) -> Checked:
    """Look at plan.xlsx as a careful colleague would, and propose what new names may mean."""
    plan, outcome = check_planbook(workspace, now.date())
    return Checked(workspace.plan_file.name, plan, outcome, propose_units(workspace), lacking(workspace, plan))


def propose_units(workspace: Workspace) -> Outcome:
    """What new names in plan.xlsx may mean: said, and put where one yes adopts it.

    A name that the import has seen is left alone: the coordinator has had that proposal.
    """
    book = open_planbook(workspace.plan_file)
    imported = read_imported(workspace.plan_file)
    seen = {fold(unit.name) for unit in imported.units} if imported is not None else set()
    proposals = [each for each in _proposals(workspace, book) if fold(each.name) not in seen]
    columns = book.columns.get(book.unit_sheet, {})
    if not proposals or "proposal" not in columns:
        return Outcome()
    placed = list(_with_places(proposals, book))
    texts = {(place.row, columns["proposal"]): each.means for each, place in placed}
    added = {(place.row, columns["name"]): each.name for each, place in placed if each.name not in book.unit_rows}
    findings = tuple(replace(each.as_finding(), place=place) for each, place in placed)
    path = workspace.plan_file
    if not book.is_xlsx:
        return Outcome(findings=tuple(book.point(findings)), notes=(_OTHER_FORMAT.format(path.name),))
    if not fill_blanks(path, book.unit_sheet, texts | added):
        return Outcome(findings=findings, notes=(_NOT_WRITTEN,))
    note = f"已在 plan.xlsx 工作表“{book.unit_sheet}”的“建议”一栏补写 {len(proposals)} 条建议"
    note += f"，并补上 {len(added)} 个单位" if added else ""
    return Outcome((path,), tuple(book.point(findings)), (f"{note}；其他格子没有改动。",))


_OTHER_FORMAT = (
    "{0} 不是 .xlsx 格式的文件，上述建议没有写进去。属实的，请在工作表“单位”中把原名称写成现名称的别名，"
    "或者用 Excel 或 WPS 另存为 plan.xlsx 后再运行。"
)
_NOT_WRITTEN = "上述建议没有写进 plan.xlsx。属实的，请在工作表“单位”中把原名称写成现名称的别名。"


def _proposals(workspace: Workspace, book: Planbook) -> Iterator[Proposal]:
    """What names of sheet 单位, and of tasks alone, may mean, unless something stands beside them already."""
    plan = book.plan
    known = {fold(name) for unit in plan.units for name in (unit.name, *(each.name for each in unit.aliases))}
    known |= {fold(member) for unit in plan.units for member in unit.members}
    named = [unit for unit in collect_units(plan.tasks) if fold(unit.name) not in known]
    year = plan.year or workspace.settings.year
    for each in propose([*plan.units, *named], year, workspace.reforms()):
        if each.name not in book.proposed:
            yield each


def _with_places(proposals: Sequence[Proposal], book: Planbook) -> Iterator[tuple[Proposal, Place]]:
    """Where each proposal goes: the unit's row, or a new one below the last."""
    last = max(book.unit_rows.values(), key=lambda place: place.row, default=Place(row=1))
    for each in proposals:
        place = book.unit_rows.get(each.name)
        if place is None:
            place = last = replace(last, row=last.row + 1)
        yield each, place
