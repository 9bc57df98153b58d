"""What goes out: names fit for every system, unchanged files left alone, old ones put aside."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from reporting.files.disk import hash_of, told_why, write_atomic

OUT_RETIRED = "已作废"
OUT_ISSUED, OUT_RETURNED, OUT_REMINDED, OUT_REVIEW, OUT_REPORT = "下发", "退回", "催报", "核定", "汇总"
_MAX_NAME_BYTES = 200
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_DEVICE_NAMES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_name(text: str) -> str:
    """Make a text fit for a file name on every system; long names are cut to fit 200 bytes."""
    name = _UNSAFE_IN_NAMES.sub("_", text).strip(" ._") or "未命名"
    if _DEVICE_NAMES.match(name):
        name = f"_{name}"
    while len(name.encode()) > _MAX_NAME_BYTES:
        name = name[:-1]
    return name


def retire_files(folder: Path, hashes: Mapping[str, str]) -> int:
    """Move files that are still as we wrote them into a folder of their own; gives back how many.

    ``hashes`` has the SHA-256 of each by its name; a file that somebody worked in stays where it is.
    """
    retired = 0
    for name, sha256 in hashes.items():
        path = folder / name
        with told_why(f"无法移动 {path}", "请关闭正在使用它的程序后再运行。"):
            if path.is_file() and hash_of(path) == sha256:
                (folder / OUT_RETIRED).mkdir(exist_ok=True)
                path.replace(folder / OUT_RETIRED / name)
                retired += 1
    return retired


def write_output(path: Path, data: bytes) -> Path:
    """Write one file into the outbox, making its folder; unchanged content is left alone."""
    with told_why(f"无法写入 {path.parent}", "请检查文件夹的写入权限。"):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return path
    write_atomic(path, data)
    return path


def replace_planbook(output: Path, data: bytes, kept_as: str = "") -> list[str]:
    """Write plan.xlsx; one that somebody may have worked in is kept beside it, one that is the same stays.

    ``kept_as`` is the name under which it is kept, where no other file has that name already.
    """
    if not output.exists():
        write_atomic(output, data)
        return []
    with told_why(f"无法读取已有的 {output}", "请关闭正在使用它的程序后再运行。"):
        previous = output.read_bytes()
    if previous == data:
        return [f"{output.name} 与原来的完全相同，没有改动。"]
    digest = hashlib.sha256(previous).hexdigest()[:8]
    kept = output.with_name(kept_as or f"{output.stem}-原有-{digest}{output.suffix}")
    if kept_as and kept.exists() and kept.read_bytes() != previous:
        kept = kept.with_name(f"{kept.stem}-{digest}{kept.suffix}")
    write_atomic(kept, previous)
    write_atomic(output, data)
    return [f"原有的 {output.name} 已另存为 {kept.name}。"]
