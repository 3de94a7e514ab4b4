"""What people call their columns: from the names of a row's columns to the mapping they mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import options

MESSAGES = ("messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns", "contents")
PROMPT = (
    "instruction", "prompt", "question", "problem", "query", "input", "inputs", "request", "user", "human", "goal",
    "user_input", "user_prompt", "user_query", "user_message", "question_text", "q_text", "ctx", "質問", "指示", "問題",
)  # fmt: skip
QUERY = ("input", "context", "query", "passage", "article", "paragraph")
BEFORE = ("context", "passage", "article", "paragraph", "story")  # what a choice question is about stands before it
SYSTEM = ("system", "system_prompt", "system_message", "sys")
HISTORY = ("history",)
RESPONSE = (
    "response", "output", "completion", "target", "targets", "reply", "assistant", "gpt", "model_answer",
    "model_output", "model_response", "assistant_response", "answer_text", "output_text", "attempt", "deepseek_attempt",
    "gemini_attempt", "回答", "応答",
)  # fmt: skip
SOLUTION = ("solution", "generated_solution", "worked_solution")
ANSWER = ("answer", "final_answer", "correct_answer", "expected_answer", "gold_answer", "ground_truth", "gold")
REASONING = (
    "reasoning", "reasoning_content", "thinking", "thought", "thoughts", "think", "cot", "chain_of_thought",
    "complex_cot", "rationale", "explanation", "reasoning_trace", "thinking_trajectory", "trace", "exp",
    "thinking_trajectories", "deepseek_thinking_trajectory", "gemini_thinking_trajectory", "deepseek_reasoning",
    "model_reasoning", "reasoning_steps", "rationales", "justification", "support", "facts", "taskb", "解説", "思考",
)  # fmt: skip
CHOSEN = ("chosen", "chosen_response", "response_chosen", "accepted", "preferred", "response_j")
REJECTED = ("rejected", "rejected_response", "response_rejected", "response_k")
LABEL = (
    "label", "kto_tag", "is_safe", "is_response_safe", "response_harm_label", "is_response_harmful", "is_harmful",
    "harmful", "is_unsafe", "unsafe", "toxicity", "is_toxic", "toxic", "is_chosen", "desirable", "prompt_harm_label",
)  # fmt: skip
SAYS_NOTHING = re.compile(
    r"(?i)(?:^|[._-])(?:id|idx|index|uuid|url|link|score|scores|source|lang|language|split|date|tools?)$"
)
SHORT = {"q": "a", "source": "target"}  # names that say something only beside each other


@functools.lru_cache(maxsize=512)
def guess(names: tuple[str, ...]) -> Columns | None:
    """The mapping that these columns mean; None where no question or no answer is among them."""
    by_name = {re.sub(r"[^\w]+", "_", name.strip().lower()): name for name in names}

    def first(wanted: Sequence[str]) -> str | None:
        return next((by_name[name] for name in wanted if name in by_name), None)

    more = {"system": first(SYSTEM), "history": first(HISTORY), "label": first(LABEL)}
    talk, prompt, short = first(MESSAGES), first(PROMPT), None
    if prompt is None:
        prompt, short = next(
            ((by_name[asked], by_name[said]) for asked, said in SHORT.items() if {asked, said} <= by_name.keys()),
            (None, None),
        )
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
    right = options.right_column(names, where, prompt) if where else None
    if where and right:
        reasoning, about = first(REASONING) or first(SOLUTION), first(BEFORE)
        if about not in (None, prompt, reasoning):
            prompt = f"{{{about}}}\\n\\n{{{prompt}}}"
        return Columns(prompt=prompt, choices=", ".join(where), answer=right, reasoning=reasoning)
    response, solution = short or first(RESPONSE), first(SOLUTION)
    answer, reasoning = first(ANSWER), first(REASONING)
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


def nearest(row: Mapping[str, Any]) -> str:
    """A line to begin with, where the names say nothing: it only needs the right names put in.

    It looks into columns that hold objects, and puts two texts with a label together.
    """
    places = _places(row)
    by_leaf = {place.replace(".0", "").rpartition(".")[2]: place for place in reversed(places)}
    inner = guess(tuple(by_leaf))
    if inner is not None and not inner.choices:
        return line(Columns(**{role: by_leaf[name] for role, name in inner.model_dump().items() if name}))
    names = [place for place in places if not SAYS_NOTHING.search(place)] or places or ["?"]
    label = next((name for name in names if re.fullmatch(r"(?i).*label|target|class|stars|category", name)), None)
    texts = [name for name in names if name != label]
    if label is not None and texts:
        asked = texts[0] if len(texts) == 1 else "\\n".join(f"{{{name}}}" for name in texts[:2])
        return line(Columns(prompt=asked, response=label))
    found = guess((*names, "prompt", "response"))
    prompt = found.prompt if found is not None and found.prompt in names else names[0]
    return line(Columns(prompt=prompt, response=next((name for name in names if name != prompt), names[-1])))


def _places(row: Mapping[str, Any], before: str = "", deep: int = 0) -> list[str]:
    """The columns, and the ways into those that hold objects or lists of them."""
    places = []
    for name, value in row.items():
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            name, value = f"{name}.0", value[0]
        if isinstance(value, Mapping) and deep < 3:
            places += _places(value, f"{before}{name}.", deep + 1)
        else:
            places.append(f"{before}{name}")
    return places
