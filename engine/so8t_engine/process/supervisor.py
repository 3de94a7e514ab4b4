"""Watches over the process that does the work: ends it when it hangs, replaces it in trouble, leaves nobody behind.

Light: no step is loaded here. The child (worker.py) inherits the output, so no event is relayed; commands are.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from so8t_engine import child_pipes, paths
from so8t_engine.errors import CODES, EXIT_FINISHED, EXIT_PAUSED, EXIT_RETRY, EngineError, as_json, failed
from so8t_engine.process import child_process, memory_kills, restart_policy, watchdog
from so8t_engine.process.command_pipe import CommandPipe
from so8t_engine.process.output import Channel
from so8t_engine.process.stop import LOOK_SECONDS, Stop, listen_in_thread
from so8t_engine.protocol import Emit, Message
from so8t_engine.run.resumption import GOES_ON, Resumption
from so8t_engine.sentences import Sentence, from_json, in_turn, sentence, to_json, verbatim
from so8t_engine.session import lock, place, results, store, told
from so8t_engine.session.state import PipelineState, wall_clock

WINDOWS_CRASH = 0xC0000000  # exit codes from here on are exceptions nobody caught


@dataclass(frozen=True)
class Failure:
    """Why a process must be followed by another: a code of errors.CODES with EXIT_RETRY, and what happened."""

    code: str
    sentence: Sentence


def run(session: Path, emit: Emit, channel: Channel, stop: Stop, asked: Resumption = GOES_ON) -> int:
    """Has the session run to its end by one process after another; returns the exit code.

    Raises EngineError session_gone where its folder was taken away.
    """
    if channel.commands is not None:
        listen_in_thread(stop, child_pipes.lines(channel.commands))
    with place.held(session) as held, ExitStack() as in_hand:
        in_hand.enter_context(lock.of_file(session / lock.SUPERVISOR, looked_at=True))
        return _run(held, in_hand, emit, channel, stop, asked)


def _run(held: place.Place, in_hand: ExitStack, emit: Emit, channel: Channel, stop: Stop, asked: Resumption) -> int:
    """`in_hand`: that the session counts as running also between two processes, until one has said that it is over."""
    session = held.session
    emit = told.keeping(held, emit, wall_clock)
    pauses, tries, hung = restart_policy.back_off(), restart_policy.Tries(_position(session)), 0
    first = True
    while True:
        flags = [*channel.flags, *asked.flags(first), "--patience", str(2**hung)]
        ending, opened = _one_process(session, in_hand, channel, stop, flags)
        first = first and not opened
        state = _state(session)
        if isinstance(ending, int):
            return ending
        held.check()  # no process could do anything in a folder that is gone
        if state is not None and state.status == "finished":
            emit(results.finished(session, state.results))  # it was ended between its last commit and its last word
            return EXIT_FINISHED
        tries, pause = restart_policy.after(tries, _position(session), pauses)
        hung = hung + 1 if ending.code == "stuck" else 0
        if stop.reason is None and pause is not None:
            _settle(session, "failed", ending)
            about = {"code": ending.code, "sentence": to_json(ending.sentence)}
            emit(Message("restarting", {**about, "attempt": tries.count, "in_seconds": pause}))
            stop.wait(pause)
        if stop.reason is not None:
            _settle(session, "paused", ending, stop.reason)
            where = {"step": state.cursor.step, "unit": state.cursor.unit} if state else {"step": "", "unit": 0}
            emit(Message("paused", {"reason": to_json(stop.reason), **where}))
            return EXIT_PAUSED
        if pause is None:
            return _give_up(session, ending, len(pauses), emit)


def _one_process(
    session: Path, in_hand: ExitStack, channel: Channel, stop: Stop, flags: list[str]
) -> tuple[int | Failure, bool]:
    """One child from start to end: its exit code or what makes another necessary, and whether it opened the session."""
    command = [sys.executable, "-m", "so8t_engine.process.worker", str(session), *flags]
    killed_before = memory_kills.count()
    child = child_process.start(command, channel.out, os.environ)
    process, commands = child.process, CommandPipe(child.down)
    signs = os.fdopen(child.up, encoding="utf-8", errors="replace")
    news: queue.Queue[Message | None] = queue.Queue()
    threading.Thread(target=watchdog.listen, args=(signs, news.put), daemon=True).start()
    stop.forward_to(commands.pause, commands.send, lambda: child_process.end(process))
    watch, last, silence, opened = watchdog.SilenceTimer(), None, None, False
    while silence is None:
        try:
            message = news.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            silence = watch.silent_for()
            continue
        if message is None:
            break
        if message.name == "alive":
            watch.sign(float(message.data["seconds"]))
            opened = True
        elif message.name == "pause":
            stop.told(message)
        else:
            last = message
            if not _is_followed(message):
                in_hand.close()
    if silence is not None:
        process.kill()
    code = process.wait()
    stop.forward_to(None)
    commands.close()
    ending = _ending(last, code, silence, memory_ran_out=memory_kills.count() != killed_before)
    if isinstance(ending, Failure):
        _note(session, ending)
        if channel.json:
            channel.out.write("\n")  # a line it was killed in must not swallow the next
    return ending, opened


def _ending(last: Message | None, code: int, silence: float | None, memory_ran_out: bool = False) -> int | Failure:
    """What a child said last counts more than how its process came to an end.

    `memory_ran_out`: the system has ended programs for want of memory while it ran.
    """
    if last is not None and last.name == "failed":
        followed = _is_followed(last)
        return Failure(last.data["code"], from_json(last.data["sentence"])) if followed else CODES[last.data["code"]]
    if last is not None:
        return EXIT_FINISHED if last.name == "finished" else EXIT_PAUSED
    if silence is not None:
        return Failure("stuck", sentence("process.stuck", seconds=round(silence)))
    if code < 0:
        return Failure("crashed", sentence("process.ended_by_signal", signal=_signal(-code, memory_ran_out)))
    if code >= WINDOWS_CRASH:
        return Failure("crashed", sentence("process.crashed", code=f"0x{code:08X}"))
    return Failure("crashed", sentence("process.ended_without_a_word", code=code))


def _is_followed(last: Message) -> bool:
    """Whether after these words another process goes on."""
    return last.name == "failed" and CODES[last.data["code"]] == EXIT_RETRY


def _signal(number: int, memory_ran_out: bool) -> Sentence:
    """Its name, and what it mostly means."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        return sentence("process.signal_number", number=number)
    match name:
        case "SIGKILL" if memory_ran_out:
            return sentence("process.signal_kill_memory", name=name)
        case "SIGKILL":
            return sentence("process.signal_kill", name=name)
        case "SIGSEGV" | "SIGABRT":
            return sentence("process.signal_native", name=name)
        case _:
            return verbatim(name)


