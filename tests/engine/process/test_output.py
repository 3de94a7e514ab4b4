"""Output that arrives nowhere: a reader that had enough, a full device, descriptors that a starter left closed."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.paths import TOY
from helpers.toy_engine import gone, reason_of, session_in, toys, until_struck
from so8t_engine.errors import EXIT_INTERRUPTED, EXIT_PAUSED
from so8t_engine.process import output
from so8t_engine.session import lock, store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")


def so8t(redirected: str, *arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
    """`so8t ...` with a shell's redirection; the exit code is that of `so8t` itself, also before a pipe."""
    command = [sys.executable, "-m", "so8t_engine.cli", *map(str, arguments)]
    shell = ["bash", "-c", f'"$@" {redirected}; exit ${{PIPESTATUS[0]}}', "bash", *command]
    environment = {**os.environ, **toys(), **extra}
    return subprocess.run(shell, capture_output=True, text=True, env=environment, timeout=200, check=False)


RUN = ("run", TOY, "--data-root")


@pytest.mark.parametrize("shape", [[], ["--json"]], ids=["drawn", "json"])
@pytest.mark.parametrize(
    ("redirected", "reason", "words"),
    [("| head -1", "run.pause_no_reader", "nobody reads the output any more"),
     ("> /dev/full", "run.pause_output_lost", "the output cannot be written (No space left on device)")],
    ids=["head", "full"],
)  # fmt: skip
def test_that_a_run_nobody_can_follow_is_paused_after_a_save_and_says_why(
    tmp_path: Path, redirected: str, reason: str, words: str, shape: list[str]
) -> None:
    done = so8t(redirected, *RUN, tmp_path, *shape)
    state = store.read_state(session_in(tmp_path))

    assert done.returncode == EXIT_PAUSED
    goes_on = f"so8t resume {session_in(tmp_path).name} --data-root {tmp_path}"
    assert done.stderr == f"The run was paused and saved: {words}. `{goes_on}` goes on with it.\n"
    assert (state.status, reason_of(tmp_path)) == ("paused", reason)


def test_that_it_goes_on_from_there(tmp_path: Path) -> None:
    so8t("| head -1", *RUN, tmp_path)
    done = so8t("", "resume", "--data-root", tmp_path)

    assert done.returncode == 0 and store.read_state(session_in(tmp_path)).status == "finished"


