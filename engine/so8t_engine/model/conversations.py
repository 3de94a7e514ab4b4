"""The turns before an answer, as the model's own chat template frames them.

A prompt of one user turn is framed as ever. A longer talk keeps its turns and its system prompt, behind the one that
the run is given, where the template takes them; what a template refuses or leaves out is said in other words: a system
prompt at the head of the first question, a whole talk written out in one turn (`Example.prompt`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import jinja2

from so8t_engine.data.record import Example
from so8t_engine.model import tokenizer as tokens

Messages = list[dict[str, str]]


def encode(tokenizer: Any, examples: Sequence[Example], system: str | None = None) -> list[list[int]]:
    """Token ids of each example's prompt, up to and with the assistant's opening.

    Raises EngineError model_unfit where the template refuses the run's system prompt.
    """
    if not any(example.messages for example in examples):
        return tokens.encode_prompts(tokenizer, [example.prompt for example in examples], system)
    return tokens.encode_texts(
        tokenizer, [tokens.framed(tokenizer, each, system) for each in of(tokenizer, examples, system)]
    )


def of(tokenizer: Any, examples: Sequence[Example], system: str | None = None) -> list[Messages]:
    """What the template is given of each example, the run's system prompt included."""
    return [_messages(tokenizer, example, system) for example in examples]


def _messages(tokenizer: Any, example: Example, system: str | None) -> Messages:
    first: Messages = [{"role": "system", "content": system}] if system else []
    flat = [*first, {"role": "user", "content": example.prompt}]
    if not example.messages:
        return flat
    turns: Messages = json.loads(example.messages)
    own = turns[0]["content"] if turns[0]["role"] == "system" else ""
    talk = turns[1:] if own else turns
    together = "\n\n".join(part for part in (system, own) if part)
    ways = [[*([{"role": "system", "content": together}] if together else []), *talk]]
    if own and talk[0]["role"] == "user":  # a greeting of the assistant's must not become the user's
        ways.append([*first, {"role": "user", "content": f"{own}\n\n{talk[0]['content']}"}, *talk[1:]])
    return next((way for way in ways if _keeps(tokenizer, way)), flat)


def _keeps(tokenizer: Any, messages: Messages) -> bool:
    """Whether the template takes all of it: none refused, none left out without a word."""
    try:
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    except (jinja2.TemplateError, KeyError, TypeError, ValueError):
        return False
    return all(message["content"].strip() in text for message in messages)
