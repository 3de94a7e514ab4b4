"""Marks, ranks, ratings and votes that judge by what all rows hold: at the bounds, and of names that judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import (
    evaluated,
    fault_flags,
    hardness,
    lowest_marks,
    pupils,
    ranked_rows,
    turn_ratings,
    verdict_votes,
    versions,
)

PAIR = Columns(prompt="q", response="r")


def of_all(look: Any, rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, tuple[str, str]], bool]:
    for row in rows:
        look.add(row)
    return look.found(), look.is_open()


def lowest(
    values: Sequence[Any], name: str = "score", where: Columns = PAIR, more: Sequence[str] = ()
) -> dict[str, tuple[str, str]]:
    return of_all(
        lowest_marks.LowestMarks([name], ["q", "r", name, *more], where), [{name: value} for value in values]
    )[0]


def ranked(ranks: Sequence[Any], name: str = "rank") -> dict[str, tuple[str, str]]:
    """Of three questions, each asked twice."""
    rows = [{"q": str(place // 2), name: rank} for place, rank in enumerate(ranks)]
    return of_all(ranked_rows.RankedRows([name], Columns(prompt="q", response="r")), rows)[0]


def rated(*values: Any) -> dict[str, tuple[str, str]]:
    rows = [
        {"m": [{"role": "user", "content": "p", "rating": 9}, {"role": "assistant", "content": "s", "rating": it}]}
        for it in values
    ]
    look = turn_ratings.TurnRatings()
    for row in rows:
        look.add(row, Columns(messages="m"))
    return look.found()


def unsolved(rows: Sequence[Mapping[str, Any]], label: str | None = None) -> list[tuple[str, int]]:
    return list(hardness.unsolved(rows, Columns(prompt="q", response="r", label=label)))


def rating_may_be_told(*values: Any) -> bool:
    look = turn_ratings.TurnRatings()
    for value in values:
        look.add({"m": [{"role": "assistant", "content": "s", "rating": value}]}, Columns(messages="m"))
    look.add({"m": "x"}, Columns(messages="m"))
    return look.is_open()


def votes(rows: Sequence[Mapping[str, Any]], label: str | None = None) -> tuple[dict[str, tuple[str, str]], bool]:
    names = [*dict.fromkeys(name for row in rows for name in row)]
    return of_all(verdict_votes.Look(["q", "r", *names], Columns(prompt="q", response="r", label=label)), rows)


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0],), {"the lowest one is bad": ("score", "")}),
    (lowest, ([0.0, 1.0, 1.0, 1.0],), {}),
    (lowest, ([1.0] * 5,), {}),
    (lowest, ([0.0, 1.0, 0.5, 1.0, 1.0],), {}),
    (lowest, ([0, 1, 1, 1, 1],), {}),
    (lowest, (["0.0", "1.0", "1.0", "1.0", "1.0"],), {"the lowest one is bad": ("score", "")}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "answer_score"), {"the lowest one is bad": ("answer_score", "")}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "colour"), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "score", Columns(prompt="q", response="responses")), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "score", Columns(prompt="q", response="gold")), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "score", Columns(prompt="q", response="r"), ["student_answer"]), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "score", Columns(prompt="q", response="r"), ["predicted_answer"]), {}),
    (lowest, (["0/20", "5/20", "20/20"], "mark"), {"the lowest one is bad": ("mark", "")}),
    (lowest, (["0/20", "5/20"], "mark"), {}),
    (lowest, (["1/20", "5/20", "20/20"], "mark"), {}),
    (lowest, (["0/20", "0/20", "0/20"], "mark"), {}),
    (lowest, (["0/20", "5/20", "20/25"], "mark"), {}),
    (lowest, (["0/20", "5/20", None, ""], "mark"), {"the lowest one is bad": ("mark", "")}),
    (lowest, (["0/20", "5/20", "good"], "mark"), {}),
    (lowest, (["0/1", "1/1", "1/1"], "mark"), {}),
    (lowest, (["0/2", "1/2", "2/2"], "mark"), {"the lowest one is bad": ("mark", "")}),
    (lowest, (["0,5/20", "5/20", "20/20"], "mark"), {}),
    (lowest, ([" 0 sur 20 ", "5 sur 20", "20 sur 20"], "note"), {"the lowest one is bad": ("note", "")}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, 1.0], "score", Columns(prompt="q", response="r", choices="o", answer="a")), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, None],), {}),
    (lowest, ([0.0, 1.0, 1.0, 1.0, "1"],), {}),
    (lowest, ([-1.0, 0.0, 1.0, 1.0, 1.0],), {}),
    (lowest, ([True, False, True, False, True],), {}),
    (lowest_marks.of, ({"score": "0.0"}, {lowest_marks.LOWEST: ("score", "")}), ("score", "0.0")),
    (lowest_marks.of, ({"score": "1.0"}, {lowest_marks.LOWEST: ("score", "")}), None),
    (lowest, (["0 von 20", "2,5 out of 20", "20/20"], "mark"), {"the lowest one is bad": ("mark", "")}),
    (lowest_marks.of, ({"mark": "0/20"}, {lowest_marks.LOWEST: ("mark", "")}), ("mark", "0/20")),
    (lowest_marks.of, ({"mark": "1/20"}, {lowest_marks.LOWEST: ("mark", "")}), None),
    (lowest_marks.of, ({"mark": 1.0, "score": 0.0}, {lowest_marks.LOWEST: ("mark\nscore", "")}), ("score", "0.0")),
    (lowest_marks.of, ({"mark": 0}, {lowest_marks.LOWEST: ("mark", "")}), None),
    (ranked, ([1, 2, 2, 1, 1, 2],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([0, 1, 1, 0, 0, 1],), {"ranks of answers to one question, and the best one": ("0 rank", "")}),
    (ranked, ([2, 3, 3, 2, 2, 3],), {}),
    (ranked, ([1, 2, 1, 2],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([1, 2],), {}),
    (ranked, ([1, 2] * 9 + [2, 3],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([1, 2] * 8 + [2, 3],), {}),
    (ranked, ([1, 2] * 2 + [-1, 0],), {}),
    (ranked, ([1, 2] * 2 + [9],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([1, 2, 1, 2, 1, 3],), {}),
    (ranked, ([1, 2, 1, None, 1, 2],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([1, 2, 1, 2, 1, "a"],), {}),
    (ranked, ([1, 2, 1, 2, 1, ""],), {"ranks of answers to one question, and the best one": ("1 rank", "")}),
    (ranked, ([1, 2, 1, 2], "colour"), {}),
    (
        ranked,
        ([1, 2, 1, 2], "human_rank"),
        {"ranks of answers to one question, and the best one": ("1 human_rank", "")},
    ),
    (ranked_rows.of, ({"rank": 2}, {ranked_rows.RANKED: ("1 rank", "")}), ("rank", "2")),
    (ranked_rows.of, ({"rank": 1}, {ranked_rows.RANKED: ("1 rank", "")}), None),
    (ranked_rows.of, ({"rank": "a"}, {ranked_rows.RANKED: ("1 rank", "")}), None),
    (ranked_rows.of, ({"rank": 1, "more": 1}, {ranked_rows.RANKED: ("1 rank\n0 more", "")}), ("more", "1")),
    (ranked_rows.of, ({"rank": 2}, {}), None),
    (ranked_rows.places, ({ranked_rows.RANKED: ("1 rank\n0 more", "")},), ["rank", "more"]),
    (ranked_rows.places, ({},), []),
    (rated, (-1, 1), {"ratings on answers of a talk, up to which they condemn": ("-1 rating", "")}),
    (rated, (0, 1), {"ratings on answers of a talk, up to which they condemn": ("0 rating", "")}),
    (rated, (1, 5), {"ratings on answers of a talk, up to which they condemn": ("2 rating", "")}),
    (rated, (1, 4), {}),
    (rated, (2, 5), {}),
    (rated, (-1, 0, 1), {"ratings on answers of a talk, up to which they condemn": ("-1 rating", "")}),
    (rated, (-2, 1), {}),
    (rated, (-1, 0), {}),
    (rated, ("1", "5"), {"ratings on answers of a talk, up to which they condemn": ("2 rating", "")}),
    (rated, (None, None), {}),
    (rating_may_be_told, (1,), True),
    (rating_may_be_told, (1, "good"), False),
    (rating_may_be_told, (2.5, 1), False),
    (rating_may_be_told, (None,), False),
    (rated, (0, 5), {}),
    (rated, (1,), {}),
    (rated, (1, 5, 2.5), {}),
    (rated, (1, 5, "good"), {}),
    (rated, (1, 5, ""), {"ratings on answers of a talk, up to which they condemn": ("2 rating", "")}),
    (
        turn_ratings.of,
        (
            {"m": [{"role": "assistant", "content": "s", "rating": 1}]},
            Columns(messages="m"),
            {turn_ratings.RATED: ("2 rating", "")},
        ),
        ("m.rating", "1"),
    ),
    (
        turn_ratings.of,
        (
            {
                "m": [
                    {"role": "assistant", "content": "s", "rating": 1},
                    {"role": "user", "content": "p"},
                    {"role": "assistant", "content": "s", "rating": 3},
                ]
            },
            Columns(messages="m"),
            {turn_ratings.RATED: ("2 rating", "")},
        ),
        None,
    ),
    (turn_ratings.of, ({"m": []}, Columns(messages="m"), {turn_ratings.RATED: ("2 rating", "")}), None),
    (
        turn_ratings.of,
        (
            {"m": [{"role": "assistant", "content": "s", "stars": 1}]},
            Columns(messages="m"),
            {turn_ratings.RATED: ("2 rating", "")},
        ),
        None,
    ),
    (votes, ([{"score": -1}, {"score": 1}],), ({"below 0 is bad": ("score", "")}, True)),
    (votes, ([{"score": -1}, {"score": 7}],), ({"below 0 is bad": ("score", "")}, True)),
    (votes, ([{"rating": -1}, {"rating": 7}],), ({}, True)),
    (votes, ([{"rating": -1}, {"rating": 1}],), ({"below 0 is bad": ("rating", "")}, True)),
    (votes, ([{"score": 0}, {"score": 1}],), ({}, True)),
    (votes, ([{"score": -1}, {"score": 0}],), ({}, True)),
    (votes, ([{"score": -1}, {"score": 1.5}],), ({}, False)),
    (votes, ([{"score": -1}, {"score": None}, {"score": 1}],), ({"below 0 is bad": ("score", "")}, True)),
    (votes, ([{"score": -1}, {"score": "a"}, {"score": 1}],), ({}, False)),
    (votes, ([{"upvotes": 1, "downvotes": 2}],), ({"bad where the second is more": ("upvotes, downvotes", "")}, True)),
    (
        votes,
        ([{"upvotes": 1, "downvotes": None}],),
        ({"bad where the second is more": ("upvotes, downvotes", "")}, True),
    ),
    (votes, ([{"upvotes": 1, "downvotes": -2}],), ({}, True)),
    (votes, ([{"upvotes": 1, "downvotes": "a"}],), ({}, True)),
    (votes, ([{"upvotes": -1}, {"upvotes": 3}],), ({"below 0 is bad": ("upvotes", "")}, True)),
    (
        votes,
        ([{"正解": "○"}, {"正解": "×"}],),
        ({"says whether the answer is right, not which one is": ("正解", "")}, True),
    ),
    (votes, ([{"正解": "○"}, {"正解": "○"}],), ({}, True)),
    (votes, ([{"正解": "○"}, {"正解": "東京"}],), ({}, False)),
    (votes, ([{"正解": "○", "r": "×"}, {"正解": "×", "r": "○"}],), ({}, False)),
    (
        votes,
        ([{"正解": "○"}, {"正解": "×"}], "正解"),
        ({"says whether the answer is right, not which one is": ("正解", "")}, True),
    ),
    (votes, ([{"colour": 1}],), ({}, False)),
    (
        votes,
        ([{"q": str(at // 2), "rank": at % 2} for at in range(4)],),
        ({"ranks of answers to one question, and the best one": ("0 rank", "")}, True),
    ),
    (votes, ([{"mark": mark} for mark in ("0/20", "5/20", "20/20")],), ({"the lowest one is bad": ("mark", "")}, True)),
    (votes, ([{"mark": mark} for mark in ("0/20", "blue")],), ({}, False)),
    (
        votes,
        ([{"rating": rating} for rating in (1, 2, 3, 4, 5)],),
        ({"scores up to which an answer is bad": ("rating > 2", "")}, True),
    ),
    (votes, ([{"score,": -1}, {"score,": 1}],), ({}, False)),
    (votes, ([{"r": -1}, {"r": 1}],), ({}, False)),
    (votes, ([{"score": -1}, {"score": 1}], "score"), ({"below 0 is bad": ("score", "")}, True)),
    (votes, ([{"score": -2}, {"score": 1}],), ({"below 0 is bad": ("score", "")}, True)),
    (votes, ([{"rating": -2}, {"rating": 1}],), ({}, True)),
    (votes, ([{"likes": 1, "dislikes": 1.5}],), ({}, False)),
    (votes, ([{"likes": 0, "dislikes": ""}],), ({"bad where the second is more": ("likes, dislikes", "")}, True)),
    (
        votes,
        ([{"正解": " ○\ufe0f"}, {"正解": "TRUE"}, {"正解": "false"}],),
        ({"says whether the answer is right, not which one is": ("正解", "")}, True),
    ),
    (votes, ([{"正解": "○", "q": "×"}, {"正解": "×"}],), ({}, False)),
    (verdict_votes.of, ({"正解": False}, {verdict_votes.MARKED: ("正解", "")}), ("正解", "False")),
    (verdict_votes.of, ({"a": -1, "b": -2}, {verdict_votes.BELOW_0: ("b\na", "")}), ("b", "-2")),
    (verdict_votes.of, ({"a": "x"}, {verdict_votes.BELOW_0: ("a", "")}), None),
    (verdict_votes.of, ({"up": "", "down": 0}, {verdict_votes.COUNTED: ("up, down", "")}), None),
    (verdict_votes.of, ({"rating": 2}, {"scores up to which an answer is bad": ("rating > 2", "")}), ("rating", "2")),
    (verdict_votes.of, ({"mark": "0/20"}, {lowest_marks.LOWEST: ("mark", "")}), ("mark", "0/20")),
    (verdict_votes.of, ({"rank": 2}, {ranked_rows.RANKED: ("1 rank", "")}), ("rank", "2")),
    (verdict_votes.of, ({"a": "good", "b": "bad"}, {"most of these count": ("a, b", "")}), ("a, b", "")),
    (
        verdict_votes.places,
        ({"most of these count": ("a, b", ""), "scores up to which an answer is bad": ("rating > 2", "")},),
        ["a", "b", "rating"],
    ),
    (verdict_votes.as_label, ("rating", {"scores up to which an answer is bad": ("rating > 2", "")}), "rating > 2"),
    (verdict_votes.as_label, ("mark", {lowest_marks.LOWEST: ("mark", "")}), "mark > 0"),
    (verdict_votes.as_label, ("a", {}), "a"),
    (verdict_votes.of, ({"score": -1}, {verdict_votes.BELOW_0: ("score", "")}), ("score", "-1")),
    (verdict_votes.of, ({"score": 0}, {verdict_votes.BELOW_0: ("score", "")}), None),
    (verdict_votes.of, ({"up": 1, "down": 2}, {verdict_votes.COUNTED: ("up, down", "")}), ("up, down", "<")),
    (verdict_votes.of, ({"up": 2, "down": 2}, {verdict_votes.COUNTED: ("up, down", "")}), None),
    (verdict_votes.of, ({"up": None, "down": 1}, {verdict_votes.COUNTED: ("up, down", "")}), ("up, down", "<")),
    (verdict_votes.of, ({"正解": "×"}, {verdict_votes.MARKED: ("正解", "")}), ("正解", "×")),
    (verdict_votes.of, ({"正解": "x"}, {verdict_votes.MARKED: ("正解", "")}), ("正解", "x")),
    (verdict_votes.of, ({"正解": "○"}, {verdict_votes.MARKED: ("正解", "")}), None),
    (
        verdict_votes.places,
        (
            {
                verdict_votes.COUNTED: ("up, down", ""),
                verdict_votes.BELOW_0: ("score", ""),
                lowest_marks.LOWEST: ("mark", ""),
                ranked_rows.RANKED: ("1 rank", ""),
            },
        ),
        ["score", "up", "down", "rank", "mark"],
    ),
    (
        verdict_votes.without_marks,
        (Columns(prompt="q", response="r", answer="正解"), {verdict_votes.MARKED: ("正解", "")}),
        Columns(prompt="q", response="r"),
    ),
    (
        verdict_votes.without_marks,
        (Columns(prompt="q", response="r", answer="gold"), {verdict_votes.MARKED: ("正解", "")}),
        Columns(prompt="q", response="r", answer="gold"),
    ),
    (
        verdict_votes.rejected_scores_more,
        ({"chosen_score": 1, "rejected_score": 2},),
        ("chosen_score", "< rejected_score"),
    ),
    (verdict_votes.rejected_scores_more, ({"chosen_score": 2, "rejected_score": 2},), None),
    (verdict_votes.rejected_scores_more, ({"chosen_score": "a", "rejected_score": 2},), None),
    (verdict_votes.rejected_scores_more, ({"chosen_length": 1, "rejected_length": 2},), None),
    (verdict_votes.rejected_scores_more, ({"chosen_score": 1},), None),
    (versions.uses, (("q", "use?"),), "use?"),
    (versions.uses, (("q", "採用"),), "採用"),
    (versions.uses, (("q", "colour"),), None),
    (versions.answers, (("new_answer", "old_answer", "old", "q"),), {"old": "old_answer", "new": "new_answer"}),
    (versions.answers, (("answer_alt", "answer_neu"),), {"alt": "answer_alt", "neu": "answer_neu"}),
    (versions.answers, (("alte_antwort", "neue_antwort"),), {"alte": "alte_antwort", "neue": "neue_antwort"}),
    (versions.answers, (("回答_修正前", "回答_修正後"),), {"修正前": "回答_修正前", "修正後": "回答_修正後"}),
    (versions.answers, (("旧の回答", "新の回答"),), {"旧": "旧の回答", "新": "新の回答"}),
    (versions.answers, (("behold", "anew"),), {}),
    (
        versions.answers,
        (("model_answer_old", "model_answer_new"),),
        {"old": "model_answer_old", "new": "model_answer_new"},
    ),
    (versions.answers, (("old_answer_text", "new_answer_text"),), {"old": "old_answer_text", "new": "new_answer_text"}),
    (versions.answers, (("回答古", "回答新"),), {}),
    (
        versions.answers,
        (("antes_respuesta", "después_respuesta"),),
        {"antes": "antes_respuesta", "después": "después_respuesta"},
    ),
    (versions.named, (" NEW。", ["old_answer", "new_answer"], ["old", "new"]), 1),
    (versions.named, ("old", ["old", "old"], ["old", "new"]), 0),
    (versions.named, ("alt", ["antwort_1", "antwort_2"], ["alte", "neue"]), 0),
    (versions.answers, (("old", "new"),), {"old": "old", "new": "new"}),
    (versions.answers, (("old_answer", "new_answer"),), {"old": "old_answer", "new": "new_answer"}),
    (versions.answers, (("old_colour", "new_colour"),), {}),
    (versions.answers, (("answer_old", "answer_new", "q"),), {"old": "answer_old", "new": "answer_new"}),
    (versions.answers, (("旧回答", "新回答"),), {"旧": "旧回答", "新": "新回答"}),
    (versions.answers, (("回答（旧）", "回答（新）"),), {"旧": "回答（旧）", "新": "回答（新）"}),
    (versions.answers, (("old", "q"),), {}),
    (versions.answers, (("old", "new", "old_answer", "new_answer"),), {}),
    (versions.answers, (("before", "after"),), {"before": "before", "after": "after"}),
    (versions.named, ("New", ["old_answer", "new_answer"], ["old", "new"]), 1),
    (versions.named, ("old_answer", ["old_answer", "new_answer"], ["old", "new"]), 0),
    (versions.named, ("both", ["old_answer", "new_answer"], ["old", "new"]), "tie"),
    (versions.named, ("neither.", ["old_answer", "new_answer"], ["old", "new"]), "bad"),
    (versions.named, ("blue", ["old_answer", "new_answer"], ["old", "new"]), None),
    (versions.named, (7, ["old_answer", "new_answer"], ["old", "new"]), None),
    (versions.named, ("neu", ["alte", "neue"], ["alte", "neue"]), 1),
    (hardness.is_one, ("pass_rate", "rate", Columns(prompt="q", response="r", reasoning="solution")), True),
    (hardness.is_one, ("pass_rate", "rate", Columns(prompt="q", response="r")), False),
    (hardness.is_one, ("solved", "run", Columns(prompt="q", response="r", reasoning="solution")), True),
    (hardness.is_one, ("success", "run", Columns(prompt="q", response="r", reasoning="solution")), False),
    (hardness.is_one, ("solved", "run", Columns(prompt="q", response="r", reasoning="thought")), False),
    (hardness.is_one, ("humanScore", "thumb", Columns(prompt="q", choices="o", answer="a")), True),
    (hardness.is_one, ("thumbs_up", "thumb", Columns(prompt="q", choices="o", answer="a")), False),
    (hardness.is_one, ("human_score", "thumb", Columns(prompt="q", response="r")), False),
    (hardness.is_one, ("pass_rate", "rate", Columns(prompt="q", choices="o", answer="a", reasoning="solution")), True),
    (hardness.is_one, ("solved", "answer", Columns(prompt="q", response="r", reasoning="solution")), False),
    (unsolved, ([{"pass_rate": 0}, {"pass_rate": 0.5}, {"pass_rate": "0%"}],), [("pass_rate", 2)]),
    (unsolved, ([{"pass_rate": 0.5}],), []),
    (unsolved, ([{"pass_rate": 0}, {}], "pass_rate"), []),
    (unsolved, ([{"is_correct": 0}],), []),
    (unsolved, ([],), []),
    (evaluated.reference, ({"reference": "ref", "faithfulness": "f"},), "ref"),
    (evaluated.reference, ({"reference": "ref"},), None),
    (evaluated.is_worked, ("So it is 7, as I said.", "7"), True),
    (evaluated.is_worked, ("7", "7"), False),
    (evaluated.is_worked, ("77", "7"), True),
    (evaluated.is_worked, ("So it is 8, as I said.", "7"), False),
    (evaluated.is_worked, ("\\boxed{8}", "7"), True),
    (evaluated.is_worked, ("So it is.", ""), False),
    (evaluated.is_worked, (7, "7"), False),
    (evaluated.is_worked, ("7", 7), False),
    (evaluated.is_worked, ("<think>8</think>", "7"), True),
    (evaluated.is_worked, ("So it is Seven", "SEVEN "), True),
    (evaluated.is_worked, ("is seven", "seven"), False),
    (evaluated.is_worked, ("it isseven", "seven"), True),
    (evaluated.reference, ({"expected_output": "e", "reference": "r", "judge_score": "f"},), "r"),
    (evaluated.reference, ({"answer": "a", "judge_score": "f"},), None),
    (evaluated.without_scores, (["q", "reference", "faithfulness"], "reference", str), ("q", "reference")),
    (evaluated.without_scores, (["q", "reference", "faithfulness"], "q", str), None),
    (evaluated.without_scores, (["q", "reference", "faithfulness"], None, str), None),
    (fault_flags.kind_of, ("is_false",), "wrong"),
    (fault_flags.kind_of, ("dangerous",), "harm"),
    (fault_flags.kind_of, ("should_be_refused",), "request"),
    (fault_flags.kind_of, ("colour",), None),
    (fault_flags.is_one, ("error",), True),
    (fault_flags.is_one, ("colour",), False),
    (pupils.is_answer, ("student_answer",), True),
    (pupils.is_answer, ("answer",), False),
    (pupils.is_grade, ("grade",), True),
    (pupils.is_grade, ("model_grade",), False),
    (pupils.is_grade, ("colour",), False),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_marks_and_names_say_of_an_answer(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
