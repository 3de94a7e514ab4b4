"""Starting a run: its configuration, the session folder, the arguments of `run` and `resume`; `so8t-engine` whole."""

from __future__ import annotations

import argparse
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from so8t_engine import paths, session_name
from so8t_engine.commands.arguments import Commands
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding, errors
from so8t_engine.errors import EngineError, warning
from so8t_engine.process import in_this_process, output
from so8t_engine.process.stop import Stop
from so8t_engine.protocol import Emit, Message
from so8t_engine.rewards import code_consent
from so8t_engine.run import resumption, session_config
from so8t_engine.sentences import Sentence, listed, sentence
from so8t_engine.session import (
    catalog,
    display_name,
    durable,
    one_run,
    sessions_folder,
    start_counter,
    store,
    verification,
)
from so8t_engine.session.state import wall_clock

OTHERS = 3  # unfinished sessions that are named beside the one that goes on


def load_config(file: str | None, preset: str | None, overrides: Sequence[str]) -> RunConfig:
    if (file is None) == (preset is None):
        raise EngineError("usage", sentence("commands.file_or_preset"))
    if file is not None:
        return config_file.load(Path(file), overrides)
    return config_file.load_preset(str(preset), overrides)


@contextmanager
def new_session(
    config: RunConfig,
    chosen_root: str | None,
    emit: Emit,
    *,
    force: bool = False,
    allow_code: bool = False,
    beside: bool = False,
) -> Iterator[Path]:
    """Checks the environment, makes the session folder and warns of what could be better; run it inside.

    Raises EngineError data_root, another_runs, code_not_allowed, environment, disk_*.
    """
    if allow_code:
        code_consent.allow(config.reward)
    root = sessions_folder.refuse_unusable(paths.data_root(chosen_root or config.data_root))
    if not beside:
        one_run.refuse_beside(root)  # at once; decided below
    findings = before_a_run(config, root)
    refusals = errors(findings)
    if refusals and not force:
        head = sentence("commands.machine_unfit", name=config.name)
        raise EngineError("environment", listed(head, [finding.whole for finding in refusals]))
    code_consent.allowed(config.reward)
    durable.make_folder(root)
    with one_run.held(root, beside=beside):
        session = _created(config, root)
        emit(Message("made", {"session": session.name, "title": config.name, "path": str(session)}))
        if root != paths.data_root(chosen_root):
            emit(warning("environment", sentence("commands.lies_elsewhere", folder=root)))
        for finding in findings:
            if finding.level in ("error", "warning"):
                emit(warning("environment", finding.what_and_why))
        yield session


def before_a_run(config: RunConfig, root: Path, of_inputs: list[Finding] | None = None) -> list[Finding]:
    """What `run` looks at first, and every check of a configuration too; one with an error is refused."""
    from so8t_engine.doctor import checkup, teacher_server  # a question about a session or a configuration does without

    return [*checkup.check(config, root, of_inputs=of_inputs), *teacher_server.check(config)]


def sessions_root(chosen: str | None) -> Path:
    """The folder of the sessions that a command is about. Raises EngineError data_root, disk_permission."""
    return sessions_folder.refuse_unusable(paths.data_root(chosen))


def _created(config: RunConfig, root: Path) -> Path:
    folder = session_name.folder(config.name)
    while True:
        name = paths.session_id(root, folder, time.strftime("%Y%m%d-%H%M%S"))
        try:
            started, own = start_counter.next_number(root), uuid.uuid4().hex
            text = config_file.dump(config)
            session = store.create(root, name, text, wall_clock(), started=started, identity=own)
            break
        except FileExistsError:  # another start of the same second took this name: it keeps it
            continue
    if folder != config.name:
        display_name.give(session, config.name)
    return session


def find_session(name: str | None, chosen_root: str | None) -> Path:
    """The session named, else the one that goes on first (session/selection.py). Raises EngineError session_*."""
    root = sessions_root(chosen_root)
    if name is not None:
        return catalog.find(root, name)
    return unfinished(root)[0].path


def unfinished(root: Path) -> list[catalog.Entry]:
    """The session that goes on without being named, then the others. Raises EngineError session_unknown."""
    found = catalog.unfinished(root)
    if not found:
        raise EngineError("session_unknown", sentence("session.none_unfinished", root=root))
    return found


