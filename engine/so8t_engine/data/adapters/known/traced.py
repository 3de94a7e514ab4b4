"""What tools keep that trace and test programs: what went in, what came out, what was expected of it.

Langfuse, LangSmith, Arize Phoenix, Braintrust, W&B Weave, MLflow, Opik. Each value is a text, a talk, or an object with
keys that the traced program chose: as JSON, as JSON in a text (CSV), or a column for each key (`inputs.question`). What
was expected is learnt where it is there, as in any evaluation; else what came out, unless it was called bad.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import evaluated
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk

IN = ("input", "inputs", "request", "attributes.input.value", "attributes.llm.input_messages")
OUT = ("output", "outputs", "response", "attributes.output.value", "attributes.llm.output_messages")
EXPECTED = (
    "expectedOutput", "expected_output", "expected", "reference_outputs", "reference_output", "expectations",
)  # fmt: skip
ASK_THEMSELVES = frozenset(("instruction", "instructions", "definition", "prompt", "question", "messages", "query"))
OF_TURNS = ("role", "from", "content", "messages")
EXAMPLE, ANSWERS = "example", ("model_output", "output")  # of a test of W&B Weave
SCORES = ("scores", "feedback_scores", "assessments")
OF_SCORES = ("scores.", "feedback_scores.", "score_", "feedback_", "feedback.", "eval.", "annotation.")
NOT_SCORES = ("feedback_stats", "feedback_scores", ".explanation")
NO_ANSWERS = ("expected_facts", "guidelines", "expected_retrieved_context")  # of MLflow
MESSAGE = "message."  # before the keys of a turn, of Phoenix


def fits(names: frozenset[str]) -> bool:
    return names.isdisjoint(ASK_THEMSELVES) and _there(names, IN) and (_there(names, OUT) or _there(names, EXPECTED))


def is_one(row: Fields) -> bool:
    """Whether what went in is an object of which one text, or a key, asks; in a text only where its key says so."""
    given = _given(row, IN)
    if _is_object(given) and EXAMPLE in given:
        return True
    if not _is_object(given):
        in_columns = isinstance(given, list) and not any(name in row for name in IN[:3])
        expected = talk.opened(row.get("expected"))
        one = not isinstance(expected, list) or len(expected) == 1  # of several nobody knows which is right
        of_phoenix, of_braintrust = "attributes.input.value" in row, "expected" in row and "output" not in row and one
        return in_columns or (isinstance(given, str) and (of_phoenix or of_braintrust))
    in_text = any(isinstance(row.get(name), str) for name in IN)
    return _asks(tuple(given)) or (not in_text and not _is_object(alone(given)))


def flat(row: Fields) -> dict[str, Any]:
    """The row as it was put into the tool, with what was said of its answer."""
    given = _given(row, IN)
    said, expected = _given(row, OUT), expected_of(row)
    if _is_object(given) and isinstance(given.get(EXAMPLE), Mapping):
        expected = expected_of(given[EXAMPLE])
        given = {name: value for name, value in given[EXAMPLE].items() if name not in EXPECTED}
    asked = laid_out(given, "input")
    if _answers(tuple(asked)):  # an item of a data set, whole
        return asked
    beside: dict[str, Any] = {}
    if _is_object(said) and isinstance(said.get("scores"), Mapping):
        beside, said = {"scores": said["scores"]}, next((said[key] for key in ANSWERS if key in said), None)
    if expected in (None, ""):
        beside |= {name: row[name] for name in ("error", "status") if row.get(name)}
        return asked | came_out(said) | beside
    if evaluated.is_worked(talk.words_if_any(answer_of(said)), expected):
        return asked | came_out(said) | beside | {"answer": expected}
    return asked | {"output": expected}


def is_judged(row: Fields, unpacked: Mapping[str, Any]) -> bool:
    """Whether it is what came out that is learnt, which the scores are of."""
    return "answer" in unpacked or expected_of(row) in (None, "")


def expected_of(row: Fields) -> Any:
    """The answer that was expected; what else tests look for is none."""
    expected = _given(row, EXPECTED)
    if _is_object(expected):
        expected = {name: value for name, value in expected.items() if name not in NO_ANSWERS}
    return answer_of(expected) if expected != {} else None


def scores(row: Fields) -> Iterable[tuple[str, Any]]:
    """Names and values: of a list of scores, of an object, of columns."""
    for column in SCORES:
        given = talk.opened(row.get(column))
        if isinstance(given, Mapping):
            yield from ((name, one) for name, values in given.items() for one in _listed(values))
        else:
            yield from (_score(one) for one in _listed(given) if isinstance(one, Mapping))
    for name, value in row.items():
        mark = next((mark for mark in OF_SCORES if name.startswith(mark)), None)
        if mark is not None and not name.endswith(NOT_SCORES) and value not in (None, ""):
            yield name[len(mark) :].removesuffix(".label").removesuffix(".score"), value


def answer_of(value: Any) -> Any:
    """The text or the message in what came out or was expected; an object that is itself the answer as JSON."""
    found = alone(talk.opened(value))
    if isinstance(found, Mapping) and (made := generated(found)) is not None:
        return made
    if not _is_object(found):
        return found if found is None or not isinstance(found, list) or _are_turns(found) else _only(found)
    named = column_names.guess(("question", *found))
    if named is not None and named.response in found:
        return found[named.response]
    if isinstance(value, str) and "\\u" not in value:
        return value
    return json.dumps(found, ensure_ascii=False)


def came_out(said: Any) -> dict[str, Any]:
    """What came out, with the reasons that stand in it."""
    if isinstance(said, Mapping) and (found := generated(said)) is not None:
        return {"output": found}
    spread = _is_object(said) and _answers(("question", *said))
    return dict(said) if spread else {"output": answer_of(said)}


def laid_out(given: Any, name: str) -> dict[str, Any]:
    """What went in as columns where its keys say what they hold."""
    if _is_object(given):
        inner = given if _asks(tuple(given)) else alone(given)
        return dict(inner) if _is_object(inner) else {name: inner}
    return {name: alone(given)}


def alone(value: Any) -> Any:
    """The one text in an object, or a list, in which nothing else is filled; anything else as it is."""
    if _is_object(value):
        filled = [one for one in value.values() if one not in (None, "", [], {})]
    elif isinstance(value, list) and not _are_turns(value):
        filled = value
    else:
        return value
    inner = alone(filled[0]) if len(filled) == 1 else None
    return inner if isinstance(inner, str) or _is_object(inner) else value


def generated(outputs: Mapping[str, Any]) -> Any:
    """The answer in what a model's run put out; None where it is under a name that says it."""
    found = outputs.get("message", outputs.get("choices", outputs.get("generations", outputs.get("messages"))))
    while isinstance(found, list) and found:
        found = found[-1 if found is outputs.get("messages") else 0]
    if isinstance(found, Mapping) and "message" in found:
        found = found["message"] or found.get("text")
    return (talk.of_langchain(found) or found) if isinstance(found, Mapping) else found