def _give_up(session: Path, failure: Failure, attempts: int, emit: Emit) -> int:
    error = EngineError(failure.code, in_turn(failure.sentence, sentence("process.no_further", attempts=attempts)))
    _settle(session, "failed", Failure(error.code, error.sentence))
    emit(failed(error))
    return error.exit_code


def _state(session: Path) -> PipelineState | None:
    try:
        return store.read_state(session)
    except (EngineError, OSError):
        return None  # the next process says what is wrong with it


def _position(session: Path) -> restart_policy.Position:
    state = _state(session)
    return restart_policy.position_of(state) if state is not None else restart_policy.Position()


def _settle(session: Path, status: str, failure: Failure, reason: Sentence | None = None) -> None:
    """Leaves a state that says what happened, from which a plain `resume` goes on and makes an incident of it."""
    error = as_json(EngineError(failure.code, failure.sentence))
    why = None if reason is None else to_json(reason)
    try:
        with lock.held(session, {"pid": os.getpid(), "boot": paths.boot_id()}):
            state = store.read_state(session)
            store.write_state(session, state.changed(status=status, reason=why, error=error))
    except (EngineError, OSError):
        pass  # as after any cut: the status says `running`, nobody holds the lock, the next start sees it


def _note(session: Path, failure: Failure) -> None:
    """Into the session's log, behind the stacks the process may have left there."""
    line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} ERROR so8t.supervise: {failure.code}: {failure.sentence}\n"
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(session / "logs" / "engine.log", flags, 0o600)
    except OSError:
        return
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(line)
