"""Answers of which one is better, gaps, and what red teams ask: what each form is read as, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data.adapters.known import cloze, comparisons, red_team
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.sentences import Sentence

Q, A = {"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}


def read(function: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What a row is read as, but for what most are."""
    usual = ParsedRow("", "", "chat")._asdict()
    return {name: value for name, value in function(row, {})._asdict().items() if value != usual[name]}


def compared(more: dict[str, Any]) -> dict[str, Any]:
    return read(comparisons.read, {"question": "Who?", "response_a": "Me.", "response_b": "You.", **more})


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (compared, ({"winner": "a"},), {"prompt": "Who?", "response": "Me."}),
    (compared, ({"winner": "b"},), {"prompt": "Who?", "response": "You."}),
    (compared, ({"winner": "Me.", "gold": "Me."},), {"prompt": "Who?", "response": "Me."}),
    (compared, ({"score_a": 1, "score_b": 3},), {"prompt": "Who?", "response": "You."}),
    (compared, ({"score_a": 1, "score_b": 1},), {"prompt": "Who?", "response": "Me."}),
    (compared, ({"rater_1": "a", "rater_2": "a", "rater_3": "b"},), {"prompt": "Who?", "response": "Me."}),
    (
        compared,
        ({"score_a": 1, "score_b": 3, "is_correct_a": 0, "is_correct_b": 1},),
        {"prompt": "Who?", "response": "You."},
    ),
    (compared, ({"winner_tie": 1, "winner": "a"},), {"prompt": "Who?", "response": "Me."}),
    (
        compared,
        ({"winner": "a", "system": "Be kind."},),
        {"prompt": "Be kind.\n\nWho?", "response": "Me.", "messages": (("system", "Be kind."), ("user", "Who?"))},
    ),
    (comparisons.compares, (("question", "response_a", "response_b", "winner"),), True),
    (comparisons.fits, ({"question": "Who?", "answer": "Me."},), False),
    (comparisons.compares, (("question", "response_a", "winner"),), False),
    (comparisons.compares, (("question", "response_a", "response_b"),), False),
    (comparisons.compares, (("question", "chatgpt_answer", "human_answer", "winner"),), True),
    (comparisons.compares, (("response_a", "response_b", "winner"),), False),
    (comparisons.compares, (("conversation_a", "conversation_b", "winner"),), True),
    (comparisons.compares, (("question", "old_answer", "new_answer", "use?"),), True),
    (comparisons.fits, ({"question": "Who?", "response_a": "Me.", "response_b": "You.", "winner": "a"},), True),
    (comparisons.fits, ({"question": "Who?", "response_a": "Me.", "response_b": "You.", "winner": "blue"},), False),
    (comparisons.fits, ({"question": "Who?", "response_a": "Me.", "response_b": "You.", "winner": 3},), True),
    (comparisons.fits, ({"question": "Who?", "response_a": "Me.", "response_b": "You.", "winner": 4},), False),
    (comparisons.fits, ({"question": "Who?", "response_a": "Me.", "response_b": "You.", "winner": "tie"},), True),
    (
        comparisons.described,
        (("question", "response_a", "response_b", "winner"),),
        ("question", ("response_a", "response_b"), ("winner",)),
    ),
    (
        comparisons.used,
        (("question", "response_a", "response_b", "winner", "system"),),
        ("question", "system", "response"),
    ),
    (
        read,
        (cloze.read, {"text": "{{c1::Lima}} is in Peru."}),
        {"prompt": "Fill in the gap:\n\n____ is in Peru.", "response": "Lima", "answer": "Lima", "answer_kind": "text"},
    ),
    (
        read,
        (cloze.read, {"text": "{{c1::Lima}} is in {{c2::Peru}}."}),
        {"prompt": "Fill in the gap:\n\n____ is in Peru.", "response": "Lima", "answer": "Lima", "answer_kind": "text"},
    ),
    (
        read,
        (cloze.read, {"text": "{{c1::Lima}} is in {{c1::Peru::country}}."}),
        {"prompt": "Fill in the gap:\n\n____ is in ____ (country).", "response": "Lima, Peru"},
    ),
    (
        read,
        (cloze.read, {"text": "{{c1::リマ}}はどこ。"}),
        {
            "prompt": "空欄に入る言葉は何ですか。\n\n____はどこ。",
            "response": "リマ",
            "answer": "リマ",
            "answer_kind": "text",
        },
    ),
    (
        read,
        (red_team.harmbench, {"Behavior": "Do harm.", "SemanticCategory": "x"}),
        {
            "prompt": "Do harm.",
            "category": "safety",
            "safety": "unsafe",
            "bad_answer": Sentence(code="data.unanswered", args={}),
        },
    ),
    (
        read,
        (red_team.harmbench, {"Behavior": "Do harm.", "ContextString": "So.", "response": "I can't help with that."}),
        {"prompt": "So.\n\nDo harm.", "response": "I can't help with that.", "category": "safety", "safety": "unsafe"},
    ),
    (
        read,
        (red_team.harmbench, {"Behavior": "Do harm.", "response": "Sure."}),
        {
            "prompt": "Do harm.",
            "category": "safety",
            "safety": "unsafe",
            "bad_answer": Sentence(code="data.answers_unsafe", args={}),
        },
    ),
    (
        read,
        (red_team.xstest, {"prompt": "Do harm.", "type": "contrast_a", "label": "x"}),
        {
            "prompt": "Do harm.",
            "category": "safety",
            "safety": "unsafe",
            "bad_answer": Sentence(code="data.unanswered", args={}),
        },
    ),
    (
        read,
        (red_team.attempts, {"transcript": "\n\nHuman: Do harm.\n\nAssistant: Sure."}),
        {
            "prompt": "Do harm.",
            "category": "safety",
            "safety": "unsafe",
            "bad_answer": Sentence(code="data.answers_unsafe", args={}),
        },
    ),
    (
        read,
        (
            red_team.attempts,
            {"transcript": "\n\nHuman: Do harm.\n\nAssistant: Sure.\n\nHuman: More.\n\nAssistant: Sure."},
        ),
        {
            "prompt": "User: Do harm.\n\nAssistant: Sure.\n\nUser: More.",
            "category": "safety",
            "safety": "unsafe",
            "messages": (("user", "Do harm."), ("assistant", "Sure."), ("user", "More.")),
            "bad_answer": Sentence(code="data.answers_unsafe", args={}),
        },
    ),
    (red_team.fits, (("Behavior", "SemanticCategory"),), True),
    (red_team.fits, (("forbidden_prompt", "category"),), True),
    (red_team.fits, (("Behavior", "category"),), False),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_a_compared_answer_a_gap_or_a_red_team_is_read_as(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (compared, ({"winner": "tie"},), Sentence(code="data.none_is_better", args={"column": "winner"})),
    (
        compared,
        ({"winner": "neither"},),
        Sentence(code="data.labelled_bad_by", args={"column": "winner", "value": "neither"}),
    ),
    (
        compared,
        ({"score_a": 1, "score_b": 3, "is_correct_a": 0, "is_correct_b": 0},),
        Sentence(code="data.labelled_bad_by", args={"column": "is_correct_b", "value": "0"}),
    ),
    (
        compared,
        ({"rater_1": "a", "rater_2": "b"},),
        Sentence(code="data.none_is_better", args={"column": "rater_1, rater_2"}),
    ),
    (read, (cloze.read, {"text": "a{{c1::Lima}} is in Peru."}), Sentence(code="data.no_question", args={})),
    (read, (cloze.read, {"text": "{{c1::Lima}} <img src=x>."}), Sentence(code="data.needs_media", args={})),
    (read, (cloze.read, {"text": "{{c1::Lima}} is.", "image": "a.png"}), Sentence(code="data.needs_media", args={})),
    (read, (cloze.read, {"text": "Lima."}), Sentence(code="data.no_question", args={})),
    (
        read,
        (red_team.xstest, {"prompt": "Do harm.", "type": "a", "label": "safe"}),
        Sentence(code="data.unanswered", args={}),
    ),
]


@pytest.mark.parametrize(("function", "given", "why"), REFUSED)
def test_what_it_refuses_and_why(function: Callable[..., Any], given: tuple[Any, ...], why: object) -> None:
    with pytest.raises(Skip) as refused:
        function(*given)
    assert refused.value.reason == why
