"""Documents laid beside the standard, and what is damaged in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from builders.year import ROOT
from reporting.documents import notice, reminder
from reporting.documents.filling.word import fill_template
from reporting.documents.standard import State, judge
from reporting.documents.standard.read import parse_layout
from reporting.files.package import repack, split_package
from reporting.office.settings import Dates, DocumentSettings, OfficeContact, Settings

SETTINGS = Settings(
    title="云河市知识产权工作推进计划",
    year=2026,
    dates=Dates(issue=date(2026, 12, 1), due=date(2026, 12, 15), data_as_of=date(2026, 11, 30)),
    contact=OfficeContact(name="沈一帆", phone="0599-8123456"),
    document=DocumentSettings(
        notice_number="云知领办〔2026〕18号", copies_to="市委办公室，市人大常委会办公室，市政协办公室"
    ),
)


ISSUER, LONG_ISSUER = "云河市知识产权局", "云河市知识产权工作领导小组办公室"


DAY = date(2026, 12, 1)


Edit = tuple[str, str, str]
"""A part of the package, what stands there, and what is put in its place."""


def make_notice(settings: Settings = SETTINGS, issuer: str = ISSUER) -> bytes:
    units = [f"第{number}镇人民政府" for number in range(1, 31)]
    context = notice.build(settings, plan_title=settings.title, issuer=issuer, units=units, today=DAY)
    return fill_template(ROOT / "templates" / "通知.docx", context)


def make_reminder(issuer: str = ISSUER) -> bytes:
    context = reminder.build(
        SETTINGS,
        issuer,
        reminder.Awaited(
            unit="市司法局",
            due=date(2026, 12, 15),
            days_late=3,
            returned=False,
            tasks=["3", "4"],
            new_due=date(2026, 12, 22),
        ),
        date(2026, 12, 18),
    )
    return fill_template(ROOT / "templates" / "催报函.docx", context)


MAKERS: dict[str, Callable[[], bytes]] = {
    "notice": make_notice,
    "letter": make_reminder,
    "summary": (ROOT / "templates" / "年度总结.docx").read_bytes,
}


@cache
def base(name: str) -> bytes:
    return MAKERS[name]()


@cache
def failed(data: bytes) -> frozenset[str]:
    """The names of the clauses a document does not meet."""
    return frozenset(each.clause.name for each in judge(parse_layout("文.docx", data)) if each.state is State.FAILED)


def damage(data: bytes, *edits: Edit) -> bytes:
    parts = split_package(data)
    for part, old, new in edits:
        text = parts[f"word/{part}.xml"].decode() if f"word/{part}.xml" in parts else ""
        assert old in text, f"{old} is not in {part}"
        parts[f"word/{part}.xml"] = text.replace(old, new).encode()
    return repack(parts)


def in_style(key: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Change one style of a document."""

    def change(data: bytes) -> bytes:
        text = split_package(data)["word/styles.xml"].decode()
        start = text.index(f'w:styleId="{key}"')
        style = text[start : text.index("</w:style>", start)]
        assert old in style, f"{old} is not in {key}"
        return damage(data, ("styles", style, style.replace(old, new)))

    return change


def in_text(*edits: tuple[str, str], part: str = "document") -> Callable[[bytes], bytes]:
    return lambda data: damage(data, *((part, old, new) for old, new in edits))
