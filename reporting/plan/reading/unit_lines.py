"""Units that stand on a line before the points or the words they are to do: 市教育局：, 市教育局：负责…."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.language.units import is_area, is_firm, looks_like_unit, rank_of, read_units, split_units
from reporting.model import Line
from reporting.plan.reading.markers import Marker, MarkerKind, find_marker
from reporting.plan.reading.predicates import AREA_WORDS

UNIT_LINE = MarkerKind("unit", 0, re.compile(r"(?!)"), "市教育局：")
"""A heading that has no number: its units stand for one. Its rank depends on what it heads."""

HEAD = re.compile(r"^(?P<units>[^：:。；，,0-9]{3,40})(?:[：:] ?(?P<rest>.*)|$)", re.S)


def units_of_heading(text: str) -> tuple[str, ...]:
    """The units that are all a heading says: 一、市教育局（牵头单位）, 市教育局牵头工作（8项）, 各乡镇（街道）."""
    words = OF_UNIT.sub("", re.sub(r"[(（](?!街道|镇|乡|社区|园区|管委会).{1,8}[)）]$", "", text.strip("。；;：: ")))
    names = split_units(words) if 3 <= len(words) <= 40 else ()
    sure = all((is_firm(name) and (rank_of(name) or name[0] == "各")) or EVERY_AREA.fullmatch(name) for name in names)
    return names if sure else ()


OF_UNIT = re.compile(
    r"(?:(?:牵头|主办|承办|负责|承担)(?:落实|办理|的)?|的|主要|重点)?(?:工作|任务|事项|职责|项目|实事){1,2}$"
)
"""What a heading adds to the unit whose tasks stand below it: 市教育局「牵头工作」."""

EVERY_AREA = re.compile(r"各(?:有关|相关)?[县市区乡镇街道、和及]{1,8}(?:[(（](?:街道|镇|乡|社区|园区|管委会)[)）])?")
"""All areas of a kind, which stand for their governments: 各乡镇（街道）."""


def unit_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines that only name units above numbered points (市教育局：1.…) apart from what they head."""
    heads = [_parted(line) for line in lines]
    following = [*lines[1:], Line("", lines[-1].place)] if lines else []
    known = [
        head is not None and _counts(head[1] or after.text, colon=line.text != head[0])
        for line, head, after in zip(lines, heads, following, strict=True)
    ]
    if sum(known) < 2:
        return list(lines)
    parted: list[Line] = []
    for line, head, whole in zip(lines, heads, known, strict=True):
        if head and whole:
            parted.append(replace(line, text=f"{head[0]}："))
            parted.extend([replace(line, text=head[1])] if head[1] else [])
        else:
            parted.append(line)
    return parted


def _counts(text: str, *, colon: bool) -> bool:
    """Whether numbered points begin here; without a colon the first must be number one."""
    marker = find_marker(text)
    return marker is not None and (colon or marker.value == 1)


def _parted(line: Line) -> tuple[str, str] | None:
    match = HEAD.match(line.text[:4000]) if find_marker(line.text) is None else None
    if match is None or not units_of_heading(match.group("units")):
        return None
    return match.group("units"), (match.group("rest") or "") + line.text[4000:]


def unit_markers(lines: Sequence[Line]) -> dict[int, Marker]:
    """Markers for lines that head numbered points with nothing but units, by their place in the list."""
    found: dict[int, Marker] = {}
    for index, (line, after) in enumerate(pairwise(lines)):
        below = find_marker(after.text)
        units = units_of_heading(line.text) if below and line.text.endswith("：") else ()
        if below is None or not units:
            continue
        kind = replace(UNIT_LINE, rank=below.kind.rank - 0.25)
        found[index] = Marker(kind, "", units[0])
    return found if len(found) > 1 else {}


# A unit as the label of what it has to do


LABEL = re.compile(
    r"(?P<units>[^：:。；;！？“”《》]{2,120}?)(?:[：:]|(?<=[\u4e00-\u9fff)）])"
    r"(?:。| (?=负责|牵头|承担|做好|组织|指导|协助|配合|统筹)))"
    r"(?P<rest>.{6,})",
    re.S,
)
"""市教育局：负责…, （一）市教育局。组织…, 市教育局 负责…."""

UNIT_LABEL = MarkerKind("unit label", 20, re.compile(r"(?!)"), "市教育局：负责…")
"""A line without a number whose label is a unit; it stands below everything numbered."""


