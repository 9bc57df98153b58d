"""The pieces of a document: paragraphs, steering marks, tables, sections, the parts every document has."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from office.measures import FOOTER, HINT, LANDSCAPE, LINE, PORTRAIT, TEXT_WIDTH


def paragraph(style: str, text: str = "") -> str:
    """One paragraph of a style."""
    inner = escape(text)
    for sign, tag in (("\n", "br"), ("\t", "tab")):
        inner = inner.replace(sign, f'</w:t><w:{tag}/><w:t xml:space="preserve">')
    run = f'<w:r>{HINT}<w:t xml:space="preserve">{inner}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def mark(text: str) -> str:
    """A line that only steers docxtpl."""
    return paragraph("Mark", f"{{%p {text} %}}")


def each(name: str, source: str, *content: str) -> str:
    """Content repeated for each item of a list."""
    return mark(f"for {name} in {source}") + "".join(content) + mark("endfor")


def when(condition: str, *content: str, otherwise: str = "") -> str:
    """Content for when a condition holds, and for when not."""
    rest = mark("else") + otherwise if otherwise else ""
    return mark(f"if {condition}") + "".join(content) + rest + mark("endif")


def blocks(source: str) -> str:
    """Paragraphs whose style goes by their kind: a second-level heading, a numbered item, or text."""
    styled = (
        mark('if block.kind == "heading"')
        + paragraph("Heading2", "{{ block.text }}")
        + mark('elif block.kind == "item"')
        + paragraph("Heading3", "{{ block.text }}")
        + mark("else")
        + paragraph("Body", "{{ block.text }}")
        + mark("endif")
    )
    return each("block", source, styled)


def cell(width: int, style: str, text: str, span: int = 1) -> str:
    """One table cell."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    # No other property behind the width: docxtpl adds w:vMerge at the end, and Word minds the order.
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>{paragraph(style, text)}</w:tc>'


def row(cells: Sequence[str], *, head: bool = False, keep: bool = True) -> str:
    """One table row; a head is repeated on each page, and a kept row stays on one page."""
    kept = "<w:cantSplit/>" if keep else ""
    repeated = "<w:tblHeader/>" if head else ""
    properties = f"<w:trPr>{kept}{repeated}</w:trPr>" if kept or repeated else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def row_mark(text: str, columns: int) -> str:
    """A table row that only steers docxtpl."""
    return row([cell(TEXT_WIDTH, "Mark", f"{{%tr {text} %}}", columns)])


class Table:
    """A table with columns of (heading, width in twips, style of the cells)."""

    def __init__(self, *columns: tuple[str, int, str]) -> None:
        self.columns = columns
        self.width = sum(width for _, width, _ in columns)

    def row(self, *texts: str, keep: bool = True) -> str:
        """A row of the table's cells."""
        cells = [cell(width, style, text) for (_, width, style), text in zip(self.columns, texts, strict=True)]
        return row(cells, keep=keep)

    def band(self, text: str, style: str = "TableBand") -> str:
        """A row with one cell over the whole width."""
        return row([cell(self.width, style, text, len(self.columns))])

    def mark(self, text: str) -> str:
        """A row that only steers docxtpl."""
        return row_mark(text, len(self.columns))

    def each(self, name: str, source: str, *content: str) -> str:
        """Rows repeated for each item of a list."""
        return self.mark(f"for {name} in {source}") + "".join(content) + self.mark("endfor")

    def whole(self, *content: str, fitted: bool = False) -> str:
        """The table with its repeated head; ``fitted`` has the columns of prose follow their content.

        The program looks for the title, which Word shows under 表格属性, 可选文字.
        """
        title = '<w:tblCaption w:val="列宽随内容"/>' if fitted else ""
        heads = row([cell(width, "TableHead", name) for name, width, _ in self.columns], head=True)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _ in self.columns)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="OfficeTable"/>'
            f'<w:tblW w:w="{self.width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f"{title}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heads}{''.join(content)}</w:tbl>"
        )


