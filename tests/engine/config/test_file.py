"""A configuration is checked at the door: every error at once, each with its place and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from so8t_engine.config import file as config_file
from so8t_engine.config import yaml_source
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError

GOOD = """name: trial
datasets:
  - {name: rows, source: local, path: rows.jsonl}
  - {name: shop, source: local, path: "demo:maths"}
model: {build: {}}
ppo:
  kl_coef: 1e-2
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "run.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, *overrides: str) -> list[str]:
    """The lines of the refusal, the file's folder cut off."""
    with pytest.raises(EngineError) as caught:
        config_file.load(path, overrides)
    assert caught.value.code == "config_invalid"
    return [line.replace(f"{path.parent}/", "") for line in caught.value.detail.splitlines()]


@pytest.mark.parametrize("name", [name for name, _ in config_file.presets()])
def test_every_shipped_preset_is_correct_and_says_what_it_is(name: str) -> None:
    config = config_file.load_preset(name)

    assert config.name == name and config.description


@pytest.mark.parametrize(
    ("override", "described"),
    [
        ("seed=3", True), ("datasets.0.max_rows=5", True),
        ("datasets=[{name: a, source: local, path: a.jsonl}]", False),
        ("datasets.0.path=/a.jsonl", False), ("model={model_name_or_path: me/mine}", False),
    ],
)  # fmt: skip
def test_what_a_preset_says_of_itself_is_not_said_of_other_data_or_another_model(
    override: str, described: bool, tmp_path: Path
) -> None:
    """The report of a run over one's own data said that it was taught from SO8T's corpus; so did a copy of it."""
    shipped = config_file.load_preset("demo")
    copied = tmp_path / "copy.yaml"
    copied.write_text(config_file.dump(shipped), encoding="utf-8")
    for config in (config_file.load_preset("demo", [override]), config_file.load(copied, [override])):
        assert config.description == (shipped.description if described else "")
    own = config_file.load_preset("demo", [override, "description=My own."])
    assert own.description == "My own."


def test_the_real_job_has_its_eleven_datasets_in_both_sizes() -> None:
    small, large = config_file.load_preset("phi35-so8t"), config_file.load_preset("phi35-so8t-24gb")

    assert [one.path for one in small.datasets] == [one.path for one in large.datasets]
    assert len(small.datasets) == 11 and all(one.license for one in small.datasets)
    assert [one.name for one in small.datasets if one.use == "evaluation"] == ["elyza-tasks-100"]


def test_what_is_dumped_parses_to_the_same_run() -> None:
    for name, _ in config_file.presets():
        config = config_file.load_preset(name)

        assert config_file.parse(config_file.dump(config), "config.yaml") == config


def test_local_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    config = config_file.load(written(tmp_path, GOOD))

    assert [one.path for one in config.datasets] == [str(tmp_path / "rows.jsonl"), "demo:maths"]
    assert config.ppo.kl_coef == 0.01


def test_paths_given_on_the_command_line_are_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    config = config_file.load(written(tmp_path, GOOD), ["datasets.0.path=other.jsonl", "data_root=sessions"])

    assert config.datasets[0].path == str(tmp_path / "here" / "other.jsonl")
    assert config.data_root == str(tmp_path / "here" / "sessions")


