"""A hub on this machine for the tests of the data steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.loopback_hub import LoopbackHub


@pytest.fixture(scope="module")
def one_hub() -> Iterator[LoopbackHub]:
    served = LoopbackHub()
    yield served
    served.close()


@pytest.fixture
def served(one_hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoopbackHub:
    """The hub, empty and well; a program that begins with HF_ENDPOINT and HF_HOME of this test, hasty in its pauses."""
    import datasets  # noqa: F401 - its `config` is patched below
    import huggingface_hub  # noqa: F401

    one_hub.reset()
    home = tmp_path / "hf"
    monkeypatch.setenv("HF_TOKEN", "hf_" + "canary" * 5)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", one_hub.endpoint)
    template = one_hub.endpoint + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr("huggingface_hub.constants.HF_HOME", str(home))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(home / "hub"))
    monkeypatch.setattr("datasets.config.HF_ENDPOINT", one_hub.endpoint)
    monkeypatch.setattr(
        "datasets.config.HUB_DATASETS_URL", one_hub.endpoint + "/datasets/{repo_id}/resolve/{revision}/{path}"
    )
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", home / "datasets")
    monkeypatch.setattr("datasets.config.HF_MODULES_CACHE", home / "modules")
    monkeypatch.setattr("so8t_engine.data.hub.hub_problems.FIRST_PAUSE_SECONDS", 0.005)
    monkeypatch.setattr("so8t_engine.data.hub.hub_download.POLL_SECONDS", 0.01)
    return one_hub
