"""Mails as Outlook saves them (.msg, [MS-OXMSG]): an OLE file with a folder for each attachment."""

import contextlib
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from reporting.files.carriers import Carried, CarrierError, Moment
from reporting.files.disk import decoded_name
from reporting.files.ole import OleError, OleFile, OleFolder

_ATTACHMENT = "__attach_version1.0_#"
_STREAM = "__substg1.0_{:04X}{}"
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x3712
_UNICODE, _EIGHT_BIT, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_SUBMITTED, _DELIVERED = 0x00390040, 0x0E060040
_PROPERTIES = "__properties_version1.0"
_MAX_DEPTH = 5
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")


def read_outlook_mail(data: bytes) -> Iterator[Carried]:
    """The attachments of a mail, those of a mail that was attached named after it.

    Raises ``CarrierError`` when the file is damaged.
    """
    try:
        mail = OleFile(data)
        yield from _attachments(mail, _moment(mail), "", 0)
    except OleError as error:
        raise CarrierError("邮件文件已损坏") from error


def _attachments(mail: OleFolder, moment: Moment, before: str, depth: int) -> Iterator[Carried]:
    for number, each in enumerate(sorted(name for name in mail.names if name.startswith(_ATTACHMENT)), 1):
        part = mail.folder(each)
        inner = _STREAM.format(_DATA, _OBJECT)
        name = next(filter(None, (_text(part, what) for what in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), "")
        if inner in part.names and depth < _MAX_DEPTH:
            called = name or f"附件{number}"
            yield from _attachments(part.folder(inner), moment, f"{before}{called}!", depth + 1)
            continue
        data = b""
        with contextlib.suppress(OleError):
            data = part.read(_STREAM.format(_DATA, _BINARY))
        if _text(part, _CONTENT_ID) and data.startswith(_PICTURES):
            continue  # it stands in the text, as those in signatures do
        yield Carried(f"{before}{name or f'附件{number}'}", data, moment)


def _text(part: OleFolder, what: int) -> str:
    for kind in (_UNICODE, _EIGHT_BIT):
        with contextlib.suppress(OleError):
            value = part.read(_STREAM.format(what, kind))
            text = value.decode("utf-16-le", "replace") if kind == _UNICODE else decoded_name(value)
            return text.rstrip("\0").replace("\\", "/").rpartition("/")[2].strip()
    return ""


def _moment(mail: OleFile) -> Moment:
    """When it was sent: the properties of fixed length stand 16 bytes each behind a head of 32."""
    with contextlib.suppress(OleError, struct.error, OverflowError, OSError, ValueError):
        table = mail.read(_PROPERTIES)
        found = dict(struct.iter_unpack("<I4xQ", table[32 : 32 + (len(table) - 32) // 16 * 16]))
        since_1601 = found.get(_SUBMITTED) or found[_DELIVERED] if found.keys() & {_SUBMITTED, _DELIVERED} else 0
        if since_1601:
            sent = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=since_1601 // 10)
            return tuple(sent.astimezone().timetuple()[:6])
    return ()
