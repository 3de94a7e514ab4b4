"""Rows by the mapping of their columns: everything that is read of them, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from helpers.rows import parsed, reason, whole
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped

Q, A = "Which saw is it?", "The small one."
PAIR = {"prompt": Q, "response": A}
ANIMALS = "Which?\nA. hen\nB. dog\nC. cow"


def talk_of(*texts: str, system: str | None = None) -> tuple[tuple[str, str], ...]:
    turns = [(("user", "assistant")[number % 2], text) for number, text in enumerate(texts)]
    return (*((("system", system),) if system else ()), *turns)


ASKED: list[tuple[dict[str, Any], dict[str, str], str, tuple[tuple[str, str], ...]]] = [
    ({"q": Q, "b": "Be short."}, {"prompt": "q", "query": "b"}, f"{Q}\n\nBe short.", ()),
    ({"q": Q, "b": ""}, {"prompt": "q", "query": "b"}, Q, ()),
    ({"q": Q, "m": []}, {"messages": "m", "query": "q"}, Q, ()),
    ({"q": Q, "m": [{"role": "system", "content": "Be short."}]}, {"messages": "m", "query": "q"},
     f"Be short.\n\n{Q}", talk_of(Q, system="Be short.")),
    ({"q": Q, "m": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}]},
     {"messages": "m", "query": "q"}, f"User: Hi\n\nAssistant: Yes?\n\nUser: {Q}", talk_of("Hi", "Yes?", Q)),
    ({"q": Q, "h": [["Hi", "Yes?"]], "s": "SYSTEM: Be short."}, {"prompt": "q", "history": "h", "system": "s"},
     f"Be short.\n\nUser: Hi\n\nAssistant: Yes?\n\nUser: {Q}", talk_of("Hi", "Yes?", Q, system="Be short.")),
    ({"q": Q, "s": "SYSTEM: "}, {"prompt": "q", "system": "s"}, Q, ()),
]  # fmt: skip


@pytest.mark.parametrize(("row", "columns", "prompt", "messages"), ASKED)
def test_what_is_asked_is_put_together_from_all_its_columns(
    row: dict[str, Any], columns: dict[str, str], prompt: str, messages: tuple[tuple[str, str], ...]
) -> None:
    found = parsed({**row, "r": A}, columns={**columns, "response": "r"})

    assert (found.prompt, found.response, found.messages) == (prompt, A, messages)


TEMPLATES = [
    "[INST] {} [/INST]",
    "<start_of_turn>user\n{}<end_of_turn>\n<start_of_turn>model\n",
    "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n<think>\n",
    "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
    "<｜User｜>{}<｜Assistant｜>",
    "<|start|>user<|message|>{}<|end|><|start|>assistant",
    "Human: {}\n\nAssistant:",
    "Human: {}",
]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"name": "Ann", "age": 4}, '{"name": "Ann", "age": 4}'), ({"名前": "アン"}, '{"名前": "アン"}'),
        ({"text": "Hi.", "tone": "rude"}, '{"text": "Hi.", "tone": "rude"}'), ({"text": "Hi."}, "Hi."),
        ([{"name": "Al", "age": 1}, {"name": "Bo", "age": 2}], '[{"name": "Al", "age": 1}, {"name": "Bo", "age": 2}]'),
        ({"a": {"b": [1, 2]}, "c": None}, '{"a": {"b": [1, 2]}, "c": null}'), ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]"),
        ({"header": ["x", "y"], "rows": [["1", "2"]]}, "| x | y |\n| --- | --- |\n| 1 | 2 |"),
        ('{\n  "name": "Ann"\n}', '{\n  "name": "Ann"\n}'), ('[{"a": 1, "b": 2}]', '[{"a": 1, "b": 2}]'),
        (["pear", "fig"], "pear\nfig"), ([3, 1], "3\n1"), (7, "7"),
    ],
)  # fmt: skip
def test_an_object_that_an_instruction_is_given_stands_behind_it_with_all_of_its_keys(given: Any, text: str) -> None:
    row = {"instruction": "Say it.", "input": given, "output": "So."}
    assert parsed(row).prompt == f"Say it.\n\n{text}"
    assert parsed({**row, "input": {} if isinstance(given, dict) else ""}).prompt == "Say it."


def test_an_object_in_a_template_is_json() -> None:
    row = {"task": "Greet", "who": {"name": "Ann"}, "said": "Hi, Ann."}
    columns = {"prompt": "{task}: {who}", "response": "said"}
    assert parsed(row, columns=columns).prompt == 'Greet: {"name": "Ann"}'


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_around_a_question_is_none_of_its_words(template: str) -> None:
    assert whole({"prompt": template.format(Q), "response": A}) == {"prompt": Q, "response": A}


def test_a_talk_in_a_template_that_ends_with_a_question_or_with_an_answer_begun_is_a_talk() -> None:
    begun = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nYes?<|im_end|>\n<|im_start|>user\n"
    for end in ("", "<|im_end|>", "<|im_end|>\n<|im_start|>assistant\n"):
        assert parsed({"prompt": f"{begun}{Q}{end}", "response": A}).messages == talk_of("Hi", "Yes?", Q)
    told = f"<|im_start|>system\nBe short.<|im_end|>\n<|im_start|>user\n{Q}<|im_end|>\n<|im_start|>assistant\n"
    assert parsed({"prompt": told, "response": A}).messages == talk_of(Q, system="Be short.")
    sure = f"<|im_start|>user\n{Q}<|im_end|>\n<|im_start|>assistant\nSure: "
    assert parsed({"prompt": sure, "response": A}).messages == talk_of(Q, "Sure:")
    for plain in ("What does <|im_end|> mean?", f"Why human? Human: {Q}", "Is [INST] a mark?"):
        assert whole({"prompt": plain, "response": A}) == {"prompt": plain, "response": A}


@pytest.mark.parametrize(
    ("row", "place", "response"),
    [
        ({"a": "", "b": "  ", "c": A}, "a, c", A),
        ({"a": [], "c": A}, "a, c", A),
        ({"a": "No.", "c": A}, "a, c", "No."),
        ({"a": "No.", "c": "x", "a, c": A}, "a, c", A),
        ({"a": "One", "c": "two"}, "{a}, {c}", "One, two"),
        ({"a": {"b": ["x", A]}}, "a.b.1", A),
        ({"a": f'{{"b": ["{A}"]}}'}, "a.b.0", A),
        ({"a": ["x", A]}, "a.-1", A),
        ({"a": ["B"]}, "a", "B"),
        ({"a": ["B", "C"]}, "a", "B, C"),
        ({"a": [A, "the small one"]}, "a", A),
        ({"a": ["B", "the small one"]}, "a", "B"),
        ({"a": [{"text": A}]}, "a", A),
        ({"a": [{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]}, "a", "One.\nTwo."),
        ({"a": "", "c": []}, "a, c", drop_reasons.EMPTY_FIELD),
        ({"a": "N/A"}, "a", drop_reasons.NO_ANSWER),
    ],
)
def test_the_answer_is_looked_for_where_the_mapping_says(row: dict[str, Any], place: str, response: object) -> None:
    found = whole({**row, "q": Q}, columns={"prompt": "q", "response": place})

    assert (found["response"] if isinstance(found, Mapping) else found) == response


@pytest.mark.parametrize(
    ("value", "place", "error"),
    [
        ("abc", "a.0", KeyError), (["abc"], "a.b", KeyError), (7, "a.0", KeyError), ({"b": A}, "a.c", KeyError),
        ([A, {"x": 1}], "a", TypeError), ([{"x": 1}, A], "a", TypeError),
        ([{"text": A}, {"text": "No."}], "a", TypeError),
        ([{"type": "text", "text": A}, {"text": "No."}], "a", TypeError),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_and_answers_of_which_none_is_said_to_be_right_are_another_shape(
    value: Any, place: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        parsed({"q": Q, "a": value}, columns={"prompt": "q", "response": place})


def test_a_label_that_the_user_named_may_be_a_word_for_none() -> None:
    entry: dict[str, Any] = {"columns": {"prompt": "q", "response": "a"}}

    assert parsed({"q": Q, "a": 0}, labels={0: "N/A", 1: "x"}, **entry).response == "N/A"
    assert reason({"q": Q, "a": "N/A"}, labels={0: "no", 1: "yes"}, **entry) == drop_reasons.NO_ANSWER


CHOICES: list[tuple[str, str, dict[str, Any]]] = [
    (ANIMALS, "B", {"answer": "B", "response": "B. dog", "answer_kind": "choice"}),
    (ANIMALS, "b", {"answer": "B", "response": "B. dog", "answer_kind": "choice"}),
    (ANIMALS, "B. dog", {"answer": "B", "response": "B. dog", "answer_kind": "choice"}),
    (ANIMALS, "A, C", {"answer": "A. hen\nC. cow", "response": "A. hen\nC. cow", "answer_kind": "text"}),
    ("Which?\n1) 2\n2) 1\n3) 7", "2", {"answer": "B", "response": "B. 1", "answer_kind": "choice",
                                       "choices": ("2", "1", "7"), "prompt": "Which?\nA. 2\nB. 1\nC. 7"}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "expected"), CHOICES)
def test_a_mark_that_answers_a_question_with_options_at_its_end_is_a_choice(
    asked: str, answer: str, expected: dict[str, Any]
) -> None:
    usual = {"prompt": asked, "choices": ("hen", "dog", "cow"), "category": "choice"}

    assert whole({"question": asked, "answer": answer}) == usual | expected


@pytest.mark.parametrize("answer", ["A, or C", "D", "A, D", "dog", "A, dog", "E. emu", "B. " + "dog " * 10])
def test_what_is_more_than_marks_of_options_stays_as_it_is(answer: str) -> None:
    assert whole({"question": ANIMALS, "answer": answer}) == {"prompt": ANIMALS, "response": answer}


def test_a_choice_may_be_said_in_forty_characters_and_no_more() -> None:
    for length, category in ((37, "choice"), (38, "chat")):
        assert (
            parsed({"question": f"Which?\nA. hen\nB. {'w' * length}", "answer": f"B. {'w' * length}"}).category
            == category
        )


def test_a_class_of_options_in_columns_counts_as_they_do_where_it_can() -> None:
    options = {"question": Q, "choice1": "hen", "choice2": "dog"}
    assert [parsed({**options, "label": label}).answer for label in (0, 1, 2)] == ["A", "B", "B"]


def test_of_a_choice_question_in_a_talk_or_with_a_bad_answer_nothing_is_made() -> None:
    talk = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"},
            {"role": "user", "content": ANIMALS}, {"role": "assistant", "content": "B"}]  # fmt: skip
    assert parsed({"messages": talk}).category == "chat"
    bad = parsed({"question": ANIMALS, "response": "B", "answer": "C"})
    assert (bad.category, bad.response, bad.answer) == ("chat", "B", "C")
    assert bad.bad_answer == drop_reasons.other_than_gold("answer")


def number(response: str, answer: str = "7", **more: Any) -> dict[str, Any]:
    return {"response": response, "answer": answer, "answer_kind": "number", "category": "maths", **more}


def text(response: str, answer: str, **more: Any) -> dict[str, Any]:
    return number(response, answer, **more) | {"answer_kind": "text"}


GOLD: list[tuple[dict[str, Any], dict[str, Any] | object]] = [
    ({"response": "It is 7.", "answer": "7"}, number("It is 7.")),
    ({"response": "It is 7.", "answer": ["7"]}, number("It is 7.")),
    ({"response": "It is 7.", "answer": ["7", "seven"]}, {"response": "It is 7."}),
    ({"response": "It is 7,000.", "answer": "7,000"}, number("It is 7,000.", "7000")),
    ({"response": "It is 8.", "answer": "7"}, number("It is 8.", bad_answer=drop_reasons.other_than_gold("answer"))),
    ({"reasoning": "3 + 4 = 7", "answer": "7"}, number("7", reasoning="3 + 4 = 7")),
    ({"reasoning": "3 + 4 = 8", "answer": "7"}, drop_reasons.CONTRADICTS),
    ({"reasoning": "3 + 4 = 8", "response": "It is 7.", "answer": "7"}, drop_reasons.CONTRADICTS),
    ({"reasoning": "3 + 4 = 7", "response": "It is 7.", "answer": "7"}, number("It is 7.", reasoning="3 + 4 = 7")),
    ({"reasoning": "3 + 4 = 8", "response": "7", "answer": "7"}, drop_reasons.CONTRADICTS),
    ({"response": "<think>3 + 4 = 8</think>7"}, drop_reasons.CONTRADICTS),
    ({"response": "<think>3 + 4 = 7</think>7"}, number("7", reasoning="3 + 4 = 7")),
    ({"response": "So it is.\n#### x"}, text("x", "x", reasoning="So it is.")),
    ({"response": "So it is.\n#### 7"}, number("7", reasoning="So it is.")),
    ({"response": "So \\boxed{x}."}, text("x", "x", reasoning="So \\boxed{x}.")),
    ({"response": "So \\boxed{7}."}, number("7", reasoning="So \\boxed{7}.")),
    ({"response": "<think>I add.</think>\\boxed{x}"}, text("x", "x", reasoning="I add.")),
    ({"response": "<think>I add.</think>**Answer:** $\\boxed{x}$."}, text("x", "x", reasoning="I add.")),
    ({"response": "<think>I add.</think>So \\boxed{x}."}, text("So \\boxed{x}.", "x", reasoning="I add.")),
    ({"response": "So it is. The answer is x"}, {"response": "The answer is x", "reasoning": "So it is."}),
    ({"response": "7", "reasoning": "N/A"}, number("7")),
    ({"response": "7", "reasoning": ["3 and", "4."]}, number("7", reasoning="3 and\n4.")),
    ({"response": A, "answer": "word " * 20}, {"response": A, "answer": ("word " * 20).strip(),
                                              "answer_kind": "text"}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), GOLD)
def test_the_gold_answer_and_the_trace_are_told_from_the_answer(
    row: dict[str, Any], expected: dict[str, Any] | object
) -> None:
    found = whole({"question": "3 + 4?", **row})

    assert found == ({"prompt": "3 + 4?", **expected} if isinstance(expected, dict) else expected)


def test_a_result_stays_in_its_box_where_the_question_asks_for_one() -> None:
    row = {"question": "3 + 4, in \\boxed{}?", "response": "<think>I add.</think>\\boxed{7}"}
    assert whole(row) == {"prompt": row["question"], **number("\\boxed{7}", reasoning="I add.")}


@pytest.mark.parametrize(
    ("column", "inside", "answer", "reasoning"),
    [
        ("I look.", "I look.", A, "I look."),
        ("I look. I see.", "I look.", A, "I look. I see."),
        ("I look.", "I look. I see.", A, "I look. I see."),
        ("I look.", "I see.", A, "I see.\n\nI look."),
        ("I look.", "I see.", f"I look. {A}", "I see."),
        ("I look.", "", f"I look. {A}", "I look."),
    ],
)
def test_a_trace_in_a_column_and_in_the_answer_is_learnt_once(
    column: str, inside: str, answer: str, reasoning: str
) -> None:
    said = f"<think>{inside}</think>{answer}" if inside else answer
    found = whole({"question": Q, "reasoning": column, "response": said})

    assert found == {"prompt": Q, "response": answer, "reasoning": reasoning}


CHOSEN: list[tuple[dict[str, Any], dict[str, Any] | object]] = [
    ({"chosen": A}, {"prompt": Q}),
    ({"chosen": [A, "A small one."]}, {"prompt": Q}),
    ({"chosen": [{"role": "assistant", "content": A}]}, {"prompt": Q}),
    ({"chosen": f"\n\nHuman: {Q}\n\nAssistant: {A}"}, {"prompt": Q}),
    ({"chosen": A, "system": "Be short."}, {"prompt": f"Be short.\n\n{Q}", "messages": talk_of(Q, system="Be short.")}),
    ({"chosen": f"Human: {Q}\n\nAssistant: {A}", "system": "Be short."},
     {"prompt": f"Be short.\n\n{Q}", "messages": talk_of(Q, system="Be short.")}),
    ({"chosen": [{"role": "user", "content": Q}, {"role": "assistant", "content": A}], "system": "Be short."},
     {"prompt": f"Be short.\n\n{Q}", "messages": talk_of(Q, system="Be short.")}),
    ({"chosen": A, "chosen_score": 1, "rejected_score": 2}, drop_reasons.labelled_bad("chosen_score",
                                                                                       "< rejected_score")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), CHOSEN)
def test_the_preferred_answer_stands_behind_what_was_asked(
    row: dict[str, Any], expected: dict[str, Any] | object
) -> None:
    columns = {"prompt": "question", "chosen": "chosen", "rejected": "rejected"}
    columns |= {"system": "system"} if "system" in row else {}
    found = whole({"question": Q, "rejected": "No.", **row}, columns=columns)

    assert found == ({"response": A, **expected} if isinstance(expected, dict) else expected)


def test_a_preferred_answer_beside_a_message_is_another_shape() -> None:
    with pytest.raises(TypeError):
        parsed({"prompt": Q, "chosen": [A, {"role": "assistant", "content": A}], "rejected": "No."})


def test_a_preferred_answer_without_a_question_is_a_talk_or_left_out() -> None:
    entry: dict[str, Any] = {"columns": {"chosen": "c", "rejected": "r", "system": "s"}}
    row = {"c": f"User: {Q}\nAssistant: {A}", "r": "No.", "s": "Be short."}

    assert reason({**row, "c": A}, **entry) == drop_reasons.NO_QUESTION
    assert reason({**row, "c": A, "s": ""}, **entry) == drop_reasons.NO_QUESTION
    assert parsed({**row, "s": ""}, **entry).prompt == Q


@pytest.mark.parametrize("images", [["a.png"], {"bytes": "00"}, "a.png"])
def test_a_picture_beside_a_question_is_refused_unless_a_preference_needs_none(images: Any) -> None:
    assert reason({**PAIR, "images": images}) == drop_reasons.NEEDS_MEDIA
    options = {"question": Q, "choices": ["hen", "dog"], "answer": "A", "images": images}
    assert reason(options) == drop_reasons.NEEDS_MEDIA
    assert parsed({**PAIR, "images": []}).response == A


def test_turns_in_columns_of_their_own_end_with_the_last_that_is_filled() -> None:
    assert parsed({"q1": Q, "a1": A, "q2": "Why?", "a2": "So."}).messages == talk_of(Q, A, "Why?")
    for second in ("", "Why?"):
        assert whole({"q1": Q, "a1": A, "q2": second, "a2": ""}) == {"prompt": Q, "response": A}
    named = {"q1, a1": [{"role": "user", "content": Q}, {"role": "assistant", "content": A}], "q1": "x", "a1": "y"}
    assert parsed(named, columns={"messages": "q1, a1"}).response == A
    assert reason({"q1": "", "a1": ""}, columns={"messages": "q1, a1"}) == drop_reasons.NO_QUESTION


@pytest.mark.parametrize(("place", "found"), [("a", "x"), ("{a}-{b.c}", "x-7"), ("b.c", 7), ("l.1", "two")])
def test_a_place_is_a_column_a_way_into_one_or_a_template(place: str, found: object) -> None:
    assert mapped.at({"a": "x", "b": {"c": 7}, "l": ["one", "two"]}, place) == found


def test_the_way_to_an_option_is_its_own_column_and_a_models_answer_where_that_is_empty() -> None:
    way = "Steel is hard, so the teeth have to be harder than steel is."
    row = {"q": "Which cuts steel?", "o": ["hacksaw", "bread knife"], "a": "A", "said": f"{way} The answer is A."}
    columns = {"prompt": "q", "choices": "o", "answer": "a", "reasoning": "why", "response": "said"}
    for why, reasoning in (("Its teeth are hard.", "Its teeth are hard."), ("", way)):
        assert parsed({**row, "why": why}, columns=columns).reasoning == reasoning
