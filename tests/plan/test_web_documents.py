"""Web pages and Markdown as plan documents: what a browser shows is the text; what it hides or strikes is said."""

from __future__ import annotations

import contextlib
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from builders.laws import examples
from hypothesis import given
from hypothesis import strategies as st

from reporting.model import HIDDEN, PAGE_FURNITURE, STRUCK, Line
from reporting.model.findings import DubanError
from reporting.plan.documents.open import read_document
from reporting.plan.documents.web_lists import shown_number
from reporting.plan.documents.web_page import read_html
from reporting.plan.documents.web_styles import Element, StyleSheet
from reporting.plan.reading.plan import read_plan


def page(body: str, head: str = "") -> list[Line]:
    content = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>网站</title>{head}</head><body>{body}</body></html>"
    )
    return read_html(Path("计划.html"), content.encode())


def texts(body: str, head: str = "") -> list[str]:
    return [line.text for line in page(body, head) if line.text and not line.aside]


def aside(body: str, head: str = "") -> list[tuple[str, str]]:
    return [(line.text, line.aside) for line in page(body, head) if line.aside]


# Blocks

BLOCKS = ["address", "article", "aside", "blockquote", "center", "dd", "dt", "div", "fieldset", "figcaption", "form"]
BLOCKS += ["h1", "h6", "header", "legend", "main", "p", "pre", "section", "summary"]


