"""Questions with their answers as web pages tell them to search engines: schema.org's FAQPage and QAPage in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

QUESTION = "Question"
INSIDE = ("mainEntity", "@graph", "hasPart", "mainEntityOfPage")


def is_one(item: Mapping[str, Any]) -> bool:
    """Whether it holds questions, or is one of them."""
    if "@type" not in item and "@graph" not in item:
        return False
    return next(rows(item), None) is not None


def rows(item: Any) -> Iterator[dict[str, Any]]:
    """What is asked with the answer that is accepted; of others nobody says that one is right."""
    if isinstance(item, list):
        for one in item:
            yield from rows(one)
    if not isinstance(item, Mapping):
        return
    if QUESTION in _types(item) and isinstance(item.get("name"), str) and _answers(item):
        asked, more = item["name"], item.get("text")
        asked = f"{asked}\n\n{more}" if isinstance(more, str) and more.strip() and more.strip() != asked else asked
        yield {"question": asked, "answer": _text(item.get("acceptedAnswer"))}
        return
    for name in INSIDE:
        yield from rows(item.get(name))


def _types(item: Mapping[str, Any]) -> list[str]:
    told = item.get("@type")
    return [str(one) for one in (told if isinstance(told, list) else [told])]


def _answers(item: Mapping[str, Any]) -> bool:
    return any(name in item for name in ("acceptedAnswer", "suggestedAnswer", "answerCount"))


def _text(answer: Any) -> str:
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    said = answer.get("text", answer.get("name")) if isinstance(answer, Mapping) else answer
    return said if isinstance(said, str) else ""
