"""`python -m so8t_gui.autostart`: a real process, its words, its exit code, and what it does not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="would change this user's own logon")


def asked(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_CONFIG_HOME": str(home), "XDG_CONFIG_DIRS": str(home / "etc")}
    command = [sys.executable, "-m", "so8t_gui.autostart", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def test_on_status_off(tmp_path: Path) -> None:
    def state() -> Any:
        return json.loads(asked(tmp_path, "status", "--json").stdout)

    assert not state()["on"]
    on = asked(tmp_path, "on")
    assert (on.returncode, on.stderr) == (0, "") and "so8t.desktop" in on.stdout
    assert state()["on"] and state()["command"][-1] == "--hidden"
    assert asked(tmp_path, "off").returncode == 0
    assert not state()["on"]


def test_what_cannot_be_done_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file where the folder should be")
    done = asked(tmp_path, "on")

    assert done.returncode == 1 and "cannot be written" in done.stdout and "Traceback" not in done.stderr
    body = json.loads(asked(tmp_path, "on", "--json").stdout)
    assert not body["ok"] and "cannot be written" in body["said"]


def test_it_loads_no_qt() -> None:
    code = (
        "import sys; from so8t_gui import autostart as a; a.status(); print([m for m in sys.modules if 'PySide' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
