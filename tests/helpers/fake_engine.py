"""A child that speaks the engine's protocol by a script: real processes for tests of the window's side."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from so8t_engine.protocol import PROTOCOL_VERSION

HEAD = """
import json, os, sys, time
VERSION = %(protocol)d
def say(name, **body):
    print(json.dumps({"v": VERSION, "name": name, **body}), flush=True)
def sentence(code, **args):
    return {"code": code, "args": args, "text": code}
def hear():
    line = sys.stdin.readline()
    return json.loads(line)["name"] if line else ""
def hello():
    say("hello", protocol=VERSION, version="test", pid=os.getpid())
def session(step="train", **more):
    say("session", session="20260101-000000-x", title="x", path=PATH, step=step, resumed=False, **more)
    say("step", step=step, state="running")
"""


def command(folder: Path, body: str, protocol: int = PROTOCOL_VERSION) -> list[str]:
    """`body` may use hello(), session(), say(name, ...), sentence(code, ...), hear()."""
    script = folder / "engine.py"
    script.write_text(HEAD % {"protocol": protocol} + f"PATH = {str(folder)!r}\n" + textwrap.dedent(body))
    return [sys.executable, str(script)]
