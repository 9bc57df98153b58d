"""Mails and archives give the files that they carry, under the names their senders gave them."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from builders.carriers import (
    attached_mail,
    attachment,
    mail,
    named_plainly,
    outlook_folder,
    outlook_mail,
    rar,
    seven_zip,
)

from reporting.files.carriers import CarrierError, read_archive
from reporting.files.file_type import FileType, sniff
from reporting.files.mail import is_mail, read_mail
from reporting.files.outlook import read_outlook_mail

NAME = "市科技局（2026年）填报表.xlsx"
GBK, UTF8 = NAME.encode("gb18030"), NAME.encode()


def word(data: bytes, charset: str) -> bytes:
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(data) + b"?="


def pieces(data: bytes, charset: str, cut: int) -> bytes:
    return word(data[:cut], charset) + b"\r\n " + word(data[cut:], charset)


def percent(data: bytes) -> bytes:
    return quote(data).encode()


NAMES = {
    "RFC 2231": b"attachment; filename*=UTF-8''" + percent(UTF8),
    "RFC 2231 in GBK": b"attachment; filename*=gb18030'zh-cn'" + percent(GBK),
    "RFC 2231 that calls GB18030 GB2312": b"attachment; filename*=GB2312''" + percent(GBK),
    "RFC 2231 in pieces": b"attachment;\r\n filename*0*=UTF-8''"
    + percent(UTF8)[:40]
    + b";\r\n filename*1*="
    + percent(UTF8)[40:],
    "pieces cut in the middle of a sign": b"attachment; filename*0*=UTF-8''"
    + percent(UTF8[:4])
    + b"; filename*1*="
    + percent(UTF8[4:]),
    "RFC 2231 without a character set": b"attachment; filename*=" + percent(UTF8),
    "both forms": b"attachment; filename=\"x.xlsx\"; filename*=UTF-8''" + percent(UTF8),
    "an encoded word in quotes": b'attachment; filename="' + word(UTF8, "utf-8") + b'"',
    "an encoded word without quotes": b"attachment; filename=" + word(GBK, "gbk"),
    "an encoded word in Q": b'attachment; filename="=?gb2312?Q?' + b"".join(b"=%02X" % each for each in GBK) + b'?="',
    "GB18030 that is called GB2312": b'attachment; filename="' + word(GBK, "gb2312") + b'"',
    "words cut in the middle of a sign": b'attachment; filename="' + pieces(UTF8, "UTF-8", 10) + b'"',
    "words in GBK cut in the middle": b'attachment; filename="' + pieces(GBK, "GBK", 7) + b'"',
    "bare GBK": b'attachment; filename="' + GBK + b'"',
    "bare UTF-8": b'attachment; filename="' + UTF8 + b'"',
    "bare GBK without quotes": b"attachment; filename=" + GBK,
    "percent signs in quotes": b'attachment; filename="' + percent(UTF8) + b'"',
    "a whole path": b'attachment; filename="' + "D:\\报送\\".encode("gb18030").replace(b"\\", b"\\\\") + GBK + b'"',
    "another order and case": b"attachment; size=12; FILENAME=" + word(UTF8, "UTF-8"),
}


@pytest.mark.parametrize("disposition", NAMES.values(), ids=NAMES)
def test_a_name_is_read_however_it_is_written(disposition: bytes) -> None:
    (carried,) = read_mail(mail(attachment(disposition, b"data")))
    assert (carried.name, carried.data) == (NAME, b"data")
    assert len(carried.when) == 6


def test_a_name_only_in_the_type_counts() -> None:
    kind = b'application/octet-stream; name="' + word(GBK, "gb18030") + b'"'
    (carried,) = read_mail(mail(attachment(b"attachment", b"data", kind)))
    assert carried.name == NAME


def test_pictures_in_the_text_and_signatures_are_no_attachments() -> None:
    page = b'Content-Type: text/html\r\n\r\n<p>x<img src="cid:logo@x"></p>'
    logo = b"Content-ID: <logo@x>\r\n" + attachment(b'inline; filename="logo.png"', b"\x89PNG", b"image/png")
    photo = b"Content-ID: <photo@x>\r\n" + attachment(b'inline; filename="a.png"', b"\x89PNG2", b"image/png")
    signed = attachment(b'attachment; filename="smime.p7s"', b"x", b"application/pkcs7-signature")
    assert [each.name for each in read_mail(mail(page, logo, photo, signed))] == ["a.png"]


def test_a_mail_in_a_mail_comes_whole() -> None:
    inner = mail(attachment(named_plainly("b.xlsx"), b"inner"))
    outer = mail(attached_mail(inner), attachment(named_plainly("a.xlsx"), b"outer"))
    first, second = read_mail(outer)
    assert (first.name, second.name) == ("inner.eml", "a.xlsx")
    assert first.data is not None
    assert [each.data for each in read_mail(first.data)] == [b"inner"]


def test_what_is_a_mail_and_what_is_not() -> None:
    assert is_mail(mail())
    assert is_mail(b"From MAILER Wed Dec  9 2026\n" + mail())
    assert not is_mail("市教育局：已完成\n填报人: 林晓\n".encode())
    assert not is_mail(b"From: <Saved by WPS>\r\nSnapshot-Content-Location: x\r\nSubject: a\r\nDate: b\r\n\r\n")
    assert sniff(mail()) is FileType.MAIL


def test_a_mail_of_outlook_gives_its_attachments_and_those_of_mails_in_it() -> None:
    inner = outlook_folder({"内.xlsx": b"inner"})
    data = outlook_mail({NAME: b"data", "转发.msg": inner})
    assert sniff(data) is FileType.OUTLOOK_MAIL
    found = list(read_outlook_mail(data))
    assert [each.name for each in found] == [NAME, "转发.msg!内.xlsx"]
    assert [(each.data or b"").rstrip(b"\0") for each in found] == [b"data", b"inner"]
    assert found[0].when[:3] == (2026, 6, 13)


MEMBERS = {f"材料/{NAME}": b"data" * 100, "材料/内/b.txt": b"\x00\x01"}
ARCHIVES = {
    "7z": lambda: seven_zip(MEMBERS),
    "tar": lambda: seven_zip(MEMBERS, "pax"),
    "tar.gz": lambda: seven_zip(MEMBERS, "pax", "gzip"),
    "tar.xz": lambda: seven_zip(MEMBERS, "pax", "xz"),
    "RAR 5": lambda: rar(MEMBERS),
}


@pytest.mark.parametrize("make", ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_gives_its_files_with_chinese_names(make: object) -> None:
    assert callable(make)
    data = make()
    assert sniff(data) is FileType.FOREIGN_ARCHIVE
    found = list(read_archive(data, 10_000))
    assert {each.name: each.data for each in found} == MEMBERS
    assert found[0].when[:2] == (2026, 12)


def test_of_a_file_that_is_too_large_not_the_bytes_are_given() -> None:
    found = list(read_archive(seven_zip({"a.bin": bytes(50_000), "b.txt": b"x"}), 10_000))
    assert [(each.name, each.data) for each in found] == [("a.bin", None), ("b.txt", b"x")]


@pytest.mark.parametrize("cut", [20, 60, 120])
def test_an_archive_cut_short_is_said(cut: int) -> None:
    with pytest.raises(CarrierError, match="文件不完整"):
        list(read_archive(seven_zip(MEMBERS)[:cut], 10_000))
