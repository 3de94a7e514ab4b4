"""Which files of a folder are meant: a clone of a Hub repository, what `save_to_disk` wrote, or just a folder.

A repository's card (README.md) may list its configs and splits with their files. Where none does, a split is told by
the names of files and folders, as the Hub tells it: `train-00000-of-00002.parquet`, `data/test.jsonl`.
"""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import called_bad
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

DESCRIPTIONS = ("dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "croissant.json")
OF_SLACK = frozenset((  # beside the folders of its channels, of which they tell
    "channels.json", "users.json", "groups.json", "dms.json", "mpims.json", "org_users.json", "integration_logs.json",
    "canvases.json", "lists.json", "file_conversations.json",
))  # fmt: skip
MEANT = re.compile(r"(?i)^(readme|license|licence|copying|notice|citation|changelog|authors)\b")  # for people
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
NO_DATA = re.compile(rf"{MEANT.pattern}|\.(md|py|ipynb|sh|lock)$")
MOST_TEXTS = 200  # that are looked into
TEXTS = (".txt", ".md", ".markdown")
OF_SYSTEMS = ("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information")
MOST_NAMED = 8
MOST_CARD_BYTES = 1 << 20
SHARD = re.compile(r"^(?P<split>.+?)[-.]\d{5}-of-\d{5}")
WORDS = {"train": "train", "training": "train", "validation": "validation", "valid": "validation", "val": "validation",
         "dev": "validation", "test": "test", "testing": "test", "eval": "test", "evaluation": "test"}  # fmt: skip
WORD = re.compile(r"(?i)(?:^|[-._ /\d])(" + "|".join(WORDS) + r")(?=$|[-._ /\d])")
ANY_WORD = re.compile(r"(?i)train|test|valid|dev|eval")


def files(base: Path) -> list[Path]:
    """All that may hold data, in a fixed order."""
    inside = _all(base)
    saved = {entry.parent: _saved(entry) for entry in inside if entry.name == "state.json"}
    of_slack = _lists_of_slack([entry.relative_to(base) for entry in inside])
    return [
        entry
        for entry in inside
        if _may_hold_data(entry, saved.get(entry.parent)) and entry.relative_to(base) not in of_slack
    ]


def _lists_of_slack(inside: Sequence[Path]) -> frozenset[Path]:
    """The lists of people and channels that an export of Slack's has beside a folder for each channel."""
    names = {path.name: path for path in inside if len(path.parts) == 1}
    days = any(len(path.parts) == 2 and DAY.fullmatch(path.name) for path in inside)
    is_one = days and {"channels.json", "users.json"} <= names.keys()
    return frozenset(names[name] for name in OF_SLACK & names.keys()) if is_one else frozenset()


def _all(base: Path) -> list[Path]:
    found = (entry for entry in base.rglob("*") if entry.is_file() and not is_aside(entry.relative_to(base)))
    return sorted(found, key=lambda entry: entry.as_posix())


def is_aside(path: Path) -> bool:
    """Hidden, or made by a program for itself, as `~$sales.csv` is by Excel while sales.csv is open in it, or by the
    system, as Thumbs.db is.
    """
    return any(part.startswith((".", "_", "~$")) or part.lower() in OF_SYSTEMS for part in path.parts)


def in_icloud(base: Path) -> Sentence | None:
    """What to say of files that iCloud Drive has taken off the disk, for each of which a hidden one lies there."""
    found = sorted(entry for entry in base.rglob(".*.icloud") if entry.is_file())
    left = [entry.with_name(entry.name[1:].removesuffix(".icloud")) for entry in found]
    return _left_out(base, left, "data.left_in_icloud") if left else None


def texts(base: Path, told: Callable[[Path], bool]) -> list[Path]:
    """Those that would be read by themselves, of a folder that holds nothing else: of notes, of pages."""
    return [entry for entry in _texts(base)[:MOST_TEXTS] if told(entry)]


def _texts(base: Path) -> list[Path]:
    return [entry for entry in _all(base) if entry.suffix.lower() in TEXTS and not MEANT.search(entry.name)]


def unread(base: Path, read: Sequence[Path], told: Callable[[Path], bool] = lambda text: False) -> list[Sentence]:
    """What to say of the files that are left lying: those whose kind is unknown, or which are not what they say.

    `told`: whether a text would be read if it were given by itself.
    """
    there = _texts(base)
    alone = [entry for entry in there[:MOST_TEXTS] if entry not in read and told(entry)]
    left = [entry for entry in files(base) if entry not in {*read, *alone}]
    left += [entry for entry in there if entry not in {*read, *alone}] if {*there} & {*read} else []
    return [
        _left_out(base, some, code) for some, code in ((left, "data.not_read"), (alone, "data.texts_alone")) if some
    ]


def unread_inside(archive: Path, members: Sequence[str], read: Sequence[str]) -> Sentence | None:
    """The same of the files in an archive."""
    inside = {member: Path(member) for member in members if member not in read and not member.endswith("/")}
    of_slack = _lists_of_slack([Path(member) for member in members])
    left = [
        member
        for member, path in inside.items()
        if not is_aside(path) and _may_hold_data(path, None) and path not in of_slack
    ]
    if not left:
        return None
    return sentence("data.not_read_inside", path=archive, count=len(left), names=left[:MOST_NAMED])


def of_split(base: Path, paths: list[Path], dataset: Dataset) -> tuple[list[Path], list[Sentence]]:
    """The files of the config and split that are asked for, and what is to be said. Raises EngineError."""
    configs = card(base)
    return (_by_card(base, paths, dataset, configs), []) if configs else by_names(base, paths, dataset)


def by_names(base: Path, paths: list[Path], dataset: Dataset) -> tuple[list[Path], list[Sentence]]:
    """The same where no card says it, be it in a folder or in an archive. Raises EngineError."""
    if dataset.config_name is not None:
        inside = [path for path in paths if dataset.config_name in path.relative_to(base).parts[:-1]]
        if not inside:
            folders = sorted({path.relative_to(base).parts[0] for path in paths if path.parent != base})
            what = sentence("data.no_config_here", path=base, config=dataset.config_name, folders=folders)
            raise EngineError("dataset_missing", what)
        paths = inside
    of_slack = _lists_of_slack([path.relative_to(base) for path in paths])
    paths = [path for path in paths if path.relative_to(base) not in of_slack]
    notes = _several_configs(base, paths) if dataset.config_name is None else []
    bad = [path for path in paths if called_bad.is_one(path.relative_to(base))] if dataset.split != "all" else []
    if 0 < len(bad) < len(paths):
        paths = [path for path in paths if path not in bad]
        notes = [*notes, _left_out(base, bad, "data.called_bad")]
    splits = {path: _split(path.relative_to(base)) for path in paths}
    there = {split for split in splits.values() if split}
    asked = dataset.split
    if asked == "all" or not any(ANY_WORD.search(split) for split in there):
        return paths, notes
    wanted = {WORDS.get(name.lower(), name) for name in asked.split("+")}
    chosen = [path for path, split in splits.items() if split in wanted or (not split and "train" in wanted)]
    if not wanted & there:
        if len(there) == 1 and asked == "train":
            return paths, notes
        if not chosen:
            what = sentence("data.no_split_here", path=base, split=asked, splits=sorted(there))
            raise EngineError("dataset_missing", what)
    left = [path for path in paths if path not in set(chosen)]
    return chosen, notes + ([_left_out(base, left, "data.other_splits", split=asked)] if left else [])


def _several_configs(base: Path, paths: list[Path]) -> list[Sentence]:
    """What to say of folders that hold the same splits each, as a clone of a repository with several configs has."""
    inside = [path.relative_to(base) for path in paths]
    splits: dict[str, set[str]] = {}
    for path in inside:
        if len(path.parts) > 1 and path.parts[0].lower() not in (*WORDS, "data"):
            splits.setdefault(path.parts[0], set()).add(_split(path.relative_to(path.parts[0])))
    alike = len(splits) > 1 and len(set(map(frozenset, splits.values()))) == 1 and set.union(*splits.values()) != {""}
    configs = sorted(splits)
    return [sentence("data.several_configs", path=base, configs=configs)] if alike else []


def _left_out(base: Path, left: list[Path], code: str, **more: Any) -> Sentence:
    names = [path.relative_to(base).as_posix() for path in left[:MOST_NAMED]]
    return Sentence(code, {"path": str(base), "names": names, "count": len(left), **more})


def _split(path: Path) -> str:
    """The split that a file's place says; empty where it says none."""
    shard = SHARD.match(path.name)
    if shard and ANY_WORD.search(shard["split"]):
        return WORDS.get(shard["split"].lower(), shard["split"])
    found = WORD.findall(path.name) or WORD.findall(path.parent.as_posix())
    return WORDS[found[-1].lower()] if found else ""


def _may_hold_data(path: Path, saved: frozenset[str] | None) -> bool:
    """`saved`: what lies beside it according to `save_to_disk`."""
    if path.name in DESCRIPTIONS or NO_DATA.search(path.name):
        return False
    return saved is None or path.name in saved


def _saved(state: Path) -> frozenset[str] | None:
    """The data files that a `state.json` of `datasets` names; None where it is another file of that name."""
    try:
        values = json.loads(state.read_bytes())
        return frozenset(item["filename"] for item in values["_data_files"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def card(base: Path) -> list[dict[str, Any]]:
    """The configs that a repository's card lists."""
    try:
        text = (base / "README.md").read_bytes()[:MOST_CARD_BYTES].decode(errors="replace")
        head = re.match(r"\s*---\n(.*?)\n---", text.replace("\r\n", "\n"), re.DOTALL)
        values = yaml.safe_load(head[1]) if head else {}
        configs = values.get("configs") if isinstance(values, dict) else None
        return [item for item in configs or [] if isinstance(item, dict) and item.get("data_files")]
    except (OSError, yaml.YAMLError, TypeError):
        return []


def _by_card(base: Path, paths: list[Path], dataset: Dataset, card: list[dict[str, Any]]) -> list[Path]:
    by_name = {str(item.get("config_name", "default")): item for item in card}
    default = next((name for name, item in by_name.items() if item.get("default") or name == "default"), None)
    name = dataset.config_name or default or (next(iter(by_name)) if len(by_name) == 1 else None)
    if name not in by_name:
        code = "data.needs_config_of" if name is None else "data.no_config_here"
        more = {"configs": ", ".join(by_name)} if name is None else {"config": name, "folders": sorted(by_name)}
        raise EngineError("dataset_missing", Sentence(code, {"dataset": str(base), "path": str(base), **more}))
    patterns = dict[str, list[str]]()
    for split, pattern in _patterns(by_name[name]["data_files"]):
        patterns.setdefault(split, []).append(pattern)
    asked = list(patterns) if dataset.split == "all" else dataset.split.split("+")
    wanted = [pattern for split in asked for pattern in patterns.get(split, [])]
    parts = [pattern.removeprefix("./").split("/") for pattern in wanted]
    chosen = [path for path in paths if any(_fits(path.relative_to(base).parts, one) for one in parts)]
    if not chosen:
        what = sentence("data.no_split_here", path=base, split=dataset.split, splits=sorted(patterns))
        raise EngineError("dataset_missing", what)
    return chosen


def _patterns(data_files: Any) -> Iterator[tuple[str, str]]:
    """(split, pattern): the forms a card may have."""
    if isinstance(data_files, str):
        yield "train", data_files
    elif isinstance(data_files, list):
        for item in data_files:
            if isinstance(item, dict):
                paths = item.get("path", [])
                for pattern in [paths] if isinstance(paths, str) else paths:
                    yield str(item.get("split", "train")), str(pattern)
            else:
                yield "train", str(item)


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """As the Hub reads a pattern: one star stays inside a folder, two do not."""
    if not pattern or not parts:
        return not parts and {*pattern} <= {"**"}
    if pattern[0] == "**":
        return any(_fits(parts[number:], pattern[1:]) for number in range(len(parts) + 1))
    return fnmatch.fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])
