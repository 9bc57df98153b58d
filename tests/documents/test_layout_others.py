"""The layout check on documents of others, on files that cannot be read, and as a command."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from builders.laws import examples
from builders.layout import base, damage, failed, in_style, in_text
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import cli
from reporting.documents.standard import ByEye, Judged, State, gather, judge
from reporting.documents.standard.read import parse_layout, read_layout
from reporting.files.package import repack, split_package
from reporting.model.findings import DubanError


def plain(*texts: str) -> bytes:
    """A document as python-docx makes it: theme fonts, US letter, Calibri."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def remarks(data: bytes, name: str) -> Judged:
    return next(each for each in judge(parse_layout("文.docx", data)) if each.clause.name == name)


def test_a_document_of_another_program_fails_where_it_differs() -> None:
    found = failed(plain("关于开展检查的通知", "各单位：", "一、总体要求", "请各单位认真准备。", "2026年1月8日"))
    assert found >= {
        "幅面尺寸",
        "页边与版心",
        "主题字体",
        "标题字体字号",
        "标题位置",
        "每面22行",
        "首行缩进",
        "页码形式",
    }


def test_an_empty_document_has_no_title_and_no_date() -> None:
    assert failed(plain()) >= {"标题", "署名和成文日期"}


def test_a_fault_names_the_words_and_what_to_do() -> None:
    (fault,) = remarks(damage(base("notice"), ("document", "特此通知。", "特此通知。。")), "标点").faults
    assert (fault.where, fault.what, fault.remedy) == ("“特此通知。。”", "标点重复：“特此通知。。”", "请删去多余的标点")


def test_what_only_eyes_can_see_is_said() -> None:
    judged = remarks(base("notice"), "印制装订")
    assert judged.state is State.BY_EYE
    assert judged.looks == (ByEye("双面印刷、左侧装订、无掉页，两页页码之间误差不超过 4 毫米，请在印制时核对。"),)


@pytest.mark.parametrize(
    ("texts", "clause"),
    [
        pytest.param(["00001", "关于检查的通知", "各单位："], "份号", id="five digits"),
        pytest.param(["特急", "关于检查的通知", "各单位："], "密级和紧急程度", id="urgency not in 黑体"),
        pytest.param(["云办〔2026〕3号　　签发人：王一", "关于检查的通知"], "签发人", id="the signer not in 楷体"),
        pytest.param(["关于检查", "的情况的通知", "各单位："], "标题回行", id="a line that begins with 的"),
        pytest.param(["关于检查的通知", "各单位："], "主送机关字体字号", id="the addressee in another size"),
    ],
)
def test_the_head_of_others_documents(texts: list[str], clause: str) -> None:
    document = docx.Document()
    for text in texts:
        run = document.add_paragraph().add_run(text)
        run.font.name = "宋体"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        run.font.size = Pt(22 if "关于" in text or text.startswith("的") else 15)
    stream = io.BytesIO()
    document.save(stream)
    assert clause in failed(stream.getvalue())


def test_styles_are_followed_to_the_one_they_are_based_on() -> None:
    document = docx.Document()
    deep = document.styles.add_style("深", 1)
    deep.base_style = document.styles["Heading 1"]
    document.styles["Heading 1"].font.size = Pt(16)
    document.styles["Heading 1"].paragraph_format.line_spacing = Pt(28)
    document.add_paragraph("一、总体要求", style="深")
    stream = io.BytesIO()
    document.save(stream)
    (paragraph,) = parse_layout("文.docx", stream.getvalue()).paragraphs
    assert (paragraph.size, paragraph.line, paragraph.rule) == (16.0, 28.0, "exact")
    assert paragraph.heading
    assert paragraph.runs[0].themed


