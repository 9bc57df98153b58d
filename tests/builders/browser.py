"""Chromium without a window, for what only a browser can tell of a page."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    not CHROMIUM or importlib.util.find_spec("playwright") is None, reason="Chromium or playwright is not installed"
)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""In a container the user is root, and nobody else's machine is to be asked for anything."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_QUIET])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def shown(browser: Browser, path: Path, width: int = 1280, height: int = 900, *, script: bool = True) -> Iterator[Page]:
    """A page from the disk; it must not complain and must fetch nothing but itself."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    told: list[str] = []
    fetched: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("request", lambda request: fetched.append(request.url))
    try:
        page.goto(path.as_uri())
        yield page
        assert told == []
        assert [each for each in fetched if not each.startswith("data:")] == [path.as_uri()]
    finally:
        context.close()
