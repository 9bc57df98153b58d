"""The covering notice (通知) that goes out with the workbooks at the beginning of the reporting season."""

from collections.abc import Sequence
from datetime import date

from reporting.documents import Context, Output
from reporting.documents import letterhead as wording
from reporting.documents.letterhead import annex_list, official_closing, self_name, title_lines
from reporting.language.wording import book, chinese_date, join_names, year_in
from reporting.office.settings import OfficeContact, Settings

MOST_NAMED = 20
"""Up to so many units are addressed by name; more would fill the first page before the text begins."""

_CONTENTS = (
    "（一）任务完成情况填报表。随本通知下发的填报工作簿按单位制作，任务编号、工作内容、牵头单位、"
    "配合单位、完成时限和目标值已预先填好。各单位逐项填写完成状态、完成进度、完成情况、存在问题及原因、"
    "下一步计划等内容；承担量化指标的单位，还须填写“量化指标”工作表。",
    "（二）佐证材料。能够证明任务完成情况的文件、报表、图片等，名称和文号写入填报表“佐证材料”栏，"
    "材料随填报表一并报送。",
)
_ANNEXES = ("任务完成情况填报表（电子工作簿，按单位另发）", "责任单位名单")


def build(settings: Settings, *, plan_title: str, issuer: str, units: Sequence[str], today: date) -> Context:
    """Shape the notice to all units of the plan."""
    dates = settings.dates
    named = wording.plan_title(plan_title, settings.year)
    plan, year = book(named), year_in(named, settings.year)
    many = len(units) > MOST_NAMED
    return {
        "title": title_lines(f"关于报送{year}{plan}任务完成情况的通知"),
        "recipients": "各责任单位" if many else join_names(units),
        "opening": (
            f"为全面掌握{plan}落实情况，做好{settings.year}年度任务完成情况汇总工作，现将有关填报事项通知如下："
        ),
        "contents": _CONTENTS,
        "requirements": _requirements(dates.data_as_of),
        "delivery": _delivery(dates.due, settings.contact),
        "arrangements": _arrangements(settings, self_name(issuer)),
        "annexes": annex_list(_ANNEXES if many else _ANNEXES[:1]),
        "units": list(units) if many else [],
        **official_closing(settings, issuer, today, settings.document.notice_number),
    }


def _requirements(data_as_of: date) -> list[str]:
    return [
        f"（一）数据统一截至{chinese_date(data_as_of)}，统计口径与任务分解时保持一致。"
        "口径有变化的，在“说明”或“备注”栏注明。",
        "（二）完成情况先写结果，再写措施和数据，做到内容具体、数据准确。滞后、未启动、未完成的任务，"
        "须写明原因、下一步措施和完成时间。",
        "（三）牵头单位汇总填写任务总体完成情况，配合单位填写本单位承担部分的完成情况。"
        "牵头单位与配合单位填写的数据应当相互衔接。",
        "（四）实事求是填报，确保内容真实、客观、完整，严禁弄虚作假。",
    ]


def _delivery(due: date, contact: OfficeContact) -> list[str]:
    # The address itself stands in the note at the end: a long word in the text would stretch its line.
    where = "，发送至文末所列电子邮箱" if contact.email else ""
    return [
        f"请于{chinese_date(due)}前报送填报表电子版（Excel格式）和经负责同志审签、加盖公章的扫描件{where}。",
        "请直接在下发的工作簿中填写，保留原有工作表、表头和任务编号，不要另制表格，"
        "不要将表格转为图片或PDF后代替电子版。",
    ]


def _arrangements(settings: Settings, office: str) -> list[str]:
    return [
        "（一）明确专人负责。请各单位指定专人填报，经科（处）室负责人审核、分管负责同志审签后报送。",
        f"（二）及时修改完善。{office}对报送内容进行校验，需要修改的，将退回校验意见，"
        f"请在收到之日起{settings.resubmit_days}日内修改后重新报送。",
        "（三）如实反映报送情况。各单位报送时间和质量将在年度任务完成情况报告中如实反映。",
    ]


OUTPUT = Output("通知", "通知.docx", build)
