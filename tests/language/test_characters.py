"""Characters that nobody sees, and those that only look like another, are what a reader takes them for."""

from __future__ import annotations

import unicodedata

import pytest
from builders.laws import examples
from hypothesis import given
from hypothesis import strategies as st

from reporting.language.characters import as_seen, even_width, same_words, trimmed
from reporting.language.units import fold
from reporting.language.values import as_text

SEEN = [
    pytest.param("市教育局", "市教育局", id="what is plain stays"),
    pytest.param("①、Ⅳ（一）㎡２０２６年", "①、Ⅳ（一）㎡２０２６年", id="what can be told apart stays"),
    pytest.param("第\u3000一 条\t甲\v乙\n", "第\u3000一 条\t甲\v乙\n", id="blanks, tabs and breaks stay"),
    pytest.param("市\u202a教育局\u202c\u200b", "市教育局", id="marks of direction"),
    pytest.param("市\ufeff教\u00ad育\u2060局\ufffc\ufe0f\u180e", "市教育局", id="joiners, variants, objects"),
    pytest.param("\U000e0041市教育局", "市教育局", id="tags of language"),
    pytest.param("\ue5e5\ue5e51.办好学校", "\u3000\u30001.办好学校", id="blank of old input methods"),
    pytest.param("市\u3164教\u2800育\u00a0局", "市\u3000教 育 局", id="blanks of other scripts"),
    pytest.param("⼈⺠法院⼯作⻓效机制", "人民法院工作长效机制", id="radicals of both blocks"),
    pytest.param("\uf9f4区立\uf9f7", "林区立立", id="compatibility ideographs"),
    pytest.param("︵市教育局︶﹐市司法局︔", "（市教育局），市司法局；", id="vertical and small forms"),
    pytest.param("市教育局\ue78d", "市教育局，", id="vertical mark of GB 18030 in private use"),
    pytest.param("阿卜杜拉･买买提", "阿卜杜拉·买买提", id="half-width middle dot"),
]


@pytest.mark.parametrize(("text", "seen"), SEEN)
def test_a_text_is_what_a_reader_takes_it_for(text: str, seen: str) -> None:
    assert as_seen(text) == seen


def test_no_radical_of_simplified_print_is_left() -> None:
    radicals = "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳"
    assert as_seen(radicals) == "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟"
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert as_seen(kangxi) == unicodedata.normalize("NFKC", kangxi)


INVISIBLE = [
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    *range(0xFE00, 0xFE10),
    *(0xAD, 0x61C, 0xFEFF, 0xFFFC, 0x180E, 0x3164, 0xFFA0, 0xE5E5, 0x2800, 0x7F, 0x1F),
]


@pytest.mark.parametrize("code", INVISIBLE, ids=hex)
def test_an_invisible_character_makes_no_other_name_and_no_other_value(code: int) -> None:
    name = f"市{chr(code)}教育局{chr(code)}"
    assert fold(name) == fold("市教育局")
    assert same_words(name, "市教育局")
    assert as_text(f"{chr(code)} 已完成{chr(code)}\n") == "已完成"


@given(text=st.text())
@examples(200)
def test_evening_out_twice_changes_nothing(text: str) -> None:
    for even in (as_seen, even_width, trimmed):
        assert even(even(text)) == even(text)


@pytest.mark.parametrize("text", ["\u3000\u200b", "", " \ufeff\n", "\u2800"])
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert trimmed(text) == ""
    assert even_width(text) == ""
