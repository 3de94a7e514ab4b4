"""An encoding is taken where it cannot be another."""

from __future__ import annotations

import pytest

from so8t_engine.data.files import encodings
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
        ("漢" * 90 + "か" * 10, False),
        ("か" * 90 + "Ж" * 10, False),
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


@pytest.mark.parametrize(
    ("head", "given", "name", "guessed"),
    [
        ("\ufeffa".encode(), "cp1252", "utf-8", False), ("\ufeffa".encode("utf-16-le"), None, "utf-16-le", False),
        ("\ufeffa".encode("utf-32-le"), None, "utf-32-le", False),
        ("\ufeffa".encode("utf-32-be"), "ascii", "utf-32-be", False),
        ("\ufeffa".encode("utf-16-be"), None, "utf-16-be", False), (b"\xe9", "Latin-1", "iso8859-1", False),
        ("a,b\nc,d\n".encode("utf-16-le"), None, "utf-16-le", True),
        ("a,b\nc,d\n".encode("utf-16-be"), None, "utf-16-be", True),
        ("あ".encode("utf-16-le") * 48 + b"a\0b\0", None, "utf-16-le", True), (b"", None, "utf-8", False),
        ("山は富士山です。".encode("iso2022_jp"), None, "iso2022_jp", True), (b"a \x1b$ b", None, "utf-8", False),
        ("山は富士山です。".encode("cp932"), None, "cp932", True),
        ("山は富士山です。".encode("euc_jp"), None, "euc_jp", True),
        ("山は富士山です。".encode(), None, "utf-8", False), (b"a\0b\0\0c", None, "utf-8", False),
    ],
)  # fmt: skip
def test_a_mark_says_it_before_the_configuration_and_that_before_what_the_bytes_can_be(
    head: bytes, given: str | None, name: str, guessed: bool
) -> None:
    assert encodings.find(head, given) == encodings.Encoding(name, guessed)


def test_lines_of_another_encoding_are_told_by_number_where_one_in_ten_or_more_is_utf8() -> None:
    bad, good = BAD * 9, "Größe\n".encode()
    assert list(encodings._lines_of_another(b"plain\n" + good + bad)) == list(range(3, 12))
    assert encodings._lines_of_another(bad + good + BAD) == {}
    assert encodings._lines_of_another(bad) == encodings._lines_of_another(good) == {}
    said = refused(b"plain\n" + bad[: 3 * len(BAD)] + good)
    assert (said.code, {key: said.args[key] for key in ("count", "first", "last", "encoding")}) == (
        "data.mixed_encodings", {"count": 3, "first": 2, "last": 4, "encoding": "cp1252"},
    )  # fmt: skip
    many = [f"Grüße aus Köln und Zürich, Straße Nummer {name}, für Süße\n" for name in ("Öl", "Übung", "Häuser")]
    assert refused("Größe\n".encode() + "".join(many).encode("cp1252")).code == "data.mixed_encodings"
    untold = refused("Größe\n".encode() + b"\x81\x8d\x8f\n" * 2)
    assert (untold.code, untold.args) == ("data.mixed_encodings_untold", {"count": 2, "first": 2, "last": 3})


def refused(head: bytes) -> Sentence:
    with pytest.raises(ValueError) as error:
        encodings.find(head, None)
    found = error.value.args[0]
    assert isinstance(found, Sentence)
    return found
