"""The year, step by step: what the office does, what comes in, and what is said of it."""

import os
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from reporting.commands.bulletin import bulletin
from reporting.commands.collect import Collected, collect
from reporting.commands.init import init
from reporting.commands.issue import issue
from reporting.commands.plan_import import plan_import
from reporting.commands.remind import remind
from reporting.commands.report import report
from reporting.commands.review_collect import review_collect
from reporting.commands.review_issue import review_issue
from reporting.commands.review_rectify import review_rectify
from reporting.commands.rollover import rollover
from reporting.files.disk import make_folder, read_file, write_atomic
from reporting.language.characters import even_width
from reporting.model import Verdict
from reporting.model.findings import DubanError
from reporting.model.review import ON_SITE
from reporting.office.form import CHECK_HEADING
from reporting.office.outbox import OUT_ISSUED, OUT_RETURNED
from reporting.office.workspace import SETTINGS_FILE, Workspace, bundled
from reporting.plan.check import check_planbook
from reporting.shell.demo.departments import DemoReturn, fill_in, read_sendings, zip_with_gbk_name
from reporting.shell.demo.inspectors import fill_in_review
from reporting.shell.telling.returns import verdict_counts

Say = Callable[[str], None]

YEAR = 2026


def run(directory: Path | None, say: Say) -> Path:
    """Walk through the year in a new folder and tell each step; gives back the folder."""
    root = _new_folder(directory)
    say(f"演示文件夹：{root.resolve()}")
    init(root, YEAR)
    write_atomic(root / SETTINGS_FILE, read_file(bundled("examples") / SETTINGS_FILE))
    workspace = Workspace(root)
    sendings = read_sendings(_example("returns.toml"))

    _import(workspace, say)
    issued = issue(workspace, _noon(12, 1))
    say(f"二、下发：{len(issued.recipients)} 个单位各一份填报表，另有通知一份。")
    _first_round(workspace, sendings, say)
    _second_round(workspace, sendings, say)
    late, _ = remind(workspace, _noon(12, 18))
    say(f"五、催报（12月18日）：{'、'.join(each.line.unit for each in late)}逾期未报，各写一封催报函。")
    _third_round(workspace, sendings, say)
    whole, outcome = report(workspace, _noon(12, 28))
    shares = "，".join(f"{each.name} {each.count} 项" for each in whole.statuses if each.count)
    say(f"七、汇总（12月28日）：任务 {len(whole.tasks)} 项，{shares}。")
    (circular,) = bulletin(workspace, _noon(12, 28)).written
    say("    另写督查通报一份：没有报送的单位、滞后和未完成的任务都列出名单。")
    reviewed = _review(workspace, say)
    _tell_what_to_open(workspace, [*outcome.written, circular, *reviewed, _draft(workspace, say)], say)
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


def _noon(month: int, day: int, year: int = YEAR) -> datetime:
    return datetime(year, month, day, 12)


def _import(workspace: Workspace, say: Say) -> None:
    document = workspace.root / "澜川市2026年任务分解方案.txt"
    shutil.copyfile(bundled("examples") / "plan.txt", document)
    imported = plan_import(document, workspace.plan_file)
    plan = imported.plan
    say(
        f"一、读方案：任务 {len(plan.tasks)} 项，单位 {len(plan.units)} 个，"
        f"量化指标 {len(plan.targets)} 个，写入 plan.xlsx。"
    )
    groups = tomllib.loads(_example("members.toml"))["group"]
    _add_members(workspace.plan_file, groups)
    _, checked = check_planbook(workspace)
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


def _example(name: str) -> str:
    """A text of the example that came with the program."""
    return read_file(bundled("examples") / name).decode()


def _put(workspace: Workspace, name: str, data: bytes, when: datetime) -> None:
    path = workspace.inbox / name
    make_folder(path.parent)
    write_atomic(path, data)
    os.utime(path, (when.timestamp(), when.timestamp()))


def _first_round(workspace: Workspace, sendings: Mapping[str, DemoReturn], say: Say) -> None:
    when = _noon(12, 13)
    for sending in sendings.values():
        issued = _workbook_of(workspace, sending.unit)
        if sending.delivery in ("never", "late"):
            continue
        first = fill_in(read_file(issued), sending, workspace.form, with_mistakes=True)
        if sending.delivery == "zip":
            packed = zip_with_gbk_name(f"{sending.unit}填报表/{issued.name}", first)
            _put(workspace, f"{sending.unit}报送材料.zip", packed, when)
        elif sending.delivery == "twice":
            _put(workspace, f"{sending.unit}填报表.xlsx", first, when - timedelta(days=1))
            newer = fill_in(read_file(issued), sending, workspace.form, with_mistakes=False)
            _put(workspace, f"{sending.unit}填报表(最终版).xlsx", newer, when)
        else:
            _put(workspace, issued.name, first, when)
    _put(workspace, "市公安局/现场照片.png", b"\x89PNG\r\n\x1a\n" + bytes(64), when)
    _put(workspace, "~$2026_01_填报表.xlsx", b"lock", when)
    collected = collect(workspace, [], _noon(12, 14))
    say(f"三、第一次收件（12月14日）：{_count(collected)}。")
    for unit in dict.fromkeys(each.unit for each in collected.receipts if each.verdict is Verdict.RETURNED):
        messages = [each.message for each in collected.outcome.findings if each.unit == unit and each.is_error]
        more = f"（另有 {len(messages) - 1} 处）" if len(messages) > 1 else ""
        say(f"    退回 {unit}：{messages[0][:60]}{more}")


