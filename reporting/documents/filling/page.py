"""Fills the template of the page (看板) and gives the finished HTML as bytes.

The page stands alone: its own policy forbids it to fetch anything, and allows only the very styles and the
very script that stand in the template. So nothing that a department wrote can act, not even where an office's
own template prints it in a wrong place.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from reporting.documents.filling.marks import Compiled, TemplateError, clean, compare_names, fill_marks, read_marks
from reporting.files.disk import read_file

POLICY = "policy"
"""The name under which the template prints the page's policy (Content-Security-Policy)."""
_BLOCK = re.compile(r"<(style|script)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
"""A block of styles or a script: <style>p { margin: 0 }</style>."""
_MARK = re.compile(r"\{[{%#]")


def fill_page(template: Path, context: Mapping[str, object]) -> bytes:
    """Fill the template with the context; every top-level name of the context must be printed by it.

    Raises ``DubanError`` with a sentence for the coordinator when the template cannot be used.
    """
    marked, policy = _read(template)
    given = {name: clean(value) for name, value in context.items()} | {POLICY: policy}
    compare_names(template.name, marked.names, frozenset(given))
    return fill_marks(template.name, marked.text, given).encode()


def examine_page(template: Path, pattern: Path) -> str:
    """Lay an office's template beside the one that came with the program, before a report needs it.

    Gives nothing when it can be used; raises ``DubanError`` with a sentence when it cannot.
    """
    compare_names(template.name, _read(template)[0].names, _read(pattern)[0].names)
    return ""


def _read(template: Path) -> tuple[Compiled, str]:
    """The template with its marks, and the policy that goes with its styles and script."""
    data = read_file(template, "找不到或无法读取页面模板“{path}”。请恢复该文件后再运行。")
    try:
        source = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        what = "不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码，或恢复原模板。"
        raise TemplateError(template.name, what) from error
    policy = _policy(template.name, source)  # first, since it knows what is wrong with a mark in a style
    return read_marks(template.name, source, lambda line: f"第{line}行", tidy=True), policy


def _policy(template: str, source: str) -> str:
    """What the page may do: show itself, with the styles and the script of the template as they stand."""
    hashes: dict[str, list[str]] = {"style": [], "script": []}
    for name, block in _BLOCK.findall(source):
        if _MARK.search(block):
            what = f"的 <{name}> 中不能使用 {{{{ }}}} 或 {{% %}} 标记。请把标记移出来，或恢复原模板。"
            raise TemplateError(template, what)
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        hashes[name.lower()].append(f"'sha256-{digest}'")
    allowed = [f"{name}-src {' '.join(found)}" for name, found in hashes.items() if found]
    return "; ".join(["default-src 'none'", "img-src data:", *allowed, "base-uri 'none'", "form-action 'none'"])
