"""The words that belong to a task, and whether a name stands in them for itself.

This asks the plainest question of all: is the name printed there, between two marks or words that part names?
Where it is, the first reading did not make it up, however this one cut the passage.
"""

import re
from collections.abc import Sequence

from reporting.model import Line
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.words import AREA, BRANDS, DEED, GOVERNMENT, JOINT, LEVEL, OFFICE, SURE

LONGEST_PASSAGE = 6000
"""Of a passage no more characters are looked at; slots stand at its beginning or end."""

_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff\w]|[由和与及请同为是等]|以及|单位|部门|牵头|负责|配合)\Z")
_OF_PARTY = re.compile(r"(?:党工委|党委)[和、]$")
_AREA_LEVEL = re.compile(r"(?:[省市县区镇乡州旗]|街道)$")
_NO_PRINTED_NAME = re.compile(r"^(?:责任|牵头|配合|参与|主办|协办)|[局办厅署].*[局办厅署]$")
"""What a level was set before that is no name: 区「责任单位区司法局」."""
_NEW_CLAUSE = re.compile(r"(?:^|[\n。；：，、）\t|由])\Z")
"""What stands before the subject of a clause: 「县发改局」编制方案."""
_MARK_AFTER = re.compile(r"\Z|[^\u4e00-\u9fff\w]|等|下同|的|要|应")


class Passage:
    """The lines from a task to the next thing that was read, as one text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def text(self) -> str:
        """The even text of all lines; of a very long passage its beginning and its end."""
        text = "\n".join(even(line.text) for line in self.lines)
        half = LONGEST_PASSAGE // 2
        return text if len(text) <= LONGEST_PASSAGE else text[:half] + "\n" + text[-half:]

    def has(self, name: str) -> bool:
        """Whether a full name, or what it was completed from, stands in the passage for itself."""
        text = self.text()
        return any(_stands_alone(text, printed) for printed in printed_forms(name))


def printed_forms(name: str) -> list[str]:
    """A full name and what a list may print for it: 市教育局 as 教育局 or 教育, 临江区政府 as 临江区."""
    forms = [name]
    level = LEVEL.match(name)
    if level and level.end() < len(name) - 1:
        forms.append(name[level.end() :])
    if name.startswith(BRANDS):
        forms.append(name[:2])
    for form in tuple(forms):
        short = _OF_PARTY.sub("", GOVERNMENT.sub("", form))
        if short != form and AREA.fullmatch(short):
            forms += [short, _AREA_LEVEL.sub("", short)]
        end = OFFICE.search(form)
        if end and end.start() > 1 and len(form) - end.start() < 3:
            forms.append(form[: end.start()])
    return [form for form in forms if form == name or (len(form) > 1 and not _NO_PRINTED_NAME.search(form))]


def _stands_alone(text: str, name: str) -> bool:
    """Whether a name is printed between two marks, or words that part names; a line break may wrap it."""
    pattern = "\n?".join(map(re.escape, name))
    for match in re.finditer(pattern, text):
        before, end = text[max(0, match.start() - 2) : match.start()], match.end()
        if not _BEFORE.search(before):
            continue
        after = _MARK_AFTER.match(text, end) or DEED.match(text, end) or JOINT.match(text, end)
        subject = SURE.search(name) and _NEW_CLAUSE.search(before) and not OFFICE.match(text, end)
        if after or subject:
            return True
    return False
