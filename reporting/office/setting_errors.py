"""What is wrong in ``duban.toml`` as sentences: each wrong entry with its name in the file and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from reporting.language.likeness import meant, nearest
from reporting.office.settings import Settings

_SAYS = {
    "missing": "缺少这一项",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "string_type": "应为文字，两边加英文引号",
    "string_too_short": "不能留空",
    "bool_parsing": "只能写 true（是）或 false（否），不加引号",
    "bool_type": "只能写 true（是）或 false（否），不加引号",
    "date_type": "应为日期，如 2026-12-20，不加引号",
    "date_parsing": "应为日期，如 2026-12-20",
    "date_from_datetime_parsing": "应为日期，如 2026-12-20",
    "date_from_datetime_inexact": "应为日期，如 2026-12-20，不写钟点",
    "model_type": "应为一节，写作方括号中的名字，如 [dates]",
    "dict_type": '应写成花括号，如 {{ "3" = 2 }}',
    "finite_number": "应为数字",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
}
"""pydantic's kinds of error in the words of whoever edits the file."""
_MOST = 5
"""So many wrong entries are told at once."""


def explain_settings(error: ValidationError, file: str) -> str:
    """One sentence on the wrong entries of a settings file, misspelt names first.

    What is missing because its name was misspelt is not told again.
    """
    meant = [(*each["loc"][:-1], _nearest(each["loc"])) for each in error.errors() if _is_unknown(each)]
    found = sorted(
        (each for each in error.errors() if each["type"] != "missing" or each["loc"] not in meant),
        key=lambda each: not _is_unknown(each),
    )
    told = [f"{_name(each['loc']) or '日期'} 有误：{_says(each)}" for each in found[:_MOST]]
    more = f"；另有 {len(found) - _MOST} 处" if len(found) > _MOST else ""
    return f"{file} 中的 {'；'.join(told)}{more}。请改正后再运行。"


def _is_unknown(error: Mapping[str, Any]) -> bool:
    return bool(error["type"] == "extra_forbidden")


def _name(place: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in place)


def _says(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "value_error":  # a sentence of our own in settings.py
        return str(error["msg"]).removeprefix("Value error, ")
    if _is_unknown(error):
        return f"没有这一项，{meant(str(error['loc'][-1]), _names_at(error['loc'][:-1])) or '可能写错了名字'}"
    return _SAYS.get(kind, "写法不对").format_map(error.get("ctx", {}))


def _nearest(place: Sequence[int | str]) -> str:
    return next(iter(nearest(str(place[-1]), _names_at(place[:-1]))), "")


def _names_at(place: Sequence[int | str]) -> list[str]:
    """The names that may stand in a section of the file."""
    section: Any = Settings
    for part in place:
        section = section.model_fields[part].annotation if part in section.model_fields else None
        if not (isinstance(section, type) and issubclass(section, BaseModel)):
            return []
    return list(section.model_fields)