@pytest.mark.parametrize("tag", BLOCKS)
def test_each_block_is_a_line_of_its_own(tag: str) -> None:
    assert texts(f"一、甲<{tag}>1.乙<b>丙</b></{tag}>2.<span>丁</span><font>戊</font>") == [
        "一、甲",
        "1.乙丙",
        "2.丁戊",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("一、甲<br>1.乙<br/>2.丙", ["一、甲", "1.乙", "2.丙"], id="line breaks"),
        pytest.param("<p>一、甲<p>1.乙<li>丙", ["一、甲", "1.乙", "丙"], id="ends left out"),
        pytest.param('<x-row style="display:block">一、甲</x-row><x-row>1.</x-row>乙', ["一、甲", "1.乙"], id="other"),
        pytest.param('<span style="display:block">一、甲</span>1.乙', ["一、甲", "1.乙"], id="a span shown as block"),
        pytest.param('<li style="display:inline">甲</li><li style="display:inline">乙</li>', ["甲 乙"], id="inline"),
        pytest.param("<pre>一、甲\n  1.乙</pre>", ["一、甲", "1.乙"], id="text as it is written"),
        pytest.param('<p style="white-space:pre-line">一、甲\n1.乙</p>', ["一、甲", "1.乙"], id="breaks kept by style"),
        pytest.param("<p>一、\n  甲&nbsp;&emsp;乙&amp;&#x4e19;</p>", ["一、 甲 乙&丙"], id="blanks and entities"),
        pytest.param("<ruby>澜<rp>(</rp><rt>lan</rt><rp>)</rp></ruby>川", ["澜川"], id="reading aids"),
        pytest.param("<q>十四五</q>规划", ["“十四五”规划"], id="quotation"),
        pytest.param("<details><summary>一、甲</summary>1.乙</details>", ["一、甲", "1.乙"], id="folded but there"),
        pytest.param("<script>甲</script><template>乙</template><noscript>丙</noscript>戊", ["戊"], id="programs"),
        pytest.param("<p aria-hidden=true>甲</p>", ["甲"], id="hidden from those who listen only"),
    ],
)  # fmt: skip
def test_a_page_reads_as_a_browser_shows_it(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_lines_are_counted_as_they_are_shown() -> None:
    assert [(line.text, line.place.row) for line in page("<p>甲</p><p>乙<br>丙</p>")] == [
        ("甲", 1),
        ("乙", 2),
        ("丙", 3),
    ]


# What is hidden

LONG = "本段是旧稿，已经作废，不再执行。"
STYLES = [
    ("", "display:none"),
    ("", "visibility:hidden"),
    ("", "font-size:0"),
    ("", "opacity:0"),
    ("", "position:absolute;left:-9999px"),
    ("", "height:0;overflow:hidden"),
    ("", "text-indent:-9999px"),
    ("", "mso-hide:all"),
    ("", "DISPLAY : none !important"),
    (".old{display:none}", ""),
    ("#old{display:none}", ""),
    ("p{display:none}", ""),
    ("p.old{display:none}", ""),
    ("div, .x, p#old.old {color:red;display:none}", ""),
    (".box .old{display:none}", ""),
    (".box > p{display:none}", ""),
    ("/* x */ @media screen {.old{display:none}}", ""),
    ("<!-- .old{display:none} -->", ""),
    (".old{display:block !important}.old{display:none!important}", "display:block"),
]


@pytest.mark.parametrize(("sheet", "own"), STYLES)
def test_what_a_style_hides_is_left_out_and_said(sheet: str, own: str) -> None:
    body = f'<div class="box"><p id="old" class="a old" style="{own}">{LONG}</p></div><h1>甲</h1>'
    head = f"<style>{sheet}</style>"
    assert texts(body, head) == ["甲"]
    assert aside(body, head) == [(LONG, HIDDEN)]


@pytest.mark.parametrize(
    ("sheet", "own"),
    [
        ("@media print{.old{display:none}}", ""),
        ("@media (max-width:600px){.old{display:none}}", ""),
        ("@keyframes x{from{opacity:0}to{opacity:1}}", ""),
        (".old{display:none}", "display:block"),
        (".old{display:none} p.old{display:block}", ""),
        (".other .old{display:none}", ""),
        (".box > .old > p{display:none}", ""),
        (".old:hover{display:none}", ""),
        ("p.young{display:none}", ""),
        ("", "font-size:0.9em"),
        ("", "height:0"),
    ],
)
def test_what_no_style_hides_is_read(sheet: str, own: str) -> None:
    body = f'<div class="box"><p id="old" class="old" style="{own}">{LONG}</p></div>'
    assert texts(body, f"<style>{sheet}</style>") == [LONG]


def test_hidden_by_attribute_or_inside_what_is_hidden() -> None:
    assert aside(f"<div hidden><p>{LONG}</p></div><dialog>{LONG}</dialog>") == [(LONG, HIDDEN), (LONG, HIDDEN)]
    body = f'<div style="visibility:hidden">{LONG}<p style="visibility:visible">甲</p></div>'
    assert (texts(body), aside(body)) == (["甲"], [(LONG, HIDDEN)])


def test_hidden_words_of_a_line_are_said_however_few() -> None:
    body = '<p>1.办好学校。（市教育局<span style="display:none">、市体育局</span>）</p>'
    assert texts(body) == ["1.办好学校。（市教育局）"]
    assert aside(body) == [("、市体育局", HIDDEN)]


def test_a_few_hidden_words_of_their_own_are_a_menu_and_not_worth_a_question() -> None:
    menus = '<div style="display:none">分享到微信</div><nav>首页</nav><div class="footer">主办：某局</div>'
    body = f"<p>一、重点任务，切实抓好落实。</p>{menus}"
    assert aside(body) == [("分享到微信", PAGE_FURNITURE), ("首页", PAGE_FURNITURE), ("主办：某局", PAGE_FURNITURE)]
    path = Path("计划.html")
    assert not [each for each in read_plan(read_html(path, body.encode())).findings if "隐藏" in each.message]


def test_menus_are_none_where_they_hold_most_of_the_page() -> None:
    assert texts('<div class="menu"><p>一、重点任务</p><p>1.办好学校。</p></div><p>甲</p>') == [
        "一、重点任务",
        "1.办好学校。",
        "甲",
    ]
    assert texts("<article><p>一、重点任务</p><footer>落款</footer></article>") == ["一、重点任务", "落款"]


# What is struck, what stands out


@pytest.mark.parametrize(
    "struck",
    [
        "<del>、市体育局</del>",
        "<s>、市体育局</s>",
        "<strike>、市体育局</strike>",
        '<span style="text-decoration: line-through red">、市体育局</span>',
        '<span class="gone">、市体育局</span>',
        '<del style="font-weight:bold">、市体育局</del>',
    ],
)
def test_struck_words_are_left_out_and_said(struck: str) -> None:
    head = "<style>.gone{text-decoration-line:line-through}</style>"
    body = f"<p>1.办好学校。（市教育局{struck}）</p>"
    assert texts(body, head) == ["1.办好学校。（市教育局）"]
    assert aside(body, head) == [("、市体育局", STRUCK)]


def test_words_that_stand_out_are_told_with_their_line() -> None:
    body = (
        "<p>1.甲（<b>市教育局</b>、<u>市财政局</u>）</p><p><strong>一、重点任务</strong></p>"
        '<p>2.乙（<span style="font-weight:700">市水利局</span>、'
        '<b><span style="font-weight:normal">市住建局</span></b>）</p>'
        "<table><tr><td>3</td><td><b>市审计局</b>、市统计局</td></tr></table>"
    )
    assert [(line.text, line.emphasis) for line in page(body) if line.emphasis] == [
        ("1.甲（市教育局、市财政局）", (("加粗", "市教育局"), ("下划线", "市财政局"))),
        ("2.乙（市水利局、市住建局）", (("加粗", "市水利局"),)),
        ("3\t市审计局、市统计局", (("加粗", "市审计局"),)),
    ]


# Numbers of lists


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=5><li>甲<li value=9>乙<li>丙</ol>", ["5.甲", "9.乙", "10.丙"]),
        ("<ol type=a><li>甲<li>乙</ol><ol type=I><li>丙<li>丁</ol>", ["a.甲", "b.乙", "I.丙", "II.丁"]),
        ("<ol reversed><li>甲<li>乙<li>丙</ol>", ["3.甲", "2.乙", "1.丙"]),
        ("<ol reversed start=9><li>甲<li>乙</ol>", ["9.甲", "8.乙"]),
        ('<ol style="list-style-type:cjk-ideographic"><li>甲<li>乙</ol>', ["一、甲", "二、乙"]),
        ('<ol style="list-style:none"><li>甲<li>乙</ol>', ["甲", "乙"]),
        ("<ol><li>甲<ol><li>乙<li>丙</ol><li>丁</ol>", ["1.甲", "1.乙", "2.丙", "2.丁"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ('<ul style="list-style-type:decimal"><li>甲<li>乙</ul>', ["1.甲", "2.乙"]),
        ("<ol><li>1、甲<li>（二）乙</ol>", ["1、甲", "（二）乙"]),
        ("<ol><li><p>甲</p><p>乙</p><li></li><li><div>丙</div></ol>", ["1.甲", "乙", "3.丙"]),
        ('<ol><li>甲<li style="display:none">乙<li>丙</ol>', ["1.甲", "2.丙"]),
        ("<table><tr><td>x<td><ol><li>甲<li>乙</ol></table>", ["x\t1.甲\v2.乙"]),
    ],
)
def test_numbers_that_a_browser_shows_are_read(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (4, "lower-roman", "iv."),
        (3, "decimal-leading-zero", "03."),
        (12, "simp-chinese-informal", "十二、"),
        (27, "lower-alpha", "27."),
        (-1, "decimal", "-1."),
        (2, "disc", ""),
    ],
)
def test_kinds_of_numbers(value: int, kind: str, shown: str) -> None:
    assert shown_number(value, kind) == shown