def test_numbers_that_word_shows_and_does_not_store_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("总体要求", style="List Number")
    document.add_paragraph("工作安排", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    assert [each.text for each in parse_layout("文.docx", stream.getvalue()).paragraphs] == ["1.总体要求", "2.工作安排"]


# ---- files that cannot be read -------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><document><body>&a;</body></document>'


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        pytest.param("空.docx", b"", "无法检查“空.docx”：文件是空的。请换一份文件。", id="empty"),
        pytest.param("旧.doc", b"{\\rtf1 text", "无法检查“旧.doc”：这是旧版 Word、WPS 或 RTF 格式。", id="RTF"),
        pytest.param("版.pdf", b"%PDF-1.4\n", "无法检查“版.pdf”：这是 PDF。", id="PDF"),
        pytest.param("图.docx", b"\x89PNG\r\n\x1a\n", "无法检查“图.docx”：这是图片。", id="a picture"),
        pytest.param(
            "网.docx", b"<html><body></body></html>", "无法检查“网.docx”：这是网页或 XML 格式。", id="a web page"
        ),
        pytest.param(
            "半.docx",
            b"PK\x03\x04 and no more",
            "无法检查“半.docx”：这不是 Word 文档（.docx），或者文件已损坏。",
            id="half",
        ),
        pytest.param("包.docx", zipped(甲=b"1"), "无法检查“包.docx”：这是压缩包。", id="an archive"),
        pytest.param(
            "弹.docx", zipped(word__document_xml=BOMB), "无法检查“弹.docx”：文件里有不允许的声明。", id="entities"
        ),
        pytest.param(
            "断.docx",
            zipped(word__document_xml=b"<a><b></a>"),
            "无法检查“断.docx”：内容已损坏。请用 Word 或 WPS 打开后重新保存。",
            id="broken XML",
        ),
        pytest.param(
            "无.docx", zipped(word__document_xml=b"<document/>"), "无法检查“无.docx”：文件里没有正文", id="no body"
        ),
        pytest.param(
            "大.docx",
            zipped(word__document_xml=b"<document><body>" + b" " * 101_000_000 + b"</body></document>"),
            "无法检查“大.docx”：文件解开后过大",
            id="a bomb",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(DubanError) as error:
        parse_layout(name, data)
    assert str(error.value).startswith(sentence)


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"^无法检查“没有.docx”：文件不存在。请核对文件名和所在文件夹。$"):
        read_layout(tmp_path / "没有.docx")
    with pytest.raises(DubanError, match="这是一个文件夹"):
        read_layout(tmp_path)


VALUES = ("", "-1", "99999999999999999999", "abc", "2.5cm", "nan", "１２", "true", "/")
WORDS = (
    "附件",
    "附件1",
    "附件十二",
    "一、",
    "（百百）",
    "2026年13月45日",
    "抄送：",
    "印发",
    "”",
    "签发人：",
    "函",
    "\t\t",
)


@examples(40)
@given(
    at=st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(VALUES)), max_size=3),
    told=st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(WORDS)), max_size=3),
    part=st.sampled_from(("document", "styles", "settings", "footer_odd")),
)
def test_whatever_is_odd_in_a_document_never_stops_the_check(
    at: list[tuple[int, str]], told: list[tuple[int, str]], part: str
) -> None:
    parts = split_package(base("notice"))
    for name, pattern, changes in ((part, r'="([^"]*)"', at), ("document", r"<w:t[^>]*>([^<]*)</w:t>", told)):
        text = parts[f"word/{name}.xml"].decode()
        for index, new in changes:
            places = list(re.finditer(pattern, text))
            found = places[index % len(places)]
            text = text[: found.start(1)] + new + text[found.end(1) :]
        parts[f"word/{name}.xml"] = text.encode()
    try:
        judged = judge(parse_layout("文.docx", repack(parts)))
    except DubanError:
        return  # said in a sentence, which the tests below look at
    assert len(judged) == len(gather())


# ---- the command ---------------------------------------------------------------------------------


def doctor(path: Path) -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli.app, ["doctor", "--layout", str(path)])
    return result.exit_code, (result.stdout + result.stderr).splitlines()


def test_the_command_ends_with_0_when_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(base("notice"))
    code, said = doctor(tmp_path / "通知.docx")
    assert code == 0
    assert said[:2] == ["版面检查（GB/T 9704-2012）：通知.docx", "  条款        项目                  结果"]
    assert "  5.1         幅面尺寸              通过" in said
    by_eye = {line.split()[1] for line in said if line.endswith("须人工核对")}
    assert by_eye >= {"首页与行末", "印制装订", "发文机关标志", "印章", "版记"}
    passed = len(gather()) - len(by_eye)
    assert f"共 {len(gather())} 条：通过 {passed}，不通过 0，须人工核对 {len(by_eye)}。" in said


def test_the_command_ends_with_1_and_says_where_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(in_text(("落实情况，", "落实情况,"))(base("notice")))
    code, said = doctor(tmp_path / "通知.docx")
    assert code == 1
    at = said.index("  GB/T 15834  标点                  不通过")
    assert said[at + 1] == (
        "      “为全面掌握《云河市知识产权工作推进计划》…”：中文里用了半角标点：“》落实情况,做好202”。请改为全角标点。"
    )


def test_the_command_folds_many_faults_of_a_clause(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(in_style("Normal", 'w:line="579"', 'w:line="580"')(base("notice")))
    code, said = doctor(tmp_path / "通知.docx")
    at = said.index("  5.2.3       每面22行              不通过")
    assert code == 1
    assert "行距 29 磅，每页排 21 行，应为 22 行。请设为固定值 28.95 磅" in said[at + 1]
    assert re.fullmatch(r"      另有 \d+ 处。", said[at + 4])


def test_the_command_ends_with_2_when_the_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "旧.doc").write_bytes(b"{\\rtf1 text")
    code, said = doctor(tmp_path / "旧.doc")
    assert code == 2
    assert "".join(said).startswith("没有完成：无法检查“旧.doc”：这是旧版 Word、WPS 或 RTF 格式。")
