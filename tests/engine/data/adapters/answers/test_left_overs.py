"""What a table or a program leaves where a question or an answer should stand is not learnt."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.answers import left_overs
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.sentences import Sentence

WHO = "Who wrote it?"
Q = "海の水はなぜ塩辛いのですか。"


def read(question: str, answer: str, **more: str) -> ParsedRow | Sentence:
    columns = Columns(prompt="q", response="a", reasoning="why" if more else None)
    try:
        return admission.parsed(
            Dataset(name="d", source="local", path="x", columns=columns), {"q": question, "a": answer, **more}, {}
        )
    except Skip as skip:
        return skip.reason


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Q, "なし"), (Q, "未回答"), (Q, "該当なし"), (Q, "（空欄）"), (Q, "ー"), (Q, "同上"), (Q, "〃"),
        ("How do I clean it?", "None"), ("Why is it blue?", "null"), (WHO, "N/A"), (WHO, "(blank)"), (WHO, "=B2&C2"),
        ("How many legs has it?", "=VLOOKUP(A2,Sheet2!A:B,2,0)"), (WHO, "=Sheet2!B7"), (Q, "エラーが発生しました。"),
        (WHO, "As an AI, I cannot say. Error: request timed out"), (WHO, "Internal Server Error"), (Q, "特になし"),
        (Q, "エラーが発生しました。もう一度お試しください。"), (WHO, "Something went wrong. Please try again later."),
        (WHO, 'Traceback (most recent call last):\n  File "gen.py", line 3\nTimeoutError'),
        (WHO, "[ERROR]: 429 Too Many Requests"), (WHO, "There was an error generating a response"),
    ],
)  # fmt: skip
def test_what_stands_for_an_answer_that_there_is_not_is_none(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.NO_ANSWER


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many are left?", "None"), ("残りはありますか。", "なし"), ("この果物は何ですか。", "なし"),
        ("Which fits? (or N/A)", "N/A"), ("What does JSON.parse return?", "null"), ("x + 1 for x = 2?", "=3"),
        ("Which formula adds A1 and A2?", "=SUM(A1:A2)"), ("What says the server?", "Error: request timed out"),
        ("同上の意味は？", "上と同じという意味です。"), ("What is it?", "Sorry, that was an error. It is Canberra."),
        ("合計", "total"), ("Total", "合計"), ("Average", "平均"), ("※を英語で何と言いますか。", "asterisk"),
        ("※以下を要約せよ", "要約"), ("質問", "question"),
        ("What does this Python code print?", 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 3'),
    ],
)  # fmt: skip
def test_the_same_words_may_be_right_answers(question: str, answer: str) -> None:
    assert isinstance(read(question, answer), ParsedRow)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("合計", "20件"), ("Total", "24"), ("Grand total:", "1,024 rows"), ("平均", "3.5点"), ("※社外秘", "2025年作成"),
        ("質問", "回答"), ("Question", "Answer"), ("prompt", "response"),
    ],
)  # fmt: skip
def test_totals_notes_and_second_headers_of_a_table_are_no_questions(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.OF_TABLE


@pytest.mark.parametrize("none", ["nan", "None", "N/A", "null", "-", "なし", "未記入", "#REF!"])
def test_what_stands_for_a_thought_that_there_is_not_is_none(none: str) -> None:
    found = read(WHO, "Shakespeare", why=none)

    assert isinstance(found, ParsedRow)
    assert (found.response, found.reasoning) == ("Shakespeare", None)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Fog?", "[insert answer]"), ("Fog?", "<answer here>"), ("Fog?", "{your answer}"),
        (WHO, "[Your response here]"),
        ("Dew?", "Lorem ipsum dolor sit amet"), ("Hail?", "xxx"), ("Rain?", "TODO: write"), ("Mist?", "asdf"),
        ("Sleet?", "to be completed"), ("Frost?", "?"), ("Cloud?", "same"), ("Sun?", "pending review"), (WHO, "???"),
        ("Write more", "[continued from previous]"), ("What is dew?", "<ERROR>"), ("What is mist?", "[deleted]"),
        ("What is hail?", "{'error': {'message': 'Request timed out', 'type': 'timeout'}}"), ("Dew?", "will ask Bob"),
        ("Hail?", "Same as 1"), ("Rain?", "dito"), ("Snow?", "(same)"), ("Where is my invoice?", "see above"),
        ("ELI5: rain", "I am a bot, and this action was performed automatically. Please contact the moderators."),
        ("祝日は？", "要確認"), ("電話番号は？", "後日記入"), ("住所は？", "担当者に確認中"), ("料金は？", "上記参照"),
        (WHO, "TBD"), (WHO, "#NAME?"), (Q, "準備中"), ("Preis?", "wird nachgereicht"), (WHO, "tbd"),
        (Q, "（ここに回答を入力）"), (Q, "【ここに記入】"),
        ("What is the difference between weather and climate?", "[deleted]"), ("What does tort mean?", "[removed]"),
        ("What is the meaning of life?", "[deleted]"), ("Are a lease and a rent the same?", "To be added"),
        ("Which word is it?", "[deleted]"), ("What is the word for snow?", "To be added"),
        ("有給と代休の違いを教えてください。", "後日記入"), ("「縁起」の意味は？", "要確認"),
        (WHO, "TODO ask legal"), (WHO, "TBD (legal)"), (WHO, "[TODO: ask legal]"), (WHO, "FIXME look it up"),
        (WHO, "(pending review)"), (WHO, "waiting for input from Nina"), (WHO, "Noch zu klären"), (WHO, "tba"),
        (Q, "（要確認）"), (Q, "(要確認)"), (Q, "【要確認】"), (Q, "※要確認"),
        (Q, "要確認：法務部"), (Q, "要確認（法務）"),
        *((WHO, said) for said in (
            "s.o.", "s. o.", "siehe oben", "Siehe Frage 1.", "s. Frage 12", "vgl. oben", "See Q1.",
            "see the answer above", "voir plus haut", "Voir ci-dessus.", "ver arriba", "véase más arriba", "ver acima",
            "vedi sopra", "cf. Q3",
            "in Klärung", "In Klärung.", "noch in Klärung", "Under review", "wird noch geprüft",
            "à préciser", "en attente de validation", "por confirmar", "en revisión", "a confirmar",
            "da definire",
            "folgt noch", "wird intern abgeklärt", "待确认",
        )),
        *((Q, said) for said in ("上記参照", "上記をご参照ください", "問1を参照", "質問3と同じ", "現在調査中です。",
                                 "検討中", "確認中", "後日回答", "见上")),
        (Q, "（作成中）"), (Q, "現在作成中です。"), (Q, "回答を準備中"), (Q, "（調査中）"), (Q, "（未記入）"),
    ],
)  # fmt: skip
def test_what_keeps_the_place_of_an_answer_is_none_and_called_so(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.PLACEHOLDER


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Are they the same or not?", "same"), ("What is the opposite of different?", "same"),
        ("30 as a numeral?", "XXX"),
        ("Which sign ends a question?", "?"), ("What does the API return?", '{"error": "not found"}'),
        ("What will she do next?", "Will ask Bob"), ("Which element is empty?", "<answer>"),
        ("Order status?", "pending"), ("Where is my order 12?", "pending"),
        ("Wo bleibt meine Bestellung?", "in Bearbeitung"),
        ("駐車場は？", "未定"), ("What fills a page without meaning?", "A placeholder."), ("Who?", "[Tom]"),
        ("Is it in stock?", "We will ask Bob and write to you."), ("状態は？", "確認中"), ("What is left?", "None"),
        ("Which play did Beckett write?", "Waiting for Godot"), ("What does WIP stand for?", "Work in progress"),
        ("Hello", "Hello"), ("こんにちは", "こんにちは"), ("He goes home.", "He goes home."),
        ("Which comment marks unfinished work?", "TODO fix this"), ("What does TBD mean?", "To be determined"),
        ("¿Cuánto llueve?", "TODO el día"), ("What is it called?", "TODO list"),
        ("原因は？", "調査中"), ("ausstehend", "pending"), ("Wie ist der Stand?", "in Klärung"),
        ("Classify this short ticket", "pending"), ("Kommt er?", "Folgt ihm."),
        ("What does s.o. stand for?", "siehe oben"), ("Which word means \"en attente\"?", "pending"),
        ("Where does it say so?", "See section 4 of the contract."), ("Was the plan approved?", "pending"),
        ("¿Qué debo hacer?", "Ver la página 3."), ("Was tun?", "Siehe die Anleitung, Seite 4."),
        ("工事の進捗は？", "準備中です"), ("Who asks?", "todo el mundo"),
        ("名前は？", "（田中）"), ("資料はできましたか。", "作成中です。"),
        ("Whom do I ask?", "Ask legal"), ("どうする？", "確認してください"), ("何が要りますか？", "要確認書類"),
    ],
)  # fmt: skip
def test_what_looks_like_a_placeholder_may_be_the_answer(question: str, answer: str) -> None:
    assert isinstance(read(question, answer), ParsedRow)


def test_none_is_no_meaning_of_a_word() -> None:
    assert read("What is hail?", "None") == drop_reasons.NO_ANSWER


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("PAYMENT", "PAYMENT"), ("支払い", "支払い"), ("see also:", "www.example.com/faq"),
        ("* answers valid for EU only.", "* answers valid for EU only."), ("参考：", "利用規約"),
    ],
)  # fmt: skip
def test_titles_and_footnotes_over_a_whole_line_are_no_questions(question: str, answer: str) -> None:
    assert read(question, answer) == drop_reasons.OF_TABLE


@pytest.mark.parametrize(
    ("word", "is_none"),
    [("N/A", True), (" on ", True), ("null", True), ("None.", True), ("（なし）", True), ("", False), ("I see.", False),
    ("<noinput>", True),
     ("N/A" + " " * 40, True), ("undefined" + " " * 15, True), ("undefined" + " " * 16, True),
     ("undefined" + "x" * 15, False)],
)  # fmt: skip
def test_a_word_for_nothing_and_a_switch_are_no_thoughts(word: str, is_none: bool) -> None:
    assert left_overs.is_no_thought(word) is is_none


@pytest.mark.parametrize(
    ("asked", "answer", "is_none"),
    [("Why?", "none", True), ("How many?", "none", False), ("Is it none?", "none", False),
    ("Who?", "unanswered", True),
     ("Why?", "null", True), ("What does it return?", "null", False), ("Who?", "(空欄)", True),
     ("What is hail?", "None", True)],
)  # fmt: skip
def test_a_word_says_that_there_is_no_answer_and_not_that_none_is_right(asked: str, answer: str, is_none: bool) -> None:
    assert left_overs.is_none(asked, answer) is is_none


@pytest.mark.parametrize(
    ("asked", "answer", "left_out"),
    [
        ("※" + "x" * 30, "y", True), ("※" + "x" * 31, "y", False), ("合計:", "7件", True),
        ("合計:" + " " * 50, "7件", True),
        ("Sources:", "x", True), ("x" * 80, "x" * 80, True),
        ("x" * 81, "x" * 81, False),
        ("Hello", "Hello", False), ("Done.", "Done.", False), ("*Done.", "*Done.", True),
    ],
)  # fmt: skip
def test_notes_totals_and_titles_of_tables_are_no_questions(asked: str, answer: str, left_out: bool) -> None:
    try:
        left_overs.refuse(asked, answer)
        found: object = None
    except Skip as skip:
        found = skip.reason
    assert found == (drop_reasons.OF_TABLE if left_out else None)
