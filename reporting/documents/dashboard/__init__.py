"""The page (看板): the year on one screen, to look at, filter and print; it leads to the other documents.

``build`` runs after the consolidation, and after the scores once the inspection group verified anything;
until then nothing on the page speaks of verified figures. Figures are those of the other documents, counted
where they are. Values are plain texts and numbers; ``documents.filling.page`` escapes them into the template.
"""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from reporting.documents import Context, Output
from reporting.documents.dashboard import figures
from reporting.documents.dashboard.tasks import filters, task_rows
from reporting.documents.dashboard.view import DashboardView, Part, unit_named
from reporting.documents.letterhead import contact_note, phrases, plan_title
from reporting.documents.year_view import late_row
from reporting.language.numerals import write_numeral
from reporting.language.wording import book, chinese_date, join_names, percent, task_numbers, year_in
from reporting.model import Consolidation, UnitLine, UnitState
from reporting.model.review import Verified
from reporting.office.form import Form
from reporting.office.settings import Settings
from reporting.year.standings import ON_TIME, OVERDUE, RETURN_PARTS, group_note, return_part

_SECTIONS = {
    "overview": "总体情况",
    "categories": "各类任务进展",
    "units": "各单位任务进展",
    "targets": "量化指标",
    "returns": "报送情况",
    "tasks": "任务一览",
    "documents": "相关文件",
}


def build(
    consolidation: Consolidation,
    settings: Settings,
    form: Form,
    documents: Sequence[str],
    verified: Verified | None = None,
) -> Context:
    """Shape the whole page; ``documents`` are the names of the files that stand beside it."""
    view = DashboardView(consolidation, form, verified)
    return {
        "page": _page(view, settings),
        "headings": _headings(view),
        "headlines": figures.headlines(view),
        "verification": figures.verification(view),
        "legend": {"groups": [unit_named(name) for name in view.groups], "note": group_note(form)},
        "statuses": figures.statuses(view),
        "categories": figures.categories(view),
        "units": figures.units(view),
        "targets": figures.targets(view),
        "returns": _returns(view),
        "tasks": task_rows(view),
        "filters": filters(view),
        "documents": [_document(name) for name in documents],
        "notes": _notes(view),
    }


# ---- head, overview ------------------------------------------------------------------------------


def _page(view: DashboardView, settings: Settings) -> Part:
    all_ = view.all
    plan = plan_title(all_.title, all_.year)
    title = f"{year_in(plan, all_.year)}{book(plan)}任务看板"
    return {
        "title": title,
        "phrases": phrases(title),
        "issuer": all_.issuer,
        "year": all_.year,
        "document_number": all_.document_number,
        "due": chinese_date(all_.due),
        "data_as_of": chinese_date(all_.data_as_of),
        "as_of": chinese_date(all_.as_of),
        "contact": contact_note(settings.contact).strip("（）"),
    }


def _headings(view: DashboardView) -> dict[str, str]:
    keys = [key for key in _SECTIONS if key != "targets" or view.targets]
    return {key: f"{write_numeral(number)}、{_SECTIONS[key]}" for number, key in enumerate(keys, 1)}


# ---- who sent, who did not ------------------------------------------------------------------------


def _returns(view: DashboardView) -> Part:
    """The units of which something is late or still to come; those at fault first."""
    parts = Counter(return_part(line) for line in view.all.units)
    sent, due = parts[ON_TIME] + parts[OVERDUE], len(view.all.units)
    order = [UnitState.LATE, UnitState.RETURNED, UnitState.AWAITED, UnitState.ACCEPTED]
    lines = [line for line in view.all.units if return_part(line) != ON_TIME or line.owed]
    rows = [_missing(line) for line in sorted(lines, key=lambda line: order.index(line.state))]
    return {
        "due": due,
        "sent": sent,
        "rate": percent(sent * 100 / due) if due else "—",
        "parts": [{"name": name, "count": parts[name]} for name in RETURN_PARTS],
        "rows": rows,
        "remarks": any(row["remark"] for row in rows),
        "contacts": any(row["contact"] or row["phone"] for row in rows),
    }


def _missing(line: UnitLine) -> Part:
    overdue = return_part(line) == OVERDUE
    remarks = [f"有{line.errors}处需要修改"] if line.errors else []
    remarks += [f"{task_numbers([number])}应于{chinese_date(day)}前报送" for number, day in line.owed.items()]
    return {
        **late_row(line),
        "state": {"key": "other", "name": OVERDUE} if overdue else figures.state_figure(line),
        "tasks": len(line.tasks),
        "remark": "；".join(remarks),
        "contact": line.contact.name,
        "phone": line.contact.phone,
    }


# ---- foot -----------------------------------------------------------------------------------------


def _document(name: str) -> Part:
    """A file beside the page; ``./`` keeps a name with a colon from being read as an address elsewhere."""
    stem, _, ending = name.rpartition(".")
    kinds = {"xlsx": "Excel 工作簿", "docx": "Word 文档"}
    return {"title": stem, "href": f"./{quote(name)}", "kind": kinds.get(ending, ending)}


def _notes(view: DashboardView) -> list[str]:
    """What a reader of the figures must know besides: goals nobody was asked about, and exceptions."""
    goals = join_names(goal.number for goal in view.all.goals)
    notes = []
    if goals:
        notes.append(f"方案另有总体目标{len(view.all.goals)}项（{goals}），未确定责任单位，未组织填报。")
    return notes + [f"经同意按例外情形处理：{text}" for text in view.all.waivers]


OUTPUT = Output("看板", "看板.html", build)
