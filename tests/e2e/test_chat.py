"""`so8t chat` by the real program, on the session that the small job left."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import program
from so8t_engine.session import lock

FORGOTTEN = """
import gc, os, sys, urllib.request
from pathlib import Path
from so8t_engine.evaluate import llama_cpp
address = llama_cpp.load(Path(sys.argv[1]), 64, 1).listening_address
gc.collect()
status = urllib.request.urlopen(f"{address}/health", timeout=60).status
os._exit(0 if status == 200 else 1)
"""


def chat(
    session: Path, *arguments: object, stdin: bytes = b"", cache: Path, **more: str
) -> subprocess.CompletedProcess[bytes]:
    command = [
        sys.executable,
        "-m",
        "so8t_engine.cli",
        "--data-root",
        str(session.parent),
        "chat",
        *map(str, arguments),
    ]
    environment = program.environment(SO8T_CACHE_HOME=str(cache), **more)
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=300, check=False)


def test_one_question_is_answered_in_json_by_the_file_that_is_named_and_the_session_stays_as_it_was(
    untouched: Path, tmp_path: Path
) -> None:
    before = program.digests(untouched)
    done = chat(untouched, untouched.name, "--quant", "F16", "--prompt", "2 + 3?", "--json", cache=tmp_path)
    events = [json.loads(line) for line in done.stdout.decode().splitlines()]

    assert done.returncode == 0, done.stderr.decode()
    assert (events[0]["event"], events[0]["file"], events[0]["model"]) == ("answering", "small-F16.gguf", "tuned")
    assert {event["event"] for event in events[1:-1]} <= {"text"}
    assert events[-1]["event"] == "answer" and events[-1]["file"] == "small-F16.gguf"
    assert events[-1]["ended"] in ("stop", "length") and 0 < events[-1]["tokens"] <= 24
    said = "".join(event["text"] for event in events[1:-1])
    assert all(text in said for text in (events[-1]["final"], *events[-1]["sections"].values()))
    assert program.digests(untouched) == before and not list(tmp_path.iterdir())


def test_the_base_answers_from_a_file_made_once_in_the_cache(untouched: Path, tmp_path: Path) -> None:
    lines = "リンゴが3個あります。\n\n/exit\nnever asked\n".encode()
    noted = {"PYTHONPROFILEIMPORTTIME": "1"}
    first, second = (chat(untouched, "--base", "--json", stdin=lines, cache=tmp_path, **noted) for _ in range(2))
    [file] = (tmp_path / "base-gguf").iterdir()
    answers = [[json.loads(line) for line in done.stdout.decode().splitlines()] for done in (first, second)]

    assert first.returncode == second.returncode == 0, first.stderr.decode()
    assert [event["event"] for event in answers[0][:2]] == ["notice", "answering"]
    assert answers[1][0] == {
        "event": "answering", "file": file.name, "session": untouched.name, "model": "base", "path": str(file),
    }  # fmt: skip
    assert [event for event in answers[0][1:] if "tokens" not in event] == [
        event for event in answers[1] if "tokens" not in event
    ]
    assert [event["event"] for event in answers[1]].count("answer") == 1
    assert file.name.endswith("-Q8_0.gguf") or file.name.endswith("-F16.gguf")
    loaded = {line.rpartition("|")[2].strip() for line in first.stderr.decode().splitlines()}
    assert "so8t_engine.export.gguf_writer" in loaded and not loaded & {"torch", "transformers"}  # seconds, each time


def test_what_cannot_be_asked_is_refused_with_the_reason(untouched: Path, tmp_path: Path) -> None:
    unknown = chat(untouched, "--quant", "Q9", "--prompt", "x", cache=tmp_path)
    absent = chat(untouched, "--quant", "Q6_K", "--prompt", "x", cache=tmp_path)
    running = shutil.copytree(untouched, tmp_path / "root" / untouched.name)
    with lock.held(running, {"pid": 1}):
        busy = chat(running, "--prompt", "x", cache=tmp_path)

    assert (unknown.returncode, absent.returncode, busy.returncode) == (2, 4, 5)
    assert "Q4_K_M" in unknown.stdout.decode() and "Q8_0" in absent.stdout.decode()
    assert untouched.name in busy.stdout.decode()


def test_a_talk_ends_with_the_question_before_which_its_session_began_to_run_again(
    untouched: Path, tmp_path: Path
) -> None:
    session = shutil.copytree(untouched, tmp_path / "root" / untouched.name)
    words = ["--data-root", session.parent, "chat", session.name, "--quant", "F16", "--json"]
    talk = subprocess.Popen(
        [sys.executable, "-m", "so8t_engine.cli", *words],
        env=program.environment(SO8T_CACHE_HOME=str(tmp_path / "cache")),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert talk.stdin is not None and talk.stdout is not None
    talk.stdin.write("2 + 3?\n")
    talk.stdin.flush()
    first = next(line for line in map(json.loads, talk.stdout) if line["event"] not in ("answering", "text"))
    with lock.held(session, {"pid": 1}):
        said, _ = talk.communicate("2 + 4?\n", timeout=240)

    assert first["event"] == "answer" and talk.returncode == 5
    assert [json.loads(line)["code"] for line in said.splitlines()] == ["chat_busy"]


def test_the_gguf_file_alone_is_enough_and_a_damaged_one_is_named(untouched: Path, tmp_path: Path) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / "root" / untouched.name))
    shutil.rmtree(session / "final_model")
    asked = ("--quant", "F16", "--prompt", "2 + 3?", "--json")
    alone, whole = (chat(each, each.name, *asked, cache=tmp_path) for each in (session, untouched))
    answers = [json.loads(done.stdout.decode().splitlines()[-1])["final"] for done in (alone, whole)]
    assert alone.returncode == 0 and answers[0] == answers[1]

    file = session / "gguf" / "small-F16.gguf"
    os.truncate(file, 100)
    damaged = chat(session, session.name, *asked[:-1], cache=tmp_path)
    said = damaged.stdout.decode()
    assert damaged.returncode == 4 and f"gguf/{file.name}: 100 bytes where" in said and "so8t verify" in said


def test_a_question_that_is_too_long_or_empty_is_told_as_that(untouched: Path, tmp_path: Path) -> None:
    long = chat(untouched, untouched.name, stdin=b"why " * 2_000, cache=tmp_path)
    empty = chat(untouched, untouched.name, "--prompt", " ", cache=tmp_path)

    assert long.returncode == 2 and "longer than the 256 tokens" in long.stdout.decode()
    assert "fewer words" in long.stdout.decode() and "so8t verify" not in long.stdout.decode()
    assert empty.returncode == 2 and "`--prompt` is empty" in empty.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are other things there")
def test_a_question_typed_that_is_too_long_does_not_end_the_talk(untouched: Path, tmp_path: Path) -> None:
    terminal, end = os.openpty()
    os.write(terminal, b"why \n".replace(b"why ", b"why " * 500) + b"2 + 3?\n/exit\n")
    command = [sys.executable, "-m", "so8t_engine.cli", "--data-root", untouched.parent, "chat", untouched.name]
    environment = program.environment(SO8T_CACHE_HOME=str(tmp_path))
    done = subprocess.run(command, stdin=end, capture_output=True, env=environment, timeout=300, check=False)
    os.close(terminal)
    os.close(end)

    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert told.index("longer than the 256 tokens") < told.index("cut off at 24 tokens")


def test_a_server_of_llama_cpp_that_nobody_holds_is_not_destroyed_which_may_last_for_ever(untouched: Path) -> None:
    command = [sys.executable, "-c", FORGOTTEN, str(untouched / "gguf" / "small-Q8_0.gguf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=program.environment())
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="terminals, signals")
@pytest.mark.parametrize("how", ["SIGTERM", "closed", "Ctrl+C", "Ctrl+D"])
def test_a_talk_in_a_terminal_leaves_nothing_behind_however_it_ends(untouched: Path, tmp_path: Path, how: str) -> None:
    """llama.cpp's process and its folder go; Ctrl+C ends what is typed or said, not the talk."""
    child, terminal = in_a_terminal(tmp_path, "--data-root", untouched.parent, "chat", untouched.name)
    seen(terminal, "> ")
    assert len(list(tmp_path.glob("so8t-chat-*"))) == 1
    if how == "Ctrl+C":
        for typed in (b"\x03", b"half a question\x03"):
            assert "/exit" in seen(terminal, "\n> ", typed)
        seen(terminal, "> ", b"2 + 3?\n\x03")  # which a terminal forgets as far as nobody has read it
        os.write(terminal, b"/exit\n")
    elif how == "Ctrl+D":
        os.write(terminal, b"\x04")
        seen(terminal, "The chat has ended.")
    elif how == "SIGTERM":
        os.kill(child, signal.SIGTERM)
    else:
        os.close(terminal)
    code = ended(child, again=signal.SIGTERM if how == "SIGTERM" else None)

    assert code == {"SIGTERM": 128 + signal.SIGTERM, "closed": 128 + signal.SIGHUP}.get(how, 0)
    assert list(tmp_path.glob("so8t-chat-*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("until", ["Python has begun", "llama.cpp begins"])
def test_ctrl_c_while_the_program_is_loaded_leaves_no_traceback(untouched: Path, tmp_path: Path, until: str) -> None:
    """Whatever it is at by then: it is gone, or asks for a question."""
    child, terminal = in_a_terminal(tmp_path, "--data-root", untouched.parent, "chat", untouched.name)
    if until == "Python has begun":
        waited_for(lambda: catches_ctrl_c(child))
        waited_for(lambda: not catches_ctrl_c(child))
    else:
        waited_for(lambda: any(tmp_path.glob("so8t-chat-*")))
    os.write(terminal, b"\x03")
    said = seen(terminal, "> ")
    if said.endswith("> "):
        os.write(terminal, b"/exit\n")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    assert "Traceback" not in said and "Error" not in said and code in (0, 130, -signal.SIGINT)
    assert list(tmp_path.glob("so8t-chat-*")) == []


def catches_ctrl_c(process: int) -> bool:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    [caught] = [int(line.split()[1], 16) for line in lines if line.startswith("SigCgt")]
    return bool(caught & 1 << signal.SIGINT - 1)


def waited_for(condition: Callable[[], bool]) -> None:
    last = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.001)


def in_a_terminal(folder: Path, *words: object) -> tuple[int, int]:
    """(process, its terminal); what is temporary lies in the folder."""
    environment = program.environment(SO8T_CACHE_HOME=str(folder / "cache"), TMPDIR=str(folder), SO8T_LANG="en")
    import pty  # which Windows has not

    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-m", "so8t_engine.cli", *map(str, words)], environment)
    return child, terminal


def ended(child: int, again: signal.Signals | None) -> int:
    """Its exit code. `again`: sent after every silence, for the reason that `seen` types again."""
    last = time.monotonic() + 240.0
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        assert time.monotonic() < last, "it does not end"
        time.sleep(0.05)
        if again is not None and int((last - time.monotonic()) * 20) % 60 == 0:  # every three seconds
            os.kill(child, again)


def seen(terminal: int, end: str, typed: bytes = b"", seconds: float = 240.0) -> str:
    """What it shows up to this, or until it is closed.

    `typed`: once, and again after every silence: Python's `input` notices a signal that comes between the prompt and
    the wait for a line only with the next one.
    """
    said, last = "", time.monotonic() + seconds
    os.write(terminal, typed)
    while not said.replace("\r", "").endswith(end):
        if not select.select([terminal], [], [], 3.0)[0]:
            assert time.monotonic() < last, said
            os.write(terminal, typed)
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # on Linux, where the other end is closed
            break
        if not piece:
            break
        said += piece.decode()
    return said
