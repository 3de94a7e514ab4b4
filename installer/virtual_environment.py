"""Makes `.venv` and keeps it whole: one maker at a time, a stamp written last, a half-made one repaired.

The stamp says for which files, Python and extras the environment was finished. Without it nothing in the environment
is believed: every installed package is compared with the digests pip recorded, and what differs is installed anew.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import system_packages
import torch_build
from install_error import InstallError

STAMP = "so8t-stamp.json"
LOCK = "so8t-lock"
LOG = "so8t-install.log"
TAIL_LINES = 15


def tell(line: str) -> None:
    print(line, flush=True)


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(root: Path) -> str:
    """Changes when what must be installed changes: pyproject, the lock, the starter, this Python, the folder."""
    hasher = hashlib.sha256(repr((sys.version, sys.platform, str(root))).encode())
    installer = root / "installer"
    for path in [root / "pyproject.toml", *sorted(installer.glob("*.py")), *sorted(installer.glob("locked/*.txt"))]:
        hasher.update(path.name.encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


def ready(root: Path, extras: frozenset[str]) -> bool:
    """True where the environment was finished for just this, with at least these extras."""
    venv = root / ".venv"
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        return stamp["digest"] == digest(root) and extras <= set(stamp["extras"]) and python_of(venv).exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def prepare(root: Path, extras: frozenset[str]) -> Path:
    """The environment's Python, with everything installed. Raises InstallError."""
    venv = root / ".venv"
    if ready(root, extras):
        return python_of(venv)
    with _locked(venv) as handles:
        if not ready(root, extras):  # another start may have finished it meanwhile
            _make(root, venv, extras | _extras_before(venv), handles)
    return python_of(venv)


def _make(root: Path, venv: Path, extras: frozenset[str], handles: Sequence[int]) -> None:
    finished_once = (venv / STAMP).exists()
    (venv / STAMP).unlink(missing_ok=True)
    (venv / LOG).unlink(missing_ok=True)
    if not _works(venv):
        _create(venv, handles)
    elif not finished_once:
        tell("An earlier start was interrupted: looking what it left behind.")
        for name in repair(venv):
            tell(f"  {name} was not whole and is installed again.")
    build, locked = torch_build.choose(sys.platform, torch_build.driver_cuda()), root / "installer" / "locked"
    tell(f"Installing torch {torch_build.VERSION}, {build.description}. This happens once.")
    _pip(venv, torch_build.pip_attempts(build, locked), handles)
    tell("Installing SO8T and what it uses. This happens once.")
    for arguments in torch_build.pip_rest(build, locked, extras):
        _pip(venv, [arguments], handles)
    # the build back end is in the lock too, and so installed by now
    _pip(venv, [["install", "--no-deps", "--no-build-isolation", "--editable", str(root)]], handles)
    body = json.dumps({"digest": digest(root), "extras": sorted(extras)})
    partial = venv / (STAMP + ".part")
    partial.write_text(body, encoding="utf-8")
    if hasattr(os, "sync"):
        os.sync()  # a stamp that outlives a power cut must not vouch for files that did not
    partial.replace(venv / STAMP)
    tell("The environment is ready.")


def _create(venv: Path, handles: Sequence[int]) -> None:
    if system_packages.lacks_venv():
        advice = system_packages.advice([system_packages.venv_package()])
        raise InstallError(f"This Python cannot make virtual environments (no ensurepip): {advice}, then start again.")
    tell(f"Making the virtual environment {venv}.")
    for path in venv.iterdir():  # by hand, not `--clear`: the lock we hold must stay
        if path.name not in (LOCK, LOG):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    command = [sys.executable, "-m", "venv", str(venv)]
    done = subprocess.run(command, capture_output=True, text=True, pass_fds=_inherited(handles), check=False)
    if done.returncode != 0 or not _works(venv):
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise InstallError(
            f"The virtual environment {venv} could not be made: {lines[-1] if lines else 'no reason given'}"
        )


