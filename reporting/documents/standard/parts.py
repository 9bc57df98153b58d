"""Which paragraph of a document is what: title, addressee, headings, list of annexes, signature, date.

Told by what stands where and how it looks, never by the name of a style: the document may be anybody's.
What cannot be told stays body text, and its clauses then say that it is missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporting.documents.standard.document import Block, Document, Paragraph, WordTable
from reporting.language.dates import DATE_LIKE, NUMBER_LIKE

_HEAD = 14
"""So many paragraphs from the top the title is looked for."""
_COPY_NUMBER = re.compile(r"\d{4,8}")
_SECRECY = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密|内部资料)(?:\s*[★☆*].{0,12})?")
_URGENCY = re.compile(r"(?:特\s*急|加\s*急|特\s*提|平\s*急|紧\s*急)")
_SIGNER = re.compile(r"签发人\s*[：:]")
_ADDRESSEE = re.compile(r"[^。；;！？!?]{2,400}[：:]")
_OPENING = re.compile(r"(?:如下|以下|下列|下面|认为|指出|强调|要求|通知|报告|通报|函告|意见)[：:]$")
_ANNEX_NOTE = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:．.、]\s*\S")
_ANNEX_NEXT = re.compile(r"\d{1,2}\s*[.．、]\s*\S")
_ANNEX_LABEL = re.compile(r"附\s*件\s*(?:[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:]?")
_NOTE = re.compile(r"[（(].{2,200}[）)]")
_IMPRINT = re.compile(r"(?:抄\s*[送报]|分\s*送)\s*[：:]|.{2,60}印\s*发$")
LEVELS = (
    re.compile(r"([一二三四五六七八九十百]{1,4})\s*[、.．,，]"),
    re.compile(r"[（(]([一二三四五六七八九十百]{1,4})[）)]"),
    re.compile(r"(\d{1,3})[.．、](?!\d)"),
    re.compile(r"[（(](\d{1,3})[）)]"),
)
"""How the four levels of headings are numbered (7.3.3): 一、 （一） 1. （1）, or nearly so."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex at the end of the document: its mark, its title, and what follows."""

    label: Paragraph
    title: tuple[Paragraph, ...]
    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """A document with its parts (要素) told apart; what is missing is None or empty."""

    document: Document
    top: tuple[Paragraph, ...] = ()
    """What stands above the title: 份号, 密级, 紧急程度, 发文机关标志, 签发人."""
    number: Paragraph | None = None
    title: tuple[Paragraph, ...] = ()
    addressee: Paragraph | None = None
    body: tuple[Paragraph, ...] = ()
    annex_notes: tuple[Paragraph, ...] = ()
    issuers: tuple[Paragraph, ...] = ()
    date: Paragraph | None = None
    notes: tuple[Paragraph, ...] = ()
    annexes: tuple[Annex, ...] = ()
    imprint: tuple[Paragraph, ...] = ()
    imprint_table: WordTable | None = None

    @property
    def title_text(self) -> str:
        """The title in one line."""
        return "".join(each.text for each in self.title).replace("\n", "")

    @property
    def is_letter(self) -> bool:
        """Whether it calls itself a letter (函), to which the letter format applies (10.1)."""
        return self.title_text.endswith("函")

    @property
    def prose(self) -> tuple[Paragraph, ...]:
        """The running text: the body, and paragraphs of body size in annexes."""
        inside = [
            block
            for annex in self.annexes
            for block in annex.content
            if isinstance(block, Paragraph) and block.text and block.size >= 14 and block.align != "center"
        ]
        return (*self.body, *inside)


def heading_level(text: str) -> int:
    """Which level of heading a paragraph is numbered as, from 1; 0 for none."""
    return next((level for level, form in enumerate(LEVELS, 1) if form.match(text)), 0)


def _table_words(document: Document) -> frozenset[int]:
    """The paragraphs that belong to a table: its caption, or the note under it, in small letters."""
    filled = [each for each in document.blocks if isinstance(each, WordTable) or each.text]
    found = set()
    for before, after in pairwise(filled):
        pair = ((before, after), (after, before))
        found |= {
            id(each)
            for each, other in pair
            if isinstance(each, Paragraph) and isinstance(other, WordTable) and each.size <= 12.5
        }
    return frozenset(found)


def number_of(paragraph: Paragraph) -> str:
    """What may be a 发文字号: the paragraph without the 签发人 beside it."""
    return _SIGNER.split(paragraph.text)[0].strip(" \u3000\t")


def tell_parts(document: Document) -> Official:
    """Tell the parts of a document apart."""
    flow = [each for each in document.paragraphs if each.text]
    imprint = _imprint(document)
    flow = [each for each in flow if each not in imprint]
    top, title = _title(flow)
    rest = flow[len(top) + len(title) :]
    number = next((each for each in [*top, *rest[:1]] if NUMBER_LIKE.fullmatch(number_of(each))), None)
    if number is not None and number in rest:
        rest.remove(number)
    start = _first_label(rest)
    main, annexes = rest[:start], _annexes(document, rest[start:], imprint)
    addressee = main[0] if main and _is_addressee(main[0]) else None
    main = main[1:] if addressee else main
    dated = max((at for at, each in enumerate(main) if DATE_LIKE.fullmatch(each.text)), default=None)
    notes = _notes(main)
    closing = main[: dated if dated is not None else len(main)]
    issuers = _issuers(closing, notes)
    if dated is None:  # without a date a name is known by standing to the right
        issuers = tuple(each for each in issuers if each.align in ("right", "center") or "\t" in each.raw)
    after = main[dated + 1 :] if dated is not None else []
    known = {id(each) for each in (*notes, *issuers)} | _table_words(document)
    return Official(
        document=document,
        top=tuple(each for each in top if each is not number),
        number=number,
        title=tuple(title),
        addressee=addressee,
        body=tuple(each for each in closing if id(each) not in known),
        annex_notes=notes,
        issuers=issuers,
        date=main[dated] if dated is not None else None,
        notes=tuple(each for each in after if _NOTE.fullmatch(each.text)),
        annexes=annexes,
        imprint=imprint,
        imprint_table=next((table for table in document.tables if imprint and imprint[-1] in table.paragraphs), None),
    )


