"""LibreOffice at work on our files: recalculated, saved in other formats, printed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

HAS_LIBREOFFICE = shutil.which("libreoffice") or shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(not HAS_LIBREOFFICE, reason="LibreOffice is not installed")

XLSX = "xlsx:Calc MS Excel 2007 XML"


def convert(folder: Path, to: str, files: Iterable[Path]) -> dict[str, Path]:
    """Let LibreOffice open, recalculate and save many files in one go, with a profile of its own."""
    out = folder / to.partition(":")[0]
    command = [
        *(str(HAS_LIBREOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"),
        *("--convert-to", to, "--outdir", str(out)),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=900)
    return {path.stem: path for path in out.iterdir()}
