"""The longest warnings that the data of the real presets can bring about are said at once, and in Japanese."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from helpers.calls import counted
from helpers.sessions import Session, refused
from so8t_engine.config import file as config_file
from so8t_engine.data import admitted, drop_reasons, provenance
from so8t_engine.data.files.row_readers import BadRow
from so8t_engine.errors import failed
from so8t_engine.protocol import Message
from so8t_engine.sentences import from_json, say
from so8t_engine.steps import integrate

ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")  # three words in a row: keys and names are single words


def warned(root: Path, preset: str) -> list[Message]:
    """The warnings of `collect` and `integrate` where every source has rows left out for every reason there is."""
    session = Session(root, config_file.load_preset(preset, ["integrate.max_dropped_fraction=1.0"]))
    context = session.context()
    counts = dict(integrate.NOTHING)
    for dataset in session.config.datasets:
        source = provenance.begin(dataset)
        for number, reason in enumerate(drop_reasons.BAD * 2, 1):
            source = provenance.with_bad(
                source, f"{dataset.name}/train-00000-of-00033.jsonl", BadRow(number, "line", 1_000_000 + number, reason)
            )
        context.warn("rows_skipped", provenance.summary(source))
        dropped = Counter({str(reason): 123_456 for reason in drop_reasons.DROPPED})
        counts = integrate._count(counts, dataset.name, admitted.SCHEMA.empty_table(), dropped)
    integrate._check(context, counts | {"split": {"train": 1}})
    error = refused(lambda: integrate._check(context, counts))
    return [*(event for event in session.events if event.name == "warning"), failed(error)]


@pytest.mark.parametrize("preset", ["phi35-so8t", "phi35-so8t-24gb"])
def test_the_longest_warnings_of_the_real_presets_are_said_in_japanese_at_once(tmp_path: Path, preset: str) -> None:
    events = warned(tmp_path, preset)
    said = [counted(lambda event=event: say(from_json(event.data["sentence"]), "ja")) for event in events]
    texts = [text for text, _ in said]

    assert len(events) == 11 + 2 + 1, "eleven sources, what was dropped, no held-out record, and the error"
    assert max(len(text) for text in texts) > 2_000
    assert [match[0] for text in texts for match in ENGLISH.finditer(text)] == []
    # The window says them in its own thread: 80,000 calls are about 16 ms, one picture of sixty a second.
    assert max(calls for _, calls in said) < 80_000
