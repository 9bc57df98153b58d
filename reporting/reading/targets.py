"""Quantified targets: numbers in a task's words that say what is to be reached."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reporting.model import Comparator, Place, Target

_MEASURE_WORDS = """
个百分点 百分点 平方公里 平方千米 平方米 立方米 千瓦时 公里 千米 公顷 千瓦 兆瓦 公斤 千克 个工作日
工作日 个月 小时 分钟 人次 人天 场次 户次 批次 班次 件次 课时 学时 学位 车位 床位 美元 元 亩 吨 斤
米 户 人 名 家 个 件 项 所 场 次 期 篇 座 条 处 台 套 部 支 对 辆 册 只 批 例 株 张 间 栋 盏 架 艘
枚 门 宗 起 路 位 款 口 眼 段 孔 幅 幢 块 轮 羽 尾 头 桩 天 % ％ ‰ 倍 条次 类 列 枝
"""

MEASURES = tuple(sorted(_MEASURE_WORDS.split(), key=len, reverse=True))
"""Measures, longer ones before those they begin with."""

AMOUNT = re.compile(
    r"(?P<value>\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?) ?"
    rf"(?P<unit>[千百]?[万亿]?(?:{'|'.join(MEASURES)}))"
    r" ?(?P<more>以上|以下|以内|左右)?"
)
"""A number with its measure: 13万件以上, 98%, 3 亿元, 1,200户."""

PERIODS = frozenset(("个月", "个工作日", "工作日", "小时", "分钟", "天"))
"""Measures of time: a goal only after a comparator, 压缩至4个工作日."""

AT_LEAST = (
    "不少于",
    "不低于",
    "不小于",
    "至少",
    "达到",
    "到达",
    "增至",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "达",
)
MORE = ("超过", "突破", "高于", "大于", "多于")
AT_MOST = (
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "控制在",
    "压减至",
    "压缩至",
    "降至",
    "降低到",
    "下降到",
    "低于",
)
GROWTH = ("增长", "提高", "提升", "增加", "递增", "增长率为", "增幅")

_DEEDS = """
新建 扩建 改建 续建 筹建 共建 配建 创建 组建 搭建 建设 建成 建立 建造 设立 成立 打造 培育 培养 培训
引进 引育 引入 招引 招收 招聘 选拔 选派 选树 选聘 选择 遴选 评选 评定 认定 确定 资助 扶持 支持 帮扶
帮助 救助 表彰 开设 开办 开通 新开 开展 举办 承办 组织 实施 推进 推动 推出 推广 推荐 推选 完成 实现
恢复 新增 增设 拓展 发展 壮大 申报 争取 力争 争创 发布 出台 制定 修订 编制 形成 转化 孵化 落地 签约
储备 谋划 开工 竣工 投产 投用 投入 改造 整治 治理 修复 更新 安装 购置 配备 配置 投放 布设 铺设 种植
栽植 植树 绿化 清理 拆除 淘汰 关停 化解 压减 减少 节约 输送 转移 安置 解决 提供 发放 服务 覆盖 惠及
带动 吸纳 集聚 汇聚 入驻 接入 归集 开放 共享 办理 办结 抽检 查处 走访 宣讲 演出 放映 出版 创作 拍摄
达成 巩固 提质 升级 整合 累计 调解 宣传 盘活 收储 上市 挂牌 入库 入规 上线
"""

DEED_WORDS = tuple(_DEEDS.split())
"""Verbs that make the number right after them a goal: 选派60名特派员."""

EXACT = (*DEED_WORDS, "占", "为", "和", "、", "有", "再", "超")
"""Words right before a number that make it something to be reached."""

GRANT = re.compile(r"给予|奖励|奖补|补助|补贴|罚款|最高|每[家个户人名件项亩年月]")
"""Words before an amount of money that is paid out, no goal: 给予100万元奖励."""

REWARD = re.compile(r"给予|返还|补助|补贴|每(?:增加|新增)")
"""Words before any number that is given, no goal: 给予2名指标."""

PAST = re.compile(r"已[有建完达成超]|现有|共有|涉及|下辖|分为|截至|截止|原有|去年")
"""Words of a phrase that tells what is there already."""

BOUND = re.compile(r"[，。；;：！？\n]|(?<!\d),|,(?!\d{3}(?!\d))")
"""Where a phrase ends; the comma of 2,900 ends none."""


def read_targets(content: str, task: str, place: Place) -> tuple[Target, ...]:
    """Quantified targets in a task's words: numbers with a measure and a word that makes them a goal."""
    targets: list[Target] = []
    start = 0
    goes_on = False
    for match in BOUND.finditer(content + "。"):
        phrase = content[start : match.start()]
        if len(phrase) < 400:
            found = _phrase_targets(phrase, task, place, len(targets), goes_on=goes_on)
            goes_on = (bool(found) or goes_on) and match.group() in "，,；;"
            targets.extend(found)
        start = match.end()
    return tuple(targets)


