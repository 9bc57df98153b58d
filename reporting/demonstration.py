"""The whole year on the bundled example: the departments of an invented city err, are late, send twice.

``fill_in`` does what a department does in Excel; it writes into the workbook that was issued, with another
library than the one that wrote it, and knows nothing of our reader.
"""

from __future__ import annotations

import os
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from reporting import workflow
from reporting.characters import even_width
from reporting.files.atomic import write_atomic
from reporting.files.outbox import OUT_ISSUED, OUT_RETURNED
from reporting.files.workbook_layout import TARGETS, TASKS
from reporting.files.workspace import SETTINGS_FILE, Workspace, bundled
from reporting.findings import DubanError
from reporting.form import CHECK_HEADING, Form
from reporting.model import Verdict
from reporting.review import ON_SITE
from reporting.values import task_number

Say = Callable[[str], None]

YEAR = 2026
_SETTINGS = """\
title = ""
year = 2026
issuer = ""
recipient = "市人民政府"
resubmit_days = 5

[dates]
issue = 2026-12-01
due = 2026-12-15
data_as_of = 2026-11-30

[contact]
name = "陈静"
phone = "62340001"
email = "zscq@lanchuan.example"
address = "澜川市行政中心 3 号楼 508 室"
"""


@dataclass(frozen=True, slots=True)
class _Sending:
    """How one unit answers, as ``examples/returns.toml`` tells."""

    unit: str
    words: Mapping[str, Any]

    @property
    def delivery(self) -> str:
        return str(self.words.get("delivery", "mail"))

    @property
    def mistakes(self) -> Sequence[Mapping[str, Any]]:
        return list(self.words.get("mistake", ()))


def read_sendings(text: str) -> dict[str, _Sending]:
    """The answers of all units by name, from the text of ``returns.toml``."""
    return {words["unit"]: _Sending(words["unit"], words) for words in tomllib.loads(text)["return"]}


# ---- a department at work ----------------------------------------------------------------------------


def fill_in(workbook: bytes, sending: _Sending, form: Form, *, with_mistakes: bool) -> bytes:
    """Fill in a workbook as a department would, with or without its mistakes; gives back the saved file."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook))
    tasks = book[TASKS]
    headings = {field.heading: field.key for field in (*form.task, *form.header)}
    _fill_header(tasks, sending.words, form)
    rows, columns = _find_rows(tasks, headings, "number")
    for entry in sending.words.get("task", ()):
        _fill_row(tasks, rows.get(task_number(str(entry["number"]))), columns, entry, skip=("number",))
    target_rows: dict[str, int] = {}
    target_columns: dict[str, int] = {}
    if TARGETS in book.sheetnames:
        target_headings = {field.heading: field.key for field in form.target}
        target_rows, target_columns = _find_rows(book[TARGETS], target_headings, "target")
        for entry in sending.words.get("target", ()):
            row = target_rows.get(task_number(str(entry["target"])))
            _fill_row(book[TARGETS], row, target_columns, entry, skip=("target",))
    if with_mistakes:
        for mistake in sending.mistakes:
            if mistake["sheet"] == "表头":
                _fill_header(tasks, {mistake["field"]: mistake["value"]}, form)
            elif mistake["sheet"] == TARGETS:
                _err(book[TARGETS], target_rows, target_columns, mistake)
            else:
                _err(tasks, rows, columns, mistake)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _find_rows(sheet: Any, headings: Mapping[str, str], key: str) -> tuple[dict[str, int], dict[str, int]]:
    """Rows by number and columns by field key of the table on a sheet."""
    for line in sheet.iter_rows(max_row=30):
        columns = {headings[cell.value]: cell.column for cell in line if cell.value in headings}
        if key in columns and len(columns) > 4:
            head = line[0].row
            break
    rows = {}
    for row in range(head + 1, sheet.max_row + 1):
        value = sheet.cell(row, columns[key]).value
        if value is not None:
            rows[task_number(value)] = row
    return rows, columns


def _fill_header(sheet: Any, words: Mapping[str, Any], form: Form) -> None:
    keys = {field.heading: field.key for field in form.header}
    for line in sheet.iter_rows(max_row=8):
        for cell in line:
            key = keys.get(cell.value) if isinstance(cell.value, str) else None
            if (
                key is not None
                and key in words
                and (form.header_fields[key].filled or key == "year")
                and key != "unit"
            ):
                sheet.cell(cell.row, cell.column + 1).value = _typed(words[key])


def _typed(value: object) -> Any:
    """What Excel makes of typing: a date becomes a date, an empty string an empty cell."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value or None
    return value


def _fill_row(
    sheet: Any, row: int | None, columns: Mapping[str, int], entry: Mapping[str, Any], skip: Iterable[str]
) -> None:
    for key, value in entry.items():
        if row is not None and key in columns and key not in skip:
            sheet.cell(row, columns[key]).value = _typed(value)


