"""A source tried out before there is a session: what could not be read of it, and how much becomes records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import local, make_config, write_lines
from so8t_engine.data import trial
from so8t_engine.sentences import Sentence

GOOD = [{"prompt": f"What is {n}?", "response": f"It is {n}."} for n in range(3)]
ODD = [{"aufgabe": f"What is {n}, and why is it so?", "loesung": f"It is {n}."} for n in range(3)]


@pytest.mark.parametrize(
    ("rows", "notes", "result"),
    [
        (GOOD, set(), "data.try_all"),
        ([*GOOD, GOOD[0]], set(), "data.try_result"),
        ([*GOOD, b"{broken"], {"data.rows_skipped"}, "data.try_all"),
        ([*GOOD, *ODD], {"steps.unfit_in_part"}, "data.try_result"),
        ([*GOOD, *ODD[:2]], set(), "data.try_result"),
        ([{"prompt": f"What is {n}?", "response": f"It is {n}."} for n in range(300)], set(), "data.try_all_of_first"),
        ([*GOOD, *GOOD * 100], set(), "data.try_result_of_first"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_source_is_what_became_of_its_rows(
    tmp_path: Path, rows: list[Any], notes: set[str], result: str
) -> None:
    found = trial.run(
        make_config([local("a", write_lines(tmp_path / "a.jsonl", rows))], collect={"max_bad_fraction": 0.5})
    )
    codes = {note.args.get("parts", [note])[0].code for note in found.notes}
    assert codes & {"data.rows_skipped", "steps.unfit_in_part"} == notes
    assert result in [line.code for line in trial.lines(found) if isinstance(line, Sentence)]


@pytest.mark.parametrize(
    ("row", "adapter", "line"),
    [
        (GOOD[0], "columns", "columns: {prompt: prompt, response: response}"), (ODD[0], None, None),
        ({"text": "Which gas?\n\nOxygen."}, "text", None),
        ({"instruction": "Why?", "context": "", "response": "So."}, "dolly", None),
        ({"chosen": "x", "rejected": "y", "prompt": "Why?"}, "columns",
         "columns: {prompt: prompt, chosen: chosen, rejected: rejected}"),
    ],
)  # fmt: skip
def test_how_its_rows_are_read_is_told_by_a_name_or_by_a_line(
    tmp_path: Path, row: dict[str, str], adapter: str | None, line: str | None
) -> None:
    found = trial.run(make_config([local("a", write_lines(tmp_path / "a.jsonl", [row]))]))
    assert (found.adapter, found.line) == (adapter, line)
    codes = [note.code for note in found.notes]
    assert ("data.rejected_unused" in codes) is ("rejected" in row)
