"""Columns named in other languages than English and Japanese, and those of chat programs, are read."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.data.adapters import column_names

Q, A, WHY = "Which saw is it?", "The small one.", "The big one is broken."


@pytest.mark.parametrize(
    "names",
    [
        ("Frage", "Begründung", "Antwort"),
        ("question", "raisonnement", "réponse"),
        ("pregunta", "razonamiento", "respuesta"),
        ("domanda", "spiegazione", "risposta"),
        ("pergunta", "explicação", "resposta"),
        ("问题", "推理过程", "答案"),
        ("问题", "解释", "回答"),
        ("질문", "풀이", "답변"),
        ("Pytanie", "Uzasadnienie", "Odpowiedź"),
        ("Soru", "Açıklama", "Cevap"),
        ("السؤال", "الشرح", "الإجابة"),
        ("प्रश्न", "व्याख्या", "उत्तर"),
        ("คำถาม", "เหตุผล", "คำตอบ"),
        ("Câu hỏi", "Lời giải", "Đáp án"),
        ("Питання", "Пояснення", "Відповідь"),
        ("Énoncé", "Explication", "Réponse"),
        ("题目", "思考过程", "最终答案"),
        ("问题", "答案解析", "参考答案"),
        ("Frage", "Gutachten", "Endergebnis"),
        ("Consulta", "Fundamento jurídico", "Dictamen"),
    ],
)
def test_a_question_its_reasons_and_its_answer_are_known_in_other_languages(names: tuple[str, str, str]) -> None:
    row = parsed(dict(zip(names, (Q, WHY, A), strict=True)))

    assert (row.prompt, row.reasoning, row.response) == (Q, WHY, A)


@pytest.mark.parametrize("answer", ["答案", "정답", "Antwort", "réponse", "respuesta"])
def test_a_letter_is_no_answer_in_any_language_where_options_lie_beside_it(answer: str) -> None:
    row = parsed({"question": Q, "A": "a saw", "B": "a plane", "C": "a file", answer: "B"})

    assert row.choices == ("a saw", "a plane", "a file")
    assert row.answer == "B"


def test_turns_in_columns_for_user_and_bot_are_a_talk() -> None:
    row: dict[str, Any] = {"user1": Q, "bot1": A, "user2": "Why?", "bot2": WHY}

    assert column_names.line(column_names.guess(tuple(row)) or column_names.Columns()) == (
        'columns: {messages: "user1, bot1, user2, bot2"}'
    )
    assert parsed(row).response == WHY


def test_what_was_said_before_a_message_is_read_with_it() -> None:
    before = [{"role": "USER", "message": "Hi"}, {"role": "CHATBOT", "message": "Hello"}]
    row = parsed({"preamble": "Be brief.", "chat_history": before, "message": Q, "response": A})

    assert [turn[1] for turn in row.messages] == ["Be brief.", "Hi", "Hello", Q, A][: len(row.messages)]
    assert Q in row.prompt and "Hello" in row.prompt and row.response == A


def test_which_of_two_answers_won_is_read_by_the_name_of_its_column() -> None:
    row = parsed({"お題": Q, "回答1": "The big one.", "回答2": A, "良い方": "回答2"})

    assert (row.prompt, row.response) == (Q, A)


@pytest.mark.parametrize(
    ("asks", "others", "answers"),
    [
        ("Question", ("Élève",), "Corrigé"),
        ("Question", ("Note",), "Réponse attendue"),
        ("Frage", ("Schüler",), "Musterlösung"),
        ("Frage", (), "Lösung"),
        ("Domanda", (), "Soluzione"),
        ("Pregunta", (), "Solución"),
        ("本文", ("日付", "件名"), "返信"),
        ("Body", ("Subject",), "Reply"),
        ("Text", ("Betreff",), "Antwort"),
        ("Message", ("Objet",), "Réponse"),
    ],
)
def test_the_answer_is_known_beside_names_and_subjects(asks: str, others: tuple[str, ...], answers: str) -> None:
    row = parsed({**dict.fromkeys(others, "Luc Martin"), asks: Q, answers: A})

    assert (row.prompt, row.response) == (Q, A)


@pytest.mark.parametrize(
    ("talk", "who", "what", "user", "assistant"),
    [
        ("conversazione", "da", "testo", "utente", "assistente"),
        ("conversación", "de", "texto", "usuario", "asistente"),
        ("Gespräch", "von", "Text", "Benutzer", "Assistent"),
        ("conversation", "de", "texte", "utilisateur", "assistant"),
        ("conversa", "de", "texto", "usuário", "assistente"),
        ("messages", "rôle", "contenu", "Utilisateur", "Assistant"),
        ("会話", "話者", "発言", "ユーザー", "アシスタント"),
    ],
)
def test_talks_are_read_in_other_languages(talk: str, who: str, what: str, user: str, assistant: str) -> None:
    row = parsed({talk: [{who: user, what: Q}, {who: assistant, what: A}]})

    assert (row.prompt, row.response) == (Q, A)


@pytest.mark.parametrize(
    "names",
    [
        ("Frage", "Antwort {}", "Richtige Antwort", "Begründung"),
        ("Énoncé", "Réponse {}", "Bonne réponse", "Explication"),
        ("Pytanie", "Odp. {}", "Poprawna odp.", "Uzasadnienie"), ("Pregunta", "{}", "Correcta", "Justificación"),
        ("Domanda", "Risposta {}", "Risposta corretta", "Spiegazione"), ("Soru", "{}", "Doğru cevap", "Açıklama"),
        ("Enunciado", "Alternativa {}", "Gabarito", "Explicação"),
        ("Вопрос", "Вариант {}", "Правильный ответ", "Пояснение"),
        ("Frage", "Antwort {}", "Lösung", "Erklärung"), ("Câu hỏi", "Đáp án {}", "Đáp án đúng", "Giải thích"),
        ("题目", "选项{}", "正确答案", "解析"), ("Vraag", "Antwoord {}", "Juiste antwoord", "Toelichting"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("marks", ["ABC", "123"])
def test_options_in_columns_and_what_says_which_is_right_are_known(names: tuple[str, ...], marks: str) -> None:
    asks, option, right, why = names
    texts = {option.format(mark): text for mark, text in zip(marks, ("a saw", "a plane", "a file"), strict=True)}
    row = parsed({"Nr.": 3, asks: Q, **texts, right: marks[1], why: WHY})

    assert (row.choices, row.answer, row.reasoning) == (("a saw", "a plane", "a file"), "B", WHY)


@pytest.mark.parametrize(
    ("asks", "option", "says"),
    [
        ("question", "choix", "bon"), ("question", "réponse", "bonne"), ("frage", "auswahl", "richtig"),
        ("Frage", "Antwortoption", "Korrekt"), ("pregunta", "opcion", "correcto"), ("domanda", "scelta", "giusta"),
        ("domanda", "opzione", "esatta"), ("pergunta", "opcao", "certa"), ("pergunta", "alternativa", "correta"),
    ],
)  # fmt: skip
def test_options_that_count_from_nought_are_known_by_number_and_by_letter(asks: str, option: str, says: str) -> None:
    row = {asks: Q, f"{option}_0": "a saw", f"{option}_1": "a plane", f"{option}_2": "a file"}
    for right in (1, "1", "B"):
        assert parsed({**row, says: right}).response == "B. a plane"
