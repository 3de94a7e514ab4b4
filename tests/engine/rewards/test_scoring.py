"""Rewards tell better answers from worse ones, part by part, with the weights of the configuration."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest

from so8t_engine.config.reward import Length, Reward, RewardModel
from so8t_engine.data.record import AnswerKind, Example
from so8t_engine.rewards import answer_matching, call_budget, degenerate_text, length_penalty, math_equivalence, scoring

SUM = "<think-logic>2 + 3 = 5</think-logic>\n<final>5</final>"
REFUSAL = "<final>I can't help with that: theft is a crime.</final>"


def example(**values: Any) -> Example:
    basis = dict(
        id="0", source="s", category="maths", language="en", split="train", prompt="2 + 3?", completion=SUM, plain="5",
        answer="5", answer_kind="number", safety=None,
    )  # fmt: skip
    return Example(**(basis | values))


def total(reply: str, **values: Any) -> float:
    [result] = scoring.score([example(**values)], [reply], Reward(), {}).total
    return result


def test_a_right_well_formed_answer_earns_everything() -> None:
    assert total(SUM) == pytest.approx(1.0)


def test_each_step_towards_a_right_answer_earns_more() -> None:
    ladder = [
        "",
        "no tags at all",
        "<final>4",
        "<final>4</final> and more",
        "<think-logic>2 + 3 = 4</think-logic> <final>4</final> and more",
        "<think-logic>2 + 3 = 4</think-logic><final>4</final>",
        SUM,
    ]
    earned = [total(reply) for reply in ladder]

    assert earned == sorted(earned)
    assert len(set(earned)) >= 5


def test_unsafe_prompts_want_a_refusal_and_safe_ones_an_answer() -> None:
    nothing: dict[str, Any] = {"answer": None, "answer_kind": None}
    unsafe = [total(reply, safety="unsafe", **nothing) for reply in (REFUSAL, SUM)]
    safe = [total(reply, safety="safe", **nothing) for reply in (REFUSAL, SUM)]

    assert unsafe[0] - unsafe[1] == pytest.approx(0.3)
    assert safe[1] - safe[0] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("reply", "gold", "kind", "wanted"),
    [
        ("The answer is 1,200.", "1200", "number", 1.0),
        ("１２", "12", "number", 1.0),
        ("3.50", "3.5", "number", 1.0),
        ("1/2", "0.5", "number", 1.0),
        ("7 apples and then 9", "7", "number", 0.0),
        ("-4", "4", "number", 0.0),
        ("none", "4", "number", 0.0),
        ("1/0", "4", "number", 0.0),
        ("B. dog", "B", "choice", 1.0),
        ("Answer: C", "B", "choice", 0.0),
        ("Ｂ", "B", "choice", 1.0),
        ("dog", "B", "choice", 0.0),
        ("The  Red fox", "the red fox", "text", 1.0),
        ("blue sky", "red fox", "text", 0.0),
        ("I think the answer is B", "B", "choice", 1.0),
        (r"\frac{1}{2}", "0.5", "number", 1.0),
        (r"\frac{1}{2}", "2", "number", 0.0),
        (r"The area is $\frac{6}{4}$ of it.", "1.5", "number", 1.0),
        (r"\boxed{12}", "12", "number", 1.0),
        ("It costs $5 and not $7", "7", "number", 1.0),
        ("2^{10}", "1024", "number", 1.0),
        (r"2\sqrt{2}", r"\sqrt{8}", "text", 1.0),
        ("(x+1)^2", "x^2+2x+1", "text", 1.0),
        ("(x+2)^2", "x^2+2x+1", "text", 0.0),
        (r"\frac{x", "3", "number", 0.0),
    ],
)
def test_answers_are_compared_by_what_they_say(reply: str, gold: str, kind: Any, wanted: float) -> None:
    assert answer_matching.credit(reply, gold, kind) == wanted


def test_shared_words_earn_less_than_half() -> None:
    assert 0 < answer_matching.credit("a red dog", "a red fox", "text") < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "9^{9^{9^9}}", "99999999!", r"\sum_{n=1}^{99} n", r"\int x dx", "2**99", "(" * 500, "9" * 5000, "10^{999999}",
        r"\binom{99}{50}", r"\sin(\cos(\tan(\sin(\cos(\tan(9^{99}))))))", "(x+y+z+w)^{99}", 
        "x^" * 40, "\u221a" * 200, "((2^99)^99)^99^99",
    ],
)  # fmt: skip
def test_what_could_take_for_ever_is_not_tried(text: str) -> None:
    assert math_equivalence.same(f"${text}$", "12") in (None, False)
    assert answer_matching.credit(f"${text}$", "12", "number") == 0.0


def test_a_computation_that_takes_too_many_calls_ends() -> None:
    def endless() -> int:
        try:
            while True:
                len([*(each for each in range(3))])
                math_equivalence.expression("x")
        except Exception:  # noqa: BLE001  what it is about
            return 1

    before = sys.gettrace()
    with pytest.raises(call_budget.Exceeded):
        call_budget.within(10_000, endless)

    assert sys.gettrace() is before
    assert call_budget.within(10, lambda: 7) == 7


def test_a_first_comparison_in_a_process_has_as_much_room_as_a_later_one() -> None:
    """sympy imports most of itself when it is needed; those calls must not count."""
    code = (
        "from so8t_engine.rewards import answer_matching; print(answer_matching.credit('(x+1)^2', 'x^2+2x+1', 'text'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "1.0"


def test_expressions_are_compared_in_any_thread() -> None:
    """math-verify's own timeouts are signals, which only the main thread may set."""
    result: list[float] = []
    thread = threading.Thread(
        target=lambda: result.append(answer_matching.credit(r"\frac{3}{7}", r"\frac{6}{14}", "text"))
    )
    thread.start()
    thread.join()

    assert result == [1.0]


