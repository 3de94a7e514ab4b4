"""What the command line does with a session besides running it: to the trash, a new start of it, its report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from so8t_engine import paths
from so8t_engine.commands import start
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EXIT_FINISHED, EngineError
from so8t_engine.session import catalog, lock, store

REPORT = Path("report") / "report.html"

Command = Callable[[argparse.Namespace, TextIO], int]


def trash(session: Path) -> None:
    """Moves the folder to the system's trash. Raises EngineError locked, session_unknown, session_unsafe, trash."""
    if session.is_symlink():
        raise EngineError("session_unsafe", f"{session.name} is a link, not a session folder.")
    if not (session / store.CONFIG).exists() and not (session / store.CHECKPOINTS).is_dir():
        raise EngineError("session_unknown", f"{session} is a folder, but no session.")
    from send2trash import send2trash

    with _at_rest(session):
        try:
            send2trash(str(session))
        except OSError as error:
            why = error.strerror or str(error) or type(error).__name__
            raise EngineError("trash", f"{session} could not be moved to the trash: {why}.") from error


def again(session: Path) -> RunConfig:
    """The configuration it was made with. Raises EngineError config_invalid, file_missing."""
    path = session / store.CONFIG
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise EngineError("file_missing", f"{path} cannot be read: {getattr(error, 'strerror', error)}.") from error
    return config_file.parse(text, str(path))


def report(session: Path) -> Path:
    """Raises EngineError report_missing."""
    path = session / REPORT
    if not path.is_file():
        raise EngineError("report_missing", f"Session {session.name} has no report; its last step writes it.")
    return path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, text in (
        ("trash", "move a session to the trash (not while it runs)"),
        ("duplicate", "the configuration of a session, to start anew: `so8t run FILE`"),
        ("report", "where the report of a session is"),
    ):
        made = commands.add_parser(name, help=text)
        made.add_argument("session", metavar="SESSION")
        made.add_argument("--json", action="store_true")
        start.add_root(made)
        if name == "duplicate":
            made.add_argument("--to", metavar="FILE.yaml", help="write it there instead of printing it")


def _trash(arguments: argparse.Namespace, out: TextIO) -> int:
    session = _session(arguments)
    trash(session)
    return _say(arguments, out, {"session": session.name, "trashed": True}, f"{session.name} is in the trash.")


def _duplicate(arguments: argparse.Namespace, out: TextIO) -> int:
    session = _session(arguments)
    config = again(session)
    text = f"# As session {session.name}\n{config_file.dump(config)}"
    body: dict[str, Any] = {"session": session.name, "values": config.model_dump(mode="json")}
    if arguments.to is None:
        return _say(arguments, out, body, text.rstrip("\n"))
    path = Path(arguments.to).absolute()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise EngineError("usage", f"{path} is there already; name another file.") from error
    except OSError as error:
        raise EngineError("usage", f"{path} cannot be written: {error.strerror or error}.") from error
    words = f"{path} is written; `so8t run {arguments.to}` starts it."
    return _say(arguments, out, body | {"file": str(path)}, words)


def _report(arguments: argparse.Namespace, out: TextIO) -> int:
    path = report(_session(arguments))
    return _say(arguments, out, {"report": str(path)}, str(path))


COMMANDS: dict[str, Command] = {"trash": _trash, "duplicate": _duplicate, "report": _report}


def _session(arguments: argparse.Namespace) -> Path:
    return catalog.find(paths.data_root(arguments.data_root), arguments.session)


def _say(arguments: argparse.Namespace, out: TextIO, body: dict[str, Any], words: str) -> int:
    print(json.dumps(body, ensure_ascii=False) if arguments.json else words, file=out)
    return EXIT_FINISHED


@contextmanager
def _at_rest(session: Path) -> Iterator[None]:
    """No engine runs it, and none can begin to. On Windows an open lock would keep the folder: only looked at there."""
    if sys.platform == "win32":
        if lock.is_held(session):
            raise lock.locked(session)
        yield
        return
    with lock.held(session, {"for": "the trash"}):
        yield
