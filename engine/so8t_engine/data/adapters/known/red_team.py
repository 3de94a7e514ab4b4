"""What red teams ask, for the reward; of answers only refusals are learnt, and what only looks unsafe is left out."""

from __future__ import annotations

import functools
import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, dialogue, text
from so8t_engine.data.adapters.talks.transcripts import parse
from so8t_engine.data.texts.refusals import refuses

ASKS = ("Behavior", "forbidden_prompt", "prompt")
ABOUT = ("ContextString", "context", "contexts")
OF_HARMBENCH, OF_STRONGREJECT = {"Behavior", "SemanticCategory"}, {"forbidden_prompt", "category"}
ANSWERS = ("response", "completion", "generation", "output", "answer")
OF_ATTEMPTS = ("transcript", "min_harmlessness_score_transcript", "task_description")
OF_XSTEST = ("prompt", "type", "focus", "note")


OF_REQUESTS = (
    "prompt", "request", "question", "query", "user_prompt", "user_input", "instruction", "input", "質問", "プロンプト",
    "依頼", "指示",
)  # fmt: skip

OF_AN_ANSWER = re.compile(r"(?:response|answer|output|completion|reply|generation|回答|応答|返答)s?(?:_?\d)?$")


def fits(columns: tuple[str, ...]) -> bool:
    return set(columns) >= OF_HARMBENCH or set(columns) >= OF_STRONGREJECT


def harmbench(row: Fields, index: Index) -> ParsedRow:
    """HarmBench and StrongREJECT (copies on the Hub call the request `prompt`): requests to refuse."""
    asked = next(row[name] for name in ASKS if name in row)
    about = next((row[name].strip() for name in ABOUT if isinstance(row.get(name), str)), "")
    said = next((row[name].strip() for name in ANSWERS if isinstance(row.get(name), str)), "")
    return _to_refuse(f"{about}\n\n{text(asked).strip()}".strip(), said)


def attempts(row: Fields, index: Index) -> ParsedRow:
    """Anthropic's red-team-attempts: talks in which people tried to draw harm. How well they did so is no verdict."""
    turns = parse(text(row["transcript"]))
    if turns is None:
        raise Skip(drop_reasons.NO_QUESTION)
    prompt, response, messages = dialogue(turns)
    asked = _to_refuse(prompt, response if len(turns) == 2 else "")
    if messages:  # what was answered in between nobody has judged
        return asked._replace(messages=messages, bad_answer=drop_reasons.ANSWERS_UNSAFE)
    return asked


def xstest(row: Fields, index: Index) -> ParsedRow:
    """XSTest: requests that are to be refused, by `label` or by their type, and some that only look so."""
    if row.get("label") != "unsafe" and not str(row["type"]).startswith("contrast_"):
        raise Skip(drop_reasons.UNANSWERED)
    return _to_refuse(text(row["prompt"]))


@functools.lru_cache(maxsize=512)
def judged(columns: tuple[str, ...]) -> tuple[str, str] | None:
    """The columns of a request and of what a guard says of it, where nothing answers."""
    judges = (name for name in columns if verdict_names.kind_of(name) == "request" or verdict_names.is_of_guard(name))
    judge = next(judges, None)
    if any(OF_AN_ANSWER.search(verdict_names.plain(name)) for name in columns if name != judge):
        return None
    asks = next((name for name in columns if verdict_names.plain(name) in OF_REQUESTS), None)
    return (asks, judge) if asks and judge and column_names.guess(columns) is None else None


def judged_requests(row: Fields, index: Index) -> ParsedRow:
    """Requests that a guard calls safe or not (Llama Guard), unanswered: the unsafe ones are to be refused."""
    found = judged(tuple(row))
    if found is None:
        raise KeyError("a request and its verdict")
    asks, judge = found
    kind = verdict_names.kind_of(judge)
    is_unsafe = verdict_values.finding(kind, row[judge]) if kind is not None else None
    if is_unsafe is None:
        raise Skip(drop_reasons.UNKNOWN_SAFETY)
    if not is_unsafe:
        raise Skip(drop_reasons.UNANSWERED)
    return _to_refuse(text(row[asks]).strip())


def _to_refuse(asked: str, said: str = "") -> ParsedRow:
    """A request, with what was answered only where that refuses."""
    if refuses(said):
        return ParsedRow(asked, said, "safety", safety="unsafe")
    why = drop_reasons.ANSWERS_UNSAFE if said else drop_reasons.UNANSWERED
    return ParsedRow(asked, "", "safety", safety="unsafe", bad_answer=why)
