"""Where a base model lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import make_config
from so8t_engine.model import base_model


def test_a_model_of_the_hub_lies_where_it_was_fetched_to_without_what_nobody_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(name: str, *, revision: str, allow_patterns: list[str]) -> str:
        assert (name, revision) == ("owner/model", "main") and "*.safetensors" in allow_patterns
        return str(tmp_path / "snapshot")

    monkeypatch.setattr(base_model, "snapshot_download", fetched)
    model: dict[str, Any] = {"model": {"model_name_or_path": "owner/model", "revision": "main"}}
    config = make_config([{"name": "a", "path": "owner/a"}], **model)

    assert base_model.folder(tmp_path, config) == tmp_path / "snapshot"
