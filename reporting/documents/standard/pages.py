"""Paper, margins, lines and characters of a page, its number, turned pages (GB/T 9704-2012, 5, 7.5 and 8)."""

from collections.abc import Iterator, Sequence
from math import floor

from reporting.documents.standard import ByEye, Clause, Fault, Remark, eyes, where
from reporting.documents.standard.document import CHARACTER, PAGE_FIELD, Paragraph, WordSection
from reporting.documents.standard.fonts import is_font, same_size
from reporting.documents.standard.parts import Official

_POINT = 25.4 / 72
"""A point in millimetres."""
_HEIGHT, _WIDTH = 225 / _POINT, 156 / _POINT
"""The type area in points; a wrong margin is another clause's fault."""
LINES, CHARACTERS = 22, 28
_DASHES = (f"—{PAGE_FIELD}—", f"－{PAGE_FIELD}－", f"─{PAGE_FIELD}─")
_CLOSE = 1.05
"""Millimetres by which a margin may be off (5.2.1), and what rounding to twips adds."""


def _each(official: Official) -> Iterator[tuple[str, WordSection]]:
    for position, section in enumerate(official.document.sections, 1):
        yield f"第{position}节（{'横向' if section.landscape else '纵向'}页面）", section


def _paper(official: Official) -> Iterator[Remark]:
    for name, section in _each(official):
        short, long = sorted((section.width, section.height))
        if abs(short - 210) > 1 or abs(long - 297) > 1:
            found = f"纸张为 {section.width:.0f} × {section.height:.0f} 毫米，应为 A4（210 × 297 毫米）"
            yield Fault(name, found, "请在“布局—纸张大小”中选 A4")


def _margins(official: Official) -> Iterator[Remark]:
    """Seen from the upright sheet: white at the top, at the binding, and what the type area leaves."""
    asked = (("天头", 37), ("订口", 28), ("切口一侧", 26), ("地脚", 35))
    for name, section in _each(official):
        # turned the wrong way round, the two long sides change places; that is clause 8's fault
        long_sides = sorted((section.left, section.right), reverse=True)
        found = (
            (long_sides[0], section.top, section.bottom, long_sides[1])
            if section.landscape
            else (section.top, section.left, section.right, section.bottom)
        )
        wrong = [
            f"{side}是 {measure:.1f} 毫米，应为 {wanted} 毫米"
            for (side, wanted), measure in zip(asked, found, strict=True)
            if abs(measure - wanted) > _CLOSE
        ]
        if wrong:
            turned = "上 28、下 26、左 35、右 37" if section.landscape else "上 37、下 35、左 28、右 26"
            yield Fault(name, "；".join(wrong), f"请把页边距设为{turned}毫米（版心 156 × 225 毫米）")


def _section_of(official: Official, paragraph: Paragraph) -> WordSection:
    sections = official.document.sections
    return sections[min(paragraph.section, len(sections) - 1)]


def _line_points(paragraph: Paragraph, section: WordSection) -> float:
    """How many points a line takes; 0 where that depends on the font (no exact value and no grid)."""
    gridded = section.grid in ("lines", "linesAndChars", "snapToChars") and paragraph.on_grid
    if paragraph.rule == "exact":
        return paragraph.line
    if gridded and section.pitch:
        return section.pitch * max(paragraph.line if paragraph.rule == "auto" else 1.0, 1.0)
    return 0.0


def _lines(official: Official) -> Iterator[Remark]:
    for paragraph in official.prose:
        section = _section_of(official, paragraph)
        if section.landscape:
            continue
        points = _line_points(paragraph, section)
        remedy = "请设为固定值 28.95 磅（29 磅每页只有 21 行）"
        if not points:
            yield Fault(where(paragraph), "行距不是固定值，每页行数随字体变化", remedy)
        elif floor(_HEIGHT / points) != LINES:
            count = floor(_HEIGHT / points)
            yield Fault(where(paragraph), f"行距 {points:g} 磅，每页排 {count} 行，应为 {LINES} 行", remedy)


def _characters(official: Official) -> Iterator[Remark]:
    for paragraph in official.prose:
        section = _section_of(official, paragraph)
        hanzi = [run for run in paragraph.runs if run.has_hanzi and same_size(run.size, CHARACTER)]
        if section.landscape or not hanzi:
            continue
        grid = section.char_space if section.grid in ("linesAndChars", "snapToChars") else 0.0
        taken = min(run.size + run.spacing + grid for run in hanzi)
        count = floor(_WIDTH / taken + 0.01)
        if count != CHARACTERS:
            yield Fault(
                where(paragraph),
                f"每行排 {count} 个字，应为 {CHARACTERS} 个",
                "请把字符间距设为紧缩 0.25 磅（三号字在 Word 里是 16 磅，不紧缩每行只有 27 个字）",
            )


def _numbered(feet: Sequence[Paragraph]) -> Paragraph | None:
    return next((each for each in feet if PAGE_FIELD in each.raw), None)


