"""Builds the Word templates in this folder: ``python templates/build.py``.

The measures are those of GB/T 9704-2012; where a clause leaves a value open, the reason stands beside it.
A template is an ordinary Word file: an office may open it, change styles and fixed words, and save it.
The grey lines in it are docxtpl marks (``{%p for … %}``); they vanish when the document is filled.
The bytes depend on this script alone, so a template is only committed anew when it changed.
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
    inner = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
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


def signature() -> str:
    """Issuer and date, one centred over the other (7.3.5.1); a long name has a wider place."""
    wide = paragraph("SignatureWide", "{{ signature.issuer }}") + paragraph(
        "SignatureWideDate", "{{ signature.date }}"
    )
    usual = paragraph("Signature", "{{ signature.issuer }}") + paragraph(
        "SignatureDate", "{{ signature.date }}"
    )
    return when("signature.long", wide, otherwise=usual)


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
        # Centred in what remains right of the indent: a date of seven characters ends four from the right.
        style(
            "Signature",
            "公文署名",
            "Normal",
            f'{KEEP_NEXT}{spacing(before=2 * LINE)}{indent(left=1300)}<w:jc w:val="center"/>',
            after="SignatureDate",
        ),
        style(
            "SignatureDate", "公文成文日期", "Normal", f'{KEEP_NEXT}{indent(left=1300)}<w:jc w:val="center"/>'
        ),
        style(
            "SignatureWide",
            "公文署名（长名称）",
            "Normal",
            f'{KEEP_NEXT}{spacing(before=2 * LINE)}{indent(left=600)}<w:jc w:val="center"/>',
            after="SignatureWideDate",
        ),
        style(
            "SignatureWideDate",
            "公文成文日期（长名称）",
            "Normal",
            f'{KEEP_NEXT}{indent(left=600)}<w:jc w:val="center"/>',
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
        style("SectionEnd", "公文分节", "Normal", f"{NO_GRID}{spacing(line=20)}", size(2)),
        style(
            "Mark",
            "模板标记",
            "Normal",
            f'{NO_GRID}{spacing(line=240, rule="auto")}<w:jc w:val="left"/>',
            '<w:color w:val="7F7F7F"/>' + LOOSE + size(18),
        ),
    ]
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
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(listed)}{table}</w:styles>"


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


# ---- the documents ----------------------------------------------------------------------------


def notice() -> str:
    """通知: goes out with the workbooks."""
    units = Table(("序号", 1200, "TableCentre"), ("责任单位", 7644, "TableText"))
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipients }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、填报内容"),
            each("text", "contents", paragraph("Body", "{{ text }}")),
            paragraph("Heading1", "二、填报要求"),
            each("text", "requirements", paragraph("Body", "{{ text }}")),
            paragraph("Heading1", "三、报送时间和方式"),
            each("text", "delivery", paragraph("Body", "{{ text }}")),
            paragraph("Heading1", "四、工作要求"),
            each("text", "arrangements", paragraph("Body", "{{ text }}")),
            paragraph("Closing", "特此通知。"),
            annex_list(),
            signature(),
            contact(),
            when(
                "units",
                paragraph("AnnexLabel", "附件2"),
                paragraph("AnnexTitle", "责任单位名单"),
                units.whole(units.each("unit", "units", units.row("{{ loop.index }}", "{{ unit }}"))),
            ),
            section(),
        ]
    )


def return_letter() -> str:
    """退回函: goes back with a return that needs correcting."""
    table = Table(
        ("序号", 624, "TableCentre"),
        ("任务\n序号", 850, "TableCentre"),
        ("位置", 1474, "TableText"),
        ("问题", 2664, "TableText"),
        ("修改要求", 2324, "TableText"),
        ("类别", 908, "TableCentre"),
    )
    line = table.row(
        "{{ row.ordinal }}",
        "{{ row.task }}",
        "{{ row.place }}",
        "{{ row.problem }}",
        "{{ row.remedy }}",
        "{{ row.asked }}",
    )
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、需要处理的内容"),
            paragraph("Body", "{{ problems }}"),
            when(
                "rows",
                table.whole(table.each("row", "rows", line)),
                paragraph("TableNote"),
            ),
            paragraph("Heading1", "二、处理和报送的方法"),
            each("text", "resubmit", paragraph("Body", "{{ text }}")),
            paragraph("Heading1", "三、报送的时间"),
            paragraph("Body", "{{ due }}"),
            paragraph("Closing", "专此函达。"),
            annex_list(),
            signature(),
            contact(),
            section(first_page_blank=True),
        ]
    )


def plain_letter() -> str:
    """催报函: to one unit that has not sent its return; 改派函: to units between which a task moves."""
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            paragraph("Recipient", "{{ recipient }}："),
            each("text", "body", paragraph("Body", "{{ text }}")),
            paragraph("Closing", "专此函达。"),
            signature(),
            contact(),
            section(first_page_blank=True),
        ]
    )


def summary() -> str:
    """年度总结: the year-end report with its annexes."""
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            when("recipient", paragraph("Recipient", "{{ recipient }}：")),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、总体情况"),
            paragraph("Heading2", "（一）任务完成情况"),
            blocks("overview"),
            _category_table(),
            paragraph("Heading2", "（二）量化指标完成情况"),
            paragraph("Body", "{{ target_overview }}"),
            paragraph("Heading2", "（三）报送情况"),
            blocks("returns"),
            paragraph("Heading1", "二、主要工作及成效"),
            blocks("results"),
            paragraph("Heading1", "三、量化指标完成情况"),
            paragraph("Body", "{{ targets.opening }}"),
            _target_table(),
            blocks("targets.rest"),
            paragraph("Heading1", "四、未完成和滞后任务及原因"),
            blocks("late"),
            paragraph("Heading1", "五、存在的主要问题"),
            blocks("problems"),
            paragraph("Heading1", "六、下一步工作打算"),
            blocks("plans"),
            when("proposals", paragraph("Heading1", "七、意见和建议"), blocks("proposals")),
            when("recipient", paragraph("Closing", "特此报告。")),
            annex_list(),
            signature(),
            contact(),
            section_end(section()),
            annex_head("annex_tasks"),
            _task_annex(),
            when("annex_targets.rows", annex_head("annex_targets"), _target_annex()),
            section_end(section(landscape=True)),
            _unit_annex(),
            _evidence_annex(),
            section(),
        ]
    )


def _category_table() -> str:
    figures = ("done", "ongoing", "behind", "void", "unreported")
    names = ("完成", "推进中", "滞后", "不计入", "未报送")
    table = Table(
        ("类别", 3104, "TableText"),
        ("任务数", 940, "TableCentre"),
        *((name, 960, "TableCentre") for name in names),
    )
    line = table.row("{{ row.name }}", "{{ row.total }}", *(f"{{{{ row.{name} }}}}" for name in figures))
    return when(
        "categories.rows",
        paragraph("TableCaption", "各类任务完成情况（单位：项）"),
        table.whole(table.each("row", "categories.rows", line)),
        paragraph("TableNote", "{{ categories.note }}"),
    )


def _target_table() -> str:
    table = Table(
        ("指标", 3104, "TableText"),
        ("目标值", 1440, "TableCentre"),
        ("完成值", 1440, "TableCentre"),
        ("完成率", 1020, "TableCentre"),
        ("责任单位", 1840, "TableCentre"),
    )
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in ("name", "goal", "value", "ratio", "unit")))
    return when(
        "targets.rows",
        paragraph("TableCaption", "量化指标完成情况"),
        table.whole(table.each("row", "targets.rows", line)),
        paragraph("TableNote"),
    )


def _task_annex() -> str:
    table = Table(
        ("序号", 650, "TableCentre"),
        ("工作内容", 2128, "TableText"),
        ("单位", 1247, "TableCentre"),
        ("完成状态\n及进度", 1020, "TableCentre"),
        ("完成情况", 3062, "TableText"),
        ("存在问题\n及原因", 1588, "TableText"),
        ("下一步计划", 1588, "TableText"),
        ("自评分", 567, "TableCentre"),
        ("备注", 906, "TableText"),
    )
    texts = (
        "{% vm %}{{ task.number }}",
        "{% vm %}{{ task.content }}",
        *(f"{{{{ row.{name} }}}}" for name in ("unit", "status", "result", "problem", "next_step", "score")),
        "{{ row.remark }}",
    )
    rows = (
        table.mark("if row.tall")
        + table.row(*texts, keep=False)
        + table.mark("else")
        + table.row(*texts)
        + table.mark("endif")
    )
    tasks = table.each("task", "group.tasks", table.each("row", "task.rows", rows))
    return table.whole(table.each("group", "annex_tasks.groups", table.band("{{ group.category }}"), tasks))


def _target_annex() -> str:
    table = Table(
        ("任务\n序号", 850, "TableCentre"),
        ("指标", 2900, "TableText"),
        ("目标值", 1200, "TableCentre"),
        ("责任单位", 1587, "TableCentre"),
        ("完成值", 1247, "TableCentre"),
        ("完成率", 900, "TableCentre"),
        ("完成情况", 1420, "TableCentre"),
        ("数据截止\n日期", 1250, "TableCentre"),
        ("说明", 1402, "TableText"),
    )
    names = ("task", "name", "goal", "unit", "value", "ratio", "state", "as_of", "remark")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return table.whole(table.each("row", "annex_targets.rows", line))


def _unit_annex() -> str:
    table = Table(
        ("序号", 737, "TableCentre"),
        ("单位", 2150, "TableText"),
        ("报送情况", 1590, "TableCentre"),
        ("最近收到日期", 1790, "TableCentre"),
        ("承担任务", 2577, "TableText"),
    )
    names = ("ordinal", "unit", "state", "received", "tasks")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return annex_head("annex_units") + when(
        "annex_units.rows",
        table.whole(table.each("row", "annex_units.rows", line)),
        paragraph("TableNote", "注：{{ annex_units.note }}。"),
        otherwise=paragraph("Body", "{{ annex_units.empty }}"),
    )


def _evidence_annex() -> str:
    table = Table(
        ("序号", 737, "TableCentre"),
        ("任务\n序号", 964, "TableCentre"),
        ("报送单位", 2041, "TableText"),
        ("材料名称和文号", 5102, "TableText"),
    )
    names = ("ordinal", "task", "unit", "evidence")
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names))
    return annex_head("annex_evidence") + when(
        "annex_evidence.rows",
        table.whole(table.each("row", "annex_evidence.rows", line)),
        otherwise=paragraph("Body", "{{ annex_evidence.empty }}"),
    )


def acceptance() -> str:
    """检查验收报告: after the inspection, with scores, conclusions and annexes."""
    return "".join(
        [
            paragraph("Title", "{{ title }}"),
            when("recipient", paragraph("Recipient", "{{ recipient }}：")),
            paragraph("Body", "{{ opening }}"),
            paragraph("Heading1", "一、检查验收工作开展情况"),
            blocks("work"),
            paragraph("Heading1", "二、总体评价"),
            blocks("overall"),
            _grade_table(),
            paragraph("Heading1", "三、任务完成情况"),
            paragraph("Heading2", "（一）分类别、分单位情况"),
            _compared_table("各类任务核定情况（单位：项次、分）", "类别", "compared.categories"),
            _compared_table("各单位任务核定情况（单位：项次、分）", "单位", "compared.units"),
            paragraph("TableNote", "{{ compared.note }}"),
            paragraph("Heading2", "（二）自评与核定对比"),
            blocks("differences"),
            paragraph("Heading1", "四、核查发现的主要问题"),
            blocks("problems"),
            paragraph("Heading1", "五、得分和等次"),
            blocks("method"),
            _total_table(),
            blocks("deductions"),
            paragraph("Heading1", "六、验收结论"),
            blocks("conclusions"),
            paragraph("Heading1", "七、整改要求和建议"),
            blocks("demands"),
            when("recipient", paragraph("Closing", "特此报告。")),
            annex_list(),
            signature(),
            contact(),
            section_end(section()),
            annex_head("annex_scores"),
            _formula_annex(),
            annex_head("annex_tasks"),
            _inspected_annex(),
            annex_head("annex_rectify"),
            _rectify_annex(),
            section_end(section(landscape=True)),
            annex_head("annex_group"),
            _group_annex(),
            section(),
        ]
    )


def _rows_of(table: Table, source: str, *names: str, keep: bool = True) -> str:
    """A table with one row for each record of a list."""
    line = table.row(*(f"{{{{ row.{name} }}}}" for name in names), keep=keep)
    return table.whole(table.each("row", source, line))


def _grade_table() -> str:
    table = Table(("等次", 1300, "TableCentre"), ("单位数", 1000, "TableCentre"), ("单位", 6544, "TableText"))
    return (
        paragraph("TableCaption", "各等次单位")
        + _rows_of(table, "grades", "grade", "count", "units")
        + paragraph("TableNote")
    )


def _compared_table(caption: str, first: str, source: str) -> str:
    names = ("任务", "已核定", "上报\n已完成", "核定\n已完成", "自评\n平均", "考评\n平均")
    table = Table((first, 3204, "TableText"), *((name, 940, "TableCentre") for name in names))
    keys = ("name", "total", "verified", "reported_done", "verified_done", "own", "given")
    return paragraph("TableCaption", caption) + _rows_of(table, source, *keys)


def _total_table() -> str:
    table = Table(
        ("名次", 700, "TableCentre"),
        ("单位", 2744, "TableText"),
        ("任务\n平均分", 950, "TableCentre"),
        ("扣分", 800, "TableCentre"),
        ("加分", 800, "TableCentre"),
        ("得分", 900, "TableCentre"),
        ("等次", 1050, "TableCentre"),
        ("已核定\n项次", 900, "TableCentre"),
    )
    keys = ("rank", "unit", "mean", "taken", "bonus", "total", "grade", "verified")
    return (
        paragraph("TableCaption", "各单位得分和等次")
        + _rows_of(table, "totals", *keys)
        + paragraph("TableNote")
    )


def _formula_annex() -> str:
    table = Table(
        ("名次", 700, "TableCentre"),
        ("单位", 2100, "TableText"),
        ("计算过程", 4606, "TableText"),
        ("得分", 850, "TableCentre"),
        ("等次", 1050, "TableCentre"),
        ("验收结论", 1150, "TableCentre"),
        ("备注", 2300, "TableText"),
    )
    keys = ("rank", "unit", "formula", "total", "grade", "conclusion", "note")
    return _rows_of(table, "annex_scores.rows", *keys)


def _inspected_annex() -> str:
    table = Table(
        ("任务\n序号", 620, "TableCentre"),
        ("工作内容", 1886, "TableText"),
        ("角色", 620, "TableCentre"),
        ("上报状态", 920, "TableCentre"),
        ("核查\n方式", 780, "TableCentre"),
        ("核定情况", 1300, "TableText"),
        ("自评分", 620, "TableCentre"),
        ("考评\n得分", 700, "TableCentre"),
        ("权重", 580, "TableCentre"),
        ("计分依据", 2830, "TableText"),
        ("扣分原因和\n检查组意见", 1900, "TableText"),
    )
    known = ("number", "content", "role", "reported", "method", "verified")
    keys = (*known, "own", "points", "weight", "formula", "said")
    texts = [f"{{{{ row.{key} }}}}" for key in keys]
    # A long opinion may run over the end of a turned page; kept whole it would leave the page empty.
    lines = (
        table.mark("if row.tall")
        + table.row(*texts, keep=False)
        + table.mark("else")
        + table.row(*texts)
        + table.mark("endif")
    )
    rows = table.each("row", "group.rows", lines)
    return table.whole(table.each("group", "annex_tasks.groups", table.band("{{ group.unit }}"), rows))


def _rectify_annex() -> str:
    table = Table(
        ("序号", 700, "TableCentre"),
        ("责任单位", 2000, "TableText"),
        ("任务\n序号", 800, "TableCentre"),
        ("工作内容", 3600, "TableText"),
        ("存在问题", 3556, "TableText"),
        ("整改期限", 2100, "TableCentre"),
    )
    keys = ("ordinal", "unit", "task", "content", "problem", "by")
    return when(
        "annex_rectify.rows",
        _rows_of(table, "annex_rectify.rows", *keys, keep=False),
        otherwise=paragraph("Body", "本次检查验收没有提出需要整改的事项。"),
    )


def _group_annex() -> str:
    table = Table(("职务", 1500, "TableCentre"), ("姓名", 3672, "TableCentre"), ("签字", 3672, "TableCentre"))
    line = table.row("{{ row.duty }}", "{{ row.name }}", "")
    return table.whole(table.each("row", "annex_group.rows", line))


TEMPLATES = {
    "通知": notice,
    "退回函": return_letter,
    "催报函": plain_letter,
    "改派函": plain_letter,
    "年度总结": summary,
    "检查验收报告": acceptance,
}


def main() -> None:
    """Write all templates."""
    for name, body in TEMPLATES.items():
        write_template(name, body())


if __name__ == "__main__":
    main()
