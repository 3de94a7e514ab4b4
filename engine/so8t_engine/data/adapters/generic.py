"""The shapes people keep their own data in, by name: each is a mapping of its columns and whatever else a row has."""

from __future__ import annotations

from collections.abc import Callable

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names, mapped
from so8t_engine.data.adapters.answers import own_answers
from so8t_engine.data.adapters.known import cloze
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, dialogue, text
from so8t_engine.data.adapters.talks import speakers, transcripts

Adapt = Callable[[Fields, Index], ParsedRow]


def of(**columns: str) -> Adapt:
    """The adapter for a shape with these columns; a system prompt, a history, a label are read where they are."""

    def adapt(row: Fields, index: Index) -> ParsedRow:
        return mapped.read(_with_more(tuple(row), tuple(columns.items())), row, index=index)

    return adapt


def plain_text(row: Fields, index: Index) -> ParsedRow:
    """A talk with named speakers ("### Human: ..."); else the first paragraph asks for what follows it."""
    whole = text(row["text"]).strip()
    if speakers.talk_in(whole) is not None:
        return mapped.read(Columns(messages="text"), row, index=index)
    first, _, rest = whole.partition("\n\n")
    if not rest.strip():
        raise Skip(drop_reasons.ONE_PARAGRAPH)
    return ParsedRow(first, rest, "chat")


def segments(row: Fields, index: Index) -> ParsedRow:
    """Pieces of a text, those with `label: true` to be learnt (Axolotl's template-free form)."""
    asked = "".join(piece["text"] for piece in row["segments"] if piece["label"] is False)
    said = "".join(piece["text"] for piece in row["segments"] if piece["label"] is True)
    written = transcripts.parse(f"{asked}\n{said}")
    if len(row["segments"]) != 2 or written is not None:
        whole = {"text": "".join(piece["text"] for piece in row["segments"])}
        return mapped.read(Columns(messages="text"), whole, index=index)
    return ParsedRow(text(asked).strip(), text(said).strip(), "chat")


def of_columns(columns: Columns, dataset: Dataset | None = None) -> Adapt:
    """The adapter for columns named in the configuration, or understood by their names."""
    labels = dataset.labels if dataset is not None else {}
    roles = dataset.roles if dataset is not None else {}
    named = dataset is not None and dataset.columns is not None

    asks = str(columns.prompt)

    def adapt(row: Fields, index: Index) -> ParsedRow:
        if asks in row and cloze.has_gaps(row[asks]):  # among Anki's other notes
            return cloze.read({asks: row[asks]}, index)
        if own_answers.differ(row, columns):
            raise Skip(drop_reasons.CONTRADICTS)
        return mapped.read(columns, row, labels, roles, index, named=named)

    return adapt


def _with_more(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> Columns:
    guessed = column_names.guess(names)
    fixed = dict(given)
    if guessed is None:
        return Columns(**fixed)
    same = all(getattr(guessed, role) == name for role, name in fixed.items())
    if same:
        return guessed
    return Columns(**{"system": guessed.system, "history": guessed.history, "label": guessed.label} | fixed)


__all__ = ["dialogue", "of", "of_columns", "plain_text", "segments"]
