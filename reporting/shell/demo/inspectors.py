"""An inspection group at work: it fills in the review workbook as a spreadsheet program would."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from reporting.shell.demo.departments import typed


def fill_in_review(data: bytes, words: Mapping[str, Any]) -> bytes:
    """Fill in the review workbook as the inspection group would: as reported, but for what ``words`` say."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    tasks = {(str(each["number"]), each["unit"]): each for each in words.get("task", ())}
    for cells in _rows_of(book["任务核定"]):
        entry = tasks.get((str(cells["任务编号"].value), cells["单位"].value), {})
        _type_in(cells, {"verified": cells["上报状态"].value, **entry}, _REVIEW_HEADINGS)
    targets = {(each["name"], each["unit"]): each for each in words.get("target", ())}
    for cells in _rows_of(book["指标核定"]):
        entry = targets.get((cells["指标名称"].value, cells["单位"].value), {})
        _type_in(cells, {"value": cells["上报完成值"].value, **entry}, _TARGET_HEADINGS)
    units = {each["unit"]: each for each in words.get("unit", ())}
    for cells in _rows_of(book["单位核定"]):
        _type_in(cells, units.get(cells["单位"].value, {}), _UNIT_HEADINGS)
    about: Any = book["填写说明"]
    for line in about.iter_rows():
        for cell in line:
            key = _GROUP_LABELS.get(str(cell.value))
            if key is not None:
                about.cell(cell.row, cell.column + 1).value = typed(words["group"][key])
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
    "material": "材料核查",
}
_TARGET_HEADINGS = {"value": "核定完成值", "remark": "核定说明"}
_UNIT_HEADINGS = {"bonus": "加分", "bonus_reason": "加分依据"}
_GROUP_LABELS = {
    "检查组组长": "leader",
    "检查组成员": "members",
    "检查开始日期": "began",
    "检查结束日期": "ended",
    "整改期限": "rectify_by",
    "复查日期": "recheck_on",
    "检查组总体意见": "conclusion",
}


def _rows_of(sheet: Any) -> Iterable[dict[str, Any]]:
    """Each row's cells by heading; the headings stand in the third row."""
    headings = [str(cell.value) for cell in sheet[3]]
    return (dict(zip(headings, line, strict=True)) for line in sheet.iter_rows(min_row=4))


def _type_in(cells: Mapping[str, Any], entry: Mapping[str, Any], headings: Mapping[str, str]) -> None:
    for key, heading in headings.items():
        if key in entry:
            cells[heading].value = typed(entry[key])
