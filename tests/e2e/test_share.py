"""A real run, killed again and again: how far it is never falls, and is the same wherever it is looked at."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from helpers.paths import TESTS, TOY
from helpers.program import engine, so8t
from so8t_engine.protocol import Message, decode
from so8t_engine.session import catalog, store
from so8t_gui.engine.events import Exited, Started
from so8t_gui.sessions import rows
from so8t_gui.startup import unfinished_session
from so8t_gui.view import messages
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View

NAME = "20260101-000000-toy"
KILLED_AFTER = (9, 0, 14)  # messages of progress


@pytest.mark.skipif(os.name == "nt", reason="kills a group of processes")
def test_how_far_a_run_is_never_falls_whatever_kills_it(tmp_path: Path) -> None:
    paths = {"PYTHONPATH": os.pathsep.join([str(TESTS / "e2e" / "after_crash"), os.environ.get("PYTHONPATH", "")])}
    session = store.create(tmp_path, NAME, TOY.read_text(encoding="utf-8"), "2026-01-01T00:00:00Z")
    view, window, disk, lost = View(), [0.0], [0.0], 0
    for patience in (*KILLED_AFTER, 10_000):
        view = reduce(view, Started(NAME, "toy"), time.monotonic())
        child = engine("resume", NAME, "--data-root", tmp_path, **paths)
        window.append(view.share)
        assert child.stdout is not None
        opened = False
        for line in child.stdout:
            event = decode(line)
            assert isinstance(event, Message)
            view = reduce(view, event, time.monotonic())
            window.append(view.share)
            disk.append(catalog.entry(session).share)
            opened = opened or event.name == "session"
            lost += event.name == "incident"
            patience -= event.name == "progress"
            if opened and patience <= 0:
                os.killpg(child.pid, signal.SIGKILL)
                break
        child.communicate()
        if patience <= 0:
            view = reduce(view, Exited(9, crashed=True), time.monotonic())
            entry = catalog.entry(session)
            shown = {messages.percent(view.share), messages.percent(rows.rows([entry])[0].share or 0.0)}
            shown |= {messages.percent(unfinished_session.chosen(entry).share)}
            assert len(shown) == 1 and messages.headline(view, 0.0).startswith("Cut off, ") and entry.status == "cut"
    told = [json.loads(so8t(command, "--json", "--data-root", tmp_path).stdout) for command in ("sessions", "status")]

    assert window == sorted(window) and disk == sorted(disk)
    assert view.phase == "finished" and window[-1] == disk[-1] == 1.0
    assert told[0][0]["share"] == told[1]["share"] == 1.0
    assert len({*window}) > 8 and all(told[1]["step_seconds"][step] > 0 for step in ("collect", "train", "evaluate"))
    assert [note.kind for note in view.notes].count("resumed") >= 2
    assert lost >= 2  # the one that was killed as soon as it had opened the session may not have told of the one before
