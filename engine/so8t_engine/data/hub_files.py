"""Which files of a Hub dataset a source means, and what the Hub says of each: size and digest at a pinned commit.

`datasets` chooses them, by the repository's card and the names of its files; they are fetched and read by our own
readers. `None` in place of files: only the library reads them (a slice of a split, a format that is not ours, a field
inside of a JSON file, a cache without network).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import local_files
from so8t_engine.data.hub_problems import PARQUET_BRANCH, Patience, offline
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

ANSWER_SECONDS = 30.0
AT_ONCE = 100  # paths a question about sizes and digests may hold
IN_REPOSITORY = re.compile(r"hf://datasets/[^@]+@[^/]+/(?P<name>.+)")


@dataclass(frozen=True)
class Pinned:
    """What a hub source was read from; `revision` is None for a local folder or a cached copy without network."""

    revision: str | None
    licence: str | None


@dataclass(frozen=True)
class HubFile:
    """`name`: its path in the repository; `digest`: the SHA-256 that LFS knows it by, else git's SHA-1 of a blob."""

    name: str
    size: int
    digest: str


def pin(dataset: Dataset, patience: Patience) -> Pinned:
    """The commit the configured revision means today. Raises EngineError dataset_*."""
    if Path(dataset.path).is_dir() or offline():
        return Pinned(dataset.revision, dataset.license)
    return patience.retrying(lambda: _ask(dataset), dataset)


def choose(dataset: Dataset, revision: str | None, patience: Patience) -> list[HubFile] | None:
    """The files of the wanted config and split, in their order. Raises EngineError dataset_*."""
    if Path(dataset.path).is_dir() or offline() or revision is None or not re.fullmatch(r"[\w.+-]+", dataset.split):
        return None
    names = patience.retrying(lambda: _names(dataset, revision), dataset)
    if names is None or not all(local_files.is_known(name) for name in names):
        return None
    return patience.retrying(lambda: _described(dataset, revision, names), dataset)


def by_the_card(dataset: Dataset) -> tuple[str | None, str | None]:
    """(config, folder): a branch made by the Parquet converter has no card; its configs are plain folders."""
    converted = dataset.revision == PARQUET_BRANCH and dataset.config_name is not None
    return (None, dataset.config_name) if converted else (dataset.config_name, None)


def _ask(dataset: Dataset) -> Pinned:
    from huggingface_hub import HfApi

    info = HfApi(library_name="so8t").dataset_info(dataset.path, revision=dataset.revision, timeout=ANSWER_SECONDS)
    licences = [tag.removeprefix("license:") for tag in info.tags or [] if tag.startswith("license:")]
    return Pinned(info.sha, dataset.license or ", ".join(licences) or None)


def _names(dataset: Dataset, revision: str) -> list[str] | None:
    import datasets

    config, folder = by_the_card(dataset)
    builder = datasets.load_dataset_builder(dataset.path, config, data_dir=folder, revision=revision)
    by_split = {str(split): list(files) for split, files in (builder.config.data_files or {}).items()}
    if getattr(builder.config, "field", None) or not by_split:
        return None
    asked = list(by_split) if dataset.split == "all" else dataset.split.split("+")
    if not set(asked) <= set(by_split):
        what = sentence("data.no_split_of", dataset=dataset.path, split=dataset.split, splits=sorted(by_split))
        raise EngineError("dataset_missing", what)
    found = [IN_REPOSITORY.fullmatch(str(file)) for split in asked for file in by_split[split]]
    return [match["name"] for match in found if match is not None] if all(found) else None


def _described(dataset: Dataset, revision: str, names: list[str]) -> list[HubFile]:
    from huggingface_hub import HfApi

    api, known = HfApi(library_name="so8t"), dict[str, HubFile]()
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        entries: list[Any] = api.get_paths_info(dataset.path, part, revision=revision, repo_type="dataset")
        for entry in entries:
            digest = entry.lfs.sha256 if getattr(entry, "lfs", None) else entry.blob_id
            known[entry.path] = HubFile(entry.path, entry.size, digest)
    if not set(names) <= set(known):
        raise EngineError("dataset_missing", sentence("data.no_data_files", dataset=dataset.path))
    return [known[name] for name in names]