def test_a_model_folder_becomes_absolute_and_a_hub_id_stays(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    folder = config_file.load(written(tmp_path, GOOD), ["model={model_name_or_path: ./model}"])
    there = config_file.load(written(tmp_path, GOOD.replace("{build: {}}", "{model_name_or_path: model}")))
    hub = config_file.load(written(tmp_path, GOOD), ["model={model_name_or_path: microsoft/Phi-3.5-mini-instruct}"])

    assert folder.model.model_name_or_path == str(Path.cwd() / "model")
    assert there.model.model_name_or_path == str(tmp_path / "model")
    assert hub.model.model_name_or_path == "microsoft/Phi-3.5-mini-instruct"


def test_a_dump_names_no_place_where_the_session_was_made(tmp_path: Path) -> None:
    config = config_file.load(written(tmp_path, GOOD), [f"data_root={tmp_path}/sessions"])

    assert "sessions" not in config_file.dump(config)


def test_all_errors_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("name: trial", "name: ''").replace("kl_coef: 1e-2", "kl_coeff: 0.1\n  batch_size: many\n")
    lines = refused(written(tmp_path, text + "seed: -1\nkl_coef: 2\n"))

    assert [line.partition(": ")[0] for line in lines] == [
        "run.yaml:1:1", "run.yaml:7:3", "run.yaml:8:3", "run.yaml:10:1", "run.yaml:11:1",
    ]  # fmt: skip
    assert lines[1] == "run.yaml:7:3: ppo.kl_coeff: unknown key; did you mean kl_coef?"
    assert lines[2] == "run.yaml:8:3: ppo.batch_size: must be a whole number, not 'many'"
    assert lines[3] == "run.yaml:10:1: seed: must be at least 0, not -1"
    assert lines[4] == "run.yaml:11:1: kl_coef: unknown key here; it belongs under ppo"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("seed: [1]", "run.yaml:8:1: seed: must be a whole number, not a list"),
        ("gate: {mode: geodesc}", "run.yaml:8:8: gate.mode: must be one of geodesic, residual, not 'geodesc'; did you "
         "mean geodesic?"),
        ("gate: {first: 0.9, last: 0.2}",
         "run.yaml:8:8: gate.first: the band of layers is empty: first 0.9 is greater than last 0.2"),
        ("reward: {functions: ['a:b'], function_weights: [1, 2]}",
         "run.yaml:8:30: reward.function_weights: function_weights must have one number per function; there are 2 "
         "weights for 1 functions"),
        ("reward: {length: {target: 9, max: 9}}",
         "run.yaml:8:19: reward.length.target: target must be smaller than max: between the two the reward falls "
         "from 0 to -1"),
        ("reward: 3", "run.yaml:8:1: reward: must be a section with the keys reasoning, safety, "
         "format_share, section_share, length, functions, function_weights, folder, model, not 3"),
        ("lora: {r: 1.5}", "run.yaml:8:8: lora.r: must be a whole number, not 1.5"),
        ("lora: {target_modules: o_proj}", "run.yaml:8:8: lora.target_modules: must be a list, not 'o_proj'"),
        ("checkpoint: {interval_seconds: .inf}", "run.yaml:8:14: checkpoint.interval_seconds: must be a finite number, "
         "not inf"),
        ("runtime: {device: gpu}", "run.yaml:8:11: runtime.device: must be auto, cpu, cuda or cuda:N, not 'gpu'"),
        ("convert: {teaching: {api_key_env: sk-123}}", "run.yaml:8:22: convert.teaching.api_key_env: must be the name "
         "of an environment variable (letters, digits and _), not the key itself"),
        ("reward: {model: {name_or_path: a, device: gpu}}", "run.yaml:8:35: reward.model.device: must be cpu, cuda or "
         "cuda:N, not 'gpu'"),
        ("integrate: {weights: {ja: 2}}", "run.yaml:8:23: integrate.weights.ja: must begin with language:, category: "
         "or source:, as in language:ja, not 'ja'"),
        ("runtime: {tf32: 2}", "run.yaml:8:11: runtime.tf32: must be true or false, not 2"),
        ("seed: 1\nseed: 2", "run.yaml:9:1: seed: given twice, in line 8 and in line 9; keep one of them"),
        ("reward: {functions: [os.system]}", "run.yaml:8:22: reward.functions.0: must be module:function, not "
         "'os.system'"),
        ("evaluate: {gguf: [Q3_K]}", "run.yaml:8:19: evaluate.gguf.0: must be one of F32, F16, BF16, Q8_0, Q4_K_M, "
         "Q5_K_M, Q6_K, not 'Q3_K'; did you mean Q6_K?"),
        ("description: 5", 'run.yaml:8:1: description: must be text, not 5 (put it between quotation marks: "...")'),
        ("1: 2", "run.yaml:8:1: 1: a key must be a word"),
        ("integrate: {weights: 2}", "run.yaml:8:13: integrate.weights: must be a section of names with a value each "
         "(`NAME: VALUE`), not 2"),
        ("convert: {teaching: {sections: logik}}", "run.yaml:8:22: convert.teaching.sections: must be auto, or a list "
         "of at least one of task, safety, logic, ethics, practical or creative (`[task, logic]`), not 'logik'"),
        ("convert: {teaching: {sections: [logik]}}", "run.yaml:8:22: convert.teaching.sections: must be auto, or a "
         "list of at least one of task, safety, logic, ethics, practical or creative (`[task, logic]`), not 'logik'"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_is_allowed(tmp_path: Path, change: str, line: str) -> None:
    assert line in refused(written(tmp_path, GOOD + change + "\n"))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("header: 4.5", "header: must be true or false (whether the first line holds the names of the columns), the "
         "number of the line that holds them (`4`), or these names in a list (`[question, answer]`), not 4.5; lines "
         "above the names are mostly passed over by themselves"),
        ("header: {a: b}", "header: must be true or false"), ("header: [1, 2]", "header: must be true or false"),
        ("sheet: 1.5", "sheet: must be the name or the number of a sheet, or several of them in a list (`[FAQ, 2]`), "
         "not 1.5"),
        ("sheet: [[a]]", "sheet: must be the name or the number of a sheet"),
    ],
)  # fmt: skip
def test_a_key_of_several_kinds_is_named_once_and_without_them(tmp_path: Path, key: str, said: str) -> None:
    [line] = refused(written(tmp_path, GOOD.replace("rows.jsonl", f"rows.jsonl, {key}")))
    assert f"datasets.0.{said}" in line


