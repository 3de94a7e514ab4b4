"""A session whose ticks, clock and disk a test holds in its hands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.protocol import Message
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.session import history, recovery, store
from so8t_engine.session.state import Cursor

CONFIG = RunConfig.model_validate(
    {
        "datasets": [{"name": "a", "path": "a.jsonl", "source": "local"}],
        "model": {"build": {}},
        "checkpoint": {"interval_seconds": 180, "save_total_limit": 2},
    }
)
LONG = 30.0


class Disk:
    """A payload whose content arrives only when it is let through: a disk as slow as the test wants."""

    def __init__(self, data: bytes = b"x") -> None:
        self.data = data
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> dict[str, store.Content]:
        return {"state.json": self.chunks}

    def chunks(self) -> Iterator[bytes]:
        self.reached.set()
        assert self.open.wait(LONG), "nobody let the save through"
        yield self.data


class Run:
    """A session, its saves in the background, with a clock that moves when told."""

    def __init__(self, root: Path, background: bool = True) -> None:
        self.session = root / "s"
        if not self.session.exists():
            store.create(root, "s", "", "")
        self.time = 0.0
        self.events: list[Message] = []
        self.heard: Callable[[Message], None] = lambda event: None
        self.control = Control()
        self.context = Context(
            self.session, CONFIG, recovery.recover(self.session), self.hear, self.control,
            clock=lambda: self.time, now=lambda: "", background=background,
        )  # fmt: skip

    def hear(self, event: Message) -> None:
        self.events.append(event)
        self.heard(event)

    def tick(self, unit: int, seconds: float = 1.0, payload: Callable[[], store.Files] = dict) -> None:
        self.time += seconds
        self.context.point(loss=1 / unit)
        self.context.tick(Cursor("collect", unit), "shard", payload=payload)

    def said(self, name: str) -> list[dict[str, Any]]:
        return [event.data for event in self.events if event.name == name]

    def settled(self) -> None:
        """Until no save is on its way."""
        for thread in saving():
            thread.join(LONG)
            assert not thread.is_alive()


def saving() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "save"]


def losses(session: Path) -> list[tuple[int, float]]:
    return [(entry["number"], entry["loss"]) for entry in history.read(session / history.NAME)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
