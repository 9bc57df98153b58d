"""A Word document → what the clauses of GB/T 9704-2012 look at: text, fonts, indents, sections, page feet.

The document may be anybody's: it is read within the bounds of ``layout_tree``, and whatever is odd in it
becomes a default, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from reporting.documents.standard.document import (
    CHARACTER,
    PAGE_FIELD,
    Block,
    Document,
    Paragraph,
    Run,
    WordRow,
    WordSection,
    WordTable,
)
from reporting.documents.standard.read_styles import (
    LayoutStyles,
    Properties,
    child,
    combine,
    is_on,
    own,
    stops,
    twips,
    value,
)
from reporting.documents.standard.read_tree import MAX_FILE, Parts, not_laid
from reporting.files.disk import names_beside, read_file
from reporting.language.likeness import meant_file
from reporting.plan.documents.word_numbers import ListNumbers, level_index

_CLOSED = "请确认没有被其他程序占用，并且有读取权限"
_MILLIMETRE = 1440 / 25.4
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "rPr", "pPr"))
_PAGE = re.compile(r"\s*PAGE\b")
_ALIGN = {"start": "left", "end": "right", "distribute": "both"}
_DOWNWARDS = ("vert", "eaVert", "vert270", "wordArtVert", "mongolianVert")
_VML_DOWNWARDS = "layout-flow:vertical"
_PIECES = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "sym": "□", "ptab": "\t"}


def read_layout(path: Path) -> Document:
    """Read a Word document for the layout check; raises ``DubanError`` with a sentence when it cannot be."""
    try:
        if path.is_dir():
            raise not_laid(path.name, "这是一个文件夹", "请指定其中的一个 .docx 文件")
        if path.stat().st_size > MAX_FILE:
            raise not_laid(path.name, "文件过大", f"请另存为不超过 {MAX_FILE // 1024 // 1024} MB 的文件")
    except FileNotFoundError as error:
        near = meant_file(path.name, names_beside(path))
        raise not_laid(path.name, "文件不存在", near or "请核对文件名和所在文件夹") from error
    except OSError as error:
        raise not_laid(path.name, "文件打不开", _CLOSED) from error
    return parse_layout(path.name, read_file(path, str(not_laid(path.name, "文件打不开", _CLOSED))))


def parse_layout(name: str, data: bytes) -> Document:
    """Read the bytes of a Word document; ``name`` is only for the sentence when they cannot be read."""
    parts = Parts(name, data)
    root = parts.tree(parts.main)
    body = child(root, "body")
    if body is None:
        raise not_laid(name, "文件里没有正文，可能已损坏", "请用 Word 或 WPS 打开后重新保存")
    shared = _Shared.of(parts)
    reader = _LayoutReader(shared)
    reader.take(body)
    settings = shared.related("settings")
    even_and_odd = is_on(own(settings), "evenAndOddHeaders")
    fonts = parts.related(parts.main, "fontTable")
    return Document(
        tuple(reader.blocks),
        tuple(_sections(reader.sections, shared)),
        even_and_odd,
        any(kind == "font" for part in fonts for kind, _ in parts.relations(part).values()),
    )


@dataclass(frozen=True)
class _Shared:
    """What all stories of a document share."""

    parts: Parts
    styles: LayoutStyles
    numbers: ListNumbers
    levels: dict[tuple[str, int], Properties]
    relations: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, parts: Parts) -> _Shared:
        """The styles, numbers and relations of the main part."""
        relations = parts.relations(parts.main)
        by_kind = dict(relations.values())
        numbering = parts.tree(by_kind.get("numbering", ""))
        theme = parts.tree(by_kind.get("theme", ""))
        styles = LayoutStyles(parts.tree(by_kind.get("styles", "")), theme)
        return cls(parts, styles, ListNumbers(numbering), dict(_levels(numbering)), relations)

    def related(self, kind: str) -> Element | None:
        """The first part of a kind."""
        return next((self.parts.tree(part) for found, part in self.relations.values() if found == kind), None)


def _levels(numbering: Element | None) -> Iterator[tuple[tuple[str, int], Properties]]:
    """The indents of each level of each list."""
    if numbering is None:
        return
    abstract = {each.get("abstractNumId"): each for each in numbering.iter("abstractNum")}
    for number in numbering.iter("num"):
        found = abstract.get(value(number, "abstractNumId"))
        for level in found.iter("lvl") if found is not None else ():
            key = (number.get("numId") or "", level_index(level.get("ilvl")))
            yield key, own(level.find("pPr"))


class _LayoutReader:
    """Goes through the body, or the foot of a page, and collects its paragraphs and tables."""

    def __init__(self, shared: _Shared) -> None:
        self._shared = shared
        self.blocks: list[Block] = []
        self.sections: list[Element] = []
        self._breaks = True
        self._table = ""
        self._turned = False

    def take(self, parent: Element) -> None:
        """Read the blocks inside an element."""
        for each in parent:
            if each.tag == "p":
                self._take_paragraph(each)
            elif each.tag == "tbl":
                self.blocks.append(self._take_table(each))
            elif each.tag == "sectPr":
                self.sections.append(each)
            elif each.tag not in _UNSEEN:
                self.take(each)

    def _take_paragraph(self, element: Element) -> None:
        paragraph, boxes = self._paragraph(element)
        self.blocks.append(paragraph)
        for box, turned in boxes:
            outer, self._turned = self._turned, turned
            self.take(box)
            self._turned = outer
        ended = child(element, "pPr", "sectPr")
        if ended is not None:
            self.sections.append(ended)
            self._breaks = True

    def _take_table(self, element: Element) -> WordTable:
        section = len(self.sections)
        outer, self._table = self._table, value(element, "tblPr", "tblStyle")
        rows = []
        for row in _rows(element):
            inside = _LayoutReader(self._shared)
            inside._table, inside._breaks = self._table, False
            for cell in row.iter("tc"):
                inside.take(cell)
            paragraphs = [
                replace(paragraph, section=section)
                for block in inside.blocks
                for paragraph in ([block] if isinstance(block, Paragraph) else block.paragraphs)
            ]
            rows.append(WordRow(is_on(own(row.find("trPr")), "tblHeader"), tuple(paragraphs)))
        self._table = outer
        self._breaks = False
        holds = own(element.find("tblPr"))
        return WordTable(tuple(rows), section, "tblpPr" in holds, _table_rules(element, holds))

    def _paragraph(self, element: Element) -> tuple[Paragraph, list[tuple[Element, bool]]]:
        styles = self._shared.styles
        direct = own(element.find("pPr"))
        key = direct.get("pStyle", {}).get("val") or styles.default
        numbered = combine(styles.paragraph(key), direct).get("numPr", {})
        listed, level = numbered.get("numId") or "0", level_index(numbered.get("ilvl"))
        holds = styles.whole_paragraph(key, self._table, self._shared.levels.get((listed, level), {}), direct)
        pieces = _Pieces(styles, key, self._table)
        pieces.take(element)
        made = Paragraph(
            runs=tuple(pieces.runs),
            marker=self._shared.numbers.next(listed, level),
            new_page=self._breaks or pieces.starts_page or is_on(holds, "pageBreakBefore"),
            section=len(self.sections),
            turned=self._turned,
        )
        # an empty paragraph at the top of a page leaves the page as new as it was
        self._breaks = pieces.ends_page or (made.new_page and not made.text)
        return _dressed(made, holds), pieces.boxes


def _table_rules(table: Element, holds: Properties) -> tuple[float, float, float]:
    """The lines above, between and below the rows: of the table, or else those of its first cells."""
    cells = [own(child(row, "tc", "tcPr")) for row in _rows(table)]

    def drawn(side: str, position: int, cell_side: str) -> float:
        own_line = _thickness(holds.get(f"tblBorders.{side}", {}))
        return own_line or (_thickness(cells[position].get(f"tcBorders.{cell_side}", {})) if cells else 0.0)

    between = max(drawn("insideH", 0, "bottom"), drawn("insideH", -1, "top"))
    return drawn("top", 0, "top"), between, drawn("bottom", -1, "bottom")


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those inside content controls too, but not of tables in it."""
    for each in table:
        if each.tag == "tr":
            yield each
        elif each.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(each)


