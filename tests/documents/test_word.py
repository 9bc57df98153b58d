"""Filling Word templates: what an office may break in one, and what a department may type into one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from reporting.documents.filling.word import fill_template
from reporting.model.findings import DubanError


def write(folder: Path, *paragraphs: str, footer: str = "") -> Path:
    """A template as python-docx, or an office, would make it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    path = folder / "信函.docx"
    document.save(str(path))
    return path


def read(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_names_are_filled_in_body_and_footer(tmp_path: Path) -> None:
    template = write(tmp_path, "致{{ unit }}：", footer="{{ issuer }}")
    content = fill_template(template, {"unit": "市科技局", "issuer": "市府办"})
    assert read(content) == ["致市科技局："]
    assert docx.Document(io.BytesIO(content)).sections[0].footer.paragraphs[0].text == "市府办"


def test_a_mark_that_word_has_split_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ un", "it }", "}"):
        paragraph.add_run(piece).bold = piece == "it }"
    document.save(str(tmp_path / "信函.docx"))
    assert read(fill_template(tmp_path / "信函.docx", {"unit": "甲"})) == ["甲"]


def test_loops_over_paragraphs(tmp_path: Path) -> None:
    template = write(tmp_path, "{%p for name in names %}", "第{{ loop.index }}：{{ name }}", "{%p endfor %}")
    assert read(fill_template(template, {"names": ("甲", "乙")})) == ["第1：甲", "第2：乙"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("市科技局", "市科技局", id="plain words stay"),
        pytest.param("A<B & C>D \"'", "A<B & C>D \"'", id="marks of XML stay text"),
        pytest.param("&amp; &#65;", "&amp; &#65;", id="entities stay text"),
        pytest.param("{{ y }} {% if %} {# n #} {_{ z }_}", "{{ y }} {% if %} {# n #} {_{ z }_}", id="jinja stays text"),
        pytest.param("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁", id="line ends are line breaks"),
        pytest.param("甲\t乙", "甲\t乙", id="a tab is a tab"),
        pytest.param("甲\x07<乙>&\x00\x1f丙", "甲<乙>&丙", id="control characters go, what follows stays"),
        pytest.param("半\ud800个\ufffe", "半个", id="half a surrogate goes"),
        pytest.param("  前后  ", "  前后  ", id="blanks stay"),
        pytest.param("𠮷㎡①", "𠮷㎡①", id="rare characters stay"),
        pytest.param("", "", id="nothing is nothing"),
    ],
)
def test_whatever_is_typed_comes_through(tmp_path: Path, typed: str, shown: str) -> None:
    template = write(tmp_path, "{{ text }}", "{{ inner.words[0] }}", "末")
    content = fill_template(template, {"text": typed, "inner": {"words": [typed]}})
    assert read(content) == [shown, shown, "末"]


def test_none_prints_nothing(tmp_path: Path) -> None:
    assert read(fill_template(write(tmp_path, "甲{{ x }}乙"), {"x": None})) == ["甲乙"]


def test_same_input_gives_the_same_bytes_in_the_order_of_the_template(tmp_path: Path) -> None:
    template = write(tmp_path, "{{ x }}")
    first, second = (fill_template(template, {"x": "甲"}) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(template) as original, zipfile.ZipFile(io.BytesIO(first)) as filled:
        assert filled.namelist() == original.namelist()
        assert {info.date_time for info in filled.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_changed_template_is_read_anew(tmp_path: Path) -> None:
    assert read(fill_template(write(tmp_path, "{{ x }}一"), {"x": "甲"})) == ["甲一"]
    assert read(fill_template(write(tmp_path, "{{ x }}二"), {"x": "甲"})) == ["甲二"]


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        pytest.param(
            ["{{ title }}", "{{ body }}", "{{ writer }}"],
            "Word 模板“信函.docx”使用了程序不提供的名称：writer。可用的名称有：body、title。请改正或恢复原模板。",
            id="an unknown name",
        ),
        pytest.param(
            ["{{ title }}"],
            "Word 模板“信函.docx”缺少必需的内容：{{ body }}。请在模板中补上，或恢复原模板。",
            id="a name that was deleted",
        ),
        pytest.param(
            ["{{ title }}", "{{ body.first.line }}"],
            "Word 模板“信函.docx”使用了程序不提供的名称：line。请改正或恢复原模板。",
            id="an unknown name inside another",
        ),
        pytest.param(
            ["{{ title }}", "{%p for x in body %}", "{{ x }}", "末尾"],
            "Word 模板“信函.docx”中的标记写法有误（",
            id="a loop without an end",
        ),
        pytest.param(["{{ title }", "{{ body }}"], "Word 模板“信函.docx”中的标记写法有误（", id="half a mark"),
        pytest.param(
            ["{{ title|shout }}", "{{ body }}"], "Word 模板“信函.docx”中的标记写法有误（", id="an unknown filter"
        ),
        pytest.param(["{{ title + 1 }}", "{{ body }}"], "Word 模板“信函.docx”中的标记无法执行（", id="a sum of words"),
        pytest.param(
            ["{{ title.__class__.__mro__ }}", "{{ body }}"], "Word 模板“信函.docx”", id="a way out of the template"
        ),
    ],
)
def test_a_broken_template_is_explained(tmp_path: Path, paragraphs: list[str], sentence: str) -> None:
    template = write(tmp_path, *paragraphs)
    with pytest.raises(DubanError) as error:
        fill_template(template, {"title": "题", "body": {"first": {}}})
    assert str(error.value).startswith(sentence)


def test_a_syntax_error_says_where(tmp_path: Path) -> None:
    template = write(tmp_path, "第一段", "第二段{{ title }}", "第三段{% fi title %}")
    with pytest.raises(DubanError, match=r"位置在“.*第三段"):
        fill_template(template, {"title": "题"})


def test_a_loop_that_leaves_its_table_is_explained(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{% for x in names %}{{ x }}"
    document.add_paragraph("{% endfor %}")
    document.save(str(tmp_path / "信函.docx"))
    with pytest.raises(DubanError, match="开头与结尾不在同一层"):
        fill_template(tmp_path / "信函.docx", {"names": ["甲", "乙"]})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_a_file_that_is_no_docx_is_explained(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "信函.docx"
    path.write_bytes(content)
    with pytest.raises(DubanError, match=r"^Word 模板“信函.docx”不是有效的 Word 文档"):
        fill_template(path, {})


def test_a_workbook_with_the_wrong_name_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "信函.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(DubanError, match="不是有效的 Word 文档"):
        fill_template(path, {})


def test_a_missing_template_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"^找不到或无法读取 Word 模板“.*信函.docx”"):
        fill_template(tmp_path / "信函.docx", {})