def _phrase_targets(phrase: str, task: str, place: Place, before: int, *, goes_on: bool) -> list[Target]:
    amounts: list[re.Match[str]] = []
    for match in AMOUNT.finditer(phrase):
        listed = bool(amounts) or goes_on
        if _is_goal(phrase, match, listed=listed):
            amounts.append(match)
    if not amounts:
        return []
    names = _names_of(phrase, amounts)
    op_of_first = _compare(phrase, amounts[0])
    found: list[tuple[str, Comparator, re.Match[str]]] = []
    if len(amounts) == 1 and len(names) > 1:
        found = [(name, op_of_first, amounts[0]) for name in names]
    else:
        ops = [_compare(phrase, match) for match in amounts]
        if "分别" in phrase[: amounts[0].start()]:
            ops = [op_of_first] * len(amounts)
        found = list(zip(names, ops, amounts, strict=False))
    return [
        Target(
            number=f"{task}-{before + order}",
            task=task,
            name=name,
            op=op,
            value=float(match.group("value").replace(",", "")),
            unit=match.group("unit"),
            words=match.group(),
            place=place,
        )
        for order, (name, op, match) in enumerate(found, 1)
    ]


def _lead_in(phrase: str, match: re.Match[str]) -> str:
    return phrase[max(0, match.start() - 12) : match.start()].rstrip(" ")


def _is_goal(phrase: str, match: re.Match[str], *, listed: bool) -> bool:
    """``listed``: a goal stands before it in the sentence, so a bare 「60名」青年人才 goes on the list."""
    before = _lead_in(phrase, match)
    after = phrase[match.end() :]
    unit = match.group("unit")
    compared = before.endswith((*AT_MOST, *AT_LEAST, *MORE, *GROWTH))
    if before.endswith(("第", "“", "《", "〔", "[", "-", "—", "~", ".", "每", "前")) or is_damaged(match):
        return False
    heads = listed and not before and after[:1] != "的"
    if unit[-1] not in "%％" and not heads and _qualifies(before, after, match):
        return False
    if unit in PERIODS:
        return compared
    grant = GRANT if unit.endswith("元") else REWARD
    if grant.search(phrase[: match.start()]):
        return False
    if PAST.search(phrase[: match.start()]) and not compared:
        return False
    if match.group("more") in ("以上", "以内", "以下"):
        return True
    if heads:
        return True
    closes = after.strip("左右)） ")[:1] in ("", "、", "和", "及")
    if closes:
        return True
    return compared or before.endswith(EXACT) or (before.endswith("的") and "占" in phrase)


def _qualifies(before: str, after: str, match: re.Match[str]) -> bool:
    """Whether the number only says which ones are meant: 「5000万元以上的」项目, 「100人以上」企业20家."""
    if after.startswith("的"):
        return match.group("more") is not None or not before.endswith(DEED_WORDS)
    named = match.group("more") in ("以上", "以下", "以内") and "\u4e00" <= after[:1] <= "\u9fff"
    return named and not before.endswith((*EXACT, *AT_LEAST, *AT_MOST, *MORE, *GROWTH))


