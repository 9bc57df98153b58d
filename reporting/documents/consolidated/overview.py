"""概况: the figures a leader asks for first, then how tasks, returns and targets stand."""

from collections.abc import Iterator, Mapping, Sequence

from reporting.documents.consolidated import tasks, units
from reporting.documents.consolidated.charts import (
    OVERVIEW,
    category_charts,
    return_chart,
    status_chart,
    target_chart,
    unit_charts,
)
from reporting.documents.consolidated.records import (
    Above,
    At,
    CellValue,
    Charts,
    ColumnKind,
    Formula,
    Label,
    ListColumn,
    ReportSheet,
    ReportTable,
    Toned,
    Values,
    Whole,
)
from reporting.documents.consolidated.view import TOTAL, BookView, as_key
from reporting.documents.letterhead import contact_note
from reporting.language.numerals import write_numeral
from reporting.language.wording import chinese_date, join_names, percent, shares
from reporting.model import UNREPORTED, Share
from reporting.model.review import GRADES, NO_GRADE
from reporting.office.form import Outcome as Group
from reporting.office.settings import Settings
from reporting.year.standings import REACHED, RETURN_PARTS, TARGET_STATES, return_part

STATUSES_TITLE, TARGETS_TITLE = "一、任务按完成状态", "四、量化指标"
_COUNT = "项数"
_GRID = 12
"""The least number of columns the tables of 概况 are laid over."""


def build(view: BookView, title: str, settings: Settings, lists: Sequence[tuple[ReportSheet, str]]) -> ReportSheet:
    """The whole sheet; ``lists`` are the sheets behind it, each with a sentence on what it holds."""
    columns = max(_GRID, len(view.statuses) + 2)
    statuses, categories, returned = _statuses(view, columns), _categories(view), _returns(view, columns)
    targets = _targets(view, columns)
    right = target_chart(targets) if targets else return_chart(returned)
    rest = [each for each in (targets, *_grades(view, columns)) if each]
    unit_title = f"{write_numeral(len(rest) + 4)}、各单位任务完成情况"
    by_unit = next(sheet.table for sheet, _ in lists if sheet.name == units.NAME)
    tables: list[ReportTable | Charts] = [
        _facts(view, settings, columns),
        _headlines(view, columns),
        Charts((status_chart(view, statuses), right)),
        statuses,
        categories,
        *category_charts(view, categories),
        returned,
        *rest,
        *unit_charts(by_unit, unit_title),
        *_remarks(view, columns),
        _contents(lists, columns),
    ]
    return ReportSheet(OVERVIEW, title, (), tuple(tables), listed=False)


def _facts(view: BookView, settings: Settings, columns: int) -> ReportTable:
    """What the figures are about: the plan, its issuer, the dates."""
    all_ = view.all
    right = (columns - 1) // 3
    layout = (
        ListColumn("", 27, ColumnKind.CAPTION),
        ListColumn("", 9, span=columns - 3 - right),
        ListColumn("", 9, ColumnKind.CAPTION, span=2),
        ListColumn("", 9, span=right),
    )
    contact = contact_note(settings.contact).strip("（）")
    rows: tuple[Values, ...] = (
        ("方案", all_.title, "年度", f"{all_.year}年"),
        ("文号", all_.document_number or "—", "报送截止日期", chinese_date(all_.due)),
        ("汇总单位", all_.issuer, "数据截至", chinese_date(all_.data_as_of)),
        ("联系方式", contact or "—", "汇总日期", chinese_date(all_.as_of)),
    )
    return ReportTable(layout, rows, headed=False)


