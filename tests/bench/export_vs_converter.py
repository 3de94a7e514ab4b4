"""Speed and memory of our GGUF writer against llama.cpp's converter, in one run and in turns; and of the fold.

    cd tests && SO8T_LLAMA_CPP=.../vendor/llama.cpp ../.venv/bin/python -m bench.export_vs_converter [--layers 2]

Layers of Phi-3.5's real width (hidden 3072, vocabulary 32,064; random, bfloat16; two are 0.8 GB). Each in a process of
its own: wall and processor time of all of it, imports included; memory read from /proc every 5 ms (Linux): private
(RssAnon), mapped files (RssFile, which the kernel may drop) and both. `--types` as the converter has them. Prints one
JSON object as its last line.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from helpers import llama_cpp_converter as converter
from helpers.paths import SHARED_DATA

NAME = "Phi-3.5-test"
FIELDS = {"private": "RssAnon", "mapped": "RssFile", "resident": "VmRSS"}
WRITE = """
import sys
from pathlib import Path
from so8t_engine.export import gguf_writer
gguf_writer.write(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
"""
FOLD = """
import sys
from pathlib import Path
from so8t_engine.export import fold
fold.write(*map(Path, sys.argv[1:4]), "bfloat16", [32007], 32000)
"""
BUILD = """
import sys
from pathlib import Path
import torch
from helpers import phi35
base = phi35.hub_folder(Path(sys.argv[1]), Path(sys.argv[2]), heads=32, intermediate=8192, layers=int(sys.argv[3]))
"""
ADAPTER = """
import sys
from pathlib import Path
import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer
import json
base, to, layers, rank = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), 64
to.mkdir()
shapes = {"self_attn.qkv_proj": (3072, 9216), "self_attn.o_proj": (3072, 3072), "mlp.gate_up_proj": (3072, 16384),
          "mlp.down_proj": (8192, 3072)}
parts = {}
for layer in range(layers):
    for name, (inside, outside) in shapes.items():
        key = f"base_model.model.model.layers.{layer}.{name}"
        parts[f"{key}.lora_A.weight"] = torch.randn(rank, inside) * 0.01
        parts[f"{key}.lora_B.weight"] = torch.randn(outside, rank) * 0.01
save_file(parts, to / "adapter_model.safetensors")
rows = {"ids": torch.arange(32011, 32025), "embed_tokens": torch.randn(14, 3072), "lm_head": torch.randn(14, 3072)}
save_file(rows, to / "tag_rows.safetensors")
(to / "adapter_config.json").write_text(json.dumps({"lora_alpha": 128, "r": rank}))
AutoTokenizer.from_pretrained(base).save_pretrained(to / "tokenizer")
"""


def measured(command: list[str]) -> dict[str, float]:
    """Runs it to its end. Seconds; megabytes at the peak."""
    before, start = os.times(), time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = dict.fromkeys(FIELDS, 0.0)
    while child.poll() is None:
        try:
            status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
        except OSError:
            break
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        for name, field in FIELDS.items():
            peak[name] = max(peak[name], float(lines.get(field, "0 kB").split()[0]) / 1000)
        time.sleep(0.005)
    assert child.wait() == 0, command
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"wall": time.perf_counter() - start, "cpu": cpu, **peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--types", nargs="*", default=["F16", "Q8_0"])
    given = parser.parse_args()
    source, real = converter.script(), SHARED_DATA / "phi-3.5-mini"
    if source is None or not real.is_dir():
        sys.exit(f"needs {real} and the converter in the folder that {converter.VARIABLE} names")
    result: dict[str, Any] = {"layers": given.layers}
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model, adapter = folder / "Phi-3.5-wide", folder / "adapter"
        subprocess.run([python, "-c", BUILD, str(real), str(model), str(given.layers)], check=True)
        result["bytes"] = sum(path.stat().st_size for path in model.glob("*.safetensors"))
        for kind in given.types:
            ours = [python, "-c", WRITE, str(model), str(folder / "ours.gguf"), kind, NAME]
            theirs = converter.command(source, model, folder / "theirs.gguf", kind)
            rounds = [(measured(ours), measured(theirs)) for _ in range(given.rounds)]
            same = not converter.compare(folder / "ours.gguf", folder / "theirs.gguf").other_tensors
            names = rounds[0][0].keys()
            ratios = {what: statistics.median(their[what] / own[what] for own, their in rounds) for what in names}
            result[kind] = {"rounds": rounds, "theirs_by_ours": ratios, "same_tensors": same}
            print(kind, json.dumps(result[kind]), flush=True)
        subprocess.run([python, "-c", ADAPTER, str(model), str(adapter), str(given.layers)], check=True)
        (folder / "final_model").mkdir()
        result["fold"] = measured([python, "-c", FOLD, str(model), str(adapter), str(folder / "final_model")])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
