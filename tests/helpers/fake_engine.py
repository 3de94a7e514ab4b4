"""A child that speaks the engine's protocol by a script: real processes for tests of the window's side."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

HEAD = """
import json, os, sys, time
def say(name, **body):
    print(json.dumps({"v": 1, "name": name, **body}), flush=True)
def hear():
    line = sys.stdin.readline()
    return json.loads(line)["name"] if line else ""
def hello(protocol=1):
    say("hello", protocol=protocol, version="test", pid=os.getpid())
def session(step="train", **more):
    say("session", session="20260101-000000-x", title="x", path=PATH, step=step, resumed=False, **more)
    say("step", step=step, state="running")
"""


def command(folder: Path, body: str) -> list[str]:
    """`body` may use hello(), session(), say(name, ...), hear()."""
    script = folder / "engine.py"
    script.write_text(HEAD + f"PATH = {str(folder)!r}\n" + textwrap.dedent(body))
    return [sys.executable, str(script)]
