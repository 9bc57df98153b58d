"""What this machine has: versions, fonts, LibreOffice, write access. For ``doctor``."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reporting.documents.standard import Judged, judge
from reporting.documents.standard.document import Document
from reporting.documents.standard.read import read_layout
from reporting.files.disk import take_away, write_atomic
from reporting.model.findings import DubanError
from reporting.office.workspace import SETTINGS_FILE, Workspace, bundled

_LIBRARIES = (
    "openpyxl",
    "pandas",
    "pandera",
    "python-calamine",
    "docxtpl",
    "filelock",
    "SQLAlchemy",
    "pydantic",
    "tomlkit",
    "typer",
)
_FONTS = {
    "方正小标宋简体": ("方正小标宋", "FZXiaoBiaoSong", "华文中宋", "STZhongsong"),
    "仿宋_GB2312": ("仿宋", "FangSong", "FZFangSong"),
    "黑体": ("黑体", "SimHei", "FZHei"),
    "楷体_GB2312": ("楷体", "KaiTi", "FZKai"),
    "宋体": ("宋体", "SimSun", "NSimSun"),
}


_LATIN_NAMES = {
    "仿宋": "FangSong",
    "仿宋_GB2312": "FangSong_GB2312",
    "黑体": "SimHei",
    "楷体": "KaiTi",
    "楷体_GB2312": "KaiTi_GB2312",
    "宋体": "SimSun",
    "华文中宋": "STZhongsong",
}
"""What a system that lists its fonts in English calls those of a document."""
_FONT_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``needed`` is true where nothing works without it."""

    what: str
    ok: bool
    says: str
    needed: bool = False


def examine(root: Path) -> list[Check]:
    """Look at the machine and at the workspace folder; changes nothing that stays."""
    return [
        Check("Python", sys.version_info >= (3, 11), platform.python_version(), needed=True),
        *(_library(name) for name in _LIBRARIES),
        _office_program(),
        *_fonts(),
        *_templates(root),
        _writable(root),
    ]


def _library(name: str) -> Check:
    try:
        return Check(name, True, importlib.metadata.version(name), needed=True)
    except importlib.metadata.PackageNotFoundError:
        return Check(name, False, "没有安装，请重新运行安装命令", needed=True)


def _office_program() -> Check:
    found = shutil.which("libreoffice") or shutil.which("soffice")
    says = found or "没有安装；只影响程序自身的测试，不影响使用"
    return Check("LibreOffice", found is not None, says)


def _fonts() -> list[Check]:
    """Which of the standard's fonts are here (GB/T 9704-2012, 5.2.2); only printing needs them."""
    listed = _installed_fonts()
    if listed is None:
        return [Check("公文字体", True, "本系统不能列出字体，请在 Word 中查看")]
    found = {name: any(other in listed for other in others) for name, others in _FONTS.items()}
    return [
        Check(f"字体 {name}", here, "已安装" if here else "没有安装，打开文档时将用其他字体代替")
        for name, here in found.items()
    ]


def lacking_fonts(names: Iterable[str]) -> tuple[str, ...]:
    """Which fonts are not installed here, sorted; none where the machine cannot list its fonts."""
    listed = _installed_fonts()
    if listed is None:
        return ()
    return tuple(sorted(name for name in names if not {name, _LATIN_NAMES.get(name, name)} & _names(listed)))


def _names(listed: str) -> frozenset[str]:
    """The single names in a list of fonts: SimSun & NSimSun (TrueType) are two."""
    return frozenset(name.strip() for name in re.split(r"[,&\n]|\(.*?\)", listed))


def _installed_fonts() -> str | None:
    """The names of all fonts of the machine, or None where it cannot list them."""
    lister = shutil.which("fc-list")
    if lister is None:
        return _registered_fonts()
    try:
        listed = subprocess.run(
            [lister, ":", "family"], capture_output=True, text=True, encoding="utf-8", check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return listed.stdout


def _registered_fonts() -> str | None:
    """The fonts Windows knows, those of the machine and those of the user; None where there are none."""
    if sys.platform != "win32":
        return None
    import winreg

    names: list[str] = []
    for place in ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"):
        try:
            with winreg.OpenKey(getattr(winreg, place), _FONT_KEY) as key:
                names += [winreg.EnumValue(key, at)[0] for at in range(winreg.QueryInfoKey(key)[1])]
        except OSError:  # a user without fonts of their own
            continue
    return "\n".join(names) or None


def _templates(root: Path) -> list[Check]:
    """Whether the templates an office restyled can be filled; those of the program always can."""
    from reporting.documents.filling.page import examine_page
    from reporting.documents.filling.word import examine_template

    workspace = Workspace(root)
    if not (root / SETTINGS_FILE).exists():
        return []
    checks = []
    lay_beside = {".docx": examine_template, ".html": examine_page}
    for pattern in sorted(bundled("templates").iterdir()):
        if pattern.suffix not in lay_beside:
            continue
        try:
            own = workspace.template(pattern.name)
            says = "" if own == pattern else lay_beside[pattern.suffix](own, pattern)
        except DubanError as error:
            says = str(error)
        checks.append(Check(f"模板 {pattern.name}", not says, says or "可以使用"))
    return checks


def _writable(root: Path) -> Check:
    trial = root / ".duban-trial"
    try:
        write_atomic(trial, b"")
        take_away(trial)
    except (DubanError, OSError) as error:
        return Check("写入权限", False, str(error), needed=True)
    return Check("写入权限", True, f"可以写入 {root.resolve()}", needed=True)


def check_layout(path: Path) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """Lay a document beside GB/T 9704-2012: what came of each clause, and its fonts that are not here.

    Raises ``DubanError`` with a sentence when the file is no Word document that can be read.
    """
    document = read_layout(path)
    return judge(document), lacking_fonts(_fonts_named(document))


def _fonts_named(document: Document) -> frozenset[str]:
    """The East Asian fonts that print anything."""
    return frozenset(
        run.east_asian
        for paragraph in document.everything
        for run in paragraph.runs
        if run.has_hanzi and run.east_asian
    )
