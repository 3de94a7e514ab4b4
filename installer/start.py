"""The starter's two commands: `run` starts the main job, `test` runs the gate."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import system_packages
import this_machine
import virtual_environment
from install_error import EXIT_INTERRUPTED, EXIT_USAGE, InstallError
from virtual_environment import tell

ROOT = Path(__file__).resolve().parent.parent
USAGE = """usage: python3 installer/bootstrap.py run  [-- arguments of `so8t run`]   (without any: the window, or on a
                                                    machine without a display --preset demo in the terminal)
       python3 installer/bootstrap.py test [-- arguments of pytest]"""

# Small tensors on shared cores: more threads than one make the tests slower, not faster.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")

# First what takes seconds; then types, one after another, while the tests run.
FIRST = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("lint-imports",))
ELSEWHERE = ("mypy", "--config-file", "installer/mypy_elsewhere.toml")
MEANWHILE = (
    ("mypy",),
    (*ELSEWHERE, "--platform", "win32", "--cache-dir", ".mypy_cache/win32"),
    (*ELSEWHERE, "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin"),
)
# In the order of the folders: `crash` and `e2e`, whose files take minutes, come before the many that take seconds, so
# that all processes end together. One process more than cores: some test always waits for a clock or a program.
# One that died is not replaced: xdist would deal out what it had finished once more, as nothing, and never end.
PYTEST = ("pytest", "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0", "-n")
# On a fresh clone nothing is compiled yet: without this, each process would compile all of it for itself.
COLLECTED_ONCE = ("pytest", "--collect-only", "-qq", "-p", "no:cacheprovider")
MOST_PROCESSES = 4
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 << 30


def main(arguments: Sequence[str]) -> int:
    command, rest = split(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console of Windows cannot show every character
    try:
        if command in ("run", "test"):
            _look_at_this_machine()
        if command == "run":
            return _run(rest)
        if command == "test":
            return _test(rest)
    except InstallError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Interrupted. The same command goes on from here.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except OSError as error:
        print(f"The environment cannot be prepared: {error}.", file=sys.stderr)
        return 3
    print(USAGE, file=sys.stderr)
    return 0 if command in ("-h", "--help", "help") else EXIT_USAGE


def _look_at_this_machine() -> None:
    found = this_machine.facts()
    why_not = this_machine.obstacle(found)
    if why_not:
        raise InstallError(why_not)
    for line in this_machine.warnings(found):
        tell(line)


def split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, and what is passed on; a `--` between them is dropped."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    return command, rest[1:] if rest[:1] == ["--"] else rest


def run_arguments(rest: Sequence[str]) -> list[str]:
    """The demo preset, unless another preset or a configuration file is named."""
    named = any(word == "--preset" or word.startswith("--preset=") for word in rest)
    file = any(word.endswith((".yaml", ".yml")) and not word.startswith("-") and "=" not in word for word in rest)
    return ["run", *([] if named or file else ["--preset", "demo"]), *rest]


def _run(rest: Sequence[str]) -> int:
    python = virtual_environment.prepare(ROOT, frozenset())
    if not rest:
        obstacle = no_window(python)
        if not obstacle:
            return _become([str(python), "-m", "so8t_gui"])
        tell(obstacle)
    return _become([str(python), "-m", "so8t_engine.cli", *run_arguments(rest)])


def no_window(python: Path) -> str:
    """Why the window cannot be shown here; empty where it can. What Qt needs of the system is installed if allowed."""
    done = _look_for_display(python)
    packages = system_packages.missing_libraries()
    if done.returncode and packages and os.environ.get("DISPLAY"):
        if not system_packages.install(packages):
            return f"{done.stdout.strip()} To have the window: {system_packages.advice(packages)}"
        done = _look_for_display(python)
    return done.stdout.strip() if done.returncode else ""


def _look_for_display(python: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(python), "-m", "so8t_gui", "--check"], capture_output=True, text=True, check=False)


def _become(command: list[str]) -> int:
    """Hands over to the program: on POSIX this process becomes it, so that Ctrl+C reaches it and nobody else."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the program heard it too, and pauses after a commit


def _test(rest: Sequence[str]) -> int:
    packages = system_packages.missing()
    if packages and not system_packages.install(packages):
        tell(f"Not installed here: {', '.join(packages)}. Tests that use it are skipped. To have it:")
        tell(f"  {system_packages.advice(packages)}")
    python = virtual_environment.prepare(ROOT, frozenset({"test"}))
    return gate(python.parent, rest)


def gate(programs: Path, rest: Sequence[str]) -> int:
    """Runs every check and gives the exit code of the first that failed; what mypy found is shown behind the tests."""
    codes = [_shown(_checked(programs, command)) for command in FIRST]
    with ThreadPoolExecutor(1) as lane, contextlib.ExitStack() as ending:
        types = [lane.submit(_checked, programs, command) for command in MEANWHILE]
        ending.callback(lambda: [check.cancel() for check in types])
        folder = {} if rest else ending.enter_context(_in_memory())
        if not rest:
            _checked(programs, COLLECTED_ONCE)  # what it finds wrong, the tests say again
        command = [*PYTEST, str(min((os.cpu_count() or 1) + 1, MOST_PROCESSES)), *rest]
        tell("$ " + " ".join(command))
        began = time.monotonic()
        with subprocess.Popen(_full(programs, command), cwd=ROOT, env=environment(os.environ) | folder) as pytest:
            code = pytest.wait()
        tell(f"  {_word(code)} after {time.monotonic() - began:.0f} s")
        codes += [_shown(check.result()) for check in types]
    return next((code for code in [*codes, code] if code), 0)


def _checked(programs: Path, command: Sequence[str]) -> tuple[str, int]:
    """What a check says, and its exit code."""
    began = time.monotonic()
    settings = {**environment(os.environ), "PYTHONUTF8": "1"}  # into a pipe, Windows writes in a code page
    done = subprocess.run(
        _full(programs, command), cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace").rstrip()
    lines = ["$ " + " ".join(command), said, f"  {_word(done.returncode)} after {time.monotonic() - began:.0f} s"]
    return "\n".join(lines), done.returncode


def _shown(check: tuple[str, int]) -> int:
    tell(check[0])
    return check[1]


def _word(code: int) -> str:
    return "FAILED" if code else "passed"


def _full(programs: Path, command: Sequence[str]) -> list[str]:
    return [str(programs / command[0]), *command[1:]]


@contextlib.contextmanager
def _in_memory() -> Iterator[dict[str, str]]:
    """A folder for the sessions of the tests where a flush is no wait for a disk, removed at the end; {} where none is.

    Of programs' own flushes nothing is seen on a disk either; the tests of power cuts read the system calls.
    """
    if not _memory_is_there():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="so8t-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


def _memory_is_there() -> bool:
    if sys.platform != "linux" or "TMPDIR" in os.environ:
        return False
    try:
        about = os.statvfs(MEMORY)
    except OSError:
        return False
    return not about.f_flag & os.ST_NOEXEC and about.f_bavail * about.f_frsize >= ENOUGH_BYTES


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """One thread per process unless somebody said otherwise, and no interpreter settings of another environment.

    Bytecode is kept: the tests start a thousand interpreters.
    """
    foreign = ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    return {**ONE_THREAD, **{name: value for name, value in inherited.items() if name not in foreign}}
