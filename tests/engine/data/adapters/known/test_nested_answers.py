"""Of answers in lists, objects or rows of their own the right one is learnt, with what it is about."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason, whole
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.known import nested_answers
from so8t_engine.data.adapters.parsed_row import Skip

OF_ONE = Dataset(name="x", path="x.jsonl", source="local")


def span(*spans: str, types: str = "span") -> dict[str, Any]:
    answers = {"spans": list(spans), "types": [types] * len(spans)}
    return {"section_id": "h2", "query_id": "f39", "passage": "Troops came from Bergen and Oslo.",
            "question": "Where did troops come from?", "answers_spans": answers}  # fmt: skip


def test_of_drop_all_spans_are_the_answer_to_a_question_about_the_passage() -> None:
    found = parsed(span("Bergen", "Oslo"))

    assert found.prompt == "Troops came from Bergen and Oslo.\n\nWhere did troops come from?"
    assert (found.response, found.answer) == ("Bergen, Oslo", "Bergen, Oslo")


@pytest.mark.parametrize("of_others", [span("Oslo", "oslo"), span("3", "4", types="number")])
def test_of_drop_nothing_is_learnt_of_what_several_people_said(of_others: dict[str, Any]) -> None:
    index = choose_adapter.index_of(OF_ONE, lambda: iter([span("Oslo"), of_others]))
    adapter = choose_adapter.choose(OF_ONE, of_others)

    assert adapter is not None
    assert adapter.adapt(span("Oslo"), index).response == "Oslo"
    with pytest.raises(Skip) as skip:
        adapter.adapt(span("Bergen", "Oslo"), index)
    assert skip.value.reason == drop_reasons.SEVERAL_RIGHT


def test_of_pubmed_qa_the_decision_is_the_answer_and_never_a_verdict() -> None:
    found = parsed({
        "pubid": 2, "question": "Is tea a cure for flu?", "long_answer": "No effect was seen.", "final_decision": "no",
        "context": {"contexts": ["Tea was drunk.", "By ten."], "labels": ["A", "B"], "meshes": ["x"]},
    })  # fmt: skip

    assert found.prompt == "Tea was drunk.\n\nBy ten.\n\nIs tea a cure for flu?"
    assert (found.response, found.answer, found.reasoning) == ("no", "no", "No effect was seen.")


def test_of_apps_the_first_solution_is_learnt_not_what_it_prints() -> None:
    row = {"problem_id": 0, "question": "Read n and print 2n.", "solutions": '["n=int(input())\\nprint(2*n)", "x"]',
           "input_output": '{"inputs":["3"],"outputs":["6"]}', "starter_code": "def f(n):"}  # fmt: skip

    assert parsed(row).response == "```python\nn=int(input())\nprint(2*n)\n```"
    assert parsed(row).prompt == "Read n and print 2n.\n\n```python\ndef f(n):\n```"
    assert reason({**row, "solutions": "[]"}) == drop_reasons.NO_CORRECT_SOLUTION


@pytest.mark.parametrize("gone", ["[deleted]", "[removed]"])
def test_of_eli5_an_answer_that_is_no_longer_there_leaves_the_next_best(gone: str) -> None:
    row = {
        "title": "Why is ice light?",
        "q_id": "1",
        "selftext": gone,
        "answers": {"text": [gone, "It is not.", "Bonds."], "score": [50, -3, 12]},
    }
    found = parsed(row)
    assert (found.prompt, found.response) == ("Why is ice light?", "Bonds.")


def test_of_eli5_the_answer_with_most_votes_is_learnt() -> None:
    row = {"q_id": "1", "title": "Why is the sky blue?", "selftext": "[removed]",
           "answers": {"a_id": ["x", "y"], "text": ["Because of paint.", "Blue scatters more."],
                       "score": [-5, 40]}}  # fmt: skip

    assert (parsed(row).prompt, parsed(row).response) == ("Why is the sky blue?", "Blue scatters more.")
    paint = {"a_id": ["x"], "text": ["Because of paint."], "score": [-5]}
    assert reason({**row, "answers": paint}) == drop_reasons.labelled_bad("answers.score", "-5")


@pytest.mark.parametrize(("accepted", "learnt"), [("4", "4"), ("", "2"), ("9", "2")])
def test_of_stack_exchange_the_accepted_answer_is_learnt_or_the_one_with_most_votes(accepted: str, learnt: str) -> None:
    posts = [("1", "1", "", accepted, "5", "How to exit vim?"), ("2", "2", "1", "", "9", ""),
             ("3", "2", "1", "", "-4", ""), ("4", "2", "1", "", "1", "")]  # fmt: skip
    names = ("Id", "PostTypeId", "ParentId", "AcceptedAnswerId", "Score", "Title")
    rows = [{**dict(zip(names, post, strict=True)), "Body": f"Text {post[0]}"} for post in posts]
    index = choose_adapter.index_of(OF_ONE, lambda: iter(rows))
    found = {}
    for row in rows:
        adapter = choose_adapter.choose(OF_ONE, row)
        assert adapter is not None
        try:
            found[row["Id"]] = adapter.adapt(row, index).prompt
        except Skip:
            pass

    assert found == ({learnt: "How to exit vim?\n\nText 1"})


def test_of_bbq_the_label_counts_among_three_answers_to_a_question_about_the_context() -> None:
    found = parsed({
        "context": "I saw a grandson and his grandfather.", "question": "Who was late?", "ans0": "The grandfather",
        "answer_info": {"ans0": ["The grandfather", "old"]}, "ans1": "The grandson", "ans2": "Not known", "label": 2,
    })  # fmt: skip

    assert found.prompt.startswith("I saw a grandson and his grandfather.\n\nWho was late?\nA. The grandfather")
    assert (found.response, found.answer) == ("C. Not known", "C")


Q, A = "Which saw is it?", "The small one."


def drop_row(spans: Any, **more: Any) -> dict[str, Any]:
    return {"passage": "P.", "question": Q, "answers_spans": {"spans": spans, **more}}


def stack_row(
    number: Any, kind: Any, score: Any = 0, parent: Any = None, body: str = "B.", **more: Any
) -> dict[str, Any]:
    return {"Id": number, "PostTypeId": kind, "ParentId": parent, "Score": score, "Title": Q, "Body": body, **more}


@pytest.mark.parametrize(
    ("adapter", "row", "expected"),
    [
        ("drop", drop_row(["x", "y", "x "]), {"prompt": f"P.\n\n{Q}", "response": "x, y", "answer": "x, y",
         "answer_kind": "text"}),
        ("drop", drop_row([]), drop_reasons.NO_GOLD_ANSWER),
        ("pubmed_qa", {"question": Q, "context": {"contexts": ["P.", "R."]}, "long_answer": " So. ",
         "final_decision": "yes"},
         {"prompt": f"P.\n\nR.\n\n{Q}", "response": "yes", "answer": "yes", "answer_kind": "text", "reasoning": "So."}),
        ("apps", {"question": Q, "solutions": '["", 7, " x ", "y"]', "input_output": "", "starter_code": "def f():"},
         {"prompt": f"{Q}\n\n```python\ndef f():\n```", "response": "```python\nx\n```", "category": "code"}),
        ("apps", {"question": Q, "solutions": '[" "]', "input_output": ""}, drop_reasons.NO_CORRECT_SOLUTION),
        ("eli5", {"title": Q, "selftext": "", "answers": {"text": ["No.", A, "x"], "score": [1, 3, 3]}}, {"prompt": Q,
         "response": A}),
        ("eli5", {"title": Q, "selftext": "More.", "answers": {"text": ["[deleted]", A], "score": [9, 0]}},
         {"prompt": f"{Q}\n\nMore.", "response": A}),
        ("eli5", {"title": Q, "selftext": "[removed]", "answers": {"text": [A], "score": [-1]}},
         drop_reasons.labelled_bad("answers.score", "-1")),
        ("eli5", {"title": Q, "selftext": "", "answers": {"text": [], "score": []}}, drop_reasons.UNANSWERED),
        ("eli5", {"title": Q, "selftext": "", "answers": {"text": ["N/A"], "score": [1]}}, drop_reasons.NO_ANSWER),
    ],
)  # fmt: skip
def test_answers_in_lists_and_objects_are_read_as_they_are_meant(
    adapter: str, row: dict[str, Any], expected: object
) -> None:
    assert whole(row, adapter=adapter) == expected


@pytest.mark.parametrize(
    ("answers", "several"),
    [({"spans": ["x", "y"]}, False), ({"spans": ["x", "X"]}, True),
    ({"spans": ["x", "y"], "types": ["number", "number"]}, True),
     ({"spans": ["x", "y"], "types": ["number", "span"]}, False), ({"spans": "x"}, False), (None, False)],
)  # fmt: skip
def test_several_people_answered_where_some_say_the_same_or_two_numbers(answers: Any, several: bool) -> None:
    rows = [{"answers_spans": answers}]
    assert bool(nested_answers.drop_index(iter(rows))) is several


def test_of_posts_the_accepted_answer_is_learnt_else_the_one_with_most_votes() -> None:
    rows = [
        stack_row(1, 1, AcceptedAnswerId=3.0), stack_row(2, 2, 9, 1, "x"), stack_row(3.0, "2", 1, 1.0, A),
        stack_row(4, 1, body="N/A"), stack_row(5, 2, None, 4, "x"), stack_row(6, 2, 1, 4, A), stack_row(7, 2, 1, 4,
         "x"),
        stack_row(8, 1), stack_row(9, 2, -2, 8, "x"), stack_row(10, 2, -1, 8, "y"), stack_row(11, 2, 5, 99, "x"),
        stack_row(12, 3, 5, 1, "x"), stack_row(13, 1, AcceptedAnswerId=99), stack_row(14, 2, None, 13, A),
    ]  # fmt: skip
    found = [getattr(each, "response", each) for each in of_source(rows, adapter="stack")]
    first, best = drop_reasons.NOT_FIRST_REPLY, drop_reasons.NOT_BEST_REPLY
    bad = drop_reasons.labelled_bad("Score", "-1")
    assert found == [first, best, A, first, best, A, best, first, best, bad, first, first, first, A]
    assert getattr(of_source(rows, adapter="stack")[5], "prompt", "") == Q


@pytest.mark.parametrize(
    ("name", "row", "holds"),
    [
        ("drop", drop_row([]), True), ("drop", {"answers_spans": {"spans": "x"}}, False),
        ("drop", {"answers_spans": []}, False),
        ("pubmed_qa", {"context": {"contexts": []}}, True), ("pubmed_qa", {"context": "x"}, False),
        ("apps", {"solutions": "[]"}, True), ("apps", {"solutions": "x"}, False),
        ("eli5", {"answers": {"text": [], "score": []}}, True), ("eli5", {"answers": {"text": []}}, False),
        ("eli5", {"answers": {"score": []}}, False), ("stack", {}, True),
    ],
)  # fmt: skip
def test_a_row_holds_what_is_read_of_it(name: str, row: dict[str, Any], holds: bool) -> None:
    assert nested_answers.holds(row, name) is holds
