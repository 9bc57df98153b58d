"""Documents damaged at random: cut, stirred, with parts lost, swapped or written twice; whatever a format allows."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from reporting.files.file_type import BROKEN_ZIP

Damage = Callable[[random.Random, bytes], bytes]


def mutated(content: bytes, seed: int) -> bytes:
    """A document with one to three damages; the same seed does the same."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        kinds = [*_BYTES, _in_a_part, _in_a_part, _in_a_part, _parts] if content[:2] == b"PK" else [*_BYTES, *_MARKS]
        content = chance.choice(kinds)(chance, content)
    return content


def _span(chance: random.Random, content: bytes, most: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randint(1, most))


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flipped(chance: random.Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.randint(1, 20) if content else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _without(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _twice(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content, 4000)
    return content[:end] + content[start:end] * chance.choice((1, 1, 30)) + content[end:]


def _swapped(chance: random.Random, content: bytes) -> bytes:
    one, two = sorted((_span(chance, content), _span(chance, content)))
    if one[1] > two[0]:
        return content
    middle = content[one[1] : two[0]]
    return content[: one[0]] + content[two[0] : two[1]] + middle + content[one[0] : one[1]] + content[two[1] :]


def _stirred(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content, 60)
    return content[:start] + chance.randbytes(end - start) + content[end:]


_BYTES: list[Damage] = [_cut, _flipped, _without, _twice, _swapped, _stirred]

_ELEMENT = re.compile(rb"<([\w:]{1,40})[^<>]{0,400}(?:/>|>)")
_VALUE = re.compile(rb'="([^"<>]{0,200})"|>([^<>]{1,200})<')
_ODD = [
    b"",
    b"0",
    b"-1",
    b"1e999",
    b"nan",
    b"99999999999999999999",
    b"1048577",
    b"XFD1048577",
    b"&#0;",
    b"&x;",
    b"\xff",
    b"A" * 5000,
]
_ODD += [b"../../x", b"true", "一".encode(), b"-2147483649", b"0.1.2", b"#REF!", b"http://a.b/", b"%s%n", b"{0}", b"\n"]


def _element_lost(chance: random.Random, content: bytes) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    each = chance.choice(found)
    close = content.find(b"</" + each[1] + b">", each.end())
    end = each.end() if each[0].endswith(b"/>") or close < 0 else close + len(each[1]) + 3
    return content[: each.start()] + content[end:]


def _element_twice(chance: random.Random, content: bytes) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    each = chance.choice(found)
    close = content.find(b"</" + each[1] + b">", each.end())
    end = each.end() if each[0].endswith(b"/>") or close < 0 else close + len(each[1]) + 3
    return content[:end] + content[each.start() : end] * chance.choice((1, 2, 50)) + content[end:]


def _value_changed(chance: random.Random, content: bytes) -> bytes:
    found = list(_VALUE.finditer(content))
    if not found:
        return content
    each = chance.choice(found)
    which = 1 if each[1] is not None else 2
    return content[: each.start(which)] + chance.choice(_ODD) + content[each.end(which) :]


def _tag_lost(chance: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb"</?[\w:]{1,40}[^<>]{0,400}>", content))
    if not found:
        return content
    each = chance.choice(found)
    return content[: each.start()] + content[each.end() :]


def _nested(chance: random.Random, content: bytes) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return content
    each = chance.choice(found)
    many = chance.choice((3, 300, 3000))
    return content[: each.end()] + each[0] * many + (b"</" + each[1] + b">") * many + content[each.end() :]


_MARKS: list[Damage] = [_element_lost, _element_twice, _value_changed, _value_changed, _tag_lost, _nested]


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except (*BROKEN_ZIP, NotImplementedError):
        return {}


def _packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def _in_a_part(chance: random.Random, content: bytes) -> bytes:
    """One part of a package damaged, most of all the one with the text."""
    parts = _unpacked(content)
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not texts:
        return content
    main = [
        name for name in texts if re.search(r"document\.xml$|sheet\d+\.xml$|Content\.xml$|content\.xml$|Strings", name)
    ]
    name = chance.choice(main if main and chance.random() < 0.6 else texts)
    parts[name] = chance.choice([*_MARKS, *_MARKS, *_BYTES])(chance, parts[name])
    return _packed(parts)


def _parts(chance: random.Random, content: bytes) -> bytes:
    """A part lost, or exchanged with another."""
    parts = _unpacked(content)
    if not parts:
        return content
    one, two = chance.choice(list(parts)), chance.choice(list(parts))
    if chance.random() < 0.5:
        del parts[one]
    else:
        parts[one], parts[two] = parts[two], parts[one]
    return _packed(parts)
