"""The words of a task by themselves: what no task begins with, what stands in none, and headings that are none.

A plan that was read rightly has none of this, whatever its notation; so this needs no second reading of the slots.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.language.characters import one_line
from reporting.model import Line, Task
from reporting.model.findings import Kind
from reporting.plan.second_reading import kinds
from reporting.plan.second_reading.compare import TaskWords, plain
from reporting.plan.second_reading.layout import even
from reporting.plan.second_reading.passages import printed_forms
from reporting.plan.second_reading.phrases import PhraseCutter, SnippetKind
from reporting.plan.second_reading.subjects import subjects
from reporting.plan.second_reading.words import DAY, SURE

SHOWN = 20
"""So many characters of what is odd are shown."""

_CUT_BEGIN = re.compile(r"[，、；。：）)\]】,;:]")
"""What no sentence begins with."""
_NUMBER_BEGIN = re.compile(
    r"(?:问题|任务|事项|项目|措施|案例)(?:[一二三四五六七八九十]{1,3}|\d{1,3}) ?[：:、.．]"
    r"|(?!1\D)\d{1,3} ?(?:[.．](?!\d)|[、)）])|(?!一)[一二三四五六七八九十]{1,3}[)）、]"
)
"""The number of a paragraph that was not taken for one: 「3 .」坚持…, 「十）」实施…"""
_PAGE = re.compile(r"第 ?\d{1,4} ?页|# ?Page ?\d{1,4}|[市省县区]人民政府公报|[市省县区]人民政府办公室文件")
_SLOT = re.compile(
    r"(?:责任|分管|牵头|包保)(?:领导|人)[:：]|(?:牵头|责任|配合|主办|协办|参与)(?:责任)?(?:单位|部门)[:：]"
    r"|[（(](?![^（）()]{0,80}[由将])[^（）()。]{2,80}(?:局|委|办|厅|部|政府|公司|中心|单位|部门)(?:等)?(?:分别|共同|分工)?(?:负责|牵头|配合)[)）]"
)
"""Words that say whose task it is, within those that say what it is."""
_LEADS = re.compile(r"牵头|负责")
_OFFICE = re.compile(rf"^(?!（)(?!.*(?:领导小组|指挥部|专班|联席会议)$).*(?:{SURE.pattern}|公司$|中心$|部$)")
_MISREAD_LEAD = re.compile(
    r"(?<=[局委办厅部院会心司（])(?:[主头]牵(?![头手引挂线涉动制连])|[奉幸章]头(?!条))|(?<=[局委办厅部])牵(?=[，、；）])"
)
"""牵头 with a character that was read wrongly, lost or changed round."""
_FIRST_POINT = re.compile(r"（(?:一|1)）|1[.、．]\D|①")
"""The first of several points below a task."""
_HEADING_CUT = re.compile(r"[、，：；（(]\Z")
_MARKER = re.compile(
    r"(?P<open>[（(])?(?P<value>[一二三四五六七八九十百]{1,4}|\d{1,3})(?:(?(open)[)）])|[、.．])?(?P<again>[a-z]{0,2})"
)


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd about a task: its kind, the column it stands in, and the words."""

    kind: Kind
    field: str
    found: str
    reason: str = ""
    expected: str = ""


def oddities(task: Task, words: TaskWords, lines: Sequence[Line], cutter: PhraseCutter) -> Iterator[Oddity]:
    """All that is odd about a task whose passage these words are."""
    yield from _of_content(task.content.lstrip())
    if task.path:
        yield from _of_heading(task, cutter)
    if len(words.tasks) > 1:
        return
    own = [form for name in (*task.lead, *task.support) for form in printed_forms(plain(name))]
    for name in subjects(task.content, cutter, _LEADS):
        if _OFFICE.search(name) and not any(form in name or name in form for form in own):
            yield Oddity(kinds.CONTENT_NAMES_LEAD, "lead", name)
    misread = _MISREAD_LEAD.search(words.passage.text())
    if misread:
        yield Oddity(kinds.ROLE_MISREAD, "lead", misread.group(), expected="牵头")
    below = [lines[slot.line] for slot in words.slots if slot.line != words.line]
    points = [line for line in below if _FIRST_POINT.match(even(line.text))]
    if points and len(points) == len(words.slots):
        yield Oddity(kinds.UNITS_OF_A_POINT, "lead", one_line(points[0].text)[:SHOWN])
    if task.deadline is None:
        days = [time for slot in words.slots for time in slot.times if DAY.search(time) and len(time) < SHOWN]
        if days:
            yield Oddity(kinds.DEADLINE_UNREAD, "deadline", days[0])


def _of_content(content: str) -> Iterator[Oddity]:
    if not content.strip():
        yield Oddity(kinds.CONTENT_EMPTY, "content", "")
    if _CUT_BEGIN.match(content):
        yield Oddity(kinds.CONTENT_CUT, "content", content[:SHOWN])
    if _NUMBER_BEGIN.match(content):
        yield Oddity(kinds.CONTENT_NUMBERED, "content", content[:SHOWN])
    page = _PAGE.search(content)
    if page:
        yield Oddity(kinds.CONTENT_HOLDS_PAGE, "content", page.group())
    slot = _SLOT.search(content)
    if slot:
        yield Oddity(kinds.CONTENT_HOLDS_UNITS, "content", content[slot.start() :][: 2 * SHOWN])


def _of_heading(task: Task, cutter: PhraseCutter) -> Iterator[Oddity]:
    heading = task.path[-1].strip()
    reason = _why_no_heading(task, heading, cutter)
    if reason:
        yield Oddity(kinds.HEADING_ODD, "path", heading[:SHOWN], reason)


def _why_no_heading(task: Task, heading: str, cutter: PhraseCutter) -> str:
    if _HEADING_CUT.search(heading):
        return "这个标题没有写完"
    last = re.split("[。；]", heading.rstrip("。；"))
    if len(last) > 1 and len(last[-1]) < SHOWN and SURE.search(last[-1]) and _names(last[-1], cutter):
        return "其中写有单位"
    own = list(_MARKER.finditer(task.number))
    above = _MARKER.match(heading)
    if not own or above is None or own[-1].end() != len(task.number) or above.end() == above.end("value"):
        return ""
    number = own[-1]
    alike = bool(number["open"]) == bool(above["open"]) and number["value"].isdecimal() == above["value"].isdecimal()
    other = bool(number["again"]) and alike and number["value"] != above["value"]
    return f"编号“{task.number}”属于另一个标题" if other else ""


def _names(words: str, cutter: PhraseCutter) -> bool:
    return any(snippet.kind is SnippetKind.NAME for snippet in cutter.cut(words))
