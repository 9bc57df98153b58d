"""The office's own TOML files read into models; what is wrong in one as a sentence that names the place."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from reporting.language.likeness import meant, nearest
from reporting.model.findings import DubanError

_SAYS = {
    "missing": "缺少这一项",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "应为整数"),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), "应为数字"),
    "string_type": "应为文字，两边加英文引号",
    "string_too_short": "不能留空",
    **dict.fromkeys(("bool_parsing", "bool_type"), "只能写 true（是）或 false（否），不加引号"),
    "date_type": "应为日期，如 2026-12-20，不加引号",
    **dict.fromkeys(("date_parsing", "date_from_datetime_parsing"), "应为日期，如 2026-12-20"),
    "date_from_datetime_inexact": "应为日期，如 2026-12-20，不写钟点",
    "model_type": "应为一节，写作方括号中的名字，如 [dates]",
    "dict_type": '应写成花括号，如 {{ "3" = 2 }}',
    "literal_error": "只能写 {expected}",
    "string_pattern_mismatch": "写法不符合 {pattern}",
    "tuple_type": "应写成列表 [ ]",
    "too_short": "至少要有一项",
    "greater_than": "应大于 {gt:g}",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
}
"""pydantic's kinds of error in the words of whoever edits the file."""
_MOST = 5
"""So many wrong entries are told at once."""
_TOML_LINE = re.compile(r"at line (\d+), column (\d+)")
_Model = TypeVar("_Model", bound=BaseModel)


def parse_toml(text: str, file: str) -> dict[str, object]:
    """The words of a TOML file; raises ``DubanError`` saying where it breaks off."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        where = f"第 {found[1]} 行第 {found[2]} 个字符附近" if found else "文件末尾"
        raise DubanError(f"{file} 格式有误，在{where}。请检查等号、引号和方括号，改正后再运行。") from error


def read_as(model: type[_Model], words: Mapping[str, object], file: str) -> _Model:
    """What a file says as a model; raises ``DubanError`` with one sentence on the wrong entries.

    Misspelt names are told first, and what is missing because its name was misspelt is not told again.
    """
    try:
        return model.model_validate(words)
    except ValidationError as error:
        errors = error.errors()
    unknown = [each["loc"] for each in errors if _is_unknown(each)]
    right = [(*loc[:-1], next(iter(nearest(str(loc[-1]), _names_at(model, loc))), "")) for loc in unknown]
    found = sorted(
        (each for each in errors if each["type"] != "missing" or each["loc"] not in right),
        key=lambda each: not _is_unknown(each),
    )
    told = [f"{_name(each['loc'])} 有误：{_says(model, each)}" for each in found[:_MOST]]
    more = f"；另有 {len(found) - _MOST} 处" if len(found) > _MOST else ""
    raise DubanError(f"{file} 中的 {'；'.join(told)}{more}。请改正后再运行。")


def _is_unknown(error: Mapping[str, Any]) -> bool:
    return bool(error["type"] == "extra_forbidden")


def _name(place: Sequence[int | str]) -> str:
    """A place as it is found in the file: what stands in a list by its number, from 1 on."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in place) or "整体"


def _says(model: type[BaseModel], error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "value_error":  # a sentence of our own
        return str(error["msg"]).removeprefix("Value error, ")
    if _is_unknown(error):
        near = meant(str(error["loc"][-1]), _names_at(model, error["loc"]))
        return f"没有这一项，{near or '可能写错了名字'}"
    return _SAYS.get(kind, "写法不对").format_map(error.get("ctx", {})).replace(" or ", " 或 ")


def _names_at(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """The names that may stand in the section in which an entry stands."""
    section: Any = model
    for part in place[:-1]:
        if isinstance(part, int):
            section = next(iter(get_args(section)), None)
        else:
            section = section.model_fields[part].annotation if part in section.model_fields else None
        if not (get_args(section) or (isinstance(section, type) and issubclass(section, BaseModel))):
            return []
    return list(getattr(section, "model_fields", ()))
