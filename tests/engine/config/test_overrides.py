"""What is typed behind `--set` is taken as it was meant: texts as they stand, names with dots and digits."""

from __future__ import annotations

import copy
import shlex
from typing import Any

import pytest
import yaml

from so8t_engine import shells
from so8t_engine.config import overrides, yaml_source

ENTRY = {"name": "x", "path": "x.csv", "labels": {"1": "yes"}}


def put(*words: str) -> tuple[dict[str, Any], list[Any]]:
    document = yaml_source.Document(values={"datasets": [copy.deepcopy(ENTRY)]})
    _, problems = overrides.put(document, words)
    return document.values["datasets"][0], problems


@pytest.mark.parametrize(
    ("typed", "prompt"),
    [
        ("question", "question"), (" question ", "question"), ("{a}", "{a}"), (r"{a}\n{b}", "{a}\n{b}"),
        (r'"{a}\n{b}"', "{a}\n{b}"), ("'{a} {b}'", "{a} {b}"), ("Q: {a} # {b}", "Q: {a} # {b}"), ("[a", "[a"),
        ("@a", "@a"), ("%a|b", "%a|b"), ("no", "no"), ("1", "1"), ("質問 (必須)", "質問 (必須)"), ("$a `b`", "$a `b`"),
        (r"a\n", r"a\n"), ("a: b", "a: b"), ("'", "'"), ("\"a'", "\"a'"), ("it's", "it's"), ("a=b", "a=b"),
        ("null", None), ("", None), ("~", None), ('"null"', "null"), ('""', ""), ("''", ""),
    ],
)  # fmt: skip
def test_a_column_or_template_is_the_text_that_was_typed(typed: str, prompt: str | None) -> None:
    assert put(f"datasets.0.columns.prompt={typed}") == ({**ENTRY, "columns": {"prompt": prompt}}, [])


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("labels.0=different", {"1": "yes", "0": "different"}), ("labels.1=no", {"1": "no"}),
        ("labels.007=a", {"1": "yes", "007": "a"}), ("labels.0.5=half", {"1": "yes", "0.5": "half"}),
        ("labels.v1.b=c.d", {"1": "yes", "v1.b": "c.d"}),
        ("labels.not relevant=いいえ", {"1": "yes", "not relevant": "いいえ"}),
        (r"labels.0={a}\n", {"1": "yes", "0": r"{a}\n"}), ('labels={"0": "no"}', {"0": "no"}),
    ],
)  # fmt: skip
def test_what_a_value_is_called_is_a_text_whatever_its_key_is_made_of(typed: str, labels: dict[str, str]) -> None:
    assert put(f"datasets.0.{typed}") == ({**ENTRY, "labels": labels}, [])


def test_other_values_are_yaml_and_a_role_is_named_like_a_label() -> None:
    found, problems = put("datasets.0.max_rows=5", "datasets.0.roles.2=user", "datasets.0.columns={prompt: a}")

    assert problems == []
    assert (found["max_rows"], found["roles"], found["columns"]) == (5, {"2": "user"}, {"prompt": "a"})


@pytest.mark.parametrize("typed", ["[a", "{a b", "@x", '"a', "%x", "[it's", "[$HOME `x`", "[見出し"])
@pytest.mark.parametrize("shell", ["posix", "powershell", "cmd"])
def test_what_is_no_yaml_is_shown_as_it_is_to_be_typed(
    typed: str, shell: shells.Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shells, "here", lambda: shell)

    _, [(path, said)] = put(f"datasets.0.sheet={typed}")

    assert (path, said.code) == (("datasets", 0, "sheet"), "config.value_not_yaml")
    if shell == "posix":
        [word] = shlex.split(said.args["line"])
        assert yaml.safe_load(word.partition("=")[2]) == typed
        assert put(word)[0]["sheet"] == typed
        assert all(letter in word for letter in "見出し" if letter in typed)
    elif '"' not in typed:
        assert said.args["line"] == shells.QUOTING[shell]("datasets.0.sheet='{}'".format(typed.replace("'", "''")))


@pytest.mark.parametrize(("letters", "shown"), [(199, True), (200, False), (300, False)])
def test_a_long_value_is_not_shown_twice(letters: int, shown: bool) -> None:
    _, [(_, said)] = put(f"datasets.0.sheet=[{'a' * letters}")

    assert ("..." in said.args["line"], len(said.args["line"]) < 60) == (not shown, not shown)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("columns: {prompt: a b, response: c}", ["columns.prompt=a b", "columns.response=c"]),
        (r'columns: {prompt: "True?\n\n{a}", response: "V/F"}, labels: {"F": "false", "0.5": "$x"}',
         [r"columns.prompt=True?\n\n{a}", "columns.response=V/F", "labels.F=false", "labels.0.5=$x"]),
        ('header: false, columns: {prompt: column1, response: "no"}',
         ["header=false", "columns.prompt=column1", "columns.response=no"]),
        ("columns: {prompt: 質問, response: 回答, label: 'x >= 4'}",
         ["columns.prompt=質問", "columns.response=回答", "columns.label=x >= 4"]),
        ("columns: {prompt: '\"a\"', response: c}", None), ("columns: {prompt: 'null', response: c}", None),
        ("columns: {prompt: ' a', response: c}", None), ("header: [a, b]", None), ("columns: {prompt", None),
        ("labels: {a=b: c}", None), ("labels: 5", ["labels=5"]), ("labels: no", ["labels=false"]),
        ("columns: {prompt: a}, header: [b]", None), ("sheet: 1, header: [b]", None),
    ],
)  # fmt: skip
def test_a_proposed_line_is_typed_key_by_key_or_not_at_all(line: str, words: list[str] | None) -> None:
    assert overrides.typed(line) == words