class _Pieces:
    """The runs of one paragraph, its page breaks, and the text boxes that hang on it."""

    def __init__(self, styles: LayoutStyles, paragraph: str, table: str) -> None:
        self._styles, self._paragraph, self._table = styles, paragraph, table
        self.runs: list[Run] = []
        self.boxes: list[tuple[Element, bool]] = []
        self.starts_page = self.ends_page = False
        self._fields: list[str] = []
        """What stands in the codes of the fields that are open, the innermost last."""
        self._in_result = False

    def take(self, parent: Element) -> None:
        """Read the runs inside an element."""
        for each in parent:
            if each.tag == "r":
                self._take_run(each)
            elif each.tag == "fldSimple" and _PAGE.match(each.get("instr") or ""):
                first = each.find("r")
                if first is not None:
                    self._add(first, PAGE_FIELD)
            elif each.tag not in _UNSEEN:
                self.take(each)

    def _take_run(self, run: Element) -> None:
        text = ""
        for each in run:
            if each.tag == "t":
                text += each.text or ""
            elif each.tag == "br":
                text += self._broken(each, text)
            elif each.tag == "instrText" and self._fields:
                self._fields[-1] += each.text or ""
            elif each.tag == "fldChar":
                text += self._field(each.get("fldCharType") or "")
            elif each.tag in _PIECES:
                text += _PIECES[each.tag]
            elif each.tag not in _UNSEEN:
                self.boxes.extend(_boxes(each))
        if text:
            self._add(run, text)

    def _broken(self, element: Element, before: str) -> str:
        """A line break, or nothing where a page ends."""
        if element.get("type") != "page":
            return "\n"
        if before.strip() or any(each.text.strip() for each in self.runs):
            self.ends_page = True
        else:
            self.starts_page = True
        return ""

    def _field(self, step: str) -> str:
        """Follow the codes of a field; a page number is written when its field ends."""
        if step == "begin":
            self._fields.append("")
        elif step == "separate":
            self._in_result = bool(self._fields) and _PAGE.match(self._fields[-1]) is not None
        elif step == "end" and self._fields:
            self._in_result = False
            return PAGE_FIELD if _PAGE.match(self._fields.pop()) else ""
        return ""

    def _add(self, run: Element, text: str) -> None:
        if self._in_result and PAGE_FIELD not in text:
            return  # the number that stood there when the document was last saved
        direct = own(run.find("rPr"))
        holds = self._styles.whole_run(self._paragraph, self._table, direct.get("rStyle", {}).get("val", ""), direct)
        if is_on(holds, "vanish"):
            return
        side = "eastAsia" if holds.get("rFonts", {}).get("hint") == "eastAsia" else "ascii"
        eastern, by_theme = self._styles.font(holds, "eastAsia")
        latin, latin_by_theme = self._styles.font(holds, "ascii")
        colour = holds.get("color", {}).get("val", "")
        self.runs.append(
            Run(
                text=text,
                east_asian=eastern,
                latin=latin,
                marks=eastern if side == "eastAsia" else latin,
                themed=by_theme or latin_by_theme,
                size=twips(holds.get("sz", {}).get("val"), 20) / 2,
                bold=is_on(holds, "b"),
                colour="" if colour in ("auto", "") else colour.upper(),
                spacing=twips(holds.get("spacing", {}).get("val")) / 20,
            )
        )


