"""What a child's end means: its last word counts more than how its process came to an end."""

from __future__ import annotations

import io
import itertools
import os
import signal
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from so8t_engine import child_pipes
from so8t_engine.errors import EngineError, as_json, failed
from so8t_engine.process import child_process, memory_kills, restart_policy, supervisor
from so8t_engine.process.output import Channel
from so8t_engine.process.stop import Stop
from so8t_engine.process.supervisor import Failure
from so8t_engine.protocol import EVENTS, Message, encode
from so8t_engine.run.resumption import Resumption
from so8t_engine.sentences import in_turn, sentence, to_json, verbatim
from so8t_engine.session import lock, results, store, told
from so8t_engine.session.state import Cursor

KILLED = -9
POSIX = pytest.mark.skipif(os.name != "posix", reason="only there an exit code tells the signal")
GPU_FAILED = Failure("device_error", verbatim("The GPU failed."))
FAILED = as_json(EngineError(GPU_FAILED.code, GPU_FAILED.sentence))
ALIVE = Message("alive", {"seconds": 300})


@pytest.mark.parametrize(
    ("last", "code", "ending"),
    [
        (Message("finished", {}), 0, 0),
        (Message("finished", {}), -signal.SIGSEGV, 0),
        (Message("paused", {"reason": to_json(verbatim("x"))}), KILLED, 75),
        (Message("failed", {**FAILED, "code": "dataset_missing"}), 1, 7),
        (Message("failed", FAILED), 76, GPU_FAILED),
        (Message("failed", FAILED), -signal.SIGABRT, GPU_FAILED),
    ],
)
def test_what_it_said_last_and_its_exit_code(last: Message | None, code: int, ending: int | Failure) -> None:
    assert supervisor._ending(last, code, None) == ending


@pytest.mark.parametrize(
    ("code", "silence", "kind", "words"),
    [
        pytest.param(-signal.SIGSEGV, None, "crashed", "SIGSEGV (a crash in native code)", marks=POSIX),
        pytest.param(KILLED, None, "crashed", "by the system where memory is short", marks=POSIX),
        pytest.param(-40, None, "crashed", "signal 40", marks=POSIX),
        (0xC0000005, None, "crashed", "0xC0000005"),
        (0xC0000000, None, "crashed", "0xC0000000"),
        (KILLED, 312.4, "stuck", "no sign of life for 312 seconds"),
        (0, None, "crashed", "without a word (code 0)"),
        (1, None, "crashed", "without a word (code 1)"),
        (76, None, "crashed", "without a word (code 76)"),
        (0xBFFFFFFF, None, "crashed", "without a word (code 3221225471)"),
    ],
)
def test_a_process_that_did_not_end_by_itself_is_followed_by_another(
    code: int, silence: float | None, kind: str, words: str
) -> None:
    ending = supervisor._ending(None, code, silence)

    assert isinstance(ending, Failure) and ending.code == kind and words in str(ending.sentence)


@POSIX
def test_memory_is_named_as_the_cause_of_a_kill_only_where_the_system_has_counted_one() -> None:
    def said(code: int, memory_ran_out: bool) -> str:
        ending = supervisor._ending(None, code, None, memory_ran_out)
        assert isinstance(ending, Failure)
        return str(ending.sentence)

    assert said(KILLED, True) == "The engine's process was ended by SIGKILL: the system had run out of memory."
    assert "a person or another program" in said(KILLED, False)
    assert "memory" not in said(-signal.SIGSEGV, True)


@POSIX
@pytest.mark.parametrize(
    ("counts", "word"), [((1, 2), "had run out"), ((1, 1), "another program"), ((None, None), "or by")]
)
def test_the_count_of_the_time_in_which_it_ran_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counts: tuple[int | None, int | None], word: str
) -> None:
    monkeypatch.setattr(child_process, "start", Said([], KILLED).start)
    monkeypatch.setattr(memory_kills, "count", iter(counts).__next__)
    found, _ = supervisor._one_process(tmp_path, ExitStack(), Channel(io.StringIO(), json=True), Stop(), [])
    assert isinstance(found, Failure) and word in str(found.sentence)


def test_the_system_counts_what_it_has_ended_for_want_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_kills, "COUNTER", tmp_path / "vmstat")
    assert memory_kills.count() is None
    for text, count in (
        ("pgfault 7\noom_kill 3\n", 3),
        ("pgfault 7\n", None),
        ("oom_kill x\n", None),
        ("oom_kill ", None),
    ):
        (tmp_path / "vmstat").write_text(text)
        assert memory_kills.count() == count


