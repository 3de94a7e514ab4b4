"""What is done to a session by hand: thrown away, run again under another file, called otherwise, taken on."""

from __future__ import annotations

import argparse
import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.commands import sessions
from so8t_engine.commands.printer import Printer
from so8t_engine.config import file as config_file
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, store

NAME = "20260101-000000-x"


def made(root: Path, name: str = NAME) -> Path:
    return store.create(root, name, config_file.dump(config_file.load_preset("demo", ["seed=77"])), "then")


def said(answer: Any, root: Path, as_json: bool = False, **more: Any) -> tuple[int, str]:
    out = io.StringIO()
    options = argparse.Namespace(**{"data_root": str(root), "session": NAME, "to": None} | more)
    return answer(options, Printer(out, json=as_json)), out.getvalue()


def test_what_goes_to_the_trash_is_a_session_or_what_is_left_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown: list[str] = []
    monkeypatch.setattr("send2trash.send2trash", thrown.append)
    whole, torn, photos = made(tmp_path), tmp_path / "torn", tmp_path / "photos"
    (torn / store.CHECKPOINTS).mkdir(parents=True)
    photos.mkdir()
    (tmp_path / "link").symlink_to(whole)
    for folder in (whole, torn):
        sessions.trash(folder)
    for folder, code, what in (
        (photos, "session_unknown", sentence("session.is_no_session", path=photos)),
        (tmp_path / "link", "session_unsafe", sentence("session.is_a_link", session="link")),
    ):
        error = refused(lambda folder=folder: sessions.trash(folder))  # type: ignore[misc]
        assert (error.code, error.sentence) == (code, what)
    assert thrown == [str(whole), str(torn)]
    assert json.loads(said(sessions._trash, tmp_path, True)[1]) == {"session": NAME, "trashed": True}


@pytest.mark.parametrize(
    ("error", "why"),
    [(OSError(errno.EROFS, "Read-only file system"), "Read-only file system"), (OSError("odd\nx"), "odd")],
)
def test_why_something_did_not_go_to_the_trash_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    def full(_: str) -> None:
        raise error

    monkeypatch.setattr("send2trash.send2trash", full)
    session = made(tmp_path)
    found = refused(lambda: sessions.trash(session))
    assert (found.code, found.sentence) == ("trash", sentence("session.not_trashed", path=session, error=why))


def test_a_configuration_is_given_out_again_to_be_read_or_into_a_file_that_is_not_there(tmp_path: Path) -> None:
    made(tmp_path)
    text = f"# As session {NAME}\n{config_file.dump(config_file.load_preset('demo', ['seed=77']))}"
    assert said(sessions._duplicate, tmp_path) == (0, text)
    told = json.loads(said(sessions._duplicate, tmp_path, True)[1])
    assert (told["session"], told["values"]["seed"], "file" in told) == (NAME, 77, False)
    path = tmp_path / "again.yaml"
    written = json.loads(said(sessions._duplicate, tmp_path, True, to=str(path))[1])
    assert path.read_text(encoding="utf-8") == text and written == told | {"file": str(path)}
    error = refused(lambda: said(sessions._duplicate, tmp_path, to=str(path)))
    assert (error.code, error.sentence) == ("usage", sentence("commands.file_exists", path=path))
    nowhere = tmp_path / "none" / "x.yaml"
    error = refused(lambda: said(sessions._duplicate, tmp_path, to=str(nowhere)))
    assert error.sentence == sentence("commands.cannot_write", path=nowhere, error="No such file or directory")


def test_a_session_is_called_otherwise_until_its_name_is_taken_away(tmp_path: Path) -> None:
    session = made(tmp_path)
    for name, code in (("Mine", "commands.renamed"), ("", "commands.name_taken_away")):
        line = sentence(code, session=NAME, **({"name": name} if name else {}))
        assert said(sessions._rename, tmp_path, name=name) == (0, f"{line}\n")
        assert catalog.entry(session).name == name
    assert json.loads(said(sessions._rename, tmp_path, True, name="It")[1]) == {"session": NAME, "name": "It"}


def test_the_list_says_that_there_are_none_or_names_each(tmp_path: Path) -> None:
    assert said(sessions._sessions, tmp_path) == (0, f"{sentence('commands.no_sessions', root=tmp_path)}\n")
    made(tmp_path)
    assert said(sessions._sessions, tmp_path)[1].startswith(f"{NAME}  new")
    assert [each["session"] for each in json.loads(said(sessions._sessions, tmp_path, True)[1])] == [NAME]


def test_what_is_no_folder_cannot_be_taken_on(tmp_path: Path) -> None:
    error = refused(lambda: said(sessions._adopt, tmp_path, session="none"))
    assert (error.code, error.sentence) == ("session_unknown", sentence("session.unknown", name="none", root=tmp_path))


@pytest.mark.parametrize(
    ("watch", "stands", "looks"),
    [(False, ["running"], 1), (True, ["running", "running", "paused"], 3), (True, ["finished"], 1)],
)
def test_a_session_is_looked_at_once_or_again_every_second_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: bool, stands: list[str], looks: int
) -> None:
    path, slept, seen = made(tmp_path), list[float](), list[bool]()
    left = [catalog.Entry(NAME, path, status) for status in stands]
    other = catalog.Entry("other", tmp_path / "other", "paused")
    monkeypatch.setattr(sessions, "_chosen", lambda options: [left.pop(0), other])
    monkeypatch.setattr(sessions.time, "sleep", slept.append)
    monkeypatch.setattr(sessions.queries, "troubles", lambda entry: [])
    monkeypatch.setattr(sessions.start, "others", lambda others, running: seen.append(running) or [])
    code, text = said(sessions._status, tmp_path, watch=watch)

    assert (
        code == 0 and len(text.splitlines()) == looks and left == [] and all(NAME in line for line in text.splitlines())
    )
    assert slept == [1.0] * (looks - 1) and seen == [status == "running" for status in stands]


def test_programs_are_told_why_a_finished_session_would_not_be_mended_and_what_cannot_be_said_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, wrong = made(tmp_path), sentence("session.is_a_link", session="x")
    error = EngineError("session_unsafe", wrong)

    def unsaid(_: Path) -> None:
        raise error

    monkeypatch.setattr(sessions.queries, "problems", lambda _: [wrong])
    monkeypatch.setattr(sessions.queries, "hindrances", unsaid)
    assert "advice" not in json.loads(said(sessions._verify, tmp_path, True)[1])
    store.write_state(session, store.read_state(session).changed(status="finished"))
    for refusal, code in ((None, None), (error, "session_unsafe")):
        monkeypatch.setattr(sessions.evaluation_again, "refusal", lambda _, refusal=refusal: refusal)
        assert json.loads(said(sessions._verify, tmp_path, True)[1])["refused"] == code
