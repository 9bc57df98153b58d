"""The formulas of the return workbook: 填报检查 of each row, and the summary above the table.

They are made of the rules' own conditions (``returns.live``). What concerns the whole table (a row that was
deleted, copied or added, a plan's text that was overwritten) is checked against the copy of the plan's texts
in _meta, since sorting and pasting are allowed in the table.
"""

from collections.abc import Iterable, Sequence

from reporting.model import column_letters
from reporting.office.form import CHECK_HEADING, Form, FormField
from reporting.returns.live import LiveCheck, LiveRow, live_text
from reporting.returns.rules import gather
from reporting.returns.workbook.layout import (
    FIRST_META_TASK,
    META,
    META_KEYS,
    TARGETS,
    TASKS,
    FormTable,
    check_column,
    header_cells,
    meta_count,
    target_table,
    task_table,
)

READY, READY_BOOK = "可报送", f"{CHECK_HEADING}：各项均已填写，可以报送。"
"""What 填报检查 says of a row, and of the whole workbook, in which nothing is missing or contradictory."""
_CHANGED, _FAILED = "方案内容有改动，请恢复", "单元格有错误值，请改正"
_DOUBLE_TASK, _DOUBLE_TARGET = "任务编号重复", "指标编号重复"
ROW, LAST_META = "§r", "§m"
"""Stand for the row, and for the last row of _meta with a task, in the formulas of rows."""
TEXTS = "§x"
"""Stands for the plan's texts in _meta in the formula of a target."""
TASK_NUMBERS, TASK_STATUSES = "task_numbers", "task_statuses"
"""Names of two columns of 任务填报, for formulas on other sheets."""


def live_checks(row: LiveRow) -> list[LiveCheck]:
    """Every condition of the rules for one row of cells."""
    return [check for rule in gather() if rule.live is not None for check in rule.live(row)]


def row_checks() -> tuple[str, ...]:
    """What 填报检查 says of a row beside the conditions of the rules."""
    return _CHANGED, _FAILED, _DOUBLE_TASK, _DOUBLE_TARGET


def task_row(form: Form, row: str) -> LiveRow:
    """A row of 任务填报 as the rules' conditions see it."""
    columns = task_table(form).columns
    return LiveRow(form, "task", lambda key: f"${columns[key]}{row}")


def target_row(form: Form, row: str, sheet: str = "") -> LiveRow:
    """A row of 量化指标 as the rules' conditions see it; with the sheet's name for a formula elsewhere."""
    columns = target_table(form).columns
    place = f"{sheet}!" if sheet else ""
    dropping = form.statuses_of("void")
    names = "+".join(f"(TRIM({TASK_STATUSES})={live_text(name)})" for name in dropping) or "0"
    dropped = f"SUMPRODUCT(({TASK_NUMBERS}={place}${columns['number']}{row})*({names}))>0"
    return LiveRow(form, "target", lambda key: f"{place}${columns[key]}{row}", dropped)


def header_row(form: Form, sheet: str = "") -> LiveRow:
    """The block above the table as the rules' conditions see it."""
    cells = header_cells(form)
    place = f"{sheet}!" if sheet else ""
    return LiveRow(form, "header", lambda key: f"{place}${cells[key].value}${cells[key].row}")


def _verdict(conditions: Iterable[tuple[str, str]]) -> str:
    """What is said of a row; a cell with an error value lets no condition be told."""
    texts = "&".join(f'IF({condition},{live_text(f"{words}；")},"")' for condition, words in conditions)
    # every text ends with ；, so 可报送 stays only where there is none; naming each condition once keeps the
    # formula well below the 8,192 characters a cell may hold
    return f'IFERROR(SUBSTITUTE({texts}&"{READY}","；{READY}","；"),"{_FAILED}；")'


def joined_texts(fields: Sequence[FormField], cell: str) -> str:
    """The plan's cells of a row as one text, ``cell`` being a pattern such as ``$%s7`` for the column."""
    plan = [cell % column_letters(index) for index, field in enumerate(fields, 1) if not field.filled]
    return '&"|"&'.join(plan)


def live_formula(form: Form) -> str:
    """The formula of 填报检查, with ``ROW`` and ``LAST_META`` to be put in.

    The plan's texts are looked up by the number of the task: rows may be pasted in another order.
    """
    tasks = task_table(form)
    number, numbers = tasks.columns[tasks.number], tasks.area(tasks.number)
    texts = joined_texts(form.task, f"$%s{ROW}")
    known, given = (f"'{META}'!${c}${FIRST_META_TASK}:${c}${LAST_META}" for c in "BC")
    found = f'INDEX({given},MATCH(${number}{ROW}&"",{known},0))'
    table = [
        # an error value is not a change of the plan, and is told as what it is
        (f"IF(ISERROR({texts}),FALSE,NOT(IFERROR(EXACT({texts},{found}),FALSE)))", _CHANGED),
        (f"SUMPRODUCT(--({numbers}=${number}{ROW}))>1", _DOUBLE_TASK),
    ]
    rules = [(check.condition, check.words) for check in live_checks(task_row(form, ROW))]
    return _verdict([*table, *rules])


