"""Which unit a written name means.

Plans name units the way officials write: 市知识产权、工商、版权局 are three units, 各区、县级市政府 is one
group, 各有关单位 is nobody in particular. This module splits and completes written lists, says what kind of
name one is, and looks a name up. It never decides by similarity: two names are the same only when they differ
in width, blanks or the style of brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.model import Alias, Task, Unit, UnitKind

OPENING = "(（[［【〔〈<《“‘"
CLOSING = ")）]］】〕〉>》”’"
LISTING = "、，,；;\v"
"""Marks between units; a vertical tab is a line break inside a table cell."""

COMMAS = "，,；;"
"""Marks that also end the sharing of 市… and …局."""

GOVERNMENT_TAILS = (
    "人民政府",
    "街道办事处",
    "管理委员会",
    "党工委管委会",
    "管委会",
    "党工委",
    "办事处",
    "街道办",
    "政府",
)
"""Ends that a list of areas shares: 临江区、北山区政府."""

OFFICE_TAILS = (
    "委员会",
    "办公室",
    "领导小组",
    "指挥部",
    "研究院",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "海关",
    "大学",
    "学院",
    "银行",
    "中心",
    "支队",
    "大队",
    "总队",
    "支行",
    "分行",
    "协会",
    "总局",
    "分局",
    "局",
    "委",
    "办",
    "部",
    "厅",
    "院",
    "署",
    "会",
    "联",
    "协",
    "处",
    "站",
    "所",
    "台",
    "馆",
    "社",
    "司",
    "校",
    "队",
    "行",
    "室",
)
"""Ends that a list of offices shares: 市知识产权、工商、版权局. The longest that fits counts."""

SHORT_FORMS = ("人社",)
"""Short forms that only end like a name: 市教育、人社局."""

PLAIN_TAILS = (
    "单位",
    "部门",
    "机构",
    "企业",
    "小组",
    "专班",
    "组",
    "团体",
    "院校",
    "高校",
    "医院",
    "军分区",
    "党组",
    "组织",
    "平台公司",
    "园区",
)
"""Ends of complete names that are never shared out."""

FIRM_TAILS = (
    *("局", "委", "办", "部", "厅", "院", "署", "政府", "管委会", "委员会", "公司", "集团", "海关", "大学"),
    *("办公室", "领导小组", "办事处", "单位", "部门", "管理机构", "党工委", "总工会", "中心"),
)
"""Ends that make a bare list in brackets a list of units; 会, 所 or 站 alone could be anything."""

AREA_ENDS = ("新区", "片区", "园区", "街道", "区", "县", "市", "镇", "乡", "旗", "州", "盟")

LEVELS = ("自治区", "市委", "区委", "县委", "省委", "州委", "旗委", "市", "区", "县", "省", "州", "旗")
NOT_LEVELS = ("市场", "区域", "市级", "区级", "县级", "省级", "区县", "县区", "市县", "市州", "市直", "市属")
"""Words that only begin like a level: 市场监管总局."""

PARTY_ORGANS = (
    "组织",
    "宣传",
    "统战",
    "政法",
    "党校",
    "社会工作",
    "老干部",
    "政研",
    "巡察",
    "网信",
    "编",
    "台",
)
"""Offices that go on with 市委 when the name before them had it: 市委宣传部、组织部."""

_DEPARTMENT_WORDS = """
发改 发展改革 发展和改革 经信 工信 工业和信息化 经贸 外经贸 科技 科学技术 教育 教体 教育体育 民宗
公安 民政 司法 财政 人社 人事 人力资源 人力资源社会保障 人力资源和社会保障 劳动保障 国土 国土资源
自然资源 自然资源和规划 规划 规划和自然资源 生态环境 环保 环境保护 住建 住房城乡建设
住房和城乡建设 建设 城建 城管 城市管理 交通 交通运输 水利 水务 农业 农业农村 农 林业 林草 园林
园林绿化 商务 粮食 文化 文旅 文化和旅游 文化广电旅游 文广新 旅游 体育 卫生 卫健 卫生健康 卫计 医保
医疗保障 药监 食药监 食品药品监管 退役军人 退役军人事务 应急 应急管理 安监 审计 国资 统计
市场监管 市场监督管理 工商 质监 知识产权 版权 新闻出版 广电 广播电视 信访 机关事务 大数据 数据
政务服务 行政审批 金融 金融工作 地方金融 地税 国税 税务 法制 编 机构编制 外事 外 侨务 侨 台 港澳
新闻 外宣 网信 法 检察 仲裁委 中级人民法 人民检察 气象 地震 人防 消防 邮政管理 通信管理 烟草专卖
烟草 公积金 供销 档案 史志 党史 红十字 总工 工 妇 残 文 科 社科 贸促 团 投资促进 招商 扶贫 乡村振兴
移民 民族宗教 民族 宗教 医改 口岸 文明 爱卫 双拥 整规 信息 信息产业 物价 安全 国家安全 监察 海洋
渔业 畜牧 农机 中小企业 民营 开放 组织 宣传 统战 政法 党 社会工作 老干部 政研 巡察
"""

DEPARTMENTS = frozenset(_DEPARTMENT_WORDS.split())
"""What stands between level and end in the names of departments; those may be written without 市."""

OPEN_WORDS = ("有关", "相关", "其他", "涉及", "各单位", "各部门", "责任单位", "各成员", "各责任")

REST = re.compile(
    r"等(?P<rest>(?:\d{1,3}个|[一二三四五六七八九十多]{1,3}个)?(?:[市区县省]级|[市区县省]直|[市区县省])?"
    r"(?:各|有关|相关|其他){0,3}(?:成员单位|部门|单位|机构|企业|地区|方面)?)$"
)
"""What closes an open list: 市教育局、市财政局「等有关部门」."""

COMMON_AREA = re.compile(
    r"县级市|街道|乡镇|镇|乡|旗|自治区|直辖市|自治州|自治县|县[(（]|[县市区州盟](?:人民)?政府|[县市区]管委会"
    r"|(?:开发区|功能区|高新区|经开区|园区|度假区)$"
)
"""How the second half of one group name begins: 各区、「县级市」政府."""

LONGEST = 60
"""No name of a unit is longer; keeps the work linear on text that is no list of units at all."""

JOINING = re.compile(r"以及|和|及|与")


@dataclass(frozen=True, slots=True)
class UnitList:
    """A written list of units: the full names, and whether it ended in 等 (so that more may be meant)."""

    names: tuple[str, ...]
    open_ended: bool = False


def fold(name: str) -> str:
    """Even out width, blanks and the style of brackets, for comparing two names."""
    wide = unicodedata.normalize("NFKC", name)
    plain = wide.translate(str.maketrans("〔〕[]【】〈〉<>", "()()()()()", ""))
    return "".join(plain.split())


def bare(name: str) -> str:
    """The name without a bracket at its end: 市委组织部(市招才局) → 市委组织部."""
    name = name.strip()
    if name and name[-1] in CLOSING:
        start = _opening_of_last(name)
        return name[:start].strip() if start > 0 else name
    return name


def _opening_of_last(name: str) -> int:
    depth = 0
    for index in range(len(name) - 1, -1, -1):
        if name[index] in CLOSING:
            depth += 1
        elif name[index] in OPENING:
            depth -= 1
            if depth == 0:
                return index
    return -1


def _ending(name: str, tails: Iterable[str]) -> str:
    return max((tail for tail in tails if name.endswith(tail) and len(name) > len(tail)), key=len, default="")


def is_complete(name: str) -> bool:
    """Whether a name ends as names of units do."""
    stem = bare(name)
    return not _is_short(stem) and bool(_ending(stem, GOVERNMENT_TAILS + OFFICE_TAILS + PLAIN_TAILS))


def _is_short(stem: str) -> bool:
    return stem.endswith(SHORT_FORMS) and stem.removeprefix(level_of(stem)) in SHORT_FORMS


def looks_like_unit(name: str) -> bool:
    """Whether this could be a unit or group: 市教育局, 各区, 各市州政府."""
    stem = bare(name)
    if not 2 <= len(stem) <= 45 or any(mark in stem for mark in "。：:？！《》"):
        return False
    return is_complete(stem) or (stem.startswith("各") and bool(_ending(stem, AREA_ENDS)))


def is_firm(name: str) -> bool:
    """Whether a name ends so that hardly anything else can be meant."""
    return looks_like_unit(name) and bool(_ending(bare(name), FIRM_TAILS))


def classify(name: str) -> UnitKind:
    """Whether a written name is one department, several, or nobody in particular."""
    stem = bare(name)
    if any(word in stem for word in OPEN_WORDS) and not re.search(r"领导小组.{0,4}成员单位$", stem):
        return UnitKind.OPEN
    if "有关" in stem or "相关" in stem:
        return UnitKind.OPEN
    group_ends = ("成员单位", "领导小组", "联席会议")
    if "各" in stem[:4] or stem.endswith(group_ends) or "、" in stem:
        return UnitKind.GROUP
    return UnitKind.UNIT


def find_unit(name: str, units: Iterable[Unit]) -> Unit | None:
    """Look a name up among the units of a plan, also under their other names; never by similarity."""
    wanted = fold(name)
    known = tuple(units)
    for unit in known:
        if fold(unit.name) == wanted:
            return unit
    for unit in known:
        if any(fold(alias.name) == wanted for alias in unit.aliases):
            return unit
    return None


def collect_units(tasks: Iterable[Task]) -> tuple[Unit, ...]:
    """The units a plan's tasks name, once each, in the order of their first appearance."""
    names: dict[str, str] = {}
    for task in tasks:
        for name in (*task.lead, *task.support):
            names.setdefault(fold(name), name)
    return tuple(Unit(name, classify(name), _other_names(name, names)) for name in names.values())


