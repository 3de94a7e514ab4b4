"""What is said once for all rows of a list: the instruction at the top of a file, BIG-bench's `task_prefix`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters import column_names, column_words

SYSTEM = (*column_words.SYSTEM, "systemprompt", "システムプロンプト")
PREFIXES = ("example_input_prefix", "example_output_prefix")
SHOWN = re.compile(  # lists of examples that a prompt begins with
    r"(?i)few[_-]?shots?(?:_examples)?|shots|demos|demonstrations|(?:positive|negative|in_?context)[_ ]examples"
)
INSTANCES = "instances"
MOST_LINES = 50  # of one sentence


def instructs(key: str) -> bool:
    return key.lower() in (*SYSTEM, *column_words.INSTRUCT)


def of_all(around: Mapping[str, Any]) -> dict[str, str]:
    """What an object says of all rows of a list in it, under the names it has there, and BIG-bench's prefixes."""
    told = {key: text for key, value in around.items() if (text := words(value)) and _is_told(key, text)}
    prefixed = any(key in told for key in column_words.INSTRUCT) or PREFIXES[0] in around
    return told | ({key: str(around[key]) for key in PREFIXES if around.get(key)} if prefixed else {})


def words(value: Any) -> str | None:
    """A text, or a list of lines as one."""
    if isinstance(value, (list, tuple)) and len(value) <= MOST_LINES and all(isinstance(one, str) for one in value):
        value = "\n".join(value)
    return value if isinstance(value, str) and value.strip() else None


def _is_told(key: str, text: str) -> bool:
    return instructs(key) or (
        key.lower() in column_words.MAY_INSTRUCT and column_words.SENTENCE.search(text.strip()) is not None
    )


def list_of_rows(lists: Sequence[str], split: str) -> str | None:
    """Which list such a sentence speaks of, where there is one beside the examples that are shown."""
    rows = [key for key in lists if not SHOWN.fullmatch(key)] or list(lists)
    named = next((key for key in rows if key.lower() in (INSTANCES, "data")), rows[0] if len(rows) == 1 else None)
    return split if split in lists else named


def with_it(told: Mapping[str, str], row: Any) -> Any:
    """The row with it: in a column of its own where that is read, else at the beginning of what is asked."""
    if not isinstance(row, dict) or not told:
        return row
    told, row = _prefixed(told, row)
    told = {key: text for key, text in told.items() if key not in row}
    alone, whole = column_names.guess(tuple(row)), column_names.guess((*told, *row))
    systems = {key: text for key, text in told.items() if key.lower() in SYSTEM}
    if alone is not None and alone.messages and not systems:
        return {"system": "\n\n".join(told.values()), **row} if told and "system" not in row else row
    asks = alone.prompt if alone is not None and isinstance(row.get(str(alone.prompt)), str) else None
    if asks is None or whole is None or _reads(whole, (*told, asks)):
        return {**told, **row}
    asked = [text.strip() for key, text in told.items() if key not in systems]
    return {**systems, **row, asks: "\n\n".join((*asked, row[asks]))}


def _reads(where: Any, names: Sequence[str]) -> bool:
    """Whether a mapping asks all of these."""
    said = " ".join(str(part) for part in (where.prompt, where.query, where.system) if part)
    return all(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)


def _prefixed(told: Mapping[str, str], row: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Without BIG-bench's prefixes, in whose place the row has what stands between them."""
    rest = {key: text for key, text in told.items() if key not in PREFIXES}
    if len(rest) == len(told) or not isinstance(row.get("input"), str):
        return rest, row
    before, after = (told.get(key, "").strip() for key in PREFIXES)
    before, after = ("" if re.fullmatch(r"(?i)[qa]\W*", one) else one for one in (before, after))
    lines = [f"{before} {row['input']}".strip(), after if "target_scores" not in row else ""]
    return rest, {**row, "input": "\n".join(filter(None, lines))}
