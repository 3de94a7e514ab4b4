"""What a folder holds where its files say different things: its state, its checkpoints, and that it was adopted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from so8t_engine.session import identity, manifest
from so8t_engine.session.identity import Identity

HERE = "20260101-000000-here"
Claim = tuple[str, str]  # name, identity


def told(
    root: Path, *, state: Claim | None = None, checkpoints: tuple[Claim, ...] = (), adopted: Claim | None = None
) -> Path:
    session = root / HERE
    session.mkdir(parents=True)
    for file, claim in ((identity.STATE, state), (identity.ADOPTED, adopted)):
        if claim is not None:
            body = json.dumps({"session": claim[0], "identity": claim[1]}, ensure_ascii=False)
            (session / file).write_text(body, encoding="utf-8")
    for number, (name, own) in enumerate(checkpoints, start=1):
        folder = session / identity.CHECKPOINTS / f"{number:08}"
        folder.mkdir(parents=True)
        (folder / manifest.NAME).write_bytes(manifest.build({}, {"session": name, "identity": own}))
    return session


@pytest.mark.parametrize(
    ("state", "checkpoints", "adopted", "found"),
    [
        ((HERE, "x"), (("there", "y"),), ("there", "y"), Identity("x", HERE)),
        ((HERE, ""), (), None, Identity(HERE, HERE)),
        (("there", "x"), ((HERE, "y"), ("there", "x")), None, Identity("y", HERE)),
        (("there", "x"), ((HERE, "y"),), (HERE, "z"), Identity("y", HERE)),
        (("there", "x"), (("far", "y"),), ("far", "y"), Identity("x", "there")),
        (("there", "x"), (), None, Identity("x", "there")),
        (None, (("there", "x"), ("there", "x")), (HERE, "x"), Identity("x", HERE)),
        (None, (), (HERE, "x"), Identity("x", HERE)),
        (None, (("there", "y"),), (HERE, "x"), Identity("y", "there")),
        (None, (("there", "x"), (HERE, "y")), (HERE, "x"), Identity("y", HERE)),
        (None, (("old", "x"), ("new", "x")), None, Identity("x", "new")),
        (None, (("one", "x"), ("two", "y")), None, Identity(HERE, HERE)),
        (None, (), None, Identity(HERE, HERE)),
    ],
)
def test_the_state_speaks_first_where_it_is_of_this_folder_then_what_was_adopted_then_the_checkpoints(
    tmp_path: Path, state: Claim | None, checkpoints: tuple[Claim, ...], adopted: Claim | None, found: Identity
) -> None:
    assert identity.of(told(tmp_path, state=state, checkpoints=checkpoints, adopted=adopted)) == found


def test_only_folders_with_a_checkpoints_number_are_asked(tmp_path: Path) -> None:
    session = told(tmp_path, checkpoints=(("there", "x"),))
    for name in ("00000001.part", "9" * 20):
        folder = session / identity.CHECKPOINTS / name
        folder.mkdir()
        (folder / manifest.NAME).write_bytes(manifest.build({}, {"session": HERE, "identity": "no"}))

    assert identity.of(session) == Identity("x", "there")


def test_what_is_noted_is_found_again(tmp_path: Path) -> None:
    session = told(tmp_path)
    identity.note(session, Identity("質問", HERE))

    assert identity.of(session) == Identity("質問", HERE)
    assert "質問" in (session / identity.ADOPTED).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "../there", "a/b", HERE, "none"])
def test_an_original_is_another_folder_beside_it(tmp_path: Path, name: str) -> None:
    session = told(tmp_path / "sessions", state=(name or "x", "x"))
    (tmp_path / "there").mkdir()

    assert identity.original(session, Identity("x", name)) is None


def test_an_original_is_the_same_session_under_its_name(tmp_path: Path) -> None:
    session = told(tmp_path, state=("there", "x"))
    there = tmp_path / "there"
    there.mkdir()
    assert identity.original(session, identity.of(session)) is None
    (there / identity.STATE).write_text('{"session": "there", "identity": "x"}', encoding="utf-8")

    assert identity.original(session, identity.of(session)) == there
