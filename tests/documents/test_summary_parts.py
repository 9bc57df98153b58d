"""How much of a unit's words the summary quotes, and which of its sentences are requests."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from reporting.documents.excerpts import excerpt, sentences
from reporting.documents.summary.proposals import requests
from reporting.language.wording import split_paragraphs
from reporting.office.settings import Quotes

TEXT = "印发办法（试行）。培训教师215人！\n编印读本两册；开课58所。\n下一步继续推进。"

QUOTED = [
    pytest.param(Quotes(limit=0), TEXT, id="all of it"),
    pytest.param(Quotes(quote="paragraph"), "印发办法（试行）。培训教师215人！", id="the first paragraph"),
    pytest.param(Quotes(quote="sentence"), "印发办法（试行）。", id="the first sentence"),
    pytest.param(Quotes(limit=20), "印发办法（试行）。培训教师215人！", id="whole sentences within a bound"),
    pytest.param(Quotes(limit=3), "印发办法（试行）。", id="a first sentence is never cut"),
]


@pytest.mark.parametrize(("rules", "shown"), QUOTED)
def test_a_text_is_quoted_by_the_rules_of_the_office(rules: Quotes, shown: str) -> None:
    assert excerpt(TEXT, rules) == shown


@given(st.text(alphabet="一二。！；”）a1 \n", max_size=80), st.integers(0, 60))
@example("。。。。。。", 3)
def test_what_is_quoted_begins_the_text_and_ends_behind_a_sentence(text: str, limit: int) -> None:
    whole = "\n".join(split_paragraphs(text))
    shown = excerpt(text, Quotes(limit=limit))
    assert whole.startswith(shown)
    ends = {0, len(whole)}
    at = 0
    for line in whole.split("\n"):
        for each in sentences(line):
            at += len(each)
            ends.add(at)
        at += 1
    assert len(shown) in ends
    assert bool(shown) == bool(whole)


@given(st.text(max_size=200))
def test_sentences_of_a_paragraph_put_together_are_the_paragraph(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_the_words_of_duban_toml_are_chinese_or_english() -> None:
    assert Quotes.model_validate({"quote": "首段"}).quote == "paragraph"
    assert Quotes.model_validate({"quote": "sentence"}).quote == "sentence"
    with pytest.raises(ValidationError, match="引用方式只能写“全文”、“首段”、“首句”，现为“一半”"):
        Quotes.model_validate({"quote": "一半"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("场地未落实，建议由市里统筹安排。正在选址。", ["场地未落实，建议由市里统筹安排。"]),
        ("需市政府协调解决用地指标。", ["需市政府协调解决用地指标。"]),
        ("恳请上级支持经费。\n建议增加编制。", ["恳请上级支持经费。", "建议增加编制。"]),
        ("希望领导小组办公室统一口径。", ["希望领导小组办公室统一口径。"]),
        ("收到意见建议84条、采纳51条。", []),
        ("制发检察建议11份，提出建议5条。", []),
        ("建议书已送达。力争提请市政府常务会议审议。", []),
        ("", []),
    ],
)
def test_a_request_is_told_from_other_sentences(text: str, found: list[str]) -> None:
    assert requests(text) == found
