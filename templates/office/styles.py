"""The style sheet of the templates: restyling a document means changing these in Word."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from office.measures import BLACK, BODY, CHARACTER, DECLARATION, KAI, LATIN, LINE, NAMESPACES, SONG, TEXT_WIDTH, TITLE


def fonts(east_asian: str, latin: str = LATIN) -> str:
    """All four font attributes: one that is missing would be taken from elsewhere."""
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east_asian}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def style(key: str, name: str, based: str, paragraph_part: str = "", run_part: str = "", *, after: str = "") -> str:
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
    "<w:tabs>" + "".join(f'<w:tab w:val="left" w:pos="{at * CHARACTER // 2}"/>' for at in range(1, 56)) + "</w:tabs>"
)
"""A tab stop at each half character of a line."""
SIGNER = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - CHARACTER}"/></w:tabs>'
"""Takes 签发人 to the right, one character from the edge."""
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
        style("Number", "公文发文字号", "Normal", f'{spacing(after=2 * LINE)}<w:jc w:val="center"/>', after="Title"),
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
            "AnnexFirst", "公文附件说明首行", "Normal", KEEP_NEXT + spacing(before=LINE) + indent(left=600, hanging=400)
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
        style("SignatureDate", "公文成文日期", "Normal", f'{KEEP_NEXT}{indent(right=400)}<w:jc w:val="right"/>'),
        style(
            "SignatureMoved",
            "公文署名（按字移位）",
            "Normal",
            f'{KEEP_NEXT}{HALF_CHARACTERS}{spacing(before=2 * LINE)}<w:jc w:val="left"/>',
            after="SignatureMovedDate",
        ),
        # Without a seal no room is needed for one: a single line under the body (7.3.5.2).
        style(
            "SignatureBare", "公文署名（不盖章）", "SignatureMoved", spacing(before=LINE), after="SignatureMovedDate"
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
            # A row that runs over the end of a page leaves no single line on either side of it.
            f'<w:widowControl/>{NO_GRID}{spacing(before=40, after=40, line=240, rule="auto")}<w:jc w:val="left"/>',
            LOOSE + size(21),
        ),
        style("TableCentre", "公文表格居中", "TableText", '<w:keepLines/><w:jc w:val="center"/>'),
        style("TableHead", "公文表头", "TableText", f'{KEEP_NEXT}<w:jc w:val="center"/>', fonts(BLACK, BLACK)),
        style("TableBand", "公文表格分类", "TableText", KEEP_NEXT, fonts(BLACK, BLACK)),
        style("TableTask", "公文表格任务", "TableText", KEEP_NEXT, fonts(KAI)),
        style(
            "TableCaption",
            "公文表题",
            "Normal",
            f'{KEEP_NEXT}{NO_GRID}{spacing(before=160, after=80, line=360)}<w:jc w:val="center"/>',
            fonts(BLACK, BLACK) + LOOSE + size(24),
        ),
        style(
            "TableNote", "公文表注", "Normal", f"{NO_GRID}{spacing(before=60, after=160, line=280)}", LOOSE + size(21)
        ),
        style("PageNumber", "公文页码", "Normal", NO_GRID + spacing(line=280), fonts(SONG, SONG) + LOOSE + size(28)),
        # 4号, one 4号 character from each side; a long list of copies hangs behind 抄送：
        style(
            "Imprint",
            "公文版记",
            "Normal",
            f'{RIGHT_EDGE}{NO_GRID}{spacing(line=480)}<w:ind w:left="280" w:right="280"/>',
            LOOSE + size(28),
        ),
        style(
            "ImprintCopies",
            "公文版记抄送",
            "Imprint",
            '<w:ind w:left="1120" w:right="280" w:hanging="840"/><w:jc w:val="left"/>',
        ),
        style(
            "NumberUpward",
            "公文发文字号（上行文）",
            "Normal",
            f'{SIGNER}{spacing(after=2 * LINE)}{indent(left=100)}<w:jc w:val="left"/>',
            after="Title",
        ),
        style("ImprintRoom", "公文版记留空", "Normal", f"{KEEP_NEXT}{NO_GRID}{spacing(line=480)}", size(2)),
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
        '<w:style w:type="character" w:customStyle="1" w:styleId="RunIn"><w:name w:val="公文楷体"/>'
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
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(listed)}{run_in_heading}{table}</w:styles>"
