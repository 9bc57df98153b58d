"""Every file read inside bounds of its own: time, memory, and what it may do to the process that reads it.

Whatever a file does to a library, it is that file which cannot be read; the others never notice. Here is both:
what is asked, and the child that answers (``python -m`` runs this module).
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from reporting import model
from reporting.files.apart import Answer, ApartError, Child, serve
from reporting.files.file_type import FileType, sniff
from reporting.files.plain import Plain, PlainError, records_in
from reporting.files.sheets.comments import Notes, read_notes
from reporting.files.xlsx.xml import Note
from reporting.model import Place, Return
from reporting.model.findings import Finding, Kind, Severity
from reporting.office.form import Form
from reporting.office.inbox import Incoming, keep_original, open_original, original_path, read_original
from reporting.returns.reading.read import UnreadableError, read_return

_Record = TypeVar("_Record")

_SECONDS = 60
_MEMORY = 2 * 1024**3

NOT_READ_THROUGH = Kind(
    "file_is_read_through",
    Severity.ERROR,
    "这个文件没有读完：{why}。",
    "请用 Excel 或 WPS 打开它，另存为 .xlsx 文件后重新报送；仍读不了的，请在下发的填报表中重新填写后报送。",
)
_TOO_LONG = f"读取超过 {_SECONDS} 秒，已经停止"
_TOO_LARGE = f"读取时占用的内存超过 {_MEMORY // 1024**3} GB，已经停止"
_DIED = "读取时程序中途停止，文件可能已经损坏"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What reading a file gave: a return and what was noticed, or why it is none."""

    sent: Return | None = None
    findings: tuple[Finding, ...] = ()
    ignored: bool = False


_RECORDS = Plain([*records_in(model), Finding, Kind, Severity, FileType, Incoming, Note, ReadFile])
"""All that the child may answer."""


def not_read_through(name: str, why: str) -> Finding:
    """The finding on a file over which the program failed; ``why`` is a Chinese clause."""
    return Finding(NOT_READ_THROUGH, Place(name), values={"why": why})


def went_wrong(error: Exception | str) -> str:
    """The clause for an error that nobody foresaw: its name is what helps who looks into it."""
    return f"程序处理它时出错（{error if isinstance(error, str) else type(error).__name__}）"


class BoundedReader:
    """Reads the files of one run, one after the other, by a child that is started anew where one dies."""

    def __init__(self, archive: Path, form: Form) -> None:
        """``archive`` has the originals; the files inside archives (.zip) are kept there as they come out."""
        self._archive, self._form = str(archive.resolve()), form.model_dump_json()
        self._child = Child(__spec__.name if __spec__ else __name__, _SECONDS)

    def __enter__(self) -> Self:
        """Start the child: it loads what it needs while the book is opened."""
        self._child.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the child go."""
        self._child.leave()

    def open_file(self, kept: Incoming) -> Iterator[tuple[Incoming, ReadFile | None]]:
        """What a kept file is, or each file in it where it is an archive; with what was read of it, if it was."""
        found: list[tuple[Incoming, ReadFile | None]] = []
        question = {"open": kept.name, "sha256": kept.sha256, "archive": self._archive, "form": self._form}
        try:
            for words, data in self._child.ask(question):
                incoming, read = _RECORDS.unpack(words)
                if data and keep_original(Path(self._archive), data) != incoming.sha256:
                    raise PlainError
                whole = incoming.name == kept.name
                source = "" if whole else kept.sha256
                found.append((replace(incoming, modified=kept.modified, source_sha256=source), read))
        except (ApartError, PlainError) as error:
            refused = not_read_through(kept.name, _why(error))
            found.append((replace(kept, refused=refused), None))
        for incoming, read in found:
            yield incoming, read if read or incoming.refused else self.read_file(incoming)

    def read_file(self, incoming: Incoming) -> ReadFile:
        """Read a file that is kept as a return."""
        question = {"read": _RECORDS.pack(incoming), "archive": self._archive, "form": self._form}
        try:
            return self._one(question, ReadFile)
        except (ApartError, PlainError) as error:
            return ReadFile(findings=(not_read_through(incoming.name, _why(error)),))

    def notes_of(self, sha256: str) -> Notes:
        """The comments beside the cells of a workbook that is kept; none where they cannot be read."""
        question = {"notes": sha256, "archive": self._archive}
        with contextlib.suppress(ApartError, PlainError):
            return self._one(question, dict)
        return {}

    def _one(self, question: dict[str, Any], record: type[_Record]) -> _Record:
        """The one answer that a question has."""
        answers = [_RECORDS.unpack(words) for words, _ in self._child.ask(question)]
        if len(answers) != 1 or not isinstance(answers[0], record):
            raise PlainError
        return answers[0]


def _why(error: ApartError | PlainError) -> str:
    if isinstance(error, PlainError):
        return _DIED
    if error.too_long:
        return _TOO_LONG
    if error.too_large:
        return _TOO_LARGE
    return went_wrong(error.said) if error.said else _DIED


# ---- in the child ----------------------------------------------------------------------------------------


@lru_cache(1)
def _form(text: str) -> Form:
    return Form.model_validate_json(text)


def _answers(question: dict[str, Any]) -> Iterator[Answer]:
    archive = Path(question["archive"])
    if "notes" in question:
        yield _RECORDS.pack(dict(read_notes(read_original(archive, question["notes"])))), b""
        return
    form = _form(question["form"])
    if "read" in question:
        incoming = _RECORDS.unpack(question["read"])
        data = read_original(archive, incoming.sha256)
        kind = sniff(data) if incoming.kind is FileType.OTHER else incoming.kind
        yield _RECORDS.pack(_read(incoming.name, incoming.sha256, data, kind, form)), b""
        return
    path = original_path(archive, question["sha256"])
    for incoming in open_original(question["open"], question["sha256"], path):
        whole = incoming.name == question["open"]
        read = None
        if whole and incoming.refused is None:
            read = _read(incoming.name, incoming.sha256, incoming.data, incoming.kind, form)
        told = _RECORDS.pack((replace(incoming, data=b""), read))
        yield told, b"" if incoming.sha256 == question["sha256"] else incoming.data


def _read(name: str, sha256: str, data: bytes, kind: FileType, form: Form) -> ReadFile:
    """Read what came as a return, or say why it is none."""
    try:
        sent, findings = read_return(name, sha256, data, kind, form)
    except UnreadableError as error:
        return ReadFile(findings=(error.finding,), ignored=error.ignored)
    return ReadFile(sent, tuple(findings))


if __name__ == "__main__":
    serve(_answers, _MEMORY)
