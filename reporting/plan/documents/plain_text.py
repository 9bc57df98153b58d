"""A text file → Lines."""

import re
from pathlib import Path

from reporting.model import Line
from reporting.plan.documents.parts import decode_bounded, lines

_LINE_END = re.compile("\r\n|[\r\f\x85\u2028\u2029]")


def read_plain_text(path: Path, content: bytes) -> list[Line]:
    """A text file, line by line."""
    return lines(path, split_text(path, content))


def split_text(path: Path, content: bytes) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _LINE_END.sub("\n", decode_bounded(path, content)).split("\n")
