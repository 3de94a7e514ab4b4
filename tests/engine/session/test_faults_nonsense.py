"""Whatever lies where a session's files belong: the list of sessions shows the others, and says why this one is bad."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import program
from so8t_engine.sentences import say, to_json
from so8t_engine.session import catalog, display_name, incidents, live_progress, lock, manifest, store, timeline
from so8t_engine.session.state import Cursor, PipelineState
from so8t_engine.session.state import to_json as state_json

GOOD, BAD, OLDER = "20260101-000000-good", "20260102-000000-bad", "20251231-000000-older"
FILES = (
    store.STATE, live_progress.NAME, lock.OWNER, incidents.NAME, timeline.NAME, display_name.NAME,
    "checkpoints/000001/manifest.json",
)  # fmt: skip
PLAIN: list[Any] = [None, True, False, 0, -1, 1, 10**400, -(10**30), 1e308, float("nan"), float("inf"), "", "x", "\0"]
SENTENCES: list[Any] = [
    {"code": "a." * 500, "args": {}},
    {"code": "../x.y", "args": {}},
    {"code": "status.new", "args": []},
    {"code": "disk.full", "args": {"path": 1e999}},
    {"code": "session.too_large", "args": {"bytes": 10**400}},
    {"code": "commands.left", "args": {"seconds": float("inf")}},
]
SCALARS = [*PLAIN, "\ud800", "ä" * 999, [], {}, [[]], {"": {}}, [1, "a", None], *SENTENCES]
SCALARS += [{"sentence": wrong} for wrong in SENTENCES]
DEEP = 100_000


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good session on each side of the bad one; the bad one has been at work."""
    folder = tmp_path_factory.mktemp("template")
    for name in (OLDER, GOOD, BAD):
        session = store.create(folder, name, "name: s\n", "2026-01-01T00:00:00Z")
        state = store.commit(session, PipelineState(name, "running", Cursor("train", 3), run=1), {"a": b"x"})
        store.write_state(session, state)
    live = {"run": 1, "step": "train", "kind": "update", "unit": 3, "total": 5, "metrics": {"loss": 0.5}}
    (folder / BAD / live_progress.NAME).write_text(json.dumps(live))
    (folder / BAD / lock.OWNER).write_text('{"pid": 1, "parent": 1}')
    return folder


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """Its sessions in a folder of this test's own."""
    return shutil.copytree(template, tmp_path / "sessions")


def assert_the_others_are_there(root: Path) -> catalog.Entry:
    """Every way to look at the sessions, without a process for each; returns what is said of the bad one."""
    entries = {entry.session: entry for entry in catalog.sessions(root)}
    assert entries[GOOD].status == entries[OLDER].status == "cut"
    bad = entries[BAD]
    assert isinstance(bad.status, str) and isinstance(bad.step, str) and isinstance(bad.unit, int)
    if bad.detail is not None:
        assert all(isinstance(say(bad.detail, language), str) for language in ("en", "ja"))
        json.dumps(to_json(bad.detail))
    assert catalog.unfinished(root)
    assert incidents.read(root / BAD) == [] and timeline.read(root / BAD) == []
    assert isinstance(lock.read_owner(root / BAD), dict) and isinstance(lock.is_held(root / BAD), bool)
    return bad


def nonsense(source: random.Random, depth: int = 0) -> Any:
    """Any JSON there is."""
    if depth > 3 or source.random() < 0.5:
        return source.choice(SCALARS)
    if source.random() < 0.5:
        return [nonsense(source, depth + 1) for _ in range(source.randrange(4))]
    return {source.choice(["", "run", "step", "code", "args"]): nonsense(source, depth + 1) for _ in range(3)}


def altered(value: Any, source: random.Random) -> Any:
    """The same with one value somewhere in it replaced by nonsense, or left out."""
    if not isinstance(value, (dict, list)) or not value or source.random() < 0.2:
        return nonsense(source)
    copy = dict(value) if isinstance(value, dict) else dict(enumerate(value))
    key = source.choice(list(copy))
    if source.random() < 0.1:
        del copy[key]
    else:
        copy[key] = altered(copy[key], source)
    return copy if isinstance(value, dict) else list(copy.values())


@pytest.mark.parametrize("name", FILES)
def test_nonsense_in_any_file_that_a_list_reads_hides_no_other_session(root: Path, name: str) -> None:
    path = root / BAD / name
    original = path.read_bytes() if path.exists() else b"{}"
    body = json.loads(original.split(b"\n")[0] if "manifest" in name else original)
    if "manifest" in name:
        (root / BAD / store.STATE).unlink()  # else nobody asks the checkpoints
    for seed in range(120):
        wrong = altered(body, random.Random(f"{name} {seed}"))
        text = json.dumps(wrong).encode()
        if "manifest" in name:  # sealed, as whoever can write the folder could
            text += b"\n" + manifest.digest(text)[1].encode() + b"\n"
        path.write_bytes(text)
        bad = assert_the_others_are_there(root)

        assert bad.status == "cut" or name == store.STATE or "manifest" in name, "nothing else is needed to read it"


