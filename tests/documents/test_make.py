"""One way for every document: the workspace's own template, and what it leaves out is told whoever writes."""

from __future__ import annotations

import io
import shutil
from datetime import datetime
from pathlib import Path

import docx
import pytest
from builders.year import ROOT, make_workspace

from reporting.documents import Output, gather
from reporting.documents.filling.make import make_document
from reporting.ledger.letters import Sending
from reporting.model import LetterKind
from reporting.model.findings import DubanError
from reporting.office.outbox import OUT_REMINDED
from reporting.office.workspace import Workspace

SHORT = Output("短函", "短函.docx", lambda: {})
CONTEXT = {"title": "关于某事的函", "number": "澜督〔2026〕3号"}


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """A workspace with a template of its own that was restyled before letters had numbers."""
    workspace = make_workspace(tmp_path / "工作台")
    letter = docx.Document()
    letter.add_paragraph("{{ title }}")
    letter.save(str(workspace.root / "templates" / SHORT.template))
    return workspace


def test_the_document_says_what_the_context_says(office: Workspace) -> None:
    made = make_document(office, SHORT, CONTEXT)
    assert [each.text for each in docx.Document(io.BytesIO(made.data)).paragraphs] == ["关于某事的函"]


def test_what_the_template_leaves_out_is_told_once_for_all_letters_of_a_run(office: Workspace) -> None:
    sending = Sending(office, OUT_REMINDED, datetime(2026, 12, 18, 12))
    for unit in ("市教育局", "市司法局"):
        made = make_document(office, SHORT, CONTEXT)
        sending.put(LetterKind.REMINDER, unit, f"{unit}.docx", made.data, notes=made.notes)
    (note,) = sending.notes
    assert note.startswith("Word 模板“短函.docx”没有后来增加的 {{ number }}，这些内容不会印出")
    assert make_document(office, SHORT, CONTEXT | {"number": ""}).notes == ()


def test_a_template_that_lacks_more_stops_the_command(office: Workspace) -> None:
    with pytest.raises(DubanError, match=r"短函\.docx”缺少必需的内容：\{\{ due \}\}"):
        make_document(office, SHORT, CONTEXT | {"due": "12月20日"})


def test_the_templates_of_the_program_serve_every_document(tmp_path: Path) -> None:
    root = tmp_path / "工作台"
    shutil.copytree(ROOT / "templates", root / "templates")
    assert {each.template for each in gather() if not (root / "templates" / each.template).is_file()} == set()
