"""form.toml read: the shipped form, what an office may change, and a Chinese sentence for every mistake."""

from __future__ import annotations

import re

import pytest
from builders.year import ROOT, office_form

from reporting.model import Role
from reporting.model.findings import DubanError
from reporting.office.form import Form, load_form

TEXT = (ROOT / "templates" / "form.toml").read_text(encoding="utf-8")


def test_shipped_form_has_the_headings_of_the_contract(form: Form) -> None:
    assert [field.heading for field in form.header] == [
        *("填报单位", "填报年度", "填报人", "联系电话", "审核人", "填报日期")
    ]
    assert [field.heading for field in form.task] == [
        *("任务编号", "类别", "工作内容", "角色", "牵头单位", "配合单位", "完成时限"),
        *("完成状态", "完成进度(%)", "完成情况", "存在问题及原因", "下一步计划", "佐证材料", "自评分", "备注"),
    ]
    assert [field.heading for field in form.target] == [
        *("指标编号", "任务编号", "指标名称", "目标值", "计量单位", "完成值", "数据截止日期", "说明")
    ]


def test_shipped_form_has_the_statuses_of_the_contract(form: Form) -> None:
    assert " ".join(form.statuses) == ("已完成 基本完成 达到序时进度 持续推进 滞后 未启动 未完成 调整取消 不适用")


def test_plan_columns_are_locked_and_the_rest_is_filled_in(form: Form) -> None:
    assert [field.key for field in form.task if not field.filled] == [
        *("number", "category", "content", "role", "lead", "support", "deadline")
    ]
    assert [field.key for field in form.target if not field.filled] == [
        *("target", "number", "name", "goal", "measure")
    ]


def test_every_field_to_fill_has_a_hint_that_fits_in_a_cell_hint(form: Form) -> None:
    for field in (*form.task, *form.target):
        assert bool(field.hint) == field.filled
        assert len(field.hint) <= 250


@pytest.mark.parametrize(
    ("key", "status", "needed"),
    [
        ("result", "已完成", True),
        ("result", "未启动", False),
        ("result", "不适用", False),
        ("problem", "已完成", False),
        ("problem", "滞后", True),
        ("problem", "调整取消", True),
        ("next_step", "未完成", True),
        ("next_step", "调整取消", False),
        ("progress", "未启动", True),
        ("progress", "调整取消", False),
        ("remark", "滞后", False),
    ],
)
def test_status_decides_what_must_be_filled(key: str, status: str, needed: bool, form: Form) -> None:
    field = form.task_fields[key]
    assert form.must_fill(field, Role.LEAD, form.statuses[status]) is needed


def test_without_a_status_the_mark_of_the_field_counts(form: Form) -> None:
    assert form.must_fill(form.task_fields["result"], Role.SUPPORT, None)
    assert not form.must_fill(form.task_fields["problem"], Role.SUPPORT, None)


def test_column_an_office_added_is_an_extra_field_that_its_role_must_fill() -> None:
    own = office_form()
    assert [field.key for field in own.extra_fields] == ["risk", "cost"]
    cost = own.task_fields["cost"]
    assert own.must_fill(cost, Role.LEAD, own.statuses["已完成"])
    assert not own.must_fill(cost, Role.SUPPORT, own.statuses["已完成"])


def test_shipped_form_has_no_extra_fields(form: Form) -> None:
    assert form.extra_fields == ()


