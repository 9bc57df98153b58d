"""The letter (退回函) that goes back with a return: what is wrong, where, and by when to send it again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.documents import Context, Output
from reporting.documents.letterhead import closing, return_words, self_name, title_lines
from reporting.language.numerals import write_numeral
from reporting.language.wording import chinese_date
from reporting.model.findings import Finding, Severity
from reporting.office.inbox import plain_name
from reporting.office.settings import Settings

_ASKED = {Severity.ERROR: "须改正", Severity.CONFIRM: "须核实说明", Severity.NOTE: "供参考"}
"""What each severity asks of the department."""
_HOW_TO_ANSWER = (
    "1.随函所附的核实说明表保留了贵单位原填内容，需要核实的单元格已作标记并附批注，“问题清单”工作表列有全部内容。",
    "2.经核实确有错误的，请直接改正；核实无误的，请在该行“说明”栏写明情况，数据可以不改。",
    "3.其余内容无需改动；完成后请直接报送该工作簿，无需删除标记和批注。",
)
_FIRST = "经校验，部分内容需要修改，现予退回。"
_FIRST_TAKEN_IN = "经校验，所报内容已经收下，其中部分内容需要核实。"


@dataclass(frozen=True, slots=True)
class Again:
    """What a later letter says of the one before: which round it is, the day of the last letter, how much
    that one listed, and which of the findings (by position, from 0) it listed already."""

    time: int
    last: date
    listed: int
    still: frozenset[int]


@dataclass(frozen=True, slots=True)
class Returned:
    """A return on its way back: the file, what is asked on it and by when; ``again`` when not the first time.

    With ``taken_in`` nothing goes back: the return counts, and the unit is asked to explain.
    """

    unit: str
    file: str
    findings: Sequence[Finding]
    new_due: date
    again: Again | None = None
    taken_in: bool = False


def build(settings: Settings, issuer: str, returned: Returned, today: date) -> Context:
    """Shape the letter to one unit about one file."""
    subject, office = f"{return_words(settings)}填报表", self_name(issuer)
    findings, again, taken_in = returned.findings, returned.again, returned.taken_in
    file, by, work = plain_name(returned.file), chinese_date(returned.new_due), "核实" if taken_in else "修改"
    return {
        "title": title_lines(
            f"关于请核实{subject}的函" if taken_in else f"关于{'再次' if again else ''}退回修改{subject}的函"
        ),
        "recipient": returned.unit,
        "opening": (
            f"贵单位{'修改后重新' if again else ''}报送的{subject}（文件名：{file}）收悉。"
            + (_refer(again, len(findings), office) if again else _FIRST_TAKEN_IN if taken_in else _FIRST)
            + "有关事项函告如下："
        ),
        "problems": _count(findings),
        "rows": [
            _row(position + 1, finding, repeated=again is not None and position in again.still)
            for position, finding in enumerate(findings)
        ],
        "resubmit": _HOW_TO_ANSWER if taken_in else _how_to_resubmit(findings),
        "due": (
            f"请于{by}前将{work}后的填报表报送{office}。"
            f"对校验意见有不同看法或在规定时间内完成{work}确有困难的，请及时与{office}联系。"
        ),
        "annexes": ["附件：核实说明表" if taken_in else "附件：订正表"],
        **closing(settings, issuer, today),
    }


def _refer(again: Again, found: int, office: str) -> str:
    """What became of the last letter: 上次列示的3处已改正2处，仍有1处没有改正，另有新的问题1处。"""
    still = len(again.still)
    done = f"已改正{again.listed - still}处" if again.listed > still else "均未改正"
    if again.listed > still > 0:
        done += f"，仍有{still}处没有改正"
    new = f"，另有新的问题{found - still}处" if found > still else ""
    return (
        f"{office}曾于{chinese_date(again.last)}函请修改；经校验，上次列示的{again.listed}处{done}{new}，"
        f"现第{write_numeral(again.time)}次退回。"
    )


def _count(findings: Sequence[Finding]) -> str:
    """How much there is to do: 共3处，其中须改正2处、须核实说明1处，逐项列示如下："""
    counts = Counter(finding.kind.severity for finding in findings)
    parts = [f"{words}{counts[severity]}处" for severity, words in _ASKED.items() if counts[severity]]
    if not parts:
        return "详见订正表中的“问题清单”工作表。"
    detail = f"，其中{'、'.join(parts)}" if len(parts) > 1 else ""
    return f"需要处理的内容共{len(findings)}处{detail}，逐项列示如下："


def _row(ordinal: int, finding: Finding, *, repeated: bool) -> dict[str, object]:
    return {
        "ordinal": str(ordinal),
        "task": finding.task or "—",
        "place": f"{finding.place.part} {finding.place.cell}".strip() or "整份文件",
        "problem": finding.message,
        "remedy": finding.remedy or "请核对后修改。",
        "asked": _ASKED[finding.kind.severity] + ("（上次已列）" if repeated else ""),
    }


def _how_to_resubmit(findings: Sequence[Finding]) -> list[str]:
    steps = [
        "请在随函所附的订正表中修改。该工作簿保留了贵单位原填内容，有问题的单元格已作标记并附批注，"
        "“问题清单”工作表列有全部问题。",
        "上表未列出的内容无需改动，也不必重新填写。",
        "修改后请直接报送该工作簿，无需删除标记和批注，也不要改动任务编号和预先填好的内容。",
    ]
    if any(finding.kind.severity is Severity.CONFIRM for finding in findings):
        confirm = "标为“须核实说明”的，经核实确有错误的请改正；核实无误的，请在该行“说明”栏写明情况，数据可以不改。"
        steps.insert(1, confirm)
    return [f"{ordinal}.{step}" for ordinal, step in enumerate(steps, start=1)]


OUTPUT = Output("退回函", "退回函.docx", build)
