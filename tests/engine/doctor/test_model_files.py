"""What a run is to be made of is looked at before it starts, without torch and without running anybody's code."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from so8t_engine.config import file as config_file
from so8t_engine.config.reward import Reward, RewardModel
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import exportable, model_files, reward_files, weights
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.export import gguf_encoder
from so8t_engine.rewards import code_consent
from so8t_engine.sentences import JAPANESE, say, sentence

SHAPE = {
    "model_type": "phi3", "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "vocab_size": 64,
    "num_attention_heads": 8, "max_position_embeddings": 2048,
}  # fmt: skip
TURN = "{{ '<|' + m['role'] + '|>\n' + m['content'] + '<|end|>\n' }}"
TEMPLATE = "{% for m in messages %}" + TURN + "{% endfor %}{{ '<|assistant|>\n' }}"
CHAT = ["<|user|>", "<|assistant|>", "<|end|>"]


def tensors(path: Path, cut: int = 0) -> None:
    """A safetensors file of one tensor, its end missing."""
    header = json.dumps({"w": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    path.write_bytes((struct.pack("<Q", len(header)) + header + bytes(16))[: -cut or None])


def model(folder: Path, added: list[str] = CHAT, rows: int = 40, **changes: Any) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(SHAPE | changes), encoding="utf-8")
    tensors(folder / "model.safetensors")
    entries = [{"id": rows - len(added) + place, "content": token} for place, token in enumerate(added)]
    body = {"added_tokens": entries, "model": {"vocab": {f"t{n}": n for n in range(rows - len(added))}}}
    (folder / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": TEMPLATE}), encoding="utf-8")
    return folder


def found(folder: Path, **sections: Any) -> Finding:
    body = {"datasets": [{"name": "a", "path": "b/c"}], "model": {"model_name_or_path": str(folder)}, **sections}
    return checked(body)[0]


def checked(body: dict[str, Any]) -> list[Finding]:
    return weights.check(RunConfig.model_validate(body))


def test_a_whole_folder_is_fine(tmp_path: Path) -> None:
    assert found(model(tmp_path / "m")).level == "ok"


def test_a_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    for cut in (1, 16, 40):
        tensors(folder / "model.safetensors", cut)
        assert "model.safetensors is cut off" in str(found(folder).what)
    for junk in (b"", b"x", b"\xff" * 100):
        (folder / "model.safetensors").write_bytes(junk)
        assert not model_files.whole(folder / "model.safetensors")


def test_a_context_too_short_says_what_needs_it(tmp_path: Path) -> None:
    finding = found(model(tmp_path / "m", max_position_embeddings=512), ppo={"response_length": 400})

    assert (
        finding.level == "error"
        and "context of 512" in str(finding.what)
        and "warmup.max_length is 1024" in str(finding.why)
    )


def test_a_tokenizer_that_cannot_chat_or_has_no_room_is_named(tmp_path: Path) -> None:
    silent = model(tmp_path / "a")
    (silent / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    assert "has no chat template" in str(found(silent).what)
    (silent / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")
    assert found(silent).level == "ok"
    assert "lacks the chat tokens <|end|>" in str(found(model(tmp_path / "b", CHAT[:2])).what)
    assert found(model(tmp_path / "c", rows=50)).level == "ok"
    assert "no room for the 14 section tags: the last would be number 64, of 64" in str(
        found(model(tmp_path / "d", rows=51)).what
    )


def test_a_tokenizer_model_alone_is_asked_the_same(tmp_path: Path) -> None:
    """One with pieces of SentencePiece and the chat tokens beside it in the settings, as transformers opens it."""
    folder = model(tmp_path / "m")
    (folder / "tokenizer.json").unlink()
    settings = {"chat_template": TEMPLATE}
    words = [f"w{number}" for number in range(30)]
    SentencePieceTrainer.train(
        sentence_iterator=iter(words * 9), model_prefix=str(folder / "tokenizer"), vocab_size=44, model_type="bpe",
        minloglevel=2, hard_vocab_limit=False,
    )  # fmt: skip
    size = SentencePieceProcessor(model_file=str(folder / "tokenizer.model")).vocab_size()
    chat = {str(size + place): {"content": token, "special": True} for place, token in enumerate(CHAT)}

    def finding(rows: int, **more: Any) -> Finding:
        (folder / "config.json").write_text(json.dumps(SHAPE | {"vocab_size": rows}), encoding="utf-8")
        (folder / "tokenizer_config.json").write_text(json.dumps(settings | more), encoding="utf-8")
        return found(folder)

    assert "lacks the chat tokens <|user|>, <|assistant|>, <|end|>" in str(finding(99).what)
    assert "no room for the 14 section tags" in str(finding(size + 16, added_tokens_decoder=chat).what)
    assert finding(size + 17, added_tokens_decoder=chat).level == "ok"
    (folder / "tokenizer.model").write_bytes(b"nothing of the kind")
    broken = finding(99, added_tokens_decoder=chat)
    assert broken.level == "error" and "The tokenizer in m cannot be read" in str(broken.what)


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))


def said(folder: Path, name: str = "own:f", text: str | None = None) -> str | None:
    if text is not None:
        (folder / "own.py").write_text(text, encoding="utf-8")
    reward = Reward(functions=[name], folder=str(folder))
    code_consent.allow(reward)
    findings = reward_files.check(reward)
    return " ".join(str(finding.whole) for finding in findings) or None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no reward module own in"),
        (
            "def g(**_): ...\nx = 1\n",
            "no function f. reward.functions names own:f. Write it, or name one of g, x.",
        ),
        ("def f(:\n", "own.py, line 1: this is not valid Python"),
        ("def f(**_): ...\n", None),
        ("from math import sqrt as f\n", None),
        ("from math import *\n", None),
        ("if True:\n    def f(**_): ...\n", None),
        ("import so8t_no_such_module\nf = so8t_no_such_module.f\n", None),
    ],
)
def test_a_reward_module_is_read_but_never_run(tmp_path: Path, text: str | None, words: str | None) -> None:
    found = said(tmp_path, text=text)

    assert found == words if words is None else found is not None and words in found


def test_code_that_was_not_allowed_yet_is_said_without_being_run(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("raise SystemExit\ndef f(**_): ...\n", encoding="utf-8")
    reward = Reward(functions=["own:f"], folder=str(tmp_path))
    [warning], refusal = reward_files.check(reward), reward_files.own_code(reward, "error")

    assert warning.level == "warning" and str(tmp_path / "own.py") in str(warning.what)
    assert refusal is not None and refusal.level == "error" and "--allow-code" in str(refusal.whole)


def test_a_private_function_and_an_installed_module_may_be_named(tmp_path: Path) -> None:
    assert said(tmp_path, "own:_f", "def _f(**_): ...\n") is None
    assert said(tmp_path, "math:sqrt") is None


def test_a_reward_model_folder_is_looked_at(tmp_path: Path) -> None:
    def about(folder: Path) -> str | None:
        findings = reward_files.check(Reward(model=RewardModel(name_or_path=str(folder))))
        return " ".join(str(finding.what) for finding in findings) or None

    assert "There is no reward model folder" in (about(tmp_path / "none") or "")
    (tmp_path / "m").mkdir()
    assert "config.json" in (about(tmp_path / "m") or "")
    (tmp_path / "m" / "config.json").write_text(json.dumps({"id2label": {"0": "x"}}), encoding="utf-8")
    assert "no safetensors file" in (about(tmp_path / "m") or "")
    tensors(tmp_path / "m" / "model.safetensors", 3)
    assert "cut off" in (about(tmp_path / "m") or "")
    tensors(tmp_path / "m" / "model.safetensors")
    assert about(tmp_path / "m") is None
    (tmp_path / "m" / "config.json").write_text("{}", encoding="utf-8")
    assert "2 outputs" in (about(tmp_path / "m") or "")


@pytest.mark.parametrize(
    ("settings", "outputs"),
    [
        ({"num_labels": 1}, 1),
        ({"num_labels": 3}, 3),
        ({"num_labels": None, "id2label": {"0": "score"}}, 1),
        ({"num_labels": 1, "id2label": {"0": "bad", "1": "good"}}, 1),
        ({"num_labels": 2, "id2label": {"0": "score"}}, 2),
        ({"id2label": {"0": "a", "1": "b", "2": "c"}}, 3),
        ({"id2label": None}, 2),
    ],
)
def test_a_reward_model_has_as_many_outputs_as_transformers_would_give_it(
    tmp_path: Path, settings: dict[str, Any], outputs: int
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    tensors(tmp_path / "model.safetensors")
    findings = reward_files.check(Reward(model=RewardModel(name_or_path=str(tmp_path))))

    assert [finding.what.args["outputs"] for finding in findings] == ([] if outputs == 1 else [outputs])


@pytest.mark.parametrize(
    "name", ["C:\\models\\judge", "models\\judge", "\\\\server\\judge", "~/no-judge", "judge", "a/b/c"]
)
def test_a_reward_model_that_can_only_be_a_folder_is_missed_before_the_start(name: str) -> None:
    (finding,) = reward_files.check(Reward(model=RewardModel(name_or_path=name)))

    assert finding.level == "error" and name in str(finding.what)


def test_a_reward_model_of_the_hub_is_not_missed() -> None:
    assert reward_files.check(Reward(model=RewardModel(name_or_path="owner/judge"))) == []


SYSTEM = {"system_prompt": "Speak like a carpenter."}
DROPPING = (
    "{% for m in messages %}{% if m['role'] == 'user' %}" + TURN + "{% endif %}{% endfor %}{{ '<|assistant|>\n' }}"
)
REFUSING = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}" + TEMPLATE
CHATML = "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"


@pytest.mark.parametrize(
    ("template", "convert", "expected"),
    [
        (TEMPLATE, SYSTEM, "ok"),
        (CHATML, {}, "does not write turns as Phi-3 does"),
        (DROPPING, {}, "ok"),
        (DROPPING, SYSTEM, "leaves `convert.system_prompt` out"),
        (REFUSING, {}, "ok"),
        (REFUSING, SYSTEM, "refuses `convert.system_prompt`: no system role"),
        (TEMPLATE + "{{ messages[0", {}, "cannot be read: line "),
        ("{{ strftime_now('%d %b %Y') }}" + TEMPLATE, {}, "writes today's date"),
    ],
)
def test_a_template_that_the_results_could_not_follow_is_told_before_anything_runs(
    tmp_path: Path, template: str, convert: dict[str, str], expected: str
) -> None:
    folder = model(tmp_path / "m")
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    finding = found(folder, convert=convert)

    assert finding.level == ("ok" if expected == "ok" else "error")
    assert expected == "ok" or expected in str(finding.what)


def weights_of(folder: Path, kind: str, *names: str) -> None:
    header = {name: {"dtype": kind, "shape": [0], "data_offsets": [0, 0]} for name in names}
    text = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text)


def test_weights_that_nothing_can_be_merged_into_are_told_before_anything_runs(tmp_path: Path) -> None:
    packed = found(model(tmp_path / "gptq", quantization_config={"quant_method": "gptq"}))
    modules = ("self_attn.qkv_proj", "self_attn.o_proj", "mlp.gate_up_proj", "mlp.down_proj")
    whole = [f"model.layers.{layer}.{module}.weight" for layer in (0, 1) for module in modules]
    folder = model(tmp_path / "m")
    weights_of(folder, "BF16", *whole)
    fine = found(folder)
    weights_of(folder, "BF16", *whole[:-1], "model.layers.1.mlp.down_proj.qweight")
    hidden = found(folder)
    weights_of(folder, "F8_E4M3", *whole)

    assert packed.level == "error" and "already quantised (gptq)" in str(packed.what)
    assert fine.level == "ok"
    assert hidden.level == "error" and "model.layers.1.mlp.down_proj.weight" in str(hidden.what)
    assert "in 16 or 32 bits" in str(found(folder).what)


def test_a_tokenizer_that_gguf_has_no_rule_for_is_a_warning_as_all_else_can_be_made(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    body["model"] |= {"type": "BPE", "merges": []}
    body["added_tokens"] = [entry | {"special": True, "rstrip": False} for entry in body["added_tokens"]]
    said = {}
    split = {"type": "Sequence", "pretokenizers": [{"type": "Split"}, {"type": "ByteLevel"}]}
    for name, pre in (("phi-4-mini", split), ("gpt-2", {"type": "ByteLevel"})):
        (folder / "tokenizer.json").write_text(json.dumps(body | {"pre_tokenizer": pre}), encoding="utf-8")
        run = {"datasets": [{"name": "a", "path": "b/c"}], "model": {"model_name_or_path": str(folder)}}
        said[name] = [(finding.level, str(finding.what)) for finding in checked(run)]
        assert [level for level, _ in said[name][:1]] == ["ok"]
        assert len(checked(run | {"evaluate": {"gguf": []}})) == 1

    assert len(said["gpt-2"]) == 1
    assert said["phi-4-mini"][1][0] == "warning" and "no GGUF file can be made" in said["phi-4-mini"][1][1]


@pytest.mark.parametrize(
    ("parameters", "english", "japanese"),
    [
        (3_821_079_552, "3.82 billion", "3.82B"),
        (999_960_000, "1.00 billion", "1.00B"),
        (999_940_000, "999.9 million", "999.9M"),
        (999_600, "1.0 million", "1.0M"),
        (89_400, "89 thousand", "89K"),
    ],
)
def test_the_size_of_a_tiny_model_is_no_zero(parameters: int, english: str, japanese: str) -> None:
    """It said 0.00 billion parameters."""
    size = weights.size(parameters)
    assert (str(size), say(size, JAPANESE)) == (english, japanese)


def test_a_file_of_weights_is_whole_where_it_ends_with_its_last_tensor(tmp_path: Path) -> None:
    def written(header: object, rest: int) -> Path:
        text = json.dumps(header).encode()
        (tmp_path / "w.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + bytes(rest))
        return tmp_path / "w.safetensors"

    entry = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}
    for header, rest, whole in (
        ({}, 0, True), ({}, 1, False), ({"a": entry}, 16, True), ({"a": entry}, 15, False), ({"a": entry}, 17, False),
        ({"a": entry, "b": entry | {"data_offsets": [16, 40]}, "__metadata__": {"x": "y"}}, 40, True), ([], 0, False),
        ({"a": {}}, 16, False),
    ):  # fmt: skip
        assert model_files.whole(written(header, rest)) is whole, header
    assert model_files.whole(tmp_path / "none") is False
    written({"a": entry, "__metadata__": {"x": "y"}}, 16)
    assert model_files.tensors(tmp_path) == {"a": "F32"}
    written({"a": 5}, 16)
    assert model_files.tensors(tmp_path) == {}
    (tmp_path / "w.safetensors").write_bytes(struct.pack("<Q", model_files.LONGEST_HEADER + 1) + b"{}")
    assert model_files.tensors(tmp_path) == {} and model_files.whole(tmp_path / "w.safetensors") is False


@pytest.mark.parametrize(
    ("kinds", "refused"), [(["F16", "Q8_0"], False), (["F16", "Q4_K_M"], True), (["Q4_K_M"], True), ([], False)]
)
def test_files_of_a_kind_that_cannot_be_made_here_are_told_of_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds: list[str], refused: bool
) -> None:
    def none() -> None:
        raise EngineError("environment", sentence("doctor.no_gguf", name="x", why=""))

    monkeypatch.setattr(gguf_encoder, "refuse_without_k_quants", none)
    config = config_file.load_preset("demo", [f"evaluate.gguf=[{', '.join(kinds)}]"])
    found = exportable.without_gguf(tmp_path, config, "o/m", 99)

    assert [(each.level, each.what.code) for each in found] == [("warning", "doctor.no_gguf")] * refused
