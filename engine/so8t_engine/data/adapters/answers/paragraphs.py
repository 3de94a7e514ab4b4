"""What questions are about: a passage, or several paragraphs with their titles; it stands before the question."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters import column_words

TEXTS = ("paragraph_text", "text", "content", "passage", "sentences", "sents")


@functools.lru_cache(maxsize=512)
def stands_first(prompt: str | None, query: str | None) -> bool:
    """Whether these columns are a question and its passage; an instruction stands before what it is about."""
    asks, about = (re.sub(r"[^\w]+", "_", str(name).strip().lower()) for name in (prompt, query))
    return asks in column_words.QUESTIONS and about in column_words.BEFORE


def text_of(value: Any) -> str | None:
    """HotpotQA's `{title: [], sentences: [[]]}` and `[[title, [sentences]]]`, MuSiQue's objects; None of any other."""
    if isinstance(value, Mapping):
        titles, texts = value.get("title"), value.get("sentences")
        if not isinstance(titles, list) or not isinstance(texts, list) or len(titles) != len(texts):
            return None
        return _joined(list(zip(titles, texts, strict=True)))
    if not isinstance(value, list):
        return None
    if all(isinstance(one, Mapping) and "title" in one for one in value):
        return _joined([(one["title"], next((one[name] for name in TEXTS if name in one), None)) for one in value])
    if all(isinstance(one, list) and len(one) == 2 and isinstance(one[1], list) for one in value):
        return _joined([(title, texts) for title, texts in value])
    return None


def _joined(parts: Sequence[tuple[Any, Any]]) -> str | None:
    found = []
    for title, said in parts:
        texts = said if isinstance(said, list) else [said]
        if not isinstance(title, str) or not all(isinstance(text, str) for text in texts):
            return None
        body = " ".join(text.strip() for text in texts if text.strip())
        found.append(f"{title}: {body}" if title.strip() else body)
    return "\n\n".join(found) or None
