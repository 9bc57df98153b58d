"""The templates an office restyles: what may be wrong with one is said, old ones work, ours can be filled."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pytest
from builders.year import ROOT

from reporting.commands.bulletin import bulletin
from reporting.commands.doctor import doctor
from reporting.documents import LATER
from reporting.documents.filling.word import examine_template, fill_template, left_out
from reporting.files.package import repack, split_package
from reporting.model.findings import DubanError
from reporting.office.workspace import Workspace

TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))
BY_NAME = {path.stem: path for path in TEMPLATES}
MARK = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def changed(folder: Path, template: Path, old: str, new: str) -> Path:
    """A template in which every mark with a word has another in its place."""
    parts = split_package(template.read_bytes())
    text = parts["word/document.xml"].decode()
    word = re.compile(rf"(?<![\w.|]){old}(?!\w)")
    marked = MARK.sub(lambda mark: word.sub(new, mark[0]), text)
    assert marked != text
    copy = folder / template.name
    copy.write_bytes(repack(parts | {"word/document.xml": marked.encode()}))
    return copy


def rewritten(folder: Path, template: Path, old: str, new: str) -> Path:
    """A template with other XML."""
    parts = split_package(template.read_bytes())
    text = parts["word/document.xml"].decode()
    assert old in text
    copy = folder / template.name
    copy.write_bytes(repack(parts | {"word/document.xml": text.replace(old, new).encode()}))
    return copy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_template_can_be_used(template: Path) -> None:
    assert examine_template(template, template) == ""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_misspelt_name_is_told_with_the_names_there_are(tmp_path: Path, template: Path) -> None:
    with pytest.raises(DubanError) as error:
        examine_template(changed(tmp_path, template, "title", "titel"), template)
    assert str(error.value).startswith(f"Word 模板“{template.name}”使用了程序不提供的名称：titel。可用的名称有：")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_name_that_was_deleted_is_told(tmp_path: Path, template: Path) -> None:
    copy = rewritten(tmp_path, template, "{{ title }}", "某通知")
    with pytest.raises(DubanError) as error:
        examine_template(copy, template)
    assert str(error.value) == (
        f"Word 模板“{template.name}”缺少必需的内容：{{{{ title }}}}。请在模板中补上，或恢复原模板。"
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_an_end_that_was_deleted_is_told_with_its_place(tmp_path: Path, template: Path) -> None:
    copy = rewritten(tmp_path, template, "{%p endif %}", "")
    with pytest.raises(DubanError, match=r"中的标记写法有误（.*），位置在“.*”附近。请改正标记或恢复原模板。"):
        examine_template(copy, template)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_mark_that_word_has_split_into_runs_is_read(tmp_path: Path, template: Path) -> None:
    run = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    copy = rewritten(tmp_path, template, "{{ title }}", f"{{{run}{{ ti{run}tle }}{run}}}")
    assert examine_template(copy, template) == ""


def without_imprint(tmp_path: Path, name: str) -> Path:
    """A template as an office restyled it before documents had an imprint."""
    template = BY_NAME[name]
    text = split_package(template.read_bytes())["word/document.xml"].decode()
    start = text.index("{%p if imprint %}")
    block = text[text.rindex("<w:p>", 0, start) :]
    block = block[: block.index("</w:p>", block.index("{%p endif %}", block.index("</w:tbl>"))) + 6]
    return rewritten(tmp_path, template, block, "")


def test_a_command_says_what_an_older_template_leaves_out(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copy(without_imprint(tmp_path, "督查通报"), workspace.root / "templates")
    notes = bulletin(workspace, datetime(2026, 12, 24, 9)).notes
    assert notes == (
        "Word 模板“督查通报.docx”没有后来增加的 {{ imprint }}，这些内容不会印出；"
        "没有改过这个模板的，删去它就改用程序自带的；改过的，请照自带的补上。",
    )


@pytest.mark.parametrize("name", ["通知", "督查通报", "年度总结", "检查验收报告"])
def test_a_template_from_before_a_name_came_works_and_the_lack_is_told(tmp_path: Path, name: str) -> None:
    template = BY_NAME[name]
    copy = without_imprint(tmp_path, name)
    says = (
        f"Word 模板“{name}.docx”没有后来增加的 {{{{ imprint }}}}，这些内容不会印出；"
        "没有改过这个模板的，删去它就改用程序自带的；改过的，请照自带的补上。"
    )
    assert examine_template(copy, template) == says
    assert left_out(copy, {"imprint": {"copies": ""}, "number": ""}) == [says]
    assert left_out(copy, {"imprint": None, "number": ""}) == []


def test_names_that_came_later_may_lack_and_all_others_may_not(tmp_path: Path) -> None:
    path = tmp_path / "信函.docx"
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    document.save(str(path))
    later = dict.fromkeys(LATER, "有")
    content = fill_template(path, {"title": "题", **later})
    assert [each.text for each in docx.Document(io.BytesIO(content)).paragraphs] == ["题"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, id="an old .doc"),
        pytest.param(b"<html></html>", id="a web page"),
    ],
)
def test_a_template_that_is_no_docx_is_told(tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "通知.docx"
    copy.write_bytes(content)
    with pytest.raises(DubanError, match=r"^Word 模板“通知.docx”不是有效的 Word 文档（.docx）。"):
        examine_template(copy, BY_NAME["通知"])


def test_doctor_says_which_template_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    settings = (ROOT / "duban.toml").read_text(encoding="utf-8")
    (tmp_path / "duban.toml").write_text(settings, encoding="utf-8")
    changed(tmp_path / "templates", BY_NAME["催报函"], "title", "titel")
    said = {each.what: each for each in doctor(tmp_path)}
    assert said["模板 通知.docx"].ok
    assert not said["模板 催报函.docx"].ok
    assert "使用了程序不提供的名称：titel" in said["模板 催报函.docx"].says


def test_a_heading_in_front_of_a_paragraph_is_parted_from_it(tmp_path: Path) -> None:
    path = tmp_path / "信函.docx"
    document = docx.Document()
    document.add_paragraph("{{ text|heading }}|{{ text|after_heading }}")
    document.save(str(path))
    for text, shown in {
        "（一）佐证材料。能够证明的文件。": "（一）佐证材料。|能够证明的文件。",
        "（四）实事求是填报，严禁弄虚作假。": "|（四）实事求是填报，严禁弄虚作假。",
        "请于12月15日前报送。": "|请于12月15日前报送。",
    }.items():
        content = fill_template(path, {"text": text})
        assert docx.Document(io.BytesIO(content)).paragraphs[0].text == shown


def test_no_template_holds_a_font_an_author_or_a_time() -> None:
    for template in TEMPLATES:
        with zipfile.ZipFile(template) as package:
            assert not any("font" in name and not name.endswith("fontTable.xml") for name in package.namelist())
            core = package.read("docProps/core.xml").decode()
            assert not re.search("creator|created|modified|lastModifiedBy", core)
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
