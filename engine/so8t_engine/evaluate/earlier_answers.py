"""What step 5 need not do again when it is begun again: files that are there as made, answers of the same models.

A model is known by the digest of its files, as they were when it was asked; base and warm-up cannot have changed, as
the session was checked before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine import VERSION
from so8t_engine.config.run_config import Evaluate
from so8t_engine.session import manifest

Results = Mapping[str, Any]
COLUMNS = ("base", "warmed", "tuned")
OF_ANSWERS = ("max_records", "per_device_eval_batch_size", "max_new_tokens")  # another value, another answer


def of(results: Results, asked: Mapping[str, Any], now: Evaluate) -> dict[str, Any]:
    """What a step 5 that is begun again may take over. `results`: what it had in the end, or was broken off with;
    `asked`: the section `evaluate` of then.

    Its own `earlier`, where it was itself begun again, counts as far as it had not come.
    """
    before: Results = results.get("earlier", {})
    made = results.get("made") or before.get("made", {})
    if any(asked.get(key) != getattr(now, key) for key in OF_ANSWERS):
        return {"made": made}
    kept: dict[str, Any] = {"made": made, "cut": {}}
    for column in COLUMNS:
        source = max(results, before, key=lambda each: len(each.get(column, [])))
        if column in source:
            kept[column] = source[column]
            kept["cut"][column] = source.get("cut", {}).get(column, [])
    kept["columns"] = results.get("columns") or before.get("columns", [])
    if asked.get("gguf_records") == now.gguf_records:
        kept["gguf_answers"] = {**before.get("gguf_answers", {}), **results.get("gguf_answers", {})}
    return kept


def said(earlier: Results, column: str, start: int, count: int) -> tuple[list[str], list[Any]] | None:
    """(answers, whether each was cut off) to so many questions from `start` on; None where not all are known."""
    texts, cut = earlier.get(column, [])[start : start + count], earlier.get("cut", {}).get(column, [])
    return (list(texts), list(cut[start : start + count])) if len(texts) == count else None


def by_file(earlier: Results, kind: str, count: int) -> dict[str, Any] | None:
    """What a GGUF file answered to all of its `count` questions; None where it did not, or could not."""
    answered: dict[str, Any] = earlier.get("gguf_answers", {}).get(kind, {})
    return answered if count and len(answered.get("texts", [])) == count else None


def with_model(earlier: Results, digest: str) -> dict[str, Any]:
    """Without the answers of another model than the one with this digest."""
    same = earlier.get("made", {}).get("final_model") == digest
    return {key: value for key, value in earlier.items() if key != "tuned" or same}


def with_file(earlier: Results, kind: str, sha: str) -> dict[str, Any]:
    """The same for a GGUF file."""
    if file_of(earlier, kind).get("sha256") == sha or "gguf_answers" not in earlier:
        return dict(earlier)
    others = {each: about for each, about in earlier["gguf_answers"].items() if each != kind}
    return {**earlier, "gguf_answers": others}


def file_of(earlier: Results, kind: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = earlier.get("made", {}).get("gguf", {}).get(kind, {})
    return found


def is_as_made(earlier: Results, folder: Path, card: str) -> bool:
    """Whether the model lies there as this version of SO8T made it. Its `card` may say other results."""
    made = earlier.get("made", {})
    if made.get("by") != VERSION or not made.get("final_model"):
        return False
    return not manifest.problems(folder) and digest(folder, card) == made["final_model"]


def digest(folder: Path, *without: str) -> str:
    """Of a sealed folder, by what its manifest lists but for the files `without`."""
    listed = {name: about for name, about in manifest.read(folder)[0].items() if name not in without}
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def files_as_made(earlier: Results, folder: Path, names: Mapping[str, str]) -> Sequence[str]:
    """Types whose GGUF files lie there as this version made them; none where there are others beside them.

    `names`: of the file, by wanted type.
    """
    if earlier.get("made", {}).get("by") != VERSION:
        return []
    try:
        listed, _ = manifest.read(folder)
    except (ValueError, OSError):
        return []
    if {name for name in listed if name.endswith(".gguf")} - set(names.values()):
        return []
    return [kind for kind, name in names.items() if _is_sealed(folder / name, listed.get(name), file_of(earlier, kind))]


def _is_sealed(path: Path, listed: tuple[int, str] | None, made: Mapping[str, Any]) -> bool:
    if listed is None or listed[1] != made.get("sha256"):
        return False
    try:
        return path.stat().st_size == listed[0] and manifest.digest_file(path) == tuple(listed)
    except OSError:
        return False
