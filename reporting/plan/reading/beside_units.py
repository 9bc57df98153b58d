"""What stands beside the units of a task and is none: who is in charge, where it holds, what each unit does.

Kept in columns of its own in plan.xlsx: 责任领导, 责任科室, 适用范围, 分工说明.
"""

import re
from collections.abc import Iterable, Mapping

from reporting.language.characters import one_line

LEADER, SECTION, SCOPE, DUTIES = "leader", "section", "scope", "duties"

PLACES_OF_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (LEADER, re.compile(r"领导|责任人|负责人|负责同志|联系人|联络[员人]|电话|联系方式|专员")),
    (SECTION, re.compile(r"[科处股]室$")),
    (SCOPE, re.compile(r"(?:适用|实施|试点|推广|施行|覆盖|涉及)(?:范围|地区|区域|领域|单位)|^(?:范围|区域|地区)$")),
)
"""Which column keeps what stands behind a label; 分工说明 keeps all other, with its label."""

PLAIN = re.compile(
    r"(?:责任|牵头|分管|主管|包保|联系|[省市区县]级?){0,3}领导|责任人|负责人|(?:责任|承办|牵头)?[科处股]室"
    r"|(?:适用|实施|试点)(?:范围|地区|区域)"
)
"""Labels that say no more than the heading of the column."""


def place_remarks(remarks: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The words of each column of plan.xlsx for what stands beside the units, (label, words) each."""
    kept: dict[str, dict[str, None]] = {}
    for label, words in remarks:
        if not words.strip():
            continue
        column = next((name for name, pattern in PLACES_OF_LABELS if label and pattern.search(label)), DUTIES)
        plain = not label or (column != DUTIES and PLAIN.fullmatch(label))
        kept.setdefault(column, {})[one_line(words if plain else f"{label}：{words}")] = None
    return {column: "；".join(words) for column, words in kept.items()}


def is_kept_column(name: str) -> bool:
    """Whether a column of a table, which holds neither task nor unit, has a column of its own in plan.xlsx."""
    return any(pattern.search(name) for _, pattern in PLACES_OF_LABELS)
