"""Records as plain data: the same again, and nothing but what was agreed on."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from reporting import model
from reporting.files.plain import Plain, PlainError, records_in
from reporting.model import Cell, Place, Role, Row, Unread

PLAIN = Plain(records_in(model))

VALUES = (
    *("", "1-1 的“文本”\n\U00020000\ud83d", 0, -1, 12345678901234567890, 0.1, True, False, None, Unread.UNREADABLE),
    *(date(2026, 12, 1), datetime(2026, 12, 1, 8, 30), Role.LEAD, b"\x00\xff", Path("甲/乙")),
    *((), (1, (2, [3, ()])), frozenset({"a", "b"}), {("表", 1, 2): {"x": None}}),
    Row("1", {"status": Cell("已完成", date(2026, 12, 1), Place("a.xlsx", "任务填报", 7, 8))}, Place("a.xlsx")),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda each: str(type(each).__name__))
def test_a_value_is_the_same_again(value: Any) -> None:
    again = PLAIN.unpack(json.loads(json.dumps(PLAIN.pack(value))))
    assert again == value
    assert type(again) is type(value)


def test_a_class_that_was_not_agreed_on_is_not_packed() -> None:
    with pytest.raises(TypeError, match="Plain is no record"):
        PLAIN.pack((PLAIN,))


@pytest.mark.parametrize(
    "plain", [[99, "x"], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [], [None], ["os.system", "true"], [-99, 1], [-5, 1]], ids=repr
)
def test_what_nothing_was_packed_into_is_refused(plain: Any) -> None:
    with pytest.raises(PlainError):
        PLAIN.unpack(plain)