def section(*, landscape: bool = False, first_page_blank: bool = False) -> str:
    """Page size, margins, line grid and footers."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    odd, even = ("turnedOdd", "turnedEven") if landscape else ("odd", "even")
    footers = f'<w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
    blank = '<w:footerReference w:type="first" r:id="blank"/>' if first_page_blank else ""
    return (
        f'<w:sectPr>{footers}{blank}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {LANDSCAPE if landscape else PORTRAIT} w:header="851" w:footer="{FOOTER}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first_page_blank else ''}"
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )


def section_end(properties: str) -> str:
    """An all but invisible paragraph that ends a section."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{properties}</w:pPr></w:p>'


def document_number(*, upward: bool = False) -> str:
    """发文字号 above the title, where the office has set one (7.2.5).

    In a document to a superior that somebody signs it stands on the left and 签发人 on the right (7.2.6).
    """
    alone = when("number", paragraph("Number", "{{ number }}"))
    if not upward:
        return alone
    name = (
        '<w:r><w:rPr><w:rStyle w:val="RunIn"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
        '<w:t xml:space="preserve">{{ signer }}</w:t></w:r>'
    )
    signed = paragraph("NumberUpward", "{{ number }}\t签发人：").replace("</w:p>", f"{name}</w:p>")
    return when("signer", signed, otherwise=alone)


def signature() -> str:
    """Issuer and date: centred over each other to be sealed (7.3.5.1), or set to the right (7.3.5.2).

    A name too long to stand over the date, and the two without a seal, are moved by tabs that the program
    counts: only it knows how wide the name is.
    """
    name = "{{ signature.lead }}{{ signature.issuer }}"
    moved = when(
        "signature.seal", paragraph("SignatureMoved", name), otherwise=paragraph("SignatureBare", name)
    ) + paragraph("SignatureMovedDate", "{{ signature.date_lead }}{{ signature.date }}")
    usual = paragraph("Signature", "{{ signature.issuer }}") + paragraph("SignatureDate", "{{ signature.date }}")
    return when("signature.moved", moved, otherwise=usual)


def contact() -> str:
    """The note in brackets under the date (7.3.6)."""
    return when("contact", paragraph("Note", "{{ contact }}"))


def annex_list() -> str:
    """附件说明 one line under the body (7.3.4)."""
    return (
        mark("for annex in annexes")
        + mark("if loop.first")
        + paragraph("AnnexFirst", "{{ annex }}")
        + mark("else")
        + paragraph("AnnexNext", "{{ annex }}")
        + mark("endif")
        + mark("endfor")
    )


def annex_head(name: str) -> str:
    """附件N and its title at the top of a new page (7.3.7)."""
    return paragraph("AnnexLabel", f"{{{{ {name}.label }}}}") + paragraph("AnnexTitle", f"{{{{ {name}.title }}}}")


def imprint() -> str:
    """版记 at the foot of the last page: copies, who printed it and when, between three lines (7.4).

    A floating table, because its lines reach over the whole type area while its text keeps one character
    from each side. Before it a paragraph as high as itself, so that it comes to a page on which it has room:
    LibreOffice else moves the rows of a table there to the next page, and leaves theirs empty.
    """
    tiny = paragraph("SectionEnd")
    room = when("imprint.copies", paragraph("ImprintRoom")) + paragraph("ImprintRoom")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
        for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    rows = (
        row_mark("if imprint.copies", 1)
        + row([cell(TEXT_WIDTH, "ImprintCopies", "抄送：{{ imprint.copies }}")])
        + row_mark("endif", 1)
        + row([cell(TEXT_WIDTH, "Imprint", "{{ imprint.office }}\t{{ imprint.date }}印发")])
    )
    # At a place on the page, not on the type area: LibreOffice sets a table as wide as that into the text.
    # No cell margins, which it would move the table by; the paragraphs keep the character from each side.
    table = (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
        'w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{TEXT_WIDTH}"/></w:tblGrid>{rows}</w:tbl>'
    )
    return when("imprint", room, table, tiny)


def run_in(source: str, style: str = "Body") -> str:
    """A paragraph whose heading of the second level, if it begins with one, stands in 楷体 (7.3.3)."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="RunIn"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{{{{ {source}|heading }}}}</w:t></w:r>'
        f'<w:r>{HINT}<w:t xml:space="preserve">{{{{ {source}|after_heading }}}}</w:t></w:r></w:p>'
    )
