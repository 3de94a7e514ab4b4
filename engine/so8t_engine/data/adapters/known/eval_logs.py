"""Logs of programs that put questions to models and mark the answers: Inspect AI, promptfoo.

An answer that was marked wrong, or that did not pass, is not learnt; Inspect's `target` is the gold answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.adapters.known import traced
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

OF_INSPECT = frozenset(("input", "target", "scores"))
GRADES = {"C": "correct", "I": "incorrect", "P": "partially correct", "N": "wrong: no answer"}  # of Inspect's scorers
SUCCESS = "success"
OF_PROMPTFOO = frozenset(("prompt", "response", "vars", SUCCESS))


def is_sample(names: frozenset[str]) -> bool:
    """Whether these are the columns of a sample of Inspect."""
    return names >= OF_INSPECT and not names.isdisjoint(("messages", "output"))


def holds_scores(row: Fields) -> bool:
    scores = talk.opened(row["scores"])
    each = scores.values() if isinstance(scores, Mapping) else [None]
    return scores in (None, "") or all(isinstance(one, Mapping) and "value" in one for one in each)


def sample(row: Fields) -> dict[str, Any]:
    """What was asked as it went to the model, its answer, the gold one, and what each scorer said."""
    target = traced.alone(talk.opened(row["target"]))
    choices = talk.opened(row.get("choices"))
    if isinstance(choices, list) and choices and target not in (None, "", []):
        return {"question": _last(talk.opened(row["input"])), "choices": choices, "answer": target}
    scores = talk.opened(row["scores"]) or {}
    grades = {f"correct ({name})": _grade(one["value"]) for name, one in scores.items()}  # which counts in every row
    messages = talk.opened(row.get("messages")) or []
    if messages and talk.role_of(messages[-1]) == talk.ASSISTANT:
        asked, said = messages[:-1], messages[-1]
    else:
        asked, said = talk.opened(row["input"]), traced.answer_of(row.get("output"))
    if len(asked) == 1 and talk.role_of(asked[0]) == talk.USER:
        asked = talk.words(asked[0])
    flat = {"input": asked, "output": said, **grades}
    ends = f"\\boxed{{{target}}}" in talk.words_if_any(said)  # which then is found there, behind what led to it
    return flat if ends or target in (None, "", []) else flat | {"answer": target}


def is_result(row: Fields) -> bool:
    """Whether this is one of promptfoo's: a prompt that was filled in and what came back."""
    return isinstance(talk.opened(row["prompt"]), Mapping) or isinstance(talk.opened(row["response"]), Mapping)


def result(row: Fields) -> dict[str, Any]:
    """Raises Skip where nothing came back, or what did has not passed."""
    prompt, response = talk.opened(row["prompt"]), talk.opened(row["response"])
    said = response.get("output") if isinstance(response, Mapping) else response
    if said in (None, ""):
        raise Skip(drop_reasons.UNANSWERED)
    graded = talk.opened(row.get("gradingResult"))
    passed = graded.get("pass") if isinstance(graded, Mapping) else None
    for name, value in ((SUCCESS, row[SUCCESS]), ("gradingResult.pass", passed)):
        if verdict_values.finding("answer", value):
            raise Skip(drop_reasons.labelled_bad(name, talk.words(value)))
    return {"prompt": prompt["raw"] if isinstance(prompt, Mapping) else prompt, "response": traced.answer_of(said)}


def _grade(value: Any) -> Any:
    return GRADES.get(value, value) if isinstance(value, str) else value


def _last(asked: Any) -> Any:
    """The question alone, where it stands in a talk."""
    return talk.words(asked[-1]) if isinstance(asked, list) and asked else asked
