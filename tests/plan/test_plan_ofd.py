"""OFD plans: what the parts of a package mean, and what is refused or left out in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders.ofd import element, ofd, packed, page, text_object
from builders.printing import MARGIN, Sheet, table

from reporting.model import NOT_READ, Line, Place
from reporting.model.findings import DubanError
from reporting.plan.documents.open import read_document
from reporting.plan.reading.plan import read_plan


def read(tmp_path: Path, content: bytes) -> list[Line]:
    path = tmp_path / "方案.ofd"
    path.write_bytes(content)
    return read_document(path)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines if not line.aside]


def of_objects(*objects: str, before: str = "", parts: dict[str, str | None] | None = None) -> bytes:
    """A file with one page of objects."""
    return ofd([Sheet()], {"Doc_0/Pages/Page_0/Content.xml": page(objects, before), **(parts or {})})


TASK = "1.修建绿道。（市园林局）"

TEXTS: dict[str, tuple[str, ...]] = {
    "one step for all": (text_object(30, 30, TASK, steps='DeltaX="g 12 5.6"'),),
    "a step each": (text_object(30, 30, TASK, steps=f'DeltaX="{"5.6 " * 12}"'),),
    "steps of both kinds": (text_object(30, 30, TASK, steps='DeltaX="2.8 2.8 g 10 5.6"'),),
    "too few steps": (text_object(30, 30, TASK, steps='DeltaX="5.6 5.6"'),),
    "steps parted by commas": (text_object(30, 30, TASK, steps='DeltaX="5.6,5.6,5.6"'),),
    "no steps": (text_object(30, 30, TASK, steps='Kerning="0"'),),
    "steps that are none": (text_object(30, 30, TASK, steps='DeltaX="g x nan"'),),
    "a matrix that shrinks": (text_object(30, 30, TASK, 15.9, look='CTM="0.3528 0 0 0.3528 0 10.2"'),),
    "an object a character": tuple(text_object(30 + 5.6 * at, 30, char) for at, char in enumerate(TASK)),
    "out of order": tuple(reversed([text_object(30 + 5.6 * at, 30, char) for at, char in enumerate(TASK)])),
    "glyphs of a font beside": (
        text_object(
            30,
            30,
            TASK,
            inner='<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>3 4</ofd:Glyphs>'
            "</ofd:CGTransform>",
        ),
    ),
    "blocks in blocks": (
        f'<ofd:PageBlock ID="5"><ofd:PageBlock ID="6">{text_object(30, 30, TASK)}</ofd:PageBlock></ofd:PageBlock>',
    ),
    "a colour in hexadecimal": (
        text_object(30, 30, TASK, inner='<ofd:FillColor Value="#00 #10 #20" ColorSpace="1"/>'),
    ),
    "a colour of four parts": (text_object(30, 30, TASK, inner='<ofd:FillColor Value="0 0 0 255"/>'),),
    "a colour of one part": (text_object(30, 30, TASK, inner='<ofd:FillColor Value="0"/>'),),
    "a pattern for a colour": (text_object(30, 30, TASK, inner="<ofd:FillColor><ofd:Pattern/></ofd:FillColor>"),),
}


@pytest.mark.parametrize("objects", TEXTS.values(), ids=TEXTS)
def test_text_however_it_is_placed(tmp_path: Path, objects: tuple[str, ...]) -> None:
    assert texts(read(tmp_path, of_objects(*objects))) == [TASK]


def test_several_pieces_of_text_in_one_object(tmp_path: Path) -> None:
    pieces = (
        '<ofd:TextCode X="0" Y="5" DeltaX="g 5 5.6">一、重点任务</ofd:TextCode>'
        '<ofd:TextCode X="0" Y="15" DeltaX="g 5 5.6">二、工作\\0020要求</ofd:TextCode><ofd:TextCode>！</ofd:TextCode>'
    )
    both = f'<ofd:TextObject ID="3" Boundary="30 30 90 40" Font="1" Size="5.6">{pieces}</ofd:TextObject>'
    assert texts(read(tmp_path, of_objects(both)))[0] == "一、重点任务"


def test_text_that_runs_down_a_cell(tmp_path: Path) -> None:
    sheet = Sheet()
    table(
        sheet,
        700,
        [40, 200, 100],
        [[["类别"], ["工作内容"], ["牵头单位"]], [[""], ["修建绿道。", "建设公园。"], ["市园林局"]]],
    )
    down = text_object(23.5, 297 - 700 * 0.3528 + 12.5, "教育", 3.5, steps='DeltaY="3.8"')
    content = ofd([sheet])
    parts = {
        name: zipfile.ZipFile(io.BytesIO(content)).read(name).decode()
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    }
    name = "Doc_0/Pages/Page_0/Content.xml"
    parts[name] = parts[name].replace("</ofd:Layer>", f"{down}</ofd:Layer>")
    assert texts(read(tmp_path, packed(parts)))[1].split("\t")[0].replace("\v", "") == "教育"


def test_a_template_lies_under_or_over_each_of_its_pages(tmp_path: Path) -> None:
    body = [
        page([text_object(30, 100, f"{number}.修建绿道。（市园林局）")], '<ofd:Template TemplateID="7"/>')
        for number in (1, 2, 3)
    ]
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(3))
    common = '<ofd:CommonData><ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
    head = page([text_object(30, 15, "云河市人民政府文件")])
    parts: dict[str, str | None] = {f"Doc_0/Pages/Page_{at}/Content.xml": each for at, each in enumerate(body)}
    parts["Doc_0/Document.xml"] = element("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>")
    parts["Doc_0/Tpls/Tpl_0/Content.xml"] = head
    lines = read(tmp_path, ofd([], parts))
    assert texts(lines) == [f"{number}.修建绿道。（市园林局）" for number in (1, 2, 3)]
    assert [line.text for line in lines if line.aside] == ["云河市人民政府文件"] * 3


def composed(number: int, objects: str) -> str:
    content = f"<ofd:Content>{objects}</ofd:Content>"
    return f'<ofd:CompositeGraphicUnit ID="{number}">{content}</ofd:CompositeGraphicUnit>'


def test_composed_objects_and_ways_of_drawing_come_from_resources(tmp_path: Path) -> None:
    again = '<ofd:CompositeObject ID="9" ResourceID="9" Boundary="0 0 1 1"/>'
    unit, loop = composed(8, text_object(0, 10, TASK)), composed(9, again)
    pens = (
        '<ofd:DrawParam ID="5"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam><ofd:DrawParam ID="6" Relative="5"/>'
    )
    resources = element(
        "Res",
        f"<ofd:CompositeGraphicUnits>{unit}{loop}</ofd:CompositeGraphicUnits><ofd:DrawParams>{pens}</ofd:DrawParams>",
    )
    objects = (
        '<ofd:CompositeObject ID="3" ResourceID="8" Boundary="30 30 90 40"/>',
        again,
        text_object(30, 80, "2.修建码头。（市水利局）", look='DrawParam="6"'),
    )
    before = "<ofd:PageRes>PageRes.xml</ofd:PageRes><ofd:PageRes>没有.xml</ofd:PageRes>"
    lines = read(tmp_path, of_objects(*objects, before=before, parts={"Doc_0/Pages/Page_0/PageRes.xml": resources}))
    assert texts(lines) == [TASK]
    assert [line.text for line in lines if line.aside] == ["2.修建码头。（市水利局）"]


@pytest.mark.parametrize(
    "place", ["/Doc_0/Document.xml", "Doc_0/Document.xml", "./Doc_0/../Doc_0/Document.xml", "doc_0\\document.XML"]
)
def test_parts_are_found_however_their_place_is_written(tmp_path: Path, place: str) -> None:
    root = element("OFD", f"<ofd:DocBody><ofd:DocRoot> {place} </ofd:DocRoot></ofd:DocBody>")
    assert texts(read(tmp_path, of_objects(text_object(30, 30, TASK), parts={"OFD.xml": root}))) == [TASK]


def test_another_prefix_of_names(tmp_path: Path) -> None:
    content = of_objects(text_object(30, 30, TASK))
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = {
        name: package.read(name).decode().replace("ofd:", "x:").replace("xmlns:ofd", "xmlns:x")
        for name in package.namelist()
    }
    assert texts(read(tmp_path, packed(parts))) == [TASK]


def test_several_documents_in_one_package_are_counted_through(tmp_path: Path) -> None:
    second = element("Document", '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>')
    bodies = "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{at}/Document.xml</ofd:DocRoot></ofd:DocBody>" for at in (0, 1))
    parts: dict[str, str | None] = {
        "OFD.xml": element("OFD", bodies),
        "Doc_1/Document.xml": second,
        "Doc_1/P.xml": page([text_object(30, 30, "2.修建码头。（市水利局）")]),
    }
    lines = read(tmp_path, of_objects(text_object(30, 30, TASK), parts=parts))
    assert [(line.text, line.place) for line in lines] == [
        (TASK, Place("方案.ofd", "第1页", 1, 1)),
        ("2.修建码头。（市水利局）", Place("方案.ofd", "第2页", 1, 1)),
    ]


def test_what_is_attached_and_pages_that_are_lost_are_said(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 700, TASK)
    content = ofd([sheet, sheet], {"Doc_0/Pages/Page_1/Content.xml": None})
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: package.read(name).decode() for name in package.namelist()}
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        "</ofd:Document>", "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"
    )
    parts["Doc_0/Attachs/Attachments.xml"] = element(
        "Attachments", '<ofd:Attachment ID="1" Name="分工表" Format="xlsx"/>'
    )
    lines = read(tmp_path, packed(parts))
    assert texts(lines) == [TASK]
    assert [(line.text, line.place.part, line.aside) for line in lines if line.aside] == [
        ("附件“分工表”", "第1页", NOT_READ),
        ("本页缺失或已损坏", "第2页", NOT_READ),
    ]
    (told,) = [each for each in read_plan(lines).findings if each.kind.code == "piece_not_read"]
    assert "第1页第1行“附件“分工表””、第2页第1行“本页缺失或已损坏”" in told.message


def test_seals_and_annotations_are_no_text(tmp_path: Path) -> None:
    document = (
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    )
    body = (
        "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml"
        "</ofd:Signatures></ofd:DocBody>"
    )
    parts: dict[str, str | None] = {
        "OFD.xml": element("OFD", body),
        "Doc_0/Document.xml": element("Document", document),
        "Doc_0/Annots/Annotations.xml": element(
            "Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page>'
        ),
        "Doc_0/Annots/A.xml": element("PageAnnot", text_object(30, 60, "样张")),
    }
    lines = read(tmp_path, of_objects(text_object(30, 30, TASK), parts=parts))
    assert [(line.text, line.aside) for line in lines] == [(TASK, "")]


def test_a_seal_over_the_words_hides_none_of_them(tmp_path: Path) -> None:
    seal = '<ofd:ImageObject ID="4" ResourceID="2" Boundary="25 20 60 60" CTM="60 0 0 60 0 0"/>'
    lines = read(tmp_path, of_objects(text_object(30, 30, TASK), seal))
    assert [(line.text, line.aside) for line in lines] == [(TASK, "")]


DOCUMENT = element("Document", '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>')
DAMAGED = "OFD 已损坏，缺少或打不开其中的“{}”。请重新下载，或用 OFD 阅读器打开后另存一份，再导入。"
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
MANY = element("Document", "<ofd:Pages>" + '<ofd:Page ID="1" BaseLoc="P.xml"/>' * 501 + "</ofd:Pages>")

REFUSED: dict[str, tuple[dict[str, str | None], str]] = {
    "no document": ({"Doc_0/Document.xml": None}, DAMAGED.format("Doc_0/Document.xml")),
    "no body": ({"OFD.xml": element("OFD", "")}, DAMAGED.format("OFD.xml")),
    "a root that is no XML": ({"OFD.xml": "OFD"}, DAMAGED.format("OFD.xml")),
    "a document cut short": ({"Doc_0/Document.xml": DOCUMENT[:90]}, DAMAGED.format("Doc_0/Document.xml")),
    "a document with entities": ({"Doc_0/Document.xml": BOMB}, DAMAGED.format("Doc_0/Document.xml")),
    "no page": (
        {"Doc_0/Pages/Page_0/Content.xml": None},
        "OFD 已损坏。请重新下载，或用 OFD 阅读器打开后另存一份，再导入。",
    ),
    "a page with entities": ({"Doc_0/Pages/Page_0/Content.xml": BOMB}, "OFD 已损坏。请重新下载，"),
    "encrypted": (
        {"Encryptions.xml": element("Encryptions", "")},
        "OFD 设有打开密码或已加密。请用 OFD 阅读器打开，取消密码或加密后另存，再导入。",
    ),
    "too long": ({"Doc_0/Document.xml": MANY}, "OFD 超过 500 页或文字过多。请只保留任务分解部分，另存后再导入。"),
    "a picture": (
        {"Doc_0/Pages/Page_0/Content.xml": page(['<ofd:ImageObject ID="1" Boundary="0 0 210 297"/>'])},
        "OFD 的各页都是图片，没有文字，是扫描件。请先做文字识别（OCR），",
    ),
    "nothing on it": (
        {"Doc_0/Pages/Page_0/Content.xml": page([])},
        "OFD 中没有文字。请核对文件是否完整；能看到文字的，请用 WPS 或 OFD 阅读器打开，另存为 .docx 后再导入。",
    ),
    "glyphs without characters": (
        {"Doc_0/Pages/Page_0/Content.xml": page([text_object(30, 30, "\ue001\ue002\ue003")])},
        "OFD 中的文字无法还原，取出的是乱码。",
    ),
}


@pytest.mark.parametrize(("parts", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, parts: dict[str, Any], message: str) -> None:
    with pytest.raises(DubanError) as caught:
        read(tmp_path, of_objects(text_object(30, 30, TASK), parts=parts))
    assert str(caught.value).startswith(f"无法读取“方案.ofd”：{message}")
    assert str(caught.value).endswith("。")


def test_objects_within_objects_have_a_bound(tmp_path: Path) -> None:
    hundred = '<ofd:CompositeObject ID="1" ResourceID="{0}" Boundary="0 0 1 1"/>' * 100
    units = "".join(composed(at, hundred.format(at + 1)) for at in range(9))
    resources = element("Res", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")
    before = "<ofd:PageRes>PageRes.xml</ofd:PageRes>"
    first = '<ofd:CompositeObject ID="3" ResourceID="0" Boundary="0 0 1 1"/>'
    with pytest.raises(DubanError, match="OFD 超过 500 页或文字过多"):
        read(tmp_path, of_objects(first, before=before, parts={"Doc_0/Pages/Page_0/PageRes.xml": resources}))
