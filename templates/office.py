"""The pieces of which ``build.py`` makes the Word templates: paragraphs, tables, styles, page feet, package.

The measures are those of GB/T 9704-2012; where a clause leaves a value open, the reason stands beside it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent

TITLE, BODY, BLACK, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

LINE = 579
"""28.95 pt exact: 22 lines fill the 225 mm of the type area (5.2.3); 29 pt would give 21."""
CHARACTER = 320
"""One 3号 character, 16 pt, in twips."""
TEXT_WIDTH, TABLE_WIDTH = 8844, 12756
"""The type area, 156 mm, and its long side for landscape tables, 225 mm, in twips (5.2.1 and 8)."""
PORTRAIT = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
"""37, 26, 35 and 28 mm (5.2.1)."""
LANDSCAPE = 'w:top="1588" w:right="2098" w:bottom="1474" w:left="1984"'
"""The same margins with the sheet turned: the head of the table lies on the binding side (clause 8)."""
FOOTER = 1446
"""25.5 mm: with an exact 14 pt line the dash of the page number is 7 mm under the type area (7.5)."""

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
"""Without it Word sets “ ” — … in the Latin font. It only works on the run itself, not in a style."""

# ---- pieces of a document ---------------------------------------------------------------------


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
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>{paragraph(style, text)}</w:tc>'
    )


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
        cells = [
            cell(width, style, text) for (_, width, style), text in zip(self.columns, texts, strict=True)
        ]
        return row(cells, keep=keep)

    def band(self, text: str) -> str:
        """A row with one cell over the whole width."""
        return row([cell(self.width, "TableBand", text, len(self.columns))])

    def mark(self, text: str) -> str:
        """A row that only steers docxtpl."""
        return row_mark(text, len(self.columns))

    def each(self, name: str, source: str, *content: str) -> str:
        """Rows repeated for each item of a list."""
        return self.mark(f"for {name} in {source}") + "".join(content) + self.mark("endfor")

    def whole(self, *content: str) -> str:
        """The table with its repeated head."""
        heads = row([cell(width, "TableHead", name) for name, width, _ in self.columns], head=True)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _ in self.columns)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="OfficeTable"/>'
            f'<w:tblW w:w="{self.width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heads}{''.join(content)}</w:tbl>"
        )


def section(*, landscape: bool = False, first_page_blank: bool = False) -> str:
    """Page size, margins, line grid and footers."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    odd, even = ("turnedOdd", "turnedEven") if landscape else ("odd", "even")
    footers = (
        f'<w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
    )
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


def document_number() -> str:
    """发文字号 above the title, where the office has set one (7.2.5)."""
    return when("number", paragraph("Number", "{{ number }}"))


def signature() -> str:
    """Issuer and date: centred over each other to be sealed (7.3.5.1), or set to the right (7.3.5.2).

    A name too long to stand over the date, and the two without a seal, are moved by tabs that the program
    counts: only it knows how wide the name is.
    """
    moved = paragraph("SignatureMoved", "{{ signature.lead }}{{ signature.issuer }}") + paragraph(
        "SignatureMovedDate", "{{ signature.date_lead }}{{ signature.date }}"
    )
    usual = paragraph("Signature", "{{ signature.issuer }}") + paragraph(
        "SignatureDate", "{{ signature.date }}"
    )
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
    return paragraph("AnnexLabel", f"{{{{ {name}.label }}}}") + paragraph(
        "AnnexTitle", f"{{{{ {name}.title }}}}"
    )


def imprint() -> str:
    """版记 at the foot of the last page: copies, who printed it and when, between three lines (7.4).

    A floating table, because its lines reach over the whole type area while its text keeps one character
    from each side. The tiny paragraphs part it from a table before it and hold it to the last page.
    """
    tiny = paragraph("SectionEnd")
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
    return when("imprint", tiny, table, tiny)


def run_in(source: str) -> str:
    """A paragraph whose heading of the second level, if it begins with one, stands in 楷体 (7.3.3)."""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="RunIn"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{{{{ {source}|heading }}}}</w:t></w:r>'
        f'<w:r>{HINT}<w:t xml:space="preserve">{{{{ {source}|after_heading }}}}</w:t></w:r></w:p>'
    )


# ---- styles -----------------------------------------------------------------------------------


