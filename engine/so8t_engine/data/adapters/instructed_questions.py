"""An instruction in one column and the question in another: both are asked, unless one holds the other."""

from __future__ import annotations

import functools

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

ASKS = (
    *(name for name in column_words.QUESTIONS if name != "query"), "problem", "problem_text", "prompt",
    "user_prompt", "user_message", "input_text", "問題", "問題文", "問い", "設問文", "文章題", "problema", "problème",
    "задача", "문제",
)  # fmt: skip


def whole(row: Fields, where: Columns) -> Columns:
    """The mapping to both, where one of them would not be asked."""
    if where.prompt not in row or where.messages or where.chosen:
        return where
    found = _pair(tuple(row), where)
    if found is None:
        return where
    told, asked = (_said(row.get(name)) for name in found)
    if told in asked or asked in told:  # or is empty
        return where
    if where.prompt == found[1] and not column_words.SENTENCE.search(told):  # but names a task
        return where
    return _to(where, *found)


@functools.lru_cache(maxsize=512)
def _pair(names: tuple[str, ...], where: Columns) -> tuple[str, str] | None:
    """(instruction, question), one of which is asked and the other not read."""
    said = " ".join(str(place) for place in where.model_dump(exclude={"label"}).values() if place)
    free = {verdict_names.plain(name): name for name in names if name not in said}
    called = verdict_names.plain(str(where.prompt))
    instructs = called in column_words.INSTRUCT and called != "definition"
    if not instructs and called not in ASKS:
        return None
    wanted = ASKS if instructs else column_words.INSTRUCT[1:]
    other = next((free[name] for name in wanted if name in free), None)
    if other is None:
        return None
    return (str(where.prompt), other) if instructs else (other, str(where.prompt))


@functools.lru_cache(maxsize=512)
def _to(where: Columns, told: str, asked: str) -> Columns:
    return where.model_copy(update={"prompt": f"{{{told}}}\\n\\n{{{asked}}}"})


def _said(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
