"""Every figure and every text of over fifty generated years, read back out of all documents of the year.

The summary, the acceptance report, the workbook (as written, and as LibreOffice recalculates it) and the page
are compared with what ``years/told`` and ``years/scored`` count anew from the answers of the units. A figure
that no reader knows is a failure too, so that none goes unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from builders.consolidated import without_known_totals
from builders.libreoffice import XLSX, convert, needs_libreoffice
from builders.years import accepted, book, page, summary
from builders.years.built import book_year, run_year, write_report
from builders.years.made import make_year
from builders.years.read import Differences
from builders.years.told import Told

YEARS = (
    # seed, units, tasks: the ends first, then all sizes between
    *((1, 1, 1), (3, 1, 1), (2, 80, 200), (10, 80, 1), (17, 1, 200), (24, 40, 120), (5, 60, 80), (31, 3, 3)),
    *((seed, (2, 3, 5, 8, 12, 16, 24, 40)[seed % 8], (2, 5, 9, 14, 20, 27, 40)[seed % 7]) for seed in range(100, 142)),
)
BATCHES = 5
"""LibreOffice takes seconds to start, so it opens the workbooks of many years at a time."""


def read_back(told: Told, files: Mapping[str, Path], differences: Differences) -> None:
    """Compare all documents of a year with what was told."""
    for reader in (summary, accepted, book, page):
        reader.check(told, files, differences)


@pytest.mark.parametrize(("seed", "units", "tasks"), [(8, 4, 5), (3, 1, 1)], ids=["verified", "nobody answered"])
def test_a_small_year_adds_up(seed: int, units: int, tasks: int, tmp_path: Path) -> None:
    year = make_year(seed, units=units, tasks=tasks)
    differences = Differences(f"year {seed}")
    read_back(Told(year), write_report(book_year(year, tmp_path / "w"), year), differences)
    assert differences.told == []


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_figure_of_every_year_adds_up(batch: int, tmp_path: Path, office_folder: Path) -> None:
    found = []
    unvalued, years = {}, {}
    for seed, units, tasks in YEARS[batch::BATCHES]:
        year = make_year(seed, units=units, tasks=tasks)
        differences, told = Differences(f"year {seed}"), Told(year)
        files = write_report(book_year(year, tmp_path / str(seed)), year)
        read_back(told, files, differences)
        unvalued[str(seed)] = office_folder / f"{seed}.xlsx"
        unvalued[str(seed)].write_bytes(without_known_totals(files["汇总表"].read_bytes()))
        years[str(seed)] = (told, differences)
    for name, path in convert(office_folder, XLSX, unvalued.values()).items():
        years[name][1].where += " recalculated"
        book.check_book(years[name][0], path, years[name][1])
    for _, differences in years.values():
        found += differences.told[:5]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 206))
def test_a_year_made_by_the_commands_adds_up(seed: int, tmp_path: Path) -> None:
    year = make_year(seed, units=3 + seed % 4, tasks=4 + seed % 5, plain=True)
    differences = Differences(f"year {seed}")
    read_back(Told(year), write_report(run_year(year, tmp_path / "w"), year), differences)
    assert differences.told == []


def test_there_are_enough_years_of_all_sizes() -> None:
    assert len(YEARS) >= 50
    assert {1, 80} <= {units for _, units, _ in YEARS}
    assert {1, 200} <= {tasks for _, _, tasks in YEARS}
    years = [make_year(seed, units=units, tasks=tasks) for seed, units, tasks in YEARS if tasks < 30]
    assert any(not year.sent for year in years)
    assert sum(year.review is not None for year in years) > 10
    assert any(each.receiver for year in years for each in year.decisions)