def target_formula(form: Form) -> str:
    """What _meta says of one row of 量化指标, with ``ROW`` and ``TEXTS`` to be put in."""
    targets = target_table(form)
    number, numbers = targets.columns[targets.number], f"{TARGETS}!{targets.area(targets.number)}"
    joined = joined_texts(form.target, f"{TARGETS}!$%s{ROW}")
    table = [
        (f"SUMPRODUCT(--EXACT({joined},{TEXTS}))=0", _CHANGED),
        (f"SUMPRODUCT(--({numbers}={TARGETS}!${number}{ROW}))>1", _DOUBLE_TARGET),
    ]
    rules = [(check.condition, check.words) for check in live_checks(target_row(form, ROW, TARGETS))]
    return _verdict([*table, *rules])


def header_formula(form: Form) -> str:
    """How many cells of the block above the table are not as they should be."""
    header = header_row(form, TASKS)
    conditions = [check.condition for check in live_checks(header)]
    for key in ("year", "unit"):
        given = f"'{META}'!$B${META_KEYS.index(key) + 1}"
        conditions.append(f'{header.ref(key)}&""<>{given}')
    return "+".join(f"IF({condition},1,0)" for condition in conditions)


def count_formulas(form: Form, open_header: str, tasks: int, targets: int) -> list[str]:
    """The counts behind the summary, in the order of ``META_COUNTS``; zero when all is well."""
    table, check = task_table(form), check_column(form)
    checks = f"{TASKS}!${check}${table.first}:${check}${table.below}"
    first_target = FIRST_META_TASK + tasks
    last_target = first_target + targets - 1
    open_targets = f'{targets}-COUNTIF($D${first_target}:$D${last_target},"{READY}")' if targets else "0"
    strays = [_strays(table, range(FIRST_META_TASK, first_target))]
    if targets:
        strays.append(_strays(target_table(form), range(first_target, last_target + 1)))
    return [
        # whatever is not plainly ready, a failed formula and a row that was deleted among them
        f'{tasks}-COUNTIF({checks},"{READY}")',
        open_header,
        open_targets,
        "+".join(strays),
    ]


def _strays(table: FormTable, known: range) -> str:
    """How many rows of a table say something and have a number that is not in the ``known`` rows of _meta."""
    filled = [each.key for each in table.fields if each.filled]
    said = "+".join(f'({table.sheet}!{table.area(key)}<>"")' for key in filled)
    numbers = f"{table.sheet}!{table.area(table.number)}"
    return f'SUMPRODUCT(--(({said})>0),--ISNA(MATCH({numbers}&"",$B${known.start}:$B${known.stop - 1},0)))'


def _errors(form: Form, with_targets: bool) -> str:
    """How many cells of the workbook, those that the unit fills in and the plan's, have an error value."""
    tasks, targets = task_table(form), target_table(form)
    areas = [tasks.area(form.task[0].key, form.task[-1].key)]
    areas += [f"${cell.value}${cell.row}" for cell in header_cells(form).values()]
    if with_targets:
        areas.append(f"{TARGETS}!{targets.area(form.target[0].key, form.target[-1].key)}")
    return "+".join(f"SUMPRODUCT(--ISERROR({area}))" for area in areas)


def summary_formula(form: Form, with_targets: bool) -> str:
    """The formula above the table: what is still missing in the whole workbook."""
    tasks, header, targets, strays = map(meta_count, ("open_tasks", "open_header", "open_targets", "strays"))
    told = [
        (tasks, "还有 ", f" 项任务没有填好，见“{CHECK_HEADING}”列；"),
        (header, "还有 ", " 处表头没有填好，见下方黄色格；"),
        (strays, "有 ", " 行不是下发的内容，请并入有关任务后删去；"),
    ]
    if with_targets:
        told.insert(2, (targets, "还有 ", f" 个指标没有填好，见“{TARGETS}”表；"))
    parts = "&".join(f'IF({count}<>0,"{before}"&{count}&"{after}","")' for count, before, after in told)
    ready = f"AND({','.join(f'{count}=0' for count, _, _ in told)})"
    errors = _errors(form, with_targets)
    words = f'"{CHECK_HEADING}：有 "&({errors})&" 个单元格是错误值（如 #VALUE!），请改填内容，再看检查结果。"'
    changed = f'"{CHECK_HEADING}：表格结构有改动，无法检查。请撤销改动，或在下发的原表中填写。"'
    checked = f'IF({ready},"{READY_BOOK}","{CHECK_HEADING}："&{parts})'
    return f"IFERROR({checked},IFERROR(IF({errors}>0,{words},{changed}),{changed}))"


def targets_summary_formula(form: Form, tasks: int, targets: int, note: str) -> str:
    """The formula above 量化指标: the note, or the first figure that is not as it should be."""
    first, last = FIRST_META_TASK + tasks, FIRST_META_TASK + tasks + targets - 1
    says = f"'{META}'!$D${first}:$D${last}"
    position = f'MATCH(TRUE,INDEX({says}<>"{READY}",0),0)'
    table = target_table(form)
    column, begin = table.columns[table.number], table.first
    number = f"INDEX(${column}${begin}:${column}${begin + targets - 1},{position})"
    words = f'"还有 "&{meta_count("open_targets")}&" 个指标没有填好。"&{number}&"："&INDEX({says},{position})'
    return f"IFERROR(IF({meta_count('open_targets')}=0,{live_text(note)},{words}),{live_text(note)})"
