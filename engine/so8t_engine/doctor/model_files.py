"""What the files of a model folder tell without torch: whether a weight file is whole, what its tokenizer lacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from so8t_engine.data.record import TAGS

CHAT = ("<|user|>", "<|assistant|>", "<|end|>")
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


def tokenizer_trouble(folder: Path, rows: int) -> str | None:
    """What is wrong with it, as the end of a sentence; None too where it is not in a form that can be read here."""
    settings = _read(folder / "tokenizer_config.json")
    if settings is not None and not settings.get("chat_template") and not any(folder.glob("*.jinja")):
        return "has no chat template"
    body = _read(folder / "tokenizer.json")
    if body is None:
        return None
    try:
        known = {str(entry["content"]): int(entry["id"]) for entry in body.get("added_tokens", [])}
        vocabulary = body["model"]["vocab"]
        numbers = vocabulary.values() if isinstance(vocabulary, dict) else range(len(vocabulary))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    absent = [token for token in CHAT if token not in known]
    if absent:
        return f"lacks the chat tokens {', '.join(absent)}"
    new = [tag for tag in TAGS if tag not in known]
    highest = max([*numbers, *known.values()], default=-1) + len(new)
    if highest >= rows:
        return f"has no room for the {len(TAGS)} section tags: the last would be number {highest}, of {rows} rows"
    return None


def _read(path: Path) -> Json | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
