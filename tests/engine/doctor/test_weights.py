"""Where a model lies, which of its files are there, and what the check of a whole run looks at by what it knows."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from so8t_engine import offline
from so8t_engine.config import file as config_file
from so8t_engine.doctor import checkup, gpu_memory_estimate, operating_system, verdicts, weights
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence, verbatim

WHOLE = {"config.json": "{}", "model.safetensors": "x", "tokenizer.json": "{}"}
INDEX = "model.safetensors.index.json"


def folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def shards(*names: str) -> str:
    return json.dumps({"weight_map": {f"w{place}": name for place, name in enumerate(names)}})


@pytest.mark.parametrize(
    ("files", "absent"),
    [
        (WHOLE, []),
        ({}, ["config.json", "model.safetensors", "tokenizer.json"]),
        ({"config.json": "{}", "other.safetensors": "x", "tokenizer.model": "x"}, []),
        ({**WHOLE, INDEX: shards("a", "b", "a"), "a": "x"}, ["b"]),
        ({"config.json": "{}", "tokenizer.json": "{}", INDEX: shards("b", "a")}, ["a", "b"]),
        ({"tokenizer.json": "{}", INDEX: "{}"}, ["config.json", sentence("doctor.readable_file", file=INDEX)]),
    ],
)
def test_which_files_a_model_lacks(tmp_path: Path, files: dict[str, str], absent: list[Any]) -> None:
    assert weights.missing(folder(tmp_path / "m", files)) == absent


def test_a_model_in_the_cache_is_the_revision_that_is_wanted_and_counts_where_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "cache_folder", lambda: tmp_path)
    hub = tmp_path / "models--owner--m"
    main, other = folder(hub / "snapshots" / "c1", WHOLE), folder(hub / "snapshots" / "c2", {"config.json": "{}"})
    folder(hub / "refs", {"main": "c1\n", "v2": "c2"})
    assert [weights.cached("owner/m", each) for each in (None, "v2", "c2", "v3")] == [main, other, other, None]
    assert [weights.snapshot("owner/m", each) for each in (None, "v2", "v3")] == [main, None, None]
    assert weights.cached("owner/none", None) is None

    def of(name: str | None, revision: str | None = None) -> Any:
        return SimpleNamespace(model=SimpleNamespace(model_name_or_path=name, revision=revision))

    wanted = [of(None), of(str(main)), of("owner/m"), of("owner/m", "v2"), of("owner/none")]
    assert [weights.must_be_fetched(each) for each in wanted] == [False, False, False, True, True]


def test_what_is_said_of_a_model_by_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "cache_folder", lambda: tmp_path / "hub")
    monkeypatch.setattr(weights.model_files, "whole", lambda path: path.name != "cut.safetensors")
    asked_for = [False]
    monkeypatch.setattr(offline, "asked_for", lambda: asked_for[0])

    def said(name: str) -> list[tuple[str, str]] | Path:
        opened = weights.open_model(name, None)
        return opened if isinstance(opened, Path) else [(each.level, each.what.code) for each in opened]

    whole = folder(tmp_path / "whole", WHOLE)
    assert said(str(whole)) == whole
    for name, files, code in (
        ("pickled", {"config.json": "{}", "tokenizer.json": "{}", "b.pt": "", "a.bin": ""}, "doctor.pickled_weights"),
        ("both", {**WHOLE, "a.bin": ""}, None),
        ("answers", {"config.json": "{}", "x.GGUF": ""}, "doctor.only_gguf"),
        ("beside", {**WHOLE, "x.gguf": ""}, None),
        ("less", {"config.json": "{}"}, "doctor.model_lacks"),
        ("cut", {**WHOLE, "cut.safetensors": ""}, "doctor.weights_cut_off"),
    ):
        there = folder(tmp_path / name, files)
        assert said(str(there)) == (there if code is None else [("error", code)])
    assert said(str(whole / "model.safetensors")) == [("error", "doctor.model_is_a_file")]
    assert said(str(tmp_path / "answers" / "x.GGUF")) == [("error", "doctor.only_gguf")]
    assert said("./none") == [("error", "doctor.no_model_folder")]
    assert said("owner/none") == [("note", "doctor.will_be_fetched")]
    asked_for[0] = True
    assert said("owner/none") == [("error", "doctor.not_in_the_cache")]
    hub = folder(tmp_path / "hub" / "models--owner--m" / "snapshots" / "main", WHOLE)
    assert said("owner/m") == hub


SHAPE = {
    "model_type": "phi3", "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "vocab_size": 512,
    "num_attention_heads": 8,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words", "code"),
    [
        ({"hidden_size": 60}, [], "doctor.hidden_size"), ({"hidden_size": 60}, ["gate.enabled=false"], None),
        ({"max_position_embeddings": 300}, [], None), ({"max_position_embeddings": 299}, [], "doctor.context"),
        ({"max_position_embeddings": "many"}, [], None), ({"model_type": "llama"}, [], "doctor.another_model"),
        ({"model_type": None}, [], "doctor.no_kind"), ({"hidden_size": None}, [], "doctor.another_model"),
    ],
)  # fmt: skip
def test_a_model_fits_by_its_kind_and_its_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], words: list[str], code: str | None
) -> None:
    monkeypatch.setattr(weights, "_tokenizer", lambda *_: [])
    lengths = ["warmup.max_length=300", "ppo.max_prompt_length=100", "ppo.response_length=200"]
    config = config_file.load_preset("phi35-so8t", [*lengths, *words])
    there = folder(tmp_path / "m", {"config.json": json.dumps(SHAPE | changes)})
    found = weights._fits(there, config, "m")
    assert [(each.level, each.what.code) for each in found] == ([] if code is None else [("error", code)])
    (there / "config.json").write_text("[", encoding="utf-8")
    assert [each.what.code for each in weights._fits(there, config, "m")] == ["doctor.model_config_broken"]


@pytest.mark.parametrize(
    ("shape", "device_wrong", "cuda", "folder_wrong", "looked"),
    [
        (True, False, True, False, ["gpu", "main", "disk", "duration"]),
        (True, False, False, False, ["main", "disk", "duration"]),
        (True, True, True, False, ["gpu", "main", "disk"]),
        (True, True, False, False, ["disk"]),
        (True, False, True, True, ["gpu", "main", "duration"]),
        (False, False, True, False, ["size"]),
    ],
)
def test_the_check_looks_at_what_can_be_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: bool,
    device_wrong: bool,
    cuda: bool,
    folder_wrong: bool,
    looked: list[str],
) -> None:
    def finding(name: str, level: Any = "ok") -> list[Finding]:
        return [Finding(level, verbatim(name))]

    monkeypatch.setattr(gpu_memory_estimate, "shape_of", lambda config: "shape" if shape else None)
    monkeypatch.setattr(verdicts, "device", lambda *_: finding("device", "error" if device_wrong else "ok"))
    monkeypatch.setattr(verdicts, "uses_cuda", lambda *_: cuda)
    for name, said in (("versions", "versions"), ("gpu_memory", "gpu"), ("main_memory", "main"), ("disk", "disk"),
                       ("duration", "duration")):  # fmt: skip
        monkeypatch.setattr(verdicts, name, lambda *_, said=said: finding(said))
    monkeypatch.setattr(checkup, "_folder", lambda _: finding("folder", "error" if folder_wrong else "ok"))
    monkeypatch.setattr(operating_system, "look", lambda: "system")
    monkeypatch.setattr(operating_system, "check", lambda *_: finding("system"))
    monkeypatch.setattr(checkup, "inputs", lambda _: finding("inputs"))
    config, facts = config_file.load_preset("demo"), SimpleNamespace()
    said = [each.what for each in checkup.check(config, tmp_path, facts)]  # type: ignore[arg-type]
    unknown = sentence("doctor.size_unknown")
    middle = [unknown if name == "size" else verbatim(name) for name in looked]

    assert said == [*map(verbatim, ("versions", "device", "inputs")), *middle, *map(verbatim, ("system", "folder"))]
    given = checkup.check(config, tmp_path, facts, finding("given"))  # type: ignore[arg-type]
    assert [each.what for each in given][2] == verbatim("given")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["lora.target_modules=[qkv_proj, mlp.down_proj]"], []),
        (["lora.target_modules=[]"], ["doctor.no_lora_targets"]),
        (["lora.target_modules=[q_proj, qkv_proj]"], ["doctor.lora_targets"]),
        (["lora.target_modules=[]", "lora.enabled=false", "model.load_in_4bit=false"], []),
    ],
)  # fmt: skip
def test_targets_are_named_as_the_layers_are(words: list[str], codes: list[str]) -> None:
    found = checkup._targets(config_file.load_preset("phi35-so8t", words))
    assert [(each.level, each.what.code) for each in found] == [("error", code) for code in codes]
    if "doctor.lora_targets" in codes:
        assert found[0].what.args == {"names": ["q_proj"]}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        (999_499, "thousands"), (999_500, "millions"), (999_949_999, "millions"), (999_950_000, "billions"),
        (3_800_000_000, "billions"),
    ],
)  # fmt: skip
def test_how_many_parameters_a_model_has_is_told_by_a_number_of_at_least_one(parameters: int, said: str) -> None:
    assert weights.size(parameters).code == f"doctor.{said}"
