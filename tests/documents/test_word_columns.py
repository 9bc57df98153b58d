"""Columns of a finished Word table that follow what stands in them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from reporting.documents.filling.columns import ASKS, fit_columns

HEADS = ("单位", "完成情况", "存在问题", "备注")
GRID = (1400, 3000, 3000, 3000)


def cell(twips: int, text: str, *, prose: bool = True, span: int = 1) -> str:
    style = "TableText" if prose else "TableCentre"
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    lines = text.replace("\n", "</w:t><w:br/><w:t>")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{spanned}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{lines}</w:t></w:r></w:p></w:tc>'
    )


def table(*rows: tuple[str, ...], title: str = ASKS) -> str:
    """A table with a band over all columns between its head and its rows."""
    grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in GRID)
    band = f"<w:tr>{cell(sum(GRID), '一类', span=len(GRID))}</w:tr>"
    lines = "".join(
        "<w:tr>"
        + "".join(cell(twips, text, prose=at > 0) for at, (twips, text) in enumerate(zip(GRID, row, strict=True)))
        + "</w:tr>"
        for row in rows
    )
    head = "<w:tr>" + "".join(cell(twips, text) for twips, text in zip(GRID, HEADS, strict=True)) + "</w:tr>"
    return f"<w:tbl><w:tblPr>{title}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{band}{lines}</w:tbl>"


def widths(document: str) -> list[list[int]]:
    """The widths of the grid, then those of each row."""
    rows = [document[: document.index("<w:tr>")], *re.findall("<w:tr>.*?</w:tr>", document)]
    return [[int(twips) for twips in re.findall(r'<w:(?:gridCol|tcW) w:w="(\d+)"', row)] for row in rows]


def test_a_full_column_takes_the_room_of_empty_ones() -> None:
    long = "建成平台并投入使用，" * 20
    fitted = widths(fit_columns(table(("市科技局", long, "", ""), ("市教育局", long, "", "已附照片"))))
    # 存在问题 has room for its heading, 备注 for its four characters; 单位 is no prose and stays.
    assert fitted[0] == [1400, 7000, 1000, 1000]
    assert fitted[1] == fitted[3] == fitted[4] == fitted[0]
    assert fitted[2] == [sum(GRID)]


def test_a_long_cell_beside_much_longer_ones_is_not_squeezed_into_a_strip() -> None:
    rows = [("市科技局", "完成情况写得很长。" * 60, "", "")] * 20
    fitted = widths(fit_columns(table(*rows, ("市教育局", "", "用地手续没有办结。" * 9, ""))))
    assert fitted[0][2] == 10 * 210 + 160


def test_where_all_columns_are_full_they_share_by_what_stands_in_them() -> None:
    rows = [("市科技局", "工作内容写得短些。" * 9, "原因写得很长，" * 90, "措施也写得很长，" * 90)] * 9
    content, reason, steps = widths(fit_columns(table(*rows)))[0][1:]
    assert content < reason < steps
    assert content + reason + steps == 9000


def test_a_table_without_the_title_stays_as_the_office_drew_it() -> None:
    drawn = table(("市科技局", "长" * 300, "", ""), title="")
    assert fit_columns(drawn) == drawn
    asked = table(("市科技局", "长" * 300, "", ""))
    assert fit_columns(drawn + asked).startswith(drawn)


def test_a_table_without_rows_stays() -> None:
    assert fit_columns(table()) == table()


@given(st.lists(st.tuples(*(st.text("长句，ab&;1\n", max_size=200) for _ in HEADS)), min_size=1, max_size=6))
def test_the_table_keeps_its_width_its_text_and_room_for_its_heads(rows: list[tuple[str, ...]]) -> None:
    before = table(*rows)
    after = fit_columns(before)
    grid = widths(after)[0]
    assert sum(grid) == sum(GRID)
    assert grid[0] == GRID[0]
    assert all(twips >= 210 * len(head) + 140 for twips, head in zip(grid, HEADS, strict=True))
    assert re.sub(r"<w:(gridCol|tcW) [^>]*>", "", after) == re.sub(r"<w:(gridCol|tcW) [^>]*>", "", before)
