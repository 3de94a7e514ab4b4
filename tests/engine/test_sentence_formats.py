"""How values stand in sentences, format by format, and how much of a sentence is said, read or believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from so8t_engine import sentences
from so8t_engine.plain_text import plain
from so8t_engine.sentences import (
    DEEPEST,
    LONGEST_AREA,
    LONGEST_TEXT,
    MOST_ITEMS,
    Sentence,
    below,
    bytes_text,
    duration_text,
    first_line,
    from_json,
    in_turn,
    listed,
    named,
    of_error,
    say,
    sentence,
    to_json,
    verbatim,
)
from so8t_engine.typed import Typed

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@pytest.mark.parametrize(
    ("form", "value", "english", "japanese"),
    [
        ("", ["a", "b", "c"], "a, b, c", "a、b、c"),
        ("", [], "", ""),
        ("lines", ["a", "b"], "\n- a\n- b", "\n- a\n- b"),
        ("rows", ["a", "b"], "a\nb", "a\nb"),
        ("bars", ["a", "b"], "a | b", "a | b"),
        ("or", ["a", "b", "c"], "a, b or c", "a、b、またはc"),
        ("or", ["a", "b"], "a or b", "a、またはb"),
        ("or", ["a"], "a", "a"),
        ("or", [], "", ""),
        ("quoted", ["a", "b"], "'a', 'b'", "「a」、「b」"),
        ("quoted", "a", "'a'", "「a」"),
        ("any", ["a", "b"], "'a' or 'b'", "「a」、または「b」"),
        ("any", ["a"], "'a'", "「a」"),
        ("turn", ["a", "b"], "a. b", "a。b"),
        ("turn", ["a.", "b"], "a. b", "a.b"),
        ("turn", ["a)", "b"], "a). b", "a)。b"),
        ("turn", ["x`", "y'", 'z"', "b"], "x`. y'. z\". b", "x`。y'。z\"。b"),
        ("turn", [listed(verbatim("a"), [verbatim("b")]), "c"], "a\n- b c", "a\n- bc"),
        ("turn", ["a?", "b!"], "a? b!", "a?b!"),
        ("turn", ["a"], "a", "a"),
        ("count|file is|files are", 0, "0 files are", "0 files are"),
        ("count|file is|files are", 1, "1 file is", "1 file is"),
        ("count|file is|files are", 2, "2 files are", "2 files are"),
        ("count|file is|files are", 1.0, "1.0 file is", "1.0 file is"),
        ("count|file|files", 12_345, "12,345 files", "12,345 files"),
        ("count|file|files", "many", "many files", "many files"),
        ("whole", "a\nb\tc", "a\nb c", "a\nb c"),
        ("", "a\nb\tc", "a b c", "a b c"),
        ("clause", "It is full.", "It is full", "It is full"),
        ("clause", "満杯です。", "満杯です", "満杯です"),
        ("clause", verbatim("full."), "full", "full"),
        ("share", 0, "none", "なし"),
        ("share", 0.0049, "under 1%", "1% 未満"),
        ("share", 0.005, "0%", "0%"),
        ("share", 0.006, "1%", "1%"),
        ("share", 0.333, "33%", "33%"),
        ("share", 1, "100%", "100%"),
        ("share", -0.1, "-10%", "-10%"),
        ("gib", 3 * GIB, "3.0 GiB", "3.0 GiB"),
        ("duration", 130, "2 min 10 s", "2 分 10 秒"),
        ("hours", 2, "2 h 00 min", "2 時間 00 分"),
        ("hours", 0.001, "4 s", "4 秒"),
        ("millions", 2.5, "2.5 million", "250万"),
        (",", 12_345, "12,345", "12,345"),
        (".2f", 1.005, "1.00", "1.00"),
        ("", True, "True", "True"),
        ("", None, "None", "None"),
        ("typed", "my run", "'my run'", "'my run'"),
        ("typed", "run", "run", "run"),
        ("", sentence("session.file_changed"), "its content has changed since it was written",
         "書き込み後に内容が変わっています"),
    ],
)  # fmt: skip
def test_a_value_stands_in_a_sentence_as_its_place_says(form: str, value: Any, english: str, japanese: str) -> None:
    said = [sentences._Formatter(language).format_field(value, form) for language in ("en", "ja")]

    assert said == [english, japanese]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 MiB"), (1, "1 KiB"), (3 * KIB, "3 KiB"), (972 * KIB, "972 KiB"), (973 * KIB, "1 MiB"), (MIB, "1 MiB"),
        (40 * MIB, "40 MiB"), (60 * MIB, "60 MiB"), (972 * MIB, "972 MiB"), (973 * MIB, "1.0 GiB"),
        (GIB, "1.0 GiB"), (3.25 * GIB, "3.2 GiB"),
        (-GIB, "-1024 MiB"),
    ],
)  # fmt: skip
def test_bytes_are_told_in_a_unit_that_leaves_a_number(size: float, said: str) -> None:
    assert bytes_text(size) == said


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [
        (0, "0 s", "0 秒"), (59.4, "59 s", "59 秒"), (59.5, "1 min 00 s", "1 分 00 秒"),
        (61, "1 min 01 s", "1 分 01 秒"),
        (3_599, "59 min 59 s", "59 分 59 秒"), (3_599.6, "1 h 00 min", "1 時間 00 分"),
        (3_659, "1 h 00 min", "1 時間 00 分"),
        (3_660, "1 h 01 min", "1 時間 01 分"), (360_000, "100 h 00 min", "100 時間 00 分"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, english: str, japanese: str) -> None:
    assert (duration_text(seconds), duration_text(seconds, "ja")) == (english, japanese)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("a.\nb"), "a"), (ValueError("Error:\n  what it is.  \nmore"), "what it is"),
        (ValueError("Error:"), "Error:"),
        (ValueError("\n\n"), "ValueError"), (KeyError(), "KeyError"), ("a: b...", "a: b"), ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 200),
    ],
)  # fmt: skip
def test_of_what_a_library_says_the_first_line_that_says_something_is_taken(error: Any, said: str) -> None:
    assert first_line(error) == said


def test_of_a_long_list_so_many_are_said() -> None:
    assert sentences._Formatter("en").format_field(["a"] * (MOST_ITEMS + 1), "rows").count("a") == MOST_ITEMS


@pytest.mark.parametrize(("length", "cut"), [(LONGEST_TEXT, False), (LONGEST_TEXT + 1, True)])
def test_a_sentence_says_so_much_and_no_more(length: int, cut: bool) -> None:
    words = [verbatim("x" * 9_999), verbatim("y" * (length - 10_000))]
    said = say(Sentence("plain.below", {"parts": words}))

    assert len(said) <= LONGEST_TEXT and said.endswith("…") is cut


def test_what_was_raised_with_a_sentence_says_it_else_its_own_words() -> None:
    full = sentence("session.file_changed")
    assert of_error(ValueError(full)) is full
    assert of_error(ValueError("odd", full)) == verbatim(str(ValueError("odd", full)))
    assert of_error(ValueError("odd")) == verbatim("odd") and of_error(KeyError()) == verbatim("KeyError")


def test_one_sentence_alone_needs_no_frame() -> None:
    one, two = sentence("session.file_changed"), verbatim("x")
    assert in_turn(one) is one is below(one)
    assert in_turn(one, two) == Sentence("plain.in_turn", {"parts": [one, two]})
    assert below(one, two) == Sentence("plain.below", {"parts": [one, two]})
    assert listed(one, [two]) == Sentence("plain.listed", {"head": one, "lines": [two]})


def test_paths_and_broken_names_become_text_at_once_and_numbers_stay() -> None:
    inner = verbatim("x")
    said = sentence(
        "x.y", path=Path("a") / "b", names=("c", Path("d"), [1, None]), half="\ud83d", n=5, s=inner, none=None
    )

    assert said.args == {
        "path": str(Path("a") / "b"), "names": ["c", "d", [1, None]], "half": "\ufffd", "n": 5, "s": inner,
        "none": None,
    }  # fmt: skip


def nested(depth: int) -> dict[str, Any]:
    """A sentence in a sentence in a sentence, as JSON; each has its English text."""
    innermost: dict[str, Any] = {"code": "plain.verbatim", "args": {"text": "core"}, "text": "core"}
    for _ in range(depth):
        innermost = {"code": "plain.below", "args": {"parts": [innermost]}, "text": "shortened"}
    return innermost


@pytest.mark.parametrize(("depth", "said"), [(0, "core"), (3, "core"), (DEEPEST // 2, "core"), (5_000, "shortened")])
def test_so_deep_a_sentence_is_read_and_further_down_its_text_is_taken(depth: int, said: str) -> None:
    assert str(from_json(nested(depth))) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("plain words", verbatim("plain words")),
        (None, verbatim("")),
        ({"code": "plain.verbatim"}, verbatim("")),
        ({"code": 5, "args": {}}, verbatim("")),
        ({"code": "plain.verbatim", "args": []}, verbatim("")),
        ({"code": "moon.landed", "args": {}, "text": "We have."}, verbatim("We have.")),
        ({"code": "moon.landed", "args": {"a": 1}, "text": 5}, Sentence("moon.landed")),
        ({"code": "plain.verbatim", "args": {"text": {"a": 1}}}, verbatim("{'a': 1}")),
        ({"code": "plain.below", "args": {"parts": ["a", {"code": "plain.verbatim", "args": {"text": "b"}}]}},
         Sentence("plain.below", {"parts": ["a", verbatim("b")]})),
    ],
)  # fmt: skip
def test_what_a_file_holds_is_read_as_far_as_it_is_a_sentence(value: Any, said: Sentence) -> None:
    assert from_json(value) == said


def test_a_sentence_lies_in_files_with_its_english_text() -> None:
    inner = sentence("session.file_changed")
    said = Sentence("plain.below", {"parts": (inner, {"a": inner}, 5)})
    written = {"code": "session.file_changed", "args": {}, "text": "its content has changed since it was written"}

    assert to_json(said)["args"] == {"parts": [written, {"a": written}, 5]} and to_json(inner) == written


def test_a_name_of_an_open_list_is_its_word_else_itself() -> None:
    assert named("unit", "update") == Sentence("unit.update")
    assert named("unit", "somersault") == Sentence("plain.name", {"name": "somersault"})
    for area in ("../unit", "u" * (LONGEST_AREA + 1), "no_such_area", ""):
        assert named(area, "update").code == "plain.name"


def test_what_nobody_can_say_is_shown_by_code_and_arguments() -> None:
    assert say(Sentence("no.such", {"a": 1})) == plain("no.such {'a': 1}")
    assert say(Sentence("session.finished", {"other": 1})) == plain("session.finished {'other': 1}")
    endless: list[Any] = []
    endless.append(endless)
    assert say(Sentence("plain.below", {"parts": endless})).startswith("plain.below")


def test_commands_are_typed_as_the_reader_types_them_and_a_window_names_its_buttons() -> None:
    finished = sentence("action.session_finished")
    typed = say(finished, typed=Typed(program="./so8t", session="mine"))
    assert "`./so8t report mine`" in typed and "`so8t report SESSION`" in say(finished)
    assert "`" not in say(finished, window=True) and say(finished, "ja", window=True) != say(finished, "ja")
    inner = in_turn(finished, verbatim("x"))
    assert "`./so8t report mine`" in say(inner, typed=Typed(program="./so8t", session="mine"))
    assert say(finished, "fr") == say(finished), "a language that is not there"


@pytest.mark.parametrize("code", ["x" * 5000 + ".y", "a b.c", "/etc/passwd.x", "\0.x", ""])
def test_a_code_that_is_no_name_of_a_file_is_shown_as_it_is(code: str) -> None:
    assert plain(code)[:20] in str(Sentence(code))


def test_of_a_sentence_that_is_too_long_the_lines_stay() -> None:
    said = str(sentences.verbatim("line\n" * sentences.LONGEST_TEXT))

    assert len(said) == sentences.LONGEST_TEXT and said.startswith("line\nline\n")