def others(entries: Sequence[catalog.Entry], running: bool = False) -> list[Sentence]:
    """One line that names the unfinished sessions that were not chosen; none where there was nothing to choose.

    `running`: another one runs, so that none of them can go on now.
    """
    names = [entry.session for entry in entries]
    if not names:
        return []
    more = len(names) - OTHERS
    what = (
        sentence("commands.others", sessions=names)
        if more <= 0
        else sentence("commands.others_and_more", sessions=names[:OTHERS], more=more)
    )
    return [sentence("commands.others_later" if running else "commands.others_instead", what=what, first=names[0])]


@contextmanager
def session_to_resume(options: argparse.Namespace) -> Iterator[Path]:
    """As `find_session`; refused now rather than hours later, when the code of its rewards is needed. Run it inside.

    Raises EngineError usage, session_*, another_runs, code_not_allowed.
    """
    if options.evaluate_again and (options.session is None or options.from_start):
        raise EngineError("usage", sentence("commands.evaluate_again_alone"))
    session = find_session(options.session, options.data_root)
    if not (options.evaluate_again or options.from_start) and catalog.entry(session).status == "finished":
        raise EngineError("session_finished", sentence("session.finished", session=session.name))
    with one_run.held(session.parent, session, beside=options.beside):
        _consent(session, options)
        yield session


def _consent(session: Path, options: argparse.Namespace) -> None:
    """Raises EngineError code_not_allowed; step 5 asks no rewards."""
    try:
        pointer, _ = verification.read_pointer(session)
        config = session_config.read(session, pointer.config if pointer else None).config
    except (EngineError, OSError):
        return  # the run itself says what is wrong with it
    if options.allow_code:
        code_consent.allow(config.reward)
    if not options.evaluate_again:
        code_consent.allowed(config.reward)


def engine(argv: Sequence[str], emit: Emit, channel: output.Channel, stop: Stop) -> int:
    """`so8t-engine run [FILE | --preset NAME] ...` or `so8t-engine resume [SESSION] ...`."""
    parser = argparse.ArgumentParser(prog="so8t-engine", exit_on_error=False)
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data-root", metavar="FOLDER")
    add_run(commands, common)
    add_resume(commands, common)
    try:
        arguments = parser.parse_args(argv)
        if arguments.command == "run":
            config = load_config(arguments.file, arguments.preset, arguments.set)
            with new_session(
                config,
                arguments.data_root,
                emit,
                force=arguments.force,
                allow_code=arguments.allow_code,
                beside=arguments.beside,
            ) as session:
                return in_this_process.run(session, emit, channel, stop)
        with session_to_resume(arguments) as session:
            return in_this_process.run(session, emit, channel, stop, resumption.of(arguments))
    except EngineError as error:
        return in_this_process.refuse(emit, error)
    except (argparse.ArgumentError, SystemExit) as error:
        return in_this_process.refuse(emit, EngineError("usage", sentence("commands.usage", error=str(error))))
    except Exception as error:  # noqa: BLE001  the last door of the process: a sentence, never a traceback
        what = sentence("commands.unexpected", kind=type(error).__name__, error=str(error))
        return in_this_process.refuse(emit, EngineError("unexpected", what))


def add_run(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    run = commands.add_parser("run", help="start a new session", parents=[common])
    add_configuration(run)
    run.add_argument("--force", action="store_true", help="start although the environment check says no")
    _add_consents(run)


def add_resume(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    resume = commands.add_parser(
        "resume", help="go on with a session (default: what was cut off, else what worked last)", parents=[common]
    )
    resume.add_argument("session", nargs="?", metavar="SESSION")
    resume.add_argument("--from-start", action="store_true", help="begin it again from its first step")
    resume.add_argument(
        "--evaluate-again",
        action="store_true",
        help="rebuild the model, GGUF files and report from the trained weights, also with other keys of `evaluate` in"
        " its config.yaml (SESSION must be named)",
    )
    resume.add_argument(
        "--accept-changes",
        action="store_true",
        help="go on although data, configuration or history changed; noted in the history",
    )
    _add_consents(resume)


def _add_consents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--beside", action="store_true", help="start although another session runs in this folder")
    parser.add_argument("--allow-code", action="store_true", help="let the files behind reward.functions run")


def add_configuration(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="CONFIG.yaml", help="a configuration file")
    parser.add_argument("--preset", metavar="NAME", help="a shipped configuration (`so8t presets`)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change one value")
