"""Figures in Chinese numerals: read in one way or not at all, and read as they are written."""

from __future__ import annotations

import pytest

from reporting.language.numerals import heading_value, read_numeral, write_numeral


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        pytest.param("万", None, 0, id="no figure"),
        pytest.param("百二十", None, 0, id="a hundred of nothing"),
        pytest.param("三百二", None, 0, id="320 or 302"),
        pytest.param("零", 0, 1, id="nought"),
        pytest.param("十", 10, 1, id="ten alone"),
        pytest.param("十二家", 12, 2, id="what follows is left"),
        pytest.param("一百零五", 105, 4, id="a nought that parts"),
        pytest.param("两千零五", 2005, 4, id="one nought for two places"),
        pytest.param("二百五十点二五", 250.25, 7, id="a decimal"),
    ],
)
def test_a_figure_is_read_in_one_way_or_not_at_all(text: str, value: float | None, end: int) -> None:
    assert read_numeral(text) == (value, end)


def test_what_is_written_is_read_back() -> None:
    for number in range(1, 1000):
        written = write_numeral(number)
        assert (*read_numeral(written), heading_value(written)) == (number, len(written), number)
