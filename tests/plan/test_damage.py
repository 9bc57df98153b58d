"""Damage that must not change how a plan reads: other widths, other lines, pages, misprints, furniture."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from builders.laws import examples
from builders.notations import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from reporting.model import Line, Place
from reporting.plan.reading.plan import read_plan
from reporting.plan.reading.run_on import part_run_on

BODY = "完善服务网络，健全工作机制，推动各项措施落实到位，建成示范站点20个，不断提高群众满意度"


def long_plan(end: str) -> list[str]:
    """Paragraphs of a plan whose tasks close with units written in one of several ways."""
    return [
        "澜川市2026年社区服务工作要点",
        "一、重点任务",
        *(f"{number}.{BODY[:17]}。{BODY[number:]}。{end}" for number in range(1, 9)),
        "二、保障措施（列首位的为牵头单位，排在第一位的部门为牵头部门）",
        *(f"{number}.{BODY[number:]}，{BODY}。{end}" for number in range(9, 16)),
    ]


ENDS = (
    "（牵头单位：市民政局；配合单位：市财政局、市住房和城乡建设局，各区人民政府等有关部门）",
    "（市民政、财政、人力资源和社会保障局按职责分工负责；2026年11月底前完成）",
    "（市民政局、市财政局，各区人民政府）",
)


def gist(texts: list[str]) -> list[tuple[str, ...]]:
    """What a plan says, without blanks."""
    lines = [Line(text, Place("计划.txt", "", row, 1)) for row, text in enumerate(texts, 1)]
    tasks = read_plan(lines).plan.tasks
    return [
        tuple(
            "".join(str(part).split())
            for part in (task.number, *task.path, task.content, task.lead, task.support, task.deadline)
        )
        for task in tasks
    ]


def wrapped(texts: list[str], width: int) -> list[str]:
    return [text[start : start + width] for text in texts for start in range(0, len(text), width)]


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
@pytest.mark.parametrize("width", range(16, 64, 3))
def test_a_plan_reads_alike_wherever_its_lines_are_broken(width: int, end: str) -> None:
    texts = long_plan(end)
    assert len(gist(texts)) == 15
    assert gist(wrapped(texts, width)) == gist(texts)


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
@given(page=st.integers(5, 40), width=st.integers(20, 45), form=st.sampled_from(["— {} —", "{}", "-{}-", "第{}页"]))
@examples(25)
def test_page_numbers_between_the_lines_change_nothing(end: str, page: int, width: int, form: str) -> None:
    texts = long_plan(end)
    with_pages: list[str] = []
    for row, text in enumerate(wrapped(texts, width), 1):
        with_pages.append(text)
        if row % page == 0:
            with_pages.extend(["", form.format(row // page), ""])
    assert gist(with_pages) == gist(texts)


HALF_WIDTH = str.maketrans("（）：；，", "():;,")


@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
def test_half_and_full_width_punctuation_read_alike(end: str) -> None:
    texts = long_plan(end)
    halved = gist([text.translate(HALF_WIDTH) for text in texts])
    whole = [tuple(part.translate(HALF_WIDTH) for part in row) for row in gist(texts)]
    assert halved == whole


# Misprints and what stands around


Texts = list[str]


def each(pattern: str, exchange: str, every: int = 1) -> Callable[[Texts], Texts]:
    """Exchange what a pattern finds, in every text or in every so many of those that show it."""

    def damage(texts: Texts) -> Texts:
        found = 0
        damaged = []
        for text in texts:
            found += re.search(pattern, text) is not None
            damaged.append(re.sub(pattern, exchange, text) if found % every == 0 else text)
        return damaged

    return damage


def indented(texts: Texts) -> Texts:
    """Each paragraph moved in by two characters and wrapped, as a page prints it."""
    return wrapped([f"　　{text}" for text in texts], 28)


def in_pages(*between: str) -> Callable[[Texts], Texts]:
    """Wrapped, with lines of a page's head and foot after every twelve lines."""

    def damage(texts: Texts) -> Texts:
        pages: Texts = []
        for row, text in enumerate(indented(texts), 1):
            pages.append(text)
            if row % 12 == 0:
                pages.extend(line.format(row // 12) for line in between)
        return pages

    return damage


def with_furniture(texts: Texts) -> Texts:
    """A page of a web site around the plan."""
    before = ["首页 > 政务公开 > 计划总结", "索引号：000011/2026-00042", "【字体：大 中 小】 打印 关闭"]
    return [*before, *texts, "上一篇：没有了", "下一篇：关于召开会议的通知", "版权所有 网站地图 备案号"]


def numbered_pages(texts: Texts) -> Texts:
    """All text in pieces of one length, numbered 1、2、3、, as some sites give it away."""
    text = " ".join(texts)
    pieces = [text[start : start + 260] for start in range(0, len(text), 260)]
    return [f"{number}、{piece}" for number, piece in enumerate(pieces, 1)]


VERTICAL = str.maketrans("，。；：（）", "︐︒︔︓︵︶")
RADICALS = str.maketrans("民大人行工心一立方日月", "⺠⼤⼈⾏⼯⼼⼀⽴⽅⽇⽉")


def in_one_sign(texts: Texts) -> Texts:
    """⒈ for 1., where there is such a sign."""
    return [re.sub(r"^(\d+)\.", lambda found: chr(0x2487 + int(found[1])), text) for text in texts]


DAMAGES: dict[str, Callable[[Texts], Texts]] = {
    "empty lines": lambda texts: [line for text in texts for line in (text, "", "")],
    "indented and wrapped": indented,
    "page numbers between dashes": in_pages("— {} —"),
    "page numbers between dots": in_pages("", "· {} ·", ""),
    "pages of pages": in_pages("第 {} 页 共 9 页"),
    "head and number on each page": in_pages("澜川市人民政府公报 2026年第3期", "{}"),
    "number in the head of each page": in_pages("澜川市人民政府公报 · {}"),
    "furniture of a web page": with_furniture,
    "other marks after numbers": each(r"^(\d+)\.", r"\1、"),
    "full-width marks after numbers": each(r"^(\d+)\.", r"\1．"),
    "two marks after some numbers": each(r"^(\d+)\.", r"\1..", every=4),
    "no mark after some numbers": each(r"^(\d+)\.", r"\1", every=4),
    "only a blank after some numbers": each(r"^(\d+)\.", r"\1 ", every=3),
    "square brackets": each(r"^(\d.*)（(.*)）$", r"\1[\2]"),
    "brackets that do not match": each(r"^(\d.*)（(.*)）$", r"\1〔\2]"),
    "a closing bracket lost": each(r"^(\d.*)）$", r"\1", every=5),
    "an opening bracket lost": each(r"。（(?=[^。]*）$)", "。", every=5),
    "a full stop after the bracket": each(r"）$", "）。"),
    "unseen characters": each(r"(?<=[务市])", "\u200b"),
    "half-width marks": each("、", "､"),
    "vertical marks": lambda texts: [text.translate(VERTICAL) for text in texts],
    "radicals in place of characters": lambda texts: [text.translate(RADICALS) for text in texts],
    "marks of direction": each("^", "\u202a"),
    "blanks of old input methods": each("^", "\ue5e5\ue5e5"),
    "numbers with their mark in one sign": in_one_sign,
}


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_changes_nothing(damage: str, end: str) -> None:
    texts = long_plan(end)
    damaged = DAMAGES[damage](texts)
    assert damaged != texts
    assert gist(damaged) == gist(texts)


@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
def test_pages_numbered_through_the_text_are_no_tasks(end: str) -> None:
    texts = long_plan(end)
    assert [row[-3:] for row in gist(numbered_pages(texts))] == [row[-3:] for row in gist(texts)]


@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
def test_a_plan_copied_onto_one_line_is_read_as_on_many(end: str) -> None:
    texts = long_plan(end)
    whole = part_run_on([Line("".join(texts), Place("计划.txt", "", 1, 1))])
    assert gist([line.text for line in whole]) == gist(texts)
    starts = [line.place.column for line in whole]
    assert starts == [1 + len("".join(texts[:row])) for row in range(len(texts))]


@pytest.mark.parametrize("closing", ["。", "（市民政局）", "\n牵头单位：市民政局\n完成时限：2026年11月底前"])
def test_points_of_one_length_are_no_numbered_pages(closing: str) -> None:
    points = [f"{number}、{BODY * 4}{closing}".splitlines() for number in range(1, 9)]
    texts = [line for point in points for line in point]
    read = gist(["一、重点任务", *texts, "9、完善服务网络。（市民政局）"])
    named = "民政" in closing
    assert [row[0] for row in read] == [str(number) for number in range(1 if named else 9, 10)]


def test_lines_alike_but_for_a_number_are_no_running_heads() -> None:
    texts = ["一、重点任务"]
    for number in range(1, 25):
        texts.extend([f"{number}.在第{number}街道办好服务中心，", f"年内完成服务项目{number}", "个以上。（市民政局）"])
    assert [row[2] for row in gist(texts)] == [
        f"在第{number}街道办好服务中心，年内完成服务项目{number}个以上。" for number in range(1, 25)
    ]


def test_full_width_digits_are_read_and_written_in_the_usual_width() -> None:
    texts = long_plan(ENDS[1])
    wide = [text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}) for text in texts]
    assert gist(wide) == gist(texts)


