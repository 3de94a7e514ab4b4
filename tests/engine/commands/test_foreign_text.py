"""What stands in files of other people reaches a terminal as words, from every command that tells of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import hostile_session
from helpers.hostile_session import EVIL, NAME, SEEN, harm
from helpers.program import answered, so8t


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("sessions",), SEEN),
        (("status", NAME), SEEN),
        (("verify", NAME), ""),
        (("duplicate", NAME), SEEN),
        (("resume", NAME), ""),
        (("resume", "\x1b[31mno\u202esession"), "no"),
        (("run", "\x1b[31mno\u202e.yaml"), "no.yaml"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_hostile_session_is_told_of_in_words(
    tmp_path: Path, words: tuple[str, ...], seen: str, language: str
) -> None:
    hostile_session.make(tmp_path)
    ask = so8t if words[0] in ("resume", "run") else answered
    done = ask("--lang", language, *words, "--data-root", tmp_path)

    assert seen in done.stdout and not harm(done.stdout), repr(done.stdout)
    assert harm(done.stderr) == set() and "Traceback" not in done.stdout + done.stderr
    if words == ("sessions",):
        assert len(done.stdout.splitlines()) == 1


def test_json_has_the_very_characters_and_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    hostile_session.make(tmp_path)
    done = answered("status", NAME, "--data-root", tmp_path, "--json")

    assert not harm(done.stdout)
    assert json.loads(done.stdout)["incidents"][0]["kind"] == EVIL


def test_the_names_of_columns_are_words_in_the_error_of_a_run(tmp_path: Path) -> None:
    rows, config = tmp_path / "rows.jsonl", tmp_path / "a.yaml"
    rows.write_text(json.dumps({EVIL: "x"}) + "\n")
    config.write_text(f"name: a\nmodel: {{build: {{}}}}\ndatasets: [{{name: a, source: local, path: {rows}}}]\n")
    done = so8t("run", config, "--data-root", tmp_path / "sessions", "--force")

    assert done.returncode == 7, done.stdout
    assert "<b>bold</b>" in done.stdout and "[red]R[/red]" in done.stdout and not harm(done.stdout), repr(done.stdout)