def _asks(keys: tuple[str, ...]) -> bool:
    where = column_names.guess((*keys, "output"))
    return where is not None and bool(where.messages or where.prompt in keys)


def _answers(keys: tuple[str, ...]) -> bool:
    where = column_names.guess(keys)
    return where is not None and bool(where.prompt and (where.response or where.choices))


def _given(row: Fields, names: tuple[str, ...]) -> Any:
    """What stands under the first of these names, or in columns that begin with it."""
    for name in names:
        if row.get(name) not in (None, ""):
            value = talk.opened(row[name])
            return [_turn(one) for one in value] if name.endswith("_messages") else value
    for name in names[:3]:
        inside = {key[len(name) + 1 :]: value for key, value in row.items() if key.startswith(f"{name}.")}
        if inside:
            return _nested(inside)
    return None


def _nested(columns: Mapping[str, Any]) -> dict[str, Any]:
    """`{"example.question": ...}` as the object that it was."""
    found: dict[str, Any] = {}
    for name, value in columns.items():
        *path, last = name.split(".")
        inner = found
        for part in path:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                raise TypeError("a value and an object")
        inner[last] = value
    return found


def _turn(one: Any) -> Any:
    if isinstance(one, Mapping):
        return one.get("message") or {key.removeprefix(MESSAGE): value for key, value in one.items()}
    return one


def _there(names: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return not names.isdisjoint(wanted) or any(name.startswith(f"{one}.") for name in names for one in wanted[:3])


def _is_object(value: Any) -> bool:
    """Whether this is an object of a program, no turn and no talk."""
    return isinstance(value, Mapping) and not any(key in value for key in OF_TURNS)


def _are_turns(value: list[Any]) -> bool:
    return bool(value) and isinstance(value[0], Mapping) and not _is_object(value[0])


def _only(values: list[Any]) -> Any:
    """Of several values nobody knows which one is the answer."""
    return values[0] if len(values) == 1 else None


def _score(one: Mapping[str, Any]) -> tuple[str, Any]:
    feedback = one.get("feedback")
    value = feedback.get("value") if isinstance(feedback, Mapping) else one.get("value")
    value = one.get("stringValue") if one.get("dataType") == "CATEGORICAL" else value
    name = str(one.get("name", one.get("assessment_name")))
    return name, bool(value) if one.get("dataType") == "BOOLEAN" else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
