"""What is told of columns that judge answers, or may do so: all of it, with its numbers, values and lines."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.notes import source_notes
from so8t_engine.sentences import Sentence

Told = list[tuple[Any, ...]]
VOTES = {"annotator_1": ["yes", "yes", "no", "yes"], "annotator_2": ["yes", "yes", "yes", "no"]}


def rows(columns: dict[str, list[Any]], count: int) -> list[dict[str, Any]]:
    return [
        {
            "question": f"Which saw is number {number}?", "answer": f"The small one, number {number}.",
            **{name: values[number % len(values)] for name, values in columns.items()},
        }
        for number in range(count)
    ]  # fmt: skip


def told(given: list[dict[str, Any]], label: str | None = None, **entry: Any) -> Told:
    """Each note: its code, what it names, and of the line that it proposes what stands behind question and answer."""
    if label is not None:
        entry["columns"] = {"prompt": "question", "response": "answer", "label": label}
    dataset = Dataset.model_validate({"name": "d", "source": "local", "path": "d.jsonl", **entry})
    index = choose_adapter.index_of(dataset, lambda: iter(given))
    found: Told = []
    for note in source_notes.of_rows(dataset, given, index):
        line = str(note.args.get("line", "")).removeprefix("columns: {prompt: question, response: answer")
        said = [plain(value) for name, value in note.args.items() if name != "line"]
        found.append((note.code.removeprefix("data."), *said, *([line.strip("}, ")] if "line" in note.args else [])))
    return found


def plain(value: Any) -> Any:
    if isinstance(value, Sentence) and "values" not in value.args:
        return f"{value.code.removeprefix('data.label_')} {value.args['count']}"
    if isinstance(value, Sentence):
        return f"{value.code.removeprefix('data.label_')} {value.args['count']}: {plain(value.args['values'])}"
    if isinstance(value, (list, tuple)):
        return (" | " if value and isinstance(value[0], Sentence) else ", ").join(map(str, map(plain, value)))
    return value


@pytest.mark.parametrize(
    ("columns", "label", "said"),
    [
        (
            VOTES,
            None,
            [
                ("votes_read", "annotator_1, annotator_2", "good 2: yes/yes | tied 2: no/yes, yes/no"),
                ("label_may_be_turned", "annotator_1, annotator_2", "yes", 'label: "not annotator_1, not annotator_2"'),
                ("votes_tied", "annotator_1, annotator_2", 2, "label: annotator_1"),
            ],
        ),
        (
            {"annotator_1": ["no", "no", "no", "yes"], "annotator_2": ["no", "no", "yes", "no"]},
            None,
            [
                (
                    "votes_untold",
                    "annotator_1, annotator_2",
                    "no/no",
                    2,
                    'columns: {prompt: question, response: answer, label: "annotator_1, annotator_2"}',
                    'columns: {prompt: question, response: answer, label: "not annotator_1, not annotator_2"}',
                )
            ],
        ),
        (
            VOTES,
            "annotator_1, annotator_2",
            [
                ("label_read", "annotator_1, annotator_2", "good 2: yes/yes | tied 2: no/yes, yes/no"),
                ("label_may_be_turned", "annotator_1, annotator_2", "yes", 'label: "not annotator_1, not annotator_2"'),
                ("votes_tied", "annotator_1, annotator_2", 2, "label: annotator_1"),
            ],
        ),
        (
            VOTES,
            "not annotator_1, not annotator_2",
            [
                ("label_read", "annotator_1, annotator_2", "bad 2: yes/yes | tied 2: no/yes, yes/no"),
                ("label_may_be_turned", "annotator_1, annotator_2", "no", 'label: "annotator_1, annotator_2"'),
                ("votes_tied", "annotator_1, annotator_2", 2, 'label: "not annotator_1"'),
            ],
        ),
        (
            {**VOTES, "flag": ["ok", "ok", "bad", "ok"]},
            "annotator_1, annotator_2, flag",
            [
                ("label_read", "flag", "bad 1: bad | good 3: ok"),
                ("label_read", "annotator_1, annotator_2", "good 2: yes/yes | tied 2: no/yes, yes/no"),
                (
                    "label_may_be_turned",
                    "annotator_1, annotator_2",
                    "yes",
                    'label: "not annotator_1, not annotator_2, flag"',
                ),
                ("votes_tied", "annotator_1, annotator_2", 2, 'label: "annotator_1, flag"'),
            ],
        ),
        (
            {"votes": [["good", "bad"], ["good"], ["bad", "bad"], ["good", "?"]]},
            None,
            [("votes_read", "votes", "bad 1: bad/bad | good 2: good, good/? | tied 1: good/bad")],
        ),
        (
            {"votes": [{"good": 2, "bad": 1}, {"good": 1, "bad": 1}, {"bad": 3}, {}]},
            None,
            [("votes_read", "votes", "bad 1: 3 bad | good 1: 2 good/bad | tied 1: good/bad | unclear 1: ")],
        ),
        (
            {"Zork": ["yes", "no", "yes", "maybe"]},
            "Zork",
            [("label_read", "Zork", "bad 1: no | good 2: yes | unclear 1: maybe")],
        ),
        (
            {"Zork": ["yes", "no", "null", "yes"]},
            "Zork",
            [
                ("label_read", "Zork", "bad 1: no | good 2: yes | unclear 1: null"),
                ("label_may_be_turned", "Zork", "yes", 'label: "not Zork"'),
            ],
        ),
        (
            {"Zork": [True, False, None]},
            "Zork",
            [
                ("label_read", "Zork", "bad 1: false | good 1: true | none 1"),
                ("label_may_be_turned", "Zork", "true", 'label: "not Zork"'),
            ],
        ),
        ({"Zork": ["yes", "no"]}, "not Zork", [("label_read", "not Zork", "bad 1: yes | good 1: no")]),
        (
            {"Zork": ["yes", "no"], "Blim": ["good", "bad"]},
            "Zork, Blim",
            [
                ("label_read", "Zork", "bad 1: no | good 1: yes"),
                ("label_may_be_turned", "Zork", "yes", 'label: "not Zork, Blim"'),
                ("label_read", "Blim", "bad 1: bad | good 1: good"),
            ],
        ),
        (
            {"Zork": [1, 2, 3, 1]},
            "Zork",
            [
                ("label_read", "Zork", "unclear 4: 1, 2, 3"),
                ("label_wants_limit", "Zork", "1, 2, 3", 'label: "Zork >= 3"'),
            ],
        ),
        ({"Zork": [1, 2, 3, ""]}, "Zork >= 3", [("label_read", "Zork >= 3", "bad 2: 1, 2 | good 1: 3 | none 1")]),
        (
            {"Zork": [{"a": 1, "b": 4}, {"a": 3, "b": 4}]},
            "Zork >= 3",
            [("label_read", "Zork >= 3", "bad 1: 1/4 | good 1: 3/4")],
        ),
        (
            {"rating": [5, 4, 1, 3, 5, None], "flag": ["ok", "bad"]},
            None,
            [
                ("scale_read", "rating", "bad 1: 1 | good 4: 5, 4, 3 | none 1", 'label: "rating >= 4"'),
                ("looks_like_verdict", "flag", "ok, bad", 'label: "rating > 2, flag"'),
            ],
        ),
        (
            {"Zork": [1, 0, 1, 1]},
            "Zork",
            [("label_read", "Zork", "bad 1: 0 | good 3: 1"), ("label_may_be_turned", "Zork", "1", 'label: "not Zork"')],
        ),
        (
            {"Zork": ["a", "b", "c", "d", "e", "f", "g"]},
            "Zork",
            [("label_read", "Zork", "bad 1: f | unclear 6: a, b, c, d, e, …")],
        ),
        (
            {"verdict": ["good", "bad", "blue"]},
            None,
            [("label_by_its_name", "verdict", "bad 1: bad | good 1: good | unclear 1: blue")],
        ),
        ({"verdict": ["good", "bad", "b" * 41]}, None, []),
        ({"verdict": ["good", "bad"]}, None, []),
        ({"verdict": ["red", "blue", "blue"]}, None, []),
        ({"verdict": ["good", "blue"]}, None, [("label_by_its_name", "verdict", "good 1: good | unclear 1: blue")]),
        ({"verdict": ["bad", "blue"]}, None, [("label_by_its_name", "verdict", "bad 1: bad | unclear 1: blue")]),
        (
            {"verdict": ["good", "bad", "pending"]},
            None,
            [("unsettled_line", "verdict", "pending", 1, 'label: "verdict = good"')],
        ),
        (
            {"correct": ["yes", "no", "blue"]},
            None,
            [("label_by_its_name", "correct", "bad 1: no | good 1: yes | unclear 1: blue")],
        ),
    ],
)
def test_how_the_values_of_columns_that_judge_are_read_is_told(
    columns: dict[str, list[Any]], label: str | None, said: Told
) -> None:
    assert told(rows(columns, len(next(iter(columns.values())))), label) == said


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("ok", [True, False], [("looks_like_verdict", "ok", "true, false", "label: ok")]),
        ("quality", ["high", "low"], [("looks_like_verdict", "quality", "high, low", "label: quality")]),
        ("stars", [5, 1], [("scale_read", "stars", "bad 3: 1 | good 3: 5", 'label: "stars >= 4"')]),
        ("upvotes", [3, 0, 7], [("looks_like_score", "upvotes", "3, 0, 7", 'label: "upvotes >= 1"')]),
        (
            "helpful_votes",
            ["3", "9"],
            [("looks_like_score", "helpful_votes", "3, 9", 'label: "helpful_votes >= 7"')],
        ),
        ("likes", [1, 0], []),
        ("confidence", ["98%", "3%"], [("looks_like_score", "confidence", "98%, 3%", 'label: "confidence >= 70"')]),
        ("error_type", ["none", "typo"], [("looks_like_verdict", "error_type", "none, typo", "label: error_type")]),
        ("review", ["blue", "red"], [("looks_like_label", "review", "blue, red", 'label: "review = blue|red"')]),
        ("Zork", ["good", "bad"], [("looks_like_verdict", "Zork", "good, bad", "label: Zork")]),
        ("Zork", ["good", ""], []),
        ("Zork", ["bad", ""], [("looks_like_verdict", "Zork", "bad", "label: Zork")]),
        ("Zork", [1, -1], [("looks_like_verdict", "Zork", "1, -1", "label: Zork")]),
        ("Zork", ["1", "-1"], [("looks_like_verdict", "Zork", "1, -1", "label: Zork")]),
        ("Zork", [1, 0], []),
        ("Zork", ["bad"], []),
        ("flagged", ["x", ""], []),
        ("rejected_reason", ["x", ""], []),
        ("question_quality", ["good", "bad"], []),
        ("passed", [True, False], [("looks_like_verdict", "passed", "true, false", "label: passed")]),
        ("published", ["false", "true"], [("unsettled_line", "published", "false", 3, 'label: "published = true"')]),
        ("公開", ["0", "1"], [("unsettled_line", "公開", "0", 3, 'label: "公開 = 1"')]),
        ("visible", [True, True], []),
        ("visible", [False, False], []),
        (
            "rating_comment",
            ["good", "bad"],
            [("looks_like_verdict", "rating_comment", "good, bad", "label: rating_comment")],
        ),
        (
            "relevance",
            [0.1, 0.9, 0.5],
            [("looks_like_score", "relevance", "0.1, 0.9, 0.5", 'label: "relevance >= 0.5"')],
        ),
        ("grade", ["A+", "B", "C"], [("looks_like_label", "grade", "A+, B, C", 'label: "grade = A+|B|C"')]),
        (
            "grade",
            ["A+", "B", "fine work"],
            [("looks_like_label", "grade", "A+, B, fine work", 'label: "grade = A+|B|fine work"')],
        ),
        (
            "feedback",
            ["a" * 40, "b"],
            [("looks_like_label", "feedback", "aaaaaaaaaaaaaaaaaaa…, b", f'label: "feedback = {"a" * 40}|b"')],
        ),
        ("feedback", ["a" * 41, "b"], []),
        (
            "comment",
            ["fine", "nope", "well"],
            [("looks_like_label", "comment", "fine, nope, well", 'label: "comment = fine|nope|well"')],
        ),
        ("comment", ["fine", "nope", "well", "yes", "oh"], []),
        ("status", ["done", "open"], [("unsettled_line", "status", "open", 3, 'label: "status = done"')]),
        ("status", ["done", "done"], []),
        ("status", ["open", "open"], []),
        ("approved", ["yes", "pending"], [("unsettled_line", "approved", "pending", 3, 'label: "approved = yes"')]),
        ("upvotes", [1, 0], [("looks_like_verdict", "upvotes", "1, 0", "label: upvotes")]),
        ("label", ["A", "B", "C"], [("looks_like_label", "label", "A, B, C", 'label: "label = A|B|C"')]),
        ("label", ["food", "craft", "sport"], []),
        ("upvotes", ["many", "2"], [("looks_like_label", "upvotes", "many, 2", 'label: "upvotes = 2|many"')]),
        ("correct_answers", ["good", "bad"], []),
        ("question_flag", ["good", "bad"], []),
        (
            "eval_reason",
            ["good", "bad"],
            [("looks_like_verdict", "eval_reason", "good, bad", "label: eval_reason")],
        ),
    ],
)
def test_a_column_that_is_not_read_and_may_judge_is_told_by_its_name_and_values(
    column: str, values: list[Any], said: Told
) -> None:
    assert told(rows({column: values}, 6)) == said


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("quality", [*range(2, 102)], "looks_like_score"), ("quality", [*range(2, 103)], None),
        ("review", [f"w{n}" for n in range(12)] * 2, "looks_like_label"),
        ("review", [f"w{n}" for n in range(13)] * 2, None),
        ("review", [f"w{n}" for n in range(12)] * 2, "looks_like_label"),
        ("review", ["red", "blue", "red"], None), ("review", ["red", "blue", "red", "red"], "looks_like_label"),
    ],
)  # fmt: skip
def test_of_how_many_different_values_a_column_is_told(column: str, values: list[Any], code: str | None) -> None:
    assert [note[0] for note in told(rows({column: values}, len(values)))] == ([code] if code else [])


ASKED = {"question": "a?", "response": "x y"}
DRAFT = {"question": "a?", "answer": "draft 1", "answer_revised": ""}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (rows({"correct_answer": ["x", "y"]}, 4), [("right_one_learnt", "answer", "correct_answer", 4, "")]),
        ([{**ASKED, "reference": "z w", "faithfulness": 0.5}] * 2,
         [("reference_learnt", "response", "reference", "columns: {prompt: question, response: response")]),
        (rows({"reviewer_comment": ["good", "bad", "blue"]}, 3),
         [("label_by_its_name", "reviewer_comment", "bad 1: bad | good 1: good | unclear 1: blue")]),
        (rows({"comment": ["good", "bad", "blue"]}, 3), []),
        (rows({"human_preference": ["good", "bad", "blue"]}, 3), []),
        (rows({"quality": ["high", "low"], "quality_reason": ["wrong", "right"]}, 6),
         [("looks_like_verdict", "quality", "high, low", "label: quality")]),
        (rows({"quality_reason": ["wrong", "right"]}, 6),
         [("looks_like_verdict", "quality_reason", "wrong, right", "label: quality_reason")]),
        (rows({"Zork (quality)": ["blue", "red"]}, 6),
         [("looks_like_label", "Zork (quality)", "blue, red", 'label: "Zork (quality) = blue|red"')]),
        (rows({"Zork (quality)": [2, 5]}, 6),
         [("looks_like_score", "Zork (quality)", "2, 5", 'label: "Zork (quality) >= 4"')]),
        (rows({"quality (1-5)": [2, 5]}, 6),
         [("looks_like_score", "quality (1-5)", "2, 5", 'label: "quality (1-5) >= 4"')]),
        (rows({"Zork (1-5)": [2, 5]}, 6), [("looks_like_score", "Zork (1-5)", "2, 5", 'label: "Zork (1-5) >= 4"')]),
        (rows({"Note (1=sehr gut, 6=ungenügend)": [1, 6]}, 6),
         [("looks_like_score", "Note (1=sehr gut, 6=ungenügend)", "1, 6",
           'label: "Note (1=sehr gut, 6=ungenügend) <= 3"')]),
        (rows({"自然さ（1〜5）": [2, 5]}, 6),
         [("looks_like_score", "自然さ（1〜5）", "2, 5", 'label: "自然さ（1〜5） >= 4"')]),
        (rows({"Schulnote": [2, 5]}, 6),
         [("scale_read", "Schulnote", "bad 3: 5 | good 3: 2", 'label: "Schulnote <= 3"')]),
        (rows({"Zork (m)": [2, 5]}, 6), []), (rows({"Zork (1st of 2)": [2, 5]}, 6), []),
        (rows({"Zork (1-5)": ["a long text", "another one"]}, 6), []),
        ([{"messages": [{"role": "zork", "content": "a"}, {"role": "blim", "content": "b"}]}] * 2,
         [("unknown_roles", "messages", 2, "zork, blim", "roles: {zork: user, blim: assistant")]),
        ([{"prompt": "x", "response_a": "y", "response_b": "z", "winner": "a"}] * 2, []),
        ([{**DRAFT, "verdict": "good"}, {**DRAFT, "verdict": "bad"},
         {**DRAFT, "answer_revised": "b", "verdict": "bad"}],
         [("unrevised_left_out", "answer_revised", 1, "answer",
           'columns: {prompt: question, response: "answer_revised, answer"')]),
    ],
)  # fmt: skip
def test_what_else_the_columns_of_a_source_tell(given: list[dict[str, Any]], said: Told) -> None:
    assert told(given) == said