@pytest.mark.parametrize("end", ENDS, ids=["labels", "roles", "names"])
def test_no_full_stop_before_the_bracket(end: str) -> None:
    texts = long_plan(end)
    without = [text.replace("。（", "（") for text in texts]
    assert gist(without) == [tuple(part.rstrip("。") for part in row) for row in gist(texts)]


def test_section_numbers_in_other_brackets() -> None:
    texts = [text.replace("一、重点", "（一）重点").replace("二、保障", "（二）保障") for text in long_plan(ENDS[0])]
    square = [re.sub(r"^（([一二])）", r"〔\1]", text) for text in texts]
    assert len(gist(square)) == 15
    assert [row[2:] for row in gist(square)] == [row[2:] for row in gist(texts)]


OF_UNITS = """
open_roles first_named_leads starred_leads starred_in_bracket comma_parts_leads beside_units elided_names
levels_elsewhere roles_of_helpers names_of_the_place towns_and_sections chapters_of_units
units_as_labels units_as_titles units_as_subjects units_as_chapters units_before_verb subpoints
units_of_heading
"""
HARMLESS = (
    "empty lines",
    "indented and wrapped",
    "page numbers between dashes",
    "page numbers between dots",
    "pages of pages",
    "a full stop after the bracket",
    "unseen characters",
    "half-width marks",
    "vertical marks",
    "radicals in place of characters",
    "marks of direction",
    "blanks of old input methods",
    "numbers with their mark in one sign",
)
"""Damages that leave even a short document, shown on one page, without another meaning."""


@pytest.mark.slow
@pytest.mark.parametrize("sample", OF_UNITS.split())
@pytest.mark.parametrize("damage", HARMLESS)
def test_damage_changes_nothing_however_units_are_named(damage: str, sample: str) -> None:
    texts = (SAMPLES / sample / "document.txt").read_text(encoding="utf-8").splitlines()
    assert gist(DAMAGES[damage](texts)) == gist(texts)
