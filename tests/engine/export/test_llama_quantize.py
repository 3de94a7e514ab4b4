"""K-quants by llama.cpp's own program, a stand-in of it: asked as it wants to be, its failure told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from helpers.sessions import refused
from so8t_engine.config.run_config import Build
from so8t_engine.export import gguf_encoder, gguf_writer
from so8t_engine.model import base_model
from so8t_engine.model import tokenizer as tokens

STAND_IN = """#!{python}
import sys
from pathlib import Path
import gguf
source, to, kind = sys.argv[1:]
tensors = gguf.GGUFReader(source).tensors
types = sorted({{tensor.tensor_type.name for tensor in tensors}})
if "{trouble}":
    sys.exit("error: {trouble}")
Path(to).write_bytes(Path(source).read_bytes())
Path(__file__).with_name("asked.txt").write_text(" ".join([kind, Path(source).name, *types]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_without_an_encoder_llama_cpps_own_program_is_asked_for_k_quants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a file with the weights' own numbers, which is gone afterwards; what fails is told by its last line."""
    tokenizer = tokens.train(["the cat sat on the mat, doesn't it?"] * 20, 400, 64)
    build = Build(
        hidden_size=64, intermediate_size=48, num_hidden_layers=1, num_attention_heads=2, vocab_size=400,
        max_position_embeddings=64,
    )  # fmt: skip
    model = tmp_path / "model"
    base_model.new(build, tokenizer, 3, torch.device("cpu")).save_pretrained(model)
    tokenizer.save_pretrained(model)
    program = tmp_path / "bin" / "llama-quantize"
    program.parent.mkdir()
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(gguf_encoder, "k_encoder", lambda: None)
    monkeypatch.setenv("PATH", str(program.parent))

    def write(trouble: str) -> list[str]:
        program.write_text(STAND_IN.format(python=sys.executable, trouble=trouble), encoding="utf-8")
        program.chmod(0o755)
        return gguf_writer.write(model, tmp_path / "out" / "x.gguf", "Q4_K_M", "demo")

    failed = refused(lambda: write("unsupported"))
    left = list((tmp_path / "out").iterdir())
    fallbacks = write("")

    assert failed.code == "export" and "unsupported" in failed.detail and left == []
    assert "output.weight: Q8_0 instead of Q6_K" in fallbacks and len(fallbacks) == 6
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x.gguf"]
    assert (program.parent / "asked.txt").read_text() == "Q4_K_M x.gguf.whole F32"
    (model / "tokenizer.json").unlink()
    assert "tokenizer.json" in refused(lambda: write("")).detail, "told where there is no file yet that could go"
