"""Starting a run: its configuration, the session folder, the arguments of `run` and `resume`; `so8t-engine` whole."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from so8t_engine import paths
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import checkup
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EXIT_UNEXPECTED, EXIT_USAGE, EngineError
from so8t_engine.process import in_this_process, supervisor
from so8t_engine.protocol import Emit, Message
from so8t_engine.run import pipeline
from so8t_engine.session import catalog, store


def load_config(file: str | None, preset: str | None, overrides: Sequence[str]) -> RunConfig:
    if (file is None) == (preset is None):
        raise EngineError("usage", "Name a configuration file or a preset, one of the two.")
    if file is not None:
        return config_file.load(Path(file), overrides)
    return config_file.load_preset(str(preset), overrides)


def new_session(config: RunConfig, chosen_root: str | None, force: bool) -> tuple[Path, list[Finding]]:
    """Checks the environment and makes the session folder. Raises EngineError environment, disk_*."""
    root = paths.data_root(chosen_root or config.data_root)
    findings = checkup.check(config, root)
    errors = [finding for finding in findings if finding.level == "error"]
    if errors and not force:
        lines = "\n".join(f"- {finding.what} {finding.why} {finding.change}".rstrip() for finding in errors)
        raise EngineError("environment", f"This machine cannot run {config.name} as it is configured:\n{lines}")
    while True:
        name = paths.session_id(root, config.name, time.strftime("%Y%m%d-%H%M%S"))
        try:
            return store.create(root, name, config_file.dump(config), pipeline.wall_clock()), findings
        except FileExistsError:  # another start of the same second took this name: it keeps it
            continue


def find_session(name: str | None, chosen_root: str | None) -> Path:
    """The session named, else the newest unfinished. Raises EngineError session_*."""
    root = paths.data_root(chosen_root)
    if name is not None:
        return catalog.find(root, name)
    newest = catalog.newest_unfinished(root)
    if newest is None:
        raise EngineError("session_unknown", f"There is no unfinished session in {root}.")
    return newest.path


def engine(argv: Sequence[str], emit: Emit, way: supervisor.Way, stop: supervisor.Stop) -> int:
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
            return in_this_process.run(session, emit, way, stop)
        session = find_session(arguments.session, arguments.data_root)
        return in_this_process.run(session, emit, way, stop, arguments.from_start, arguments.accept_changes)
    except EngineError as error:
        return in_this_process.refuse(emit, error)
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
