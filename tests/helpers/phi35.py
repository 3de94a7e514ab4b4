"""Random models of Phi-3.5's kind: its own configuration and tokenizer (`../shared/data`), few layers, any width."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import torch
from transformers import AutoTokenizer, Phi3Config, Phi3ForCausalLM

from so8t_engine.data.record import TAGS
from so8t_engine.export import hf_tokenizer
from so8t_engine.model import tokenizer as tokens

HEAD = 96  # the width that its 48 factors of longrope fit
FILES = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json", "added_tokens.json", "special_tokens_map.json",
         "chat_template.jinja", "generation_config.json")  # fmt: skip
BASE = "microsoft/Phi-3.5-mini-instruct"
CARD = f"---\nmodel_name: Phi-3.5-test\nlicense: mit\nbase_model: {BASE}\nlanguage:\n- en\n- ja\n---\n"


def hub_folder(source: Path, to: Path, *, heads: int, intermediate: int, layers: int, dtype: str = "bfloat16") -> Path:
    """As the hub gives it, but for its size. `source`: the real configuration and tokenizer."""
    body = json.loads((source / "config.json").read_text(encoding="utf-8"))
    body |= {"hidden_size": HEAD * heads, "num_attention_heads": heads, "num_key_value_heads": heads, "dtype": dtype,
             "intermediate_size": intermediate, "num_hidden_layers": layers}  # fmt: skip
    body.pop("auto_map", None)
    torch.manual_seed(0)
    previous = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, dtype))
    try:
        Phi3ForCausalLM(Phi3Config(**body)).save_pretrained(to)
    finally:
        torch.set_default_dtype(previous)
    for name in FILES:
        shutil.copyfile(source / name, to / name)
    return to


def delivered_folder(base: Path, to: Path) -> Path:
    """With the section tags, its tokenizer and model card as step 5 writes them; the weights are the base's."""
    saved = to.with_name(to.name + "-tokenizer")
    tokenizer = AutoTokenizer.from_pretrained(base)
    tokens.add_tags(tokenizer)
    tokenizer.save_pretrained(saved)
    to.mkdir()
    for path in (*base.glob("*.safetensors*"), base / "config.json", base / "generation_config.json"):
        shutil.copyfile(path, to / path.name)
    hf_tokenizer.write(base, saved, to)
    (to / "README.md").write_text(CARD, encoding="utf-8")
    return to


ENGLISH = [
    "the",
    "cat",
    "sat on a mat",
    "isn't it?",
    "3.14",
    "apples,",
    "don't",
    "Tom's",
    "U.S.",
    "(really)",
    "naïve café",
]
JAPANESE = [
    "日本語の",
    "文章です。",
    "猫が好き。",
    "半角ｶﾅ",
    "１２３",
    "ー",
    "々",
    "東京都渋谷区",
    "「引用」",
    "なぜなら、",
]
CODE = ["def f(x):\n    return x", '{\n\t"a": [1, 2]\n}', "x += 1;", "<b>tags</b> &amp; x_y-z", "// ---", "\\n", "`a`"]
EMOJI = ["🙂", "👩‍👩‍👧‍👦", "🇯🇵", "✌🏽", "ⓐ", "\u200b", "\ufeff", "é", "e\u0301", "𝒳", "\U0002070e"]
WHITE = ["", " ", "  ", "\n", "\n\n", "\t", "\r\n", " \n ", "   ", "\u3000"]
SPECIAL = ["<|user|>", "<|assistant|>", "<|system|>", "<|end|>", "<|endoftext|>", "<s>", "</s>", "<unk>", "<0x0A>",
           "[PAD32040]", "<|placeholder1|>", *TAGS]  # fmt: skip
BEYOND_ASCII = "\u3000\u00a0\u2003\u2028\u0085"


def texts(count: int, seed: int = 7) -> list[str]:
    """English, Japanese, code, emoji, special tokens written out, white space, and mixtures of all; always the same."""
    draw = random.Random(seed)
    kinds = (ENGLISH, JAPANESE, CODE, EMOJI, SPECIAL)
    result = []
    for _ in range(count):
        words = draw.choice(kinds) if draw.random() < 0.5 else [word for kind in kinds for word in kind]
        between = draw.choice(WHITE) if draw.random() < 0.6 else None
        parts = [draw.choice(WHITE) if draw.random() < 0.2 else ""]
        for _ in range(draw.randint(1, 24)):
            parts += [draw.choice(words), draw.choice(WHITE) if between is None else between]
        result.append("".join(parts))
    return result


def wide_space_behind_special(text: str) -> bool:
    """White space beyond ASCII behind a special token: Hugging Face drops it, llama.cpp has no way to."""
    behind = (text.split(special)[1:] for special in SPECIAL)
    rests = [rest for split in behind for rest in split]
    return any(set(rest[: len(rest) - len(rest.lstrip())]) & set(BEYOND_ASCII) for rest in rests)
