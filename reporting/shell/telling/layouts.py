"""What is said of a document's layout, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.markup import escape

from reporting.shell.telling.screen import console, say, tell_notes

if TYPE_CHECKING:
    from pathlib import Path

    from reporting.documents.standard import Judged

_SHOWN = 3
"""So many faults of one clause are told in full."""
_COLOURS = {"通过": "green", "不通过": "red", "须人工核对": "yellow"}


def tell_layout(path: Path, every: Sequence[Judged], lacking: Sequence[str]) -> None:
    """A table of number, name and state; under each clause what is wrong, or what is to be looked at."""
    say(f"版面检查（GB/T 9704-2012）：{path.name}")
    say(f"  {_wide('条款', 12)}{_wide('项目', 22)}结果")
    for each in every:
        place = escape(_wide(each.clause.number, 12) + _wide(each.clause.name, 22))
        console.print(f"  {place}[{_COLOURS[each.state]}]{each.state}[/]", soft_wrap=True)
        for sentence in _sentences(each):
            say(f"      {sentence}")
    counts = "，".join(f"{state} {sum(each.state == state for each in every)}" for state in _COLOURS)
    say(f"共 {len(every)} 条：{counts}。")
    if lacking:
        tell_notes([f"本机没有安装这份文档用的字体：{'、'.join(lacking)}。打开和打印时会用其他字体代替。"])


def _wide(text: str, cells: int) -> str:
    """A text filled up to a width; a hanzi takes two cells."""
    return set_cell_size(text, cells)


def _sentences(judged: Judged) -> Iterator[str]:
    for fault in judged.faults[:_SHOWN]:
        yield f"{fault.where}：{fault.what}。{fault.remedy}。"
    if len(judged.faults) > _SHOWN:
        yield f"另有 {len(judged.faults) - _SHOWN} 处。"
    if not judged.faults:
        yield from dict.fromkeys(look.says for look in judged.looks)
