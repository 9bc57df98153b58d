"""A child that reads one file after another: whatever a file does to it, the next one is read as ever."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reporting.files.apart import ApartError, Child

PROGRAM = """
import os, sys, time
from reporting.files.apart import serve

def answers(question):
    if question == "dies":
        os.abort()
    if question == "hangs":
        time.sleep(60)
    if question == "swallows":
        bytearray(900 * 1024 * 1024)
    if question == "fails":
        raise LookupError("文件里的话")
    if question == "talks":
        print("不是回答的话")
        os.write(1, b"nor this")
    if question == "breaks off":
        yield "first", b"bytes"
        os.abort()
    for number in range(2):
        yield [question, number], bytes([number]) * number

serve(answers, 800 * 1024 * 1024)
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    (tmp_path / "fragile.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = Child("fragile", 2)
    yield made
    made.end()


def asked(child: Child, question: str) -> list[tuple[Any, bytes]]:
    return list(child.ask(question))


def whole(question: str) -> list[tuple[Any, bytes]]:
    return [([question, 0], b""), ([question, 1], b"\x01")]


def test_a_child_answers_one_question_after_another(child: Child) -> None:
    assert [asked(child, each) for each in ("甲", "talks", "乙")] == [whole("甲"), whole("talks"), whole("乙")]


@pytest.mark.parametrize(
    ("question", "too_long", "too_large", "said"),
    [
        ("dies", False, False, ""),
        ("hangs", True, False, ""),
        ("fails", False, False, "LookupError"),
        pytest.param(
            *("swallows", False, True, "MemoryError"),
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a child"),
        ),
    ],
)
def test_what_a_file_does_to_a_child_is_said_and_the_next_is_answered(
    child: Child, question: str, too_long: bool, too_large: bool, said: str
) -> None:
    assert asked(child, "甲") == whole("甲")
    with pytest.raises(ApartError) as raised:
        asked(child, question)
    assert (raised.value.too_long, raised.value.too_large, raised.value.said) == (too_long, too_large, said)
    assert asked(child, "乙") == whole("乙")


def test_what_was_answered_before_a_child_died_counts(child: Child) -> None:
    answers = child.ask("breaks off")
    assert next(answers) == ("first", b"bytes")
    with pytest.raises(ApartError):
        next(answers)


def test_a_question_that_was_left_open_does_not_answer_the_next(child: Child) -> None:
    left = child.ask("甲")
    assert next(left) == (["甲", 0], b"")
    child.leave()  # somebody stopped in the middle: this one must not wait for the next who asks
    assert asked(child, "乙") == whole("乙")
    child.leave()
    assert asked(Child("fragile", 2), "丙") == whole("丙")
