"""The question of one language never goes with the answer of another because of what their columns are called."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters import bilingual_names, column_names


@pytest.mark.parametrize(
    ("names", "prompt", "response", "reasoning"),
    [
        ("No,質問,回答,Question,Answer", "質問", "回答", None),
        ("Question,Answer,質問,回答", "Question", "Answer", None),
        ("question,answer,Frage,Antwort", "question", "answer", None),
        ("Frage,Antwort,question,answer", "Frage", "Antwort", None),
        ("回答,質問,answer,question", "質問", "回答", None),
        ("質問,回答,解説,Question,Answer,Explanation", "質問", "回答", "解説"),
        ("Question,Answer,Explanation,質問,回答,解説", "Question", "Answer", "Explanation"),
        ("Question,Réponse,Pregunta,Respuesta", "Question", "Réponse", None),
        ("问题,答案,question,answer", "问题", "答案", None),
    ],
)
def test_the_pair_that_stands_first_is_read(names: str, prompt: str, response: str, reasoning: str | None) -> None:
    where = column_names.guess(tuple(names.split(",")))
    assert where is not None
    assert (where.prompt, where.response, where.reasoning, where.answer) == (prompt, response, reasoning, None)


@pytest.mark.parametrize(
    "names",
    [
        "質問,回答,answer", "question,回答", "question,answer,réponse", "質問,解説,answer", "question,options,answer",
        "質問,問題,回答", "問題,a,b,c,d,正解", "問題,答案",
    ],
)  # fmt: skip
def test_names_of_one_pair_stay_whatever_their_languages(names: str) -> None:
    columns = tuple(names.split(","))
    assert bilingual_names.of_one_language(columns) == columns
