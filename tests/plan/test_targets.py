"""Which numbers of a sentence are targets: sentences of plans of all kinds, each with what a careful clerk reports on.

``tests/samples/targets/sentences.txt`` has a sentence on a line and its targets, indented, on the lines below it; a
line without targets below is one whose numbers are something else. Headings stand above their group.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.model import Place, Target
from reporting.plan.reading.targets import read_targets

SENTENCES = Path(__file__).parent.parent / "samples" / "targets" / "sentences.txt"
TARGET = re.compile(r" {4}(?P<name>.+) (?P<op>growth>=|>=|<=|>|<|=) (?P<value>[\d.]+) (?P<unit>\S+)")


def sentences() -> Iterator[tuple[str, list[str]]]:
    """Every sentence with the lines of its targets."""
    for block in SENTENCES.read_text(encoding="utf-8").strip().split("\n\n"):
        _, *lines = block.split("\n")
        told: list[tuple[str, list[str]]] = []
        for line in lines:
            if line.startswith("    "):
                assert TARGET.fullmatch(line), line
                told[-1][1].append(line)
            else:
                told.append((line, []))
        yield from told


def as_line(target: Target) -> str:
    return f"    {target.name} {target.op} {target.value:.12g} {target.unit}"


@pytest.mark.parametrize(("sentence", "lines"), sentences())
def test_the_targets_of_a_sentence(sentence: str, lines: list[str]) -> None:
    assert [as_line(target) for target in read_targets(sentence, "1", Place())] == lines


def test_the_collection_is_large_and_has_sentences_without_targets() -> None:
    known = list(sentences())
    assert len(known) >= 200
    assert sum(not lines for _, lines in known) >= 30


@pytest.mark.parametrize("around", [("第一条 ", ""), ("一是", ""), ("", "要加强督促检查，确保落到实处。")])
def test_targets_stay_what_they_are_among_other_words(around: tuple[str, str]) -> None:
    before, after = around
    for sentence, lines in sentences():
        alone = [(t.op, t.value, t.unit) for t in read_targets(sentence, "1", Place())]
        among = [(t.op, t.value, t.unit) for t in read_targets(before + sentence + after, "1", Place())]
        assert among == alone, (sentence, lines)


PIECES = [
    "5家以上、",
    "5000万元以上的项目",
    "1小时响应、",
    "“5",
    "分别达到5%、",
    "等9座",
    "二十",
    "每个区",
    "由5个",
    "A率、",
]


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    text = (piece * 400)[:390] + "。"
    times = []
    for length in (20, 80):
        started = time.process_time()
        read_targets(text * length, "1", Place())
        times.append(time.process_time() - started)
    assert times[1] < 0.2 + 8 * times[0]
