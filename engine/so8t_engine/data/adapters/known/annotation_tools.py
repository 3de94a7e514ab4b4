"""What annotation and tracing tools export, as the rows that were put into them, with what people said of each.

A tool keeps question and answer in objects of its own and verdicts in lists of who said what. `unpacked` lays both out
as columns; what these mean is then read as of any other row. Of several people's words the most frequent counts, of
equally frequent ones one that condemns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.judged.verdicts import ANNOTATIONS
from so8t_engine.data.adapters.known import annotators, api_logs, eval_logs, openai_evals, traced
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

SIDES = {"left": 0, "right": 1}
OF_PRODIGY = {"_task_hash", "_input_hash", "_session_id", "_annotator_id", "_view_id", "_timestamp"}
OF_LABEL_STUDIO = {"annotator", "annotation_id", "created_at", "updated_at", "lead_time"}  # of JSON-MIN
TASK = {"text", "answer", "label", "spans", "tokens", "meta", "options", "accept"}  # where these were taken out


@dataclass(frozen=True)
class Tool:
    """`fits`: whether columns are its own, by their names; `is_one`: whether a row is, by its values; `unpack`: may
    raise Skip. `verdict`: a column of its own that always judges.
    """

    fits: Callable[[frozenset[str]], bool]
    is_one: Callable[[Fields], bool]
    unpack: Callable[[Fields], dict[str, Any]]
    verdict: str | None = None


def label_studio(row: Fields) -> dict[str, Any]:
    """Label Studio's JSON: what is asked in `data`, what people did in `annotations[].result[]`; or JSON-MIN and CSV,
    which have both in columns. What nobody has mended has no column for that. Raises Skip where all have skipped it.
    """
    if "data" not in row:
        flat = {verdict_names.as_fix(name): value for name, value in row.items() if name not in OF_LABEL_STUDIO}
        return {name: value for name, value in flat.items() if value != "" or name in row}
    if row["annotations"] and all(one.get("was_cancelled") for one in row["annotations"]):
        raise Skip(drop_reasons.UNANSWERED)
    flat, said = dict(row["data"]), _Said()
    rankings, written = list[tuple[str, Any]](), list[str]()
    for result in _results(row["annotations"]):
        name, value = verdict_names.as_fix(str(result["from_name"])), result["value"]
        if value.get("selected") in SIDES:
            sides = [side.strip() for side in str(result.get("to_name", "")).split(",")]
            side = SIDES[value["selected"]]
            said.add("winner", sides[side] if len(sides) == 2 and set(sides) <= flat.keys() else "ab"[side])
        if "ranker" in value:
            rankings.append((name, value["ranker"]))
        written += [name] if "text" in value else []
        for kind in ("choices", "text", "rating", "number"):
            for one in _listed(value.get(kind)):
                said.add(name, one)
        for path in _listed(value.get("taxonomy")):
            said.add(name, annotators.stated_in(path, _judges))
    flat = annotators.ranked(flat, rankings) or flat
    return annotators.with_answer(said.beside(annotators.chatted(flat, _messages(row["annotations"]))), written)


def argilla(row: Fields) -> dict[str, Any]:
    """Argilla's records: of 2.x as JSON (`fields`, `responses`) or as columns, of 1.x as columns."""
    said = _Said()
    if isinstance(row.get("fields"), Mapping):
        flat = dict(row["fields"])
        for name, one in _responses(row.get("responses")):
            value = one["value"] if isinstance(one, Mapping) else one
            first = annotators.first_of(value, flat, name)
            said.add("winner" if first is not None else name, value if first is None else first)
        if not said and (state := _left_in(row, flat)) is not None:
            raise Skip(drop_reasons.labelled_bad("status", state))
        if not said and row.get("suggestions") and column_names.guess(tuple(flat)) is None:
            raise Skip(drop_reasons.UNANSWERED)  # what a model proposes nobody has looked at
        return annotators.with_answer(said.beside(flat), said.names)
    asked = [name.removesuffix(".responses") for name in row if name.endswith(".responses")]
    asked += [name.removesuffix("-suggestion") for name in row if name.endswith("-suggestion")]
    for name in asked:
        states = _listed(row.get(f"{name}.responses.status"))
        given = _listed(row.get(f"{name}.responses", row.get(name)))
        for place, one in enumerate(given):
            state = one.get("status") if isinstance(one, Mapping) else states[place] if place < len(states) else None
            if state not in ("discarded", "draft"):
                said.add(name, one.get("value") if isinstance(one, Mapping) else one)
    own = tuple(f"{name}{mark}" for name in asked for mark in (".", "-suggestion"))
    flat = {name: value for name, value in row.items() if name not in (*asked, "status") and not name.startswith(own)}
    return said.beside(flat)


