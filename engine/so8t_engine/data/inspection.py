"""What the data steps of a session made of its sources: what each rule took, what is kept, rows before and after."""

from __future__ import annotations

import json
import random
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from so8t_engine import sentences
from so8t_engine.data import drop_examples, drop_reasons, fates, shards
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import manifest

SHOWN = 10  # examples before and after
TEXTS = ("prompt", "completion", "plain")

Json = dict[str, Any]


def look(session: Path, example: str | None = None) -> Json:
    """`example`: the id of the one that is shown, whole; else some, drawn the same way each time.

    Raises EngineError usage where the data steps have not come so far, or no such example is there.
    """
    counts = _notes(session, shards.INTEGRATED, "counts.json")
    if counts is None:
        raise EngineError("usage", sentence("data.inspect_too_early", session=session.name))
    left_out = _notes(session, shards.INTEGRATED, "dropped.json") or {}
    converted = _notes(session, shards.CONVERTED, "counts.json")
    not_learnt = _notes(session, shards.CONVERTED, "dropped.json") or {}
    collected = _notes(session, shards.COLLECTED, "provenance.json") or {}
    became = fates.of(collected, counts, converted or {})
    rules = {} if converted is None else converted.get("dropped", {})  # an older version counted none of step 3
    repeated = {} if converted is None else converted.get("repeated", {})
    found: Json = {
        "session": session.name,
        "records": counts["records"],
        "split": counts["split"], "language": counts["language"], "category": counts["category"],
        "sources": {
            name: _source(
                _with_unreadable(rows, collected.get(name, {})), rules.get(name, {}),
                left_out.get(name, {}) | not_learnt.get(name, {}),
            )
            | {"repeated": repeated.get(name, 0), "became": became.get(name)}
            for name, rows in counts["sources"].items()
        },
        "sections": None, "lengths": None, "tokens": None, "examples": [],
    }  # fmt: skip
    if converted is not None and (shards.folder(session, shards.CONVERTED) / manifest.NAME).is_file():
        table = shards.read_converted(session)
        found["records"] = len(table)
        found |= {name: _shares(table[name]) for name in ("split", "language", "category")}
        found["sections"] = {name: count / max(len(table), 1) for name, count in converted["sections"].items()}
        found["lengths"] = {name: _lengths(table[name]) for name in TEXTS}
        found["tokens"] = _tokens(table, converted.get("tokens"))
        found["examples"] = _before_and_after(session, table, example)
    if example is not None and not found["examples"]:
        raise EngineError("usage", sentence("data.inspect_no_example", session=session.name, id=example))
    return found


def lines(found: Json, alone: bool = False) -> list[Sentence | str]:
    """What people are shown of it; `alone`: of its examples, of which one was asked for."""
    said = [] if alone else _of_all(found)
    for number, item in enumerate(found["examples"], 1):
        said += ["", sentence("data.inspect_example", number=number, id=item["id"], place=place(item))]
        if item["row"] is not None:
            said.append(f"   < {_cut(json.dumps(item['row'], ensure_ascii=False))}")
        said.append(f"   ? {_cut(item['prompt'])}")
        learnt = f"   = {_cut(item['completion'])}" if item["completion"] else sentence("data.inspect_asked_alone")
        said.append(learnt)
    return said[1:] if alone else said


def _of_all(found: Json) -> list[Sentence | str]:
    said: list[Sentence | str] = []
    for name, source in found["sources"].items():
        if source.get("became"):
            said.append(sentence("data.inspect_became", source=name, **_numbers_of(source["became"])))
        else:
            said.append(sentence("data.inspect_source", source=name, kept=source["kept"], rows=source["rows"]))
        for rule in source["dropped"]:
            reason = sentences.from_json(rule["reason"])
            said.append(sentence("data.inspect_rule", reason=reason, count=rule["rows"]))
            said += [f"      {_one_line(shown)}" for shown in rule["examples"]]
        said += [sentence("data.inspect_changed", rule=rule, count=n) for rule, n in source["changed"].items()]
        if source["repeated"]:
            said.append(sentence("data.inspect_repeated", count=source["repeated"]))
    for name in ("split", "language", "category"):
        shares = [f"{key} {count:,}" for key, count in sorted(found[name].items())]
        said.append(sentence("data.inspect_kinds", key=name, shares=shares))
    if found["sections"] is not None:
        shares = [f"{name} {share:.1%}" for name, share in found["sections"].items()]
        said.append(sentence("data.inspect_kinds", key="think-*", shares=shares))
    for name, lengths in (found["lengths"] or {}).items():
        said.append(sentence("data.inspect_lengths", text=name, **lengths))
    for name, tokens in (found["tokens"] or {}).items():
        said.append(sentence("data.inspect_tokens", text=name, **tokens))
    return said


def _numbers_of(became: Json) -> Json:
    return {key: became[key] for key in ("read", "held_out", "learnt", "asked", "left_out")}


