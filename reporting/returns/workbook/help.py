"""填报说明: what a department asks before it begins, line by line."""

from collections.abc import Sequence
from datetime import date

from reporting.language.wording import chinese_date
from reporting.model import Role
from reporting.model.findings import Finding, Severity
from reporting.office.form import CHECK_HEADING, Form, FormField, ProgressRule, Status
from reporting.office.settings import Settings
from reporting.plan.share_out import Recipient
from reporting.returns.workbook.layout import PROBLEMS, TARGETS, TASKS


def instruction_lines(
    form: Form,
    settings: Settings,
    title: str,
    recipient: Recipient,
    *,
    new_due: date | None = None,
    findings: Sequence[Finding] = (),
) -> list[tuple[str, str, str]]:
    """The lines as kind, label and text; with ``new_due`` for a return that goes back with ``findings``."""
    contact = settings.contact
    due = chinese_date(new_due or settings.dates.due)
    whom = "，".join(part for part in (contact.name, contact.phone, contact.email) if part)
    lines = [("title", f"{settings.year}年度任务完成情况填报说明", "")]
    if new_due:
        count = sum(each.kind.severity is not Severity.NOTE for each in findings)
        wrong = any(each.kind.severity is Severity.ERROR for each in findings)
        asked = f"{count} 处，逐项列在“{PROBLEMS}”表。没有列出的内容不必改动。"
        lines.append(("strong", "本次需要修改" if wrong else "本次需要核实", asked))
    steps = _steps_again(form, due) if new_due else _steps(form, due, bool(recipient.targets))
    lines += [("strong", f"第{sign}步", step) for sign, step in zip("一二三", steps, strict=True)]
    lines.append(("section", "一、填报要求", ""))
    lines += [
        ("label", "填报单位", recipient.unit),
        ("label", "依据", title),
        ("label", "填报内容", _what_is_asked(recipient)),
        ("label", "报送时间", f"{due}前。数据统计截至{chinese_date(settings.dates.data_as_of)}。"),
        ("label", "报送方式", _how_to_send(contact.email, contact.address)),
        ("label", "联系人", whom or "见通知"),
        ("label", "颜色", _COLOURS),
    ]
    lines.append(("section", "二、各栏填什么", ""))
    lines += [("label", each.heading, _field_help(each)) for each in form.task if each.filled]
    if new_due:
        lines.append(("label", form.answer.heading, _field_help(form.answer)))
    lines.append(("section", "三、完成状态怎样选", ""))
    lines += [("label", each.name, _status_help(form, each)) for each in form.status]
    lines.append(("section", "四、常见问题", ""))
    lines += [("label", question, answer) for question, answer in (*_whose_work(recipient), *_QUESTIONS)]
    return lines


_COLOURS = (
    "灰色是方案内容，不必填，改动了也按下发的登记；白色、黄色由本单位填写，黄色是必填而还没有填的，橙色是填得不对的。"
)


def _what_is_asked(recipient: Recipient) -> str:
    """How many tasks and targets a unit reports on, and in which role."""
    led = sum(each.role is Role.LEAD for each in recipient.assignments)
    supported = len(recipient.assignments) - led
    what = f"共 {len(recipient.assignments)} 项任务"
    if led and supported:
        what += f"，其中牵头 {led} 项、配合 {supported} 项"
    else:
        what += "，由本单位牵头" if led else "，由本单位配合"
    return f"{what}；量化指标 {len(recipient.targets)} 个。" if recipient.targets else f"{what}。"


def _steps(form: Form, due: str, with_targets: bool) -> list[str]:
    block = "、".join(field.heading for field in form.header if field.filled)
    targets = f"再到“{TARGETS}”表逐个填写完成值（只填数字）。" if with_targets else ""
    return [
        f"打开“{TASKS}”表，在表头填写{block}，再逐行填写白色和黄色的格。{targets}",
        _look_at_checks(),
        f"经审核人审核，保存，{due}前报送本文件和佐证材料。",
    ]


def _steps_again(form: Form, due: str) -> list[str]:
    return [
        f"打开“{PROBLEMS}”表，点击“本表位置”一栏，转到需要修改的单元格；点击该行的编号，可以转回来。"
        "级别为“错误”的，按“修改要求”改正；级别为“核实”的，有误的改正，所填无误的，"
        f"在该行“{form.answer.heading}”栏写明情况，数据不必改。",
        _look_at_checks(),
        f"经审核人审核，保存，{due}前重新报送本文件。",
    ]


