"""完成状态 as people write it: what each wording is read as, and the two laws that no wording breaks."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product

import hypothesis
import pytest
from builders.laws import examples
from builders.year import office_form
from hypothesis import strategies as st

from reporting.model import Meaning
from reporting.returns.words.status import StatusContext, read_status
from reporting.returns.words.status_words import find_word, steps

PLAIN = StatusContext(above="持续推进")
FULL = replace(PLAIN, progress=100.0)
PASSED, AHEAD, LASTING = (replace(PLAIN, due=due) for due in ("passed", "ahead", "lasting"))
SUPPORT = replace(PLAIN, is_lead=False)
SPRING = replace(PLAIN, month=3)

DONE = """
已全部完成；均已办结；按期完成；任务已圆满完成；截至目前，已全部完成；我局已完成；已完成了；工作已完成
已 完 成；已销号；整改到位
已竣工；验收通过；完成100%；百分之百完成；已完成（提前）；已完成，详见附件3；已完成（11月28日）；于11月底完成
完成全年任务；年度任务已完成
完成各项目标任务；超额完成全年目标任务；1、已完成；（√）已完成（ ）未完成；□推进中 ☑已完成
已完成■ 未完成□；已完成。；【已完成】√
"""
NEARLY = "已基本完成；基本完成（收尾）；基本办结；收尾工作；任务已基本完成；基本建成"
ON_TIME = """
按序时推进；同序时；与时间进度同步；符合序时进度；已达序时进度；正按计划推进；有序实施；稳步推进；进展较好
总体进展顺利；达序；推进中，进展顺利
"""
LASTS = """
常态化工作；长期任务；纳入日常监管；推进中（长期）；每年开展；立行立改、长期坚持；已转入常态化；持续巩固提升
正在推进，常态化开展
"""
LATE = """
未按序时推进；低于序时进度；略慢于序时；进度偏慢；推进较缓慢；未达到节点要求；没有按计划推进；欠时序进度
已逾期；用地受阻；正在推进，但进度滞后
"""
NOT_BEGUN = """
尚未开工；暂未正式启动；没有开展；还未全面实施；待开工；拟2027年启动；计划明年开工；未开工（正办理手续）；目前尚未启动
"""
UNDONE = "未能完成；尚未全部办结任务未完成；没办结；无法完成；未完成，申请延期；未整改到位；至今没有完成"
VOID = "已取消；任务终止；经批准撤销；不再实施；已不再开展"
NOT_OURS = "我局不涉及；本单位无此项任务；本年度无任务；非我局职责；没有此类业务；不属于我单位职责范围"

PLAINLY = [
    (cell, status)
    for status, cells in {
        "已完成": DONE,
        "基本完成": NEARLY,
        "达到序时进度": ON_TIME,
        "持续推进": LASTS,
        "滞后": LATE,
        "未启动": NOT_BEGUN,
        "未完成": UNDONE.replace("尚未全部办结任务未完成；", ""),
        "调整取消": VOID,
        "不适用": NOT_OURS,
    }.items()
    for cell in cells.replace("\n", "；").split("；")
    if cell
]


def read(cell: str, context: StatusContext = PLAIN) -> Meaning:
    return read_status(cell, office_form(), context)


@pytest.mark.parametrize(("cell", "status"), PLAINLY)
def test_words_beyond_doubt_are_read_in_silence(cell: str, status: str) -> None:
    assert (read(cell).weight, read(cell).value) == ("", status)


TOLD = [
    *(
        (cell, PLAIN, "基本完成")
        for cell in ("绝大部分完成", "大部分已完成", "主体工程已完工", "接近办结", "初步完成", "扫尾阶段", "已近尾声")
    ),
    *(
        (cell, PLAIN, "达到序时进度")
        for cell in ("阶段性完成", "完成节点任务", "一期已完成", "超序时进度", "快于序时", "进度超前")
    ),
    *(
        (cell, PLAIN, "达到序时进度")
        for cell in ("基本达到序时进度", "预计12月底完成", "力争年内完成", "12月底前完成", "按计划完成", "绿灯")
    ),
    ("一期建成，二期在建", PLAIN, "达到序时进度"),
    *((cell, PLAIN, "持续推进") for cell in ("持续整改中", "持续发力", "不断推进")),
    *((cell, PLAIN, "滞后") for cell in ("黄灯", "红灯", "进展不理想", "没有进展")),
    *((cell, PLAIN, "调整取消") for cell in ("并入任务7", "已移交市数据局", "职能划转至市司法局", "合并到第3项")),
    *(
        (cell, FULL, "已完成")
        for cell in ("100%", "√", "是", "已落实", "已印发", "已完成并长期坚持", "已完成，转入常态化", "提前")
    ),
    ("完成130%", PLAIN, "已完成"),
    ("配合完成", SUPPORT, "已完成"),
    ("已配合完成", SUPPORT, "已完成"),
    ("积极配合", SUPPORT, "持续推进"),
    ("协助牵头单位做好工作", SUPPORT, "持续推进"),
    ("正在办理", AHEAD, "达到序时进度"),
    ("已开工", AHEAD, "达到序时进度"),
    ("正在实施", LASTING, "持续推进"),
    ("已完成，长期坚持", LASTING, "持续推进"),
    ("完成一季度任务", SPRING, "达到序时进度"),
]


@pytest.mark.parametrize(("cell", "context", "status"), TOLD)
def test_words_that_mean_one_outcome_are_told(cell: str, context: StatusContext, status: str) -> None:
    meaning = read(cell, context)
    assert (meaning.weight, meaning.value, meaning.shown) == ("note", status, status)


ASKED = [
    *(
        (cell, PLAIN, "达到序时进度")
        for cell in ("√", "是", "100%", "进度100%", "提前", "已印发", "已召开", "无未完成事项", "没有滞后")
    ),
    *(
        (cell, PLAIN, "达到序时进度")
        for cell in ("完成本年度阶段任务", "上半年任务已完成", "1.已完成；2.推进中", "已完成12项，剩余3项")
    ),
    *(
        (cell, PLAIN, "未完成")
        for cell in ("否", "×", "未全部完成", "未按时完成", "未如期办结", "延期完成", "逾期后完成", "未完成？")
    ),
    *(
        (cell, PLAIN, "未完成")
        for cell in (
            "转入下年",
            "结转明年",
            "申请延期",
            "顺延至2027年",
            "跨年度实施",
            "建议取消",
            "内容调整",
            "预计明年完成",
        )
    ),
    *(
        (cell, PLAIN, "基本完成")
        for cell in (
            "已完成95%",
            "完成九成五",
            "已完成，但未验收",
            "整改完成，待销号",
            "已完工未验收",
            "待验收",
            "已报审",
        )
    ),
    *(
        (cell, PLAIN, "滞后")
        for cell in (
            "完成80%",
            "完成四分之三",
            "完成大半",
            "部分完成",
            "已启动",
            "正在办理",
            "暂停",
            "搁置",
            "停工",
            "暂缓",
        )
    ),
    *(
        (cell, PLAIN, "持续推进")
        for cell in ("已落实", "已完成并长期坚持", "已完成，持续推进", "配合完成", "已配合", "积极配合", "同上")
    ),
    *(
        (cell, PLAIN, "未启动")
        for cell in ("前期工作", "招标中", "筹备阶段", "正在论证", "暂未下达任务", "不具备实施条件")
    ),
    ("正在办理", PASSED, "滞后"),
    ("已开工", PASSED, "滞后"),
    ("完成三季度任务", PLAIN, "达到序时进度"),
    ("已完成，个别未销号", PLAIN, "基本完成"),
    ("整体完成，两家未完成", PLAIN, "未完成"),
    ("完成招标", PLAIN, "滞后"),
    ("完成？", PLAIN, "达到序时进度"),
]


@pytest.mark.parametrize(("cell", "context", "status"), ASKED)
def test_words_that_mean_two_outcomes_are_asked_about_and_entered_as_the_lower(
    cell: str, context: StatusContext, status: str
) -> None:
    assert (read(cell, context).weight, read(cell, context).value) == ("confirm", status)


NO_STATUS = """
其他；其它；见备注；详见附件；/；略；优秀；无；差不多了；还行；已完成/滞后；已完成或未完成；达到序时进度|持续推进；已完成滞后；□已完成□未完成；☑已完成☑未完成；未；5
"""


@pytest.mark.parametrize("cell", NO_STATUS.strip().split("；"))
def test_words_that_are_no_status_or_two_are_not_read(cell: str) -> None:
    assert read(cell).weight == "error"


def test_like_the_row_above_is_not_read_as_done_unless_the_figure_says_so() -> None:
    above = replace(PLAIN, above="已完成")
    assert (read("同上", above).value, read("同上", replace(above, progress=100.0)).value) == ("达到序时进度", "已完成")
    assert read("同上", replace(PLAIN, above="")).weight == "error"


# ---- the laws --------------------------------------------------------------------------------------------

_TAKEN_BACK = """
未 尚未 没有 未能 无法 不 基本 大部分 部分 主体 接近 即将 预计 力争 计划 拟 待 申请 暂停 逾期后 如未 除个别外
"""
_SAID_DONE = "完成 全部完成 办结 销号 完成任务 完工 验收通过 取消 终止 不再实施 并入任务2"
_BEHIND_IT = """
，个别未销号 ，尚有两项 ，但未验收 ，待验收 80% 大半 一半 ，二期在建 ，剩余3项
，正在推进 ，明年继续 ，其余明年完成 ，未全部达标
"""
TAKEN_BACK, SAID_DONE, BEHIND_IT = _TAKEN_BACK.split(), _SAID_DONE.split(), _BEHIND_IT.split()


@pytest.mark.parametrize("cell", ["".join(each) for each in product(TAKEN_BACK, SAID_DONE)])
def test_nothing_with_a_negation_or_a_limit_is_read_as_done(cell: str) -> None:
    meaning = read(cell)
    assert meaning.value not in ("已完成", "调整取消") or (meaning.weight, meaning.value) == (
        "",
        read("不再实施").value,
    )


@pytest.mark.parametrize("cell", ["".join(each) for each in product(("已完成", "全部办结", "已取消"), BEHIND_IT)])
def test_nothing_that_is_taken_back_behind_it_is_read_as_done(cell: str) -> None:
    assert read(cell).value not in ("已完成", "调整取消")


VOCABULARY = sorted(
    {*(each for cells in (DONE, LATE, NOT_BEGUN, VOID) for each in cells.replace("\n", "；").split("；") if each)}
)
PIECES = st.sampled_from(
    [
        *VOCABULARY,
        *TAKEN_BACK,
        *SAID_DONE,
        *BEHIND_IT,
        "但",
        "，",
        "；",
        "（",
        "）",
        "、",
        "并",
        "已",
        "5",
        "%",
        "2027年",
    ]
)


@examples(300)
@hypothesis.given(st.lists(PIECES, max_size=6).map("".join), st.sampled_from([PLAIN, FULL, PASSED, SUPPORT]))
def test_what_is_asked_about_is_never_entered_higher_than_what_it_may_mean(cell: str, context: StatusContext) -> None:
    form, meaning = office_form(), read(cell, context)
    assert meaning.weight in ("", "note", "confirm", "error")
    assert isinstance(meaning.value, str) is (meaning.weight != "error")
    if meaning.weight == "confirm" and context.progress != 100:
        ranks = {"behind": 0, "ongoing": 1, "done": 2, "void": 3}
        rank = ranks[form.statuses[str(meaning.value)].outcome]
        assert rank < 2
        assert all(rank <= ranks[form.statuses[each].outcome] for each in meaning.rivals)


@pytest.mark.parametrize("change", ["{}。", " {} ", "\u202a{}\u202c", "{}\ufeff", "　{}；", "目前{}", "{} \n"])
def test_width_blanks_invisible_signs_and_end_marks_change_nothing(change: str) -> None:
    for cell, status in PLAINLY:
        if not any(sign in cell for sign in "□■√"):
            assert (change, cell, read(change.format(cell)).value) == (change, cell, status)
    for cell, context, status in TOLD:
        if cell not in ("√", "是"):
            assert (change, cell, read(change.format(cell), context).value) == (change, cell, status)


def test_the_words_of_the_list_mean_themselves() -> None:
    form = office_form()
    for status in form.status:
        for word in (status.name, *status.synonyms):
            assert (read(word).weight, read(word).value) == ("", status.name)


def test_a_list_of_an_office_without_a_status_has_it_not_read() -> None:
    form = office_form()
    short = form.model_copy(update={"status": tuple(each for each in form.status if each.name != "基本完成")})
    short = type(form).model_validate(short.model_dump())
    assert read_status("收尾中", short, PLAIN).weight == "error"


def test_hostile_texts_take_no_time() -> None:
    start = time.process_time()
    for piece in (
        "正在",
        "全部",
        "推进",
        "已",
        "未",
        "无",
        "完成",
        "任务",
        "目标任务",
        "年度",
        "收尾",
        "□√",
        "1/",
        "（",
        "九成",
    ):
        for end in ("", "x", "完", "未"):
            read(piece * 40 + end)
            find_word((piece * 20)[:40] + end)
    assert time.process_time() - start < 1.5
    assert len(steps()) > 100