def _boxes(drawing: Element) -> Iterator[tuple[Element, bool]]:
    """The text boxes of a drawing, each with whether its lines run downwards."""
    if drawing.tag == "Fallback":
        return
    turned = any(each.get("vert") in _DOWNWARDS for each in drawing.iter("bodyPr")) or any(
        _VML_DOWNWARDS in (each.get("style") or "") for each in drawing.iter()
    )
    seen = drawing.find("Choice") if drawing.tag == "AlternateContent" else drawing
    for box in seen.iter("txbxContent") if seen is not None else ():
        yield box, turned


def _dressed(made: Paragraph, holds: Properties) -> Paragraph:
    """A paragraph with what its properties say of its place."""
    indent, spacing = holds.get("ind", {}), holds.get("spacing", {})
    rule = spacing.get("lineRule", "auto")
    align = holds.get("jc", {}).get("val", "left")
    outline = holds.get("outlineLvl", {}).get("val", "9")
    return replace(
        made,
        align=_ALIGN.get(align, align),
        first=_indent(indent, "firstLine") - _indent(indent, "hanging"),
        left=_indent(indent, "left") or _indent(indent, "start"),
        right=_indent(indent, "right") or _indent(indent, "end"),
        line=twips(spacing.get("line"), 240) / (240 if rule == "auto" else 20),
        rule=rule,
        before=twips(spacing.get("before")) / 20,
        on_grid=is_on(holds, "snapToGrid", default=True),
        heading=outline.isdigit() and int(outline) < 9,
        rules=(_thickness(holds.get("pBdr.top", {})), _thickness(holds.get("pBdr.bottom", {}))),
        tabs=tuple(stop / 20 / CHARACTER for stop in stops(holds.get("tabs", {}))),
    )


