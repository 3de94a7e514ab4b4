"""Exports of annotation and tracing tools: what people called bad there is never learnt, the rest is."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

Q, A = "Which saw is it?", "The small one."
PAIR = {"prompt": Q, "response": A}
HUMAN = {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "HumanMessage"],
         "kwargs": {"content": Q, "type": "human"}}  # fmt: skip
ANSWERED = {"role": "assistant", "content": A}


def task(*results: dict[str, Any], cancelled: bool = False, **data: Any) -> dict[str, Any]:
    """One of Label Studio."""
    done = [{"result": [result], "was_cancelled": cancelled} for result in results]
    return {"id": 1, "annotations": done, "data": data or PAIR, "predictions": [], "meta": {}}


def choice(value: str, name: str = "quality") -> dict[str, Any]:
    return {"from_name": name, "to_name": "chat", "type": "choices", "value": {"choices": [value]}}


def side(value: str, to: str = "x,y") -> dict[str, Any]:
    return {"from_name": "better", "to_name": to, "type": "pairwise", "value": {"selected": value}}


def written(text: str, name: str) -> dict[str, Any]:
    return {"from_name": name, "to_name": "q", "type": "textarea", "value": {"text": [text]}}


BOTH = {"prompt": Q, "answer1": "No.", "answer2": A}
LEARNT: list[dict[str, Any]] = [
    task(choice("Good")),
    task(choice("Good"), choice("Good"), choice("Bad")),
    task(),
    {**task(choice("Good")), "annotations": [{"result": [choice("Good")]}, {"result": [], "was_cancelled": True}]},
    {"id": "x", "fields": {"prompt": Q}, "responses": [
        {"status": "discarded", "values": {"response": {"value": "No."}}},
        {"status": "submitted", "values": {"response": {"value": A}}}]},
    task(written(A, "answer"), question=Q),
    task(written(A, "response"), prompt=Q, response="A wrong one."),
    task(side("right"), **BOTH),
    task(side("left", to="answer2,answer1"), **BOTH),
    {**PAIR, "quality": [{"user_id": "u", "value": "good", "status": "submitted"}], "quality-suggestion": None},
    {**PAIR, "quality": [{"user_id": "u", "value": "bad", "status": "discarded"}], "quality-suggestion": None},
    {"prompt": Q, "fixed": [], "response": [{"value": A, "status": "submitted"}], "response-suggestion": "No."},
    {**PAIR, "status": "completed", "good.responses": ["yes"], "good.responses.users": ["u"], "good.suggestion": None},
    {"id": "x", "status": "completed", "fields": PAIR, "responses": {"label": [{"value": "correct"}]}},
    {"input": {"messages": [{"role": "user", "content": Q}]}, "output": ANSWERED, "scores": []},
    {"input": {"question": Q}, "expectedOutput": {"answer": A}, "metadata": None, "status": "ACTIVE"},
    {"input": Q, "output": A, "scores": [{"name": "user-feedback", "value": 1, "dataType": "NUMERIC"}]},
    {"inputs": {"question": Q}, "outputs": {"answer": A}},
    {"inputs": {"messages": [[HUMAN]]}, "outputs": {"generations": [[{"text": A}]]}, "status": "success"},
    {"inputs": {"messages": [{"type": "human", "data": {"content": Q}}]}, "outputs": {"message": ANSWERED}},
    {"inputs": {"input": [{"role": "user", "content": Q}], "question": "What?"}, "outputs": {"output": A}},
    {"inputs": {"input": Q}, "outputs": {"output": A}, "feedback_stats": {"correctness": {"n": 2, "avg": 1.0}}},
    {**PAIR, "answer": "accept", "_task_hash": 1, "_input_hash": 2, "_view_id": "classification"},
    {"annotations": [], "data": PAIR},
    {"fields": PAIR, "responses": {}},
    {"fields": PAIR, "suggestions": {}},
]  # fmt: skip


@pytest.mark.parametrize("row", LEARNT)
def test_what_was_put_into_a_tool_is_learnt_with_what_people_wrote_there(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (found.prompt, found.response, found.bad_answer) == (Q, A, None)


CONDEMNED: list[tuple[dict[str, Any], str, str]] = [
    (task(choice("Bad")), "quality", "Bad"),
    (task(choice("Bad", "my choice")), "annotations.my choice", "Bad"),
    (task(choice("Bad"), choice("Bad"), choice("Good")), "quality", "Bad"),
    (task(choice("Good"), choice("Bad")), "quality", "Bad"),
    ({**PAIR, "quality": [{"value": "bad", "status": "submitted"}], "quality-suggestion": None}, "quality", "bad"),
    ({**PAIR, "is_correct.responses": ["no"], "is_correct.responses.users": ["u"],
      "is_correct.responses.status": ["submitted"]}, "is_correct", "no"),
    ({"fields": PAIR, "responses": {"label": [{"value": "incorrect"}]}, "suggestions": {}}, "label", "incorrect"),
    ({"input": Q, "output": A, "scores": [{"name": "user-feedback", "value": 0, "dataType": "NUMERIC"}]},
     "user-feedback", "0"),
    ({"input": Q, "output": A, "scores": [{"name": "correct", "value": 0, "dataType": "BOOLEAN"}]}, "correct", "false"),
    ({"input": Q, "output": A, "scores": [{"name": "my check", "stringValue": "wrong", "dataType": "CATEGORICAL"}]},
     "annotations.my check", "wrong"),
    ({"input": Q, "output": A, "scores": {"correctness": [0.0]}}, "correctness", "0.0"),
    ({"inputs": {"input": Q}, "outputs": {"output": A}, "feedback_stats": {"user_score": {"n": 1, "avg": 0.0}}},
     "user_score", "0"),
    ({"inputs": {"input": Q}, "outputs": {"output": A}, "feedback": [{"key": "correctness", "score": 0}]},
     "correctness", "0"),
    ({**PAIR, "answer": "reject", "_task_hash": 1, "_input_hash": 2}, "answer", "reject"),
    ({**PAIR, "answer": "ignore", "_task_hash": 1, "_input_hash": 2}, "answer", "ignore"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "value"), CONDEMNED)
def test_what_people_called_bad_there_is_left_out_by_the_name_it_has_there(
    row: dict[str, Any], column: str, value: str
) -> None:
    assert reason(row) == drop_reasons.labelled_bad(column, value)


@pytest.mark.parametrize(
    "row",
    [
        task(choice("Good"), cancelled=True), task(choice("Bad"), choice("Bad"), cancelled=True),
        {"data": {"question": Q, "model_answer": A}, "annotations": [{"result": [], "was_cancelled": True}]},
    ],
)  # fmt: skip
def test_a_task_that_everybody_has_skipped_teaches_nothing(row: dict[str, Any]) -> None:
    assert reason(row) == drop_reasons.UNANSWERED


def test_a_ticked_option_is_the_right_one() -> None:
    options = [{"id": "0", "text": "No."}, {"id": "1", "text": A}]
    found = parsed({"text": Q, "options": options, "accept": ["1"], "answer": "accept", "_task_hash": 1,
                    "_input_hash": 2})  # fmt: skip
    assert (found.response, found.answer) == (f"B. {A}", "B")


def test_an_option_is_ticked_by_its_id_and_an_answer_that_was_discarded_is_none() -> None:
    options = [{"id": "o1", "text": "left"}, {"id": "o2", "text": "right"}]
    ticked = parsed({"text": Q, "options": options, "accept": ["o2"], "answer": "accept", "_task_hash": 1})
    discarded = {"status": "discarded", "values": {"response": {"value": "No."}}}

    assert ticked.response == "B. right"
    assert "discarded" in str(reason({"id": "x", "fields": {"prompt": Q}, "responses": [discarded]}))


@pytest.mark.parametrize(
    "word", ["Hallucinated", "Off-topic / useless", "ハルシネーション", "Halluziniert", "hors sujet"]
)
def test_a_choice_of_label_studio_is_told_as_a_verdict_and_judges_as_label(word: str) -> None:
    rows = [task(choice(said), prompt=f"{Q} {said}", answer=A) for said in ("Helpful", word, "Helpful")]
    dataset = Dataset(name="x", path="x.json", source="local")
    [told] = source_notes.of_rows(dataset, rows, choose_adapter.index_of(dataset, lambda: iter(rows)))
    columns = {"prompt": "prompt", "response": "answer", "label": "quality"}
    named = Dataset(name="x", path="x.json", source="local", adapter="label_studio", columns=columns)
    [read, *_] = source_notes.labels_read(named, rows)

    assert (told.code, told.args["column"]) == ("data.looks_like_verdict", "quality")
    assert (
        str(told.args["line"]) == "adapter: label_studio, columns: {prompt: prompt, response: answer, label: quality}"
    )
    assert read.code == "data.label_read" and word in str(read) and "none" not in str(read)
    found = of_source(rows, adapter="label_studio", columns=columns)
    assert [isinstance(one, ParsedRow) and one.bad_answer is None for one in found] == [True, False, True]


@pytest.mark.parametrize("status", ["discarded", "pending"])
def test_a_draft_that_nobody_has_corrected_is_left_out_of_argilla_and_said(status: str) -> None:
    people = [{"status": status, "values": {"corrected": {"value": None}}}] if status == "discarded" else []
    record = {"id": "x", "fields": {"instruction": Q, "response": "A glue."}, "responses": people}
    mended = {"status": "submitted", "values": {"corrected": {"value": A}}}

    assert reason({**record, "status": "pending" if not people else "completed"}) == drop_reasons.labelled_bad(
        "status", status
    )
    assert parsed({**record, "responses": [mended], "status": "completed"}).response == A
    assert parsed({**record, "responses": [], "status": "completed"}).response == "A glue."


def test_a_count_among_the_scores_is_no_verdict_as_in_any_source() -> None:
    rows = [{"input": f"{Q} {n}", "output": A, "scores": {"user_score": n}} for n in (0, 3, 5)]
    assert all(isinstance(found, ParsedRow) for found in of_source(rows))


def test_a_mapping_may_name_what_was_put_into_a_tool() -> None:
    row = task(choice("Bad"), problem=Q, text=A)
    columns = {"prompt": "problem", "response": "text"}
    assert parsed(row, adapter="label_studio", columns=columns).response == A
    assert reason(row, adapter="label_studio", columns={**columns, "label": "quality"}) == drop_reasons.labelled_bad(
        "quality", "Bad"
    )


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (task(choice("Bad"), letter="x", reply="y"),
         "adapter: label_studio, columns: {prompt: letter, response: reply, "),
        ({"text": Q, "label": "A", "answer": "accept", "_task_hash": 1, "_input_hash": 2},
         "adapter: prodigy, columns: {prompt: text, response: label}"),
        ({"id": 1, "text": Q, "label": [A], "Comments": []}, "columns: {prompt: text, response: label.0}"),
        ({"id": 1, "text": Q, "labels": [A, "No."]}, "columns: {prompt: text, response: labels.0}"),
        ({"id": 1, "data": Q, "label": [A]}, "columns: {prompt: data, response: label.0}"),
        ({"id": 1, "text": Q, "annotations": [{"label": 1, "user": 1}], "meta": {}}, "response: annotations.0.label"),
    ],
)  # fmt: skip
def test_what_a_tool_does_not_say_is_refused_with_the_line_that_says_it(row: dict[str, Any], line: str) -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert not admission.fits(dataset, row)
    assert line in str(admission.unfit(dataset, [row]))


def test_an_object_of_ones_own_is_no_tools() -> None:
    row = {"inputs": Q, "outputs": A}
    assert choose_adapter.as_read(Dataset(name="x", path="x.jsonl", source="local"), [row]).tool is None


def test_a_score_of_ones_own_is_told_as_one() -> None:
    rows = [{"input": f"{Q} {n}", "output": A, "scores": {"Factuality": n / 2}} for n in range(3)]
    [said] = source_notes.verdicts_unused(Dataset(name="x", path="x.jsonl", source="local"), rows)
    assert "'Factuality (score)' looks like a score" in str(said)


def test_scores_that_are_objects_are_of_another_tool() -> None:
    row = {"input": "Which saw?", "target": "small", "output": {"completion": "No."}, "scores": {"m": {"value": "I"}}}
    read = choose_adapter.as_read(Dataset(name="x", path="x.jsonl", source="local"), [row])
    assert (read.tool, read.rows[0]["output"]) == ("inspect", "No.")


@pytest.mark.parametrize(
    "task",
    [
        {"prompt": Q, "response": A},
        {"question": Q, "response": A},
        {"question": Q, "output": A, "_session_id": "x"},
    ],
)
def test_what_was_done_with_a_task_of_prodigy_s_is_no_answer_where_its_hashes_are_gone(task: dict[str, Any]) -> None:
    found = of_source([{**task, "answer": said} for said in ("accept", "reject", "ignore")])
    assert [getattr(row, "response", row) for row in found] == [
        A, drop_reasons.labelled_bad("answer", "reject"), drop_reasons.labelled_bad("answer", "ignore"),
    ]  # fmt: skip


def test_nothing_is_learnt_of_a_text_that_prodigy_had_accepted() -> None:
    found = of_source([{"text": f"{Q} {A}", "answer": said} for said in ("accept", "reject", "ignore")])
    assert not any(isinstance(row, ParsedRow) and row.response for row in found)


def test_to_accept_may_be_the_answer_to_a_question() -> None:
    [found] = of_source([{"question": "What is the English for annehmen?", "answer": "accept"}])
    assert isinstance(found, ParsedRow) and found.response == "accept"


@pytest.mark.parametrize(
    ("row", "learnt"),
    [
        ({"inputs": '{"question": "Why?"}', "outputs": '{"answer": "It rained."}'}, "It rained."),
        ({"inputs": '{"question": "Why?"}', "outputs": "{}", "reference_outputs": '{"answer": "Snow."}'}, "Snow."),
        ({"inputs": {"question": "Why?"}, "outputs": {"answer": "No."}, "reference_outputs": {"answer": "Snow."},
          "feedback.correctness": 0}, "Snow."),
        ({"input": '{"question": "Why?"}', "output": '{"answer": "It rained."}', "scores": "[]"}, "It rained."),
    ],
)  # fmt: skip
def test_objects_that_stand_in_a_table_as_text_are_read_and_a_reference_is_learnt(
    row: dict[str, Any], learnt: str
) -> None:
    assert parsed(row)[:2] == ("Why?", learnt)
    [bad] = of_source([{"inputs": '{"question": "Why?"}', "outputs": '{"answer": "x"}', "feedback_correctness": "0"}])
    assert not isinstance(bad, ParsedRow)


MENDED = "Canberra is the capital of Australia."
QUESTIONS = ("What is the capital of Australia?", "What is the capital of Peru?", "What is the capital of Chad?")
SAID = ("Sydney is the capital of Australia.", "Lima is the capital of Peru.", "Abuja is the capital of Chad.")
VERDICTS = ("Incorrect", "Correct", "Incorrect")


def in_columns(name: str, empty: str | None, number: int) -> dict[str, Any]:
    """A task of Label Studio's JSON-MIN, or of its CSV, where all columns are in all rows."""
    fix = {name: MENDED} if number == 0 else {} if empty is None else {name: empty}
    own = {"annotator": 1, "annotation_id": number, "created_at": "x", "updated_at": "x", "lead_time": 3.2}
    return {
        "id": number,
        "question": QUESTIONS[number],
        "answer": SAID[number],
        "quality": VERDICTS[number],
        **fix,
        **own,
    }


