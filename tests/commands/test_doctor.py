"""What doctor says of the machine's fonts, on Linux and on Windows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from types import ModuleType, TracebackType
from typing import Self

import pytest

from reporting.files.fonts import lacking_fonts

LISTED = "仿宋,FangSong\nSimSun & NSimSun\nNoto Serif CJK SC\n"


class Key:
    """An open key of the registry."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def windows(monkeypatch: pytest.MonkeyPatch, machine: list[str], user: list[str] | None) -> None:
    """A machine that runs Windows and lists its fonts in the registry."""
    registry = ModuleType("winreg")
    places: dict[str, list[str] | None] = {"machine": machine, "user": user}

    def open_key(place: str, name: str) -> Key:
        found = places[place]
        if found is None or not name.endswith("Fonts"):
            raise FileNotFoundError(2, name)
        return Key(found)

    for name, value in {
        "HKEY_LOCAL_MACHINE": "machine",
        "HKEY_CURRENT_USER": "user",
        "OpenKey": open_key,
        "QueryInfoKey": lambda key: (0, len(key.names), 0),
        "EnumValue": lambda key, at: (key.names[at], "file.ttf", 1),
    }.items():
        setattr(registry, name, value)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(shutil, "which", lambda _: None)


def test_fonts_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=LISTED, stderr="")
    )
    lacking = lacking_fonts(["仿宋", "仿宋_GB2312", "宋体", "方正小标宋简体"])
    assert lacking == ("仿宋_GB2312", "方正小标宋简体")


def test_windows_is_asked_for_the_fonts_of_machine_and_user(monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch, ["SimSun & NSimSun (TrueType)", "FangSong (TrueType)"], ["方正小标宋简体 (TrueType)"])
    assert lacking_fonts(["宋体", "仿宋", "方正小标宋简体", "黑体"]) == ("黑体",)
    windows(monkeypatch, ["SimHei (TrueType)"], None)
    assert lacking_fonts(["宋体", "黑体"]) == ("宋体",)


def test_a_machine_that_cannot_list_its_fonts_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert lacking_fonts(["仿宋_GB2312"]) == ()
