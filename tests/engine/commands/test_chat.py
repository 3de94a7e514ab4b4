"""What is typed in a talk: questions, the word to leave, the end of the input, Ctrl+C."""

from __future__ import annotations

import argparse
import io
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.chat import answerer, conversation, llama_process
from so8t_engine.chat.llama_process import Ended
from so8t_engine.commands import chat, chat_voice
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_MODEL, EngineError
from so8t_engine.export import gguf_choice
from so8t_engine.sentences import sentence, verbatim


@pytest.mark.parametrize(
    ("typed", "asked", "told"),
    [
        ([" first ", "", "second", EOFError], ["first", "second"], ["chat.left"]),
        (["first", KeyboardInterrupt, "second", EOFError], ["first", "second"], ["chat.how_to_leave", "chat.left"]),
        (["first", f" {chat.LEAVE[0]} ", "second"], ["first"], []),
    ],
)
def test_a_talk_ends_with_its_input_or_the_word_to_leave_and_ctrl_c_says_how(
    monkeypatch: pytest.MonkeyPatch, typed: list[Any], asked: list[str], told: list[str]
) -> None:
    lines, said = iter(typed), list[str]()

    def read(_prompt: str) -> str:
        line = next(lines)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr("builtins.input", read)
    voice: Any = SimpleNamespace(notice=lambda what: said.append(what.code))
    assert list(chat._questions(True, voice)) == asked and said == told


@pytest.fixture
def signals() -> Iterator[None]:
    """They are the whole process's."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
@pytest.mark.skipif(sys.platform == "win32", reason="a program is ended there without a word")
def test_asked_to_end_it_leaves_in_order_and_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with pytest.raises(SystemExit) as left, chat._leaving_in_order():
        signal.raise_signal(signal.SIGTERM)
    assert left.value.code == 128 + signal.SIGTERM and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with chat._leaving_in_order():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


@pytest.mark.usefixtures("signals")
@pytest.mark.skipif(sys.platform == "win32", reason="a signal that a process sends itself ends it there")
def test_the_first_ctrl_c_stops_the_answer_and_the_second_is_one_as_ever() -> None:
    stopped: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with pytest.raises(KeyboardInterrupt), chat._interrupted_by(lambda: stopped.append(1)):
        signal.raise_signal(signal.SIGINT)
        assert stopped == [1]
        signal.raise_signal(signal.SIGINT)
    assert stopped == [1] and signal.getsignal(signal.SIGINT) is signal.SIG_IGN


class Talking:
    """`so8t chat` with a model that answers as told: a text, or what is raised."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, by_hand: bool = False) -> None:
        self.heard, self.told, self.began = list[str](), list[Any](), list[Any]()
        self.opened, self.looked = list[Any](), 0
        self.answers: list[Any] = []
        found = SimpleNamespace(file=Path("f.gguf"), context=64, threads=2)
        own = self
        voice = SimpleNamespace(
            printer=SimpleNamespace(out=io.StringIO()),
            notice=self.told.append,
            begins=lambda *given: self.began.append(given),
            heard=lambda what, talk: self.heard.append(what if isinstance(what, str) else what.why),
        )

        class Model:
            def __init__(self, *given: Any) -> None:
                own.opened.append(given)

            def __enter__(self) -> Any:
                return self

            def __exit__(self, *_: object) -> None:
                own.opened.append("closed")

            def stop(self) -> None:
                own.told.append("stopped")

        class Talk:
            def __init__(self, llama: Any, about: Any) -> None:
                self.llama, self.last = llama, SimpleNamespace(final="Yes.")

            def ask(self, question: str) -> Iterator[Any]:
                answer = own.answers.pop(0)
                if isinstance(answer, Exception):
                    raise answer
                if answer == "nothing":
                    self.last.final, answer = "", "length"
                yield question
                yield Ended(answer, 1, 1.0)

        def look(_: Path) -> None:
            self.looked += 1

        monkeypatch.setattr(chat.start, "sessions_root", lambda chosen: root)
        monkeypatch.setattr(answerer, "refuse_while_training", look)
        monkeypatch.setattr(gguf_choice, "latest", lambda root, notice: root / "newest")
        monkeypatch.setattr(chat.catalog, "find", lambda root, name: root / f"found {name}")
        monkeypatch.setattr(answerer, "base", lambda session, quant, notice: self._found("base", session, quant))
        monkeypatch.setattr(answerer, "tuned", lambda session, quant: self._found("tuned", session, quant))
        monkeypatch.setattr(llama_process, "Llama", Model)
        monkeypatch.setattr(conversation, "Conversation", Talk)
        monkeypatch.setattr(chat_voice, "Voice", lambda printer, thinking: voice)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: by_hand))
        monkeypatch.setattr(chat, "_questions", lambda hand, voice: iter(["one", "two", "three"]))
        self._about, self.chosen = found, list[Any]()

    def _found(self, *given: Any) -> Any:
        self.chosen.append(given)
        return self._about

    def say(self, *answers: Any, json: bool = False, **options: Any) -> int:
        self.answers = list(answers)
        asked = {"prompt": None, "session": None, "quant": None, "base": False, "show_thinking": False}
        given = argparse.Namespace(data_root=None, **asked | options)
        return chat._chat(given, SimpleNamespace(json=json))  # type: ignore[arg-type]


