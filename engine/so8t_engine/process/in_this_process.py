"""Runs a session to its exit code: watched over in a process of its own, or here for debuggers and profilers."""

from __future__ import annotations

import os
from pathlib import Path

from so8t_engine import child_pipes, language
from so8t_engine.errors import EngineError, failed
from so8t_engine.process import output
from so8t_engine.process.stop import Stop, listen_in_thread
from so8t_engine.protocol import Emit
from so8t_engine.run.control import Control, obey
from so8t_engine.run.resumption import GOES_ON, Resumption
from so8t_engine.session import durable, place, verification

# GOMP_SPINCOUNT: two threads that wait for each other spin a little, not for long: on two idle cores nearly as fast as
# spinning on, on a busy machine twice as fast (tests/bench/RESULTS.md).
SETTINGS = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "warning",
    "TOKENIZERS_PARALLELISM": "false",
    "GOMP_SPINCOUNT": "2000",
}


def run(session: Path, emit: Emit, channel: output.Channel, stop: Stop, asked: Resumption = GOES_ON) -> int:
    """Runs a session to its exit code, in a process of its own that is watched over.

    With SO8T_SUPERVISED=0 in the environment in this process: for debuggers and profilers.
    """
    if os.environ.get("SO8T_SUPERVISED") != "0":
        from so8t_engine.process import supervisor  # commands that start nothing do without

        return supervisor.run(session, emit, channel, stop, asked)
    os.environ[language.VARIABLE] = channel.language  # what is written for people: the report
    control = Control(stop.told)
    stop.forward_to(control.pause, lambda line: obey(line, control, emit))
    if channel.commands is not None:
        listen_in_thread(stop, child_pipes.lines(channel.commands))
    return work(session, emit, control, asked)


def work(session: Path, emit: Emit, control: Control, asked: Resumption = GOES_ON) -> int:
    """Runs a session to its exit code here, with standard output and error going to its log."""
    from so8t_engine.run import pipeline

    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        verification.refuse_links(session)
        with place.held(session), durable.translated(session):
            output.log_to(session)
        return pipeline.run_session(session, emit, control, asked)
    except EngineError as error:
        return refuse(emit, error)


def refuse(emit: Emit, error: EngineError) -> int:
    emit(failed(error))
    return error.exit_code
