"""Names the packages of the operating system that the window and the tests use; installs them where that is allowed."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Program the tests call -> Debian package.
PROGRAMS = {
    "strace": "strace",
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "trayer": "trayer",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus",
    "dex": "dex",
    "desktop-file-validate": "desktop-file-utils",
}
# Shared library Qt loads -> Debian package. A desktop has them, but often not libxcb-cursor; a bare machine has none.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
FONT = ("NotoSansCJK-Regular.ttc", "fonts-noto-cjk")  # Japanese, for screenshots


def missing() -> list[str]:
    """Packages of the tests that are not here. Only Linux can have them."""
    if not sys.platform.startswith("linux"):
        return []
    packages = {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    if not any(Path("/usr/share/fonts").rglob(FONT[0])):
        packages.add(FONT[1])
    return sorted(packages.union(missing_libraries(), [venv_package()] if lacks_venv() else []))


def missing_libraries() -> list[str]:
    """Packages that the window needs and that are not here."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted(package for library, package in LIBRARIES.items() if not _loads(library))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lacks_venv() -> bool:
    """Debian ships Python without the part that makes virtual environments."""
    return importlib.util.find_spec("ensurepip") is None


def venv_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def is_debian(os_release: str) -> bool:
    """From the text of /etc/os-release; Ubuntu and the like count."""
    names = [
        line.partition("=")[2].strip('"') for line in os_release.splitlines() if line.startswith(("ID=", "ID_LIKE="))
    ]
    return "debian" in " ".join(names).split()


def here_is_debian() -> bool:
    try:
        return shutil.which("apt-get") is not None and is_debian(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        return False


def command(packages: list[str]) -> str:
    return f"apt-get install -y {' '.join(packages)}"


def advice(packages: list[str]) -> str:
    if here_is_debian():
        return f"sudo {command(packages)}"
    if sys.platform in ("win32", "darwin"):  # Debian's names say nothing there: what is missing is a part of Python
        return "install the Python from https://www.python.org/downloads/, which has all it needs"
    return f"install {' '.join(packages)} with this system's package manager"


def install(packages: list[str]) -> bool:
    """True where they are installed now. Only root on Debian installs; nobody is asked for a password."""
    if not here_is_debian() or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["install", "-y", *packages], ["update"], ["install", "-y", *packages]):
        done = subprocess.run(["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode == 0 and arguments[0] == "install":
            return True
    return False
