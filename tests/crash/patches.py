"""Ways to make the real protocol wrong, applied inside the recorded process; the gate must catch every one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from so8t_engine import files, intact, store
from so8t_engine.state import PipelineState


def no_folder_flush() -> None:
    files.flush_folder = lambda folder: None


def nothing_flushed() -> None:
    os.fsync = lambda fd: None


def history_not_flushed() -> None:
    real = files.append

    def append(path: Path, data: bytes, at: int) -> None:
        kept, os.fsync = os.fsync, lambda fd: None
        try:
            real(path, data, at)
        finally:
            os.fsync = kept

    files.append = append


def state_before_checkpoint() -> None:
    real = store.commit

    def commit(session: Path, state: PipelineState, payload: store.Files) -> PipelineState:
        store.write_state(session, state.changed(checkpoint="000001"))
        return real(session, state, payload)

    store.commit = commit


def retention_before_acknowledgement() -> None:
    real = store.commit

    def commit(session: Path, state: PipelineState, payload: store.Files) -> PipelineState:
        for name in intact.complete(session / store.CHECKPOINTS):
            files.discard(session / store.CHECKPOINTS / name)
        return real(session, state, payload)

    store.commit = commit


def rename_before_flush() -> None:
    """A checkpoint gets its final name first and is flushed after; nothing else changes."""
    rename, folder_flush, flush = files.rename, files.flush_folder, os.fsync

    def renamed(source: Path, target: Path) -> None:
        rename(source, target)
        if target.parent.name == store.CHECKPOINTS and source.suffix == ".part":
            os.fsync = flush
            for path in target.iterdir():
                files.flush_file(path)
            folder_flush(target)

    def write(path: Path, data: bytes | Iterable[files.Chunk]) -> None:
        path.write_bytes(data if isinstance(data, bytes) else b"".join(data))
        if path.parent.suffix != ".part":
            files.flush_file(path)

    files.rename, files.write = renamed, write


def like_windows() -> None:
    """Not wrong: folders cannot be flushed there. To be judged with an ordered-metadata journal."""
    files.WINDOWS = True


ALL = {
    patch.__name__: patch
    for patch in (
        no_folder_flush,
        nothing_flushed,
        history_not_flushed,
        state_before_checkpoint,
        retention_before_acknowledgement,
        rename_before_flush,
    )
}


def apply(name: str) -> None:
    {**ALL, "like_windows": like_windows}[name]()
