"""What a person types as a session's name, and the folder's name that follows from it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from so8t_engine import session_name
from so8t_engine.config import file as config_file
from so8t_engine.config.file import ConfigInvalid
from so8t_engine.export import gguf_folder
from so8t_engine.session import display_name, store


@pytest.mark.parametrize(
    ("typed", "folder"),
    [
        ("My FAQ", "my-faq"),
        ("FAQ 2026 (draft #3)", "faq-2026-draft-3"),
        ("社内 FAQ", "faq"),
        ("社内よくある質問", "session"),
        ("ＦＡＱ　２", "faq-2"),
        ("Café Straße", "cafe-strasse"),
        ("../..\\con", "con"),
        ("a" * 80, "a" * 40),
        ("run-1", "run-1"),
        ("a--b-", "a--b-"),  # sessions begun before have their files by it
        ("demo", "demo"),
    ],
)
def test_a_title_is_taken_as_people_write_it_and_its_folder_follows(typed: str, folder: str) -> None:
    config = config_file.load_preset("demo", [f"name={json.dumps(typed)}"])

    assert config.name == typed and session_name.folder(config.name) == folder
    assert store.SESSION_ID.match(f"20260101-000000-{folder}")
    assert gguf_folder.file_name(config.name, "Q8_0") == f"{folder}-Q8_0.gguf"


@given(st.text(max_size=100))
def test_whatever_is_typed_its_folder_can_be_made(typed: str) -> None:
    assert session_name.FOLDER.fullmatch(session_name.folder(typed))


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "config.no_run_name"), (" \u200b ", "config.no_run_name"), ("x" * 81, "session.name_too_long")],
)
def test_a_name_of_nothing_and_one_that_is_too_long_are_refused(typed: str, code: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        config_file.load_preset("demo", [f'name="{typed}"'])

    assert [(key, what.code) for key, what in refused.value.problems] == [("name", code)]
    assert session_name.LONGEST == display_name.LONGEST


def test_what_is_not_seen_and_blanks_around_it_go() -> None:
    assert config_file.load_preset("demo", ['name="  My\\u200b FAQ "']).name == "My FAQ"
