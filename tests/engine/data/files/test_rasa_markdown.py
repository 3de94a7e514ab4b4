"""Bots of Rasa that were written in Markdown are read like those in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_rasa_bots import RESPONSES, put, read
from helpers.sessions import refused
from so8t_engine.data.files import local_files, rasa_markdown

NLU = """## intent:hours
- when are you open
- [opening](topic) hours

## intent: greet
- hey

## synonym:noon
- 12 o'clock
## regex:zip
- [0-9]{5}
"""
STORIES = (
    "<!-- ours -->\n## happy path\n* hours\n  - utter_hours\n* greet\n  - utter_greet\n\n"
    "## short\n* greet\n  - utter_greet\n"
)
HOURS = [("when are you open", "From 9 to 17."), ("opening hours", "From 9 to 17.")]


def project(folder: Path, **texts: str) -> Path:
    put(folder / "domain.yml", RESPONSES)
    for name, text in texts.items():
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("stories", "found"),
    [
        (STORIES, [*HOURS, ("hey", ["Hello!", "Hi!"])]),
        ("## a\n* hours OR greet\n  - utter_hours\n", [*HOURS, ("hey", "From 9 to 17.")]),
        ('## a\n* hours\n - utter_hours\n## b\n* greet{"name": "Al"}\n - utter_greet\n', HOURS),
        ("## a\n* hours\n - utter_hours\n## b\n> asked\n* greet\n - utter_greet\n", HOURS),
        ('## a\n* hours\n - utter_hours\n## b\n* greet\n - utter_greet\n - slot{"x": 1}\n', HOURS),
        ("## a\n* hours\n - utter_hours\n## b\n* greet\n - utter_greet\n> goes on\n", HOURS),
    ],
)  # fmt: skip
def test_a_projects_markdown_is_read_with_its_domain(stories: str, found: list[Any], tmp_path: Path) -> None:
    about = "# Our bot\n\n- run `rasa train`\n- talk\n"

    assert read(project(tmp_path, nlu=NLU, stories=stories, README=about))[0] == found


def test_responses_of_retrieval_intents_and_templates_are_read(tmp_path: Path) -> None:
    put(tmp_path / "domain.yml", {"templates": RESPONSES["responses"], "intents": ["faq"]})
    nlu = f"{NLU}\n## intent: faq/name\n- who are you\n"
    faq = "## ask name\n* faq/name\n - My name is Al.\n\n## hours\n* faq/hours\n - Soon.\n"
    for name, text in (("nlu", nlu), ("stories", STORIES), ("responses", faq)):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / f"{name}.md").write_text(text, encoding="utf-8")

    assert read(tmp_path)[0] == [*HOURS, ("hey", ["Hello!", "Hi!"]), ("who are you", "My name is Al.")]


@pytest.mark.parametrize(("text", "missing"), [(NLU, ["responses"]), (STORIES, ["nlu", "responses"])])
def test_a_part_by_itself_is_told_to_be_one(text: str, missing: list[str], tmp_path: Path) -> None:
    (path := tmp_path / "a.md").write_text(text, encoding="utf-8")
    said = refused(lambda: local_files.find(str(path))).sentence

    assert said.args["why"].code == "data.part_of_rasa" and said.args["why"].args["missing"] == missing


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (NLU, True), (STORIES, True), ("## intent:\n- a\n", False), ("# intent:greet\n", False),
        ("## a\n* greet\n", False), ("  - utter_greet\n", False), ("## Title\n* point\n  - sub point\n", False),
        ("## Title\n* client/server\n  - a sub point\n", False),
    ],
)  # fmt: skip
def test_other_markdown_is_none_of_it(text: str, is_one: bool) -> None:
    assert rasa_markdown.is_one(text) is is_one