@pytest.mark.parametrize("redirected", ["1>&-", "2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-", "2> /dev/full"])
def test_that_a_run_with_closed_descriptors_runs(tmp_path: Path, redirected: str) -> None:
    done = so8t(redirected, *RUN, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert store.read_state(session_in(tmp_path)).status == "finished"


@pytest.mark.parametrize("shape", [[], ["--json"]], ids=["drawn", "json"])
def test_that_an_answer_that_could_not_be_written_is_a_failure_in_one_line(tmp_path: Path, shape: list[str]) -> None:
    full = so8t("> /dev/full", "presets", *shape)
    both = so8t("> /dev/full 2> /dev/full", "presets", *shape)
    had_enough = so8t("| head -c 1", "presets", *shape)
    closed = so8t("1>&-", "presets", *shape)

    assert full.returncode == 1
    assert full.stderr == "The answer could not be written to standard output: No space left on device.\n"
    assert both.returncode == 1
    assert (had_enough.returncode, had_enough.stderr) == (0, "")
    assert (closed.returncode, closed.stderr) == (0, "")


def test_that_an_error_stays_the_error_where_it_cannot_be_said(tmp_path: Path) -> None:
    done = so8t("> /dev/full", "status", "nothing-of-that-name", "--data-root", tmp_path)

    assert (done.returncode, done.stderr) == (4, "")


def test_that_a_terminal_that_closes_pauses_the_run(tmp_path: Path) -> None:
    """The master's end of a pseudo-terminal is closed, as an ssh that breaks off: SIGHUP to all, every write fails."""
    import pty

    pid, master = pty.fork()
    if pid == 0:
        environment = {**os.environ, **toys(), "SO8T_TROUBLE": ""}
        command = [sys.executable, "-m", "so8t_engine.cli", *map(str, RUN), str(tmp_path)]
        os.execve(sys.executable, [*command, "--set", "runtime.stuck_seconds=30"], environment)
    while b"4/5" not in os.read(master, 4096):
        pass
    worker = lock.read_owner(session_in(tmp_path))["pid"]
    os.close(master)
    _, status = os.waitpid(pid, 0)

    assert os.waitstatus_to_exitcode(status) == EXIT_PAUSED
    assert reason_of(tmp_path) == "run.pause_terminal_closed"
    assert isinstance(worker, int) and gone(worker)


def test_that_nohup_is_respected(tmp_path: Path) -> None:
    """It switches SIGHUP off for whom it starts; a run started so outlives its terminal."""
    environment = {**os.environ, **toys(), "SO8T_TROUBLE": "sleep@40"}
    command = ["nohup", sys.executable, "-m", "so8t_engine.cli", *map(str, RUN), str(tmp_path), "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, start_new_session=True) as engine:
        until_struck(tmp_path)
        os.killpg(engine.pid, signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            engine.wait(1)
        os.killpg(engine.pid, signal.SIGTERM)
        os.killpg(engine.pid, signal.SIGKILL)

    assert engine.returncode == -signal.SIGKILL
    assert store.read_state(session_in(tmp_path)).reason is None


def test_that_an_outlet_waits_for_a_slow_reader_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a terminal that another program left in non-blocking mode."""
    waits, wait = list[object](), select.select
    monkeypatch.setattr(select, "select", lambda *given: waits.append(given) or wait(*given))  # type: ignore[func-returns-value]
    read, write = os.pipe()
    os.set_blocking(write, False)
    reader = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; time.sleep(0.3); print(len(sys.stdin.read()))"],
        stdin=read, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(read)
    outlet = output.Outlet(write)
    rest = b"x" * 1_000_000
    while rest:
        rest = rest[outlet.write(rest) :]
    os.close(write)

    assert reader.communicate(timeout=60)[0] == "1000000\n"
    assert outlet.error is None and waits, "it asked again and again instead of waiting"


def test_that_a_log_that_cannot_be_renamed_goes_on(tmp_path: Path) -> None:
    """Open elsewhere, which Windows does not forgive; here its place is taken by a folder."""
    log = tmp_path / "logs" / "engine.log"
    (log.with_name("engine.previous.log") / "full").mkdir(parents=True)
    log.write_bytes(b"x" * (output.LOG_BYTES + 1))
    code = "import sys; from pathlib import Path; from so8t_engine.process import output;"
    code += "output.log_to(Path(sys.argv[1])); print('more \\U0001f389'); import os; os.write(2, b'by a library')"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env={**os.environ, "PYTHONUTF8": "0"})

    lines = log.read_bytes()[output.LOG_BYTES + 1 :]
    assert lines in ("by a librarymore \U0001f389\n".encode(), "more \U0001f389\nby a library".encode())


@pytest.mark.parametrize("shape", [[], ["--json"]], ids=["drawn", "json"])
def test_that_ctrl_c_says_what_it_does_and_a_second_one_too(tmp_path: Path, shape: list[str]) -> None:
    """Seconds may pass until the save: who pressed it again was left without a word."""
    environment = {**os.environ, **toys(), "SO8T_TROUBLE": "sleep@40"}
    command = [sys.executable, "-m", "so8t_engine.cli", *map(str, RUN), str(tmp_path), *shape, "--lang", "en"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as run:
        assert run.stderr is not None
        until_struck(tmp_path)
        run.send_signal(signal.SIGINT)
        first = run.stderr.readline() if not shape else ""
        while run.poll() is None:  # a second one may come before the first was heard: then they are one
            run.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(0.5)
        rest = run.stderr.read()

    goes_on = f"so8t resume {session_in(tmp_path).name} --data-root {tmp_path}"
    pausing = "Pausing after a save. Ctrl+C once more ends at once, without one.\n"
    ended = f"Ended at once; `{goes_on}` goes on from the last save.\n"
    assert run.returncode == EXIT_INTERRUPTED and (first, rest) == (("", "") if shape else (pausing, ended))