LONG, DEAD = EngineError("chat_too_long", verbatim("too long")), EngineError("chat", verbatim("it died"))


@pytest.mark.parametrize(
    ("answers", "prompt", "heard", "code"),
    [
        (["stop", "length", "stop"], None, ["one", "stop", "two", "length", "three", "stop"], EXIT_FINISHED),
        (["stop", "stopped"], None, ["one", "stop", "two", "stopped"], EXIT_INTERRUPTED),
        (["stop"], "alone?", ["alone?", "stop"], EXIT_FINISHED),
        (["stopped"], "alone?", ["alone?", "stopped"], EXIT_INTERRUPTED),
    ],
)
def test_what_is_asked_by_a_program_ends_with_the_first_answer_that_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str], prompt: str | None, heard: list[str], code: int
) -> None:
    talking = Talking(tmp_path, monkeypatch)
    assert (talking.say(*answers, prompt=prompt), talking.heard) == (code, heard)
    assert talking.opened == [(Path("f.gguf"), 64, 2), "closed"] and talking.looked == 1 + len(answers)
    assert [hand for _, hand in talking.began] == [False]
    assert talking.chosen == [("tuned", tmp_path / "newest", None)]


def test_a_script_is_told_by_the_exit_code_that_there_was_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty line and 0 looked like an answer."""
    talking = Talking(tmp_path, monkeypatch)
    assert talking.say("nothing", prompt="alone?") == EXIT_MODEL
    assert talking.say("nothing", "stop", "stop") == EXIT_MODEL
    assert talking.say("nothing", prompt="alone?", json=True) == EXIT_FINISHED, "its `final` is empty"
    assert Talking(tmp_path, monkeypatch, by_hand=True).say("nothing", "stop", "stop") == EXIT_FINISHED


def test_by_hand_a_talk_goes_on_after_an_answer_that_was_stopped_or_a_question_that_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talking = Talking(tmp_path, monkeypatch, by_hand=True)
    assert talking.say("stopped", LONG, "stopped", session="mine", base=True, quant="F16") == EXIT_FINISHED
    assert talking.told == [LONG.sentence] and talking.heard == ["one", "stopped", "three", "stopped"]
    assert talking.chosen == [("base", tmp_path / "found mine", "F16")] and talking.began[0][1] is True
    assert refused(lambda: talking.say(DEAD)).code == "chat"
    assert talking.say("stopped", json=True) == EXIT_INTERRUPTED, "a program speaks JSON"
    assert talking.say("stopped", prompt="alone?") == EXIT_INTERRUPTED


def test_a_question_that_is_too_long_ends_what_no_person_types_and_an_empty_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talking = Talking(tmp_path, monkeypatch)
    assert refused(lambda: talking.say(LONG)).code == "chat_too_long" and talking.opened[-1] == "closed"
    empty = refused(lambda: talking.say("stop", prompt=" "))
    assert (empty.code, empty.sentence) == ("usage", sentence("chat.empty_prompt"))


def test_an_answer_that_nobody_reads_any_more_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talking = Talking(tmp_path, monkeypatch)
    monkeypatch.setattr(chat.output, "trouble", lambda out: BrokenPipeError())
    assert talking.say("stopped") == EXIT_INTERRUPTED and talking.told == ["stopped"] * 2


def test_questions_from_a_file_are_read_in_any_of_its_encodings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat.locale, "getpreferredencoding", lambda do_setlocale: "cp932" if not do_setlocale else "")
    lines = io.BytesIO("\ufeff猫\n".encode() + "犬\n".encode("cp932") + b"/exit\nx\n")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=lines))
    voice: Any = None

    assert list(chat._questions(False, voice)) == ["猫", "犬"]
