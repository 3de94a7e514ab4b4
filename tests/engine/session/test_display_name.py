"""What a person calls a session is shown in place of its run's name, and is nothing but one line of text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.session import adoption, catalog, display_name, identity, store

ID = "20260101-000000-demo"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return store.create(tmp_path, ID, "name: demo\n", "then", identity="its-own")


def test_a_name_is_shown_until_it_is_taken_away_and_changes_nothing_else(session: Path) -> None:
    before = {path.name: path.read_bytes() for path in session.iterdir() if path.is_file()}
    assert (catalog.entry(session).name, catalog.entry(session).title) == ("", "demo")

    assert display_name.give(session, "  Mein Test, 夜の学習  ") == "Mein Test, 夜の学習"
    assert catalog.entry(session).title == "Mein Test, 夜の学習"
    assert (session / display_name.NAME).read_text(encoding="utf-8") == '{"name": "Mein Test, 夜の学習"}\n'
    assert session.name == catalog.entry(session).session == ID
    after = {path.name: path.read_bytes() for path in session.iterdir() if path.is_file()}
    assert after.keys() - before.keys() == {display_name.NAME}
    assert {name: after[name] for name in before} == before

    assert display_name.give(session, "") == ""
    assert catalog.entry(session).title == "demo"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\nb", "a b"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07end", "red end"),
        ("gpj\u202eexe", "gpjexe"),
        ("<b>bold</b> &amp; {name}", "<b>bold</b> &amp; {name}"),
        ("\u200b \n", ""),
    ],
)
def test_a_hostile_name_is_one_line_of_what_can_be_seen(session: Path, given: str, kept: str) -> None:
    assert display_name.give(session, given) == kept
    assert display_name.of(session) == kept


def test_a_name_too_long_to_be_shown_is_refused_and_the_one_before_stays(session: Path) -> None:
    display_name.give(session, "x" * display_name.LONGEST)
    assert refused(lambda: display_name.give(session, "y" * (display_name.LONGEST + 1))).code == "usage"
    assert display_name.of(session) == "x" * display_name.LONGEST


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"name": 5}', b'{"name": null}', b"\xff\xfe"])
def test_whatever_lies_in_the_file_the_session_is_shown(session: Path, body: bytes) -> None:
    (session / display_name.NAME).write_bytes(body)
    assert catalog.entry(session).title == "demo"


def test_a_copy_is_known_by_its_folder_and_keeps_that_name_when_it_is_adopted(session: Path) -> None:
    display_name.give(session, "mine")
    copy = session.with_name(f"{ID}-copy")
    shutil.copytree(session, copy)
    assert (catalog.entry(copy).status, catalog.entry(copy).title) == ("copy", "demo-copy")
    adopted, _ = adoption.adopt(copy)
    assert (catalog.entry(adopted).status, catalog.entry(adopted).title) == ("new", "demo-copy")
    assert catalog.entry(session).title == "mine"
    assert identity.of(session).bound_to == "its-own"
