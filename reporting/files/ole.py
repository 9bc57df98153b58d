"""The streams of an OLE file, the container of .xls, .doc, .et and of encrypted .xlsx, read within bounds.

A file of sectors chained by tables of numbers; every chain is followed no further than the file is long, so
that a circle or a number from nowhere is only a damaged file.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_USED = 0xFFFFFFFA
"""Numbers of sectors end before this; above stand marks such as the end of a chain."""
_IN_HEADER = 109
_MAX_ENTRIES = 4_000
_MINI = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class OleError(ValueError):
    """The container is damaged."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int
    links: tuple[int, int, int]
    """Numbers of the entries before and after it in its folder, and of one inside it."""


class OleFolder:
    """A folder in an OLE file; ``names`` are those of the streams and folders in it."""

    def __init__(self, file: "OleFile", entries: Mapping[str, _Entry]) -> None:
        """``entries`` are what stands in it."""
        self._file, self._entries = file, entries
        self.names = frozenset(entries)

    def read(self, name: str) -> bytes:
        """One stream whole. Raises ``OleError`` when there is none."""
        entry = self._entries.get(name)
        if entry is None or entry.kind != _STREAM:
            raise OleError
        return self._file.bytes_of(entry)

    def folder(self, name: str) -> "OleFolder":
        """A folder inside. Raises ``OleError`` when there is none."""
        entry = self._entries.get(name)
        if entry is None or entry.kind != _STORAGE:
            raise OleError
        return OleFolder(self._file, self._file.inside(entry))


class OleFile(OleFolder):
    """An OLE file; ``names`` are those of its streams and folders, without what is inside the folders."""

    def __init__(self, data: bytes) -> None:
        """Read the tables and the directory. Raises ``OleError`` when they are damaged."""
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise OleError
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise OleError
        self._sector = 1 << shift
        directory, _, self._mini_below, mini_table = struct.unpack_from("<IIII", data, 48)
        self._table = self._read_table()
        self._all = list(self._read_directory(directory))
        root = self._all[0] if self._all and self._all[0].kind == _ROOT else None
        self._mini_stream = self._chain(root.start, root.size) if root else b""
        table = self._chain(mini_table, len(data))
        self._mini_table = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        super().__init__(self, self.inside(root) if root else {})

    def inside(self, folder: _Entry) -> Mapping[str, _Entry]:
        """What stands in a folder, by name."""
        return {each.name: each for each in _inside(folder, self._all)}

    def bytes_of(self, entry: _Entry) -> bytes:
        """The bytes of a stream."""
        if entry.size >= self._mini_below:
            return self._chain(entry.start, entry.size)
        pieces = _follow(entry.start, self._mini_table)
        joined = b"".join(self._mini_stream[each * _MINI : (each + 1) * _MINI] for each in pieces)
        return joined[: entry.size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _read_table(self) -> Sequence[int]:
        """Which sector follows which; sectors that say so are listed in the header and then in a chain."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        most = len(self._data) // self._sector + 1
        each_holds = self._sector // 4 - 1
        for _ in range(most):
            block = self._at(more) if more < _LAST_USED else b""
            if len(block) < self._sector:
                break
            *listed, more = struct.unpack(f"<{each_holds + 1}I", block)
            sectors += listed
        table: list[int] = []
        for sector in sectors[:most]:
            block = self._at(sector) if sector < _LAST_USED else b""
            table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        return table

    def _chain(self, start: int, size: int) -> bytes:
        pieces = []
        length = 0
        for sector in _follow(start, self._table):
            pieces.append(self._at(sector))
            length += len(pieces[-1])
            if length >= size or not pieces[-1]:
                break
        return b"".join(pieces)[:size]

    def _read_directory(self, start: int) -> Iterator[_Entry]:
        directory = self._chain(start, _MAX_ENTRIES * 128)
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            before, after, inside = struct.unpack_from("<III", directory, at + 68)
            first, size = struct.unpack_from("<II", directory, at + 116)
            yield _Entry(name, kind, first, size, (before, after, inside))


def _follow(start: int, table: Sequence[int]) -> Iterator[int]:
    sector = start
    for _ in range(len(table) + 1):
        if sector >= len(table):
            return
        yield sector
        sector = table[sector]


def _inside(folder: _Entry, entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """What stands in a folder: its entries are a tree, of which it knows one."""
    waiting, seen = [folder.links[2]], set[int]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield entries[number]
            waiting += entries[number].links[:2]
