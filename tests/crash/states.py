"""Which disks a cut could leave behind, given what was done and what was flushed.

Models. posix: any subset of the ops that no completed fsync of their own file or folder covers. journal: name
changes persist in order (ext4, XFS and NTFS journal their metadata; any fsync flushes them), data in any subset.
kill9: only the process dies, everything it did is kept.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from crash.trace import Op, Recording

MODELS = ("kill9", "journal", "posix")
Image = dict[str, bytes | None]  # relative path -> content, None for a folder


@dataclass(frozen=True)
class Crash:
    """`upto`: how many ops were done; `keep`: which of them are on the disk; `acknowledged`: None before any ACK."""

    upto: int
    keep: frozenset[int]
    acknowledged: int | None


def is_name(op: Op) -> bool:
    return op.kind in ("link", "unlink", "rename")


def crashes(
    recording: Recording, model: str, after: int = 0, acknowledged: int | None = None, extra: int = 4, seed: int = 1
) -> Iterator[Crash]:
    """Every state of a cut at any op behind `after`; `extra` random subsets per point beside the systematic ones."""
    ops, source = recording.ops, random.Random(seed)
    done: set[int] = set()
    pending: list[int] = []
    for upto in range(len(ops) + 1):
        if upto:
            op = ops[upto - 1]
            if op.kind == "ack":
                acknowledged = op.number
            elif op.kind == "sync":
                covered = {index for index in pending if covers(op, ops[index], model)}
                done |= covered
                pending = [index for index in pending if index not in covered]
            else:
                pending.append(upto - 1)
        if upto < after:
            continue
        if model == "kill9":
            if upto < len(ops) and ops[upto].kind == "data" and ops[upto - 1].kind == "size":
                continue  # one write(2) grows and fills
            yield Crash(upto, frozenset(range(upto)), acknowledged)
            continue
        for keep in subsets(ops, pending, model, source, extra):
            yield Crash(upto, frozenset(done | keep), acknowledged)


def covers(sync: Op, op: Op, model: str) -> bool:
    if is_name(op):
        return model == "journal" or sync.inode in (op.folder, op.folder2)
    return sync.inode == op.inode


def subsets(ops: list[Op], pending: list[int], model: str, source: random.Random, extra: int) -> Iterator[set[int]]:
    """Nothing, everything, names only, data only, all but one, only one, prefixes of the names, random ones."""
    names = [index for index in pending if is_name(ops[index])]
    data = set(pending) - set(names)

    def legal(keep: set[int]) -> set[int]:
        """In a journal a name change is there only with all that came before it."""
        if model == "posix":
            return keep
        first_lost = next((index for index in names if index not in keep), len(ops))
        return {index for index in keep if index in data or index < first_lost}

    everything = set(pending)
    yield set()
    yield everything
    yield set(names)
    yield data
    for index in pending:
        yield legal(everything - {index})
        yield legal({index} | (set(names) if index in data else set()))
    for count in range(len(names)):
        yield set(names[:count])
        yield set(names[:count]) | data
    for _ in range(extra if pending else 0):
        odds = source.random()
        yield legal({index for index in pending if source.random() < odds})


def image(recording: Recording, keep: Collection[int]) -> Image:
    """What a mount after the cut shows. Content beyond a lost size is lost; a grown size reads as zeros."""
    names: dict[int, dict[str, int]] = {folder: {} for folder in recording.folders}
    content: dict[int, bytearray] = {}
    for index in sorted(keep):
        op = recording.ops[index]
        if op.kind == "link":
            names[op.folder][op.name] = op.inode
        elif op.kind == "unlink":
            names[op.folder].pop(op.name, None)
        elif op.kind == "rename":
            names[op.folder].pop(op.name, None)
            names[op.folder2][op.name2] = op.inode
        elif op.kind == "size":
            blocks = content.setdefault(op.inode, bytearray())
            blocks[op.number :] = b""
            blocks.extend(bytes(op.number - len(blocks)))
        elif op.kind == "data":
            blocks = content.setdefault(op.inode, bytearray())
            if len(blocks) > op.number:
                part = op.data[: len(blocks) - op.number]
                blocks[op.number : op.number + len(part)] = part
    found: Image = {}

    def walk(folder: int, prefix: str) -> None:
        for name, inode in names[folder].items():
            if inode in recording.folders:
                found[prefix + name] = None
                walk(inode, f"{prefix}{name}/")
            else:
                found[prefix + name] = bytes(content.get(inode, b""))

    walk(0, "")
    return found


def write_image(root: Path, found: Image) -> None:
    for path, data in found.items():  # a folder comes before what lies in it
        if data is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(data)


def read_image(root: Path) -> Image:
    found: Image = {}
    for folder, folders, files in os.walk(root):
        inside = folder[len(str(root)) + 1 :]
        prefix = f"{inside}/" if inside else ""
        found |= {prefix + name: None for name in folders}
        found |= {prefix + name: Path(folder, name).read_bytes() for name in files}
    return found


def fingerprint(found: Image) -> bytes:
    sha = hashlib.blake2b(digest_size=16)
    for path in sorted(found):
        data = found[path]
        sha.update(f"{path}\0{-1 if data is None else len(data)}\0".encode() + (data or b""))
    return sha.digest()
