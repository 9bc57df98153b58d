"""Packages written from parts: readable by anybody, the same to the byte, compressed once."""

from __future__ import annotations

import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from reporting.files.package import join_parts, pack_part, repack, split_package

PARTS = {"[Content_Types].xml": b"<Types/>", "xl/工作表.xml": "完成情况".encode() * 500, "empty": b""}


def test_zipfile_finds_every_part_intact_in_the_order_given() -> None:
    with zipfile.ZipFile(BytesIO(repack(PARTS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(PARTS)
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_same_parts_are_the_same_bytes() -> None:
    assert repack(PARTS) == repack(dict(PARTS))
    assert repack(PARTS) != repack(dict(reversed(PARTS.items())))


def test_part_packed_once_can_stand_in_many_packages() -> None:
    shared = pack_part("shared", b"x" * 10_000, 9)
    packages = [join_parts([shared, pack_part("own", str(n).encode())]) for n in range(3)]
    assert [split_package(each)["own"] for each in packages] == [b"0", b"1", b"2"]
    assert all(split_package(each)["shared"] == b"x" * 10_000 for each in packages)
    assert len(shared.packed) < 100


def test_package_without_parts_is_an_empty_archive() -> None:
    assert split_package(join_parts([])) == {}


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1), st.binary()))
def test_what_was_packed_is_what_is_unpacked(parts: dict[str, bytes]) -> None:
    assert split_package(repack(parts)) == parts
