"""What the command line does with sessions besides running them: sessions, status, verify, ready, trash and more."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from so8t_engine import numerals, paths
from so8t_engine.commands import browser, evals, queries, start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor.findings import Finding, errors, to_json
from so8t_engine.errors import EXIT_FINISHED, EXIT_SESSION, EngineError
from so8t_engine.plain_text import plain
from so8t_engine.protocol import STEPS
from so8t_engine.run import evaluation_again, session_config
from so8t_engine.sentences import Sentence, first_line, from_json, in_turn, named, sentence
from so8t_engine.sentences import to_json as sentence_json
from so8t_engine.session import (
    adoption,
    catalog,
    display_name,
    live_progress,
    lock,
    recovery,
    results,
    store,
    verification,
)

WATCH_SECONDS = 1.0


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    commands.add_parser("sessions", help="list the sessions", parents=[common])
    for name, text in (
        ("status", "where a session stands (default: the one that `resume` goes on with)"),
        ("report", "where the report of a session is (default: of the finished session that worked last)"),
        ("ready", "what this machine lacks to go on with a session (default: the one that `resume` goes on with)"),
    ):
        commands.add_parser(name, help=text, parents=[common]).add_argument("session", nargs="?", metavar="SESSION")
    for name, text in (
        ("verify", "check every file of a session against what was written"),
        ("trash", "move a session to the trash (not while it runs)"),
        ("duplicate", "the configuration of a session, to start another one: `so8t run FILE`"),
        ("adopt", "make a renamed or copied session one of its own under the name of its folder"),
    ):
        commands.add_parser(name, help=text, parents=[common]).add_argument("session", metavar="SESSION")
    rename = commands.add_parser(
        "rename",
        help="show a session under another name; its folder and results stay as they are (an empty name takes it back)",
        parents=[common],
    )
    rename.add_argument("session", metavar="SESSION")
    rename.add_argument("name", metavar="NAME")
    commands.choices["report"].add_argument("--open", action="store_true", help="show it in the browser")
    commands.choices["status"].add_argument(
        "--watch", action="store_true", help="look again every second while it runs"
    )
    commands.choices["duplicate"].add_argument(
        "--to", metavar="FILE.yaml", help="write it there instead of printing it"
    )


def trash(session: Path) -> None:
    """Moves the folder to the system's trash. Raises EngineError locked, session_unknown, session_unsafe, trash."""
    if session.is_symlink():
        raise EngineError("session_unsafe", sentence("session.is_a_link", session=session.name))
    if not catalog.is_session(session) and not (session / store.CHECKPOINTS).is_dir():
        raise EngineError("session_unknown", sentence("session.is_no_session", path=session))
    from send2trash import send2trash

    with _at_rest(session):
        try:
            send2trash(str(session))
        except OSError as error:
            why = error.strerror or first_line(error)
            raise EngineError("trash", sentence("session.not_trashed", path=session, error=why)) from error


def again(session: Path) -> RunConfig:
    """The configuration it was made with. Raises EngineError config_invalid, file_missing, disk_*."""
    return session_config.read(session, recovery.sealed_config(session)).config


def report(session: Path, language: str = "") -> Path:
    """Its page in that language, where it is there in two, else the one there is. Raises EngineError report_missing,
    results_damaged.
    """
    path = session / results.REPORT
    if not path.is_file():
        raise verification.no_report(session)
    translated = path.with_name(f"report.{language}.html")
    return translated if translated.is_file() else path


def latest_reported(root: Path, tell: Callable[[Sentence], None]) -> Path:
    """Of the finished sessions that have a report the one that worked last; later ones that should have are told of.

    Raises EngineError report_missing, session_unknown.
    """
    entries = catalog.latest(root)
    if not entries:
        raise EngineError("session_unknown", sentence("session.none", root=root))
    passed_over: list[catalog.Entry] = []
    for entry in entries:
        if entry.status == "finished" and (entry.path / results.REPORT).is_file():
            for newer in passed_over:
                tell(catalog.passed_over(newer, entry, results.REPORT))
            return entry.path
        if entry.status in ("finished", "damaged"):
            passed_over.append(entry)
    raise EngineError("report_missing", sentence("session.none_has_a_report", root=root))


