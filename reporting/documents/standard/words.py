"""Punctuation and numerals that a program can tell (GB/T 15834-2011 and GB/T 15835-2011).

Only the running text is looked at: tables may be terse, and what stands there was written by others.
"""

import re
from collections.abc import Iterator

from reporting.documents.standard import Clause, Fault, Remark, where
from reporting.documents.standard.document import Paragraph
from reporting.documents.standard.parts import LEVELS, Official

Pattern = re.Pattern[str]
_H = "\u4e00-\u9fff"
_MARKS: tuple[tuple[Pattern, str, str], ...] = (
    (re.compile(rf"[{_H}”》）][,;?!][{_H}“《（]|[{_H}][,;:?!]$"), "中文里用了半角标点", "请改为全角标点"),
    (re.compile(rf"[{_H}]\.$|[{_H}]\.[{_H}]"), "用“.”代替句号或间隔", "请改为“。”"),
    (re.compile(rf"\((?=[^()]{{0,60}}[{_H}])[^()]{{1,60}}\)"), "中文用了半角括号", "请改为全角括号“（）”"),
    (re.compile(rf"[{_H}]\"|\"[{_H}]"), "用了直引号", "请改为“”"),
    (re.compile(r"。{2,}|，{2,}|；{2,}|、{2,}|[，、；：]。|。[，、；]"), "标点重复", "请删去多余的标点"),
    (re.compile(rf"\.{{3,}}|。{{3,}}|(?<!…)…(?!…)(?=[{_H}])"), "省略号写法不对", "请写成“……”"),
    (re.compile(rf"[{_H}]--+[{_H}]"), "破折号写法不对", "请写成“——”"),
    (re.compile(r"(?<=》)、(?=《)|(?<=”)、(?=“)"), "并列的书名号、引号之间用了顿号", "请删去顿号"),
    (re.compile(r"第[一二三四五六七八九十]、|(?:首先|其次|最后)、"), "“第一”“首先”后面用了顿号", "请改为逗号"),
)
_NUMERALS: tuple[tuple[Pattern, str, str], ...] = (
    (re.compile(r"[０-９]"), "用了全角数字", "请改为半角阿拉伯数字"),
    (re.compile(r"％"), "用了全角百分号", "请改为“%”"),
    (
        re.compile(r"(?<![\d.])\d+(?:\.\d+)?\s*[~～\-—至]\s*\d+(?:\.\d+)?%"),
        "百分数的范围，前一个数没有写“%”",
        "请写成“63%~68%”",
    ),
    (
        re.compile(r"(?:约|大约|近|超过?)\s*\d[\d.,]*\s*[万亿]?[^\d，。；、）]{0,3}(?:左右|上下|以上|多(?=[^\d]))"),
        "概数重复表示",
        "“约”“近”“超”与“左右”“以上”只留一个",
    ),
    (
        re.compile(r"[二〇零○oOＯ一三四五六七八九]{2,3}[oOＯ○零][一二三四五六七八九〇零○oOＯ]?年"),
        "年份的“〇”写法不对",
        "请改为“〇”或用阿拉伯数字",
    ),
    (re.compile(r"(?<![\d年])['’]?\d{2}年(?:度)?(?:\d{1,2}月|底|初)"), "年份简写为两位", "请写全四位年份"),
    (
        re.compile(r"(?:19|20)\d{2}[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])(?!\d)"),
        "日期没有写“年、月、日”",
        "请写成“2026年12月1日”",
    ),
    (re.compile(r"\d年0\d月|月0\d日"), "月、日编了虚位", "“01”应写作“1”"),
    (
        re.compile(rf"[{_H}]{{1,8}}[\[［(（【〈]\s*(?:19|20)\d{{2}}\s*[\]］)）】〉]\s*第?\s*\d{{1,5}}号"),
        "引用的发文字号没有用六角括号",
        "请写成“〔2026〕”",
    ),
)
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "〈": "〉"}


def _found(official: Official, patterns: tuple[tuple[Pattern, str, str], ...]) -> Iterator[Remark]:
    for each in _texts(official):
        markers = (found.end() for form in LEVELS if (found := form.match(each.text)))
        text = each.text[next(markers, 0) :]
        for pattern, what, remedy in patterns:
            found = pattern.search(text)
            if found:
                around = text[max(found.start() - 4, 0) : found.end() + 4].replace("\n", "")
                yield Fault(where(each), f"{what}：“{around}”", remedy)


def _texts(official: Official) -> tuple[Paragraph, ...]:
    return (*official.title, *official.prose, *official.annex_notes)


def _pairs(official: Official) -> Iterator[Remark]:
    """Brackets and quotation marks that open are closed, in the same paragraph."""
    for each in _texts(official):
        open_ones: list[str] = []
        for char in each.text:
            if char in _PAIRS:
                open_ones.append(char)
            elif char in _PAIRS.values() and not (open_ones and _PAIRS[open_ones.pop()] == char):
                yield Fault(where(each), f"“{char}”没有与它成对的前半", "请补全成对的标点")
                open_ones.clear()
                break
        if open_ones:
            yield Fault(where(each), f"“{open_ones[-1]}”没有与它成对的后半", "请补全成对的标点")


CLAUSES = (
    Clause("GB/T 15834", "标点", lambda official: _found(official, _MARKS)),
    Clause("GB/T 15834", "成对标点", _pairs),
    Clause("GB/T 15835", "数字", lambda official: _found(official, _NUMERALS)),
)
