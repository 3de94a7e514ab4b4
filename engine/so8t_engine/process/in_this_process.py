"""Runs a session to its exit code: watched over in a process of its own, or here for debuggers and profilers."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from so8t_engine.errors import EngineError, failed
from so8t_engine.process import output, supervisor
from so8t_engine.protocol import Emit
from so8t_engine.run import pipeline
from so8t_engine.run.control import Control, listen
from so8t_engine.sentences import sentence
from so8t_engine.session import durable, place, verification

# GOMP_SPINCOUNT: two threads that wait for each other spin a little, not for long: on two idle cores nearly as fast as
# spinning on, on a busy machine twice as fast (tests/bench/RESULTS.md).
SETTINGS = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "warning",
    "TOKENIZERS_PARALLELISM": "false",
    "GOMP_SPINCOUNT": "2000",
}


def run(
    session: Path,
    emit: Emit,
    channel: output.Channel,
    stop: supervisor.Stop,
    from_start: bool = False,
    accept_changes: bool = False,
) -> int:
    """Runs a session to its exit code, in a process of its own that is watched over.

    With SO8T_SUPERVISED=0 in the environment in this process: for debuggers and profilers.
    """
    if os.environ.get("SO8T_SUPERVISED") != "0":
        return supervisor.run(session, emit, channel, stop, from_start, accept_changes)
    control = _control(stop)
    if channel.listen:
        threading.Thread(target=listen, args=(sys.stdin, control, emit), daemon=True).start()
    return work(session, emit, control, from_start, accept_changes)


def work(session: Path, emit: Emit, control: Control, from_start: bool = False, accept_changes: bool = False) -> int:
    """Runs a session to its exit code here, with standard output and error going to its log."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        verification.refuse_links(session)
        with place.held(session), durable.translated(session):
            output.log_to(session)
        return pipeline.run_session(session, emit, control, from_start, accept_changes)
    except EngineError as error:
        return refuse(emit, error)


def refuse(emit: Emit, error: EngineError) -> int:
    emit(failed(error))
    return error.exit_code


def _control(stop: supervisor.Stop) -> Control:
    """For a run in this process: SIGINT and SIGTERM pause after a commit; a second SIGINT leaves at once."""
    control = Control()

    def asked(number: int, _frame: FrameType | None) -> None:
        if control.pause_reason is not None and number == signal.SIGINT:
            os._exit(supervisor.LEFT_AT_ONCE)
        control.pause(sentence("run.pause_ctrl_c" if number == signal.SIGINT else "run.pause_by_system"))

    signal.signal(signal.SIGINT, asked)
    signal.signal(signal.SIGTERM, asked)
    if stop.reason is not None:
        control.pause(stop.reason)
    return control
