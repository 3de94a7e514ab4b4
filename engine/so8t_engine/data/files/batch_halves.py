"""Batches of requests to a model: what was asked lies in one file, what came back in another, in any order.

Each answer becomes a row with its request, found by the number that whoever asked has given to it. Of OpenAI (Azure,
Mistral, Groq), Anthropic and Gemini.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Literal

from so8t_engine.data.files import row_readers
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.source_file import FilesOfSource, SourceFile
from so8t_engine.sentences import sentence

LINES = (".jsonl", ".ndjson")
FIRST_LINE = 8 << 20  # bytes of a request that a file begins with
MOST_FILES = 200  # that are looked into
IDS = ("custom_id", "key")
ASKED, CAME_BACK = ("body", "params", "request"), ("response", "result", "error")
OF_GEMINI = ("contents", "candidates")

Half = Literal["asked", "came back"]
Place = tuple[int, int, bytes]  # where a request begins, how long it is, what it is told from others by


def half(row: object) -> Half | None:
    """Which half of a batch a row is of."""
    if not isinstance(row, Mapping) or not isinstance(row.get("custom_id", row.get("key")), str):
        return None
    asked, said = _of(row, ASKED), _of(row, CAME_BACK)
    if "custom_id" not in row and not any(name in (asked or said or {}) for name in OF_GEMINI):
        return None
    if asked is not None and said is None:
        return "asked"
    is_reply = any(name in row and isinstance(row[name], (Mapping, type(None))) for name in CAME_BACK)
    return "came back" if asked is None and is_reply else None


def joined(files: Sequence[SourceFile]) -> FilesOfSource:
    """The same files; of those with answers each knows where their requests are, which give no rows of their own.

    Raises ValueError with a Sentence where a number stands for two requests.
    """
    lines = [file for file in files[:MOST_FILES] if file.kind in LINES and file.path.is_file()]  # no pipe
    halves = {file: found for file in lines if (found := _half_of(file))} if len(lines) > 1 else {}
    asked = tuple(file for file, found in halves.items() if found == "asked")
    if not asked or "came back" not in halves.values():
        return FilesOfSource(list(files))
    said = [file for file, found in halves.items() if found == "came back"]
    with_requests = {file: dataclasses.replace(file, beside=_near(file, asked)) for file in said}
    none_of_their_own = {file: dataclasses.replace(file, beside=()) for file in asked}
    note = sentence(
        "data.batch_joined", asked=[file.name for file in asked], answers=[file.name for file in said]
    )  # fmt: skip
    return FilesOfSource([(with_requests | none_of_their_own).get(file, file) for file in files], (note,))


def rows(file: SourceFile, limit: int, skip: int, notice: object = None) -> Iterator[RawRow | BadRow]:
    """Each answer of a file with its request. Raises ValueError with a Sentence where a number stands for two."""
    if not file.beside:
        return
    with tempfile.TemporaryFile() as kept, file.opened() as answers:
        places = _keep(file.beside, kept, limit)
        for line in row_readers.json_lines(answers, limit, skip):
            if isinstance(line, BadRow):
                yield line
                continue
            row = json.loads(line.text)
            place = places.get(_id(row))
            if place is None:
                yield line
                continue
            kept.seek(place[0])
            request = json.loads(kept.read(place[1]))
            whole = {"custom_id": _id(row), "request": request, "response": _answer(row)}
            yield row_readers.row(whole, line.number, "line", line.number)


def _keep(files: Sequence[SourceFile], kept: IO[bytes], limit: int) -> dict[str, Place]:
    """The requests, written one behind another, by their numbers."""
    places: dict[str, Place] = {}
    end = 0
    for file in files:
        with file.opened() as opened:
            for line in row_readers.json_lines(opened, limit):
                row = json.loads(line.text) if isinstance(line, RawRow) else {}
                request = _of(row, ASKED)
                if request is None:
                    continue
                text = json.dumps(request).encode()
                known = places.get(_id(row))
                told = hashlib.blake2b(text, digest_size=16).digest()
                if known is not None and known[2] != told:
                    raise ValueError(sentence("data.batch_number_twice", number=_id(row), path=file.place))
                places[_id(row)] = end, len(text), told
                end += kept.write(text)
    return places


def _near(file: SourceFile, asked: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """The requests in its own folder, if there are any."""
    beside = tuple(one for one in asked if one.place.parent == file.place.parent)
    return beside or tuple(asked)


def _half_of(file: SourceFile) -> Half | None:
    with contextlib.suppress(OSError, ValueError, EOFError, RuntimeError), file.opened() as opened:
        return half(json.loads(opened.readline(FIRST_LINE).removeprefix(row_readers.BOM)))
    return None


def _of(row: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any] | None:
    return next((row[name] for name in names if isinstance(row.get(name), Mapping)), None)


def _id(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in IDS if name in row), "")


def _answer(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """As a call's reply; nothing where it failed."""
    said = row.get("response") or row.get("result") or {}
    return said.get("message", {}) if "type" in said and "body" not in said else said


def described(row: Mapping[str, Any], of: Half) -> dict[str, str]:
    """What a half holds by the name it has there, what the other one would hold, and what joins both."""
    asked, said = (next((name for name in names if name in row), None) for names in (ASKED, CAME_BACK))
    asked = asked or ("params" if "result" in row else "body" if "custom_id" in row else "request")
    said = said or ("result" if "params" in row else "response")
    holds, missing = (asked, said) if of == "asked" else (said, asked)
    return {"holds": holds, "missing": missing, "number": next(name for name in IDS if name in row)}
