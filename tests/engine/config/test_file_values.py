"""What a configuration's door does with single values: paths, ids of the hub, names, and what `--set` gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from so8t_engine.config import adapter_names, file_text
from so8t_engine.config import file as config_file
from so8t_engine.config.file import ConfigInvalid
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError

ROWS = {"name": "rows", "source": "local", "path": "rows.jsonl"}


def loaded(folder: Path, *overrides: str, **sections: Any) -> RunConfig:
    values = {"name": "x", "datasets": [ROWS], "model": {"build": {}}} | sections
    (folder / "run.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    return config_file.load(folder / "run.yaml", overrides)


def problems(folder: Path, *overrides: str, **sections: Any) -> list[tuple[str, str]]:
    """Key and code of each."""
    with pytest.raises(ConfigInvalid) as caught:
        loaded(folder, *overrides, **sections)
    return [(key, what.code.removeprefix("config.")) for key, what in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "source", "code"),
    [
        ("owner/data", "hub", None),
        ("data", "hub", None),
        ("owner/data/more", "hub", "no_hub_id"),
        ("owner data", "hub", "no_hub_id"),
        ("owner/data.jsonl", "hub", "file_needs_local"),
        ("https://huggingface.co/datasets/owner/data", "hub", "hub_page"),
        ("https://example.com/data.jsonl", "hub", "web_address"),
        ("rows.jsonl", "local", None),
        ("a" * 255, "local", None),
        ("a" * 256, "local", "path_name_too_long"),
        ("é" * 128, "local", "path_name_too_long"),
        ("a" * 200 + "/" + "b" * 200, "local", None),
        ("a/" + "b" * 256, "local", "path_name_too_long"),
        ("a\0b", "local", "path_with_nul"),
    ],
)
def test_where_rows_come_from_is_an_id_of_the_hub_or_a_path_that_a_disk_may_have(
    tmp_path: Path, path: str, source: str, code: str | None
) -> None:
    entry = {"name": "a", "source": source, "path": path}
    if code is None:
        assert loaded(tmp_path, datasets=[entry]).datasets[0].path.endswith(path)
    else:
        assert problems(tmp_path, datasets=[ROWS, entry]) == [("datasets.1.path", code)]
        if code.startswith(("no_hub", "file_needs", "hub_page")):  # a session's own was looked at when it was made
            text = yaml.safe_dump({"name": "x", "datasets": [entry], "model": {"build": {}}})
            assert config_file.parse(text, "config.yaml").datasets[0].path == path


def test_a_source_without_a_word_of_where_it_comes_from_is_one_of_the_hub(tmp_path: Path) -> None:
    assert problems(tmp_path, datasets=[{"name": "a", "path": "x y"}]) == [("datasets.0.path", "no_hub_id")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a" * 60, None),
        ("a" * 224, None),
        ("a" * 225, "name_too_long"),
        ("é" * 300, "name_too_long"),
        ("rows", "name_twice"),
    ],
)
def test_a_name_is_short_enough_and_nobody_elses(tmp_path: Path, name: str, code: str | None) -> None:
    entry = ROWS | {"name": name}
    if code is None:
        assert [each.name for each in loaded(tmp_path, datasets=[ROWS, entry]).datasets] == ["rows", name]
    else:
        assert ("datasets.1.name", code) in problems(tmp_path, datasets=[ROWS, entry])


@pytest.mark.parametrize(
    ("adapter", "code"),
    [("gsm8k", None), ("hh-rlhf", None), ("GSM8K", None), ("nobody", "none_of"), ("gsm8", "none_of_but_near")],
)
def test_an_adapter_is_known_by_its_name_and_by_that_of_its_data(
    tmp_path: Path, adapter: str, code: str | None
) -> None:
    entry = ROWS | {"adapter": adapter}
    if code is None:
        known = loaded(tmp_path, datasets=[entry]).datasets[0].adapter
        assert known == adapter and adapter_names.canonical(known) in adapter_names.NAMES
    else:
        assert problems(tmp_path, datasets=[entry]) == [("datasets.0.adapter", code)]


@pytest.mark.parametrize("section", ["model", "reward", "convert", "data_root"])
def test_a_list_in_the_place_of_a_section_with_a_path_is_a_problem_and_no_crash(tmp_path: Path, section: str) -> None:
    assert {key for key, _ in problems(tmp_path, **{section: ["x"]})} == {section}


def test_of_three_of_one_name_both_later_ones_are_told_of_the_first(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        loaded(tmp_path, datasets=[ROWS, {**ROWS}, {**ROWS}, ROWS | {"max_rows": -1}])
    found = [(key, what.args.get("first")) for key, what in caught.value.problems]

    assert found[:3] == [(f"datasets.{number}.name", "datasets.0") for number in (1, 2, 3)]
    assert [key for key, _ in found[3:]] == ["datasets.3.max_rows"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("seed", [("seed", "write_key_value")]),
        ("=5", [("=5", "write_key_value")]),
        (" =5", [(" =5", "write_key_value")]),
        ("ppo.=5", [("ppo.", "write_key_value")]),
        ("lora.r=[", [("lora.r", "value_not_yaml")]),
        ("datasets.1.path=x", [("datasets.1.path", "no_such_entry")]),
        ("datasets.path=x", [("datasets.path", "no_such_entry")]),
        ("name.x=1", [("name.x", "has_no_entries")]),
        ("name.x.y=1", [("name.x.y", "has_no_entries")]),
        ("ppo.0=1", [("ppo.0", "has_no_entries")]),
        ("datasets.0.labels.=x", [("datasets.0.labels.", "write_key_value")]),
    ],
)
def test_what_is_set_wrongly_is_named_as_it_was_typed(tmp_path: Path, words: str, found: list[tuple[str, str]]) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        loaded(tmp_path, words)

    assert [(key, what.code.removeprefix("config.")) for key, what in caught.value.problems] == found
    assert [line.partition(": ")[0] for line in caught.value.detail.splitlines()[:1]] == [f"--set {found[0][0]}"]


def test_what_is_set_makes_sections_and_entries_and_is_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "file").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    set_, plain = (
        loaded(tmp_path / "file", *words, data_root="sessions", convert={"teacher": "./t"})
        for words in (("datasets.0.path=rows.jsonl", "data_root=sessions", "convert.teacher=./t", " seed =7"), ())
    )

    for config, folder in ((set_, "here"), (plain, "file")):
        paths = (config.datasets[0].path, config.data_root, config.convert.teacher)
        assert paths == tuple(str(tmp_path / folder / name) for name in ("rows.jsonl", "sessions", "t"))
    assert set_.seed == 7 and loaded(tmp_path / "file", "lora.r=3", "ppo.kl_coef=0.5").lora.r == 3


@pytest.mark.parametrize("teacher", ["self", "http://127.0.0.1:1/v1", "owner/model"])
def test_a_teacher_that_is_no_folder_stays_as_it_is(tmp_path: Path, teacher: str) -> None:
    convert: dict[str, Any] = {"teacher": teacher, "teaching": {"model": "m"}}
    model = {"model_name_or_path": "owner/model"}
    assert loaded(tmp_path, convert=convert, model=model).convert.teacher == teacher
    assert loaded(tmp_path).convert.teacher is None and loaded(tmp_path).data_root is None


def test_a_source_is_tried_out_alone_under_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [
        "split=test",
        "columns={prompt: q, response: a}",
        "integrate.heldout_fraction=0.5",
        "model.revision=abc",
        "max_rows=3",
    ]
    config = config_file.of_source("local", "りんご.jsonl", words)
    [dataset] = config.datasets

    assert (dataset.source, dataset.path, dataset.split) == ("local", str(tmp_path / "りんご.jsonl"), "test")
    assert (dataset.columns.prompt, dataset.max_rows, config.integrate.heldout_fraction) == ("q", 3, 0.5)
    assert config.model.revision == "abc" and config.model.model_name_or_path == config_file.BASE
    assert config_file.of_source("hub", "owner/data", ()).datasets[0].source == "hub"
    with pytest.raises(ConfigInvalid) as caught:
        config_file.of_source("local", "x.jsonl", ["nonsense=1"])
    assert [key for key, _ in caught.value.problems] == ["datasets.0.nonsense"]


def test_a_dump_has_its_keys_in_their_order_and_its_letters_as_they_are(tmp_path: Path) -> None:
    text = config_file.dump(loaded(tmp_path, datasets=[ROWS | {"name": "りんご"}], data_root="elsewhere"))

    assert list(yaml.safe_load(text)) == list(RunConfig.model_fields) and "name: りんご\n" in text
    assert yaml.safe_load(text)["data_root"] is None


@pytest.mark.parametrize(
    ("error", "said"), [(OSError(5, "Input/output error"), "Input/output error"), (ValueError("odd"), "odd")]
)
def test_a_file_that_cannot_be_read_is_told_with_the_systems_reason(
    tmp_path: Path, error: OSError | ValueError, said: str
) -> None:
    found = file_text.unreadable(tmp_path, error)

    assert (found.code, found.sentence.code) == ("file_missing", "config.unreadable")
    assert found.sentence.args == {"path": str(tmp_path), "error": said}
    with pytest.raises(EngineError) as caught:
        config_file.load(tmp_path / "a\0b")
    assert caught.value.sentence.code == "config.unreadable"


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (file_text.MOST_BYTES, "empty"),
                                            (file_text.MOST_BYTES + 1, "too_large_a_file")])  # fmt: skip
def test_a_file_too_large_for_a_configuration_is_not_read(tmp_path: Path, size: int, code: str) -> None:
    (tmp_path / "run.yaml").write_bytes(b"#" * size)
    with pytest.raises(EngineError) as caught:
        config_file.load(tmp_path / "run.yaml")

    said = caught.value.sentence
    assert (said.args["what"].code if "what" in said.args else said.code) == f"config.{code}"


@pytest.mark.parametrize(
    ("sections", "names", "left"),
    [
        ({"seed": "x"}, ["rows"], {"seed": 17}),
        ({"ppo": {"kl_coef": "x", "batch_size": 32}}, ["rows"], {"ppo.kl_coef": 0.05, "ppo.batch_size": 32}),
        ({"lora": 5, "seed": 3}, ["rows"], {"lora.r": 64, "seed": 3}),
        ({"nonsense": 1, "lora": {"nonsense": {"deep": 1}, "r": 4}}, ["rows"], {"lora.r": 4}),
        ({"datasets": [ROWS, ROWS | {"name": "b", "max_rows": -1}, ROWS | {"name": "c"}]}, ["rows", "c"], {}),
        ({"datasets": [ROWS | {"max_rows": -1}, ROWS | {"name": "b"}], "seed": "x"}, ["b"], {"seed": 17}),
        ({"datasets": [ROWS | {"max_rows": -1}]}, None, {}),
        ({"datasets": ["x", ROWS | {"name": "b"}]}, ["b"], {}),
        ({"datasets": "x"}, None, {}),
        ({"datasets": []}, None, {}),
        ({"model": {"build": {}, "model_name_or_path": "o/m"}}, ["rows"], {}),
    ],
)
def test_what_is_right_beside_a_mistake_is_a_configuration_of_its_own(
    tmp_path: Path, sections: dict[str, Any], names: list[str] | None, left: dict[str, object]
) -> None:
    """What else there is to say can be said at once; of a mistake that leaves none, nothing."""
    with pytest.raises(ConfigInvalid) as caught:
        loaded(tmp_path, **sections)
    rest = caught.value.rest
    if names is None:
        assert rest is None
        return
    assert rest is not None and [each.name for each in rest.datasets] == names
    assert {each.path for each in rest.datasets} == {str(tmp_path / "rows.jsonl")}
    for key, value in left.items():
        here: Any = rest
        for part in key.split("."):
            here = getattr(here, part)
        assert here == value
