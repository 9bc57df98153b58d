"""Whose proof a file is that is no return: a scan, a photograph, a Word text that came with one.

Runs while files are taken in, after the returns of the run are known. A name that says a unit counts first,
then the folder or archive, if all returns in it are of one unit. Files that lie loose in the inbox are
nobody's unless their name says so: a guess would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def find_owner(name: str, returned: Iterable[tuple[str, str]], units: Sequence[str]) -> str:
    """The unit a file goes with, or an empty text.

    ``returned`` has the name and the unit of each return; in an archive a file is ``a.zip!b.xlsx``.
    """
    said = [unit for unit in units if unit in name]
    longest = [unit for unit in said if not any(unit != other and unit in other for other in said)]
    if longest:
        return longest[0] if len(longest) == 1 else ""
    known = list(returned)
    for folder in _folders(name):
        owners = {unit for file, unit in known if file.startswith(folder)}
        if owners:
            return owners.pop() if len(owners) == 1 else ""
    return ""


def _folders(name: str) -> Iterator[str]:
    """The folders and archives around a file, the nearest first, without the inbox itself."""
    for end in range(len(name) - 1, 0, -1):
        if name[end] in "/!":
            yield name[: end + 1]