def _is_red(paragraph: Paragraph) -> bool:
    """Whether it is printed red, as the name of the issuing office at the top is."""
    return any(
        len(run.colour) == 6 and int(run.colour[:2], 16) > 0xA0 and int(run.colour[2:4], 16) < 0x60
        for run in paragraph.runs
        if run.text.strip() and all(char in "0123456789ABCDEF" for char in run.colour)
    )


def _is_above(paragraph: Paragraph) -> bool:
    """Whether a paragraph belongs above the title."""
    text = paragraph.text
    forms = (_COPY_NUMBER, _SECRECY, _URGENCY, NUMBER_LIKE)
    return (
        any(form.fullmatch(text) for form in forms)
        or _SIGNER.search(text) is not None
        or _is_red(paragraph)
        or (text.endswith("文件") and paragraph.align == "center")
    )


def _title(flow: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """What stands above the title, and the title, which may be several paragraphs."""
    head = flow[:_HEAD]
    ends = [at for at, each in enumerate(head) if _is_addressee(each) or heading_level(each.text) == 1]
    head = head[: ends[0]] if ends else head
    big = [at for at, each in enumerate(head) if not _is_above(each) and each.size >= 18]
    centred = [at for at, each in enumerate(head) if not _is_above(each) and each.align == "center"]
    plain = [at for at, each in enumerate(head) if not _is_above(each) and len(each.text) <= 80]
    start = next((found[0] for found in (big, centred, plain[:1]) if found), None)
    if start is None:
        return [], []
    end = start + 1
    while end < len(head) and head[end].size == head[start].size and head[end].align == head[start].align:
        if not big and not centred:
            break
        end += 1
    return list(flow[:start]), list(flow[start:end])


def _is_addressee(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        _ADDRESSEE.fullmatch(text) is not None
        and not _OPENING.search(text)
        and not heading_level(text)
        and paragraph.size < 18
    )


def _first_label(rest: Sequence[Paragraph]) -> int:
    """Where the annexes begin: at a mark after the date, or at one on top of a page."""
    dated = [at for at, each in enumerate(rest) if DATE_LIKE.fullmatch(each.text)]
    for at, each in enumerate(rest):
        if _ANNEX_LABEL.fullmatch(each.text) and (each.new_page or (dated and at > dated[0])):
            return at
    return len(rest)


def _notes(main: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """附件说明: the paragraph that begins with 附件： and the numbered ones behind it."""
    starts = [at for at, each in enumerate(main) if _ANNEX_NOTE.match(each.text) and len(each.text) < 120]
    if not starts:
        return ()
    end = starts[-1] + 1
    while end < len(main) and (_ANNEX_NEXT.match(main[end].text) or _ANNEX_NOTE.match(main[end].text)):
        end += 1
    first = starts[-1]
    while first and _ANNEX_NOTE.match(main[first - 1].text):
        first -= 1
    return tuple(main[first:end])


def _issuers(closing: Sequence[Paragraph], notes: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The names above the date: short, without a full stop, behind the last of the body."""
    found: list[Paragraph] = []
    for each in reversed(closing):
        told = any(each is note for note in notes) or heading_level(each.text)
        if told or len(each.text) > 60 or each.text[-1] in "。：:；！？" or len(found) == 4:
            break
        found.insert(0, each)
    return tuple(found)


def _annexes(document: Document, rest: Sequence[Paragraph], imprint: Sequence[Paragraph]) -> tuple[Annex, ...]:
    """The annexes, each from its mark to the next."""
    labels = [each for each in rest if _ANNEX_LABEL.fullmatch(each.text)]
    places = [next(at for at, block in enumerate(document.blocks) if block is label) for label in labels]
    found = []
    spans = pairwise([*places, len(document.blocks)])
    for label, (start, end) in zip(labels, spans, strict=True):
        blocks = [
            block
            for block in document.blocks[start + 1 : end]
            if not (isinstance(block, Paragraph) and (not block.text or any(block is each for each in imprint)))
        ]
        title: list[Paragraph] = []
        for block in blocks[:3]:
            if not isinstance(block, Paragraph) or not (
                not title or (block.align == "center" and block.size == title[0].size)
            ):
                break
            title.append(block)
        found.append(Annex(label, tuple(title), tuple(blocks[len(title) :])))
    return tuple(found)


def _imprint(document: Document) -> tuple[Paragraph, ...]:
    """版记: the lines 抄送 and 印发 at the very end, as paragraphs or in a table."""
    last = list(document.blocks[-12:])
    while last and isinstance(last[-1], Paragraph) and not last[-1].text:
        last.pop()
    lines: list[Paragraph] = []
    for block in last:
        inside = [block] if isinstance(block, Paragraph) else list(block.paragraphs)
        shown = [each for each in inside if each.text]
        if lines or any(_IMPRINT.match(each.text) for each in shown):
            lines += shown
    return tuple(lines)