def _other_names(name: str, known: dict[str, str]) -> tuple[Alias, ...]:
    """市委组织部(市招才局) is also known by either half, unless a half is a unit of its own here."""
    stem = bare(name)
    if stem == name.strip():
        return ()
    inner = name.strip()[len(stem) :].strip()[1:-1]
    halves = [half for half in (stem, inner) if is_firm(half) and fold(half) not in known]
    return tuple(Alias(half) for half in halves)


def read_units(text: str) -> UnitList:
    """Read a written list of units into full names, each once, in the written order."""
    names: dict[str, str] = {}
    open_ended = False
    for group in _cut(drop_glosses(_mark_breaks(text)), COMMAS):
        elements: list[str] = []
        joined = _join_groups(_cut(group, LISTING))
        for element in (part for whole in joined for part in _split_joined(whole)):
            heads, rest = _take_rest(element)
            open_ended = open_ended or rest is not None
            elements.extend(heads)
            if rest and any(word in rest for word in ("各", "有关", "相关")):
                elements.append(rest)
        for name in complete_names(elements):
            names.setdefault(fold(name), name)
    return UnitList(tuple(names.values()), open_ended)


def split_units(text: str) -> tuple[str, ...]:
    """The full names in a written list of units."""
    return read_units(text).names


def drop_glosses(text: str) -> str:
    """Take out brackets that only explain: 各区人民政府〈含开发区管委会,下同〉."""
    spans = [
        (start, end)
        for start, end in bracket_spans(text)
        if text[start + 1 : end].strip().startswith(("以下", "简称", "含", "包括"))
        or "下同" in text[start:end]
    ]
    kept, last = [], 0
    for start, end in spans:
        if start >= last:
            kept.append(text[last:start])
            last = end + 1
    return "".join([*kept, text[last:]])


