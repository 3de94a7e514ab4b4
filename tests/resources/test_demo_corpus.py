"""The demo corpus is what its generator writes, and what it teaches is right."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import so8t_resources
from helpers.admitted_rows import record_of
from helpers.paths import PROJECT
from so8t_engine.config import file as config_file
from so8t_engine.data.texts.refusals import refuses
from so8t_engine.data.thought.sections import of_record
from so8t_engine.data.thought.thinking import render
from so8t_engine.rewards import section_use

Record = dict[str, Any]

MAKER = PROJECT / "resources" / "make_demo_corpus.py"
COUNTS = {"maths": (1600, 160), "choice": (1200, 120), "chat": (600, 60), "unsafe": (600, 60)}
CALCULATION = re.compile(r".+\n(\d+) ([+-]) (\d+)(?: = 10 \+ (\d))? = (\d+)\n#### (\d+)")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    sys.path.insert(0, str(MAKER.parent))
    try:
        spec = importlib.util.spec_from_file_location("make_demo_corpus", MAKER)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(MAKER.parent))
    return module


def read(name: str) -> list[Record]:
    lines = so8t_resources.path("demo", name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def both(name: str) -> list[Record]:
    return read(f"{name}.jsonl") + read(f"{name}.heldout.jsonl")


def options(record: Record) -> list[str]:
    return [record[f"choice{place}"] for place in range(5)]


def prompt(record: Record) -> str:
    """What is asked, without the id."""
    if "messages" in record:
        return str(record["messages"][0]["content"])
    if "label" in record:
        return "\n".join([record["question"], *options(record)])
    return str(record.get("question") or record["prompt"])


def language(text: str) -> str:
    return "en" if text.isascii() else "ja"


def test_shipped_files_are_byte_for_byte_what_the_generator_writes(maker: ModuleType, tmp_path: Path) -> None:
    maker.main(tmp_path)

    shipped = {file.name: file.read_bytes() for file in so8t_resources.path("demo").glob("*.jsonl")}
    assert shipped == {file.name: file.read_bytes() for file in tmp_path.iterdir()}


@pytest.mark.parametrize("name", COUNTS)
def test_sizes_are_as_promised_with_half_of_each_part_in_each_language(name: str) -> None:
    train, heldout = read(f"{name}.jsonl"), read(f"{name}.heldout.jsonl")

    assert (len(train), len(heldout)) == COUNTS[name]
    for part in (train, heldout):
        assert Counter(language(prompt(record)) for record in part) == {"en": len(part) // 2, "ja": len(part) // 2}


@pytest.mark.parametrize("name", COUNTS)
def test_no_prompt_occurs_twice_within_or_across_the_parts(name: str) -> None:
    counted = Counter(prompt(record) for record in both(name))

    assert [text for text, times in counted.items() if times > 1] == []


def test_every_maths_answer_is_right_and_uses_the_numbers_of_its_question() -> None:
    for record in both("maths"):
        found = CALCULATION.fullmatch(record["answer"])

        assert set(record) == {"question", "answer"} and found is not None
        left, sign, right, over, result, final = found.groups()
        assert re.findall(r"\d+", record["question"]) == [left, right]
        assert int(result) == int(final) == int(left) + int(right) * (1 if sign == "+" else -1)
        assert over is None or 10 + int(over) == int(result)
        assert 0 <= int(result) <= 20


def test_the_sign_of_a_calculation_is_the_one_its_story_tells() -> None:
    taking = re.compile(r"\b(gives|takes|lost)\b|あげる|取る|なくし")
    for record in both("maths"):
        assert (" - " in record["answer"]) == (taking.search(record["question"]) is not None), record


def test_every_held_out_number_pair_was_trained_in_the_same_language() -> None:
    def pairs(records: list[Record]) -> set[tuple[str, str]]:
        return {(language(r["question"]), r["answer"]) for r in records}

    assert pairs(read("maths.heldout.jsonl")) <= pairs(read("maths.jsonl"))


def test_every_choice_label_is_the_only_word_of_the_kind_asked_for(maker: ModuleType) -> None:
    questions = {
        maker.CHOICE_QUESTION[tongue].format(kind=kind): (tongue, kind)
        for tongue in maker.LANGUAGES
        for kind in maker.LEXICON[tongue]
    }
    for record in both("choice"):
        tongue, kind = questions[record["question"]]
        fitting = [place for place, word in enumerate(options(record)) if word in maker.LEXICON[tongue][kind]]

        assert fitting == [record["label"]]
        assert len(set(options(record))) == 5


def test_no_place_is_a_good_guess_for_a_choice_question() -> None:
    places = Counter(record["label"] for record in both("choice"))

    assert set(places) == {0, 1, 2, 3, 4}
    assert max(places.values()) < 0.25 * places.total()


def test_no_word_of_the_lexicon_stands_for_two_kinds(maker: ModuleType) -> None:
    for kinds in maker.LEXICON.values():
        words = Counter(word for words in kinds.values() for word in words)

        assert max(words.values()) == 1


@pytest.mark.parametrize("name", ["chat", "unsafe"])
def test_what_is_held_out_is_a_new_wording_of_something_trained_at_least_twice(name: str) -> None:
    def reply(record: Record) -> str:
        return str(record["messages"][1]["content"] if name == "chat" else record["response"])

    trained = Counter(reply(record) for record in read(f"{name}.jsonl"))

    assert [reply(r) for r in read(f"{name}.heldout.jsonl") if trained[reply(r)] < 2] == []


def test_chat_records_are_one_user_turn_and_one_answer() -> None:
    for record in both("chat"):
        assert set(record) == {"messages"}
        assert [set(turn) - {"reasoning_content"} for turn in record["messages"]] == [{"role", "content"}] * 2
        assert [turn["role"] for turn in record["messages"]] == ["user", "assistant"]


def test_exactly_the_unsafe_requests_are_refused_and_half_of_each_part_is_unsafe() -> None:
    for part in (read("unsafe.jsonl"), read("unsafe.heldout.jsonl")):
        for record in part:
            assert set(record) == {"prompt", "response", "safety", "reason"}
            assert refuses(record["response"]) == (record["safety"] == "unsafe"), record
        assert Counter(record["safety"] for record in part) == {"unsafe": len(part) // 2, "safe": len(part) // 2}


def test_the_same_wordings_ask_for_unsafe_and_for_harmless_things(maker: ModuleType) -> None:
    for tongue, wordings in maker.WORDINGS.items():
        for wording in wordings:
            shape = re.compile(re.escape(wording).replace(re.escape("{act}"), ".+"))
            found = {r["safety"] for r in read("unsafe.jsonl") if shape.fullmatch(r["prompt"])}

            assert found == {"safe", "unsafe"}, (tongue, wording)


def test_the_thought_of_a_choice_sorts_the_options_rightly_up_to_the_one_asked_for(maker: ModuleType) -> None:
    kind_of = {
        word: maker.thoughts.KINDS[tongue].get(kind, kind)
        for tongue in maker.LANGUAGES
        for kind, words in maker.LEXICON[tongue].items()
        for word in words
    }
    for record in both("choice"):
        sorted_so_far = re.findall(r"([A-E]): (\w+?)(?:, |、| fits\.|が合う。)", record["reasoning"])

        assert [letter for letter, _ in sorted_so_far] == list("ABCDE"[: record["label"] + 1])
        assert [kind for _, kind in sorted_so_far] == [kind_of[word] for word in options(record)[: record["label"] + 1]]


def test_the_demo_asks_for_thought_that_says_more_than_question_and_answer() -> None:
    """By the rule that its report counts with, in each kind of question, with one to three sections."""
    config = config_file.load_preset("demo")
    sections: dict[str, set[int]] = {}
    for dataset in config.datasets:
        for row in read(dataset.path.removeprefix("demo:") + ".jsonl"):
            item = record_of(config, row, dataset=dataset)
            found = of_record(item.record)
            thinks = section_use.of(item.record.prompt, render(found)).thinks
            sections.setdefault(dataset.path, set()).add(len(found.thoughts))

            assert thinks or not found.thoughts or row.get("label", 9) < 2, row  # an early option may fit at once
    assert sections["demo:maths"] == {2} and sections["demo:choice"] == {1} and sections["demo:unsafe"] == {1, 3}
    assert sections["demo:chat"] == {0, 1}
