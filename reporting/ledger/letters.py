"""What goes out: each file put into the outbox, and the letter by which the book knows it.

The file is written first; the letters go into the book when the command has written all of them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reporting.ledger import Letter
from reporting.model import LetterKind
from reporting.office.outbox import retire_files, write_output
from reporting.office.workspace import Workspace


class Sending:
    """What one command sends out of one folder of the outbox, in the order in which it is made."""

    def __init__(self, workspace: Workspace, folder: str, at: datetime) -> None:
        self.folder = workspace.outbox(folder)
        self.at = at
        self._name = folder
        self._written: list[Path] = []
        self._letters: list[Letter] = []
        self._notes: dict[str, None] = {}

    def put(
        self, kind: LetterKind, unit: str, name: str, data: bytes, *, notes: Sequence[str] = (), is_news: bool = True
    ) -> Letter:
        """Write a file for a unit (empty for all of them); gives back what the book will say of it.

        One that is no news need not be sent again: it is not among what was ``written``. ``notes`` is what
        the office should know of how it was made.
        Raises ``DubanError`` when it cannot be written.
        """
        letter = Letter(self.at, self._name, kind, unit, name, hashlib.sha256(data).hexdigest())
        path = write_output(self.folder / name, data)
        if is_news:
            self._written.append(path)
        self._letters.append(letter)
        self._notes |= dict.fromkeys(notes)
        return letter

    def retire(self, hashes: Mapping[str, str]) -> int:
        """Put files of earlier times out of the way of being sent; gives back how many.

        ``hashes`` are by name. What this command writes stays, and what somebody worked in.
        """
        ours = {letter.file for letter in self._letters}
        return retire_files(self.folder, {name: each for name, each in hashes.items() if name not in ours})

    def others(self, pattern: str) -> list[str]:
        """The names of files in the folder that are not of this command, such as those of other days."""
        ours = {letter.file for letter in self._letters}
        return sorted(path.name for path in self.folder.glob(pattern) if path.name not in ours)

    @property
    def written(self) -> tuple[Path, ...]:
        """The files to be sent."""
        return tuple(self._written)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was to be told of the files, each once."""
        return tuple(self._notes)

    @property
    def letters(self) -> Sequence[Letter]:
        """What is to be entered in the book."""
        return tuple(self._letters)
