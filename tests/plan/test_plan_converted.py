"""Plans in formats that LibreOffice opens read as the .docx they were, or a sentence says what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from builders.formats import ole_file
from builders.libreoffice import convert, needs_libreoffice
from builders.notations import show
from builders.word_files import cell, levels, listed, number, par, row, run, table, word_file

from reporting.files import libreoffice
from reporting.model.findings import DubanError
from reporting.plan.documents import converted
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan

OPEN_TEXT = "application/vnd.oasis.opendocument.text"
OLD_WORD = ole_file({"WordDocument": bytes(5000)})
FLAT = f'<?xml version="1.0"?><office:document office:mimetype="{OPEN_TEXT}"/>'.encode()
TASK = "1.办好学校。（市教育局）"


def package(mimetype: str, manifest: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("mimetype", mimetype)
        made.writestr("content.xml", "<x/>")
        made.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return content.getvalue()


KINDS = [
    ("旧.doc", OLD_WORD, "doc", "旧版 Word 或 WPS 格式"),
    ("旧.wps", OLD_WORD, "doc", "旧版 Word 或 WPS 格式"),
    ("旧.docx", OLD_WORD, "doc", "旧版 Word 或 WPS 格式"),
    ("不明.wpt", OLD_WORD[:8] + bytes(600), "doc", "旧版 Word 或 WPS 格式"),
    ("文.rtf", b"{\\rtf1\\ansi x}", "rtf", "RTF 格式"),
    ("文.doc", b"{\\rtf1\\ansi x}", "rtf", "RTF 格式"),
    ("文.odt", package(OPEN_TEXT), "odt", "OpenDocument 文本格式"),
    ("文.ott", package(f"{OPEN_TEXT}-template"), "odt", "OpenDocument 文本格式"),
    ("文.fodt", FLAT, "fodt", "OpenDocument 文本格式"),
]
NAMES = [kind[0] for kind in KINDS]


@pytest.mark.parametrize(("name", "content", "suffix", "what"), KINDS, ids=NAMES)
def test_where_there_is_no_libreoffice_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, content: bytes, suffix: str, what: str
) -> None:
    monkeypatch.setattr(converted, "find_libreoffice", lambda: None)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DubanError) as caught:
        read_document(tmp_path / name)
    assert suffix
    assert str(caught.value) == (
        f"无法读取“{name}”：这是{what}，要由 LibreOffice 转换才能读取，本机没有安装 LibreOffice。"
        "请安装 LibreOffice（免费，www.libreoffice.org）后再导入；或者用 Word 或 WPS 打开，另存为 .docx 后再导入。"
    )


@pytest.mark.parametrize(("name", "content", "suffix", "what"), KINDS, ids=NAMES)
def test_what_libreoffice_makes_of_it_is_read_under_its_own_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, content: bytes, suffix: str, what: str
) -> None:
    asked = []

    def convert_to_word(*given: object) -> bytes:
        asked.append(given)
        return word_file(par(TASK))

    monkeypatch.setattr(converted, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(converted, "convert_document", convert_to_word)
    (tmp_path / name).write_bytes(content)
    (line,) = read_document(tmp_path / name)
    assert (line.text, line.place.file) == (TASK, name)
    assert asked == [(content, suffix, "docx")], what


def test_what_libreoffice_cannot_open_either_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> bytes:
        raise libreoffice.ConversionError("LibreOffice 也打不开")

    monkeypatch.setattr(converted, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(converted, "convert_document", fail)
    (tmp_path / "坏.doc").write_bytes(OLD_WORD)
    with pytest.raises(DubanError) as caught:
        read_document(tmp_path / "坏.doc")
    assert str(caught.value) == (
        "无法读取“坏.doc”：这是旧版 Word 或 WPS 格式，LibreOffice 也打不开。"
        "请用 Word 或 WPS 打开，另存为 .docx 后再导入。"
    )


LOCKED_HEAD = struct.pack("<10xH", 0x0100) + bytes(5000)
LOCKED = [
    (
        "密.doc",
        ole_file({"WordDocument": LOCKED_HEAD}),
        "请用 Word 或 WPS 输入密码打开，取消密码后另存为 .docx，再导入",
    ),
    (
        "密.odt",
        package(OPEN_TEXT, "<encryption-data/>"),
        "请用 Word 或 WPS 输入密码打开，取消密码后另存为 .docx，再导入",
    ),
    (
        "密.docx",
        ole_file({"EncryptedPackage": bytes(5000)}),
        "请用 Word、Excel 或 WPS 输入密码打开，取消密码后另存，再导入",
    ),
]


@pytest.mark.parametrize(("name", "content", "remedy"), LOCKED, ids=[name for name, _, _ in LOCKED])
def test_a_document_with_a_password_is_named_as_such(tmp_path: Path, name: str, content: bytes, remedy: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DubanError) as caught:
        read_document(tmp_path / name)
    assert str(caught.value) == f"无法读取“{name}”：文件设有打开密码。{remedy}。"


def flat(content: bytes) -> bytes:
    """A .docx as Word saves it in one XML file."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}" pkg:contentType="x"><pkg:xmlData>{made.read(name).decode()}'
            "</pkg:xmlData></pkg:part>"
            for name in made.namelist()
        )
    head = '<?xml version="1.0"?>\r\n<?mso-application progid="Word.Document"?>\r\n'
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return f"{head}<pkg:package {space}>{parts}</pkg:package>".encode()


