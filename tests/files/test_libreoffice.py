"""LibreOffice converts in a child that is bounded, gets nothing from the network and leaves nothing behind."""

from __future__ import annotations

import io
import os
import socket
import threading
import time
import zipfile
from pathlib import Path

import pytest
from builders.libreoffice import needs_libreoffice

from reporting.files import libreoffice
from reporting.files.libreoffice import ConversionError, convert_document, find_libreoffice

posix = pytest.mark.skipif(os.name != "posix", reason="a script of the shell stands for LibreOffice")


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let a script be what is found as LibreOffice; $out is where the result must stand."""
    program = folder / "soffice"
    head = '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done; out="$2"; source="$3"; mkdir -p "$out"\n'
    program.write_text(head + script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    assert find_libreoffice() == str(program)


@posix
def test_what_it_writes_is_given_back_and_its_folder_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, f'(cat "$source"; pwd) > "$out/document.docx"; pwd > {tmp_path}/where')
    assert convert_document(b"words ", "doc", "docx").startswith(b"words /")
    assert not Path((tmp_path / "where").read_text().strip()).exists()


@posix
def test_its_profile_runs_no_macros_and_follows_no_links(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, 'cat profile/user/registrymodifications.xcu > "$out/document.docx"')
    profile = convert_document(b"", "doc", "docx").decode()
    for name, value in (("MacroSecurityLevel", "3"), ("DisableMacrosExecution", "true"), ("Link", "2")):
        assert f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>' in profile


@posix
def test_one_that_takes_too_long_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(libreoffice, "_SECONDS", 0.5)
    with pytest.raises(ConversionError, match=r"^LibreOffice 转换超过 0.5 秒，已经停止$"):
        convert_document(b"", "doc", "docx")
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + 5
    while time.monotonic() < until and _lives(child):
        time.sleep(0.05)
    assert not _lives(child)


def _lives(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@posix
@pytest.mark.parametrize("script", ["exit 1", 'touch "$out/document.docx"', 'echo x > "$out/document.odt"'])
def test_one_that_writes_nothing_could_not_open_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    stand_in(monkeypatch, tmp_path, script)
    with pytest.raises(ConversionError, match=r"^LibreOffice 也打不开$"):
        convert_document(b"", "doc", "docx")


@posix
def test_it_cannot_fill_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, 'ulimit -f > "$out/document.docx"; ulimit -v >> "$out/document.docx"')
    written, memory = convert_document(b"", "doc", "docx").split()
    assert (int(written), int(memory)) == (524_288, 4 * 1024 * 1024)


def test_where_there_is_none_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    with pytest.raises(ConversionError, match=r"^本机没有安装 LibreOffice$"):
        convert_document(b"", "doc", "docx")


PACKED = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{url}" xlink:type="simple"/><text:p>x</text:p>
</text:section><text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="{url}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document-content>"""
MANIFEST = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/"
 m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml"
 m:media-type="text/xml"/></m:manifest>"""
RICH = (
    r'{{\rtf1\ansi {{\field{{\*\fldinst INCLUDEPICTURE "{url}" \\d}}{{\fldrslt x}}}} '
    r'{{\field{{\*\fldinst INCLUDETEXT "{url}"}}{{\fldrslt y}}}}}}'
)


def packed(content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", MANIFEST)
    return data.getvalue()


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["odt", "rtf"])
def test_a_document_that_links_to_a_page_fetches_nothing(suffix: str) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                asked.append(connection.recv(100))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        content = packed(PACKED.format(url=url)) if suffix == "odt" else RICH.format(url=url).encode()
        assert convert_document(content, suffix, "docx").startswith(b"PK")
    assert asked == []
