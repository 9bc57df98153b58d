"""What CONTRIBUTING.md shows, section by section, as edits that can be made to a copy of the project.

A code block belongs to the file named in the line above it: a new one, or one that is added to below or
above a line of it, in place of one, or at its end.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_SECTION = re.compile(r"^### (.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^`(?P<file>[^`\n]+)`(?:, | \()(?P<how>new|at the end|below|above|in place of)\)?"
    r"(?: `(?P<line>[^`]+)`)?:\n\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COPIED = ("reporting", "templates", "examples", "tests", "cli.py", "pyproject.toml", "docs")


@dataclass(frozen=True, slots=True)
class Edit:
    """One block: the file, how it goes in, the line it goes by, and the text."""

    file: str
    how: str
    line: str
    text: str

    def make(self, root: Path) -> None:
        """Make the edit below a folder; the line it goes by must stand there once."""
        path = root / self.file
        if self.how == "new":
            assert not path.exists(), f"{self.file} is there already"
            path.write_text(self.text, encoding="utf-8")
            return
        source = path.read_text(encoding="utf-8")
        if self.how == "at the end":
            path.write_text(f"{source}\n{self.text}", encoding="utf-8")
            return
        line = f"{self.line}\n"
        assert source.count(f"\n{line}") == 1, f"{self.file}: “{self.line}” stands {source.count(line)} times"
        put = {"below": line + self.text, "above": self.text + line, "in place of": self.text}[self.how]
        path.write_text(source.replace(f"\n{line}", f"\n{put}"), encoding="utf-8")


def read_additions(document: Path) -> dict[str, tuple[Edit, ...]]:
    """The edits of each section that shows any, by its heading."""
    _, *parts = _SECTION.split(document.read_text(encoding="utf-8"))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    found = {
        heading: tuple(
            Edit(each["file"], each["how"], each["line"] or "", each["text"]) for each in _BLOCK.finditer(text)
        )
        for heading, text in sections.items()
    }
    return {heading: edits for heading, edits in found.items() if edits}


def _edit(block: re.Match[str]) -> Edit:
    return Edit(block["file"], block["how"], block["line"] or "", block["text"])


def copy_project(root: Path, copy: Path) -> None:
    """A copy of what the program and its tests are made of."""
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        else:
            shutil.copy2(source, copy / name)
