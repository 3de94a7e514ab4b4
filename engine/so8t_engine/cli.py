"""`so8t`: everything the window does, on a command line. Exit codes are listed in the README."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from so8t_engine import VERSION, paths
from so8t_engine.commands import gui, queries, sessions, start
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import checkup
from so8t_engine.errors import EXIT_FINISHED, EXIT_SESSION, EXIT_UNEXPECTED, EngineError
from so8t_engine.process import in_this_process, output, supervisor
from so8t_engine.process.terminal_display import Display, duration
from so8t_engine.protocol import STEPS, Emit, Message, encode
from so8t_engine.session import catalog, incidents, store


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    out = output.take_over()
    try:
        return _COMMANDS[arguments.command](arguments, out)
    except EngineError as error:
        _tell(arguments, out, error.code, error.detail, str(error.action))
        return error.exit_code
    except BrokenPipeError:
        return EXIT_FINISHED
    except Exception as error:  # noqa: BLE001  the last door: a sentence, never a traceback
        detail = f"Something unexpected went wrong: {type(error).__name__}: {error}"
        _tell(arguments, out, "unexpected", detail, "Nothing that was saved is lost. `so8t doctor` helps to report it.")
        return EXIT_UNEXPECTED


def _run(arguments: argparse.Namespace, out: TextIO) -> int:
    config = start.load_config(arguments.file, arguments.preset, arguments.set)
    emit = output.emitter(out, arguments.json)
    stop = supervisor.Stop().listen()
    session, findings = start.new_session(config, arguments.data_root, arguments.force)
    for finding in findings:
        if finding.level != "ok":
            emit(Message("warning", {"code": "environment", "detail": f"{finding.what} {finding.why}"}))
    return _close(emit, in_this_process.run(session, emit, supervisor.Way(out, arguments.json), stop))


def _resume(arguments: argparse.Namespace, out: TextIO) -> int:
    emit = output.emitter(out, arguments.json)
    stop = supervisor.Stop().listen()
    session = start.find_session(arguments.session, arguments.data_root)
    way = supervisor.Way(out, arguments.json)
    return _close(emit, in_this_process.run(session, emit, way, stop, arguments.from_start, arguments.accept_changes))


def _sessions(arguments: argparse.Namespace, out: TextIO) -> int:
    root = paths.data_root(arguments.data_root)
    found = catalog.sessions(root)
    if arguments.json:
        return _say([queries.entry(e) for e in found], out)
    if not found:
        print(f"No sessions in {root}. `so8t run --preset demo` makes one.", file=out)
    for e in found:
        print(
            f"{e.session:<36} {e.status:<9} step {e.step_number} of {len(STEPS)} {e.step:<10} {e.detail}".rstrip(),
            file=out,
        )
    return EXIT_FINISHED


def _status(arguments: argparse.Namespace, out: TextIO) -> int:
    while True:
        session = _named_or_newest(arguments)
        e = catalog.entry(session)
        if arguments.json:
            body = {"session": e.session, "status": e.status, "step": e.step, "unit": e.unit, "detail": e.detail}
            print(
                json.dumps({**body, "live": e.live, "incidents": incidents.read(session)}, ensure_ascii=False), file=out
            )
        else:
            print(_status_line(e), file=out)
        if not arguments.watch or e.status != "running":
            return EXIT_FINISHED
        time.sleep(1.0)


def _status_line(e: catalog.Entry) -> str:
    words = [f"{e.session}: {e.status}, step {e.step_number} of {len(STEPS)} ({e.step})"]
    live = e.live
    if live:
        words.append(f"{live.get('kind')} {live.get('unit')} of {live.get('total')}")
        if e.status == "running":
            words.append(f"about {duration(live.get('eta_total_seconds') or 0)} left in all")
            words.append(f"a power cut now would cost {duration(live.get('unsaved_seconds') or 0)}")
    if e.detail:
        words.append(str(e.detail))
    return ", ".join(words)


def _verify(arguments: argparse.Namespace, out: TextIO) -> int:
    session = catalog.find(paths.data_root(arguments.data_root), arguments.session)
    found = [str(problem) for problem in store.problems(session)]
    if arguments.json:
        print(json.dumps({"session": session.name, "problems": found}, ensure_ascii=False), file=out)
    else:
        for line in found:
            print(line, file=out)
        print(
            f"{session.name}: " + (f"{len(found)} problems" if found else "every file is as it was written"), file=out
        )
    return EXIT_SESSION if found else EXIT_FINISHED


def _ready(arguments: argparse.Namespace, out: TextIO) -> int:
    """Exit code 0 where it can go on, whatever else is worth knowing."""
    findings = queries.ready(_named_or_newest(arguments))
    if arguments.json:
        _say({"findings": [asdict(finding) for finding in findings]}, out)
    else:
        for finding in findings:
            print(f"{finding.level}: {finding.what} {finding.why} {finding.change}".rstrip(), file=out)
    return EXIT_SESSION if any(finding.level == "error" for finding in findings) else EXIT_FINISHED


def _doctor(arguments: argparse.Namespace, out: TextIO) -> int:
    lines = checkup.doctor_report(paths.data_root(arguments.data_root))
    if arguments.json:
        return _say({"lines": lines}, out)
    for line in lines:
        print(line, file=out)
    return EXIT_FINISHED


def _presets(arguments: argparse.Namespace, out: TextIO) -> int:
    if arguments.json:
        return _say(queries.presets(), out)
    for name, description in config_file.presets():
        print(f"{name:<18} {description}", file=out)
    return EXIT_FINISHED


def _config(arguments: argparse.Namespace, out: TextIO) -> int:
    """`schema`, `show`, or `check`, which as JSON answers what is wrong, and for people complains."""
    if arguments.action == "schema":
        return _say(queries.schema(), out)

    def load() -> RunConfig:
        return start.load_config(arguments.file, arguments.preset, arguments.set)

    if arguments.action == "show":
        config = load()
        if arguments.json:
            return _say(queries.values(config), out)
        print(config_file.dump(config), end="", file=out)
        return EXIT_FINISHED
    if arguments.json:
        return _say(queries.check(load, paths.data_root(arguments.data_root)), out)
    config = load()
    source = arguments.file or f"preset {arguments.preset}"
    found = [f"- {key}: {words}" for key, words in queries.absent_sources(config)]
    errors = [finding for finding in checkup.inputs(config) if finding.level == "error"]
    found += [f"- {finding.what} {finding.why} {finding.change}".replace("  ", " ") for finding in errors]
    if found:
        lines = "\n".join(found)
        raise EngineError("config_invalid", f"{source} is well written, but not all it names fits:\n{lines}")
    print(f"{source}: correct. Run name {config.name}, {len(config.datasets)} datasets.", file=out)
    return EXIT_FINISHED


def _alpha(arguments: argparse.Namespace, out: TextIO) -> int:
    from so8t_engine.train import alpha_schedule

    points = alpha_schedule.curve(config_file.load_preset("demo", arguments.set).alpha)
    if arguments.json:
        print(json.dumps({"points": points}), file=out)
    else:
        for share, value in points[:: len(points) // 20]:
            print(f"{share:>5.0%}  {value:.4f}  {'#' * round(60 * value)}", file=out)
    return EXIT_FINISHED


def _say(value: Any, out: TextIO) -> int:
    print(json.dumps(value, ensure_ascii=False), file=out)
    return EXIT_FINISHED


_COMMANDS = {
    "alpha": _alpha,
    "run": _run,
    "resume": _resume,
    "sessions": _sessions,
    "status": _status,
    "verify": _verify,
    "ready": _ready,
    "doctor": _doctor,
    "presets": _presets,
    "config": _config,
    **sessions.COMMANDS,
    **gui.COMMANDS,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="so8t", description="Turns Phi-3.5 into a /thinking model, resumably.")
    parser.add_argument("--version", action="version", version=f"so8t {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for made in (start.add_run(commands), start.add_resume(commands)):
        made.add_argument("--json", action="store_true", help="print the protocol's JSON lines instead")
    for name, text in (("sessions", "list the sessions"), ("status", "where a session stands")):
        made = commands.add_parser(name, help=text)
        made.add_argument("--json", action="store_true")
        start.add_root(made)
    made.add_argument("session", nargs="?", metavar="SESSION")
    made.add_argument("--watch", action="store_true", help="look again every second while it runs")
    verify = commands.add_parser("verify", help="check every manifest of a session")
    verify.add_argument("session", metavar="SESSION")
    verify.add_argument("--json", action="store_true")
    start.add_root(verify)
    ready = commands.add_parser("ready", help="what this machine lacks to go on with a session")
    ready.add_argument("session", nargs="?", metavar="SESSION")
    doctor = commands.add_parser("doctor", help="what this machine has, to copy into a report")
    for one in (ready, doctor):
        one.add_argument("--json", action="store_true")
        start.add_root(one)
    shipped = commands.add_parser("presets", help="the shipped configurations")
    shipped.add_argument("--json", action="store_true")
    alpha = commands.add_parser("alpha", help="how the strength of the gates will fall")
    alpha.add_argument("--set", action="append", default=[], metavar="alpha.KEY=VALUE", help="change one value")
    alpha.add_argument("--json", action="store_true")
    config = commands.add_parser("config", help="`config check FILE`: is it right? show, schema: what it says, may say")
    config.add_argument("action", choices=["check", "show", "schema"])
    config.add_argument("file", nargs="?", metavar="CONFIG.yaml")
    config.add_argument("--preset", metavar="NAME", help="a shipped configuration instead")
    config.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    config.add_argument("--json", action="store_true")
    start.add_root(config)
    sessions.add(commands)
    gui.add(commands)
    return parser


def _named_or_newest(arguments: argparse.Namespace) -> Path:
    root = paths.data_root(arguments.data_root)
    if arguments.session is not None:
        return catalog.find(root, arguments.session)
    found = catalog.newest_unfinished(root) or next(iter(catalog.sessions(root)), None)
    if found is None:
        raise EngineError("session_unknown", f"There is no session in {root}.")
    return found.path


def _close(emit: Emit, code: int) -> int:
    if isinstance(emit, Display):
        emit.close()
    return code


def _tell(arguments: argparse.Namespace, out: TextIO, code: str, detail: str, action: str) -> None:
    if getattr(arguments, "json", False):
        print(encode(Message("failed", {"code": code, "sentence": detail, "action": action})), end="", file=out)
    else:
        Display(out)(Message("failed", {"sentence": detail, "action": action}))


if __name__ == "__main__":
    sys.exit(main())