# Tables


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<table><caption>任务表</caption><tr><th rowspan=2>序号<th rowspan=2>任务<th colspan=2>单位"
            "<tr><td>牵头<td>配合<tr><td>1<td>甲<td>乙局<td>丙局</table>",
            ["任务表", "序号\t任务\t单位\t", "序号\t任务\t牵头\t配合", "1\t甲\t乙局\t丙局"],
            id="headings on two levels",
        ),
        pytest.param(
            "<table><tr><td rowspan=0>教育<td>甲<tr><td>乙<tr><td>丙</table>",
            ["教育\t甲", "教育\t乙", "教育\t丙"],
            id="a cell to the end",
        ),
        pytest.param(
            "<table><tr><td rowspan=3>一<td rowspan=2>二<td>三<tr><td>四<tr><td>五<td>六</table>",
            ["一\t二\t三", "一\t二\t四", "一\t五\t六"],
            id="cells that end in different rows",
        ),
        pytest.param(
            "<table><tr><td>左<td><table><tr><td>序号<td>任务<tr><td>1<td>修路</table></table>",
            ["左", "序号\t任务", "1\t修路"],
            id="a table that lays out the page",
        ),
        pytest.param(
            "<table><tr><td>序号<td>任务<tr><td>1<td>修路<table><tr><td>一期<td>二期<tr><td>5<td>6</table>"
            "<tr><td>2<td>修桥，建设人行天桥和过街设施</table>",
            ["序号\t任务", "1\t修路\v一期 二期；5 6", "2\t修桥，建设人行天桥和过街设施"],
            id="a small table in a cell",
        ),
        pytest.param(
            "<tr><td>1<td>甲<tr><td>2<td>乙</tr><p>完</p>", ["1\t甲", "2\t乙", "完"], id="rows without a table"
        ),
        pytest.param("<table><td>1<td>甲</table>", ["1\t甲"], id="cells without a row"),
        pytest.param("<table><tr><td>甲<br>乙<tr><td><p>丙</table>", ["甲", "乙", "丙"], id="one column is text"),
    ],
)
def test_tables_of_any_shape(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_hidden_rows_and_cells_of_a_table_are_said() -> None:
    body = (
        "<table><tr><td>1<td>办好学校<td>市教育局<tr style='display:none'><td>2<td>建设医院<td>市卫生健康委"
        "<tr><td>3<td style='display:none'>这一格不给人看，是旧的任务内容<td>治理河道<td>市水利局</table>"
        "<table style='display:none'><tr><td>4<td>旧任务，已经取消，不再执行</table>"
    )
    assert texts(body) == ["1\t办好学校\t市教育局", "3\t治理河道\t市水利局"]
    assert sorted(aside(body)) == [
        ("2 建设医院 市卫生健康委", HIDDEN),
        ("4 旧任务，已经取消，不再执行", HIDDEN),
        ("这一格不给人看，是旧的任务内容", HIDDEN),
    ]


# Files


def test_a_page_of_frames_is_named_as_such() -> None:
    frames = "<html><frameset><frame src='sheet001.htm'></frameset></html>"
    with pytest.raises(DubanError) as caught:
        read_html(Path("表.htm"), frames.encode())
    assert str(caught.value) == (
        "无法读取“表.htm”：这是框架网页，正文在旁边同名文件夹的其他网页中。请导入其中有正文的网页。"
    )


def test_a_workbook_saved_as_one_page_has_its_sheets_in_frames(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "表"
    message.set_content("<html><frameset><frame src='a'></frameset></html>", subtype="html")
    for words in ("<table><tr><td>1<td>办好学校</table>", "<table><tr><td>2<td>建设医院</table>"):
        message.add_related(f"<html><body>{words}</body></html>".encode(), "text", "html")
    path = tmp_path / "表.mht"
    path.write_bytes(message.as_bytes())
    assert [line.text for line in read_document(path)] == ["1\t办好学校", "2\t建设医院"]


def test_elements_without_end_are_refused_before_they_cost_anything() -> None:
    with pytest.raises(DubanError, match=r"无法读取“计划\.html”：网页的层次过多（超过 1500 层）。"):
        page("<font>" * 3_000)


RUNAWAYS = [
    "<!--",
    "<![CDATA[",
    "<a ",
    "<a b='",
    '<a b="c',
    "<a b=c ",
    "</",
    "&",
    "&#",
    "<p>",
    "<td>",
    "<li>",
    "<b></i>",
    "<br>",
]
SHEETS = ["{", "@media{", ".a{opacity:0}", ".a .a{opacity:0}", "a,", "/*", ".a>"]


@pytest.mark.parametrize("piece", RUNAWAYS)
def test_the_time_for_a_page_grows_with_its_length(piece: str) -> None:
    started = time.process_time()
    with contextlib.suppress(DubanError):  # too deep
        page("甲" + piece * 20_000)
    assert time.process_time() - started < 3


@pytest.mark.slow
@pytest.mark.parametrize("piece", SHEETS)
def test_the_time_for_a_style_sheet_grows_with_its_length(piece: str) -> None:
    started = time.process_time()
    page("<div class=a>" * 200 + "<p class=a>甲" * 2_000, f"<style>{piece * 20_000}</style>")
    assert time.process_time() - started < 5


@given(text=st.text(alphabet="<>/=\"' abdelpstrihunyo甲乙、。{}.;:&-", max_size=200))
@examples(200)
def test_no_page_is_too_odd(text: str) -> None:
    assert all(isinstance(line, Line) for line in page(text, f"<style>{text}</style>"))


def test_the_rule_that_weighs_most_prevails() -> None:
    sheet = StyleSheet()
    sheet.read("#a{display:block} .b{display:none} p{display:inline} p{opacity:0} .b{opacity:1}")
    assert sheet.declared(Element("p", "a", frozenset("b")), (), "") == {"display": "block", "opacity": "1"}
    assert sheet.declared(Element("p", "a", frozenset("b")), (), "display:none")["display"] == "none"


# Markdown


def test_markdown_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "计划.md"
    path.write_text(
        "# 云河市2026年工作要点 #\n## 一、重点任务\n**1. 办好学校。**（**市教育局**、市财政局~~、市体育局~~）\n"
        "- 2\\. 建设医院。（[市卫生健康委](http://a)）\n> * [x] 3. <u>修路</u>。\n---\n第二节\n====\n"
        "| 1 | 修桥 | **市交通局**、市水利局 |\n2*3=6，a_b__c，未完 ** 星号<!-- 不给人看的一段话，是草稿 -->\n```\n",
        encoding="utf-8",
    )
    lines = read_document(path)
    assert [(line.place.row, line.text) for line in lines if line.text and not line.aside] == [
        (1, "云河市2026年工作要点"),
        (2, "一、重点任务"),
        (3, "1. 办好学校。（市教育局、市财政局）"),
        (4, "2. 建设医院。（市卫生健康委）"),
        (5, "3. 修路。"),
        (7, "第二节"),
        (9, "| 1 | 修桥 | 市交通局、市水利局 |"),
        (10, "2*3=6，a_b__c，未完 ** 星号"),
    ]
    assert [(line.text, line.aside) for line in lines if line.aside] == [
        ("、市体育局", STRUCK),
        ("不给人看的一段话，是草稿", HIDDEN),
    ]
    assert [line.emphasis for line in lines if line.emphasis] == [
        (("加粗", "1. 办好学校。"), ("加粗", "市教育局")),
        (("下划线", "修路"),),
        (("加粗", "市交通局"),),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("before", ["甲", "# 甲"])
@pytest.mark.parametrize(
    "piece", ["~~", "**", "`", "[", "<u>", "</u>", "<!--", "\\", "![", "> ", "# ", "    ", "-", "#"]
)
def test_the_time_for_markdown_grows_with_its_length(tmp_path: Path, piece: str, before: str) -> None:
    path = tmp_path / "计划.md"
    path.write_text(before + piece * 20_000, encoding="utf-8")
    started = time.process_time()
    read_document(path)
    assert time.process_time() - started < 3