def _page_numbers(official: Official) -> Iterator[Remark]:
    """They are there, with a dash on each side, odd pages on the right and even ones on the left."""
    remedy = "请设页码为“— 1 —”，奇偶页不同：单页码居右空一字，双页码居左空一字"
    told: set[int] = set()
    for name, section in _each(official):
        sides = ("default", "even") if official.document.even_and_odd else ("default",)
        for side in sides:
            feet = section.footers.get(side, ())
            if id(feet) in told:
                continue
            told.add(id(feet))
            found = _numbered(feet)
            page = "双页" if side == "even" else "单页"
            if found is None:
                yield Fault(name, f"{page}没有页码", remedy)
            elif found.text.replace(" ", "").replace("\u3000", "") not in _DASHES:
                shown = found.text.replace(PAGE_FIELD, "1")
                yield Fault(name, f"{page}的页码写作“{shown}”，数字左右应各有一条一字线", remedy)
        if not official.document.even_and_odd:
            yield Fault(name, "没有设“奇偶页不同”，单双页的页码在同一侧", remedy)
            return


def _page_number_place(official: Official) -> Iterator[Remark]:
    told: set[int] = set()
    for name, section in _each(official):
        for side, wanted in (("default", "right"), ("even", "left")):
            feet = section.footers.get(side, ())
            found = _numbered(feet)
            if found is None or id(feet) in told or not official.document.even_and_odd:
                continue
            told.add(id(feet))
            space = found.right if wanted == "right" else found.left
            page, place = ("单页", "居右") if wanted == "right" else ("双页", "居左")
            if found.align != wanted or not 0.6 <= space <= 1.4:
                yield Fault(name, f"{page}的页码没有{place}空一字", f"请把{page}页码设为{place}，缩进一字")
            if section.landscape and not found.turned:
                yield ByEye(f"{name}的页码在普通页脚里；第 8 条要求横排表格的页码位置与其他页一致，请核对打印效果。")
        if not section.landscape and not 24.5 <= section.footer <= 26.5:
            yield Fault(
                name,
                f"页脚距边界 {section.footer:.1f} 毫米，一字线不在版心下边缘之下 7 毫米处",
                "请设页脚距边界 25.5 毫米，页码行距固定值 14 磅",
            )


def _page_number_font(official: Official) -> Iterator[Remark]:
    told: set[int] = set()
    for name, section in _each(official):
        for feet in section.footers.values():
            found = _numbered(feet)
            if found is None or id(feet) in told:
                continue
            told.add(id(feet))
            wrong = [
                run
                for run in found.runs
                if run.text.strip()
                and not run.themed
                and not (is_font(run.marks or run.latin, "宋体") and same_size(run.size, 14))
            ]
            if wrong:
                look = f"{wrong[0].marks or wrong[0].latin or '没有设定字体'}、{wrong[0].size:g} 磅"
                yield Fault(name, f"页码是{look}，应为4号半角宋体", "请把页码设为宋体、四号（14 磅）")


def _turned(official: Official) -> Iterator[Remark]:
    for name, section in _each(official):
        if section.landscape and section.right < section.left:
            yield Fault(
                name,
                "横排页面的表头朝向与装订方向不符",
                "请把页边距设为上 28、下 26、左 35、右 37 毫米，使表头在订口一边",
            )


def _tables(official: Official) -> Iterator[Remark]:
    """A table that runs over a page repeats its head; the line spacing of the body stays out of it."""
    for table in official.document.tables:
        shown = [each for each in table.paragraphs if each.text]
        if not shown:
            continue
        tall = [each for each in shown if each.rule == "exact" and each.line > 1.7 * each.size]
        if tall and len(table.rows) > 1 and not set(shown) & set(official.imprint):
            yield Fault(
                where(tall[0]),
                f"表格里套用了正文的固定行距（{tall[0].line:g} 磅），行高会被撑大",
                "请把表格内的行距改为单倍行距，取消“对齐到网格”",
            )
        if len(table.rows) > 12 and not table.rows[0].head:
            yield Fault(where(shown[0]), "表格较长，没有设“重复标题行”", "请选中表头，设为在各页顶端重复出现")


CLAUSES = (
    Clause("5.1", "幅面尺寸", _paper),
    Clause("5.2.1", "页边与版心", _margins),
    Clause("5.2.3", "每面22行", _lines),
    Clause("5.2.3", "每行28字", _characters),
    Clause(
        "5.2.3", "首页与行末", eyes("首页必须显示正文（7.3.3）；打印后核对每页 22 行、每行 28 个字，行末标点不出版心。")
    ),
    Clause("6", "印制装订", eyes("双面印刷、左侧装订、无掉页，两页页码之间误差不超过 4 毫米，请在印制时核对。")),
    Clause("7.5", "页码形式", _page_numbers),
    Clause("7.5", "页码位置", _page_number_place),
    Clause("7.5", "页码字体", _page_number_font),
    Clause("8", "横排页面", _turned),
    Clause("8", "表格", _tables),
)
