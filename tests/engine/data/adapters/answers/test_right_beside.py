"""An answer, and beside it another text whose name says that it is the right one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helpers.rows import of_source, parsed, reason
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.adapters.answers import paragraphs, right_beside
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.notes import context_notes, source_notes
from so8t_engine.sentences import sentence

RIGHT, WRONG = "Lima is the capital of Peru.", "That must be Quito."


@pytest.mark.parametrize(
    ("asks", "answers", "right"),
    [
        ("question", "answer", "correct_answer"), ("question", "answer", "ground_truth"),
        ("question", "answer", "gold"),
        ("question", "answer", "reference"), ("prompt", "output", "reference"), ("prompt", "response", "ground_truth"),
        ("question", "model_answer", "ground_truth"), ("question", "llm_answer", "answer"),
        ("question", "candidate", "reference"), ("question", "output_1", "reference"),
        ("question", "student_answer", "correct_answer"), ("質問", "回答", "正解"), ("問題", "解答", "模範解答"),
        ("問題", "学生の回答", "正解"), ("Frage", "Antwort", "richtige Antwort"),
        ("pregunta", "respuesta", "respuesta correcta"), ("问题", "回答", "正确答案"), ("질문", "답변", "정답"),
        ("input", "actual_output", "expected_output"), ("user_input", "response", "reference"),
    ],
)  # fmt: skip
def test_of_two_texts_the_one_that_is_called_right_is_learnt(asks: str, answers: str, right: str) -> None:
    rows = [{asks: f"What is the capital, part {part}?", answers: WRONG, right: RIGHT} for part in "ab"]
    assert [row.response for row in of_source(rows) if isinstance(row, ParsedRow)] == [RIGHT, RIGHT]
    judged = [{**row, "correct": False} for row in rows]  # of what the model or the pupil said
    assert [row.response for row in of_source(judged) if isinstance(row, ParsedRow)] == [RIGHT, RIGHT]


@pytest.mark.parametrize(
    ("row", "learnt"),
    [
        ({"answer": f"{RIGHT} Its port is Callao.{' It is large.' * 3}", "ground_truth": RIGHT}, "answer"),
        ({"answer": "Quito, because it lies high up, and the question asks for that one.", "gold": "Lima"}, "answer"),
        ({"answer": f"<think>Perhaps Lima.</think>{RIGHT}", "gold": WRONG}, "answer"),
        ({"response": "It is five in all.", "answer": "4"}, "response"),
        ({"response": "Peru is large, and its capital lies at the sea, as few do.", "gold": "Not Quito"}, "response"),
        ({"answer": RIGHT, "reference": "https://example.org/peru"}, "answer"),
        ({"answer": RIGHT, "reference": "Smith et al., Capitals"}, "answer"),
        ({"answer": RIGHT, "ground_truth": RIGHT}, "answer"), ({"answer": RIGHT, "ground_truth": ""}, "answer"),
        ({"answer": "5", "correct_answer": "4"}, "answer"),  # which is held against it
        ({"answer": "No idea.", "gold": "The roots are x = 2 and x = 3"}, "answer"),
        ({"answer": WRONG, "ground_truth": "It is Lima, as it says on page 3."}, "ground_truth"),
        ({"answer": " ", "gold": RIGHT}, "answer"),
        ({"response": "x" * 17, "gold": "So it is."}, "gold"),
        ({"response": "x" * 18, "gold": "So it is."}, "response"),
        ({"answer": f"{WRONG} It lies high up, and its churches are as old as they are many.", "gold": RIGHT}, "gold"),
    ],
)  # fmt: skip
def test_an_answer_that_explains_is_learnt_and_one_beside_a_source_or_a_result(
    row: dict[str, str], learnt: str
) -> None:
    where = row_mapping.mapping({"question": "Capital?", **row})
    assert where is not None and where.response == learnt


@pytest.mark.parametrize(
    ("response", "names", "is_pupils"),
    [
        ("Response 1", ("Question 1", "Right answer 1"), True), ("MC_Answer", ("Misconception 2",), True),
        ("Right answer 1", ("Question 1", "Right answer 1"), False), ("Response 1", ("Question 1", "gold"), False),
    ],
)  # fmt: skip
def test_an_answer_beside_a_right_one_or_a_misconception_is_a_pupil_s(
    response: str, names: tuple[str, ...], is_pupils: bool
) -> None:
    assert right_beside.is_of_pupil(response, (response, *names)) is is_pupils


@pytest.mark.parametrize(
    ("response", "other", "is_judged"),
    [
        ("gold", "answer", True), ("gold", "response", True), ("gold", "candidate", True), ("gold", "note", False),
        ("answer", "llm_answer", True), ("answer", "response", False), ("solution", "answer", False),
        ("target", "prediction", True), ("target", "answer", False), ("targets", "model_pred", True),
    ],
)  # fmt: skip
def test_a_verdict_is_of_what_stands_beside_the_right_answer(response: str, other: str, is_judged: bool) -> None:
    where = Columns(prompt="question", response=response)
    assert right_beside.judges_another(("question", response, other, "note"), where) is is_judged
    worked = where.model_copy(update={"reasoning": "steps"})
    assert not right_beside.judges_another(("question", response, other, "steps"), worked)


@pytest.mark.parametrize(
    ("value", "text"), [("4", "4"), (["4"], "4"), ([" "], None), (["4", "5"], None), (4, None), ([4], None), ([], None)]
)
def test_a_right_answer_is_a_text_or_the_only_one_of_a_list(value: object, text: str | None) -> None:
    assert right_beside.text_of(value) == text


@pytest.mark.parametrize(
    ("response", "right"),
    [("answer", "gold"), ("correct_answer", None), ("revised_answer", None), ("llm_answer", "gold")],
)
def test_beside_an_answer_that_is_right_or_revised_by_its_name_none_is(response: str, right: str | None) -> None:
    assert right_beside.column((response, "question", "gold"), response) == right
    asks_it = Columns(prompt="gold", response=response)
    assert right_beside.mapping({response: WRONG, "gold": RIGHT}, asks_it) is None


def test_which_of_the_two_is_learnt_is_said_by_number_with_the_way_to_the_other() -> None:
    rows = [
        {"question": f"Part {n}?", "answer": WRONG if n else RIGHT, "ground_truth": RIGHT, "correct": True}
        for n in range(3)
    ]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    [note] = [one for one in source_notes.of_rows(dataset, rows, {}) if one.code == "data.right_one_learnt"]
    assert (note.args["column"], note.args["right"], note.args["count"]) == ("answer", "ground_truth", 2)
    assert note.args["line"] == "columns: {prompt: question, response: answer}"


LONG = "We see it first because our eyes lie nearer to it than our ears do, which point to the side of the head."


@pytest.mark.parametrize("answers", ["model_answer", "answer", "response", "output"])
@pytest.mark.parametrize("right", ["reference", "gold", "expected", "reference_answer", "ground_truth", "正解"])
@pytest.mark.parametrize("judged", [("verdict", "incorrect"), ("correct", False), ("判定", "×")])
def test_the_right_answer_stands_for_one_that_is_called_wrong(
    answers: str, right: str, judged: tuple[str, object]
) -> None:
    for said in ("It is Cusco.", LONG):
        found = parsed({"question": "Where?", answers: said, right: "In Lima, at the sea.", judged[0]: judged[1]})
        assert (found.response, found.bad_answer) == ("In Lima, at the sea.", None)
    if right == "正解":  # which answers by its name
        return
    asked = parsed({"question": "How much is 2 + 2?", answers: "It is 5.", right: "4", judged[0]: judged[1]})
    assert (asked.answer, asked.reasoning) == ("4", None) and asked.bad_answer is not None


def test_what_becomes_of_wrong_answers_is_said_once_and_no_column_is_unused_that_some_row_needs(tmp_path: Path) -> None:
    rows = [
        {"question": "Why?", "model_answer": f"{LONG} {RIGHT}", "reference": RIGHT, "verdict": "correct"},
        {"question": "Where?", "model_answer": LONG, "reference": "In Lima.", "verdict": "incorrect"},
        {"question": "How much?", "model_answer": "It is 5.", "reference": "4", "verdict": "incorrect"},
    ]
    out, path = io.StringIO(), write_lines(tmp_path / "a.jsonl", rows)
    cli.answered(cli.parsed(["data", "try", str(path)]), Printer(out, json=True, language="en"))
    found = json.loads(out.getvalue())
    told = [(note["code"], note["args"]["count"]) for note in found["notes"] if ".right_" in note["code"]]
    assert (told, found["unused"]) == ([("data.right_one_learnt", 1), ("data.right_result_asked", 1)], [])
    assert "data.verdicts_obeyed" not in [note["code"] for note in found["notes"]]
    one = drop_reasons.labelled_bad("verdict", "incorrect")
    assert context_notes.right_results([], [one]) is None
    said = sentence("data.right_one_learnt", column="a", right="b", count=1, line="x")
    assert context_notes.right_results([said], []) is None
    assert context_notes.right_results([said], [one, drop_reasons.CONTRADICTS]) is None


def test_what_was_to_be_found_is_asked_with_the_question_of_deepeval_and_ragas() -> None:
    golden = row_mapping.mapping({"input": "Why?", "context": ["It rained."], "expected_output": RIGHT})
    assert golden is not None and (golden.query, golden.response) == ("context", "expected_output")
    row = {"user_input": "Why?", "retrieved_contexts": ["Snails."], "reference_contexts": ["Rain."], "reference": RIGHT}
    testset = row_mapping.mapping(row)
    assert testset is not None and (testset.query, testset.response) == ("reference_contexts", "reference")


CONTEXTS = (
    {"title": ["Peru", "Chile"], "sentences": [["It is large. ", "Lima rules it."], ["It is long."]]},
    [["Peru", ["It is large.", "Lima rules it."]], ["Chile", ["It is long."]]],
    [{"idx": 0, "title": "Peru", "paragraph_text": "It is large. Lima rules it."},
     {"idx": 1, "title": "Chile", "paragraph_text": "It is long."}],
)  # fmt: skip


@pytest.mark.parametrize("context", [*CONTEXTS, json.dumps(CONTEXTS[0])])
@pytest.mark.parametrize("column", ["context", "paragraphs"])
def test_paragraphs_with_titles_stand_before_the_question_that_is_about_them(column: str, context: object) -> None:
    row = {"question": "Who rules?", column: context, "answer": "Lima", "answerable": True}
    found = parsed(row)
    assert found.prompt == "Peru: It is large. Lima rules it.\n\nChile: It is long.\n\nWho rules?"
    assert reason({**row, "answerable": False}) == drop_reasons.labelled_bad("answerable", "false")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([["", ["It is large. ", " ", "Lima rules it."]]], "It is large. Lima rules it."), ([["Peru", []]], "Peru: "),
        ([], None), ([["", []]], None), ({"title": [], "sentences": []}, None),
        ({"title": "a", "sentences": "b"}, "a: b"),
        ({"title": ["Peru", "Chile"], "sentences": [["It is large."]]}, None),
        ([{"text": "It is large."}], "It is large."),
        ([{"title": "Peru"}], None), ([{"title": "Peru", "text": "Large."}, "Chile"], None), ("Peru", None),
        ([["Peru", ["It is large."]], "It"], None), ([["Peru", ["It is large."], 3]], None),
        ([["Peru", "It is large."]], None), ([[7, ["It is large."]]], None), ([["Peru", ["It is large.", 7]]], None),
    ],
)  # fmt: skip
def test_only_paragraphs_are_joined_with_their_titles_where_they_have_some(value: object, text: str | None) -> None:
    assert paragraphs.text_of(value) == text


def test_facts_of_a_choice_question_are_its_thought_and_the_number_of_a_question_asks_nothing() -> None:
    choices = {"text": ["Lima", "Quito"], "label": ["A", "B"]}
    facts = {"fact1": "Peru is ruled from the sea.", "fact2": "Lima lies there.", "combinedfact": "Lima rules Peru."}
    row = {"question": "Who rules?", "choices": choices, "answerKey": "A", **facts}
    assert parsed(row).reasoning == "Lima rules Peru."
    assert parsed({**row, "combinedfact": None}).reasoning == "Peru is ruled from the sea.\nLima lies there."
    for column in ("Sentence", "英文"):
        where = row_mapping.mapping({"Q": "7", column: "Lima --- Peru.", "A": "rules", "B": "rule", "Answer": "A"})
        assert where is not None and where.prompt == column


def test_what_is_called_right_is_proposed_and_never_what_a_pupil_or_a_system_said() -> None:
    sampled = [{"item": {"question": f"Who rules, {n}?", "correct_answer": f"Lima {n}."}, "sample": {"text": f"Q{n}?"}}
               for n in "abc"]  # fmt: skip
    where = proposals.propose(sampled)
    assert where is not None and where.response == "item.correct_answer"
    pupils = [{"Question 1": f"Who rules, {n}?", "Response 1": f"Quito {n}.", "Right answer 1": f"Lima {n}."}
              for n in "abc"]  # fmt: skip
    where = proposals.propose(pupils)
    assert where is not None and where.response == "Right answer 1"
    guessed = [{"QuestionText": f"Who rules, {n}?", "MC_Answer": f"Quito {n}.", "Misconception": "Size"} for n in "abc"]
    assert proposals.propose(guessed) is None


def test_who_is_preferred_may_be_called_by_a_word_of_the_name() -> None:
    row = {"question": "Who?", "human_expert_answer": "Lima.", "ai_answer": "Quito.", "preferred": "human"}
    assert parsed(row).response == "Lima."
    assert parsed({**row, "preferred": "ai"}).response == "Quito."


@pytest.mark.parametrize(
    ("columns", "response"),
    [
        ({"enonce": "Who rules?", "choix_0": "Quito", "choix_1": "Lima", "choix_2": "Cuzco"}, None),
        ({"problem": "Add 3 and 4.", "step1": "Take 3.", "step2": "Add 4.", "step3": "7.", "result": "7"}, "result"),
        ({"problem": "Add 3 and 4.", "steps": ["Take 3.", "Add 4."]}, None),
        ({"Description": "The lamp does not light.", "Subject": "Lamp", "Agent reply": "Press twice."}, "Agent reply"),
        ({"QTitle": "Which lamp?", "QBody": "I have none.", "ABody": "The small one."}, "ABody"),
        ({"article": "Long ago.", "questions": [{"question": "When?"}]}, None),
        ({"affirmation": "Lima rules.", "vrai_faux": "vrai"}, "vrai_faux"),
    ],
)  # fmt: skip
def test_no_option_step_title_or_body_of_a_question_is_proposed_as_its_answer(
    columns: dict[str, object], response: str | None
) -> None:
    rows = [{name: f"{text} ({n})" if isinstance(text, str) else text for name, text in columns.items()} for n in "abc"]
    where = proposals.propose(rows)
    assert (where.response if where is not None else None) == response
    assert where is None or "vrai_faux" not in columns or str(where.prompt).startswith("Is this true or false?")


@pytest.mark.parametrize(
    "joined", ["Antwort Begründung", "回答・解説", "Answer / Explanation", "Antwort und Begründung", "正解＆解説"]
)
def test_a_name_that_joins_answer_and_reasons_answers(joined: str) -> None:
    where = row_mapping.mapping({"question": "Who rules?", joined: RIGHT})
    assert where is not None and (where.response, where.reasoning) == (joined, None)


def test_a_decimal_comma_is_no_thousand() -> None:
    said = {"3,0": None, "10,5": None, "1,000": "1000", "1,00,000": "100000"}
    assert {text: parsed({"question": "How much?", "answer": text}).answer for text in said} == said


def test_rows_without_an_answer_do_not_keep_the_advice_from_being_given() -> None:
    rows = [{"text": f"Who rules {n}?", "label": [f"Lima {n}."] if n else []} for n in range(5)]
    dataset = Dataset(name="d", source="local", path="d.jsonl")
    dropped = {str(drop_reasons.ONE_PARAGRAPH): 1, str(drop_reasons.OTHER_SHAPE): 4}
    assert admission.are_unfit(dropped, 5)
    assert not admission.are_unfit(dropped, 6)  # one is kept
    assert not admission.are_unfit({str(drop_reasons.ONE_PARAGRAPH): 5}, 5)
    assert admission.unfit(dataset, rows).args["line"] == "columns: {prompt: text, response: label.0}"


def test_of_a_worked_solution_beside_its_right_result_the_verdict_counts() -> None:
    row = {"problem": "2 + 2?", "generated_solution": "Two and two.", "expected_answer": "4", "predicted_answer": "4"}
    where = row_mapping.mapping({**row, "is_correct": False})
    assert where is not None and "is_correct" in str(where.label)


@pytest.mark.parametrize("right", ["reference", "expected", "gold", "reference_answer"])
def test_a_result_beside_what_a_model_answered_is_gold_and_no_citation(right: str) -> None:
    """Where both were figures the model's wrong one was learnt, with the thought that led to it."""
    for said, gold in (("100 °C", "78 °C"), ("8 km", "5 km"), ("1939", "1945"), ("nine days", "seven days")):
        row = {"question": "How much is it?", right: gold, "reasoning": f"So it must be {said}.", "model_answer": said}
        assert parsed(row).bad_answer is not None, (said, gold)
        assert parsed({**row, "model_answer": gold, "reasoning": f"So it is {gold}."}).bad_answer is None
    cited = {"question": "How much is it?", "reference": "12", "answer": "It is 15."}
    assert parsed(cited).bad_answer is None


