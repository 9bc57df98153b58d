"""The fonts of this machine, by whatever names it knows them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable

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


def lacking_fonts(names: Iterable[str]) -> tuple[str, ...]:
    """Which fonts are not installed here, sorted; none where the machine cannot list its fonts."""
    listed = installed_fonts()
    if listed is None:
        return ()
    return tuple(sorted(name for name in names if not {name, _LATIN_NAMES.get(name, name)} & _names(listed)))


def _names(listed: str) -> frozenset[str]:
    """The single names in a list of fonts: SimSun & NSimSun (TrueType) are two."""
    return frozenset(name.strip() for name in re.split(r"[,&\n]|\(.*?\)", listed))


def installed_fonts() -> str | None:
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