def fonts(east_asian: str, latin: str = LATIN) -> str:
    """All four font attributes: one that is missing would be taken from elsewhere."""
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east_asian}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def style(
    key: str, name: str, based: str, paragraph_part: str = "", run_part: str = "", *, after: str = ""
) -> str:
    """One paragraph style; ``name`` is what Word and WPS show."""
    custom = "" if name[0].islower() or name in {"Normal", "Title"} else ' w:customStyle="1"'
    default = ' w:default="1"' if key == "Normal" else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph"{custom}{default} w:styleId="{key}"><w:name w:val={quoteattr(name)}/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + f"{following}<w:qFormat/><w:pPr>{paragraph_part}</w:pPr><w:rPr>{run_part}</w:rPr></w:style>"
    )


def indent(first: int = 0, left: int = 0, right: int = 0, hanging: int = 0) -> str:
    """Indents in hundredths of a character, as an office counts them, with the same in twips for others."""
    values = {"left": left, "right": right, "firstLine": first, "hanging": hanging}
    written = "".join(
        f' w:{name}Chars="{value}" w:{name}="{value * CHARACTER // 100}"'
        for name, value in values.items()
        if value or name == "left"
    )
    return f"<w:ind{written}/>"


def spacing(before: int = 0, after: int = 0, line: int = LINE, rule: str = "exact") -> str:
    """Space around a paragraph and between its lines."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def size(half_points: int) -> str:
    """A font size in half points: 3号 is 32, 2号 44, 4号 28, 五号 21."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


KEEP_NEXT = "<w:keepNext/>"
NO_GRID = '<w:snapToGrid w:val="0"/>'
TIGHT = '<w:spacing w:val="-5"/>'
"""-0.25 pt between characters: 28 to a line (5.2.3), since Word's 三号 is 16 pt and not 15.75."""
LOOSE = '<w:spacing w:val="0"/>'
HALF_CHARACTERS = (
    "<w:tabs>"
    + "".join(f'<w:tab w:val="left" w:pos="{at * CHARACTER // 2}"/>' for at in range(1, 56))
    + "</w:tabs>"
)
"""A tab stop at each half character of a line."""
RIGHT_EDGE = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - 280}"/></w:tabs>'
"""Takes the date of printing to the right, one 4号 character from the edge."""


