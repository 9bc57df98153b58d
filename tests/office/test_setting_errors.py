"""Wrong entries of duban.toml: a sentence each, with the name in the file and what may stand there."""

from __future__ import annotations

import tomllib

import pytest

from reporting.model.findings import DubanError
from reporting.office.setting_errors import read_as
from reporting.office.settings import Settings

GOOD = """
year = 2026
[dates]
issue = 2026-12-01
due = 2026-12-20
data_as_of = 2026-12-15
[scoring]
"""

METHODS = "计分方法只能写“完成得满分”、“按比例”、“四档”"
CASES = {
    'metod = "按比例"': "scoring.metod 有误：没有这一项，您要的可能是“method”",
    "quota = 1": "scoring.quota 有误：没有这一项，可能写错了名字",
    "[scoring.deductions]\nlat = 2": "scoring.deductions.lat 有误：没有这一项，您要的可能是“late”",
    "[scoring.deductions]\nlate = -1": "scoring.deductions.late 有误：不能小于 0",
    "[scoring.deductions]\nlate = nan": "scoring.deductions.late 有误：应为数字",
    "[scoring.grades]\nexcellent_quota = 120": "scoring.grades.excellent_quota 有误：不能大于 100",
    "[scoring.grades]\ngood = 95": (
        "scoring.grades 有误：优秀（excellent = 90）、良好（good = 95）、合格（qualified = 60）的分数线应从高到低"
    ),
    'method = "平均"': f"scoring.method 有误：{METHODS}，现为“平均”",
    "method = 1": f"scoring.method 有误：{METHODS}，现为“1”",
    'task_methods = { "3" = "全得" }': f"scoring.task_methods.3 有误：{METHODS}，现为“全得”",
    'task_weights = { "3" = -2 }': "scoring.task_weights.3 有误：不能小于 0",
    'task_weights = { "3" = "重" }': "scoring.task_weights.3 有误：应为数字",
    "task_weights = 2": 'scoring.task_weights 有误：应写成花括号，如 { "3" = 2 }',
    "over_cap = true\nbonus_cap = 200\nlead_share = []": (
        "scoring.bonus_cap 有误：不能大于 100；scoring.lead_share 有误：应为数字"
    ),
    "grades = 90": "scoring.grades 有误：应为一节，写作方括号中的名字，如 [dates]",
}


@pytest.mark.parametrize("words", CASES)
def test_a_wrong_setting_is_named_with_what_to_do(words: str) -> None:
    with pytest.raises(DubanError) as caught:
        read_as(Settings, tomllib.loads(GOOD + words), "duban.toml")
    assert str(caught.value) == f"duban.toml 中的 {CASES[words]}。请改正后再运行。"


def test_a_flood_of_wrong_settings_is_cut() -> None:
    words = "".join(f"x{number} = 1\n" for number in range(8))
    with pytest.raises(DubanError) as caught:
        read_as(Settings, tomllib.loads(GOOD + words), "duban.toml")
    told = str(caught.value)
    assert told.count("没有这一项") == 5
    assert told.endswith("；另有 3 处。请改正后再运行。")


def test_the_words_an_office_knows_and_ours_mean_the_same() -> None:
    for word, known in (("四档", "four_steps"), (" 按比例 ", "pro_rata"), ("full", "full")):
        found = Settings.model_validate(tomllib.loads(f'{GOOD}method = "{word}"')).scoring
        assert found.method == known
