"""How many tokens examples have, as the model's own chat template and tokenizer render them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.model import conversations
from so8t_engine.model import tokenizer as tokens

AT_A_TIME = 512  # examples whose tokens are in memory


def measured(tokenizer: Any, examples: Sequence[Example], system: str | None) -> list[Example]:
    """The examples with their lengths, those that training sees. Raises EngineError model_unfit."""
    found: list[Example] = []
    for start in range(0, len(examples), AT_A_TIME):
        part = examples[start : start + AT_A_TIME]
        prompts = conversations.encode(tokenizer, part, system)
        completions = tokens.encode_completions(tokenizer, [example.completion for example in part])
        found += [
            example._replace(prompt_tokens=len(prompt), completion_tokens=len(completion) if example.completion else 0)
            for example, prompt, completion in zip(part, prompts, completions, strict=True)
        ]
    return found


def digest(tokenizer: Any, system: str | None) -> str:
    """Changes where lengths may: with the vocabulary, the chat template, the run's system prompt."""
    known = [sorted(tokenizer.get_vocab().items()), tokenizer.chat_template, system]
    return hashlib.sha256(json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
