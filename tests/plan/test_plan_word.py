"""A Word document is read as its reader sees it: wherever Word stores the words, and nothing that it hides."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from builders.word_files import cell, levels, listed, number, par, row, run, styled, table, word_file

from reporting.model import HIDDEN, NOT_READ, STRUCK, TRACKED, Line
from reporting.model.findings import DubanError
from reporting.plan.documents.word import read_word
from reporting.plan.reading.plan import read_plan

NAME = Path("方案.docx")


def read(body: str, **more: str) -> list[Line]:
    return read_word(NAME, word_file(body, **more))  # type: ignore[arg-type]


def shown(body: str, **more: str) -> list[str]:
    """The lines a reader sees, without blank ones."""
    return [line.text for line in read(body, **more) if line.text.strip() and not line.aside]


def aside(body: str, **more: str) -> list[tuple[str, str, int]]:
    """(why, words, row) of what is no text."""
    return [(line.aside, line.text, line.place.row) for line in read(body, **more) if line.aside]


# ---- what wraps text --------------------------------------------------------------------------------------


def tagged(name: str, inside: str, attributes: str = "") -> str:
    return f"<w:{name} {attributes}>{inside}</w:{name}>"


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


TASK = "1.办好学校。（市教育局）"
HEAD, TAIL = run("1.办好学校。（"), run("）")
CHOICE = '<w:dropDownList><w:listItem w:value="市司法局"/></w:dropDownList>'
MARKS = "<w:bookmarkStart/><w:proofErr/><w:r><w:lastRenderedPageBreak/></w:r>"
WRAPPED = [
    pytest.param(par(HEAD + control(run("市教育局")) + TAIL), id="a control around words"),
    pytest.param(control(par(TASK)), id="a control around a paragraph"),
    pytest.param(control(control(par(TASK))), id="a control in a control"),
    pytest.param(par(HEAD + control(run("市教育局"), CHOICE) + TAIL), id="a list to choose from"),
    pytest.param(par(HEAD + tagged("ins", run("市教育局"), 'w:id="1"') + TAIL), id="an insertion"),
    pytest.param(par(HEAD + tagged("moveTo", run("市教育局")) + TAIL), id="moved to here"),
    pytest.param(par(HEAD + tagged("hyperlink", run("市教育局"), 'r:id="rId9"') + TAIL), id="a link"),
    pytest.param(par(HEAD + tagged("smartTag", tagged("smartTag", run("市教育局"))) + TAIL), id="smart tags"),
    pytest.param(tagged("customXml", par(TASK)), id="XML of a customer"),
    pytest.param(par(HEAD + tagged("bdo", tagged("dir", run("市教育局"))) + TAIL), id="a direction of writing"),
    pytest.param(
        par(HEAD + tagged("fldSimple", run("市教育局"), 'w:instr="MERGEFIELD 单位"') + TAIL), id="a simple field"
    ),
    pytest.param(
        par(
            HEAD
            + "<w:r><w:ruby><w:rubyPr/><w:rt>"
            + run("shi")
            + "</w:rt><w:rubyBase>"
            + run("市教育局")
            + "</w:rubyBase></w:ruby></w:r>"
            + TAIL
        ),
        id="how it is spoken stands above it",
    ),
    pytest.param(par(run("1.办好") + run("学") + run("校。（市教育局）")), id="in pieces"),
    pytest.param(par(run("1.办好学校。（市教") + MARKS + run("育局）")), id="marks between"),
    pytest.param(par("<m:oMath><m:r><m:t>1.</m:t></m:r></m:oMath>" + run("办好学校。（市教育局）")), id="a formula"),
]


@pytest.mark.parametrize("body", WRAPPED)
def test_what_word_wraps_text_in_does_not_matter(body: str) -> None:
    assert shown(body) == [TASK]


def test_controls_around_rows_and_cells_are_none() -> None:
    body = table(
        row("任务", "牵头单位"),
        f"<w:tr>{cell('办好学校')}{control(cell('市教育局'))}</w:tr>",
        control(row("建设医院", "市卫生健康委")),
    )
    assert shown(body) == ["任务\t牵头单位", "办好学校\t市教育局", "建设医院\t市卫生健康委"]


def test_what_a_control_asks_for_is_no_text() -> None:
    prompt = control(run("单击此处输入文字。"), "<w:showingPlcHdr/>")
    assert shown(par(HEAD + prompt + run("市教育局）"))) == [TASK]
    assert aside(par(HEAD + prompt + run("市教育局）"))) == [("没有填写的控件", "单击此处输入文字。", 1)]
    assert shown(par(HEAD + control(run("市教育局"), "<w:showingPlcHdr/>") + TAIL)) == [TASK]


BOX = "<w:txbxContent>" + par("二、卫生") + par("2.建设医院。（市卫生健康委）") + "</w:txbxContent>"
DRAWN = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
VML = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
BOXES = [
    pytest.param(VML, id="of old Word"),
    pytest.param(f"<mc:AlternateContent>{DRAWN}<mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent>", id="both ways"),
    pytest.param(
        f'<mc:AlternateContent><mc:Choice Requires="later"/><mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent>',
        id="only the old way is understood",
    ),
]


@pytest.mark.parametrize("box", BOXES)
def test_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    body = par(run("一、教育") + f"<w:r>{box}</w:r>") + par("三、文化")
    assert shown(body) == ["一、教育", "二、卫生", "2.建设医院。（市卫生健康委）", "三、文化"]


def test_a_text_box_inside_a_cell_belongs_to_the_cell() -> None:
    body = table(row("任务", "单位"), row(cell(par(run("办好学校") + f"<w:r>{VML}</w:r>")), "市教育局"))
    assert shown(body)[1] == "办好学校\v二、卫生\v2.建设医院。（市卫生健康委）\t市教育局"


def test_words_drawn_as_a_picture_of_themselves_are_read() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="云河市人民政府文件"/></v:shape></w:pict></w:r>'
    assert shown(par(art) + par(TASK)) == ["云河市人民政府文件", TASK]


SIGNS = [
    ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "√"),
    ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "☑"),
    ('<w:sym w:font="Wingdings" w:char="F081"/>', "①"),
    ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
    ('<w:sym w:font="宋体" w:char="25CF"/>', "●"),
    ('<w:sym w:font="宋体" w:char="zz"/>', ""),
    ('<w:sym w:font="Wingdings" w:char="F000"/>', "□"),
    ("<w:noBreakHyphen/>", "-"),
    ("<w:softHyphen/>", ""),
    ("<w:tab/>", " "),
    ("<w:ptab/>", " "),
]


@pytest.mark.parametrize(("sign", "text"), SIGNS, ids=[text or "nothing" for _, text in SIGNS])
def test_signs_that_are_no_letters(sign: str, text: str) -> None:
    assert shown(par(f"{run('甲')}<w:r>{sign}</w:r>{run('乙')}")) == [f"甲{text}乙"]


def test_line_breaks_part_lines_and_places_count_through() -> None:
    body = (
        par(run("一、教育") + "<w:r><w:br/></w:r>" + run(TASK))
        + par("")
        + par('<w:r><w:br w:type="page"/></w:r>' + run("二、卫生"))
    )
    assert [(line.text, line.place.row) for line in read(body)] == [
        ("一、教育", 1),
        (TASK, 2),
        ("", 3),
        ("", 4),
        ("二、卫生", 5),
    ]


# ---- tracked changes, struck and hidden text --------------------------------------------------------------

DELETED = "<w:del><w:r><w:delText>市司法局、</w:delText></w:r></w:del>"


def test_changes_are_read_as_accepted_and_what_was_deleted_is_said() -> None:
    body = par(HEAD + DELETED + tagged("ins", run("市教育局")) + TAIL)
    assert shown(body) == [TASK]
    assert aside(body) == [(TRACKED, "市司法局、", 1), (TRACKED, "", 1)]
    (finding,) = [each for each in read_plan(read(body)).findings if each.kind.code == "changes_tracked"]
    assert finding.message == "文件带有修订，按接受全部修订后的文字读取；删去 1 处：第1行第9字“市司法局、”。"


def test_what_was_moved_stands_where_it_was_moved_to() -> None:
    body = par(tagged("moveFrom", run(TASK))) + par("一、教育") + par(tagged("moveTo", run(TASK)))
    assert shown(body) == ["一、教育", TASK]
    assert aside(body) == [(TRACKED, "", 1)]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert shown(par(run("1.办好学校。"), gone) + par("（市教育局）")) == [TASK]
    assert shown(par(DELETED, gone) + par(TASK)) == [TASK]
    assert shown(par(run("1.办好学校。"), gone) + table(row("甲", "乙"))) == ["1.办好学校。", "甲\t乙"]


def test_a_large_first_letter_belongs_to_its_paragraph() -> None:
    assert shown(par("办", '<w:framePr w:dropCap="drop" w:lines="2"/>') + par("好学校。（市教育局）")) == [
        "办好学校。（市教育局）"
    ]
    assert shown(par("甲", '<w:framePr w:dropCap="none" w:w="900"/>') + par("乙")) == ["甲", "乙"]


def test_rows_and_cells_that_are_deleted_are_none() -> None:
    body = table(
        row("任务", "单位", cell("备注", "<w:cellDel/>")),
        row("办好学校", "市教育局", cell("略", "<w:cellDel/>")),
        row(cell(par(DELETED)), "市司法局", properties="<w:del w:id='2'/>"),
        row("建设医院", "市卫生健康委", properties="<w:ins w:id='3'/>"),
    )
    assert shown(body) == ["任务\t单位", "办好学校\t市教育局", "建设医院\t市卫生健康委"]
    assert [(why, words) for why, words, _ in aside(body)] == [
        (TRACKED, "备注"),
        (TRACKED, "略"),
        (TRACKED, "市司法局、 市司法局"),
        (TRACKED, ""),
    ]


def test_older_properties_are_not_those_of_now() -> None:
    changed = "<w:rPrChange><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>"
    assert shown(par(run(TASK, changed))) == [TASK]
    old = "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange>"
    assert shown(par(TASK, old), numbering=levels("decimal %1.") + number(1)) == [TASK]


STYLES = (
    '<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="OutToo"><w:basedOn w:val="Out"/></w:style>'
    '<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Out"/>'
    '<w:rPr><w:strike w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OutPar"><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="SecretPar"><w:rPr><w:vanish w:val="true"/></w:rPr></w:style>'
)
UNSEEN = [
    pytest.param("<w:strike/>", STRUCK, id="struck"),
    pytest.param('<w:strike w:val="1"/>', STRUCK, id="struck, in a number"),
    pytest.param("<w:dstrike/>", STRUCK, id="struck twice"),
    pytest.param('<w:rStyle w:val="Out"/>', STRUCK, id="by its style"),
    pytest.param('<w:rStyle w:val="OutToo"/>', STRUCK, id="by a style below its style"),
    pytest.param("<w:vanish/>", HIDDEN, id="hidden"),
    pytest.param('<w:rStyle w:val="Secret"/>', HIDDEN, id="hidden by its style"),
    pytest.param("<w:vanish/><w:strike/>", HIDDEN, id="hidden and struck"),
]


@pytest.mark.parametrize(("look", "why"), UNSEEN)
def test_struck_and_hidden_words_are_left_out_and_said(look: str, why: str) -> None:
    body = par(HEAD + run("市司法", look) + run("局", look) + run("市教育局）"))
    assert shown(body, styles=STYLES) == [TASK]
    assert aside(body, styles=STYLES) == [(why, "市司法局", 1)]


SEEN = [
    '<w:strike w:val="0"/>',
    '<w:vanish w:val="false"/>',
    '<w:rStyle w:val="Back"/>',
    '<w:rStyle w:val="None"/>',
    "<w:webHidden/>",
    '<w:rStyle w:val="Out"/><w:strike w:val="off"/>',
]


@pytest.mark.parametrize("look", SEEN)
def test_words_that_are_not_struck_after_all(look: str) -> None:
    assert shown(par(run(TASK, look)), styles=STYLES) == [TASK]
    assert aside(par(run(TASK, look)), styles=STYLES) == []


@pytest.mark.parametrize(("style", "why"), [("OutPar", STRUCK), ("SecretPar", HIDDEN)])
def test_a_whole_paragraph_by_its_style(style: str, why: str) -> None:
    assert aside(styled("2.停办。（市司法局）", style) + par(TASK), styles=STYLES) == [(why, "2.停办。（市司法局）", 1)]


LISTS_LESS = [
    ("市教育局", "、市司法局", "）", "（市教育局）"),
    ("市教育局、", "市司法局", "）", "（市教育局）"),
    ("市教育局、", "市司法局", "、市财政局）", "（市教育局、市财政局）"),
    ("", "市司法局", "、市教育局）", "（市教育局）"),
    ("牵头：", "市司法局", "，市教育局）", "（牵头：市教育局）"),
    ("市教育局，", "市司法局", "；配合：市财政局）", "（市教育局；配合：市财政局）"),
]


@pytest.mark.parametrize(("before", "struck", "after", "text"), LISTS_LESS)
def test_a_list_without_its_struck_name_has_no_comma_too_many(before: str, struck: str, after: str, text: str) -> None:
    assert shown(par(run(f"（{before}") + run(struck, "<w:strike/>") + run(after))) == [text]


def test_a_row_of_which_all_is_struck_is_no_row_and_its_number_counts() -> None:
    out = "<w:strike/>"
    body = table(
        row("序号", "任务", "单位"),
        row(cell(listed("", 1)), cell(par(run("停办", out))), cell(par(run("市司法局", out)))),
        row(cell(listed("", 1)), "办好学校", "市教育局"),
    )
    assert shown(body, numbering=levels("decimal %1") + number(1)) == ["序号\t任务\t单位", "2\t办好学校\t市教育局"]
    assert aside(body) == [(STRUCK, "停办 市司法局", 2)]


def test_a_hidden_row_and_a_hidden_end_of_a_paragraph() -> None:
    body = table(row("任务", "单位"), row("停办", "市司法局", properties="<w:hidden/>"), row("办好学校", "市教育局"))
    assert shown(body) == ["任务\t单位", "办好学校\t市教育局"]
    assert aside(body) == [(HIDDEN, "停办 市司法局", 2)]
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    joined = par(run("1.办好学校。"), mark) + par("（市教育局）")
    assert shown(joined) == [TASK]


def test_comments_are_said_at_their_place() -> None:
    body = par(run(TASK) + '<w:r><w:commentReference w:id="4"/></w:r>')
    comments = '<w:comment w:id="4" w:author="甲">' + par("改由市司法局牵头") + "</w:comment>"
    assert aside(body, comments=comments) == [("批注", "改由市司法局牵头", 1)]
    (finding,) = [each for each in read_plan(read(body, comments=comments)).findings if not each.task]
    assert finding.message == "文件带有 1 条批注，没有采用：第1行第14字“改由市司法局牵头”。"


def test_notes_stand_at_the_end_in_the_order_of_the_text() -> None:
    reference = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    body = par(run("一、教育") + reference.format("footnote", 2)) + par(run(TASK) + reference.format("endnote", 2))
    notes = {
        "footnotes": '<w:footnote w:id="-1" w:type="separator">'
        + par("──")
        + '</w:footnote><w:footnote w:id="1">'
        + par("没有用到")
        + '</w:footnote><w:footnote w:id="2">'
        + par("<w:r><w:footnoteRef/></w:r>" + run("排在第一位的为牵头单位。"))
        + "</w:footnote>",
        "endnotes": '<w:endnote w:id="2">' + par("注：含民办学校。") + "</w:endnote>",
    }
    assert shown(body, **notes) == ["一、教育", TASK, "注：排在第一位的为牵头单位。", "注：含民办学校。"]


def test_a_note_that_says_who_leads_holds() -> None:
    body = par("一、教育") + par(
        run("1.办好学校。（市教育局、市财政局）") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    note = '<w:footnote w:id="2">' + par("排在第一位的为牵头单位。") + "</w:footnote>"
    (task,) = read_plan(read(body, footnotes=note)).plan.tasks
    assert (task.lead, task.support) == (("市教育局",), ("市财政局",))


BIG, SMALL = 'cx="3600000" cy="1800000"', 'cx="360000" cy="360000"'
PICTURE = "<w:drawing><wp:inline><wp:extent {}/><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing>"
DRAWING = '<w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{}"/></w:drawing>'
SHAPE = '<v:shape style="width:415pt;height:240.5pt"><v:imagedata r:id="rId7"/></v:shape>'
UNREAD = [
    (PICTURE.format(BIG), "图片"),
    (f"<w:pict>{SHAPE}</w:pict>", "图片"),
    (DRAWING.format("chart"), "图表"),
    (DRAWING.format("diagram"), "SmartArt 图形"),
    (f'<w:object>{SHAPE}<o:OLEObject ProgID="Excel.Sheet.12"/></w:object>', "嵌入的 Excel 表格"),
]


@pytest.mark.parametrize(("drawn", "what"), UNREAD)
def test_what_is_seen_and_not_read_is_said(drawn: str, what: str) -> None:
    body = par(TASK) + par(f"<w:r>{drawn}</w:r>")
    assert aside(body) == [(NOT_READ, what, 2)]


def test_a_file_laid_into_the_document_is_said_and_small_pictures_are_not() -> None:
    assert aside(par(TASK) + '<w:altChunk r:id="rId4"/>') == [(NOT_READ, "插入的另一个文件", 2)]
    small = PICTURE.format(SMALL)
    formula = '<w:object><o:OLEObject ProgID="Equation.3"/></w:object>'
    assert aside(par(f"{run(TASK)}<w:r>{small}{formula}</w:r>")) == []


# ---- numbers ----------------------------------------------------------------------------------------------

FORMS = [
    ("decimal", ["1", "2", "10", "11", "21", "27"]),
    ("decimalZero", ["01", "02", "10", "11", "21", "27"]),
    ("chineseCounting", ["一", "二", "十", "十一", "二十一", "二十七"]),
    ("chineseCountingThousand", ["一", "二", "十", "十一", "二十一", "二十七"]),
    ("japaneseCounting", ["一", "二", "十", "十一", "二十一", "二十七"]),
    ("taiwaneseCountingThousand", ["一", "二", "十", "十一", "二十一", "二十七"]),
    ("ideographDigital", ["一", "二", "一〇", "一一", "二一", "二七"]),
    ("chineseLegalSimplified", ["壹", "贰", "拾", "拾壹", "贰拾壹", "贰拾柒"]),
    ("ideographLegalTraditional", ["壹", "貳", "拾", "拾壹", "貳拾壹", "貳拾柒"]),
    ("ideographTraditional", ["甲", "乙", "癸", "11", "21", "27"]),
    ("ideographZodiac", ["子", "丑", "酉", "戌", "21", "27"]),
    ("ideographZodiacTraditional", ["甲子", "乙丑", "癸酉", "甲戌", "甲申", "庚寅"]),
    ("decimalEnclosedCircle", ["①", "②", "⑩", "⑪", "21", "27"]),
    ("decimalEnclosedCircleChinese", ["①", "②", "⑩", "⑪", "21", "27"]),
    ("decimalEnclosedParen", ["⑴", "⑵", "⑽", "⑾", "21", "27"]),
    ("decimalEnclosedFullstop", ["⒈", "⒉", "⒑", "⒒", "21", "27"]),
    ("ideographEnclosedCircle", ["㊀", "㊁", "㊉", "11", "21", "27"]),
    ("decimalFullWidth", ["１", "２", "１０", "１１", "２１", "２７"]),
    ("upperRoman", ["I", "II", "X", "XI", "XXI", "XXVII"]),
    ("lowerRoman", ["i", "ii", "x", "xi", "xxi", "xxvii"]),
    ("upperLetter", ["A", "B", "J", "K", "U", "AA"]),
    ("lowerLetter", ["a", "b", "j", "k", "u", "aa"]),
    ("numberInDash", ["- 1 -", "- 2 -", "- 10 -", "- 11 -", "- 21 -", "- 27 -"]),
    ("unheard-of", ["1", "2", "10", "11", "21", "27"]),
]


@pytest.mark.parametrize(("form", "written"), FORMS, ids=[form for form, _ in FORMS])
def test_numbers_are_written_as_their_format_says(form: str, written: list[str]) -> None:
    body = "".join(listed("甲", 1) for _ in range(27))
    lines = shown(body, numbering=levels(f"{form} %1、") + number(1))
    assert [lines[count - 1] for count in (1, 2, 10, 11, 21, 27)] == [f"{each}、甲" for each in written]


def test_numbers_with_noughts_before_them() -> None:
    padded = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    both = f'<mc:AlternateContent><mc:Choice Requires="w14">{padded}</mc:Choice><mc:Fallback>'
    numbering = levels("decimal %1.").replace("<w:numFmt", f"{both}<w:numFmt", 1)
    numbering = numbering.replace("<w:lvlText", "</mc:Fallback></mc:AlternateContent><w:lvlText", 1) + number(1)
    assert shown(listed("甲", 1) * 2, numbering=numbering) == ["001.甲", "002.甲"]


TEXTS = [
    ("第%1条", "第一条 甲"),
    ("（%1）", "（一）甲"),
    ("%1", "一 甲"),
    ("任务%1：", "任务一：甲"),
    ("附件", "附件 甲"),
]


@pytest.mark.parametrize(("text", "line"), TEXTS, ids=[text for text, _ in TEXTS])
def test_a_number_stands_in_the_words_of_its_level(text: str, line: str) -> None:
    assert shown(listed("甲", 1), numbering=levels(f"chineseCounting {text}") + number(1)) == [line]


@pytest.mark.parametrize("form", ["bullet ●", "none %1"])
def test_bullets_and_no_numbers(form: str) -> None:
    assert shown(listed("甲", 1), numbering=levels(form) + number(1)) == ["甲"]


THREE = levels("chineseCounting %1、", "decimal %1.%2", "decimal （%3）")


def test_deeper_levels_begin_again_below_higher_ones_and_show_those() -> None:
    body = "".join(listed("甲", 1, level) for level in (0, 1, 2, 2, 1, 2, 0, 1))
    assert [line[:-1] for line in shown(body, numbering=THREE + number(1))] == [
        *("一、", "一.1 ", "（1）", "（2）", "一.2 ", "（1）", "二、", "二.1 ")
    ]


def test_numbers_in_figures_where_the_level_is_legal() -> None:
    numbering = levels("chineseCounting %1、", "decimal %1.%2 isLgl=1") + number(1)
    assert shown(listed("甲", 1) + listed("乙", 1, 1), numbering=numbering) == ["一、甲", "1.1 乙"]


def test_a_level_that_goes_on_below_the_next_heading() -> None:
    for rest, last in (("lvlRestart=0", "3.丁"), ("lvlRestart=1", "1.丁")):
        numbering = levels("chineseCounting %1、", f"decimal %2. {rest}") + number(1)
        body = listed("甲", 1) + listed("乙", 1, 1) + listed("丙", 1, 1) + listed("戊", 1) + listed("丁", 1, 1)
        assert shown(body, numbering=numbering)[-1] == last


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    numbering = levels("decimal %1.", "decimal %2)", "decimal (%3) lvlRestart=1") + number(1)
    body = "".join(listed("甲", 1, level) for level in (0, 1, 2, 1, 2, 0, 2))
    assert [line[:-1] for line in shown(body, numbering=numbering)] == ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"]


def test_lists_of_one_definition_count_on() -> None:
    body = listed("甲", 1) + par("二、") + listed("乙", 2) + listed("丙", 1)
    assert shown(body, numbering=levels("decimal %1.") + number(1) + number(2)) == ["1.甲", "二、", "2.乙", "3.丙"]


def override(start: int, level: int = 0, inside: str = "") -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>{inside}</w:lvlOverride>'


def test_a_list_that_begins_anew_does_so_once() -> None:
    numbering = levels("decimal %1.") + number(1) + number(2, more=override(1)) + number(3, more=override(7))
    body = listed("甲", 1) + listed("乙", 1) + listed("丙", 2) + listed("丁", 2) + listed("戊", 3) + listed("己", 3)
    assert shown(body, numbering=numbering) == ["1.甲", "2.乙", "1.丙", "2.丁", "7.戊", "8.己"]


def test_a_deeper_level_that_begins_anew() -> None:
    numbering = levels("chineseCounting %1、", "decimal %2.") + number(1) + number(2, more=override(5, 1))
    body = listed("甲", 1) + listed("乙", 1, 1) + listed("丙", 2, 1) + listed("丁", 2, 1) + listed("戊", 1)
    assert shown(body, numbering=numbering) == ["一、甲", "1.乙", "5.丙", "6.丁", "二、戊"]


def test_a_list_with_a_level_of_its_own() -> None:
    letters = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    own = f'<w:lvlOverride w:ilvl="0">{letters}</w:lvlOverride>'
    numbering = levels("decimal %1.") + number(1) + number(2, more=own)
    assert shown(listed("甲", 1) + listed("乙", 2), numbering=numbering) == ["1.甲", "B)乙"]


def test_a_list_that_begins_later_and_lists_nobody_knows() -> None:
    numbering = levels("decimal %1. start=4") + number(1) + number(9, "无")
    body = listed("甲", 1) + listed("乙", 9) + listed("丙", 5) + listed("丁", 0) + listed("戊", 1, 8)
    assert shown(body, numbering=numbering) == ["4.甲", "乙", "丙", "丁", "戊"]


def test_a_level_that_says_no_beginning_begins_at_nought() -> None:
    body = listed("甲", 1) + listed("乙", 1)
    assert shown(body, numbering=levels("decimal %1. start=") + number(1)) == ["0.甲", "1.乙"]


def test_definitions_that_are_those_of_a_style_of_lists() -> None:
    linked = levels(name="2", more='<w:numStyleLink w:val="Plan"/>')
    numbering = levels("decimal %1.", more='<w:styleLink w:val="Plan"/>') + linked + number(1) + number(2, "2")
    assert shown(listed("甲", 2) + listed("乙", 1), numbering=numbering) == ["1.甲", "2.乙"]


def style(key: str, properties: str, based: str = "", more: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}" {more}><w:basedOn w:val="{based}"/>'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def test_headings_are_numbered_by_the_list_their_styles_are_linked_to() -> None:
    numbering = levels("chineseCounting %1、 pStyle=Heading1", "decimal %2. pStyle=Heading2") + number(3)
    styles = style("Heading1", '<w:numPr><w:numId w:val="3"/></w:numPr>') + style(
        "Heading2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    )
    body = "".join(styled("甲", f"Heading{level}") for level in (1, 2, 2, 1, 2))
    assert shown(body, styles=styles, numbering=numbering) == ["一、甲", "1.甲", "2.甲", "二、甲", "1.甲"]


CHAIN = (
    style("Base", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    + style("Middle", "", "Base")
    + style("Item", "<w:spacing/>", "Middle")
    + style("Off", '<w:numPr><w:numId w:val="0"/></w:numPr>', "Item")
    + style("Round", "", "Around")
    + style("Around", "", "Round")
)


def test_numbers_come_down_from_the_style_a_style_is_based_on() -> None:
    plain = par("丙", '<w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    deeper = par("丁", '<w:pStyle w:val="Item"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
    body = styled("甲", "Item") + styled("乙", "Off") + plain + deeper + styled("戊", "Round") + styled("己", "Base")
    numbering = levels("decimal %1.", "decimal （%2）") + number(1)
    assert shown(body, styles=CHAIN, numbering=numbering) == ["1.甲", "乙", "丙", "（1）丁", "戊", "2.己"]


def test_the_style_of_paragraphs_that_name_none() -> None:
    styles = style("Normal", '<w:numPr><w:numId w:val="1"/></w:numPr>', more='w:default="1"')
    assert shown(par("甲") + par("乙"), styles=styles, numbering=levels("decimal %1.") + number(1)) == ["1.甲", "2.乙"]


def test_numbers_of_what_is_deleted_are_not_counted() -> None:
    gone = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    body = listed("甲", 1) + par(DELETED, gone) + listed("乙", 1)
    assert shown(body, numbering=levels("decimal %1.") + number(1)) == ["1.甲", "2.乙"]


def test_hidden_paragraphs_count_and_show_no_number() -> None:
    numbering = levels("decimal %1.", "decimal %1.%2.") + number(1)
    hidden = par("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>')
    assert shown(hidden + hidden + listed("甲", 1, 1) + listed("乙", 1, 1), numbering=numbering) == ["2.1.甲", "2.2.乙"]


# ---- fields -----------------------------------------------------------------------------------------------


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"


def complex_field(instruction: str, result: str = "", inside: str = "") -> str:
    separate = char("separate") + run(result) if result else ""
    return char("begin", inside) + code(instruction) + separate + char("end")


def test_a_field_shows_its_result_and_not_its_code() -> None:
    body = par(HEAD + complex_field(" REF 单位 \\h ", "市教育局") + TAIL)
    assert shown(body) == [TASK]


def test_a_field_inside_the_code_of_a_field_is_not_seen() -> None:
    inner = complex_field(" PAGE ", "7")
    body = par(
        HEAD
        + char("begin")
        + code(" IF ")
        + inner
        + code(' = 7 "甲" "乙" ')
        + char("separate")
        + run("市教育局")
        + char("end")
        + TAIL
    )
    assert shown(body) == [TASK]


def test_a_field_that_never_comes_to_its_result_loses_nothing() -> None:
    assert shown(par(char("begin") + code(" REF x ") + run(TASK)) + par("二、卫生")) == [TASK, "二、卫生"]
    assert shown(par(char("end") + char("separate") + run(TASK))) == [TASK]


LISTNUMS = [
    ("LISTNUM", ["1)甲", "2)甲"]),
    ("LISTNUM NumberDefault \\l 2", ["a)甲", "b)甲"]),
    ('LISTNUM "NumberDefault" \\l 4 \\s 3', ["(3)甲", "(3)甲"]),
    ("LISTNUM LegalDefault \\l 1", ["1.甲", "2.甲"]),
    ("LISTNUM OutlineDefault", ["I.甲", "II.甲"]),
    ("LISTNUM Plan", ["一、甲", "二、甲"]),
    ("LISTNUM Nobody", ["甲", "甲"]),
    ("AUTONUM", ["1.甲", "2.甲"]),
    ("AUTONUM \\* CHINESENUM3 \\s 、", ["一、甲", "二、甲"]),
    ("autonum \\s)", ["1)甲", "2)甲"]),
    ("SEQ 任务 \\* CHINESENUM3", ["一甲", "二甲"]),
    ("SEQ 任务 \\r5", ["5甲", "5甲"]),
]


@pytest.mark.parametrize(("instruction", "lines"), LISTNUMS, ids=[instruction for instruction, _ in LISTNUMS])
def test_fields_that_count(instruction: str, lines: list[str]) -> None:
    numbering = levels("chineseCounting %1、", more='<w:name w:val="Plan"/>') + number(4)
    complex_ones = [par(complex_field(f" {instruction} ") + run("甲"))] * 2
    simple = [par(tagged("fldSimple", "", f"w:instr=' {instruction} '") + run("甲"))] * 2
    assert shown("".join(complex_ones), numbering=numbering) == lines
    assert shown("".join(simple), numbering=numbering) == lines


def test_a_counting_field_in_a_list_counts_a_level_deeper() -> None:
    body = listed(run("甲：") + complex_field("LISTNUM") + run("乙；") + complex_field("LISTNUM") + run("丙"), 1)
    numbering = levels("decimal %1.", "lowerLetter %2)") + number(1)
    assert shown(body, numbering=numbering) == ["1.甲：a)乙；b)丙"]


def test_automatic_numbers_begin_again_below_a_heading() -> None:
    styles = style("Heading1", '<w:outlineLvl w:val="0"/>')
    auto = complex_field("AUTONUM")
    body = "".join(
        par(auto + run("甲"), '<w:pStyle w:val="Heading1"/>' if heading else "") for heading in (1, 0, 0, 1, 0)
    )
    assert shown(body, styles=styles) == ["1.甲", "1.甲", "2.甲", "2.甲", "1.甲"]


def test_a_sequence_with_results_goes_on_after_them() -> None:
    body = par(complex_field("SEQ 任务", "3") + run("甲")) + par(complex_field("SEQ 任务") + run("乙"))
    assert shown(body) == ["3甲", "2乙"]


def test_old_form_fields_show_what_was_chosen() -> None:
    entries = '<w:listEntry w:val="市司法局"/><w:listEntry w:val="市教育局"/>'
    offers = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert shown(par(HEAD + complex_field(" FORMDROPDOWN ", inside=offers) + TAIL)) == [TASK]
    for checked, sign in (('<w:checked w:val="1"/>', "☑"), ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐")):
        box = f"<w:ffData><w:checkBox>{checked}</w:checkBox></w:ffData>"
        assert shown(par(complex_field(" FORMCHECKBOX ", inside=box) + run("甲"))) == [f"{sign}甲"]
    assert shown(par(complex_field(" FORMDROPDOWN ") + run("甲"))) == ["甲"]


def test_the_table_of_contents_is_no_text() -> None:
    first = char("begin") + code(' TOC \\o "1-2" ') + char("separate") + complex_field(" HYPERLINK ", "一、教育 3")
    body = par(first) + par("二、卫生 5") + par(char("end")) + par("一、教育")
    assert shown(body) == ["一、教育"]
    assert [why for why, _, _ in aside(body)] == ["目录", "目录"]
    assert shown(par(first) + par("一、教育")) == ["一、教育 3", "一、教育"]


# ---- tables -----------------------------------------------------------------------------------------------

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def spanning(text: str, span: int, more: str = "") -> str:
    return cell(text, f'<w:gridSpan w:val="{span}"/>{more}')


def test_merged_cells_are_repeated_downwards_and_stand_once_sideways() -> None:
    body = table(
        row(cell("类别", RESTART), spanning("分工", 2)),
        row(cell("", CONTINUE), "牵头", "配合"),
        row(cell("教育", RESTART), "市教育局", "市财政局"),
        row(cell("", '<w:vMerge w:val="continue"/>'), "市体育局", ""),
    )
    assert shown(body) == ["类别\t分工\t", "类别\t牵头\t配合", "教育\t市教育局\t市财政局", "教育\t市体育局\t"]


UNEVEN = [
    pytest.param(
        table(row("甲", "乙", cell("丙", RESTART)), row("丁", spanning("戊", 2)), row("己", "庚", cell("", CONTINUE))),
        ["甲\t乙\t丙", "丁\t戊\t", "己\t庚\t"],
        id="goes on where nothing stands above",
    ),
    pytest.param(
        table(row("甲", "乙"), row(cell("丙", CONTINUE), "丁")), ["甲\t乙", "丙\t丁"], id="goes on from nothing"
    ),
    pytest.param(table(row("甲", "乙", "丙"), row("丁")), ["甲\t乙\t丙", "丁\t\t"], id="a row too short"),
    pytest.param(table(row("甲", "乙"), row("丙", "丁", "戊")), ["甲\t乙\t", "丙\t丁\t戊"], id="a row too long"),
    pytest.param(
        table(row("甲", "乙", "丙"), row("丁", "戊", properties='<w:gridBefore w:val="1"/>')),
        ["甲\t乙\t丙", "\t丁\t戊"],
        id="columns left free",
    ),
    pytest.param(table("<w:tr/>", row("甲", "乙")), ["甲\t乙"], id="a row without cells"),
    pytest.param(
        table(row("甲", cell("乙", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")), row("丙", "丁", "戊")),
        ["甲\t乙\t", "丙\t丁\t戊"],
        id="joined as in old documents",
    ),
    pytest.param(table(row("甲", spanning("乙", 0)), row("丙", "丁")), ["甲\t乙", "丙\t丁"], id="a span of nothing"),
    pytest.param(
        table(row("甲", spanning("乙", 999_999_999_999)), row("丙", "丁")),
        ["甲\t乙", "丙\t丁"],
        id="a span of everything",
    ),
]


@pytest.mark.parametrize(("body", "lines"), UNEVEN)
def test_tables_that_hands_have_left_uneven(body: str, lines: list[str]) -> None:
    assert shown(body) == lines


DRAGGED = [
    pytest.param(
        table(
            row(spanning("任务", 2), spanning("牵头", 2), "配合"),
            row("办好学校", spanning("市教育局", 2), spanning("市财政局", 2)),
            widths=(2000, 90, 1500, 60, 2000),
        ),
        id="by a little",
    ),
    pytest.param(
        table(
            row(spanning("任务", 2), spanning("牵头", 2), "配合"),
            row("办好学校", spanning("市教育局", 2), spanning("市财政局", 2)),
            widths=(2000, 600, 1500, 500, 2000),
        ),
        id="by much",
    ),
    pytest.param(
        table(
            row(spanning("任务", 2), spanning("牵头", 3), spanning("配合", 2)),
            row("办好学校", spanning("市教育局", 4), spanning("市财政局", 2)),
        ),
        id="in a grid without widths",
    ),
]


@pytest.mark.parametrize("body", DRAGGED)
def test_an_edge_that_was_dragged_in_one_row_makes_no_column(body: str) -> None:
    assert shown(body) == ["任务\t牵头\t配合", "办好学校\t市教育局\t市财政局"]


def test_a_cell_that_is_split_in_one_row_makes_columns() -> None:
    body = table(row("任务", spanning("单位", 2)), row("办好学校", "市教育局", "市财政局"), widths=(2000, 2000, 2000))
    assert shown(body) == ["任务\t单位\t", "办好学校\t市教育局\t市财政局"]


SMALL_TABLE = table(row("时间", "内容"), row("6月", "形成初稿"))


def test_a_small_table_in_a_cell_belongs_to_the_cell() -> None:
    body = table(
        row("序号", "任务", "单位"),
        row("1", cell(par("修订办法") + SMALL_TABLE + par("")), "市司法局"),
        row("2", "办好学校", "市教育局"),
    )
    assert shown(body) == [
        "序号\t任务\t单位",
        "1\t修订办法\v时间 内容；6月 形成初稿\t市司法局",
        "2\t办好学校\t市教育局",
    ]


PLAN_TABLE = table(row("任务", "单位"), row("办好学校", "市教育局"), row("建设医院", "市卫生健康委"))
LAYOUTS = [
    pytest.param(table(row(cell(par("重点任务") + PLAN_TABLE))), id="one cell"),
    pytest.param(table(row("重点任务"), row(cell(PLAN_TABLE + par("")))), id="one column"),
    pytest.param(table(row("重点", "任务"), row(cell(PLAN_TABLE + par("")), "")), id="two columns"),
    pytest.param(table(row(cell(table(row(cell(par("重点任务") + PLAN_TABLE)))))), id="twice"),
]


@pytest.mark.parametrize("body", LAYOUTS)
def test_a_table_that_only_lays_out_the_page_is_none(body: str) -> None:
    assert shown(body)[-3:] == ["任务\t单位", "办好学校\t市教育局", "建设医院\t市卫生健康委"]


def test_a_frame_around_paragraphs_is_text() -> None:
    assert shown(table(row(cell(par("一、教育") + par(TASK))))) == ["一、教育", TASK]


def test_what_stands_above_the_first_row_of_cells_is_text() -> None:
    body = table(row(spanning("云河市任务分解表", 2)), row("任务", "单位"), row("办好学校", "市教育局"))
    assert shown(body)[0] == "云河市任务分解表"


# ---- what stands out --------------------------------------------------------------------------------------

BOLD, LINED = "<w:b/>", '<w:u w:val="single"/>'
EMPHASIS = [
    pytest.param(
        par(run("（") + run("市教", BOLD) + run("育局", BOLD) + run("、市财政局）")), [("加粗", "市教育局")], id="bold"
    ),
    pytest.param(
        par(run("（") + run("市教育局", LINED) + run("、市财政局）")), [("下划线", "市教育局")], id="underlined"
    ),
    pytest.param(
        par(run("市教育局", BOLD) + run("、") + run("市财政局", BOLD + LINED)),
        [("加粗", "市教育局"), ("加粗", "市财政局"), ("下划线", "市财政局")],
        id="both",
    ),
    pytest.param(par(run("甲", '<w:rFonts w:eastAsia="黑体"/>') + run("乙")), [("加粗", "甲")], id="in a black font"),
    pytest.param(par(run("甲", '<w:rFonts w:eastAsia="仿宋" w:ascii="黑体"/>') + run("乙")), [], id="in another font"),
    pytest.param(par(run("一、教育", BOLD)), [], id="all of a heading"),
    pytest.param(par(run("一、教育", BOLD) + run("  ")), [], id="all but blanks"),
    pytest.param(par(run("甲", '<w:u w:val="none"/>') + run("乙", '<w:b w:val="0"/>')), [], id="switched off"),
    pytest.param(par(run("甲", '<w:rStyle w:val="Strong"/>') + run("乙")), [("加粗", "甲")], id="by a style"),
    pytest.param(
        par(run("甲", '<w:rStyle w:val="Strong"/>') + run("乙"), '<w:pStyle w:val="BoldPar"/>'),
        [("加粗", "乙")],
        id="a bold style in a bold paragraph cancels it",
    ),
    pytest.param(par(run("甲") + run("；", BOLD)), [], id="a mark alone"),
    pytest.param(listed(run("市教育局", BOLD), 1), [], id="all but the number"),
]
STRONG = (
    '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="BoldPar"><w:rPr><w:b/></w:rPr></w:style>'
)


@pytest.mark.parametrize(("body", "emphasis"), EMPHASIS)
def test_what_stands_out_from_the_rest_of_its_line(body: str, emphasis: list[tuple[str, str]]) -> None:
    (line,) = read(body, styles=STRONG, numbering=levels("decimal %1.") + number(1))
    assert line.emphasis == tuple(emphasis)


def test_what_stands_out_from_the_rest_of_its_cell() -> None:
    units = cell(par(run("市教育局", BOLD) + run("、市财政局")) + par(run("市体育局")))
    body = table(row(cell(par(run("任务", BOLD))), cell(par(run("单位", BOLD)))), row("办好学校", units))
    assert [line.emphasis for line in read(body)] == [(), (("加粗", "市教育局"),)]


# ---- packages ---------------------------------------------------------------------------------------------


def test_a_document_in_the_strict_form() -> None:
    content = word_file(listed("甲", 1), strict=True, numbering=levels("decimal %1.") + number(1))
    assert [line.text for line in read_word(NAME, content)] == ["1.甲"]


DEAD = '<Relationship Id="rId8" Type="x/image" Target="media/none.png"/><Relationship Id="rId9" Type="x/styles"/>'


def test_relations_that_lead_nowhere_spoil_nothing() -> None:
    content = word_file(
        listed("甲", 1),
        parts={"word/_rels/document.xml.rels": f"<Relationships>{DEAD}</Relationships>"},
        numbering=levels("decimal %1.") + number(1),
    )
    assert [line.text for line in read_word(NAME, content)] == ["1.甲"]


@pytest.mark.parametrize(
    ("part", "what"),
    [("styles", "样式"), ("numbering", "自动编号"), ("comments", "批注"), ("footnotes", "脚注"), ("endnotes", "尾注")],
)
def test_a_damaged_part_beside_the_text_is_said(part: str, what: str) -> None:
    content = word_file(par(TASK), parts={f"word/{part}.xml": "<w:broken"})
    lines = read_word(NAME, content)
    assert next(line.text for line in lines if not line.aside) == TASK
    assert [line.text for line in lines if line.aside] == [what]


def test_a_document_whose_text_has_another_name() -> None:
    rels = '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    whole = f'<w:document xmlns:w="w"><w:body>{par(TASK)}</w:body></w:document>'
    content = word_file("", parts={"_rels/.rels": rels, "word/document2.xml": whole})
    assert [line.text for line in read_word(NAME, content)] == [TASK]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<w:document", "Word 文件已损坏"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><w/>", "Word 文件里有不允许的声明"),
        ("<a>" * 300 + "</a>" * 300, "Word 文件已损坏"),
    ],
    ids=["cut", "entities", "deep"],
)
def test_a_text_that_cannot_be_read_is_refused(document: str, said: str) -> None:
    with pytest.raises(DubanError) as caught:
        read_word(NAME, word_file("", parts={"word/document.xml": document}))
    assert str(caught.value).startswith(f"无法读取“方案.docx”：{said}。请用 Word 或 WPS 打开")


@pytest.mark.slow
def test_a_large_document_is_read_in_time_that_grows_as_its_length() -> None:
    def seconds(times: int) -> float:
        content = word_file(
            (listed(run("办好") + run("学校", BOLD) + run("。（市教育局）"), 1) + table(row("甲", "乙"))) * times,
            numbering=levels("decimal %1.") + number(1),
        )
        took = []
        for _ in range(3):  # the machine may be busy with something else
            start = time.process_time()
            assert len(read_word(NAME, content)) == 2 * times
            took.append(time.process_time() - start)
        return min(took)

    seconds(100)
    assert seconds(6000) < 4 * max(seconds(3000), 0.2)
