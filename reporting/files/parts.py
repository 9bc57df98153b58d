"""The parts of an office package from outside (.docx and its like), read within bounds, and what they refer to.

Names stand without their namespaces, so that a document in the strict form of the standard (ISO/IEC 29500)
reads like any other. Nothing here knows what an element means.
"""

import posixpath
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder

from reporting.files.file_type import MAX_PARTS, MAX_UNPACKED
from reporting.files.markup import BROKEN_PARTS, End, Start, Text, parse_part
from reporting.files.sheets.grid import CellsError


class PackageParts:
    """The parts of one package that are asked for."""

    def __init__(self, data: bytes) -> None:
        """Raises ``CellsError`` when the bytes are no package that may be opened."""
        try:
            self._package = zipfile.ZipFile(BytesIO(data))
            infos = self._package.infolist()
        except BROKEN_PARTS as error:
            raise CellsError from error
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise CellsError("文件解开后过大")
        self.names = frozenset(info.filename for info in infos)
        main = self.related("", "officeDocument")
        self.main = main[0] if main else "word/document.xml"

    def parse(self, part: str, start: Start, end: End, text: Text | None = None) -> None:
        """Read a part as a stream; raises ``CellsError`` when it is damaged, too big, or not there."""
        parse_part(self._package, part, start, end, text)

    def tree(self, part: str) -> Element | None:
        """A part as a tree, or None where there is no such part; raises ``CellsError`` when it is damaged."""
        if part not in self.names:
            return None
        builder = TreeBuilder()
        self.parse(part, builder.start, builder.end, builder.data)
        return builder.close()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package, by id: the last word of the kind, and the part."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in root if root is not None else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target") or ""))
                kind = (each.get("Type") or "").rpartition("/")[2]
                found[each.get("Id") or ""] = (kind, target.lstrip("/"))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to."""
        return [target for found, target in self.relations(part).values() if found == kind]
