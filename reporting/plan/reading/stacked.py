"""Tables copied with one cell a line: headings one below the other, then the cells of the rows."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.model import Line, Place
from reporting.plan.notations import Field
from reporting.plan.notations.headings import LONGEST, PROSE, heads_tasks, read_heading, read_headings
from reporting.plan.reading.flattened import NUMBER, SECTION, Piece, goes_on, kind_of, lay_out
from reporting.plan.reading.pages import is_marked_page_number
from reporting.plan.reading.text import BREAK

TAILS = ("单位", "部门", "时限", "时间", "领导", "任务", "内容", "措施", "科室", "处室", "目标", "事项")
"""Ends of headings that may stand on a line of their own."""


def field_below(words: str) -> Field | None:
    """What stands below a heading."""
    return read_heading(words).field


def from_cells(lines: Sequence[Line], unsure: dict[Place, bool]) -> list[Line]:
    """Headings one below the other, then the cells of the rows; ``unsure`` learns of units in doubt."""
    filled = [line for line in map(_bare_cell, lines) if line.text]
    blocks = [line for line in map(_bare_cell, _joined_blocks(lines)) if line.text]
    start, after, names = _stacked_headings(blocks)
    if names:
        filled = blocks
    else:
        start, after, names = _stacked_headings(filled)
    if not names:
        return list(lines)
    fields = [heading.field for heading in read_headings(names)]
    if any("\t" in line.text for line in filled[after:]):
        return list(lines)
    body = [line for line in filled[after:] if not is_marked_page_number(line.text)]
    if Field.NUMBER not in fields and sum(NUMBER.match(line.text) is not None for line in body) > 1:
        at = fields.index(Field.CONTENT, 1) if Field.CONTENT in fields[1:] else 0
        fields.insert(at, Field.NUMBER)
        names.insert(at, "序号")
    body = _with_ends(_without_headings(body, names))
    rows, cost = lay_out([line.text for line in body], read_headings(names))
    if cost >= 0:
        return list(lines)
    done = [*filled[:start], replace(filled[start], text="\t".join(names))]
    last = max(index for index, row in enumerate(rows) if row.cells)
    for index, row in enumerate(rows):
        line = body[row.first]
        if row.cells:
            unsure[line.place] = row.unsure
            done.append(replace(line, text="\t".join(row.cells)))
        elif index < last and SECTION.match(line.text):
            done.append(replace(line, text=line.text + "\t\t"))
        else:
            done.append(line)
    return done


def _joined_blocks(lines: Sequence[Line]) -> list[Line]:
    """Where blank lines part the cells, the lines between two of them are one cell."""
    blocks: list[Line] = []
    goes_on = False
    for line in lines:
        if not line.text.strip(" \u3000\xa0|｜\t"):
            goes_on = False
        elif goes_on and "\t" not in line.text:
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}{BREAK}{line.text.strip()}")
        else:
            blocks.append(line)
            goes_on = "\t" not in line.text
    return blocks


def _with_ends(body: Sequence[Line]) -> list[Line]:
    """The cells with the end of a name that stands on a line of its own put back."""
    whole: list[Line] = []
    for line in body:
        if whole and goes_on(line.text, whole[-1].text):
            whole[-1] = replace(whole[-1], text=whole[-1].text + line.text)
        else:
            whole.append(line)
    return whole


def _without_headings(body: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """The cells without the headings that stand again on top of each page."""
    kept: list[Line] = []
    index = 0
    while index < len(body):
        again = [line.text for line in body[index : index + len(names)]] == list(names)
        if not again:
            kept.append(body[index])
        index += len(names) if again else 1
    return kept


def _bare_cell(line: Line) -> Line:
    """A line without the bar that parted its cell from the next."""
    return replace(line, text=line.text.strip(" \u3000\xa0|｜"))


def _stacked_headings(lines: Sequence[Line]) -> tuple[int, int, list[str]]:
    """Where headings stand one below the other, the line after them, and their words."""
    for start, line in enumerate(lines):
        first = field_below(line.text[:40])
        if first is None or "\t" in line.text:
            continue
        end = _end_of_headings(lines, start, first)
        names = _whole_headings([line.text for line in lines[start:end]])
        if len(names) >= 2 and heads_tasks(names) and not _is_titled(names):
            return start, end, names
    return 0, 0, []


def _end_of_headings(lines: Sequence[Line], start: int, first: Field) -> int:
    """Headings after 序号 go on to the first number, known or not; others as far as they are known."""
    if first is Field.NUMBER:
        for end in range(start + 1, min(start + 20, len(lines))):
            if NUMBER.match(lines[end].text) or SECTION.match(lines[end].text):
                return end
            if len(lines[end].text) > LONGEST + 8 or PROSE.search(lines[end].text):
                break
    end = start
    while end < min(start + 20, len(lines)) and (
        field_below(lines[end].text[:40]) is not None
        or field_below("".join(line.text for line in lines[end : end + 2])) is not None
    ):
        end += 1
    for more in range(end, min(end + 3, len(lines) - 1)):
        if len(lines[more].text) > 8 or PROSE.search(lines[more].text) or kind_of(lines[more].text) is not Piece.WORDS:
            break
        if NUMBER.match(lines[more + 1].text):
            return more + 1
    return end


def _whole_headings(pieces: Sequence[str]) -> list[str]:
    """Headings broken over two lines are put together: 牵头 + 单位."""
    names: list[str] = []
    for piece in pieces:
        if (
            names
            and len(piece) < 5
            and field_below(names[-1] + piece)
            and (field_below(piece) is None or piece in TAILS)
        ):
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _is_titled(names: Sequence[str]) -> bool:
    """A title above the headings may end as a heading does: 重点任务, 序号, 工作内容."""
    fields = [field_below(name) for name in names]
    return fields[0] is Field.CONTENT and fields[1] is Field.NUMBER and Field.CONTENT in fields[2:]
