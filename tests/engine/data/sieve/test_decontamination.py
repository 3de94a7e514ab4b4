"""Training data that holds an evaluated question is seen, however it is wrapped; another question of a kind is not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from helpers import planted
from helpers.data_sources import records
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data.sieve import decontamination, duplicates
from so8t_engine.data.sieve.decontamination import Questions, asked

DRAW = random.Random(11)
ENGLISH = [" ".join(planted.sentence("en", DRAW) for _ in range(3)) for _ in range(60)]
JAPANESE = ["".join(planted.sentence("ja", DRAW) for _ in range(2)) for _ in range(60)]
CHOICES = [
    (planted.sentence("ja", DRAW)[: DRAW.randrange(3, 30)], DRAW.sample(planted.SOME.split(), 5)) for _ in range(60)
]
EXAMPLE = "Question: What is 2 + 2?\nAnswer: 4\nQuestion: "


def held(evaluated: list[tuple[str, list[str]]], trained: list[tuple[str, list[str]]], whole: bool = False) -> int:
    """How many of the training prompts are found to hold an evaluated one; both with their options."""
    questions = Questions(whole)
    questions.add(asked(*item) for item in evaluated)
    pairs = [(duplicates.plain(prompt), "no") for prompt, _ in trained]
    return sum(found is not None for found in questions.held_by(pairs, [asked(*item) for item in trained]))


def one_word(text: str) -> str:
    words = text.split()
    words[len(words) // 2] = "something"
    return " ".join(words)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: f"  {text.upper()}",
        lambda text: f"Solve this problem step by step. {text}",
        one_word,
        lambda text: re.sub(r"[.,?]", "", text),
        lambda text: f"{EXAMPLE}{text}\nAnswer:",
    ],
    ids=["same", "case and spaces", "prefix", "one word", "punctuation", "few-shot"],
)
def test_every_variant_of_a_question_is_seen(change: Callable[[str], str]) -> None:
    assert held([(text, []) for text in ENGLISH], [(change(text), []) for text in ENGLISH]) == len(ENGLISH)


def test_a_japanese_question_is_seen_with_a_character_changed_and_choices_in_any_order() -> None:
    changed = [(f"次の問いに答えよ。{text[:9]}々{text[10:]}", []) for text in JAPANESE]
    assert held([(text, []) for text in JAPANESE], changed) == len(JAPANESE)

    def prompt(question: str, options: list[str]) -> tuple[str, list[str]]:
        lines = [f"{letter}. {option}" for letter, option in zip("ABCDE", options, strict=True)]
        return "\n".join([question, *lines]), options

    trained = [prompt(question, options[::-1]) for question, options in CHOICES]
    assert held([prompt(*item) for item in CHOICES], trained) == len(CHOICES)


@pytest.mark.parametrize(
    ("parts", "between"), [(re.findall(r"\w+", " ".join(ENGLISH[:5])), " "), (re.findall(r"\w", "".join(JAPANESE)), "")]
)
def test_a_run_of_thirteen_in_common_with_a_long_question_is_seen_and_one_of_twelve_is_not(
    parts: list[str], between: str
) -> None:
    question = [(between.join(parts[:60]), [])]

    assert held(question, [(between.join([*parts[-9:], *parts[20:33], *parts[-9:]]), [])]) == 1
    assert held(question, [(between.join([*parts[-9:], *parts[20:32], *parts[-9:]]), [])]) == 0


def test_a_question_without_letters_and_one_of_marks_alone_meet_only_their_like() -> None:
    assert held([("3 + 4", []), ("？！", [])], [("3 + 5", []), ("...", []), ("", [])]) == 0
    assert held([("？！", []), ("3 + 4", [])], [("...", []), ("", []), ("3 + 5", [])]) == 0, "in any order"
    assert held([("3 + 4", [])], [("3 +  4?", []), ("3 * 4", [])]) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_short_question_is_the_same_only_with_its_options_and_a_telling_one_with_any(whole: bool) -> None:
    short, telling = "甘いのは？", "いちばん甘いのはどれでしょう？"

    def prompt(question: str, *options: str) -> tuple[str, list[str]]:
        return f"{question}\nA. {options[0]}\nB. {options[1]}", list(options)

    evaluated = [prompt(short, "水飴", "川"), prompt(telling, "水飴", "川")]
    assert held(evaluated, [prompt(short, "刺身", "ケーキ")], whole) == 0
    assert held(evaluated, [prompt(short, "川", "水飴"), prompt(telling, "刺身", "ケーキ")], whole) == 2


def test_other_questions_another_sum_and_a_shared_instruction_are_not_taken_for_it() -> None:
    sums = "Tom has {} red apples in his basket and buys {} more at the market. How many has he now?"
    instruction = (
        "Read the following question with great care and think step by step before you answer it with one word: "
    )
    others = [(" ".join(planted.sentence("en", DRAW) for _ in range(3)), []) for _ in range(300)]

    assert held([(text, []) for text in ENGLISH], others) == 0
    assert held([(sums.format(4, 9), [])], [(sums.format(5, 8), []), (sums.format(4, 9), [])]) == 1
    assert held([(instruction + text, []) for text in ENGLISH], [(instruction + text, []) for text, _ in others]) == 0


def test_of_questions_with_one_instruction_a_run_of_their_own_words_is_seen_and_one_of_its_words_is_not() -> None:
    told = "You are a patient tutor who answers each question in one short sentence and says why that is"
    evaluated = [(f"{told} {text}", []) for text in ENGLISH]
    first = ENGLISH[0].split()
    assert len(first) > 28 and held(evaluated, [(f"And now {' '.join(first[6:20])} again.", [])]) == 1
    assert held(evaluated, [(f"{told} {first[0]} and nothing else of it.", [])]) == 0


def test_a_question_that_four_sets_ask_is_seen_with_a_word_changed() -> None:
    assert held([(ENGLISH[0], [])] * 4, [(one_word(ENGLISH[0]), [])]) == 1


def test_a_passage_in_common_with_the_held_out_part_is_no_leak_and_the_whole_question_is() -> None:
    passage = [(f"{text.partition('. ')[0]}. Who was it, then, and why did they come?", []) for text in ENGLISH]

    assert held([(text, []) for text in ENGLISH], passage, whole=True) == 0
    assert held([(text, []) for text in ENGLISH], [(EXAMPLE + text, []) for text in ENGLISH], whole=True) == len(
        ENGLISH
    )


@pytest.mark.parametrize("rows_per_shard", [7, 1_000])
def test_no_training_record_holds_a_question_of_evaluation_or_of_the_held_out_part(
    tmp_path: Path, rows_per_shard: int
) -> None:
    rows = [{"prompt": text, "response": f"Answer {number}."} for number, text in enumerate(ENGLISH)]
    wrapped = [{"prompt": f"Go on: {text}", "response": "As before."} for text in ENGLISH]
    judged = [{"prompt": one_word(text), "response": "x"} for text in ENGLISH[:10]]
    sources = [local("b", write_lines(tmp_path / "b.jsonl", [*wrapped, *rows])),
               local("c", write_lines(tmp_path / "c.jsonl", judged), use="evaluation")]  # fmt: skip
    settings = {"collect": {"rows_per_shard": rows_per_shard}, "integrate": {"heldout_fraction": 0.3}}
    session = Session(tmp_path, make_config(sources, **settings))
    session.run("collect", "integrate")

    kept = records(session)
    heldout = [item.prompt for item in kept if item.split == "heldout" and item.source == "b"]
    trained = [item.prompt for item in kept if item.split == "train"]
    assert len(heldout) >= 20
    assert len(trained) >= 20
    assert not [text for text in trained if any(question.removeprefix("Go on: ") in text for question in heldout)]
    counts = session.notes("integrated", "counts.json")
    assert counts["records"] == len(kept) == sum(counts["split"].values())
    dropped = counts["sources"]["b"]["dropped"]["holds a question that the model is evaluated on"]
    assert dropped + len(kept) == 2 * len(ENGLISH) + 10
    [example, *_] = session.notes("integrated", "dropped.json")["b"]["holds a question that the model is evaluated on"]
    assert len(example["like"]["prompt"]) > 50


@pytest.mark.parametrize("whole", [True, False])
def test_looking_for_a_questions_rarest_runs_misses_none(whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few sentences, so that questions share many runs, and texts have any part of them."""
    draw = random.Random(5)
    some = [planted.sentence("en", draw) for _ in range(40)] + [planted.sentence("ja", draw) for _ in range(20)]
    questions = [" ".join(draw.sample(some, draw.randrange(1, 4))) for _ in range(150)]
    pairs = []
    for _ in range(400):
        words = " ".join(draw.sample(some, 3)).split()
        first = draw.randrange(len(words))
        pairs.append((duplicates.plain(" ".join(words[first : first + 30])), draw.choice(some).lower()))

    def found() -> list[str | None]:
        of = Questions(whole)
        of.add(asked(question, []) for question in questions)
        return of.held_by(pairs, [asked(prompt, []) for prompt, _ in pairs])

    sooner = found()
    monkeypatch.setattr(decontamination._Runs, "_rarest", lambda _, grams, times: np.arange(len(grams)))
    assert sooner == found()
    assert 20 < sum(one is not None for one in sooner) < 390


@pytest.mark.parametrize(
    ("rule", "count", "of", "met"),
    [
        ("WORDS", 5, 10, True), ("WORDS", 4, 10, False), ("WORDS", 50, 100, True), ("WORDS", 49, 100, False),
        ("WORDS", 9, 9, True), ("WORDS", 8, 9, False), ("WORDS", 4, 4, True), ("WORDS", 3, 3, False),
        ("CHARACTERS", 12, 16, True), ("CHARACTERS", 11, 16, False), ("CHARACTERS", 15, 15, True),
        ("CHARACTERS", 14, 15, False), ("CHARACTERS", 6, 6, True), ("CHARACTERS", 5, 5, False),
    ],
)  # fmt: skip
def test_of_a_long_question_a_share_of_its_runs_is_enough_and_of_a_short_one_all(
    rule: str, count: int, of: int, met: bool
) -> None:
    enough = getattr(decontamination, rule)
    assert enough.met(count, of, options=False) == met
    assert enough.met(count, of, options=True) == (met and of >= enough.many)
