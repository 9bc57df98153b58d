"""Reading a file in a child process, for libraries that may die, hang or swallow all memory on a hostile one.

A crash in a C library cannot be caught; a child that crashes is only a file that cannot be read. Runs
wherever such a library is given a file that nobody has looked into.
"""

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MEMORY = 4 * 1024**3
_SECONDS = 120


class ApartError(Exception):
    """The child died, took too long, or said that it cannot read the file."""

    too_long = False
    """Whether it was still reading when its time was over."""


def read_apart(module: str, data: bytes) -> Any:
    """Give a file to a module run as a program, which ends with ``answer``; what it answered.

    Costs a tenth of a second. Raises ``ApartError`` when there is no answer.
    """
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
    try:
        child = subprocess.run(
            [sys.executable, "-m", module],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        late = ApartError(str(error))
        late.too_long = True
        raise late from error
    if child.returncode:
        raise ApartError(f"exit code {child.returncode}")
    return pickle.loads(child.stdout)


def answer(read: Callable[[bytes], Any], *refusals: type[Exception]) -> int:
    """What the child does: read standard input, write what was read; its exit code."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        found = read(sys.stdin.buffer.read())
    except refusals:
        return 1
    pickle.dump(found, sys.stdout.buffer)
    return 0