@pytest.mark.parametrize(
    "noise",
    [
        "", "   ", "...", "!?!?", "the the the the the the the the the", "ははははははははは", "aaaaaaaaaaaa",
        "。" * 30, "to be or not " * 12, "答えは" * 10, "42 42 42 42 42 42 42 42", "=" * 40, "a b " * 40,
    ],
)  # fmt: skip
def test_noise_is_no_answer(noise: str) -> None:
    assert not degenerate_text.says_something(noise)
    assert total(f"<final>{noise}</final>", answer=None, answer_kind=None, safety="safe") <= 0.7


@pytest.mark.parametrize(
    "answer",
    [
        "5", "B", "はい", "1000000000", "1 + 1 + 1 + 1 = 4", "No, no, no.", "東京です。",
        "Row, row, row your boat, gently down.",
        "Wait ... it is 12.", "Mix the flour, the sugar and the butter; then add the eggs, and mix again.",
    ],
)  # fmt: skip
def test_short_and_plain_answers_are_answers(answer: str) -> None:
    assert degenerate_text.says_something(answer)


def square_free(length: int) -> str:
    """So many words of three kinds, no phrase twice in a row (Thue): noise by its poverty alone."""
    signs = "a"
    while len(signs) < length:
        signs = signs.translate({ord("a"): "abc", ord("b"): "ac", ord("c"): "b"})
    return " ".join(signs[:length])


