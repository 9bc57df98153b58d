"""The page in a browser: filtered, sorted, by keyboard, on a phone, printed, read aloud, and attacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders.browser import chromium, needs_chromium, shown
from builders.dashboard import HOSTILE, hostile, made, reviewed
from builders.samples import CREATE, PROTECT, SUPPORT, five_tasks
from builders.year import a_line, a_report, a_unit, consolidate

from reporting.model import UnitState

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, needs_chromium]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "2026年度任务看板.html"
    file.write_bytes(made(five_tasks(), reviewed(five_tasks())))
    return file


def tasks(page: Page) -> list[str]:
    """The numbers of the tasks in sight, from the top to the bottom."""
    rows = page.locator("#task-table tbody tr:visible")
    return [str(each.get_attribute("data-task")) for each in rows.all()]


def told(page: Page) -> str:
    return page.locator("#shown").inner_text()


# ---- filters ---------------------------------------------------------------------------------------


def test_filters_narrow_the_table_and_tell_how_many_are_left(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        assert told(page) == "共5项任务。"
        page.get_by_label("类别").select_option(label=PROTECT)
        assert tasks(page) == ["3", "4", "5-1"]
        assert told(page) == "共5项任务，显示3项。"
        page.get_by_label("单位（牵头或配合）").select_option(label="市财政局")
        assert tasks(page) == ["3", "4"]
        page.get_by_label("完成状态").select_option(label="未报送")
        assert tasks(page) == ["4"]
        page.get_by_role("button", name="清除筛选").click()
        page.get_by_text("共5项任务。").wait_for()
        assert tasks(page) == ["1", "2", "3", "4", "5-1"]
        page.get_by_label("只看滞后和未完成").check()
        assert tasks(page) == ["2", "3"]


def test_text_is_found_in_what_units_wrote_whatever_its_width_and_case(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        box = page.get_by_label("文字")
        box.fill("３６０万元　财政")
        page.get_by_text("显示1项").wait_for()
        assert tasks(page) == ["1"]
        hint = "number => getComputedStyle(document.querySelector(`#task-${number} summary`), '::after').content"
        assert page.evaluate(hint, "1") == '"，其中有要找的文字"'
        box.fill("地理标志")
        page.locator("#task-2").wait_for()
        assert tasks(page) == ["2"]
        assert page.evaluate(hint, "2") == "none"
        box.fill("没有这样的文字")
        page.get_by_text("没有符合条件的任务。").wait_for()
        assert tasks(page) == []
        box.fill("")
        page.get_by_text("共5项任务。", exact=True).wait_for()


# ---- sorting ---------------------------------------------------------------------------------------

BY_COLUMN = {
    "编号": (["1", "2", "3", "4", "5-1"], ["5-1", "4", "3", "2", "1"]),
    "类别": (["1", "2", "3", "4", "5-1"], ["3", "4", "5-1", "1", "2"]),
    "完成状态": (["1", "2", "3", "5-1", "4"], ["4", "5-1", "3", "2", "1"]),
    "进度": (["3", "2", "1", "4", "5-1"], ["1", "2", "3", "4", "5-1"]),
    "考评得分": (["3", "4", "2", "1", "5-1"], ["1", "2", "3", "4", "5-1"]),
}
"""Blanks stand last either way, and what is equal keeps the order of the plan."""


@pytest.mark.parametrize("heading", BY_COLUMN)
def test_a_heading_sorts_up_then_down_and_says_so(browser: Browser, path: Path, heading: str) -> None:
    with shown(browser, path) as page:
        table = page.locator("#task-table")
        button = table.get_by_role("button", name=heading, exact=True)
        column = table.get_by_role("columnheader", name=heading, exact=True)
        for way, words, expected in zip(
            ("descending", "ascending") if heading == "编号" else ("ascending", "descending"),
            ("降序", "升序") if heading == "编号" else ("升序", "降序"),
            BY_COLUMN[heading][:: -1 if heading == "编号" else 1],
            strict=True,
        ):
            button.click()
            assert column.get_attribute("aria-sort") == way
            assert table.locator("[aria-sort]").count() == 1
            assert tasks(page) == expected
            assert told(page) == f"已按{heading}{words}排列，共5项任务。"


def test_every_column_of_every_list_sorts(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        for table in page.locator("table.sortable").all():
            buttons = table.get_by_role("button")
            fixed = table.locator("thead th[data-fixed]").count()
            assert buttons.count() == table.locator("thead th").count() - fixed
            before = sorted(table.locator("tbody tr").all_inner_texts())
            for button in buttons.all():
                button.click()
                assert sorted(table.locator("tbody tr").all_inner_texts()) == before
            assert table.locator("tfoot").count() == table.locator("tbody ~ tfoot").count()


HEADINGS = ["编号", "类别", "工作内容", "牵头单位", "完成时限", "完成状态", "进度", "核定状态", "考评得分"]


# ---- keyboard and screen reader ----------------------------------------------------------------------


def test_everything_can_be_done_by_keyboard(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到任务一览"
        assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "filter-text"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.type("地理标志")
        page.get_by_text("显示1项").wait_for()
        seen = []
        for _ in range(15):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 8)"))
        assert [each for each in seen if each in HEADINGS] == HEADINGS
        assert seen[-1].startswith("各单位填报内容")
        page.keyboard.press("Enter")
        assert page.get_by_text("核准周期较长。").is_visible()


def test_the_accessibility_tree_names_landmarks_tables_and_controls(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        tree = page.locator("body").aria_snapshot()
        for line in (
            "- banner:",
            '- navigation "本页内容"',
            "- main:",
            '- region "一、总体情况"',
            '- search "筛选任务"',
            '- searchbox "文字"',
            '- combobox "类别"',
            '- combobox "单位（牵头或配合）"',
            '- combobox "完成状态"',
            '- checkbox "只看滞后和未完成"',
            '- table "任务一览，每项任务一行"',
            '- img "完成1项，滞后1项"',
            "- contentinfo:",
        ):
            assert line in tree, line
        assert re.search(r"- status: 共5项任务。", tree)


CONTRAST = """
() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = parts(color).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (parts(color).length === 3) { return color; }
    }
    return "rgb(255, 255, 255)";
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = Array.from(node.childNodes).some((each) => each.nodeType === 3 && each.data.trim());
    if (!own || !node.checkVisibility() || ["SCRIPT", "STYLE"].includes(node.tagName)) { continue; }
    const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) { poor.push(node.tagName + ": " + node.textContent.trim()); }
  }
  return poor;
}
"""


def test_every_text_has_the_contrast_that_wcag_aa_asks_for(browser: Browser, path: Path) -> None:
    with shown(browser, path) as page:
        assert page.evaluate(CONTRAST) == []


# ---- phone, paper, no script -------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["plain", "hostile"])
def test_no_width_makes_the_page_scroll_sideways(browser: Browser, path: Path, tmp_path: Path, words: str) -> None:
    file = path
    if words == "hostile":
        file = tmp_path / "hostile.html"
        file.write_bytes(made(hostile(), reviewed(hostile())))
    with shown(browser, file) as page:
        page.locator("details").first.locator("summary").first.click()
        for width in (320, 360, 414, 768, 960, 961, 1024, 1184, 1185, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_nothing_out_of_sight_takes_the_focus(browser: Browser, path: Path) -> None:
    with shown(browser, path, 360, 740) as page:
        assert page.get_by_role("button").all_inner_texts() == ["清除筛选"]


def test_on_a_phone_the_table_is_sorted_from_a_list(browser: Browser, path: Path) -> None:
    with shown(browser, path, 360, 740) as page:
        page.get_by_label("排序").select_option(label="进度降序")
        assert tasks(page) == ["1", "2", "3", "4", "5-1"]
        page.get_by_label("排序").select_option(label="进度升序")
        assert tasks(page) == ["3", "2", "1", "4", "5-1"]
        row = page.locator("#task-table tbody tr").first
        assert row.get_by_role("cell").count() == 8
        assert "未启动" in row.inner_text()


def printed(page: Page, folder: Path) -> tuple[list[Any], list[str]]:
    """The sizes of the pages in points, and their texts."""
    import pypdfium2

    file = folder / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(file)
    try:
        sizes = [tuple(round(each) for each in document.get_page_size(at)) for at in range(len(document))]
        texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    finally:
        document.close()
    return sizes, texts


def test_it_prints_on_a4_without_its_controls_and_with_headings_on_every_page(browser: Browser, tmp_path: Path) -> None:
    lines = tuple(
        a_line(each.task, each.status, each.progress, *each.reports) for each in five_tasks().tasks for _ in range(40)
    )
    file = tmp_path / "long.html"
    file.write_bytes(made(consolidate(lines)))
    with shown(browser, file) as page:
        page.get_by_label("只看滞后和未完成").check()
        sizes, texts = printed(page, tmp_path)
    assert set(sizes) == {(595, 842)}
    whole = "\n".join(texts)
    assert "清除筛选" not in whole
    assert "筛选条件：滞后和未完成；共200项任务，列出80项。" in whole.replace("\r\n", "")
    listing = [text for text in texts if "新增地理标志商标3件" in text]
    assert len(listing) >= 2
    assert all("工作内容" in text and "牵头单位" in text for text in listing)
    assert all(f"— {number} —" in text for number, text in enumerate(texts, start=1))


def test_without_script_everything_is_there(browser: Browser, path: Path) -> None:
    with shown(browser, path, script=False) as page:
        assert tasks(page) == ["1", "2", "3", "4", "5-1"]
        assert not page.get_by_role("button", name="清除筛选").is_visible()
        assert page.locator("#task-table thead").get_by_role("button").count() == 0
        page.locator("details.words > summary").nth(1).click()
        assert page.get_by_text("核准周期较长。").is_visible()


# ---- hostile words, large years ----------------------------------------------------------------------


def test_what_a_unit_wrote_is_shown_and_never_run(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_bytes(made(hostile(), reviewed(hostile())))
    with shown(browser, file) as page:
        assert page.locator("h1").inner_text().replace("\n", "").find("<script>alert(1)</script>") > 0
        page.get_by_label("单位（牵头或配合）").select_option(label=HOSTILE)
        page.get_by_label("文字").fill("onerror=alert(2)")
        page.get_by_text("共1项任务。", exact=True).wait_for()
        assert tasks(page) == [HOSTILE]


def test_the_policy_stops_what_a_careless_template_would_let_through(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "careless.html"
    attack = b'<script>document.title = "taken"</script><img src="x" onerror="document.title = 1">'
    file.write_bytes(made(five_tasks()).replace(b"<main>", b"<main>" + attack))
    from playwright.sync_api import Error

    page = browser.new_page()
    try:
        page.goto(file.as_uri())
        assert "任务看板" in page.title()
        with pytest.raises(Error):
            page.evaluate("() => fetch('https://example.org/')")
    finally:
        page.close()


def test_two_hundred_tasks_filter_at_once(browser: Browser, tmp_path: Path) -> None:
    units = [f"第{number}局" for number in range(1, 81)]
    (model,) = (line.task for line in five_tasks().tasks if line.task.number == "2")
    from dataclasses import replace

    lines = tuple(
        a_line(
            replace(model, number=str(n), lead=(units[n % 80],), support=tuple(units)),
            "滞后" if n % 10 == 0 else "已完成",
            50,
            *(a_report(unit, SUPPORT, "已完成", 100, result=f"{unit}推进{n}。" * 5) for unit in units),
        )
        for n in range(1, 201)
    )
    file = tmp_path / "large.html"
    members = tuple(a_unit(n, unit, UnitState.ACCEPTED, lines) for n, unit in enumerate(units, start=1))
    file.write_bytes(made(consolidate(lines, members)))
    with shown(browser, file) as page:
        page.get_by_label("文字").fill("第80局推进200")
        page.get_by_text("共200项任务，显示1项。").wait_for(timeout=10_000)
        page.get_by_label("文字").fill("")
        page.get_by_label("只看滞后和未完成").check()
        assert told(page) == "共200项任务，显示20项。"
        assert CREATE in page.locator("#category-table").inner_text()
