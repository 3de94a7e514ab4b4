"""A session before it exists: what it starts from, and what the user changed. Values only, no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from so8t_engine import paths
from so8t_engine.plain_text import plain
from so8t_engine.session import catalog, display_name, store
from so8t_gui.forms.schema_fields import Keys, word

DATASETS: Keys = ("datasets",)
NAME: Keys = ("name",)
MODEL: Keys = ("model", "model_name_or_path")
REVISION: Keys = ("model", "revision")
BUILD: Keys = ("model", "build")
BUILD_LENGTH: Keys = (*BUILD, "max_steps")
LENGTHS: Mapping[str, Keys] = {"grpo": ("grpo", "max_steps"), "rloo": ("rloo", "max_steps")}
EPISODES: Keys = ("ppo", "total_episodes")


@dataclass(frozen=True)
class SessionDraft:
    """`preset` or `file`; `values` are its own, all defaults written out by the engine; `changes` the user's.

    `name`: in place of the source's own, where that is a session's.
    """

    preset: str = ""
    file: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[Keys, Any] = field(default_factory=dict)
    force: bool = False
    name: str = ""

    def value(self, path: Keys) -> Any:
        """As it would be now; None where there is no such section."""
        if path in self.changes:
            return self.changes[path]
        for outer in (path[:n] for n in range(len(path) - 1, 0, -1)):
            if outer in self.changes:
                return _inside(self.changes[outer], path[len(outer) :])
        return self.original(path)

    def original(self, path: Keys) -> Any:
        if path == NAME and self.name:
            return self.name
        return _inside(self.values, path)

    def changed(self, path: Keys, value: Any) -> SessionDraft:
        """A value that equals the original one is no change; of a section it takes those of its keys with it."""
        others = {key: old for key, old in self.changes.items() if key[: len(path)] != path}
        if value == self.original(path) and type(value) is type(self.original(path)):
            return replace(self, changes=others)
        return replace(self, changes={**others, path: value})

    def is_same(self, other: SessionDraft) -> bool:
        """The same changes of the same source."""
        return (self.preset, self.file, self.changes) == (other.preset, other.file, other.changes)

    @property
    def called(self) -> str:
        """What a person knows it by: the name that was typed, that of the session or of the file it starts from."""
        typed = self.changes.get(("name",))
        if isinstance(typed, str) and typed.strip():
            return f'"{plain(typed.strip())}"'
        return f'"{self.copied}"' if self.copied else Path(self.file).name or self.preset

    @property
    def copied(self) -> str:
        """What the session is called from whose configuration it starts; empty where it starts from none."""
        file = Path(self.file)
        if file.name != store.CONFIG or not catalog.is_session(file.parent):
            return ""
        return plain(display_name.of(file.parent) or catalog.title(file.parent.name))

    @property
    def source(self) -> list[str]:
        return [self.file] if self.file else ["--preset", self.preset]

    @property
    def options(self) -> list[str]:
        """The source and the changes, as every command that takes a configuration wants them."""
        argv = list(self.source)
        named = {NAME: self.name} if self.name else {}
        for path, value in sorted({**named, **self.changes}.items()):
            argv += ["--set", word(path, value)]
        return argv

    @property
    def arguments(self) -> list[str]:
        """For `so8t-engine` and `so8t`: `run`, the source, the changes."""
        return ["run", *self.options, *(["--force"] if self.force else [])]

    @property
    def length(self) -> Keys:
        """The key that says how long reinforcement learning lasts, by its algorithm."""
        return LENGTHS.get(str(self.value(("algorithm",))), EPISODES)

    @property
    def alpha(self) -> list[str]:
        """What the curve of alpha depends on, as `so8t alpha` takes it."""
        keys = ("schedule", "initial", "final", "annealing_steps", "adaptive")
        sets = [part for key in keys for part in ("--set", word(("alpha", key), self.value(("alpha", key))))]
        return [*sets, "--set", "ppo.total_episodes=0"] if self._without_learning else sets

    @property
    def _without_learning(self) -> bool:
        """As RunConfig.learns says it: alpha moves with the updates of reinforcement learning alone."""
        algorithm = self.value(("algorithm",))
        if algorithm != "ppo":
            return bool(self.value((str(algorithm), "max_steps")) == 0)
        episodes, batch = self.value(EPISODES), self.value(("ppo", "batch_size"))
        return isinstance(episodes, int) and isinstance(batch, int) and episodes < batch

    @property
    def builds(self) -> bool:
        """The base model is built here instead of being opened."""
        return self.value(BUILD) is not None

    def with_model(self, name: str, revision: str | None = None) -> SessionDraft:
        """Another base model; one that would be built here is not built then."""
        return self.changed(MODEL, name or None).changed(REVISION, revision).changed(BUILD, None)

    def with_build(self) -> SessionDraft:
        """Back to the small model that this source builds."""
        return self.changed(MODEL, None).changed(REVISION, None).changed(BUILD, self.original(BUILD))

    @property
    def datasets(self) -> list[dict[str, Any]]:
        return [dict(dataset) for dataset in self.value(DATASETS) or []]

    def with_datasets(self, datasets: Sequence[Mapping[str, Any]]) -> SessionDraft:
        return self.changed(DATASETS, [dict(dataset) for dataset in datasets])


def _inside(values: Any, path: Keys) -> Any:
    for part in path:
        if not isinstance(values, Mapping):
            return None
        values = values.get(part)
    return values


def local_dataset(path: str, taken: Sequence[str]) -> dict[str, Any]:
    """A file or folder of this machine, under a name that is free."""
    return {"name": _name(Path(path).stem or "data", taken), "source": "local", "path": path}


def hub_dataset(identity: str, revision: str | None, taken: Sequence[str]) -> dict[str, Any]:
    """`owner/name` of the Hugging Face hub, the newest or a revision of it."""
    made = {"name": _name(identity.rpartition("/")[2] or "data", taken), "source": "hub", "path": identity}
    return made if revision is None else {**made, "revision": revision}


def _name(text: str, taken: Sequence[str]) -> str:
    base = paths.dataset_name(text)
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
