"""The state that a run leaves behind, also where the disk has no room for it."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.session import live_progress, store
from so8t_engine.session.state import PipelineState


def write(session: Path, state: PipelineState) -> None:
    """A run that leaves because the disk is full must still be able to say so: the next start goes by it.

    The room of the progress file, which is only for people looking on, is enough for a state without the text of the
    configuration; that one stands in the manifest of the checkpoint.
    """
    try:
        store.write_state(session, state)
    except EngineError as error:
        if error.code != "disk_full":
            raise
        (session / live_progress.NAME).unlink(missing_ok=True)
        store.write_state(session, state.changed(config=None) if state.checkpoint else state)
