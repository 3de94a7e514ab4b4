"""Requests that nobody has answered: what red teams ask, for the reward; what only looks like one is left out."""

from __future__ import annotations

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, text

ASKS = ("Behavior", "forbidden_prompt", "prompt")
ABOUT = ("ContextString", "context", "contexts")
OF_HARMBENCH, OF_STRONGREJECT = {"Behavior", "SemanticCategory"}, {"forbidden_prompt", "category"}
OF_XSTEST = ("prompt", "type", "focus", "note")


def fits(columns: tuple[str, ...]) -> bool:
    return set(columns) >= OF_HARMBENCH or set(columns) >= OF_STRONGREJECT


def harmbench(row: Fields, index: Index) -> ParsedRow:
    """HarmBench and StrongREJECT (copies on the Hub call the request `prompt`): requests to refuse."""
    asked = next(row[name] for name in ASKS if name in row)
    about = next((row[name].strip() for name in ABOUT if isinstance(row.get(name), str)), "")
    return _to_refuse(f"{about}\n\n{text(asked).strip()}".strip())


def xstest(row: Fields, index: Index) -> ParsedRow:
    """XSTest: requests that are to be refused, by `label` or by their type, and some that only look so."""
    if row.get("label") != "unsafe" and not str(row["type"]).startswith("contrast_"):
        raise Skip(drop_reasons.UNANSWERED)
    return _to_refuse(text(row["prompt"]))


def _to_refuse(asked: str) -> ParsedRow:
    return ParsedRow(asked, "", "safety", safety="unsafe", bad_answer=drop_reasons.UNANSWERED)
