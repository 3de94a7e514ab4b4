"""The question of one language never goes with the answer of another because of what their columns are called."""

from __future__ import annotations

import pytest

from helpers.rows import parsed
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
    ("names", "prompt", "response"),
    [
        ("Frage (DE);Antwort (DE);Question (EN);Answer (EN);geprüft", "Frage (DE)", "Antwort (DE)"),
        ("Question (EN);Answer (EN);Frage (DE);Antwort (DE)", "Question (EN)", "Answer (EN)"),
        ("Frage (DE);Question (EN);Antwort (DE);Answer (EN)", "Frage (DE)", "Antwort (DE)"),
        ("Question (EN);Frage (DE);Antwort (DE)", "Frage (DE)", "Antwort (DE)"),
        ("質問（日本語）;回答（日本語）;Question;Answer", "質問（日本語）", "回答（日本語）"),
        ("Question;Answer;質問（日本語）;回答（日本語）", "Question", "Answer"),
        ("質問（英語）;質問（日本語）;回答（日本語）;回答（英語）", "質問（英語）", "回答（英語）"),
        ("日本語の質問;日本語の回答;英語の質問;英語の回答", "日本語の質問", "日本語の回答"),
        ("質問英語;質問日本語;回答日本語;回答英語", "質問英語", "回答英語"),
        ("question_de;answer_de;question_en;answer_en", "question_de", "answer_de"),
        ("question_ja;question_en;answer_en;answer_ja", "question_ja", "answer_ja"),
        ("Question-EN;Question-FR;Answer-EN;Answer-FR", "Question-EN", "Answer-EN"),
        ("Question [ja];Answer [ja];Question [en];Answer [en]", "Question [ja]", "Answer [ja]"),
        ("Question EN;Réponse FR;Question FR;Answer EN", "Question EN", "Answer EN"),
        ("EN question;DE question;EN answer;DE answer", "EN question", "EN answer"),
        ("fr_question;fr_réponse;en_question;en_answer", "fr_question", "fr_réponse"),
        ("questionEn;questionDe;answerDe;answerEn", "questionEn", "answerEn"),
        ("Pregunta (español);Question (English);Answer (English);Respuesta (español)",
         "Pregunta (español)", "Respuesta (español)"),
        ("question_en-US;question_pt-BR;answer_en-US;answer_pt-BR", "question_en-US", "answer_en-US"),
    ],
)  # fmt: skip
def test_what_names_its_language_goes_with_what_names_the_same(names: str, prompt: str, response: str) -> None:
    where = column_names.guess(tuple(names.split(";")))
    assert where is not None
    assert (where.prompt, where.response, where.reasoning, where.answer) == (prompt, response, None, None)


@pytest.mark.parametrize("names", ["question_id,answer_id", "question_no,answer_no", "question_is,answer_is"])
def test_numbers_of_questions_are_no_language(names: str) -> None:
    assert column_names.guess(tuple(names.split(","))) is None


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


@pytest.mark.parametrize("tongue", ["ja", "jp", "de", "japanese"])
def test_a_translation_beside_a_data_set_is_read(tongue: str) -> None:
    row = {"instruction": "Name a fruit.", "output": "Apple.", "explanation": "It grows on a tree."}
    other = {"instruction": "果物を挙げてください。", "output": "りんごです。", "explanation": "木になります。"}
    read = parsed({**row, **{f"{name}_{tongue}": text for name, text in other.items()}})

    assert (read.prompt, read.response, read.reasoning) == tuple(other.values())


def test_a_solution_is_read_with_the_question_of_its_language_and_the_answer_of_both() -> None:
    where = column_names.guess(
        ("question_ja", "generated_solution_ja", "question", "generated_solution", "expected_answer", "is_correct")
    )
    assert where is not None
    told = (where.prompt, where.reasoning, where.response, where.label)
    assert told == ("question_ja", "generated_solution_ja", "expected_answer", "is_correct")


@pytest.mark.parametrize(
    "names",
    ["question,answer,question_ja", "question,answer,answer_ja", "question,answer,question_en,answer_en",
     "question,answer,question_ja,answer_ja,question_de,answer_de"],
)  # fmt: skip
def test_half_a_translation_several_and_one_into_english_leave_what_stands_there(names: str) -> None:
    where = column_names.guess(tuple(names.split(",")))
    assert where is not None and (where.prompt, where.response) == ("question", "answer")


def test_where_a_row_is_not_translated_its_original_is_read() -> None:
    row = {"question": "Name a fruit.", "answer": "Apple.", "question_ja": "", "answer_ja": None}
    read = parsed(row)
    assert (read.prompt, read.response) == ("Name a fruit.", "Apple.")