def part_units(text: str, *, among_others: bool = False) -> tuple[tuple[str, ...], str] | None:
    """市教育局：负责校园安全。 → (市教育局,), 负责校园安全。; None where no units stand before a colon.

    ``among_others``: whether lines before and after begin with units, so that 教委： may be one as well.
    """
    match = LABEL.match(text[:6000])
    if match is None:
        return None
    names = read_units(match.group("units")).names
    rest = match.group("rest").strip()
    sure = all(is_sure_unit(name) or (among_others and looks_like_unit(name) and len(name) <= 12) for name in names)
    if not names or not sure or len(re.findall(r"[\u4e00-\u9fff]", rest[:40])) < 6:
        return None
    if all(looks_like_unit(name) for name in read_units(rest[:200]).names):
        return None
    return names, rest + text[6000:]


def is_sure_unit(name: str) -> bool:
    """Whether a name before a colon or a verb can hardly be anything but that of a unit."""
    known = bool(rank_of(name)) or name.startswith("各") or (is_firm(name) and 3 <= len(name) <= 16)
    whole = (
        name[0] not in OPENING_MARKS
        and NO_SUBJECT.match(name) is None
        and not name.endswith(("单位", "部门", "主体", "机构"))
    ) or name.startswith("各")
    return (
        whole
        and len(name) <= 30
        and ((looks_like_unit(name) and known) or is_area(name) or AREA_WORDS.fullmatch(name) is not None)
    )


NO_SUBJECT = re.compile(r"认真|切实|全面|深入|严格|加强|进一步|积极|坚决|要|对|将|由|把|按|为|在|落实|强化|推动|推进")
"""How words begin that end like a name and are none: 认真落实国资委."""

OPENING_MARKS = "(（[［【〔〈《“"


def label_markers(lines: Sequence[Line]) -> dict[int, Marker]:
    """Markers for lines without a number that begin with who does what they say, by their place in the list.

    Two or more with a colon or a blank behind the unit; without either (市教育局负责…) three one after another.
    """
    plain = [find_marker(line.text) is None for line in lines]
    marked = [bare and part_units(line.text) is not None for bare, line in zip(plain, lines, strict=True)]
    begun = [
        bare and (one or unit_before_verb(line.text) is not None)
        for bare, one, line in zip(plain, marked, lines, strict=True)
    ]
    found = [at for at, one in enumerate(marked) if one or (begun[at] and _in_a_row(begun, at))]
    if len(found) < LEAST:
        return {}
    taken = set(found)
    for step in (1, -1):
        for start in found if step > 0 else reversed(found):
            for at in range(start + step, len(lines) if step > 0 else -1, step):
                if at in taken or not plain[at] or part_units(lines[at].text, among_others=True) is None:
                    break
                taken.add(at)
    return {at: Marker(UNIT_LABEL, "", "") for at in sorted(taken)}


LEAST = 2


IN_A_ROW = 3


def _in_a_row(begun: Sequence[bool], at: int) -> bool:
    starts = range(max(0, at - IN_A_ROW + 1), min(at, len(begun) - IN_A_ROW) + 1)
    return any(all(begun[start : start + IN_A_ROW]) for start in starts)


BEFORE_VERB = re.compile(
    r"(?:具体)?(?:负责|牵头|承担|做好|协助|配合|会同|指导)|要(?!求|素|闻|点)|应(?!急|用|对)|(?:加强|组织|开展|督促|统筹|强化|落实|制定|定期|及时|按照|按职责)"
)
"""市教育局「负责…」, 市教育局「要加强…」 with nothing between."""


def unit_before_verb(text: str) -> tuple[tuple[str, ...], str] | None:
    """市教育局负责校园安全。 → (市教育局,), 负责校园安全。; None where no unit stands before the verb."""
    subject = re.split(r"[：:。；;！？“”《》，,]", text[:60])[0]
    for match in BEFORE_VERB.finditer(text[:60], 2, min(60, len(subject) + 4)):
        if match.start() > len(subject):
            break
        names = read_units(text[: match.start()]).names
        if names and all(map(is_sure_unit, names)):
            return names, text[match.start() :]
    return None


def part_sentences(line: Line) -> list[Line]:
    """市教育局负责…。市民政局负责…。市财政局负责…。: sentences of one paragraph that each begin with who does it.

    Three or more of them one after another; a sentence without a unit of its own goes on with the one before.
    """
    if len(line.text) > LONGEST_PARAGRAPH or line.text.count("负责") < IN_A_ROW:
        return [line]
    starts = [0, *(match.end() for match in SENTENCE.finditer(line.text))]
    begun = [start for start in starts if unit_before_verb(line.text[start : start + 80])]
    if len(begun) < IN_A_ROW or 3 * len(begun) < 2 * (len(starts) - starts.index(begun[0])):
        return [line]
    bounds = sorted({0, *begun, len(line.text)})
    column = max(1, line.place.column)
    return [
        replace(line, text=line.text[start:end], place=replace(line.place, column=column + start))
        for start, end in pairwise(bounds)
    ]


SENTENCE = re.compile(r"[。；;](?=.)")
LONGEST_PARAGRAPH = 8000
