"""What this machine has: versions, fonts, LibreOffice, write access."""

import importlib.metadata
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from reporting.files.carriers import opens_archives
from reporting.files.disk import take_away, write_atomic
from reporting.files.fonts import installed_fonts
from reporting.files.libreoffice import find_libreoffice
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


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``needed`` is true where nothing works without it."""

    what: str
    ok: bool
    says: str
    needed: bool = False


def doctor(root: Path) -> list[Check]:
    """Look at the machine and at the workspace folder; changes nothing that stays."""
    return [
        Check("Python", sys.version_info >= (3, 11), platform.python_version(), needed=True),
        *(_library(name) for name in _LIBRARIES),
        _office_program(),
        _archives(),
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
    found = find_libreoffice()
    says = found or "没有安装；读入 .doc、.wps、.rtf、.odt 格式的方案时才需要"
    return Check("LibreOffice", found is not None, says)


def _archives() -> Check:
    here = opens_archives()
    return Check("RAR、7z 压缩包", here, "能打开" if here else "组件没有安装；收 RAR、7z 压缩包时才需要")


def _fonts() -> list[Check]:
    """Which of the standard's fonts are here (GB/T 9704-2012, 5.2.2); only printing needs them."""
    listed = installed_fonts()
    if listed is None:
        return [Check("公文字体", True, "本系统不能列出字体，请在 Word 中查看")]
    found = {name: any(other in listed for other in others) for name, others in _FONTS.items()}
    return [
        Check(f"字体 {name}", here, "已安装" if here else "没有安装，打开文档时将用其他字体代替")
        for name, here in found.items()
    ]


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
