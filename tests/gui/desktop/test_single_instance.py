"""One window for each user: a second start is heard by the first, and by nobody who waits in its place."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from so8t_gui import app
from so8t_gui.desktop import single_instance
from so8t_gui.desktop.single_instance import ADDRESS, SingleInstance

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sockets are pipes there")
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from so8t_gui.desktop.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print(instance.first(), instance.hand_over(["resume", "日本語"]))
"""
HOLDS = """
import sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1])
print(lock.tryLock(0), flush=True)
sys.stdin.read()
"""
CONNECTS = """
import os, socket, sys
os.setgid(65534); os.setuid(65534)
try:
    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
    print("connected")
except OSError as error:
    print(type(error).__name__)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that another user may enter, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="so8t-test-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def address_in(folder: Path) -> str:
    return (folder / ADDRESS).read_text(encoding="utf-8")


def heard_by_first(qtbot: QtBot, qapp: QObject, first: SingleInstance, folder: Path) -> None:
    second = QProcess(qapp)
    with qtbot.waitSignal(first.asked, timeout=20_000) as heard:
        second.start(sys.executable, ["-c", SECOND, str(folder)])
    assert heard.args == [["resume", "日本語"]]
    qtbot.waitUntil(lambda: second.state() == QProcess.ProcessState.NotRunning, timeout=20_000)
    assert bytes(second.readAllStandardOutput().data()).split() == [b"False", b"True"]


def test_a_second_start_hands_over_its_words(qtbot: QtBot, qapp: QObject, folder: Path) -> None:
    first = SingleInstance(folder, qapp)
    assert first.first() and first.problem == ""
    heard_by_first(qtbot, qapp, first, folder)


def test_a_folder_too_deep_for_a_socket_is_no_obstacle(qtbot: QtBot, qapp: QObject, folder: Path) -> None:
    deep = folder / ("d" * 120)
    first = SingleInstance(deep, qapp)
    assert first.first() and first.problem == "" and not Path(address_in(deep)).is_absolute()
    heard_by_first(qtbot, qapp, first, deep)


def test_nobody_can_know_the_address_before_it_is_taken(qapp: QObject, folder: Path) -> None:
    addresses = set()
    for _ in range(2):
        instance = SingleInstance(folder, qapp)
        assert instance.first()
        addresses.add(address_in(folder))
        instance._server.close()
        instance._lock.unlock()
    assert len(addresses) == 2 and all(len(Path(address).name) >= 32 for address in addresses)
    assert (folder / ADDRESS).stat().st_mode & 0o077 == 0 or sys.platform == "win32"


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_another_user_is_turned_away(qapp: QObject, folder: Path) -> None:
    """Also where what this user makes is open to everybody."""
    before = os.umask(0)
    try:
        first = SingleInstance(folder, qapp)
        assert first.first()
    finally:
        os.umask(before)
    address = address_in(folder)
    with socket.socket(socket.AF_UNIX) as own:
        own.connect(address)
    stranger = subprocess.run(
        [sys.executable, "-S", "-c", CONNECTS, address], capture_output=True, text=True, check=True
    )

    assert stranger.stdout.strip() == "PermissionError"


@POSIX
def test_what_another_user_has_put_in_the_way_is_not_trusted(
    qapp: QObject, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings cannot be written, and the spare folder among the temporary ones is open to others, or a link."""
    (folder / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    spare = folder / f"so8t-{os.getuid()}"  # a name of each user's own
    spare.mkdir(mode=0o777)
    spare.chmod(0o777)
    assert SingleInstance(folder / "file" / "settings", qapp)._folder != spare
    spare.rmdir()
    spare.symlink_to(folder)
    assert SingleInstance(folder / "file" / "settings", qapp)._folder != spare
    spare.unlink()
    if os.geteuid() == 0:  # only root can give a folder away
        spare.mkdir(mode=0o700)
        os.chown(spare, 65534, 65534)
        assert SingleInstance(folder / "file" / "settings", qapp)._folder != spare
        spare.rmdir()
    ours = SingleInstance(folder / "file" / "settings", qapp)
    assert ours._folder == spare and spare.stat().st_mode & 0o777 == 0o700
    assert SingleInstance(folder / "file" / "settings", qapp)._folder == spare, "a second start finds the first"


@POSIX
def test_a_first_window_that_cannot_listen_knows_why(
    qapp: QObject, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(folder / "none"))
    first = SingleInstance(folder / ("d" * 120), qapp)

    assert first.first() and first.problem != ""


def test_a_second_start_that_nobody_hears_says_so_by_its_exit_code(folder: Path) -> None:
    """And the launcher does not take it for a crash of the window."""
    lock = folder / single_instance.LOCK
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdin is not None and holder.stdout.readline() == "True\n"
        environment = {**os.environ, "SO8T_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
        commands = [[sys.executable, "-m", "so8t_gui", option] for option in ("--hidden", "--quit")]
        starts = [subprocess.Popen(command, env=environment) for command in commands]
        codes = [start.wait(100) for start in starts]
        holder.stdin.close()
    assert codes == [app.EXIT_NO_ANSWER] * 2


def test_a_second_start_waits_for_a_first_that_has_its_lock_and_not_yet_its_address(
    qtbot: QtBot, qapp: QObject, folder: Path
) -> None:
    """Two starts in one moment, as by a double click: no word of a window that does not answer."""
    first = SingleInstance(folder, qapp)
    assert first._lock.tryLock(0)
    second = QProcess(qapp)
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("SO8T_CONFIG_HOME", str(folder))
    environment.insert("QT_QPA_PLATFORM", "offscreen")
    second.setProcessEnvironment(environment)
    second.start(sys.executable, ["-m", "so8t_gui", "--kept", "resume"])
    assert second.waitForStarted()
    qtbot.wait(1_000)  # it has looked once, most likely
    with qtbot.waitSignal(first.asked, timeout=20_000) as heard:
        address = first._new_address()
        assert first._server.listen(address) and single_instance._written(folder / ADDRESS, address) == ""
    assert heard.args == [["resume"]]
    qtbot.waitUntil(lambda: second.state() == QProcess.ProcessState.NotRunning, timeout=20_000)
    assert second.exitCode() == 0


def test_where_nobody_listens_nothing_is_handed_over(qapp: QObject, folder: Path) -> None:
    late = SingleInstance(folder, qapp)
    assert late.hand_over(["resume"]) is False
    (folder / ADDRESS).write_text(str(folder / "so8t-none"))
    assert late.hand_over(["resume"]) is False
    (folder / ADDRESS).write_bytes(b"\xff")
    assert late.hand_over(["resume"]) is False


@pytest.mark.parametrize("words", [b"no JSON\n", b"[" * 100_000 + b"\n", b"x" * (single_instance.MOST_BYTES + 1)])
def test_whoever_says_nonsense_is_hung_up_on_and_the_next_is_heard(
    qtbot: QtBot, qapp: QObject, folder: Path, words: bytes
) -> None:
    first, asked = SingleInstance(folder, qapp), list[object]()
    first.asked.connect(asked.append)
    assert first.first()
    caller = QLocalSocket()
    caller.connectToServer(address_in(folder))
    caller.write(words)
    qtbot.waitUntil(lambda: caller.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    for said in (b'{"a": 1}\n', b"[1]\n", b'["--hidden"]\n'):
        caller.connectToServer(address_in(folder))
        caller.write(said)
        qtbot.waitUntil(caller.canReadLine)
        caller.abort()
    assert asked == [["--hidden"]]


def test_why_an_address_could_not_be_written_is_told_in_words(folder: Path) -> None:
    assert single_instance._written(folder / "none" / ADDRESS, "x") == os.strerror(errno.ENOENT)


def test_the_folder_of_the_settings_is_made_with_all_above_it(qapp: QObject, folder: Path) -> None:
    """At the very first start: a spare one would not be found by a second window of another kind of session."""
    deep = folder / "none" / "yet"
    assert SingleInstance(deep, qapp)._folder == deep
    assert SingleInstance(deep, qapp)._folder == deep, "and taken as it is the next time"
