"""What the readers of plan documents share: refusals, lines, rows of tables, encodings."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reporting.language.characters import as_seen, one_line
from reporting.model import Line, Place
from reporting.model.findings import DubanError

MOST_ROWS, MOST_COLUMNS = 20_000, 60
BREAK = "\v"
"""A line break inside a cell."""


MOST_CHARACTERS = 1_000_000
"""No plan has more text: the longest have a hundred thousand characters."""


def refused(path: Path, problem: str, remedy: str) -> DubanError:
    """The sentence that says why a file cannot be read and what to do."""
    return DubanError(f"无法读取“{path.name}”：{problem}。{remedy}。")


def too_long(path: Path) -> DubanError:
    """The sentence for a text that is longer than any plan."""
    remedy = "请只保留任务分解部分，另存后再导入"
    return refused(path, f"文件中的文字超过 {MOST_CHARACTERS // 10_000} 万字，不像是任务方案", remedy)


def decode_bounded(path: Path, content: bytes) -> str:
    """As ``decode``, for a file that is nothing but text; one that is too long is refused."""
    text = decode(path, content)
    if len(text) > MOST_CHARACTERS:
        raise too_long(path)
    return text


def decode(path: Path, content: bytes) -> str:
    """The text of a file in one of the encodings offices use; binary content is refused."""
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(encoding, errors="replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 8:
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        text = content.decode(encoding, errors="replace")
        if _is_prose(text[:2000]):
            return text
        raise refused(path, "这不是文本文件", "请用 Word 或 WPS 打开，另存为 .docx 或文本文件后再导入")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            text = _usual(content, as_seen(text))
        if _is_chinese(text[:2000]) if encoding.startswith("utf-16") else _is_prose(text[:4000]):
            return text
    damaged = (content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030"))
    text = min((_usual(content, as_seen(each)) for each in damaged), key=lambda each: each.count("\ufffd"))
    if text.count("\ufffd") * 50 < len(text) and _is_prose(text[:4000]):
        return text
    raise refused(
        path, "这不是文本文件，或者编码无法识别", "请用 Word 或 WPS 打开，另存为 .docx 或 UTF-8 文本文件后再导入"
    )


_FREQUENT = frozenset(
    "的一是在有和人年大中为上个国市局会作任务单位责完成工建设发展实施推进要加强管理部政府县区员全行动"
    "為個國會務單責設發實進強動區員縣導關於業產"
)
"""Characters that every plan is full of, in either script."""


def _usual(content: bytes, text: str) -> str:
    """The text, or the one that the bytes give in Big5, where only that has the characters of every plan."""
    if _share_frequent(text) > 0.05:
        return text
    try:
        other = content.decode("big5hkscs")
    except UnicodeDecodeError:
        return text
    return other if _share_frequent(other) > 0.1 else text


def _share_frequent(text: str) -> float:
    """How many of the Chinese characters near the beginning are frequent ones."""
    chinese = [sign for sign in text[:4000] if sign >= "\u3400"]
    return sum(sign in _FREQUENT for sign in chinese) / max(1, len(chinese))


def _is_chinese(sample: str) -> bool:
    """Whether a text is all Chinese; one in another encoding read as UTF-16 never is."""
    usual = sum(
        char.isascii() or "\u2010" <= char <= "\u303f" or "\u4e00" <= char <= "\u9fff" or char >= "\uff00"
        for char in sample
    )
    return usual * 20 >= 19 * len(sample)


def _is_prose(sample: str) -> bool:
    odd = sum(1 for char in sample if ord(char) < 32 and char not in "\t\n\r\f\v")
    private = sum(1 for char in sample if "\ue000" <= char <= "\uf8ff")
    return (odd + private - 1) * 50 <= len(sample)


def lines(path: Path, texts: Sequence[str], part: str = "") -> list[Line]:
    """Texts as lines of a file, counted from 1."""
    return [Line(text, Place(path.name, part, row, 1)) for row, text in enumerate(texts, 1)]


def row_texts(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows with tabs between their cells; rows with one cell above the table are lines of text."""
    in_table = False
    for cells in rows:
        clean = [cell_text(cell) for cell in cells]
        filled = [cell for cell in clean if cell]
        in_table = in_table or len(filled) > 1
        yield "\t".join(clean) if in_table else "".join(filled)


def cell_text(cell: str) -> str:
    """The text of a cell; a line break in it becomes a vertical tab."""
    pieces = [one_line(piece) for piece in cell.replace(BREAK, "\n").split("\n")]
    return BREAK.join(piece for piece in pieces if piece)