def different(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


@pytest.mark.parametrize(
    ("answer", "noise"),
    [
        ("aaaaaaa", "aaaaaaaa"),  # a letter, eight times
        ("yes" + "!" * 15, "yes" + "!" * 16),
        ("no " * 7, "no " * 8),  # too short to count, and no longer
        ("so be it " * 3, "so be it " * 4),
        (f"{different(13)} " * 4, f"{different(12)} " * 4),  # the longest phrase that is looked for
        (f"{'no ' * 8}{different(8)}", f"{'no ' * 8}{different(7)}"),  # half of the words, and more than half
        (f"{different(8)} {'no ' * 8}", f"{different(7)} {'no ' * 8}"),
        (f"{'no ' * 5}{different(6)} {'no ' * 7}", f"{'no ' * 5}{different(6)} {'no ' * 12}"),  # one run, not the sum
        (square_free(39), square_free(40)),
        (f"{square_free(39)} fourth", square_free(50)),  # a tenth is enough
    ],
)
def test_noise_begins_where_the_rule_says(answer: str, noise: str) -> None:
    assert degenerate_text.says_something(answer)
    assert not degenerate_text.says_something(noise)


def test_a_refusal_over_and_over_is_no_refusal() -> None:
    again = "I can't help with that. " * 20

    assert scoring.safe("I can't help with that.", example(safety="unsafe")) == 1.0
    assert scoring.safe(again, example(safety="unsafe")) == scoring.safe(again, example(safety="safe")) == 0.0


@pytest.mark.parametrize("final", [", so refuse.", "Lock the door.</think-task>", "、だから断る。"])
def test_what_is_no_answer_earns_nothing_for_being_safe(final: str) -> None:
    for kind in ("safe", "unsafe"):
        assert scoring.safe(final, example(safety=kind)) == 0.0
    assert scoring.safe("Lock the door.", example(safety="safe")) == 1.0


def test_the_length_costs_nothing_up_to_the_target_and_all_from_the_limit_on() -> None:
    settings = Length(weight=1.0, target=100, max=200)

    assert [length_penalty.penalty(n, settings) for n in (0, 100, 150, 200, 900)] == [0.0, 0.0, -0.5, -1.0, -1.0]


def test_the_parts_add_up_with_their_weights() -> None:
    settings = Reward(
        reasoning=0.5, safety=0.2, format_share=0.4, length=Length(weight=0.1, target=1, max=3),
        functions=["m:a", "m:b"], function_weights=[2.0, -1.0],
    )  # fmt: skip
    functions: dict[str, scoring.Function] = {"m:a": lambda **_: [0.5], "m:b": lambda **_: [0.25]}
    result = scoring.score([example()], ["<final>6</final>"], settings, functions, [[1, 2]])

    assert result.means() == {"format": 1, "answer": 0, "safety": 1, "m:a": 0.5, "m:b": 0.25, "length": -0.5}
    assert result.total == pytest.approx([0.5 * (0.4 * 1 + 0.6 * 0) + 0.2 * 1 + 2 * 0.5 - 0.25 - 0.1 * 0.5])


def test_a_reward_model_and_functions_each_keep_their_own_weight() -> None:
    settings = Reward(
        reasoning=0.0, safety=0.0, functions=["m:a", "m:b"], function_weights=[2.0, 3.0],
        model=RewardModel(name_or_path="judge", weight=0.5),
    )  # fmt: skip
    functions: dict[str, scoring.Function] = {
        "m:a": lambda **_: [1.0], "m:b": lambda **_: [10.0], scoring.MODEL: lambda **_: [100.0],
    }  # fmt: skip

    assert scoring.score([example()], ["x"], settings, functions).total == [2.0 * 1 + 3.0 * 10 + 0.5 * 100]
    bare = settings.model_copy(update={"function_weights": None})
    assert scoring.score([example()], ["x"], bare, functions).total == [1.0 + 10 + 50]


@pytest.mark.parametrize(
    ("completion", "worth"),
    [
        ("", 0.0),
        ("<think-logic>a", 0.0),
        ("<think-logic>a</think-logic>", 0.2),
        ("<think-logic>a</think-logic></think-logic>", 0.0),
        ("<think-logic>a</think-logic><think-task>b", 0.1),
        ("<think-logic>a</think-logic><think-task>b</think-task>", 0.2),
        ("<final>", 0.1),
        ("<final></final>", 0.25),
        ("<final><final></final>", 0.15),
        ("</final>", 0.15),
        ("<think-logic>a</think-logic><final>5</final> and more", 0.45),
    ],
)
def test_every_closed_tag_is_a_step_up_towards_the_format(completion: str, worth: float) -> None:
    assert scoring.partial_format(completion) == pytest.approx(worth)


def test_characters_count_where_the_settings_say_so() -> None:
    settings = Reward(length=Length(weight=1.0, target=2, max=4, unit="characters"))
    result = scoring.score([example()], ["abc"], settings, {})

    assert result.components["length"] == [-0.5]
    with pytest.raises(ValueError, match="completion_ids"):
        scoring.score([example()], ["abc"], Reward(length=Length(weight=1.0)), {})


def test_the_same_completions_earn_the_same_however_often_they_are_scored() -> None:
    replies = [SUM, r"<final>$(x+1)^2$</final>", "noise", r"<final>\frac{10}{2}</final>"]
    rows = [example(), example(answer="x^2+2x+1", answer_kind="text"), example(), example()]
    first = scoring.score(rows, replies, Reward(), {}).total
    math_equivalence._same.cache_clear()
    math_equivalence._parsed.cache_clear()

    assert scoring.score(rows, replies, Reward(), {}).total == first
    assert scoring.score(rows[::-1], replies[::-1], Reward(), {}).total == first[::-1]


def test_a_mean_is_that_of_the_completions_it_applies_to() -> None:
    scored = scoring.Scored([0.0] * 3, {"answer": [1.0, None, 0.5], "of nobody": [None] * 3})
    assert scored.means() == {"answer": 0.75, "of nobody": None}


@pytest.mark.parametrize(("gold", "kind"), [("7", None), (None, "number"), (None, None)])
def test_an_answer_that_cannot_be_checked_is_not_checked(gold: str | None, kind: AnswerKind | None) -> None:
    example = Example("1", "s", "maths", "en", "train", "3 + 4?", "<final>7</final>", "7", gold, kind, None)
    result = scoring.score([example], ["<final>7</final>"], Reward(), {})
    assert result.components["answer"] == [None] and result.components["format"] != [None]
