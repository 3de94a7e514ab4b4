"""What people call their columns: from the names of a row's columns to the mapping they mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import options

MESSAGES = ("messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns")
PROMPT = (
    "instruction", "prompt", "question", "problem", "query", "input", "inputs", "request", "user", "human", "goal",
    "質問", "指示",
)  # fmt: skip
QUERY = ("input", "context", "query", "passage")
SYSTEM = ("system", "system_prompt", "system_message", "sys")
HISTORY = ("history",)
RESPONSE = (
    "response", "output", "completion", "target", "targets", "reply", "assistant", "gpt", "model_answer", "回答",
    "応答",
)  # fmt: skip
SOLUTION = ("solution", "generated_solution", "worked_solution")
ANSWER = ("answer", "final_answer", "expected_answer", "gold_answer", "ground_truth", "gold")
REASONING = (
    "reasoning", "reasoning_content", "thinking", "thought", "thoughts", "think", "cot", "chain_of_thought",
    "complex_cot", "rationale", "explanation", "reasoning_trace", "thinking_trajectory", "trace", "exp",
)  # fmt: skip
CHOSEN = ("chosen", "chosen_response", "response_chosen", "accepted", "preferred", "response_j")
REJECTED = ("rejected", "rejected_response", "response_rejected", "response_k")
LABEL = ("label", "kto_tag", "is_safe", "is_response_safe", "is_chosen", "desirable")


@functools.lru_cache(maxsize=512)
def guess(names: tuple[str, ...]) -> Columns | None:
    """The mapping that these columns mean; None where no question or no answer is among them."""
    by_name = {re.sub(r"[^\w]+", "_", name.strip().lower()): name for name in names}

    def first(wanted: Sequence[str]) -> str | None:
        return next((by_name[name] for name in wanted if name in by_name), None)

    more = {"system": first(SYSTEM), "history": first(HISTORY), "label": first(LABEL)}
    talk, prompt = first(MESSAGES), first(PROMPT)
    chosen, rejected = first(CHOSEN), first(REJECTED)
    query = (
        first(QUERY) if prompt in (by_name.get("instruction"), by_name.get("prompt"), by_name.get("question")) else None
    )
    if chosen and rejected:
        return Columns(
            messages=talk, prompt=None if talk else prompt, query=query if query != prompt else None, chosen=chosen,
            rejected=rejected, **more,
        )  # fmt: skip
    if talk:
        return Columns(messages=talk, **more)
    if prompt is None:
        return None
    where = options.columns(names)
    right = options.right_column([name for name in names if name not in where and name != prompt]) if where else None
    if where and right:
        reasoning = first(REASONING) or first(SOLUTION)
        return Columns(prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning)
    response, solution, answer, reasoning = first(RESPONSE), first(SOLUTION), first(ANSWER), first(REASONING)
    if query in (prompt, response):
        query = None
    if response is not None:
        return Columns(
            prompt=prompt, query=query, response=response, answer=answer, reasoning=reasoning or solution, **more
        )
    if solution is not None and answer is not None:
        return Columns(prompt=prompt, query=query, response=answer, answer=answer, reasoning=solution, **more)
    if (solution or answer) is None:
        return None
    return Columns(prompt=prompt, query=query, response=solution or answer, reasoning=reasoning, **more)


def unused(names: Sequence[str], where: Columns) -> list[str]:
    """The columns that a mapping leaves lying."""
    said = " ".join(str(value) for value in where.model_dump().values() if value)
    return [name for name in names if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]


def line(where: Columns) -> str:
    """The mapping as a line of the configuration."""
    given = {role: name for role, name in where.model_dump().items() if name}
    quoted = {role: name if re.fullmatch(r"[\w.]+", name) else f'"{name}"' for role, name in given.items()}
    return "columns: {" + ", ".join(f"{role}: {name}" for role, name in quoted.items()) + "}"


def nearest(names: Sequence[str]) -> str:
    """A line to begin with, where the names say nothing: it only needs the right names put in."""
    found = guess((*names, "prompt", "response"))
    first, last = (names[0], names[-1]) if names else ("?", "?")
    if found is not None and found.prompt in names:
        return line(
            Columns(prompt=found.prompt, response=next((n for n in reversed(names) if n != found.prompt), last))
        )
    return line(Columns(prompt=first, response=last))
