"""A folder that is the clone of a repository: its card says which files are which split, or its folders do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files, source_folder
from so8t_engine.sentences import Sentence


@pytest.mark.parametrize(
    "card",
    [
        "configs:\n", "configs: 3\n", "configs: main\n", "configs: [main, other]\n", "configs: {\n", "- main\n",
        "configs:\n- config_name: other\n", "configs:\n- {config_name: other, data_files: }\n",
    ],
)  # fmt: skip
def test_a_card_that_names_no_files_leaves_a_clone_to_its_folders(tmp_path: Path, card: str) -> None:
    for place in ("main/train", "main/test", "other/train", "other/test"):
        file = tmp_path / f"{place}-00000-of-00001.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"q": place, "a": "yes"}) + "\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(f"---\nlicense: mit\n{card}---\n# A set\n", encoding="utf-8")

    dataset = Dataset(name="x", path=str(tmp_path), source="local", config_name="main")
    [chosen] = local_files.choose(dataset).files
    assert chosen.path.relative_to(tmp_path).as_posix() == "main/train-00000-of-00001.jsonl"


BASE = Path("/base")


def by_names(names: list[str], **entry: Any) -> tuple[list[str], list[Sentence]]:
    dataset = Dataset(name="x", path="/base", source="local", **entry)
    chosen, notes = source_folder.by_names(BASE, [BASE / name for name in names], dataset)
    return [path.relative_to(BASE).as_posix() for path in chosen], notes


SHARDS = ["train-00000-of-00002.x", "train.00001-of-00002.x", "test_sft-00000-of-00001.x", "cot-00000-of-00001.x"]


@pytest.mark.parametrize(
    ("names", "entry", "chosen", "left"),
    [
        (["a.x", "b.x"], {}, ["a.x", "b.x"], []),
        (["test.x", "train.x"], {}, ["train.x"], ["test.x"]),
        (["test.x", "train.x"], {"split": "all"}, ["test.x", "train.x"], []),
        (["a.x", "test.x"], {}, ["a.x", "test.x"], []),
        (["test.x"], {}, ["test.x"], []),
        (["a.x", "test.x"], {"split": "train+validation"}, ["a.x"], ["test.x"]),
        (["a.x", "test.x"], {"split": "validation+train"}, ["a.x"], ["test.x"]),
        (["a.x", "dev.x", "test.x"], {}, ["a.x"], ["dev.x", "test.x"]),
        (["a.x", "dev.x", "test.x"], {"split": "test"}, ["test.x"], ["a.x", "dev.x"]),
        (["dev.x", "train.x", "val.x"], {"split": "dev"}, ["dev.x", "val.x"], ["train.x"]),
        (["dev.x", "test.x", "train.x"], {"split": "train+test"}, ["test.x", "train.x"], ["dev.x"]),
        (["dev.x", "test.x", "train.x"], {"split": "TRAIN"}, ["train.x"], ["dev.x", "test.x"]),
        (SHARDS, {}, [*SHARDS[:2], SHARDS[3]], SHARDS[2:3]),
        (SHARDS, {"split": "test_sft"}, SHARDS[2:3], [*SHARDS[:2], SHARDS[3]]),
        (["eval_1.x", "training set.x", "Valid.x"], {}, ["training set.x"], ["eval_1.x", "Valid.x"]),
        (["train_test.x", "train.x"], {}, ["train.x"], ["train_test.x"]),
        (["test/train.x", "train/test.x"], {}, ["test/train.x"], ["train/test.x"]),
        (["train/a.x", "test/b.x"], {}, ["train/a.x"], ["test/b.x"]),
        (["retrain.x", "testament.x"], {}, ["retrain.x", "testament.x"], []),
        (["en/train.x", "de/train.x"], {"config_name": "de"}, ["de/train.x"], []),
        (["data/en/a.x", "data/de/a.x", "en"], {"config_name": "en"}, ["data/en/a.x"], []),
        (["en/train.x", "en/test.x", "de/train.x"], {"config_name": "en"}, ["en/train.x"], ["en/test.x"]),
    ],
)  # fmt: skip
def test_which_files_are_a_split_is_told_by_their_names(
    names: list[str], entry: dict[str, Any], chosen: list[str], left: list[str]
) -> None:
    found, notes = by_names(names, **entry)
    said = [
        (note.code, note.args["names"], note.args["count"]) for note in notes if note.code != "data.several_configs"
    ]
    assert found == chosen
    assert said == ([("data.other_splits", left, len(left))] if left else [])


@pytest.mark.parametrize(
    ("names", "entry", "args"),
    [
        (["dev.x", "test.x"], {}, {"split": "train", "splits": ["test", "validation"]}),
        (["test.x"], {"split": "validation"}, {"split": "validation", "splits": ["test"]}),
        (["a.x", "de/b.x", "en/de/b.x"], {"config_name": "fr"}, {"config": "fr", "folders": ["de", "en"]}),
    ],
)  # fmt: skip
def test_a_split_or_config_that_no_name_says_is_refused_with_those_there_are(
    names: list[str], entry: dict[str, Any], args: dict[str, Any]
) -> None:
    error = refused(lambda: by_names(names, **entry))
    assert (error.code, error.sentence.args) == ("dataset_missing", {"path": "/base", **args})


@pytest.mark.parametrize(
    ("names", "configs"),
    [
        (["en/train.x", "en/test.x", "de/test.x", "de/train.x"], ["de", "en"]),
        (["en/train.x", "de/train.x", "a.x"], ["de", "en"]),
        (["en/train.x", "en/test.x", "de/train.x"], None), (["en/train.x"], None), (["en/a.x", "de/a.x"], None),
        (["data/train.x", "en/train.x"], None), (["Train/a.x", "test/a.x"], None), (["train.x", "test.x"], None),
    ],
)  # fmt: skip
def test_folders_with_the_same_splits_each_are_configs(names: list[str], configs: list[str] | None) -> None:
    said = [note.args["configs"] for note in by_names(names)[1] if note.code == "data.several_configs"]
    assert said == ([configs] if configs else [])
    assert "data.several_configs" not in [note.code for note in by_names([*names, "en/c.x"], config_name="en")[1]]


def test_what_is_called_bad_is_left_out_beside_others_unless_all_are_asked_for() -> None:
    names = ["good.csv", "rejected.csv", "wrong/a.csv"]
    found, [said] = by_names(names)
    assert (found, said.code, said.args["names"]) == (["good.csv"], "data.called_bad", names[1:])
    assert by_names(names, split="all") == (names, []) and by_names(names[1:]) == (names[1:], [])


CARDS: list[tuple[str, dict[str, Any], list[str] | tuple[str, dict[str, Any]]]] = [
    ("- {config_name: a, data_files: '*.x'}", {}, ["one.x", "two.x"]),
    ("- {config_name: a, data_files: ['./one.x', two.x]}", {}, ["one.x", "two.x"]),
    ("- {data_files: [{path: one.x}, {split: test, path: [two.x, deep/in/three.x]}]}", {}, ["one.x"]),
    ("- {data_files: [{path: one.x}, {split: test, path: [two.x, deep/in/three.x]}]}", {"split": "test"},
     ["deep/in/three.x", "two.x"]),
    ("- {data_files: [{split: b, path: one.x}, {split: b, path: two.x}]}", {"split": "b"}, ["one.x", "two.x"]),
    ("- {data_files: [{split: b, path: one.x}, {split: c, path: two.x}, {split: d}]}", {"split": "all"},
     ["one.x", "two.x"]),
    ("- {data_files: [{split: b, path: one.x}, {split: c, path: two.x}]}", {"split": "b+c"}, ["one.x", "two.x"]),
    ("- {data_files: '**/three.x'}", {}, ["deep/in/three.x"]),
    ("- {data_files: '**/t*.x'}", {}, ["deep/in/three.x", "two.x"]),
    ("- {data_files: '**/wo.x'}", {"split": "all"}, ("data.no_split_here", {"split": "all", "splits": ["train"]})),
    ("- {data_files: 'deep/**'}", {}, ["deep/in/three.x"]),
    ("- {data_files: '[2-1]'}", {"split": "all"}, ("data.no_split_here", {"split": "all", "splits": ["train"]})),
    ("- {data_files: 'deep/in/three.x/**'}", {}, ["deep/in/three.x"]),
    ("- {data_files: 'one.x/two.x'}", {"split": "all"},
     ("data.no_split_here", {"split": "all", "splits": ["train"]})),
    ("- {data_files: 'deep/*/t?ree.[!y]'}", {}, ["deep/in/three.x"]),
    ("- {data_files: 'deep/*'}", {"split": "all"}, ("data.no_split_here", {"split": "all", "splits": ["train"]})),
    ("- {config_name: a, data_files: one.x}\n- {config_name: default, data_files: two.x}", {}, ["two.x"]),
    ("- {config_name: a, data_files: one.x}\n- {data_files: two.x}", {}, ["two.x"]),
    ("- {config_name: a, data_files: one.x}\n- {config_name: b, default: true, data_files: two.x}", {}, ["two.x"]),
    ("- {config_name: a, data_files: one.x}\n- {config_name: default, data_files: two.x}", {"config_name": "a"},
     ["one.x"]),
    ("- {config_name: a, data_files: one.x}\n- {config_name: b, data_files: two.x}\n- c", {},
     ("data.needs_config_of", {"dataset": "BASE", "configs": "a, b"})),
    ("- {config_name: b, data_files: one.x}\n- {config_name: a, data_files: two.x}", {"config_name": "c"},
     ("data.no_config_here", {"config": "c", "folders": ["a", "b"]})),
    ("- {data_files: [{split: z, path: one.x}, {split: b, path: two.x}]}", {},
     ("data.no_split_here", {"split": "train", "splits": ["b", "z"]})),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("configs", "entry", "wanted"), CARDS)
def test_what_a_card_says_is_read_and_what_it_does_not_say_is_refused(
    tmp_path: Path, configs: str, entry: dict[str, Any], wanted: list[str] | tuple[str, dict[str, Any]], end: str
) -> None:
    (tmp_path / "README.md").write_bytes(f"---\nconfigs:\n{configs}\n---\n# A set\n".replace("\n", end).encode())
    paths = [tmp_path / name for name in ("deep/in/three.x", "one.x", "two.x")]
    dataset = Dataset(name="x", path=str(tmp_path), source="local", **entry)
    if isinstance(wanted, tuple):
        error = refused(lambda: source_folder.of_split(tmp_path, paths, dataset))
        said = {key: value for key, value in error.sentence.args.items() if key in wanted[1]}
        base = {key: str(tmp_path) for key, value in wanted[1].items() if value == "BASE"}
        assert (error.code, error.sentence.code, said) == ("dataset_missing", wanted[0], wanted[1] | base)
        assert error.sentence.args["path"] == str(tmp_path)
    else:
        chosen, notes = source_folder.of_split(tmp_path, paths, dataset)
        assert ([path.relative_to(tmp_path).as_posix() for path in chosen], notes) == (wanted, [])


def test_what_may_hold_data_is_listed_by_name_and_what_is_left_lying_is_told(tmp_path: Path) -> None:
    aside = [".git/a.x", "_made/b.x", "deep/~$c.x", "README.md", "LICENSE", "Notice.txt", "CHANGELOG", "load.py",
             "a.ipynb", "run.sh", "poetry.lock", "dataset_info.json", "dataset_infos.json", "croissant.json",
             "in/dataset_dict.json"]  # fmt: skip
    data = [f"{n}.x" for n in range(8)] + ["deep/readme2.x", "licensed.x", "py", "state.json.x"]
    for name in [*aside, *data]:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    found = source_folder.files(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == sorted(data)

    [said] = source_folder.unread(tmp_path, found[:2])
    assert said is not None and said.code == "data.not_read"
    assert (said.args["names"], said.args["count"]) == (sorted(data)[2:10], len(data) - 2)
    assert source_folder.unread(tmp_path, found) == []
    inside = source_folder.unread_inside(tmp_path / "a.zip", [*aside, *data, "deep/"], data[:2])
    assert inside is not None and (inside.args["names"], inside.args["count"]) == (data[2:10], len(data) - 2)
    assert source_folder.unread_inside(tmp_path / "a.zip", [*aside, *data, "deep/"], data) is None


@pytest.mark.parametrize(
    ("state", "found"),
    [({"_data_files": [{"filename": "b.x"}]}, ["other/c.x", "saved/b.x"]), ({"_data_files": []}, ["other/c.x"]),
     ({"a": 1}, None), ([1], None), ({"_data_files": [1]}, None), ({"_data_files": [{}]}, None), ("{", None)],
)  # fmt: skip
def test_of_what_datasets_saved_the_files_are_read_that_it_names(
    tmp_path: Path, state: Any, found: list[str] | None
) -> None:
    for name in ("saved/a.x", "saved/b.x", "other/c.x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "saved" / "state.json").write_text(state if isinstance(state, str) else json.dumps(state))
    listed = [path.relative_to(tmp_path).as_posix() for path in source_folder.files(tmp_path)]
    assert listed == (["other/c.x", "saved/a.x", "saved/b.x"] if found is None else found)


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("channels.json", "users.json", "dms.json", "it/2024-05-01.json"), ["it/2024-05-01.json"]),
        (("channels.json", "users.json", "it/2024-05-01.json", "it/dms.json"), ["it/2024-05-01.json", "it/dms.json"]),
        (("channels.json", "users.json", "it/rows.json"), None), (("channels.json", "it/2024-05-01.json"), None),
        (("channels.json", "users.json", "2024-05-01.json"), None),
        (("channels.json", "users.json", "a/it/2024-05-01.json"), None),
    ],
)  # fmt: skip
def test_lists_of_slack_are_no_data_beside_the_days_of_its_channels(
    tmp_path: Path, names: tuple[str, ...], left: list[str] | None
) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[]")
    found = [path.relative_to(tmp_path).as_posix() for path in source_folder.files(tmp_path)]
    assert found == (sorted(names) if left is None else left)
    assert by_names([*names])[0] == [name for name in names if left is None or name in left]
