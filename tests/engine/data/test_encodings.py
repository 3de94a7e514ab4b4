"""An encoding is taken where it cannot be another."""

from __future__ import annotations

import pytest

from so8t_engine.data import encodings
from so8t_engine.sentences import Sentence

GOOD, BAD = "Grüße aus Köln und Zürich\n".encode(), "Grüße aus Köln und Zürich\n".encode("cp1252")


def test_a_text_is_utf8_with_bad_lines_where_more_of_its_lines_are_than_are_not() -> None:
    assert encodings.find(2 * GOOD + BAD, None).name == "utf-8"
    for head in (GOOD + BAD, GOOD + 2 * BAD):
        with pytest.raises(ValueError) as refused:
            encodings.find(head, None)
        assert isinstance(refused.value.args[0], Sentence)


def test_few_lines_that_are_not_utf8_are_bad_lines_however_few_others_show_it() -> None:
    assert encodings.find(19 * b"plain\n" + BAD, None).name == "utf-8"
    with pytest.raises(ValueError):
        encodings.find(18 * b"plain\n" + BAD, None)


@pytest.mark.parametrize(
    ("text", "is_japanese"),
    [
        ("か" * 91 + "Ж" * 9, True),
        ("か" * 89 + "Ж" * 11, False),
        ("漢" * 89 + "か" * 11, True),
        ("漢" * 91 + "か" * 9, False),
    ],
)
def test_a_text_is_japanese_by_its_kana_and_by_little_else_beyond_ascii(text: str, is_japanese: bool) -> None:
    for name in ("cp932", "euc_jp", "iso2022_jp"):
        assert encodings._is_japanese(f"{text} and much in English".encode(name), name) is is_japanese


@pytest.mark.parametrize(
    ("text", "named"),
    [("Wie heißt Größe {n}? Sie heißt Müller.\n", "cp1252"), ("Który prąd płynie {n}? Płynie źle, łąką.\n", "cp1250")],
)
def test_of_encodings_that_give_the_same_text_the_most_usual_is_named(text: str, named: str) -> None:
    with pytest.raises(ValueError) as refused:
        encodings.find("".join(text.format(n=n) for n in range(8)).encode(named), None)
    assert refused.value.args[0].args["encoding"] == named
