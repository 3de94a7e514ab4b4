"""Adapters for the shapes people keep their own data in: messages, instruction, prompt and response, plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, dialogue, text

ROLES = {
    "user": "user", "human": "user", "prompter": "user", "assistant": "assistant", "gpt": "assistant",
    "model": "assistant", "bot": "assistant", "system": "system",
}  # fmt: skip
TURN = re.compile(
    r"(?m)^(?:###\s*)?(Human|User|Instruction|Question|Q|質問|指示|Assistant|Response|Answer|A|回答|応答)\s*[:：]\s*"
)
ANSWERING = {"assistant", "response", "answer", "a", "回答", "応答"}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def messages(row: Fields, index: Index) -> ParsedRow:
    """[{"role": ..., "content": ...}, ...]; the last assistant turn is the response."""
    return _talk([(turn["role"], turn["content"]) for turn in row["messages"]])


def conversations(row: Fields, index: Index) -> ParsedRow:
    """[{"from": "human" | "gpt" | ..., "value": ...}, ...]."""
    return _talk([(turn["from"], turn["value"]) for turn in row["conversations"]])


def instruction(row: Fields, index: Index) -> ParsedRow:
    """instruction, an optional input, output."""
    more = (row.get("input") or "").strip()
    return ParsedRow(text(row["instruction"]).strip() + (f"\n\n{more}" if more else ""), text(row["output"]), "chat")


def prompt_response(row: Fields, index: Index) -> ParsedRow:
    return _pair(row["prompt"], row["response"])


def prompt_completion(row: Fields, index: Index) -> ParsedRow:
    return _pair(row["prompt"], row["completion"])


def input_output(row: Fields, index: Index) -> ParsedRow:
    return _pair(row["input"], row["output"])


def question_answer(row: Fields, index: Index) -> ParsedRow:
    return _pair(row["question"], row["answer"])


def plain_text(row: Fields, index: Index) -> ParsedRow:
    """A talk with named speakers ("### Human: ..."); else the first paragraph asks for what follows it."""
    whole = text(row["text"]).strip()
    pieces = TURN.split(whole)
    if len(pieces) >= 5 and not pieces[0].strip():
        turns = list(zip(pieces[1::2], pieces[2::2], strict=True))
        prompt, response = dialogue(
            [("assistant" if who.lower() in ANSWERING else "user", content) for who, content in turns]
        )
        return ParsedRow(prompt, response, "chat")
    first, _, rest = whole.partition("\n\n")
    if not rest.strip():
        raise Skip(drop_reasons.ONE_PARAGRAPH)
    return ParsedRow(first, rest, "chat")


def of_columns(columns: Columns) -> Callable[[Fields, Index], ParsedRow]:
    """The adapter for columns named in the configuration."""

    def adapt(row: Fields, index: Index) -> ParsedRow:
        prompt, response = _pair(row[columns.prompt], row[columns.response]).prompt, text(row[columns.response])
        answer = str(row[columns.answer]).strip() if columns.answer and row.get(columns.answer) is not None else None
        kind: Literal["number", "text"] | None = None
        if answer:
            kind = "number" if NUMBER.fullmatch(answer) else "text"
            answer = answer.replace(",", "") if kind == "number" else answer
        reasoning = row.get(columns.reasoning) if columns.reasoning else None
        category: Literal["maths", "chat"] = "maths" if kind == "number" else "chat"
        return ParsedRow(
            prompt, response, category, answer or None, kind, reasoning if isinstance(reasoning, str) else None
        )

    return adapt


def _pair(prompt: object, response: object) -> ParsedRow:
    """Texts, or (as preference data has them) lists of messages."""
    if isinstance(prompt, Sequence) and not isinstance(prompt, str):
        answer = response if isinstance(response, Sequence) and not isinstance(response, str) else []
        more = [("assistant", response)] if isinstance(response, str) else []
        return _talk([(turn["role"], turn["content"]) for turn in [*prompt, *answer]] + more)
    return ParsedRow(text(prompt), text(response), "chat")


def _talk(turns: list[tuple[Any, Any]]) -> ParsedRow:
    texts = [
        (ROLES.get(str(role).lower(), "user"), content if isinstance(content, str) else "") for role, content in turns
    ]
    prompt, response = dialogue(texts)
    return ParsedRow(prompt, response, "chat")
