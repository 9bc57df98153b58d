"""What is said in English below (by reading, by typer), told as a Chinese sentence."""

import re
from collections.abc import Sequence

Sentences = Sequence[tuple[re.Pattern[str], str]]
"""What may be said, and how it is told; the groups of the expression fill the sentence."""


def first_match(table: Sentences, text: str) -> str | None:
    """The sentence of the first expression with which a text begins; None where there is none."""
    for pattern, sentence in table:
        match = pattern.match(text)
        if match:
            return sentence.format(*match.groups())
    return None