def _sessions(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.process import columns

    root = start.sessions_root(options.data_root)
    entries = catalog.sessions(root)
    lines: list[Sentence | str] = [sentence("commands.no_sessions", root=root)]
    if entries:
        rows = [[plain(printer.about(entry.path).say(cell)) for cell in _row(entry)] for entry in entries]
        lines = [*columns.aligned(rows)]
    return printer.answer([queries.entry(entry) for entry in entries], lines)


def _row(entry: catalog.Entry) -> list[Sentence | str]:
    return [
        entry.called, named("status", entry.status), _step(entry) or "", _percent(entry) or "", _result(entry) or "",
        _why_now(entry) or "",
    ]  # fmt: skip


def _step(entry: catalog.Entry) -> Sentence | None:
    """None where it cannot be read."""
    if not entry.step:
        return None
    return sentence("commands.step", number=entry.step_number, steps=len(STEPS), step=named("step", entry.step))


def _percent(entry: catalog.Entry) -> Sentence | None:
    """None where it cannot be read."""
    return sentence("commands.percent", percent=round(100 * entry.share)) if entry.step else None


def _result(entry: catalog.Entry) -> Sentence | None:
    """Right answers before and after, of a finished session that measured them; state files hold anything."""
    if entry.status != "finished":
        return None
    found = [entry.results.get(column) for column in ("base", "tuned")]
    shares = [numerals.percent(share) for share in found if isinstance(share, (int, float)) and 0 <= share <= 1]
    return sentence("commands.result", base=shares[0], tuned=shares[1]) if len(shares) == 2 else None


def _why(entry: catalog.Entry) -> Sentence | None:
    """Why it stands still, and what to do about it."""
    parts = [part for part in (entry.detail, entry.action) if part is not None]
    return in_turn(*parts) if parts else None


def _why_now(entry: catalog.Entry) -> Sentence | None:
    """With what a look at its newest checkpoint's names and sizes shows to be wrong with that."""
    parts = [part for part in (_why(entry), queries.newest_checkpoint(entry)) if part is not None]
    return in_turn(*parts) if parts else None


def _status(options: argparse.Namespace, printer: Printer) -> int:
    while True:
        entry, *others = _chosen(options)
        lines = [_standing(entry), *queries.troubles(entry), *start.others(others, entry.status == "running")]
        about = printer.about(entry.path)
        about.answer(queries.status(entry, others), [plain(about.say(line), most=None) for line in lines])
        if not options.watch or entry.status != "running":
            return EXIT_FINISHED
        time.sleep(WATCH_SECONDS)


def _standing(entry: catalog.Entry) -> Sentence:
    """Where a session stands, in one line."""
    parts = [part for part in (_step(entry), _percent(entry)) if part is not None]
    live = entry.live
    if live.get("waiting") and entry.status == "running":
        parts.append(sentence("commands.waiting", what=from_json(live["waiting"])))
    elif live:
        parts.append(live_progress.units(live))
        if entry.status == "running":
            parts.append(_left(live))
            parts.append(sentence("commands.would_lose", seconds=live.get("unsaved_seconds") or 0))
    result = _result(entry)
    if result is not None:
        parts.append(result)
    why = _why(entry)
    if why is not None:
        parts.append(why)
    status = named("status", entry.status)
    return sentence("commands.standing", session=entry.called, status=status, parts=parts)


def _left(live: dict[str, Any]) -> Sentence:
    left = live_progress.time_left(live)
    if left is None:
        return live_progress.not_yet(live)
    if live_progress.is_one_time(*left):
        return sentence("commands.left", seconds=live["eta_total_seconds"])
    return sentence("terminal.left_between", low=left[0], high=left[1])


def _verify(options: argparse.Namespace, printer: Printer) -> int:
    session = _session(options)
    problems = queries.problems(session)
    value: dict[str, Any] = {"session": session.name, "problems": [sentence_json(problem) for problem in problems]}
    if not problems:
        return printer.answer(value, [sentence("commands.intact", session=session.name)])
    advice = []
    pointer, _ = verification.read_pointer(session)
    if pointer is not None and pointer.status == "finished":
        refused = evaluation_again.refusal(session)
        advice = [_how_to_mend(session, refused)]
        value |= {"advice": sentence_json(advice[0]), "refused": None if refused is None else refused.code}
    else:
        advice = [finding.whole for finding in _hindrances(session) if finding.what not in problems]
    count = sentence("commands.problems", session=session.name, count=len(problems))
    return printer.answer(value, [*problems, count, *advice], EXIT_SESSION)


def _hindrances(session: Path) -> list[Finding]:
    """What a start would do about them, if that can be said."""
    try:
        return queries.hindrances(session)
    except EngineError:
        return []


def _how_to_mend(session: Path, refused: EngineError | None) -> Sentence:
    """A finished session: what `resume` would not refuse. `refused`: what it would say to --evaluate-again."""
    if refused is None:
        return sentence("commands.make_again", session=session.name)
    if refused.code == "session_damaged":
        return sentence("commands.only_from_start", session=session.name)
    return refused.action


def _ready(options: argparse.Namespace, printer: Printer) -> int:
    """Exit code 0 where it can go on, whatever else is worth knowing."""
    session = _chosen(options)[0].path
    findings = queries.ready(session)
    lines = [sentence("commands.finding", level=named("level", item.level), finding=item.whole) for item in findings]
    value = {"findings": [to_json(finding) for finding in findings]}
    return printer.about(session).answer(value, lines, EXIT_SESSION if errors(findings) else EXIT_FINISHED)


def _trash(options: argparse.Namespace, printer: Printer) -> int:
    session = _session(options)
    trash(session)
    trashed = sentence("commands.trashed", session=session.name)
    return printer.answer({"session": session.name, "trashed": True}, [trashed])


def _duplicate(options: argparse.Namespace, printer: Printer) -> int:
    session = _session(options)
    config = again(session)
    text = f"# As session {session.name}\n{config_file.dump(config)}"
    value: dict[str, Any] = {"session": session.name, "values": config.model_dump(mode="json")}
    if options.to is None:
        return printer.answer(value, [text.rstrip("\n")])
    path = Path(options.to).absolute()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise EngineError("usage", sentence("commands.file_exists", path=path)) from error
    except OSError as error:
        why = error.strerror or first_line(error)
        raise EngineError("usage", sentence("commands.cannot_write", path=path, error=why)) from error
    return printer.answer(value | {"file": str(path)}, [sentence("commands.written", path=path, file=options.to)])


def _adopt(options: argparse.Namespace, printer: Printer) -> int:
    """A folder below the data root by its name, whatever that is, or any folder by its path."""
    folder = start.sessions_root(options.data_root) / paths.at_home(options.session)
    if not os.path.isdir(folder):  # noqa: PTH112  pathlib raises of a name that no disk takes
        raise EngineError("session_unknown", sentence("session.unknown", name=folder.name, root=folder.parent))
    session, before = adoption.adopt(folder if folder.is_symlink() else folder.resolve())
    status = catalog.entry(session).status
    value = {"session": session.name, "path": str(session), "before": before, "status": status}
    code = "commands.adopted_finished" if status == "finished" else "commands.adopted"
    said = [sentence(code, session=session.name, before=before)]
    if session.name != folder.name:
        said.append(sentence("commands.adopted_as", session=session.name, folder=folder.name))
    return printer.answer(value, said)


def _rename(options: argparse.Namespace, printer: Printer) -> int:
    """While it runs, too. A finished session's report gets its title at once; what that met is told and no failure."""
    session = _session(options)
    name = display_name.give(session, options.name)
    if (session / results.REPORT).is_file():
        from so8t_engine.benchmark import kept_result

        try:
            kept_result.report_again(session)
        except EngineError as error:
            printer.on_stderr(sentence("commands.report_keeps_title", why=error.sentence))
    told = sentence("commands.renamed", session=session.name, name=name)
    if not name:
        told = sentence("commands.name_taken_away", session=session.name)
    return printer.answer({"session": session.name, "name": name}, [told])


def _report(options: argparse.Namespace, printer: Printer) -> int:
    root = start.sessions_root(options.data_root)
    session = latest_reported(root, printer.on_stderr) if options.session is None else _session(options)
    path = report(session, printer.language)
    for told in (*evals.take_in(session), *queries.lost_results(session)):
        printer.about(session).on_stderr(told)
    return printer.answer({"session": session.name, "report": str(path)}, [*browser.shown(path, options.open)])


COMMANDS: dict[str, Command] = {
    "sessions": _sessions, "status": _status, "verify": _verify, "ready": _ready, "trash": _trash,
    "duplicate": _duplicate, "report": _report, "adopt": _adopt, "rename": _rename,
}  # fmt: skip


def _session(options: argparse.Namespace) -> Path:
    return catalog.find(start.sessions_root(options.data_root), options.session)


def _chosen(options: argparse.Namespace) -> list[catalog.Entry]:
    """The session named; else what `resume` would go on with, and the others; else the one that worked last."""
    root = start.sessions_root(options.data_root)
    if options.session is not None:
        return [catalog.entry(catalog.find(root, options.session))]
    entries = catalog.unfinished(root) or catalog.latest(root)[:1]
    if not entries:
        raise EngineError("session_unknown", sentence("session.none", root=root))
    return entries


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
