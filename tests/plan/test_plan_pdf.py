"""PDF plans: what is read from a page, and what is refused in words."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from builders.printing import MARGIN, Sheet, letter, printed, table

from reporting.files.apart import ApartError
from reporting.model import HEAD_OR_FOOT, HIDDEN, REPEATED_HEADING, Place
from reporting.model.findings import DubanError
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan

needs_reader = pytest.mark.skipif(
    importlib.util.find_spec("pypdfium2") is None, reason="the extra pdf is not installed"
)

TEXT = [
    "云河市数字政府建设工作方案",
    "一、重点任务",
    *(
        f"{number}.建设{kind}便民服务站，完善{kind}窗口设施，配齐{kind}服务人员，延长服务时间，全年接待{kind}群众"
        f"不少于{number}万人次。（牵头单位：市数据资源管理局；配合单位：市财政局、清源区人民政府；"
        f"完成时限：2026年{number % 12 + 1}月底前）"
        for number, kind in enumerate("水电气暖车船书画医药粮油花木鱼茶布纸石瓷竹棉丝麻", 1)
    ),
]


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "方案.pdf"
    path.write_bytes(content)
    return path


def tasks_of(path: Path) -> list[tuple[Any, ...]]:
    plan = read_plan(read_document(path)).plan
    return [
        (task.number, task.path, task.content, task.lead, task.support, task.deadline, len(task.targets))
        for task in plan.tasks
    ]


@needs_reader
@pytest.mark.parametrize("indent", [2, 0], ids=["paragraphs indented", "paragraphs flush"])
def test_pages_of_text_give_the_same_tasks_as_the_text(tmp_path: Path, indent: int) -> None:
    path = saved(tmp_path, printed(letter(TEXT, head="云河市人民政府办公室文件", indent=indent)))
    plain = tmp_path / "方案.txt"
    plain.write_text("\n".join(TEXT), encoding="utf-8")
    assert len(tasks_of(path)) == 24
    assert tasks_of(path) == tasks_of(plain)


@needs_reader
def test_heads_and_page_numbers_are_told_apart_and_places_are_of_the_page(tmp_path: Path) -> None:
    lines = read_document(saved(tmp_path, printed(letter(TEXT, head="云河市人民政府办公室文件"))))
    around = [line for line in lines if line.aside]
    assert {line.aside for line in around} == {HEAD_OR_FOOT}
    assert [line.text for line in around[:4]] == [
        "云河市人民政府办公室文件",
        "— 1 —",
        "云河市人民政府办公室文件",
        "— 2 —",
    ]
    second = next(line for line in lines if line.text.startswith("2."))
    assert second.place == Place("方案.pdf", "第1页", 8, 1)
    reading = read_plan(lines)
    assert reading.findings == ()
    assert reading.plan.tasks[1].place == second.place
    assert [line for line in reading.left_out if line.aside] == around


@needs_reader
def test_a_line_on_a_page_that_begins_a_task_is_no_page_number(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 700, "一、重点任务")
    sheet.write(MARGIN, 60, "1.")
    after = Sheet()
    after.write(MARGIN, 780, "修建绿道。（市园林局）")
    path = saved(tmp_path, printed([sheet, after]))
    assert [line.aside for line in read_document(path)] == ["", "", ""]
    assert [each[:4] for each in tasks_of(path)] == [("1", ("一、重点任务",), "修建绿道。", ("市园林局",))]


HEADING = [["序号"], ["类别"], ["工作内容"], ["牵头单位"], ["配合单位"]]
WIDTHS = [30, 60, 180, 110, 95]


@needs_reader
def test_a_table_over_two_pages_is_one(tmp_path: Path) -> None:
    one, two = Sheet(), Sheet()
    one.write(MARGIN, 780, "云河市绿色出行任务分解表")
    rows = [
        [["1"], ["公交"], ["新增公交线路5条以上。"], ["市交通运输局"], ["市财政局"]],
        [["2"], ["步道"], ["修建城市绿道20公里，沿线", "设置休息点。"], ["市园林和林业局"], ["各区人民政府"]],
        [["3"], ["骑行"], ["完善非机动车道标志标线，"], ["市公安局交通管理支"], [""]],
    ]
    table(one, 740, WIDTHS, [HEADING, *rows])
    rest = [[""], [""], ["规范停放秩序。"], ["队"], [""]]
    table(two, 780, WIDTHS, [HEADING, rest, [["4"], ["停车"], ["建设停车场3处。"], ["市住建局"], [""]]])
    path = saved(tmp_path, printed([one, two]))
    lines = read_document(path)
    assert [line.text for line in lines if line.aside == REPEATED_HEADING] == [
        "序号\t类别\t工作内容\t牵头单位\t配合单位"
    ]
    assert [each[:5] for each in tasks_of(path)] == [
        ("1", ("公交",), "新增公交线路5条以上。", ("市交通运输局",), ("市财政局",)),
        ("2", ("步道",), "修建城市绿道20公里，沿线设置休息点。", ("市园林和林业局",), ("各区人民政府",)),
        ("3", ("骑行",), "完善非机动车道标志标线，规范停放秩序。", ("市公安局交通管理支队",), ()),
        ("4", ("停车",), "建设停车场3处。", ("市住建局",), ()),
    ]


@needs_reader
def test_a_picture_among_pages_of_text_is_pointed_out(tmp_path: Path) -> None:
    scan = Sheet()
    scan.picture()
    path = saved(tmp_path, printed([*letter(TEXT[:4]), scan]))
    reading = read_plan(read_document(path))
    assert [(each.kind.code, each.place.part) for each in reading.findings] == [("page_is_picture", "第2页")]
    assert reading.findings[0].message == "第2页是图片，没有读出文字。"


def scanned() -> bytes:
    sheet = Sheet()
    sheet.picture()
    return printed([sheet, sheet])


REFUSED = [
    ("scanned", scanned(), "PDF 的各页都是图片，没有文字，是扫描件。请先做文字识别（OCR），"),
    (
        "locked",
        printed(letter(TEXT[:3]), locked=True),
        "PDF 设有打开密码或已加密。请用 PDF 阅读器打开，取消密码或加密后另存，再导入。",
    ),
    ("damaged", b"%PDF-1.7 x", "PDF 已损坏。请重新下载，或用 PDF 阅读器打开后另存一份，再导入。"),
    ("without text", printed([Sheet()]), "PDF 中没有文字。请核对文件是否完整；"),
    ("garbled", printed(letter(TEXT), nameless=True), "PDF 中的文字无法还原，取出的是乱码。"),
    ("too long", printed([Sheet()] * 501), "PDF 超过 500 页或文字过多。请只保留任务分解部分，"),
]


@needs_reader
@pytest.mark.parametrize(("content", "message"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(DubanError) as caught:
        read_document(saved(tmp_path, content))
    assert str(caught.value).startswith(f"无法读取“方案.pdf”：{message}")
    assert str(caught.value).endswith("。")


@needs_reader
@pytest.mark.parametrize("part", [3, 5, 8])
def test_a_pdf_that_was_cut_is_refused(tmp_path: Path, part: int) -> None:
    whole = printed(letter(TEXT[:4]))
    with pytest.raises(DubanError, match=r"方案\.pdf”：PDF "):
        read_document(saved(tmp_path, whole[: len(whole) * part // 10]))


def test_without_the_reader_a_pdf_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(DubanError) as caught:
        read_document(saved(tmp_path, b"%PDF-1.7 x"))
    assert str(caught.value) == (
        "无法读取“方案.pdf”：这是 PDF 文件，读 PDF 的组件还没有安装。请在程序文件夹中运行 "
        'python -m pip install ".[pdf]" 后再导入；或者用 Word 或 WPS 打开，另存为 .docx 后再导入。'
    )


@needs_reader
def test_a_file_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, printed(letter(TEXT), encrypted=True))
    assert len(tasks_of(path)) == 24


@needs_reader
def test_a_landscape_page_that_the_file_turns(tmp_path: Path) -> None:
    sheet = Sheet()
    for step, text in enumerate(["一、重点任务", "1.修建绿道。（市园林局）"]):
        sheet.write_turned(100 + 20 * step, 60, text, 12, 90)
    path = saved(tmp_path, printed([sheet], page="/Rotate 90"))
    assert [line.text for line in read_document(path)] == ["一、重点任务", "1.修建绿道。（市园林局）"]


@needs_reader
def test_what_lies_outside_of_the_shown_part_of_a_page_is_hidden(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 700, "1.修建绿道。（市园林局）")
    sheet.write(MARGIN, 100, "2.修建码头。（市水利局）")
    path = saved(tmp_path, printed([sheet], page="/CropBox [0 300 595 842]"))
    assert [(line.text, line.aside) for line in read_document(path)] == [
        ("2.修建码头。（市水利局）", HIDDEN),
        ("1.修建绿道。（市园林局）", ""),
    ]


@needs_reader
def test_a_file_that_takes_too_long_is_refused_for_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_module: str, _data: bytes) -> None:
        error = ApartError("late")
        error.too_long = True
        raise error

    monkeypatch.setattr("reporting.plan.documents.pdf.read_apart", late)
    with pytest.raises(DubanError) as caught:
        read_document(saved(tmp_path, printed(letter(TEXT[:3]))))
    assert str(caught.value) == (
        "无法读取“方案.pdf”：PDF 中的图形或文字过多，两分钟没有读完。请只保留任务分解部分，另存后再导入。"
    )
