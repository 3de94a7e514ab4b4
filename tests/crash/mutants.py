"""Five ways to save a run that are in use elsewhere and lose it; the same gate must catch each of them.

in_place: the files of one folder are overwritten. trainer: a new folder filled under its final name, the state
last. rename_only: temp folder and rename, nothing flushed. files_flushed: files flushed, but no manifest and no
folder. no_folder_flush: manifest and all, but folders are not flushed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from pathlib import Path

from crash import verdicts, workload

ALL = ("in_place", "trainer", "rename_only", "files_flushed", "no_folder_flush")
FLUSHING = ("files_flushed", "no_folder_flush")


def write(root: Path, mutant: str, commits: int) -> None:
    """Commits 1..n like workload.run, each acknowledged with `ACK n`."""
    for unit in range(1, commits + 1):
        with (root / "history.jsonl").open("r+b" if unit > 1 else "wb") as history:
            history.seek(0, os.SEEK_END)
            for loss in workload.points(unit)[-workload.POINTS :]:
                history.write(line(loss))
            history.flush()
            if mutant in FLUSHING:
                os.fsync(history.fileno())
        _save(root, mutant, unit)
        workload.say(f"ACK {unit}")
        for old in range(1, unit - workload.KEEP + 1):
            shutil.rmtree(root / f"{old:06d}", ignore_errors=True)


def _save(root: Path, mutant: str, unit: int) -> None:
    final = root / ("last" if mutant == "in_place" else f"{unit:06d}")
    folder = final if mutant in ("in_place", "trainer") else final.with_suffix(".tmp")
    folder.mkdir(exist_ok=True)
    contents = workload.payload(unit)
    if mutant == "no_folder_flush":
        body = json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in contents.items()})
        seal = hashlib.sha256(body.encode()).hexdigest()
        contents = {**contents, "MANIFEST": f"{body}\n{seal}".encode()}
    for name, data in contents.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            if mutant in FLUSHING:
                os.fsync(file.fileno())
    if folder != final:
        folder.rename(final)


def line(loss: float) -> bytes:
    body = json.dumps({"loss": loss}).encode()
    return b"%b\t%08x\n" % (body, zlib.crc32(body))


def find(root: Path, mutant: str) -> verdicts.Found:
    """What such a program resumes from. Raises where it is stuck."""
    names = ["last"] if (root / "last").is_dir() else sorted((p.name for p in root.glob("??????")), reverse=True)
    history = (root / "history.jsonl").read_bytes() if (root / "history.jsonl").exists() else b""
    for name in names:
        folder = root / name
        if mutant == "no_folder_flush":
            if not _sealed(folder):
                continue
            rows = [row.rpartition(b"\t") for row in history.split(b"\n")]
            rows = [row for row in rows if row[2] and int(row[2], 16) == zlib.crc32(row[0])]
        else:
            rows = [row.rpartition(b"\t") for row in history.splitlines()]
        payload = {file: (folder / file).read_bytes() for file in workload.payload(0)}
        unit = json.loads(payload["state.json"])["unit"]
        losses = [json.loads(row[0])["loss"] for row in rows]
        return verdicts.Found(unit, payload, losses[: unit * workload.POINTS])
    return verdicts.Found(0, {}, [])


def _sealed(folder: Path) -> bool:
    try:
        body, seal = (folder / "MANIFEST").read_text().split("\n")
        listed = json.loads(body)
        return hashlib.sha256(body.encode()).hexdigest() == seal and all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha for name, sha in listed.items()
        )
    except (OSError, ValueError):
        return False


def judge(mutant: str, root: Path, acknowledged: int | None, newest: int) -> str:
    try:
        found = find(root, mutant)
    except (OSError, ValueError, KeyError) as error:
        return f"stuck: {type(error).__name__}"
    return verdicts.verdict(found, acknowledged, newest)
