"""Which files of a Hub dataset a source means, and what the Hub says of each: size and digest at a pinned commit.

`datasets` chooses them, by the repository's card and the names of its files; they are fetched and read by our own
readers. `None` in place of files: only the library reads them (a slice of a split, a format that is not ours, a field
inside of a JSON file, a cache without network).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from so8t_engine import offline
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files
from so8t_engine.data.hub.hub_problems import PARQUET_BRANCH, Patience
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

FOLDER = "so8t-datasets"
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


def cache() -> Path:
    """Where files of the Hub lie, and what it said of them: in its own folder, outside of every session."""
    from huggingface_hub import constants

    return Path(constants.HF_HOME) / FOLDER


def pin(dataset: Dataset, patience: Patience) -> Pinned:
    """The commit the configured revision means today, or meant when it was last asked. Raises EngineError dataset_*."""
    if Path(dataset.path).is_dir():
        return Pinned(dataset.revision, dataset.license)
    if offline.asked_for():
        known = _recalled(dataset)
        return Pinned(dataset.revision, dataset.license) if known is None else known[0]
    return patience.retrying(lambda: _ask(dataset), dataset)


def choose(dataset: Dataset, pinned: Pinned, patience: Patience) -> list[HubFile] | None:
    """The files of the wanted config and split, in their order. Raises EngineError dataset_*."""
    revision = pinned.revision
    if Path(dataset.path).is_dir() or revision is None or not re.fullmatch(r"[\w.+-]+", dataset.split):
        return None
    if offline.asked_for():
        known = _recalled(dataset)
        return known[1] if known is not None and known[0].revision == revision else None
    names = patience.retrying(lambda: _names(dataset, revision), dataset)
    if names is None or not all(local_files.is_known(name) for name in names):
        return None
    files = patience.retrying(lambda: _described(dataset, revision, names), dataset)
    _remember(dataset, pinned, files)
    return files


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


def _memory(dataset: Dataset) -> Path:
    """What the Hub last said of this dataset, config, split and revision: for a start without network."""
    asked = json.dumps([dataset.config_name, dataset.split, dataset.revision]).encode()
    name = f"listing-{hashlib.sha256(asked).hexdigest()[:16]}.json"
    return cache() / dataset.path.replace("/", "--") / name


def _remember(dataset: Dataset, pinned: Pinned, files: list[HubFile]) -> None:
    path = _memory(dataset)
    said = {"pinned": asdict(pinned), "files": [astuple(file) for file in files]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(said), encoding="utf-8")
    except OSError:
        pass  # then a start without network will not know it


def _recalled(dataset: Dataset) -> tuple[Pinned, list[HubFile]] | None:
    try:
        said = json.loads(_memory(dataset).read_text(encoding="utf-8"))
        return Pinned(**said["pinned"]), [HubFile(*file) for file in said["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
