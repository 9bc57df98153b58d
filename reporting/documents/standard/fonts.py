"""Which fonts count as those the standard names: it says 小标宋, 仿宋, 黑体, 楷体 and no maker (5.2.2).

Offices take GB2312 and GBK cuts, those of 方正 and 华文, and for the title 华文中宋 or bold 宋体 where
小标宋 is not to be had; all of these pass.
"""

from collections.abc import Callable, Iterable, Iterator

from reporting.documents.standard import Check, Fault, Remark, where
from reporting.documents.standard.document import Paragraph, Run
from reporting.documents.standard.parts import Official

FONTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "小标宋": ("方正小标宋简体", ("小标宋", "xiaobiaosong", "中宋", "zhongsong")),
    "仿宋": ("仿宋_GB2312 或仿宋", ("仿宋", "fangsong")),
    "黑体": ("黑体", ("黑体", "simhei", "heiti", "方正黑")),
    "楷体": ("楷体_GB2312 或楷体", ("楷体", "楷_", "kaiti", "simkai")),
    "宋体": ("宋体", ("宋体", "simsun", "书宋")),
}
"""The standard's name of a font: which to set, and pieces of the names that fonts of its kind have."""
SIZES = {22.0: "2号", 16.0: "3号", 14.0: "4号"}


def is_font(name: str, wanted: str) -> bool:
    """Whether a font is one of those the standard calls ``wanted``."""
    lowered = name.lower()
    others = (*FONTS["仿宋"][1], *FONTS["小标宋"][1]) if wanted == "宋体" else ()
    return any(piece in lowered for piece in FONTS[wanted][1]) and not any(piece in lowered for piece in others)


def same_size(size: float, wanted: float) -> bool:
    """Whether a size is the one asked for; 3号 is 15.75 points to a printer and 16 to Word."""
    return abs(size - wanted) <= 0.5


def font_faults(paragraph: Paragraph, wanted: str, *, runs: tuple[Run, ...] | None = None) -> Iterator[Remark]:
    """What is wrong with the font of a paragraph's hanzi; a theme font is another clause's."""
    for run in runs if runs is not None else paragraph.runs:
        if not run.has_hanzi or run.themed or is_font(run.east_asian, wanted):
            continue
        if wanted == "小标宋" and run.bold and is_font(run.east_asian, "宋体"):
            continue
        named = f"字体是“{run.east_asian}”" if run.east_asian else "没有设定中文字体"
        yield Fault(
            where(paragraph),
            f"{named}，应为{wanted}{'体' if wanted == '仿宋' else ''}",
            f"请把中文字体设为{FONTS[wanted][0]}",
        )
        return


def size_faults(paragraph: Paragraph, wanted: float) -> Iterator[Remark]:
    """What is wrong with the size of a paragraph's letters."""
    for run in paragraph.runs:
        if run.text.strip() and not same_size(run.size, wanted):
            yield Fault(
                where(paragraph),
                f"字号是 {run.size:g} 磅，应为{SIZES[wanted]}（{wanted:g} 磅）",
                f"请设为{SIZES[wanted]}字",
            )
            return


def look_faults(paragraph: Paragraph, font: str, size: float) -> Iterator[Remark]:
    """What is wrong with font and size."""
    yield from font_faults(paragraph, font)
    yield from size_faults(paragraph, size)


def look(of: Callable[[Official], Iterable[Paragraph | None]], font: str, size: float) -> Check:
    """A check that some parts of a document, as far as it has them, are in this font and size."""
    return lambda official: (
        fault for each in of(official) if each is not None for fault in look_faults(each, font, size)
    )
