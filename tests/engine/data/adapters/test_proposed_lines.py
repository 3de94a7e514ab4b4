"""A proposed line teaches what people wrote, whole, and neither machine output nor a status nor a question's body."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.proposed import class_questions, never_proposed, proposals, solutions_in_steps
from so8t_engine.data.adapters.talks import speakers

LOCAL = Dataset(name="x", source="local", path="x.jsonl")
QUIZ = [
    ("Bigl?", "Lund", "Sten", "Mork", "B"),
    ("Trev?", "Ask", "Gran", "Bok", "A"),
    ("Knud?", "Elv", "Bre", "Fjord", "C"),
]


def proposed(rows: list[dict[str, Any]]) -> Columns:
    where = proposals.propose(rows)
    assert where is not None
    return where


def taught(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    where = proposed(rows)
    return [(row.prompt, row.response) for row in (mapped.read(where, row, named=True) for row in rows)]


@pytest.mark.parametrize("names", ["Xwa {}", "{}", "Xwa_{}", "xwa ({})"])
def test_options_named_alike_and_a_column_of_their_letters_are_multiple_choice_in_any_language(names: str) -> None:
    rows = [
        {
            "Zork": asked,
            **{names.format(letter): text for letter, text in zip("ABC", texts, strict=True)},
            "Vlim": right,
        }
        for asked, *texts, right in QUIZ
    ]

    assert taught(rows) == [
        ("Bigl?\nA. Lund\nB. Sten\nC. Mork", "B. Sten"),
        ("Trev?\nA. Ask\nB. Gran\nC. Bok", "A. Ask"),
        ("Knud?\nA. Elv\nB. Bre\nC. Fjord", "C. Fjord"),
    ]


def test_options_in_a_list_with_letters_of_their_own_are_proposed_as_such() -> None:
    rows = [
        {"question": asked,
         "answers": [{"marker": mark, "text": text} for mark, text in zip("АБВ", texts, strict=True)],
         "correct_answers": ["АБВ"["ABC".index(right)]]}
        for asked, *texts, right in QUIZ
    ]  # fmt: skip

    assert [said for _, said in taught(rows)] == ["B. Sten", "A. Ask", "C. Fjord"]


def test_what_people_made_of_a_machine_s_translation_is_proposed_and_never_the_machine_s() -> None:
    texts = [
        ("He left.", "Er links.", "Er ging."),
        ("It rains.", "Es Regen.", "Es regnet."),
        ("Sit!", "Sitz!", "Setz dich!"),
    ]
    rows = [{"src": src, "mt": machine, "pe": edited} for src, machine, edited in texts]

    assert taught(rows)[0] == ("Translate this:\n\nHe left.", "Er ging.")
    assert proposals.propose([{"src": src, "mt": machine} for src, machine, _ in texts]) is None


def test_a_correction_is_proposed_and_not_the_rating_of_what_it_corrects() -> None:
    rows = [
        {"instruction": asked, "generated": f"{wrong} it is", "corrected": right, "rating": rating}
        for asked, wrong, right, rating in (
            ("Who?", "Ann", "Bo", "1"),
            ("Where?", "Rome", "Oslo", "5"),
            ("When?", "May", "June", "1"),
        )
    ]

    assert proposed(rows) == Columns(prompt="instruction", response="corrected")


def test_the_body_of_a_question_is_asked_and_no_answer_to_its_title() -> None:
    rows = [
        {"Title": f"{what} fails?", "Body": f"I tried to use the {what} and nothing came.", "Id": str(number)}
        for number, what in enumerate(("printer", "phone", "router"))
    ]
    answered = [row | {"Resolution": f"Turned it off and on: {row['Id']} times."} for row in rows]

    assert proposals.propose(rows) is None
    assert taught(answered)[0][0] == "printer fails?\n\nI tried to use the printer and nothing came."


def test_a_status_in_words_that_say_neither_good_nor_bad_is_no_label() -> None:
    rows = [
        {"Betreff": what, "Beschreibung": f"{what} ist kaputt.", "Lösung": f"{what} getauscht.", "Status": state}
        for what, state in (("Drucker", "Offen"), ("Maus", "Geschlossen"), ("Kabel", "In Bearbeitung"))
    ]

    assert proposed(rows).label is None


def test_reasons_and_the_text_that_is_asked_about_stand_in_the_proposed_line() -> None:
    exam = [
        {"問題": f"{what}は金属である。", "正誤": said, "解説": f"{what}の性質による。"}
        for what, said in (("鉄", "○"), ("木", "×"), ("銅", "○"))
    ]
    read = [
        {"paragraph": f"Ben has a {what}.", "question": f"Has Ben a {what}?", "label": said}
        for what, said in (("dog", "yes"), ("cat", "no"), ("hen", "yes"))
    ]

    assert proposed(exam).reasoning == "解説"
    assert proposed(read).query == "paragraph"


def test_numbers_of_what_follows_are_not_taught_but_asked_for_in_words() -> None:
    rows = [
        {"premise": f"A {who} runs.", "hypothesis": f"The {who} {does}.", "label": label}
        for who, does, label in (("dog", "moves", 0), ("man", "sleeps", 2), ("girl", "is late", 1), ("hen", "sits", 2))
    ]

    assert 'labels: {"0": "WHAT 0 MEANS"' in str(admission.unfit(LOCAL, rows))


def test_an_edit_is_asked_for_by_what_it_was_to_do() -> None:
    rows = [
        {"old_contents": f"x = {number}", "new_contents": f"y = {number}", "subject": f"Rename x of {number}"}
        for number in range(3)
    ]

    assert taught(rows)[1] == ("Rename x of 1\n\nx = 1", "y = 1")


def test_of_sentences_in_many_languages_the_second_is_asked_for_as_a_translation() -> None:
    rows = [
        {"eng_Latn": a, "deu_Latn": b, "fra_Latn": c} for a, b, c in (("Yes.", "Ja.", "Oui."), ("No.", "Nein.", "Non."))
    ]

    assert taught(rows)[0] == ("Translate into German:\n\nYes.", "Ja.")


def test_a_talk_beside_its_summary_is_to_be_summed_up_and_nobody_s_part_is_asked_for() -> None:
    rows = [
        {"dialogue": f"{a}: hi\n{b}: hello", "summary": f"{a} greets {b}."} for a, b in (("Ann", "Bo"), ("Cy", "Di"))
    ]

    assert "Summarise this" in str(admission.unfit(LOCAL, rows))


def test_a_program_is_no_talk() -> None:
    assert speakers.strangers("class Solution:\n    def add(self, a):\n        for x in a:\n            a += x\n") == []
    assert speakers.strangers("Ann: hi\nBo: hello\nAnn: bye") == ["Ann"]


def test_who_speaks_is_taken_off_the_texts_of_a_list_where_two_take_turns() -> None:
    row = mapped.read(
        Columns(messages="utterances"), {"utterances": ["病人：咳嗽怎么办？", "医生：多喝水。"]}, named=True
    )
    other = parsed({"messages": ["Note: this is odd. Is it?", "Yes."]})

    assert (row.prompt, row.response) == ("咳嗽怎么办？", "多喝水。")
    assert other.prompt == "Note: this is odd. Is it?"


@pytest.mark.parametrize(
    ("columns", "others", "is_forbidden"),
    [
        ({"response": "prediction"}, (), True), ({"response": "prediction", "label": "correct"}, (), False),
        ({"response": "article"}, ("question",), True), ({"response": "article"}, ("headline",), False),
        ({"response": "items.0.QBody"}, (), True), ({"response": "solution.Step 1"}, (), True),
        ({"response": "answer"}, ("StudentExplanation",), True), ({"response": "answer"}, ("note",), False),
        ({"response": "answer", "label": "correct"}, ("misconception",), False),
        ({"response": "answer", "label": "correct"}, ("quiz.right_answer",), True),
        ({"response": "Right answer 1"}, ("right_answer_2",), False),
        ({"response": "revised_answer"}, ("right_answer",), False),
        ({"response": "Subject"}, (), True), ({"prompt": "What is it about? {body}", "response": "Subject"}, (), False),
        ({"chosen": "step_1", "rejected": "answer"}, (), True),
        ({"prompt": "Status", "response": "Summary"}, ("Issue key", "Status"), True),
        ({"prompt": "Summary", "response": "Description"}, ("Issue key", "Status"), True),
        ({"prompt": "Summary", "response": "Description"}, ("Status",), False),
        ({"prompt": "Summary", "response": "Comment"}, ("Issue key", "Status"), False),
        ({"response": "labels"}, ("foo", "issue_id"), True), ({"response": "labels"}, ("foo", "id"), False),
        ({"response": "essay"}, ("essay", "points"), True), ({"response": "essay"}, ("essay",), False),
        ({"response": "bar"}, ("foo", "teacher_comment"), True), ({"response": "answer"}, ("teacher_comment",), False),
        ({"response": "bar", "label": "correct"}, ("foo", "teacher_comment"), False),
        ({"response": "bar"}, ("foo", "student_answer"), True), ({"response": "bar.author"}, (), True),
        ({"response": "author"}, (), False), ({"response": "intent"}, (), True), ({"response": "hint"}, (), True),
    ],
)  # fmt: skip
def test_what_a_proposed_line_may_answer_with_is_told_by_the_names(
    columns: dict[str, str], others: tuple[str, ...], is_forbidden: bool
) -> None:
    assert never_proposed.forbids(Columns(**{"prompt": "body", **columns}), others) is is_forbidden


@pytest.mark.parametrize(
    ("comments", "are_of_several"),
    [
        ([{"body": "Oslo."}, {"body": "Rome."}], True),
        (json.dumps([{"by": "Ann", "user_text": "Oslo."}, {"text": "Rome."}]), True),
        ([{"body": "Oslo."}], False), ([{"body": "Oslo."}, {"by": "Ann"}], False),
        ([{"body": "Oslo."}, {"body": "Rome."}, "Ann"], False), ([{"body": 1}, {"body": 2}], False),
        (["Oslo.", "Rome."], False),
    ],
)  # fmt: skip
def test_a_list_of_what_several_have_written_is_known_by_its_texts(comments: object, are_of_several: bool) -> None:
    found = never_proposed.list_of_texts({"asked": "Who?", "comments": comments})
    assert found == ("comments" if are_of_several else None)


@pytest.mark.parametrize(
    ("places", "are_theirs"),
    [
        (("question", "student_name"), True), (("item.resps.0",), True), (("question", "answer"), False),
        (("student_name", "item.correct_answer"), False), (("question", "student_answer"), True),
        (("question", "essay", "points"), True), (("question", "essay"), False), (("question", "points"), False),
    ],
)  # fmt: skip
def test_answers_of_pupils_and_systems_are_known_where_none_is_called_right(
    places: tuple[str, ...], are_theirs: bool
) -> None:
    assert never_proposed.are_of_others(places) is are_theirs


@pytest.mark.parametrize(
    ("prompt", "labels", "asked"),
    [
        ("text", "abab", "Which is it: a, b?\\n\\n{text}"), ("{text}", "abab", "Which is it: a, b?\\n\\n{text}"),
        ("text", "ab", "text"), ("text", "aaaa", "text"), ("text", "abca", "text"),
        ("text", "abcdefghijklm" * 2, "text"), ("Tell: {text}", "abab", "Tell: {text}"),
        ("text", ["a{", "b"] * 2, "text"), ("text", ["1", "b"] * 2, "text"), ("text", ["a", "b" * 41] * 2, "text"),
        ("text", ["a", "b" * 40] * 2, f"Which is it: a, {'b' * 40}?\\n\\n{{text}}"),
    ],
)  # fmt: skip
def test_a_class_is_asked_for_with_the_few_words_that_there_are(prompt: str, labels: list[str], asked: str) -> None:
    rows = [{"text": f"It is {number}.", "label": label} for number, label in enumerate(labels)]
    where = Columns(prompt=prompt, response="label")
    texts = {"text": [row["text"] for row in rows]}
    assert class_questions.asked(where, rows, texts) == where.model_copy(update={"prompt": asked})
    questions = {"text": [f"Is it {number}?" for number in range(len(rows))]}
    assert class_questions.asked(where, rows, questions) == where


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"steps": ["Take 3."], "answer": 7}, ("answer", "steps")),
        ({"steps": ["Take 3."], "hints": ["Add."], "answer": 7}, ("answer", "steps")),
        ({"step_1": "Take 3.", "step_2": "Add.", "answer": 7}, ("answer", "{step_1}\\n{step_2}")),
        ({"solution": {"steps": ["Take 3."], "result": 7}}, ("solution.result", "solution.steps")),
        ({"step_1": "Take 3.", "answer": 7}, None), ({"steps": ["Take 3."], "answer": True}, ("answer", "steps")),
        ({"solution": {"steps": ["Take 3."]}, "answer": 7}, None),
    ],
)  # fmt: skip
def test_steps_beside_a_result_are_its_reasoning(row: dict[str, Any], found: tuple[str, str] | None) -> None:
    where = solutions_in_steps.mapping({"problem": "3 + 4?", **row})
    assert (where and (where.response, where.reasoning)) == found
    assert where is None or solutions_in_steps.is_one(where)
    assert not solutions_in_steps.is_one(Columns(prompt="problem", response="answer", reasoning="explanation"))


def test_the_same_text_with_its_tags_is_no_answer_to_itself() -> None:
    rows = [
        {"id": n, "body": f"Why is lamp {n} out?", "html_body": f"<p>Why is lamp <b>{n}</b> out?</p>"} for n in range(4)
    ]
    assert proposals.propose(rows) is None
