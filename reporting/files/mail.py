"""Mails saved as files (.eml), and their attachments under the names their senders gave them.

The standard library reads two thirds of the ways in which Chinese mail programs write a file name; here the
header of a part is read from its own bytes: RFC 2231 in pieces and with any character set, encoded words cut in
the middle of a character, bare GBK or UTF-8, quotes or none, ``name`` of the type where ``filename`` is missing.
"""

import base64
import binascii
import contextlib
import quopri
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from reporting.files.carriers import Carried, Moment
from reporting.files.disk import decoded_name

_NO_FILES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
"""Attachments that only say who signed the mail."""
_MAX_DEPTH = 30
_HEADS = re.compile(
    rb"(?im)^(received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-type"
    rb"|reply-to|sender|dkim-signature|x-[a-z0-9-]{1,40}):"
)
_SAVED_PAGE = re.compile(rb"(?im)^(snapshot-content-location:|from: *<saved by )")
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030"}


def is_mail(start: bytes) -> bool:
    """Whether the first bytes of a file are the head of a mail, and not of a page saved as one."""
    head = re.split(rb"\r?\n\r?\n", start.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    if not _HEADS.match(head) and not head.startswith(b"From "):
        return False
    names = {each.lower() for each in _HEADS.findall(head)}
    return len(names) >= 3 and bool(names & {b"from", b"to", b"subject"}) and not _SAVED_PAGE.search(head)


def read_mail(data: bytes) -> Iterator[Carried]:
    """The attachments of a mail; a mail that was attached comes whole, as one of them."""
    message = message_from_bytes(data)
    moment = _moment(message)
    parts = list(_parts(message, 0))
    shown = b"".join(_payload(each) for each in parts if each.get_content_type() == "text/html")
    for number, part in enumerate(parts, 1):
        name = _name_of(part)
        kind = part.get_content_type()
        if kind in _NO_FILES or (not name and kind in ("text/plain", "text/html")):
            continue
        if kind.startswith("image/") and _is_shown(part, shown):
            continue
        if kind == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield Carried(name or f"附件{number}.eml", inner[0].as_bytes(), moment)
            continue
        yield Carried(name or f"附件{number}", _payload(part), moment)


def _moment(message: Message) -> Moment:
    with contextlib.suppress(TypeError, ValueError, OverflowError, OSError):
        return tuple(parsedate_to_datetime(str(message["Date"])).astimezone().timetuple()[:6])
    return ()


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts of a mail that hold something, without going into a mail that is attached."""
    inside = message.get_payload()
    if isinstance(inside, list) and message.get_content_type() != "message/rfc822" and depth < _MAX_DEPTH:
        for each in inside:
            if isinstance(each, Message):
                yield from _parts(each, depth + 1)
    else:
        yield message


def _payload(part: Message) -> bytes:
    with contextlib.suppress(ValueError, AssertionError, LookupError):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            return content
    return b""


def _is_shown(part: Message, page: bytes) -> bool:
    """Whether a picture stands in the text of the mail, as those in signatures do."""
    own = str(part.get("Content-ID") or "").strip().strip("<>")
    return bool(own) and f"cid:{own}".encode("utf-8", "replace") in page


# ---- names -----------------------------------------------------------------------------------------------


def _name_of(part: Message) -> str:
    """The name of an attachment; empty where it has none."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        name = _parameter(_raw(part, header), key)
        if name:
            return _plain(name)
    return ""


def _raw(part: Message, header: str) -> bytes:
    """A header as its bytes, on one line; empty where there is none."""
    written = next((value for name, value in part.raw_items() if name.lower() == header.lower()), "")
    return re.sub(rb"\r?\n[ \t]*", b" ", str(written).encode("utf-8", "surrogateescape"))


_PIECE = re.compile(
    rb'(?i)[;\s](?P<key>filename|name)(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?\s*=\s*(?P<value>"(?:[^"\\]|\\.)*"?|[^;]*)'
)
# =?gb18030?B?…?=, of which some leave out the last sign
_WORD = re.compile(rb"=\?([\w.:+-]{2,40})(?:\*[\w-]{1,10})?\?([bBqQ])\?([^?]*)\?=")


def _parameter(header: bytes, key: str) -> str:
    plain: list[bytes] = []
    pieces: dict[int, tuple[bytes, bool]] = {}
    for found in _PIECE.finditer(b";" + header.partition(b";")[2]):
        if found["key"].lower() != key.encode():
            continue
        value = _unquoted(found["value"])
        if found["number"] is None and not found["coded"]:
            plain.append(value)
        else:
            pieces.setdefault(int(found["number"] or 0), (value, bool(found["coded"])))
    if not pieces:
        return _of_words(plain[0]) if plain else ""
    ordered = [pieces[number] for number in sorted(pieces)]
    first, is_coded = ordered[0]
    charset = b""
    if is_coded and first.count(b"'") >= 2:
        charset, _, first = first.split(b"'", 2)
    if not any(coded for _, coded in ordered):
        return _of_words(b"".join(value for value, _ in ordered))
    # a piece may end in the middle of a sign, or of its percent code
    ordered[0] = first, is_coded
    together = b"".join(value if coded else value.replace(b"%", b"%25") for value, coded in ordered)
    return _decoded(unquote_to_bytes(together), charset.decode("ascii", "replace"))


def _unquoted(value: bytes) -> bytes:
    value = value.strip()
    if value.startswith(b'"'):
        value = re.sub(rb"\\(.)", rb"\1", value[1:].removesuffix(b'"'))
    return value


def _of_words(value: bytes) -> str:
    """A value of encoded words; those beside each other are joined before they are read, cut characters and all."""
    words = list(_WORD.finditer(value))
    if not words:
        name = value.decode("ascii", "surrogateescape")
        plain = _decoded(value, "")
        return _decoded(unquote_to_bytes(value), "") if re.search(r"%[0-9A-Fa-f]{2}", name) else plain
    said, at, waiting, charset = "", 0, b"", ""
    for word in words:
        between = value[at : word.start()]
        own = word[1].decode("ascii", "replace").lower()
        if waiting and (between.strip() or own != charset):
            said, waiting = said + _decoded(waiting, charset), b""
        said += _decoded(between, "") if between.strip() else ""
        charset, at = own, word.end()
        waiting += _unpacked(word[2], word[3])
    return said + _decoded(waiting, charset) + _decoded(value[at:], "").strip()


def _unpacked(way: bytes, value: bytes) -> bytes:
    if way in b"qQ":
        return quopri.decodestring(value.replace(b"_", b" "))
    with contextlib.suppress(binascii.Error, ValueError):
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", value)
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    return b""


def _decoded(value: bytes, charset: str) -> str:
    """Bytes in a character set, which may be wrong or none; Chinese mails name GB2312 and mean GB18030."""
    named = _CHARSETS.get(charset.lower(), charset)
    if named and named.lower() not in ("us-ascii", "iso-8859-1", "utf-8", "unknown-8bit"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return value.decode(named)
    return decoded_name(value) or value.decode("utf-8", "replace")


def _plain(name: str) -> str:
    """The bare name: no path, no control characters, no quotes around it."""
    bare = re.split(r"[\\/]", name.strip().strip("'\""))[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", bare).strip()