def _second_round(workspace: Workspace, sendings: Mapping[str, DemoReturn], say: Say) -> None:
    """The units that got their workbook back correct it and send the correction."""
    when = _noon(12, 16)
    for path in sorted(workspace.outbox(OUT_RETURNED).glob("*.xlsx")):
        unit = next(each for each in sendings if f"_{each}_" in path.name)
        corrected = fill_in(read_file(path), sendings[unit], workspace.form, with_mistakes=False)
        _put(workspace, f"订正/{path.name}", corrected, when)
    collected = collect(workspace, [], _noon(12, 17))
    say(f"四、订正后再收（12月17日）：{_count(collected)}。")


def _third_round(workspace: Workspace, sendings: Mapping[str, DemoReturn], say: Say) -> None:
    when = _noon(12, 21)
    for sending in sendings.values():
        if sending.delivery == "late":
            issued = _workbook_of(workspace, sending.unit)
            data = fill_in(read_file(issued), sending, workspace.form, with_mistakes=False)
            _put(workspace, f"迟报/{issued.name}", data, when)
    collected = collect(workspace, [], _noon(12, 22))
    say(f"六、迟报的也收下（12月22日）：{_count(collected)}。")


def _review(workspace: Workspace, say: Say) -> Sequence[Path]:
    """Early next year the inspection group verifies what was reported; the acceptance report follows.

    Gives back the review workbook and the report.
    """
    words = tomllib.loads(_example("review.toml"))
    issued = review_issue(workspace, _noon(1, 8, YEAR + 1), words["share"], words["seed"])
    drawn = sum(each.method == ON_SITE for each in issued.inspection.tasks)
    say(
        f"八、检查验收（次年1月8日）：核定表一份，{len(issued.inspection.tasks)} 项次任务，"
        f"抽取 {drawn} 项次实地核查（抽签种子 {words['seed']}）。"
    )
    write_atomic(issued.path, fill_in_review(read_file(issued.path), words))
    collected = review_collect(workspace, None, _noon(1, 18, YEAR + 1))
    if collected.outcome.has_errors:
        raise DubanError("演示数据有误：" + "；".join(each.message for each in collected.outcome.findings))
    verified = sum(each.is_filled for each in collected.review.tasks)
    figures = len(collected.review.targets)
    say(f"    检查组填写后收回（1月18日）：核定任务 {verified} 项次，指标 {figures} 项次。")
    _, outcome = report(workspace, _noon(1, 20, YEAR + 1))
    accepted = [path for path in outcome.written if "验收" in path.name]
    say("九、检查验收报告（1月20日）：各单位得分、等次、验收结论和整改清单。")
    notices = review_rectify(workspace, _noon(1, 22, YEAR + 1)).written
    say(f"    需要整改的 {len(notices)} 个单位各写一份整改通知（1月22日）。")
    return [issued.path, *accepted, *notices[:1]]


def _draft(workspace: Workspace, say: Say) -> Path:
    """Next year's plan as a draft: the folder stays in the year of the demonstration."""
    rolled = rollover(workspace, _noon(2, 1, YEAR + 1), workspace.root / f"plan_{YEAR + 1}.xlsx")
    assert rolled is not None
    left = len(rolled.rollover.tasks) - len(rolled.rollover.plan.tasks)
    say(
        f"十、年度结转（2月1日）：未完成和持续推进的 {len(rolled.rollover.plan.tasks)} 项任务转入"
        f" {YEAR + 1} 年度方案草稿，其余 {left} 项列出理由。"
    )
    return rolled.path


def _count(collected: Collected) -> str:
    counts = Counter(each.verdict for each in collected.receipts)
    return verdict_counts({each: counts[each] for each in counts if each is not Verdict.DUPLICATE}, " 份")


def _what(path: Path) -> str:
    if path.stem.startswith("plan_"):
        return "下一年度的方案草稿"
    named = next((word for word in ("督查通报", "整改通知") if word in path.name), "")
    if named:
        return named
    if "验收" in path.name:
        return "检查组填好的核定表" if path.suffix == ".xlsx" else "检查验收报告"
    return {".xlsx": "汇总表", ".html": "任务看板（用浏览器打开）"}.get(path.suffix, "年度总结报告")


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
