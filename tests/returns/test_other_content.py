"""What a return holds beside its answers: read from every format, kept, carried along, told in one line, pointed at."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from builders.cases import invented_plan
from builders.formats import sheets_of
from builders.word_files import cell, par, row, run, table, word_file
from builders.year import (
    EDUCATION,
    FORM,
    GOOD_HEADER,
    RECEIVED_ON,
    codes,
    collect,
    fill,
    issue_one,
    issued_file,
    send,
    verdicts,
)
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from reporting.commands.report import report
from reporting.files.file_type import FileType, sniff
from reporting.files.package import repack, split_package
from reporting.files.sheets.comments import read_notes, read_texts_beside
from reporting.files.sheets.looks import Beside
from reporting.files.sheets.open import read_book
from reporting.ledger import Ledger
from reporting.office.workspace import Workspace
from reporting.plan.share_out import distribute
from reporting.returns.reading.read import read_return

TASKS = "任务填报"


def answers(workspace: Workspace, edit: Any = None, **words: Any) -> bytes:
    return fill(issued_file(workspace, EDUCATION), edit=edit, **words)


def told(workspace: Workspace, data: bytes, name: str = "一.xlsx") -> dict[str, str]:
    """What is found in a return, by code."""
    send(workspace, name, data)
    return {each.kind.code: each.message + each.remedy for each in collect(workspace).outcome.findings}


# ---- struck out ----------------------------------------------------------------------------------------------


def struck_before(figure: str, kept: str) -> CellRichText:
    return CellRichText(TextBlock(InlineFont(strike=True), figure), kept)


def test_a_figure_struck_out_before_another_is_not_read_and_told(workspace: Workspace) -> None:
    def edit(book: Any) -> None:
        book["量化指标"]["F5"].value = struck_before("3", "5")

    found = told(workspace, answers(workspace, edit))
    assert found["struck_text_is_left_out"].startswith("量化指标 F5 单元格中划去的“3”（加了删除线）没有登记。")
    kept = [each.answered for each in Ledger(workspace.ledger_url).standings(2026, with_answers=True) if each.answered]
    assert [row.raw("value") for each in kept for row in each.targets if row.number == "1-1"] == ["5"]


def test_an_answer_struck_out_as_a_whole_is_missed_with_its_words(workspace: Workspace) -> None:
    def edit(book: Any) -> None:
        book[TASKS]["J7"].font = openpyxl.styles.Font(strike=True)

    found = told(workspace, answers(workspace, edit))
    assert found["required_is_filled"] == (
        "没有填写完成情况：原有文字“已建立机制并按季度会商，完成全部事项。”已经划去。请补填完成情况。"
    )


# ---- told, kept, carried along -------------------------------------------------------------------------------


def beside_everything(book: Any) -> None:
    sheet = book[TASKS]
    sheet["C14"] = "以上数据以我局为准。"
    sheet["J7"].comment = Comment("是34起还是35起？", "科长")
    book.create_sheet("补充说明")["B2"] = "另建成试点2个。"


def test_one_line_names_the_places_of_all_that_stands_beside(workspace: Workspace) -> None:
    found = told(workspace, answers(workspace, beside_everything))
    assert found == {
        "other_content_is_kept": "除所填各栏以外，还有 3 处内容：任务填报 J7的批注“是34起还是35起？”，"
        "任务填报 C14“以上数据以我局为准。”，补充说明 B2“另建成试点2个。”。没有作为填报内容登记，已收入“其他内容”。"
        "请阅看；属于某项任务的，请该单位写在该行的“备注”栏。"
    }


def test_the_consolidated_workbook_has_a_sheet_of_it(workspace: Workspace) -> None:
    send(workspace, "一.xlsx", answers(workspace, beside_everything))
    assert verdicts(collect(workspace)) == {"一.xlsx": "accepted"}
    report(workspace, RECEIVED_ON)
    (path,) = workspace.outbox("汇总").glob("*汇总表.xlsx")
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in line] for line in book["其他内容"].iter_rows()]
    head = rows.index(["序号", "填报单位", "种类", "位置", "内容"])
    assert rows[head + 1 : head + 4] == [
        [1, EDUCATION, "批注", "任务填报 J7", "是34起还是35起？"],
        [2, EDUCATION, "单元格", "任务填报 C14", "以上数据以我局为准。"],
        [3, EDUCATION, "单元格", "补充说明 B2", "另建成试点2个。"],
    ]


def test_who_filled_in_a_return_stands_beside_its_unit(workspace: Workspace) -> None:
    send(workspace, "一.xlsx", answers(workspace))
    collect(workspace)
    report(workspace, RECEIVED_ON)
    (path,) = workspace.outbox("汇总").glob("*汇总表.xlsx")
    rows = [[cell.value for cell in line] for line in openpyxl.load_workbook(path)["单位情况"].iter_rows()]
    head = next(line for line in rows if "单位" in line)
    (own,) = [line for line in rows if EDUCATION in line]
    names = ("填报人", "填报人联系电话", "审核人")
    assert [own[head.index(name)] for name in names] == [GOOD_HEADER[each] for each in ("填报人", "联系电话", "审核人")]


def test_a_correction_sent_back_untouched_carries_it_along(workspace: Workspace) -> None:
    send(workspace, "一.xlsx", answers(workspace, beside_everything, rows={"1": {"完成状态": "差不多了"}}))
    assert verdicts(collect(workspace)) == {"一.xlsx": "returned"}
    for number, day in ((1, 11), (2, 12)):
        (back,) = workspace.outbox("退回").glob(f"*{EDUCATION}_退回修改_第{number}次.xlsx")
        book = openpyxl.load_workbook(back)
        rows = [[cell.value for cell in line] for line in book["其他内容"].iter_rows(min_row=3)]
        assert rows == [
            ["序号", "种类", "来件位置", "内容"],
            ["1", "单元格", "任务填报 C14", "以上数据以我局为准。"],
            ["2", "单元格", "补充说明 B2", "另建成试点2个。"],
        ]
        comment = book[TASKS]["J7"].comment
        assert comment is not None
        assert comment.text == "是34起还是35起？"
        send(workspace, f"{number + 1}.xlsx", back.read_bytes())
        again = collect(workspace, now=datetime(2026, 12, day, 9))
        assert verdicts(again)[f"{number + 1}.xlsx"] == "returned"


def test_what_somebody_adds_to_our_own_lists_is_theirs(workspace: Workspace) -> None:
    send(workspace, "一.xlsx", answers(workspace, rows={"1": {"完成状态": "差不多了"}}))
    collect(workspace)
    (back,) = workspace.outbox("退回").glob(f"*{EDUCATION}_退回修改_第1次.xlsx")
    book = openpyxl.load_workbook(back)
    book[TASKS]["H7"].value = "已完成"
    book["问题清单"]["I4"].value = "已与科室核对。"
    book["填报说明"]["C11"].value = "此步由二科办理。"
    note = book[TASKS]["H7"].comment
    assert note is not None
    book[TASKS]["H7"].comment = Comment(f"{note.text}\n已改为已完成。", "林晓")
    saved = BytesIO()
    book.save(saved)
    found = told(workspace, saved.getvalue(), "二.xlsx")["other_content_is_kept"]
    assert "还有 3 处内容" in found
    assert "填报说明 C11“此步由二科办理。”" in found
    assert "问题清单 I4“已与科室核对。”" in found
    assert "任务填报 H7的批注" in found


# ---- who is told that a cell is empty is told where the words stand ------------------------------------------


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (
            lambda sheet: setattr(sheet["J7"], "comment", Comment("已会商四次，形成纪要四份。", "林晓")),
            "请补填完成情况；J7 的批注里写有“已会商四次，形成纪要四份。”，是这一格内容的，请写进这一格。",
        ),
        (
            lambda sheet: setattr(sheet["R7"], "value", "已会商四次，形成纪要四份。"),
            "请补填完成情况；R7 里写有“已会商四次，形成纪要四份。”，是这一格内容的，请写进这一格。",
        ),
        (
            lambda sheet: setattr(sheet["J8"], "value", "2、已办结三件事项。\n1、已会商四次，形成纪要四份。"),
            "请补填完成情况；J8 里写有“1、已会商四次，形成纪要四份。”，是这一格内容的，请写进这一格。",
        ),
        (
            lambda sheet: setattr(sheet["K7"], "value", "已会商四次，形成纪要四份，印发方案。"),
            "请补填完成情况；写在“存在问题及原因”栏（K7）的，请移到这一栏。",
        ),
    ],
    ids=["a comment of the cell", "a cell beside the table", "a line of another row", "another column"],
)
def test_the_finding_points_at_the_words(workspace: Workspace, where: Any, sentence: str) -> None:
    found = told(workspace, answers(workspace, lambda book: where(book[TASKS]), rows={"1": {"完成情况": ""}}))
    assert found["required_is_filled"] == f"没有填写完成情况。{sentence}"


def test_a_row_left_blank_points_at_the_line_with_its_number(workspace: Workspace) -> None:
    blank = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"), "")
    both = "1、已会商四次，形成纪要四份。\n2、开展培训两期，参训120人。"
    found = told(workspace, answers(workspace, rows={"1": {"完成情况": both}, "2": blank}))
    assert found["task_is_answered"] == (
        "任务“2”没有填报：这一行没有填写任何内容。请在随附的订正表中补填这一行；"
        "J7 里写有“2、开展培训两期，参训120人。”，是这一项内容的，请填进这一行；"
        "确与本单位无关的，完成状态选“不适用”并写明原因。"
    )


@pytest.mark.parametrize("unit", [each.unit for each in distribute(invented_plan()).recipients][:12])
def test_nothing_of_a_workbook_of_ours_is_taken_for_theirs_without_its_hidden_sheet(unit: str) -> None:
    """Workbooks of earlier versions have no note of what is ours: a new line of 填报说明 must be known by its label."""
    plan = invented_plan()
    book = openpyxl.load_workbook(BytesIO(issue_one(plan, FORM, unit)))
    del book["_meta"]
    saved = BytesIO()
    book.save(saved)
    sent, _ = read_return("一.xlsx", "0" * 64, saved.getvalue(), FileType.XLSX, FORM)
    assert sent.others == ()


# ---- what an .xlsx can hold beside its cells -----------------------------------------------------------------

_SHAPES = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><xdr:twoCellAnchor><xdr:from><xdr:col>9</xdr:col>
 <xdr:row>6</xdr:row></xdr:from><mc:AlternateContent><mc:Choice><xdr:sp><xdr:txBody><a:p><a:r><a:t>另有三件在办</a:t></a:r></a:p>
 </xdr:txBody></xdr:sp></mc:Choice><mc:Fallback><xdr:sp><xdr:txBody><a:p><a:r><a:t>另有三件在办</a:t></a:r></a:p></xdr:txBody>
 </xdr:sp></mc:Fallback></mc:AlternateContent></xdr:twoCellAnchor><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col>
 <xdr:row>11</xdr:row></xdr:from><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="图片 2" descr="会议照片"/></xdr:nvPicPr>
 </xdr:pic></xdr:oneCellAnchor></xdr:wsDr>"""
