"""Finds what a process changes in a session's folder without durable.py, from a trace with marks (marked.py)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

CHANGING = (
    "open,openat,openat2,creat,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir,link,linkat,"
    "symlink,symlinkat,truncate,mknod,mknodat"
)
MARKS = "access,faccessat,faccessat2"
LINE = re.compile(r"(\d+)\s+(\w+)\((.*)")
RESULT = re.compile(r"= (-?\d+)(<.*>)?( .*)?$")
TEXT = re.compile(r'"([^"]*)"')
AT = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")


@dataclass(frozen=True)
class Watched:
    """`past`: changes that durable.py did not make; `made`: how many it made; `code`: the process's exit code."""

    past: list[str]
    made: int
    code: int


def watch(root: Path, log: Path, arguments: Sequence[str], timeout: float = 300) -> Watched:
    """Runs marked.py with these arguments; looks at everything below `root`."""
    command = ["strace", "-f", "--seccomp-bpf", "-y", "-s", "4096", "-o", str(log), "-e", f"trace={CHANGING},{MARKS}"]
    command += ["-e", "signal=none", sys.executable, str(Path(__file__).parent / "marked.py"), *arguments]
    paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, timeout=timeout, check=False
    )
    past, made = changes(log.read_text(errors="surrogateescape").splitlines(), str(root))
    return Watched(past, made, done.returncode)


def changes(trace: Sequence[str], root: str) -> tuple[list[str], int]:
    """(changes outside of any mark, number of changes between marks); both only where a promise is kept."""
    depth: Counter[str] = Counter()
    unfinished: dict[str, str] = {}
    past, made = [], 0
    for raw in trace:
        pid = raw.split(" ", 1)[0]
        if raw.endswith("<unfinished ...>"):
            unfinished[pid] = raw.removesuffix("<unfinished ...>")
            continue
        if " resumed>" in raw:
            raw = unfinished.pop(pid, "") + raw.split(" resumed>", 1)[1]
        line, result = LINE.match(raw), RESULT.search(raw)
        if line is None or result is None:
            continue
        call, text = line[2], line[3]
        if "/so8t-mark/" in text:
            depth[pid] += 1 if "/so8t-mark/enter" in text else -1
        elif int(result[1]) >= 0 and call not in MARKS.split(",") and is_change(call, text):
            for path in paths(text)[-1:] if call.startswith(("link", "symlink")) else paths(text):
                if promised(path, root):
                    made += 1
                    if depth[pid] == 0:
                        past.append(f"{call} {path.removeprefix(root)}")
    return past, made


def is_change(call: str, text: str) -> bool:
    return not call.startswith("open") or any(word in text for word in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"))


def paths(text: str) -> list[str]:
    base = AT.search(text)
    found = [name if name.startswith("/") else f"{base[1] if base else ''}/{name}" for name in TEXT.findall(text)]
    return [os.path.normpath(name) for name in found]


def promised(path: str, root: str) -> bool:
    """Below the root, but for logs, locks (empty) and for what lies in a folder that is not published yet."""
    if not path.startswith(root + "/") or path.endswith(".lock"):
        return False
    parts = PurePosixPath(path.removeprefix(root + "/")).parts
    return "logs" not in parts[1:2] and not any(part.endswith(".part") for part in parts[1:-1])
