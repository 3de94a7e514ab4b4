"""What the two ways in (command line, engine process) share: making sessions, signals, running to an exit code."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import TextIO

from so8t_engine import catalog, config_file, files, intact, pipeline, places, stdout, store, supervise, worker
from so8t_engine.config import RunConfig
from so8t_engine.context import Emit
from so8t_engine.control import Control
from so8t_engine.doctor import checkup
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EXIT_UNEXPECTED, EXIT_USAGE, EngineError
from so8t_engine.protocol import Message, encode

# GOMP_SPINCOUNT: two threads that wait for each other spin a little, not for long: on two idle cores nearly as fast as
# spinning on, on a busy machine twice as fast (tests/bench/RESULTS.md).
SETTINGS = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "warning",
    "TOKENIZERS_PARALLELISM": "false",
    "GOMP_SPINCOUNT": "2000",
}


def new_control(stop: supervise.Stop) -> Control:
    """For a run in this process: SIGINT and SIGTERM pause after a commit; a second SIGINT leaves at once."""
    control = Control()

    def asked(number: int, _frame: FrameType | None) -> None:
        if control.pause_reason is not None and number == signal.SIGINT:
            os._exit(supervise.LEFT_AT_ONCE)
        control.pause("Ctrl+C" if number == signal.SIGINT else "the system asked to stop")

    signal.signal(signal.SIGINT, asked)
    signal.signal(signal.SIGTERM, asked)
    if stop.reason is not None:
        control.pause(stop.reason)
    return control


def emitter(out: TextIO, as_json: bool, lost: Callable[[str], None] = lambda reason: None) -> Emit:
    """Events as JSON lines, or drawn for people. `lost` is told when nobody reads the lines any more."""
    if not as_json:
        from so8t_engine.display import Display  # a window needs no `rich`

        return Display(out)
    gate = threading.Lock()

    def emit(message: Message) -> None:
        try:
            with gate:
                out.write(encode(message))
                out.flush()
        except OSError:
            lost("nobody reads the output any more")

    return emit


def load_config(file: str | None, preset: str | None, overrides: Sequence[str]) -> RunConfig:
    if (file is None) == (preset is None):
        raise EngineError("usage", "Name a configuration file or a preset, one of the two.")
    if file is not None:
        return config_file.load(Path(file), overrides)
    return config_file.load_preset(str(preset), overrides)


def new_session(config: RunConfig, chosen_root: str | None, force: bool) -> tuple[Path, list[Finding]]:
    """Checks the environment and makes the session folder. Raises EngineError environment, disk_*."""
    root = places.data_root(chosen_root or config.data_root)
    findings = checkup.check(config, root)
    errors = [finding for finding in findings if finding.level == "error"]
    if errors and not force:
        lines = "\n".join(f"- {finding.what} {finding.why} {finding.change}".rstrip() for finding in errors)
        raise EngineError("environment", f"This machine cannot run {config.name} as it is configured:\n{lines}")
    while True:
        name = places.session_id(root, config.name, time.strftime("%Y%m%d-%H%M%S"))
        try:
            return store.create(root, name, config_file.dump(config), pipeline.wall_clock()), findings
        except FileExistsError:  # another start of the same second took this name: it keeps it
            continue


def find_session(name: str | None, chosen_root: str | None) -> Path:
    """The session named, else the newest unfinished. Raises EngineError session_*."""
    root = places.data_root(chosen_root)
    if name is not None:
        return catalog.find(root, name)
    newest = catalog.newest_unfinished(root)
    if newest is None:
        raise EngineError("session_unknown", f"There is no unfinished session in {root}.")
    return newest.path


def run(
    session: Path,
    emit: Emit,
    way: supervise.Way,
    stop: supervise.Stop,
    from_start: bool = False,
    accept_changes: bool = False,
) -> int:
    """Runs a session to its exit code, in a process of its own that is watched over.

    With SO8T_SUPERVISED=0 in the environment in this process: for debuggers and profilers.
    """
    if os.environ.get("SO8T_SUPERVISED") != "0":
        return supervise.run(session, emit, way, stop, from_start, accept_changes)
    control = new_control(stop)
    if way.listen:
        threading.Thread(target=worker.listen, args=(sys.stdin, control), daemon=True).start()
    return work(session, emit, control, from_start, accept_changes)


def work(session: Path, emit: Emit, control: Control, from_start: bool = False, accept_changes: bool = False) -> int:
    """Runs a session to its exit code here, with standard output and error going to its log."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        intact.refuse_links(session)
        with files.translated(session):
            stdout.log_to(session)
        return pipeline.run_session(session, emit, control, from_start, accept_changes)
    except EngineError as error:
        return refuse(emit, error)


def refuse(emit: Emit, error: EngineError) -> int:
    emit(Message("failed", {"code": error.code, "sentence": error.detail, "action": error.action}))
    return error.exit_code


def engine(argv: Sequence[str], emit: Emit, way: supervise.Way, stop: supervise.Stop) -> int:
    """`so8t-engine run [FILE | --preset NAME] ...` or `so8t-engine resume [SESSION] ...`."""
    parser = argparse.ArgumentParser(prog="so8t-engine", exit_on_error=False)
    commands = parser.add_subparsers(dest="command", required=True)
    add_run(commands)
    add_resume(commands)
    try:
        arguments = parser.parse_args(argv)
        if arguments.command == "run":
            config = load_config(arguments.file, arguments.preset, arguments.set)
            session, findings = new_session(config, arguments.data_root, arguments.force)
            for finding in findings:
                if finding.level == "warning":
                    emit(Message("warning", {"code": "environment", "detail": f"{finding.what} {finding.why}"}))
            return run(session, emit, way, stop)
        session = find_session(arguments.session, arguments.data_root)
        return run(session, emit, way, stop, arguments.from_start, arguments.accept_changes)
    except EngineError as error:
        return refuse(emit, error)
    except (argparse.ArgumentError, SystemExit) as error:
        emit(Message("failed", {"code": "usage", "sentence": str(error), "action": "See `so8t-engine --help`."}))
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001  the last door of the process: a sentence, never a traceback
        emit(Message("failed", {"code": "unexpected", "sentence": f"{type(error).__name__}: {error}", "action": ""}))
        return EXIT_UNEXPECTED


def add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    run_parser = commands.add_parser("run", help="start a new session")
    run_parser.add_argument("file", nargs="?", metavar="CONFIG.yaml", help="a configuration file")
    run_parser.add_argument("--preset", metavar="NAME", help="a shipped configuration (`so8t presets`)")
    run_parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change one value")
    run_parser.add_argument("--force", action="store_true", help="start although the environment check says no")
    add_root(run_parser)
    return run_parser


def add_resume(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    resume = commands.add_parser("resume", help="go on with a session (default: the newest unfinished)")
    resume.add_argument("session", nargs="?", metavar="SESSION")
    resume.add_argument("--from-start", action="store_true", help="begin it again from its first step")
    resume.add_argument(
        "--accept-changes", action="store_true", help="go on although a source changed; noted in the history"
    )
    add_root(resume)
    return resume


def add_root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-root", metavar="FOLDER", help="where the sessions live")
