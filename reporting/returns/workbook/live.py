"""The formulas of the return workbook: 填报检查 of each row, and the summary above the table.

They are made of the rules' own conditions (``returns.live``). What concerns the whole table (a row that was
deleted, copied or added, a plan's text that was overwritten) is checked against the copy of the plan's texts
in _meta, since sorting and pasting are allowed in the table.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reporting.model import column_letters
from reporting.office.form import CHECK_HEADING, Form
from reporting.returns.live import (
    LiveCheck,
    LivePart,
    LiveRow,
    live_any,
    live_bare,
    live_day,
    live_even,
    live_meant,
    live_percent,
    live_text,
    live_value,
    live_words,
)
from reporting.returns.rules import gather
from reporting.returns.workbook.layout import (
    FIRST_META_TASK,
    META,
    META_HELPERS,
    META_KEYS,
    TARGETS,
    TASKS,
    FormTable,
    header_cells,
    meta_count,
    target_table,
    task_table,
)

READY, READY_BOOK = "可报送", f"{CHECK_HEADING}：各项均已填写，可以报送。"
"""What 填报检查 says of a row, and of the whole workbook, in which nothing is missing or contradictory."""
_CHANGED, _FAILED = "方案内容有改动，请恢复", "单元格有错误值，请改正"
_DOUBLE_TASK, _DOUBLE_TARGET = "任务编号重复", "指标编号重复"
ROW, META_ROW, FIRST_META, LAST_META = "§r", "§k", "§f", "§m"
"""Stand for the row, and for its row and the first and last of its kind in _meta, in the formulas of rows."""
TASK_NUMBERS, TASK_STATUSES = "task_numbers", "task_statuses"
"""Names of two columns of 任务填报, for formulas on other sheets."""
TARGETS_SAID = "targets_said"
"""The name of what _meta says of the rows of 量化指标, for colours, which may not name another sheet."""
FIRST_TARGET, LAST_TARGET = 99996, 99997
"""Stand for the first and last row of _meta with a target."""


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
    return LiveRow(
        form, "target", lambda key: f"{place}${columns[key]}{row}", _dropped(form, f"{place}${columns['number']}{row}")
    )


def _dropped(form: Form, number: str) -> str:
    """The condition that the unit dropped the task with this number."""
    names = "+".join(f"(TRIM({TASK_STATUSES})={live_text(name)})" for name in form.statuses_of("void")) or "0"
    return f"SUMPRODUCT(({TASK_NUMBERS}={number})*({names}))>0"


def header_row(form: Form, sheet: str = "") -> LiveRow:
    """The block above the table as the rules' conditions see it."""
    cells = header_cells(form)
    place = f"{sheet}!" if sheet else ""
    return LiveRow(form, "header", lambda key: f"{place}${cells[key].value}${cells[key].row}")


def _told(checks: Iterable[tuple[str, str]]) -> str:
    """The words for each condition that is true, each ended by ；."""
    return "&".join(f'IF({condition},{live_text(f"{words}；")},"")' for condition, words in checks) or '""'


def _verdict(texts: Iterable[str]) -> str:
    """What is said of a row, of cells with what is wrong in it; one with an error value lets nothing be told."""
    # every text ends with ；, so 可报送 stays only where there is none
    joined = "&".join(texts)
    return f'IFERROR(SUBSTITUTE({joined}&"{READY}","；{READY}","；"),"单元格有错误值，请改正；")'


def check_formula(meta_row: int) -> str:
    """The formula of 填报检查: what _meta says of the row."""
    return f"'{META}'!$D{meta_row}"


def _checks_by_key(row: LiveRow) -> list[tuple[str, LiveCheck]]:
    """Every condition with the code of its rule, in the order of the cells."""
    found = [(rule.kind.code, check) for rule in gather() if rule.live is not None for check in rule.live(row)]
    keys = [field.key for field in row.fields]
    return sorted(found, key=lambda each: keys.index(each[1].key))


@lru_cache(maxsize=8)
def live_codes(form: Form) -> frozenset[tuple[str, str]]:
    """The rules that 填报检查 knows, by code and key of the field."""
    parts: tuple[LivePart, ...] = ("header", "task", "target")
    rows = (LiveRow(form, part, lambda key: key) for part in parts)
    return frozenset((code, check.key) for row in rows for code, check in _checks_by_key(row))


