"""The letter (改派函) to a unit that takes over a task that was given out, and to the one that had it.

Each is told what concerns it: which task, from or to whom, why, and what to do with its workbook by when.
"""

from dataclasses import dataclass
from datetime import date

from reporting.documents import Context, Output
from reporting.documents.letterhead import closing, plan_words, self_name, title_lines
from reporting.language.wording import chinese_date, clause, stopped, task_numbers
from reporting.model import Issue, Role
from reporting.office.settings import Settings


@dataclass(frozen=True, slots=True)
class Move:
    """One task on its way from one unit to another (改派); ``is_back`` when a move is taken back."""

    task: str
    content: str
    giver: str
    receiver: str
    given_as: Role
    taken_as: Role
    reason: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class UnitShare:
    """What a unit has beside the task: how many others, and whether its return was taken in."""

    unit: str
    others: int
    is_taken_in: bool = False
    had: Role | None = None
    """The role in which it had a part in the task before it took it over."""


def build(settings: Settings, issued: Issue, move: Move, share: UnitShare, due: date, today: date) -> Context:
    """Shape the letter to the unit of ``share``; ``due`` is by when the receiver reports."""
    plan, office = plan_words(issued.title, settings.year), self_name(issued.issuer)
    takes = share.unit == move.receiver
    return {
        "title": title_lines(f"关于调整{plan}任务分工的函"),
        "recipient": share.unit,
        "body": [
            _moved(plan, move, share),
            *(_taken(move, share, office, due) if takes else _given(move, share)),
            f"如有疑问，请与{office}联系。感谢支持。",
        ],
        **closing(settings, issued.issuer, today),
    }


def _moved(plan: str, move: Move, share: UnitShare) -> str:
    """What happens, seen from the unit that reads it."""
    takes = share.unit == move.receiver
    giver = move.giver if takes else "贵单位"
    receiver = "贵单位" if takes else move.receiver
    task = f"{plan}{task_numbers([move.task])}（{clause(move.content)}）"
    if move.is_back:
        what = f"{task}，此前改由{giver}{move.given_as}。现撤销该项调整，仍由{receiver}{move.taken_as}"
    else:
        what = f"{task}，原由{giver}{move.given_as}，现改由{receiver}{move.taken_as}"
        if share.had is not None and share.had is not move.taken_as:
            what += f"（贵单位此前为{share.had}单位）"
    return f"{what}。调整原因：{stopped(move.reason)}"


def _taken(move: Move, share: UnitShare, office: str, due: date) -> list[str]:
    book_words = "请贵单位填写随函所附的填报工作簿，"
    if share.is_taken_in:
        book_words = (
            "贵单位此前报送的填报表已经收下，在收到新的一份以前继续有效。请在随函所附的填报工作簿中"
            "填写本项任务，其余任务一并填写，"
        )
    older = "此前下发给贵单位的填报工作簿不再使用。" if share.others else ""
    return [
        f"{book_words}于{chinese_date(due)}前报送{office}。{older}",
        f"请与{move.giver}做好工作衔接，该项任务已经开展的工作情况和有关材料，由{move.giver}移交贵单位。",
    ]


def _given(move: Move, share: UnitShare) -> list[str]:
    if not share.others:
        report = "贵单位没有其他需要填报的任务，不必再报送填报表。"
    elif share.is_taken_in:
        report = f"贵单位此前报送的填报表已经收下，其余{share.others}项任务的内容继续有效，不必重新报送。"
    else:
        report = (
            f"贵单位不再填报该项任务，其余{share.others}项任务的填报要求和报送日期不变。随函附新的填报工作簿；"
            "已在此前下发的填报工作簿中填写的，可以继续使用原来的一份。"
        )
    return [report, f"请将该项任务已经开展的工作情况和有关材料移交{move.receiver}，做好工作衔接。"]


OUTPUT = Output("改派函", "改派函.docx", build)
