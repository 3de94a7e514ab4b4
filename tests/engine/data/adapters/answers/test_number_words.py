"""Numbers and times in words become figures; those that are mostly no result do not end a text."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters.answers import number_words


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("twenty-five litres", "25 litres"),
        ("fourteen times fifteen is two hundred and ten", "14~ times 15 is 210"),
        ("one thousand two hundred", "1200"),
        ("two and a half", "2.5"),
        ("three point one four", "3.14"),
        ("It is half past two.", "It is 2:30."),
        ("a quarter to six", "5:45"),
        ("ten past one pm", "1:10 pm"),
        ("nine o'clock", "9:00"),
        ("from ten to six", "from 10~ to 6~"),
        ("the right one", "the right 1~"),
        ("the other two", "the other 2~"),
        ("three quarters", "3~ quarters"),
        ("someone tends often", "someone tends often"),
        ("六十五分", "65分"),
        ("百六十八時間", "168時間"),
        ("午後三時", "午後3時"),
        ("十時十五分", "10時15分"),
        ("三時半", "3時半"),
        ("二時間半", "2.5時間"),
        ("三千メートル", "3000メートル"),
        ("十二です", "12です"),
        ("十分です", "10~分です"),
        ("一つ", "1~つ"),
        ("8万6400秒", "86400秒"),
        ("1.5万円", "15000円"),
        ("1万5千円", "15000円"),
        ("五と七を", "5~と7~を"),
        ("一番高い", "一番高い"),
        ("千葉県", "千葉県"),
        ("三日月", "三日月"),
        ("第三章", "第三章"),
        ("二十世紀", "二十世紀"),
        ("三三個", "三三個"),
        ("合計十二個", "合計12個"),
    ],
)
def test_words_become_figures_where_they_count(said: str, figures: str) -> None:
    assert number_words.in_figures(said) == figures.replace("~", number_words.MENTIONED)
