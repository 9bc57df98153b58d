"""What can be told about a text without understanding it: it points elsewhere, a placeholder was left in it.

Used by the rules alone. Each pattern is narrow on purpose: a rule that asks about good prose is soon ignored.
"""

import re

from reporting.language.characters import even_width

_UNCOUNTED = re.compile("[\\x00-\\x1f\u3000\u00a0\u200b\ufeff]")
"""What a spreadsheet's CLEAN, and the formula around it, leaves out."""
_SIGNS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]")
_SAME = re.compile(r"(?:同上|同前|同左|如上|如前|见上|见上文|见前|同上所述|同上一项|同第?\d{1,3}项|〃|″)")
_ATTACHED = re.compile(r"(?:详?见|参见|请见|请看|另附|附)(?:后附)?(?:附件|附表|附后|材料)")
_PLACEHOLDER = re.compile(
    r"[Xx×＊*]{2,}(?=年|月|日|份|个|次|家|件|项|人|号|场|期|批|篇|条|户|所|名|亿|万|元|%|％|部门|单位|[。，、]|$)"
    r"|待(?:补充|填写|填报|完善|核实后填)|(?:此处|这里)(?:请)?(?:填写|输入)|\{\{|TODO|【[^】]{0,10}(?:填写|补充)[^】]{0,10}】"
)
_VAGUE = re.compile(r"若干|一大批|一批|大量|许多|诸多|多次|多场|多个|多项|多家|部分企业|部分地区|显著|大幅")
_TITLE = re.compile(r"《[^》]{0,200}》|第[一二三四五六七八九十]{1,3}批")
# a marking of a document, never the subject of the work: 商业秘密保护 is a usual task of such a plan
_MARKING = re.compile(
    r"(?:绝密|机密|秘密)\s?[★☆]|[（(【\[](?:绝密|机密|秘密|内部|内部资料|内部文件)[）)】\]]|密级[:：]|"
    r"内部资料|内部文件|仅供内部|注意保存|请勿外传|不得外传|不予公开|不宜公开|^(?:绝密|机密|秘密)(?:\s|$)"
)
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫烫|屯屯屯|\?{4,}|？{6,}|&#\d{2,6};|&nbsp;")
_OWN_DISK = re.compile(
    # D:\2026年\总结.docx, but no https://
    r"(?<![A-Za-z])[A-Za-z]:[\\/]|file://|\\\\\w|(?:我的|本机|本地)?(?:桌面|电脑)[\\/]|xwechat_files|"
    r"WeChat Files"
)
_WHEN = re.compile(
    r"\d{1,2}\s?月|[一二三四五六七八九十]月|季度|[上下]半年|年[底末内初中]|月[底末内初中]|明年|次年|今年|20\d\d|日前|"
    r"[近当本下]月|\d{1,3}\s?[个天周日]|每[年月周季]|期间|即日|近期|春节|两会"
)
_APPROVAL = re.compile(
    r"批准|批复|批示|同意|决定|会议|纪要|通知|文件|文号|函|令|〔|报请|请示|报告|方案|机构改革|职能|职责|划转|划入|划出|移交"
)
# 市教发〔2026〕12号, 《关于印发…的通知》: what names one document and no other
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[(（]\d{4}[〕\])）]\s?\d{1,5}\s?号")

_EMPTY = """
进一步 继续 加大 加强 强化 力度 协调 落实 要求 有序 稳步 扎实 积极 认真 全力 持续 推进 推动 开展
组织 实施 工作 任务 情况 确保 完成 顺利 正常 良好 取得 明显 显著 一定 成效 效果 成绩 高度 重视
领导 统筹 部署 安排 责任 措施 相关 有关 部门 单位 方案 计划 进度 序时 目标 年度 全年 目前 截至
阶段 各项 总体 全面 深入 严格 不断 切实 大力 提升 提高 水平 效率 客观 原因 人手 不足 不够 认识
有待 尽快 抓紧 缓慢 滞后 我局 我委 我办 按 照 已 的 和 了 正 在 将 均 都 并 抓 好 与 及 等 ， 。
、 ； ： ！ , . ; : !
"""
EMPTY_WORDS = tuple(_EMPTY.split())
"""What fits every task of every unit, and the marks between. No two of them overlap, so that a formula may count."""
_BARELY = 1
"""So many letters left over say nothing either."""


def is_empty_talk(text: str) -> bool:
    """Whether nothing is left of a text without the words that fit every task: 按要求有序推进各项工作."""
    words = _UNCOUNTED.sub("", text).strip(" ")
    left = len(words) - sum(len(word) * words.count(word) for word in EMPTY_WORDS)
    return bool(words) and left <= _BARELY


_BRACKETS = str.maketrans("([)]", "〔〔〕〕")


def bare_text(text: str) -> str:
    """The letters, digits and characters of a text alone, for counting and for comparing."""
    return _SIGNS.sub("", even_width(text))


def points_back(text: str) -> bool:
    """Whether a text is nothing but 同上 or its like."""
    return _SAME.fullmatch(text.strip().rstrip("。.；;")) is not None


def points_to_attachment(text: str) -> bool:
    """Whether a text says little more than that the reader should look into an attachment."""
    return _ATTACHED.search(text) is not None and len(bare_text(text)) < 15


def placeholder_in(text: str) -> str:
    """A piece of a form that was left standing where something should have been written; else empty."""
    return _found(_PLACEHOLDER, text)


def vague_word_in(text: str) -> str:
    """A word for an amount in a text that names no figure at all; else empty."""
    text = _TITLE.sub("", text)
    if any(sign.isdigit() for sign in even_width(text)) or re.search(
        "[一二三四五六七八九十百千万]{1,5}[个家件次项场人名期份]", text
    ):
        return ""
    return _found(_VAGUE, text)


def marking_in(text: str) -> str:
    """A marking of secrecy or of internal use; else empty."""
    return _found(_MARKING, text)


def garbled_in(text: str) -> str:
    """Signs that no person typed; else empty."""
    return _found(_GARBLED, text)


def own_disk_in(text: str) -> str:
    """The beginning of a path on the writer's own computer; else empty."""
    return _found(_OWN_DISK, text)


def says_when(text: str) -> bool:
    """Whether a text names any time."""
    return _WHEN.search(text) is not None


def names_approval(text: str) -> bool:
    """Whether a text mentions who decided, or by which paper."""
    return _APPROVAL.search(text) is not None


def document_numbers(text: str) -> frozenset[str]:
    """The numbers of documents that a text names, in one width."""
    return frozenset(even_width(each).translate(_BRACKETS) for each in _DOCUMENT.findall(text))


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