def test_a_wrong_type_in_any_field_of_a_state_is_told_with_its_name(root: Path) -> None:
    right = state_json(store.read_state(root / BAD))
    for field in right.keys() - {"format_version"}:
        for wrong in (True, [1], {"x": [1]}, 10**30, float("nan")):
            if field in ("results", "error", "reason") and isinstance(wrong, dict):
                continue  # these hold what they like
            (root / BAD / store.STATE).write_text(json.dumps(right | {field: wrong}))
            assert catalog.entry(root / BAD).unit == 3, f"{field} = {wrong}: its checkpoint's own copy is used"
    for path in (root / BAD / store.CHECKPOINTS).iterdir():
        (path / manifest.NAME).unlink()
    (root / BAD / store.STATE).write_text(json.dumps(right | {"error": [1]}))

    assert assert_the_others_are_there(root).status == "damaged"


BYTES: dict[str, Callable[[], bytes]] = {
    "deeply nested": lambda: b'{"run":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deeply nested objects": lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "invalid UTF-8": lambda: b'{"run": "\xff\xfe\xc0"}',
    "UTF-16": lambda: '{"run": 1}'.encode("utf-16"),
    "zeros": lambda: bytes(5000),
    "an enormous number": lambda: b'{"run": ' + b"9" * 5000 + b"}",
    "NaN": lambda: b'{"run": NaN, "unit": -Infinity}',
    "nothing": lambda: b"",
    "a tab and a sum": lambda: b"[[[\t0\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", BYTES)
def test_bytes_that_are_no_text_of_such_a_file_hide_no_other_session(root: Path, name: str, what: str) -> None:
    if "manifest" in name:
        (root / BAD / store.STATE).unlink()
    (root / BAD / name).write_bytes(BYTES[what]())

    assert_the_others_are_there(root)


def a_folder(path: Path) -> None:
    (path / "in it").mkdir(parents=True)


def a_named_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device_without_end(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # its address may be no longer than 100 characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def a_hundred_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 30)


@pytest.mark.skipif(os.name != "posix", reason="pipes, devices and sockets in folders")
@pytest.mark.parametrize(
    "what", [a_folder, a_named_pipe, a_device_without_end, a_link_to_itself, a_socket, a_hundred_gigabytes]
)
@pytest.mark.parametrize("name", [*FILES, store.CONFIG, store.CHECKPOINTS, "checkpoints/000001"])
def test_what_is_no_file_at_all_neither_blocks_nor_fills_the_memory(
    root: Path, tmp_path: Path, name: str, what: Callable[[Path], None]
) -> None:
    path = root / BAD / name
    if name.startswith(store.CHECKPOINTS):
        (root / BAD / store.STATE).unlink()
    if path.exists():
        path.rename(tmp_path / "aside")
    what(path)
    listed = {entry.session: entry for entry in catalog.sessions(root)}

    assert listed[GOOD].status == listed[OLDER].status == "cut"
    if BAD in listed:
        assert_the_others_are_there(root)
    else:
        assert name == store.CONFIG and what in (a_link_to_itself,), "without a configuration it is no session"


def test_the_commands_go_through_and_say_what_is_wrong(root: Path) -> None:
    (root / BAD / store.STATE).write_bytes(BYTES["deeply nested"]())
    for path in (root / BAD / store.CHECKPOINTS).iterdir():
        (path / manifest.NAME).unlink()
    listed = program.so8t("sessions", "--data-root", root)
    first, *others = listed.stdout.splitlines()

    assert listed.returncode == 0 and len(others) == 2 and all("cut off" in line for line in others)
    assert first.split(maxsplit=2)[:2] == [BAD, "damaged"] and f"Session {BAD} has no readable state." in first
    assert GOOD in program.so8t("status", "--data-root", root).stdout
    assert "no readable state" in program.so8t("status", BAD, "--data-root", root).stdout


def test_a_session_that_may_not_be_looked_into_is_listed_as_unreadable(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder of another user is. The tests may run as root, who may look everywhere."""
    real = os.stat

    def stat(path: Any, *arguments: Any, **named: Any) -> os.stat_result:
        if f"{BAD}{os.sep}" in os.fspath(path):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "stat", stat)
    listed = {entry.session: entry for entry in catalog.sessions(root)}

    assert listed[GOOD].status == "cut" and listed[BAD].status == "damaged"
    assert listed[BAD].detail is not None
