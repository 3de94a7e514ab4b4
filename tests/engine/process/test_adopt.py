"""Renamed or copied, adopted by the command line, resumed: the bytes are those of an untouched run."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from crash.soak import digests
from helpers import program, toy_engine
from helpers.paths import TOY
from helpers.session_with_saves import contents
from so8t_engine.session import catalog, store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pauses by a pipe")


def test_a_renamed_session_and_its_copy_end_with_the_bytes_of_an_untouched_run(tmp_path: Path) -> None:
    untouched, root = tmp_path / "untouched", tmp_path / "root"
    assert toy_engine.run(untouched)[1] == 0
    assert toy_engine.pause_in("train", toy_engine.start(root, "run", str(TOY))) == 75
    first = toy_engine.session_in(root)
    renamed = first.rename(root / "20270101-000000-renamed")
    copy = shutil.copytree(renamed, root / f"{renamed.name} - Copy")
    before = contents(copy)
    events, code = toy_engine.resume(root, renamed.name)

    assert code == 4 and toy_engine.named(events, "failed")[0]["code"] == "session_foreign"
    assert toy_engine.resume(root)[1] == 4, "no session is chosen in its place"
    told = program.so8t("adopt", renamed.name, "--data-root", root, "--json")
    assert json.loads(told.stdout) == {
        "session": renamed.name,
        "path": str(renamed),
        "before": first.name,
        "status": "paused",
    }
    assert toy_engine.resume(root)[1] == 0
    assert contents(copy) == before and len(store.read_state(copy).identity) == 32
    told = program.so8t("adopt", copy, "--lang", "ja", "--data-root", tmp_path / "somewhere else")
    assert told.returncode == 0 and "20270101-000000-renamed-copy は独立したセッション" in told.stdout
    assert toy_engine.resume(root)[1] == 0
    finished = [entry.path for entry in catalog.sessions(root)]
    assert len(finished) == 2
    assert all(digests(session) == digests(toy_engine.session_in(untouched)) for session in finished)


def test_what_cannot_be_adopted_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    at_home = store.create(tmp_path, "20260101-000000-x", "name: x\n", "now")
    for what, code in (("none", 4), ("folder", 4), (at_home.name, 4)):
        done = program.so8t("adopt", what, "--data-root", tmp_path)

        assert done.returncode == code and "Traceback" not in done.stdout + done.stderr and done.stdout.count(".") >= 2
