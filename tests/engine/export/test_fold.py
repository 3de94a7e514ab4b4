"""What the fold does to one tensor, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from helpers.sessions import refused
from so8t_engine.export import fold, tensor_file
from so8t_engine.model import so8_gate

PREFIX = "model.layers.0.self_attn.o_proj"


def folders(root: Path, module: str = PREFIX, shards: int = 1, tied: bool = False) -> tuple[Path, Path, Path]:
    """(base, adapter, part): a base of one o_proj, an embedding and a head; LoRA r 2, one gate, one tag row."""
    base, adapter, part = (root / name for name in ("base", "adapter", "part"))
    for folder in (base, adapter / "tokenizer", part):
        folder.mkdir(parents=True)
    torch.manual_seed(1)
    tensors = {f"{PREFIX}.weight": torch.randn(16, 16), fold.EMBEDDING: torch.randn(4, 16)}
    tensors |= {} if tied else {fold.HEAD: torch.randn(4, 16)}
    names = list(tensors)
    for shard in range(shards):
        some = {name: tensors[name] for name in names[shard::shards]}
        save_file(some, base / (f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"))
    config = {"model_type": "phi3", "auto_map": {"AutoConfig": "x.Y"}, "torch_dtype": "bfloat16"}
    (base / "config.json").write_text(json.dumps(config | {"tie_word_embeddings": tied}))
    (base / "tokenizer.model").write_bytes(b"sentencepiece")
    loras = {f"base_model.model.{module}.lora_A.weight": torch.randn(2, 16)}
    loras |= {f"base_model.model.{module}.lora_B.weight": torch.randn(16, 2)}
    save_file(loras, adapter / "adapter_model.safetensors")
    save_file({PREFIX: torch.randn(2, 28), "alpha": torch.tensor([0.4])}, adapter / "gates.safetensors")
    rows = {"ids": torch.tensor([2]), "embed_tokens": torch.ones(1, 16), "lm_head": torch.full((1, 16), 2.0)}
    save_file(rows, adapter / "tag_rows.safetensors")
    (adapter / "adapter_config.json").write_text(json.dumps({"lora_alpha": 8, "r": 2}))
    (adapter / "alpha.json").write_text(json.dumps({"alpha": 0.4, "mode": "geodesic"}))
    (adapter / "tokenizer" / "tokenizer.json").write_text("{}")
    return base, adapter, part


def test_a_weight_becomes_r_times_base_plus_scaled_lora(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path)
    fold.write(base, adapter, part, "float32", [4, 0], 0)
    before = load_file(base / "model-00001-of-00001.safetensors")[f"{PREFIX}.weight"].double()
    lora = load_file(adapter / "adapter_model.safetensors")
    a, b = (lora[f"base_model.model.{PREFIX}.lora_{part_}.weight"].double() for part_ in "AB")
    free = load_file(adapter / "gates.safetensors")[PREFIX].double()
    turn = torch.block_diag(*torch.matrix_exp(0.4 * so8_gate.skew(free)))
    after = load_file(part / "model-00001-of-00001.safetensors")[f"{PREFIX}.weight"]

    assert torch.allclose(after.double(), turn @ (before + 4.0 * b @ a), atol=1e-5)


def test_tag_rows_replace_just_their_rows(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path)
    fold.write(base, adapter, part, "float32", [4], 0)
    before = load_file(base / "model-00001-of-00001.safetensors")
    after = load_file(part / "model-00001-of-00001.safetensors")

    assert after[fold.EMBEDDING][2].tolist() == [1.0] * 16 and after[fold.HEAD][2].tolist() == [2.0] * 16
    assert torch.equal(after[fold.HEAD][[0, 1, 3]], before[fold.HEAD][[0, 1, 3]])


def test_several_shards_keep_their_names_and_get_an_index(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path, shards=3)
    fold.write(base, adapter, part, "bfloat16", [4], 0)
    index = json.loads((part / fold.INDEX).read_text())

    assert sorted(set(index["weight_map"].values())) == sorted(path.name for path in base.glob("*.safetensors"))
    assert index["metadata"]["total_size"] == 2 * (16 * 16 + 2 * 4 * 16)
    for name, shard in index["weight_map"].items():
        assert load_file(part / shard)[name].dtype == torch.bfloat16


def test_a_tied_head_is_untied_where_its_tag_rows_differ(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path, tied=True)
    fold.write(base, adapter, part, "float32", [4], 0)
    after = load_file(part / "model-00001-of-00001.safetensors")

    assert json.loads((part / "config.json").read_text())["tie_word_embeddings"] is False
    assert torch.equal(after[fold.HEAD][[0, 1, 3]], after[fold.EMBEDDING][[0, 1, 3]])
    assert after[fold.HEAD][2].tolist() == [2.0] * 16


def test_the_folder_needs_no_code_of_its_own_and_knows_where_answers_end(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path)
    fold.write(base, adapter, part, "float32", [4, 0, 4], 0)
    config = json.loads((part / "config.json").read_text())

    assert "auto_map" not in config and config["torch_dtype"] == config["dtype"] == "float32"
    assert json.loads((part / "generation_config.json").read_text())["eos_token_id"] == [0, 4]
    assert (part / "tokenizer.model").read_bytes() == b"sentencepiece" and (part / "tokenizer.json").exists()
    assert not (part / "README.md").exists()


def test_its_model_card_lies_beside_it(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path)
    fold.write(base, adapter, part, "float32", [0], 0, "# カード\n")

    assert (part / "README.md").read_bytes() == "# カード\n".encode()


def test_training_that_fits_no_tensor_of_the_base_is_refused(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path, module="model.layers.7.mlp.down_proj")
    error = refused(lambda: fold.write(base, adapter, part, "float32", [4], 0))

    assert error.code == "export" and "model.layers.7.mlp.down_proj.weight" in error.detail


def test_a_base_without_safetensors_is_refused(tmp_path: Path) -> None:
    base, adapter, part = folders(tmp_path)
    next(base.glob("*.safetensors")).unlink()

    assert "no safetensors" in refused(lambda: fold.write(base, adapter, part, "float32", [4], 0)).detail


def test_tensor_by_tensor_the_file_has_the_bytes_of_the_librarys_own_writer(tmp_path: Path) -> None:
    torch.manual_seed(2)
    tensors = {
        "b.weight": torch.randn(3, 5),
        "a.weight": torch.randn(7),
        "é": torch.randn(2, 2),
        "empty": torch.zeros(0),
    }
    for dtype in tensor_file.NAMES:
        cast = {name: tensor.to(dtype) for name, tensor in tensors.items()}
        save_file(cast, tmp_path / "theirs", metadata={"format": "pt"})
        shapes = {name: list(tensor.shape) for name, tensor in tensors.items()}
        size = tensor_file.write(tmp_path / "ours", shapes, dtype, tensors.__getitem__)

        assert (tmp_path / "ours").read_bytes() == (tmp_path / "theirs").read_bytes()
        assert size == sum(tensor.numel() * dtype.itemsize for tensor in tensors.values())