def _indent(indent: dict[str, str], name: str) -> float:
    """An indent in characters; one counted in hundredths of them wins over one in twips."""
    hundredths = twips(indent.get(f"{name}Chars"))
    return hundredths / 100 or twips(indent.get(name)) / 20 / CHARACTER


def _thickness(border: dict[str, str]) -> float:
    """How thick a line is, in points; the file counts in eighths."""
    return 0.0 if border.get("val") in (None, "nil", "none") else twips(border.get("sz")) / 8


def _sections(elements: Iterable[Element], shared: _Shared) -> Iterator[WordSection]:
    """The sections; one without a foot of its own has that of the section before."""
    feet: dict[str, tuple[Paragraph, ...]] = {}
    for each in elements:
        holds = own(each)
        feet = dict(feet)
        for reference in each.iter("footerReference"):
            kind, part = shared.relations.get(reference.get("id") or "", ("", ""))
            if kind == "footer":
                feet[reference.get("type") or "default"] = _foot(part, shared)
        size, margins, grid = (holds.get(name, {}) for name in ("pgSz", "pgMar", "docGrid"))
        yield WordSection(
            width=twips(size.get("w"), 12240) / _MILLIMETRE,
            height=twips(size.get("h"), 15840) / _MILLIMETRE,
            top=twips(margins.get("top"), 1440) / _MILLIMETRE,
            right=twips(margins.get("right"), 1440) / _MILLIMETRE,
            bottom=twips(margins.get("bottom"), 1440) / _MILLIMETRE,
            left=(twips(margins.get("left"), 1440) + twips(margins.get("gutter"))) / _MILLIMETRE,
            footer=twips(margins.get("footer"), 720) / _MILLIMETRE,
            grid=grid.get("type", ""),
            pitch=twips(grid.get("linePitch")) / 20,
            char_space=twips(grid.get("charSpace")) / 4096,
            first_differs=is_on(holds, "titlePg"),
            footers=feet,
        )


def _foot(part: str, shared: _Shared) -> tuple[Paragraph, ...]:
    """The paragraphs at the foot of a page, with those in its text boxes and tables."""
    root = shared.parts.tree(part)
    reader = _LayoutReader(shared)
    if root is not None:
        reader.take(root)
    return Document(tuple(reader.blocks), ()).everything