def _err(sheet: Any, rows: dict[str, int], columns: Mapping[str, int], mistake: Mapping[str, Any]) -> None:
    row = rows.get(task_number(str(mistake["task"])))
    if row is None:
        return
    if mistake["field"] != "row":
        sheet.cell(row, columns[mistake["field"]]).value = _typed(mistake["value"])
    elif mistake["value"] == "deleted":
        for line in sheet.iter_cols(min_row=row, max_row=row):
            line[0].value = None
    else:
        last = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(row, column).value


class _GbkName(zipfile.ZipInfo):
    """A member named as Chinese Windows tools do: GBK bytes without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def zip_with_gbk_name(name: str, data: bytes) -> bytes:
    """A zip file as Chinese Windows tools write it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_GbkName(name, (2026, 12, 12, 9, 30, 0)), data)
    return buffer.getvalue()


# ---- the year ----------------------------------------------------------------------------------------


def run(directory: Path | None, say: Say) -> Path:
    """Walk through the year in a new folder and tell each step; gives back the folder."""
    root = _new_folder(directory)
    say(f"演示文件夹：{root.resolve()}")
    workflow.init(root, YEAR)
    write_atomic(root / SETTINGS_FILE, _SETTINGS.encode())
    workspace = Workspace(root)
    sendings = read_sendings((bundled("examples") / "returns.toml").read_text(encoding="utf-8"))

    _import(workspace, say)
    issued = workflow.issue(workspace, _noon(12, 1))
    say(f"二、下发：{len(issued.recipients)} 个单位各一份填报表，另有通知一份。")
    _first_round(workspace, sendings, say)
    _second_round(workspace, sendings, say)
    late, _ = workflow.remind(workspace, _noon(12, 18))
    say(f"五、催报（12月18日）：{'、'.join(each.line.unit for each in late)}逾期未报，各写一封催报函。")
    _third_round(workspace, sendings, say)
    whole, outcome = workflow.report(workspace, date(2026, 12, 28))
    shares = "，".join(f"{each.name} {each.count} 项" for each in whole.statuses if each.count)
    say(f"七、汇总（12月28日）：任务 {len(whole.tasks)} 项，{shares}。")
    reviewed = _review(workspace, say)
    _tell_what_to_open(workspace, [*outcome.written, *reviewed], say)
    return root


def _new_folder(directory: Path | None) -> Path:
    if directory is not None:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise DubanError(f"{directory} 已经存在而且不是空文件夹。请换一个新文件夹。")
        return directory
    for number in range(1, 1000):
        root = Path("demo" if number == 1 else f"demo-{number}")
        if not root.exists():
            return root
    raise DubanError("当前文件夹里的 demo 文件夹太多了。请删去一些，或写明演示用的文件夹。")


def _noon(month: int, day: int) -> datetime:
    return datetime.combine(date(YEAR, month, day), time(12))


def _import(workspace: Workspace, say: Say) -> None:
    document = workspace.root / "澜川市2026年任务分解方案.txt"
    shutil.copyfile(bundled("examples") / "plan.txt", document)
    imported = workflow.import_plan(document, workspace.plan_file)
    plan = imported.plan
    say(
        f"一、读方案：任务 {len(plan.tasks)} 项，单位 {len(plan.units)} 个，"
        f"量化指标 {len(plan.targets)} 个，写入 plan.xlsx。"
    )
    groups = tomllib.loads((bundled("examples") / "members.toml").read_text(encoding="utf-8"))["group"]
    _add_members(workspace.plan_file, groups)
    _, checked = workflow.check_plan(workspace)
    names = "、".join(f"{group['name']}（{len(group['members'])} 个成员）" for group in groups)
    say(f"    协调员补上成组单位的成员：{names}；plan check 没有错误。")
    if checked.has_errors:
        raise DubanError("演示方案有误：" + "；".join(finding.message for finding in checked.findings))


def _add_members(plan_file: Path, groups: Sequence[Mapping[str, Any]]) -> None:
    """Type the members into plan.xlsx as the coordinator would."""
    from openpyxl import load_workbook

    book = load_workbook(plan_file)
    sheet = book["单位"]
    headings = {cell.column: str(cell.value) for cell in sheet[1]}
    for line in sheet.iter_rows(min_row=2):
        cells = {headings[cell.column]: cell for cell in line if cell.column in headings}
        for group in groups:
            if even_width(str(cells["单位名称"].value or "")) == even_width(group["name"]):
                cells["成员"].value = "\n".join(group["members"])
    buffer = BytesIO()
    book.save(buffer)
    write_atomic(plan_file, buffer.getvalue())


