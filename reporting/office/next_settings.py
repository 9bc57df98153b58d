"""Moving ``duban.toml`` on to the next year: the year and the three dates, every other sign as it stands."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

from reporting.model.findings import DubanError

_TABLE = re.compile(r"\s{0,20}\[([^\[\]]{1,40})\]")
_YEAR = re.compile(r"(\s{0,20}year\s{0,20}=\s{0,20})(\d{4})(?!\d)")
_DATE = re.compile(r"(\s{0,20}(?:issue|due|data_as_of)\s{0,20}=\s{0,20})(\d{4}-\d\d-\d\d)(?!\d)")


def settings_of_next_year(path: Path) -> bytes:
    """What ``duban.toml`` says a year later; see ``next_year``. The file has been read as settings before."""
    return next_year(path.read_bytes().decode("utf-8-sig"), path.name).encode()


def next_year(text: str, file: str) -> str:
    """The settings of the next year: ``year`` and the ``[dates]`` one year later.

    Raises ``DubanError`` where the file is written in a way that leaves it unclear which words to change.
    """
    table, moved = "", ""
    for line in text.splitlines(keepends=True):
        if heading := _TABLE.match(line):
            table = heading[1].strip()
        moved += _moved(line, table)
    if not _is_moved(tomllib.loads(text), tomllib.loads(moved)):
        raise DubanError(
            f"{file} 中的 year 和 [dates] 没有按“名称 = 内容”一行一项来写，无法自动改为下一年度。"
            "请照 init 生成的样子改写后再运行。"
        )
    return moved


def _moved(line: str, table: str) -> str:
    if not table and (year := _YEAR.match(line)):
        return f"{year[1]}{int(year[2]) + 1}{line[year.end() :]}"
    if table == "dates" and (day := _DATE.match(line)):
        return f"{day[1]}{year_later(date.fromisoformat(day[2]))}{line[day.end() :]}"
    return line


def year_later(day: date) -> date:
    """The same day a year later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day + timedelta(days=1)).replace(year=day.year + 1) - timedelta(days=1)


def _is_moved(before: dict[str, object], after: dict[str, object]) -> bool:
    """Whether exactly the year and the dates moved on."""
    year, dates = before.get("year"), before.get("dates")
    if not isinstance(year, int) or not isinstance(dates, dict):
        return False
    later = {key: year_later(day) if isinstance(day, date) else day for key, day in dates.items()}
    return after == before | {"year": year + 1, "dates": later}