def test_what_must_be_there_and_is_not_is_named_where_it_belongs(tmp_path: Path) -> None:
    lines = refused(written(tmp_path, "name: trial\ndatasets:\n  - {path: x}\n"))

    assert lines == [
        "run.yaml:1:1: model: missing; a configuration must have it",
        "run.yaml:3:5: datasets.0.name: missing; the section datasets.0 must have it",
    ]


def test_two_datasets_of_one_name_do_not_hide_other_errors(tmp_path: Path) -> None:
    lines = refused(written(tmp_path, GOOD.replace("name: shop", "name: rows") + "seed: x\n"))

    assert lines == [
        "run.yaml:4:6: datasets.1.name: datasets.0 is named rows too; give one of them another name",
        "run.yaml:8:1: seed: must be a whole number, not 'x'",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "run.yaml: the file is empty"),
        (b"# nothing\n", "run.yaml: the file is empty"),
        (b"a: [1\n", "run.yaml:2:1: not valid YAML:"),
        (b"just words", "run.yaml:1:1: a configuration consists of `key: value` lines"),
        (b"- 1\n", "run.yaml:1:1: a configuration consists of `key: value` lines"),
        (b"\xfd\xfe\x00bad", "is not UTF-8 text (byte 1)"),
        ("name: Café\n".encode("cp1252"), "is not UTF-8 text (byte 10)"),
        ("# よくある質問\n".encode("cp932"), "is saved in Shift_JIS (cp932), and has to be in UTF-8: in Notepad"),
        ("name: 社内\n".encode("cp932"), "is saved in Shift_JIS (cp932),"),
        ("name: 社内\n".encode("euc-jp"), "is saved in EUC-JP,"),
        ("# よくある質問\n".encode("euc-jp"), "is saved in EUC-JP,"),
        ("name: x\n".encode("utf-16"), "is saved in UTF-16,"),
        (b"name: \x01", "not valid YAML"),
        (b"a: &a [*a]", "an alias contains itself"),
        (b"a: !!python/object/apply:os.system [ls]", "not valid YAML"),
        (b"a: " + b"[" * 1_000, "not valid YAML"),  # twice as deep as can be read
        (b"a: 2026-99-99", "not valid YAML"),
        (b"#" * 1_000_001, "is larger than 1000000 bytes"),
    ],
)
def test_a_file_that_is_no_configuration_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(content)

    assert words in "\n".join(refused(path)) and len(refused(path)) == 1


def test_aliases_of_aliases_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )

    assert "more than 50000 values" in "\n".join(refused(written(tmp_path, bomb)))


