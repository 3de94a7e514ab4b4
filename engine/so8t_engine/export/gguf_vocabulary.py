"""A Hugging Face tokenizer as llama.cpp's vocabulary: byte-level BPE, or SentencePiece with added tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from gguf import TokenType
from sentencepiece import SentencePieceProcessor

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

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
        raise EngineError("export", sentence("export.unreadable_tokenizer", folder=folder.name, error=error)) from error
    core, added = body["model"], body["added_tokens"]
    if core.get("type") != "BPE":
        raise EngineError("export", sentence("export.not_bpe", type=core.get("type")))
    if core.get("byte_fallback"):
        vocabulary = _sentencepiece(folder, rows)
    elif _byte_level(body.get("pre_tokenizer")):
        vocabulary = _byte_level_bpe(core, rows)
    else:
        raise EngineError("export", sentence("export.other_pre_tokenizer"))
    for token in added:
        number = token["id"]
        if number >= rows:
            what = sentence("export.token_without_row", token=token["content"], number=number, rows=rows)
            raise EngineError("export", what)
        vocabulary.tokens[number] = token["content"]
        vocabulary.types[number] = TokenType.CONTROL if token["special"] else TokenType.USER_DEFINED
        if vocabulary.model == "llama" and token["content"] == "<unk>":
            vocabulary.types[number] = TokenType.UNKNOWN
    return replace(vocabulary, strips_right=_strips_right(added))


def strips_right_in(folder: Path) -> bool:
    """`Vocabulary.strips_right` of the tokenizer in this folder, also where the rest of it cannot be written."""
    try:
        return _strips_right(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["added_tokens"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _strips_right(added: list[dict[str, Any]]) -> bool:
    chat = [token for token in added if token["content"].startswith("<|") and token["content"] != "<|endoftext|>"]
    return bool(chat) and all(token["rstrip"] for token in chat)


def _empty(rows: int) -> tuple[list[str], list[TokenType]]:
    return [f"[PAD{number}]" for number in range(rows)], [TokenType.UNUSED] * rows


def _byte_level_bpe(core: dict[str, Any], rows: int) -> Vocabulary:
    tokens, types = _empty(rows)
    if max(core["vocab"].values()) >= rows:
        raise EngineError("export", sentence("export.vocabulary_too_large", rows=rows))
    for token, number in core["vocab"].items():
        tokens[number], types[number] = token, TokenType.NORMAL
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in core["merges"]]
    return Vocabulary("gpt2", "gpt-2", tokens, types, merges=merges)


def _sentencepiece(folder: Path, rows: int) -> Vocabulary:
    path = folder / SENTENCEPIECE_MODEL
    if not path.exists():
        raise EngineError("export", sentence("export.no_sentencepiece", file=SENTENCEPIECE_MODEL))
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
    """True if text is split by the GPT-2 pattern and nothing else."""
    return isinstance(pre, dict) and pre.get("type") == "ByteLevel" and not pre.get("add_prefix_space")
