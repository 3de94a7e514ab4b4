"""A desktop of its own for a test: X server, session bus, window manager, tray; and the real program on it.

Every process carries the desk's mark in its environment, so that whatever is left of it can be found, whoever is its
parent by then. Ends all of them by their ids.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from helpers import session_bus
from so8t_engine.session import catalog

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
PROGRAMS = ("Xvfb", "openbox", "trayer", "xdotool", "dbus-daemon")
WIDTH, HEIGHT = 1280, 860
PATIENCE = 300.0  # an end of waiting, not a measure: machines are busy
MARK = "SO8T_TEST_DESK"
ROLES = {"so8t_engine.process.worker": "worker", "so8t_engine": "engine", "so8t_gui": "window"}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


def lacking() -> list[str]:
    return [program for program in PROGRAMS if shutil.which(program) is None]


def wait(what: str, wanted: Callable[[], object], patience: float = PATIENCE) -> Any:
    """The first true value of `wanted`; AssertionError names what did not come."""
    ends = time.monotonic() + patience
    while True:
        found = wanted()
        if found:
            return found
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.1)


class Desk:
    """Has state because processes have; use it as a context manager."""

    def __init__(self, folder: Path, toy: bool = False, tray: bool = True, bus: bool = True, desktop: str = "") -> None:
        """`desktop`: a program that is a whole one, instead of openbox and trayer."""
        self.folder, self._tray, self._bus, self._desktop = folder, tray and not desktop, bus, desktop
        self.root, self.config = folder / "sessions", folder / "config"
        self.config.mkdir(parents=True)
        self._mark = f"{os.getpid()}-{folder.name}-{time.monotonic_ns()}"
        path = [str(HERE / "toy"), str(TESTS)] if toy else []
        path += [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")},
            **ONE_THREAD, MARK: self._mark, "HOME": str(folder / "home"), "SO8T_CONFIG_HOME": str(self.config),
            "XDG_CONFIG_HOME": str(folder / "xdg"), "XDG_DATA_HOME": str(folder / "data"), "LC_ALL": "C.UTF-8",
            "SO8T_DATA_ROOT": str(self.root), "PYTHONPATH": os.pathsep.join(path),
        }  # fmt: skip
        (folder / "home").mkdir()

    def __enter__(self) -> Desk:
        read, write = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self.folder)]
        self._spawn(["Xvfb", "-displayfd", str(write), *screen, "-nolisten", "tcp"], pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as said:
            self.environment["DISPLAY"] = f":{said.readline().strip()}"
        address = "unix:path=/nowhere"
        if self._bus:
            whole = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]  # a desktop needs its services
            daemon = self._spawn(whole if self._desktop else session_bus.command(self.folder), stdout=subprocess.PIPE)
            assert daemon.stdout is not None
            address = daemon.stdout.readline().decode().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._spawn([self._desktop or "openbox"])
        if self._tray:
            look = ["--edge", "top", "--align", "right", "--widthtype", "request", "--height", "24"]
            self._spawn(["trayer", *look])
            time.sleep(1.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.save_picture(self.folder / "last.png")
        mine = [one for one in self._mine() if one.pid != os.getpid()]
        for one in mine:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(mine, timeout=20)

    def settings(self, **values: object) -> None:
        body = {"welcomed": True, "inhibit_sleep": False, "language": "en", "theme": "light", **values}
        (self.config / "settings.json").write_text(json.dumps(body))

    def start(self, *words: str, kept: bool = False) -> subprocess.Popen[bytes]:
        """The program: keeper and window, or (`kept`) the window alone."""
        return self._spawn([sys.executable, "-m", "so8t_gui", *(["--kept"] if kept else []), *words])

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A later start, to its end."""
        command = [sys.executable, "-m", "so8t_gui", "--kept", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Those of the program that live, by what they are: keeper, window, engine, worker."""
        found: dict[str, list[psutil.Process]] = {"keeper": [], "window": [], "engine": [], "worker": []}
        for one in self._mine():
            role = _role(one)
            if role:
                found[role].append(one)
        return found

    def pid(self, role: str) -> int:
        """Of the one process that is this; waits until there is one."""
        return int(wait(f"a {role}", lambda: self.processes()[role])[0].pid)

    def kill(self, *roles: str) -> list[psutil.Process]:
        """SIGKILL to all of these; returns them when they are gone."""
        found = self.processes()
        struck = [one for role in roles for one in found[role]]
        for one in struck:
            try:
                os.kill(one.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        psutil.wait_procs(struck, timeout=20)
        return struck

    @property
    def session(self) -> Path:
        """The only one."""
        return catalog.sessions(self.root)[0].path

    @property
    def entry(self) -> catalog.Entry | None:
        found = catalog.sessions(self.root)
        return found[0] if found else None

    def status(self) -> str:
        return self.entry.status if self.entry else ""

    def await_first(self, after: str = "") -> str:
        """Until the first window can hear of a later start, which would otherwise be the first itself, and stay.

        Returns its address; `after`: that of a window which was killed.
        """
        return str(wait("the first window", lambda: self._address() not in ("", after) and self._address()))

    def _address(self) -> str:
        path = self.config / "window.address"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def await_status(self, *wanted: str) -> str:
        return str(wait(f"{wanted} (it is {self.status()})", lambda: self.status() if self.status() in wanted else ""))

    def await_step(self, step: str) -> None:
        wait(f"the step {step}", lambda: self.status() == "running" and self.entry and self.entry.step == step)

    def xdotool(self, *words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def keys(self, *names: str) -> None:
        for name in names:
            self.xdotool("key", name)
            time.sleep(0.3)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.xdotool("mousemove", x, y, "click", button)
        time.sleep(0.5)

    def tray_menu(self, key: str) -> None:
        """Opens the icon's menu with the mouse and takes an entry by its letter."""
        self.click(WIDTH - 12, 12, 3)
        time.sleep(1.0)
        self.keys(key)

    def windows(self) -> list[str]:
        """Titles of what is on the screen."""
        found = self.xdotool("search", "--onlyvisible", "--name", "SO8T").split()
        return [self.xdotool("getwindowname", one).strip() for one in found]

    def picture(self) -> bytes:
        """The screen, 4 bytes a pixel, row by row."""
        raw = (self.folder / "Xvfb_screen0").read_bytes()
        header, colours = struct.unpack(">I", raw[:4])[0], struct.unpack(">I", raw[76:80])[0]
        return raw[header + 12 * colours :]

    def region(self, x: int, y: int, width: int, height: int) -> bytes:
        rows, line = self.picture(), 4 * WIDTH
        return b"".join(rows[line * row + 4 * x : line * row + 4 * (x + width)] for row in range(y, y + height))

    def save_picture(self, path: Path) -> None:
        from PySide6.QtGui import QImage

        try:
            QImage(self.picture(), WIDTH, HEIGHT, QImage.Format.Format_RGB32).save(str(path))
        except OSError:
            pass  # the server is gone already

    def _spawn(self, command: Sequence[str], **more: Any) -> subprocess.Popen[bytes]:
        name = Path(command[0]).name + ("-" + command[2] if command[0] == sys.executable else "")
        log = (self.folder / f"{name}.log").open("ab")
        more.setdefault("stdout", log)
        return subprocess.Popen(command, env=self.environment, stderr=log, start_new_session=True, **more)

    def _mine(self) -> list[psutil.Process]:
        found = []
        for one in psutil.process_iter():
            try:
                if one.environ().get(MARK) == self._mark and one.status() != psutil.STATUS_ZOMBIE:
                    found.append(one)
            except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
                continue
        return found


def _role(process: psutil.Process) -> str:
    try:
        words = process.cmdline()
    except psutil.NoSuchProcess:
        return ""
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    role = ROLES.get(module, "")
    return "keeper" if role == "window" and "--kept" not in words else role
