"""What several people say of an answer, read word by word: who speaks, for or against it, and what all rows tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from so8t_engine.data.adapters.judged import ballots
from so8t_engine.data.adapters.judged.ballots import NAMED_BY_USER, PEOPLE, UNTOLD, YES_IS_GOOD


def told(rows: Sequence[Mapping[str, Any]], named: bool = False) -> tuple[dict[str, tuple[str, str]], bool]:
    """What all rows tell, and whether more may tell more."""
    look = ballots.BallotLook([name for name in rows[0] if name not in ("q", "r")], [*rows[0]], "r", named)
    for row in rows:
        look.add(row)
    return look.found(), look.is_open()


def heard(index: Mapping[str, tuple[str, str]]) -> list[tuple[str, bool]]:
    return list(ballots.heard(index))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (ballots.word, ("rater_1", "good", True), False),
    (ballots.word, ("rater_1", "wrong", True), True),
    (ballots.word, ("rater_1", 1, True), False),
    (ballots.word, ("rater_1", 1, False), None),
    (ballots.word, ("rater_1", 2, True), None),
    (ballots.word, ("rater_1", -1, True), True),
    (ballots.word, ("rater_1", "agree", True), False),
    (ballots.word, ("rater_1", "disagree", True), True),
    (ballots.word, ("rater_1", "agree", False), None),
    (ballots.word, ("rater_1", "+", True), False),
    (ballots.word, ("rater_1", "-", True), True),
    (ballots.word, ("rater_1", "賛成", True), False),
    (ballots.word, ("rater_1", "反対", True), True),
    (ballots.word, ("reviewer_1_correct", 1, False), False),
    (ballots.word, ("reviewer_1_correct", 0, False), True),
    (ballots.word, ("correct (Ann)", 0, False), True),
    (ballots.word, ("verdict_1", 0, False), True),
    (ballots.word, ("annotator_1", 0, False), None),
    (ballots.word, ("labels", 0, False), None),
    (ballots.word, ("thumb_1", 0, False), None),
    (ballots.word, ("harmful_1", "yes", False), True),
    (ballots.word, ("harmful_1", 2, True), None),
    (ballots.word, ("vote_1", "-1", False), True),
    (ballots.word, ("rater_1", None, True), None),
    (ballots.word, ("rater_1", "x", False), True),
    (ballots.word, ("rater_1", "thumbs-down", False), True),
    (ballots.word, ("rater_1", "like", False), False),
    (ballots.word, ("rater_1", "blue", True), None),
    (ballots.word, ("is_wrong_1", "yes", True), True),
    (ballots.word, ("is_wrong_1", "no", True), False),
    (ballots.word, ("is_wrong_1", "blue", True), None),
    (ballots.word, ("is_correct_1", True, False), False),
    (ballots.word, ("is_correct_1", False, False), True),
    (ballots.word, ("is_correct_1", "maybe", False), None),
    (ballots.word, ("label_1", 1, False), False),
    (ballots.word, ("label", 1, False), None),
    (ballots.word, ("", "yes", True), False),
    (ballots.word, ("", "yes", False), None),
    (ballots.groups, (("rater_1", "rater_2"), ("rater_1", "rater_2", "q")), (("rater_1", "rater_2"),)),
    (ballots.groups, (("rater_1",), ("rater_1", "q")), ()),
    (ballots.groups, (("rater_a", "rater_b"), ("rater_a", "rater_b", "q")), (("rater_a", "rater_b"),)),
    (ballots.groups, (("label_1", "label_2"), ("label_1", "label_2", "response_1", "response_2")), ()),
    (
        ballots.groups,
        (("label_1", "label_2"), ("label_1", "label_2", "comment_1", "comment_2")),
        (("label_1", "label_2"),),
    ),
    (ballots.groups, (("label_1", "label_2"), ("label_1", "label_2", "q")), (("label_1", "label_2"),)),
    (
        ballots.groups,
        (("is_correct_1", "is_correct_2"), ("is_correct_1", "is_correct_2")),
        (("is_correct_1", "is_correct_2"),),
    ),
    (
        ballots.groups,
        (("correct (Ann)", "correct (Bob)"), ("correct (Ann)", "correct (Bob)")),
        (("correct (Ann)", "correct (Bob)"),),
    ),
    (ballots.groups, (("size (cm)", "size (kg)"), ("size (cm)", "size (kg)")), ()),
    (ballots.groups, (("name_1", "name_2"), ("name_1", "name_2")), ()),
    (ballots.groups, (("評価者1", "評価者2"), ("評価者1", "評価者2")), (("評価者1", "評価者2"),)),
    (ballots.groups, (("score_chosen", "score_rejected"), ("score_chosen", "score_rejected")), ()),
    (
        ballots.groups,
        (("annotator_1_label", "annotator_2_label"), ("annotator_1_label", "annotator_2_label")),
        (("annotator_1_label", "annotator_2_label"),),
    ),
    (ballots.groups, (("annotator_1_age", "annotator_2_age"), ("annotator_1_age", "annotator_2_age")), ()),
    (
        ballots.groups,
        (("ann_verdict", "bob_verdict"), ("ann_verdict", "bob_verdict")),
        (("ann_verdict", "bob_verdict"),),
    ),
    (ballots.groups, (("up_votes", "up_vote"), ("up_votes", "up_vote")), ()),
    (ballots.groups, (("up_vote", "down_vote"), ("up_vote", "down_vote")), ()),
    (
        ballots.groups,
        (("is_correct_a", "is_correct_b"), ("is_correct_a", "is_correct_b", "a_note")),
        (("is_correct_a", "is_correct_b"),),
    ),
    (ballots.groups, (("is_correct_a", "is_correct_b"), ("is_correct_a", "is_correct_b", "a_answer")), ()),
    (ballots.groups, (("label_1", "rating_2"), ("label_1", "rating_2")), ()),
    (ballots.groups, (("rater_1", "rater_2_label"), ("rater_1", "rater_2_label")), ()),
    (
        ballots.groups,
        (("reviewer_1_correct", "reviewer_2_correct"), ()),
        (("reviewer_1_correct", "reviewer_2_correct"),),
    ),
    (heard, ({PEOPLE: ("a", "")},), [("a", False)]),
    (heard, ({PEOPLE: ("a", NAMED_BY_USER)},), [("a", True)]),
    (heard, ({YES_IS_GOOD: ("a\nb", "")},), [("a", True), ("b", True)]),
    (heard, ({UNTOLD: ("a", "")},), []),
    (ballots.abstains, ("Not sure ",), True),
    (ballots.abstains, ("pending",), True),
    (ballots.abstains, ("",), True),
    (ballots.abstains, (0,), False),
    (ballots.abstains, ("good",), False),
    (ballots.without_not, ("not label",), "label"),
    (ballots.without_not, ("label",), "label"),
    (ballots.without_not, ("not  label ",), "label"),
    (ballots.without_not, (" notable ",), " notable "),
    (ballots.is_turned, ({"label": 1}, "not label"), True),
    (ballots.is_turned, ({"not label": 1}, "not label"), False),
    (ballots.is_turned, ({"label": 1}, "label"), False),
    (ballots.votes_in, ({"a": "good", "b": None}, "a, b"), [("a", "good", 1), ("b", None, 1)]),
    (
        ballots.votes_in,
        ({"votes": "good, bad, good"}, "votes"),
        [("votes", "good", 1), ("votes", "bad", 1), ("votes", "good", 1)],
    ),
    (ballots.votes_in, ({"votes": "good: 3, bad: 1"}, "votes"), [("votes", "good", 3), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": "3 good / 1 bad"}, "votes"), [("votes", "good", 3), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": "3 good / bad"}, "votes"), [("votes", "3 good", 1), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": '["good", "bad"]'}, "votes"), [("votes", "good", 1), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": {"good": 3, "bad": 1}}, "votes"), [("votes", "good", 3), ("votes", "bad", 1)]),
    (
        ballots.votes_in,
        ({"votes": {"ann": "good", "bob": "bad"}}, "votes"),
        [("votes", "good", 1), ("votes", "bad", 1)],
    ),
    (ballots.votes_in, ({"labels": {"ann": "good", "bob": "bad"}}, "labels"), None),
    (
        ballots.votes_in,
        ({"labels": {"a1": "good", "a2": "bad"}}, "labels"),
        [("labels", "good", 1), ("labels", "bad", 1)],
    ),
    (
        ballots.votes_in,
        ({"labels": {"a1": {"vote": "good"}, "a2": {"vote": "bad"}}}, "labels"),
        [("labels", "good", 1), ("labels", "bad", 1)],
    ),
    (ballots.votes_in, ({"labels": {"a1": {"vote": "good", "score": 1}}}, "labels"), None),
    (ballots.votes_in, ({"votes": {"good": 3, "bad": 0}}, "votes"), [("votes", "good", 3), ("votes", "bad", 0)]),
    (
        ballots.votes_in,
        ({"labels": {"good": 3, "unsure": 2}}, "labels"),
        [("labels", "good", 3), ("labels", "unsure", 2)],
    ),
    (ballots.votes_in, ({"labels": {"good": True, "bad": False}}, "labels"), None),
    (ballots.votes_in, ({"labels": {"a1": "good", "a2": {"by": "bob"}}}, "labels"), None),
    (
        ballots.votes_in,
        ({"labels": {"annotator_1": "good", "a2": "bad"}}, "labels"),
        [("labels", "good", 1), ("labels", "bad", 1)],
    ),
    (ballots.votes_in, ({"votes": ["good", {"by": "bob"}]}, "votes"), None),
    (
        ballots.votes_in,
        ({"votes": ["good"] * ballots.MOST_PEOPLE}, "votes"),
        [("votes", "good", 1)] * ballots.MOST_PEOPLE,
    ),
    (ballots.votes_in, ({"votes": []}, "votes"), []),
    (ballots.votes_in, ({"votes": {}}, "votes"), []),
    (ballots.votes_in, ({"votes": "Ann: good, Bob: bad"}, "votes"), [("votes", "good", 1), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": "good (Ann), bad (Bob)"}, "votes"), [("votes", "good", 1), ("votes", "bad", 1)]),
    (
        ballots.votes_in,
        ({"votes": "Ann: good, Bob: blue"}, "votes"),
        [("votes", "Ann: good", 1), ("votes", "Bob: blue", 1)],
    ),
    (ballots.votes_in, ({"votes": "Ann: yes, Bob: no"}, "votes"), [("votes", "yes", 1), ("votes", "no", 1)]),
    (ballots.votes_in, ({"votes": "Ann: good, bad"}, "votes"), [("votes", "Ann: good", 1), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": "Ann: good"}, "votes"), [("votes", "Ann: good", 1)]),
    (ballots.votes_in, ({"votes": " good ;; bad "}, "votes"), [("votes", "good", 1), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"votes": " , "}, "votes"), []),
    (ballots.votes_in, ({"votes": "2x good, 1 bad"}, "votes"), [("votes", "good", 2), ("votes", "bad", 1)]),
    (ballots.votes_in, ({"a ": "good", "b": "bad"}, "a , b"), [("a ", "good", 1), ("b", "bad", 1)]),
    (ballots.votes_in, ({"a": "good"}, "not a, b"), [("a", "good", 1), ("b", None, 1)]),
    (ballots.votes_in, ({"not a": "good", "b": "bad"}, "not a, b"), [("not a", "good", 1), ("b", "bad", 1)]),
    (ballots.votes_in, ({"votes": {"good": 3, "blue": 1}}, "votes"), [("votes", 3, 1), ("votes", 1, 1)]),
    (ballots.votes_in, ({"votes": {"good": -3, "bad": 1}}, "votes"), [("votes", -3, 1), ("votes", 1, 1)]),
    (ballots.votes_in, ({"votes": ""}, "votes"), []),
    (ballots.votes_in, ({"votes": None}, "votes"), []),
    (ballots.votes_in, ({}, "votes"), []),
    (ballots.votes_in, ({"votes": 7}, "votes"), None),
    (ballots.votes_in, ({"votes": "3/5"}, "votes"), None),
    (
        ballots.votes_in,
        ({"votes": [{"by": "ann", "vote": "good"}, "bad"]}, "votes"),
        [("votes", "good", 1), ("votes", "bad", 1)],
    ),
    (ballots.votes_in, ({"votes": [{"by": "ann"}, "bad"]}, "votes"), None),
    (ballots.votes_in, ({"votes": [["good"], "bad"]}, "votes"), None),
    (ballots.votes_in, ({"votes": ["good"] * (ballots.MOST_PEOPLE + 1)}, "votes"), None),
    (ballots.votes_in, ({"label": "good"}, "not label"), [("label", "good", 1)]),
    (ballots.tally, ({"votes": "good, bad, good"}, "votes", True), ballots.VoteCount(2, 1, "bad")),
    (ballots.tally, ({"votes": "good: 2, bad: 3"}, "votes", True), ballots.VoteCount(2, 3, "bad")),
    (ballots.tally, ({"votes": "good, bad"}, "votes", True), ballots.VoteCount(1, 1, "bad")),
    (ballots.tally, ({"votes": "yes, no, no"}, "votes", True), ballots.VoteCount(1, 2, "no")),
    (ballots.tally, ({"votes": "yes, no, no"}, "votes", False), ballots.VoteCount(1, 2, "no")),
    (ballots.tally, ({"votes": "unsure, bad"}, "votes", True), ballots.VoteCount(0, 1, "bad")),
    (ballots.tally, ({"votes": [True, False, False]}, "votes", True), ballots.VoteCount(1, 2, "false")),
    (ballots.tally, ({"votes": "good, bad, good"}, "not votes", True), ballots.VoteCount(1, 2, "good")),
    (ballots.tally, ({"votes": 7}, "votes", True), ballots.VoteCount(0, 0, "")),
    (ballots.of, ({"votes": "good, bad"}, {PEOPLE: ("votes", "")}), ("votes", "")),
    (ballots.of, ({"votes": "good, bad, wrong"}, {PEOPLE: ("votes", "")}), ("votes", "bad")),
    (ballots.of, ({"votes": "good, good, wrong"}, {PEOPLE: ("votes", "")}), None),
    (ballots.of, ({"votes": "unsure"}, {PEOPLE: ("votes", "")}), None),
    (ballots.of, ({"votes": "no, no"}, {PEOPLE: ("votes", "")}), ("votes", "no")),
    (ballots.of, ({"votes": "no, no"}, {PEOPLE: ("votes", NAMED_BY_USER)}), ("votes", "no")),
    (ballots.of, ({"votes": "no, no"}, {YES_IS_GOOD: ("votes", "")}), ("votes", "no")),
    (ballots.of, ({"votes": "no, no"}, {UNTOLD: ("votes", "")}), None),
    (ballots.of, ({"a": "bad", "b": "good", "c": "wrong", "d": "wrong"}, {PEOPLE: ("a, b\nc, d", "")}), ("a, b", "")),
    (ballots.of, ({"label": "good"}, {PEOPLE: ("not label", "")}), ("label", "good")),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": "good", "rater_2": "bad"}],),
        ({"most of these count": ("rater_1, rater_2", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "rater_1": "good", "rater_2": "good"}],), ({}, True)),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": "yes", "rater_2": "no"}],),
        ({"several say yes or no, and mostly no": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        (
            [
                {"q": "p", "r": "s", "rater_1": "yes", "rater_2": "yes"},
                {"q": "p", "r": "s", "rater_1": "no", "rater_2": "yes"},
            ],
        ),
        ({"most of these count, and yes is good": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": "yes", "rater_2": "no"}], True),
        ({"most of these count": ("rater_1, rater_2", "by the user")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": "yes", "rater_2": "bad"}],),
        ({"most of these count, and yes is good": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": 1, "rater_2": -1}],),
        ({"most of these count": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": 1, "rater_2": 0}],),
        ({"several say yes or no, and mostly no": ("rater_1, rater_2", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "rater_1": "blue", "rater_2": "bad"}],), ({}, False)),
    (told, ([{"q": "p", "r": "s", "rater_1": "unsure", "rater_2": None}],), ({}, True)),
    (told, ([{"q": "p", "r": "s", "votes": "good, bad"}],), ({}, True)),
    (
        told,
        ([{"q": "p", "r": "s", "votes": "good, good"}, {"q": "p", "r": "s", "votes": "bad"}],),
        ({"most of these count": ("votes", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "votes": "bad, bad"}, {"q": "p", "r": "s", "votes": "good, bad, bad"}],), ({}, True)),
    (told, ([{"q": "p", "r": "s", "votes": "good"}, {"q": "p", "r": "s", "votes": "bad"}],), ({}, False)),
    (told, ([{"q": "p", "r": ["s", "t"], "votes": ["good", "bad"]}],), ({}, False)),
    (told, ([{"q": "p", "r": "s\nt\nu", "votes": ["good", "bad", "good"]}],), ({}, False)),
    (told, ([{"q": "p", "r": "s\nt\n\nu", "votes": ["good", "bad", "good"]}],), ({}, False)),
    (
        told,
        ([{"q": "p", "r": "s\nt", "votes": ["good", "bad", "good"]}],),
        ({"most of these count": ("votes", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s\nt", "votes": ["good", "bad"]}],), ({}, True)),
    (told, ([{"q": "p", "r": "s", "steps": ["t", "u"], "votes": ["good", "bad"]}],), ({}, False)),
    (told, ([{"q": "p", "r": "s", "steps": ["t", "u"], "votes": '["good", "bad"]'}],), ({}, False)),
    (told, ([{"q": "p", "r": "s\nt\nu", "votes": "good, bad, good"}],), ({"most of these count": ("votes", "")}, True)),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": "", "rater_2": "bad"}, {"q": "p", "r": "s", "rater_1": "good"}],),
        ({"most of these count": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "rater_1": 1, "rater_2": 0}, {"q": "p", "r": "s", "rater_1": 1, "rater_2": 1}],),
        ({"most of these count, and yes is good": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        (
            [{"q": "p", "r": "s", "rater_1": 1, "rater_2": 0}] * 2
            + [{"q": "p", "r": "s", "rater_1": 1, "rater_2": 1}, {"q": "p", "r": "s", "rater_1": 0, "rater_2": 0}],
        ),
        ({"several say yes or no, and mostly no": ("rater_1, rater_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "is_correct_1": 1, "is_correct_2": 0}],),
        ({"most of these count": ("is_correct_1, is_correct_2", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "votes": "good, good"}, {"q": "p", "r": "s", "votes": "good, bad"}],),
        ({"most of these count": ("votes", "")}, True),
    ),
    (
        told,
        (
            [
                {"q": "p", "r": "s", "rater_1": "good", "rater_2": "bad", "votes": "good, bad"},
                {"q": "p", "r": "s", "rater_1": "good", "rater_2": "bad", "votes": "good, good"},
            ],
        ),
        ({"most of these count": ("rater_1, rater_2\nvotes", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "colour": "good, bad"}],), ({}, False)),
    (
        told,
        ([{"q": "p", "r": "s", "annotations": "good, bad"}, {"q": "p", "r": "s", "annotations": "ok, ok"}],),
        ({"most of these count": ("annotations", "")}, True),
    ),
    (
        told,
        ([{"q": "p", "r": "s", "is_correct": "good, bad"}, {"q": "p", "r": "s", "is_correct": "ok, ok"}],),
        ({"most of these count": ("is_correct", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "colour": "good, bad"}], True), ({}, True)),
    (told, ([{"q": "p", "r": "s", "responses": "t", "votes": "good, bad"}],), ({}, False)),
    (told, ([{"q": "p", "r": "s", "votes": "good, bad"}, {"q": "p", "r": "s", "votes": 7}],), ({}, False)),
    (
        told,
        ([{"q": "p", "r": "s", "not rater_1": "good", "not rater_2": "bad"}],),
        ({"most of these count": ("not rater_1, not rater_2", "")}, True),
    ),
    (told, ([{"q": "p", "r": "s", "not rater_1": "good", "rater_2": "bad"}],), ({}, False)),
    (ballots.votes_in, ({"votes": "x" * 800}, "votes"), [("votes", "x" * 800, 1)]),
    (ballots.votes_in, ({"votes": "x" * 801}, "votes"), None),
    (ballots.votes_in, ({"labels": {"a1": "good", "ann": "bad"}}, "labels"), None),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_several_people_say(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