def styles() -> str:
    """The style sheet: restyling a document means changing these in Word."""
    latin = fonts(BODY)
    listed = [
        style(
            "Normal",
            "Normal",
            "",
            '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/>'
            # No extra space between hanzi and digits: it would break the 28 characters of a line.
            f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{spacing()}<w:jc w:val="both"/>',
            latin + TIGHT + size(32),
        ),
        style("Body", "公文正文", "Normal", indent(first=200)),
        style(
            "Number",
            "公文发文字号",
            "Normal",
            f'{spacing(after=2 * LINE)}<w:jc w:val="center"/>',
            after="Title",
        ),
        # Keeps the last words of the body on the page of the signature (7.3.5.5).
        style("Closing", "公文结束语", "Normal", KEEP_NEXT + indent(first=200)),
        style(
            "Title",
            "Title",
            "Normal",
            f'{KEEP_NEXT}<w:keepLines/>{NO_GRID}{spacing(after=LINE, line=640)}<w:jc w:val="center"/>',
            fonts(TITLE, TITLE) + LOOSE + size(44),
            after="Recipient",
        ),
        style("Recipient", "公文主送机关", "Normal", '<w:jc w:val="left"/>', after="Body"),
        style(
            "Heading1",
            "heading 1",
            "Normal",
            f'{KEEP_NEXT}{indent(first=200)}<w:outlineLvl w:val="0"/>',
            fonts(BLACK, BLACK),
            after="Body",
        ),
        style(
            "Heading2",
            "heading 2",
            "Normal",
            f'{KEEP_NEXT}{indent(first=200)}<w:outlineLvl w:val="1"/>',
            fonts(KAI),
            after="Body",
        ),
        # The standard has no bold; most offices set the third level so, and a reader finds the tasks by it.
        style(
            "Heading3",
            "heading 3",
            "Normal",
            f'{KEEP_NEXT}{indent(first=200)}<w:outlineLvl w:val="2"/>',
            "<w:b/><w:bCs/>",
            after="Body",
        ),
        style(
            "AnnexFirst",
            "公文附件说明首行",
            "Normal",
            KEEP_NEXT + spacing(before=LINE) + indent(left=600, hanging=400),
        ),
        style("AnnexNext", "公文附件说明续行", "Normal", KEEP_NEXT + indent(left=600, hanging=100)),
        # The date ends four characters from the right. Six or seven wide, its middle lies 7 to 7.5 from
        # there; the name is centred at 7.25, in what remains right of its indent.
        style(
            "Signature",
            "公文署名",
            "Normal",
            f'{KEEP_NEXT}{spacing(before=2 * LINE)}{indent(left=1350)}<w:jc w:val="center"/>',
            after="SignatureDate",
        ),
        style(
            "SignatureDate", "公文成文日期", "Normal", f'{KEEP_NEXT}{indent(right=400)}<w:jc w:val="right"/>'
        ),
        style(
            "SignatureMoved",
            "公文署名（按字移位）",
            "Normal",
            f'{KEEP_NEXT}{HALF_CHARACTERS}{spacing(before=2 * LINE)}<w:jc w:val="left"/>',
            after="SignatureMovedDate",
        ),
        style(
            "SignatureMovedDate",
            "公文成文日期（按字移位）",
            "Normal",
            f'{KEEP_NEXT}{HALF_CHARACTERS}<w:jc w:val="left"/>',
        ),
        style("Note", "公文附注", "Normal", f'<w:keepLines/>{indent(first=200)}<w:jc w:val="left"/>'),
        style(
            "AnnexLabel",
            "公文附件标号",
            "Normal",
            f'{KEEP_NEXT}<w:pageBreakBefore/><w:jc w:val="left"/>',
            fonts(BLACK, BLACK),
            after="AnnexTitle",
        ),
        style(
            "AnnexTitle",
            "公文附件标题",
            "Normal",
            f'{KEEP_NEXT}{NO_GRID}{spacing(before=LINE, after=LINE // 2, line=640)}<w:jc w:val="center"/>',
            fonts(TITLE, TITLE) + LOOSE + size(44),
        ),
        # Single spacing off the line grid: the 28.95 pt of the body would blow the rows up.
        style(
            "TableText",
            "公文表格文字",
            "Normal",
            f'{NO_GRID}{spacing(before=40, after=40, line=240, rule="auto")}<w:jc w:val="left"/>',
            LOOSE + size(21),
        ),
        style("TableCentre", "公文表格居中", "TableText", '<w:jc w:val="center"/>'),
        style(
            "TableHead", "公文表头", "TableText", f'{KEEP_NEXT}<w:jc w:val="center"/>', fonts(BLACK, BLACK)
        ),
        style("TableBand", "公文表格分类", "TableText", KEEP_NEXT, fonts(BLACK, BLACK)),
        style(
            "TableCaption",
            "公文表题",
            "Normal",
            f'{KEEP_NEXT}{NO_GRID}{spacing(before=160, after=80, line=360)}<w:jc w:val="center"/>',
            fonts(BLACK, BLACK) + LOOSE + size(24),
        ),
        style(
            "TableNote",
            "公文表注",
            "Normal",
            f"{NO_GRID}{spacing(before=60, after=160, line=280)}",
            LOOSE + size(21),
        ),
        style(
            "PageNumber",
            "公文页码",
            "Normal",
            NO_GRID + spacing(line=280),
            fonts(SONG, SONG) + LOOSE + size(28),
        ),
        # 4号, one 4号 character from each side; a long list of copies hangs behind 抄送：
        style(
            "Imprint",
            "公文版记",
            "Normal",
            f'{NO_GRID}{RIGHT_EDGE}{spacing(line=480)}<w:ind w:left="280" w:right="280"/>',
            LOOSE + size(28),
        ),
        style(
            "ImprintCopies",
            "公文版记抄送",
            "Imprint",
            '<w:ind w:left="1120" w:right="280" w:hanging="840"/><w:jc w:val="left"/>',
        ),
        style("SectionEnd", "公文分节", "Normal", f"{NO_GRID}{spacing(line=20)}", size(2)),
        style(
            "Mark",
            "模板标记",
            "Normal",
            f'{NO_GRID}{spacing(line=240, rule="auto")}<w:jc w:val="left"/>',
            '<w:color w:val="7F7F7F"/>' + LOOSE + size(18),
        ),
    ]
    run_in_heading = (
        '<w:style w:type="character" w:customStyle="1" w:styleId="RunIn"><w:name w:val="公文段首二级标题"/>'
        f"<w:qFormat/><w:rPr>{fonts(KAI)}</w:rPr></w:style>"
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="PlainTable"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="OfficeTable"><w:name w:val="公文表格"/>'
        f'<w:basedOn w:val="PlainTable"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>'
        '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{latin}{size(32)}"
        # Not zh-CN for Latin text: LibreOffice would then break lines inside numbers.
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(listed)}{run_in_heading}{table}</w:styles>"
    )


