"""Written unit lists become full names; what a name is; looking a name up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.language.units import classify, collect_units, find_unit, looks_like_unit, read_units, split_units
from reporting.language.units.names import bare
from reporting.model import Alias, Task, Unit, UnitKind

LEFT_ALONE = [
    ("市教育局", ["市教育局"]),
    ("市文化和旅游局", ["市文化和旅游局"]),
    ("市政务服务和公共资源交易中心", ["市政务服务和公共资源交易中心"]),
    ("区委办(区委外办)", ["区委办(区委外办)"]),
    ("市委组织部(市人才局)、市文旅局", ["市委组织部(市人才局)", "市文旅局"]),
    ("澜川高新区管委会〈滨湖区人民政府〉", ["澜川高新区管委会〈滨湖区人民政府〉"]),
    ("各区、县级市政府", ["各区、县级市政府"]),
    ("各区、县级市编委办及相关部门", ["各区、县级市编委办及相关部门"]),
    ("各有关单位", ["各有关单位"]),
]

NEAR_MISSES = [
    ("市法院、澜川海关", ["市法院", "澜川海关"]),
    ("市市场监管局、消费者协会", ["市市场监管局", "消费者协会"]),
    ("税务总局、财政部", ["税务总局", "财政部"]),
    ("各区、市财政局", ["各区", "市财政局"]),
    ("市教育、人社局", ["市教育局", "市人社局"]),
    ("滨江公司、市财政局", ["滨江公司", "市财政局"]),
]

COMPLETED = [
    ("市知识产权、工商、版权局", ["市知识产权局", "市工商局", "市版权局"]),
    ("市发改、国资、经信委", ["市发改委", "市国资委", "市经信委"]),
    ("市委宣传、组织部,市民政局", ["市委宣传部", "市委组织部", "市民政局"]),
    ("市委宣传部、组织部、文化局", ["市委宣传部", "市委组织部", "市文化局"]),
    ("市法院、检察院", ["市法院", "市检察院"]),
    ("市经信委、国资委", ["市经信委", "市国资委"]),
    ("市民政、市财政局", ["市民政局", "市财政局"]),
    ("高新区、滨江经济开发区管委会", ["高新区管委会", "滨江经济开发区管委会"]),
    ("临江区、北山县人民政府", ["临江区人民政府", "北山县人民政府"]),
    ("各区、县级市财政局、教育局", ["各区、县级市财政局", "各区、县级市教育局"]),
    ("开发（度假）区、保税（物流）区管委会", ["开发（度假）区管委会", "保税（物流）区管委会"]),
    ("省水利厅和各市州政府、新区管委会", ["省水利厅", "各市州政府", "新区管委会"]),
    ("市教育局及有关单位", ["市教育局", "有关单位"]),
    ("各区人民政府〈含开发区管委会,下同〉", ["各区人民政府"]),
    ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
    ("财政部、住房城乡建设部等部门和各省级人民政府", ["财政部", "住房城乡建设部", "各省级人民政府"]),
    ("市统计、财政、统计局", ["市统计局", "市财政局"]),
    ("市教育局，市财政局；各区政府。", ["市教育局", "市财政局", "各区政府"]),
    ("市教育局\v市财政局", ["市教育局", "市财政局"]),
    ("人民银行、银保监会及各地区", ["人民银行", "银保监会", "各地区"]),
    ("县水务局各乡镇（街道）", ["县水务局", "各乡镇（街道）"]),
    ("市财政局，各市、县〔市、区〕政府", ["市财政局", "各市、县〔市、区〕政府"]),
    ("市经贸委、市科技\v局、市财政局", ["市经贸委", "市科技局", "市财政局"]),
]


@pytest.mark.parametrize(("text", "names"), LEFT_ALONE, ids=[text for text, _ in LEFT_ALONE])
def test_a_complete_name_is_left_alone(text: str, names: list[str]) -> None:
    assert list(split_units(text)) == names


@pytest.mark.parametrize(("text", "names"), NEAR_MISSES, ids=[text for text, _ in NEAR_MISSES])
def test_what_only_looks_shared_is_not_shared(text: str, names: list[str]) -> None:
    assert list(split_units(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市 税 务 局", ["市税务局"]),
        ("市发展 改革委", ["市发展改革委"]),
        ("市委 办公室", ["市委办公室"]),
        ("各县（市 区）人民政府", ["各县（市区）人民政府"]),
        ("市税务局 市公安局", ["市税务局", "市公安局"]),
        ("市科技局　市工业和 信息化局、市司法局", ["市科技局", "市工业和信息化局", "市司法局"]),
        ("省林业局 各市（州）人民政府", ["省林业局", "各市（州）人民政府"]),
    ],
)
def test_a_space_parts_two_units_and_is_nothing_within_one(text: str, names: list[str]) -> None:
    assert list(split_units(text)) == names


@pytest.mark.parametrize(("text", "names"), COMPLETED, ids=[repr(text) for text, _ in COMPLETED])
def test_a_shortened_list_is_completed(text: str, names: list[str]) -> None:
    assert list(split_units(text)) == names


@pytest.mark.parametrize(
    ("text", "names", "open_ended"),
    [
        ("市教育局、市财政局", ("市教育局", "市财政局"), False),
        ("市教育局、市财政局等", ("市教育局", "市财政局"), True),
        ("市教育局、市财政局等部门", ("市教育局", "市财政局"), True),
        ("市文明办、市科协等有关单位", ("市文明办", "市科协", "有关单位"), False),
        ("市水务局等市级各有关部门", ("市水务局", "市级各有关部门"), False),
        ("人社部、财政部等国务院相关部门及各地区", ("人社部", "财政部", "国务院相关部门", "各地区"), False),
        ("市教育局、市总工会等和各区政府", ("市教育局", "市总工会", "各区政府"), True),
        ("市人社局等部门和单位", ("市人社局",), True),
    ],
)
def test_an_open_list_is_said_to_be_open_unless_it_names_whom_it_means(
    text: str, names: tuple[str, ...], open_ended: bool
) -> None:
    found = read_units(text)
    assert (found.names, found.open_ended) == (names, open_ended)


@pytest.mark.parametrize(
    ("text", "names", "people"),
    [
        ("市民政局张大山，市水务局 赵某", ("市民政局", "市水务局"), ("张大山", "赵某")),
        ("市民政局（李小河）、滨江公交集团（吴大江）", ("市民政局", "滨江公交集团"), ("李小河", "吴大江")),
        ("市公安局交警支队、市农业农村局（畜牧）", ("市公安局交警支队", "市农业农村局（畜牧）"), ()),
        ("市委宣传部（文明办）、江北区", ("市委宣传部（文明办）", "江北区"), ()),
    ],
)
def test_people_beside_their_units_are_no_part_of_the_name(
    text: str, names: tuple[str, ...], people: tuple[str, ...]
) -> None:
    found = read_units(text)
    assert (found.names, found.people) == (names, people)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市教育局", UnitKind.UNIT),
        ("区水务工作领导小组办公室", UnitKind.UNIT),
        ("各区、县级市政府", UnitKind.GROUP),
        ("区水务工作领导小组", UnitKind.GROUP),
        ("区水务工作领导小组各成员单位", UnitKind.GROUP),
        ("各有关单位", UnitKind.OPEN),
        ("市级各有关部门", UnitKind.OPEN),
        ("相关部门", UnitKind.OPEN),
    ],
)
def test_kind_of_a_name(name: str, kind: UnitKind) -> None:
    assert classify(name) is kind


REGISTER = (
    Unit("市委组织部(市人才局)", aliases=(Alias("市人才局"),)),
    Unit("市文化和旅游局", aliases=(Alias("市文旅局", since=2019),)),
    Unit("区文化和旅游局"),
)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("市委组织部（市人才局）", "市委组织部(市人才局)"),
        ("市人才局", "市委组织部(市人才局)"),
        (" 市 文旅局 ", "市文化和旅游局"),
        ("市文化与旅游局", None),
        ("文化和旅游局", None),
        ("", None),
    ],
)
def test_find_unit_is_exact_after_evening_out(written: str, found: str | None) -> None:
    unit = find_unit(written, REGISTER)
    assert (unit.name if unit else None) == found


def test_collect_units_in_order_of_first_appearance_with_the_halves_of_a_double_name() -> None:
    tasks = [
        Task("1", (), "a", ("市民政局",), ("市委组织部(市人才局)", "各区政府")),
        Task("2", (), "b", ("市委组织部（市人才局）", "市民政局"), ()),
    ]
    units = collect_units(tasks)
    assert [unit.name for unit in units] == ["市民政局", "市委组织部(市人才局)", "各区政府"]
    assert [unit.kind for unit in units] == [UnitKind.UNIT, UnitKind.UNIT, UnitKind.GROUP]
    assert [alias.name for alias in units[1].aliases] == ["市委组织部", "市人才局"]


def test_half_of_a_double_name_that_is_a_unit_of_its_own_is_no_alias() -> None:
    units = collect_units([Task("1", (), "a", ("市科技局(市外专局)", "市科技局"), ())])
    assert [alias.name for alias in units[0].aliases] == ["市外专局"]


NAMES = ["市教育局", "市财政局", "各区政府", "澜川海关", "各区、县级市政府", "区委办(区委外办)", "市科协"]


@given(st.lists(st.sampled_from(NAMES), unique=True))
def test_full_names_come_back_as_they_were_written(names: list[str]) -> None:
    assert list(split_units("，".join(names))) == names


@given(st.text(alphabet="市区各县、，和及等局委办()（〈〉 \v教育部政府有关"))
def test_reading_names_again_changes_nothing(text: str) -> None:
    names = split_units(text)
    assert len(set(names)) == len(names)
    assert all(name.strip() for name in names)


@pytest.mark.parametrize("words", ["尽快设立市监测中心", "支持龙头企业", "引进知名大学", "推进县级医院"])
def test_what_is_to_be_set_up_is_no_unit(words: str) -> None:
    assert not looks_like_unit(words)


@pytest.mark.parametrize("name", ["推进职能转变协调办公室", "建设银行清源分行", "实施乡村振兴战略领导小组"])
def test_names_may_begin_like_a_measure(name: str) -> None:
    assert looks_like_unit(name)


@pytest.mark.parametrize(
    ("name", "bare_name"),
    [
        pytest.param("（全名）", "（全名）", id="nothing stands before the bracket"),
        pytest.param("市委组织部（市招才局）", "市委组织部", id="a bracket at the end"),
        pytest.param("市人才局（市招才局（筹））", "市人才局", id="a bracket in a bracket"),
    ],
)
def test_a_bracket_at_the_end_is_no_part_of_the_bare_name(name: str, bare_name: str) -> None:
    assert bare(name) == bare_name