NUMBERED = levels("chineseCounting %1、", "decimal %2.")
UNITS = cell(par(run("市教育局、") + run("市司法局、", "<w:strike/>") + run("市财政局")))
PLAN = (
    par("云河市2026年教育工作要点")
    + listed("重点任务", 1)
    + listed("办好学校，新增学位2000个。（市教育局牵头，市财政局配合；2026年12月底前完成）", 1, 1)
    + listed("培训教师。（市教育局牵头）", 1, 1)
    + listed("保障措施", 1)
    + listed("落实经费。（市财政局牵头，市教育局配合）", 1, 1)
)
TABLE = par("云河市2026年教育工作任务分解表") + table(
    row("序号", "工作任务", "责任单位", "完成时限"),
    row("1", "办好学校", UNITS, cell("2026年12月底前", '<w:vMerge w:val="restart"/>')),
    row("2", "培训教师", "市教育局", cell("", "<w:vMerge/>")),
    widths=(800, 3000, 3000, 2000),
)
TABLE += par("")  # without a paragraph behind it LibreOffice saves the table as text


def test_a_document_in_one_xml_file_is_read_as_its_package(tmp_path: Path) -> None:
    content = word_file(PLAN, numbering=NUMBERED + number(1))
    (tmp_path / "稿.docx").write_bytes(content)
    (tmp_path / "稿.xml").write_bytes(flat(content))
    packed, one_file = (read_plan(read_document(tmp_path / name)).plan for name in ("稿.docx", "稿.xml"))
    assert [task.number for task in packed.tasks] == ["一1", "一2", "二1"]
    assert show(one_file) == show(packed)


@needs_libreoffice
@pytest.mark.slow
def test_a_plan_reads_alike_in_every_format_that_libreoffice_saves(tmp_path: Path) -> None:
    sources = {"正文": word_file(PLAN, numbering=NUMBERED + number(1)), "表格": word_file(TABLE)}
    for name, content in sources.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    files = [tmp_path / f"{name}.docx" for name in sources]
    wanted = {path.stem: read_plan(read_document(path)) for path in files}
    assert [task.lead for task in wanted["表格"].plan.tasks] == [("市教育局", "市财政局"), ("市教育局",)]
    for to in ("doc", "odt", "rtf", "fodt"):
        for name, made in convert(tmp_path, to, files).items():
            if (name, to) == ("正文", "rtf"):
                continue  # LibreOffice writes Chinese marks of lists into .rtf as question marks
            reading = read_plan(read_document(made))
            assert show(reading.plan) == show(wanted[name].plan), (name, to)
            codes = [each.kind.code for each in wanted[name].findings]
            assert [each.kind.code for each in reading.findings] == codes, (name, to)
