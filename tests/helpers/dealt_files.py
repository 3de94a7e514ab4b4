"""How the gate's processes get their tests: file by file, as xdist's `loadfile` deals them out, but what is done is
forgotten and a test is found by its number.

With each of a test's six messages xdist counts what is left among all that a process ever got, and for each test that
it deals out it goes through the names of all: the time grows with the square of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling


class Numbered(list[str]):
    """Names whose places are known; of a name that is there twice, the first."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self._places = {name: place for place, name in reversed([*enumerate(names)])}

    def index(self, name: str, *_: Any) -> int:
        return self._places[name]


class DealtFiles(LoadFileScheduling):
    """Keeps of a process's files those of which a test is to come."""

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        super().add_node_collection(node, collection)
        if node in self.registered_collections:
            self.registered_collections[node] = Numbered(collection)

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        files = self.assigned_work[node]
        file = self._split_scope(self.registered_collections[node][item_index])
        if False not in files[file].values():
            del files[file]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    return DealtFiles(config, log) if config.getvalue("dist") == "loadfile" else None