BESIDE = Columns(prompt="question", response="answer")


@pytest.mark.parametrize(
    ("row", "where", "learnt"),
    [
        ({"answer": WRONG, "gold": RIGHT}, BESIDE, "gold"), ({"answer": WRONG * 9, "gold": RIGHT}, BESIDE, "gold"),
        ({"answer": WRONG, "gold": "7"}, BESIDE, "answer held against gold"),
        ({"answer": WRONG, "gold": 7}, BESIDE, "answer held against gold"),
        ({"answer": WRONG, "gold": "x = 7 - y"}, BESIDE, "answer held against gold"),
        ({"answer": WRONG, "gold": "(7; 8)"}, BESIDE, "answer held against gold"),
        ({"answer": WRONG, "gold": True}, BESIDE, None), ({"answer": WRONG, "gold": ""}, BESIDE, None),
        ({"answer": WRONG, "gold": [RIGHT]}, BESIDE, "gold"), ({"answer": WRONG, "gold": [RIGHT, WRONG]}, BESIDE, None),
        ({"answer": WRONG, "reference": RIGHT}, BESIDE, "reference"),
        ({"answer": WRONG, "reference": "Smith et al., Capitals"}, BESIDE, None),
        ({"answer": WRONG, "gold_answer": "Smith et al., Capitals"}, BESIDE, "gold_answer"),
        ({"answer": WRONG, "note": RIGHT}, BESIDE, None), ({"gold": RIGHT}, BESIDE, None),
        ({"answer": WRONG, "gold": RIGHT}, Columns(prompt="gold", response="answer"), None),
        ({"answer": WRONG, "gold": RIGHT}, Columns(prompt="q", query="gold", response="answer"), None),
        ({"answer": WRONG, "gold": RIGHT}, Columns(prompt="q", response="answer", reasoning="gold"), None),
        ({"answer": WRONG, "gold": RIGHT}, BESIDE.model_copy(update={"choices": "a, b"}), None),
    ],
)  # fmt: skip
def test_for_an_answer_that_is_wrong_the_right_text_is_learnt_or_the_result_is_what_it_is_not(
    row: dict[str, object], where: Columns, learnt: str | None
) -> None:
    found = right_beside.instead(row, where)
    said = None if found is None else found.response
    held = "" if found is None or found.answer is None else f" held against {found.answer}"
    assert (None if said is None else said + held) == learnt
