"""Writing plan.xlsx over one that somebody may have worked in: what was there is kept beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reporting.files.disk import write_atomic
from reporting.files.os_errors import explain_os_error
from reporting.model.findings import DubanError


def replace_planbook(output: Path, data: bytes, kept_as: str = "") -> list[str]:
    """Write plan.xlsx; one that somebody may have worked in is kept beside it, one that is the same stays.

    ``kept_as`` is the name under which it is kept, where no other file has that name already.
    """
    if not output.exists():
        write_atomic(output, data)
        return []
    try:
        previous = output.read_bytes()
    except OSError as error:
        raise DubanError(
            f"无法读取已有的 {output}：{explain_os_error(error)}。请关闭正在使用它的程序后再运行。"
        ) from error
    if previous == data:
        return [f"{output.name} 与原来的完全相同，没有改动。"]
    digest = hashlib.sha256(previous).hexdigest()[:8]
    kept = output.with_name(kept_as or f"{output.stem}-原有-{digest}{output.suffix}")
    if kept_as and kept.exists() and kept.read_bytes() != previous:
        kept = kept.with_name(f"{kept.stem}-{digest}{kept.suffix}")
    write_atomic(kept, previous)
    write_atomic(output, data)
    return [f"原有的 {output.name} 已另存为 {kept.name}。"]
