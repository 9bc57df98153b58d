"""A text or Markdown file → Lines."""

import re
from pathlib import Path

from reporting.model import Line
from reporting.plan.documents.parts import decode, lines

_LINE_END = re.compile("\r\n|[\r\f\x85\u2028\u2029]")


def read_plain_text(path: Path, content: bytes) -> list[Line]:
    """A text or Markdown file, line by line."""
    texts = _LINE_END.sub("\n", decode(path, content)).split("\n")
    if path.suffix.lower() in {".md", ".markdown"}:
        texts = [_plain_markdown(line) for line in texts]
    return lines(path, texts)


def _plain_markdown(line: str) -> str:
    """## 一、重点任务 and **1. 任务** without their marks; a numbered list keeps its numbers."""
    plain = line.replace("**", "").replace("__", "")
    return plain if plain.lstrip().startswith("|") else plain.lstrip("#> ")