def replaced(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


MISTAKES = [
    (
        "a column the program needs is missing",
        replaced('key = "result"\nheading = "完成情况"', 'key = "outcome"\nheading = "完成情况"'),
        "form.toml 中的 整体 有误：[[task]] 缺少必需的列：result。请改正后再运行。",
    ),
    (
        "two columns with the same heading",
        replaced('heading = "备注"', 'heading = "自评分"'),
        "form.toml 中的 整体 有误：[[task]] 中重复：自评分。请改正后再运行。",
    ),
    (
        "two columns with the same key",
        replaced("\n# ---- 量化指标", '\n[[task]]\nkey = "remark"\nheading = "又一个"\n# ---- 量化指标'),
        "form.toml 中的 整体 有误：[[task]] 中重复：remark。请改正后再运行。",
    ),
    (
        "a key with a hyphen",
        replaced('key = "unit"', 'key = "the-unit"'),
        "form.toml 中的 header.1.key 有误：写法不符合 ^[a-z][a-z0-9_]*$。请改正后再运行。",
    ),
    (
        "a misspelt mark",
        replaced('required = "always"', 'requierd = "always"'),
        "form.toml 中的 header.3.requierd 有误：没有这一项，您要的可能是“required”。请改正后再运行。",
    ),
    (
        "a kind of column that does not exist",
        replaced('type = "percent"', 'type = "percentage"'),
        (
            "form.toml 中的 task.9.type 有误：只能写 'text', 'status', 'percent', 'number', 'quantity' "
            "或 'date'。请改正后再运行。"
        ),
    ),
    (
        "a heading that is missing",
        replaced('key = "unit"\nheading = "填报单位"', 'key = "unit"'),
        "form.toml 中的 header.1.heading 有误：缺少这一项。请改正后再运行。",
    ),
    (
        "an empty heading",
        replaced('heading = "填报单位"', 'heading = ""'),
        "form.toml 中的 header.1.heading 有误：不能留空。请改正后再运行。",
    ),
    (
        "a number in quotes that is none",
        replaced("max = 100", 'max = "一百"'),
        "form.toml 中的 task.9.max 有误：应为数字。请改正后再运行。",
    ),
    (
        "a smallest above the largest",
        replaced("min = 0", "min = 101"),
        "form.toml 中的 task.9 有误：“完成进度(%)”的 min 大于 max。请改正后再运行。",
    ),
    (
        "a width of nothing",
        replaced("width = 28", "width = 0"),
        "form.toml 中的 task.3.width 有误：应大于 0。请改正后再运行。",
    ),
    (
        "choices in a column of numbers",
        replaced('heading = "自评分"', 'heading = "自评分"\nchoices = ["优", "良"]'),
        "form.toml 中的 task.14 有误：“自评分”有 choices，type 应写 text。请改正后再运行。",
    ),
    (
        "a colour by name",
        replaced('error_fill = "F8CBAD"', 'error_fill = "red"'),
        "form.toml 中的 look.error_fill 有误：写法不符合 ^[0-9A-Fa-f]{6}$。请改正后再运行。",
    ),
    (
        "a status that needs a column nobody has",
        replaced('needs = ["problem"]', 'needs = ["reason"]'),
        "form.toml 中的 整体 有误：状态“调整取消”的 needs 写了不存在的列：reason。请改正后再运行。",
    ),
    (
        "a status that needs a column nobody may fill",
        replaced('needs = ["problem"]', 'needs = ["content"]'),
        "form.toml 中的 整体 有误：状态“调整取消”的 needs 写了不存在的列：content。请改正后再运行。",
    ),
    (
        "a word that means two statuses",
        replaced('synonyms = ["没有完成",', 'synonyms = ["办 结",'),
        "form.toml 中的 整体 有误：状态“已完成”和“未完成”都有“办 结”这个写法。请改正后再运行。",
    ),
    (
        "a status twice",
        replaced('name = "不适用"\nsynonyms = ["不涉及"]', 'name = "调整取消"'),
        "form.toml 中的 整体 有误：[[status]] 中有同名的状态。请改正后再运行。",
    ),
    (
        "no statuses at all",
        "status = []\n" + TEXT[: TEXT.index("[[status]]")],
        "form.toml 中的 status 有误：至少要有一项。请改正后再运行。",
    ),
]


@pytest.mark.parametrize(("text", "says"), [each[1:] for each in MISTAKES], ids=[each[0] for each in MISTAKES])
def test_mistake_in_the_form_is_a_chinese_sentence_that_names_the_place(text: str, says: str) -> None:
    with pytest.raises(DubanError) as caught:
        load_form(text)
    sentence = str(caught.value)
    assert sentence == says
    assert sentence.startswith("form.toml 中的 ")
    assert sentence.endswith("。请改正后再运行。")
    assert not re.search("[A-Z][a-z]+ ", sentence), "an English sentence of a library"


@pytest.mark.parametrize(
    ("text", "says"),
    [('version = "1"\nstatus = [,]\n', "第 2 行第 11 个字符附近"), ('version = "1"\nversion', "文件末尾")],
)
def test_file_that_is_no_toml_is_named_with_the_place(text: str, says: str) -> None:
    with pytest.raises(DubanError) as caught:
        load_form(text, "我的表.toml")
    assert str(caught.value) == f"我的表.toml 格式有误，在{says}。请检查等号、引号和方括号，改正后再运行。"