def is_damaged(match: re.Match[str]) -> bool:
    """A percentage no plan means: 20230%, where a year was written over the number."""
    value = float(match.group("value").replace(",", ""))
    return match.group("unit") in ("%", "％") and value >= 1900 and value != 10_000


def damaged_figures(content: str) -> tuple[str, ...]:
    """The figures of a task that cannot be meant."""
    return tuple(match.group() for match in AMOUNT.finditer(content) if is_damaged(match))


COMPARATORS: tuple[tuple[str, Comparator], ...] = tuple(
    sorted(
        [
            *((word, ">=") for word in AT_LEAST),
            *((word, ">") for word in MORE),
            *((word, "<=") for word in AT_MOST),
            *((word, "growth>=") for word in GROWTH),
        ],
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
)
"""Words of comparison, longer ones first: 不低于 is no 低于."""


def _compare(phrase: str, match: re.Match[str]) -> Comparator:
    before = _lead_in(phrase, match)
    said = next((comparator for word, comparator in COMPARATORS if before.endswith(word)), None)
    if said == "growth>=" or "增长率" in phrase[: match.start()]:
        return "growth>="
    if match.group("more") in ("以下", "以内"):
        return "<="
    if said:
        return said
    return ">=" if "至少" in before or "不少于" in before or match.group("more") == "以上" else "="


_EDGE = (
    r"(?:将|力争|争取|确保|实现|使|到?20\d\d年底?前?|今年|累计|分别|均|达到|以上|每年|预期|年均|其中"
    r"|[一二三四五六七八九十\d]{1,2}年内|[，、和, ])"
)
NAME_EDGES = re.compile(rf"^{_EDGE}{{1,9}}|{_EDGE}{{1,9}}$")
"""What stands around the name of a target: 「力争到2028年」城市书房「达到」."""


TOGETHER = re.compile(r"(?<!平)[均都](?=达|到|为|超|不|突|实现|控制)")
"""One number for several names: 结案率、办结率「均」达到98%; not 平均办理时限."""


def _names_of(phrase: str, amounts: Sequence[re.Match[str]]) -> list[str]:
    """What each number counts: the words before it, or (5件以上「商标」) those after it."""
    head = phrase[: amounts[0].start()]
    together = TOGETHER.search(head)
    if ("分别" in head and len(amounts) > 1) or (together and len(amounts) == 1):
        named = head.partition("分别")[0] if together is None else head[: together.start()]
        names = [_clean_name(part) for part in named.split("、")]
        if len(amounts) == 1 or len(names) == len(amounts):
            return names
    found: list[str] = []
    last = 0
    lead_in = head.rstrip(" ")
    number_first = not lead_in or lead_in.endswith((*DEED_WORDS, *AT_LEAST, "有", "再"))
    number_first = number_first and bool(_clean_name(phrase[amounts[-1].end() :]))
    for index, match in enumerate(amounts):
        following = amounts[index + 1].start() if index + 1 < len(amounts) else len(phrase)
        if number_first:
            found.append(_clean_name(phrase[match.end() : following]) or _clean_name(head))
            continue
        before = _clean_name(phrase[last : match.start()])
        after = _clean_name(phrase[match.end() : following])
        found.append(before if len(before) >= 4 and not before.endswith(EXACT) else (after or before))
        last = match.end()
    return found


def _clean_name(words: str) -> str:
    tails = (*AT_MOST, *AT_LEAST, *MORE, *GROWTH, "增长率为", "为", "的", "占", "率为")
    words = NAME_EDGES.sub("", words[-60:]) if len(words) < 200 else words[-30:]
    tail = next((tail for tail in sorted(tails, key=len, reverse=True) if words.endswith(tail)), "")
    return words.removesuffix(tail).removesuffix("的").removeprefix("的").strip("。，,；;：: ")
