"""Records a process's file calls with strace and turns them into micro-ops: name changes, sizes, 4 KiB blocks.

What it cannot follow (shared writable maps, hard links, sendfile) it refuses rather than overlooks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
BLOCK = 4096
FOLLOWED = (
    "open,openat,creat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,mkdir,mkdirat,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,close"
)
REFUSED = (
    "mmap,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,link,linkat,symlink,symlinkat,truncate,fallocate,dup"
)
LINE = re.compile(r"(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")
CLOSE = re.compile(r"\d+\s+close\(")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FOLDER_HANDLE = re.compile(r"\w+<((?:\\x[0-9a-f]{2})+)>")


@dataclass(frozen=True)
class Op:
    """One thing that reaches the disk whole or not at all.

    kind: data (inode, offset, bytes), size (inode, size), link (folder, name, inode), unlink (folder, name),
    rename (folder, name, inode, folder2, name2), sync (inode), ack (number).
    """

    kind: str
    inode: int = -1
    folder: int = -1
    name: str = ""
    folder2: int = -1
    name2: str = ""
    number: int = 0
    data: bytes = b""


@dataclass
class Recording:
    """Grows while traces are read: the ops, which inodes are folders, and the names as they are now."""

    root: Path
    ops: list[Op] = field(default_factory=list)
    folders: set[int] = field(default_factory=lambda: {0})
    paths: dict[str, int] = field(default_factory=lambda: {"": 0})
    sizes: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def add_path(self, path: str, folder: bool) -> int:
        self.made += 1
        parent, name = split(path)
        self.paths[path] = self.made
        self.sizes[self.made] = 0
        if folder:
            self.folders.add(self.made)
        self.ops.append(Op("link", self.made, self.paths[parent], name))
        return self.made

    def write(self, inode: int, offset: int, data: bytes) -> None:
        """A growing size and the content of each block are separate: a cut may keep one without the other."""
        while data:
            length = min(len(data), BLOCK - offset % BLOCK)
            if offset + length > self.sizes[inode]:
                self.sizes[inode] = offset + length
                self.ops.append(Op("size", inode, number=offset + length))
            self.ops.append(Op("data", inode, number=offset, data=data[:length]))
            offset, data = offset + length, data[length:]

    def resize(self, inode: int, size: int) -> None:
        if self.sizes[inode] != size:
            self.sizes[inode] = size
            self.ops.append(Op("size", inode, number=size))

    def move(self, source: str, target: str) -> None:
        (parent, name), (parent2, name2) = split(source), split(target)
        self.ops.append(Op("rename", self.paths[source], self.paths[parent], name, self.paths[parent2], name2))
        for path in [path for path in self.paths if path == source or path.startswith(source + "/")]:
            self.paths[target + path[len(source) :]] = self.paths.pop(path)

    def remove(self, path: str) -> None:
        parent, name = split(path)
        self.ops.append(Op("unlink", self.paths.pop(path), self.paths[parent], name))

    def begin_with(self, image: dict[str, bytes | None]) -> int:
        """What lies on the disk already, all of it durable (None: a folder). Returns how many ops that took."""
        for path in sorted(image):
            data = image[path]
            self.write(self.add_path(path, data is None), 0, data or b"")
        self.ops += [Op("sync", inode) for inode in (0, *sorted(self.paths.values()))]
        return len(self.ops)


def split(path: str) -> tuple[str, str]:
    pure = PurePosixPath(path)
    return ("" if str(pure.parent) == "." else str(pure.parent)), pure.name


def record(recording: Recording, log: Path, arguments: Sequence[str], inject: Sequence[str] = ()) -> int:
    """Runs workload.py under strace on `recording.root` and appends what it did. Returns its exit status."""
    fast = [] if inject else ["--seccomp-bpf"]  # quicker, but it swallows injected signals
    command = ["strace", "-f", *fast, "-y", "-xx", "-s", "9999999", "-e", f"trace={FOLLOWED},{REFUSED}"]
    command += ["-e", "signal=none", "-o", str(log), *inject, sys.executable, "-X", "frozen_modules=on"]
    command += [str(HERE / "workload.py"), str(recording.root), *arguments]
    paths = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
    if done.returncode > 0:
        raise RuntimeError(done.stderr.decode()[-2000:])
    read(recording, log)
    return done.returncode


def whole_lines(lines: Sequence[str]) -> Iterator[str]:
    """A call of one thread that another's interrupted is two lines: it counts from where it was over, but a handle is
    closed from where that began: another thread may be given its number before the second line.
    """
    begun: dict[str, str] = {}
    for raw in lines:
        thread = raw.split(" ", 1)[0]
        if raw.endswith("<unfinished ...>"):
            call = raw.removesuffix("<unfinished ...>").rstrip()
            if CLOSE.match(call):
                yield f"{call.removesuffix(')')}) = 0"
            else:
                begun[thread] = call
        elif " resumed>" in raw:
            if thread in begun:
                yield begun.pop(thread) + raw.split(" resumed>", 1)[1]
        else:
            yield raw


def read(recording: Recording, log: Path) -> None:
    """Appends the ops of one trace. Raises ValueError for what it cannot follow."""
    prefix = str(recording.root)
    handles: dict[str, tuple[int, int]] = {}  # handle -> (inode, position)
    for raw in whole_lines(log.read_text(encoding="ascii").splitlines()):
        match = LINE.match(raw)
        if match is None or int(match[4]) < 0:
            continue
        call, text, result = match[2], match[3], int(match[4])
        strings = [bytes.fromhex(found.replace("\\x", "")) for found in STRING.findall(text)]
        handle = text.split("<", 1)[0]
        base = FOLDER_HANDLE.match(text)

        def place(raw_path: bytes, base: re.Match[str] | None = base) -> str | None:
            """Relative to the root, or None outside of it."""
            path = raw_path.decode("utf-8", "surrogateescape")
            if not path.startswith("/") and base is not None:
                path = bytes.fromhex(base[1].replace("\\x", "")).decode() + "/" + path
            if path == prefix:
                return ""
            return str(PurePosixPath(path).relative_to(prefix)) if path.startswith(prefix + "/") else None

        if call in ("open", "openat", "creat"):
            path = place(strings[0])
            handles.pop(str(result), None)
            if path is None:
                continue
            if path not in recording.paths:
                recording.add_path(path, False)
            elif "O_TRUNC" in text:
                recording.resize(recording.paths[path], 0)
            if "O_APPEND" in text:
                raise ValueError(f"cannot follow {raw[:80]}")
            handles[str(result)] = (recording.paths[path], 0)
        elif call == "write" and handle == "1":
            word, _, number = strings[0].decode().partition(" ")
            if word == "ACK":
                recording.ops.append(Op("ack", number=int(number)))
        elif call in ("write", "pwrite64"):
            if handle not in handles:
                continue
            inode, position = handles[handle]
            offset = int(text.rsplit(", ", 1)[1]) if call == "pwrite64" else position
            recording.write(inode, offset, strings[-1][:result])
            if call == "write":
                handles[handle] = (inode, offset + result)
        elif call == "lseek" and handle in handles:
            handles[handle] = (handles[handle][0], result)
        elif call == "ftruncate" and handle in handles:
            recording.resize(handles[handle][0], int(text.rsplit(", ", 1)[1]))
        elif call in ("fsync", "fdatasync") and handle in handles:
            recording.ops.append(Op("sync", handles[handle][0]))
        elif call == "close":
            handles.pop(handle, None)
        elif call in ("mkdir", "mkdirat") and (path := place(strings[0])) is not None:
            recording.add_path(path, True)
        elif call.startswith("rename"):
            source, target = place(strings[0]), place(strings[1])
            if source is not None and target is not None:
                recording.move(source, target)
            elif source is not None or target is not None:
                raise ValueError(f"a rename into or out of the folder: {source} -> {target}")
        elif call in ("unlink", "unlinkat", "rmdir") and (path := place(strings[0])) is not None:
            recording.remove(path)
        elif call in REFUSED.split(","):
            inside = handle in handles or any((place(found) is not None) for found in strings if found)
            if inside and (call != "mmap" or ("PROT_WRITE" in text and "MAP_SHARED" in text)):
                raise ValueError(f"cannot follow {raw[:80]}")