def _headlines(view: BookView, columns: int) -> ReportTable:
    """The six figures a leader asks for first; the rate leaves adjusted and inapplicable tasks out."""
    total, all_ = len(view.all.tasks), _counted(TOTAL)
    done, behind, void = (_added(view, group) for group in ("done", "behind", "void"))
    rate: CellValue = "—"
    if (counting := total - len(view.tasks_in("void"))) > 0:
        text = f"({done.text})/({{}}-({void.text}))"
        rate = Formula(len(view.tasks_in("done")) / counting, text, (*done.parts, all_, *void.parts))
    targets: CellValue = "—"
    if view.targets:
        ends = (At(TARGETS_TITLE, _COUNT, REACHED), At(TARGETS_TITLE, _COUNT, TOTAL))
        words = f"{len(view.targets_in(REACHED))} / {len(view.targets)}"
        targets = Formula(words, '{}&" / "&{}', ends)
    figures: dict[str, CellValue] = {
        "任务总数（项）": Formula(total, "{}", (all_,)),
        "已完成（项）": done,
        "完成率": rate,
        "滞后和未完成（项）": behind,
        "未报送（项）": Formula(len(view.unreported), "{}", (_counted(UNREPORTED),)),
        "量化指标达标（项）": targets,
    }
    kinds = {"完成率": ColumnKind.HEADLINE_SHARE}
    spans = (1, *_spread(columns - 1, len(figures) - 1))
    layout = tuple(
        ListColumn(name, 9, kinds.get(name, ColumnKind.HEADLINE), span=span)
        for name, span in zip(figures, spans, strict=True)
    )
    return ReportTable(layout, (tuple(figures.values()),))


def _counted(name: str) -> At:
    """The cell that counts the tasks of a status."""
    return At(STATUSES_TITLE, _COUNT, name)


def _added(view: BookView, group: Group) -> Formula:
    """How many tasks belong to a group, added up from its statuses; nought where the form has none."""
    parts = tuple(_counted(name) for name in view.form.statuses_of(group))
    return Formula(len(view.tasks_in(group)), "+".join("{}" for _ in parts) or "0", parts)


def _spread(columns: int, parts: int) -> tuple[int, ...]:
    """Share out columns as evenly as can be, the last parts being the wider ones."""
    least, more = divmod(columns, parts)
    return tuple(least + (part >= parts - more) for part in range(parts))


def _statuses(view: BookView, columns: int) -> ReportTable:
    known = {share.name: share for share in view.all.statuses}
    status = Whole(tasks.NAME, view.heading("status"))
    formula = "SUMPRODUCT(--EXACT({},{}))"
    rows: list[Values] = []
    for name in view.statuses:
        share = known.get(name, Share(name, 0, 0.0))
        label = view.marked(name) if share.count else Toned(name)
        count = Formula(share.count, formula, (status, Label()))
        numbers = join_names(line.task.number for line in view.by_status.get(name, ()))
        rows.append((label, count, round(share.percent / 100, 6), numbers))
    whole = sum(share.count for share in known.values())
    totals: Values = (TOTAL, whole, 1.0 if whole else 0.0, None)
    layout = _tally_columns(view.heading("status"), _COUNT, view.heading("number"), columns)
    return ReportTable(layout, tuple(rows), totals, STATUSES_TITLE)


def _tally_columns(name: str, count: str, members: str, columns: int) -> tuple[ListColumn, ...]:
    return (
        ListColumn(name, 27, ColumnKind.LABEL),
        ListColumn(count, 9, ColumnKind.COUNT, summed=True),
        ListColumn("占比", 9, ColumnKind.SHARE, summed=True, bar=True),
        ListColumn(members, 9, ColumnKind.TEXT, span=columns - 3),
    )


def _tally(title: str, headings: tuple[str, str, str], columns: int, parts: Mapping[str, Sequence[str]]) -> ReportTable:
    """How many are in each part, with their share and their names; the parts make up the whole."""
    portions = shares([len(names) for names in parts.values()])
    rows: list[Values] = [
        (part, len(names), round(portion / 100, 6), join_names(names))
        for (part, names), portion in zip(parts.items(), portions, strict=True)
    ]
    whole = sum(len(names) for names in parts.values())
    totals: Values = (TOTAL, whole, 1.0 if whole else 0.0, None)
    return ReportTable(_tally_columns(*headings, columns), tuple(rows), totals, title)


