"""Bots of Rasa: what users say with what they are answered, from one file or a project's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files, rasa_bots
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence

NLU = {"nlu": [{"intent": "hours", "examples": "- when are you open\n- [opening](topic) hours\n"},
               {"intent": "greet", "examples": "- hey\n"}]}  # fmt: skip
TEXTS = {"utter_hours": [{"text": "From 9 to 17."}], "utter_greet": [{"text": "Hello!"}, {"text": "Hi!"}]}
RESPONSES = {"intents": ["hours", "greet"], "responses": TEXTS}
HOURS = ("when are you open", "From 9 to 17."), ("opening hours", "From 9 to 17.")


def steps(*told: str, **more: Any) -> dict[str, Any]:
    return {"steps": [{"action" if one.startswith("utter_") else "intent": one} for one in told], **more}


def put(path: Path, *documents: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({key: value for one in documents for key, value in one.items()}), encoding="utf-8")
    return path


def read(path: Path, before: frozenset[str] = frozenset()) -> tuple[list[tuple[str, Any]], list[str]]:
    chosen = local_files.choose(Dataset(name="d", source="local", path=str(path)), before)
    notes: list[Sentence] = []
    items = [item for file in chosen.files for item in local_files.read(file, 10_000, notice=notes.append)]
    rows = [json.loads(item.text) for item in items if isinstance(item, RawRow)]
    return [(row["question"], row["answer"]) for row in rows], [note.code for note in notes]


@pytest.mark.parametrize(
    ("told", "greeted"),
    [
        ({"rules": [steps("hours", "utter_hours")]}, None),
        ({"rules": [steps("hours", "utter_hours"), steps("greet", "utter_greet")]}, ["Hello!", "Hi!"]),
        ({"rules": [steps("hours", "utter_hours"), steps("greet", "utter_greet", "utter_hours")]},
         "Hello!\nFrom 9 to 17."),
        ({"rules": [steps("hours", "utter_hours"), steps("greet", "utter_lost")]}, None),
        ({"rules": [steps("hours", "utter_hours"), steps("greet", "utter_greet", condition=[{"slot": "x"}])]}, None),
        ({"rules": [steps("hours", "utter_hours"), steps("hours", "utter_hours", "greet", "utter_greet")]}, None),
        ({"stories": [steps("hours", "utter_hours", "greet", "utter_greet"), steps("greet", "utter_greet")]},
         ["Hello!", "Hi!"]),
        ({"stories": [steps("greet", "utter_greet"), steps("greet", "utter_hours")],
          "rules": [steps("hours", "utter_hours")]}, None),
        ({"stories": [steps("hours", "utter_hours"), steps("greet", "utter_greet")],
          "rules": [steps("greet", "utter_lost")]}, None),  # a rule counts
    ],
)  # fmt: skip
def test_an_intent_has_the_response_that_rules_or_stories_agree_on(
    tmp_path: Path, told: dict[str, Any], greeted: Any
) -> None:
    pairs, said = read(put(tmp_path / "bot.yml", NLU, RESPONSES, told))
    assert pairs == [*HOURS, *([("hey", greeted)] if greeted else [])]
    assert ("data.of_file" in said) is (greeted is None)


def test_the_files_of_a_project_are_read_together_also_when_a_session_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "domain.yml", RESPONSES)
    put(tmp_path / "data" / "nlu.yml", NLU)
    put(tmp_path / "data" / "rules.yml", {"rules": [steps("hours", "utter_hours")]})
    for before in (frozenset[str](), frozenset(("domain.yml", "data/nlu.yml", "data/rules.yml"))):
        assert read(tmp_path, before)[0] == [*HOURS]
    names = [file.name for file in rasa_bots.of_folder(tmp_path)]
    assert names == ["data/nlu.yml", "data/rules.yml", "domain.yml"]
    (tmp_path / "data" / "old.yml").mkdir()
    (tmp_path / "data" / "old.md").mkdir()
    assert read(tmp_path)[0] == [*HOURS]
    put(tmp_path / "all" / "domain.yml", NLU, RESPONSES, {"rules": [steps("hours", "utter_hours")]})
    assert read(tmp_path / "all")[0] == [*HOURS]


def test_a_response_may_be_found_by_its_intents_name_and_one_with_a_slot_is_none(tmp_path: Path) -> None:
    asked = {"nlu": [{"intent": name, "examples": f"- {name}?"} for name in ("faq/a", "faq/b")]}
    texts = {"utter_faq/a": [{"text": "So."}], "utter_faq/b": [{"text": "Hello {name}"}]}
    assert read(put(tmp_path / "bot.yml", asked, {"responses": texts}))[0] == [("faq/a?", "So.")]


@pytest.mark.parametrize(
    ("documents", "missing"),
    [
        ((NLU,), ["responses"]), ((RESPONSES,), ["nlu"]),
        (({"rules": [steps("hours", "utter_hours")]},), ["nlu", "responses"]),
        ((NLU, RESPONSES), ["rules"]), ((NLU, {"responses": ["a"]}), ["responses"]),
        ((NLU, RESPONSES, {"rules": 5, "stories": "x"}), ["rules"]),
        ((RESPONSES, {"nlu": {"intent": "hours"}}), ["nlu"]),
    ],
)  # fmt: skip
def test_a_part_of_a_bot_is_refused_with_what_is_missing(
    tmp_path: Path, documents: tuple[dict[str, Any], ...], missing: list[str]
) -> None:
    why = refused(lambda: read(put(tmp_path / "x.yml", *documents))).sentence.args["why"]
    assert (why.code, why.args["missing"]) == ("data.part_of_rasa", missing)


@pytest.mark.parametrize(
    "row",
    [
        {"question": "q", "answer": "a", "rules": "x"},
        {"nlu": "x", "responses": ["a"]},
        {"prompt": "q", "responses": ["a", "b"]},
        {"responses": {}},
    ],
)
def test_other_objects_are_no_bots(row: dict[str, Any]) -> None:
    assert not rasa_bots.is_part(row, lambda: row)
