"""What plan.xlsx looks like on paper: its sheets, headings and words, and how names stand in one cell.

The writer and the reader of plan.xlsx both go by these definitions, so that neither can drift from the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reporting.files.xlsx.looks import DAY_FORMAT, TEXT_FORMAT
from reporting.language.characters import as_seen
from reporting.language.headings import Headings
from reporting.language.units import written_name
from reporting.model import Alias, Comparator, UnitKind

TASKS, TARGETS, UNITS, ABOUT = "任务", "量化指标", "单位", "说明"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: ``key`` is how findings and code call it."""

    key: str
    heading: str
    width: float
    centred: bool = False
    as_text: bool = True
    """Whether Excel must keep what is typed as it stands, say 3-1 or 027-6234."""
    read: bool = True
    """Whether the column means something to the program; 备注 is the coordinator's own."""
    needed: bool = True
    """Whether a workbook without the column cannot be read."""
    plain: bool = False
    """Whether its words, as they stand, are the field of the same name of the record."""
    spare: bool = False
    """Whether the column is written only where something stands in it; such columns are the last of their sheet."""

    @property
    def cell_format(self) -> str:
        """How the cells of the column show what is typed; empty leaves it to the spreadsheet program."""
        return TEXT_FORMAT if self.as_text else DAY_FORMAT if self.key == "deadline_date" else ""


TASK_COLUMNS = (
    Column("number", "任务编号", 9, centred=True),
    Column("category", "类别", 20),
    Column("content", "工作内容", 60),
    Column("lead", "牵头单位", 20),
    Column("support", "配合单位", 23),
    Column("deadline", "完成时限", 18, centred=True),
    Column("deadline_kind", "时限类型", 12, centred=True),
    Column("deadline_date", "截止日期", 13, centred=True, as_text=False),
    Column("remark", "备注", 16, read=False),
    Column("proposal", "建议", 24, needed=False),
    Column("adopt", "采纳", 8, centred=True, needed=False),
    Column("leader", "责任领导", 14, needed=False, plain=True, spare=True),
    Column("section", "责任科室", 16, needed=False, plain=True, spare=True),
    Column("scope", "适用范围", 16, needed=False, plain=True, spare=True),
    Column("duties", "分工说明", 26, needed=False, plain=True, spare=True),
)
TARGET_COLUMNS = (
    Column("number", "指标编号", 11, centred=True),
    Column("task", "任务编号", 14, centred=True),
    Column("name", "指标名称", 38),
    Column("op", "比较", 12, centred=True),
    Column("value", "目标值", 13, centred=True, as_text=False),
    Column("unit", "计量单位", 11, centred=True),
    Column("words", "原文", 56, plain=True),
    Column("reporter", "填报单位", 20, needed=False, plain=True),
)
UNIT_COLUMNS = (
    Column("name", "单位名称", 30),
    Column("kind", "类型", 11, centred=True),
    Column("members", "成员", 26),
    Column("aliases", "别名", 30),
    Column("contact", "联系人", 12, centred=True),
    Column("phone", "联系电话", 17, centred=True),
    Column("email", "电子邮箱", 24),
    Column("remark", "备注", 18, read=False),
    Column("proposal", "建议", 22, needed=False),
    Column("adopt", "采纳", 8, centred=True, needed=False),
)
COLUMNS = {TASKS: TASK_COLUMNS, TARGETS: TARGET_COLUMNS, UNITS: UNIT_COLUMNS}
HEADINGS = {
    sheet: Headings(
        name=sheet,
        words={column.key: column.heading for column in columns},
        needed=(),
        least=(len(columns) + 1) // 2,
        filled=frozenset(column.key for column in columns),
        copied=frozenset(column.key for column in columns),
        optional=frozenset(column.key for column in columns if not (column.read and column.needed)),
    )
    for sheet, columns in COLUMNS.items()
}
"""How each of the three tables is known when the workbook comes back from the coordinator."""

PLAIN = {sheet: tuple(each for each in columns if each.plain) for sheet, columns in COLUMNS.items()}

TITLE, ISSUER, DOCUMENT_NUMBER, YEAR = "方案名称", "印发机关", "文号", "年度"
ABOUT_KEYS = (TITLE, ISSUER, DOCUMENT_NUMBER, YEAR)
GOAL = "总体目标"
"""Before its number, the label of an overall goal: in 说明 beside its words, in 量化指标 as 任务编号."""

