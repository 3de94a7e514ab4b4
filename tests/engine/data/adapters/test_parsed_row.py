from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip, choice, dialogue, text

Q, A = "Which saw is it?", "The small one."
ENDS = "</s>", "<|eot_id|>", " <|im_end|>\n", "<|end|><|endoftext|>", "<end_of_turn>\n<eos>", "<｜end▁of▁sentence｜>"


@pytest.mark.parametrize("end", ENDS)
def test_the_token_that_ended_another_models_answer_is_no_part_of_it(end: str) -> None:
    talk = [(Q, A), ("Why?", f"It fits.{end}")]
    messages = [
        {"role": role, "content": said} for turn in talk for role, said in zip(("user", "assistant"), turn, strict=True)
    ]

    assert parsed({"question": Q, "answer": A + end}).response == A
    assert parsed({"messages": messages}).response == "It fits."
    assert parsed({"question": Q, "answer": f"Write <s>{A}</s>"}).response == f"Write <s>{A}</s>"


U, S = ("user", Q), ("assistant", A)
TALKS: list[tuple[list[tuple[str, str]], tuple[str, str, tuple[tuple[str, str], ...]] | None]] = [
    ([U, S], (Q, A, ())), ([U, S, ("user", "Thanks")], (Q, A, ())), ([S], None), ([S, S], None), ([U], None),
    ([], None), ([("system", "x"), S], None),
    ([("system", "x"), U, S], (f"x\n\n{Q}", A, (("system", "x"), U))), ([("system", " "), U, S], (Q, A, ())),
    ([U, ("system", "x"), ("system", "y"), S], (f"x\n\ny\n\n{Q}", A, (("system", "x\n\ny"), U))),
    ([S, U, S], (f"Assistant: {A}\n\nUser: {Q}", A, (S, U))),
    ([U, U, S], (f"User: {Q}\n\nUser: {Q}", A, ())),
    ([U, ("call", "f"), ("tool", "7"), S], (f"User: {Q}\n\nAssistant: f\n\nTool: 7", A, (U, ("assistant", "f"),
    ("user", "Tool: 7")))),
    ([U, S, U, ("call", ""), S], (f"User: {Q}\n\nAssistant: {A}\n\nUser: {Q}\n\nAssistant: ", A, (U, S, U))),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), TALKS)
def test_the_last_answer_of_a_talk_answers_all_before_it(
    turns: list[tuple[str, str]], expected: tuple[str, str, tuple[tuple[str, str], ...]] | None
) -> None:
    if expected is None:
        with pytest.raises(Skip):
            dialogue(turns)
    else:
        assert tuple(dialogue(turns)) == expected


@pytest.mark.parametrize(
    ("count", "rights"), [(2, ()), (2, (2,)), (2, (-1,)), (2, (0, 2)), (2, (-1, 1)), (27, (0,)), (0, (0,))]
)
def test_a_choice_has_right_ones_among_its_options_which_letters_suffice_for(
    count: int, rights: tuple[int, ...]
) -> None:
    with pytest.raises(Skip):
        choice(Q, ["x"] * count, rights, None, None)


def test_a_choice_is_lettered_to_the_last_letter() -> None:
    found = choice(f" {Q}", [f" {number}" for number in range(26)], 25, "So.", "en")
    assert (found.response, found.answer, found.choices[0], found.prompt[:21]) == ("Z. 25", "Z", "0", f"{Q}\nA. 0")
    several = choice(Q, ["x", "y", "z"], (0, 2), None, None)
    assert (several.response, several.answer, several.answer_kind) == ("A. x\nC. z", "A. x\nC. z", "text")


@pytest.mark.parametrize(
    ("value", "said"),
    [("", False), (" ", False), (7, False), (None, False), ("NULL", False), ("TBD", True), ("#N/A ", True)],
)
def test_a_field_without_words_is_empty_or_a_placeholder(value: object, said: bool) -> None:
    with pytest.raises(Skip) as skipped:
        text(value)
    assert skipped.value.reason == (drop_reasons.PLACEHOLDER if said else drop_reasons.EMPTY_FIELD)
