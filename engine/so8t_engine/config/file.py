"""Turns YAML into a checked RunConfig and back: every error at once, each with its place in the file."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

import so8t_resources
from so8t_engine import paths
from so8t_engine.config import adapter_names, earlier, file_text, messages, yaml_source
from so8t_engine.config import overrides as overriding
from so8t_engine.config.run_config import Reward, RunConfig
from so8t_engine.config.teaching import SELF, is_endpoint
from so8t_engine.config.types import Category
from so8t_engine.config.yaml_source import Broken, Document, Problem
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, named, sentence

BASE = "microsoft/Phi-3.5-mini-instruct"
DEMO = "demo:"
ENDING = ".yaml"
LONGEST_NAME = 224  # bytes of a dataset's name, which is part of files' names: 000-NAME-00000.parquet.part
LONGEST_PART = 255  # bytes of a name in a path, on every usual file system
HUB_PATH = re.compile(r"(?:[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*", re.ASCII | re.IGNORECASE)
HUB_PAGE = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/datasets/([\w.-]+/[\w.-]+)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?|ftp):?/|www\.", re.IGNORECASE)  # also half of one
FILE = re.compile(r"\.(?:jsonl?|csv|tsv|parquet|arrow|xlsx?|ya?ml|zip|gz|txt|xml|md|pdf|docx?)$", re.IGNORECASE)
SEPARATORS = re.compile(r"[/\\]")
PATHS: tuple[yaml_source.Path, ...] = (
    ("data_root",), ("model", "model_name_or_path"), ("convert", "teacher"), ("reward", "folder"),
    ("reward", "model", "name_or_path"),
)  # fmt: skip


class ConfigInvalid(EngineError):
    """`problems`: (key, sentence) of each, none where the text as a whole is not to be read.

    `rest`: what is right, with the defaults for what is not and without the datasets that are wrong; None where it
    cannot stand so.
    """

    def __init__(
        self, what: Sentence, problems: Sequence[tuple[str, Sentence]] = (), rest: RunConfig | None = None
    ) -> None:
        super().__init__("config_invalid", what)
        self.problems, self.rest = tuple(problems), rest


def load(path: Path, overrides: Sequence[str] = ()) -> RunConfig:
    """A configuration file; local paths in it are taken from its folder, those in `overrides` from the current one.

    `overrides` are `ppo.kl_coef=0.1`, values in YAML, `datasets.0.max_rows=100` for an entry of a list.
    Raises EngineError file_missing, config_invalid.
    """
    text = file_text.read(path)
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - resolve() would follow links
    return _described(_checked(text, str(path), overrides, folder))


def of_source(source: str, path: str, overrides: Sequence[str]) -> RunConfig:
    """One dataset alone, to try it out; `overrides` are keys of its entry (`split=test`) or of a section of a run.

    The model is the presets' own, as long as no other is named.

    Raises EngineError config_invalid.
    """
    entry = {"name": paths.dataset_name(Path(path).stem), "source": source, "path": path}
    sections = ("datasets.", "integrate.", "collect.", "model.")
    given = [item if item.startswith(sections) else f"datasets.0.{item}" for item in overrides]
    text = yaml.safe_dump({"datasets": [entry], "model": {"model_name_or_path": BASE}})
    return _checked(text, path, given, Path.cwd())


def load_preset(name: str, overrides: Sequence[str] = ()) -> RunConfig:
    """Raises EngineError preset_unknown, config_invalid."""
    names = _preset_names()
    if name not in names:
        near = difflib.get_close_matches(name, names)
        if near:
            raise EngineError("preset_unknown", sentence("config.no_preset_but_near", name=name, near=near[0]))
        raise EngineError("preset_unknown", sentence("config.no_preset", name=name, names=names))
    return _described(_shipped(name, overrides))


def _shipped(name: str, overrides: Sequence[str] = ()) -> RunConfig:
    path = so8t_resources.path("presets", name + ENDING)
    return _checked(path.read_text(encoding="utf-8"), sentence("config.preset", name=name), overrides, Path.cwd())


def _described(config: RunConfig) -> RunConfig:
    """Without the description of a preset that it no longer is: it has other data, or another base model."""
    name = next((name for name, about in presets() if str(about) == config.description), None)
    if name is None or _data_and_base(config) == _data_and_base(_shipped(name)):
        return config
    return config.model_copy(update={"description": ""})


def _data_and_base(config: RunConfig) -> tuple[set[str], str | None]:
    return {dataset.path for dataset in config.datasets}, config.model.model_name_or_path


def presets() -> list[tuple[str, Sentence]]:
    """(name, description) of every shipped configuration, by name."""
    return [(name, named("presets", name)) for name in _preset_names()]


def parse(text: str, where: str) -> RunConfig:
    """A configuration as `dump` wrote it; paths stay as they are. Raises EngineError config_invalid.

    Keys that its version did not have yet stand for what that version did (earlier.py).
    """
    return _checked(text, where, (), None)


def dump(config: RunConfig) -> str:
    """The resolved configuration, for the session folder: all defaults written out.

    Without `data_root`: where a session was made is no part of it, it may move.
    """
    values = config.model_dump(mode="json") | {"data_root": None}
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=120)


def _checked(text: str, where: str | Sentence, overrides: Sequence[str], folder: Path | None) -> RunConfig:
    try:
        document = yaml_source.read(text)
    except Broken as error:
        raise EngineError("config_invalid", _at(where, error.place, error.why)) from error
    if not isinstance(document.values, dict):
        is_list = isinstance(document.values, list)
        why = sentence("config.is_a_list") if is_list else sentence("config.has_no_keys")
        raise EngineError("config_invalid", _at(where, (1, 1), why))
    if folder is None:
        earlier.complete(document.values)
    changed, problems = overriding.put(document, overrides)
    problems += document.problems + yaml_source.infinite(document.values) + _names(document.values, folder is not None)
    problems += _paths(document.values)
    config: RunConfig | None = None
    try:
        config = RunConfig.model_validate(document.values)
    except ValidationError as error:
        problems += messages.problems(error.errors())
    if problems or config is None:
        by_key = {(".".join(map(str, path)), str(what)): what for path, what in problems}
        raise ConfigInvalid(
            _listed(problems, document, where, changed),
            [(key, what) for (key, _), what in by_key.items()],
            _rest(document.values, [path for path, _ in problems], folder, changed),
        )
    return _with_paths(config, folder, changed) if folder else config


def _rest(
    values: dict[str, Any], wrong: Sequence[yaml_source.Path], folder: Path | None, changed: set[yaml_source.Path]
) -> RunConfig | None:
    """`wrong`: keys that go, a dataset as a whole."""
    entries = {path[1] for path in wrong if path[:1] == ("datasets",) and len(path) > 1}
    for path in [path for path in wrong if path and path[0] != "datasets"]:
        here: Any = values
        for part in path[:-1]:
            here = here.get(part) if isinstance(here, dict) else None
        if isinstance(here, dict):
            here.pop(path[-1], None)
    if isinstance(values.get("datasets"), list):
        values["datasets"] = [one for number, one in enumerate(values["datasets"]) if number not in entries]
    try:
        config = RunConfig.model_validate(values)
    except ValidationError:
        return None
    return _with_paths(config, folder, changed) if folder else config


def _entries(values: dict[str, Any]) -> list[Any]:
    """Of `datasets`, whatever they are."""
    datasets = values.get("datasets")
    return datasets if isinstance(datasets, list) else []


def _names(values: dict[str, Any], of_a_person: bool) -> list[Problem]:
    """Adapters and categories nobody knows, and datasets of one name, which pydantic cannot tell.

    A second dataset of a name gets another, so that the check after this one finds everything else too. `of_a_person`:
    not a session's own, which was looked at when the session was made.
    """
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, dataset in enumerate(_entries(values)):
        if not isinstance(dataset, dict):
            continue
        for key, allowed in (("adapter", adapter_names.NAMES), ("category", get_args(Category))):
            given = dataset.get(key)
            plain = adapter_names.canonical(given) if key == "adapter" and isinstance(given, str) else given
            if isinstance(plain, str) and plain not in allowed:
                problems.append((("datasets", number, key), messages.one_of(plain, allowed)))
        if of_a_person and (no_id := _no_hub_id(dataset)) is not None:
            problems.append((("datasets", number, "path"), no_id))
        name = dataset.get("name")
        if not isinstance(name, str):
            continue
        length = len(name.encode(errors="replace"))
        if length > LONGEST_NAME:
            too_long = sentence("config.name_too_long", value=messages.shown(name), length=length, most=LONGEST_NAME)
            problems.append((("datasets", number, "name"), too_long))
        if name in first:
            doubled = sentence("config.name_twice", first=f"datasets.{first[name]}", name=name)
            problems.append((("datasets", number, "name"), doubled))
            dataset["name"] = f"{name}-{number}"
        first.setdefault(name, number)
    return problems


def _no_hub_id(dataset: dict[str, Any]) -> Sentence | None:
    """What stands where the id of a dataset of the Hub belongs, and cannot be one."""
    path = dataset.get("path")
    if dataset.get("source", "hub") != "hub" or not isinstance(path, str):
        return None
    if (address := no_address(path)) is not None:
        return address
    if not HUB_PATH.fullmatch(path):
        return sentence("config.no_hub_id", value=messages.shown(path))
    return sentence("config.file_needs_local", value=messages.shown(path)) if FILE.search(path) else None


def no_address(path: str) -> Sentence | None:
    """What to write in place of a web address, where this is one; nothing is fetched from those."""
    if page := HUB_PAGE.match(path):
        return sentence("config.hub_page", id=page[1])
    return sentence("config.web_address") if ADDRESS.match(path) else None


def _paths(values: dict[str, Any]) -> list[Problem]:
    """What is no path on any disk: it would be found out only where it is opened, in the system's words."""
    problems: list[Problem] = []
    for path in [*PATHS, *(("datasets", number, "path") for number, _ in enumerate(_entries(values)))]:
        value: Any = values
        for part in path:
            within = isinstance(value, list) and isinstance(part, int)
            value = value[part] if within else value.get(part) if isinstance(value, dict) else None
        if not isinstance(value, str) or "://" in value:
            continue
        longest = max(len(part.encode(errors="replace")) for part in SEPARATORS.split(value))
        if longest > LONGEST_PART:
            problems.append((path, sentence("config.path_name_too_long", length=longest, most=LONGEST_PART)))
        elif "\0" in value:
            problems.append((path, sentence("config.path_with_nul")))
    return problems


