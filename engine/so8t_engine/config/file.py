"""Turns YAML into a checked RunConfig and back: every error at once, each with its place in the file."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

import so8t_resources
from so8t_engine.config import adapter_names, yaml_source
from so8t_engine.config import messages as config_messages
from so8t_engine.config.run_config import Reward, RunConfig
from so8t_engine.config.types import Category
from so8t_engine.config.yaml_source import Broken, Document, Problem
from so8t_engine.errors import EngineError

DEMO = "demo:"
ENDING = ".yaml"
MOST_BYTES = 1_000_000


class ConfigInvalid(EngineError):
    """`problems`: (key, sentence) of each, none where the text as a whole is not to be read."""

    def __init__(self, detail: str, problems: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__("config_invalid", detail)
        self.problems = tuple(problems)


def load(path: Path, overrides: Sequence[str] = ()) -> RunConfig:
    """A configuration file; local paths in it are taken from its folder, those in `overrides` from the current one.

    `overrides` are `ppo.kl_coef=0.1`, values in YAML, `datasets.0.max_rows=100` for an entry of a list.
    Raises EngineError file_missing, config_invalid.
    """
    text = _text(path)
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - resolve() would follow links
    return _checked(text, str(path), overrides, folder)


def load_preset(name: str, overrides: Sequence[str] = ()) -> RunConfig:
    """Raises EngineError preset_unknown, config_invalid."""
    names = _preset_names()
    if name not in names:
        near = difflib.get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}."
        raise EngineError("preset_unknown", f"There is no preset {name!r}; {hint}")
    path = so8t_resources.path("presets", name + ENDING)
    return _checked(path.read_text(encoding="utf-8"), f"preset {name}", overrides, Path.cwd())


def presets() -> list[tuple[str, str]]:
    """(name, description) of every shipped configuration, by name."""
    return [(name, load_preset(name).description) for name in _preset_names()]


def parse(text: str, where: str) -> RunConfig:
    """A configuration as `dump` wrote it; paths stay as they are. Raises EngineError config_invalid."""
    return _checked(text, where, (), None)


def dump(config: RunConfig) -> str:
    """The resolved configuration, for the session folder: all defaults written out.

    Without `data_root`: where a session was made is no part of it, it may move.
    """
    values = config.model_dump(mode="json") | {"data_root": None}
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=120)


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise EngineError("config_invalid", f"{path} is a folder; name the YAML file in it.")
        if path.stat().st_size > MOST_BYTES:
            raise EngineError("config_invalid", f"{path} is larger than {MOST_BYTES} bytes; this is no configuration.")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise EngineError("file_missing", f"There is no file {path}.") from error
    except UnicodeDecodeError as error:
        detail = f"{path} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8."
        raise EngineError("config_invalid", detail) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EngineError("file_missing", f"{path} cannot be read: {reason}.") from error


def _checked(text: str, where: str, overrides: Sequence[str], folder: Path | None) -> RunConfig:
    try:
        document = yaml_source.read(text)
    except Broken as error:
        place = "".join(f":{number}" for number in error.place or ())
        raise EngineError("config_invalid", f"{where}{place}: {error}.") from error
    if not isinstance(document.values, dict):
        detail = f"{where}:1:1: a configuration is a list of `key: value` lines, this is {_kind(document.values)}."
        raise EngineError("config_invalid", detail)
    changed, problems = _override(document, overrides)
    problems += document.problems + yaml_source.infinite(document.values) + _names(document.values)
    config: RunConfig | None = None
    try:
        config = RunConfig.model_validate(document.values)
    except ValidationError as error:
        problems += [(one["loc"], config_messages.sentence(one)) for one in error.errors()]
    if problems or config is None:
        named = [(".".join(map(str, path)), words) for path, words in problems]
        raise ConfigInvalid(_listed(problems, document, where, changed), list(dict.fromkeys(named)))
    return _with_paths(config, folder, changed) if folder else config


def _override(document: Document, overrides: Sequence[str]) -> tuple[set[yaml_source.Path], list[Problem]]:
    """Puts `key=value` words into the values. Returns the paths so given, and what was wrong with the words."""
    changed: set[yaml_source.Path] = set()
    problems: list[Problem] = []
    for word in overrides:
        key, sign, written = word.partition("=")
        path: yaml_source.Path = tuple(int(part) if part.isdecimal() else part for part in key.strip().split("."))
        changed.add(path)
        if not sign or "" in path:
            problems.append((path, "write it as key=value, for example ppo.kl_coef=0.1"))
            continue
        try:
            value = yaml.safe_load(written)
        except (yaml.YAMLError, ValueError):
            problems.append((path, f"the value {config_messages.shown(written)} is not valid YAML"))
            continue
        wrong = _put(document.values, path, value)
        if wrong:
            problems.append((path, wrong))
    return changed, problems


def _put(values: Any, path: yaml_source.Path, value: Any) -> str | None:
    """Sets values[path]; sections that are not there are made. Returns what does not fit, if anything."""
    here = values
    for depth, part in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(here, list):
            if not isinstance(part, int) or part >= len(here):
                return f"the list {'.'.join(map(str, path[:depth]))} has the entries 0 to {len(here) - 1}, no {part}"
        elif not isinstance(here, dict) or isinstance(part, int):
            return f"{'.'.join(map(str, path[:depth]))} has no entries"
        if last:
            here[part] = value
        elif isinstance(here, dict):
            if here.get(str(part)) is None:
                here[str(part)] = {}
            here = here[str(part)]
        else:
            here = here[part]
    return None


def _names(values: dict[str, Any]) -> list[Problem]:
    """Adapters and categories nobody knows, and datasets of one name, which pydantic cannot tell.

    A second dataset of a name gets another, so that the check after this one finds everything else too.
    """
    problems: list[Problem] = []
    datasets = values.get("datasets")
    first: dict[str, int] = {}
    for number, dataset in enumerate(datasets if isinstance(datasets, list) else []):
        if not isinstance(dataset, dict):
            continue
        for key, allowed in (("adapter", adapter_names.NAMES), ("category", get_args(Category))):
            given = dataset.get(key)
            plain = adapter_names.canonical(given) if key == "adapter" and isinstance(given, str) else given
            if isinstance(plain, str) and plain not in allowed:
                words = config_messages.one_of(plain, allowed)
                problems.append((("datasets", number, key), words))
        name = dataset.get("name")
        if not isinstance(name, str):
            continue
        if name in first:
            problems.append((("datasets", number, "name"), f"datasets.{first[name]} is named {name} too"))
            dataset["name"] = f"{name}-{number}"
        first.setdefault(name, number)
    return problems


def _listed(problems: list[Problem], document: Document, where: str, changed: set[yaml_source.Path]) -> str:
    """One line a problem, in the order of the file; what came by --set is named so."""
    lines: list[tuple[tuple[int, int], str]] = []
    for path, words in problems:
        dotted = ".".join(map(str, path))
        given = next((one for one in sorted(changed, key=len, reverse=True) if path[: len(one)] == one), None)
        if given is not None:
            lines.append(((0, 0), f"--set {dotted}: {words}."))
            continue
        place = next(
            (document.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in document.places), (1, 1)
        )
        lines.append((place, f"{where}:{place[0]}:{place[1]}: {dotted + ': ' if dotted else ''}{words}."))
    unique = dict.fromkeys((place, line.replace("?.", "?")) for place, line in sorted(lines))
    return "\n".join(line for _, line in unique)


def _with_paths(config: RunConfig, folder: Path, changed: set[yaml_source.Path]) -> RunConfig:
    """Local paths made absolute, so that a run does not depend on the folder it is resumed from."""

    def base(*path: str | int) -> Path:
        return Path.cwd() if any(path[: len(one)] == one for one in changed) else folder

    datasets = []
    for number, dataset in enumerate(config.datasets):
        if dataset.source == "local" and not dataset.path.startswith(DEMO):
            path = _absolute(dataset.path, base("datasets", number, "path"))
            dataset = dataset.model_copy(update={"path": path})
        datasets.append(dataset)
    name = config.model.model_name_or_path
    model = config.model.model_copy(
        update={"model_name_or_path": _model_path(name, base("model", "model_name_or_path"))}
    )
    convert = config.convert.model_copy(
        update={"teacher": _model_path(config.convert.teacher, base("convert", "teacher"))}
    )
    root = _absolute(config.data_root, base("data_root")) if config.data_root else None
    changes = {"datasets": datasets, "model": model, "convert": convert, "data_root": root}
    return config.model_copy(update=changes | {"reward": _reward(config.reward, base)})


def _reward(reward: Reward, base: Callable[..., Path]) -> Reward:
    """The folder of the user's functions and of a reward model made absolute."""
    update: dict[str, Any] = {}
    if reward.functions:
        update["folder"] = _absolute(reward.folder or ".", base("reward", "folder" if reward.folder else "functions"))
    if reward.model is not None:
        where = _model_path(reward.model.name_or_path, base("reward", "model", "name_or_path"))
        update["model"] = reward.model.model_copy(update={"name_or_path": where})
    return reward.model_copy(update=update)


def _model_path(name: str | None, base: Path) -> str | None:
    """A hub id stays; what is a folder, or can only be one, becomes absolute."""
    if name is None or not (name.startswith((".", "~", "/", "\\")) or (base / name).is_dir()):
        return name
    return _absolute(name, base)


def _absolute(path: str, base: Path) -> str:
    return os.path.normpath(base / Path(path).expanduser())


def _preset_names() -> list[str]:
    return sorted(path.stem for path in so8t_resources.path("presets").glob(f"*{ENDING}"))


def _kind(value: Any) -> str:
    return "a list of entries" if isinstance(value, list) else "no such line"
