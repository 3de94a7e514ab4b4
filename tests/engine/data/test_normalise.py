"""Text comes into one form; its language is told by script; its keys find duplicates and split prompts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine.data import detect_language, duplicates, heldout_split, normalise


def test_text_is_composed_trimmed_and_free_of_control_characters() -> None:
    assert normalise.clean("\ufeff  e\u0301a\r\nb\rc\x00\x07\td\u200b \n") == "éa\nb\nc\td"


@given(st.text())
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


def test_keys_ignore_width_case_and_white_space_but_not_words() -> None:
    assert duplicates.duplicate_key("Hello  World\n") == duplicates.duplicate_key("ｈｅｌｌｏ world")
    assert duplicates.duplicate_key("hello") != duplicates.duplicate_key("hello!")
    assert duplicates.duplicate_key("a b") != duplicates.duplicate_key("a", "b")


def test_about_the_wanted_fraction_is_held_out_and_another_seed_holds_out_others() -> None:
    keys = [duplicates.duplicate_key(str(number)) for number in range(4_000)]
    first = {key for key in keys if heldout_split.is_heldout(17, key, 0.1)}
    second = {key for key in keys if heldout_split.is_heldout(18, key, 0.1)}

    assert 300 < len(first) < 500
    assert len(first & second) < 100
    assert not any(heldout_split.is_heldout(17, key, 0.0) for key in keys)
    assert all(heldout_split.is_heldout(17, key, 1.0) for key in keys)


def test_a_running_session_of_an_older_version_keeps_its_keys_and_its_split() -> None:
    """Pinned: another key would find other duplicates, another draw would move questions into the training data."""
    key = duplicates.duplicate_key("What is a train?", "A  Train")

    assert key == "63fdade4ff2eeaaf72b30f327385a0d1"
    assert [heldout_split.is_heldout(5, key, fraction) for fraction in (0.62314, 0.62334)] == [False, True]


@pytest.mark.parametrize("text", ["a <final> b", "</think-logic>", "<|end|>", "x<|im_start|>y"])
def test_marks_that_would_be_read_as_ours_are_found(text: str) -> None:
    assert normalise.holds_marks(text)


def test_ordinary_angle_brackets_are_no_marks() -> None:
    assert not normalise.holds_marks("if a < b and c > d: print('<b>|x|</b>')")
