"""Mails and archives of every kind that carry files, made for tests."""

from __future__ import annotations

import base64
import importlib
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from builders.formats import OleTree, ole_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mail(*parts: bytes, subject: str = "Subject: =?utf-8?B?5oql6YCB?=", kind: bytes = b"multipart/mixed") -> bytes:
    """A mail of these parts, with a text of its own."""
    between = b"=_%08X" % zlib.crc32(b"".join(parts))  # one of a mail inside must be another
    head = (
        b"Received: from mx.example.cn by example.cn; Wed, 9 Dec 2026 10:00:00 +0800\r\nFrom: a@example.cn\r\n"
        b"To: b@example.cn\r\n" + subject.encode() + b"\r\nDate: Wed, 09 Dec 2026 10:00:00 +0800\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: " + kind + b'; boundary="' + between + b'"\r\n\r\n'
    )
    text = b"Content-Type: text/plain; charset=gb18030\r\n\r\n" + "见附件".encode("gb18030")
    body = b"".join(b"--" + between + b"\r\n" + part + b"\r\n" for part in (text, *parts))
    return head + body + b"--" + between + b"--\r\n"


def attachment(disposition: bytes, data: bytes, kind: bytes = XLSX.encode()) -> bytes:
    """A part of a mail with these headers of its own."""
    return (
        b"Content-Type: " + kind + b"\r\nContent-Disposition: " + disposition + b"\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)
    )


def named_plainly(name: str) -> bytes:
    """The disposition of an attachment with a name as most programs write it."""
    return b'attachment; filename="=?utf-8?B?' + base64.b64encode(name.encode()) + b'?="'


def attached_mail(inner: bytes) -> bytes:
    """A mail attached to a mail."""
    return b'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="inner.eml"\r\n\r\n' + inner


def outlook_mail(attachments: Mapping[str, bytes | OleTree]) -> bytes:
    """A .msg with these attachments; one that is a tree is a mail that was attached."""
    return ole_file(outlook_folder(attachments))


def outlook_folder(attachments: Mapping[str, bytes | OleTree]) -> dict[str, Any]:
    """What stands in a mail of Outlook's."""
    sent = 13425782400 * 10_000_000  # 2026-06-13
    folder: dict[str, Any] = {
        "__properties_version1.0": bytes(32) + struct.pack("<I4xQ", 0x00390040, sent),
        "__nameid_version1.0": {},
    }
    for number, (name, content) in enumerate(attachments.items()):
        data = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
        folder[f"__attach_version1.0_#{number:08X}"] = {"__substg1.0_3707001F": name.encode("utf-16-le"), data: content}
    return folder


def seven_zip(members: Mapping[str, bytes], kind: str = "7zip", way: str | None = None) -> bytes:
    """An archive as libarchive writes it: 7z, a tar, or one that is packed as a whole."""
    libarchive: Any = importlib.import_module("libarchive")

    pieces: list[bytes] = []

    def take(data: bytes) -> int:
        pieces.append(bytes(data))
        return len(data)

    with libarchive.custom_writer(take, kind, way) as archive:
        for name, data in members.items():
            archive.add_file_from_memory(name, len(data), data, mtime=1796781600)
    return b"".join(pieces)


def rar(members: Mapping[str, bytes]) -> bytes:
    """A RAR 5 whose files are stored as they are ([RAR 5.0 archive format])."""
    whole = b"Rar!\x1a\x07\x01\x00" + _block(b"\x01\x00\x00")
    for name, data in members.items():
        raw = name.encode()
        # flags: a time and a checksum; attributes, unix time, checksum, stored, made on Unix
        head = b"\x02\x02" + _number(len(data)) + b"\x06" + _number(len(data)) + _number(0o100644)
        head += struct.pack("<II", 1796781600, zlib.crc32(data)) + b"\x00\x01" + _number(len(raw)) + raw
        whole += _block(head) + data
    return whole + _block(b"\x05\x00\x00")


def _block(head: bytes) -> bytes:
    sized = _number(len(head)) + head
    return struct.pack("<I", zlib.crc32(sized)) + sized


def _number(value: int) -> bytes:
    """A number in pieces of seven bits."""
    pieces = bytearray()
    while value > 127:
        pieces.append(value & 127 | 128)
        value >>= 7
    return bytes([*pieces, value])
