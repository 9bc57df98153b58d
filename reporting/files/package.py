"""Office packages (zip) written from parts, most of them compressed once and copied many times.

Stamping fifty workbooks from one base means deflating only the sheets that differ. The bytes are
reproducible: a fixed time stamp, the order given, one compression level.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_MIDNIGHT_1980 = (0, 0x21)
_DEFLATED = 8
_VERSION = 20
_UTF8_NAMES = 0x800


@dataclass(frozen=True, slots=True)
class PackedPart:
    """One part of a package, already deflated."""

    name: str
    size: int
    crc: int
    packed: bytes


def pack_part(name: str, data: bytes, level: int = 6) -> PackedPart:
    """Deflate one part."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15)
    return PackedPart(name, len(data), zlib.crc32(data), deflater.compress(data) + deflater.flush())


def join_parts(parts: Iterable[PackedPart]) -> bytes:
    """Write a package from packed parts, in their order."""
    body = bytearray()
    directory = bytearray()
    count = 0
    for part in parts:
        name = part.name.encode()
        common = (_VERSION, _UTF8_NAMES, _DEFLATED, *_MIDNIGHT_1980, part.crc, len(part.packed), part.size)
        directory += _CENTRAL.pack(b"PK\1\2", _VERSION, *common, len(name), 0, 0, 0, 0, 0, len(body)) + name
        body += _LOCAL.pack(b"PK\3\4", *common, len(name), 0) + name + part.packed
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def split_package(data: bytes) -> dict[str, bytes]:
    """All parts of a package of our own making by name (no bounds: never for files from outside)."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(parts: Mapping[str, bytes]) -> bytes:
    """Write a package from plain parts."""
    return join_parts(pack_part(name, data) for name, data in parts.items())
