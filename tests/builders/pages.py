"""Reads the page (看板) again: what it shows as text, and each figure by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import html  # type: ignore[import-untyped]


class Page:
    """A page that was written, as its marked places tell it."""

    def __init__(self, data: bytes) -> None:
        self.root: Any = html.document_fromstring(data.decode())

    @property
    def text(self) -> str:
        """Every text of the page but its styles and its script."""
        return "\n".join(self.root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))

    def headline(self, name: str) -> str:
        """A figure that stands once on the page, by its name."""
        (found,) = self.root.xpath("//dl[@class='headlines']//*[@data-figure=$name]", name=name)
        return _text(found)

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table by its id: each figure by its name, and the row's own heading under ''."""
        return [
            {"": _text(row.find("th"))}
            | {each.get("data-figure"): _text(each) for each in row.xpath("./td//*[@data-figure]")}
            | {each.get("data-figure"): _text(each) for each in row.xpath("./td[@data-figure]")}
            for row in self.root.xpath("//table[@id=$table]/tbody/tr", table=table)
        ]

    def total(self, table: str) -> dict[str, str]:
        """The figures of the last line of a table, which adds it up."""
        found = self.root.xpath("//table[@id=$table]/tfoot//td[@data-figure]", table=table)
        return {each.get("data-figure"): _text(each) for each in found}

    def named(self, attribute: str, figure: str) -> dict[str, str]:
        """Figures of one kind by what the part around each is marked with, say ``data-return``."""
        found = self.root.xpath(f"//*[@{attribute}]//*[@data-figure=$figure]", figure=figure)
        return {each.xpath(f"ancestor::*[@{attribute}][1]/@{attribute}")[0]: _text(each) for each in found}


def read_page(path: Path) -> Page:
    """Read a page from the disk."""
    return Page(path.read_bytes())


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()
