"""Names the packages of the operating system that the tests use, and installs them where that is allowed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {"strace": "strace"}  # program the tests call -> Debian package


def missing() -> list[str]:
    """Packages whose programs are not here. Only Linux can have them."""
    if not sys.platform.startswith("linux"):
        return []
    found = {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    return sorted(found | ({venv_package()} if lacks_venv() else set()))


def lacks_venv() -> bool:
    """Debian ships Python without the part that makes virtual environments."""
    return importlib.util.find_spec("ensurepip") is None


def venv_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def is_debian(os_release: str) -> bool:
    """From the text of /etc/os-release; Ubuntu and the like count."""
    words = [
        line.partition("=")[2].strip('"') for line in os_release.splitlines() if line.startswith(("ID=", "ID_LIKE="))
    ]
    return "debian" in " ".join(words).split()


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
