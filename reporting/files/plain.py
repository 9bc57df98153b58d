"""Records as plain data: what JSON can hold, and back again, for what crosses from one process to another or waits.

Nothing that comes back can be anything but the records it was packed with: a list of classes is agreed on, each
is known by its number, and whatever else is asked for is refused. A pickle could run a program.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from pathlib import Path, PurePath
from typing import Any

_TUPLE, _SET, _MAP, _DAY, _MOMENT, _PATH, _LIST, _BYTES = range(-8, 0)
_AS_IS = (str, int, float, bool, type(None))


class PlainError(ValueError):
    """What came back is not what was agreed on."""


class Plain:
    """How records of some classes are packed into plain data and unpacked again."""

    def __init__(self, classes: Iterable[type]) -> None:
        """``classes`` are frozen dataclasses and enumerations, in the same order on both sides."""
        self._classes = tuple(dict.fromkeys(classes))
        self._names = [self._fields(each) for each in self._classes]
        self._packers: dict[type, Callable[[Any], Any]] = dict.fromkeys(_AS_IS, _itself)
        self._packers |= {
            tuple: lambda value: [_TUPLE, *map(self.pack, value)],
            list: lambda value: [_LIST, *map(self.pack, value)],
            frozenset: lambda value: [_SET, *sorted(map(self.pack, value), key=repr)],
            dict: self._pack_map,
            bytes: lambda value: [_BYTES, value.decode("latin-1")],
            date: lambda value: [_DAY, value.isoformat()],
            datetime: lambda value: [_MOMENT, value.isoformat()],
        }
        for number, each in enumerate(self._classes):
            self._packers[each] = self._packer(number, each)

    @staticmethod
    def _fields(record: type) -> tuple[str, ...]:
        return tuple(each.name for each in fields(record)) if is_dataclass(record) else ()

    @property
    def digest(self) -> str:
        """What tells whether the records are still those of another day: their names and those of their fields."""
        named = [(each.__qualname__, names) for each, names in zip(self._classes, self._names, strict=True)]
        return hashlib.sha256(repr(named).encode()).hexdigest()[:16]

    def _packer(self, number: int, record: type) -> Callable[[Any], Any]:
        if issubclass(record, Enum):
            return lambda value: [number, value.value]
        names = self._names[number]
        if len(names) == 1:
            return lambda value: [number, self.pack(getattr(value, names[0]))]
        values, pack = attrgetter(*names), self.pack
        return lambda value: [number, *map(pack, values(value))]

    def _pack_map(self, value: Mapping[Any, Any]) -> list[Any]:
        pack = self.pack
        return [_MAP, *(part for key, each in value.items() for part in (pack(key), pack(each)))]

    def pack(self, value: Any) -> Any:
        """The value as plain data. Raises ``TypeError`` for a class that was not agreed on."""
        packer = self._packers.get(type(value))
        if packer is not None:
            return packer(value)
        if isinstance(value, str):  # the error of a formula, which is a text of its own kind
            return str(value)
        if isinstance(value, PurePath):
            return [_PATH, str(value)]
        if isinstance(value, Mapping):
            return self._pack_map(value)
        raise TypeError(f"{type(value).__qualname__} is no record that was agreed on")

    def unpack(self, plain: Any) -> Any:
        """The value again. Raises ``PlainError`` for what no value was packed into."""
        try:
            return self._unpack(plain)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
            raise PlainError(str(error)) from error

    def _unpack(self, plain: Any) -> Any:
        if type(plain) is not list:
            return plain
        what, unpack = plain[0], self._unpack
        if what >= 0:
            record = self._classes[what]
            if issubclass(record, Enum):
                return record(plain[1])
            return record(*map(unpack, plain[1:]))
        rest = plain[1:]
        if what == _MAP:
            return dict(zip(map(unpack, rest[::2]), map(unpack, rest[1::2]), strict=True))
        return _MAKERS[what](map(unpack, rest))


def _itself(value: Any) -> Any:
    return value


_MAKERS: Mapping[int, Callable[[Iterable[Any]], Any]] = {
    _TUPLE: tuple,
    _LIST: list,
    _SET: frozenset,
    _DAY: lambda parts: date.fromisoformat(*parts),
    _MOMENT: lambda parts: datetime.fromisoformat(*parts),
    _PATH: lambda parts: Path(*parts),
    _BYTES: lambda parts: "".join(parts).encode("latin-1"),
}


def records_in(*modules: Any) -> list[type]:
    """The records and enumerations that modules define, in the order of their names."""
    found = [
        each
        for module in modules
        for _, each in sorted(vars(module).items())
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum))
    ]
    return [each for each in found if each is not Enum]
