"""Returns with their bytes changed at random: read, refused with a sentence, and nothing else."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from functools import cache
from io import BytesIO

import pytest
from builders.formats import as_csv, as_ods, as_word, as_xls, sheets_of, zipped
from builders.year import ROOT, fill, issue_one, small_plan

from reporting.files.package import repack, split_package
from reporting.office.form import Form, load_form
from reporting.office.inbox import open_data
from reporting.returns.reading.read import UnreadableError, read_return

CASES = 20_000
SAMPLE = 200
SLICES = 20
TOKENS = (
    *(b"9", b"0", b"-1", b"4294967295", b"1048576", b"XFD1048576", b"99999999999999999999", b"1e999"),
    *(b"<", b">", b'"', b"/>", b"&#0;", b"&a;", b"]]>", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff"),
)


@cache
def bases() -> dict[str, bytes]:
    """A return in each format."""
    form = load_form((ROOT / "templates" / "form.toml").read_text(encoding="utf-8"))
    data = fill(BytesIO(issue_one(small_plan(), form)))
    sheets = sheets_of(data)
    old = as_xls(sheets)
    return {
        "xlsx": data,
        "xls": old,
        "ods": as_ods(sheets),
        "csv": as_csv(sheets["任务填报"]).encode("gb18030"),
        "docx": as_word(sheets["任务填报"]),
        "zip": zipped({"市教育局.xlsx": data, "二/市司法局.xls": old, "三.zip": zipped({"a.csv": b"1,2,3,4"})}),
    }


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed; of a package mostly those of one part, packed again."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        parts = split_package(data)
        name = chance.choice(sorted(parts))
        return repack(parts | {name: flipped(parts[name], chance)})
    return flipped(data, chance)


def flipped(data: bytes, chance: random.Random) -> bytes:
    changing = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not changing:
            break
        at = chance.randrange(len(changing))
        token = chance.choice(TOKENS)
        match chance.randrange(7):
            case 0:
                changing[at] = chance.randrange(256)
            case 1:
                changing[at : at + len(token)] = token
            case 2:
                changing[at:at] = token
            case 3:
                del changing[at : at + chance.randrange(1, 60)]
            case 4:
                other = chance.randrange(len(changing))
                changing[at:at] = changing[other : other + chance.randrange(1, 200)]
            case 5:
                del changing[max(at, len(changing) // 2) :]
            case _:
                start = max(0, at - 1000)
                numbers = list(re.finditer(rb"\d+", bytes(changing[start : at + 1000])))
                if numbers:
                    number = chance.choice(numbers)
                    changing[start + number.start() : start + number.end()] = token
    return bytes(changing)


def outcomes(data: bytes, form: Form) -> list[str]:
    """What becomes of each file that comes out."""
    found = []
    for each in open_data("a", data, 0):
        if each.refused is not None:
            found.append(each.refused)
            continue
        try:
            sent, more = read_return(each.name, each.sha256, each.data, each.kind, form)
            found += more
            assert all(cell.place.row > 0 for row in sent.rows for cell in row.cells.values())
        except UnreadableError as error:
            found.append(error.finding)
    assert all(each.message and each.remedy is not None for each in found)
    return [each.kind.code for each in found] or ["read"]


def run(seed: int, count: int, form: Form) -> Counter[str]:
    chance = random.Random(seed)
    counted: Counter[str] = Counter()
    names = sorted(bases())
    for _ in range(count):
        data = changed(bases()[chance.choice(names)], chance)
        begun = time.process_time()
        counted.update(outcomes(data, form))
        assert time.process_time() - begun < 5
    return counted


def test_whole_files_are_read(form: Form) -> None:
    assert {name: set(outcomes(data, form)) for name, data in bases().items() if name != "zip"} == {
        "xlsx": {"read"},
        "xls": {"read"},
        "ods": {"read"},
        "csv": {"read"},
        "docx": {"read"},
    }


def test_a_sample_of_changed_files_is_read_or_refused(form: Form) -> None:
    counted = run(2026, SAMPLE, form)
    assert {"read", "file_is_readable", "file_is_a_workbook"} <= set(counted)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLICES))
def test_changed_files_are_read_or_refused(part: int, form: Form) -> None:
    counted = run(part, CASES // SLICES, form)
    assert sum(counted.values()) >= CASES // SLICES