def said_of(form: Form, part: LivePart, wrong: Container[tuple[str, str]]) -> str:
    """What 填报检查 says of a row in which rules, by code and key of the field, do not hold.

    It is what the formula comes to, for whoever sees the workbook before anything calculates.
    """
    checks = _checks_by_key(LiveRow(form, part, lambda key: key))
    words = [check.words for code, check in checks if (code, check.key) in wrong]
    return "".join(f"{each}；" for each in dict.fromkeys(words)) or READY


def tells(words: str, said: str) -> str:
    """The condition that these words are among what is said of a row."""
    return f'ISNUMBER(FIND({live_text(f"；{words}；")},"；"&{said}))'


_OVERFULFILLED = 1000
"""Up to here a progress beyond 100 is 100, as ``collect`` has it; and 1 of what is done is the whole."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """The columns of _meta behind one table: the formulas by letter, and that of the verdict.

    ``ROW`` stands for the row of the table, ``META_ROW`` for that of _meta, ``FIRST_META`` and ``LAST_META`` for
    the rows of _meta that the table has.
    """

    columns: Mapping[str, str]
    says: str


def _helpers(form: Form, table: FormTable, words: str, numbered: str) -> Helpers:
    """What is understood of a row, and what is wrong with it, each in a column of its own.

    A row is known by the plan's words in it, or by its number: rows may be pasted in another order.
    """
    columns: dict[str, str] = {}

    def add(formula: str) -> str:
        letter = column_letters(META_HELPERS + len(columns))
        columns[letter] = formula
        return f"${letter}{META_ROW}"

    def cell(key: str) -> str:
        return f"{table.sheet}!${table.columns[key]}{ROW}"

    known, given = (f"${letter}${FIRST_META}:${letter}${LAST_META}" for letter in "BC")
    number = add(f'{cell(table.number)}&""')
    told = add(f'SUBSTITUTE(SUBSTITUTE({live_bare(cell(words))}," ",""),"。","")')
    by_words = f"SUMPRODUCT(EXACT({given},{told})*ROW({given}))"
    by_number = f"SUMPRODUCT(({known}={number})*ROW({known}))"
    which = add(f"IF(SUMPRODUCT(--EXACT({given},{told}))=1,{by_words},{by_number})")
    letter = which[1:].removesuffix(META_ROW)
    everywhere, inside = (
        f"SUMPRODUCT(--({table.sheet}!${column}${table.first}:${column}${end}={cell(table.number)}))"
        for column in (table.columns[table.number],)
        for end in (table.below, table.last)
    )
    below = f'AND({number}<>"",{everywhere}>{inside})'
    again = f"OR(COUNTIF(${letter}${FIRST_META}:${letter}${LAST_META},{which})>1,{below})"
    unknown = f"{which}=0"
    refs = {field.key: cell(field.key) for field in table.fields}
    for field in table.fields:
        raw, suffix = cell(field.key), {"percent": '"%"', "number": '"分"'}.get(field.type, '""')
        if not field.filled:
            continue
        if field.type == "status":
            refs[field.key] = add(live_meant(raw))
        elif field.is_figure:
            if table.part == "target":
                suffix = live_bare(cell("measure"))
            even = add(live_even(raw))
            refs[field.key] = add(live_value(field, raw, add(live_words(even, suffix))))
            if field.key == "progress":
                value, full = refs[field.key], [each.name for each in form.status if each.progress == "full"]
                unsigned = f'NOT({live_percent(raw)}),ISERROR(FIND("%",{even}))'
                whole = f"AND({value}=1,{unsigned},{live_any(refs['status'], full)})"
                beyond = f"AND({value}>100,{value}<={_OVERFULFILLED})"
                refs[field.key] = add(f"IF(ISNUMBER({value}),IF(OR({beyond},{whole}),100,{value}),{value})")
        elif field.type == "date":
            refs[field.key] = add(live_day(raw, add(live_even(raw))))
    row = LiveRow(
        form, table.part, refs.__getitem__, _dropped(form, cell("number")) if table.part == "target" else "FALSE"
    )
    by_key: dict[str, list[tuple[str, str]]] = {}
    for _, check in _checks_by_key(row):
        by_key.setdefault(check.key, []).append((check.condition, check.words))
    lost = [(unknown, f"{numbered}不在下发的表中"), (f"AND(NOT({unknown}),{again})", f"{numbered}重复")]
    texts = [add(_told(lost)), *(add(_told(checks)) for checks in by_key.values())]
    return Helpers(columns, _verdict(texts))


def task_helpers(form: Form) -> Helpers:
    """The columns of _meta behind 任务填报."""
    return _helpers(form, task_table(form), "content", "任务编号")


def target_helpers(form: Form) -> Helpers:
    """The columns of _meta behind 量化指标."""
    return _helpers(form, target_table(form), "name", "指标编号")


def header_formula(form: Form) -> str:
    """How many cells of the block above the table are not as they should be."""
    header = header_row(form, TASKS)
    conditions = [check.condition for check in live_checks(header)]
    for key in ("year", "unit"):
        given = f"'{META}'!$B${META_KEYS.index(key) + 1}"
        conditions.append(f'AND({header.ref(key)}&""<>{given},NOT({_is_fuller(header.ref(key), given)}))')
    return "+".join(f"IF({condition},1,0)" for condition in conditions)


def _is_fuller(cell: str, given: str) -> str:
    """The condition "this is a name with its place before it": 青川市公安局 where 市公安局 was given."""
    rank = f'OR(LEFT({given})={{"市","县","区","省","州"}})'
    return f"AND(LEN({cell})>LEN({given}),LEN({given})>3,{rank},RIGHT({cell},LEN({given})-1)=MID({given},2,99))"


def count_formulas(form: Form, open_header: str, tasks: int, targets: int) -> list[str]:
    """The counts behind the summary, in the order of ``META_COUNTS``; zero when all is well."""
    table = task_table(form)
    checks = f"$D${FIRST_META_TASK}:$D${FIRST_META_TASK + tasks - 1}"
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
    ours = f"$B${known.start}:$B${known.stop - 1}"
    number, which = (
        f"${column_letters(META_HELPERS + at)}${known.start}:${column_letters(META_HELPERS + at)}${known.stop - 1}"
        for at in (0, 2)
    )
    strange = f'SUMPRODUCT(--(({said})>0),--ISNA(MATCH({numbers}&"",{ours},0)))'
    # a row with another number that the plan's words tell is no stray
    told = f"SUMPRODUCT(--({which}>0),--ISNA(MATCH({number},{ours},0)))"
    return f"MAX(0,{strange}-IFERROR({told},0))"


def _errors(form: Form, with_targets: bool) -> str:
    """How many cells of the workbook, those that the unit fills in and the plan's, have an error value."""
    tasks, targets = task_table(form), target_table(form)
    areas = [tasks.area(form.task[0].key, form.task[-1].key)]
    areas += [f"${cell.value}${cell.row}" for cell in header_cells(form).values()]
    if with_targets:
        areas.append(f"{TARGETS}!{targets.area(form.target[0].key, form.target[-1].key)}")
    return "+".join(f"SUMPRODUCT(--ISERROR({area}))" for area in areas)


_COUNTED = {
    "open_tasks": ("还有 ", f" 项任务没有填好，见“{CHECK_HEADING}”列；"),
    "open_header": ("还有 ", " 处表头没有填好，见下方黄色、橙色的格；"),
    "open_targets": ("还有 ", f" 个指标没有填好，见“{TARGETS}”表；"),
    "strays": ("有 ", " 行不是下发的内容，请并入有关任务后删去；"),
}
"""What is said of each count above the table."""


def summary_words(counts: Mapping[str, int]) -> str:
    """What the formula above the table comes to with these counts."""
    said = "".join(f"{before}{counts[name]}{after}" for name, (before, after) in _COUNTED.items() if counts.get(name))
    return f"{CHECK_HEADING}：{said}" if said else READY_BOOK


def summary_formula(form: Form, with_targets: bool) -> str:
    """The formula above the table: what is still missing in the whole workbook."""
    told = [(meta_count(name), *words) for name, words in _COUNTED.items() if with_targets or name != "open_targets"]
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
