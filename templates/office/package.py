"""The other parts of the package: page feet, settings, fonts, relations; and the package itself."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from office.measures import BLACK, BODY, DECLARATION, HINT, KAI, NAMESPACES, RELATION, SONG, TITLE, WORD
from office.pieces import paragraph
from office.styles import styles


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
    return f'{DECLARATION}<w:ftr {NAMESPACES} mc:Ignorable="">{content}</w:ftr>'.replace(' mc:Ignorable=""', "")


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
    parts = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    parts |= {f"footer_{name}": "footer" for name in FOOTERS}
    listed = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>' for part, kind in parts.items()
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
    listed = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in targets)
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


def write_template(path: Path, body: str) -> None:
    """Write one template with fixed order and time."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    document_relations = [
        *((key, f"{RELATION}/{key}", f"{key}.xml") for key in ("styles", "settings", "fontTable")),
        *((key, f"{RELATION}/footer", f"footer_{key}.xml") for key in FOOTERS),
    ]
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            [("document", f"{RELATION}/officeDocument", "word/document.xml"), ("core", core, "docProps/core.xml")]
        ),
        "docProps/core.xml": core_properties(path.stem),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(document_relations),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        **{f"word/footer_{key}.xml": footer(content) for key, content in FOOTERS.items()},
    }
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, content.encode())
