"""Shapes that are not understood: refused with a line to begin with, never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import choose_adapter, column_names
from so8t_engine.data.adapters.proposed import nearest_mapping

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"sentence1": "x", "sentence2": "y", "label": 1}, '{prompt: "{sentence1}\\n{sentence2}", response: label}'),
        ({"review": "x", "stars": 4}, "{prompt: review, response: stars}"),
        ({"question": "x", "my reply": "y"}, '{prompt: question, response: "my reply"}'),
        ({"a": {"question": "x", "answer": [{"text": "y"}]}}, "{prompt: a.question, response: a.answer.0.text}"),
        ({"id": 1, "title": "x", "url": "y", "body": "z"}, "{prompt: title, response: body}"),
        ({"data": ["x", "y"], "id": 1}, "{messages: data}"),
        ({"risk_area": "x", "question": "y", "GPT4_response": "z"}, "{prompt: question, response: GPT4_response}"),
        ({"prompt": "x", "answers": [{"answer": "y"}], "turns": 1}, "{prompt: prompt, response: answers.0.answer}"),
        ({"pass_rate": 0.5, "question": {"text": "x"}, "generation": {"y": "z"}},
         "{prompt: question.text, response: generation.y}"),
        ({"prompt": "x", "responses": ["y", "z"], "scores": [5, 1]}, "{prompt: prompt, response: responses.0}"),
        ({"question": "x", "student_answer": "y", "is_wrong": 0},
         "{prompt: question, response: student_answer, label: is_wrong}"),
        ({"問題文": "x", "誤答": "y", "模範の答え": "z"}, "{prompt: 問題文, response: 模範の答え}"),
        ({"question": "x", "wrong_answer": "y", "my reply": "z"}, '{prompt: question, response: "my reply"}'),
        ({"prompt": "x", "rejected": "y"}, '{prompt: prompt, response: "?"}'),
        ({"質問": "x", "モデル回答": "y", "人手評価": "悪い"}, "{prompt: 質問, response: モデル回答, label: 人手評価}"),
        ({"text": "x", "label": ["y"]}, "{prompt: text, response: label.0}"),
        ({"question": "x", "answers": [{"answer_id": 1, "author": "z", "text": "y"}]},
         "{prompt: question, response: answers.0.text}"),
        ({"request": {"model": "m", "messages": [ASKED]},
          "response": {"choices": [{"message": ANSWERED, "finish_reason": "stop"}]}},
         "{messages: request.messages, response: response.choices.0.message, label: response.choices.0.finish_reason}"),
        ({"id": 1, "qid1": 2, "question1": "x", "question2": "y", "is_duplicate": 1},
         '{prompt: "{question1}\\n{question2}", response: is_duplicate}'),
        ({"タイムスタンプ": "x", "お困りのこと": "y", "私の返答": "z"}, "{prompt: お困りのこと, response: 私の返答}"),
        ({"": 0, "sep=": "x"}, '{prompt: "sep=", response: "?"}'),
        ({"question": "x", "my_bad_answer_1": "y", "distractor2": "z"}, '{prompt: question, response: "?"}'),
    ],
)  # fmt: skip
def test_a_shape_that_is_not_understood_gets_a_line_to_begin_with(row: dict[str, Any], line: str) -> None:
    assert nearest_mapping.nearest(row) == f"columns: {line}"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"target": 0, "ids": 1, "user": "_nick_", "text": Q}, "{prompt: text, response: target}"),
        ({"text": Q, "user": "nick", "sentiment": 4, "query": "NO_QUERY"}, "{prompt: text, response: sentiment}"),
        ({"text": f"{Q}\n\n{A}", "label": 1}, "{prompt: text, response: label}"),
        ({"text": f"{Q}\n\n{A}", "rating": 5.0}, "{prompt: text, response: rating}"),
        ({"text": f"{Q}\n\n{A}", "summary": A}, "{prompt: text, response: summary}"),
        ({"prompt": Q, "text": f"{Q}\n\n{A}", "seed": "x"}, "{prompt: prompt, response: text}"),
        ({"dialogue": "A: Hi.\nB: Hello.", "summary": A}, "{prompt: dialogue, response: summary}"),
        ({"question_id": 81, "turns": [Q, "And then?"], "model": "x"}, '{prompt: turns.0, response: "?"}'),
        ({"prompt": Q, "response": A, "response_label": 1},
         "{prompt: prompt, response: response, label: response_label}"),
        ({"prompt": [ASKED], "reward_model": {"style": "rule", "ground_truth": "34"}},
         "{prompt: prompt, response: reward_model.ground_truth}"),
        ({"dialogue": "#Person1#: Hi.\n#Person2#: Hello.", "summary": A}, "{prompt: dialogue, response: summary}"),
        ({"uid": "a", "pass_rate": 0.5, "src_txt": Q, "tgt_txt": A}, "{prompt: src_txt, response: tgt_txt}"),
        ({"prompt": Q, "responses": [A, "No."], "pass_rate": 0.5}, "{prompt: prompt, response: responses.0}"),
        ({"db_id": "d", "query": "SELECT 1", "question": Q}, "{prompt: question, response: query}"),
        ({"question": Q, "solutions": '["print(1)"]', "url": "x"}, "{prompt: question, response: solutions.0}"),
        ({"source": "S", "label": 1, "diacritic": "*", "sentence": Q, "linguistic_phenomenon": {"simple": 1}},
         "{prompt: sentence, response: label}"),
        ({"domain": "x", "context": [ASKED], "response1": A}, "{prompt: context, response: response1}"),
        ({"slug": "x", "title": "y", "content": Q, "python": "z"}, "{prompt: content, response: python}"),
        ({"repo": "x", "instance_id": "y", "patch": "z", "problem_statement": Q},
         "{prompt: problem_statement, response: patch}"),
    ],
)  # fmt: skip
def test_what_could_mean_several_things_is_refused_with_a_line_that_says_which(row: dict[str, Any], line: str) -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")

    assert choose_adapter.choose(dataset, row) is None
    assert nearest_mapping.nearest(row) == f"columns: {line}"


def test_the_text_of_an_object_is_what_asks_or_answers_and_what_judges_the_answer_stands_beside_it() -> None:
    row = {"filename": "x", "prompt": {"text": Q, "toxicity": 0.9}, "continuation": {"text": A, "toxicity": 0.1}}

    assert nearest_mapping.nearest(row) == (
        "columns: {prompt: prompt.text, response: continuation.text, label: continuation.toxicity}"
    )


def test_several_answers_of_which_none_is_said_to_be_right_are_not_put_together() -> None:
    with pytest.raises(TypeError):
        parsed({"question": Q, "answers": [{"text": A, "pm_score": 5}, {"text": "No.", "pm_score": 1}]})
    with pytest.raises(TypeError):
        parsed({"conversation": ["Hi", 3]})


@pytest.mark.parametrize("ends", ["ab", "12", "01"])
def test_of_two_answers_with_like_names_neither_is_proposed(ends: str) -> None:
    row = {"question": Q, f"response_{ends[0]}": "No.", f"response_{ends[1]}": A, "winner": "?"}
    told = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), [row])

    assert (told.code, told.args["answers"]) == ("steps.several_answers", list(row)[1:3])


def test_columns_like_rival_answers_are_options_where_another_names_one_of_them() -> None:
    quiz = [{"foo": Q, "Answer A": "130", "Answer B": "110", "the best of them": right} for right in "ABBA"]
    wide = [{**row, "Answer C": "90"} for row in quiz]
    long = [{**row, "Answer C": "It depends. " * 20} for row in quiz]
    told = [admission.unfit(Dataset(name="x", path="x.csv", source="local"), rows) for rows in (quiz, wide, long)]

    assert [one.code for one in told] == ["steps.several_answers", "steps.no_adapter_fits", "steps.several_answers"]
    assert told[1].args["line"] == (
        'columns: {prompt: foo, answer: "the best of them", choices: "Answer A, Answer B, Answer C"}'
    )


def test_columns_that_are_not_used_are_known() -> None:
    names = ("id", "instruction", "input", "output", "score")
    where = column_names.guess(names)

    assert where is not None and column_names.unused(names, where) == ["id", "score"]


def test_rows_in_a_list_of_one_object_are_not_told_by_a_line_that_takes_the_first_of_them() -> None:
    dataset = Dataset(name="x", path="x.json", source="local")
    row = {"status": "ok", "result": {"items": [{"question": Q, "answer": A}, {"question": "x", "answer": "y"}]}}
    told = admission.unfit(dataset, [row])
    assert (told.code, told.args["list"]) == ("steps.rows_in_a_list", "result.items")


def test_a_table_whose_names_say_nothing_may_have_none() -> None:
    dataset = Dataset(name="x", path="x.csv", source="local")
    told = str(admission.unfit(dataset, [{"1": "2", "capital of Japan": "capital of France", "Tokyo": "Paris"}]))
    assert "`header: false, columns: {prompt: column2, response: column3}`" in told
    for row in ({"my question": Q, "the reply": A}, {"sentence": Q, "class": A}):
        assert "header" not in str(admission.unfit(dataset, [row]))
    assert "header" not in str(admission.unfit(dataset.model_copy(update={"path": "x.jsonl"}), [{"x y": Q, "z z": A}]))


@pytest.mark.parametrize("name", ["intent", "Intents", "intent_name", "user_intent", "Absicht", "意図"])
def test_the_name_of_an_intent_is_proposed_as_no_answer(name: str) -> None:
    """A chatbot's examples were to be learnt with it."""
    rows = [
        {name: f"faq/ask_{number}", "examples": f"- When is it {number}?\n- Is it {number}?"} for number in range(4)
    ]
    dataset = Dataset(name="x", path="x.yml", source="local")
    assert admission.unfit(dataset, rows).code == "steps.nothing_answers"


