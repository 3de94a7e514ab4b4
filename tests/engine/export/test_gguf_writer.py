"""GGUF files as llama.cpp really reads them: next-token probabilities and tokens, against transformers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, Phi3ForCausalLM

from helpers import gguf_files
from helpers.sessions import make_config, refused, shared
from so8t_engine.config.run_config import Build
from so8t_engine.evaluate import gguf_agreement, llama_cpp
from so8t_engine.export import gguf_folder, gguf_vocabulary, gguf_writer
from so8t_engine.model import base_model
from so8t_engine.model import tokenizer as tokens
from so8t_engine.sentences import Sentence, sentence

TEXTS = [
    "the cat sat on the mat and Tom has 512 apples, isn't it?",
    "日本語の文章です。猫が好き。 全角スペース　も。",
    "<|user|>\nhow many cats?<|end|>\n<|assistant|>\n<think-logic>2 + 3 = 5</think-logic>\n<final>5</final><|end|>",
    "  two  spaces\n\nand\ttabs ",
    "<think-task> white space <final>\n  behind tags</final>",
    "émoji 🙂 and <b>tags</b> &amp; x_y-z",
]
LIMITS = {"F32": (1e-3, 1e-9), "F16": (5e-3, 1e-5), "BF16": (5e-2, 1e-3), "Q8_0": (0.1, 5e-4)}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of two layers with a byte-level BPE tokenizer of its own."""
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = tokens.train([text for text in TEXTS[:2] for _ in range(20)], 700, 256)
    build = Build(
        hidden_size=256, intermediate_size=512, num_hidden_layers=2, num_attention_heads=4, vocab_size=700,
        max_position_embeddings=256,
    )  # fmt: skip
    base_model.new(build, tokenizer, 3, torch.device("cpu")).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def phi35(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real tokenizer and longrope settings of Phi-3.5, with two small random layers."""
    source = shared("phi-3.5-mini")
    folder = tmp_path_factory.mktemp("phi35")
    config = AutoConfig.from_pretrained(source)
    config.hidden_size, config.intermediate_size, config.num_hidden_layers = 192, 64, 2
    config.num_attention_heads = config.num_key_value_heads = 2
    torch.manual_seed(0)
    Phi3ForCausalLM(config).float().save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(source)
    tokens.add_tags(tokenizer)
    tokenizer.save_pretrained(folder)
    shutil.copyfile(source / "tokenizer.model", folder / "tokenizer.model")
    return folder


@pytest.fixture(scope="module")
def phi35_file(phi35: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "x.gguf"
    gguf_writer.write(phi35, path, "F16", "phi35-so8t")
    return path


def compared(model: Path, to: Path, kind: str, name: str = "demo") -> dict[str, Any]:
    """What step 5 would write about this file."""
    gguf_writer.write(model, to, kind, name)
    plain = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(model)
    ids = {text: tokenizer(text, add_special_tokens=False)["input_ids"] for text in TEXTS}
    places = list(ids.values())
    result = gguf_agreement.compare(to, places, gguf_agreement.reference(plain, places), ids, threads=1)
    assert not isinstance(result, Sentence), str(result)
    return result


@pytest.mark.parametrize("kind", ["F32", "F16", "BF16", "Q8_0"])
def test_llama_cpp_computes_and_tokenises_what_transformers_does(tiny: Path, tmp_path: Path, kind: str) -> None:
    result = compared(tiny, tmp_path / "x.gguf", kind)
    error, divergence = LIMITS[kind]

    assert result["max_error"] < error and result["kl"] < divergence, result
    assert result["same_tokens"] == len(TEXTS)
    assert kind == "Q8_0" or result["argmax_agreement"] == 1.0


@pytest.mark.parametrize("kind", [pytest.param("F32", marks=pytest.mark.soak), "Q8_0"])
def test_the_real_phi35_tokenizer_and_longrope_come_out_the_same(phi35: Path, tmp_path: Path, kind: str) -> None:
    result = compared(phi35, tmp_path / "x.gguf", kind)
    error, divergence = LIMITS[kind]

    assert result["max_error"] < error and result["kl"] < divergence, result
    assert result["same_tokens"] == len(TEXTS)


@pytest.mark.parametrize("which", ["tiny", "phi35"])
def test_the_chat_template_inside_the_file_gives_the_same_prompt(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    model, file = request.getfixturevalue(which), tmp_path / "x.gguf"
    if which == "phi35":
        file = request.getfixturevalue("phi35_file")
    else:
        gguf_writer.write(model, file, "F16", "demo")
    questions = ["How many cats?", "猫は何匹ですか。<b>", "two\nlines"]
    answer = llama_cpp.ask(file, [[1, 2]], [[0]], chats=questions)

    assert isinstance(answer, llama_cpp.Answer)
    assert answer.tokens == tokens.encode_prompts(AutoTokenizer.from_pretrained(model), questions)


def test_the_name_says_phi3_exactly_where_the_tokenizer_strips_white_space(
    tiny: Path, phi35_file: Path, tmp_path: Path
) -> None:
    gguf_writer.write(tiny, tmp_path / "x.gguf", "F16", "phi35-so8t")
    names = [gguf_files.read(path).fields["general.name"].contents() for path in (tmp_path / "x.gguf", phi35_file)]

    assert names == ["phi 35-so8t", "phi35-so8t"]
    assert gguf_writer.model_name("mine", strips_right=True) == "Phi-3 mine"


def test_tags_are_printed_and_chat_tokens_are_not(phi35: Path, tmp_path: Path) -> None:
    vocabulary = gguf_vocabulary.read(phi35, 32064)

    assert [vocabulary.types[32011 + number] for number in range(14)] == [gguf.TokenType.USER_DEFINED] * 14
    assert vocabulary.tokens[32011] == "<think-task>" and vocabulary.types[32007] == gguf.TokenType.CONTROL
    assert vocabulary.tokens[32063] == "[PAD32063]" and vocabulary.types[32063] == gguf.TokenType.UNUSED


def test_tokenizer_json_alone_says_what_tokenizer_model_says(phi35: Path, tmp_path: Path) -> None:
    shutil.copyfile(phi35 / "tokenizer.json", tmp_path / "tokenizer.json")
    alone, both = gguf_vocabulary.read(tmp_path, 32064), gguf_vocabulary.read(phi35, 32064)
    merged = [number for number in range(259, 32000) if len(both.tokens[number]) > 1]
    ranked = sorted((number for number in merged if both.scores[number] > -1e6), key=lambda at: -both.scores[at])

    assert (alone.tokens, alone.types, alone.strips_right) == (both.tokens, both.types, both.strips_right)
    assert sorted(merged, key=lambda at: -alone.scores[at])[: len(ranked)] == ranked, "what is merged first"
    assert len(ranked) > 29_000


def test_the_model_card_beside_it_tells_licence_base_and_languages(tiny: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny, tmp_path / "m")
    front = "license: mit\nbase_model: microsoft/Phi-3.5-mini-instruct\nlanguage: [en, ja]\ndatasets: [openai/gsm8k]"
    (tmp_path / "m" / "README.md").write_text(f"---\nmodel_name: x\n{front}\n---\n", encoding="utf-8")
    gguf_writer.write(tmp_path / "m", tmp_path / "x.gguf", "F16", "demo")
    said = fields_of(tmp_path / "x.gguf")

    assert said["general.license"] == "mit" and said["general.languages"] == ["en", "ja"]
    assert said["general.base_model.0.repo_url"] == "https://huggingface.co/microsoft/Phi-3.5-mini-instruct"
    assert said["general.dataset.0.name"] == "Gsm8K" and said["general.name"] == "demo"


@pytest.mark.parametrize("kind", ["Q4_K_M", "Q5_K_M", "Q6_K"])
def test_k_quants_are_read_by_llama_cpp_and_lose_little(tiny: Path, tmp_path: Path, kind: str) -> None:
    assert compared(tiny, tmp_path / "x.gguf", kind)["kl"] < 0.02
    types = {tensor.name: tensor.tensor_type.name for tensor in gguf_files.read(tmp_path / "x.gguf").tensors}

    default = {"Q4_K_M": "Q4_K", "Q5_K_M": "Q5_K", "Q6_K": "Q6_K"}[kind]
    assert types["output.weight"] == "Q6_K" and types["token_embd.weight"] == types["blk.0.ffn_up.weight"] == default
    assert types["output_norm.weight"] == "F32"


def test_norms_and_rope_factors_stay_in_full_precision(phi35: Path, tmp_path: Path) -> None:
    gguf_writer.write(phi35, tmp_path / "x.gguf", "Q8_0", "demo")
    reader = gguf_files.read(tmp_path / "x.gguf")
    types = {tensor.name: tensor.tensor_type.name for tensor in reader.tensors}

    assert {name for name, kind in types.items() if kind == "F32"} == {
        "output_norm.weight", "rope_factors_long.weight", "rope_factors_short.weight",
        *(f"blk.{layer}.{norm}.weight" for layer in (0, 1) for norm in ("attn_norm", "ffn_norm")),
    }  # fmt: skip
    assert reader.fields["phi3.rope.scaling.attn_factor"].contents() == pytest.approx(1.190238, abs=1e-5)
    assert reader.fields["phi3.rope.dimension_count"].contents() == 96


def fields_of(path: Path) -> dict[str, Any]:
    return {name: field.contents() for name, field in gguf_files.read(path).fields.items()}


def token_ids(path: Path) -> dict[str, int]:
    fields = gguf_files.read(path).fields.items()
    return {name.removeprefix("tokenizer.ggml."): field.contents() for name, field in fields if "_token_id" in name}


def test_the_tokens_at_which_llama_cpp_ends_and_pads_are_the_models(tiny: Path, tmp_path: Path) -> None:
    gguf_writer.write(tiny, tmp_path / "x.gguf", "F16", "demo")
    own = AutoTokenizer.from_pretrained(tiny)

    assert token_ids(tmp_path / "x.gguf") == {
        "eos_token_id": own.convert_tokens_to_ids("<|endoftext|>"),
        "eot_token_id": own.convert_tokens_to_ids("<|end|>"),
        "padding_token_id": json.loads((tiny / "config.json").read_text())["pad_token_id"],
    }


def test_the_real_phi35s_special_tokens_are_in_the_file(phi35: Path, phi35_file: Path) -> None:
    assert token_ids(phi35_file) == {
        "bos_token_id": 1, "unknown_token_id": 0, "eos_token_id": 32000, "eot_token_id": 32007,
        "padding_token_id": json.loads((phi35 / "config.json").read_text())["pad_token_id"],
    }  # fmt: skip


def test_a_sentencepiece_vocabulary_names_its_special_tokens() -> None:
    words = ["<unk>", "<s>", "</s>", "a", "<|endoftext|>", "<|end|>"]
    vocabulary = gguf_vocabulary.Vocabulary("llama", "default", words, [gguf.TokenType.NORMAL] * 6)

    ids = dict(gguf_writer._token_ids(vocabulary, {"pad_token_id": 4}))
    assert ids == {"bos": 1, "unk": 0, "eos": 4, "eot": 5, "pad": 4}


@pytest.mark.parametrize(("window", "written"), [(None, 0), (2047, 2047)])
def test_what_a_file_says_of_itself_is_what_is_in_it(
    tiny: Path, tmp_path: Path, window: int | None, written: int
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny, folder)
    config = json.loads((folder / "config.json").read_text()) | {"sliding_window": window}
    (folder / "config.json").write_text(json.dumps(config))
    said = {}
    for kind in ("F16", "Q8_0"):
        gguf_writer.write(folder, tmp_path / f"{kind}.gguf", kind, "demo")
        said[kind] = fields_of(tmp_path / f"{kind}.gguf")

    assert [said[kind]["general.file_type"] for kind in said] == [1, 7]
    assert [said[kind]["general.quantization_version"] for kind in said] == [2, 2]
    assert said["F16"]["general.type"] == "model" and said["F16"]["general.size_label"] == "1.7M"
    assert said["F16"]["tokenizer.ggml.add_eos_token"] is False
    assert {said[kind]["phi3.attention.sliding_window"] for kind in said} == {written}
    numbers = ("context_length", "embedding_length", "feed_forward_length", "block_count", "attention.head_count")
    assert [said["F16"][f"phi3.{name}"] for name in numbers] == [256, 256, 512, 2, 4]


def test_rows_that_32_does_not_divide_stay_in_sixteen_bits_and_keep_their_values(tmp_path: Path) -> None:
    """Q8_0 packs 32 numbers with one scale; 48 in a row of down_proj are no multiple of that."""
    tokenizer = tokens.train(TEXTS[:2], 400, 64)
    build = Build(
        hidden_size=64, intermediate_size=48, num_hidden_layers=1, num_attention_heads=2, vocab_size=400,
        max_position_embeddings=64,
    )  # fmt: skip
    base_model.new(build, tokenizer, 3, torch.device("cpu")).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    gguf_writer.write(tmp_path, tmp_path / "x.gguf", "Q8_0", "demo")
    weights = load_file(tmp_path / "model.safetensors")
    stored = {tensor.name: tensor for tensor in gguf_files.read(tmp_path / "x.gguf").tensors}
    types = {name: tensor.tensor_type.name for name, tensor in stored.items()}
    down = stored["blk.0.ffn_down.weight"]
    expected = weights["model.layers.0.mlp.down_proj.weight"].half().numpy()

    assert types["blk.0.ffn_down.weight"] == "F16" and (down.data.reshape(expected.shape) == expected).all()
    assert {types[f"blk.0.{name}.weight"] for name in ("attn_qkv", "attn_output", "ffn_up")} == {"Q8_0"}
    assert types["token_embd.weight"] == types["output.weight"] == "Q8_0"


def test_a_file_that_could_not_be_finished_is_closed_so_that_its_space_is_free_once_removed(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, values: Any, endianness: Any) -> None:
        raise OSError("13056 requested and 2016 written")

    monkeypatch.setattr(gguf.GGUFWriter, "write_tensor_data", full)
    with pytest.raises(OSError, match="2016 written") as caught:
        gguf_writer.write(tiny, tmp_path / "x.gguf", "F16", "demo")
    handles = [str(handle.readlink()) for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]

    assert caught.value.__traceback__ is not None, "whoever holds the error holds the writer"
    assert str(tmp_path / "x.gguf") not in handles


def test_the_same_model_gives_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    for name in ("a.gguf", "b.gguf"):
        gguf_writer.write(tiny, tmp_path / name, "Q8_0", "demo")

    assert (tmp_path / "a.gguf").read_bytes() == (tmp_path / "b.gguf").read_bytes()


def test_what_cannot_be_written_is_said_in_a_sentence(tiny: Path, phi35: Path, tmp_path: Path) -> None:
    def broken(source: Path, name: str, **changes: Any) -> Path:
        folder = tmp_path / name
        shutil.copytree(source, folder)
        for file, change in changes.items():
            path = folder / f"{file}.json"
            path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
        return folder

    strange = broken(tiny, "strange")
    weights = load_file(strange / "model.safetensors")
    save_file(weights | {"model.layers.0.extra.weight": torch.zeros(2, 2)}, strange / "model.safetensors")
    nameless = broken(phi35, "nameless")
    (nameless / "tokenizer.model").unlink()
    few = json.loads((nameless / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    few["merges"] = few["merges"][100:]
    whole = json.loads((nameless / "tokenizer.json").read_text(encoding="utf-8")) | {"model": few}
    (nameless / "tokenizer.json").write_text(json.dumps(whole), encoding="utf-8")
    stale = broken(phi35, "stale")
    body = json.loads((stale / "tokenizer.json").read_text(encoding="utf-8"))
    numbers = body["model"]["vocab"]
    numbers["cat"], numbers["dog"] = numbers["dog"], numbers["cat"]
    (stale / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")
    cases = {
        "tokenizer.model and tokenizer.json are not of the same tokenizer": (stale, "F16"),
        "There is no GGUF type Q3_K": (tiny, "Q3_K"),
        "not for llama": (broken(tiny, "llama", config={"model_type": "llama"}), "F16"),
        "extra.weight": (strange, "F16"),
        "tokenizer.model is missing": (nameless, "F16"),
        "has no embedding row": (broken(tiny, "short", config={"vocab_size": 350}), "F16"),
        "larger than": (broken(tiny, "shorter", config={"vocab_size": 300}), "F16"),
        "does not": (broken(tiny, "cut", tokenizer={"pre_tokenizer": {"type": "Whitespace"}}), "F16"),
    }
    for expected, (folder, kind) in cases.items():
        error = refused(lambda folder=folder, kind=kind: gguf_writer.write(folder, tmp_path / "y.gguf", kind, "n"))  # type: ignore[misc]
        assert error.code == "export" and expected in error.detail


def test_a_place_where_the_answer_would_end_is_compared_too(tiny: Path, tmp_path: Path) -> None:
    gguf_writer.write(tiny, tmp_path / "x.gguf", "F32", "demo")
    plain = AutoModelForCausalLM.from_pretrained(tiny, dtype=torch.float32).eval()
    generator = torch.Generator().manual_seed(0)
    ends = set(plain.generation_config.eos_token_id)
    drawn = [torch.randint(5, 300, (4,), generator=generator).tolist() for _ in range(4000)]
    with torch.no_grad():
        best = plain(torch.tensor(drawn)).logits[:, -1].argmax(-1).tolist()
    places = [place for place, token in zip(drawn, best, strict=True) if token in ends][:3]
    result = gguf_agreement.compare(tmp_path / "x.gguf", places, gguf_agreement.reference(plain, places), {}, threads=1)
    assert not isinstance(result, Sentence), str(result)

    assert places and result["max_error"] < 1e-3 and result["argmax_agreement"] == 1.0


def test_a_file_that_llama_cpp_cannot_load_is_a_sentence_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + b"\xff" * 1000)
    answer = llama_cpp.ask(tmp_path / "bad.gguf", [[1]], [[1]])

    assert isinstance(answer, Sentence) and answer.code in ("evaluate.llama_load", "evaluate.llama_ended_with")


def test_native_code_that_dies_is_a_sentence(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text("import os, signal\nprint('noise')\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = llama_cpp.ask(tmp_path / "any.gguf", [[1]], [[1]])

    assert isinstance(answer, Sentence) and str(answer) == "llama.cpp ended with code -11: noise."


def test_a_llama_cpp_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    answer = llama_cpp.ask(tmp_path / "any.gguf", [[1]], [[1]], timeout=3)
    assert answer == sentence("evaluate.llama_silent", seconds=3)


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_the_child_leaves_when_its_parent_is_gone(tmp_path: Path) -> None:
    (tmp_path / "xllamacpp.py").write_text(
        "import os, pathlib, time\npathlib.Path(os.environ['PIDFILE']).write_text(str(os.getpid()))\ntime.sleep(600)\n"
    )
    pidfile = tmp_path / "pid"
    script = (
        "from pathlib import Path\nfrom so8t_engine.evaluate import llama_cpp\nllama_cpp.ask(Path('x'), [[1]], [[1]])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PIDFILE": str(pidfile)}

    parent = subprocess.Popen([sys.executable, "-c", script], env=environment)
    while not (pidfile.exists() and pidfile.read_text()):
        time.sleep(0.05)
    child = int(pidfile.read_text())
    parent.kill()
    parent.wait()
    for _ in range(1_200):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split(")")[1][:3]:
            return
        time.sleep(0.05)

    pytest.fail("the child went on without its parent")


@pytest.mark.parametrize(("which", "context"), [("tiny", 256), ("phi35", 4096)])
def test_the_modelfile_speaks_the_models_chat_format_and_leaves_room_for_a_conversation(
    which: str, context: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Up to the original context, where llama.cpp's rope factors are those of training."""
    config = make_config([{"name": "a", "path": "o/n"}], convert={"system_prompt": "Think first."})
    text = gguf_folder._modelfile(request.getfixturevalue(which), config, "x.gguf")

    assert text.startswith("FROM ./x.gguf\nTEMPLATE ") and 'SYSTEM """Think first."""' in text
    assert "range .Messages }}<|{{ .Role }}|>\n{{ .Content }}<|end|>\n" in text and ".System" not in text
    assert f"PARAMETER num_ctx {context}\n" in text and "PARAMETER num_predict 512\n" in text