def _whose_work(recipient: Recipient) -> list[tuple[str, str]]:
    """Whose work a lead reports beside other leads: the first question of every clerk."""
    shared = [each.task for each in recipient.assignments if each.role is Role.LEAD and len(each.task.lead) > 1]
    if not shared:
        return []
    most = max(len(each.lead) for each in shared)
    numbers = "、".join(each.number for each in shared[:_SHOWN]) + (" 等" if len(shared) > _SHOWN else "")
    return [
        (
            f"有 {most} 个牵头单位，我填谁的",
            f"任务 {numbers} 由几个单位共同牵头。只填本单位牵头的那一部分：完成状态、完成进度、完成情况都看本单位的，"
            "不代填、不汇总别的单位，也不必等别的单位；各牵头单位分别填报，整项任务由我办汇总，"
            "各单位状态不同的，按进展最慢的计。本单位在这项任务中确实没有工作的，选“不适用”并写明理由。",
        )
    ]


_SHOWN = 8
"""Numbers of tasks that are named."""


def _look_at_checks() -> str:
    return f"看“{TASKS}”表第二行和最右边的“{CHECK_HEADING}”列：哪一行不是“可报送”，就按它说的补填、改正。"


def _how_to_send(email: str, address: str) -> str:
    where = f"发送至 {email}" if email else "按通知要求报送"
    at = f"（{address}）" if address else ""
    return f"保存为 Excel 文件（.xlsx）后{where}，不必改文件名；经审核并加盖公章的扫描件和佐证材料一并报送{at}。"


def _field_help(each: FormField) -> str:
    need = {"always": "必填。", "lead": "牵头单位必填。", "no": ""}[each.required]
    return f"{need}{each.hint}{'' if each.hint.endswith('。') or not each.hint else '。'}"


def _status_help(form: Form, status: Status) -> str:
    """What a status means, and what must be filled in with it."""
    meaning = _MEANINGS.get(status.name, "按实际情况选用。")
    needed = "、".join(form.task_fields[key].heading for key in status.needs)
    return f"{meaning}{_PROGRESS[status.progress]}" + (f"须填写{needed}。" if needed else "")


_MEANINGS = {
    "已完成": "方案要求的全部内容已经完成。",
    "基本完成": "主要内容已经完成，尚有收尾工作。",
    "达到序时进度": "任务尚未到期，进展符合时间要求。",
    "持续推进": "没有明确完结时间的长期任务，年度工作已按要求开展。",
    "滞后": "进展慢于时间要求。",
    "未启动": "尚未开展。",
    "未完成": "已到期而没有完成。",
    "调整取消": "经批准调整或取消，写明依据。",
    "不适用": "任务与本单位无关，写明理由。",
}
_PROGRESS: dict[ProgressRule, str] = {
    "full": "完成进度填 100。",
    "none": "完成进度填 0。",
    "part": "完成进度小于 100。",
    "any": "",
    "blank": "完成进度可不填。",
}

_QUESTIONS = (
    (
        "长期任务进度填多少",
        "没有完结时间的任务，按本年度应做的工作算，填已经做了的比例：全年应办 12 次、办了 9 次的，填 75；"
        "没有数量的，按年度工作安排完成了几成估算，在“完成情况”栏写明做了哪些。本年度的全部做完了的，填 100。",
    ),
    ("配合单位也要填吗", "要填。只写本单位承担的部分；牵头单位汇总整项任务的情况。"),
    ("任务与本单位无关", "完成状态选“不适用”，在“存在问题及原因”栏写明理由，并与我办联系，请不要删去该行。"),
    ("内容太长写不下", "单元格内可用 Alt+Enter 换行，行高可以拉大；超过字数的详细材料作为附件报送。"),
    (
        "可以筛选、排序吗",
        "可以，也可以调整行高列宽。程序按任务编号读取，与行的先后无关，请不要改动任务编号，尽量不合并单元格，"
        "不需要插行、删行。要改版式的，可在“审阅”中撤销工作表保护（没有密码）。",
    ),
    ("从别处粘贴", "请用“选择性粘贴—数值”，以免带入别处的格式。粘贴以后看一看“填报检查”。"),
    ("报错了怎么办", "直接再报送一次，以最后报送的为准，以前的版本由我办留存。"),
)