_SYNONYMS: dict[Comparator, str] = {
    ">=": ">= ≥ 不少于 不小于 大于等于 至少 以上 达到",
    ">": "> 大于 超过 多于",
    "=": "=",
    "<=": "<= ≤ 不大于 不多于 不超过 小于等于 以内 以下",
    "<": "< 小于 少于",
    "growth>=": "growth>= 增长 增长不少于 增长≥ 增长>=",
}
COMPARATOR_SYNONYMS = {word: op for op, words in _SYNONYMS.items() for word in words.split()}
"""What coordinators type into 比较 instead of choosing."""

WAITING = "原文没有写明责任单位"
"""The remark beside a measure that waits for the coordinator."""
Remarks = Mapping[str, Mapping[str, str]]
"""The coordinator's own notes (备注) by sheet and by number of task or name of unit."""

ADOPTED, DECLINED = "是", "否"
"""What the coordinator chooses beside a proposal that is right, and beside one that is not."""
Declined = Mapping[str, Mapping[str, str]]
"""The proposals that were declined, by sheet and by number of task or name of unit."""
_MEMBERS = "成员："
"""What a proposal begins with that lists members of a group; any other is the name of a unit."""
KIND_WORDS = tuple(str(kind) for kind in UnitKind)


def goal_label(number: str) -> str:
    """What stands for an overall goal where a task number would stand."""
    return f"{GOAL} {number}".strip()


# ---- headings one under another in one cell ---------------------------------------------------

_PATH_BREAK = " / "


def join_path(path: Iterable[str]) -> str:
    """Write the headings above a task into one cell."""
    # A heading may itself hold a slash between blanks; blanks that do not break keep it whole.
    return _PATH_BREAK.join(heading.replace(" /", "\u00a0/").replace("/ ", "/\u00a0").strip(" ") for heading in path)


def split_path(text: str) -> tuple[str, ...]:
    """Read the headings above a task from one cell."""
    headings = (heading.strip() for heading in text.split(_PATH_BREAK))
    return tuple(heading.replace("\u00a0/", " /").replace("/\u00a0", "/ ") for heading in headings if heading)


# ---- several names in one cell ----------------------------------------------------------------

_SEPARATORS = "\n；;，,、"
_BRACKETS = {"（": "）", "(": ")", "〈": "〉", "《": "》", "【": "】", "〔": "〕", "[": "]", "“": "”"}
_MARKED = re.compile(r"[“”\\]")
_BACKSLASHED = r"\\\g<0>"
_ESCAPED = re.compile(r"\\([“”\\])")
"""A quotation mark that belongs to a name in quotes, say “甲\\”、乙”."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names of units that stay whole in a cell although a separator stands in them: 各区、县级市政府."""

    names: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()
    """How long they are, the longest first: what stands in a cell is looked up and not compared with each."""

    @classmethod
    def of(cls, names: Iterable[str]) -> KnownNames:
        """Those of some names; an empty one is none."""
        known = frozenset(names) - {""}
        return cls(known, tuple(sorted({len(name) for name in known}, reverse=True)))

    def longest_at(self, line: str, begin: int) -> int | None:
        """Where the longest that begins here ends, if a separator or the end of the line follows it."""
        for length in self.lengths:
            end = begin + length
            if line[begin:end] in self.names and end <= len(line):
                after = _past_blanks(line, end)
                if after == len(line) or line[after] in _SEPARATORS:
                    return after
        return None


NO_NAMES = KnownNames()


def write_names(names: Iterable[str], known: KnownNames = NO_NAMES) -> str:
    """Write names one on each line, in quotes where a name would otherwise be read as several."""
    lines = map(written_name, names)
    return "\n".join(_quote(line) if split_names(line, known) != (line,) else line for line in lines if line)


def split_names(text: str, known: KnownNames = NO_NAMES) -> tuple[str, ...]:
    """Read the names in one cell: one on each line, or listed with 、，；.

    A name that is ``known`` is never cut, the longest one first: 市教育局、各区、县级市政府 is two
    names when 各区、县级市政府 is known. Nor is anything cut inside brackets or quotes. A quotation mark
    after a backslash belongs to the name.
    """
    return tuple(_unquote(piece) for piece in cut_names(text, known))