def bracket_spans(text: str) -> list[tuple[int, int]]:
    """The outermost round, square or angle brackets of a text as (opening, closing) positions."""
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    for index, char in enumerate(text):
        if char in "(（[［【〔〈<":
            if depth == 0:
                start = index
            depth += 1
        elif char in ")）]］】〕〉>" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, index))
    return spans


def _mark_breaks(text: str) -> str:
    """Keep a line break inside a cell only where one unit ends and the next begins; else it only wraps."""
    if "\v" not in text:
        return "".join(text.split())
    pieces = [piece for piece in ("".join(part.split()) for part in text.split("\v")) if piece]
    joined = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        last = re.split(r"[、，,；;\v]", joined[-LONGEST:])[-1]
        joined += ("\v" if is_firm(last) and _begins_unit(piece) else "") + piece
    return joined


def _begins_unit(text: str) -> bool:
    return text.startswith("各") or bool(level_of(text))


def _cut(text: str, marks: str) -> list[str]:
    """Cut at the marks that stand outside brackets."""
    pieces: list[str] = []
    depth, last = 0, 0
    for index, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            pieces.append(text[last:index])
            last = index + 1
    pieces.append(text[last:])
    return [piece.strip(" 。.：:") for piece in pieces if piece.strip(" 。.：:")]


