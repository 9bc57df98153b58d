"""A table saved as text (.csv), whatever parts its cells → Lines."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from reporting.files.sheets.text import decode_text, find_delimiter, told_delimiter
from reporting.model import Line, Place
from reporting.plan.documents.parts import decode_bounded, lines, refused, row_texts
from reporting.plan.reading.columns import find_columns
from reporting.plan.reading.tables import TableRow

DELIMITERS = ",\t;|，；"
"""What may stand between cells; a full-width comma more often stands in a sentence, and must part more cells."""


def read_csv(path: Path, content: bytes) -> list[Line]:
    """A CSV file; each record is a row of a table."""
    text = decode_bounded(path, content).replace("\0", "")
    delimiter = find_delimiter(text, DELIMITERS)
    if told_delimiter(text):
        text = text.partition("\n")[2]
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        raise refused(path, "CSV 文件格式有误", "请用 Excel 或 WPS 打开后重新另存") from error
    return lines(path, list(row_texts(rows)))


_LOOKED_AT = 30
_LONGEST_HEADING = 12


def is_plan_table(content: bytes) -> bool:
    """Whether a text under any name is such a table: headings of a plan, and most lines of as many cells."""
    text = decode_text(content[:20_000]) or ""
    delimiter = find_delimiter(text, DELIMITERS)
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    rows = [TableRow(tuple(line.split(delimiter)), Place()) for line in lines]
    found = find_columns(rows) if delimiter not in "\t|" else None
    if found is None or any(len(name) > _LONGEST_HEADING for name in found[0].names):
        return False
    return 2 * sum(len(row.cells) == len(found[0].names) for row in rows) > len(rows)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records; where a quotation mark is never closed, each line is one, or the rest would be one cell."""
    if _quotes_close(text, delimiter):
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE):
        yield [cell.strip().strip('"').replace('""', '"') for cell in row]


def _quotes_close(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" not in str(error)
    return True
