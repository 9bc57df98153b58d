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
    led = sum(each.role is Role.LEAD for each in recipient.assignments)
    whom = "，".join(part for part in (contact.name, contact.phone, contact.email) if part)
    supported = len(recipient.assignments) - led
    what = f"共 {len(recipient.assignments)} 项任务"
    if led and supported:
        what += f"，其中牵头 {led} 项、配合 {supported} 项"
    else:
        what += "，由本单位牵头" if led else "，由本单位配合"
    if recipient.targets:
        what += f"；量化指标 {len(recipient.targets)} 个"
    lines = [("title", f"{settings.year}年度任务完成情况填报说明", "")]
    if new_due:
        count = sum(each.kind.severity is not Severity.NOTE for each in findings)
        wrong = any(each.kind.severity is Severity.ERROR for each in findings)
        asked = f"{count} 处，逐项列在“{PROBLEMS}”表。没有列出的内容不必改动。"
        lines.append(("strong", "本次需要修改" if wrong else "本次需要核实", asked))
    lines += [
        ("label", "填报单位", recipient.unit),
        ("label", "依据", title),
        ("label", "填报内容", what + "。"),
        ("strong", "报送时间", f"{due}前。数据统计截至{chinese_date(settings.dates.data_as_of)}。"),
        ("label", "报送方式", _how_to_send(contact.email, contact.address)),
        ("label", "联系人", whom or "见通知"),
    ]
    steps = _steps_again(form) if new_due else _steps(form, bool(recipient.targets))
    ordinals = [f"第{sign}步" for sign in "一二三四五"]
    lines.append(("section", "一、怎样修改" if new_due else "一、怎样填", ""))
    lines += [("label", ordinal, step) for ordinal, step in zip(ordinals, steps, strict=False)]
    lines.append(("section", "二、各栏填什么", ""))
    lines += [("label", each.heading, _field_help(each)) for each in form.task if each.filled]
    if new_due:
        lines.append(("label", form.answer.heading, _field_help(form.answer)))
    lines.append(("section", "三、完成状态怎样选", ""))
    lines += [("label", each.name, _status_help(form, each)) for each in form.status]
    lines.append(("section", "四、常见问题", ""))
    lines += [("label", question, answer) for question, answer in _QUESTIONS]
    return lines


def _steps(form: Form, with_targets: bool) -> list[str]:
    block = "、".join(field.heading for field in form.header if field.filled)
    steps = [
        f"打开“{TASKS}”表，在表头填写{block}。",
        "逐行填写本单位承担的任务。灰色单元格是方案内容，不要改动；白色、黄色单元格由本单位填写，"
        "黄色表示必填而尚未填写，橙色表示填得不对。",
    ]
    if with_targets:
        steps.append(f"打开“{TARGETS}”表，逐个填写完成值。完成值只填数字，计量单位见左侧一栏。")
    return [*steps, _last_step()]


def _steps_again(form: Form) -> list[str]:
    return [
        f"打开“{PROBLEMS}”表，点击“本表位置”一栏，转到需要修改的单元格；点击该行的编号，可以转回来。",
        "级别为“错误”的，按“修改要求”改正。级别为“核实”的，有误的改正；所填无误的，"
        f"在该行“{form.answer.heading}”栏写明情况，数据不必改。",
        _last_step(),
    ]


def _last_step() -> str:
    return f"看“{TASKS}”表第二行和“{CHECK_HEADING}”列：全部显示“可报送”后，经审核人审核，保存并报送本文件。"


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
    ("配合单位也要填吗", "要填。只写本单位承担的部分；牵头单位汇总整项任务的情况。"),
    ("任务与本单位无关", "完成状态选“不适用”，在“存在问题及原因”栏写明理由，并与我办联系，请不要删去该行。"),
    ("内容太长写不下", "单元格内可用 Alt+Enter 换行，行高可以拉大；超过字数的详细材料作为附件报送。"),
    (
        "可以筛选、排序吗",
        "可以，也可以调整行高列宽。程序按任务编号读取，与行的先后无关，请不要改动任务编号，不要合并单元格，"
        "不需要插行、删行。要改版式的，可在“审阅”中撤销工作表保护（没有密码）。",
    ),
    ("从别处粘贴", "请用“选择性粘贴—数值”，以免带入别处的格式。粘贴以后看一看“填报检查”。"),
    ("报错了怎么办", "直接再报送一次，以最后报送的为准，以前的版本由我办留存。"),
)