def cut_names(text: str, known: KnownNames = NO_NAMES) -> tuple[str, ...]:
    """Like ``split_names``, but a name in quotes keeps them."""
    lines = as_seen(text).split("\n")
    return tuple(written_name(piece) for line in lines for piece in _cut_line(line.strip(), known) if piece)


def _cut_line(line: str, known: KnownNames) -> Iterator[str]:
    begin = 0
    escaped = _escaped(line)
    while begin < len(line):
        start = _past_blanks(line, begin)
        end = known.longest_at(line, start)
        if end is None:
            end = _end_of_piece(line, begin, escaped)
        elif line.startswith("“", start):
            # what is in quotes stays whole, even if it begins with a name that is known
            end = max(end, _end_of_piece(line, begin, escaped))
        yield line[begin:end].strip()
        begin = end + 1


def _past_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def _end_of_piece(line: str, begin: int, escaped: Collection[int]) -> int:
    """Where the next separator outside brackets stands; a bracket that never closes keeps the rest."""
    awaited: list[str] = []
    for at in range(begin, len(line)):
        sign = line[at]
        if awaited and at in escaped:
            continue
        if awaited and sign == awaited[-1]:
            awaited.pop()
        elif sign in _BRACKETS:
            awaited.append(_BRACKETS[sign])
        elif sign in _SEPARATORS and not awaited:
            return at
    return len(line)


def _quote(name: str) -> str:
    """Put quotes around a name; its own get a backslash each where they are not in pairs."""
    quoted = f"“{name}”"
    return quoted if split_names(quoted) == (name,) else f"“{_MARKED.sub(_BACKSLASHED, name)}”"


def _unquote(name: str) -> str:
    """Take off the quotes around a whole name; “甲”和“乙” has none."""
    depth = 0
    escaped = _escaped(name)
    for at, sign in enumerate(name):
        if at not in escaped:
            depth += (sign == "“") - (sign == "”")
        if depth <= 0:
            return _ESCAPED.sub(r"\1", name[1:-1]) if at and at == len(name) - 1 else name
    return name


def _escaped(text: str) -> frozenset[int]:
    """Where the signs stand that a backslash makes part of a name."""
    return frozenset(each.end() - 1 for each in _ESCAPED.finditer(text))


def join_proposed_members(names: Iterable[str], known: KnownNames = NO_NAMES) -> str:
    """Write members that are proposed for a group."""
    return f"{_MEMBERS}\n{write_names(names, known)}"


def split_proposed_members(text: str, known: KnownNames = NO_NAMES) -> tuple[str, ...] | None:
    """Read members that are proposed for a group; None where the proposal is the name of a unit."""
    beginning, colon, names = text.strip().replace(":", "：", 1).partition("：")
    return split_names(names, known) if beginning.strip() + colon == _MEMBERS else None


_LEADS, _SUPPORTS = "牵头单位：", "配合单位："
"""What the lines of a proposal for a task begin with."""


def join_proposed_units(lead: Iterable[str], support: Iterable[str], known: KnownNames = NO_NAMES) -> str:
    """Write who is proposed to lead a task and who to support it."""
    lines = [(_LEADS, write_names(lead, known)), (_SUPPORTS, write_names(support, known))]
    return "\n".join(f"{label}{names.replace(chr(10), '、')}" for label, names in lines if names)


