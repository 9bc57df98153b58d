"""The measures of GB/T 9704-2012 in the units of Word; where a clause leaves one open, the reason is here."""

from __future__ import annotations

TITLE, BODY, BLACK, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

LINE = 579
"""28.95 pt exact: 22 lines fill the 225 mm of the type area (5.2.3); 29 pt would give 21."""
CHARACTER = 320
"""One 3号 character, 16 pt, in twips."""
TEXT_WIDTH = 8844
"""The width of the type area, 156 mm, in twips (5.2.1)."""
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
