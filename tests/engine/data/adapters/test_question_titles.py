"""Of a question in two columns, its title and its text, both are asked."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters.judged import score_limits
from so8t_engine.data.adapters.proposed import proposals

SAID = [
    ("My partner reads my messages", "I found him reading my phone twice.", "Tell him calmly and agree on a rule."),
    ("Panic on buses", "I get panic attacks when the bus is full.", "Ride one stop at a quiet hour of the day."),
    ("Cats at night", "They sing below our window till morning.", "Close it, or give them dinner in the evening."),
]


@pytest.mark.parametrize(
    ("title", "text", "answer"),
    [
        ("question_title", "question_text", "answer"), ("question_title", "question_body", "answer"),
        ("question_title", "question", "answer"), ("question", "question_detail", "answer"),
        ("post_title", "question_body", "answer"),
        ("質問タイトル", "質問内容", "回答"), ("質問の件名", "質問文", "回答"),
        ("お問い合わせ件名", "お問い合わせ内容", "回答"), ("Fragetitel", "Fragetext", "Antwort"),
        ("titre de la question", "texte de la question", "réponse"),
    ],
)  # fmt: skip
def test_title_and_text_are_asked(title: str, text: str, answer: str) -> None:
    for one, more, said in SAID:
        row = parsed({title: one, text: more, answer: said})
        assert (row.prompt, row.response) == (f"{one}\n\n{more}", said)
        turned = parsed({answer: said, text: more, title: one})
        assert (turned.prompt, turned.response) == (f"{one}\n\n{more}", said)


@pytest.mark.parametrize(
    ("title", "text", "answer"),
    [
        ("questionTitle", "questionText", "answerText"), ("QTitle", "QBody", "ABody"),
        ("title", "content", "best_answer"), ("title", "desc", "answer"), ("post_title", "post_text", "comment"),
        ("Thread Title", "Post", "Best Reply"), ("title_of_question", "text_of_question", "answer"),
        ("问题标题", "问题描述", "回答"), ("質問タイトル", "質問本文", "回答"),
    ],
)  # fmt: skip
def test_the_proposed_line_asks_both(title: str, text: str, answer: str) -> None:
    where = proposals.propose([dict(zip((title, text, answer), said, strict=True)) for said in SAID])
    assert where is not None
    assert (where.prompt, where.response) == (f"{{{title}}}\\n\\n{{{text}}}", answer)


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"title": "Sea", "question": "How deep?", "answer": "Deep."}, "How deep?"),
        ({"question_title": "", "question_text": "How deep?", "answer": "Deep."}, "How deep?"),
        ({"question_title": None, "question_text": "How deep?", "answer": "Deep."}, "How deep?"),
        ({"question_title": "How   far?", "question_text": "How far? I am.", "answer": "Deep."}, "How far? I am."),
        ({"question_title": "How deep? I dive.", "question_text": "How deep?", "answer": "Deep."}, "How deep?"),
        ({"question": "How deep?", "question_detail": "", "answer": "Deep."}, "How deep?"),
        ({"subject": "Sea", "body": "How deep?", "reply": "Deep."}, "How deep?"),
        ({"subject": "maths", "question": "How deep?", "answer": "Deep."}, "How deep?"),
        ({"question_title": "Sea", "question": "How deep?", "context": "It is 9 m.", "answer": "9 m"},
         "It is 9 m.\n\nHow deep?"),
    ],
)  # fmt: skip
def test_what_is_no_title_of_the_question_or_says_nothing_more_is_not_asked(row: dict[str, str], asked: str) -> None:
    assert parsed(row).prompt == asked


@pytest.mark.parametrize(
    ("place", "figures", "limit"),
    [
        ("upvotes", [0, 3], "upvotes >= 1"), ("answers.like_count", [0, 250], "answers.like_count >= 1"),
        ("いいね", [0, 2], "いいね >= 1"), ("upvotes", [2, 250], "upvotes >= 175"), ("votes", [-1, 4], "votes >= 0"),
        ("score", [0, 3], "score >= 3"),
    ],
)  # fmt: skip
def test_of_votes_which_have_no_scale_any_is_a_limit_to_begin_with(
    place: str, figures: list[float], limit: str
) -> None:
    assert score_limits.proposed(place, figures) == limit