def of_trace(row: Fields) -> dict[str, Any]:
    """What went in and came out, with its scores: Langfuse's traces and items, Phoenix, Braintrust, Weave, MLflow."""
    flat = traced.flat(row)
    return _Said(traced.scores(row)).beside(flat) if traced.is_judged(row, flat) else flat


def langsmith(row: Fields) -> dict[str, Any]:
    """LangSmith's examples and runs (`inputs`, `outputs`), with `feedback` or `feedback_stats`."""
    given, outputs = talk.opened(row["inputs"]), talk.opened(row["outputs"]) or {}
    reference = traced.expected_of(row)
    judged = reference in (None, "")  # else the run's own outputs were
    asked = given.get("messages", given.get("input"))
    flat = {"messages": _turns(asked)} if _are_turns(asked) else traced.laid_out(given, "input")
    flat |= traced.came_out(outputs) if judged else {"output": reference}
    flat |= {name: row[name] for name in ("error", "status") if judged and row.get(name)}
    scores = [
        (str(one["key"]), one.get("score", one.get("value"))) for one in _listed(talk.opened(row.get("feedback")))
    ]
    scores += traced.scores(row)
    for name, stats in (talk.opened(row.get("feedback_stats")) or {}).items():
        mean = stats.get("avg")
        scores.append((name, round(mean) if isinstance(mean, (int, float)) and 0 <= mean <= 1 else mean))
    return _Said(scores).beside(flat) if judged else flat


def prodigy(row: Fields) -> dict[str, Any]:
    """Prodigy's tasks: `answer` is what was done with a task, `accept` are the options that were ticked."""
    if row["answer"] != "accept":
        raise Skip(drop_reasons.labelled_bad("answer", str(row["answer"])))
    flat = {name: value for name, value in row.items() if not name.startswith("_") and name not in ("answer", "accept")}
    ticked = _listed(row.get("accept"))
    if ticked and isinstance(row.get("options"), list):
        texts = {str(one["id"]): talk.words(one) for one in row["options"] if isinstance(one, Mapping) and "id" in one}
        said = [texts.get(str(one), one) for one in ticked]
        flat["answer"] = said[0] if len(said) == 1 else said
    return flat


def _responses(given: Any) -> Iterable[tuple[str, Any]]:
    """By the question's name, or a person's all together (1.x); not what was discarded or is a draft."""
    people = given if isinstance(given, list) else [{"values": given or {}}]
    for person in people:
        found = ((name, one) for name, values in (person.get("values") or {}).items() for one in _listed(values))
        for name, one in found:
            states = (person.get("status"), one.get("status") if isinstance(one, Mapping) else None)
            if not {"discarded", "draft"}.intersection(states):
                yield name, one


def _left_in(row: Fields, flat: Mapping[str, Any]) -> str | None:
    """The state in which a record was left that nobody has answered for: what stands there is a draft, if anything."""
    people = row["responses"] if isinstance(row.get("responses"), list) else []
    if row.get("status") in ("pending", "discarded") and not (people or row.get("suggestions")):
        return str(row["status"])
    discarded = any(person.get("status") == "discarded" for person in people)
    unwritten = bool(row.get("responses")) and column_names.guess(tuple(flat)) is None  # it was to be written there
    return "discarded" if discarded or unwritten else None


def _is_label_studio(row: Fields) -> bool:
    if "data" not in row:
        return True
    done = row["annotations"]
    return isinstance(row["data"], Mapping) and isinstance(done, list) and all("result" in one for one in done)


def _is_argilla(row: Fields) -> bool:
    if "fields" in row:
        return isinstance(row["fields"], Mapping) and isinstance(row.get("responses"), (Mapping, list, type(None)))
    return True


def _is_langfuse(row: Fields) -> bool:
    scores = talk.opened(row.get("scores"))
    told = isinstance(scores, list) and all(isinstance(one, Mapping) and "name" in one for one in scores)
    by_name = isinstance(scores, Mapping) and not any(isinstance(one, Mapping) for one in scores.values())
    return told or by_name or "scores" not in row


def _is_langsmith(row: Fields) -> bool:
    """Objects, or such as text, as in CSV."""
    given, outputs = talk.opened(row["inputs"]), talk.opened(row["outputs"])
    return isinstance(given, Mapping) and (outputs in (None, "") or isinstance(outputs, Mapping))


