"""How much of a unit's words the body of a document quotes (引用), by rules the office sets.

Whatever is left out of the body stands whole in an annex, and the body says so.
"""

import re

from reporting.language.wording import split_paragraphs
from reporting.office.settings import Quotes

_SENTENCE = re.compile(r"[^。！？；!?;]{1,4000}[。！？；!?;”’）)]{0,4}|[。！？；!?;]{1,4}")
"""A sentence with the marks that end it: 印发办法（试行）。 and then the next."""


def excerpt(text: str, rules: Quotes) -> str:
    """The part of a text that the body quotes: all of it, its first paragraph, or its first sentence.

    What is longer than ``rules.limit`` characters ends behind the last sentence that fits; a first sentence
    that does not fit is never cut.
    """
    listed = split_paragraphs(text)
    kept = listed[:1] if rules.quote != "whole" else listed
    if rules.quote == "sentence" and kept:
        kept = tuple(sentences(kept[0])[:1])
    return _within("\n".join(kept), rules.limit) if rules.limit else "\n".join(kept)


def sentences(text: str) -> list[str]:
    """A paragraph cut behind each sentence; joined, the sentences are the paragraph."""
    return _SENTENCE.findall(text) or [text]


def _within(text: str, limit: int) -> str:
    """As many whole sentences as fit, and one at least."""
    kept = ""
    for line in text.split("\n"):
        for each in sentences(line):
            added = kept + each
            if kept and len(added) > limit:
                return kept.rstrip("\n")
            kept = added
        kept += "\n"
    return kept.rstrip("\n")