@pytest.mark.parametrize("name", ["fix", "correction", "corrected_answer", "修正文", "Edited"])
@pytest.mark.parametrize("answers", ["answer", "response"])
def test_a_mended_answer_is_learnt_where_there_is_one_and_elsewhere_the_one_that_is_not_called_bad(
    name: str, answers: str
) -> None:
    results = [(choice(verdict), *[written(MENDED, name)][number:]) for number, verdict in enumerate(VERDICTS)]
    tasks = [
        {"id": n, "annotations": [{"result": [*result]}], "data": {"question": QUESTIONS[n], answers: SAID[n]}}
        for n, result in enumerate(results)
    ]
    found = of_source(tasks)
    assert [row.response if isinstance(row, ParsedRow) else row for row in found] == [
        MENDED, SAID[1], drop_reasons.labelled_bad("quality", "Incorrect"),
    ]  # fmt: skip


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("name", ["fix", "訂正"])
def test_so_it_is_where_it_was_exported_as_columns(name: str, empty: str | None) -> None:
    found = of_source([in_columns(name, empty, number) for number in range(3)])
    assert [row.response if isinstance(row, ParsedRow) else row for row in found] == [
        MENDED, SAID[1], drop_reasons.labelled_bad("quality", "Incorrect"),
    ]  # fmt: skip


def test_that_mended_answers_are_learnt_is_said_with_what_is_learnt_elsewhere() -> None:
    rows = [in_columns("fix", None, number) for number in range(3)]
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    notes = source_notes.of_rows(dataset, rows, choose_adapter.index_of(dataset, lambda: iter(rows)))
    [said] = [note for note in notes if note.code != "data.scale_read"]
    assert (said.code, said.args) == (
        "data.mended_learnt", {"column": "fix (corrected answer)", "count": 1, "draft": "answer"},
    )  # fmt: skip
