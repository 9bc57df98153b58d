"""An OFD file (GB/T 33190-2016) → Lines: pages of characters at places, read as those of a PDF are.

Annotations and seals lie over the text and are none of it; what is attached is said. A package may hold several
documents, whose pages are counted through.
"""

from collections.abc import Iterator
from pathlib import Path

from reporting.model import NOT_READ, Line, Place
from reporting.plan.documents.ofd_package import ROOT, OfdElement, OfdError, OfdPackage
from reporting.plan.documents.ofd_page import OfdPage, OfdResources
from reporting.plan.documents.parts import refused
from reporting.plan.documents.printed_marks import (
    DAMAGED,
    LONG,
    MOST_GLYPHS,
    MOST_PAGES,
    Drawing,
    lines_at_pages,
    read_printed,
    upright,
    why_refused,
)
from reporting.plan.documents.printed_pages import Page

A4 = (0.0, 0.0, 210.0, 297.0)
"""What a page is that does not say how large it is."""


def read_ofd(path: Path, content: bytes) -> list[Line]:
    """An OFD file with text: lines and rows of tables, each with its page."""
    try:
        package = OfdPackage(content)
        documents = list(_documents(package))
        pages: list[Page] = []
        for document in documents:
            pages += document.pages(len(pages))
            if len(pages) > MOST_PAGES or sum(len(page.glyphs) for page in pages) > MOST_GLYPHS:
                raise OfdError(LONG)
    except OfdError as error:
        problem, remedy = why_refused("OFD", error.reason)
        problem += f"，缺少或打不开其中的“{error.part}”" if error.part and error.reason == DAMAGED else ""
        raise refused(path, problem, remedy) from error
    if pages and all(page.damaged for page in pages):
        raise refused(path, *why_refused("OFD", DAMAGED))
    found = read_printed(pages)
    if isinstance(found, str):
        raise refused(path, *why_refused("OFD", found))
    attached = [name for document in documents for name in document.attachments()]
    beside = [Line(f"附件“{name}”", Place(path.name, "第1页", 1, 1), NOT_READ) for name in attached]
    return [*beside, *lines_at_pages(path, found)]


class _OfdDocument:
    """One document of a package."""

    def __init__(self, package: OfdPackage, place: str) -> None:
        self._package = package
        self._name, self._root = package.tree(place, ROOT)
        self._common = self._root.first("CommonData") or OfdElement("CommonData", {})
        self._templates = {each.attributes.get("ID", ""): each for each in self._common.all("TemplatePage")}
        self._drawn: dict[str, tuple[str, OfdElement]] = {}

    def pages(self, before: int) -> Iterator[Page]:
        """Its pages, counted on from those before."""
        listed = self._root.first("Pages")
        resources = OfdResources()
        self._take_resources(resources, self._common, self._name, ("PublicRes", "DocumentRes"))
        for number, page in enumerate(listed.all("Page") if listed else (), before + 1):
            if number > MOST_PAGES:
                raise OfdError(LONG)
            yield upright(self._drawing(page, resources), number)

    def attachments(self) -> Iterator[str]:
        """What is attached to it, by name."""
        place = self._root.words("Attachments")
        if self._package.name_of(place, self._name):
            try:
                _, root = self._package.tree(place, self._name)
            except OfdError:
                return
            for each in root.all("Attachment"):
                if each.attributes.get("Visible") != "false":
                    yield each.attributes.get("Name", "")[:80]

    def _take_resources(self, resources: OfdResources, of: OfdElement, base: str, names: tuple[str, ...]) -> None:
        """Resources that are missing take away colours and composed objects, not the text."""
        for each in of.all(*names):
            try:
                _, root = self._package.tree(each.text, base)
            except OfdError as error:
                if error.reason == LONG:
                    raise
                continue
            resources.take(root)

    def _drawing(self, page: OfdElement, common: OfdResources) -> Drawing:
        try:
            name, root = self._package.tree(page.attributes.get("BaseLoc", ""), self._name)
        except OfdError as error:
            if error.reason == LONG:
                raise
            return Drawing((0.0, 0.0, 1.0, 1.0), damaged=True)
        resources = OfdResources(dict(common.composed), dict(common.pens))
        self._take_resources(resources, root, name, ("PageRes",))
        drawn = OfdPage(self._box(root), resources)
        templates = list(root.all("Template"))
        for each in templates:
            if each.attributes.get("ZOrder", "Background") != "Foreground":
                self._draw_template(drawn, each)
        drawn.draw(root)
        for each in templates:
            if each.attributes.get("ZOrder", "Background") == "Foreground":
                self._draw_template(drawn, each)
        return drawn.drawing()

    def _draw_template(self, drawn: OfdPage, named: OfdElement) -> None:
        number = named.attributes.get("TemplateID", "")
        if number in self._templates and number not in self._drawn:
            try:
                self._drawn[number] = self._package.tree(
                    self._templates[number].attributes.get("BaseLoc", ""), self._name
                )
            except OfdError as error:
                if error.reason == LONG:
                    raise
        if number in self._drawn:
            drawn.draw(self._drawn[number][1])

    def _box(self, page: OfdElement) -> tuple[float, float, float, float]:
        """The size of a page: its own, or that of all pages."""
        for area in (page.first("Area"), self._common.first("PageArea")):
            box = area.numbers("PhysicalBox") if area is not None else []
            if len(box) >= 4 and min(box[2:4]) > 0:
                return box[0], box[1], box[2], box[3]
        return A4


def _documents(package: OfdPackage) -> Iterator[_OfdDocument]:
    _, root = package.tree(ROOT)
    bodies = [body.words("DocRoot") for body in root.all("DocBody")]
    if not any(bodies):
        raise OfdError(DAMAGED, ROOT)
    for place in filter(None, bodies):
        yield _OfdDocument(package, place)