def _categories(view: BookView) -> ReportTable:
    """Categories by status, added up both ways."""
    layout = (
        ListColumn(view.heading("category"), 27, ColumnKind.TEXT),
        *(ListColumn(name, 9, ColumnKind.TALLY, summed=True) for name in view.statuses),
        ListColumn(TOTAL, 9, ColumnKind.TALLY, summed=True, adds=(view.statuses[0], view.statuses[-1])),
    )
    category, status = (Whole(tasks.NAME, view.heading(key)) for key in ("category", "status"))
    text, parts = "SUMPRODUCT(EXACT({},{})*EXACT({},{}))", (category, Label(), status, Above())
    rows: list[Values] = [
        (line.category, *(Formula(line.by_status.get(name, 0), text, parts) for name in view.statuses), line.total)
        for line in view.all.categories
    ]
    counts = [sum(line.by_status.get(name, 0) for line in view.all.categories) for name in view.statuses]
    totals: Values = (TOTAL, *counts, sum(line.total for line in view.all.categories))
    return ReportTable(layout, tuple(rows), totals, "二、任务按类别和完成状态", "方案中没有任务。")


def _returns(view: BookView, columns: int) -> ReportTable:
    """Who owed a return and who sent one, as the year-end summary counts them."""
    names = {part: [each.unit for each in view.all.units if return_part(each) == part] for part in RETURN_PARTS}
    on_time, overdue, returned, missing = (len(names[part]) for part in RETURN_PARTS)
    due, sent = len(view.all.units), on_time + overdue
    rate = f"，报送率{percent(sent * 100 / due)}" if due else ""
    title = (
        f"三、报送情况：应报{due}个，已报{sent}个（按时{on_time}个、逾期{overdue}个），"
        f"退回修改{returned}个，未报{missing}个{rate}"
    )
    return _tally(title, ("报送情况", "单位数", "单位"), columns, names)


def _targets(view: BookView, columns: int) -> ReportTable | None:
    """How many targets were reached, each once, however many units report it."""
    if not view.targets:
        return None
    names = {state: [each.target.name for each in view.targets_in(state)] for state in TARGET_STATES}
    return _tally(TARGETS_TITLE, ("指标情况", _COUNT, "指标名称"), columns, names)


def _grades(view: BookView, columns: int) -> Iterator[ReportTable]:
    """The grades after inspection; nothing before anything was verified."""
    scores = view.proceedings.scores
    if scores is None:
        return
    names = {grade: [each.unit for each in scores.units if each.grade == grade] for grade in (*GRADES, NO_GRADE)}
    title = f"{'五' if view.all.targets else '四'}、检查验收等次"
    yield _tally(title, ("等次", "单位数", "单位"), columns, names)


def _remarks(view: BookView, columns: int) -> list[ReportTable]:
    """What a reader of the figures must know besides: goals nobody was asked about, and exceptions."""
    layout = (ListColumn("编号", 27, ColumnKind.KEY), ListColumn("内容", 9, span=columns - 1))
    tables = []
    if view.all.goals:
        goals = tuple((as_key(goal.number), goal.content) for goal in view.all.goals)
        tables.append(ReportTable(layout, goals, title="总体目标（未确定责任单位，未组织填报）"))
    if view.all.waivers:
        waivers = tuple(enumerate(view.all.waivers, start=1))
        tables.append(ReportTable(layout, waivers, title="经同意按例外情形处理的事项"))
    return tables


def _contents(lists: Sequence[tuple[ReportSheet, str]], columns: int) -> ReportTable:
    layout = (
        ListColumn("工作表（点击转到）", 27, ColumnKind.LABEL),
        ListColumn("行数", 9, ColumnKind.COUNT),
        ListColumn("内容", 9, ColumnKind.TEXT, span=columns - 2),
    )
    rows = tuple((Toned(sheet.name, sheet=sheet.name), len(sheet.table.rows), about) for sheet, about in lists)
    return ReportTable(layout, rows, title="本簿各表", printed=False)
