"""How official documents write their number and their date, for those who write and those who check them."""

import re

_OPEN, _CLOSE = "〔［\\[（(【〈﹝", "〕］\\]）)】〉﹞"
NUMBER_LIKE = re.compile(
    rf"[\u4e00-\u9fff、]{{1,20}}\s*[{_OPEN}]?\s*(?:20|19)?\d{{2}}\s*年?\s*[{_CLOSE}]?\s*第?\s*\d{{1,5}}\s*号"
)
"""Anything meant for a 发文字号, right or wrong: 澜知领办〔2026〕3号, 澜知领办[26]第03号."""
_NUMBER = re.compile(r"[\u4e00-\u9fff、]{1,20}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
DATE_LIKE = re.compile(
    r"[\d０-９〇零○OＯ一二三四五六七八九]{2,4}\s*[年./-]\s*[\d０-９一二三四五六七八九十元正]{1,3}\s*[月./-]"
    r"\s*[\d０-９一二三四五六七八九十]{1,3}\s*日?"
)
"""Anything meant for a 成文日期, right or wrong: 2026年12月1日, 2026年01月08日, 二〇二六年十二月一日."""
_DATE = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")


def number_fault(text: str) -> str:
    """What is wrong with a 发文字号, as a Chinese clause; empty when nothing is (GB/T 9704-2012, 7.2.5)."""
    if _NUMBER.fullmatch(text):
        return ""
    if not NUMBER_LIKE.fullmatch(text):
        return "认不出来"
    if re.search(r"[［\[（(【〈﹝]", text):
        return "年份应使用六角括号“〔〕”"
    if not re.search(r"〔(?:19|20)\d{2}〕", text):
        return "年份应标全称四位数，用六角括号“〔〕”括入"
    if "第" in text:
        return "序号前不加“第”字"
    if re.search(r"〕\s*0", text):
        return "序号不编虚位，“1”不写作“01”"
    return "字号中不应有空格"


def date_fault(text: str) -> str:
    """What is wrong with a 成文日期, as a Chinese clause; empty when nothing is (7.3.5.4)."""
    if _DATE.fullmatch(text):
        return ""
    if re.search(r"[一二三四五六七八九十〇○零OＯ]", text):
        return "没有用阿拉伯数字"
    if re.search(r"[０-９]", text):
        return "用了全角数字"
    if re.search(r"(?<!\d)0\d", text):
        return "月、日编了虚位，“1”不写作“01”"
    if not re.match(r"(?:19|20)\d{2}年", text):
        return "没有写全年份和“年、月、日”" if "年" in text else "没有写“年、月、日”"
    return "写法不规范"


_RUN_IN = re.compile(r"（[一二三四五六七八九十]{1,3}）[^，。；：]{2,20}。(?=.)")
"""A heading of the second level in front of its text: （一）佐证材料。能够证明…"""


def run_in_heading(text: str) -> str:
    """The heading of the second level with which a paragraph begins; empty when it has none (7.3.3)."""
    found = _RUN_IN.match(text)
    return found[0] if found else ""
