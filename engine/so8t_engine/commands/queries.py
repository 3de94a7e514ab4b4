"""What a window (or a script) asks beside a run, answered as JSON values: DESIGN.md, "Commands"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import checkup, facts
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.session import catalog, store

Json = dict[str, Any]


def schema() -> Json:
    """Every key with its type, range, default and sentence, as JSON Schema."""
    return RunConfig.model_json_schema()


def values(config: RunConfig) -> Json:
    """The configuration with all defaults written out."""
    return {"values": config.model_dump(mode="json")}


def presets() -> list[Json]:
    return [{"name": name, "description": description} for name, description in config_file.presets()]


def check(load: Callable[[], RunConfig], root: Path | None) -> Json:
    """`problems` by key if it is no right configuration, else what this machine (or only the input) lacks.

    Datasets that are not there count as problems, by their place in the list. `root`: where the session would live;
    None looks at the inputs alone. Raises EngineError where the file itself cannot be read.
    """
    try:
        config = load()
    except config_file.ConfigInvalid as error:
        if not error.problems:
            raise
        return {"problems": [{"key": key, "sentence": words} for key, words in error.problems], "findings": []}
    findings = checkup.inputs(config) if root is None else checkup.check(config, root)
    problems = [{"key": key, "sentence": words} for key, words in absent_sources(config)]
    return {"problems": problems, "name": config.name, "findings": [asdict(finding) for finding in findings]}


def absent_sources(config: RunConfig) -> list[tuple[str, str]]:
    """(key, sentence) of each local dataset that is not there. A session that has collected it needs it no more."""
    from so8t_engine.data import local_files  # with pyarrow, which no other question needs

    found = []
    for number, dataset in enumerate(config.datasets):
        try:
            if dataset.source == "local":
                local_files.find(dataset.path)
        except EngineError as error:
            found.append((f"datasets.{number}.path", error.detail))
        except OSError as error:
            found.append((f"datasets.{number}.path", f"{dataset.path} cannot be read: {error.strerror or error}."))
    return found


def ready(session: Path) -> list[Finding]:
    """What this machine lacks to go on with it; the space it takes already counts as free. Raises EngineError."""
    config = config_file.parse((session / store.CONFIG).read_text(encoding="utf-8"), str(session / store.CONFIG))
    found = facts.look(session.parent)
    return checkup.check(config, session.parent, replace(found, free=found.free + _taken(session)))


def entry(found: catalog.Entry) -> Json:
    """A session as the commands `sessions` and `status` give it."""
    known = {"session": found.session, "status": found.status, "step": found.step, "unit": found.unit}
    return known | {"updated": found.updated, "path": str(found.path), "detail": found.detail}


def _taken(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue  # it went while we looked
    return total
