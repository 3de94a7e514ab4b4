"""Sentences: one catalogue, two languages, and every call held against it."""

from __future__ import annotations

import ast
import json
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import so8t_resources
from helpers.paths import PROJECT
from so8t_engine import sentences
from so8t_engine.errors import CODES
from so8t_engine.sentences import LANGUAGES, Sentence, from_json, in_turn, listed, say, sentence, to_json, verbatim

AREAS = sorted(so8t_resources.path("sentences").glob("*.toml"))
CATALOGUE = {
    f"{path.stem}.{name}": templates
    for path in AREAS
    for name, templates in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
SOURCES = [*sorted((PROJECT / "engine" / "so8t_engine").rglob("*.py")), *sorted((PROJECT / "gui").rglob("*.py"))]


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, code, argument names; None where they are given by `**`) of every `sentence("...")` in the program."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence":
                names = {keyword.arg for keyword in node.keywords}
                given = None if None in names else {name for name in names if name is not None}
                for code in codes(node.args[0]):
                    yield f"{path.relative_to(PROJECT)}:{node.lineno}", code, given


def codes(node: ast.expr) -> list[str]:
    """The literals a code may be: itself, or both sides of a condition."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    return [*codes(node.body), *codes(node.orelse)] if isinstance(node, ast.IfExp) else []


def literals() -> set[str]:
    """Every string in the program that has the shape of a code."""
    return {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_template_is_there_in_every_language_with_the_same_places(code: str) -> None:
    templates = CATALOGUE[code]

    assert set(templates) == set(LANGUAGES) and all(templates.values())
    assert len({frozenset(places(template)) for template in templates.values()}) == 1, templates


def test_every_sentence_in_the_program_has_a_template_and_all_its_arguments() -> None:
    wrong = []
    for where, code, given in calls():
        if code not in CATALOGUE:
            wrong.append(f"{where}: {code} is in no catalogue")
        elif given is not None and given != places(CATALOGUE[code]["en"]):
            wrong.append(f"{where}: {code} has {sorted(places(CATALOGUE[code]['en']))}, given {sorted(given)}")
    assert not wrong, "\n".join(wrong)


def test_every_template_is_said_somewhere() -> None:
    used = literals() | {f"action.{code}" for code in CODES}

    assert sorted(set(CATALOGUE) - used) == []


def test_every_error_code_says_what_to_do() -> None:
    assert {f"action.{code}" for code in CODES} == {code for code in CATALOGUE if code.startswith("action.")}


def test_a_sentence_is_said_in_the_language_of_the_reader_with_sentences_in_its_places() -> None:
    why = sentence("session.set_aside", checkpoint="000041", why=sentence("session.file_changed"))

    assert str(why) == "checkpoint 000041 set aside: its content has changed since it was written"
    assert say(why, "ja") == "チェックポイント 000041 を退避しました: 書き込み後に内容が変わっています"


def test_a_sentence_survives_the_protocol() -> None:
    said = listed(
        in_turn(sentence("session.finished", session="a"), verbatim("x")),
        [sentence("disk.full", path=Path("p"), error="e")],
    )

    again = from_json(json.loads(json.dumps(to_json(said))))

    assert again == said and say(again, "ja") == say(said, "ja")
    assert to_json(said)["text"] == str(said)


def test_words_of_older_and_newer_versions_are_taken_as_they_are() -> None:
    assert str(from_json("The disk is full.")) == "The disk is full."
    assert str(from_json({"code": "moon.landed", "args": {}, "text": "We have landed."})) == "We have landed."
    assert str(from_json(None)) == ""


@pytest.mark.parametrize(
    "bad", [Sentence("no.such"), Sentence("session.finished"), Sentence("nothing"), Sentence("../x.y")]
)
def test_what_nobody_can_say_is_shown_and_never_raises(bad: Sentence) -> None:
    assert bad.code in say(bad, "ja")


def test_lists_have_the_commas_of_their_language() -> None:
    template = {"en": "{names:or}", "ja": "{names:or}"}
    formatter = {language: sentences._Formatter(language) for language in LANGUAGES}

    assert formatter["en"].vformat(template["en"], (), {"names": ["a", "b", "c"]}) == "a, b or c"
    assert formatter["ja"].vformat(template["ja"], (), {"names": ["a", "b", "c"]}) == "a、b、またはc"
    assert formatter["en"].vformat("{names:or}", (), {"names": ["a"]}) == "a"
    assert formatter["en"].vformat("{size:gib}", (), {"size": 3 << 30}) == "3.0 GiB"
    assert formatter["en"].vformat("{lines:lines}", (), {"lines": ["a", "b"]}) == "\n- a\n- b"
