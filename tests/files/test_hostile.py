"""Files made to do harm: each costs little memory and time, says why, and leaves the others alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from builders.formats import as_ods, ole_file, zipped
from builders.year import ROOT, issue_one, small_plan

from reporting.files.package import repack, split_package
from reporting.model import column_letters
from reporting.office.form import Form

MEGABYTE = 1024 * 1024
TASKS = "xl/worksheets/sheet2.xml"


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    return repack(split_package(data) | {name: part})


def sheet(inside: bytes, before: bytes = b"") -> bytes:
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return before + b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (main, inside)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]>"
)
FILE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def bomb(levels: int) -> bytes:
    inner = zipped({f"{number}.txt": bytes(10 * MEGABYTE) for number in range(10)})
    for _ in range(levels):
        inner = zipped({f"{number}.zip": inner for number in range(10)})
    return inner


def formatted(rows: int, columns: int) -> bytes:
    cells = b'<c s="1"/>' * columns
    return sheet((b"<row>%s</row>" % cells) * rows)


def strings(count: int) -> bytes:
    return b"<sst>" + b"<si><t>%s</t></si>" % (b"x" * 100) * count + b"</sst>"


def random_archive(size: int) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("a.bin", os.urandom(size))
    return buffer.getvalue()


def circle() -> bytes:
    """A container whose table of sectors leads in a circle."""
    data = bytearray(ole_file({"Workbook": b"\x09\x08\x10\x00" + bytes(MEGABYTE)}))
    at = len(data) - 20 * 512
    data[at : at + 8] = b"\0\0\0\0\0\0\0\0"
    data[-512 * 17 :] = b"\0\0\0\0" * (128 * 17)
    return bytes(data)


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "billion laughs": lambda data: with_part(data, TASKS, sheet(b"<c><v>&k;</v></c>", LAUGHS)),
    "an entity of a file": lambda data: with_part(data, TASKS, sheet(b"<c><v>&f;</v></c>", FILE_ENTITY)),
    "a million rows that say nothing": lambda data: with_part(data, TASKS, formatted(1_000_000, 8)),
    "formatted cells without end": lambda data: with_part(data, TASKS, formatted(1, 8_000_000)),
    "filled cells without end": lambda data: with_part(data, TASKS, sheet(b"<c><v>1</v></c>" * 6_000_000)),
    "a cell of ninety megabytes": lambda data: with_part(
        data, TASKS, sheet(b'<c t="str"><v>' + b"x" * 90 * MEGABYTE + b"</v></c>")
    ),
    "a name of ninety megabytes": lambda data: with_part(data, TASKS, sheet(b"<" + b"x" * 90 * MEGABYTE)),
    "an attribute of seven megabytes": lambda data: with_part(
        data, TASKS, sheet(b'<c r="' + b"A" * 7 * MEGABYTE + b'"/>')
    ),
    "elements in elements": lambda data: with_part(data, TASKS, sheet(b"<a>" * 3_000_000)),
    "strings without end": lambda data: with_part(data, "xl/sharedStrings.xml", strings(800_000)),
    "styles without end": lambda data: with_part(
        data, "xl/styles.xml", b"<styleSheet><cellXfs>" + b'<xf numFmtId="9"/>' * 5_000_000 + b"</cellXfs></styleSheet>"
    ),
    "merged cells without end": lambda data: with_part(
        data, TASKS, sheet(b"")[:-12] + b'<mergeCell ref="A1:XFD1048576"/>' * 2_000_000 + b"</worksheet>"
    ),
    "parts that unpack to a gigabyte": lambda data: repack(
        split_package(data) | {f"xl/media/{n}.bin": bytes(50 * MEGABYTE) for n in range(20)}
    ),
    "an .ods filled to its end": lambda _: as_ods(
        {"任务填报": []},
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"/></table:table-row>' * 2000,
    ),
    "a document of ninety megabytes": lambda _: zipped(
        {"word/document.xml": b"<w><tbl>" + b"<tr><tc><p><t>x</t></p></tc></tr>" * 2_700_000 + b"</tbl></w>"}
    ),
    "a table of commas": lambda _: b"," * 29 * MEGABYTE,
    "a table of short lines": lambda _: b"a,b,c,d\n" * (29 * MEGABYTE // 8),
    "quotation marks": lambda _: b'a,b,c,"' * (29 * MEGABYTE // 7),
    "an old workbook in a circle": lambda _: circle(),
    "an old workbook of empty records": lambda _: ole_file(
        {"Workbook": b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(6 * MEGABYTE)}
    ),
    "archives in archives": lambda _: bomb(2),
    "an archive of zeros": lambda _: zipped({f"{n}.xlsx": bytes(29 * MEGABYTE) for n in range(6)}),
    "an archive that nearly fills the bound": lambda _: random_archive(110 * MEGABYTE),
}
QUICK = ("billion laughs", "an entity of a file", "an .ods filled to its end", "an old workbook in a circle")

READ = """
import json, re, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from reporting.office.inbox import open_original
from reporting.returns.reading.read import UnreadableError, read_return
from reporting.office.form import load_form
form = load_form((Path(sys.argv[1]) / "templates" / "form.toml").read_text(encoding="utf-8"))
import python_calamine
said, begun = [], time.process_time()
for each in open_original("a", "", Path(sys.argv[2])):
    try:
        finding = each.refused or read_return(each.name, each.sha256, each.data, each.kind, form)[1:]
    except UnreadableError as error:
        finding = error.finding
    said.append(finding.message if hasattr(finding, "message") else "read")
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(json.dumps({"said": said[:20], "seconds": time.process_time() - begun, "peak": peak}))
"""


@pytest.fixture(scope="module")
def ours(form: Form) -> bytes:
    return issue_one(small_plan(), form)


def cases() -> Iterator[object]:
    for name in HARMS:
        yield pytest.param(name, id=name, marks=() if name in QUICK else pytest.mark.slow)


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells how much memory was used"
)


def read_apart(data: bytes, path: Path) -> dict[str, Any]:
    """What a process of its own says to a file, and what that costs it."""
    path.write_bytes(data)
    command = [sys.executable, "-c", READ, str(ROOT), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@needs_proc
@pytest.mark.parametrize("harm", cases())
def test_hostile_file_costs_little_and_is_said(harm: str, ours: bytes, tmp_path: Path) -> None:
    told = read_apart(HARMS[harm](ours), tmp_path / "a")
    assert told["said"]
    assert told["seconds"] < 10
    assert told["peak"] < 300 * 1024
    assert not any("root:" in message for message in told["said"])


@pytest.mark.slow
@needs_proc
def test_a_million_formatted_rows_are_read_as_if_they_were_not_there(ours: bytes, tmp_path: Path) -> None:
    part = split_package(ours)[TASKS]
    letters = [column_letters(column) for column in range(1, 9)]
    rows = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{letter}{row}" s="1"/>""" for letter in letters)}</row>'
        for row in range(100, 400_000)
    )
    data = with_part(ours, TASKS, part.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    told = read_apart(data, tmp_path / "a")
    assert told["said"] == ["read"]
    assert told["seconds"] < 10
    assert told["peak"] < 300 * 1024