_THREAD = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="J8" id="{1}"><text>请二科核实</text></threadedComment>
<threadedComment ref="J8" id="{2}" parentId="{1}"><text>已核实，是35件</text></threadedComment></ThreadedComments>"""
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_sides(data: bytes) -> bytes:
    """A workbook with a text box, a picture and a thread of comments on 任务填报."""
    parts = split_package(data)
    name = next(each for each in parts if each.endswith("sheet2.xml"))
    rels = f"xl/worksheets/_rels/{name.rpartition('/')[2]}.rels"
    old = parts.get(rels, b"").decode() or (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    made = (
        f'<Relationship Id="rIdA" Type="{_KINDS}/drawing" Target="../drawings/drawing9.xml"/>'
        '<Relationship Id="rIdB" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts[rels] = old.replace("</Relationships>", made).encode()
    parts["xl/drawings/drawing9.xml"] = _SHAPES.encode()
    parts["xl/threadedComments/threadedComment1.xml"] = _THREAD.encode()
    return repack(parts)


def test_text_boxes_pictures_and_threads_are_read(workspace: Workspace) -> None:
    def edit(book: Any) -> None:
        book[TASKS]["J8"].comment = Comment(
            "[Threaded comment]\nYour version of Excel…\nComment:\n请二科核实", "tc={1}"
        )

    data = with_sides(answers(workspace, edit))
    assert read_texts_beside(data)[TASKS] == [
        Beside("批注", 8, 10, "请二科核实\n已核实，是35件"),
        Beside("文本框", 7, 10, "另有三件在办"),
        Beside("图片", 12, 2, "图片 2 会议照片"),
    ]
    assert {key: note.text for key, note in read_notes(data).items()} == {(TASKS, 8, 10): "请二科核实\n已核实，是35件"}
    found = told(workspace, data)["other_content_is_kept"]
    assert "任务填报 J7的文本框“另有三件在办”" in found
    assert "任务填报 B12的图片“图片 2 会议照片”" in found


def test_a_damaged_drawing_costs_no_answer(workspace: Workspace) -> None:
    parts = split_package(with_sides(answers(workspace)))
    parts["xl/drawings/drawing9.xml"] = b"<xdr:wsDr"
    send(workspace, "一.xlsx", repack(parts))
    assert verdicts(collect(workspace)) == {"一.xlsx": "accepted"}


# ---- Word ----------------------------------------------------------------------------------------------------


def word_return(workspace: Workspace) -> bytes:
    """The table of 任务填报 in Word, with text around it and in it that is deleted, inserted, struck or hidden."""
    rows = sheets_of(answers(workspace))[TASKS]
    start = next(at for at, line in enumerate(rows) if line[0] == "任务编号")
    labels = [par(f"{line[at]}：{line[at + 1]}") for line in rows[2:4] for at in (1, 4, 6) if line[at]]
    inserted = '<w:ins w:id="1">' + run("新增两件，") + "</w:ins>"
    deleted = '<w:del w:id="2"><w:r><w:delText>原报三件，</w:delText></w:r></w:del>'
    told_of = '<w:r><w:commentReference w:id="7"/></w:r>'
    result = par(
        inserted
        + deleted
        + run("一件，", "<w:strike/>")
        + run("内部掌握，", "<w:vanish/>")
        + run("完成全部事项并会商四次。")
        + told_of
    )
    cells = [["" if value is None else str(value) for value in line] for line in rows[start:]]
    lines = [row(*(cell(each) for each in line)) for line in cells if any(line)]
    at = cells[0].index("完成情况")
    lines[1] = row(*(cell(result if column == at else each) for column, each in enumerate(cells[1])))
    inside = f"<w:txbxContent>{par('以我局台账为准')}</w:txbxContent>"
    box = f'<w:p><w:r><w:drawing><wps:txbx xmlns:wps="urn:s">{inside}</wps:txbx></w:drawing></w:r></w:p>'
    comments = f'<w:comment w:id="7">{par("数字待统计局核定")}</w:comment>'
    body = par("2026年度任务完成情况填报表") + "".join(labels) + table(*lines) + par("另：专班经费尚未到位。") + box
    return word_file(body, comments=comments, header=par("市教育局内部材料"))


def test_a_word_return_is_read_with_all_that_stands_around_and_in_it(workspace: Workspace) -> None:
    data = word_return(workspace)
    book = read_book(data, sniff(data))
    found = {each.what: each.text for sheet in book.beside.values() for each in sheet}
    assert found == {
        "修订中删去的文字": "原报三件，",
        "划去的文字": "一件，",
        "隐藏的文字": "内部掌握，",
        "批注": "数字待统计局核定",
        "文本框": "以我局台账为准",
        "页眉页脚": "市教育局内部材料",
    }
    send(workspace, "市教育局.docx", data)
    collect(workspace)
    (standing,) = [each for each in Ledger(workspace.ledger_url).standings(2026) if each.unit == EDUCATION]
    kept = Ledger(workspace.ledger_url).answers([standing.entry])[standing.entry]
    assert [each.raw("result") for each in kept.rows if each.number == "1"] == ["新增两件，完成全部事项并会商四次。"]
    others = {(each.what, each.text) for each in kept.others}
    assert {*found.items(), ("段落", "另：专班经费尚未到位。")} <= others


# ---- bounds --------------------------------------------------------------------------------------------------


def test_very_much_beside_the_answers_is_counted_and_not_kept(workspace: Workspace) -> None:
    def edit(book: Any) -> None:
        sheet = book.create_sheet("流水")
        for number in range(1, 2_600):
            sheet.cell(number * 1, 2).value = f"第{number}笔"

    data = answers(workspace, edit)
    send(workspace, "一.xlsx", data)
    collected = collect(workspace)
    assert codes(collected) == ["other_content_is_kept"]
    (standing,) = [each for each in Ledger(workspace.ledger_url).standings(2026) if each.unit == EDUCATION]
    others = Ledger(workspace.ledger_url).answers([standing.entry])[standing.entry].others
    assert len(others) == 2_001
    assert others[-1].text == "另有 599 处内容没有逐一列出，请查看原件。"


def test_parts_of_one_return_bring_what_stands_beside_them(workspace: Workspace) -> None:
    def first(book: Any) -> None:
        book[TASKS]["C15"] = "甲科室补充。"

    def second(book: Any) -> None:
        book[TASKS]["C15"] = "乙科室补充。"

    nothing = dict.fromkeys(("完成状态", "完成进度(%)", "完成情况", "佐证材料"), "")
    one = answers(workspace, first, rows={"2": nothing}, targets={"1-1": 12})
    other = answers(workspace, second, rows={"1": nothing}, targets={"1-1": "", "1-2": ""})
    send(workspace, "甲.xlsx", one)
    send(workspace, "乙.xlsx", other)
    collect(workspace)
    kept = [
        each for each in Ledger(workspace.ledger_url).standings(2026) if str(each.verdict) in ("accepted", "returned")
    ]
    others = Ledger(workspace.ledger_url).answers([kept[-1].entry])[kept[-1].entry].others
    assert {each.text for each in others} == {"甲科室补充。", "乙科室补充。"}