@pytest.mark.parametrize(("text", "fits"), [("a: [1, 2]", True), ("a: [1, 2, 3]  # too many", False)])
def test_so_many_values_are_read_and_not_one_more(text: str, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of `a`, and what stands in it."""
    monkeypatch.setattr(yaml_source, "MOST_NODES", 3)
    if fits:
        assert yaml_source.read(text).problems == []
    else:
        with pytest.raises(yaml_source.Broken) as broken:
            yaml_source.read(text)
        assert broken.value.place == (1, 11)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as missing:
        config_file.load(tmp_path / "no.yaml")
    with pytest.raises(EngineError) as folder:
        config_file.load(tmp_path)

    assert (missing.value.code, folder.value.code) == ("file_missing", "config_invalid")
    assert "no.yaml" in missing.value.detail and "is a folder" in folder.value.detail


def test_an_adapter_nobody_knows_is_named_with_the_nearest(tmp_path: Path) -> None:
    text = GOOD.replace("path: rows.jsonl", "path: rows.jsonl, adapter: gsm, category: math")
    adapter, category = refused(written(tmp_path, text))

    assert adapter.startswith("run.yaml:3:51: datasets.0.adapter: must be one of") and "did you mean gsm8k?" in adapter
    assert category.startswith("run.yaml:3:65: datasets.0.category") and "did you mean maths?" in category


def test_overrides_take_yaml_values_and_entries_of_lists(tmp_path: Path) -> None:
    words = ["ppo.kl_coef=0.2", "datasets.1.max_rows=7", "evaluate.gguf=[F16]", "lora={r: 3}", "seed=5"]
    config = config_file.load(written(tmp_path, GOOD), words)

    assert (config.ppo.kl_coef, config.datasets[1].max_rows, config.seed) == (0.2, 7, 5)
    assert (config.evaluate.gguf, config.lora.r) == (["F16"], 3)


def test_a_wrong_override_is_named_by_its_key(tmp_path: Path) -> None:
    words = ["ppo.kl=1", "datasets.2.max_rows=7", "seed", "name.x=1", "lora.r=[", "alpha.final=2", "name.=x"]
    lines = refused(written(tmp_path, GOOD), *words)

    keys = ("ppo.kl", "datasets.2.max_rows", "seed", "name.x", "lora.r", "alpha.final", "name.")
    assert {line.partition(":")[0] for line in lines} == {f"--set {key}" for key in keys}
    assert "--set datasets.2.max_rows: the list datasets has the entries 0 to 1, not 2" in lines
    assert "--set alpha.final: must be at most 1, not 2" in lines


@pytest.mark.parametrize("name", ["dmo", "../presets/demo", "/etc/passwd", "", "demo.yaml"])
def test_an_unknown_preset_is_refused_with_the_nearest_name(name: str) -> None:
    with pytest.raises(EngineError) as caught:
        config_file.load_preset(name)

    assert caught.value.code == "preset_unknown" and "demo" in caught.value.detail


def test_every_setting_of_the_whole_configuration_survives_a_dump() -> None:
    config = RunConfig.model_validate(yaml.safe_load(GOOD))
    dumped = yaml.safe_load(config_file.dump(config))

    assert set(dumped) == set(RunConfig.model_fields) and dumped["alpha"]["final"] == config.alpha.final


def test_reward_functions_and_a_reward_model_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "judge").mkdir()
    text = GOOD + "reward: {functions: ['own:f'], model: judge}\n"
    reward = config_file.load(written(tmp_path, text)).reward

    assert reward.folder == str(tmp_path)
    assert reward.model is not None and reward.model.name_or_path == str(tmp_path / "judge")
    assert config_file.load(written(tmp_path, GOOD + "reward: {model: some/judge}\n")).reward.folder is None


def test_what_a_sessions_configuration_does_not_say_yet_is_what_its_version_did() -> None:
    new = config_file.load_preset("phi35-so8t")
    begun_before = config_file.dump(new).replace("  near_duplicates: true\n", "")

    assert new.integrate.near_duplicates
    assert not config_file.parse(begun_before, "config.yaml").integrate.near_duplicates
    assert config_file.parse(config_file.dump(new), "config.yaml").integrate.near_duplicates
