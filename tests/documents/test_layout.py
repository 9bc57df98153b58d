"""The layout check: documents of ours pass, and each damage fails the clause it breaks and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders.layout import ISSUER, LONG_ISSUER, SETTINGS, base, failed, in_style, in_text, make_notice, make_reminder

from reporting.documents.standard import gather, judge
from reporting.documents.standard.read import parse_layout
from reporting.files.package import repack, split_package
from reporting.office.settings import DocumentSettings, Settings


def embed_a_font(data: bytes) -> bytes:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="f" Target="fonts/font1.odttf" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"/></Relationships>'
    )
    return repack(split_package(data) | {"word/_rels/fontTable.xml.rels": relation.encode()})


OTHER = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:cs="宋体"/>'
THEME = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
RUN_END = "<w:rPr></w:rPr>"
DATE = ">2026年12月1日<"
DAMAGES = [
    pytest.param("notice", in_text(('w:w="11906"', 'w:w="12240"')), "幅面尺寸", id="letter paper"),
    pytest.param("notice", in_text(('w:top="2098"', 'w:top="1440"')), "页边与版心", id="Word's own margins"),
    pytest.param(
        "notice", in_style("Body", RUN_END, '<w:rPr><w:color w:val="FF0000"/></w:rPr>'), "文字颜色", id="red text"
    ),
    pytest.param("notice", in_style("Body", RUN_END, f"<w:rPr>{THEME}</w:rPr>"), "主题字体", id="theme fonts"),
    pytest.param("notice", embed_a_font, "字体嵌入", id="a font in the file"),
    pytest.param(
        "notice", in_text(('w:hint="eastAsia"', 'w:hint="default"')), "引号和破折号的字体", id="Latin quotation marks"
    ),
    pytest.param(
        "notice", in_style("Normal", 'w:line="579"', 'w:line="580"'), "每面22行", id="29 points from line to line"
    ),
    pytest.param(
        "notice",
        in_style("Normal", 'w:line="579" w:lineRule="exact"', 'w:line="360" w:lineRule="auto"'),
        "每面22行",
        id="one and a half lines",
    ),
    pytest.param(
        "notice",
        in_style("Normal", '<w:spacing w:val="-5"/>', ""),
        "每行28字",
        id="letters of 16 points not moved together",
    ),
    pytest.param("notice", in_text(("〔2026〕18号", "[2026]18号")), "发文字号", id="square brackets in the number"),
    pytest.param("notice", in_text(("〔2026〕18号", "〔2026〕018号")), "发文字号", id="a number with a zero in front"),
    pytest.param("notice", in_text(("〔2026〕18号", "〔2026〕第18号")), "发文字号", id="第 in the number"),
    pytest.param("notice", in_text(("〔2026〕18号", "〔26〕18号")), "发文字号", id="a year of two digits"),
    pytest.param(
        "notice", in_style("Number", 'w:val="center"', 'w:val="left"'), "发文字号位置", id="the number on the left"
    ),
    pytest.param(
        "notice",
        in_style("Title", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="黑体"'),
        "标题字体字号",
        id="a bold title",
    ),
    pytest.param("notice", in_style("Title", '"44"', '"36"'), "标题字体字号", id="a small title"),
    pytest.param("notice", in_style("Title", 'w:val="center"', 'w:val="left"'), "标题位置", id="the title on the left"),
    pytest.param("notice", in_text(("情况的通知<", "情况的通知。<")), "标题标点", id="a title with a full stop"),
    pytest.param("notice", in_text(("各责任单位：", "各责任单位:")), "主送机关", id="a half colon after the addressee"),
    pytest.param(
        "notice",
        in_style("Recipient", "</w:pPr>", '<w:ind w:firstLineChars="200"/></w:pPr>'),
        "主送机关",
        id="addressee indented",
    ),
    pytest.param("notice", in_style("Body", RUN_END, f"<w:rPr>{OTHER}</w:rPr>"), "正文字体", id="body in 宋体"),
    pytest.param(
        "notice", in_style("Body", RUN_END, '<w:rPr><w:sz w:val="30"/></w:rPr>'), "正文字号", id="body in 小三"
    ),
    pytest.param(
        "notice",
        in_style("Body", 'w:firstLineChars="200" w:firstLine="640"', 'w:firstLine="0"'),
        "首行缩进",
        id="no indent",
    ),
    pytest.param("notice", in_style("Heading1", "黑体", "宋体"), "一级标题字体", id="first level in 宋体"),
    pytest.param("notice", in_style("RunIn", "楷体_GB2312", "仿宋_GB2312"), "二级标题字体", id="second level in 仿宋"),
    pytest.param("notice", in_text((">二、填报要求<", ">三、填报要求<")), "结构层次", id="a heading left out"),
    pytest.param(
        "notice", in_text((">（二）佐证材料。", ">（三）佐证材料。")), "结构层次", id="a second level left out"
    ),
    pytest.param("notice", in_text((">一、填报内容<", ">一.填报内容<")), "层次序号写法", id="a dot after 一"),
    pytest.param(
        "notice", in_text((">一、填报内容<", ">一、填报内容。<")), "标题行末标点", id="a full stop after a heading"
    ),
    pytest.param("notice", in_text((">附件：1.", ">附件:1.")), "附件说明", id="a half colon after 附件"),
    pytest.param(
        "notice", in_text((">2.责任单位名单<", ">2.责任单位名单；<")), "附件说明", id="a mark after an annex's name"
    ),
    pytest.param(
        "notice",
        in_style("AnnexFirst", 'w:hangingChars="400"', 'w:hangingChars="600"'),
        "附件说明位置",
        id="the list of annexes not indented",
    ),
    pytest.param(
        "notice",
        in_style("AnnexFirst", 'w:before="579"', 'w:before="0"'),
        "附件说明与正文空一行",
        id="no line before the list",
    ),
    pytest.param(
        "letter", in_text((">2026年12月18日<", ">2026年12月018日<")), "成文日期数字", id="a day with a zero in front"
    ),
    pytest.param("notice", in_text((DATE, ">二〇二六年十二月一日<")), "成文日期数字", id="a date in hanzi"),
    pytest.param("notice", in_text((DATE, ">2026.12.1<")), "成文日期数字", id="a date with dots"),
    pytest.param("notice", in_text((DATE, "><")), "署名和成文日期", id="no date"),
    pytest.param(
        "notice",
        in_style("SignatureDate", 'w:rightChars="400" w:right="1280"', 'w:right="0"'),
        "署名和日期位置",
        id="the date at the edge",
    ),
    pytest.param(
        "notice", in_style("Signature", RUN_END, f"<w:rPr>{OTHER}</w:rPr>"), "署名和日期字体字号", id="signed in 宋体"
    ),
    pytest.param(
        "notice", in_style("Note", 'w:firstLineChars="200" w:firstLine="640"', ""), "附注", id="the note not indented"
    ),
    pytest.param(
        "notice", in_style("AnnexLabel", "<w:pageBreakBefore/>", ""), "附件另面编排", id="an annex on the same page"
    ),
    pytest.param(
        "notice", in_style("AnnexLabel", 'w:val="left"', 'w:val="center"'), "附件标识", id="附件 in the middle"
    ),
    pytest.param("notice", in_text((">附件2<", ">附件 2：<")), "附件标识", id="附件 with blank and colon"),
    pytest.param(
        "notice",
        in_style("AnnexTitle", 'w:val="center"', 'w:val="left"'),
        "附件标题",
        id="an annex's title on the left",
    ),
    pytest.param("notice", in_text((">附件2<", "><")), "附件与附件说明一致", id="the mark of an annex is missing"),
    pytest.param(
        "notice", in_text((">责任单位名单<", ">责任单位一览表<")), "附件与附件说明一致", id="another title in the list"
    ),
    pytest.param("notice", in_text(('w:sz="8"', 'w:sz="4"')), "版记分隔线", id="thin lines around the imprint"),
    pytest.param(
        "notice", in_text(("市政协办公室。<", "市政协办公室<")), "抄送和印发", id="no full stop after the copies"
    ),
    pytest.param("notice", in_style("Imprint", '"28"', '"32"'), "版记字体字号", id="the imprint in 3号"),
    pytest.param(
        "notice", in_style("Imprint", 'w:left="280"', 'w:left="0"'), "版记左右空字", id="the imprint at the edge"
    ),
    pytest.param(
        "notice",
        in_text(("— ", "- "), (" —", " -"), part="footer_odd"),
        "页码形式",
        id="hyphens beside the page number",
    ),
    pytest.param(
        "notice",
        in_text(("<w:evenAndOddHeaders/>", ""), part="settings"),
        "页码形式",
        id="all page numbers on one side",
    ),
    pytest.param("notice", in_text((" PAGE ", " NUMPAGES "), part="footer_odd"), "页码形式", id="no page number"),
    pytest.param(
        "notice",
        in_text(('w:jc w:val="left"', 'w:jc w:val="right"'), part="footer_even"),
        "页码位置",
        id="even pages on the right",
    ),
    pytest.param("notice", in_text(('w:footer="1446"', 'w:footer="992"')), "页码位置", id="the page number too low"),
    pytest.param("notice", in_style("PageNumber", '"28"', '"21"'), "页码字体", id="small page numbers"),
    pytest.param(
        "summary",
        in_text(('w:right="2098" w:bottom="1474" w:left="1984"', 'w:right="1984" w:bottom="1474" w:left="2098"')),
        "横排页面",
        id="a turned page bound on the wrong side",
    ),
    pytest.param(
        "notice",
        in_style("TableText", 'w:line="240" w:lineRule="auto"', 'w:line="579" w:lineRule="exact"'),
        "表格",
        id="the body's line spacing in a table",
    ),
    pytest.param("notice", in_text(("<w:tblHeader/>", "")), "表格", id="a long table without repeated head"),
    pytest.param("letter", in_text(("<w:titlePg/>", "")), "函的首页不显示页码", id="a letter with a number on page 1"),
    pytest.param("notice", in_text(("落实情况，", "落实情况,")), "标点", id="a half comma"),
    pytest.param("notice", in_text(("特此通知。", "特此通知。。")), "标点", id="two full stops"),
    pytest.param("notice", in_text(("（Excel格式）", "(Excel格式)")), "标点", id="half brackets"),
    pytest.param(
        "notice", in_text(("写入填报表“佐证", "写入填报表佐证")), "成对标点", id="a quotation mark that opens nowhere"
    ),
    pytest.param("notice", in_text(("2026年度", "２０２６年度")), "数字", id="full digits"),
    pytest.param("notice", in_text(("统计口径", "比例为63~68%，统计口径")), "数字", id="a range of percentages"),
    pytest.param("notice", in_text(("统计口径", "共约15件左右，统计口径")), "数字", id="about twice"),
    pytest.param(
        "notice", in_text(("统计口径", "按云政办[2026]3号文，统计口径")), "数字", id="square brackets in a cited number"
    ),
]


@pytest.mark.parametrize("name", ["notice", "letter"])
def test_our_documents_pass(name: str) -> None:
    assert failed(base(name)) == set()


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: make_notice(issuer=LONG_ISSUER), id="a long name"),
        pytest.param(lambda: make_reminder(LONG_ISSUER), id="a letter with a long name"),
        pytest.param(lambda: make_notice(unsealed()), id="without a seal"),
        pytest.param(lambda: make_notice(unsealed(), "市府办"), id="without a seal, a name shorter than the date"),
        pytest.param(lambda: make_notice(unsealed(), LONG_ISSUER), id="without a seal, a long name"),
        pytest.param(lambda: make_notice(bare()), id="without number and imprint"),
    ],
)
def test_however_signed_our_documents_pass(made: Callable[[], bytes]) -> None:
    assert failed(made()) == set()


def test_without_a_seal_the_name_stands_one_line_under_the_body() -> None:
    gaps = {}
    for name, data in (("sealed", base("notice")), ("unsealed", make_notice(unsealed()))):
        (signed,) = (each for each in parse_layout("文.docx", data).paragraphs if each.text == ISSUER)
        gaps[name] = round(signed.before / 28.95, 2)
    assert gaps == {"sealed": 2, "unsealed": 1}


def unsealed() -> Settings:
    return SETTINGS.model_copy(update={"document": DocumentSettings(seal=False)})


def bare() -> Settings:
    return SETTINGS.model_copy(update={"document": DocumentSettings(imprint=False)})


def test_without_number_and_imprint_nothing_is_left_of_them() -> None:
    document = parse_layout("文.docx", make_notice(bare()))
    assert document.paragraphs[0].text.startswith("关于报送")
    assert not any(table.floating for table in document.tables)


@pytest.mark.parametrize(("name", "change", "clause"), DAMAGES)
def test_a_damage_fails_its_clause_and_no_other(name: str, change: Callable[[bytes], bytes], clause: str) -> None:
    assert failed(change(base(name))) - failed(base(name)) == {clause}


def test_every_clause_that_can_fail_is_damaged_here() -> None:
    """What no document of ours has (份号, 密级, 签发人) is tried below; the rest is for eyes alone."""
    damaged = {str(each.values[2]) for each in DAMAGES}
    elsewhere = {"份号", "密级和紧急程度", "签发人", "标题", "标题回行", "主送机关字体字号"}
    eyes = {"首页与行末", "印制装订", "发文机关标志", "印章", "版记", "信函格式"}
    assert {clause.name for clause in gather()} - damaged == elsewhere | eyes


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        pytest.param(
            in_text((">责任单位名单<", "><")),
            ["附件没有标题", "附件2的标题“”与附件说明不一致"],
            id="an annex without a title",
        ),
        pytest.param(
            in_text((">附件2<", ">附件3<")),
            ["附件说明列有附件2，文后没有“附件2”一页", "正文之后没有列出这个附件"],
            id="an annex under another number",
        ),
        pytest.param(
            in_text((">2.责任单位名单<", "><")),
            ["只有一个附件，不编序号", "正文之后没有列出这个附件"],
            id="an annex that is not in the list",
        ),
    ],
)
def test_an_annex_and_the_list_of_annexes_are_held_against_each_other(
    edit: Callable[[bytes], bytes], said: list[str]
) -> None:
    judged = judge(parse_layout("文.docx", edit(base("notice"))))
    assert [fault.what for each in judged for fault in each.faults] == said