def test_rows_without_an_answer_and_tokens_are_refused_without_a_line() -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    answers = {"question_id": 1, "choices": [{"index": 0, "turns": [A, A]}], "error": None}
    assert admission.unfit(dataset, [answers]).code == "steps.nothing_answers"
    assert admission.unfit(dataset, [{"input_ids": [1, 2], "labels": [-100, 2]}]).code == "steps.tokens_alone"


@pytest.mark.parametrize("beside", ["intent", "stars", "label", "Summary", "my_reply", "question", "質問"])
def test_a_text_is_no_answer_by_itself_beside_what_it_is_an_example_of(beside: str) -> None:
    text = choose_adapter.ADAPTERS["text"]
    dataset, row = Dataset(name="x", path="x.jsonl", source="local"), {"text": "The saw is small. It cuts well."}

    assert choose_adapter.choose(dataset, row | {beside: "x"}) is not text
    assert choose_adapter.choose(dataset, row | {beside: None}) is text
    assert choose_adapter.choose(dataset, row | {"id": 1, "url": "u", "meta": {"a": 1}, "user": "me"}) is text


def test_a_text_that_was_garbled_before_it_was_saved_is_called_so() -> None:
    lost = ("質問".encode().decode("cp1252", "replace"), "回答".encode().decode("cp1252", "replace"))
    dataset = Dataset(name="x", path="x.csv", source="local")
    said = admission.unfit(dataset, [{lost[0]: "x", lost[1]: "y"}])
    assert (said.code, said.args["example"]) == ("steps.garbled", lost[0])
    said = admission.unfit(dataset, [{"a": lost[0], "b": lost[1]}, {"a": lost[1], "b": "y"}])
    assert said.code == "steps.garbled"
    assert admission.unfit(dataset, [{"a": lost[0], "b": "x"}, *2 * [{"a": "w", "b": "y"}]]).code != "steps.garbled"