def _workbook_of(workspace: Workspace, unit: str) -> Path:
    found = [path for path in workspace.outbox(OUT_ISSUED).glob("*.xlsx") if f"_{unit}_" in path.name]
    if len(found) != 1:
        raise DubanError(f"演示数据有误：没有下发给“{unit}”的填报表。")
    return found[0]


def _put(workspace: Workspace, name: str, data: bytes, when: datetime) -> None:
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)
    os.utime(path, (when.timestamp(), when.timestamp()))


def _first_round(workspace: Workspace, sendings: Mapping[str, _Sending], say: Say) -> None:
    when = _noon(12, 13)
    for sending in sendings.values():
        issued = _workbook_of(workspace, sending.unit)
        if sending.delivery in ("never", "late"):
            continue
        first = fill_in(issued.read_bytes(), sending, workspace.form, with_mistakes=True)
        if sending.delivery == "zip":
            packed = zip_with_gbk_name(f"{sending.unit}填报表/{issued.name}", first)
            _put(workspace, f"{sending.unit}报送材料.zip", packed, when)
        elif sending.delivery == "twice":
            _put(workspace, f"{sending.unit}填报表.xlsx", first, when - timedelta(days=1))
            newer = fill_in(issued.read_bytes(), sending, workspace.form, with_mistakes=False)
            _put(workspace, f"{sending.unit}填报表(最终版).xlsx", newer, when)
        else:
            _put(workspace, issued.name, first, when)
    _put(workspace, "市公安局/现场照片.png", b"\x89PNG\r\n\x1a\n" + bytes(64), when)
    _put(workspace, "~$2026_01_填报表.xlsx", b"lock", when)
    collected = workflow.collect(workspace, [], _noon(12, 14))
    say(f"三、第一次收件（12月14日）：{_count(collected)}。")
    for unit in dict.fromkeys(each.unit for each in collected.receipts if each.verdict is Verdict.RETURNED):
        messages = [
            each.message for each in collected.outcome.findings if each.unit == unit and each.is_error
        ]
        more = f"（另有 {len(messages) - 1} 处）" if len(messages) > 1 else ""
        say(f"    退回 {unit}：{messages[0][:60]}{more}")


def _second_round(workspace: Workspace, sendings: Mapping[str, _Sending], say: Say) -> None:
    """The units that got their workbook back correct it and send the correction."""
    when = _noon(12, 16)
    for path in sorted(workspace.outbox(OUT_RETURNED).glob("*.xlsx")):
        unit = next(each for each in sendings if f"_{each}_" in path.name)
        corrected = fill_in(path.read_bytes(), sendings[unit], workspace.form, with_mistakes=False)
        _put(workspace, f"订正/{path.name}", corrected, when)
    collected = workflow.collect(workspace, [], _noon(12, 17))
    say(f"四、订正后再收（12月17日）：{_count(collected)}。")


def _third_round(workspace: Workspace, sendings: Mapping[str, _Sending], say: Say) -> None:
    when = _noon(12, 21)
    for sending in sendings.values():
        if sending.delivery == "late":
            issued = _workbook_of(workspace, sending.unit)
            data = fill_in(issued.read_bytes(), sending, workspace.form, with_mistakes=False)
            _put(workspace, f"迟报/{issued.name}", data, when)
    collected = workflow.collect(workspace, [], _noon(12, 22))
    say(f"六、迟报的也收下（12月22日）：{_count(collected)}。")


# ---- inspection --------------------------------------------------------------------------------------


def _review(workspace: Workspace, say: Say) -> Sequence[Path]:
    """Early next year the inspection group verifies what was reported; the acceptance report follows.

    Gives back the review workbook and the report.
    """
    words = tomllib.loads((bundled("examples") / "review.toml").read_text(encoding="utf-8"))
    issued = workflow.review_issue(
        workspace, datetime.combine(date(YEAR + 1, 1, 8), time(12)), words["share"], words["seed"]
    )
    drawn = sum(each.method == ON_SITE for each in issued.inspection.tasks)
    say(
        f"八、检查验收（次年1月8日）：核定表一份，{len(issued.inspection.tasks)} 项次任务，"
        f"抽取 {drawn} 项次实地核查（抽签种子 {words['seed']}）。"
    )
    write_atomic(issued.path, fill_in_review(issued.path.read_bytes(), words))
    collected = workflow.review_collect(workspace, None, datetime.combine(date(YEAR + 1, 1, 18), time(12)))
    if collected.outcome.has_errors:
        raise DubanError("演示数据有误：" + "；".join(each.message for each in collected.outcome.findings))
    verified = sum(each.is_filled for each in collected.review.tasks)
    figures = len(collected.review.targets)
    say(f"    检查组填写后收回（1月18日）：核定任务 {verified} 项次，指标 {figures} 项次。")
    _, outcome = workflow.report(workspace, date(YEAR + 1, 1, 20))
    accepted = [path for path in outcome.written if "验收" in path.name]
    say("九、检查验收报告（1月20日）：各单位得分、等次、验收结论和整改清单。")
    return [issued.path, *accepted]


