"""Session folders in every state, as the engine leaves them, for the pages that list and show them."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from helpers import sample_report
from so8t_engine.config import file as config_file
from so8t_engine.errors import EngineError, as_json
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import durable, store
from so8t_engine.session.state import Cursor, PipelineState, dump

SAMPLES = (
    ("20261123-081500-phi35-so8t", "paused", Cursor("train", 412), "run.pause_by_window", 0.62),
    ("20261122-221003-phi35-so8t-24gb", "running", Cursor("train", 90), None, 0.31),
    ("20261122-190000-demo", "finished", Cursor("evaluate", 12), None, None),
    ("20261121-120000-japanese-maths", "failed", Cursor("collect", 3), None, None),
    ("20261120-090000-demo", "new", Cursor("collect", 0), None, None),
)
SECONDS = {"collect": 4.0, "integrate": 2.0, "convert": 9.0, "train": 221.0, "evaluate": 59.0}
DISK_FULL = sentence("disk.full", path="/data/sources", error="ENOSPC")


def make(root: Path, name: str, state: PipelineState, config: str = "", share: float | None = None) -> Path:
    """One folder, without the flushes a session of the engine has."""
    folder = root / name
    (folder / store.CHECKPOINTS).mkdir(parents=True)
    (folder / "logs").mkdir()
    (folder / store.CONFIG).write_text(config or "name: sample\n", encoding="utf-8")
    durable.replace(folder / store.STATE, dump(state.changed(session=name)), durable=False)
    if share is not None:
        live = {"run": state.run, "step": state.cursor.step, "active_seconds": 1_000.0 * share}
        (folder / "progress.json").write_text(json.dumps({**live, "eta_total_seconds": 1_000.0 * (1 - share)}))
    return folder


@functools.cache
def demo() -> str:
    """The demo's configuration with all its values: to write it takes as long as the window does to open."""
    return config_file.dump(config_file.load_preset("demo"))


def make_all(root: Path) -> list[Path]:
    """The samples and one that a newer SO8T wrote; `running` without an engine reads as cut off."""
    made = []
    for number, (name, status, cursor, reason, share) in enumerate(SAMPLES):
        created = f"{name[:4]}-{name[4:6]}-{name[6:8]}T{name[9:11]}:{name[11:13]}:{name[13:15]}Z"
        error = as_json(EngineError("disk_full", DISK_FULL)) if status == "failed" else None
        state = PipelineState(name, status, cursor, f"{number:06d}", run=2, created=created, updated=created,
                              reason=to_json(Sentence(reason)) if reason else None, error=error,
                              results=sample_report.RESULTS if status == "finished" else {},
                              step_seconds=SECONDS if status == "finished" else {})  # fmt: skip
        made.append(make(root, name, state, demo(), share))
        if status == "finished":
            sample_report.write(made[-1])
        with (made[-1] / "data.bin").open("wb") as file:
            file.truncate(1_500_000 * (number + 1))  # of a size, without being written
    newer = make(root, "20261101-000000-future", PipelineState("20261101-000000-future"))
    (newer / store.STATE).write_text('{"format_version": 99}')
    return [*made, newer]
