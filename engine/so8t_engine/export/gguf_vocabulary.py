"""A Hugging Face tokenizer as llama.cpp's vocabulary: byte-level BPE, or SentencePiece with added tokens."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from gguf import TokenType
from sentencepiece import SentencePieceProcessor

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

SENTENCEPIECE_MODEL = "tokenizer.model"
UNDERLINE = "\u2581"
BYTE = re.compile("<0x[0-9A-F]{2}>")
SPACE_TO_UNDERLINE = {"type": "Replace", "pattern": {"String": " "}, "content": UNDERLINE}
BEFORE_A_SPACE_TOO = {"type": "Replace", "pattern": {"Regex": f"\\A{UNDERLINE}"}, "content": 2 * UNDERLINE}
METASPACE_STEPS = ([SPACE_TO_UNDERLINE], [SPACE_TO_UNDERLINE, BEFORE_A_SPACE_TOO])  # transformers 5, of tokenizer.model
UNUSED_SCORE, ADDED_SCORE = -10_000.0, -1_000.0  # as llama.cpp's converter writes them; neither is ever merged


@dataclass(frozen=True)
class Vocabulary:
    """One entry per embedding row. `strips_right`: white space behind chat tokens is dropped (the real Phi-3.5).

    `space_prefix`: a space is put in front of a text, and behind every special token in it, as the real Phi-3.5 does.
    Where it is put in front of the whole text alone, as transformers reads a tokenizer.model without tokenizer.json,
    llama.cpp has to put none: every chat begins with a special token.
    """

    model: Literal["gpt2", "llama"]
    pre: Literal["gpt-2", "default"]
    tokens: list[str]
    types: list[TokenType]
    scores: list[float] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    strips_right: bool = False
    space_prefix: bool = True


def read(folder: Path, rows: int) -> Vocabulary:
    """`rows`: the model's embedding rows; unused ones get placeholder names. Raises EngineError export."""
    try:
        body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError("export", sentence("export.unreadable_tokenizer", folder=folder.name, error=error)) from error
    try:
        return _of_body(body, folder, rows)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RuntimeError) as error:
        reason = f"{type(error).__name__}: {error}"
        what = sentence("export.unreadable_tokenizer", folder=folder.name, error=reason)
        raise EngineError("export", what) from error


def _of_body(body: dict[str, Any], folder: Path, rows: int) -> Vocabulary:
    core, added = body["model"], body["added_tokens"]
    if core.get("type") != "BPE":
        raise EngineError("export", sentence("export.not_bpe", type=core.get("type")))
    if core.get("byte_fallback"):
        vocabulary = _sentencepiece(folder, body, rows)
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
        if vocabulary.scores:
            vocabulary.scores[number] = ADDED_SCORE
    return replace(vocabulary, strips_right=_strips_right(added), space_prefix=_space_prefix(body) is not False)


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


def _sentencepiece(folder: Path, body: dict[str, Any], rows: int) -> Vocabulary:
    """From tokenizer.model where it is there, else from what tokenizer.json kept of it."""
    path = folder / SENTENCEPIECE_MODEL
    if not path.exists():
        return _merged_pieces(body, rows)
    model = SentencePieceProcessor(model_file=str(path))
    numbers = body["model"]["vocab"]
    if any(numbers.get(model.id_to_piece(number), number) != number for number in range(model.vocab_size())):
        raise EngineError("export", sentence("export.two_tokenizers", folder=folder.name, file=SENTENCEPIECE_MODEL))
    tokens, types = _empty(rows)
    scores = [UNUSED_SCORE] * rows
    for number in range(min(rows, model.vocab_size())):
        tokens[number], scores[number] = model.id_to_piece(number), model.get_score(number)
        types[number] = _sentencepiece_type(model, number)
    return Vocabulary("llama", "default", tokens, types, scores)


def _merged_pieces(body: dict[str, Any], rows: int) -> Vocabulary:
    """The pieces of a SentencePiece model by the merges that transformers made of it (convert_slow_tokenizer.py).

    SentencePiece merges the neighbours whose union has the highest score, whatever they are; a list of merges says the
    same where it holds every way to make each piece, all ways of one piece in a row.
    """
    core = body["model"]
    if _space_prefix(body) is None:
        raise EngineError("export", sentence("export.no_sentencepiece", file=SENTENCEPIECE_MODEL))
    vocabulary: dict[str, int] = core["vocab"]
    if max(vocabulary.values()) >= rows:
        raise EngineError("export", sentence("export.vocabulary_too_large", rows=rows))
    merges = [tuple(pair.split(" ") if isinstance(pair, str) else pair) for pair in core["merges"]]
    ranks: dict[str, int] = {}
    last = ""
    for left, right in merges:
        piece = left + right
        if piece != last and piece in ranks:
            raise EngineError("export", sentence("export.no_sentencepiece", file=SENTENCEPIECE_MODEL))
        ranks.setdefault(piece, len(ranks) + 1)
        last = piece
    added = {token["content"] for token in body["added_tokens"]}
    pieces = (piece for piece in vocabulary if piece not in added and not BYTE.fullmatch(piece))
    cuts = ((piece[:at], piece[at:]) for piece in pieces for at in range(1, len(piece)))
    ways = {(left, right) for left, right in cuts if left in vocabulary and right in vocabulary}
    if ways != set(merges) or not ranks.keys() <= vocabulary.keys():
        raise EngineError("export", sentence("export.no_sentencepiece", file=SENTENCEPIECE_MODEL))
    tokens, types = _empty(rows)
    scores = [UNUSED_SCORE] * rows
    for piece, number in vocabulary.items():
        tokens[number], scores[number] = piece, -float(ranks.get(piece, 0))
        types[number] = TokenType.BYTE if BYTE.fullmatch(piece) else TokenType.NORMAL
    return Vocabulary("llama", "default", tokens, types, scores)


def _space_prefix(body: dict[str, Any]) -> bool | None:
    """Where a space, which becomes U+2581, is put in front: of every piece between special tokens (True), or of the
    text alone (False). None: something else happens to a text before it is merged.
    """
    steps = (body.get("normalizer") or {}).get("normalizers")
    pre = body.get("pre_tokenizer")
    whole = pre.get("pretokenizers", [pre]) if isinstance(pre, dict) else []
    if steps == [{"type": "Prepend", "prepend": UNDERLINE}, SPACE_TO_UNDERLINE] and pre is None:
        return True
    if len(whole) != 1 or whole[0].get("type") != "Metaspace" or whole[0].get("replacement") != UNDERLINE:
        return None
    if whole[0].get("split") is not False or (body.get("normalizer") and steps not in METASPACE_STEPS):
        return None
    return {"always": True, "first": False}.get(whole[0].get("prepend_scheme"))


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