def _take_rest(element: str) -> tuple[list[str], str | None]:
    """市水务局等市级各有关部门 → 市水务局, and 市级各有关部门 as the rest; without 等 the rest is None."""
    match = REST.search(element[-30:])
    if match is None:
        return [element], None
    head = element[: len(element) - len(match.group(0))]
    return ([head] if head else []), match.group("rest")


def _split_joined(element: str) -> list[str]:
    """省水利厅和各市州政府 are two, 文化和旅游局 is one: a joint only between two complete names counts."""
    if len(element) > 4 * LONGEST:
        return [element]
    for match in JOINING.finditer(element):
        left, right = element[: match.start()], element[match.end() :]
        if (
            any(char in OPENING for char in left)
            and bare(left) == left
            and left.count("(") + left.count("（")
        ):
            continue
        shared = left.startswith("各") and right.startswith(("相关", "有关"))
        opens = _begins_unit(right) or right.startswith(("有关", "相关", "其他")) or is_firm(right)
        if is_firm(left) and looks_like_unit(right) and opens and not shared:
            return [left, *_split_joined(right)]
    return [element]


def _join_groups(elements: Sequence[str]) -> list[str]:
    """Join the halves of one group name: 各区 + 县级市政府 → 各区、县级市政府."""
    joined: list[str] = []
    for element in elements:
        last = joined[-1] if joined else ""
        if last.startswith("各") and not is_complete(last) and COMMON_AREA.match(element):
            joined[-1] = f"{last}、{element}"
        else:
            joined.append(element)
    return joined


def level_of(name: str) -> str:
    """The level a name begins with (市, 区委, 各区、县级市 …), or nothing."""
    group = re.match(r"各[^、]{1,6}、(?:县级市|县|旗|市|区)", name)
    if group:
        return group.group(0)
    if name.startswith(NOT_LEVELS) and not name.startswith("市市场"):
        return ""
    level = next((level for level in LEVELS if name.startswith(level)), "")
    return level if len(name) > len(level) else ""


def complete_names(elements: Sequence[str]) -> list[str]:
    """Complete the names of one group: what the first begins with and the last ends with is shared."""
    ended = _share_endings(elements)
    return _share_levels(elements, ended)


def _share_endings(elements: Sequence[str]) -> list[str]:
    office, government = "", ""
    ended: list[str] = []
    for element in reversed(elements):
        shared = ""
        stem = bare(element)
        governing = _ending(stem, GOVERNMENT_TAILS)
        tail = "" if _is_short(stem) else _ending(stem, OFFICE_TAILS)
        if governing:
            government = governing
        elif stem.startswith("各") or _ending(stem, PLAIN_TAILS):
            pass
        elif tail:
            office = tail
        elif _ending(stem, AREA_ENDS):
            shared = government
        else:
            shared = office
        ended.append(element + shared)
    return ended[::-1]


def _share_levels(elements: Sequence[str], ended: Sequence[str]) -> list[str]:
    names: list[str] = []
    level = ""
    for written, name in zip(elements, ended, strict=True):
        own = level_of(name)
        lacking = not own and level and _lacks_level(written, name)
        names.append(_suitable_level(level, name) + name if lacking else name)
        level = own or level
    return names


def _lacks_level(written: str, name: str) -> bool:
    if name.startswith("各") or _ending(bare(name), GOVERNMENT_TAILS):
        return False
    return name != written or _core(name) in DEPARTMENTS


def _core(name: str) -> str:
    stem = bare(name)
    return stem[: len(stem) - len(_ending(stem, OFFICE_TAILS))]


def _suitable_level(level: str, name: str) -> str:
    """市委 is shared by party organs only: 市委宣传部、文化局 means 市文化局."""
    if level.endswith("委") and not name.startswith(PARTY_ORGANS):
        return level[:-1]
    return level
