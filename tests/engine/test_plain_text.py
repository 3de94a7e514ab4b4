"""What foreign text must not do where it is shown."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from so8t_engine.plain_text import CUT, LONGEST, plain

SEEN = "\u200c\u200d" + "".join(map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]))
HIEROGLYPHS = range(0x13430, 0x13440)  # how they are joined; fonts show them


def test_no_character_that_is_not_seen_is_left() -> None:
    left = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and plain(f"a{character}日") not in ("a日", "a 日", "a\ufffd日")
        and character not in SEEN
        and ord(character) not in HIEROGLYPHS
    ]

    assert left == []


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("\x1b[2J\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07name\x1b]8;;http://x\x1b\\link", "namelink"),
        ("\x9b31mred\x9d0;title\x9c", "red"),
        ("\x1bcreset \x1b(Bset", "reset set"),
        ("never closed: \x1b]0;rest", "never closed: 0;rest"),
        ("a\x07b\x00c\x7fd\x08e", "abcde"),
        ("photo_\u202egpj.exe \u2066x\u2069", "photo_gpj.exe x"),
        ("one\r\ntwo\u2028three\x85four\tfive", "one two three four five"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("日本語、한국어, עברית, 👩‍👩‍👧, می‌خواهم", "日本語、한국어, עברית, 👩‍👩‍👧, می‌خواهم"),
        ("<img src=x> [red]&amp;", "<img src=x> [red]&amp;"),
    ],
)
def test_sequences_controls_and_directions_are_gone_and_words_are_whole(foreign: str, shown: str) -> None:
    assert plain(foreign) == shown
    assert plain(shown) == shown


def test_line_breaks_stay_only_where_lines_are_meant() -> None:
    assert plain("a\r\nb\u2029c\nd", lines=True) == "a\nb\nc\nd"
    assert "\n" not in plain("a\r\nb\u2029c\nd")


def test_no_text_is_longer_than_its_place_allows() -> None:
    assert len(plain("x" * 10**7)) == LONGEST and plain("x" * 10**7).endswith(CUT)
    assert plain("漢" * 40, most=10) == "漢" * 9 + CUT
    assert len(plain("x" * 10**5, most=None)) == 10**5


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("abcde", "abcde"), ("abcdef", "abcd" + CUT), ("\x07" * 39 + "a", "a"), ("\x07" * 40 + "a", ""),
        ("a" + "\x07" * 100, "a"),
    ],
)  # fmt: skip
def test_so_many_characters_are_shown_and_eight_times_as_many_looked_at(foreign: str, shown: str) -> None:
    assert plain(foreign, most=5) == shown
