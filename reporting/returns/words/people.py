"""Who filled in a return, who checked it and how to call them, as people write it.

A number beside a name is the number; what cannot be dialled is asked about and kept as it was written.
"""

import re

from reporting.language.characters import as_seen, even_width, is_hollow
from reporting.language.units.people import SURNAMES
from reporting.model import Meaning

_NUMBER = re.compile(
    r"(?:[(]?0\d{2,3}[)]?[-\s]{0,3})?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|(?:[(]?0\d{2,3}[)]?[-\s]{0,3})?[2-9]\d{2,3}[-\s]?\d{4}(?!\d)"
)
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|-|\*|#)\d{1,6}")
_SAME = re.compile(r"[同与][上前]|同(?:填报人|审核人|左|右)|[〃″]")
_SIGN = re.compile(r"[(（]?见?(?:签字|签名|盖章|签章|手签|待签|姓名)[)）]?[:：]?")
_OFFICE = re.compile(r"\S{1,12}(?:科室?|处室?|股|室|办公室|部|局|委|中心|大队|支队|办|厅|组)")
_TITLE_ONLY = re.compile(r"\S(?:工|总|科|处|局|主任|科长|处长|局长|经理|老师|书记|队长|部长|股长|副?[主科处局]任?长?)")
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,15}(?:[、,，/和及 ]+[\u4e00-\u9fff·]{2,15}){0,4}|[A-Za-z .·]{3,40}")
_HOTLINE = re.compile(r"1\d{2,4}|12345|9\d{4}|400\d{7}")
_INSIDE = re.compile(r"内线|短号|小号|总机|座机号|内部")


def read_person(raw: str) -> Meaning:
    """The name in a cell for one."""
    text = as_seen(raw).strip()
    if is_hollow(text) or _SIGN.fullmatch(even_width(text)):
        return _asked(raw, "不是姓名")
    if _SAME.fullmatch(even_width(text)):
        return _asked(raw, "没有写姓名，可能与另一栏是同一人")
    name, number = split_number(text)
    bare = re.sub(r"[(（][^()（）]{0,20}[)）]", "", name).strip(" :：,，、")
    if not any(sign.isalpha() for sign in even_width(bare)):
        return _asked(raw, "不是姓名")
    if len(even_width(bare)) <= 4 and _TITLE_ONLY.fullmatch(even_width(bare)):
        return _asked(raw, "没有写全姓名")
    if _OFFICE.fullmatch(even_width(bare)) and not (len(bare) == 3 and bare[0] in SURNAMES):
        return _asked(raw, "是科室的名称")
    if number:
        return Meaning(name, "note", f"{name}、{number}", "姓名和电话写在一格")
    return Meaning(raw)


def split_number(text: str) -> tuple[str, str]:
    """A name and the telephone number that stands beside it; blank where there is none."""
    even = as_seen(text).translate(_HALF)
    match = _NUMBER.search(even)
    if match is None:
        return text.strip(), ""
    end = match.end()
    extension = _EXTENSION.match(even, end)
    end = extension.end() if extension else end
    name = re.sub(r"(?:联系)?(?:电话|手机)[:：]?", "", text[: match.start()] + text[end:])
    return name.strip(" \u3000:：,，、;；()（）-"), re.sub(r"\s", "", even[match.start() : end])


_HALF = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)} | dict.fromkeys(map(ord, "－—–‐"), "-")
_HALF |= {ord("（"): "(", ord("）"): ")", 0x3000: " "}


def read_phone(raw: str) -> Meaning:
    """The telephone number in a cell."""
    text = even_width(as_seen(raw)).translate(_HALF)
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"\d(?:\.\d+)?[Ee]\+?\d+", text):
        return _asked(raw, "已变成科学记数，号码不全")
    if _SAME.fullmatch(text) or not digits:
        return _asked(raw, "不是电话号码")
    if _INSIDE.search(text) or len(digits) < 7:
        return _asked(
            raw,
            "是内线或者短号，外面拨不通"
            if len(digits) > 3 and not _HOTLINE.fullmatch(digits)
            else "不像可以拨通的电话号码",
        )
    if _HOTLINE.fullmatch(digits):
        return _asked(raw, "是服务热线")
    if re.fullmatch(r"1[3-9]\d{8}", text):
        return _asked(raw, "可能是手机号少了一位")
    if re.fullmatch(r"1[3-9]\d{10,}", text):
        return _asked(raw, "可能是手机号多了几位")
    if re.fullmatch(r"[2-9]\d{9}", text) and text[:3] not in ("400", "800"):
        return Meaning(f"0{text}", "note", f"0{text}", "区号前少了 0")
    name = re.sub(
        r"[^\u4e00-\u9fff]", "", re.sub(r"[(（].*?[)）]|转|分机|带?传真|微信同号|办公|手机|电话|座机", "", text)
    )
    if len(name) > 1 and _NUMBER.search(text):
        return Meaning(raw, "note", raw, "姓名和电话写在一格")
    return Meaning(raw)


def _asked(raw: str, doubt: str) -> Meaning:
    return Meaning(raw, "confirm", raw, doubt)
