"""Text comes into one form; its language is told by script; its keys find duplicates and split prompts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from so8t_engine.data.sieve import duplicates
from so8t_engine.data.texts import detect_language, normalise


def test_text_is_composed_trimmed_and_free_of_control_characters() -> None:
    assert normalise.clean("\ufeff  e\u0301a\r\nb\rc\x00\x07\td\u200b \n") == "éa\nb\nc\td"


@given(st.text())
@example("U\x1f\u0300")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = normalise.clean(text)

    assert normalise.clean(once) == once


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("How many apples are left?", None, "en"),
        ("数字の1はどれですか", None, "ja"),
        ("ｱｲｳ", None, "ja"),
        ("湾", "ja", "ja"),
        ("湾", None, "other"),
        ("Сколько яблок?", None, "other"),
        ("Combien de pommes?", "fr", "other"),
        ("3 + 4 = ?", None, "en"),
        ("café naïve with mostly plain letters", None, "en"),
    ],
)
def test_the_language_is_told_by_script(text: str, hint: str | None, language: str) -> None:
    assert detect_language.detect_language(text, hint) == language


ENGLISH = (
    "How many apples are left on the table?", "Berlin is a city of three million people.", "Write a poem about rain.",
    "Name three fruits rich in vitamin C.", "Paris, in France, lies beside a river.", "Janet sells 16 eggs daily.",
    "import numpy as np\nx = np.zeros(3)", "SELECT name FROM users WHERE age > 30;", "C. library", "2 + 2 = 4",
)  # fmt: skip
JAPANESE = ("机の上にりんごはいくつ残っていますか。", "東京都知事選挙投票率発表", "国立大学法人東京大学大学院")
OTHER = (
    "Combien de pommes restent sur la table ?", "Wie viele Äpfel liegen auf dem Tisch?", "Câte mere au rămas pe masă?",
    "¿Cuántas manzanas quedan en la mesa?", "Quante mele rimangono sul tavolo?", "Quantas maçãs ficaram na mesa?",
    "Hoeveel appels liggen er nog op tafel?", "Hur många äpplen finns kvar på bordet?", "Kolik jablek zbylo na stole?",
    "Hvor mange æbler er der tilbage på bordet?", "Hvor mange epler ligger igjen?", "Ile jabłek zostało na stole?",
    "Kuinka monta omenaa on jäljellä pöydällä?", "Hány alma maradt az asztalon?", "Masada kaç elma kaldı?",
    "Có bao nhiêu quả táo còn lại trên bàn?", "Berapa banyak apel yang tersisa di meja?", "桌子上还剩多少个苹果?",
    "Сколько яблок осталось на столе?", "Πόσα μήλα έμειναν στο τραπέζι;", "탁자 위에 사과가 몇 개 남았나요?",
    "这个词在日语里写作の,意思是所有格助词,通常放在名词之间使用。",
)  # fmt: skip


def test_a_model_tells_what_the_script_does_not() -> None:
    said = {"en": ENGLISH, "ja": JAPANESE, "other": OTHER}
    wrong = [
        (text, language)
        for language, texts in said.items()
        for text in texts
        if detect_language.detect_language(text, by="model") != language
    ]

    assert wrong == []
    late = "桌子上还剩多少个苹果" * 17  # more than is looked at
    assert detect_language.detect_language(f"{late}{'の' * 9}", by="model") == "ja"
    assert detect_language.detect_language(f"{late}{'の' * 8}", by="model") == "other"
    assert detect_language.detect_language("湾", "ja", "model") == "ja"
    assert detect_language.detect_language("Combien de pommes?", "en", "model") == "en"


PIECES = ("the", "and", "WHAT", "_", "2", ", ", " ", "é", "ß", "ſ", "日", "日日本", "か", "カー", "\n", "。")


@given(st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_counting_letters_and_words_the_short_way_finds_as_many_as_the_long_one(text: str) -> None:
    words, kana = detect_language.WORDS.findall(text), "".join(detect_language.KANA.findall(text))
    assert detect_language._english_words(text) == sum(word in detect_language.ENGLISH for word in words)
    for beside in (0, 1, 20, 40, 400):
        assert detect_language._has_kana(text, beside) == (len(kana) >= detect_language.FEW_KANA * beside)
    letters = "".join(detect_language.LETTERS.findall(text))
    latin = sum(letter.isascii() for letter in letters) >= 0.9 * len(letters)
    if not any(script.search(text) for script in (detect_language.KANA, detect_language.HAN)):
        assert detect_language.detect_language(text) == ("en" if latin else "other")


@example(" a")
@example("a ")
@example("a  b")
@given(st.text(st.sampled_from("aB7 \t\n\r\x0b\x1c\x1f?éＡßｶﾞ？！（\u3000\u0308\u200b\u2060\ufeff")))
def test_a_short_way_gives_the_same_text_as_the_long_one(text: str) -> None:
    assert duplicates.plain(text) == " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert normalise.clean(text) == unicodedata.normalize("NFC", normalise.UNWANTED.sub("", whole)).strip()


def _key(*texts: str) -> str:
    return duplicates.key_of(*map(duplicates.plain, texts))


def test_keys_ignore_width_case_and_white_space_but_not_words() -> None:
    assert _key("Hello  World\n") == _key("ｈｅｌｌｏ world")
    assert _key("hello") != _key("hello!")
    assert _key("a b") != _key("a", "b")


@pytest.mark.parametrize("text", ["a <final> b", "</think-logic>", "<|end|>", "x<|im_start|>y"])
def test_marks_that_would_be_read_as_ours_are_found(text: str) -> None:
    assert normalise.holds_marks(text)


def test_ordinary_angle_brackets_are_no_marks() -> None:
    assert not normalise.holds_marks("if a < b and c > d: print('<b>|x|</b>')")


def test_a_line_that_a_spreadsheet_wrote_as_x000d_is_a_line() -> None:
    assert normalise.clean("one_x000D_\ntwo_x000D_three_x000D_\r\n") == "one\ntwo\nthree"