@dataclass
class Said:
    """A worker as its supervisor sees it: what it says, and its exit code; it hangs where that is to be found out."""

    words: list[Message]
    code: int
    hangs: bool = False
    killed: bool = False

    def start(self, command: object, stdout: object, environment: object) -> child_pipes.Child:
        (self.commands, down), (up, self.end) = os.pipe(), os.pipe()
        os.write(self.end, "".join(map(encode, self.words)).encode())
        if not self.hangs:
            os.close(self.end)
        return child_pipes.Child(self, down, up)  # type: ignore[arg-type]

    def kill(self) -> None:
        self.killed = True
        if self.hangs:
            os.close(self.end)

    def wait(self) -> int:
        os.close(self.commands)
        return self.code


PAUSED = Message("paused", {"reason": to_json(verbatim("x"))})
WISH = Message("pause", {"reason": to_json(verbatim("wish"))})
DEVICE, NO_DATA = Message("failed", FAILED), Message("failed", {**FAILED, "code": "dataset_missing"})


@pytest.mark.parametrize(
    ("said", "ending", "opened", "over"),
    [
        (Said([ALIVE, Message("finished", {})], 0), 0, True, True),
        (Said([ALIVE, WISH, PAUSED], 75), 75, True, True),
        (Said([NO_DATA], 7), 7, False, True),
        (Said([ALIVE, DEVICE], 76), "device_error", True, False),
        (Said([], 1), "crashed", False, False),
        (Said([Message("alive", {"seconds": 0})], KILLED, hangs=True), "stuck", True, False),
    ],
)
def test_a_worker_from_its_first_sign_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said, ending: int | str, opened: bool, over: bool
) -> None:
    """The session is let go once the worker has said that it is over; a line that it was cut off in is ended."""
    (tmp_path / "logs").mkdir()
    monkeypatch.setattr(child_process, "start", said.start)
    in_hand, out, stop, left = ExitStack(), io.StringIO(), Stop(), list[bool]()
    in_hand.callback(left.append, True)
    found, has_opened = supervisor._one_process(tmp_path, in_hand, Channel(out, json=True), stop, [])

    assert (found.code if isinstance(found, Failure) else found, has_opened) == (ending, opened)
    assert (bool(left), said.killed) == (over, said.hangs)
    assert out.getvalue() == ("\n" if isinstance(found, Failure) else "")
    assert (stop.reason == verbatim("wish")) == (WISH in said.words)
    assert stop._pause is None and (tmp_path / "logs" / "engine.log").exists() == isinstance(found, Failure)


def test_a_session_that_was_finished_before_its_process_was_ended_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(tmp_path, "s", "", "now")
    store.write_state(session, store.read_state(session).changed(status="finished", results={"tuned": 0.5}))
    event = results.finished(session, store.read_state(session).results)

    assert event.name == "finished" and event.data["results"] == {"tuned": 0.5}
    assert set(event.data) == set(EVENTS["finished"].fields)

    def ended_without_a_word(*_: object) -> tuple[Failure, bool]:
        return GPU_FAILED, True

    monkeypatch.setattr(supervisor, "_one_process", ended_without_a_word)
    heard: list[Message] = []
    assert supervisor.run(session, heard.append, Channel(io.StringIO(), json=True), Stop()) == 0
    assert heard == [event] and [line.event for line in told.read(session).lines] == [Message("finished")], "for later"


