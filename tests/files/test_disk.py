"""A write is whole or not at all, and a refusal names the file and the way out."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from reporting.files.disk import write_atomic
from reporting.model.findings import DubanError


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "任务.xlsx"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["任务.xlsx"]  # noqa: PTH208 - hidden leftovers would show here


def test_a_name_as_long_as_the_disk_allows_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("督" * 83 + ".xlsx")
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DubanError, match=r"无法写入“plan\.xlsx”：磁盘空间已满"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["plan.xlsx"]  # noqa: PTH208


def test_a_file_held_open_by_excel_is_said_to_be_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")

    def held(_self: Path, _target: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(DubanError, match="正在 Excel 或 WPS 中打开"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DubanError, match=r"文件夹“.*没有”不存在"):
        write_atomic(tmp_path / "没有" / "plan.xlsx", b"x")


def test_a_folder_of_the_same_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").mkdir()
    with pytest.raises(DubanError, match="已有同名文件夹"):
        write_atomic(tmp_path / "plan.xlsx", b"x")