def split_proposed_units(text: str, known: KnownNames = NO_NAMES) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Read who is proposed to lead and to support; None where nobody leads, or something else is written."""
    units: dict[str, tuple[str, ...]] = {_LEADS: (), _SUPPORTS: ()}
    for line in filter(str.strip, text.replace(":", "：").split("\n")):
        label, colon, names = line.strip().partition("：")
        if label.strip() + colon not in units:
            return None
        units[label.strip() + colon] += split_names(names, known)
    return (units[_LEADS], units[_SUPPORTS]) if units[_LEADS] else None


# ---- other names with the years in which they were used ---------------------------------------

_ALIAS_YEARS = re.compile(r"(.+?)\s*[（(]\s*(\d{4})?\s*[年]?\s*[-－–—~～至]+\s*(\d{4})?\s*[年]?\s*[）)]", re.DOTALL)
"""市知识产权局(2004-2018), 市知识产权局（2004年至2018年）; either year may be missing."""
_LIKE_YEARS = re.compile(r"[（(][^（()）]*\d{2,4}[^（()）]*[）)]$")
"""A bracket with a number that is not written as years should be, say (04至18) or (2018)."""


def join_aliases(aliases: Iterable[Alias], known: KnownNames = NO_NAMES) -> str:
    """Write other names one on each line, with the years where they are limited."""
    return "\n".join(_alias_line(alias, known) for alias in aliases if alias.name.strip())


def _alias_line(alias: Alias, known: KnownNames) -> str:
    name = write_names([alias.name], known)
    if alias.since is None and alias.until is None:
        return _quote(name) if _LIKE_YEARS.search(name) else name
    years = f"({alias.since or ''}-{alias.until or ''})"
    return f"{name}{years}" if cut_names(name + years, known) == (name + years,) else f"{_quote(name)}{years}"


def read_alias(text: str) -> Alias | None:
    """Read another name with its years; None when the years cannot be understood."""
    quoted = _unquote(text)
    if quoted != text:
        return Alias(quoted)
    match = _ALIAS_YEARS.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None if _LIKE_YEARS.search(text) else Alias(text)
    since, until = (int(year) if year else None for year in (match[2], match[3]))
    if since is not None and until is not None and since > until:
        return None
    return Alias(_unquote(match[1]), since, until)


HOW_TO = (
    ("改任务", "一行是一项任务。直接在格子里改；要加任务，接着最后一行往下写；不要的任务，整行删除。"),
    ("任务编号", "每项任务一个编号，不能重复。下发以后各单位按编号填报，编号不要再变。"),
    ("类别", "写任务所属的标题；有几级标题的，从大到小写，中间用“ / ”（斜杠前后各一个空格）隔开。"),
    (
        "牵头、配合单位",
        "可以写几个单位，一行写一个（同一格内换行按 Alt+Enter），也可以用顿号隔开。"
        "名称本身带顿号的（例如“各区、县级市政府”），先写进工作表“单位”，或者加上引号“ ”。"
        "没有牵头单位的任务，格子显示为浅红色，补上以后才能下发。",
    ),
    (
        "完成时限",
        "“完成时限”照方案的原话写；“时限类型”从下拉列表中选；“截止日期”写最后一天，例如 2026-06-30。"
        "长期工作选“持续”，不写截止日期。",
    ),
    (
        "量化指标",
        "“任务编号”与工作表“任务”一致，由这项任务的牵头单位填报；只由其中一个单位填报的（例如分给各区的任务数），"
        "写在“填报单位”。属于总体目标的，写着“总体目标 1”，不下发；要有单位报送的，把“任务编号”改成相关任务的编号。"
        "“目标值”只写数字，单位写在“计量单位”：增长16%以上，写 增长不低于、16、%。",
    ),
    (
        "单位",
        "“单位”收到一份填报表；“成组单位”列出成员的，由各成员分别填报，没有列出成员的，整体下发一份；"
        "“泛指”（例如“各有关单位”）不下发。成员、别名一行写一个；别名只在某些年份用过的，写成“市知识产权局(2004-2018)”。",
    ),
    (
        "建议、采纳",
        "机构改革以后改了名、并入别的单位的，“建议”一栏写着它现在可能是哪个单位。属实的，“采纳”选“是”，"
        "原来的名称即作为别名，两个名称合发一份填报表。文件附有组成人员名单的，“建议”一栏写着“成员：”和名单中的单位，"
        "可以先增删；“采纳”选“是”，即列为成员。任务的单位有两种读法的，“建议”一栏写着另一种，可以先改；“采纳”选“是”，"
        "牵头、配合单位即以建议为准。不采纳的，选“否”。程序不会自行合并和改动。",
    ),
    ("可以放心做", "排序、筛选、调整列的顺序和宽度、增加自己的列、在“备注”里做记号，都不影响使用。"),
    ("请不要做", "不要改工作表的名称和第一行表头的文字，不要删除整列，不要把几项任务的格子合并。"),
    ("颜色和批注", "带底色和批注的格子，是导入时拿不准的地方，请对照方案核对。批注可以删除，底色不影响使用。"),
    ("改完以后", "保存为 xlsx 格式并关闭文件，再运行“duban plan check”检查一遍。"),
)