def test_a_session_begins_again_once_however_often_its_process_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at all in a process that did not come to open it; changes are accepted by each."""
    session, given = store.create(tmp_path, "s", "", "now"), list[list[str]]()
    endings = iter([(GPU_FAILED, False), (GPU_FAILED, True), (GPU_FAILED, True), (0, True)])

    def ended(
        session: Path, held: ExitStack, channel: Channel, stop: Stop, flags: list[str]
    ) -> tuple[int | Failure, bool]:
        given.append([flag for flag in flags if flag in ("--from-start", "--evaluate-again", "--accept-changes")])
        return next(endings)

    monkeypatch.setattr(supervisor, "_one_process", ended)
    monkeypatch.setenv(restart_policy.VARIABLE, "0,0,0")
    asked = Resumption(from_start=True, accept_changes=True)

    assert supervisor.run(session, lambda _: None, Channel(io.StringIO(), json=True), Stop(), asked) == 0
    assert given == [["--from-start", "--accept-changes"]] * 2 + [["--accept-changes"]] * 2
    assert Resumption(evaluate_again=True).flags(first=True) == ["--evaluate-again"]
    assert Resumption(evaluate_again=True).flags(first=False) == []


HUNG = Failure("stuck", verbatim("It hung."))


def endings_of(
    monkeypatch: pytest.MonkeyPatch, *endings: int | Failure, stop: Stop | None = None, wish_at: int = -1
) -> list[list[str]]:
    """Processes that end so, one after another, with no pause between them; returns the flags each was given."""
    given, left = list[list[str]](), list(endings)

    def ended(_: Path, held: ExitStack, channel: Channel, asked: Stop, flags: list[str]) -> tuple[int | Failure, bool]:
        given.append(flags)
        if stop is not None and len(given) == wish_at:
            stop.wish(verbatim("enough"))
        return left.pop(0), True

    monkeypatch.setattr(supervisor, "_one_process", ended)
    monkeypatch.setenv(restart_policy.VARIABLE, "0,0,0")
    return given


def test_a_process_that_hung_is_followed_by_one_with_twice_the_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(tmp_path, "s", "", "now")
    given = endings_of(monkeypatch, HUNG, HUNG, GPU_FAILED, 0)
    assert supervisor.run(session, lambda _: None, Channel(io.StringIO(), json=True), Stop()) == 0
    assert given == [["--json", "--lang", "en", "--program=so8t", "--patience", each] for each in "1241"]


def test_one_who_wants_it_to_end_between_two_processes_is_obeyed_with_what_had_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, stop, heard = store.create(tmp_path, "s", "", "now"), Stop(), list[Message]()
    store.write_state(session, store.read_state(session).changed(cursor=Cursor("train", 7)))
    given = endings_of(monkeypatch, GPU_FAILED, GPU_FAILED, stop=stop, wish_at=2)
    assert supervisor.run(session, heard.append, Channel(io.StringIO(), json=True), stop) == 75
    state, wish = store.read_state(session), to_json(verbatim("enough"))

    assert len(given) == 2 and [event.name for event in heard] == ["restarting", "paused"]
    assert heard[1].data == {"reason": wish, "step": "train", "unit": 7}
    assert heard[0].data == {
        "code": "device_error", "sentence": to_json(GPU_FAILED.sentence), "attempt": 1, "in_seconds": 0.0,
    }  # fmt: skip
    assert (state.status, state.reason, state.error) == ("paused", wish, FAILED)


def test_what_is_given_up_says_after_how_many_tries_and_ends_with_the_code_of_its_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, heard = store.create(tmp_path, "s", "", "now"), list[Message]()
    given = endings_of(monkeypatch, *[GPU_FAILED] * 4)
    assert supervisor.run(session, heard.append, Channel(io.StringIO(), json=True), Stop()) == 76
    error = EngineError("device_error", in_turn(GPU_FAILED.sentence, sentence("process.no_further", attempts=3)))

    assert len(given) == 4 and heard[-1] == failed(error)
    assert [event.data["attempt"] for event in heard[:-1]] == [1, 2, 3]
    assert (store.read_state(session).status, store.read_state(session).error) == ("failed", as_json(error))


def test_where_its_folder_was_taken_away_no_other_process_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, began = store.create(tmp_path, "s", "", "now"), list[int]()

    def ended(*_: object) -> tuple[Failure, bool]:
        began.append(1)
        session.rename(tmp_path / "moved")
        return GPU_FAILED, True

    monkeypatch.setattr(supervisor, "_one_process", ended)
    monkeypatch.setenv(restart_policy.VARIABLE, "0,0,0")
    with pytest.raises(EngineError) as gone:
        supervisor.run(session, lambda _: None, Channel(io.StringIO(), json=True), Stop())
    assert gone.value.code == "session_gone" and began == [1]


def test_a_trouble_has_its_line_in_the_log_where_there_is_one(tmp_path: Path) -> None:
    supervisor._note(tmp_path, HUNG)
    (tmp_path / "logs").mkdir()
    for _ in range(2):
        supervisor._note(tmp_path, HUNG)
    lines = (tmp_path / "logs" / "engine.log").read_text(encoding="utf-8").splitlines()
    assert [line[20:] for line in lines] == ["ERROR so8t.supervise: stuck: It hung."] * 2


def test_what_is_announced_is_waited_before_the_next_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, happened = store.create(tmp_path, "s", "", "now"), list[tuple[str, float]]()

    class Waiting(Stop):
        def wait(self, seconds: float) -> None:
            happened.append(("waited", seconds))

    def ended(*_: object) -> tuple[int | Failure, bool]:
        happened.append(("began", 0))
        return (GPU_FAILED if len(happened) < 10 else 0), True

    def told(message: Message) -> None:
        happened.append((message.name, message.data.get("in_seconds", 0)))

    monkeypatch.setattr(supervisor, "_one_process", ended)
    monkeypatch.setenv(restart_policy.VARIABLE, "5,30,120")

    assert supervisor.run(session, told, Channel(io.StringIO(), json=True), Waiting()) == 0
    pauses = [[("began", 0), ("restarting", seconds), ("waited", seconds)] for seconds in (5, 30, 120)]
    assert happened == [*itertools.chain(*pauses), ("began", 0)]


def test_what_is_left_says_what_happened_unless_another_engine_has_taken_over(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "now")
    supervisor._settle(session, "failed", Failure("stuck", verbatim("It hung.")))
    settled = store.read_state(session)
    with lock.held(session, {"pid": 1}):
        supervisor._settle(session, "paused", Failure("crashed", verbatim("x")))

    assert settled.status == "failed" and settled.error is not None
    assert settled.error["sentence"]["text"] == "It hung."
    assert store.read_state(session) == settled
