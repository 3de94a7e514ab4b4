"""What a step may ask of the run it belongs to: restart points in, durable state out (context.py implements it).

The pipeline's own business (status, cursor from step to step, adjustments, commits) is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import Sentence
from so8t_engine.session.sealed_folder import Digest, Fill
from so8t_engine.session.state import Cursor
from so8t_engine.session.store import Files

Payload = Callable[[], Files]
T = TypeVar("T")


class StepContext(Protocol):
    """`session` is the session's folder, `config` has its adjustments applied; methods are described at Context."""

    session: Path
    config: RunConfig

    @property
    def session_id(self) -> str: ...

    @property
    def cursor(self) -> Cursor:
        """The units done, of the running step."""
        ...

    @property
    def results(self) -> Mapping[str, Any]:
        """What `result` has kept, of all steps and starts."""
        ...

    @property
    def adjustments(self) -> Mapping[str, float]:
        """See adjustments.py."""
        ...

    def checkpoint(self) -> Path | None: ...
    def begin(self, totals: Mapping[str, int]) -> None: ...
    def expect(self, totals: Mapping[str, int]) -> None: ...
    def tick(
        self,
        cursor: Cursor,
        kind: str,
        metrics: Mapping[str, Any] | None = None,
        payload: Payload = dict,
        keep: bool = False,
    ) -> None: ...
    def commit_finished(self, payload: Payload) -> None: ...
    def point(self, **values: Any) -> int: ...
    def mark(self, mark: str, **values: Any) -> int: ...
    def write(self, path: Path, data: bytes) -> None: ...
    def publish(
        self,
        folder: Path,
        fill: Fill,
        about: Mapping[str, Any],
        computed: Mapping[str, Digest] | None = None,
        readable: bool = False,
    ) -> None: ...
    def fetch(self, read: Callable[[], T], cache: Path) -> T: ...
    def result(self, key: str, value: Any) -> None: ...
    def warn(self, code: str, what: Sentence) -> None: ...
    def say(self, kind: str, metrics: Mapping[str, Any]) -> None: ...
    def wait(self, seconds: float) -> None: ...
    def check_source(self, key: str, digest: str, what: Sentence) -> None: ...