def place(item: Json) -> Sentence:
    """Of an example's row, as far as the version that collected it noted that."""
    if item["row_number"] is None:
        return sentence("data.inspect_source_alone", source=item["source"])
    if item["file"] is None:
        return sentence("data.inspect_row_of_source", source=item["source"], row=item["row_number"])
    return sentence("data.inspect_place", source=item["source"], file=item["file"], row=item["row_number"])


def _with_unreadable(rows: Mapping[str, Any], collected: Mapping[str, Any]) -> Mapping[str, Any]:
    """What step 1 could not read is left out, too."""
    return {**rows, "dropped": dict(Counter(collected.get("skipped", {})) + Counter(rows["dropped"]))}


def _source(rows: Mapping[str, Any], not_learnt: Mapping[str, int], examples: Mapping[str, Any]) -> Json:
    """`rows`: as step 2 counted them; `not_learnt`: of those that it kept, what step 3 left out, by reason."""
    dropped = Counter(rows["dropped"]) + Counter(not_learnt)
    ordered = sorted(dropped.items(), key=lambda item: (-item[1], item[0]))
    return {
        "rows": rows["kept"] + sum(rows["dropped"].values()),
        "kept": rows["kept"] - sum(not_learnt.values()),
        "dropped": [
            {
                "reason": sentences.to_json(drop_reasons.of_text(reason)),
                "rows": count,
                "examples": examples.get(reason, []),
            }
            for reason, count in ordered
        ],
        "changed": rows.get("changed", {}),
    }


def _before_and_after(session: Path, table: pa.Table, example: str | None) -> list[Json]:
    if example is None:
        chosen = sorted(random.Random(len(table)).sample(range(len(table)), min(SHOWN, len(table))))
        examples = table.take(chosen).to_pylist()
    else:
        examples = table.filter(pc.field("id") == example).to_pylist()
    numbers = _numbers(session, [item["id"] for item in examples])
    by_source: dict[str, set[int]] = {}
    for item in examples:
        if (number := numbers.get(item["id"])) is not None:
            by_source.setdefault(item["source"], set()).add(number)
    rows = {source: _rows(session, source, wanted) for source, wanted in by_source.items()}
    nowhere: Json = {"row": None, "file": None}
    return [
        item | rows.get(item["source"], {}).get(number, nowhere | {"row_number": number})
        for item in examples
        for number in [numbers.get(item["id"])]
    ]


def _numbers(session: Path, ids: Sequence[str]) -> dict[str, int | None]:
    """The number of the collected row that each record was made of; None where an earlier version kept none."""
    found: dict[str, int | None] = {}
    if not ids:
        return found
    wanted = pc.field("id").isin(list(ids))
    for path in shards.listed(session, shards.INTEGRATED):
        names = [name for name in ("id", "number") if name in pq.read_schema(path).names]
        for row in pq.read_table(path, columns=names, filters=wanted).to_pylist():
            found[row["id"]] = row.get("number")
    return found


def _rows(session: Path, source: str, numbers: set[int]) -> dict[int | None, Json]:
    """The rows as they were collected, and where they stand: file, number there from 1. Reads the shards once."""
    rows: dict[int | None, Json] = {}
    wanted = (pc.field("source") == source) & pc.field("number").isin(sorted(numbers))
    for path in sorted(shards.folder(session, shards.COLLECTED).glob(f"*-{source}-*.parquet")):
        for row in pq.read_table(path, filters=wanted).to_pylist():
            place = row.get("place")
            rows[row["number"]] = {
                "row": json.loads(row["row"]),
                "file": row.get("file"),
                "row_number": row["number"] if place is None else place,
            }
        if len(rows) == len(numbers):
            break
    return rows


def _shares(column: pa.ChunkedArray) -> dict[str, int]:
    return {str(item["values"]): item["counts"] for item in pc.value_counts(column).to_pylist()}


def _tokens(table: pa.Table, counted: Mapping[str, Any] | None) -> Json | None:
    """Of what is trained with: of prompts, and of prompt and answer together; None where step 3 counted no tokens."""
    if counted is None:
        return None
    table = table.filter(pc.field("split") == "train")
    prompt, completion = (pc.fill_null(table[name], 0) for name in shards.TOKENS)
    return {"prompt": _spread(prompt), "prompt + completion": _spread(pc.add(prompt, completion))}


def _lengths(texts: pa.ChunkedArray) -> Json:
    """In characters."""
    return _spread(pc.utf8_length(texts))


def _spread(values: pa.ChunkedArray) -> Json:
    lengths = sorted(values.to_pylist()) or [0]
    return {
        "least": lengths[0],
        "median": int(statistics.median(lengths)),
        "most_of_20": lengths[int(0.95 * (len(lengths) - 1))],
        "most": lengths[-1],
    }


def _notes(session: Path, folder: str, name: str) -> Any:
    path = shards.folder(session, folder) / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _one_line(example: Mapping[str, Any]) -> str:
    texts = [example[name] for name in ("prompt", "response", "row") if name in example]
    like = f" <- {example['like']['prompt']}" if "like" in example else ""
    return _cut(f"{example['number']}. {' = '.join(texts)}{like}")


def _cut(text: str) -> str:
    return drop_examples.short(text.replace("\n", " / "))
