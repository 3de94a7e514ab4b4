"""How what condemns an answer is told: as it stands there, where many rows may say the same."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.judged import verdict_names, verdict_values, verdict_votes
from so8t_engine.data.adapters.judged.verdict_names import Kind


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("critique", "Long and polite. The answer is wrong.", "wrong"),
        ("verdict", "回答は誤りです。", "誤り"),
        ("thumb", "This is not correct.", "not correct"),
        ("safe", "unsafe\nThe response is harmful: S1", "unsafe"),
        ("tests", 0.4, "0..1"),
        ("tests", "0.4", "0..1"),
        ("rate", 0.4, "0.5..1"),
        ("tests", 0, "0"),
        ("vote", "-1", "-1"),
        ("tests", "3/5", "< 100 %"),
        ("tests", " 60 % ", "< 100 %"),
        ("answer", " Wrong\nSee below", "Wrong"),
        ("answer", False, "false"),
        ("tests", [True, 0.5, False], "0..1"),
        ("tests", [], "false"),
        ("against", "It names the wrong year.", "…"),
    ],
)
def test_what_condemns_is_told_as_one_of_few_values(kind: Kind, value: Any, said: str) -> None:
    assert verdict_values.told(kind, value) == said


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        ("verdict", "good", True),
        ("verdict", "good\nas all of it is so", True),
        ("verdict", "Correct: it follows", True),
        ("verdict", "wrong", True),
        ("verdict", "blue", False),
        ("verdict", "blue\ngood", False),
        ("word", "blue", False),
        ("word", "good", True),
        ("word", "4/5", True),
        ("critique", "good", False),
        ("critique", "The answer is wrong.", True),
        ("answer", "blue", False),
        ("answer", True, True),
        ("answer", 1, True),
    ],
)
def test_a_value_of_which_nobody_knows_what_it_says_is_not_known(kind: Kind, value: Any, known: bool) -> None:
    assert verdict_values.is_known(kind, value) is known


KINDS: tuple[Kind, ...] = (
    "answer", "low", "harm", "wrong", "vote", "rating", "fault", "word", "rate", "tests", "run", "verdict", "thumb",
     "critique",
    "against", "remark", "stated", "checked", "predicted", "safe", "request", "seen",
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (0, "xxoo..o.xxxxx....x.xo."), (1, "oxxxoox.ooooo.x..o.ox."), (-1, "xx..xx...xxxx....x.x.."),
        (0.5, ".xxxoo..ox..o.x.....x."), (0.4, "xxoooo..oxxxo.x..x.xo."), (2, "oo..oo..ooooo.x..o.o.."),
        (True, "ooxxo.xooooooox..o.ox."), (False, "xxoox.oxxxxxxxx..x.xo."), ("0", "xxoo..o.xxxxx....x.xo."),
        ("good", "oo..ooooooooooxooo.o.o"), ("bad", "xx.xxxxxxxxxxxxxxx.x.x"), ("x", "...x..oooooo.ox..o...."),
        ("no", "xxoox.oxxxxxxxo..x.xo."), ("4/5", "x.....oooxxo.ox..o...."), ("5/5", "o.....oooooo.ox..o...."),
        ("80 %", "x.....oooxxo.ox..o...."), ("100%", "o.....oooooo.ox..o...."),
        ("Correct, it is.", "oo..ooooooooooxooo.o.o"), ("👎", "xx..xxxxxxxxxxxxxx.x.x"),
        ("★★★", "......oooooo.ox..o...."), ([True, False], "ooooo.oooxxooox..o.oo."),
        ([True, True], "ooxxo.xooooooox..o.ox."), ([False, True, False], "oooox.oooxxxxox..o.oo."),
        ([], "......................"), (["?"], "......oooooo.ox..o...."), ([[True]], "......................"),
        ([1, 0, 0], "oxooooo.oxxxx.x..o.oo."), (-2, ".x..x................."), (1.5, "oo..oo..ooooo.x..o.o.."),
        (0.6, ".xxxoo..ox..o.x.....x."), ("harmful", "xxxxx.xxxxxxxxxx.x.xx."), ("safe", "ooooo.ooooooooxo.o.oo."),
        ("unsafe\nbecause it tells how", "xxxxx.xxxxxxxxxx.x.xx."), ("internal", "......oooooo.ox..o...x"),
        ("public", "......oooooo.ox..o...o"), ("length", "......xxxxxx.xx..x...."),
        ("timeout", "......xxxxxx.xx..x...."), ("wrong answer", "xx..xxxxxxxxxxxxxx.x.x"),
        ("NameError: x", "......xxxxxx.xx..x...."), ("open", "......oooooo.ox..o...."),
        ("○", "ooxxooooooooooxooo.oxo"), ("✓", "ooxxooooooooooxooo.oxo"), ("jailbreak", "..x...oooooo.ox..o..x."),
        ("benign", "ooooo.ooooooooxo.o.oo."), ("up", "....o.oooooooox..o...."), ("dislike", "xx..xxxxxxxxxxxxxx.x.x"),
        ("要修正", "xx.xxxxxxxxxxxxxxx.x.x"), ("ok", "oo.ooooooooooooooo.o.o"), ("none", "......oooooo.oo..o...."),
        ("-", "......oooooo.oo..o...."), ("2024-05-01", "......oooooo.ox..o...."),
        ("The answer is wrong.", "......oooooxxxx..o...."), ("回答は誤りです", "......oooooxxxx..o...."),
        ("Verdict: correct", "......oooooo.ox..o...."), ("So it is. Conclusion: incorrect.", "......oooooxxxx..x...."),
        ("yes", "ooxxo.xooooooox..o.ox."), ("あり", "..xx..xooooo.ox..o..x."), ("なし", "..oo..oooooo.oo..o..o."),
        ("nein", "xxoox.oxxxxxxxx..x.xo."), ("good / bad", "xx..xxxxxxxxxxxxxx.x.x"),
        ("good / ok", "oo..ooooooooooxooo.o.o"), ("good\nbad", "oo..o.oooooooox..o.o.."),
        ("blue", "......oooooo.ox..o...."), (None, "......................"),
        (["good", "bad"], "oo.xoooooxxoooxooo.o.o"), (["bad", "bad", "good"], "oo.xxxoooxxxxoxxxo.o.o"),
        (["good", "blue"], "oo..ooooooooooxooo.o.o"), ("", "ooooo.ooooooooo..o.oo."),
        ({"a": 1}, "......................"), ("very good", "oo..ooooooooooxooo.o.o"),
        ("とても良い", "oo..ooooooooooxooo.o.o"), ("1. good", "oo..ooooooooooxooo.o.o"),
        ("x" * 41, "......oooooo.ox..o...."), ("Correct: " + "y" * 40, "oo..ooooooooooxooo.o.o"),
        ("not correct\nas it is 7", "xx..x.xxxxxxxxx..x.x.."), ("5/0", "o.....oooooo.ox..o...."),
        ("0%", "x.....ooxxxo.ox..o...."),
    ],
)  # fmt: skip
def test_a_value_condemns_x_praises_o_or_says_nothing_by_what_it_judges(value: Any, found: str) -> None:
    marks = {True: "x", False: "o", None: "."}
    assert "".join(marks[verdict_values.finding(kind, value)] for kind in KINDS) == found


@pytest.mark.parametrize(
    ("value", "figure"),
    [(3, 3), ("3", 3), (" 3.5 ", 3.5), ("4/5", 0.8), ("3/0", 3), ("80 %", 80), ("★★", 2), ("x", None), ("", None),
     (None, None), (True, None)],
)  # fmt: skip
def test_a_figure_says_how_good_something_is(value: Any, figure: float | None) -> None:
    assert verdict_values.figure_of(value) == figure


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("answer", False, "false"), ("answer", 0.1, "0..0.5"),
        ("harm", 0.5, "0.5..1"), ("tests", 0.5, "0..1"), ("tests", 1.5, "1.5"),
        ("tests", "4/5", "< 100 %"), ("answer", "bad\nmore", "bad"),
        ("against", "x", "…"), ("critique", "The answer is wrong.", "wrong"), ("verdict", "回答は誤りです", "誤り"),
        ("checked", "So. Verdict: incorrect", "incorrect"),
        ("answer", [True, "bad"], "bad"), ("answer", [], "false"), ("answer", "Incorrect, as it is 7", "Incorrect"),
        ("answer", "Not correct\nas it is 7", "Not correct"), ("answer", 1, "1"), ("rate", "0%", "0%"),
        ("rate", "0/8", "0/8"), ("answer", 0.5, "0.5..1"),
        ("safe", 0.49, "0..0.5"), ("answer", 0, "0"), ("answer", " Wrong \nas it is 7", "Wrong"),
        ("vote", "The answer is wrong.", "The answer is wrong."), ("answer", ["good", False, "bad"], "false"),
        ("thumb", "This is not correct.", "not correct"), ("verdict", "good", "good"),
    ],
)  # fmt: skip
def test_what_condemns_is_told_in_few_words(kind: Kind, value: Any, told: str) -> None:
    assert verdict_values.told(kind, value) == told


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        ("run", "good", True), ("run", "x", False), ("run", 1, True), ("run", "4/5", True), ("verdict", "x", False),
        ("verdict", "good", True), ("verdict", "good\nx", True),
        ("verdict", "w" * 40, False), ("verdict", "1", True), ("critique", "good", False),
        ("critique", "bad", True), ("answer", "x", False), ("answer", "good", True),
    ],
)  # fmt: skip
def test_a_value_is_known_where_its_word_is(kind: Kind, value: Any, known: bool) -> None:
    assert verdict_values.is_known(kind, value) is known


@pytest.mark.parametrize(
    ("found", "faults"), [(["a"], True), ([], False), (["bad"], "v"), ([{"x": 1}], True), ([1], "v"),
    (["a", 1], "v"), (["a", "bad"], "v"), ("x", "v")]
)  # fmt: skip
def test_a_list_of_faults_holds_some_or_says_good_and_bad(found: Any, faults: object) -> None:
    assert verdict_values.faults("v", found) == faults


@pytest.mark.parametrize(
    ("names", "response", "judging"),
    [
        (("openai_moderation", "is_correct", "response_quality"), "response",
         (("openai_moderation", "harm"), ("response_quality", "word"), ("is_correct", "answer"))),
        (("q", "score", "gold_standard_solution"), "x", (("score", "answer"),)),
        (("score", "response_id", "problem_id"), "x", (("score", "answer"),)),
        (("score",), "x", ()), (("r1_solution", "r1_correct", "r1_x"), None, (("r1_correct", "answer"),)),
        (("r1_solution", "o1_solution", "r1_correct"), None, ()),
        (("is_correct", "harmful", "response_harmful"), "response", (("response_harmful", "harm"),
        ("is_correct", "answer"), ("harmful", "harm"))),
    ],
)  # fmt: skip
def test_what_judges_an_answer_comes_before_what_judges_the_row(
    names: tuple[str, ...], response: str | None, judging: object
) -> None:
    assert verdict_names.judging(names, response) == judging


@pytest.mark.parametrize(
    ("name", "names", "response", "another"),
    [("gpt_grade", ("gpt_answer", "me_answer"), "me_answer", True),
    ("me_grade", ("gpt_answer", "me_answer"), "me_answer", False),
     ("gpt_grade", ("gpt_answer",), "gpt_answer", False), ("x_grade", ("gpt_answer", "y"), "y", False),
     ("gpt_grade", ("gpt_answer", "y"), None, True)],
)  # fmt: skip
def test_a_grade_is_of_another_answer_whose_name_it_begins_with(
    name: str, names: tuple[str, ...], response: str | None, another: bool
) -> None:
    assert verdict_names.of_another(name, names, response) is another


def test_a_rate_is_of_tests_where_they_stand_beside_it() -> None:
    assert verdict_names.is_of_tests("pass_rate", ("pass_rate", "tests")) is True
    assert (
        verdict_names.is_of_tests("pass_rate", ("pass_rate",))
        is False
        is verdict_names.is_of_tests("tests", ("tests",))
    )


@pytest.mark.parametrize(
    ("row", "more"),
    [({"chosen_score": 1, "rejected_score": 2}, ("chosen_score", "< rejected_score")),
    ({"chosen_score": 2, "rejected_score": 1}, None),
     ({"chosen_score": 1, "rejected_score": 1}, None), ({"chosen_score": 1}, None),
     ({"chosen_x": 1, "rejected_x": 2}, None), ({"score": 1}, None),
     ({"score_chosen": "1", "score_rejected": "2"}, ("score_chosen", "< score_rejected")),
     ({"chosen_score": None, "rejected_score": 2}, None)],
)  # fmt: skip
def test_the_rejected_answer_scores_more_where_figures_say_so(row: dict[str, Any], more: object) -> None:
    assert verdict_votes.rejected_scores_more(row) == more


def test_the_word_of_somebody_satisfied_calls_an_answer_good_in_a_column_that_may_hold_anything() -> None:
    told = {
        word: verdict_values.finding("answer", word) for word in ("sehr zufrieden", "とても満足", "unzufrieden", "blue")
    }
    assert told == {"sehr zufrieden": False, "とても満足": False, "unzufrieden": True, "blue": None}
