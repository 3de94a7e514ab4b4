"""Turns a Hugging Face tokenizer into llama.cpp's vocabulary: byte-level BPE, or SentencePiece with added tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from gguf import TokenType
from sentencepiece import SentencePieceProcessor

from so8t_engine.errors import EngineError

SENTENCEPIECE_MODEL = "tokenizer.model"


@dataclass(frozen=True)
class Vocabulary:
    """One entry per embedding row. `strips_right`: white space behind chat tokens is dropped (the real Phi-3.5)."""

    model: Literal["gpt2", "llama"]
    pre: Literal["gpt-2", "default"]
    tokens: list[str]
    types: list[TokenType]
    scores: list[float] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    strips_right: bool = False


def read(folder: Path, rows: int) -> Vocabulary:
    """`rows`: the model's embedding rows; unused ones get placeholder names. Raises EngineError export."""
    try:
        body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError("export", f"The tokenizer in {folder.name} cannot be read: {error}.") from error
    core, added = body["model"], body["added_tokens"]
    if core.get("type") != "BPE":
        raise EngineError("export", f"GGUF files can be written for BPE tokenizers, not for {core.get('type')}.")
    if core.get("byte_fallback"):
        found = _sentencepiece(folder, rows)
    elif _byte_level(body.get("pre_tokenizer")):
        found = _byte_level_bpe(core, rows)
    else:
        raise EngineError("export", "The tokenizer cuts text in a way that llama.cpp's `gpt-2` rule does not.")
    for token in added:
        number = token["id"]
        if number >= rows:
            raise EngineError("export", f"The token {token['content']} has no embedding row ({number} of {rows}).")
        found.tokens[number] = token["content"]
        found.types[number] = TokenType.CONTROL if token["special"] else TokenType.USER_DEFINED
        if found.model == "llama" and token["content"] == "<unk>":
            found.types[number] = TokenType.UNKNOWN
    chat = [token for token in added if token["content"].startswith("<|") and token["content"] != "<|endoftext|>"]
    strips = bool(chat) and all(token["rstrip"] for token in chat)
    return Vocabulary(
        found.model, found.pre, found.tokens, found.types, found.scores, found.merges, strips_right=strips
    )  # fmt: skip


def _empty(rows: int) -> tuple[list[str], list[TokenType]]:
    return [f"[PAD{number}]" for number in range(rows)], [TokenType.UNUSED] * rows


def _byte_level_bpe(core: dict[str, Any], rows: int) -> Vocabulary:
    tokens, types = _empty(rows)
    if max(core["vocab"].values()) >= rows:
        raise EngineError("export", f"The tokenizer's vocabulary is larger than the model's {rows} embedding rows.")
    for token, number in core["vocab"].items():
        tokens[number], types[number] = token, TokenType.NORMAL
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in core["merges"]]
    return Vocabulary("gpt2", "gpt-2", tokens, types, merges=merges)


def _sentencepiece(folder: Path, rows: int) -> Vocabulary:
    path = folder / SENTENCEPIECE_MODEL
    if not path.exists():
        raise EngineError("export", f"The tokenizer's {SENTENCEPIECE_MODEL} is missing beside the base model.")
    model = SentencePieceProcessor(model_file=str(path))
    tokens, types = _empty(rows)
    scores = [-10_000.0] * rows
    for number in range(min(rows, model.vocab_size())):
        tokens[number], scores[number] = model.id_to_piece(number), model.get_score(number)
        types[number] = _sentencepiece_type(model, number)
    return Vocabulary("llama", "default", tokens, types, scores)


def _sentencepiece_type(model: Any, number: int) -> TokenType:
    if model.is_unknown(number):
        return TokenType.UNKNOWN
    if model.is_control(number):
        return TokenType.CONTROL
    if model.is_unused(number):
        return TokenType.UNUSED
    return TokenType.BYTE if model.is_byte(number) else TokenType.NORMAL


def _byte_level(pre: Any) -> bool:
    """Whether the text is cut by the GPT-2 pattern and nothing else."""
    return isinstance(pre, dict) and pre.get("type") == "ByteLevel" and not pre.get("add_prefix_space")
