"""The reminder (催报函) to one unit whose return, or corrected return, has not come in.

It states facts and asks; it says nothing about any other unit. The first one blames nobody; the second asks
why, and from the third on it says what follows, by the office's own rules of assessment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.documents import Context, Output
from reporting.documents.letterhead import closing, marks_taken, return_words, self_name, title_lines
from reporting.language.wording import chinese_date, join_names, task_numbers
from reporting.office.settings import Settings


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is awaited from a unit and since when; ``returned`` means that it was sent back and has not come.

    ``extended`` tells that ``due`` is a date the unit was given on top, ``partly`` that its return was taken
    in and only ``tasks`` are still owed; ``came`` are clauses on files of the unit that are no return;
    ``earlier`` are the days of earlier reminders. With ``days_late`` of zero or less there is still time.
    """

    unit: str
    due: date
    days_late: int
    returned: bool
    tasks: Sequence[str]
    new_due: date
    extended: bool = False
    partly: bool = False
    came: Sequence[str] = ()
    earlier: Sequence[date] = ()


def build(settings: Settings, issuer: str, awaited: Awaited, today: date) -> Context:
    """Shape the reminder to one unit."""
    office, subject = self_name(issuer), return_words(settings)
    return {
        "title": title_lines(f"关于{_asks(awaited)}{subject}的函"),
        "recipient": awaited.unit,
        "body": [
            _state(awaited, subject, office, today) + _earlier(awaited.earlier, office),
            *_instead(awaited.came, office),
            _owed(awaited),
            _request(awaited, office),
            *_consequence(settings, awaited.earlier),
            f"如已报送，请与{office}联系核对；如在填报中遇到困难或需要延期，也请及时告知，以便统筹安排。感谢支持。",
        ],
        **closing(settings, issuer, today),
    }


def _asks(awaited: Awaited) -> str:
    """How firmly the title asks."""
    if awaited.days_late <= 0:
        return "提醒报送"
    return ("商请报送", "再次商请报送", "催报")[min(len(awaited.earlier), 2)]


def _earlier(days: Sequence[date], office: str) -> str:
    """That the unit was asked before, and when."""
    if not days:
        return ""
    return f"此前，{office}已于{join_names(chinese_date(day) for day in days)}发函商请报送，尚未收到回复。"


def _consequence(settings: Settings, earlier: Sequence[date]) -> list[str]:
    """What follows, from the third letter on; the marks are those of ``duban.toml``."""
    if len(earlier) < 2:
        return []
    marks = settings.scoring.deductions
    taken = marks_taken((("逾期报送的", marks.late), ("未报送的", marks.not_sent)))
    counted = f"，并按照考评办法计入年度考评（{taken}）" if taken else ""
    return [f"请贵单位高度重视，抓紧办理。逾期仍未报送的，将在督查通报中列名{counted}。"]


def _state(awaited: Awaited, subject: str, office: str, today: date) -> str:
    """Where things stand on the day of the letter."""
    day, due = chinese_date(today), chinese_date(awaited.due)
    if awaited.partly:
        return (
            f"贵单位报送的{subject}填报表，{office}已收悉；其中经同意延期报送或者后来交由贵单位承担的任务，"
            f"应于{due}前补报。截至{day}，{office}尚未收到。"
        )
    if awaited.returned:
        return (
            f"贵单位报送的{subject}填报表，{office}此前已附校验意见退回修改。"
            f"截至{day}，{office}尚未收到修改后的填报表。"
        )
    by = (
        f"经同意，贵单位报送{subject}的日期已延至{due}。"
        if awaited.extended
        else f"按照工作安排，{subject}的报送截止日期为{due}。"
    )
    if awaited.days_late > 0:
        passed = "该日期" if awaited.extended else "截止日期"
        return f"{by}截至{day}，已超过{passed}{awaited.days_late}天，{office}尚未收到贵单位的填报表。"
    return f"{by}截至{day}，{office}尚未收到贵单位的填报表，特作提醒。"


def _instead(came: Sequence[str], office: str) -> list[str]:
    """What came that could not be taken in, so that nobody is told that nothing came at all."""
    if not came:
        return []
    return [
        f"{office}曾收到贵单位发来的文件，但未能作为填报表登记：{'；'.join(came)}。"
        "请改用此前下发的填报工作簿（.xlsx）填写后报送。"
    ]


def _owed(awaited: Awaited) -> str:
    what = "涉及" if awaited.returned else "需要填报"
    if not awaited.tasks:
        return f"{what}的任务见此前下发的填报工作簿。"
    return f"{what}的任务共{len(awaited.tasks)}项，即{task_numbers(awaited.tasks)}。"


def _request(awaited: Awaited, office: str) -> str:
    which = "订正表中的问题修改完毕" if awaited.returned else "此前下发的填报工作簿填写完毕"
    why = "，并说明未按时报送的原因" if awaited.earlier else ""
    return f"为按时完成年度汇总，请贵单位于{chinese_date(awaited.new_due)}前将{which}，报送{office}{why}。"


OUTPUT = Output("催报函", "催报函.docx", build)
