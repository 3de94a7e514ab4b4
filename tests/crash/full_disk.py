"""Fills a real small disk at every write and every unit of a run; it waits, goes on, and ends with the same bytes.

Ways to fill: `nothing` is left before a write, or `half` of what it needs, or no `files` may be made, or nothing is
left from the end of a `unit` on. Whoever waits finds space again at the first look. At each wait nothing half-written
may lie in the session, and `status` must say that it waits. The last line printed is one JSON object; exit code 1
where anything was not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crash.soak import digests, make, session_of
from crash.subject import ONE_THREAD
from so8t_engine.run import checkpoint_writer
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import catalog

WAYS = ("nothing", "half", "files", "unit")
MEGABYTES, FILES = 48, 1_000
HERE = Path(__file__).parents[1]


class Filler:
    """Fills the disk before a write and empties it when somebody waits. Several threads may come at once."""

    def __init__(self, disk: Path, way: str, sizes: Mapping[str, int], only: frozenset[str]) -> None:
        self.disk, self.way, self.sizes, self.only = disk, way, dict(sizes), only
        self.session: Path | None = None
        self.places: Counter[str] = Counter()
        self.waits: Counter[str] = Counter()
        self.published: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._place = "start"
        self._gate = threading.Lock()
        self._writing = threading.RLock()

    def write(self, place: str, needs: int, action: Callable[[], Any]) -> Any:
        """A write of the run: on a disk that is full the first time. Of two threads the second waits for the first,
        whose end empties the disk."""
        if self.way == "unit":
            return action()
        with self._writing:
            if not self.only or place.partition(" ")[0] in self.only:
                self.fill(place, needs // 2 if self.way == "half" else 0)
            try:
                return action()
            finally:
                self.empty()

    def fill(self, place: str, room: int = 0) -> None:
        with self._gate:
            self._place = place
            self.places[place] += 1
            if self.way == "files":
                self._no_files()
                return
            self._no_bytes(room)

    def _no_bytes(self, room: int) -> None:
        """Another thread of the run may be quicker with the last bytes."""
        handle = os.open(self.disk / "ballast", os.O_WRONLY | os.O_CREAT)
        try:
            for _ in range(10):
                facts = os.statvfs(self.disk)
                size = facts.f_bavail * facts.f_bsize - room
                if size > 0:
                    os.posix_fallocate(handle, os.fstat(handle).st_size, size)
        except OSError:
            pass
        finally:
            os.close(handle)

    def _no_files(self) -> None:
        folder = self.disk / "ballasts"
        folder.mkdir(exist_ok=True)
        for number in range(FILES):
            try:
                (folder / str(number)).touch()
            except OSError:
                return

    def empty(self) -> None:
        with self._gate:
            (self.disk / "ballast").unlink(missing_ok=True)
            shutil.rmtree(self.disk / "ballasts", ignore_errors=True)

    def waited(self) -> None:
        assert self.session is not None
        self.waits[self._place] += 1
        saving = threading.current_thread() is not threading.main_thread()
        folder = self.session / "checkpoints" if saving else self.session  # the other thread may just be writing
        halves = [path.name for path in folder.glob("*.part") if path.is_dir()]
        if halves:
            self.wrong.append(f"{self._place}: {halves} kept its space while waiting")
        can_tell = not saving and self.way != "files" and (self.session / "progress.json").exists()
        if can_tell and not catalog.entry(self.session).live.get("waiting"):
            self.wrong.append(f"{self._place}: status does not say that it waits")
        self.empty()


def arm(filler: Filler, put: Callable[[object, str, Any], None] = setattr) -> None:
    """The run's own doors to the disk lead through `filler` from now on. `put`: monkeypatch's, in a test."""
    real = {"write": Context.write, "publish": Context.publish, "tick": Context.tick}
    real_save = checkpoint_writer.Writer.write

    def write(self: Context, path: Path, data: bytes) -> None:
        filler.session = self.session
        place = path.relative_to(self.session).as_posix()
        filler.write(place, len(data), lambda: real["write"](self, path, data))

    def publish(self: Context, folder: Path, *rest: Any, **named: Any) -> None:
        filler.session = self.session
        place = f"{folder.name} {filler.published[folder.name]}"
        filler.published[folder.name] += 1
        filler.write(place, filler.sizes.get(folder.name, 0), lambda: real["publish"](self, folder, *rest, **named))
        filler.sizes[folder.name] = size_of(folder)

    def save(self: Any, save: checkpoint_writer.Save, tell: Any) -> Any:
        filler.session = self._session
        cursor = save.state.cursor
        needs = filler.sizes.get(f"checkpoint {cursor.step}", 0)
        place = f"checkpoint {cursor.step}/{cursor.unit}"
        written = filler.write(place, needs, lambda: real_save(self, save, tell))
        filler.sizes[f"checkpoint {cursor.step}"] = written.bytes
        return written

    def tick(self: Context, cursor: Any, kind: str, *rest: Any, **named: Any) -> None:
        filler.session = self.session
        real["tick"](self, cursor, kind, *rest, **named)
        if filler.way == "unit":
            filler.fill(f"unit {cursor.step}/{cursor.unit}")

    def wait(self: Control, seconds: float) -> None:
        filler.waited()

    put(Context, "write", write)
    put(Context, "publish", publish)
    put(Context, "tick", tick)
    put(checkpoint_writer.Writer, "write", save)
    put(Control, "wait", wait)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def child(options: argparse.Namespace) -> int:
    """The real command line in this process, on the small disk; what happened goes to a file beside the disk."""
    from so8t_engine import cli

    if options.toy:
        from crash import toy

        toy.install()
    filler = Filler(options.disk, options.way, json.loads(options.sizes.read_text()), frozenset(options.only))
    if options.way != "untouched":
        arm(filler)
    code = cli.main(["run", str(options.config), "--data-root", str(options.disk / "sessions"), "--json", "--force"])
    if not filler.sizes and filler.session is None:
        session = session_of(options.disk / "sessions")
        filler.sizes = {path.name: size_of(path) for path in session.iterdir() if path.is_dir()} if session else {}
    body = {"code": code, "places": sum(filler.places.values()), "waits": sum(filler.waits.values())}
    body |= {"waited_at": sorted(filler.waits), "sizes": filler.sizes, "wrong": filler.wrong}
    options.told.write_text(json.dumps(body))
    return code


def run(way: str, options: argparse.Namespace, folder: Path, sizes: Mapping[str, int]) -> tuple[dict[str, Any], Any]:
    """One run on a disk of its own: what its filler tells, and the digests of its results."""
    disk, told, given = make(folder / way), folder / f"{way}.told", folder / f"{way}.sizes"
    given.write_text(json.dumps(sizes))
    size = f"size={MEGABYTES}m,nr_inodes={FILES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=True)
    try:
        command = [sys.executable, "-m", "crash.full_disk", str(options.config), "--child", way]
        command += ["--disk", str(disk), "--told", str(told), "--sizes", str(given), *["--toy"] * options.toy]
        command += ["--only", *options.only] if options.only else []
        environment = {**os.environ, **ONE_THREAD, "SO8T_SUPERVISED": "0"}
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=1_800)
        session = session_of(disk / "sessions") if told.exists() else None
        if session is None:
            raise SystemExit(f"{way}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        result = json.loads(told.read_text())
        if result["code"]:
            raise SystemExit(f"{way} ended with {result['code']}: {done.stdout[-1500:]}")
        return result, digests(session)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "config", nargs="?", type=Path, default=HERE / "e2e" / "small.yaml", help="default: the small job"
    )
    parser.add_argument("--toy", action="store_true", help="toy steps without torch, the rest real")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--only", nargs="+", default=[], help="fill only before these: final_model, gguf, ...")
    for name in ("--child", "--disk", "--told", "--sizes"):
        parser.add_argument(name, type=str if name == "--child" else Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.config = options.config.resolve()
    if options.child:
        options.way = options.child
        return child(options)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="full-disk-") as folder:
        first, expected = run("untouched", options, Path(folder), {})
        body: dict[str, Any] = {"wrong": []}
        for way in options.ways:
            result, found = run(way, options, Path(folder), first["sizes"])
            differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
            body["wrong"] += [f"{way}: {text}" for text in result["wrong"]]
            body["wrong"] += [f"{way}: {name} differs from the untouched run's" for name in differing]
            body[way] = {key: result[key] for key in ("places", "waits", "waited_at")}
            print(way, result["places"], "places", result["waits"], "waits", flush=True)
    body["seconds"] = round(time.monotonic() - started, 1)
    print(json.dumps(body))
    return 1 if body["wrong"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
