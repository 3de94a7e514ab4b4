"""Our GGUF files against llama.cpp's converter and Hugging Face: every tensor and key, token ids, greedy answers.

    cd tests && SO8T_LLAMA_CPP=.../vendor/llama.cpp ../.venv/bin/python -m bench.gguf_parity [--texts 2000]

Needs the real tokenizer of Phi-3.5 (`../shared/data`) and the converter (`helpers/llama_cpp_converter.py` says whence).
Two random models of two layers: one as the hub gives it, one with our tags and model card. Ends with 1 where something
differs that is not explained there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from helpers import llama_cpp_converter as converter
from helpers import phi35
from helpers.paths import SHARED_DATA
from so8t_engine.evaluate import llama_cpp
from so8t_engine.export import gguf_writer

NAME = "Phi-3.5-test"
PROMPTS = [
    "How many cats are there?",
    "猫は何匹ですか。",
    "def add(a, b):\n    ",
    "🙂 Tell me a story about an émigré.",
    "A shop has 12 boxes with 8 apples each. How many apples are there?",
    "Which of these is a fruit? A: stone, B: apple, C: car",
]
NEW_TOKENS = 48
ENDS_TOO = "</s>"  # for llama.cpp; a random model says it, no trained Phi-3 does


def files(model: Path, folder: Path, source: Path, kinds: Sequence[str]) -> dict[str, converter.Comparison]:
    """By type."""
    found = {}
    for kind in kinds:
        ours, theirs = folder / "ours.gguf", folder / "theirs.gguf"
        gguf_writer.write(model, ours, kind, NAME)
        converter.convert(source, model, theirs, kind)
        found[kind] = converter.compare(ours, theirs)
    return found


def told(name: str, found: dict[str, converter.Comparison]) -> bool:
    """Prints what differs; True where nothing does that is not explained."""
    good = True
    for kind, comparison in found.items():
        same = comparison.tensors - len(comparison.other_tensors)
        print(f"{name} {kind}: {same} of {comparison.tensors} tensors equal in name, type, shape and bytes")
        for tensor, why in comparison.other_tensors.items():
            print(f"  tensor {tensor}: {why}")
        for key, (ours, theirs) in comparison.other_keys.items():
            reason = converter.OURS_ALONE.get(key, "") if theirs is None else ""
            print(f"  key {key}: ours {json.dumps(ours, ensure_ascii=False)}, theirs {json.dumps(theirs)} {reason}")
        good = good and not comparison.other_tensors and not converter.unexplained(comparison)
    return good


def same_tokens(model: Path, gguf: Path, count: int) -> dict[str, int]:
    texts = phi35.texts(count)
    tokenizer = AutoTokenizer.from_pretrained(model)
    expected = [list(ids) for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]
    answer = llama_cpp.ask(gguf, [[1]], [[0]], texts=texts)
    assert isinstance(answer, llama_cpp.Answer), str(answer)
    other = [text for text, own, its in zip(texts, expected, answer.tokens, strict=True) if own != its]
    for text in other:
        if not phi35.wide_space_behind_special(text):
            print(f"  other tokens: {text!r}")
    explained = sum(map(phi35.wide_space_behind_special, other))
    return {"texts": count, "tokens": sum(map(len, expected)), "other": len(other), "explained": explained}


def same_answers(model: Path, gguf: Path) -> dict[str, Any]:
    """Greedy, in float32 on both sides, token by token and as text."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    plain = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32).eval()
    server: Any = llama_cpp.load(gguf, 512, 1, exact=True)
    same_text = 0
    for prompt in PROMPTS:
        ids = tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt}], add_generation_prompt=True, return_dict=False
        )
        with torch.no_grad():
            all_ids = plain.generate(torch.tensor([ids]), max_new_tokens=NEW_TOKENS, do_sample=False)[0].tolist()
        own = all_ids[len(ids) :]
        body = {"prompt": ids, "n_predict": NEW_TOKENS, "max_tokens": NEW_TOKENS, "temperature": 0, "seed": 0}
        body |= {"cache_prompt": False}
        its = server.handle_completions(body)["choices"][0]["text"]
        text = tokenizer.decode(own, skip_special_tokens=True).split(ENDS_TOO)[0]
        same_text += its.strip() == text.strip()
        if its.strip() != text.strip():
            print(f"  other answer to {prompt!r}: {text!r}, llama.cpp: {its!r}")
    return {"prompts": len(PROMPTS), "new_tokens": NEW_TOKENS, "same_text": same_text}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--types", nargs="*", default=list(converter.KINDS))
    parser.add_argument("--without-llama", action="store_true", help="the files alone")
    given = parser.parse_args()
    source, real = converter.script(), SHARED_DATA / "phi-3.5-mini"
    if (source is None and given.types) or not real.is_dir():
        print(f"needs {real} and the converter in the folder that {converter.VARIABLE} names")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = phi35.hub_folder(real, folder / "Phi-3.5-hub", heads=8, intermediate=1024, layers=2)
        delivered = phi35.delivered_folder(base, folder / "final_model")
        good, said = True, {}
        if source is not None and given.types:
            hub = told("hub", files(base, folder, source, given.types[-1:]))
            good = told("delivered", files(delivered, folder, source, given.types)) and hub
        if not given.without_llama:
            file = folder / "ours.gguf"
            gguf_writer.write(delivered, file, "F32", NAME)
            said = {"tokens": same_tokens(delivered, file, given.texts), "answers": same_answers(delivered, file)}
            same_ids = said["tokens"]["other"] == said["tokens"]["explained"]
            good = good and same_ids and said["answers"]["same_text"] == len(PROMPTS)
    print(json.dumps({"good": good, **said}))
    return 0 if good else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # llama.cpp's server is not waited for