# ---- the other parts of the package -----------------------------------------------------------


def page_number() -> str:
    """The number between two dashes (7.5)."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    dash = f'<w:r>{HINT}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    return dash.format("— ") + field + dash.format(" —")


def numbered(*, odd: bool) -> str:
    """A page number: odd pages right, even pages left, one 4号 character from the edge (7.5)."""
    side = 'w:rightChars="100" w:right="280"' if odd else 'w:leftChars="100" w:left="280"'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:ind {side}/>'
        f'<w:jc w:val="{"right" if odd else "left"}"/></w:pPr>{page_number()}</w:p>'
    )


def footer(content: str) -> str:
    """A footer part."""
    return f'{DECLARATION}<w:ftr {NAMESPACES} mc:Ignorable="">{content}</w:ftr>'.replace(
        ' mc:Ignorable=""', ""
    )


def turned(*, odd: bool) -> str:
    """The page number of a turned sheet, standing where upright pages have it (clause 8).

    Seen with the sheet turned to read, that is the left edge: below on odd pages, above on even ones.
    """
    millimetre = 36000
    across, along = 10 * millimetre, 60 * millimetre
    left = round(20.5 * millimetre)  # the middle of a 14 pt line then lies 7 mm left of the type area
    top = (210 - 26 - 60 if odd else 28) * millimetre
    box = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{across}" cy="{along}"/><wp:wrapNone/><wp:docPr id="{1 if odd else 2}" name="页码"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{along}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        "</wps:spPr>"
        f"<wps:txbx><w:txbxContent>{numbered(odd=odd)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    )
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        "<mc:Fallback/></mc:AlternateContent>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr><w:r>{drawing}</w:r></w:p>'


FOOTERS = {
    "odd": numbered(odd=True),
    "even": numbered(odd=False),
    "turnedOdd": turned(odd=True),
    "turnedEven": turned(odd=False),
    "blank": paragraph("PageNumber"),
}


def settings() -> str:
    """Document settings; the East Asian language decides which glyphs stand in for a lost font."""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        # A line ended by a line break inside a justified paragraph must not be stretched.
        "<w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table() -> str:
    """What to take where a font is not installed: none of them may be shipped, all have a like one."""
    likes = {TITLE: "华文中宋", BODY: "仿宋", BLACK: "SimHei", KAI: "楷体", SONG: "SimSun"}
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{like}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, like in likes.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{listed}</w:fonts>"


def content_types() -> str:
    """The list of part types."""
    parts = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
    }
    parts |= {f"footer_{name}": "footer" for name in FOOTERS}
    listed = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def relations(targets: Sequence[tuple[str, str, str]]) -> str:
    """A relationships part from (id, type, target)."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{listed}</Relationships>"
    )


def core_properties(title: str) -> str:
    """Title only: no author and no time, which would be wrong in every document made from the template."""
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )


def write_template(name: str, body: str) -> None:
    """Write one template with fixed order and time."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    document_relations = [
        *((key, f"{RELATION}/{key}", f"{key}.xml") for key in ("styles", "settings", "fontTable")),
        *((key, f"{RELATION}/footer", f"footer_{key}.xml") for key in FOOTERS),
    ]
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            [
                ("document", f"{RELATION}/officeDocument", "word/document.xml"),
                ("core", core, "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": core_properties(name),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(document_relations),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        **{f"word/footer_{key}.xml": footer(content) for key, content in FOOTERS.items()},
    }
    with zipfile.ZipFile(HERE / f"{name}.docx", "w") as package:
        for part, content in parts.items():
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, content.encode())