def _listed(
    problems: list[Problem], document: Document, where: str | Sentence, changed: set[yaml_source.Path]
) -> Sentence:
    """One line a problem, in the order of the file; what came by --set is named so."""
    lines: list[tuple[tuple[int, int], Sentence]] = []
    for path, what in problems:
        key = yaml_source.dotted(path)
        if any(path[: len(given)] == given for given in changed):
            lines.append(((0, 0), sentence("config.problem_in_set", key=key, what=what)))
            continue
        prefixes = (path[:length] for length in range(len(path), -1, -1))
        place = next(document.places[prefix] for prefix in prefixes if prefix in document.places)  # () has one
        lines.append((place, _at(where, place, sentence("config.problem_of_key", key=key, what=what) if key else what)))
    unique = {(place, str(line)): line for place, line in sorted(lines, key=lambda item: (item[0], str(item[1])))}
    return sentence("config.problems", problems=list(unique.values()))


def _at(where: str | Sentence, place: tuple[int, int] | None, what: Sentence) -> Sentence:
    """As compilers write it: terminals and editors make such a place a link."""
    if place is None:
        return sentence("config.problem_somewhere", where=where, what=what)
    return sentence("config.problem_at", where=where, line=place[0], column=place[1], what=what)


def _with_paths(config: RunConfig, folder: Path, changed: set[yaml_source.Path]) -> RunConfig:
    """Local paths made absolute, so that a run does not depend on the folder it is resumed from."""

    def base(*path: str | int) -> Path:
        return Path.cwd() if any(path[: len(given)] == given for given in changed) else folder

    datasets = []
    for number, dataset in enumerate(config.datasets):
        if dataset.source == "local" and not dataset.path.startswith(DEMO):
            path = paths.absolute(dataset.path, base("datasets", number, "path"))
            dataset = dataset.model_copy(update={"path": path})
        datasets.append(dataset)
    name = config.model.model_name_or_path
    model = config.model.model_copy(
        update={"model_name_or_path": _model_path(name, base("model", "model_name_or_path"))}
    )
    teacher = config.convert.teacher
    if teacher is not None and teacher != SELF and not is_endpoint(teacher):
        teacher = _model_path(teacher, base("convert", "teacher"))
    convert = config.convert.model_copy(update={"teacher": teacher})
    root = paths.absolute(config.data_root, base("data_root")) if config.data_root else None
    changes = {"datasets": datasets, "model": model, "convert": convert, "data_root": root}
    return config.model_copy(update=changes | {"reward": _reward(config.reward, base)})


def _reward(reward: Reward, base: Callable[..., Path]) -> Reward:
    """The folder of the user's functions and of a reward model made absolute."""
    update: dict[str, Any] = {}
    if reward.functions:
        given = base("reward", "folder" if reward.folder else "functions")
        update["folder"] = paths.absolute(reward.folder or ".", given)
    if reward.model is not None:
        where = _model_path(reward.model.name_or_path, base("reward", "model", "name_or_path"))
        update["model"] = reward.model.model_copy(update={"name_or_path": where})
    return reward.model_copy(update=update)


def _model_path(name: str | None, base: Path) -> str | None:
    """A hub id stays; what is a folder, or can only be one, becomes absolute."""
    if name is None or not (paths.looks_local(name) or (base / name).is_dir()):
        return name
    return paths.absolute(name, base)


def _preset_names() -> list[str]:
    return sorted(path.stem for path in so8t_resources.path("presets").glob(f"*{ENDING}"))
