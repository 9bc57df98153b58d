"""LibreOffice, where the machine has it: old formats turned into those we read, in a child that cannot do harm.

A file from outside is opened by a large program. It gets a folder of its own with a fresh profile in which no
macro runs, no link is followed and no page is fetched; time, memory and what it writes are bounded; in the end
it is gone with all its children.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

_SECONDS = 120
_MEMORY = 4 * 1024**3
_MOST_WRITTEN = 256 * 1024 * 1024
_BOUNDED = (
    "/bin/sh",
    "-c",
    f'ulimit -c 0; ulimit -v {_MEMORY // 1024}; ulimit -f {_MOST_WRITTEN // 512}; exec "$@"',
    "sh",
)
"""What sets the bounds and then becomes the program; one that a system does not know stays as it is."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
"""Where macOS and Windows have it, which do not put it on the path."""
_NOWHERE = "127.0.0.1"
_PROFILE = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Load", "UserDefinedSettings", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{each}ProxyName", _NOWHERE) for each in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{each}ProxyPort", "9") for each in ("HTTP", "HTTPS", "FTP")),
)
"""No macros, no links, and a proxy that nobody answers at: where each setting lies, its name, its value."""


class ConversionError(Exception):
    """Nothing came out; the text says why as a Chinese clause."""


def find_libreoffice() -> str | None:
    """The program, or None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def convert_document(content: bytes, suffix: str, to: str) -> bytes:
    """A document in another format: ``suffix`` is what its bytes are, ``to`` what is wanted, both as in names.

    Takes some seconds. Raises ``ConversionError`` when LibreOffice is not there or cannot open it.
    """
    program = find_libreoffice()
    if program is None:
        raise ConversionError("本机没有安装 LibreOffice")
    with tempfile.TemporaryDirectory(prefix="duban-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        settings = _PROFILE.format("".join(_ITEM.format(*each) for each in _SETTINGS))
        (profile / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        source = folder / f"document.{suffix}"
        source.write_bytes(content)
        options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
        command = [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *options),
            *("--convert-to", to, "--outdir", str(folder / "out"), str(source)),
        ]
        _run(command, folder)
        made = folder / "out" / f"document.{to}"
        if not made.is_file() or not 0 < made.stat().st_size <= _MOST_WRITTEN:
            raise ConversionError("LibreOffice 也打不开")
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run to the end or to the end of its time; whatever it started ends with it."""
    nowhere = {f"{each}_proxy": f"http://{_NOWHERE}:9" for each in ("http", "https", "ftp", "all")}
    own = {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder), "SAL_USE_VCLPLUGIN": "svp", "no_proxy": ""}
    try:
        child = subprocess.Popen(
            [*_BOUNDED, *command] if os.name == "posix" else command,
            cwd=folder,
            env=os.environ | own | nowhere,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ConversionError("LibreOffice 启动不了") from error
    try:
        child.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(f"LibreOffice 转换超过 {_SECONDS} 秒，已经停止") from error
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child and all that it started."""
    if sys.platform == "win32":
        if child.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
