"""Step 5, killed again and again at whatever instant: the same bytes, and no question asked twice that was answered."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.steps import test_evaluate as whole
from so8t_engine.evaluate import heldout, llama_cpp
from so8t_engine.session.state import Cursor
from so8t_engine.steps import evaluate

KILLS = 20
trained, measured, finished = whole.trained, whole.measured, whole.finished  # fixtures


def note(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")  # a kill loses nothing of it: the kernel has it


def attempt(session: Path, log: Path) -> None:
    """In a process of its own: goes on with the session and notes what was begun, answered and saved."""
    ask, answers = heldout.ask, llama_cpp.answers

    def told(questions: list[str], answer: Any) -> Any:
        for question in questions:
            note(log, f"begun {question}")
        replies = answer()
        for question in questions:
            note(log, f"answered {question}")
        return replies

    def ask_and_note(model: Any, tokenizer: Any, examples: Any, *more: Any) -> Any:
        which = Path(str(model.config._name_or_path)).name
        return told([f"{which}/{each.id}" for each in examples], lambda: ask(model, tokenizer, examples, *more))

    def answers_and_note(file: Path, questions: Any, *more: Any, **named: Any) -> Any:
        names = [f"{file.name}/{question!r}" for question in questions]
        return told(names, lambda: answers(file, questions, *more, **named))

    heldout.ask, llama_cpp.answers = ask_and_note, answers_and_note
    resumed = whole.Session(session.parent, whole.config(), session.name)
    context = resumed.context(cut=lambda message: note(log, "saved") if message.name == "saved" else None)
    evaluate.run(context, context.state.cursor)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, and a copy of this process by fork")
def test_twenty_kills_at_any_instant_end_with_the_same_bytes_and_ask_no_answered_question_twice(
    trained: Path, finished: Path, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    session, log = whole.copied(trained, tmp_path), tmp_path / "log"
    rng, kills, attempts, longest = random.Random(20), 0, 0, 4.0
    while session.context().state.cursor != Cursor("evaluate", 15):
        attempts += 1
        assert attempts < 200
        child = os.fork()
        if child == 0:
            status = 1
            try:
                attempt(session.path, log)
                status = 0
            finally:
                os._exit(status)
        timer = None
        if kills < KILLS:
            timer = threading.Timer(rng.uniform(0.02, longest), os.kill, (child, signal.SIGKILL))
            timer.start()
        _, ended = os.waitpid(child, 0)
        if timer is not None:
            timer.cancel()
        if os.WIFSIGNALED(ended):
            kills += 1
            note(log, "killed")
        else:
            assert os.WEXITSTATUS(ended) == 0
            longest /= 2  # it was quicker than the kill: the next ones come sooner
            if kills < KILLS and session.context().state.cursor == Cursor("evaluate", 15):
                assert whole.digests(session.path) == whole.digests(finished)
                session = whole.copied(trained, tmp_path / f"again{attempts}")
                note(log, "anew")
    assert kills >= KILLS
    assert whole.digests(session.path) == whole.digests(finished)

    repeated = asked_twice(log.read_text(encoding="utf-8").splitlines())
    record_property("kills", kills)
    record_property("attempts", attempts)
    record_property("asked again, of a batch that a kill struck", sum(repeated.values()))
    print(f"{kills} kills in {attempts} attempts; asked again, of a batch that a kill struck: {sum(repeated.values())}")


def asked_twice(lines: list[str]) -> Counter[str]:
    """By question, how often it was begun again, each after a kill that struck its batch; fails at any other one."""
    saved: set[str] = set()
    waiting: set[str] = set()
    again: Counter[str] = Counter()
    seen: set[str] = set()
    for line in lines:
        what, _, question = line.partition(" ")
        if what == "anew":
            saved, waiting, seen = set(), set(), set()
        elif what == "killed":
            waiting = set()
        elif what == "saved":
            saved, waiting = saved | waiting, set()
        elif what == "answered":
            waiting.add(question)
        elif what == "begun":
            assert question not in saved, f"{question} was answered and saved, and is asked again"
            again[question] += question in seen
            seen.add(question)
    return again
