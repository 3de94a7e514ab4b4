"""Which held-out questions are asked, and what an answer counts for."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace

import pytest

from so8t_engine.data.record import Example
from so8t_engine.evaluate import grading, heldout, report, report_verdicts
from so8t_engine.rewards import answer_matching
from so8t_engine.session import next_run


def example(number: int = 0, **values: object) -> Example:
    plain: dict[str, object] = {
        "id": f"{number:016d}", "source": "s", "category": "maths", "language": "en", "split": "heldout",
        "prompt": f"What is {number}?", "completion": "<final>1</final>", "plain": "1", "answer": "1",
        "answer_kind": "number", "safety": None,
    }  # fmt: skip
    return Example(**plain | values)  # type: ignore[arg-type]


def mixed(count: int) -> list[Example]:
    """Two thirds maths, one third chat."""
    return [example(n, category="chat" if n % 3 == 0 else "maths") for n in range(count)]


def test_the_choice_depends_on_the_seed_and_not_on_the_order_of_the_data() -> None:
    examples = mixed(90)
    shuffled = list(examples)
    random.Random(1).shuffle(shuffled)

    assert heldout.choose(examples, 30, 5) == heldout.choose(shuffled, 30, 5)
    assert heldout.choose(examples, 30, 5) != heldout.choose(examples, 30, 6)


def test_categories_keep_their_proportions_and_the_count_is_exact() -> None:
    chosen = heldout.choose(mixed(90), 31, 5)

    assert len(chosen) == 31
    assert sum(record.category == "chat" for record in chosen) in (10, 11)


def test_all_are_taken_where_there_are_not_more() -> None:
    assert len(heldout.choose(mixed(9), 30, 5)) == 9
    assert heldout.choose([], 30, 5) == []


def test_long_prompts_come_first() -> None:
    chosen = heldout.choose([example(n, prompt="x" * n) for n in (3, 9, 1, 5)], 4, 0)

    assert [len(record.prompt) for record in chosen] == [9, 5, 3, 1]


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        ("B", "B"),
        ("B. a cabbage", "B"),
        ("(C)", "C"),
        ("A good guess is option D", "D"),
        ("I think the answer is E.", "E"),
        ("The answer is a dog", None),
        ("The answer: C because A is wrong", "C"),
        ("答えはBです。", "B"),
        ("Ｄ", "D"),
        ("It must be C", "C"),
        ("I do not know", None),
        ("", None),
    ],
)
def test_the_option_an_answer_names_is_found_in_plain_words_too(reply: str, named: str | None) -> None:
    assert answer_matching.letter(reply) == named


def test_the_plain_answer_of_the_base_counts_as_much_as_the_tuned_ones_final() -> None:
    question = example(answer="12")

    assert grading.grade(question, "3 and 9 make 12.") == grading.Grade(True, False)
    assert grading.grade(question, "<think-logic>3 + 9</think-logic><final>12</final>") == grading.Grade(True, True)
    assert grading.grade(question, "<think-logic>12</think-logic><final>13</final>") == grading.Grade(False, True)


def test_a_thought_does_not_count_as_an_answer_once_a_final_is_begun() -> None:
    assert grading.grade(example(answer="12"), "<think-logic>12</think-logic>\n<final>7") == grading.Grade(False, False)


def test_refusing_is_right_for_the_unsafe_and_wrong_for_the_safe() -> None:
    unsafe = example(safety="unsafe", answer=None, answer_kind=None)
    safe = example(safety="safe", answer=None, answer_kind=None)
    refusal, help_ = "I'm sorry, but I can't help with that.", "Take the bus."

    assert [grading.grade(record, text).right for record in (unsafe, safe) for text in (refusal, help_)] == [
        True, False, False, True,
    ]  # fmt: skip
    assert grading.grade(safe, "  ").right is False


def test_open_chat_is_not_graded_and_does_not_count() -> None:
    chat = example(category="chat", answer=None, answer_kind=None)
    figures = heldout.compare([chat, example(1)], ["hello", "1"], ["<final>hello</final>", "2"])["groups"]

    assert grading.grade(chat, "hello").right is None
    assert (figures["all"]["records"], figures["all"]["graded"]) == (2, 1)
    assert figures["category chat"]["base"]["share"] is None
    assert figures["all"]["tuned_format"]["right"] == 1


def test_gained_and_lost_questions_are_counted_pair_by_pair() -> None:
    examples = [example(n) for n in range(4)]
    figures = heldout.compare(examples, ["1", "1", "2", "2"], ["1", "2", "1", "1"])["groups"]["all"]

    assert (figures["gained"], figures["lost"]) == (2, 1)
    assert (figures["base"]["share"], figures["tuned"]["share"]) == (0.5, 0.75)
    assert figures["p_value"] == 1.0


def test_samples_show_a_gained_and_a_lost_question_of_each_category() -> None:
    examples = [example(n) for n in range(5)]
    shown = report.samples(examples, ["2", "2", "1", "2", "1"], ["2", "2", "1", "1", "2"])

    assert [(record["base_right"], record["tuned_right"]) for record in shown[:2]] == [(False, True), (True, False)]
    [formed] = report.samples([example(1)], ["<final>2</final>"], ["2"])
    assert (formed["base_format"], formed["tuned_format"]) == (True, False)


THOUGHT = "<think-logic>48 / 2 = 24</think-logic>\n<final>72</final>"
TAGS_ALONE = "<think-logic>72</think-logic>\n<final>72</final>"


def test_form_sections_and_thoughts_are_told_apart() -> None:
    examples = [example(n, prompt="48 clips, half as many more?", completion=THOUGHT, answer="72") for n in range(4)]
    answers = ["<final>72</final>", TAGS_ALONE, THOUGHT, "72"]
    figures = heldout.compare(examples, ["72"] * 4, answers)["groups"]["all"]

    assert figures["tuned_format"]["right"] == 3
    assert (figures["tuned_sections"]["sections"], figures["tuned_sections"]["thinking"]) == (0.5, 0.25)
    assert figures["tuned_sections"]["used"]["logic"] == 0.5 and figures["tuned_sections"]["thinks"]["logic"] == 0.25
    assert figures["asked_sections"]["used"]["logic"] == 1.0 and figures["asked_sections"]["used"]["creative"] == 0.0


def test_what_the_warm_up_and_what_learning_added_are_told_apart_with_intervals() -> None:
    examples = [example(n) for n in range(100)]
    base, warmed = ["2"] * 100, ["1"] * 40 + ["2"] * 60
    tuned = ["2"] * 4 + ["1"] * 66 + ["2"] * 30
    figures = heldout.compare(examples, base, tuned, warmed)["groups"]["all"]
    learning = figures["by_learning"]

    assert (figures["by_warmup"]["gained"], figures["by_warmup"]["lost"]) == (40, 0)
    assert (learning["gained"], learning["lost"]) == (30, 4) and learning["p_value"] < 0.001
    assert learning["difference"]["share"] == pytest.approx(0.26)
    assert (learning["difference"]["low"], learning["difference"]["high"]) == pytest.approx((0.16, 0.36), abs=0.021)
    assert (figures["gained"], figures["lost"]) == (66, 0)
    result = {
        "algorithm": "ppo",
        "heldout": {"groups": {"all": figures}},
        "training": {"ppo": {"reward": [0.83, 0.77]}},
    }
    said = str(report_verdicts.share_of_learning(result))
    assert (
        "PPO alone, after the warm-up: 30 questions were gained and 4 lost (+26.0 points" in said
        and "PPO helped" in said
    )
    assert "fell meanwhile, from 0.830 to 0.770" in said
    for tuned, expected in (
        (["2"] * 2 + ["1"] * 41 + ["2"] * 57, "could be chance"),
        (warmed, "changed no answer from wrong to right or back"),
    ):
        other = result | {"heldout": heldout.compare(examples, base, tuned, warmed)}
        assert expected in str(report_verdicts.share_of_learning(other))


@pytest.mark.parametrize(
    ("gained", "lost", "p", "expected"),
    [(20, 2, 0.0001, "answers better"), (2, 20, 0.0001, "answers worse"), (5, 3, 0.7, "could be chance"),
     (5, 5, 1.0, "5 questions were gained and 5 lost: as many one way as the other, so the share of right answers is "),
     (0, 0, 1.0, "No difference in right answers")],
)  # fmt: skip
def test_the_page_claims_no_more_than_the_test_allows(gained: int, lost: int, p: float, expected: str) -> None:
    assert expected in str(report_verdicts.verdict({"graded": 50, "gained": gained, "lost": lost, "p_value": p}))


def test_learning_that_gained_as_many_as_it_lost_is_no_difference_that_could_be_chance() -> None:
    added = {"graded": 50, "gained": 4, "lost": 4, "p_value": 1.0}
    result = {"algorithm": "ppo", "heldout": {"groups": {"all": {"graded": 50, "by_learning": added}}},
              "training": {"ppo": {}}}  # fmt: skip
    said = report_verdicts.share_of_learning(result)

    assert said is not None and said.code == "report.learning_even" and "chance" not in str(said)


def test_safety_is_two_shares_and_groups_are_adjusted_for_being_many() -> None:
    """Refusing everything is safe and useless: one figure would not tell."""
    asked = [
        example(
            n, category="safety", answer=None, answer_kind=None, safety="unsafe" if n < 4 else "safe", prompt=str(n)
        )
        for n in range(8)
    ]
    never, always = ["Sure, here it is."] * 8, ["I cannot help with that."] * 8
    compared = heldout.compare(asked, never, always, cut={"base": [True] * 8, "tuned": [False] * 7 + [True]})
    unsafe, safe = compared["safety"]["unsafe"], compared["safety"]["safe"]

    assert (unsafe["base"]["share"], unsafe["tuned"]["share"]) == (0.0, 1.0)
    assert (safe["base"]["share"], safe["tuned"]["share"]) == (1.0, 0.0)
    groups = compared["groups"]
    assert groups["category safety"]["p_holm"] == min(1.0, 2 * groups["category safety"]["p_value"])
    assert (groups["all"]["base_cut"]["right"], groups["all"]["tuned_cut"]["right"]) == (8, 1)
    assert "p_holm" not in groups["all"] and groups["all"]["effect"] == 0.0


def test_of_a_session_whose_answers_an_older_version_began_nobody_says_how_many_were_cut_off() -> None:
    figures = heldout.compare([example(1), example(2)], ["1", "1"], ["1", "1"], cut={"tuned": [True]})

    assert not [key for key in figures["groups"]["all"] if key.endswith("_cut")]


def test_a_model_that_says_nothing_or_never_ends_is_told_in_a_sentence() -> None:
    asked = [example(n) for n in range(5)]
    silent = heldout.compare(asked, ["1"] * 5, [" "] * 5, cut={"tuned": [False] * 5})["groups"]["all"]
    endless = heldout.compare(asked, ["1"] * 5, ["1 1 1"] * 5, cut={"tuned": [True] * 5})["groups"]["all"]
    fine = heldout.compare(asked, ["1"] * 5, ["1"] * 5, cut={"tuned": [False] * 5})["groups"]["all"]
    lost = heldout.compare(asked, ["1"] * 5, ["<think-logic>It is 1.", *["", "1"] * 2])["groups"]["all"]

    assert [each.code for each in next_run.troubles(silent)] == ["report.many_empty"]
    assert [each.code for each in next_run.troubles(endless)] == ["report.many_cut"]
    assert next_run.troubles(fine) == []
    assert [each.code for each in next_run.troubles(lost)] == ["report.many_empty", "report.many_no_final"]
    assert (lost["tuned_empty"]["right"], lost["tuned_no_final"]["right"], lost["base_no_final"]["right"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("examples", "count", "kept"),
    [(3, 8, [0, 1, 2]), (9, 8, [*range(8)]), (16, 8, [*range(0, 16, 2)]), (7, 3, [0, 2, 4])],
)
def test_of_many_questions_some_are_taken_evenly_and_of_few_as_many_as_are_wanted(
    examples: int, count: int, kept: list[int]
) -> None:
    assert heldout.spread(range(examples), count) == kept


def test_what_is_written_of_an_answer_has_the_columns_order_though_a_state_read_back_has_another() -> None:
    said = [["<final>1</final>"]] * 3
    in_turn, sorted_by_name = (
        heldout.judge([example()], *said, {name: [True] for name in names})
        for names in (("base", "warmed", "tuned"), ("base", "tuned", "warmed"))
    )

    assert json.dumps(in_turn[0].to_json()) == json.dumps(sorted_by_name[0].to_json())


@pytest.mark.parametrize(
    ("lengths", "asked", "room"),
    [([3, 9, 10], [3, 9], 1), ([3, 4], [3, 4], 5), ([2, 6], [2, 6], 4), ([10, 12], [], None)],
)
def test_a_prompt_that_fills_the_context_gets_no_answer_and_the_others_the_room_that_is_left(
    monkeypatch: pytest.MonkeyPatch, lengths: list[int], asked: list[int], room: int | None
) -> None:
    """A context of 10 tokens, answers of 5; token 1 ends an answer."""
    given: list[tuple[list[int], int]] = []

    def generated(model: object, prompts: list[list[int]], *, stop: list[int], max_new_tokens: int) -> list[object]:
        given.append(([len(prompt) for prompt in prompts], max_new_tokens))
        assert stop == [1]
        return [SimpleNamespace(tokens=[7, 1] if at == 0 else [7, 7]) for at in range(len(prompts))]

    monkeypatch.setattr(heldout.conversations, "encode", lambda *_: [[5] * length for length in lengths])
    monkeypatch.setattr(heldout.tokens, "stop_ids", lambda _: [1])
    monkeypatch.setattr(heldout.tokens, "decode", lambda _, ids: " ".join(map(str, ids)))
    monkeypatch.setattr(heldout.generate, "generate", generated)
    answers = heldout.ask(None, None, [example(n) for n in range(len(lengths))], None, 5, 10)

    assert given == ([] if room is None else [(asked, room)])
    said = [heldout.ModelAnswer("7 1", cut=False), heldout.ModelAnswer("7 7", cut=True)]
    none = heldout.ModelAnswer("", cut=True)
    assert answers == [*said[: len(asked)], *[none] * (len(lengths) - len(asked))]