def _works(venv: Path) -> bool:
    """Its Python starts, is the version of the one that runs now, and has pip."""
    code = "import sys, pip; print(sys.version)"
    try:
        done = subprocess.run([str(python_of(venv)), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


def repair(venv: Path) -> list[str]:
    """Removes the marks of packages that are not as pip recorded them, so that pip installs those again."""
    broken = []
    for site in _site_folders(venv):
        for leftover in site.glob("~*"):  # pip renames what it is removing to ~name
            shutil.rmtree(leftover, ignore_errors=True)
        for folder in sorted(site.glob("*.dist-info")):
            if not whole(folder):
                shutil.rmtree(folder)
                broken.append(folder.name.removesuffix(".dist-info"))
    return broken


def whole(dist_info: Path) -> bool:
    """Every file of an installed package has the SHA-256 that its RECORD says."""
    try:
        rows = list(csv.reader((dist_info / "RECORD").read_text(encoding="utf-8").splitlines()))
        for name, recorded, _size in rows:
            path = dist_info.parent / name
            if recorded and _sha256(path) != recorded:
                return False
            if not recorded and not name.endswith((".pyc", "RECORD")) and not path.exists():
                return False
        return bool(rows)
    except (OSError, ValueError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").digest()
    return "sha256=" + base64.urlsafe_b64encode(sha256).rstrip(b"=").decode()


def _site_folders(venv: Path) -> list[Path]:
    return [*venv.glob("lib/python*/site-packages"), *venv.glob("Lib/site-packages")]


def _extras_before(venv: Path) -> frozenset[str]:
    """`run` after `test` keeps the test tools."""
    try:
        return frozenset(json.loads((venv / STAMP).read_text(encoding="utf-8"))["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _pip(venv: Path, attempts: list[list[str]], handles: Sequence[int]) -> None:
    """Runs pip with the first arguments that succeed; what it says goes to the log, downloads also to the terminal."""
    for arguments in attempts:
        if _pip_once(venv, arguments, handles) == 0:
            return
    log = venv / LOG
    tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:])
    raise InstallError(f"pip could not install {attempts[-1][-1]}: {reason(tail)} The end of {log}:\n{tail}")


def reason(tail: str) -> str:
    """One sentence from the end of pip's log."""
    if any(word in tail for word in ("NewConnectionError", "NameResolutionError", "Connection refused", "timed out")):
        return "the package index does not answer; check the connection and start again, what is done is kept."
    if "No space left on device" in tail:
        return "the disk is full; free some space and start again, what is done is kept."
    if "DO NOT MATCH THE HASHES" in tail:
        return "a downloaded file is not the one that is locked, and was not installed; start again."
    if "No matching distribution" in tail:
        return "the package index has no such version for this Python and system."
    return "see below."


def _pip_once(venv: Path, arguments: list[str], handles: Sequence[int]) -> int:
    command = [str(python_of(venv)), "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--retries", "2", "--timeout", "30"]
    with (venv / LOG).open("a", encoding="utf-8") as log:
        log.write("$ " + " ".join(command) + "\n")
        log.flush()
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=_inherited(handles),
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                log.write(line)
                if line.lstrip().startswith("Downloading "):
                    tell("  " + line.strip())
            return process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise


def _inherited(handles: Sequence[int]) -> tuple[int, ...]:
    """Windows hands over no file descriptors; there a lock ends with the starter alone."""
    return () if os.name == "nt" else tuple(handles)


@contextmanager
def _locked(venv: Path) -> Iterator[list[int]]:
    """One maker at a time. The lock is the operating system's: it goes with its holder, and with the pip it started,
    which on POSIX inherits the handle, so that a pip whose starter was killed is waited for and not run into.
    """
    venv.mkdir(exist_ok=True)
    with (venv / LOCK).open("a+b") as file:
        if not _try_lock(file.fileno()):
            tell("Another start is preparing the environment (or its pip is still running): waiting for it.")
            _wait_lock(file.fileno())
        yield [file.fileno()]


if sys.platform == "win32":
    import msvcrt
    import time

    def _try_lock(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_lock(handle: int) -> None:
        while not _try_lock(handle):
            time.sleep(0.5)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
