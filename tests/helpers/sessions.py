"""What several tests need: a real session in a temporary folder, a context for it, and a way to cut it off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from helpers.paths import SHARED_DATA
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.protocol import STEPS, Message
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import config_seal, manifest, recovery, store
from so8t_engine.session.state import Cursor

DATA_STEPS = ("collect", "integrate", "convert")


class Cut(BaseException):
    """Stands for a kill: nothing in the engine catches it."""


def shared(*parts: str) -> Path:
    """A file of the folder with real data; skips the test where that is absent."""
    path = SHARED_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {path.relative_to(SHARED_DATA.parent.parent)}")
    return path


def local(name: str, path: object, **more: Any) -> dict[str, Any]:
    """A `source: local` entry of `datasets`."""
    return {"name": name, "source": "local", "path": str(path), **more}


def make_config(datasets: Sequence[dict[str, Any]], **sections: Any) -> RunConfig:
    return RunConfig.model_validate({"datasets": list(datasets), "model": {"build": {}}, **sections})


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """JSON lines; a `bytes` row is written as it is."""
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


class Session:
    """A session on disk and what was said about it. Each `context()` is a new start of the engine."""

    def __init__(self, root: Path, config: RunConfig, name: str = "s") -> None:
        self.config = config
        self.path = root / name
        if not self.path.exists():
            store.create(root, name, config.model_dump_json(), "2026-01-01T00:00:00Z")
        self.events: list[Message] = []
        self.control = Control()

    def context(
        self, accept_changes: bool = False, cut: Callable[[Message], None] | None = None, background: bool = False
    ) -> Context:
        """`cut` sees every event and may raise Cut. Saves are written at once: a cut meets the same one always."""
        context: Context

        def emit(event: Message) -> None:
            self.events.append(event)
            if cut is not None:
                cut(event)

        context = Context(
            self.path, self.config, recovery.recover(self.path), emit, self.control,
            now=lambda: "2026-01-01T00:00:00Z", accept_changes=accept_changes, background=background,
        )  # fmt: skip
        return context

    def run(self, *steps: str, context: Context | None = None) -> Context:
        """Runs these steps (as far as they are not done) from the cursor, as the pipeline does."""
        context = context or self.context()
        for step in steps or DATA_STEPS:
            if STEPS.index(step) < STEPS.index(context.state.cursor.step):
                continue
            import_module(f"so8t_engine.steps.{step}").run(context, context.state.cursor)
            context.go_to(Cursor(STEPS[STEPS.index(step) + 1]))
        return context

    def run_with_cuts(
        self,
        *steps: str,
        event: str = "saved",
        accept_changes: bool = False,
        at: Callable[[Message], None] | None = None,
    ) -> int:
        """Runs these steps, cut off at every `event` that is not the end of a step, or where `at` raises Cut.

        Returns how often it was cut.
        """
        cuts = 0
        while True:

            def cut(message: Message) -> None:
                if message.name == event and message.data.get("unit", 1) > 0:
                    raise Cut

            try:
                self.run(*steps, context=self.context(accept_changes, at or cut))
                return cuts
            except Cut:
                cuts += 1
                assert cuts < 1_000

    def said(self, name: str) -> list[dict[str, Any]]:
        return [event.data for event in self.events if event.name == name]

    def notes(self, folder: str, file: str) -> Any:
        return json.loads((self.path / "data" / folder / file).read_text(encoding="utf-8"))

    def digests(self) -> dict[str, str]:
        """sha256 of every file under data/."""
        root = self.path / "data"
        found = sorted(path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def made_with(session: Path, config: str) -> None:
    """Another configuration, not as an edit but as if the session had been made with it."""
    state = store.read_state(session)
    folder = session / store.CHECKPOINTS / str(state.checkpoint)
    payload = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != manifest.NAME}
    (session / store.CONFIG).write_text(config, encoding="utf-8")
    store.commit(session, state.changed(config=config_seal.of(config.encode())), payload)


def make_context(root: Path, datasets: Sequence[dict[str, Any]], **sections: Any) -> Context:
    """A context of a new session named "s", for tests which need no more than that."""
    return Session(root, make_config(datasets, **sections)).context()


def refused(action: Callable[[], object]) -> EngineError:
    """The error an action ends with; the test fails where it ends with none."""
    with pytest.raises(EngineError) as caught:
        action()
    return caught.value