def fill_in_review(data: bytes, words: Mapping[str, Any]) -> bytes:
    """Fill in the review workbook as the inspection group would: as reported, but for what ``words`` say."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    tasks = {(str(each["number"]), each["unit"]): each for each in words.get("task", ())}
    for cells, sheet in _rows_of(book["任务核定"]):
        reported = sheet[cells["上报状态"]].value
        entry = tasks.get((str(sheet[cells["任务编号"]].value), sheet[cells["单位"]].value), {})
        _type_in(sheet, cells, {"verified": reported} | dict(entry), _REVIEW_HEADINGS)
    targets = {(each["name"], each["unit"]): each for each in words.get("target", ())}
    for cells, sheet in _rows_of(book["指标核定"]):
        entry = targets.get((sheet[cells["指标名称"]].value, sheet[cells["单位"]].value), {})
        _type_in(sheet, cells, {"value": sheet[cells["上报完成值"]].value} | dict(entry), _TARGET_HEADINGS)
    units = {each["unit"]: each for each in words.get("unit", ())}
    for cells, sheet in _rows_of(book["单位核定"]):
        _type_in(sheet, cells, units.get(sheet[cells["单位"]].value, {}), _UNIT_HEADINGS)
    about: Any = book["填写说明"]
    for line in about.iter_rows():
        for cell in line:
            key = _GROUP_LABELS.get(str(cell.value))
            if key is not None:
                about.cell(cell.row, cell.column + 1).value = _typed(words["group"][key])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_REVIEW_HEADINGS = {
    "method": "核查方式",
    "verified": "核定状态",
    "verified_progress": "核定进度(%)",
    "score": "考评得分",
    "reason": "扣分原因",
    "opinion": "检查组意见",
}
_TARGET_HEADINGS = {"value": "核定完成值", "remark": "核定说明"}
_UNIT_HEADINGS = {"bonus": "加分", "bonus_reason": "加分依据"}
_GROUP_LABELS = {
    "检查组组长": "leader",
    "检查组成员": "members",
    "检查开始日期": "began",
    "检查结束日期": "ended",
    "整改期限": "rectify_by",
}


def _rows_of(sheet: Any) -> Iterable[tuple[dict[str, str], Any]]:
    """The addresses of each row's cells by heading; the headings stand in the third row."""
    headings = {cell.column_letter: str(cell.value) for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        yield {heading: f"{letter}{row}" for letter, heading in headings.items()}, sheet


def _type_in(
    sheet: Any, cells: Mapping[str, str], entry: Mapping[str, Any], headings: Mapping[str, str]
) -> None:
    for key, heading in headings.items():
        if key in entry:
            sheet[cells[heading]].value = _typed(entry[key])


def _count(collected: workflow.Collected) -> str:
    words = {
        Verdict.ACCEPTED: "收下",
        Verdict.RETURNED: "退回",
        Verdict.SUPERSEDED: "被新版本替代",
        Verdict.UNREADABLE: "读不了",
        Verdict.UNIDENTIFIED: "单位不明",
        Verdict.IGNORED: "仅存档",
    }
    counts = {
        word: sum(each.verdict is verdict for each in collected.receipts) for verdict, word in words.items()
    }
    return "，".join(f"{word} {count} 份" for word, count in counts.items() if count)


def _what(path: Path) -> str:
    if "验收" in path.name:
        return "检查组填好的核定表" if path.suffix == ".xlsx" else "检查验收报告"
    return "汇总表" if path.suffix == ".xlsx" else "年度总结报告"


def _tell_what_to_open(workspace: Workspace, written: Sequence[Path], say: Say) -> None:
    def first(part: str, pattern: str) -> Path | None:
        return next(iter(sorted(workspace.outbox(part).glob(pattern))), None)

    say("")
    say("可以打开看看：")
    for what, path in (
        ("协调员修改的方案", workspace.plan_file),
        ("发给单位的填报表", first(OUT_ISSUED, "*.xlsx")),
        ("退回单位的订正表", first(OUT_RETURNED, "*_退回修改_*.xlsx")),
        ("退回函", first(OUT_RETURNED, "*_退回函_*.docx")),
        *((_what(path), path) for path in written),
    ):
        if path is not None:
            say(f"  {what}  {path}")
    say(f"全部文件在 {workspace.root / workspace.settings.outbox_year}。")
    say(f"填报表最右侧“{CHECK_HEADING}”一列，在 Excel 或 WPS 中随填随查。")
