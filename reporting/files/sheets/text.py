"""A table saved as text (.csv): GB18030, UTF-8 or UTF-16, cells parted by commas, semicolons or tabs."""

import codecs
import csv
from collections import Counter
from io import StringIO
from itertools import islice

from reporting.files.sheets.grid import MAX_ROWS, CellsError, Sheet, filled_grid

DELIMITERS = ",\t;"
_LOOKED_AT = 60
_MAX_SIZE = 5 * 1024 * 1024


def read_text_table(data: bytes, most_rows: int = MAX_ROWS) -> list[Sheet]:
    """Read the one sheet of a .csv.

    Raises ``CellsError`` when the text cannot be decoded or its quotation marks do not fit.
    """
    if len(data) > _MAX_SIZE:
        raise CellsError("内容过多")
    text = decode_text(data)
    if text is None:
        raise CellsError("编码无法识别")
    delimiter = find_delimiter(text)
    try:
        rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), most_rows + 1))
    except csv.Error as error:
        raise CellsError("引号不成对") from error
    return [filled_grid(rows, most_rows).sheet("")]


def decode_text(data: bytes) -> str | None:
    """The text of a file in one of the encodings offices use; None when it is none."""
    for start, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            return data.decode(encoding, "replace")
    if b"\0" in data[:4000]:
        encoding = "utf-16-le" if data[1:4000:2].count(0) > data[:4000:2].count(0) else "utf-16-be"
        return _strictly(data, encoding)
    return _strictly(data, "utf-8") or _strictly(data, "gb18030") or _leniently(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, were it not for a character that may be cut in two at its end."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None
    return None if _odd(text) else text


def _odd(text: str) -> int:
    return sum(1 for sign in text[:4000] if ord(sign) < 32 and sign not in "\t\n\r\f\v\x1a")


def _leniently(data: bytes) -> str | None:
    """A text of which a few bytes were damaged on the way; they are shown as �."""
    read = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    text = min(read, key=lambda each: each.count("\ufffd"))
    return text if (text.count("\ufffd") + _odd(text)) * 100 <= len(text) else None


def find_delimiter(text: str, among: str = DELIMITERS) -> str:
    """The one that makes most cells in rows of one width; Excel may say it in a first line ``sep=;``.

    The first of ``among`` where none makes any.
    """
    told = told_delimiter(text)
    return told or max(among, key=lambda each: _cells_alike(text, each))


def told_delimiter(text: str) -> str:
    """The delimiter that a first line ``sep=;`` names, which Excel does not show; empty where there is none."""
    return text[4] if text[:4].lower() == "sep=" and text[5:6] in ("\n", "\r", "") and len(text) > 4 else ""


def _cells_alike(text: str, delimiter: str) -> int:
    """How many cells the rows of the most usual width have beyond their first."""
    widths = Counter(_widths(text, delimiter))
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _widths(text: str, delimiter: str) -> list[int]:
    try:
        rows = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
        return [len(row) for row in islice(rows, _LOOKED_AT)]
    except csv.Error:
        return []


def is_table(text: str) -> bool:
    """Whether a text may be a table: one of its first lines has at least four cells."""
    # as many headings as a table of ours must show
    return max(_widths(text, find_delimiter(text)), default=0) >= 4
