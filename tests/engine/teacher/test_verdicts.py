"""A reply is learnt from only if it is in form, in the right language, says something new and has the right answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so8t_engine.config.teaching import Teaching
from so8t_engine.data.record import Record
from so8t_engine.data.thought import sections
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.teacher import questions, replies, verdicts
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply

CHAT = Record("01", "s", "What is a train?", "A train is a vehicle on rails.", "chat", "en", "train")
SUM = Record("02", "s", "How much is 12 + 30?", "42", "maths", "en", "train", answer="42", answer_kind="number")
CHOICE = Record(
    "03", "s", "皿をしまうものは？\nA. 桶\nB. 食器棚", "B. 食器棚", "choice", "ja", "train", answer="B",
    answer_kind="choice", choices=["桶", "食器棚"],
)  # fmt: skip
THOUGHT = "It carries passengers or freight between stations."
ADDED = "Twelve and thirty: the tens give 10 + 30 = 40, two more are left over."


def asked(record: Record, **settings: Any) -> Question:
    question = questions.of_record(record, sections.of_record(record), Teaching(**settings))
    assert question is not None
    return question


def judged(record: Record, final: str, **thoughts: str) -> verdicts.Judgement:
    return verdicts.of(asked(record), Reply(json.dumps({**thoughts, "final": final}, ensure_ascii=False)))


def test_that_a_good_reply_adds_its_sections_and_the_answer_stays_the_records_own() -> None:
    judgement = judged(CHAT, "A train is a vehicle.", logic=THOUGHT)

    assert judgement == (Sections("A train is a vehicle on rails.", {"logic": THOUGHT}), "")
    assert judged(CHAT._replace(language="fr"), "A train is a vehicle.", logic=THOUGHT) == judgement


@pytest.mark.parametrize(
    ("record", "final", "thoughts", "reason"),
    [
        (SUM, "41", {"logic": ADDED}, "wrong_answer"),
        (SUM, "42", {"logic": "12 + 30"}, "repeats"),
        (SUM, "42", {"task": ADDED}, "form"),
        (SUM, "42", {"logic": "三十に十二を足すと四十二になるので、答えは 42 です。"}, "language"),
        (SUM, "42", {"logic": f"{ADDED}<final>42</final>"}, "marks"),
        (SUM, "42", {"logic": f"{ADDED} " * 100}, "too_long"),
        (CHAT, "Bananas grow in warm countries far away.", {"logic": THOUGHT}, "other_answer"),
        (CHAT, "I'm sorry, I can't help with a vehicle on rails.", {"logic": THOUGHT}, "other_answer"),
        (CHAT, "A train is a vehicle.", {"logic": "A train is a vehicle on rails."}, "repeats"),
        (CHOICE, "A", {"logic": "皿は台所で使うので、台所にある家具が合う。"}, "wrong_answer"),
        (CHOICE, "B", {"logic": "Dishes are kept in the kitchen, inside of furniture."}, "language"),
        (CHOICE, "B", {"logic": "食器棚"}, "repeats"),
    ],
)
def test_that_a_bad_reply_is_rejected_for_its_reason(
    record: Record, final: str, thoughts: dict[str, str], reason: str
) -> None:
    assert judged(record, final, **thoughts) == (None, reason)


@pytest.mark.parametrize(
    ("final", "taken"),
    [
        ("A train is a vehicle.", True),
        ("Vehicle rails carry passengers.", True),
        ("Vehicle rails carry many passengers.", False),
        ("...", False),
        ("I'm sorry, I can't help with a vehicle on rails.", False),
    ],
)
def test_half_of_a_replys_words_have_to_stand_in_the_given_answer(final: str, taken: bool) -> None:
    assert verdicts.agrees(final, "A train is a vehicle on rails.") == taken


def test_that_a_right_reply_in_japanese_is_taken() -> None:
    thought = "皿は台所で使うので、台所にある家具が合う。"

    assert judged(CHOICE, "B. 食器棚", logic=thought).sections == Sections("B. 食器棚", {"logic": thought})


@pytest.mark.parametrize("fault", ["truncated", "endless", "prompt_too_long"])
def test_that_a_reply_that_did_not_end_is_rejected_whatever_it_says(fault: str) -> None:
    text = json.dumps({"logic": ADDED, "final": "42"})

    assert verdicts.of(asked(SUM), Reply(text, fault)) == (None, fault)
    assert fault in verdicts.REASONS


@pytest.mark.parametrize(
    "text",
    [
        '{"logic": "One.", "final": "2"}',
        'Here it is {as asked}:\n```json\n{"Logic": ["One."], "final": 2}\n```\nDone.',
        '<think>{"final": "no"}</think>{"think-logic": "One.", "final": "2", "extra": {"a": 1}}',
        "<think-logic>One.</think-logic>\n<final>2</final>",
    ],
)
def test_that_a_reply_is_read_in_every_form_that_models_use(text: str) -> None:
    assert replies.read(text) == Sections("2", {"logic": "One."})


@pytest.mark.parametrize(
    "text", ["", "It is 2.", '{"logic": "One."', '{"logic": "One."}', '{"final": {}}', "{" * 99_999]
)
def test_that_what_is_in_no_form_is_none(text: str) -> None:
    assert replies.read(text) is None


def test_that_one_question_asks_for_what_the_kind_needs_in_the_records_language() -> None:
    assert asked(SUM).sections == ("logic",) and asked(SUM).solving
    assert "42" not in asked(SUM).text and "How much is 12 + 30?" in asked(SUM).text
    assert "42" in asked(SUM, solve=False).text
    assert "A train is a vehicle on rails." in asked(CHAT).text and not asked(CHAT).solving
    assert "日本語" in asked(CHOICE).text and "記号" in asked(CHOICE).text
    long = CHAT._replace(prompt="Think about trains, please. " * 20)
    assert asked(long).sections == ("task", "logic", "practical")
    unsafe = CHAT._replace(safety="unsafe", response="I'm sorry, I can't help with that.")
    assert asked(unsafe).sections == ("safety", "ethics")
    assert asked(CHAT, sections=["creative", "task"]).sections == ("task", "creative")
    assert questions.schema(asked(SUM))["required"] == ["logic", "final"]


def test_that_a_record_which_has_its_reasoning_is_not_asked_about() -> None:
    known = SUM._replace(reasoning="12 + 30 = 42, as 1 + 3 = 4 tens and 2 ones.")

    assert questions.of_record(known, sections.of_record(known), Teaching()) is None


def test_that_braces_in_a_prompt_stay_as_they_are() -> None:
    assert "{keys} {0}" in asked(CHAT._replace(prompt="What does {keys} {0} do?")).text


@pytest.mark.parametrize(("name", "most"), [("logic", 4_000), ("task", 800), ("practical", 800)])
def test_a_section_is_as_long_as_it_may_be_and_no_letter_more(name: str, most: int) -> None:
    def reason(length: int) -> str:
        words = (f"word{number} matters here" for number in range(length))
        text = " ".join(words)[: length - 1].rstrip()
        thoughts = {"logic": THOUGHT, name: text + "." * (length - len(text))}
        long = CHAT._replace(prompt="What is a train? " * 40)
        return verdicts.of(asked(long), Reply(json.dumps({**thoughts, "final": "A train is a vehicle."}))).reason

    assert (reason(most), reason(most + 1)) == ("", "too_long")


@pytest.mark.parametrize(("before", "read"), [(0, True), (replies.MOST_TRIES - 1, True), (replies.MOST_TRIES, False)])
def test_so_many_braces_may_stand_before_a_reply(before: int, read: bool) -> None:
    found = replies.read("{x} " * before + '{"logic": "One.", "final": "2"}')

    assert (found is not None) is read


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (5, "5"),
        (0.5, "0.5"),
        (["a", "b"], "a\nb"),
        (["a", 1], ""),
        ({}, ""),
        (True, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_small_models_write_numbers_and_lists_for_text(value: Any, text: str) -> None:
    assert replies._text(value) == text
    assert replies.read(json.dumps({"final": value, "logic": "x"})) == (
        Sections(text, {"logic": "x"}) if text else None
    )
    thoughts = {"logic": text} if text else {}
    assert replies.read(json.dumps({"final": "2", "Think-Logic ": value})) == Sections("2", thoughts)


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("Because it is so.", "en", True), ("Because it is so.", "ja", False), ("そうだからです。", "ja", True),
        ("そうだからです。", "en", False), ("12 + 30 = 42", "ja", True), ("12 + 30 = 42", "en", True),
        ("x = ab", "ja", True),
        ("x = abc", "ja", False), ("Parce que c'est vrai.", "fr", True),
    ],
)  # fmt: skip
def test_formulas_have_no_language_and_others_than_two_are_not_judged(text: str, language: str, answer: bool) -> None:
    assert verdicts.in_language(text, language) is answer
