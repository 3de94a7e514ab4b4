"""What the files of a model folder tell without torch: whether a weight file is whole, what its tokenizer lacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from so8t_engine.data.record import TAGS
from so8t_engine.sentences import Sentence, sentence

CHAT = ("<|user|>", "<|assistant|>", "<|end|>")
SENTENCEPIECE = "tokenizer.model"
LONGEST_HEADER = 100_000_000  # as the safetensors library has it
Json = dict[str, Any]


def whole(path: Path) -> bool:
    """Whether a safetensors file has the length that its own header says (8 bytes, a JSON text, the tensors)."""
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            if size > LONGEST_HEADER:
                return False
            header = json.loads(file.read(size))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        return path.stat().st_size == 8 + size + max(ends, default=0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return False


def tensors(folder: Path) -> dict[str, str]:
    """Name to number type ("BF16") of every tensor in the folder's safetensors files; {} where one cannot be read."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.safetensors")):
        try:
            found |= {name: str(entry["dtype"]) for name, entry in _header(path).items() if name != "__metadata__"}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
    return found


def _header(path: Path) -> Json:
    """Raises OSError, ValueError."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if size > LONGEST_HEADER:
            raise ValueError("a header too long")
        return json.loads(file.read(size))


def tokenizer_problem(folder: Path, name: str, rows: int) -> Sentence | None:
    """What is wrong with the tokenizer of the model `name`; None too where it is not in a form that is read here.

    `rows`: embedding rows of the model.
    """
    settings = _read(folder / "tokenizer_config.json")
    if settings is not None and not settings.get("chat_template") and not any(folder.glob("*.jinja")):
        return sentence("doctor.no_chat_template", name=name)
    body: Json | Sentence | None = _read(folder / "tokenizer.json")
    if body is None and (folder / SENTENCEPIECE).is_file():
        body = _of_sentencepiece(folder, settings or {})
    if body is None or isinstance(body, Sentence):
        return body
    try:
        added = {str(entry["content"]): int(entry["id"]) for entry in body.get("added_tokens", [])}
        vocabulary = body["model"]["vocab"]
        numbers = vocabulary.values() if isinstance(vocabulary, dict) else range(len(vocabulary))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    absent = [token for token in CHAT if token not in added]
    if absent:
        return sentence("doctor.no_chat_tokens", name=name, tokens=absent)
    new = [tag for tag in TAGS if tag not in added]
    highest = max([*numbers, *added.values()], default=-1) + len(new)
    if highest >= rows:
        return sentence("doctor.no_room_for_tags", name=name, tags=len(TAGS), highest=highest, rows=rows)
    return None


def _of_sentencepiece(folder: Path, settings: Json) -> Json | Sentence:
    """What transformers makes of tokenizer.model, as far as it is asked here; or why it cannot."""
    from sentencepiece import SentencePieceProcessor

    try:
        size = SentencePieceProcessor(model_file=str(folder / SENTENCEPIECE)).vocab_size()
    except (OSError, RuntimeError) as error:
        reason = " ".join(f"{error}".split())
        return sentence("export.unreadable_tokenizer", folder=folder.name, error=reason)
    known = settings.get("added_tokens_decoder")
    added = _read(folder / "added_tokens.json") or {}
    if isinstance(known, dict):
        added |= {str(about.get("content")): number for number, about in known.items() if isinstance(about, dict)}
    entries = [{"content": content, "id": number} for content, number in added.items()]
    return {"added_tokens": entries, "model": {"vocab": list(range(size))}}


def _read(path: Path) -> Json | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return body if isinstance(body, dict) else None