def _is_decided(names: frozenset[str]) -> bool:
    """Whether `answer` may be what was done with a task: by Prodigy's own columns, or as another one answers."""
    if not OF_PRODIGY.isdisjoint(names) or names <= TASK:
        return True
    others = column_names.guess(tuple(sorted(names - {"answer"})))
    return others is not None and bool(others.response or others.chosen)


TOOLS: dict[str, Tool] = {
    "label_studio": Tool(
        lambda names: {"annotations", "data"} <= names or names >= OF_LABEL_STUDIO,
        _is_label_studio, label_studio,
    ),
    "argilla": Tool(
        lambda names: {"fields", "responses"} <= names or {"fields", "suggestions"} <= names
        or any(name.endswith(".responses") and f"{name}.users" in names for name in names)
        or any(name.endswith("-suggestion") and name.removesuffix("-suggestion") in names for name in names),
        _is_argilla, argilla,
    ),
    "inspect": Tool(eval_logs.is_sample, eval_logs.holds_scores, eval_logs.sample),
    "promptfoo": Tool(
        lambda names: names >= eval_logs.OF_PROMPTFOO,
        eval_logs.is_result, eval_logs.result, verdict=eval_logs.SUCCESS,
    ),
    "langfuse": Tool(
        lambda names: {"input", "output", "scores"} <= names
        or ("input" in names and ("expectedOutput" in names or {"expected_output", "metadata"} <= names)),
        _is_langfuse, of_trace,
    ),
    "langsmith": Tool(
        lambda names: {"inputs", "outputs"} <= names,
        _is_langsmith, langsmith,
    ),
    "prodigy": Tool(
        lambda names: "answer" in names and _is_decided(names),
        lambda row: row["answer"] in ("accept", "reject", "ignore"), prodigy, verdict="answer",
    ),
    "api_log": Tool(api_logs.fits, api_logs.is_one, api_logs.unpack),
    "traced": Tool(traced.fits, traced.is_one, of_trace),
    "openai_evals": Tool(openai_evals.fits, openai_evals.is_one, openai_evals.unpack),
}  # fmt: skip


class _Said:
    """What people said, by the name of what they were asked."""

    def __init__(self, first: Iterable[tuple[str, Any]] = ()) -> None:
        self._of: dict[str, list[Any]] = {}
        for name, value in first:
            self.add(name, value)

    def __bool__(self) -> bool:
        return bool(self._of)

    @property
    def names(self) -> list[str]:
        return list(self._of)

    def add(self, name: str, value: Any) -> None:
        if value is not None:
            self._of.setdefault(name, []).append(value)

    def beside(self, flat: dict[str, Any]) -> dict[str, Any]:
        """`flat` with these as columns; good and bad under a name that says nothing stand in an object that judges."""
        for name, values in self._of.items():
            value = _most_said(values)
            known = verdict_names.kind_of(name) is not None
            if not known and verdict_values.stated(value) is not None:
                flat[ANNOTATIONS] = {**flat.get(ANNOTATIONS, {}), name: value}
            elif not known and type(value) in (int, float):
                flat[name if "rating" in name.lower() else f"{name} (score)"] = value  # which is told as one
            else:
                flat[name] = value
        return flat


def _judges(value: str) -> bool:
    return verdict_values.stated(value) is not None or verdict_values.finding("answer", value) is not None


def _most_said(values: list[Any]) -> Any:
    counts = Counter(str(value) for value in values)
    most = max(counts.values())
    first = [value for value in values if counts[str(value)] == most]
    return next((value for value in first if verdict_values.finding("answer", value)), first[0])


def _results(annotations: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    return (
        result
        for one in annotations if not one.get("was_cancelled")
        for result in one["result"] if isinstance(result.get("value"), Mapping) and "from_name" in result
    )  # fmt: skip


def _messages(annotations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of the chat that the first of several people held."""
    chats = ([result["value"].get("chatmessage") for result in _results([one])] for one in annotations)
    told = ([one for one in chat if isinstance(one, Mapping)] for chat in chats)
    return next((chat for chat in told if chat), [])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _are_turns(value: Any) -> bool:
    while isinstance(value, list) and value:
        value = value[0]
    return isinstance(value, Mapping) and talk.of_langchain(value) is not None


def _turns(value: list[Any]) -> list[Any]:
    return _turns(value[0]) if isinstance(value[0], list) else [talk.of_langchain(one) or one for one in value]
